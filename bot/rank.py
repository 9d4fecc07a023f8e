"""Rank: order hits by learned linear scores - first by the features of bot.match, then the best ones by their open slots too.

The weights are learned by eval/train_ranker.py. Matches that were measured as provisions of law too (bot.provisions) have weights of
their own, learned by eval/train_law.py.
"""

import json
import math
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.match import FEATURES, Match
from bot.provisions import CHANGE
from bot.provisions import FEATURES as LAW_FEATURES
from bot.slots import decided

_FILE = Path(__file__).with_name("weights.json")
DEFINES = 4.0  # for a sentence that says what a thing is when that is asked; the development questions are too few to learn it from
TELLS_CHANGE = 6.0  # for a sentence that sets two laws side by side when their difference is asked for; in the answer's chance it counts a third
LAW_NAMES = (*FEATURES, "defines", *LAW_FEATURES)
LOOKED_AT = 5  # matches whose slots are looked at; the right one was among them for 97 of 100 development questions

LAW_LOOKED_AT = 12  # provisions are many and alike: the one with the figure asked for may stand behind others of its article


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(_FILE.read_text("utf-8"))
    return weights


def weights_of(part: str) -> dict[str, float]:
    """The learned weights of a part ("rank", "slots", "answerable", "law", "law_answerable"), by the names of what they weigh; {} before it was learned."""
    return _weights().get(part, {})


def forget() -> None:
    """Read the weights anew at the next ranking: they were learned meanwhile."""
    _weights.cache_clear()


def first(matches: list[Match]) -> list[Match]:
    """Best first by features alone, each with its score."""
    if matches and of_law(matches[0]):
        weights = weights_of("law")
        scored = [replace(m, score=sum(weights.get(name, 0.0) * m.features[name] for name in LAW_NAMES) + TELLS_CHANGE * m.features[CHANGE]) for m in matches]
        return sorted(scored, key=lambda m: -m.score)
    weights = _weights()["rank"]
    scored = [replace(m, score=sum(weights.get(name, 0.0) * m.features[name] for name in FEATURES) + DEFINES * m.features["defines"]) for m in matches]
    return sorted(scored, key=lambda m: -m.score)


def of_law(match: Match) -> bool:
    """True for a match that was measured as a provision of law."""
    return LAW_FEATURES[0] in match.features


def rank(matches: list[Match], slots: Callable[[Match], dict[str, float]]) -> list[Match]:
    """Best first, the foremost ones with their open slots counted against them."""
    ordered = first(matches)
    weights = _weights()["slots"]
    looked = []
    looked_at = LAW_LOOKED_AT if ordered and of_law(ordered[0]) else LOOKED_AT
    for m in ordered[:looked_at]:
        opened = slots(m)
        looked.append(replace(m, slots=opened, score=m.score + sum(weights.get(name, 0.0) * value for name, value in opened.items())))
    return [*sorted(looked, key=lambda m: -m.score), *ordered[looked_at:]]


def confidence(ranked: list[Match], facts: dict[str, float]) -> float:
    """The chance (0..1) that the first match answers the question, from its features, its slots and `facts` about the whole list."""
    if not ranked or decided(ranked[0].slots, of_law(ranked[0])):
        return 0.0
    weights = weights_of("law_answerable" if of_law(ranked[0]) else "answerable")
    values = {**ranked[0].features, **ranked[0].slots, **facts, "score": ranked[0].score}
    total = weights.get("bias", 0.0) + sum(w * values.get(name, 0.0) for name, w in weights.items() if name != "bias")
    total += TELLS_CHANGE / 3 * values.get(CHANGE, 0.0)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
