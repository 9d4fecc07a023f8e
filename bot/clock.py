"""The clock: on which day an answer shall hold, which national texts hold on it, and what a reader must know of those that do not."""

import datetime
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.answer import Citation, Note
from bot.question import Question
from knowledge import catalogue, lawnumbers, numbers
from knowledge.catalogue import Instrument
from knowledge.library import Library
from knowledge.model import Document
from knowledge.text import fold

_OLD_LAW = re.compile(r"\b(?:luat|quy dinh) (?:htx |hop tac xa )?(?:cu|truoc day|truoc kia)\b|\bold law\b|\bprevious law\b")
_OLD, _NEW = (
    r"(?:luat (?:htx |hop tac xa )?(?:cu|2012|nam 2012|truoc)|truoc (?:day|kia)|ngay truoc|hoi (?:xua|truoc)|thoi truoc|truoc (?:can|phai|doi|cho|la|chi))",
    r"(?:luat (?:htx |hop tac xa )?(?:moi|2023|nam 2023)|nay|gio|bay gio|hien nay|con (?:bao nhieu|may))",
)
# What differs between the old law and the new one: both are told of together, or one of them and a word of change.
_CHANGE = re.compile(
    rf"\b{_OLD}\b.{{2,90}}\b{_NEW}\b|\b{_NEW}\b.{{2,90}}\b{_OLD}\b|\b2012\b.{{1,60}}\b2023\b|\b2023\b.{{1,60}}\b2012\b"
    rf"|\b(?:khac|thay doi|so voi|so sanh|diem moi)\b.{{0,60}}\b{_OLD}\b|\b{_OLD}\b.{{0,60}}\b(?:khac|thay doi)\b"
    r"|\b(?:luat moi|luat (?:htx |hop tac xa )?2023)\b.{0,60}\b(?:khac|thay doi|so voi|diem moi|them)\b|\bgi moi\b.{0,40}\bluat\b"
)
_MOST_NOTES = 2


def day_of(question: Question, today: datetime.date) -> datetime.date:
    """The day asked of: a date, the last day of a year that is over, the last day of a law named that has ended; else today."""
    said = question.standalone if question.language == "vi" else f"{question.asked} {question.standalone}"
    if asks_change(question):
        return today
    for date in numbers.dates(said):
        if date.year and date.day:
            return datetime.date(date.year, date.month, date.day)
    ended = [row for row in _laws_named(said) if row.in_force_to]
    if ended:
        return datetime.date.fromisoformat(max(row.in_force_to for row in ended))
    if len(question.years) == 1 and question.years[0] < today.year:
        return datetime.date(question.years[0], 12, 31)
    return today


def asks_change(question: Question) -> bool:
    """True when a question asks what has changed from the old law on cooperatives to the new one."""
    return bool(_CHANGE.search(fold(question.standalone)))


def _laws_named(said: str) -> list[Instrument]:
    """Laws on cooperatives that are called by their year, or by being the old one; [] when a newer one is named beside."""
    laws = catalogue.cooperative_laws()
    named = [row for row in catalogue.look_up(said) if row in laws]
    if not named and _OLD_LAW.search(fold(said)):
        named = [row for row in laws if row.in_force_to][-1:]
    return named if len(named) == 1 else []


def holding(documents: Iterable[Document], question: Question, day: datetime.date) -> list[Document]:
    """The papers without national texts that do not hold on `day`; those that the question names stay.

    A paper that bears the numbers of several texts compares them: it is of use, with the old law, when the change is asked for.
    """
    named = {row.number for row in catalogue.look_up(question.standalone)}
    if asks_change(question):
        named |= {row.number for row in catalogue.cooperative_laws()}
    else:
        documents = [d for d in documents if not compares(d)]
    return [d for d in documents if d.place.level != "country" or d.number in named or _holds(row_of(d), day)]


def compares(document: Document) -> bool:
    """True for a paper on several texts, whose numbers it bears."""
    return len(lawnumbers.find(document.number)) > 1


def _holds(row: Instrument | None, day: datetime.date) -> bool:
    return row is None or (row.began_by(day) and not row.ended_by(day) and not catalogue.outlived(row, day))


@lru_cache(maxsize=1024)
def row_of(document: Document) -> Instrument | None:
    """The catalogue's row of a paper, None when it has none; a paper that bears several numbers is about those texts and none of them."""
    read = lawnumbers.find(document.number)
    return catalogue.resolve(read[0], document.issued_on, document.issuer, document.place) if len(read) == 1 else None


def notes(citations: Sequence[Citation], library: Library, day: datetime.date) -> list[Note]:
    """What has become of the texts cited, and of those that the cited paragraphs name, by `day`; the most telling ones only."""
    found: dict[str, Note] = {}
    for citation in citations:
        own = row_of(citation.document)
        if own is not None and own.national:
            _tell(found, own, "", citation.marker, day)
        for _, mention in library.mentions(document_id=citation.document.id, anchor=citation.paragraph.anchor):
            row = catalogue.of_mention(mention, citation.document.place)
            if row is not None and row != own:
                _tell(found, row, "Đoạn được dẫn viện dẫn ", citation.marker, day)
    return list(found.values())[:_MOST_NOTES]


def _tell(found: dict[str, Note], row: Instrument, opening: str, marker: int, day: datetime.date) -> None:
    text = fate(row, day)
    if text:
        found.setdefault(row.name, Note("amended", f"{opening}{text}", (marker,)))


def fate(row: Instrument, day: datetime.date) -> str:
    """What became of a text by `day`: ended, and what stands now, or amended; "" when neither is known."""
    after = ", ".join(s.name for s in catalogue.successors(row, day))
    if row.ended_by(day):
        until = f" sau ngày {_shown(row.in_force_to)}" if row.in_force_to else ""
        over = "đã hết giai đoạn áp dụng" if row.status == "period_over" else "đã hết hiệu lực"
        return f"{row.name}: {over}{until}{f'; nay áp dụng {after}' if after else ''}."
    if after:
        return f"{row.name}: đã được thay bằng {after}."
    if catalogue.outlived(row, day):
        return f"{row.name}: quy định chi tiết {', '.join(base.name for base in catalogue.detailed(row))}, nay đã hết hiệu lực."
    changed = ", ".join(a.name for a in catalogue.amendments(row, day))
    return f"{row.name}: đã được sửa đổi, bổ sung bởi {changed}." if changed else ""


def _shown(iso: str) -> str:
    return "/".join(reversed(iso.split("-")))
