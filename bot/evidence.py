"""Choose evidence: as many statements as the question needs, not a fixed number."""

import re
from collections.abc import Sequence

from bot.match import Match
from bot.question import Question
from bot.weights import Weights
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Paragraph
from knowledge.terms import terms
from knowledge.text import words

_MOST = 3  # statements shown beside one another
_GAIN = 0.18  # share of the question's weight that a further statement must add
_CLOSE = 2.2  # score points behind the first within which a statement is still about the same thing
_SECTION_COVERED = 0.75  # share of the question's weight that a heading must carry for its whole list to be the answer
_SECTION_ITEMS = 14
_FEW_WORDS, _FEW_COVERED = 150, 0.35  # items that are this short are shown together when their heading carries this share
_HEADING_WORDS = 45  # a longer paragraph over others is no heading
_LOOKED_AT, _FAR = 8, 4.0  # matches, and score points behind the first, whose headings are looked at
_LISTS = frozenset(["list", "responsibility", "target", "support"])


def choose(question: Question, ranked: Sequence[Match], weights: Weights) -> list[Match]:
    """The first match, then those that cover concepts it leaves open (published work: sets of varying size beat a fixed top-k)."""
    if not ranked:
        return []
    chosen = [ranked[0]]
    several = asks_several(question)
    single = question.intent in {"figure", "target"} and question.wants and not several
    most = 1 if single and ranked[0].value is not None else _MOST
    wanted_years = set(question.years)
    years = ranked[0].statement.years | ranked[0].statement.context_years
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    total = sum(heavy) or 1.0
    covered = list(ranked[0].covered)
    for m in ranked[1:8]:
        if len(chosen) >= most or ranked[0].score - m.score > _CLOSE:
            break
        if m.document.id != ranked[0].document.id or any(_repeats(m, c) for c in chosen):
            continue
        gain = sum(max(0.0, new - old) * w for new, old, w in zip(m.covered, covered, heavy, strict=True)) / total
        theirs = m.statement.years | m.statement.context_years
        if several and wanted_years & theirs - years and (m.value is not None or not question.wants):
            gain += _GAIN  # it speaks of a year that was asked for too
        if gain >= (_GAIN if not several else _GAIN / 2):
            years |= theirs
            chosen.append(m)
            covered = [max(a, b) for a, b in zip(covered, m.covered, strict=True)]
    return chosen


_SEVERAL = re.compile(
    r"\b(?:bao nhiêu|mấy|mức nào|gì|nào)\b.+\b(?:bao nhiêu|mấy|mức nào|nào)\b|\bcả hai\b|\bhai (?:con số|số|mốc)\b|\bthay đổi (?:ra sao|thế nào)\b|\blên mốc\b"
    r"|\bkhác nhau\b|\bchênh\b|\b(?:hay|với|và)\b.+\b(?:hơn|nhiều hơn|ít hơn)\b"
)


def asks_several(question: Question) -> bool:
    """True when a question asks for more than one thing ("mấy HTX, bao nhiêu tiền", "mốc 2025 và mốc 2030")."""
    return bool(_SEVERAL.search(question.standalone.lower())) or (len(question.years) > 1 and len(question.years) != 2) or _two_points(question)


def _two_points(question: Question) -> bool:
    """Two years that are two points in time, not the ends of one period."""
    return len(question.years) == 2 and not numbers.periods(question.standalone)


def _repeats(a: Match, b: Match) -> bool:
    own, other = set(a.statement.terms), set(b.statement.terms)
    return len(own & other) > 0.7 * min(len(own), len(other))


def section(question: Question, ranked: Sequence[Match], library: Library, weights: Weights) -> tuple[Match, Paragraph, list[Paragraph]] | None:
    """The heading that the question asks to be listed, with its items; None when the answer is one statement.

    Taken when a list (or all duties, targets, kinds of support) is asked for and a heading above one of the first matches carries
    most of what is asked, or when the first match is one of a few short items that stand together under such a heading.
    """
    if question.intent not in _LISTS or question.wants in {"money", "percent", "count", "date", "number"}:
        return None
    best = ranked[0]
    own = library.paragraph(best.document.id, best.hit.passage.anchor)
    items = _children(library, best.document.id, own.anchor)
    if items and own.clean.rstrip().endswith(":"):
        return best, own, items
    found: list[tuple[float, Match, Paragraph, list[Paragraph]]] = []
    for m in ranked[:_LOOKED_AT]:
        if ranked[0].score - m.score > _FAR or m.document.id != best.document.id:
            break
        paragraph = library.paragraph(m.document.id, m.hit.passage.anchor)
        if not paragraph.parent or any(f[2].anchor == paragraph.parent for f in found):
            continue
        parent = library.paragraph(m.document.id, paragraph.parent)
        items = _children(library, m.document.id, parent.anchor)
        share = carried(question, parent, weights)
        few = m is best and question.intent == "list" and sum(words(i.clean) for i in items) <= _FEW_WORDS and share >= _FEW_COVERED
        if words(parent.clean) <= _HEADING_WORDS and len(items) > 1 and (share >= _SECTION_COVERED or few):
            found.append((share, m, parent, items[:_SECTION_ITEMS]))
    if not found:
        return None
    share, m, parent, items = max(found, key=lambda f: f[0])
    # One item that says what was asked, by itself, beats the list it stands in.
    if m is best and share < 1.0 and _own_share(question, best, parent, weights) >= 0.35:
        return None
    return m, parent, items


def carried(question: Question, heading: Paragraph, weights: Weights) -> float:
    """Share of the question's weight that a heading carries, with those it stands under."""
    own = set(terms(" ".join((*heading.path, heading.clean))))
    heavy = [(c, c.weight * weights.of(c.terms)) for c in question.concepts]
    total = sum(w for _, w in heavy) or 1.0
    return sum(w for c, w in heavy if set(c.terms) <= own or any(set(o) <= own for o in c.others)) / total


def _own_share(question: Question, match: Match, heading: Paragraph, weights: Weights) -> float:
    """Share of the question's weight that the match itself says beyond its heading."""
    above = set(terms(heading.clean))
    heavy = [(c, c.weight * weights.of(c.terms)) for c in question.concepts]
    total = sum(w for _, w in heavy) or 1.0
    return sum(w for (c, w), met in zip(heavy, match.covered, strict=True) if met >= 0.9 and not set(c.terms) <= above) / total


def _children(library: Library, document_id: str, anchor: str) -> list[Paragraph]:
    return [p for p in library.paragraphs(document_id) if p.parent == anchor]
