import unicodedata

import pytest

from bot import comparing
from knowledge.text import fold


def forms(text):
    return (text, unicodedata.normalize("NFD", text), fold(text))


@pytest.mark.parametrize(
    "text", ["Bắc Kạn thì thua bao nhiêu cái?", "Số thành viên gấp mấy lần lao động?", "Bên nào nhỉnh hơn?", "Tổ hợp tác ở đó có bằng hợp tác xã không?"]
)
def test_words_that_set_things_beside(text):
    for written in forms(text):
        assert comparing.sets_beside(written), written


def test_two_numbers_asked_for_may_be_compared():
    text = "Huyện có bao nhiêu hợp tác xã, bao nhiêu tổ hợp tác?"
    assert comparing.may_compare(text)
    assert not comparing.sets_beside(text)


@pytest.mark.parametrize("text", ["Huyện có bao nhiêu hợp tác xã?", "Hồ sơ thành lập hợp tác xã gồm những gì?", "Thuê đất của huyện được không?"])
def test_a_question_for_one_thing(text):
    for written in (text, unicodedata.normalize("NFD", text)):
        assert not comparing.may_compare(written), written


@pytest.mark.parametrize(("text", "asked"), [("Năm 2023 gấp mấy lần năm 2022?", True), ("Hơn bao nhiêu lần?", True), ("Gặp mấy người?", False)])
def test_how_many_times(text, asked):
    assert comparing.times_over(text) is asked


@pytest.mark.parametrize("text", ["Gộp vốn của hai bên thì được bao nhiêu?", "Cộng dồn lại là mấy?", "Tổ hợp tác cộng với hợp tác xã là bao nhiêu?"])
def test_sums(text):
    assert comparing.sums(text)
    assert comparing.sums(fold(text))
