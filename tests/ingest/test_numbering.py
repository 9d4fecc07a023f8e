import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.numbering import ARTICLE, CHAPTER, DASH, DECIMAL, LETTER, PART, PLUS, ROMAN, SECTION, STAR, marker


@pytest.mark.parametrize(
    ("line", "rank", "label", "part", "rest"),
    [
        ("**Phần thứ nhất**", PART, "Phần thứ nhất", "p1", "**"), ("Phần thứ 2 KẾT QUẢ", PART, "Phần thứ 2", "p2", "KẾT QUẢ"),
        ("## Phần III. MỤC TIÊU", PART, "Phần III", "p3", "MỤC TIÊU"), ("Chương II", CHAPTER, "Chương II", "c2", ""),
        ("Chương I QUY ĐỊNH CHUNG", CHAPTER, "Chương I", "c1", "QUY ĐỊNH CHUNG"), ("Mục 3. Vốn", SECTION, "Mục 3", "m3", "Vốn"),
        ("A. ĐÁNH GIÁ", SECTION, "A", "A", "ĐÁNH GIÁ"), ("**Đ.** Kết luận", SECTION, "Đ", "Đ", "Kết luận"), ("C. Nội dung", SECTION, "C", "C", "Nội dung"),
        ("Điều 5. Giải thích", ARTICLE, "Điều 5", "d5", "Giải thích"), ("Điều 12a:", ARTICLE, "Điều 12a", "d12a", ""), ("Điều 1", ARTICLE, "Điều 1", "d1", ""),
        ("I. TÌNH HÌNH", ROMAN, "I", "I", "TÌNH HÌNH"), ("## **IV/ GIẢI PHÁP**", ROMAN, "IV", "IV", "GIẢI PHÁP**"),
        ("II - Mục tiêu:", ROMAN, "II", "II", "Mục tiêu:"), ("Iii. về vốn", ROMAN, "III", "III", "về vốn"), ("I.1. Vốn", DECIMAL, "1", "1", "Vốn"),
        ("II.2.1 Vốn", DECIMAL + 1, "2.1", "2.1", "Vốn"), ("1. Vốn", DECIMAL, "1", "1", "Vốn"), ("1- Vốn", DECIMAL, "1", "1", "Vốn"),
        ("2/ Vốn", DECIMAL, "2", "2", "Vốn"), ("3) vốn", DECIMAL, "3", "3", "vốn"), ("**1.1. Về HTX**", DECIMAL + 1, "1.1", "1.1", "Về HTX**"),
        ("1.1 Về hợp tác xã", DECIMAL + 1, "1.1", "1.1", "Về hợp tác xã"), ("1.2.3. Vốn", DECIMAL + 2, "1.2.3", "1.2.3", "Vốn"),
        ("a) Thuận lợi", LETTER, "a)", "a", "Thuận lợi"), ("đ) vốn", LETTER, "đ)", "đ", "vốn"), ("a. Thuận lợi", LETTER, "a", "a", "Thuận lợi"),
        ("b/ Khó khăn", LETTER, "b", "b", "Khó khăn"), ("*** Hợp tác xã:**", STAR, "*", "", "Hợp tác xã:**"), ("** Vốn:* đủ", STAR, "*", "", "Vốn:* đủ"),
        ("* *Vốn*: đủ", STAR, "*", "", "Vốn*: đủ"), ("- Vốn", DASH, "-", "", "Vốn"), ("– Vốn", DASH, "-", "", "Vốn"), ("• Vốn", DASH, "-", "", "Vốn"),
        ("- 5 HTX", DASH, "-", "", "5 HTX"), ("+ Vốn", PLUS, "+", "", "Vốn"), (" - + Vốn", PLUS, "+", "", "Vốn"),
    ],
)  # fmt: skip
def test_marks_of_every_level(line, rank, label, part, rest):
    mark = marker(line)
    assert mark is not None
    assert (mark.rank, mark.label, mark.part, mark.rest) == (rank, label, part, rest)
    assert mark.bullet is (rank in {STAR, DASH, PLUS})


@pytest.mark.parametrize(
    "line",
    [
        "", "*", "**đậm**", "*nghiêng* rồi thẳng", "Phần lớn các HTX", "Mục tiêu chung", "Mục 3 của Chương này", "Điều 5 Luật này quy định", "Điều 5 và Điều 6",
        "điều 5. nhỏ", "Chương trình 135", "12 Hợp tác xã", "1.1 về", "2.500 HTX", "10.5 ha", "30/4 là ngày lễ", "60/808 HTX", "2025", "2021-2025", "1.000 HTX",
        "0. Không", "Vì vậy", "Xi măng", "v.v...", "I", "H. Ba Tơ có", "D. thường", "a. thường", "Phụ lục I ban hành", "TP. Bắc Kạn", "08/2019/NQ-HĐND",
    ],
)  # fmt: skip
def test_words_and_figures_that_are_no_marks(line):
    assert marker(line) is None


@given(st.text(st.one_of(st.sampled_from("PhầnĐiềuMụcChươngIVX0123456789.)/-+*# abđ"), st.characters())))
def test_the_rest_is_the_end_of_the_line(line):
    mark = marker(line)
    assert mark is None or line.strip().endswith(mark.rest)
