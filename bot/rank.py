"""Rank: order hits by learned linear scores - first by the features of bot.match, then the best ones by their open slots too.

The weights are learned by eval/train_ranker.py, for papers at large and for those whose askings are known (bot.askings). Matches that were
measured as provisions of law too (bot.provisions) have weights of their own, learned by eval/train_law.py.
"""

import json
import math
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.askings import FEATURES as ASKING_FEATURES
from bot.match import FEATURES, Match
from bot.provisions import CHANGE
from bot.provisions import FEATURES as LAW_FEATURES
from bot.slots import decided

_FILE = Path(__file__).with_name("weights.json")
DEFINES = 4.0  # for a sentence that says what a thing is when that is asked; the development questions are too few to learn it from
TELLS_CHANGE = 6.0  # for a sentence that sets two laws side by side when their difference is asked for; in the answer's chance it counts a third
LAWS = frozenset(["law", "new_law"])
KNOWN_NAMES = (*FEATURES, *ASKING_FEATURES)
LAW_NAMES = (*KNOWN_NAMES, "defines", *LAW_FEATURES)
LOOKED_AT = 5  # matches whose slots are looked at; the right one was among them for 97 of 100 development questions

LAW_LOOKED_AT = 12  # provisions are many and alike: the one with the figure asked for may stand behind others of its article


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(_FILE.read_text("utf-8"))
    return weights


def weights_of(part: str) -> dict[str, float]:
    """The learned weights of a part ("rank", "slots", "answerable", "known_rank", …, "law_answerable"), by names; {} before it was learned."""
    return _weights().get(part, {})


def forget() -> None:
    """Read the weights anew at the next ranking: they were learned meanwhile."""
    _weights.cache_clear()


def kind_of(matches: Sequence[Match]) -> str:
    """How a question's matches were measured: as provisions ("law", "new_law"), with known askings ("law", "known"), "" by bot.match alone."""
    if matches and LAW_FEATURES[0] in matches[0].features:
        return "law" if any(m.features[ASKING_FEATURES[-1]] for m in matches) else "new_law"
    return "known" if matches and ASKING_FEATURES[0] in matches[0].features else ""


def _part(kind: str, name: str) -> dict[str, float]:
    return weights_of(f"{kind}_{name}" if kind else name)


def first(matches: list[Match]) -> list[Match]:
    """Best first by features alone, each with its score."""
    kind = kind_of(matches)
    weights = _part(kind, "rank")
    given = {CHANGE: TELLS_CHANGE} if kind in LAWS else {"defines": DEFINES}
    weights = {**weights, **given}
    scored = [replace(m, score=sum(weight * m.features[name] for name, weight in weights.items())) for m in matches]
    return sorted(scored, key=lambda m: -m.score)


def rank(matches: list[Match], slots: Callable[[Match], dict[str, float]]) -> list[Match]:
    """Best first, the foremost ones with their open slots counted against them."""
    ordered, kind = first(matches), kind_of(matches)
    weights = _part("" if kind in LAWS else kind, "slots")
    looked = []
    looked_at = LAW_LOOKED_AT if kind in LAWS else LOOKED_AT
    for m in ordered[:looked_at]:
        opened = slots(m)
        looked.append(replace(m, slots=opened, score=m.score + sum(weights.get(name, 0.0) * value for name, value in opened.items())))
    return [*sorted(looked, key=lambda m: -m.score), *ordered[looked_at:]]


def confidence(ranked: list[Match], facts: dict[str, float]) -> float:
    """The chance (0..1) that the first match answers the question, from its features, its slots and `facts` about the whole list."""
    kind = kind_of(ranked)
    if not ranked or decided(ranked[0].slots, kind in LAWS):
        return 0.0
    if kind in LAWS and ranked[0].features["defines"]:
        return 1.0  # a provision that says what a thing is answers what it is
    weights = _part(kind, "answerable")
    values = {**ranked[0].features, **ranked[0].slots, **facts, "score": ranked[0].score}
    total = weights.get("bias", 0.0) + sum(w * values.get(name, 0.0) for name, w in weights.items() if name != "bias")
    total += TELLS_CHANGE / 3 * values.get(CHANGE, 0.0)
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
