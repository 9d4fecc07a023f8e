from dataclasses import replace

import pytest

from bot.evidence import asks_several, choose, section
from bot.rank import first
from bot.weights import Weights


@pytest.fixture
def chosen(understood, measure, library):
    """The texts that are chosen out of made-up statements, close in score and in the order given."""

    def of(question, *texts, **about):
        matches = [replace(measure(question, text, anchor=f"I-{i}", **about), score=10 - 0.1 * i) for i, text in enumerate(texts)]
        return [m.statement.passage.text for m in choose(understood(question), matches, Weights(library))]

    return of


def test_one_figure_asked_is_one_statement(chosen):
    texts = "Huyện có 412 thành viên.", "Thành viên tăng 12 người so với năm trước đó."
    assert chosen("Có bao nhiêu thành viên?", *texts) == [texts[0]]


def test_a_statement_that_covers_what_is_open_is_added(chosen):
    texts = "Doanh thu bình quân 950 triệu đồng.", "Vốn điều lệ thấp nhất 800 triệu đồng."
    assert chosen("Doanh thu bình quân bao nhiêu, vốn điều lệ thấp nhất bao nhiêu?", *texts) == list(texts)


def test_one_that_adds_nothing_is_left_out(chosen):
    texts = "Hợp tác xã chăn nuôi phòng bệnh cho đàn bò.", "Mở gian hàng nông sản tại chợ phiên."
    assert chosen("Hợp tác xã chăn nuôi phòng bệnh thế nào?", *texts) == [texts[0]]


def test_one_that_says_the_same_is_left_out(chosen):
    texts = "Mở gian hàng nông sản tại chợ phiên.", "Mở gian hàng nông sản tại chợ phiên Khâu Vai."
    assert chosen("Mở gian hàng nông sản ở Khâu Vai thế nào?", *texts) == [texts[0]]


def test_one_far_behind_is_left_out(understood, measure, library):
    question = "Doanh thu bao nhiêu, vốn điều lệ bao nhiêu?"
    near, far = (replace(measure(question, text), score=s) for text, s in (("Doanh thu 9 tỷ đồng.", 10.0), ("Vốn điều lệ 8 tỷ đồng.", 1.0)))
    assert choose(understood(question), [near, far], Weights(library)) == [near]


def test_nothing_found_is_nothing_chosen(understood, library):
    assert choose(understood("Có bao nhiêu thành viên?"), [], Weights(library)) == []


def test_never_more_than_three(chosen):
    texts = ["Doanh thu 9 tỷ đồng.", "Vốn điều lệ 8 tỷ đồng.", "Lợi nhuận 7 tỷ đồng.", "Thu nhập 6 triệu đồng.", "Dư nợ 5 tỷ đồng."]
    assert len(chosen("Doanh thu, vốn điều lệ, lợi nhuận, thu nhập và dư nợ bao nhiêu và mấy năm?", *texts)) == 3


@pytest.mark.parametrize(
    ("question", "several"),
    [
        ("Có bao nhiêu hợp tác xã?", False),
        ("Có mấy hợp tác xã và bao nhiêu thành viên?", True),
        ("Mục tiêu năm 2025 và năm 2030?", True),
        ("Giai đoạn 2026-2030 có mấy hợp tác xã?", False),
        ("Thu nhập thay đổi ra sao?", True),
    ],
)
def test_questions_for_more_than_one_thing(understood, question, several):
    assert asks_several(understood(question)) is several


def found_section(assistant, understood, question):
    asked = understood(question)
    ranked = assistant._ranked(asked, asked.places[0], list(assistant.library.documents().values()))
    return section(asked, ranked, assistant.library, Weights(assistant.library))


def test_a_list_asked_for_is_the_whole_section(assistant, understood):
    assistant.ask("?")
    found = found_section(assistant, understood, "Huyện Mèo Vạc có những giải pháp phát triển thị trường nào?")
    assert found is not None
    _, heading, items = found
    assert heading.clean == "Giải pháp phát triển thị trường"
    assert [i.anchor for i in items] == ["II.3-1", "II.3-2", "II.3-3"]


def test_a_figure_asked_for_is_no_section(assistant, understood):
    assistant.ask("?")
    assert found_section(assistant, understood, "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?") is None


def test_the_order_of_ranking_is_kept(measure, understood, library):
    question = "Doanh thu bao nhiêu, vốn điều lệ bao nhiêu?"
    ranked = first([measure(question, t, anchor=f"I-{i}") for i, t in enumerate(["Vốn điều lệ 8 tỷ đồng.", "Doanh thu 9 tỷ đồng."])])
    chosen = choose(understood(question), ranked, Weights(library))
    assert chosen == ranked[: len(chosen)]
