"""Restate: the language model turns a message into stand-alone Vietnamese questions - English, follow-ups, several questions in one message.

The built-in way answers what comes of it; what the model adds of its own makes its reading worth nothing, and the message stands as typed.
"""

from collections.abc import Sequence

from bot.llm import prompt
from bot.llm.model import Model, ModelDown
from bot.llm.reply import questions_of
from bot.several import MOST
from bot.spelling import language_of
from knowledge import attack, lawnumbers, numbers, places
from knowledge.model import Place
from knowledge.text import canonical_number, fold, syllables, words

_LONG = 14  # words from which a message may hold several questions that no mark parts
_TURNS = 6  # earlier turns that are sent
_LONGEST = 400  # characters of a question


class Restater:
    """Reads messages with a language model. Safe to use from several threads."""

    def __init__(self, model: Model) -> None:
        self._model = model

    def questions(self, message: str, history: Sequence[str], known: tuple[Place, ...]) -> list[str]:
        """The message as stand-alone questions, [] when the built-in way reads it as well or the model does not serve. `known` are the library's places."""
        if not worth(message, history):
            return []
        earlier = [turn for turn in history if not attack.commands(turn)][-_TURNS:]
        try:
            found = questions_of(self._model.reply(prompt.restating(message, earlier)))
        except ModelDown:
            return []
        said = " ".join([message, *earlier])
        return found if 0 < len(found) <= MOST and all(faithful(q, said, known) for q in found) else []


def worth(message: str, history: Sequence[str]) -> bool:
    """True for what a language model reads better, as measured: English, follow-ups, and long messages."""
    return not attack.commands(message) and (bool(history) or language_of(message) == "en" or words(message) >= _LONG)


def faithful(question: str, said: str, known: tuple[Place, ...]) -> bool:
    """True when a question names no figure, year, document number or place that was not said."""
    if len(question) > _LONGEST or attack.commands(question):
        return False
    tokens = {canonical_number(t) for t in syllables(said)}
    figures = {canonical_number(t) for t in syllables(question) if t[:1].isdigit()}
    own = {n.key for n in lawnumbers.find(said)} | {str(n.number) for n in lawnumbers.find(said)}
    plain = fold(said)
    return (
        figures <= tokens
        and set(numbers.years(question)) <= set(numbers.years(said)) | {int(t) for t in tokens if t.isdecimal()}
        and all(n.key in own or str(n.number) in own for n in lawnumbers.find(question))
        and all(fold(m.place.name) in plain for m in places.find(question, known))
    )
