import pytest

from bot.match import FEATURES, fits, has_date, same_kind
from knowledge.numbers import quantities

COUNT = "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?"


def value(m):
    return m.statement.quantities[m.value][0].text if m.value is not None else ""


def test_every_feature_is_measured_and_small(measure):
    m = measure(COUNT, "Đến tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động.")
    assert set(m.features) == {*FEATURES, "defines"}
    assert all(-1.01 <= v <= 1.01 for v in m.features.values())


def test_an_empty_statement_is_measured_too(measure):
    assert set(measure(COUNT, "").features) == {*FEATURES, "defines"}


def test_covered_grows_with_the_words_met(measure):
    full = measure(COUNT, "Huyện có 27 hợp tác xã đang hoạt động.")
    half = measure(COUNT, "Huyện có 27 hợp tác xã.")
    assert full.features["covered"] > half.features["covered"]


def test_words_of_the_heading_count_less_than_own_words(measure):
    own = measure("Doanh thu bình quân là bao nhiêu?", "Doanh thu bình quân 950 triệu đồng.")
    above = measure("Doanh thu bình quân là bao nhiêu?", "Đạt 950 triệu đồng.", headings="2. Doanh thu bình quân")
    assert 0 < above.features["covered_with_context"] < own.features["covered_with_context"]
    assert above.features["covered"] == 0
    assert above.features["heading"] > 0


def test_the_figure_nearest_to_what_is_asked_is_the_value(measure):
    text = "Các hợp tác xã có 412 thành viên và 530 lao động thường xuyên."
    assert value(measure("Có bao nhiêu thành viên?", text)).startswith("412")
    assert value(measure("Có bao nhiêu lao động thường xuyên?", text)).startswith("530")


def test_a_figure_of_another_kind_is_no_value(measure):
    m = measure("Doanh thu là bao nhiêu tiền?", "Có 27 hợp tác xã, đạt 62%.")
    assert (m.value, m.features["value_found"]) == (None, 0.0)


def test_a_figure_that_the_question_gives_is_no_value(measure):
    assert value(measure("Trong 27 hợp tác xã có mấy hợp tác xã yếu?", "Trong 27 hợp tác xã có 4 hợp tác xã yếu.")).startswith("4")


def test_the_year_asked_agrees_or_conflicts(measure):
    question = "Năm 2031 thành lập mới bao nhiêu hợp tác xã?"
    same = measure(question, "Năm 2031 thành lập mới 6 hợp tác xã.").features
    other = measure(question, "Năm 2029 thành lập mới 6 hợp tác xã.").features
    inside = measure(question, "Giai đoạn 2030-2035 thành lập mới 6 hợp tác xã.").features
    silent = measure(question, "Thành lập mới 6 hợp tác xã.").features
    assert (same["year"], same["year_conflict"]) == (1.0, 0.0)
    assert (other["year"], other["year_conflict"]) == (0.0, 1.0)
    assert inside["year"] == pytest.approx(0.8)
    assert silent["year"] == pytest.approx(0.5)  # the paper's period


def test_a_plan_agrees_with_a_plan(measure):
    question = "Mục tiêu thành lập bao nhiêu hợp tác xã?"
    assert measure(question, "Phấn đấu thành lập 6 hợp tác xã.").features["plan_agrees"] == 1
    assert measure(question, "Thành lập 6 hợp tác xã.").features["plan_conflicts"] == 1


def test_the_number_asked_is_named_or_another_one(measure):
    question = "Nghị quyết 45/2028/NQ-HĐND hỗ trợ gì?"
    assert measure(question, "Hỗ trợ theo Nghị quyết số 45/2028/NQ-HĐND.").features["number_named"] == 1
    assert measure(question, "Hỗ trợ theo Nghị quyết số 46/2028/NQ-HĐND.").features["number_named"] == -1


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Có bao nhiêu HTX phi nông nghiệp?", "Có 12 HTX nông nghiệp."),
        ("Có bao nhiêu HTX nông nghiệp?", "Có 12 HTX phi nông nghiệp."),
        ("Có bao nhiêu tổ hợp tác?", "Có 12 hợp tác xã."),
        ("Có bao nhiêu quỹ tín dụng nhân dân?", "Có 12 hợp tác xã."),
    ],
)
def test_look_alikes_are_opposites(measure, question, text):
    assert measure(question, text).features["opposite"] == 1


def test_the_same_kind_is_no_opposite(measure):
    assert measure("Có bao nhiêu tổ hợp tác?", "Có 12 tổ hợp tác.").features["opposite"] == 0


def test_front_and_back_matter_are_marked(measure):
    assert measure(COUNT, "Số: 77/KH-UBND", anchor="0-1").features["front_matter"] == 1
    assert measure(COUNT, "CHỦ TỊCH", anchor="z-1").features["back_matter"] == 1


def test_a_date_of_its_own_is_told_from_that_of_a_document(measure, understood):
    asked = understood("Báo cáo trước ngày nào?")
    assert has_date(asked, measure("?", "Báo cáo trước ngày 15/12/2031.").statement)
    assert not has_date(asked, measure("?", "Báo cáo theo Quyết định số 12/QĐ-UBND ngày 15/12/2031.").statement)


@pytest.mark.parametrize(
    ("question", "figure", "fitting"),
    [
        ("Hết bao nhiêu tiền?", "500 triệu đồng", True),
        ("Hết bao nhiêu tiền?", "500 hợp tác xã", False),
        ("Đạt bao nhiêu phần trăm?", "62%", True),
        ("Trong bao lâu?", "36 tháng", True),
        ("Trong bao lâu?", "36 hợp tác xã", False),
        ("Có bao nhiêu thành viên?", "412 thành viên", True),
        ("Có bao nhiêu thành viên?", "27 hợp tác xã", False),
        ("Có bao nhiêu thành viên?", "412 triệu đồng", False),
        ("Có bao nhiêu thành viên?", "412", True),
        ("Đạt mức bao nhiêu?", "62%", True),
    ],
)
def test_a_quantity_fits_the_kind_asked_for(understood, question, figure, fitting):
    assert fits(understood(question), quantities(figure)[0]) is fitting


def test_words_that_count_the_same_things():
    assert same_kind("nguoi", "lao")
    assert not same_kind("htx", "nguoi")
