"""A site's own place: questions that name no place are asked of it."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import Any

from bot.answer import Answer
from bot.intents import asks_norm, intent_of
from bot.pipeline import Assistant
from bot.understand import NOTHING
from knowledge import lawnumbers, places
from knowledge.model import Place
from knowledge.text import normalize

Told = Callable[[str, dict[str, object]], None]
_UNSAID = {"not_found", "clarify"}
_PLACELESS = {"definition", "smalltalk", "attack", "out_of_scope"}  # intents


def place_of(words: str, known: tuple[Place, ...] = ()) -> str:
    """The one place that these words name and nothing beside it, "huyện Ba Tơ"; "" for anything else, so that no other words get into a question.

    `known` adds places of the library's papers to those of the gazetteer.
    """
    said = " ".join(normalize(words).split())
    found = places.find(said, known)
    if len(found) != 1 or len(said[: found[0].span[0]].split()) > 2 or said[found[0].span[1] :]:
        return ""
    before = said[: found[0].span[0]].strip()
    return said if not before or found[0].said else ""


def places_of(assistant: Assistant) -> tuple[Place, ...]:
    """The places of the library's papers."""
    return tuple({d.place: None for d in assistant.library.documents().values()})


def ask_at(
    assistant: Assistant, place: str, question: str, turns: Sequence[str], told: Told = lambda event, data: None, forgotten: Mapping[Any, int] = NOTHING
) -> Answer:
    """Answer a question, of `place` when neither it nor the turns before it name another; turns whose place is `forgotten` name none.

    What the law lays down is the same everywhere: such a question is asked as it is, and so is one that the place's papers do not
    answer when national texts do. An answer on another place is never given instead. The answer is not said to be about `place`: nobody named
    it, so nobody can take it back.
    """
    known = places_of(assistant)
    everywhere = asks_norm(question) or lawnumbers.find(question) or intent_of(question, question, 0) in _PLACELESS
    if not place or everywhere or any(places.find(said, known) for said in (question, *turns[forgotten.get("place", 0) :])):
        return assistant.ask(question, turns, told, forgotten=forgotten)
    answer = assistant.ask(f"{question} ({place})", turns, told, forgotten=forgotten)
    if answer.status not in _UNSAID:
        return _unplaced(answer, place)
    other = assistant.ask(question, turns, forgotten=forgotten)
    national = other.citations and all(c.document.place.level == "country" for c in other.citations)
    return other if other.status not in _UNSAID and national else _unplaced(answer, place)


def _unplaced(answer: Answer, place: str) -> Answer:
    if answer.about is None:
        return answer
    subject = "" if answer.about.subject.startswith(place) else answer.about.subject  # the place in its brackets is no earlier question
    return replace(answer, about=replace(answer.about, places=(), subject=subject))
