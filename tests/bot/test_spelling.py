import pytest

from bot.spelling import from_english, language_of, spell


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("How many cooperatives are there in Meo Vac?", "en"),
        ("How many cooperatives does Mèo Vạc district have?", "en"),
        ("Which department is responsible for training?", "en"),
        ("Huyện Mèo Vạc có bao nhiêu HTX?", "vi"),
        ("huyen meo vac co bao nhieu htx", "vi"),
        ("htx bn thanh vien", "vi"),
        ("12345 ???", "vi"),
        ("", "vi"),
    ],
)
def test_language(text, language):
    assert language_of(text) == language


def test_chat_spelling_is_written_out():
    assert spell("huyện có bn htx") == "huyện có bao nhiêu htx"


@pytest.mark.parametrize(
    ("text", "spelt"),
    [
        ("nam 2031 lap may htx vay", "nam 2031 lap may htx vậy"),
        ("co may htx vay ad?", "co may htx vậy anh chị?"),
        ("htx nao duoc vay", "htx nao duoc vay"),
        ("htx muon vay von", "htx muon vay von"),
        ("HTX được vay?", "HTX được vay?"),
    ],
)
def test_a_closing_particle_is_no_loan(text, spelt):
    assert spell(text) == spelt


def test_other_words_capitals_and_signs_stay_as_typed():
    text = "HTX Mật ong Bạc Hà: 3,2 tỷ (năm 2030)?"
    assert spell(text) == text


def test_capitals_are_no_chat_spelling():
    assert spell("BN") == "BN"


def test_english_takes_the_longest_phrase():
    assert "hợp tác xã" in from_english("how many cooperatives are active")
    assert "bao nhiêu" in from_english("how many cooperatives are active")


def test_english_plural_and_past_forms_are_known():
    assert from_english("members") == from_english("member")


def test_english_keeps_names_and_numbers():
    translated = from_english("charter capital of Lung Phin in 2031")
    assert "Lung Phin" in translated
    assert "2031" in translated


def test_possessive_is_no_word():
    assert "'s" not in from_english("the district's plan")
