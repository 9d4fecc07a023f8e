import made_up
import pytest

from bot.phrase import LONGEST, excerpt, headings_needed, lead, passage, place_label, run_in_label, shorten, without_label
from knowledge.model import Place
from knowledge.text import words

LONG = (
    "Trong năm qua các hợp tác xã chăn nuôi của huyện đã mở thêm chuồng trại tại nhiều xã vùng cao, trồng cỏ trên đất dốc; "
    "hợp tác xã trồng ngô đã cung ứng 35 tấn giống cho bà con, hướng dẫn bón phân đúng lúc; "
    "doanh thu bình quân của một hợp tác xã đạt 950 triệu đồng (tăng 12% so với năm trước), "
    "lợi nhuận bình quân đạt 110 triệu đồng, còn thu nhập của người lao động thường xuyên được giữ ổn định qua các tháng trong năm."
)


def test_place_label_takes_the_level_from_the_issuer():
    assert place_label(made_up.document()) == "Huyện Mèo Vạc"
    assert place_label(made_up.document(place=Place("Bắc Kạn", "district", "Bắc Kạn"), issuer="UBND thành phố Bắc Kạn")) == "Thành phố Bắc Kạn"
    assert place_label(made_up.document(place=Place("Hà Giang", "province"), issuer="Liên minh HTX")) == "Tỉnh Hà Giang"


def test_a_national_paper_is_called_by_its_number():
    law = made_up.document(place=Place("Việt Nam", "country"), title="Luật Hợp tác xã", number="17/2023/QH15", issuer="Quốc hội")
    assert place_label(law) == "Luật 17/2023/QH15"
    assert place_label(made_up.document(place=Place("Việt Nam", "country"), title="Luật Hợp tác xã", number="")) == "Luật Hợp tác xã"


def leads(understood, text, path=(), **about):
    return lead(understood("Có bao nhiêu hợp tác xã?"), made_up.document(**about), made_up.paragraph(text, path), text)


def test_lead_names_the_time_that_the_statement_does_not(understood):
    assert leads(understood, "Thành lập mới 6 hợp tác xã.") == "Huyện Mèo Vạc (năm 2031)"
    assert leads(understood, "Năm 2031 thành lập mới 6 hợp tác xã.") == "Huyện Mèo Vạc"


def test_lead_takes_the_nearest_heading_s_time(understood):
    path = ("I. Giai đoạn 2021-2030", "1. Năm 2030")
    assert leads(understood, "Có 27 hợp tác xã.", path) == "Huyện Mèo Vạc (năm 2030)"
    assert leads(understood, "Có 27 hợp tác xã.", path[:1]) == "Huyện Mèo Vạc (giai đoạn 2021-2030)"


def test_a_plan_s_year_is_not_that_of_what_it_finds(understood):
    assert leads(understood, "Hiện có 27 hợp tác xã.") == "Huyện Mèo Vạc"
    assert leads(understood, "Hiện có 27 hợp tác xã.", kind="report") == "Huyện Mèo Vạc (năm 2031)"


def test_headings_that_say_what_the_statement_leaves_out(understood, measure):
    question = "Kinh phí bồi dưỡng cán bộ là bao nhiêu?"
    match = measure(question, "Ngân sách huyện: 0,5 tỷ đồng.")
    own = made_up.paragraph("Ngân sách huyện: 0,5 tỷ đồng.", ("II. Mục tiêu", "2. Kinh phí bồi dưỡng cán bộ"))
    assert headings_needed(understood(question), match, own, "Huyện Mèo Vạc") == ["Kinh phí bồi dưỡng cán bộ"]


def test_headings_are_not_repeated(understood, measure):
    text = "Kinh phí bồi dưỡng cán bộ là 0,5 tỷ đồng."
    question = "Kinh phí bồi dưỡng cán bộ là bao nhiêu?"
    assert headings_needed(understood(question), measure(question, text), made_up.paragraph(text, ("2. Kinh phí bồi dưỡng cán bộ",)), "") == []


def test_the_office_of_a_duty_is_always_named(understood, measure):
    text = "Cấp giấy chứng nhận đăng ký."
    own = made_up.paragraph(text, ("III. Tổ chức thực hiện", "1. Phòng Tài chính - Kế hoạch"))
    assert headings_needed(understood("Ai cấp giấy chứng nhận?"), measure("Ai cấp giấy chứng nhận?", text), own, "") == ["Phòng Tài chính - Kế hoạch"]


def test_a_sentence_beside_is_shown_when_it_tells_more(understood, measure):
    question = "Có bao nhiêu tổ hợp tác?"
    told = "Trong xã có nhiều tổ hợp tác. Cả thảy là 22 tổ hợp tác. Trời năm ấy khô hạn."
    own, match = made_up.paragraph(told), measure(question, "Trong xã có nhiều tổ hợp tác.")
    assert passage(understood(question), match, own, LONGEST, telling=True) == "Trong xã có nhiều tổ hợp tác. Cả thảy là 22 tổ hợp tác."
    assert passage(understood(question), match, own, 8, telling=True) == "Trong xã có nhiều tổ hợp tác."


def test_run_in_label():
    assert run_in_label("Quỹ hỗ trợ: cho vay 3 tỷ đồng.") == "Quỹ hỗ trợ"
    assert run_in_label("Gồm các việc sau:") == ""
    assert run_in_label("Cho vay 3 tỷ đồng.") == ""


@pytest.mark.parametrize("heading", ["II. Mục tiêu", "2. Mục tiêu", "2.1. Mục tiêu", "a) Mục tiêu", "đ) Mục tiêu", "Mục tiêu"])
def test_a_heading_without_its_numbering(heading):
    assert without_label(heading) == "Mục tiêu"


def test_shorten_says_that_words_are_left_out():
    assert shorten("một hai ba", 3) == "một hai ba"
    assert shorten("một hai, ba", 2) == "một hai…"


def test_a_short_statement_is_quoted_whole(understood, measure):
    assert excerpt(understood("Có mấy hợp tác xã?"), measure("Có mấy hợp tác xã?", "Có 27 hợp tác xã."), LONGEST) == "Có 27 hợp tác xã."


@pytest.mark.parametrize(
    ("question", "figure"), [("Doanh thu bình quân là bao nhiêu tiền?", "950 triệu"), ("Lợi nhuận bình quân là bao nhiêu tiền?", "110 triệu")]
)
@pytest.mark.parametrize("most", [10, 20, LONGEST])
def test_an_excerpt_keeps_the_figure_asked_for(understood, measure, question, figure, most):
    said = excerpt(understood(question), measure(question, LONG), most)
    assert figure in said
    assert words(said) < words(LONG)


def test_an_excerpt_is_made_of_whole_clauses(understood, measure):
    question = "Doanh thu bình quân là bao nhiêu tiền?"
    said = excerpt(understood(question), measure(question, LONG), 20).strip("… ")
    assert "doanh thu bình quân của một hợp tác xã đạt 950 triệu đồng" in said
    assert said.count("(") == said.count(")")


def test_an_excerpt_invents_no_words(understood, measure):
    question = "Thu nhập của người lao động thế nào?"
    said = excerpt(understood(question), measure(question, LONG), 20)
    assert said.strip("… )") in LONG


def test_a_passage_is_widened_by_whole_sentences(understood, measure):
    text = "Câu đầu nói về chè và mật ong. Câu giữa nói về 27 hợp tác xã. Câu cuối nói về đàn bò và đồng cỏ."
    match = measure("Có mấy hợp tác xã?", "Câu giữa nói về 27 hợp tác xã.")
    asked = understood("Có mấy hợp tác xã?")
    assert passage(asked, match, made_up.paragraph(text), 100) == text
    assert passage(asked, match, made_up.paragraph(text), 20) == "Câu giữa nói về 27 hợp tác xã. Câu cuối nói về đàn bò và đồng cỏ."
    assert passage(asked, match, made_up.paragraph(text), 8) == "Câu giữa nói về 27 hợp tác xã."
