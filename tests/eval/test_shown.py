import pytest
from made import answer

from bot.answer import Note
from eval.shown import wrong_figures

SOURCE = "Đến ngày 05/7/2024 huyện có 27 HTX, doanh thu 1.234,5 triệu đồng, theo Nghị quyết số 08/2019/NQ-HĐND."


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("Có 27 HTX [1]", []),
        ("Có 7 HTX", ["7"]),
        ("Có 234,5 triệu", ["234,5"]),
        ("Có 1.234,5 triệu", []),
        ("ngày 5/7/2024", []),
        ("ngày 5 tháng 7 năm 2024", []),
        ("ngày 05-07-2024", []),
        ("ngày 6/7/2024", ["6/7/2024"]),
        ("lần 3 tháng 7/2024", ["3"]),
        ("tháng 07/2024", []),
        ("tháng 11/2030", []),  # of the metadata
        ("tháng 8/2024", ["8/2024"]),
        ("từ năm 2024", []),
        ("theo Nghị quyết số 08/2019/NQ-HĐND", []),
        ("theo Nghị quyết số 09/2019/NQ-HĐND", ["09/2019/nq-hdnd"]),
        ("Kế hoạch 77/KH-UBND ngày 05/11/2030 cho năm 2031", []),  # what the paper says of itself
        ("tăng 8 lần", ["8"]),  # 08 is only that of the resolution
        ("năm 2032", ["2032"]),
        ("mục 1 của phần này", ["1"]),
    ],
)
def test_figures_of_a_statement(statement, wrong):
    assert wrong_figures(answer(statement, cited=(SOURCE,))) == wrong


@pytest.mark.parametrize("scanned", ["08/2019/NQHĐND", "08/2019/NQ- HĐND", "08/2019/NQ-HĐND"])
def test_hyphens_that_a_scan_lost(scanned):
    assert wrong_figures(answer("Nghị quyết số 08/2019/NQ-HĐND", cited=(f"theo {scanned} của tỉnh",))) == []


def test_headings_count():
    assert wrong_figures(answer("Phần III", cited=("a",))) == []
    assert wrong_figures(answer("Hiện trạng 9", cited=("a",))) == ["9"]


def test_the_count_of_a_list_is_that_of_its_lines():
    assert wrong_figures(answer("Mục tiêu gồm 2 nội dung:", "một", "hai", cited=("a",))) == []
    assert wrong_figures(answer("Mục tiêu gồm 3 nội dung:", "một", "hai", cited=("a",))) == ["3"]


def test_a_conflict_is_looked_at_too():
    said = answer("27 HTX", cited=(SOURCE,), notes=[Note("conflict", "nơi khác ghi 30 HTX [1]", (1,)), Note("expired", "hết năm 2033", (1,))])
    assert wrong_figures(said) == ["30"]


@pytest.mark.parametrize(
    ("statement", "wrong"),
    [
        ("Hơn 21 HTX: 36 HTX so với 15 HTX", []),
        ("Hơn 22 HTX: 36 HTX so với 15 HTX", ["22"]),
        ("Cộng lại 51 HTX: 36 HTX và 15 HTX", []),
        ("Mỗi tháng 3 triệu, cả năm 36 triệu", []),
        ("36 HTX so với 15 HTX. Gấp khoảng 2,4 lần.", []),
        ("36 HTX so với 15 HTX. Gấp khoảng 2,5 lần.", ["2,5"]),
        ("36 HTX so với 15 HTX, lần thứ 2,4", ["2,4"]),
        ("Hơn 21 HTX", ["21"]),  # worked out from nothing that is said
    ],
)
def test_numbers_worked_out_from_what_is_said(statement, wrong):
    assert wrong_figures(answer(statement, cited=("Có 36 HTX và 15 HTX, thu nhập 3 triệu đồng/tháng.",))) == wrong
