"""Trains the static sentence embedding of ``static_embedding.py`` on Vietnamese legal texts.

    python train_embedding.py --data DATASETS --out model [--extra FOLDER_OF_TEXTS] [--minutes 10]

Reads the folders ``phapdien``, ``zalo_2021``, ``alqac_2022/2023/2024`` and ``admin_docs`` under
``--data``; files ``*.txt`` and ``*.md`` under ``--extra`` serve as unlabelled text.  Kept out of
training: the ``valid`` questions of zalo_2021, every second hand-written question of alqac_2023
(and whatever in the other years reads the same), vlsp_lter_2023 and xquad_vi.

Pairs (a short text and the passage it belongs to) are told apart from the other passages of the
batch (InfoNCE, both ways).  Half of the unlabelled pairs come in groups from one document, so the
other articles of that document are the hard negatives; a labelled question brings two wrong
articles that BM25 ranks high.  Marks are taken off the short text in half of the examples.  Needs
numpy, scipy, scikit-learn and torch (none of them but numpy is needed to use the model), two
cores, a system with fork, about 4 GB of memory and 10 minutes.  The result depends on the speed of
the machine: the training is as long as ``--minutes`` says.
"""

from __future__ import annotations

import argparse
import gzip
import json
import multiprocessing
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp
import torch

from static_embedding import (
    BUCKETS,
    StaticEmbedding,
    TokenTable,
    canonical,
    fold,
    quantise,
    shape,
    split,
)

Array = np.ndarray


def read_lines(path: Path) -> list[dict[str, Any]]:
    """The records of a .jsonl or .jsonl.gz file."""
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as file:
        return [json.loads(line) for line in file]


def read_qrels(path: Path) -> dict[str, list[str]]:
    """Right documents of each question of a BEIR folder."""
    found: dict[str, list[str]] = {}
    for line in path.read_text(encoding="utf-8").splitlines()[1:]:
        query, document, score = line.split("\t")
        if int(score) > 0:
            found.setdefault(query, []).append(document)
    return found


def plain(text: str) -> str:
    """A question as compared with others: folded, without punctuation."""
    return fold(" ".join(split(text)))


@dataclass
class Article:
    """A passage with its heading; ``group`` is the document that it stands in."""

    key: str
    title: str
    text: str
    group: str
    source: str = ""


@dataclass
class Data:
    """Articles, labelled training questions and the questions kept for validation."""

    articles: list[Article] = field(default_factory=list)
    labelled: list[tuple[str, list[int]]] = field(default_factory=list)
    valid: dict[str, tuple[list[str], list[set[str]], str]] = field(default_factory=dict)


def load(root: Path, extra: Path | None) -> Data:
    """Everything that training and validation need."""
    data = Data()
    where: dict[tuple[str, str], int] = {}

    def add(corpus: str, article: Article) -> None:
        where[corpus, article.key] = len(data.articles)
        data.articles.append(article)

    for row in read_lines(root / "phapdien" / "articles.jsonl.gz"):
        add(
            "phapdien",
            Article(row["id"], row["art_title"], row["text"], "p" + row["so"], row["vb_title"]),
        )
    for year in ("alqac_2022", "alqac_2023", "alqac_2024"):
        for row in read_lines(root / year / "corpus.jsonl.gz"):
            law = row["_id"].split("|")[0]
            title = row["title"].split(" - ", 1)[-1].partition(". ")[2]
            add(year, Article(row["_id"], title, row["text"], year + law, law))

    kept: set[str] = set()
    questions: list[tuple[str, list[int]]] = []
    valid_q: list[str] = []
    valid_r: list[set[str]] = []
    for row in read_lines(root / "zalo_2021" / "queries.jsonl"):
        if row["split"] == "valid":
            kept.add(plain(row["question"]))
            if row["covered"]:
                valid_q.append(row["question"])
                valid_r.append(set(row["corpus_ids"]))
        elif row["corpus_ids"]:
            questions.append(
                (row["question"], [where["phapdien", key] for key in row["corpus_ids"]])
            )
    data.valid["zalo"] = (valid_q, valid_r, "phapdien")
    valid_q, valid_r = [], []
    for year in ("alqac_2023", "alqac_2022", "alqac_2024"):
        qrels = read_qrels(root / year / "qrels.tsv")
        human = 0
        for row in read_lines(root / year / "queries.jsonl.gz"):
            right = [where[year, key] for key in qrels.get(row["_id"], []) if (year, key) in where]
            if not right:
                continue
            if year == "alqac_2023" and row["split"] != "synthetic":
                human += 1
                if human % 2 == 0:
                    kept.add(plain(row["text"]))
                    valid_q.append(row["text"])
                    valid_r.append({data.articles[i].key for i in right})
                    continue
            questions.append((row["text"], right))
    data.valid["alqac"] = (valid_q, valid_r, "alqac_2023")

    # A training question that shares four of five word pairs with a kept one is left out.
    pairs = [set(zip(q.split(), q.split()[1:], strict=False)) for q in kept]
    for text, right in questions:
        words = plain(text).split()
        mine = set(zip(words, words[1:], strict=False))
        if all(len(mine & other) < 0.8 * min(len(mine), len(other)) for other in pairs if other):
            data.labelled.append((text, right))
    print(f"labelled {len(data.labelled)} of {len(questions)} (the rest too close to validation)")

    loose = [
        (row["id"], row["text"]) for row in read_lines(root / "admin_docs" / "documents.jsonl.gz")
    ]
    if extra is not None:
        for path in sorted(p for p in extra.rglob("*") if p.suffix in {".txt", ".md"}):
            loose.append((path.stem, path.read_text(encoding="utf-8", errors="replace")))
    for name, text in loose:
        words = text.split()
        for start in range(0, len(words), 300):
            body = " ".join(words[start : start + 300])
            data.articles.append(Article(f"{name}:{start}", "", body, "x" + name))
    return data


def build_vocab(texts: list[str], size: int) -> tuple[list[str], Array, Array]:
    """The vocabulary, and every text as numbers of distinct spellings with the text's bounds."""
    spelling: dict[str, int] = {}
    flat: list[Array] = []
    bounds = np.zeros(len(texts) + 1, np.int64)
    for i, text in enumerate(texts):
        tokens = split(text)
        flat.append(
            np.fromiter(
                (spelling.setdefault(t, len(spelling)) for t in tokens), np.int32, len(tokens)
            )
        )
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
    print(
        f"words {len(words)}, spellings {len(spelling)}, vocabulary {len(vocab)}:"
        f" {len(main)} plain, {sum(' ' in t for t in vocab)} pairs"
    )
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

        ``drop`` marks the texts that lose their marks."""
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
        return sp.csr_matrix(
            (np.ones(len(key), np.float32), key % size, pointers), shape=(count, size)
        )


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
        scored.data = rarity[held.indices].astype(np.float32) * np.repeat(
            weight, np.diff(held.indptr)
        )
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
        passage = article.tolist()
        for i in asked.tolist():
            for a in rng.choice(self.hard[i], min(2, len(self.hard[i])), replace=False).tolist():
                start, length = self.body[a].tolist()
                window = min(length, int(rng.integers(100, 350)))
                shift = int(rng.integers(0, length - window + 1)) if rng.random() < 0.5 else 0
                if self.title[a, 1] > 0 and rng.random() < 0.85:
                    long.append((*self.title[a].tolist(), len(passage)))
                long.append((start + shift, window, len(passage)))
                passage.append(a)
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


class Bag(torch.autograd.Function):
    """Product of a constant sparse matrix and the table."""

    @staticmethod
    def forward(ctx: Any, table: torch.Tensor, matrix: Any) -> torch.Tensor:
        """The sums of rows."""
        ctx.matrix = matrix
        return torch.from_numpy(matrix @ table.detach().numpy())

    @staticmethod
    def backward(ctx: Any, grad: torch.Tensor) -> tuple[torch.Tensor, None]:
        """The gradient of the table."""
        return torch.from_numpy(ctx.matrix.T.tocsr() @ grad.contiguous().numpy()), None


def stream(sampler: Sampler, count: int, labelled: float, minutes: float, queue: Any) -> None:
    """Fills the queue with batches; runs in a process of its own.

    The labelled pairs are few: they get a quarter of their share until two thirds are done."""
    late = time.monotonic() + 60 * minutes * 2 / 3
    while True:
        queue.put(sampler.batch(count, labelled if time.monotonic() > late else labelled / 4))


def first_table(sampler: Sampler, dim: int, count: int) -> Array:
    """Starting rows: a truncated SVD of passages by tokens, weighted by rarity."""
    from sklearn.utils.extmath import randomized_svd

    rng = sampler.rng
    picked = rng.choice(sampler.good, count, replace=False)
    body = sampler.body[picked].copy()
    body[:, 1] = np.minimum(body[:, 1], 150)
    none = np.zeros(count, bool)
    rows = sampler.corpus.rows(body, np.arange(count), count, none, rng)
    seen = np.asarray(rows.sum(axis=0)).ravel()
    rarity = np.log((count + 1) / (seen + 1)).astype(np.float32)
    weighted = rows @ sp.diags(rarity)
    norms = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel()) + 1e-6
    weighted = (sp.diags(1 / norms) @ weighted).tocsr().astype(np.float32)
    _, values, right = randomized_svd(weighted, dim, n_iter=2, random_state=0)
    table = (right.T * np.sqrt(values)).astype(np.float32)
    table /= np.linalg.norm(table, axis=1, keepdims=True) + 1e-3 * np.abs(table).max()
    noise = rng.standard_normal(table.shape).astype(np.float32) / np.sqrt(dim)
    table = 0.7 * table + 0.7 * noise
    return (table * rarity[:, None] * 0.1).astype(np.float32)


def train(
    sampler: Sampler,
    dim: int,
    minutes: float,
    batch: int,
    rate: float,
    labelled: float,
    temperature: float,
    start: Array,
) -> Array:
    """The trained table."""
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.Adam([table], lr=rate, betas=(0.9, 0.99), fused=True)
    # One process draws the batches, this one computes.
    context = multiprocessing.get_context("fork")
    queue = context.Queue(maxsize=8)
    worker = context.Process(
        target=stream, args=(sampler, batch, labelled, minutes, queue), daemon=True
    )
    worker.start()
    began = time.monotonic()
    step, seen = 0, 0.0
    while (spent := (time.monotonic() - began) / (60 * minutes)) < 1:
        # Warm up over 3 % of the time, then a straight line down to a twentieth.
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, spent / 0.03 + 0.05) * (1 - 0.95 * spent)
        short, long, same = queue.get()
        left = torch.nn.functional.normalize(Bag.apply(table, short), dim=1)
        right = torch.nn.functional.normalize(Bag.apply(table, long), dim=1)
        scores = left @ right.T / temperature
        scores = scores.masked_fill(torch.from_numpy(same), -1e4)
        target = torch.arange(batch)
        loss = torch.nn.functional.cross_entropy(scores, target)
        loss = loss + 0.5 * torch.nn.functional.cross_entropy(scores[:, :batch].T, target)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()
        optimiser.step()
        seen = float(loss.detach()) if step == 0 else 0.98 * seen + 0.02 * float(loss.detach())
        step += 1
        if step % 200 == 0:
            print(f"step {step} time {spent:.2f} loss {seen:.3f}", flush=True)
    worker.terminate()
    worker.join()
    print(f"{step} steps")
    return table.detach().numpy()


def save(out: Path, vocab: list[str], table: Array, bits: int) -> None:
    """Writes embedding.npz and vocab.txt."""
    out.mkdir(parents=True, exist_ok=True)
    rows, scale = quantise(table, bits)
    np.savez_compressed(out / "embedding.npz", rows=rows, scale=scale)
    (out / "vocab.txt").write_text("\n".join(vocab), encoding="utf-8")


def passages(articles: list[Article], words: int = 200, step: int = 150) -> tuple[list[str], Array]:
    """Articles cut to overlapping passages, each led by the heading; and the article of each."""
    texts, owner = [], []
    for i, article in enumerate(articles):
        tokens = article.text.split()
        for start in range(0, max(1, len(tokens) - (words - step)), step):
            texts.append(article.title + "\n" + " ".join(tokens[start : start + words]))
            owner.append(i)
    return texts, np.array(owner)


def measure(model: StaticEmbedding, data: Data) -> None:
    """Prints hit@1, @5, @10 and MRR@10 of the model alone on the validation questions."""
    for name, (questions, right, corpus) in data.valid.items():
        first = "p" if corpus == "phapdien" else corpus
        articles = [a for a in data.articles if a.group.startswith(first)]
        texts, owner = passages(articles)
        vectors = model.encode(texts)
        starts = np.flatnonzero(np.r_[True, owner[1:] != owner[:-1]])
        for kind, asked in (("marks", questions), ("no marks", [fold(q) for q in questions])):
            best = np.maximum.reduceat(model.encode(asked) @ vectors.T, starts, axis=1)
            ranks = []
            for scores, keys in zip(best, right, strict=True):
                top = np.argsort(-scores)[:10]
                ranks.append(next((r for r, i in enumerate(top) if articles[i].key in keys), 99))
            r = np.array(ranks)
            hits = " ".join(f"hit@{k} {(r < k).mean():.3f}" for k in (1, 5, 10))
            mrr = np.where(r < 10, 1 / (r + 1), 0).mean()
            print(f"{name} ({len(r)}) {kind}: {hits} MRR@10 {mrr:.3f}")


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("--data", type=Path, required=True, help="folder with the data sets")
    parser.add_argument("--extra", type=Path, help="folder with unlabelled .txt and .md files")
    parser.add_argument("--out", type=Path, required=True, help="folder for the model")
    parser.add_argument("--vocab", type=int, default=36000)
    parser.add_argument("--dim", type=int, default=256)
    parser.add_argument("--bits", type=int, choices=(4, 8), default=4)
    parser.add_argument("--minutes", type=float, default=7.0, help="length of the training")
    parser.add_argument("--batch", type=int, default=1024)
    parser.add_argument("--rate", type=float, default=0.01)
    parser.add_argument("--labelled", type=float, default=0.05, help="share of labelled pairs")
    parser.add_argument("--temperature", type=float, default=0.05)
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    if args.dim % 2:
        parser.error("--dim must be even")
    torch.set_num_threads(args.threads)
    began = time.monotonic()
    data = load(args.data, args.extra)
    sampler = Sampler(data, args.vocab, args.seed)
    print(f"read after {time.monotonic() - began:.0f} s", flush=True)
    start = first_table(sampler, args.dim, min(30000, len(sampler.good)))
    save(args.out, sampler.corpus.vocab, start, args.bits)
    print(f"start made after {time.monotonic() - began:.0f} s", flush=True)
    table = train(
        sampler,
        args.dim,
        args.minutes,
        args.batch,
        args.rate,
        args.labelled,
        args.temperature,
        start,
    )
    save(args.out, sampler.corpus.vocab, table, args.bits)
    measure(StaticEmbedding(args.out), data)
    print(f"done after {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
