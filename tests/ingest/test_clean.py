import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ingest.clean import clean, strip_marks


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("**Số HTX:** 36 *HTX*", "Số HTX: 36 HTX"), ("## **1. Tình hình**", "1. Tình hình"), ("\\* *Kết quả*", "Kết quả"), ("> trích `mã`", "trích mã"),
        ("TCKH<sub>(V.Phối)</sub>.", "TCKH(V.Phối)."), ("uỷ ban, hoà bình", "ủy ban, hòa bình"), ("a  \t b\nc\u00a0d", "a b c d"),
        ("hợp\u200b tác\u00ad xã\ufeff", "hợp tác xã"), ("Có 5 HTX , 10 % vốn .", "Có 5 HTX, 10% vốn."), ("trồng trồng trồng rau", "trồng rau"),
        ("tổng số số HTX", "tổng số HTX"), ("của của", "của"), ("0 0 0 5", "0 0 0 5"), ("lm_htx@bac-giang.vn", "lm_htx@bac-giang.vn"), ("_nghiêng_", "nghiêng"),
        ("tiêu thủ công", "tiểu thủ công"), ("phần đầu đến 2025", "phấn đấu đến 2025"), ("phần đầu tư", "phần đầu tư"), ("HXT", "HTX"), ("", ""), ("**", ""),
    ],
)  # fmt: skip
def test_clean(source, cleaned):
    assert clean(source) == cleaned
    assert clean(unicodedata.normalize("NFD", source)) == cleaned


def test_marks_are_stripped_and_words_left():
    assert strip_marks("### *Nơi* nhận:") == "Nơi nhận:"


@given(st.text(st.one_of(st.sampled_from("*#_\\ >`\n.,:;%()aáAđhợp tác"), st.characters())))
def test_any_text_is_cleaned_and_trimmed(text):
    cleaned = clean(text)
    assert cleaned == cleaned.strip()
    assert "  " not in cleaned
    assert "\n" not in cleaned
