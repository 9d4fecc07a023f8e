from collections.abc import Callable

import made_up
import pytest

from bot.named import entities
from bot.slots import SLOTS, slots
from bot.weights import Weights
from knowledge import lexicon
from knowledge.model import Place

PROVINCE = made_up.document(place=Place("Hà Giang", "province"), issuer="Ủy ban nhân dân tỉnh Hà Giang")


@pytest.fixture
def opened(understood, library) -> Callable[..., dict[str, float]]:
    """The slots of a question, each with how far a made-up statement leaves it open."""

    def of(question: str, text: str, **about) -> dict[str, float]:
        asked, weights = understood(question), Weights(library)
        return slots(asked, made_up.measured(asked, weights, text, **about), weights)

    return of


CASES = [
    # slot, question, what leaves it open, what fills it
    ("value_open", "Có bao nhiêu hợp tác xã?", "Các hợp tác xã hoạt động tốt.", "Có 27 hợp tác xã."),
    ("value_open", "Báo cáo trước ngày nào?", "Báo cáo định kỳ.", "Báo cáo trước ngày 15/12/2031."),
    ("value_far", "Doanh thu bình quân là bao nhiêu tiền?", "Mua máy hết 20 triệu đồng.", "Doanh thu bình quân là 950 triệu đồng."),
    ("entity_open", "Doanh thu của HTX Mật ong Bạc Hà là bao nhiêu?", "Doanh thu là 3,2 tỷ đồng.", "HTX Mật ong Bạc Hà có doanh thu 3,2 tỷ đồng."),
    (
        "entity_far",
        "Doanh thu của HTX Mật ong Bạc Hà là bao nhiêu?",
        "Tổng doanh thu 9 tỷ đồng, trong đó có phần của HTX Mật ong Bạc Hà.",
        "HTX Mật ong Bạc Hà có doanh thu 3,2 tỷ đồng.",
    ),
    ("year_open", "Năm 2027 có bao nhiêu hợp tác xã?", "Năm 2031 có 6 hợp tác xã.", "Năm 2027 có 6 hợp tác xã."),
    ("year_inside", "Năm 2027 có bao nhiêu hợp tác xã?", "Giai đoạn 2025-2029 có 6 hợp tác xã.", "Năm 2027 có 6 hợp tác xã."),
    ("person_open", "Chủ tịch hội đồng quản trị tên là gì?", "Chủ tịch hội đồng quản trị chịu trách nhiệm chung.", "Chủ tịch là ông Vừ Mí Nắng."),
    ("name_open", "Kể tên các hợp tác xã làm mật ong", "có ba hợp tác xã làm mật ong.", "gồm hợp tác xã Bạc Hà và hợp tác xã Lũng Phìn."),
    ("reason_open", "Vì sao hợp tác xã giải thể?", "Giải thể ba hợp tác xã.", "Giải thể ba hợp tác xã do thua lỗ."),
    ("each_open", "Mỗi hợp tác xã được hỗ trợ bao nhiêu tiền?", "Hỗ trợ các hợp tác xã 900 triệu đồng.", "Hỗ trợ mỗi hợp tác xã 20 triệu đồng."),
    ("bound_open", "Hỗ trợ tối đa bao nhiêu tiền?", "Hỗ trợ 20 triệu đồng.", "Hỗ trợ không quá 20 triệu đồng."),
    ("plan_for_result", "Hiện có bao nhiêu hợp tác xã?", "Phấn đấu có 30 hợp tác xã.", "Có 27 hợp tác xã."),
    ("result_for_plan", "Mục tiêu có bao nhiêu hợp tác xã?", "Có 27 hợp tác xã.", "Phấn đấu có 30 hợp tác xã."),
    ("number_open", "Nghị quyết 45/2028/NQ-HĐND hỗ trợ gì?", "Hỗ trợ theo Nghị quyết số 46/2028/NQ-HĐND.", "Hỗ trợ theo Nghị quyết số 45/2028/NQ-HĐND."),
    ("denied", "Có liên hiệp hợp tác xã không?", "Huyện không có liên hiệp hợp tác xã.", "Huyện có 01 liên hiệp hợp tác xã."),
    ("qualifier_open", "Có bao nhiêu hợp tác xã vận tải?", "Có 27 hợp tác xã.", "Có 3 hợp tác xã vận tải."),
    ("monthly_open", "Mỗi tháng thu nhập bao nhiêu tiền?", "Thu nhập đạt 7 triệu đồng.", "Thu nhập đạt 7 triệu đồng một tháng."),
    ("off_topic", "Giải pháp phát triển thị trường?", "Chăm sóc đàn bò.", "Phát triển thị trường nông sản."),
    ("where_open", "Trụ sở hợp tác xã đặt ở đâu?", "Hợp tác xã có trụ sở riêng.", "Hợp tác xã có trụ sở tại xã Khâu Vai."),
    ("papers_open", "Hồ sơ cần những giấy tờ nào?", "Hỗ trợ các hợp tác xã.", "Nộp đơn đề nghị và bản sao giấy đăng ký."),
    ("other_half", "6 tháng cuối năm giải thể mấy hợp tác xã?", "6 tháng đầu năm giải thể 2 hợp tác xã.", "6 tháng cuối năm giải thể 2 hợp tác xã."),
    ("task_for_result", "Đã học hỏi được những gì?", "Tổ chức học hỏi kinh nghiệm.", "Qua học hỏi, hợp tác xã đã biết ghép chè."),
    ("task_for_figure", "Hiện đã đào tạo bao nhiêu người?", "Tổ chức đào tạo 20 người.", "Trong năm đào tạo 20 người."),
    ("kind_open", "Có bao nhiêu hợp tác xã vận tải?", "Có 27 hợp tác xã.", "Có 3 hợp tác xã vận tải."),
    ("given_open", "Mỗi hợp tác xã được 30 triệu đồng phải không?", "Mỗi hợp tác xã được tập huấn.", "Mỗi hợp tác xã được 20 triệu đồng."),
    (
        "sum_for_part",
        "Xúc tiến thương mại được bao nhiêu tiền?",
        "Tỉnh cấp 9 tỷ đồng (gồm đào tạo, xúc tiến thương mại).",
        "Xúc tiến thương mại được 2 tỷ đồng.",
    ),
    (
        "date_far",
        "Nghị quyết 45/2028/NQ-HĐND ban hành ngày nào?",
        "Nghị quyết số 45/2028/NQ-HĐND và Kế hoạch số 9/KH-UBND ngày 11/7/2028.",
        "Nghị quyết số 45/2028/NQ-HĐND ngày 09/12/2028.",
    ),
    ("office_open", "Phòng nào hướng dẫn hợp tác xã?", "Hướng dẫn các hợp tác xã.", "Phòng Nông nghiệp hướng dẫn các hợp tác xã."),
]


@pytest.mark.parametrize(("slot", "question", "lacking", "filling"), CASES, ids=[f"{c[0]}-{i}" for i, c in enumerate(CASES)])
def test_slot_is_open_and_is_filled(opened, slot, question, lacking, filling):
    assert opened(question, lacking)[slot] > 0
    assert opened(question, filling)[slot] == 0


def test_every_slot_is_told(opened):
    assert set(opened("Có bao nhiêu hợp tác xã?", "Có 27 hợp tác xã.")) == set(SLOTS)
    assert set(opened("", "")) == set(SLOTS)


def test_a_name_that_no_paper_has(opened):
    assert opened("Chè của bản Pắc Ngòi bán ở đâu?", "Hợp tác xã trồng chè.")["unknown_name"] == 1
    assert opened("Chè của bản Mèo Vạc bán ở đâu?", "Hợp tác xã trồng chè.")["unknown_name"] == 0
    assert opened("che cua ban pac ngoi ban o dau", "Hợp tác xã trồng chè.")["unknown_name"] == 0


def test_a_name_that_another_paragraph_has(opened):
    assert opened("Doanh thu của Bạc Hà là bao nhiêu?", "Doanh thu là 3,2 tỷ đồng.")["own_name_open"] == 1
    assert opened("Doanh thu của Bạc Hà là bao nhiêu?", "Bạc Hà có doanh thu 3,2 tỷ đồng.")["own_name_open"] == 0


def test_a_figure_in_the_sentence_beside(opened):
    text = "Hỗ trợ hợp tác xã mới."
    assert opened("Hỗ trợ bao nhiêu tiền?", text)["value_beside"] == 0
    assert opened("Hỗ trợ bao nhiêu tiền?", text, headings="1. Hỗ trợ", after="Mức hỗ trợ là 20 triệu đồng.")["value_beside"] == 1


def test_a_denial_of_something_else_fills_nothing(opened):
    text = "Cán bộ là 109 người, trong đó trung cấp là 15 người, đại học và cao đẳng là 29 người; số còn lại chưa có bằng cấp."
    assert opened("Có bao nhiêu cán bộ nữ?", text)["denied"] == 0
    assert opened("Bao nhiêu người chưa có bằng cấp?", text)["denied"] == 1


def test_the_unit_given_tells_the_figure_given(opened):
    assert opened("Bao nhiêu hợp tác xã có sản phẩm 3 sao?", "Có 3 hợp tác xã có sản phẩm đạt 3 sao.")["value_open"] == 0


def test_a_denial_fills_the_value(opened):
    assert opened("Có bao nhiêu liên hiệp hợp tác xã?", "Huyện không có liên hiệp hợp tác xã.")["value_open"] == 0


def test_the_papers_period_holds_the_year(opened):
    assert opened("Năm 2031 thành lập bao nhiêu hợp tác xã?", "Thành lập 6 hợp tác xã.")["year_open"] == 0


def test_the_opposite_indicator_is_another(opened):
    a, b = lexicon.load().opposites[0]
    assert opened(f"Số {a} trong huyện là bao nhiêu?", f"Số {b} trong huyện là 12.")["other_indicator"] == 1
    assert opened(f"Số {a} trong huyện là bao nhiêu?", f"Số {a} trong huyện là 12.")["other_indicator"] == 0


def test_a_district_of_a_province_must_be_named(opened):
    question = "Huyện Mèo Vạc có bao nhiêu hợp tác xã?"
    assert opened(question, "Có 800 hợp tác xã.", paper=PROVINCE)["place_open"] == 1
    assert opened(question, "Huyện Mèo Vạc có 27 hợp tác xã.", paper=PROVINCE)["place_open"] == 0


def test_a_province_is_not_its_district(opened):
    assert opened("Tỉnh Hà Giang có bao nhiêu hợp tác xã?", "Có 27 hợp tác xã.")["place_open"] == 1


def test_a_word_that_no_paper_has(opened):
    assert opened("Có bao nhiêu máy bay?", "Có 27 hợp tác xã.")["unknown_word"] > 0
    assert opened("Có bao nhiêu thành viên?", "Có 27 thành viên.")["unknown_word"] == 0


def test_named_cooperatives_of_a_question():
    assert entities("Doanh thu của HTX Bạc Hà là bao nhiêu?", bool) == [("bac", "ha")]
    assert entities("Doanh thu của hợp tác xã là bao nhiêu?", bool) == []
    assert entities("HTX Việt Nam", bool) == []


def test_names_are_not_guessed_without_accents():
    assert entities("doanh thu HTX Bac Ha", bool) == []


def test_a_cooperative_called_by_a_place_is_all_those_of_the_place():
    assert entities("Các hợp tác xã nông nghiệp Lạng Sơn", bool) == []
    assert entities("Các hợp tác xã nông nghiệp Mèo Vạc", bool, frozenset([("meo", "vac")])) == []


def test_a_place_that_no_gazetteer_has_is_no_cooperative(opened):
    assert opened("HTX Mèo Vạc có bao nhiêu thành viên?", "Các hợp tác xã có 412 thành viên.")["entity_open"] == 0
