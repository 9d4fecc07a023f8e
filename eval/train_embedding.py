"""Trains the static sentence embedding of knowledge/static_embedding.py on Vietnamese legal texts.

    python -m eval.train_embedding --data DATASETS --out knowledge/embedding_model [--extra FOLDER_OF_TEXTS] [--minutes 10]

Pairs (a short text and the passage it belongs to) are told apart from the other passages of the batch (InfoNCE, both ways);
eval/embedding_texts.py says what is read, eval/embedding_batches.py how pairs are drawn. Needs numpy, scipy, scikit-learn and torch (none
of them but numpy is needed to use the model), two cores, a system with fork, about 4 GB of memory and 10 minutes. The result depends
on the speed of the machine: the training is as long as ``--minutes`` says.
"""

import argparse
import multiprocessing
import time
from pathlib import Path
from typing import Any

import numpy as np
import scipy.sparse as sp  # type: ignore[import-untyped]
import torch

from eval.embedding_batches import Array, Sampler
from eval.embedding_texts import Article, Data, load
from knowledge.static_embedding import StaticEmbedding, fold, quantise


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

    The labelled pairs are few: they get a quarter of their share until two thirds are done.
    """
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
    scaled: Array = (table * rarity[:, None] * 0.1).astype(np.float32)
    return scaled


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
    worker = context.Process(target=stream, args=(sampler, batch, labelled, minutes, queue), daemon=True)
    worker.start()
    began = time.monotonic()
    step, seen = 0, 0.0
    while (spent := (time.monotonic() - began) / (60 * minutes)) < 1:
        # Warm up over 3 % of the time, then a straight line down to a twentieth.
        for group in optimiser.param_groups:
            group["lr"] = rate * min(1.0, spent / 0.03 + 0.05) * (1 - 0.95 * spent)
        short, long, same = queue.get()
        left, right = (torch.nn.functional.normalize(Bag.apply(table, side), dim=1) for side in (short, long))  # type: ignore[no-untyped-call]
        scores = left @ right.T / temperature
        scores = scores.masked_fill(torch.from_numpy(same), -1e4)
        target = torch.arange(batch)
        loss = torch.nn.functional.cross_entropy(scores, target)
        loss = loss + 0.5 * torch.nn.functional.cross_entropy(scores[:, :batch].T, target)
        optimiser.zero_grad(set_to_none=True)
        torch.autograd.backward(loss)
        optimiser.step()
        seen = float(loss.detach()) if step == 0 else 0.98 * seen + 0.02 * float(loss.detach())
        step += 1
        if step % 200 == 0:
            print(f"step {step} time {spent:.2f} loss {seen:.3f}")
    worker.terminate()
    worker.join()
    print(f"{step} steps")
    trained: Array = table.detach().numpy()
    return trained


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
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
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
    print(f"read after {time.monotonic() - began:.0f} s")
    start = first_table(sampler, args.dim, min(30000, len(sampler.good)))
    save(args.out, sampler.corpus.vocab, start, args.bits)
    print(f"start made after {time.monotonic() - began:.0f} s")
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
