"""Numbers as Vietnamese papers write them: quantities with units, dates, years and periods.

1.234,5 is one thousand two hundred thirty-four and a half; 0,5 tỷ = 500 triệu; "04 HTX" = 4; "trên 50%" is a bound.
"""

import re
from dataclasses import dataclass
from decimal import Decimal

from knowledge import lawnumbers
from knowledge.text import fold

MONEY = "đồng"
PERCENT = "%"
_BLANK = "\x00"
_SCALES = {
    "nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "tr": 1_000_000, "trd": 1_000_000,
    "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d+(?:[.,]\d+)?)"
_UNIT = r"(?:\s?%|\s?phan tram\b|\s?(?:nghin|ngan|trieu|trd|tr|ty|ti)\b(?:\s?(?:dong|vnd|d)\b)?|\s?(?:dong|vnd)\b)"
_QUANTITY = re.compile(
    rf"(?P<bound>\b(?:tren duoi|tren|hon|it nhat|toi thieu|khong duoi|duoi|khong qua|toi da|nhieu nhat|khoang|gan|xap xi|uoc|over|"
    rf"about|at least|under)\s+(?:muc\s+)?)?(?<![\w.,])(?<!\d-)(?P<low>{_NUMBER})(?P<lowunit>{_UNIT})?"
    rf"(?:\s?(?:-|den|toi)\s?(?:duoi\s|tren\s)?(?P<high>{_NUMBER})(?![\d/]))?(?P<unit>{_UNIT})?(?P<after>\s?tro len|\s?tro xuong)?"
)
_NOUN = re.compile(r"\s?/?\s?([a-zđ]+(?: [a-zđ]+)?)", re.ASCII)
_DATE = re.compile(
    r"(?<![\d/])(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)"
    r"|(?:ngay )?(?P<d2>\d{1,2}) thang (?P<m2>\d{1,2}),? nam (?P<y2>(?:19|20)\d\d)"
    r"|(?:thang )?(?P<m3>1[0-2]|0?[1-9])\s?/\s?(?P<y3>(?:19|20)\d\d)"
    r"|thang (?P<m4>\d{1,2}),? nam (?P<y4>(?:19|20)\d\d)"
    r"|(?:ngay )(?P<d5>\d{1,2})\s?[/-]\s?(?P<m5>\d{1,2})\b"
    r"|(?P<d6>\d{1,2})/(?P<m6>\d{1,2})(?=\s?-\s?\d{1,2}/\d{1,2}/))(?!\d|/\d)"
)
_PERIOD = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s?(?:-|den(?: nam)?|toi)\s?((?:19|20)\d\d)(?![\d/])")
_YEAR = re.compile(r"\b(?:nam |cuoi |dau )(?:19|20)\d\d(?!\d)|(?<![\d/.,])(?:19|20)\d\d(?![\d/]|[.,]\d|\s?%|\s(?:htx|trieu|ty|dong|nguoi|thanh vien|don vi|lop|hoc vien)\b)")
_BOUNDS = {
    "tren": "more", "hon": "more", "over": "more", "it nhat": "least", "toi thieu": "least", "khong duoi": "least",
    "at least": "least", "duoi": "less", "under": "less", "khong qua": "most", "toi da": "most", "nhieu nhat": "most",
}  # fmt: skip


@dataclass(frozen=True)
class Quantity:
    """A number with its unit. `low`..`high` is a range (high None: a single value); money is in đồng.

    `unit` is "đồng", "%" or the folded noun that follows ("htx", "thanh vien"), "" when none does.
    `bound` is "", "more", "least", "less", "most" or "about". `span` is the place in the text.
    """

    low: Decimal
    high: Decimal | None
    unit: str
    bound: str
    span: tuple[int, int]
    text: str

    def values(self) -> tuple[Decimal, ...]:
        return (self.low,) if self.high is None else (self.low, self.high)


@dataclass(frozen=True)
class Date:
    """A date, perhaps without its day or its year (0 = not given)."""

    year: int
    month: int
    day: int
    span: tuple[int, int]


def parse_number(text: str) -> Decimal:
    """The value of a Vietnamese number: dots group thousands, the comma is the decimal mark ("1.234,5"; "1.5" is 1,5)."""
    if re.fullmatch(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?", text):
        text = text.replace(".", "")
    return Decimal(text.replace(",", "."))


def dates(text: str) -> list[Date]:
    """Dates in order: 10/12/2019, 22 tháng 7 năm 2024, tháng 6/2024, ngày 02/9."""
    found = []
    for m in _DATE.finditer(_without_numbers(text)):
        group = {k: int(v) for k, v in m.groupdict().items() if v}
        year = next((group[k] for k in ("y", "y2", "y3", "y4") if k in group), 0)
        month = next((group[k] for k in ("m", "m2", "m3", "m4", "m5", "m6") if k in group), 0)
        day = next((group[k] for k in ("d", "d2", "d5", "d6") if k in group), 0)
        if month <= 12 and day <= 31:
            found.append(Date(year, month, day, m.span()))
    return found


def periods(text: str) -> list[tuple[int, int]]:
    """Pairs of years joined by a dash or "đến": giai đoạn 2021-2025 -> (2021, 2025)."""
    return [(int(a), int(b)) for a, b in _PERIOD.findall(fold(text)) if int(a) < int(b)]


def years(text: str) -> list[int]:
    """All years named, in order, those of periods and dates included."""
    found = []
    for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", fold(text)):
        before, after = text[max(0, m.start() - 1) : m.start()], text[m.end() : m.end() + 2]
        # 2.020 and 2020,5 are amounts; 08/2019/NQ-HĐND is a number, not a time.
        if before in {".", ","} or re.match(r"[.,]\d|/[a-z]|%", after):
            continue
        found.append(int(m.group()))
    return found


def _without_numbers(text: str) -> str:
    """The folded text with document numbers blanked, lengths kept."""
    folded = fold(text)
    for number in lawnumbers.find(text):
        start, end = number.span
        folded = folded[:start] + _BLANK * (end - start) + folded[end:]
    return folded


def _masked(text: str) -> str:
    """The folded text with document numbers, dates, periods and years blanked, lengths kept."""
    folded = _without_numbers(text)
    for pattern in (_DATE, _PERIOD, _YEAR):
        folded = pattern.sub(lambda m: _BLANK * len(m.group()), folded)
    return folded


def quantities(text: str) -> list[Quantity]:
    """Quantities in order, without dates, years and document numbers. Money is brought to đồng."""
    folded = _masked(text)
    found = []
    for m in _QUANTITY.finditer(folded):
        low = parse_number(m["low"])
        high = parse_number(m["high"]) if m["high"] else None
        unit_text = (m["unit"] or m["lowunit"] or "").strip()
        scale, unit = _unit(unit_text)
        low_scale = _unit((m["lowunit"] or "").strip())[0] if m["lowunit"] else scale
        if not unit:
            noun = _NOUN.match(folded, m.end())
            unit = noun.group(1).strip() if noun else ""
        bound = _BOUNDS.get((m["bound"] or "").strip().removesuffix(" muc"), "about" if m["bound"] else "")
        if (m["after"] or "").strip() == "tro len":
            bound = "least"
        start = m.start("low")
        end = m.end("unit") if m["unit"] else m.end("high") if m["high"] else m.end("lowunit") if m["lowunit"] else m.end("low")
        found.append(
            Quantity(low * low_scale, high * scale if high is not None else None, unit, bound, (start, end), text[start:end].strip())
        )
    return found


def _unit(text: str) -> tuple[int, str]:
    if not text:
        return 1, ""
    if text in {"%", "phan tram"}:
        return 1, PERCENT
    word = re.split(r"\s|(?<=tr)d", text)[0]
    return _SCALES.get(word, 1), MONEY


def same(a: Quantity, b: Quantity) -> bool:
    """True when both say the same: equal values and units that do not contradict each other."""
    if {PERCENT, MONEY} & {a.unit, b.unit} and a.unit != b.unit:
        return False
    return a.values() == b.values()
