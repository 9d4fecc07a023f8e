"""Matching terms: folded syllables and numbers, abbreviations written out, names of one meaning as one term."""

from functools import lru_cache
from itertools import pairwise

from knowledge import lexicon
from knowledge.text import TOKEN, canonical_number, fold

Spanned = tuple[str, tuple[int, int]]


@lru_cache(maxsize=65536)
def terms(text: str) -> tuple[str, ...]:
    """Terms in order: "HTX có 08 thành viên" and "hợp tác xã có 8 thành viên" give the same."""
    return tuple(term for term, _ in spanned_terms(text))


def spanned_terms(text: str) -> list[Spanned]:
    """Like `terms`, with the span of each term in `text` (which should be NFC)."""
    single, several = lexicon.expansions(), lexicon.long_expansions()
    tokens = [(canonical_number(m.group()), m.span()) for m in TOKEN.finditer(fold(text))]
    found: list[Spanned] = []
    i = 0
    while i < len(tokens):
        token, span = tokens[i]
        size, full = 1, single.get(token, (token,))
        for short, written_out in several.get(token, ()):
            if short == tuple(token for token, _ in tokens[i : i + len(short)]):
                size, full = len(short), written_out
                break
        found.extend((part, (span[0], tokens[i + size - 1][1][1])) for part in full)
        i += size
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
    return [f"{a}_{b}" for a, b in pairwise(items)]
