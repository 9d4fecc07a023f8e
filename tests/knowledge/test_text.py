import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.text import canonical_number, fold, has_accents, normalize, sentences, slug, syllables, words

FORMS = ("NFC", "NFD")
# Letters, marks and signs that meet in Vietnamese papers, in every form, and anything else.
TEXTS = st.text(st.one_of(st.sampled_from('aăâeêioôơuưyđqAĐOUYQhHnỏạ̛̣̀́̃̉̂̆ .;:,!?()“”"*_-–\n0123456789%/'), st.characters()))


def cut(text):
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("hoà", "hòa"), ("hòa", "hòa"), ("thuỷ", "thủy"), ("thủy", "thủy"), ("khoẻ", "khỏe"), ("uỷ", "ủy"), ("Uỷ", "Ủy"), ("Ủy", "Ủy"), ("HOÀ", "HÒA"),
        ("loã", "lõa"), ("quý", "quý"), ("qúy", "quý"), ("quà", "quà"), ("quả", "quả"), ("luật", "luật"), ("hoàn", "hoàn"), ("hoạt", "hoạt"),
        ("khuỷu", "khuỷu"), ("thuở", "thuở"), ("của", "của"), ("mùa", "mùa"), ("giá", "giá"), ("Đắk Lắk", "Đắk Lắk"), ("Hoà Bình.", "Hòa Bình."),
        ("hoá, hợp tác hoá", "hóa, hợp tác hóa"),
    ],
)  # fmt: skip
def test_one_tone_style_in_both_unicode_forms(form, typed, stored):
    assert normalize(unicodedata.normalize(form, typed)) == stored


@given(TEXTS)
def test_normalize_twice_changes_nothing_more(text):
    assert normalize(normalize(text)) == normalize(text)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(("text", "folded"), [("Đắk Lắk", "dak lak"), ("Ủy ban", "uy ban"), ("HỢP TÁC XÃ", "hop tac xa"), ("Hòa–Hoà—hoà", "hoa-hoa-hoa")])
def test_fold_leaves_no_mark(form, text, folded):
    assert fold(unicodedata.normalize(form, text)) == folded


@pytest.mark.parametrize("dash", "-‐‑–—−")
def test_every_dash_folds_to_a_hyphen(dash):
    assert fold(f"NQ{dash}HĐND") == "nq-hdnd"


@given(TEXTS)
def test_fold_keeps_the_length_of_composed_text(text):
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)


@pytest.mark.parametrize(("text", "answer"), [("hop tac xa", False), ("Đ", True), ("hợp tac xa", True), ("", False), ("20 %", False), ("km²", False)])
def test_accents_are_seen(text, answer):
    assert has_accents(text) is answer
    assert has_accents(unicodedata.normalize("NFD", text)) is answer


@pytest.mark.parametrize(
    ("token", "number"),
    [
        ("08", "8"), ("0", "0"), ("00", "0"), ("1.234,5", "1234.5"), ("1,5", "1.5"), ("1.5", "1.5"), ("1.234", "1234"), ("2,636", "2.636"), ("0,50", "0.5"),
        ("1,0", "1"), ("22.300.000.000", "22300000000"), ("3.327,272", "3327.272"), ("htx", "htx"), ("", ""),
    ],
)  # fmt: skip
def test_number_tokens_have_one_spelling(token, number):
    assert canonical_number(token) == number


def test_syllables_keep_marks_and_numbers():
    assert syllables("HTX Hoà Bình: 1,5 tỷ; 08/2019") == ["htx", "hòa", "bình", "1,5", "tỷ", "08", "2019"]
    assert syllables(unicodedata.normalize("NFD", "Uỷ ban Đ")) == ["ủy", "ban", "đ"]


def test_slug_is_safe_in_an_address():
    assert slug("Kế hoạch số 151/KH-UBND (Ba Tơ)") == "ke-hoach-so-151-kh-ubnd-ba-to"


def test_words_are_counted_by_blanks():
    assert words(" một  hai\nba ") == 3


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("UBND TP. Bắc Kạn giao việc. Phòng Kinh tế làm.", ["UBND TP. Bắc Kạn giao việc.", "Phòng Kinh tế làm."]),
        ("Ở (TP. Bắc Kạn) có 5 HTX. H. Ba Tơ có 15.", ["Ở (TP. Bắc Kạn) có 5 HTX.", "H. Ba Tơ có 15."]),
        ("Tăng 1.234,5 triệu đồng. Năm 2025 đạt 50%.", ["Tăng 1.234,5 triệu đồng.", "Năm 2025 đạt 50%."]),
        ("Phần một; phần hai; phần ba", ["Phần một;", "phần hai;", "phần ba"]),
        ("Ông nói: “Được rồi.” Sau đó ký.", ["Ông nói: “Được rồi.”", "Sau đó ký."]),
        ("Vốn tăng (xem phụ lục.) Lãi giảm.", ["Vốn tăng (xem phụ lục.)", "Lãi giảm."]),
        ("**Đậm.** Tiếp.", ["**Đậm.**", "Tiếp."]),
        ("Dòng một\nDòng hai", ["Dòng một", "Dòng hai"]),
        ("Chè, gạo, cá... và rau. - Gạch", ["Chè, gạo, cá... và rau.", "- Gạch"]),
        ("  có dấu cách  ", ["có dấu cách"]),
        ("", []), (" ; ; ", []),
    ],
)  # fmt: skip
def test_sentences(text, parts):
    assert cut(text) == parts


@given(TEXTS)
def test_sentences_cover_all_words_in_order(text):
    spans = sentences(text)
    assert all(a < b and text[a:b] == text[a:b].strip() for a, b in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    outside = "".join(text[a:b] for a, b in zip([0, *(end for _, end in spans)], [*(start for start, _ in spans), len(text)], strict=True))
    assert not outside.strip().strip("; \n")


@given(TEXTS)
def test_no_text_makes_a_routine_fail(text):
    for routine in (normalize, fold, has_accents, syllables, words, slug):
        routine(text)
    for token in syllables(text):
        canonical_number(token)
