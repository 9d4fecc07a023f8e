"""Tunes the static sentence embedding to how people ask: a question of knowledge/askings is to lie near the paragraph that answers it.

    python -m eval.tune_embedding [--model knowledge/embedding_model] [--out knowledge/embedding_model] [--rounds 40] [--national]

Starts from a model of eval/train_embedding.py. A pair is an asking and either another asking of the same paragraph or a statement of that
paragraph; half of a batch comes from one paper, whose other paragraphs are the hard ones to tell apart (InfoNCE, both ways). Marks are
taken off a third of the askings. No question of eval/questions is read: they measure what came of it. Needs torch; about 5 minutes.
"""

import argparse
import random
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
import torch

from eval.embedding_batches import Array
from eval.papers import DIGESTS
from eval.train_embedding import Bag, save
from ingest.pipeline import files, read_paper
from knowledge import askings
from knowledge.static_embedding import StaticEmbedding, TokenTable, fold

_BATCH = 512
_RATE, _TEMPERATURE = 0.01, 0.07
_UNMARKED = 0.3  # share of askings without marks
_ASKING = 0.5  # share of pairs of two askings, where a paragraph has two
_DROPPED = 0.1  # share of tokens left out at random
_LARGE = 100  # askings of a paper from which it can fill its half of a batch
_MODEL = DIGESTS.parent / "embedding_model"
Key = tuple[str, str]  # (document id, anchor)


@dataclass(frozen=True)
class Known:
    """All askings: their texts, the paragraphs that answer each, and the texts of those paragraphs (alone, and led by their heading)."""

    askings: list[str]
    answered_by: list[tuple[Key, ...]]
    texts: dict[Key, list[str]]


def known(local: bool = True) -> Known:
    """What the bundled papers are known to be asked; without `local` only the texts of the whole country."""
    found = Known([], [], {})
    for path in files([DIGESTS]):
        paper = read_paper(path)
        if not local and paper.document.place.level != "country":
            continue
        stated: dict[str, list[str]] = defaultdict(list)
        for passage in paper.passages:
            heading = passage.context.rpartition(" | ")[0].rpartition(" | ")[2]
            stated[passage.anchor] += [passage.text, f"{heading} {passage.text}"]
        for asking in askings.of(paper.document):
            anchors = tuple(askings.placed(asking, frozenset(stated)))
            if anchors:
                found.askings.append(asking.text)
                found.answered_by.append(tuple((paper.document.id, anchor) for anchor in anchors))
                found.texts.update(((paper.document.id, anchor), stated[anchor]) for anchor in anchors)
    return found


class Pairs:
    """Draws batches of pairs."""

    def __init__(self, known: Known, table: TokenTable, seed: int) -> None:
        self._known, self._table = known, table
        self._random = random.Random(seed)  # noqa: S311  # draws batches, no secrets
        self._of: dict[Key, list[int]] = defaultdict(list)
        papers: dict[str, list[int]] = defaultdict(list)
        for i, keys in enumerate(known.answered_by):
            self._of[keys[0]].append(i)
            papers[keys[0][0]].append(i)
        self._large = [rows for rows in papers.values() if len(rows) >= _LARGE] or list(papers.values())

    def round(self) -> list[list[int]]:
        """Batches that hold each asking about once, beside as many of single papers."""
        everything = list(range(len(self._known.askings)))
        self._random.shuffle(everything)
        half = _BATCH // 2
        batches = []
        for start in range(0, len(everything), half):
            paper = self._random.choice(self._large)
            batches.append(everything[start : start + half] + self._random.sample(paper, min(len(paper), half)))
        return batches

    def sides(self, batch: Sequence[int]) -> tuple[sp.csr_matrix, sp.csr_matrix, torch.Tensor]:
        """(askings, their other halves, which rows and columns are no pair but share a paragraph)."""
        left, right = [], []
        for i in batch:
            text, keys = self._known.askings[i], self._known.answered_by[i]
            others = [j for j in self._of[keys[0]] if j != i]
            left.append(fold(text) if self._random.random() < _UNMARKED else text)
            if others and self._random.random() < _ASKING:
                right.append(self._known.askings[self._random.choice(others)])
            else:
                right.append(self._random.choice(self._known.texts[self._random.choice(keys)]))
        names = {key: n for n, key in enumerate({key for i in batch for key in self._known.answered_by[i]})}
        at = [(row, names[key]) for row, i in enumerate(batch) for key in self._known.answered_by[i]]
        answered = sp.csr_matrix((np.ones(len(at)), tuple(zip(*at, strict=True))), shape=(len(batch), len(names)))
        shared = torch.from_numpy((answered @ answered.T).toarray() > 0)
        return self._rows(left), self._rows(right), shared & ~torch.eye(len(batch), dtype=torch.bool)

    def _rows(self, texts: list[str]) -> sp.csr_matrix:
        tokens = [[t for t in self._table.ids(text) if self._random.random() > _DROPPED] for text in texts]
        columns = [t for own in tokens for t in own]
        ends = np.cumsum([0, *(len(own) for own in tokens)])
        return sp.csr_matrix((np.ones(len(columns), np.float32), columns, ends), shape=(len(texts), len(self._table.index)))


def tune(pairs: Pairs, start: Array, rounds: int) -> Array:
    """The tuned table."""
    table = torch.nn.Parameter(torch.from_numpy(start.copy()))
    optimiser = torch.optim.Adam([table], lr=_RATE)
    for number in range(rounds):
        for group in optimiser.param_groups:
            group["lr"] = _RATE * (1 - 0.95 * number / rounds)
        losses = []
        for batch in pairs.round():
            askings, others, shared = pairs.sides(batch)
            left, right = (torch.nn.functional.normalize(Bag.apply(table, side), dim=1) for side in (askings, others))  # type: ignore[no-untyped-call]
            scores = (left @ right.T / _TEMPERATURE).masked_fill(shared, -1e4)
            target = torch.arange(len(batch))
            loss = torch.nn.functional.cross_entropy(scores, target) + 0.5 * torch.nn.functional.cross_entropy(scores.T, target)
            optimiser.zero_grad(set_to_none=True)
            torch.autograd.backward(loss)
            optimiser.step()
            losses.append(float(loss.detach()))
        print(f"round {number + 1} of {rounds}: loss {np.mean(losses):.3f}")
    tuned: Array = table.detach().numpy()
    return tuned


def main() -> None:
    """Command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--model", type=Path, default=_MODEL, help="folder of the model to start from")
    parser.add_argument("--out", type=Path, default=_MODEL, help="folder for the tuned model")
    parser.add_argument("--national", action="store_true", help="leave local papers out: they stand for papers never seen when rankers are learned")
    parser.add_argument("--rounds", type=int, default=40)
    parser.add_argument("--bits", type=int, choices=(4, 8), default=4)
    parser.add_argument("--seed", type=int, default=0)
    args = parser.parse_args()
    model = StaticEmbedding(args.model)
    vocab = (args.model / "vocab.txt").read_text(encoding="utf-8").split("\n")
    save(args.out, vocab, tune(Pairs(known(not args.national), model.table, args.seed), model.matrix(), args.rounds), args.bits)


if __name__ == "__main__":
    main()
