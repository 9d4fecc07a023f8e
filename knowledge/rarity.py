"""Rarity: how rare a term or a pair is in Vietnamese law at large (rarity.txt, made by eval/train_rarity.py)."""

from functools import cache
from pathlib import Path

_FILE = Path(__file__).with_name("rarity.txt")


@cache
def _table() -> dict[str, float]:
    return {term: int(score) / 99 for term, _, score in (line.partition(" ") for line in _FILE.read_text("utf-8").splitlines())}


def rarity(phrase: tuple[str, ...]) -> float:
    """0 (in every line of the law) to 1 (hardly ever) for a phrase of one or two terms."""
    return _table().get("_".join(phrase), 1.0)
