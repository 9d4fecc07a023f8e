"""Quality: what a careful reader would doubt in a paper - impossible sums, words of another level, laws and dates that cannot be.

A doubt is a sentence in Vietnamese that is shown as a caution wherever the paragraph is cited.
"""

import itertools
import re
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal

from ingest.mentions import mentions
from knowledge import attack, lawnumbers, numbers
from knowledge.model import Document, Mention, Paragraph
from knowledge.terms import terms
from knowledge.text import UPPER, fold

_LAW_YEARS = {1996, 2003, 2012, 2023}  # the years of Vietnam's laws on cooperatives
_LAW = re.compile(r"\b(?:luat (?:hop tac xa|htx))(?: nam)? ((?:19|20)\d\d)\b")
_CITY = re.compile(rf"\b(?:UBND|của|địa bàn|toàn)\s+thành phố\b(?!\s+[{UPPER}])")
_SLIP = Decimal(1000)  # a unit written one step too high: tỷ for triệu, triệu for nghìn
_OUTLIER = Decimal(20)  # times the next greatest sum for the same thing from which a sum is doubted
_HEAD_TERMS = 8  # terms before a sum that say what it is
_SURELY_ORDERS = 0.95  # likelihood from which a paragraph is doubted: a caution that is none does harm
_COMMON = frozenset(["la", "voi", "co", "cac", "cua", "tong", "so", "va", "den", "nay", "dat", "htx", "trong", "nguon", "toan", "tinh", "huyen"])


def with_doubts(document: Document, paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs with their doubts, and all doubts with the anchors they stand at."""
    found: dict[str, list[str]] = defaultdict(list)
    checks: tuple[Callable[[Document, list[Paragraph]], list[tuple[str, str]]], ...] = (_laws, _levels, _dated_numbers, _two_dates, _sums, _orders)
    for check in checks:
        for anchor, doubt in check(document, paragraphs):
            if doubt not in found[anchor]:
                found[anchor].append(doubt)
    checked = [replace(p, doubts=tuple(found.get(p.anchor, ()))) for p in paragraphs]
    return checked, [f"{p.anchor}: {d}" for p in checked for d in p.doubts]


def _laws(_: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """A law on cooperatives of a year in which none was passed."""
    return [
        (
            p.anchor,
            f"đoạn này ghi “Luật Hợp tác xã năm {year}”, nhưng không có luật nào của năm đó (các luật: 2003, 2012, 2023); "
            "có thể nhầm năm, cần đối chiếu bản gốc.",
        )
        for p in paragraphs
        for year in _LAW.findall(fold(p.clean))
        if int(year) not in _LAW_YEARS
    ]


def _orders(_: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """Words to a machine that reads the paper, which no official paper has."""
    doubt = "đoạn này có chỗ giống lời ra lệnh cho máy đọc văn bản, điều mà văn bản chính thức không có; cần đối chiếu bản gốc."
    return [(p.anchor, doubt) for p in paragraphs if attack.likelihood(p.clean) >= _SURELY_ORDERS]


def _levels(document: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """Words of a city ("UBND thành phố") in a district's paper, with no city named."""
    if document.place.level != "district" or "thành phố" in document.issuer.lower() or not document.issuer:
        return []
    level = "thị xã" if "thị xã" in document.issuer.lower() else "huyện"
    return [
        (p.anchor, f"văn bản là của {level} {document.place.name} nhưng đoạn này ghi “thành phố”, không nêu là thành phố nào; có thể nhầm lẫn khi soạn thảo.")
        for p in paragraphs
        if _CITY.search(p.clean)
    ]


def _dated_numbers(_: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """A document number whose year is not that of the date beside it."""
    found = []
    for p in paragraphs:
        dates = numbers.dates(p.clean)
        for n in lawnumbers.find(p.clean):
            date = next((d for d in dates if 0 <= d.span[0] - n.span[1] <= 8 and d.year and d.day), None)
            if n.year and date and date.year != n.year:
                said = f"{date.day:02d}/{date.month:02d}/{date.year}"
                found.append((p.anchor, f"số {n.canonical} mang năm {n.year} nhưng ngày ghi kèm là {said}; hai năm không khớp, cần đối chiếu bản gốc."))
    return found


def _two_dates(_: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """One document number with two dates in one paper: by one issuer, or, no issuer told, by dates that differ in one part only.

    Two issuers may share a number, each with a date of its own.
    """
    dated: dict[str, list[Mention]] = defaultdict(list)
    for m in mentions(paragraphs):
        if m.issued_on and not m.number.partial:
            dated[m.number.key].append(m)
    found: list[tuple[str, str]] = []
    for same in dated.values():
        doubted = {id(m): m for a, b in itertools.combinations(same, 2) if _contradict(a, b) for m in (a, b)}.values()
        shown = " và ".join("/".join(reversed(day.split("-"))) for day in sorted({m.issued_on for m in doubted}))
        found.extend((m.anchor, f"văn bản không thống nhất về ngày của {m.number.canonical}: {shown}.") for m in doubted)
    return found


def _contradict(a: Mention, b: Mention) -> bool:
    if a.issued_on == b.issued_on:
        return False
    if a.issuer and b.issuer:
        return fold(a.issuer) == fold(b.issuer)
    return sum(x == y for x, y in zip(a.issued_on.split("-"), b.issued_on.split("-"), strict=True)) == 2


def _sums(_: Document, paragraphs: list[Paragraph]) -> list[tuple[str, str]]:
    """Sums of money a thousand times too great beside what the paper says of the same thing: a unit slip."""
    sums: list[tuple[Paragraph, numbers.Quantity, frozenset[str]]] = []
    for p in paragraphs:
        for q in numbers.quantities(p.clean):
            if q.unit == numbers.MONEY and q.high is None and q.low:
                before = terms(p.clean[: q.span[0]])[-_HEAD_TERMS:]
                sums.append((p, q, frozenset(t for t in before if t not in _COMMON and not t[0].isdigit())))
    found = []
    for p, q, head in sums:
        others = [o for po, o, h in sums if o is not q and (len(head & h) >= 2 or (po is p and bool(head & h)) or po is p)]
        greatest = max((o.low for o in others), default=Decimal(0))
        if _grouped(q) and greatest and q.low >= greatest * _OUTLIER and q.low / _SLIP <= greatest * 2:
            found.append(
                (
                    p.anchor,
                    f"con số {q.text} bất thường so với các số liệu khác của văn bản (lớn nhất: {_shown(greatest)}); "
                    "có thể nhầm đơn vị, cần đối chiếu bản gốc.",
                )
            )
    return found


def _grouped(q: numbers.Quantity) -> bool:
    """True for "128.693 tỷ" and "22.300.000.000đồng": thousands of tỷ, or tỷ written out, are what slips look like."""
    number = re.match(r"[\d.,]+", q.text)
    return number is not None and "." in number.group() and ("ty" in fold(q.text) or q.low >= 10**9)


def _shown(amount: Decimal) -> str:
    """Money in tỷ or triệu, the Vietnamese way."""
    unit, scale = ("tỷ đồng", Decimal(10**9)) if amount >= 10**9 else ("triệu đồng", Decimal(10**6))
    text = f"{(amount / scale).normalize():,f}"
    return f"{text.replace(',', ' ').replace('.', ',').replace(' ', '.')} {unit}"
