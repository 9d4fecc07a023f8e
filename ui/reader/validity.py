"""Whether a paper or a legal text still holds, as a badge: from the catalogue and the clock, and nothing where they do not know."""

import datetime
from dataclasses import dataclass
from html import escape

from bot import clock
from knowledge import catalogue
from knowledge.catalogue import Instrument
from knowledge.model import Document
from ui import language
from ui.language import Lang

_DAY = datetime.timedelta(days=1)
_WHOLE = len("2024-06-30")
STATES = ("in_force", "amended", "ended", "period_over")


@dataclass(frozen=True)
class Badge:
    """`state` is one of STATES, or "not_yet"; `key` names the text, `day` is the ISO day in it ("" when it has none)."""

    state: str
    key: str
    day: str = ""

    def text(self, lang: Lang) -> str:
        """The words of the badge ("Hết hiệu lực từ 1/7/2024")."""
        return language.text(lang, self.key, **({"day": language.date(lang, self.day)} if self.day else {}))

    def html(self, lang: Lang) -> str:
        """The badge as HTML; its words say what its colour says."""
        return f'<span class="badge {self.state}">{escape(self.text(lang))}</span>'


def of_document(document: Document, today: datetime.date) -> Badge | None:
    """The badge of a paper: that of the text it is, else whether its years are over; None when neither is known."""
    row = clock.row_of(document)
    if row is not None:
        found = of_instrument(row, today)
        if found is not None:
            return found
    over = document.period is not None and document.period[1] < today.year
    return Badge("period_over", "valid.period_over") if over else None


def of_instrument(row: Instrument, today: datetime.date) -> Badge | None:
    """The badge of a legal text; None when its state is not known."""
    if row.ended_by(today):
        return _ended(row)
    if not row.began_by(today):
        return Badge("not_yet", "valid.not_yet", row.in_force_from) if row.in_force_from else None
    if catalogue.successors(row, today):
        return Badge("ended", "valid.replaced")
    if catalogue.outlived(row, today):
        return Badge("ended", "valid.outlived")
    if catalogue.amendments(row, today):
        return Badge("amended", "valid.amended")
    return Badge("in_force", "valid.in_force") if row.status == "in_force" else None


def _ended(row: Instrument) -> Badge:
    if row.status == "period_over":
        return Badge("period_over", "valid.period_over")
    if not row.in_force_to:
        return Badge("ended", "valid.ended_undated")
    if len(row.in_force_to) < _WHOLE:
        return Badge("ended", "valid.ended_on", row.in_force_to)
    # The catalogue has the last day that a text holds; people are told the first day that it does not.
    return Badge("ended", "valid.ended", (datetime.date.fromisoformat(row.in_force_to) + _DAY).isoformat())


def badge(document: Document, lang: Lang, today: datetime.date) -> str:
    """A paper's badge as HTML, "" when nothing is known."""
    found = of_document(document, today)
    return found.html(lang) if found else ""


def row_badge(row: Instrument, lang: Lang, today: datetime.date) -> str:
    """A legal text's badge as HTML, "" when nothing is known."""
    found = of_instrument(row, today)
    return found.html(lang) if found else ""
