import unicodedata

import pytest

from bot.loose import loose, plain
from knowledge.text import fold

PATTERN = loose(r"\b(?:hỗ trợ|được hưởng)\b")


@pytest.mark.parametrize("typed", ["hỗ trợ", "ho tro", "hô trơ", "hỗ tro", "HỖ TRỢ", "được hưởng", "duoc huong", "đuoc hương", "dược hưởng"])
def test_marks_may_be_missing(typed):
    for form in ("NFC", "NFD"):
        assert PATTERN.search(plain(f"em {unicodedata.normalize(form, typed)} gì"))


@pytest.mark.parametrize("typed", ["hổ trợ", "hồ trợ", "hỗ trở", "đường hướng"])
def test_other_marks_are_other_words(typed):
    assert not PATTERN.search(plain(typed))


def test_one_tone_style():
    assert loose(r"\bhòa\b").search(plain("hoà"))
    assert loose(r"\bhòa\b").search(plain(fold("Hoà")))
