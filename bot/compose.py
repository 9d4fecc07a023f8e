"""Compose: turn evidence into lines without a language model - conclusion first, the asked figure with its place and time."""

from collections.abc import Sequence

from bot.clauses import beside, clause, of_law
from bot.draft import Line
from bot.evidence import choose, section
from bot.match import Match
from bot.phrase import LONGEST, LONGEST_OTHER, adds_words, headings_needed, lead, passage, place_label, shorten
from bot.question import Question
from bot.weights import Weights
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.text import words

_ITEM_WORDS = 60
_TOGETHER = LONGEST_OTHER  # words of a digest's items shown together
_AFTER, _BEFORE = 5, 3  # items looked at on each side
_ONE_FACT = frozenset(["figure", "target", "compare", "resolution"])


def compose(question: Question, ranked: Sequence[Match], library: Library, weights: Weights) -> list[Line]:
    """The lines of an answer about one place, or from the law."""
    if of_law(ranked[0]):
        return _law_lines(question, ranked, library, weights)
    whole = section(question, ranked, library, weights)
    if whole is not None:
        match, heading, items = whole
        return _section_lines(question, match.document, heading, items)
    chosen = choose(question, ranked, weights)
    if ranked[0].document.form == "digest":  # its items are short and many, and the one after the first often says what was meant
        chosen += [m for m in beside(question, ranked) if m not in chosen]
    lines = [_statement_line(question, m, library, i == 0) for i, m in enumerate(chosen)]
    lines += _children_lines(question, chosen[0], library)
    return lines + _neighbour_lines(question, chosen, lines, library)


def _law_lines(question: Question, ranked: Sequence[Match], library: Library, weights: Weights) -> list[Line]:
    """The first provision, whole where that is asked for, and those that are nearly as likely."""
    best = ranked[0]
    whole = clause(question, best, library, weights)
    lines = _clause_lines(question, best.document, *whole) if whole else [_statement_line(question, best, library, True)]
    shown = {p.anchor for p in whole[1]} | {whole[0].anchor} if whole else set()
    for m in beside(question, ranked):
        if m.document.id != best.document.id or m.hit.passage.anchor not in shown:
            line = _statement_line(question, m, library, m.document.id != best.document.id)
            lines.append(Line(line.text, line.sources, line.quote, line.beside))
    return lines


def _clause_lines(question: Question, document: Document, heading: Paragraph, items: list[Paragraph]) -> list[Line]:
    title = shorten(heading.clean.rstrip(" :."), LONGEST)
    opening = Line(f"{lead(question, document, heading, title)}: {title}:", ((document, heading),), heading.clean)
    return [opening, *(_item(document, p) for p in items)]


def _statement_line(question: Question, match: Match, library: Library, first: bool) -> Line:
    paragraph = library.paragraph(match.document.id, match.hit.passage.anchor)
    if question.wants and question.intent in _ONE_FACT:
        said = passage(question, match, paragraph, LONGEST, telling=True)
    else:
        said = passage(question, match, paragraph, LONGEST_OTHER if first else LONGEST)
    opening = lead(question, match.document, paragraph, said) if first else ""
    headings = headings_needed(question, match, paragraph, opening)
    text = ": ".join(filter(None, [opening, *headings, said]))
    return Line(text, ((match.document, paragraph),), match.hit.passage.text.strip(), " | ".join(headings))


def _children_lines(question: Question, match: Match, library: Library) -> list[Line]:
    """The items under a statement that introduces them ("… như sau:"), when a list or several figures are asked for."""
    if not match.hit.passage.text.rstrip().endswith(":") or (question.intent in _ONE_FACT and question.wants):
        return []
    items = [p for p in library.paragraphs(match.document.id) if p.parent == match.hit.passage.anchor][:14]
    return [_item(match.document, p) for p in items]


def _neighbour_lines(question: Question, chosen: Sequence[Match], lines: Sequence[Line], library: Library) -> list[Line]:
    """Items of a digest beside the one found: a digest tells in several short items what its paper tells in one paragraph."""
    best = chosen[0]
    if best.document.form != "digest":
        return []
    own = library.paragraph(best.document.id, best.hit.passage.anchor)
    items = [p for p in library.paragraphs(best.document.id) if p.parent == own.parent and p.kind == own.kind]
    at = next(i for i, p in enumerate(items) if p.anchor == own.anchor)
    shown = {p.anchor for line in lines for _, p in line.sources}
    room = _TOGETHER - sum(words(line.text) for line in lines)
    found = []
    for p in [*items[at + 1 : at + 1 + _AFTER], *items[max(0, at - _BEFORE) : at][::-1]]:
        follows = p.position > own.position and not question.wants
        if p.anchor not in shown and words(p.clean) <= room and (follows or adds_words(question, best, p.clean)):
            found.append(p)
            room -= words(p.clean)
    return [_item(best.document, p) for p in sorted(found, key=lambda p: p.position)]


def _section_lines(question: Question, document: Document, heading: Paragraph, items: list[Paragraph]) -> list[Line]:
    title = shorten(heading.clean.rstrip(" :."), 30)
    return [
        Line(
            f"{lead(question, document, heading, title)}: {title} gồm {len(items)} nội dung:",
            ((document, heading), *((document, p) for p in items[:1])),
            heading.clean,
            str(len(items)),
        ),
        *(_item(document, p) for p in items),
    ]


def _item(document: Document, paragraph: Paragraph) -> Line:
    return Line(shorten(paragraph.clean, _ITEM_WORDS), ((document, paragraph),), paragraph.clean, bullet=True)


def compare(question: Question, found: Sequence[tuple[str, Sequence[Match]]], library: Library) -> list[Line]:
    """A row for each place, "văn bản không nêu" where its papers do not say."""
    lines: list[Line] = []
    for name, ranked in found:
        if not ranked:
            lines.append(Line(f"{name}: văn bản không nêu.", (), "", row=(name, "văn bản không nêu", "")))
            continue
        line = _statement_line(question, ranked[0], library, True)
        lines.append(Line(line.text, line.sources, line.quote, line.beside, row=(place_label(ranked[0].document), line.text)))
    return lines
