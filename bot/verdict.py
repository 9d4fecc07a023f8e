"""Verdict: the lines of a comparison - what follows from the figures first, then each figure with its place, time and paragraph."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from bot.answer import ComparedFigure
from bot.comparison import Comparison, Side
from bot.computed import MONTHS, Computed, shown, written
from bot.draft import Line, Source
from bot.figures import Entry
from bot.phrase import place_inside, place_label, time_label
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Indicator

_BOUNDS = {"more": "trên ", "least": "ít nhất ", "less": "dưới ", "most": "không quá ", "about": "khoảng "}
_BELOW = frozenset(["less", "most"])  # a target of this bound is reached from below


@dataclass(frozen=True)
class _Figure:
    """A row as it is compared: its value in the common unit, and how it is called."""

    entry: Entry
    label: str
    low: Decimal
    high: Decimal
    computed: tuple[Computed, ...]
    per: str

    @property
    def single(self) -> bool:
        return self.low == self.high


def lines(asked: Comparison, chosen: Sequence[Entry | None], contradicting: Sequence[Entry], library: Library) -> list[Line]:
    """The lines of a comparison: with two figures or more the verdict first, then each figure, then rows that contradict them."""
    pairs = [(side, entry) for side, entry in zip(asked.sides, chosen, strict=True) if entry is not None]
    yearly = {_span(e.row.per) for _, e in pairs} >= {"tháng", "năm"}
    figures = [_figure(asked, side, entry, yearly) for side, entry in pairs]
    if asked.kind == "places" and len(figures) > 2:
        figures.sort(key=lambda f: -f.high)
    units = {f.entry.unit: f.entry.row.unit for f in reversed(figures)}  # "HTX" and "hợp tác xã" are one unit: the first's spelling stands for both
    each = [_line(asked, f, units[f.entry.unit], library) for f in figures]
    each += [
        Line(
            f"{place_label(e.document)}: văn bản không thống nhất, nơi khác ghi {e.row.printed} ({e.row.name}).",
            (_source(e, library),),
            e.row.printed,
            bullet=True,
        )
        for e in contradicting
    ]
    if len(figures) < 2:
        return each
    if asked.kind == "parts" and asked.sums and len(figures) > 2 and all(f.single for f in figures):
        text, computed = _sum_against(figures)
        return [Line(text, tuple(_source(f.entry, library) for f in figures), "", computed=computed), *each]
    told = [_verdict(asked, figures), *_ratio(asked, figures), *([_sum(figures)] if asked.sums and all(f.single for f in figures) else [])]
    sources = tuple(_source(f.entry, library) for f in figures)
    first = Line(" ".join(text for text, _ in told), sources, "", computed=tuple(c for _, done in told for c in done))
    return [first, *each]


def _figure(asked: Comparison, side: Side, entry: Entry, yearly: bool) -> _Figure:
    row = entry.row
    factor = MONTHS if yearly and _span(row.per) == "tháng" else Decimal(1)
    computed = (Computed("product", (row.low, MONTHS)),) if factor > 1 else ()
    low, high = row.low * factor, (row.low if row.high is None else row.high) * factor
    label = place_inside(entry.document) if asked.kind == "places" else side.label
    return _Figure(entry, label, low, high, computed, "năm" if yearly else row.per)


def _span(per: str) -> str:
    return per.rsplit("/", 1)[-1].strip().lower()


def _source(entry: Entry, library: Library) -> Source:
    return entry.document, library.paragraph(entry.document.id, entry.row.anchor)


def _line(asked: Comparison, figure: _Figure, unit: str, library: Library) -> Line:
    """One figure: place and time, what it measures, the figure as printed, and what it comes to in the common unit."""
    row = figure.entry.row
    when = f" ({time_label(row.years)})" if row.years else ""
    name = re.sub(rf"\s*{re.escape(row.unit)}$", "", row.name) if row.unit and row.name != row.unit else row.name
    name = name.strip(" –:")
    name = f"số {name}" if name in {row.unit, "HTX", "THT"} else name
    place = place_label(figure.entry.document)
    tense = {"planned": "chỉ tiêu", "estimated": "ước tính", "requested": "đề nghị"}.get(row.status, "")
    said = _printed(row)
    brought = f" (tính ra {shown(figure.low, row.unit, (row.printed,))}/năm)" if figure.computed else ""
    text = f"{place}{when}: {name or 'số liệu'}{f' ({tense})' if tense else ''}: {said}{brought}"
    return Line(
        text, (_source(figure.entry, library),), row.printed, row=(place, text), bullet=True, computed=figure.computed, figure=_compared(asked, figure, unit),
    )  # fmt: skip


def _compared(asked: Comparison, figure: _Figure, unit: str) -> ComparedFigure:
    """The figure for tables and charts, called by what sets it apart from the others."""
    row, place = figure.entry.row, place_label(figure.entry.document)
    label = {"places": place, "times": _capital(_when(figure))}.get(asked.kind) or _capital(figure.label) or place
    unit = f"{unit}/{figure.per}" if figure.per else unit
    return ComparedFigure(label, place, row.years, float(figure.low), None if figure.single else float(figure.high), unit, _said(figure))


def _verdict(asked: Comparison, figures: Sequence[_Figure]) -> tuple[str, tuple[Computed, ...]]:
    """What follows from the figures, with what was computed for it."""
    if len(figures) > 2:
        best, last = max(figures, key=lambda f: f.high), min(figures, key=lambda f: f.high)
        return f"{_more(best, most=True)}: {best.label} ({_said(best)}); {_less(best)}: {last.label} ({_said(last)}).", _used(best, last)
    first, second = figures
    gap, computed = _gap(first, second)
    above, below = (first, second) if (first.low, first.high) >= (second.low, second.high) else (second, first)
    equal = (first.low, first.high) == (second.low, second.high)
    if _overlap(first, second) and asked.kind != "target":
        text = (
            f"Không chênh lệch rõ: {_said(first)} nằm trong khoảng {_said(second)}."
            if first.single
            else f"Hai mức gối lên nhau: {_said(first)} và {_said(second)}."
        )
    elif asked.kind == "target":
        text = _reached(first, second, gap, equal)
    elif asked.kind == "times":
        rises = second is above
        way = "Không đổi" if equal else "Tăng" if rises else "Giảm"
        text = f"{way}{f' {gap}' if gap and not equal else ''}: {_said(first)} ({_when(first)}), {_said(second)} ({_when(second)})."
    elif equal:
        text = f"{_capital(first.label)} và {second.label} bằng nhau: {_said(first)}."
    else:
        text = f"{_capital(above.label)} {_more(above)} {below.label}{f' {gap}' if gap else ''}: {_said(above)} so với {_said(below)}."
    return text, (*computed, *_used(first, second))


def _overlap(a: _Figure, b: _Figure) -> bool:
    """True when one of two figures is a range that holds the other's single value."""
    return a.single != b.single and a.low <= b.high and b.low <= a.high


def _reached(result: _Figure, target: _Figure, gap: str, equal: bool) -> str:
    """Whether a target is reached, and how far from it the result is."""
    both = f"{_said(result)} so với chỉ tiêu {_said(target)}"
    below = target.entry.row.bound in _BELOW
    if equal or target.low <= result.low <= target.high:
        return f"Đã đạt chỉ tiêu: {both}."
    done = result.high < target.low if below else result.low > target.high
    if done:
        return f"Đã đạt chỉ tiêu: {both}." if below else f"Đã đạt và vượt chỉ tiêu {gap}: {both}."
    return f"Chưa đạt chỉ tiêu, {'còn cao hơn' if below else 'còn thiếu'} {gap}: {both}."


def _gap(a: _Figure, b: _Figure) -> tuple[str, tuple[Computed, ...]]:
    """How far two figures are apart, in words; a range when one of them is one, "" when both are."""
    if not a.single and not b.single:
        return "", ()
    units, printed = {f.entry.row.unit for f in (a, b)} - {""}, (a.entry.row.printed, b.entry.row.printed)
    unit = units.pop() if len(units) == 1 else ""  # 22 THT are 7 more than 15 HTX, not 7 THT more
    ends = sorted({Computed("difference", (x, y)) for x in (a.low, a.high) for y in (b.low, b.high)}, key=lambda c: c.result)
    per = f"/{a.per}" if a.per and a.per == b.per and unit == numbers.MONEY else ""
    if len(ends) == 1:
        return shown(ends[0].result, unit, printed) + per, tuple(ends)
    return f"{_number(ends[0].result, unit, printed)} đến {shown(ends[-1].result, unit, printed)}{per}", tuple(ends)


def _ratio(asked: Comparison, figures: Sequence[_Figure]) -> list[tuple[str, tuple[Computed, ...]]]:
    """How many times the greater of two figures is the smaller, where that is asked for."""
    small, great = min(figures, key=lambda f: f.low), max(figures, key=lambda f: f.low)
    if not asked.ratio or len(figures) > 2 or not (small.single and great.single and small.low) or small.low == great.low:
        return []
    times = Computed("ratio", (great.low, small.low))
    about = "" if times.result * small.low == great.low else "khoảng "
    return [(f"Gấp {about}{written(times.result)} lần.", (times,))]


def _number(value: Decimal, unit: str, printed: tuple[str, ...]) -> str:
    return shown(value, unit, printed).split()[0]


def _sum(figures: Sequence[_Figure]) -> tuple[str, tuple[Computed, ...]]:
    total = Computed("sum", tuple(f.low for f in figures))
    units = list(dict.fromkeys(f.entry.row.unit for f in figures))
    unit = units[0] if len(units) == 1 else ""
    return f"Cộng lại: {shown(total.result, unit, tuple(f.entry.row.printed for f in figures))} (tính từ các số liệu dưới đây).", (total,)


def _sum_against(figures: Sequence[_Figure]) -> tuple[str, tuple[Computed, ...]]:
    """The sum of all parts but the last against the last ("tốt và khá cộng lại so với yếu")."""
    *group, other = figures
    total = Computed("sum", tuple(f.low for f in group))
    gap = Computed("difference", (total.result, other.low))
    unit, printed = other.entry.row.unit, tuple(f.entry.row.printed for f in figures)
    way = "bằng" if not gap.result else f"{'nhiều' if total.result > other.low else 'ít'} hơn"
    apart = f" {shown(gap.result, unit, printed)}" if gap.result else ""
    names = _capital(" và ".join(f.label for f in group))
    return f"{names} cộng lại là {shown(total.result, unit, printed)}, {way} {other.label}{apart} ({_said(other)}).", (total, gap)


def _said(figure: _Figure) -> str:
    row = figure.entry.row
    if figure.computed:
        return f"{shown(figure.low, row.unit, (row.printed,))}/năm"
    return _printed(row)


def _printed(row: Indicator) -> str:
    """The figure as printed, with its bound, and its unit where the paper leaves it to the words before."""
    unit = f" {row.unit}" if row.printed[-1:].isdigit() and row.unit else ""
    return f"{_BOUNDS.get(row.bound, '')}{row.printed}{unit}"


def _when(figure: _Figure) -> str:
    row = figure.entry.row
    return time_label(row.years) if row.years else "không nêu năm"


def _used(*figures: _Figure) -> tuple[Computed, ...]:
    return tuple(c for f in figures for c in f.computed)


def _more(figure: _Figure, *, most: bool = False) -> str:
    counted = figure.entry.row.unit not in {numbers.MONEY, numbers.PERCENT}
    return ("Nhiều nhất" if counted else "Cao nhất") if most else "nhiều hơn" if counted else "cao hơn"


def _less(figure: _Figure) -> str:
    return "ít nhất" if figure.entry.row.unit not in {numbers.MONEY, numbers.PERCENT} else "thấp nhất"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
