"""Prove: nothing is shown that its citation does not say.

Every number, unit, date, year, document number, place and cooperative's name of a statement is looked for in what it cites: the
paragraph, its headings, and what the paper says of itself. Nothing is matched by likeness.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from bot.answer import Proof
from bot.computed import Computed
from knowledge import lawnumbers, numbers, places
from knowledge.model import Document, Paragraph
from knowledge.text import LOWER, UPPER, fold, normalize

# Words that end a name; other small ones may stand inside it ("Mật ong Bạc Hà").
_NO_NAME_WORD = "và|với|của|cho|có|là|do|được|đã|đang|sẽ|ở|tại|trên|trong|thuộc|theo|từ|đến|để|nhận|về|huyện|tỉnh|xã|tham|chủ|phối|hướng|báo|trình"
_NAME = re.compile(
    rf"\b(?:HTX|Hợp tác xã|QTDND|Quỹ TDND|Sở|Phòng|Bộ|Cục|Hội|Trường)\s"
    rf"([{UPPER}]\w*(?:(?:\s(?!(?:{_NO_NAME_WORD})\b)[{LOWER}]+){{0,2}}\s[{UPPER}]\w*){{0,5}})"
)


@dataclass(frozen=True)
class _Facts:
    """What an evidence text states, read once for each text."""

    folded: str
    quantities: tuple[numbers.Quantity, ...]
    dates: frozenset[tuple[int, int, int]]
    years: frozenset[int]
    law_numbers: tuple[lawnumbers.LawNumber, ...]


@lru_cache(maxsize=4096)
def _facts(evidence: str) -> _Facts:
    evidence = normalize(evidence)
    return _Facts(
        fold(evidence),
        tuple(numbers.quantities(evidence)),
        frozenset((d.year, d.month, d.day) for d in numbers.dates(evidence)),
        frozenset(numbers.years(evidence)),
        tuple(lawnumbers.find(evidence)),
    )


def facts(document: Document, paragraph: Paragraph) -> _Facts:
    """What a paragraph states, with its headings and what its paper says of itself."""
    return _facts(f"{_of(document)}\n{' | '.join(paragraph.path)}\n{paragraph.clean}")


def prove(text: str, sources: Sequence[tuple[Document, Paragraph]], beside: str = "", computed: Sequence[Computed] = ()) -> Proof:
    """The proof of a statement against its sources.

    `beside` is text of the same section that the citation's path leads through; `computed` are numbers worked out from stated ones:
    each must come out again from values that the sources state.
    """
    evidence = [facts(d, p) for d, p in sources]
    if beside:
        evidence.append(_facts(beside))
    checked: list[str] = []
    missing: list[str] = []

    def check(said: str, found: bool) -> None:
        checked.append(said)
        if not found:
            missing.append(said)

    stated = frozenset(value for e in evidence for q in e.quantities for value in q.values()) if computed else frozenset()
    results: set[Decimal] = set()
    for c in computed:  # in order: a later one may rest on the result of an earlier one
        if c.proven_by(stated | results):
            results.add(c.result)
    for quantity in numbers.quantities(text):
        check(quantity.text, any(numbers.same(quantity, q) for e in evidence for q in e.quantities) or set(quantity.values()) <= results)
    for date in numbers.dates(text):
        known_dates = [known for e in evidence for known in e.dates]
        check(text[slice(*date.span)].strip(), any(date.year in {0, y} and date.month == m and date.day in {0, d} for y, m, d in known_dates))
    for year in dict.fromkeys(numbers.years(text)):
        check(str(year), any(year in e.years for e in evidence))
    for number in lawnumbers.find(text):
        check(number.canonical, any(number.key == k.key or (number.partial and number.matches(k)) for e in evidence for k in e.law_numbers))
    for mention in places.find(text):
        check(mention.place.name, any(_stands(mention.place.name, e.folded) for e in evidence))
    for name in _NAME.findall(text):
        check(name, any(_stands(name, e.folded) for e in evidence))
    return Proof(tuple(dict.fromkeys(checked)), not missing, tuple(missing))


def _stands(name: str, folded: str) -> bool:
    """True when a name stands in a folded text as whole words: "Văn Quan" is not in "văn quang"."""
    return re.search(rf"(?<!\w){re.escape(fold(name))}(?!\w)", folded) is not None


def _of(document: Document) -> str:
    """What the paper says of itself."""
    when = "/".join(reversed(document.issued_on.split("-"))) if document.issued_on else ""
    period = f"{document.period[0]}-{document.period[1]} {document.period[0]}" if document.period else ""
    return f"{document.title} {document.number} {document.issuer} {document.place.name} {document.place.parent} {when} {period}"
