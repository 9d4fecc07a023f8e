"""Phrase: the words around a statement - which place and time it holds for, and as much of a long sentence as the question needs."""

import re

from bot.match import Match, fits
from bot.question import Concept, Question
from bot.statement import Statement
from knowledge import lawnumbers, numbers
from knowledge.model import Document, Paragraph
from knowledge.sentences import statements
from knowledge.terms import spanned_terms, terms
from knowledge.text import fold, words

LONGEST = 55  # words of a quoted statement in the answer to a question for one fact
LONGEST_OTHER = 130
_HEADING_WORDS = 16
_CLAUSE = re.compile(r"[,;]\s+|:\s+(?!\d)|\s\(|\)\s?|\.\s+")  # not at the colon between a name and its figure
_LEVEL_NAMES = {"province": "Tỉnh", "district": "Huyện", "commune": "Xã"}


def place_label(document: Document) -> str:
    """Level and name ("Huyện Văn Quan", "Thành phố Bắc Kạn", "Tỉnh Lai Châu"); the issuer tells a city from a district."""
    place = document.place
    if place.level == "country":
        if not document.number:
            return document.title
        # The number tells the kind: a decision may bear the title of the plan that it approves.
        kind = next((read.kind for read in lawnumbers.find(document.number)), document.kind)
        return f"{lawnumbers.kind_word(kind)} {document.number}"
    for level in ("thành phố", "thị xã", "huyện", "tỉnh"):
        if f"{level} {place.name}".lower() in document.issuer.lower():
            return f"{level[0].upper()}{level[1:]} {place.name}"
    return f"{_LEVEL_NAMES.get(place.level, '')} {place.name}".strip()


def place_inside(document: Document) -> str:
    """The label as it stands inside a sentence ("tỉnh Lai Châu")."""
    label = place_label(document)
    return label[0].lower() + label[1:]


def lead(question: Question, document: Document, paragraph: Paragraph, text: str) -> str:
    """Place and time ("Huyện Văn Quan (năm 2025)"): the place always, the time when the statement does not name it itself."""
    place = place_label(document)
    if numbers.years(text) or not document.period:
        return place
    from_headings = [y for title in reversed(paragraph.path) for y in [numbers.periods(title) or numbers.years(title, of_instruments=False)] if y]
    if from_headings:
        return f"{place} ({_time(from_headings[0][-1])})"
    # A paper's period is the time of what it plans, not of the state that it finds.
    planned = document.kind == "report" or not re.search(r"\b(?:hien|dang|da|den nay|tinh den)\b", fold(text))
    return f"{place} ({_time(document.period if document.period[0] != document.period[1] else document.period[0])})" if planned else place


def time_label(years: tuple[int, int]) -> str:
    """A year or a period in words."""
    return _time(years if years[0] != years[1] else years[0])


def _time(when: int | tuple[int, int]) -> str:
    return f"giai đoạn {when[0]}-{when[1]}" if isinstance(when, tuple) else f"năm {when}"


_DUTIES = re.compile(r"\b(?:to chuc thuc hien|phan cong|trach nhiem thuc hien|nhiem vu cua)\b")


def headings_needed(question: Question, match: Match, paragraph: Paragraph, lead_words: str) -> list[str]:
    """Headings (and the paragraph's own run-in label) that carry concepts which the statement leaves out, or whose duty it is."""
    statement = match.statement
    label = run_in_label(paragraph.clean)
    candidates = [h for h in [*paragraph.path[-3:], label if label and label not in statement.passage.text else ""] if h and not h.startswith("Chương ")]
    office = paragraph.path[-1] if len(paragraph.path) > 1 and any(_DUTIES.search(fold(h)) for h in paragraph.path[:-1]) else ""
    needed: list[str] = []
    open_concepts = [c for c in question.concepts if not _in(c, statement) and not set(c.terms) <= set(terms(lead_words))]
    for heading in reversed(candidates):
        own = set(terms(heading))
        met = [c for c in open_concepts if len(c.terms) + len(c.others) > 1 and (set(c.terms) <= own or any(set(o) <= own for o in c.others))]
        if met or heading == office:
            needed.insert(0, shorten(without_label(heading), _HEADING_WORDS))
            open_concepts = [c for c in open_concepts if c not in met]
    return needed[-2:]


def without_label(heading: str) -> str:
    """A heading without its numbering ("II.", "2.1.", "a)")."""
    return re.sub(r"^(?:[IVX]+\.|\d+(?:\.\d+)*\.|[a-zđ]\))\s*", "", heading)


def _in(concept: Concept, statement: Statement) -> bool:
    return statement.has(concept.terms) or any(statement.has(o) for o in concept.others)


def run_in_label(clean: str) -> str:
    """The words before the first colon when they head the paragraph ("Quỹ Hỗ trợ phát triển HTX: …"), "" when none do."""
    head, colon, rest = clean.partition(":")
    return head.strip() if colon and rest.strip() and words(head) <= 14 and "." not in head else ""


def shorten(text: str, most: int) -> str:
    """At most `most` words, with an ellipsis when some are left out."""
    parts = text.split()
    return text if len(parts) <= most else " ".join(parts[:most]).rstrip(",;:") + "…"


def passage(question: Question, match: Match, paragraph: Paragraph, most: int, *, telling: bool = False) -> str:
    """The statement with as many whole sentences around it as `most` words allow, those after it first.

    With `telling`, a sentence is added only when it holds a figure of the kind asked for or words of the question that the statement lacks.
    """
    clean = paragraph.clean
    if words(clean) <= most and not telling:
        return clean
    text = match.statement.passage.text
    at = clean.find(text)
    if at < 0 or words(text) >= most:
        return excerpt(question, match, most)
    spans = statements(clean)
    first = last = next((i for i, (a, b) in enumerate(spans) if a <= at < b), 0)

    def room(a: int, b: int, added: int) -> bool:
        if not 0 <= added < len(spans) or words(clean[spans[a][0] : spans[b][1]]) > most:
            return False
        return not telling or _telling(question, match, clean[spans[added][0] : spans[added][1]])

    while True:
        if last + 1 < len(spans) and room(first, last + 1, last + 1):
            last += 1
        elif first > 0 and room(first - 1, last, first - 1):
            first -= 1
        else:
            return clean[spans[first][0] : spans[last][1]].strip()


def _telling(question: Question, match: Match, sentence: str) -> bool:
    """True when a neighbouring sentence holds a figure of the kind asked for, or words of the question that the statement lacks."""
    if any(fits(question, q) for q in numbers.quantities(sentence)):
        return True
    return adds_words(question, match, sentence)


def adds_words(question: Question, match: Match, sentence: str) -> bool:
    """True when a sentence holds words of the question that the statement lacks."""
    own = " ".join(("", *terms(sentence), ""))
    lacking = [c for c in question.concepts if not _in(c, match.statement)]
    return any(f" {' '.join(form)} " in own for c in lacking for form in (c.terms, *c.others))


def excerpt(question: Question, match: Match, most: int) -> str:
    """The statement, or of a long one the run of whole clauses (at most `most` words) that meets most of the question."""
    text = match.statement.passage.text.strip()
    if words(text) <= most:
        return text
    bounds = [0, *(m.end() for m in _CLAUSE.finditer(text)), len(text)]
    bounds = sorted(dict.fromkeys(bounds))
    at = _positions(question, text)
    value = match.statement.quantities[match.value][0].span if match.value is not None and match.statement.quantities else None
    best: tuple[float, int, int] = (-1.0, 0, len(text))
    for i, start in enumerate(bounds[:-1]):
        for end in bounds[i + 1 :]:
            if words(text[start:end]) > most and end != bounds[i + 1]:
                break
            gained = sum(w for w, places in at if any(start <= p < end for p in places))
            if value:
                gained += 50.0 * (start <= value[0] and value[1] <= end)  # an excerpt without the figure asked for is none
            gained -= 0.004 * words(text[start:end])
            if gained > best[0]:
                best = (gained, start, end)
    piece = text[best[1] : best[2]].strip().rstrip(",;:(").strip()
    if piece.count("(") < piece.count(")"):
        piece = piece.replace(")", "", piece.count(")") - piece.count("(")).strip()
    elif piece.count("(") > piece.count(")"):
        piece += ")"
    return f"{'… ' if best[1] else ''}{piece}{' …' if best[2] < len(text) else ''}"


def _positions(question: Question, text: str) -> list[tuple[float, list[int]]]:
    spanned = spanned_terms(text)
    own = [t for t, _ in spanned]
    result: list[tuple[float, list[int]]] = []
    for concept in question.concepts:
        found: list[int] = []
        for form in (concept.terms, *concept.others):
            size = len(form)
            found.extend(spanned[i][1][0] for i in range(len(own) - size + 1) if tuple(own[i : i + size]) == form)
        result.append((concept.weight, found))
    return result
