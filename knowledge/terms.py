"""Matching terms: folded syllables and numbers, abbreviations written out, names of one meaning as one term."""

from functools import lru_cache

from knowledge import lexicon
from knowledge.text import TOKEN, canonical_number, fold

Spanned = tuple[str, tuple[int, int]]


@lru_cache(maxsize=65536)
def terms(text: str) -> tuple[str, ...]:
    """Terms in order: "HTX có 08 thành viên" and "hợp tác xã có 8 thành viên" give the same."""
    return tuple(term for term, _ in spanned_terms(text))


def spanned_terms(text: str) -> list[Spanned]:
    """Like `terms`, with the span of each term in `text` (which should be NFC)."""
    expansions = lexicon.expansions()
    found: list[Spanned] = []
    for m in TOKEN.finditer(fold(text)):
        token = canonical_number(m.group())
        found.extend((part, m.span()) for part in expansions.get(token, (token,)))
    return _merge(found)


def _merge(found: list[Spanned]) -> list[Spanned]:
    names = lexicon.names()
    result: list[Spanned] = []
    i = 0
    while i < len(found):
        for size in range(min(lexicon.LONGEST_NAME, len(found) - i), 1, -1):
            name = names.get(tuple(term for term, _ in found[i : i + size]))
            if name is not None:
                result.append((name, (found[i][1][0], found[i + size - 1][1][1])))
                i += size
                break
        else:
            result.append(found[i])
            i += 1
    return result


def pairs(items: tuple[str, ...] | list[str]) -> list[str]:
    """Neighbouring terms joined by "_": the cheapest stand-in for Vietnamese words of two syllables."""
    return [f"{a}_{b}" for a, b in zip(items, items[1:], strict=False)]
