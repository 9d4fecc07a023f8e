import pytest

from bot.history import user_turns


def test_strings_are_the_users_turns():
    assert user_turns(["một", "hai"]) == ("một", "hai")


def test_only_the_users_turns_of_a_dialogue_are_taken():
    assert user_turns([{"role": "user", "content": "hỏi"}, {"role": "assistant", "content": "đáp"}]) == ("hỏi",)


@pytest.mark.parametrize("turn", [1, None, {"role": "user"}, {"role": 1, "content": "x"}, ["x"]])
def test_anything_else_is_an_error(turn):
    with pytest.raises(ValueError, match="history"):
        user_turns([turn])
