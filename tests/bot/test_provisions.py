"""A small law in a real library: how its provisions are found, ordered and shown."""

import datetime
import unicodedata

import made_up
import pytest

from bot import rank as ranking
from bot.pipeline import Assistant
from bot.provisions import CHANGE, FEATURES, article_of
from bot.rank import LAW_NAMES
from knowledge.text import fold

LAW = """---
id: luat-mau
form: digest
number: "17/2023/QH15"
kind: law
title: "Luật Hợp tác xã"
issuer: "Quốc hội"
place: "Việt Nam"
issued_on: "2023-06-20"
---
Luật Hợp tác xã số 17/2023/QH15 điều chỉnh hợp tác xã và tổ hợp tác, có hiệu lực từ ngày 01/7/2024.

# Chương I. Quy định chung
## Điều 3. Giấy tờ phải giữ
1. Hợp tác xã phải lưu trữ các tài liệu sau.
   a) Hợp tác xã phải lưu trữ Điều lệ.
   b) Hợp tác xã phải lưu trữ sổ đăng ký thành viên.
2. Hợp tác xã niêm yết báo cáo tài chính trong 05 ngày làm việc.

## Điều 8. Đại hội thành viên
1. Việc giải thể cần ít nhất 65% phiếu tán thành.
2. Thành viên liên kết góp vốn được mời dự Đại hội nhưng không được biểu quyết.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("law")
    library = made_up.open_library(folder)
    made_up.take_in(library, folder / "in", {"luat-mau.md": LAW})
    return Assistant(library, today=lambda: datetime.date(2026, 1, 1))


@pytest.mark.parametrize(("anchor", "article"), [("c4.d42.2.a", "d42"), ("d3", "d3"), ("c5~2.d69.1", "d69"), ("p1.II.2", "p1.II.2"), ("0-1", "0-1")])
def test_the_article_of_an_anchor(anchor, article):
    assert article_of(anchor) == article


def test_provisions_have_features_and_weights_of_their_own(assistant):
    _, matches = assistant.matches("Hợp tác xã phải cất giữ những giấy tờ gì?")
    assert {*LAW_NAMES, CHANGE} <= matches[0].features.keys()
    for kind in ranking.LAWS:
        assert set(ranking.weights_of(f"{kind}_rank")) == set(LAW_NAMES)
        assert set(FEATURES) <= set(ranking.weights_of(f"{kind}_answerable"))
    assert matches[0].features["law"] == matches[0].features["provision"] == 1.0
    assert matches[0].features["article_covered"] > 0


@pytest.mark.parametrize("typed", [lambda q: q, lambda q: unicodedata.normalize("NFD", q), fold])
def test_a_clause_is_shown_with_its_points(assistant, typed):
    answer = assistant.ask(typed("Hợp tác xã phải lưu trữ những giấy tờ gì?"))
    assert answer.status == "answered"
    assert "Điều lệ" in answer.text
    assert "sổ đăng ký thành viên" in answer.text
    assert {c.paragraph.anchor for c in answer.citations} >= {"c1.d3.1", "c1.d3.1.a", "c1.d3.1.b"}


def test_everyday_words_meet_those_of_the_law(assistant):
    assert "65%" in assistant.ask("Giải thể hợp tác xã thì bao nhiêu phần trăm người gật đầu?").text
    assert "05 ngày" in assistant.ask("Báo cáo tài chính mấy ngày phải dán lên?").text


def test_since_when_a_law_holds_is_told_by_its_opening(assistant):
    answer = assistant.ask("Luật hợp tác xã mới áp dụng từ khi nào?")
    assert "01/7/2024" in answer.text
    assert "20/06/2023" in answer.text
    assert [c.paragraph.anchor for c in answer.citations] == ["0-1"]
