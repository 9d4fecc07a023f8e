"""The catalogue of instruments: legal texts that papers name or that are bundled - when each applies, what it changes, where each fact is from.

`instruments.toml` holds a row for each; what is not known is empty there. A number alone does not tell a text: two provinces may have
given theirs the same one, so the issuer decides. A text holds from its day in force until the day it is ended or replaced.
"""

import datetime
import re
import tomllib
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from pydantic import TypeAdapter

from knowledge import lawnumbers
from knowledge.lawnumbers import LawNumber
from knowledge.model import Mention, Place
from knowledge.text import fold

_FILE = Path(__file__).with_name("instruments.toml")
STATUSES = ("in_force", "ended", "period_over", "unknown")
_LOCAL = re.compile(r"\b(?:tinh|huyen|thanh pho|hdnd|ubnd|hoi dong nhan dan|uy ban nhan dan)\b")
# Among papers on cooperatives "luật 2012" without a name is the law on cooperatives.
_LAW_NAMED = re.compile(r"\bluat (?:(?:hop tac xa|htx) )?(?:moi |cu )?(?:nam |so )?((?:19|20)\d\d)\b")


@dataclass(frozen=True)
class Instrument:
    """A legal text. Dates are ISO, perhaps without day, "" when not known; relations hold numbers as written in the catalogue.

    `sources` tell where the row is from, `dates_from` where each date and relation is from.
    """

    number: str
    kind: str
    issuer: str
    territory: str
    title: str
    issued_on: str = ""
    in_force_from: str = ""
    in_force_to: str = ""
    status: str = "unknown"
    amends: tuple[str, ...] = ()
    amended_by: tuple[str, ...] = ()
    replaces: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()
    details: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    dates_from: dict[str, str] = field(default_factory=dict, hash=False)
    note: str = ""

    @property
    def national(self) -> bool:
        return self.territory == "Việt Nam"

    @property
    def name(self) -> str:
        """Kind and number, and the issuer where the number is not one of the whole country ("Nghị quyết 08/2019/NQ-HĐND tỉnh Lạng Sơn")."""
        own = f"{lawnumbers.kind_word(self.kind)} {self.number}".strip() if self.number else self.title
        return own if self.national else f"{own} ({self.issuer})"

    def ended_by(self, day: datetime.date) -> bool:
        """True when the text is known to hold no more on `day`."""
        if self.in_force_to:
            return self.in_force_to < day.isoformat()[: len(self.in_force_to)]
        return self.status in {"ended", "period_over"}

    def began_by(self, day: datetime.date) -> bool:
        """False when the text is known not to hold yet on `day`."""
        begins = self.in_force_from or self.issued_on
        return not begins or begins <= day.isoformat()[: len(begins)]


@cache
def load() -> tuple[Instrument, ...]:
    """All rows of the catalogue."""
    rows = tomllib.loads(_FILE.read_text("utf-8")).get("instrument", [])
    return TypeAdapter(tuple[Instrument, ...]).validate_python(rows)


@cache
def _by_number() -> dict[tuple[int, int], tuple[tuple[LawNumber, Instrument], ...]]:
    table: dict[tuple[int, int], tuple[tuple[LawNumber, Instrument], ...]] = {}
    for row in load():
        # A row may have no more than the bare number that papers give ("Nghị quyết 401").
        for read in (lawnumbers.find(row.number) or lawnumbers.find(f"{lawnumbers.kind_word(row.kind)} số {row.number}"))[:1]:
            table[(read.number, read.year)] = (*table.get((read.number, read.year), ()), (read, row))
    return table


def rows_of(number: LawNumber) -> list[Instrument]:
    """The rows whose number fits; parts that were not written do not count against one."""
    table = _by_number()
    years = [number.year] if number.year else [year for n, year in table if n == number.number]
    near = [pair for year in dict.fromkeys([*years, 0]) for pair in table.get((number.number, year), ())]
    return [row for read, row in near if read.matches(number)]


def resolve(number: LawNumber, issued_on: str = "", issuer: str = "", place: Place | None = None) -> Instrument | None:
    """The one row that a mention means: by its number, then the date and issuer beside it, then the place of the paper; None when unsure."""
    rows = rows_of(number)
    for narrowed in (
        [r for r in rows if issued_on and r.issued_on == issued_on],
        [r for r in rows if issuer and _same_issuer(issuer, r)],
        [r for r in rows if place is not None and (r.national or fold(place.province) in fold(r.territory) or fold(place.name) in fold(r.territory))],
    ):
        if len(rows) > 1 and narrowed:
            rows = narrowed
    return rows[0] if len(rows) == 1 else None


def of_mention(mention: Mention, place: Place) -> Instrument | None:
    """The row that a mention in a paper of `place` means, None when the catalogue does not tell."""
    return resolve(mention.number, mention.issued_on, mention.issuer, place)


def look_up(text: str) -> list[Instrument]:
    """The rows that a search text means: by full or partial number with or without accents ("nq 08/2019 lang son"), or a law by its year."""
    folded = fold(text)
    found = [row for number in lawnumbers.find(text) for row in rows_of(number)]
    found += [row for year in _LAW_NAMED.findall(folded) for row in cooperative_laws() if f"/{year}/" in row.number]
    found = list(dict.fromkeys(found))
    named = [row for row in found if not row.national and fold(_place_of(row)) in folded]
    return named or found


@cache
def cooperative_laws() -> tuple[Instrument, ...]:
    """The laws on cooperatives, the oldest first."""
    laws = [row for row in load() if row.kind == "law" and "hop tac xa" in fold(row.title)]
    return tuple(sorted(laws, key=lambda row: row.issued_on))


def successors(row: Instrument, day: datetime.date) -> list[Instrument]:
    """The texts that stand in a row's place on `day`: what replaced it, and what replaced that."""
    found: list[Instrument] = []
    waiting = list(row.replaced_by)
    while waiting:
        for after in _numbered(waiting.pop(0), row):
            if after not in found and after.began_by(day):
                found.append(after)
                waiting.extend(after.replaced_by)
    return [after for after in found if not after.ended_by(day)]


def detailed(row: Instrument) -> list[Instrument]:
    """The texts that a row details."""
    return [base for number in row.details for base in _numbered(number, row)]


def outlived(row: Instrument, day: datetime.date) -> bool:
    """True when nothing is known of a text's end and what it details holds no more on `day`: a text falls with what it details."""
    bases = detailed(row)
    return row.status == "unknown" and bool(bases) and all(base.ended_by(day) or outlived(base, day) for base in bases)


def amendments(row: Instrument, day: datetime.date) -> list[Instrument]:
    """The texts that have amended a row by `day`."""
    return [after for number in row.amended_by for after in _numbered(number, row) if after.began_by(day)]


def _numbered(number: str, beside: Instrument) -> list[Instrument]:
    rows = [row for read in lawnumbers.find(number)[:1] for row in rows_of(read)]
    return [row for row in rows if row.territory == beside.territory] or rows


def _same_issuer(written: str, row: Instrument) -> bool:
    """True when an issuer as written ("HĐND tỉnh Lạng Sơn") is that of a row, abbreviations and level words aside."""
    place = fold(_place_of(row))
    spelt = fold(written)
    return place in spelt if not row.national else not _LOCAL.search(spelt)


def _place_of(row: Instrument) -> str:
    return re.sub(r"^(?:tỉnh|huyện|thành phố|thị xã) ", "", row.territory)
