"""Askings of a library: how like a question is to those known to be answered by a paragraph, by words and by meaning."""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from bot.match import REWORDED, SCATTERED, Asked, Match
from bot.weights import Weights
from knowledge import askings
from knowledge.embedding import embeddings
from knowledge.library import Library
from knowledge.model import Passage
from knowledge.terms import pairs, terms

FEATURES = ("asking", "asking_vector", "asking_best", "asking_known")
_SAME = 0.5  # share of the askings whose paragraphs a paper must have for them to be of it
FOREMOST = 12  # paragraphs that are looked at for their askings alone
_LEAST = 1e-3  # what is divided by, where nothing is alike
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Likeness:
    """How like a question is to the askings of each paragraph (0..1 each), by (document id, anchor)."""

    index: dict[tuple[str, str], int]
    words: Floats
    vectors: Floats

    def measured(self, match: Match) -> Match:
        """The match with the likeness of its paragraph, by words, by meaning and both against the best, and whether askings of it are known, as FEATURES.

        Its own words count as one more asking: a paragraph of which none is known is compared by them.
        """
        at = self.index.get((match.document.id, match.hit.passage.anchor))
        covered, spoken, vectors = (match.features[name] for name in ("covered", "precision", "vector_own"))
        words = 2 * covered * spoken / max(covered + spoken, _LEAST)
        if at is not None:
            words, vectors = max(words, float(self.words[at])), max(vectors, float(self.vectors[at]))
        return replace(
            match, features={**match.features, **dict(zip(FEATURES, (words, vectors, (words + vectors) / self._best, float(at is not None)), strict=True))}
        )

    @cached_property
    def _best(self) -> float:
        """The greatest likeness there is, by words and meaning together."""
        return max(float((self.words + self.vectors).max(initial=0.0)), _LEAST)

    def foremost(self) -> list[tuple[str, str]]:
        """The paragraphs whose askings are most like the question."""
        both = self.words + self.vectors
        keys = list(self.index)
        return [keys[at] for at in np.argsort(-both, kind="stable")[:FOREMOST] if both[at] > 0]


class Askings:
    """All askings of a library's papers, prepared for comparison; kept per state of the library. Without `known` there are none."""

    def __init__(self, library: Library, weights: Weights, known: bool = True) -> None:
        self._weights = weights
        self.documents: set[str] = set()  # ids of the papers that have askings
        self.passages: dict[tuple[str, str], list[Passage]] = defaultdict(list)
        texts: list[str] = []
        self._of: list[int] = []  # for each asking and paragraph, the paragraph
        self._row: list[int] = []  # ... and the asking
        index: dict[tuple[str, str], int] = {}
        for document in library.documents().values():
            of_paper = askings.of(document) if known else ()
            if not of_paper:
                continue
            passages = library.all_passages(document.id)
            anchors = frozenset(passage.anchor for passage in passages)
            if sum(asking.anchors[0] in anchors for asking in of_paper) < _SAME * len(of_paper):
                continue  # a paper of that number with another numbering
            self.documents.add(document.id)
            for passage in passages:
                self.passages[document.id, passage.anchor].append(passage)
            for asking in of_paper:
                for anchor in askings.placed(asking, anchors):
                    self._of.append(index.setdefault((document.id, anchor), len(index)))
                    self._row.append(len(texts))
                texts.append(asking.text)
        self._index = index
        self._names = sorted({document for document, _ in index})
        self._document_of = np.array([self._names.index(document) for document, _ in index], np.intp)
        self.texts = texts
        self._vectors: Floats = np.asarray(embeddings().embed_documents(texts), np.float32) if texts else np.zeros((0, 1), np.float32)
        having: dict[str, list[int]] = defaultdict(list)
        norms = np.zeros(len(texts), np.float32)
        for row, text in enumerate(texts):
            own = terms(text)
            norms[row] = sum(weights.of((t,)) for t in set(own))
            for form in {*own, *pairs(own)}:
                having[form].append(row)
        self._rows = {form: np.array(rows) for form, rows in having.items()}  # term or pair -> askings that have it
        self._norms = np.maximum(norms, _LEAST)

    def like(self, asked: Asked, documents: Collection[str]) -> Likeness:
        """The likeness of a question to all askings of `documents` (ids)."""
        words = self._words(asked)
        vectors = self._vectors @ asked.vector if self.texts else np.zeros(0, np.float32)
        inside = np.array([document in documents for document in self._names], np.float32)[self._document_of]
        return Likeness(self._index, inside * self._best(words), inside * self._best(vectors))

    def _best(self, values: Floats) -> Floats:
        """The best asking of each paragraph."""
        best = np.zeros(len(self._index), np.float32)
        np.maximum.at(best, self._of, values[self._row])
        return best

    def _words(self, asked: Asked) -> Floats:
        """The harmonic mean of how far each asking covers the question's concepts, and the question its terms."""
        size = len(self.texts)
        covered = np.zeros(size, np.float32)
        for concept, heavy in zip(asked.question.concepts, asked.heavy, strict=True):
            met = np.zeros(size, np.float32)
            for form, worth in ((concept.terms, 1.0), *((other, REWORDED) for other in concept.others)):
                apart = self._having(form)
                whole = self._having(pairs(form)) if len(form) > 1 else apart
                met = np.maximum(met, np.where(whole, worth, np.where(apart, SCATTERED, 0.0)))
            covered += heavy * met
        spoken = np.zeros(size, np.float32)
        for term in asked.terms:
            if term in self._rows:
                spoken[self._rows[term]] += self._weights.of((term,))
        covered /= asked.total
        spoken /= self._norms
        mean: Floats = np.asarray(2 * covered * spoken / np.maximum(covered + spoken, _LEAST), np.float32)
        return mean

    def _having(self, forms: tuple[str, ...] | list[str]) -> NDArray[np.bool_]:
        """Which askings have all of some terms or pairs."""
        found = np.ones(len(self.texts), np.bool_)
        for form in forms:
            has = np.zeros(len(self.texts), np.bool_)
            if form in self._rows:
                has[self._rows[form]] = True
            found &= has
        return found
