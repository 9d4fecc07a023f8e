"""Tests of turns: work in the background waits while a question is answered."""

import threading

from bot.turns import Turns

_LONG = 5.0  # seconds after which a wait has gone wrong


def test_nobody_asks_nobody_waits():
    Turns().give_way()


def test_background_waits_for_every_question_and_for_those_that_fail():
    turns, went_on = Turns(), threading.Event()

    def background() -> None:
        turns.give_way()
        went_on.set()

    with turns.answering():
        try:
            with turns.answering():
                thread = threading.Thread(target=background)
                thread.start()
                raise ValueError
        except ValueError:
            pass
        assert not went_on.wait(0.05)
    assert went_on.wait(_LONG)
    thread.join(_LONG)
