"""A statement: a passage prepared for comparison with questions, once per passage."""

import itertools
import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from knowledge import lawnumbers, numbers
from knowledge.embedding import embeddings
from knowledge.model import Passage
from knowledge.numbers import Quantity
from knowledge.tense import planned
from knowledge.terms import spanned_terms, terms
from knowledge.text import fold

_FRONT_WORDS = 16  # a shorter line before the body is a date, a number or a title
_OFFICE = re.compile(r"\b(?:chu tri|giao|phoi hop|tham muu|phong|so|ubnd|lmhtx|ban|hoi|co quan)\b")


@dataclass(frozen=True)
class Statement:
    """A passage with what comparison needs. Positions count terms; `quantities` come with the position of their first term."""

    passage: Passage
    terms: tuple[str, ...]
    places: dict[str, tuple[int, ...]]
    context: frozenset[str]
    context_pairs: frozenset[str]
    context_terms: tuple[str, ...]
    quantities: tuple[tuple[Quantity, int], ...]
    years: frozenset[int]
    periods: tuple[tuple[int, int], ...]
    context_years: frozenset[int]
    context_periods: tuple[tuple[int, int], ...]
    before_years: frozenset[int]
    dates: int
    document_dates: int
    numbers: tuple[lawnumbers.LawNumber, ...]
    planned: bool
    vector: NDArray[np.float32]
    heading_terms: frozenset[str]
    last_heading_terms: frozenset[str]
    label_terms: frozenset[str]
    office: bool
    list_like: bool

    def has(self, phrase: tuple[str, ...]) -> bool:
        """True when the terms of `phrase` stand next to one another in the text."""
        return bool(self.at(phrase))

    def at(self, phrase: tuple[str, ...]) -> tuple[int, ...]:
        """Positions where `phrase` begins."""
        starts = self.places.get(phrase[0], ())
        size = len(phrase)
        return starts if size == 1 else tuple(i for i in starts if self.terms[i : i + size] == phrase)

    def in_context(self, phrase: tuple[str, ...]) -> bool:
        """True when `phrase` stands in the headings or sentences around the text."""
        if len(phrase) == 1:
            return phrase[0] in self.context
        return all(f"{a}_{b}" in self.context_pairs for a, b in itertools.pairwise(phrase))


@lru_cache(maxsize=20_000)
def prepare(passage: Passage) -> Statement:
    """The Statement of a passage."""
    spanned = spanned_terms(passage.text)
    own = tuple(term for term, _ in spanned)
    starts = [span[0] for _, span in spanned]
    positions: dict[str, list[int]] = {}
    for i, term in enumerate(own):
        positions.setdefault(term, []).append(i)
    around = terms(passage.context)
    named, dated = lawnumbers.find(passage.text), numbers.dates(passage.text)
    headings = passage.context.rpartition(" | ")[0]
    return Statement(
        passage=passage,
        terms=own,
        places={term: tuple(at) for term, at in positions.items()},
        context=frozenset(around),
        context_pairs=frozenset(f"{a}_{b}" for a, b in itertools.pairwise(around)),
        context_terms=around,
        quantities=tuple((q, min(bisect_left(starts, q.span[0]), max(0, len(starts) - 1))) for q in numbers.quantities(passage.text)),
        years=frozenset(numbers.years(passage.text)),
        periods=tuple(numbers.periods(passage.text)),
        context_years=frozenset(numbers.years(headings, of_instruments=False)),
        context_periods=tuple(numbers.periods(headings)),
        before_years=frozenset(numbers.years(_before(passage))),
        dates=len(dated),
        document_dates=sum(1 for n in named for d in dated if 0 <= d.span[0] - n.span[1] <= 12),
        numbers=tuple(named),
        planned=planned(" ".join(own), fold(headings)),
        vector=vector_of(passage.text),
        heading_terms=frozenset(terms(headings)),
        last_heading_terms=frozenset(terms(headings.rsplit(" | ", 1)[-1])),
        label_terms=frozenset(terms(_label(passage.text))),
        office=bool(_OFFICE.search(" ".join(own[:12]) + " " + " ".join(around[:40]))),
        list_like=passage.text.count(",") + passage.text.count(";") >= 2,
    )


def _label(text: str) -> str:
    """The words before the colon of a statement that has a label ("Số HTX giải thể: …"), "" when it has none."""
    head, colon, _ = text.partition(":")
    return head if colon and len(head) <= 120 else ""


def _before(passage: Passage) -> str:
    """The sentences of the paragraph before a passage that names no time of its own: what they say of the time holds on."""
    around = passage.context.rsplit(" | ", 1)[-1]
    before, mark, _ = around.partition(" … ")
    return before if mark and not numbers.years(passage.text) else ""


def vector_of(text: str) -> NDArray[np.float32]:
    """The vector of a text by the configured embeddings, of length one."""
    return np.asarray(embeddings().embed_query(text), dtype=np.float32)


def is_formality(passage: Passage) -> bool:
    """True for date lines, numbers, titles, recipients and signatures: they tell of the paper, not of its subject."""
    return passage.anchor.startswith("z-") or (passage.anchor.startswith("0-") and len(passage.text.split()) < _FRONT_WORDS)
