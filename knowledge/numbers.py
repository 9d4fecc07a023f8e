"""Numbers as Vietnamese papers write them: quantities with units, dates, years and periods.

1.234,5 is one thousand two hundred thirty-four and a half; 0,5 tỷ = 500 triệu; "04 HTX" = 4; "trên 50%" is a bound.
"""

import itertools
import re
import unicodedata
from dataclasses import dataclass, replace
from decimal import Decimal

from knowledge import lawnumbers
from knowledge.text import fold

MONEY = "đồng"
PERCENT = "%"
_BLANK = "\x00"
_SCALES = {
    "k": 1_000, "nghin": 1_000, "ngan": 1_000, "trieu": 1_000_000, "tr": 1_000_000, "trd": 1_000_000,
    "ty": 1_000_000_000, "ti": 1_000_000_000,
}  # fmt: skip
_NUMBER = r"(?:\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:\s\d{3}){1,4}(?=\s?(?:dong|vnd)\b)|\d+(?:[.,]\d+)?)"
# "10 đồng chí", "5 ngân hàng", "50 tỷ lệ" are people, banks, shares: no money.
_DONG = r"dong\b(?!\s(?:chi|bao|nghiep|deu|bo)\b)"
_SCALE = r"(?:nghin|ngan(?!\s(?:hang|sach|quy|han)\b)|trieu|trd|tr|ty(?!\sle\b)|ti(?!\sle\b))\b"
_UNIT = rf"(?:\s?%|\s?phan tram\b|\s?{_SCALE}(?:\.?\s?(?:{_DONG}|(?:vnd|d)\b))?|(?<=\d)k\b|\s?(?:{_DONG}|vnd\b)|(?<=\d\d\d)\s?d\b(?!\)))"
_BOUNDS = {
    "tren": "more", "hon": "more", "nhieu hon": "more", "cao hon": "more", "lon hon": "more", "over": "more", "more than": "more",
    "it nhat": "least", "toi thieu": "least", "khong duoi": "least", "khong it hon": "least", "khong thap hon": "least",
    "khong nho hon": "least", "at least": "least",
    "duoi": "less", "it hon": "less", "thap hon": "less", "nho hon": "less", "under": "less", "less than": "less",
    "khong qua": "most", "khong vuot qua": "most", "khong nhieu hon": "most", "khong cao hon": "most", "khong lon hon": "most",
    "toi da": "most", "nhieu nhat": "most", "up to": "most", "at most": "most",
    "tren duoi": "about", "khoang": "about", "gan": "about", "xap xi": "about", "uoc": "about", "about": "about", "nearly": "about",
}  # fmt: skip
_BOUND_WORDS = "|".join(sorted(_BOUNDS, key=len, reverse=True))
_QUANTITY = re.compile(
    rf"(?:\b(?P<bound>{_BOUND_WORDS})\s+(?:(?:muc|la|dat|co)\s+)?)?(?<![\w.,])(?<![\da-z]-)(?P<low>{_NUMBER})(?P<lowunit>{_UNIT})?"
    rf"(?:\s?(?:-|den|toi)\s?(?:duoi\s|tren\s)?(?P<high>{_NUMBER})(?![\d/]))?(?P<unit>{_UNIT})?"
)
_SPELT = r"\((?:(?:mot|hai|ba|bon|tu|nam|lam|sau|bay|tam|chin|muoi|tram|nghin|ngan|trieu|ty|linh|le|khong)\s?)+\)"  # 02 (hai) HTX
_NOUN = re.compile(rf"\s?(?:{_SPELT}\s?)?/?\s?([a-z]+[23²³]?(?: [a-z]+)?)", re.ASCII)
_ONWARDS = re.compile(r"(?:\s?/?\s?[a-z]+){0,4}?\s?tro (len|xuong)\b")
# Words that end a noun ("3 sao trở lên", "10 lên 15"), and what is counted in millions without being money ("1,2 triệu tấn").
_NO_NOUN = {"tro", "len", "den", "va", "hoac", "cua", "trong", "tai", "thuoc", "duoc", "da", "dang", "la", "voi", "cho", "nay"}
_COUNTED = re.compile(
    r"\s(?:tấn|lượt|luot|người|nguoi|hộ|cây|con|ha|m2|m²|m3|m³|kg|lít|lit|kwh|sản phẩm|san pham|lao động|lao dong|khẩu|dân|usd)(?!\w)", re.IGNORECASE
)
# "khoản 1 Điều 30" is a place in a text; "khoản 300 triệu" is a sum.
_ARTICLE = re.compile(r"\bdieu \d{1,3}[a-z]?\b(?! (?:trieu|ty|dong))|\bkhoan \d{1,2}[a-z]?(?=\s?(?:dieu|va|cua|hoac|[,;.)]|$))")
_DATE = re.compile(
    r"(?<![\d/])(?:(?P<d>\d{1,2})\s?[/.-]\s?(?P<m>\d{1,2})\s?[/.-]\s?(?P<y>(?:19|20)\d\d)"
    r"|(?:ngay\s+)?(?P<d2>\d{1,2})\s+thang\s+(?P<m2>\d{1,2}),?\s+nam\s+(?P<y2>(?:19|20)\d\d)"
    r"|(?:thang\s+)?(?P<m3>1[0-2]|0?[1-9])\s?/\s?(?P<y3>(?:19|20)\d\d)"
    r"|thang\s+(?P<m4>\d{1,2}),?\s+nam\s+(?P<y4>(?:19|20)\d\d)"
    r"|ngay\s+(?P<d5>\d{1,2})\s?[/-]\s?(?P<m5>\d{1,2})\b"
    r"|ngay\s+(?P<d7>\d{1,2})\s+thang\s+(?P<m7>\d{1,2})\b"
    r"|(?P<d6>\d{1,2})/(?P<m6>\d{1,2})(?=\s?-\s?\d{1,2}/\d{1,2}/))(?!\d|/\d)"
)
# "Luật Hợp tác xã năm 2012": the year is part of the law's name.
_LAW_OF_YEAR = re.compile(r"\bluat\s(?:htx|hop tac xa|doanh nghiep|dat dai|dau tu(?: cong)?|dau thau|ngan sach nha nuoc),?\s(?:nam\s)?(?:19|20)\d\d(?![\d/-])")
_DATE_OF_NUMBER = re.compile(rf"{_BLANK},?\s(?:ngay\s)?(?:{_DATE.pattern})")
_PERIOD = re.compile(r"(?<![\d/])((?:19|20)\d\d)\s?(?:-|den(?: nam)?|toi)\s?((?:19|20)\d\d)(?![\d/])")
# Kinds of organisation that must not stand in for each other, and the side of its figure that a bound allows.
_KINDS = {
    "htx": "htx", "hop tac": "htx", "tht": "tht", "htt": "tht", "to hop": "tht", "lhhtx": "lhhtx", "lien hiep": "lhhtx", "qtdnd": "qtdnd",
    "quy tin": "qtdnd",
}  # fmt: skip
_SIDES = {"more": "above", "least": "above", "less": "below", "most": "below"}
_AMOUNT = r"[.,]\d|\s?%|\s(?:trieu|ty(?!\sle)|nguoi|thanh vien|lao dong|don vi|lop|hoc vien)\b|\sdong\s?(?:[/.,;)]|$)"
# Four digits after "năm" or "muốn tới" are a year whatever follows; others when nothing says that they count something or are part of a number.
_YEAR = re.compile(
    r"\b(?:nam|cuoi|dau|(?:muon|dinh|phan dau|du kien) (?:toi|den))\s+(?P<said>(?:19|20)\d\d)(?!\d)"
    rf"|(?<![\d.,])(?:(?<!\d/)|(?<=(?:19|20)\d\d/))(?P<bare>(?:19|20)\d\d)(?!\d|/(?!(?:19|20)\d\d)|{_AMOUNT})"
)


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
    return Decimal(re.sub(r"\s", "", text).replace(",", "."))


def dates(text: str) -> list[Date]:
    """Dates in order: 10/12/2019, 22 tháng 7 năm 2024, tháng 6/2024, ngày 02/9."""
    found = []
    for m in _DATE.finditer(_without_numbers(text)):
        group = {k[0]: int(v) for k, v in m.groupdict().items() if v}
        if 1 <= group["m"] <= 12 and 1 <= group.get("d", 1) <= 31:
            found.append(Date(group.get("y", 0), group["m"], group.get("d", 0), m.span()))
    return found


def periods(text: str) -> list[tuple[int, int]]:
    """Pairs of years joined by a dash or "đến": giai đoạn 2021-2025 -> (2021, 2025)."""
    return [period for period, _ in spanned_periods(text)]


def spanned_periods(text: str) -> list[tuple[tuple[int, int], tuple[int, int]]]:
    """Like `periods`, each with its span."""
    return [((int(m[1]), int(m[2])), m.span()) for m in _PERIOD.finditer(fold(text)) if int(m[1]) < int(m[2])]


def years(text: str, *, of_instruments: bool = True) -> list[int]:
    """All years named, in order, those of periods and dates included; not those of document numbers, names of laws and amounts.

    Without `of_instruments` also not those of dates that follow a document number: they tell the age of a law, not the time of a fact.
    """
    return [year for year, _ in spanned_years(text, of_instruments=of_instruments)]


def spanned_years(text: str, *, of_instruments: bool = True) -> list[tuple[int, int]]:
    """Like `years`, each with the place of its first digit."""
    folded = _LAW_OF_YEAR.sub(lambda m: _BLANK * len(m.group()), _without_numbers(text))
    if not of_instruments:
        folded = _DATE_OF_NUMBER.sub(lambda m: _BLANK * len(m.group()), folded)
    inside = [m.span() for m in _DATE.finditer(folded)]
    of_dates = {m.start() for m in re.finditer(r"(?<!\d)(?:19|20)\d\d(?!\d)", folded) if any(a <= m.start() < b for a, b in inside)}
    named = {m.start(m.lastgroup or 0) for m in _YEAR.finditer(folded)}
    return [(int(folded[i : i + 4]), i) for i in sorted(of_dates | named)]


def _without_numbers(text: str) -> str:
    """The folded text with document numbers blanked, lengths kept."""
    folded = fold(text)
    for number in lawnumbers.find(text):
        start, end = number.span
        folded = folded[:start] + _BLANK * (end - start) + folded[end:]
    return folded


def _masked(text: str) -> str:
    """The folded text with document numbers, dates, periods, years and articles blanked, lengths kept."""
    folded = _without_numbers(text)
    for pattern in (_DATE, _PERIOD, _YEAR, _ARTICLE):
        folded = pattern.sub(lambda m: _BLANK * len(m.group()), folded)
    return folded


def quantities(text: str) -> list[Quantity]:
    """Quantities in order, without dates, years and document numbers. Money is brought to đồng."""
    text = unicodedata.normalize("NFC", text)
    folded = _masked(text)
    found: list[Quantity] = []
    scale_before = 1
    for m in _QUANTITY.finditer(folded):
        quantity, scale = _quantity(text, folded, m)
        if found and quantity.unit == MONEY and _goes_on(found[-1], quantity, scale_before, text):
            before = found.pop()
            span = (before.span[0], quantity.span[1])
            quantity = replace(quantity, low=before.low + quantity.low, bound=before.bound, span=span, text=text[slice(*span)])
        found.append(quantity)
        scale_before = scale
    return found


def _quantity(text: str, folded: str, m: re.Match[str]) -> tuple[Quantity, int]:
    """The quantity of a match, and its scale (1,000,000 for "triệu")."""
    unit_text = (m["unit"] or m["lowunit"] or "").strip()
    scale, unit = _unit(unit_text)
    low_scale = _unit(m["lowunit"].strip())[0] if m["lowunit"] else scale
    if not unit or (scale > 1 and "d" not in unit_text and _COUNTED.match(text, m.end())):
        unit = _noun(folded, m.end())
    bound = _BOUNDS.get(m["bound"] or "", "")
    onwards = _ONWARDS.match(folded, m.end())
    if onwards:
        bound = "least" if onwards[1] == "len" else "most"
    span = (m.start("low"), max(m.end(k) for k in ("low", "lowunit", "high", "unit")))
    high = parse_number(m["high"]) * scale if m["high"] else None
    return Quantity(parse_number(m["low"]) * low_scale, high, unit, bound, span, text[slice(*span)].strip()), scale


def _noun(folded: str, start: int) -> str:
    m = _NOUN.match(folded, start)
    words = m[1].replace("²", "2").replace("³", "3").split(" ") if m else []
    return " ".join(itertools.takewhile(lambda w: w not in _NO_NOUN, words))


def _goes_on(before: Quantity, after: Quantity, scale: int, text: str) -> bool:
    """True for the second part of "2 tỷ 300 triệu đồng": it is less than one of the unit before it, and only a blank is between."""
    between = text[before.span[1] : after.span[0]]
    single = before.high is None and after.high is None and before.unit == MONEY
    return single and after.low < scale and between.isspace() and not before.text.lower().endswith(("đồng", "dong", "đ"))


def _unit(text: str) -> tuple[int, str]:
    if not text:
        return 1, ""
    if text in {"%", "phan tram"}:
        return 1, PERCENT
    word = re.split(r"[\s.]|(?<=tr)d", text)[0]
    return _SCALES.get(word, 1), MONEY


def counted(quantity: Quantity) -> str:
    """What a quantity counts as one word: "htx" for each way to write a cooperative, else the first word of its unit."""
    return _KINDS.get(quantity.unit, quantity.unit.split(" ")[0])


def same(a: Quantity, b: Quantity) -> bool:
    """True when both say the same: equal values, and units and bounds that do not contradict each other."""
    if {PERCENT, MONEY} & {a.unit, b.unit} and a.unit != b.unit:
        return False
    kinds = {_KINDS.get(a.unit, ""), _KINDS.get(b.unit, "")} - {""}
    sides = {_SIDES.get(a.bound, ""), _SIDES.get(b.bound, "")} - {""}
    return a.values() == b.values() and len(kinds) < 2 and len(sides) < 2
