"""Compounds: which neighbouring syllables are one word ("hộ nghèo"), by their association in a large text (compounds.txt)."""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

from knowledge import lexicon
from knowledge.terms import terms

_FILE = Path(__file__).with_name("compounds.txt")
_LEXICON = 30  # what a two-syllable entry of the lexicon counts when the large text does not show it as a word
_FLOOR = 26  # hundredths of NPMI from which a pair counts as a word; below, most are chance neighbours


@cache
def _table() -> dict[tuple[str, str], int]:
    table: dict[tuple[str, str], int] = {}
    for line in _FILE.read_text("utf-8").splitlines():
        a, b, score = line.split(" ")
        if int(score) >= _FLOOR:
            table[(a, b)] = int(score)
    entries = lexicon.load()
    for phrase in (*entries.synonyms, *(v for vs in entries.synonyms.values() for v in vs), *entries.english.values()):
        syllables = terms(phrase)
        if len(syllables) == 2:
            table.setdefault((syllables[0], syllables[1]), _LEXICON)
    return table


def association(a: str, b: str) -> int:
    """How strongly two folded terms belong together, 0 when they do not."""
    return _table().get((a, b), 0)


def segment(items: Sequence[str]) -> list[tuple[int, int]]:
    """Spans (start, end) of words of one or two terms, chosen so that the sum of associations is greatest."""
    best: list[tuple[float, int]] = [(0.0, 0)]
    for i in range(1, len(items) + 1):
        choice = (best[i - 1][0], 1)
        if i >= 2:
            score = association(items[i - 2], items[i - 1])
            if score and best[i - 2][0] + score > choice[0]:
                choice = (best[i - 2][0] + score, 2)
        best.append(choice)
    spans: list[tuple[int, int]] = []
    i = len(items)
    while i > 0:
        size = best[i][1]
        spans.append((i - size, i))
        i -= size
    return spans[::-1]
