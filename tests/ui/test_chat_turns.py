"""Turns as the chat page shows them: made from an answer's JSON, with everything escaped."""

import re
import unicodedata

import pytest

from ui.chat.render import marked, sources, talk, turn
from ui.chat.words import EXAMPLES, Words

VI, EN = Words("vi"), Words("en")


def citation(marker=1, **given):
    return {
        "marker": marker, "document_id": "ke-hoach", "number": "12/KH-UBND", "title": "Kế hoạch <2031>", "issuer": "UBND huyện Đồng Văn",
        "issued_on": "2030-11-05", "form": "digest", "anchor": "p1.I", "path": ["Phần thứ nhất", "I. **Số lượng**", "1. Hợp tác xã"],
        "text": "- Có **41** hợp tác xã. Năm nay tăng.",
        "quote": "Có 41 hợp tác xã.", "url": "/documents/ke-hoach#p1.I", **given,
    }  # fmt: skip


def answer(text="Có 41 hợp tác xã. [1]", **given):
    statements = [{"text": line, "citations": [1]} for line in text.split("\n")]
    return {
        "status": "answered", "answer": text, "statements": statements, "citations": [citation()], "notes": [], "suggestions": [], "figures": [],
        "holds_on": "2031-03-01", **given,
    }  # fmt: skip


def figure(label, value, unit="HTX", years=(2030, 2030)):
    return {"label": label, "place": label, "years": list(years), "value": value, "unit": unit, "printed": f"{value} {unit}", "citation": 1}


def test_a_marker_leads_to_its_source():
    html = talk([{"question": "Bao nhiêu?", "answer": answer()}], VI)
    panel = sources([{"question": "Bao nhiêu?", "answer": answer()}], VI)
    assert '<sup class="cite"><a href="#nguon-1-1"' in html
    assert 'id="nguon-1-1"' in panel
    assert '<a class="open" href="/documents/ke-hoach#p1.I">Mở trong văn bản</a>' in panel
    assert "Tóm lược" in panel
    assert "Kế hoạch &lt;2031&gt;" in panel


@pytest.mark.parametrize("bad", ["<script>alert(1)</script>", '"><img src=x onerror=alert(1)>'])
def test_nothing_of_a_person_or_paper_is_markup(bad):
    said = {"question": bad, "answer": answer(f"{bad} [1]", citations=[citation(text=bad, title=bad, quote=bad, issuer=bad)], suggestions=[bad])}
    html = talk([said], VI) + sources([said], VI)
    assert "<script" not in html
    assert "<img" not in html


def test_lines_with_dashes_are_a_list():
    html = talk([{"question": "?", "answer": answer("Gồm hai việc: [1]\n- một [1]\n- hai [1]\nHết. [1]")}], VI)
    assert re.sub(r"<sup.*?</sup>", "", html).count("<li>") == 2
    assert html.index("</ul>") < html.index("Hết.")


def test_statements_come_one_by_one():
    said = {"question": "?", "answer": answer("một [1]\nhai [1]")}
    first = turn(1, said, VI, last=True, shown=1)
    assert "một" in first
    assert "hai" not in first
    assert "Sao chép" not in first
    assert "Đang tìm trong 5 văn bản…" in turn(1, {"question": "?"}, VI, last=True, busy=VI["searching"].format(5))


def test_three_figures_make_a_table_and_a_chart():
    three = answer(figures=[figure("Đồng Văn", 41.0), figure("Mèo Vạc", 27.0), figure("Yên Minh", 9.0)])
    html = talk([{"question": "?", "answer": three}], VI)
    assert html.count("<tr>") == 4
    assert "<svg" in html
    assert 'href="/documents/ke-hoach#p1.I"' in html
    two = talk([{"question": "?", "answer": answer(figures=three["figures"][:2])}], VI)
    assert "<table" not in two
    assert "<svg" not in talk([{"question": "?", "answer": answer(figures=[*three["figures"][:2], figure("Yên Minh", 9.0, "người")])}], VI)


def test_older_turns_keep_their_sources_under_them():
    turns = [{"question": "một", "answer": answer()}, {"question": "hai", "answer": answer()}]
    assert 'id="nguon-1-1"' in talk(turns, VI)
    assert 'id="nguon-2-1"' not in talk(turns, VI)
    assert 'id="nguon-2-1"' in sources(turns, VI)


@pytest.mark.parametrize("quote", ["Có 41 hợp tác xã.", "… Có 41 hợp tác xã. …"])
def test_the_proving_words_are_marked(quote):
    assert marked("- Có **41** hợp tác xã. Năm nay tăng.", quote) == "<mark>Có 41 hợp tác xã.</mark> Năm nay tăng."


def test_words_that_do_not_stand_in_one_piece_are_not_marked():
    assert marked("Hòa và Đ.", unicodedata.normalize("NFD", "Hoà")) == "Hòa và Đ."


def test_both_languages():
    said = [{"question": "?", "answer": answer(notes=[{"kind": "expired", "text": "Hết.", "citations": [1]}])}]
    assert "Open in the paper" in sources(said, EN)
    assert "Its period is over" in talk(said, EN)
    assert "Đã hết thời kỳ" in talk(said, VI)
    assert all(EXAMPLES[who] and VI[who] and EN[who] for who in EXAMPLES)
