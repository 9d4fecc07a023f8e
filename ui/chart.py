"""Charts: bars and lines as SVG made by the server, without script or inline style. Each point is a link to its paragraph.

The root is a group and no image: an image would hide the links of the points from those who hear the page. Its title and
description tell the whole. Sizes are units of a view box that is as wide as a phone; ui/page/chart.css gives colours and the greatest width.
"""

import itertools
import math
import re
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

_WIDTH = 360
_CHAR = 8.1  # units that a character takes at most on average, at the font size of chart.css (15)
_LINE = 19  # units from one line of text to the next
_LABEL_LINES = 2
_PRINTED = 22  # characters of a figure beside its bar; the title has all of it
_BAR, _GAP = 18, 18  # a row of label, bar and gap is 55 units high: 44 px on a phone of 320
_PLOT, _TOP, _SIDE = 150, 34, 12  # a line's plot: its height, the room above and at both sides
_DOT, _TOUCH = 5, 27
_YEAR = re.compile(r"^\D*((?:19|20)\d\d)\D*$")


@dataclass(frozen=True)
class Point:
    """One value: what it is of, its size, how the paper prints it, and the address of its paragraph."""

    label: str
    value: float
    printed: str
    href: str


def bar(points: Sequence[Point], title: str) -> str:
    """Bars under their labels, all from zero; "" for no points. Points without a finite value are left out."""
    points = [p for p in points if math.isfinite(p.value)]
    if not points:
        return ""
    low, high = min(0.0, *(p.value for p in points)), max(0.0, *(p.value for p in points))
    room = _WIDTH - min(_PRINTED, max(len(p.printed) for p in points)) * _CHAR - 8
    scale = room / ((high - low) or 1.0)
    zero = -low * scale
    parts, y = [], 0.0
    for p in points:
        label = _wrapped(p.label, int(_WIDTH / _CHAR), _LABEL_LINES)
        height = len(label) * _LINE + _BAR + _GAP
        left, right = sorted((zero, zero + p.value * scale))
        top = y + len(label) * _LINE
        drawn = (
            f'<rect class="chart-hit" x="0" y="{_n(y)}" width="{_WIDTH}" height="{_n(height)}"/>{_lines(label, 0, y + _LINE - 5, "chart-label")}'
            f'<rect class="chart-mark" x="{_n(left)}" y="{_n(top)}" width="{_n(right - left)}" height="{_BAR}" rx="2"/>'
            f'<text class="chart-value" x="{_n(right + 6)}" y="{_n(top + _BAR - 4)}">{escape(_cut(p.printed, _PRINTED))}</text>'
        )
        parts.append(_link(p, drawn))
        y += height
    axis = f'<line class="chart-axis" x1="{_n(zero)}" y1="0" x2="{_n(zero)}" y2="{_n(y - _GAP)}"/>'
    return _svg("bar", points, title, y, axis + "".join(parts))


def line(points: Sequence[Point], title: str) -> str:
    """Points in their order joined by a line over an axis at zero; years stand as far apart as they are. "" for no points.

    Where the words of a point would run into those of the next, points bear numbers and the words stand below.
    """
    points = [p for p in points if math.isfinite(p.value)]
    if not points:
        return ""
    low, high = min(0.0, *(p.value for p in points)), max(0.0, *(p.value for p in points))
    span = (high - low) or 1.0
    widest = max(max(len(p.label), len(p.printed)) for p in points) * _CHAR
    across = _across(points)
    near = min((b - a for a, b in itertools.pairwise(across)), default=1.0)
    told = widest <= (near * (_WIDTH - widest) - 6 if len(points) > 1 else _WIDTH)
    side = max(_SIDE, widest / 2) if told else _SIDE
    xs = [side + share * (_WIDTH - 2 * side) for share in across]
    ys = [_TOP + _PLOT - (p.value - low) / span * _PLOT for p in points]
    base = _TOP + _PLOT + low / span * _PLOT
    touch = min(_TOUCH, max(_DOT, near * (_WIDTH - 2 * side) / 2))
    path = " ".join(f"{_n(x)},{_n(y)}" for x, y in zip(xs, ys, strict=True))
    parts = [f'<line class="chart-axis" x1="0" y1="{_n(base)}" x2="{_WIDTH}" y2="{_n(base)}"/><polyline class="chart-trend" points="{path}"/>']
    under, free = float(_TOP + _PLOT + (_LINE + 4 if told else 12)), 0.0
    for i, (p, x, y) in enumerate(zip(points, xs, ys, strict=True), start=1):
        words = ""
        if told:
            words = _text(p.printed, x, y - 12, "chart-value chart-middle") + _text(p.label, x, under, "chart-label chart-middle")
        else:
            half = len(str(i)) * _CHAR / 2
            if x - half >= free:  # where points stand close, not every number has room
                words, free = _text(str(i), x, y - 12, "chart-value chart-middle"), x + half
            key, under = _key(i, p, under)
            words += key
        dot = f'<circle class="chart-mark" cx="{_n(x)}" cy="{_n(y)}" r="{_DOT}"/>'
        parts.append(_link(p, f'<circle class="chart-hit" cx="{_n(x)}" cy="{_n(y)}" r="{_n(touch)}"/>{words}{dot}'))
    return _svg("line", points, title, under + 8 * told, "".join(parts))


def _across(points: Sequence[Point]) -> list[float]:
    """Where the points stand from left (0) to right (1): by their years when every label holds one and they go up, else evenly."""
    if len(points) == 1:
        return [0.5]
    read = [_YEAR.match(p.label) for p in points]
    years = [int(m[1]) for m in read if m]
    if len(years) == len(points) and all(a < b for a, b in itertools.pairwise(years)):
        return [(year - years[0]) / (years[-1] - years[0]) for year in years]
    return [i / (len(points) - 1) for i in range(len(points))]


def _key(number: int, p: Point, top: float) -> tuple[str, float]:
    """The words of a numbered point below the line, and where they end."""
    told = _wrapped(f"{number}. {p.label}: {p.printed}", int(_WIDTH / _CHAR), _LABEL_LINES)
    height = max(len(told) * _LINE + 8, 2 * _TOUCH)
    first = top + (height - len(told) * _LINE) / 2 + _LINE - 5
    return f'<rect class="chart-hit" x="0" y="{_n(top)}" width="{_WIDTH}" height="{_n(height)}"/>{_lines(told, 0, first, "chart-label")}', top + height


def _svg(kind: str, points: Sequence[Point], title: str, height: float, drawn: str) -> str:
    name = {"bar": "Biểu đồ cột", "line": "Biểu đồ đường"}[kind]
    told = "; ".join(f"{p.label}: {p.printed}" for p in points)
    return (
        f'<svg class="chart-svg chart-{kind}" role="group" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {_n(height)}">'
        f"<title>{escape(title)}</title><desc>{escape(f'{name}, {len(points)} giá trị. {told}.')}</desc>{drawn}</svg>"
    )


def _link(p: Point, drawn: str) -> str:
    """What is drawn of a point as a link to its paragraph; an address of another kind than ours is none."""
    title = f"<title>{escape(f'{p.label}: {p.printed}')}</title>"
    if not re.match(r"(?:/(?!/)|#|https?://)", p.href):
        return f"<g>{title}{drawn}</g>"
    return f'<a href="{escape(p.href)}">{title}{drawn}</a>'


def _lines(told: Sequence[str], x: float, y: float, kind: str) -> str:
    return "".join(_text(part, x, y + i * _LINE, kind) for i, part in enumerate(told))


def _text(told: str, x: float, y: float, kind: str) -> str:
    return f'<text class="{kind}" x="{_n(x)}" y="{_n(y)}">{escape(told)}</text>'


def _wrapped(text: str, most: int, lines: int) -> list[str]:
    """The words in at most `lines` lines of `most` characters, the last one cut with an ellipsis."""
    made = [""]
    for word in text.split():
        if made[-1] and len(made[-1]) + 1 + len(word) > most:
            made.append("")
        made[-1] = f"{made[-1]} {word}".strip()
    if len(made) > lines:
        made = [*made[: lines - 1], " ".join(made[lines - 1 :])]
    return [_cut(part, most) for part in made]


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else f"{text[: most - 1].rstrip()}…"


def _n(value: float) -> str:
    return f"{value + 0:.1f}".removesuffix(".0")  # + 0: no "-0"
