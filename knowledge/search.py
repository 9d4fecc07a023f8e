"""Search: passages for weighted terms, by words and by vectors, within the versions that may answer."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from knowledge.library import Library
from knowledge.model import Document, Passage
from knowledge.rows import version_key
from knowledge.terms import pairs
from knowledge.text import syllables

BY_WORDS, BY_VECTORS = 40, 12  # candidates from each index; more did not find more answers on the development questions
FEW_DOCUMENTS = 20


@dataclass(frozen=True)
class Hit:
    """A passage found. `words` is its BM25 score over the best of the search (0..1), `vector` its cosine similarity."""

    passage: Passage
    words: float
    vector: float


def search(library: Library, phrases: Iterable[tuple[tuple[str, ...], float]], question: str, written: bool, documents: Sequence[Document]) -> list[Hit]:
    """Passages of `documents` for phrases of folded terms with weights, and for the question's meaning. Best words first."""
    keys = [version_key(d) for d in documents]
    if not keys:
        return []
    by_words = library.words.search(_weighted(phrases, question if written else ""), keys, BY_WORDS)
    # In a small library, and when most of a large one is meant, it is quicker to look further and drop the rest than to filter by version.
    narrow = len(library.documents()) > FEW_DOCUMENTS and 2 * len(keys) < len(library.documents())
    near = library.vectors.search(question, keys if narrow else [], BY_VECTORS if narrow else 3 * BY_VECTORS)
    allowed_keys = set(keys)
    by_vectors = dict([(i, s) for i, s in near if i.split("#", 1)[0] in allowed_keys][:BY_VECTORS])
    best = by_words[0][1] if by_words else 1.0
    scores = {identifier: score / best for identifier, score in by_words}
    found = library.passages(dict.fromkeys([*scores, *by_vectors]))
    allowed = {d.id for d in documents}
    return [Hit(p, scores.get(p.id, 0.0), by_vectors.get(p.id, 0.0)) for p in found if p.document_id in allowed]


def _weighted(phrases: Iterable[tuple[tuple[str, ...], float]], written: str) -> dict[str, list[tuple[str, float]]]:
    single: dict[str, float] = {}
    double: dict[str, float] = {}
    for phrase, weight in phrases:
        for term in phrase:
            single[term] = max(single.get(term, 0.0), weight)
        for pair in pairs(phrase):
            double[pair] = max(double.get(pair, 0.0), weight)
    marked = [(s, 1.0) for s in dict.fromkeys(syllables(written))]
    return {"text": list(single.items()), "context": list(single.items()), "pairs": list(double.items()), "written": marked}
