"""Weights of terms: what a word of a question tells, by its rarity in the library and in Vietnamese at large."""

import itertools
from math import log

from bot.statement import Statement
from knowledge.library import Library
from knowledge.rarity import rarity

AT_LARGE = 1.0  # how far rarity at large tempers rarity in the library (1: fully)


class Weights:
    """Weights of terms by their rarity in the library (log(N / n)) and in Vietnamese at large, kept per state of the library."""

    def __init__(self, library: Library) -> None:
        self._words = library.words
        self._size = max(1, library.words.size)
        self._known: dict[tuple[str, ...], float] = {}
        self._of_statement: dict[str, tuple[dict[str, float], float]] = {}

    def seen(self, phrase: tuple[str, ...]) -> bool:
        """True when the library has all pairs (or the one term) of a phrase."""
        if len(phrase) == 1:
            return self._words.frequency("text", phrase[0]) > 0
        return all(self._words.frequency("pairs", f"{a}_{b}") for a, b in itertools.pairwise(phrase))

    def of(self, phrase: tuple[str, ...]) -> float:
        """The weight of a phrase of one or two terms; one that never occurs weighs most."""
        weight = self._known.get(phrase)
        if weight is None:
            if len(phrase) == 1:
                count = self._words.frequency("text", phrase[0])
            else:
                count = min(self._words.frequency("pairs", f"{a}_{b}") for a, b in itertools.pairwise(phrase))
            here = log((self._size + 1) / (count + 0.5)) / log(self._size + 2)
            # A word that is common in Vietnamese at large says little even when this library hardly has it.
            at_large = min(rarity(phrase), max(rarity((t,)) for t in phrase) + 0.25)
            weight = max(0.02, here * min(1.0, at_large * AT_LARGE))
            self._known[phrase] = weight
        return weight

    def spoken_of(self, statement: Statement, asked: frozenset[str]) -> float:
        """Share (0..1) of a statement's own weight that the terms asked speak of: a short one on the point beats a long one."""
        kept = self._of_statement.get(statement.passage.id)
        if kept is None:
            heavy = {t: self.of((t,)) for t in statement.places if not t[0].isdigit()}
            kept = self._of_statement[statement.passage.id] = (heavy, sum(heavy.values()) or 1.0)
        heavy, total = kept
        return sum(w for t, w in heavy.items() if t in asked) / total
