import pytest


@pytest.fixture
def ask(library):
    import datetime

    from bot.pipeline import Assistant

    assistant = Assistant(library, today=lambda: datetime.date(2031, 3, 1))
    return lambda *turns: assistant.ask(turns[-1], turns[:-1])


@pytest.mark.parametrize("typed", ["Mèo Vạc", "huyện Mèo Vạc?", "meo vac", "Còn Mèo Vạc thì sao?", "Mèo Vạc 2031"])
def test_a_bare_place_is_asked_back_with_choices_on_it(ask, typed):
    answer = ask(typed)
    assert answer.status == "clarify"
    assert "huyện Mèo Vạc" in answer.text
    assert answer.suggestions
    assert all("Mèo Vạc" in choice for choice in answer.suggestions)


@pytest.mark.parametrize("typed", ["HTX", "hợp tác xã", "bao nhiêu?", "thế còn?"])
def test_a_bare_word_is_asked_back(ask, typed):
    assert ask(typed).status == "clarify"


@pytest.mark.parametrize(
    "typed", ["Mèo Vạc có mấy HTX?", "HTX là gì?", "Giải thể HTX", "77/KH-UBND", "Huyện Yên Minh", "Xin chào", "Thời tiết hôm nay thế nào"]
)
def test_what_says_enough_is_not(ask, typed):
    assert ask(typed).status != "clarify"


def test_nobody_is_asked_back_twice(ask):
    assert ask("Mèo Vạc").status == "clarify"
    assert ask("Mèo Vạc", "Mèo Vạc").status != "clarify"


def test_a_choice_is_answered(ask):
    choice = ask("Mèo Vạc").suggestions[0]
    assert ask("Mèo Vạc", choice).status == "answered"


def test_a_bare_place_after_a_question_is_a_follow_up(ask):
    assert "41" in ask("Huyện Mèo Vạc có bao nhiêu hợp tác xã?", "Đồng Văn?").text
