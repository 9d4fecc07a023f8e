"""Rank: order hits by a linear score over the features of bot.match, with weights learned by eval/train_ranker.py."""

import json
import math
from dataclasses import replace
from functools import cache
from pathlib import Path

from bot.match import FEATURES, Match

_FILE = Path(__file__).with_name("weights.json")


@cache
def _weights() -> dict[str, dict[str, float]]:
    weights: dict[str, dict[str, float]] = json.loads(_FILE.read_text("utf-8"))
    return weights


def rank(matches: list[Match]) -> list[Match]:
    """Best first, each with its score."""
    weights = _weights()["rank"]
    scored = [replace(m, score=sum(weights[name] * m.features[name] for name in FEATURES)) for m in matches]
    return sorted(scored, key=lambda m: -m.score)


def confidence(ranked: list[Match], facts: dict[str, float]) -> float:
    """The chance (0..1) that the first match answers the question, from its features and `facts` about the whole list."""
    if not ranked:
        return 0.0
    weights = _weights()["answerable"]
    values = {**ranked[0].features, **facts, "score": ranked[0].score}
    total = weights["bias"] + sum(w * values.get(name, 0.0) for name, w in weights.items() if name != "bias")
    return 1.0 / (1.0 + math.exp(-max(-30.0, min(30.0, total))))
