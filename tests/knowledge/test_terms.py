import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge import lexicon
from knowledge.terms import pairs, spanned_terms, terms
from knowledge.text import normalize


@pytest.mark.parametrize(
    ("short", "full"),
    [
        ("HTX có 08 thành viên", "hợp tác xã có 8 thành viên"), ("841THT", "841 tổ hợp tác"), ("HTT", "tổ hợp tác"), ("KTTT", "Kinh tế tập thể"),
        ("LHHTX", "liên hiệp HTX"), ("LH HTX", "liên hiệp hợp tác xã"), ("LM-HTX", "Liên minh Hợp tác xã"), ("QTDND", "Quỹ tín dụng nhân dân"),
        ("quỹ TDND", "quỹ tín dụng nhân dân"), ("UBND huyện", "Uỷ ban nhân dân huyện"), ("hdnd", "HĐND"), ("MTTQ", "Mặt trận Tổ quốc"),
        ("phi NN", "phi nông nghiệp"), ("HTXNN", "hợp tác xã nông nghiệp"), ("Sở NN&PTNT", "Sở Nông nghiệp và Phát triển nông thôn"),
        ("KT-XH", "kinh tế - xã hội"), ("500 tr.đ", "500 triệu đồng"), ("TP Bắc Kạn", "thành phố Bắc Kạn"), ("1.234,5", "1234,5"), ("0,50", "0.5"),
    ],
)  # fmt: skip
def test_short_and_full_forms_give_the_same_terms(short, full):
    assert terms(short) == terms(full)
    assert terms(unicodedata.normalize("NFD", short)) == terms(full)


def test_marks_make_no_difference():
    assert terms("Hoà Bình, Đắk Lắk") == terms("hoa binh dak lak")


def test_a_name_is_one_term_and_a_part_of_it_another():
    assert terms("liên minh hợp tác xã") == ("lmhtx",)
    assert terms("hợp tác xã nông nghiệp") != terms("hợp tác xã phi nông nghiệp")


def test_spans_point_into_the_text():
    text = "Có 08 Hợp tác xã; LH HTX"
    assert [(term, text[a:b]) for term, (a, b) in spanned_terms(text)] == [("co", "Có"), ("8", "08"), ("htx", "Hợp tác xã"), ("lhhtx", "LH HTX")]


def test_pairs_join_neighbours():
    assert pairs(("a", "b", "c")) == ["a_b", "b_c"]
    assert pairs(()) == []


def test_the_longest_name_of_the_lexicon_fits():
    assert max(map(len, lexicon.names())) == lexicon.LONGEST_NAME


def test_every_abbreviation_is_read_as_its_full_form():
    unlike = {short: full for short, full in lexicon.load().abbreviations.items() if terms(short) != terms(full)}
    assert not unlike


@given(st.text())
def test_any_text_has_terms_within_it(text):
    composed = normalize(text)
    assert all(0 <= a < b <= len(composed) for _, (a, b) in spanned_terms(composed))
