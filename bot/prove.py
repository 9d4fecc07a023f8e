"""Prove: before a statement is shown, every number, unit, date, year, document number, place and cooperative's name in it is
looked for in what it cites: the paragraph, its headings, and what the paper says of itself. Nothing is matched by likeness."""

import re
from collections.abc import Sequence

from bot.answer import Proof
from knowledge import lawnumbers, numbers, places
from knowledge.model import Document, Paragraph
from knowledge.text import UPPER, fold, normalize

_NAME = re.compile(rf"\b(?:HTX|Hợp tác xã|QTDND|Quỹ TDND|Sở|Phòng|Bộ|Cục|Hội|Trường)\s((?:[{UPPER}]\w*)(?:\s[{UPPER}]\w*){{0,5}})")


def prove(text: str, sources: Sequence[tuple[Document, Paragraph]], beside: str = "") -> Proof:
    """The proof of a statement against its sources. `beside` is text of the same section that the citation's path leads through."""
    evidence = normalize("\n".join(f"{_of(d)}\n{' | '.join(p.path)}\n{p.text}\n{p.clean}" for d, p in sources) + f"\n{beside}")
    folded = fold(evidence)
    checked: list[str] = []
    missing: list[str] = []

    def check(said: str, found: bool) -> None:
        checked.append(said)
        if not found:
            missing.append(said)

    stated = numbers.quantities(evidence)
    for quantity in numbers.quantities(text):
        check(quantity.text, any(numbers.same(quantity, q) for q in stated))
    dated = {(d.year, d.month, d.day) for d in numbers.dates(evidence)}
    for date in numbers.dates(text):
        check(text[slice(*date.span)].strip(), any(date.year in {0, y} and date.month == m and date.day in {0, d} for y, m, d in dated))
    years = set(numbers.years(evidence))
    for year in dict.fromkeys(numbers.years(text)):
        check(str(year), year in years)
    known = lawnumbers.find(evidence)
    for number in lawnumbers.find(text):
        check(number.canonical, any(number.key == k.key or (number.partial and number.matches(k)) for k in known))
    for mention in places.find(text):
        check(mention.place.name, fold(mention.place.name) in folded)
    for name in _NAME.findall(text):
        check(name, fold(name) in folded)
    return Proof(tuple(dict.fromkeys(checked)), not missing, tuple(missing))


def _of(document: Document) -> str:
    """What the paper says of itself."""
    when = "/".join(reversed(document.issued_on.split("-"))) if document.issued_on else ""
    period = f"{document.period[0]}-{document.period[1]} {document.period[0]}" if document.period else ""
    return f"{document.title} {document.number} {document.issuer} {document.place.name} {document.place.parent} {when} {period}"
