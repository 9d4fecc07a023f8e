import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.accents import Accents
from knowledge.text import fold, normalize

TEXTS = [
    "Hợp tác xã có thành viên góp vốn. Hợp tác xã họp đại hội thành viên mỗi năm.",
    "Huyện hỗ trợ vốn cho hợp tác xã; hộ nghèo được vay vốn.",
    "Đại hội bầu hội đồng quản trị. Số thành viên năm nay là 1.234,5.",
]
MODEL = Accents(TEXTS, likely=["bao nhiêu", "là gì"])


@pytest.mark.parametrize(
    ("typed", "restored"),
    [
        ("hop tac xa", "hợp tác xã"), ("ho tro von", "hỗ trợ vốn"), ("ho ngheo vay von", "hộ nghèo vay vốn"), ("dai hoi thanh vien", "đại hội thành viên"),
        ("bao nhieu thanh vien", "bao nhiêu thành viên"), ("Hội đong quan tri", "hội đồng quản trị"), ("HOP TAC XA!", "hợp tác xã!"),
        ("1.234,5 xyz, hop", "1.234,5 xyz, hợp"), ("hỗ tro", "hỗ trợ"), ("", ""), ("?!", "?!"),
    ],
)  # fmt: skip
def test_marks_are_put_on(typed, restored):
    assert MODEL.restore(typed) == restored
    assert MODEL.restore(unicodedata.normalize("NFD", typed)) == restored


def test_what_has_marks_stays_as_typed():
    assert MODEL.restore("hờp tác xã") == "hờp tác xã"


def test_a_model_of_nothing_changes_nothing_but_case():
    assert Accents([]).restore("Hop tac xa 5") == "hop tac xa 5"


@given(st.text(st.one_of(st.sampled_from("hoptacxvien đĐ 15.,"), st.characters())))
def test_restoring_only_adds_marks(text):
    assert fold(MODEL.restore(text)) == fold(normalize(text))
