"""A question as understood."""

from dataclasses import dataclass, field

from knowledge.lawnumbers import LawNumber
from knowledge.numbers import Quantity
from knowledge.places import PlaceMention

INTENTS = (
    "figure", "target", "support", "resolution", "responsibility", "list", "compare", "definition", "reason", "yesno", "text",
    "smalltalk", "attack", "out_of_scope",
)  # fmt: skip


@dataclass(frozen=True)
class Concept:
    """A word of the question that carries content.

    `terms` are its folded terms, `others` wordings that papers use for the same, `weight` what it counts (inherited ones less).
    """

    terms: tuple[str, ...]
    words: str
    weight: float = 1.0
    others: tuple[tuple[str, ...], ...] = ()


@dataclass(frozen=True)
class Question:
    """What was asked.

    `standalone` is the Vietnamese form that needs no history; `wants` the kind of answer: "money", "percent", "count", "date",
    "duration", "number" (any of these), "" for words; `given` are the figures that the question itself names.
    """

    asked: str
    standalone: str
    language: str
    intent: str
    wants: str
    noun: tuple[str, ...]
    concepts: tuple[Concept, ...]
    places: tuple[PlaceMention, ...]
    years: tuple[int, ...]
    numbers: tuple[LawNumber, ...]
    planned: bool | None
    accented: bool
    given: tuple[Quantity, ...] = ()
    history: tuple[str, ...] = ()
    inherited: tuple[str, ...] = field(default=())
