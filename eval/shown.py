"""Wrong figures shown: every number, date and document number of a statement, looked for once more in what it cites.

This is the check on bot/prove.py, so it shares nothing with it: no reading of quantities or law numbers, only folded text and
digit boundaries, in the text, the headings and the metadata of the cited paragraphs.
"""

import re
from itertools import product

from bot.answer import Answer, Citation
from eval.matching import stands
from knowledge.text import fold

_MARKER = re.compile(r"\[\d+\]")
_DOCUMENT_MONTH = re.compile(r"\b\d{1,2}/\d{4}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\b\d+(?:/\d{4})?/[^\W\d_][\w-]*")  # 151/kh-ubnd, 17/2023/qh15
_DATE = re.compile(r"\b(\d{1,2})(?:([/.-])(\d{1,2})\2| thang (\d{1,2}) nam )(\d{4})\b")
_MONTH = re.compile(r"\b\d{1,2}/\d{4}\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")


def wrong_figures(answer: Answer) -> list[str]:
    """What the statements of an answer, and its notes on another figure, say that does not stand where they point; folded, in order.

    The count in a line that leads a list ("… gồm 4 nội dung:") is right when as many statements follow.
    """
    by_marker = {c.marker: c for c in answer.citations}
    wrong = []
    for index, statement in enumerate(answer.statements):
        following = len(answer.statements) - index - 1
        counted = {str(following)} if statement.text.endswith(":") else set()
        wrong += [figure for figure in _missing(statement.text, [by_marker[m] for m in statement.citations]) if figure not in counted]
    for note in answer.notes:
        if note.kind == "conflict":
            wrong += _missing(note.text, [by_marker[m] for m in note.citations])
    return wrong


def _missing(text: str, citations: list[Citation]) -> list[str]:
    source = " ".join(map(_source, citations))
    counted = _without_names(source)
    said = fold(_MARKER.sub("", text))
    wrong = [number for number in _DOCUMENT_NUMBER.findall(said) if not stands(number, source)]
    said = _DOCUMENT_NUMBER.sub(" ", said)
    wrong += [m[0] for m in _DATE.finditer(said) if not any(stands(form, source) for form in _written(*_date(m)))]
    said = _DATE.sub(" ", said)
    for number in _NUMBER.findall(_MONTH.sub(" ", said)):
        # A year may be that of a date; any other figure is no part of a date or of a document number.
        where = source if _YEAR.fullmatch(number) else counted
        wrong += [] if any(stands(form, where) for form in (number, number.lstrip("0") or "0", f"0{number}")) else [number]
    return wrong + [m[0] for m in _MONTH.finditer(said) if not any(stands(form, source) for form in (m[0], m[0].lstrip("0"), f"0{m[0]}"))]


def _without_names(text: str) -> str:
    """A folded text without its document numbers, dates and months."""
    return _MONTH.sub(" ", _DATE.sub(" ", _DOCUMENT_NUMBER.sub(" ", text)))


def _date(found: re.Match[str]) -> tuple[int, int, int]:
    """Day, month and year of a match of _DATE."""
    return int(found[1]), int(found[3] or found[4]), int(found[5])


def _written(day: int, month: int, year: int) -> set[str]:
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
