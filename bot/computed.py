"""Computed: numbers that no paper states and code works out from stated ones - differences, sums, ratios, months brought to years."""

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from functools import reduce

from knowledge import numbers

MONTHS = Decimal(12)  # of a year


@dataclass(frozen=True)
class Computed:
    """A result and what it is worked out from. `operation` is "difference", "sum", "product" or "ratio" (to one decimal); money is in đồng."""

    operation: str
    values: tuple[Decimal, ...]

    @property
    def result(self) -> Decimal:
        if self.operation == "sum":
            return sum(self.values, Decimal())
        if self.operation == "product":
            return reduce(lambda a, b: a * b, self.values, Decimal(1))
        if self.operation == "ratio":
            return (self.values[0] / self.values[1]).quantize(Decimal("0.1"), ROUND_HALF_UP).normalize()
        return abs(self.values[0] - self.values[1])

    def proven_by(self, stated: frozenset[Decimal]) -> bool:
        """True when each value is stated by the evidence, is that of another unit brought to this one, or comes out of other computing."""
        return all(value in stated or (self.operation == "product" and value == MONTHS) or value / MONTHS in stated for value in self.values)


def shown(value: Decimal, unit: str, printed: tuple[str, ...]) -> str:
    """A number as Vietnamese papers write it, with its unit: money in tỷ when all that is `printed` is, else in triệu or đồng."""
    if unit == numbers.PERCENT:
        return f"{written(value)} điểm phần trăm"
    if unit != numbers.MONEY:
        return f"{written(value)} {unit}".strip()
    if all("tỷ" in p.lower() or "tỉ" in p.lower() for p in printed):
        return f"{written(value / 1_000_000_000)} tỷ đồng"
    return f"{written(value / 1_000_000)} triệu đồng" if value >= 1_000_000 or not value else f"{written(value)} đồng"


def written(value: Decimal) -> str:
    """1234.5 as "1.234,5"."""
    text = f"{value.normalize():,f}"
    return text.replace(",", " ").replace(".", ",").replace(" ", ".")
