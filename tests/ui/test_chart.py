import math
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from ui import chart
from ui.chart import Point, bar, line

SVG = "{http://www.w3.org/2000/svg}"
POINTS = [
    Point("Tỉnh Bắc Giang", 808, "808 HTX", "/documents/a#I.1"),
    Point("Thành phố Bắc Kạn", 404, "404 HTX", "/documents/b#II.2"),
    Point("Huyện Ba Tơ", 0, "không có", "/documents/c#III"),
]
YEARS = [Point(f"năm {y}", v, f"{v} HTX", f"/documents/a#{y}") for y, v in ((2016, 30), (2020, 38), (2021, 53))]


def drawn(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # well-formed, or it fails


def marks(svg: str) -> list[dict[str, str]]:
    return [e.attrib for e in drawn(svg).iter() if e.get("class") == "chart-mark"]


@pytest.mark.parametrize("make", [bar, line])
def test_each_point_is_a_link_to_its_paragraph_and_says_its_figure(make):
    links = list(drawn(make(POINTS, "Số HTX")).iter(f"{SVG}a"))
    assert [a.get("href") for a in links] == [p.href for p in POINTS]
    assert [a.find(f"{SVG}title").text for a in links] == [f"{p.label}: {p.printed}" for p in POINTS]
    assert all(p.printed in "".join(a.itertext()) for a, p in zip(links, POINTS, strict=True))


@pytest.mark.parametrize("make", [bar, line])
def test_title_and_description_tell_the_whole(make):
    root = drawn(make(POINTS, "Số HTX <2030> & hơn"))
    assert root[0].text == "Số HTX <2030> & hơn"
    assert root[1].tag == f"{SVG}desc"
    assert all(f"{p.label}: {p.printed}" in root[1].text for p in POINTS)


@pytest.mark.parametrize("make", [bar, line])
def test_nothing_is_inline_and_everything_is_escaped(make):
    evil = Point('"><script>x</script>', 5, "<b>5</b> & 6", '/documents/x"onclick="y#z')
    svg = make([evil, *POINTS], "<i>")
    assert not re.search(r"<script|<b>|<i>|\sstyle=|\sonclick=|<style", svg)
    assert drawn(svg)[0].text == "<i>"


@pytest.mark.parametrize("href", ["javascript:alert(1)", "//evil.example/x", "data:text/html,x", ""])
def test_addresses_of_another_kind_are_no_links(href):
    assert not list(drawn(bar([Point("a", 1, "1", href)], "t")).iter(f"{SVG}a"))


def test_bars_are_as_long_as_their_values_from_zero():
    widths = [float(m["width"]) for m in marks(bar(POINTS, "t"))]
    assert widths[0] == pytest.approx(2 * widths[1], abs=0.2)
    assert widths[2] == 0
    assert {m["x"] for m in marks(bar(POINTS, "t"))} == {"0"}


def test_values_below_zero_go_the_other_way():
    up, down = marks(bar([Point("a", 10, "10", "#a"), Point("b", -10, "-10", "#b")], "t"))
    assert float(down["x"]) + float(down["width"]) == pytest.approx(float(up["x"]), abs=0.2)
    assert up["width"] == down["width"]


def test_years_stand_as_far_apart_as_they_are():
    x = [float(m["cx"]) for m in marks(line(YEARS, "t"))]
    assert x[1] - x[0] == pytest.approx(4 * (x[2] - x[1]), abs=0.5)
    evenly = [float(m["cx"]) for m in marks(line(POINTS, "t"))]
    assert evenly[1] - evenly[0] == pytest.approx(evenly[2] - evenly[1], abs=0.2)


def test_a_line_stands_on_zero():
    ys = {p.label: float(m["cy"]) for p, m in zip(POINTS, marks(line(POINTS, "t")), strict=True)}
    axis = next(e for e in drawn(line(POINTS, "t")).iter() if e.get("class") == "chart-axis")
    assert ys["Huyện Ba Tơ"] == float(axis.get("y1"))
    assert ys["Tỉnh Bắc Giang"] < ys["Thành phố Bắc Kạn"]


@pytest.mark.parametrize("make", [bar, line])
@pytest.mark.parametrize("count", [1, 2, 7, 30])
@pytest.mark.parametrize("length", [3, 40, 300])
def test_no_words_leave_the_drawing_or_run_into_others(make, count, length):
    points = [Point(f"{i} " + "dài lê " * (length // 7), i * 1e9, "1.234.567 triệu đồng"[: max(4, length)], f"#{i}") for i in range(count)]
    root = drawn(make(points, "t"))
    height = float(root.get("viewBox").split()[3])
    boxes = []
    for text in root.iter(f"{SVG}text"):
        width, x, y = len(text.text) * chart._CHAR, float(text.get("x")), float(text.get("y"))
        left = x - width / 2 if "chart-middle" in text.get("class") else x
        assert left >= -0.5
        assert left + width <= chart._WIDTH + chart._CHAR
        assert 0 < y <= height
        boxes.append((left, y, width))
    for i, (left, y, width) in enumerate(boxes):
        for other, at, wide in boxes[i + 1 :]:
            assert abs(y - at) >= 12 or left + width <= other + 0.5 or other + wide <= left + 0.5


def test_rows_are_44_pixels_high_on_the_narrowest_phone():
    hits = [e for e in drawn(bar(POINTS, "t")).iter() if e.get("class") == "chart-hit"]
    assert all(float(h.get("height")) * 288 / 360 >= 44 for h in hits)


@pytest.mark.parametrize("make", [bar, line])
def test_nothing_to_draw(make):
    assert make([], "t") == ""
    assert make([Point("a", math.nan, "?", "#")], "t") == ""
    assert len(marks(make([Point("a", 0, "0", "#a"), Point("b", math.inf, "?", "#b")], "t"))) == 1


def test_every_class_has_its_style_and_the_page_s_colours():
    css = (Path(chart.__file__).parent / "page" / "chart.css").read_text(encoding="utf-8")
    used = {c for svg in (bar(YEARS, "t"), line(YEARS, "t")) for e in drawn(svg).iter() for c in (e.get("class") or "").split()}
    assert used - set(re.findall(r"\.([\w-]+)", css)) <= {"chart-bar", "chart-line"}
    assert all(c.startswith("chart-") for c in used), "other names would meet those of the page"
    assert "var(--green" in css
    assert "forced-colors" in css
