"""Wrong figures shown: every number, date and document number of a statement, looked for once more in what it cites.

This is the check on bot/prove.py, so it shares nothing with it: no reading of quantities or law numbers, only folded text and
digit boundaries, in the text, the headings and the metadata of the cited paragraphs. A count is not found as a part of a date.
"""

import re
from collections.abc import Iterator
from decimal import ROUND_HALF_UP, Decimal
from itertools import combinations, permutations, product

from bot.answer import Answer, Citation
from eval.matching import stands
from knowledge.text import fold

_MARKER = re.compile(r"\[\d+\]")
_RATIO = re.compile(r"\bgap (?:khoang )?(\d+(?:[.,]\d+)*) lan\b")
_DOCUMENT_NUMBER = re.compile(r"\b\d+(?:/\d{4})?/[^\W\d_][\w-]*")  # 151/kh-ubnd, 17/2023/qh15
_HYPHEN = re.compile(r"(?<=[a-z]) ?- ?(?=[a-z])")
_DATE = re.compile(r"\b(\d{1,2})(?:([/.-])(\d{1,2})\2| thang (\d{1,2}) nam )(\d{4})\b")
_MONTH = re.compile(r"\b(\d{1,2})/(\d{4})\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def wrong_figures(answer: Answer) -> list[str]:
    """What the statements of an answer, and its notes on another figure, say that does not stand where they point; folded, in order.

    A number worked out from others that the answer states and that stand in its sources is right: a difference, a sum, months
    brought to a year, how many times one is the other. The count in a line that leads a list ("… gồm 4 nội dung:") is right when as many statements follow.
    """
    by_marker = {c.marker: c for c in answer.citations}
    wrong = []
    stated = _stated(answer)
    for index, statement in enumerate(answer.statements):
        following = len(answer.statements) - index - 1
        counted = {str(following)} if statement.text.endswith(":") else set()
        missing = _missing(statement.text, [by_marker[m] for m in statement.citations])
        times = {figure for figure in _RATIO.findall(fold(statement.text)) if any(_times(a, b) == _value(figure) for a, b in permutations(stated, 2) if b)}
        wrong += [figure for figure in missing if figure not in counted | times and not _worked_out(figure, stated)]
    for note in answer.notes:
        if note.kind == "conflict":
            wrong += _missing(note.text, [by_marker[m] for m in note.citations])
    return wrong


def _stated(answer: Answer) -> set[Decimal]:
    """The numbers of all statements that stand in what these cite, in each scale that papers mix (tỷ, triệu) and for a year of months."""
    by_marker = {c.marker: c for c in answer.citations}
    found: set[Decimal] = set()
    for statement in answer.statements:
        wrong = set(_missing(statement.text, [by_marker[m] for m in statement.citations]))
        text = _without_names(fold(_MARKER.sub("", statement.text)))
        found |= {_value(figure) for figure in _NUMBER.findall(text) if figure not in wrong}
    return {value * scale for value in found for scale in (1, 12, 1000)}


def _worked_out(figure: str, stated: set[Decimal]) -> bool:
    """True when a number comes out of the stated ones: a product with 12, a difference or sum of two or three."""
    if not _NUMBER.fullmatch(figure):
        return False
    value = _value(figure)
    if value in stated or any(abs(a - b) == value or a + b == value for a, b in combinations(stated, 2)):
        return True
    return any(value in {a + b + c, abs(a + b - c), abs(a + c - b), abs(b + c - a)} for a, b, c in combinations(stated, 3))


def _times(a: Decimal, b: Decimal) -> Decimal:
    """How many times `a` is `b`, to one decimal."""
    return (a / b).quantize(Decimal("0.1"), ROUND_HALF_UP)


def _value(figure: str) -> Decimal:
    """A number as Vietnamese papers write it: 1.234,5."""
    grouped = re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", figure)
    return Decimal((figure.replace(".", "") if grouped else figure).replace(",", ".")) if figure.count(",") < 2 else Decimal(-1)


def _missing(text: str, citations: list[Citation]) -> list[str]:
    """The figures of a text that do not stand in the cited paragraphs, folded."""
    source = " ".join(map(_source, citations))
    source += " " + _HYPHEN.sub("", source)
    counted = _without_names(source)
    return [figure for figure, forms in _figures(fold(_MARKER.sub("", text))) if not any(stands(f, source if _is_name(figure) else counted) for f in forms)]


def _is_name(figure: str) -> bool:
    """True for dates, years and document numbers; any other figure must not be found as a part of one of these."""
    return bool(_YEAR.fullmatch(figure) or _without_names(figure) != figure)


def _without_names(text: str) -> str:
    """A folded text without its document numbers, dates and months."""
    return _MONTH.sub(" ", _DATE.sub(" ", _DOCUMENT_NUMBER.sub(" ", text)))


def _figures(text: str) -> Iterator[tuple[str, set[str]]]:
    """The figures of a folded text, each with the ways it may be written in a source."""
    for m in _DOCUMENT_NUMBER.finditer(text):
        yield m[0], {m[0], _HYPHEN.sub("", m[0])}  # scans lose and add them: 08/2019/NQHĐND, 08/2019/NQ- HĐND
    text = _DOCUMENT_NUMBER.sub(" ", text)
    for m in _DATE.finditer(text):
        yield m[0], _dates(int(m[1]), int(m[3] or m[4]), int(m[5]))
    text = _DATE.sub(" ", text)
    for m in _MONTH.finditer(text):
        yield m[0], {form.format(int(m[1]), m[2]) for form in ("{}/{}", "{:02}/{}", "{} nam {}", "{:02} nam {}")} | {f"{m[2]}-{int(m[1]):02}"}
    for m in _NUMBER.finditer(_MONTH.sub(" ", text)):
        yield m[0], {m[0], m[0].lstrip("0") or "0", f"0{m[0]}"}


def _dates(day: int, month: int, year: int) -> set[str]:
    """A date as papers and metadata write it, folded."""
    days, months = {f"{day}", f"{day:02}"}, {f"{month}", f"{month:02}"}
    said = {form.format(d, m, year) for d, m in product(days, months) for form in ("{}/{}/{}", "{}-{}-{}", "{}.{}.{}", "{} thang {} nam {}")}
    return said | {f"{year}-{month:02}-{day:02}"}


def _source(citation: Citation) -> str:
    """The folded text, headings and metadata of a cited paragraph."""
    d, p = citation.document, citation.paragraph
    period = "-".join(map(str, d.period)) if d.period else ""
    about = (d.title, d.number, d.issuer, d.place.name, d.place.parent, d.issued_on, period)
    return re.sub(r"\s+", " ", fold(" ".join((p.text, p.clean, *p.path, *about))))
