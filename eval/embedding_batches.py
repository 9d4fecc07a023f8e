"""Batches for the training of the sentence embedding: vocabulary, texts as sparse rows of tokens, hard negatives, and the drawing itself.

Half of the unlabelled pairs come in groups from one document, so the other articles of that document are the hard negatives; a
labelled question brings two wrong articles that BM25 ranks high. Marks are taken off the short text in half of the examples.
"""

from collections import Counter
from typing import Any

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
from numpy.typing import NDArray

from eval.embedding_texts import Data, plain
from knowledge.static_embedding import BUCKETS, TokenTable, canonical, fold, shape, split

Array = NDArray[Any]


def build_vocab(texts: list[str], size: int) -> tuple[list[str], Array, Array]:
    """The vocabulary, and every text as numbers of distinct spellings with the text's bounds."""
    spelling: dict[str, int] = {}
    flat: list[Array] = []
    bounds = np.zeros(len(texts) + 1, np.int64)
    for i, text in enumerate(texts):
        tokens = split(text)
        flat.append(np.fromiter((spelling.setdefault(t, len(spelling)) for t in tokens), np.int32, len(tokens)))
        bounds[i + 1] = bounds[i] + len(tokens)
    words = np.concatenate(flat)
    counts = np.bincount(words, minlength=len(spelling))
    singles: Counter[str] = Counter()
    marked: Counter[str] = Counter()
    shapes: Counter[str] = Counter()
    folded = []
    for token, count in zip(spelling, counts.tolist(), strict=True):
        one = canonical(token)
        base = fold(one)
        folded.append(base)
        singles[base] += count
        if base != one:
            marked[one] += count
        if one[0].isdigit():
            shapes[shape(one)] += count
    vocab = [f"<{i}>" for i in range(BUCKETS)]
    main = [t for t, n in singles.items() if n >= (100 if t[0].isdigit() else 15)]
    inside = set(main)
    vocab += main
    vocab += [t for t, n in shapes.items() if n >= 200 and t not in inside]
    vocab += [t for t, n in marked.items() if n >= 15 and fold(t) in inside]
    # Frequent pairs that say more than their parts: count times pointwise mutual information.
    names = {t: i for i, t in enumerate(dict.fromkeys(folded))}
    as_base = np.array([names[t] for t in folded], np.int64)[words]
    ok = np.array([t in inside for t in names])
    key = as_base[:-1] * len(names) + as_base[1:]
    usable = ok[as_base[:-1]] & ok[as_base[1:]]
    usable[bounds[1:-1][(bounds[1:-1] > 0) & (bounds[1:-1] < len(words))] - 1] = False
    pair, number = np.unique(key[usable], return_counts=True)
    pair, number = pair[number >= 30], number[number >= 30]
    total = np.bincount(as_base, minlength=len(names)).astype(float)
    left, right = pair // len(names), pair % len(names)
    gain = np.log(number * float(len(words)) / (total[left] * total[right]))
    order = np.argsort(-(np.sqrt(number) * gain))[: max(0, size - len(vocab))]
    spelled = list(names)
    vocab += [f"{spelled[left[i]]} {spelled[right[i]]}" for i in order if gain[i] > 0]
    print(f"words {len(words)}, spellings {len(spelling)}, vocabulary {len(vocab)}: {len(main)} plain, {sum(' ' in t for t in vocab)} pairs")
    return vocab, words, bounds


class Corpus:
    """All texts as three aligned streams: main tokens, second tokens, pairs with the next one."""

    def __init__(self, texts: list[str], size: int) -> None:
        self.vocab, words, self.bounds = build_vocab(texts, size)
        self.table = TokenTable(self.vocab)
        spellings = list(dict.fromkeys(t for text in texts for t in split(text)))
        both = np.array([self.table.syllable(t) for t in spellings], np.int64)
        self.main, self.second = both[words, 0], both[words, 1]
        keys = np.array(sorted(self.table.pairs.items()), np.int64)
        key = self.main[:-1] << 20 | self.main[1:]
        at = np.minimum(np.searchsorted(keys[:, 0], key), len(keys) - 1)
        self.pair = np.append(np.where(keys[at, 0] == key, keys[at, 1], -1), -1)
        self.marked = np.array([fold(t) != t for t in self.vocab])

    def rows(self, segments: Array, row: Array, count: int, drop: Array, rng: Any) -> Any:
        """A 0/1 matrix, one row per text; a text is made of segments (start, length).

        ``drop`` marks the texts that lose their marks.
        """
        start, length = segments[:, 0], segments[:, 1]
        total = int(length.sum())
        offset = np.cumsum(length) - length
        at = np.arange(total) + np.repeat(start - offset, length)
        owner = np.repeat(row, length)
        pair = self.pair[at]
        ends = np.cumsum(length)[length > 0] - 1
        pair[ends] = -1
        tokens = np.concatenate([self.main[at], self.second[at], pair])
        owner = np.concatenate([owner, owner, owner])
        keep = tokens >= 0
        keep &= ~(drop[owner] & self.marked[tokens])
        keep &= rng.random(len(tokens), dtype=np.float32) > 0.05
        size = len(self.vocab)
        key = owner[keep] * size + tokens[keep]
        key.sort()  # faster here than np.unique, which hashes
        key = key[np.append(True, key[1:] != key[:-1])]
        pointers = np.searchsorted(key, np.arange(count + 1) * size)
        return sp.csr_matrix((np.ones(len(key), np.float32), key % size, pointers), shape=(count, size))


class Sampler:
    """Draws batches of (short text, passage) pairs."""

    def __init__(self, data: Data, size: int, seed: int) -> None:
        self.rng = np.random.default_rng(seed)
        n = len(data.articles)
        titles = [a.title for a in data.articles]
        sources = [a.source for a in data.articles]
        questions = [q for q, _ in data.labelled]
        self.corpus = Corpus([a.text for a in data.articles] + titles + sources + questions, size)
        bounds = self.corpus.bounds
        span = np.stack([bounds[:-1], np.diff(bounds)], axis=1)
        self.body, self.title, self.source = span[:n], span[n : 2 * n], span[2 * n : 3 * n]
        self.question = span[3 * n :]
        self.right = [r for _, r in data.labelled]
        names: dict[str, int] = {}
        self.name = np.array([names.setdefault(plain(t), len(names)) for t in titles])
        self.name[self.title[:, 1] == 0] = -1
        often = np.bincount(self.name + 1)[self.name + 1]
        self.generic = (often > 2) & (self.name >= 0)
        self.good = np.flatnonzero(self.body[:, 1] >= 15)
        self.long = np.flatnonzero(self.body[:, 1] >= 50)
        members: dict[str, list[int]] = {}
        for i in self.good.tolist():
            members.setdefault(data.articles[i].group, []).append(i)
        self.groups = [np.array(m) for m in members.values() if len(m) >= 4]
        weight = np.sqrt([float(len(m)) for m in self.groups])
        self.group_weight = weight / weight.sum()
        self.mine(data)

    def mine(self, data: Data, depth: int = 30) -> None:
        """Hard negatives of the labelled questions: what BM25 (on the tokens) finds instead."""
        none = np.zeros(len(self.body), bool)
        every = np.concatenate([self.title, self.body])
        owner = np.tile(np.arange(len(self.body)), 2)
        held = self.corpus.rows(every, owner, len(self.body), none, self.rng)
        number = len(self.question)
        asked = self.corpus.rows(self.question, np.arange(number), number, none[:number], self.rng)
        length = np.diff(held.indptr).astype(np.float32)
        seen = np.bincount(held.indices, minlength=held.shape[1])
        rarity = np.log(1 + (len(length) - seen + 0.5) / (seen + 0.5))
        weight = 2.2 / (1 + 1.2 * (0.25 + 0.75 * length / length.mean()))
        scored = held.copy()
        scored.data = rarity[held.indices].astype(np.float32) * np.repeat(weight, np.diff(held.indptr))
        scored = scored.T.tocsr()
        groups = [a.group for a in data.articles]
        family = np.array([g[:1] if g[0] in "px" else g[:10] for g in groups])
        self.hard: list[Array] = []
        for begin in range(0, number, 128):
            found = (asked[begin : begin + 128] @ scored).toarray()
            for i, scores in enumerate(found, start=begin):
                right = self.right[i]
                scores[family != family[right[0]]] = 0
                top = np.argpartition(-scores, depth)[:depth]
                top = top[np.argsort(-scores[top])]
                # Other versions of a right article are no negatives.
                good = ~np.isin(top, right) & (self.body[top, 1] > 0)
                good &= ~np.isin(self.name[top], self.name[right][self.name[right] >= 0])
                for r in right:
                    both = np.asarray((held[top] @ held[r].T).todense()).ravel()
                    good &= both < 0.55 * np.maximum(length[top], length[r])
                self.hard.append(top[good])

    def _articles(self, count: int, grouped: float) -> Array:
        rng = self.rng
        some = rng.choice(self.good, count - int(count * grouped))
        many: list[Array] = []
        left = count - len(some)
        while left > 0:
            group = self.groups[rng.choice(len(self.groups), p=self.group_weight)]
            take = rng.choice(group, min(len(group), 8, left), replace=False)
            many.append(take)
            left -= len(take)
        return np.concatenate([some, *many])

    def batch(self, count: int, labelled: float) -> tuple[Any, Any, Array]:
        """Short texts, passages, and which passages are no negatives of which short text."""
        rng = self.rng
        asked = rng.choice(len(self.right), int(count * labelled), replace=False)
        article = np.concatenate(
            [
                [int(rng.choice(self.right[i])) for i in asked],
                self._articles(count - len(asked), 0.5),
            ]
        ).astype(np.int64)
        short: list[tuple[int, int, int]] = []
        long: list[tuple[int, int, int]] = []
        for row, a in enumerate(article.tolist()):
            start, length = self.body[a].tolist()
            window = int(np.exp(rng.uniform(np.log(40), np.log(250))))
            begin, end = 0, length
            titled = self.title[a, 1] > 0
            show_title = rng.random() < 0.6
            if row < len(asked):
                short.append((*self.question[asked[row]].tolist(), row))
                window, show_title = window + 100, rng.random() < 0.85
            elif titled and rng.random() < 0.5:
                short.append((*self.title[a].tolist(), row))
                if self.generic[a] or rng.random() < 0.15:
                    short.append((*self.source[a].tolist(), row))
                show_title = rng.random() < 0.1
            else:
                # One side of a cut gives the short text, the other the passage.
                size = min(int(rng.integers(5, 32)), length // 3)
                at = int(rng.integers(0, length - size + 1))
                short.append((start + at, size, row))
                if rng.random() < 0.85:
                    if at >= length - at - size:
                        end = at
                    else:
                        begin = at + size
            window = min(window, end - begin)
            # The beginning of an article is drawn more often than the rest.
            free = end - begin - window
            shift = int(rng.integers(0, free + 1)) if rng.random() < 0.5 else 0
            if show_title and titled:
                long.append((*self.title[a].tolist(), row))
                if rng.random() < 0.3:
                    long.append((*self.source[a].tolist(), row))
            long.append((start + begin + shift, window, row))
        passage = self._with_hard(article.tolist(), asked.tolist(), long)
        out = []
        for segments, rows, share in ((short, count, 0.5), (long, len(passage), 0.1)):
            table = np.array(segments, np.int64)
            drop = rng.random(rows) < share
            out.append(self.corpus.rows(table[:, :2], table[:, 2], rows, drop, rng))
        every = np.array(passage)
        name, names = self.name[article], self.name[every]
        same = (article[:, None] == every) | ((name[:, None] == names) & (name[:, None] >= 0))
        np.fill_diagonal(same, False)
        return out[0], out[1], same

    def _with_hard(self, passage: list[int], asked: list[int], long: list[tuple[int, int, int]]) -> list[int]:
        """The passages and two hard negatives of each question asked, whose segments are added to ``long``."""
        rng = self.rng
        for i in asked:
            for a in rng.choice(self.hard[i], min(2, len(self.hard[i])), replace=False).tolist():
                start, length = self.body[a].tolist()
                window = min(length, int(rng.integers(100, 350)))
                shift = int(rng.integers(0, length - window + 1)) if rng.random() < 0.5 else 0
                if self.title[a, 1] > 0 and rng.random() < 0.85:
                    long.append((*self.title[a].tolist(), len(passage)))
                long.append((start + shift, window, len(passage)))
                passage.append(a)
        return passage
