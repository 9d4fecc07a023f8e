import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.blocks import blocks

LONG = (
    "Trong năm qua các hợp tác xã của huyện đã tích cực đổi mới cách làm, mở rộng vùng trồng, "
    "ký thêm hợp đồng và đưa sản phẩm ra chợ đầu mối, siêu thị cùng các sàn bán hàng do"
)


def texts(*lines):
    return [block.text for block in blocks("\n".join(lines))]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- Các hợp tác xã còn thiếu vốn để", "mua giống và phân bón."), ("Vùng trồng chè (gồm xã Một,", "xã Hai và xã Ba)."),
        ("Chủ trì, phối hợp", ", hướng dẫn các xã."), ("Phát triển nông - lâm", "- ngư nghiệp bền vững."), (LONG, "Sở Công Thương tổ chức hằng năm."),
        (f"{LONG} tỉnh; gắn sản xuất với chế biến;", "gắn chế biến với tiêu thụ."), ("Hỗ trợ 05 HTX (năm", "2026) mua máy."),
        ("1. Theo khoản 3 Điều 2", "Luật này."), ("- Số HTX đến năm", "2026 là 48."), ("theo Nghị quyết số", "08/2019/NQ-HĐND."),
        ("**Kết quả hoạt động của**", "**Liên minh HTX tỉnh**"),
    ],
)  # fmt: skip
def test_a_page_break_within_a_sentence_is_joined(before, after):
    assert texts(before, "", "12", "", after) == [f"{before} {after}"]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("Câu đã hết.", "tiếp theo"), ("I. TÌNH HÌNH", "1. Số lượng"), ("1. Số lượng", "Có 5 HTX."), ("**Phần thứ nhất**", "**ĐÁNH GIÁ**"),
        ("- Vốn điều lệ", "- Vốn vay"), ("Cụ thể:", "có 5 HTX"), ("Về vốn", "## Về đất"), ("| a | b |", "| c | d |"), ("Về vốn", "| a | b |"),
        ("- Giống lúa;", "phân bón"), ("a) Thuận lợi", "b) Khó khăn"), ("Lâm nghiệp", "- cây keo 5 ha"), ("Tổng số HTX", "Tổng số THT"),
        ("3. Sở Tài chính", "Cân đối nguồn vốn."), ("Điều 2", "Luật này quy định"), ("2. Số HTX hiện có", "12 HTX nông nghiệp."), (LONG, "**Phần thứ hai**"),
        (LONG, "Điều 2. Hiệu lực"),
    ],
)  # fmt: skip
def test_headings_list_entries_and_whole_sentences_are_not_joined(before, after):
    assert texts(before, "", after) == [before, after]


def test_spans_and_lines_say_where_the_parts_stand():
    text = "Mở đầu\n\n  Các xã còn thiếu\n- 3 -\nvốn lưu động.  \n"
    (first, second) = blocks(text)
    assert (first.text, first.lines) == ("Mở đầu", [1])
    assert second.lines == [3, 5]
    assert [text[a:b] for a, b in second.spans] == ["Các xã còn thiếu", "vốn lưu động."]


def test_lines_count_from_the_start_of_the_file_behind_a_front_matter():
    text = "---\nkind: plan\n---\nThân bài\n"
    (block,) = blocks(text, text.index("Thân"))
    assert block.lines == [4]
    assert [text[a:b] for a, b in block.spans] == ["Thân bài"]


@pytest.mark.parametrize("line", ["7", "- 7 -", "Trang 3", "trang 3/12", "Page 4", "____", "-----", "* * *", "**", "#", "\f"])
def test_page_numbers_and_rules_are_left_out(line):
    assert texts("Câu một.", line, "Câu hai.") == ["Câu một.", "Câu hai."]


@pytest.mark.parametrize("line", ["2025", "5 HTX", "x", "Trang trại 3"])
def test_short_lines_that_say_something_stay(line):
    assert texts("Câu một.", line, "Câu hai.") == ["Câu một.", line, "Câu hai."]


def test_running_heads_are_left_out_where_they_interrupt_a_sentence():
    head = "UBND huyện Mẫu - Kế hoạch 2026"
    lines = ["Các xã còn thiếu", "", head, "2", "", "vốn lưu động.", "Câu trọn.", head, "Huyện hỗ trợ mua", head, "máy cày."]
    assert texts(*lines) == ["Các xã còn thiếu vốn lưu động.", "Câu trọn.", head, "Huyện hỗ trợ mua máy cày."]


def test_pieces_of_formulas_are_no_running_heads():
    lines = ["lãi suất", "=", "vốn", "=", "a", "=", "b"]
    assert "=" in " ".join(texts(*lines))


@given(st.text(st.one_of(st.sampled_from("aA.;:\n\n-*#|(1) đĐ"), st.characters(blacklist_categories=["Cs"]))))
def test_any_text_is_split_and_spans_hold_the_parts(text):
    for block in blocks(text):
        assert block.text.split() == " ".join(text[a:b] for a, b in block.spans).split()
        assert len(block.lines) == len(block.spans)
