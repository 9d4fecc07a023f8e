"""Accent restoration: the likeliest marked form of a text typed without accents, from the library's own syllable pairs.

A bigram model with add-one style smoothing, decoded by Viterbi over the marked forms that were seen for each bare syllable.
"""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import pairwise

from knowledge.text import TOKEN, fold, normalize, syllables

_SINGLE, _PAIR = 0.2, 1.0  # weight of a syllable's own count beside that of its pair with the one before
_CANDIDATES = 12


class Accents:
    """A model built once per state of the library."""

    def __init__(self, texts: Iterable[str], likely: Iterable[str] = ()) -> None:
        """`texts` give the counts; the words of `likely` (question words, which papers do not use) count as frequent."""
        self._single: Counter[str] = Counter()
        self._pair: Counter[tuple[str, str]] = Counter()
        for text in texts:
            found = syllables(text)
            self._single.update(found)
            self._pair.update(pairwise(found))
        common = max(self._single.values(), default=1)
        for phrase in likely:
            found = syllables(phrase)
            for syllable in found:
                self._single[syllable] = max(self._single[syllable], common // 2)
            for pair in pairwise(found):
                self._pair[pair] = max(self._pair[pair], common // 8)
        self._forms: dict[str, list[str]] = defaultdict(list)
        for form, _ in self._single.most_common():
            if form[0].isalpha() and len(self._forms[fold(form)]) < _CANDIDATES:
                self._forms[fold(form)].append(form)

    def restore(self, text: str) -> str:
        """The text in lower case with marks put on; syllables never seen and those that have marks stay as typed."""
        text = normalize(text)
        tokens = [(m.group().lower(), m.span()) for m in TOKEN.finditer(text)]
        if not tokens:
            return text
        columns = [self._candidates(token) or [token] for token, _ in tokens]
        scores = [{form: self._own(form) for form in columns[0]}]
        back: list[dict[str, str]] = [{}]
        for before, column in pairwise(columns):
            row: dict[str, float] = {}
            origin: dict[str, str] = {}
            for form in column:
                last = max(before, key=lambda b: scores[-1][b] + self._joined(b, form))
                row[form] = scores[-1][last] + self._joined(last, form) + self._own(form)
                origin[form] = last
            scores.append(row)
            back.append(origin)
        form = max(scores[-1], key=lambda f: scores[-1][f])
        chosen = [form]
        for origin in back[:0:-1]:
            form = origin[form]
            chosen.append(form)
        result, end = [], 0
        for (_, span), form in zip(tokens, reversed(chosen), strict=True):
            result.append(text[end : span[0]])
            result.append(form)
            end = span[1]
        return "".join([*result, text[end:]])

    def _candidates(self, token: str) -> list[str]:
        """Marked forms of a syllable without marks; those of one with no mark but đ ("đong") begin with đ too."""
        if not token.replace("đ", "d").isascii():
            return []
        forms = self._forms.get(fold(token), [])
        return [form for form in forms if all(own == "đ" for own, typed in zip(form, token, strict=False) if typed == "đ")]

    def _own(self, form: str) -> float:
        return _SINGLE * math.log1p(self._single[form])

    def _joined(self, before: str, form: str) -> float:
        return _PAIR * math.log1p(4 * self._pair[(before, form)])
