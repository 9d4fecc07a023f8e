"""About: what a question was understood to be about - place, time and subject - said so that a person can check it and take it back."""

from collections.abc import Iterable

from bot.answer import About
from bot.phrase import place_inside
from bot.question import Question
from knowledge.model import Document
from knowledge.places import PlaceMention, related

_MOST_CONCEPTS = 5  # words of an earlier turn that name the subject
_LEVELS = {"province": "tỉnh", "district": "huyện", "commune": "xã"}


def about_of(question: Question, documents: Iterable[Document]) -> About | None:
    """Place, years and subject of a question on the papers; None for small talk, attacks and other topics."""
    if question.intent in {"smalltalk", "attack", "out_of_scope"}:
        return None
    places = tuple(_label(m, documents) for m in question.places)
    taken_over = [c.words for c in question.concepts if c.weight < 1] if "subject" in question.inherited else []
    subject = " ".join(taken_over[:_MOST_CONCEPTS])
    return About(places, question.years, subject, question.inherited)


def _label(mention: PlaceMention, documents: Iterable[Document]) -> str:
    """A place as its papers call it, else with its level."""
    own = next((d for d in documents if d.place.level != "country" and related(mention, d.place) == "same"), None)
    return place_inside(own) if own else f"{_LEVELS.get(mention.place.level, '')} {mention.place.name}".strip()
