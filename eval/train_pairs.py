"""Learn the weights of bot/pairs.py: a listwise softmax over the pairs of rows, and the chance that the best of them answers at all.

    python -m eval.train_pairs [--output bot/weights.json]

Learned from eval/ledger/pairs.jsonl (questions with the rows that each side may be answered by, [] for one that no paper gives), the
comparisons of compare.jsonl, and the questions of development.jsonl that only sound like comparisons, to which no two rows are the answer.
Needs the papers that they name beside the repository. Prints how well it does on questions that were left out of the learning.
"""

import json
import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import torch
from numpy.typing import NDArray

from bot import comparing
from bot.comparison import comparison_of
from bot.figures import Entry
from bot.pairs import FEATURES, SHOWN_AT, SURENESS, Reading
from bot.pipeline import Assistant
from bot.question import Question
from bot.reader import Reader
from bot.understand import understand
from eval.matching import evidence_in, holds
from eval.papers import library
from eval.questions import FOLDER, Case, load
from eval.train_ranker import DEVELOPMENT, options, write

PAIRS, COMPARISONS = FOLDER.with_name("ledger") / "pairs.jsonl", FOLDER / "compare.jsonl"
_L2, _L2_CHANCE, _RATE, _STEPS = 1e-3, 1e-2, 0.1, 300
_LEAST = 1e-3  # spread of what is always the same
_PARTS = 5  # of the questions, each left out once
Sides = list[list[Entry]]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Asked:
    """A question's pairs: `values` (pairs, features); `right` (pairs,) tells which answer it."""

    reading: Reading
    values: Floats
    right: NDArray[np.bool_]


def main() -> None:
    """Command line."""
    given = options(__doc__, "parts `pair` and `pair_shown`", (), at_large=False)
    with library() as papers:
        assistant, reader = Assistant(papers), Reader(papers)
        reader.refresh()
        asked = [a for a in (_asked(question, sides, reader, assistant) for question, sides in _questions(reader)) if len(a.values)]
    part_of = np.random.default_rng(1).permutation(len(asked)) % _PARTS
    # Whether the best pair is right is learned from pairs that were ordered without having seen the question.
    by_others = [_order([a for i, a in enumerate(asked) if part_of[i] != part]) for part in range(_PARTS)]
    told = [_best(a, by_others[part_of[i]]) for i, a in enumerate(asked)]
    sureness, right = np.array([values for values, _ in told], np.float32), np.array([r for _, r in told])
    chance = np.zeros(len(asked))
    for part in range(_PARTS):
        chance[part_of == part] = sureness[part_of == part] @ _chance(sureness[part_of != part], right[part_of != part])
    _tell(1 / (1 + np.exp(-chance)) >= SHOWN_AT, right, np.array([a.right.any() for a in asked]))
    learned = {"pair": (FEATURES, _order(asked)), "pair_shown": (SURENESS, _chance(sureness, right))}
    write(given.output, {part: dict(zip(names, (round(float(w), 3) for w in weights), strict=True)) for part, (names, weights) in learned.items()})


def _questions(reader: Reader) -> Iterator[tuple[Question, Sides]]:
    """Questions, with the rows of each side; no sides for one that no two rows answer."""
    for line in PAIRS.read_text("utf-8").splitlines():
        told = json.loads(line)
        sides = [[e for e in reader.figures if any(_is(e, row) for row in side)] for side in told["sides"]]
        if len(sides) == 2 or not all(sides):
            yield _understood(told["question"], told["history"], reader), sides if all(sides) else []
    for case in load(COMPARISONS):
        sides = [side for side in (_expected(case, group, reader) for group in case.expects) if side]
        if len(sides) == 2 or not case.documents:
            yield _understood(case.question, case.history, reader), sides
    for case in load(DEVELOPMENT):
        question = _understood(case.question, case.history, reader)
        if case.type != "compare" and comparing.may_compare(question.standalone):
            yield question, []


def _is(entry: Entry, row: dict[str, str]) -> bool:
    return (entry.document.source, entry.row.anchor, entry.row.printed) == (row["source"], row["anchor"], row["figure"])


def _expected(case: Case, group: Sequence[str], reader: Reader) -> list[Entry]:
    """The rows of the evidence whose figure is one of those expected."""
    found = []
    for e in reader.figures:
        words = f"{e.row.printed} {e.row.unit}"
        paragraph = reader.library.paragraph(e.document.id, e.row.anchor)
        if any(holds(words, w) or holds(e.row.printed, w) for w in group) and evidence_in(case, e.document, paragraph):
            found.append(e)
    return found


def _understood(text: str, history: Sequence[str], reader: Reader) -> Question:
    return understand(text, tuple(history), reader.accents, reader.places)


def _asked(question: Question, sides: Sides, reader: Reader, assistant: Assistant) -> Asked:
    reading = Reading(question, comparison_of(question, reader.places), reader.figures, reader.weights, assistant.nearness(question))
    pairs = reading.pairs()
    right = {frozenset((id(a), id(b))) for x, y in combinations(sides, 2) for a in x for b in y}
    values = np.array([p.values for p in pairs], np.float32).reshape(len(pairs), len(FEATURES))
    return Asked(reading, values, np.array([frozenset((id(p.first), id(p.second))) in right for p in pairs], bool))


def _order(asked: Sequence[Asked]) -> Floats:
    """One weight for each feature: the right pairs of each question that has any shall share the probability."""
    asked = [a for a in asked if a.right.any()]
    shape = (len(asked), max(len(a.values) for a in asked))
    values = torch.zeros(*shape, len(FEATURES))
    there, right = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    for i, a in enumerate(asked):
        values[i, : len(a.values)] = torch.from_numpy(a.values)
        there[i, : len(a.values)] = True
        right[i, : len(a.values)] = torch.from_numpy(a.right)

    def loss(weights: torch.Tensor) -> torch.Tensor:
        scores = values @ weights
        every, best = (scores.masked_fill(~kept, -torch.inf).logsumexp(1) for kept in (there, right))
        return (every - best).mean() + _L2 * (weights**2).sum()

    return _least(loss, len(FEATURES))


def _best(asked: Asked, weights: Floats) -> tuple[tuple[float, ...], bool]:
    """What tells whether the best pair of a question answers it, and whether it does."""
    scores = asked.values @ weights
    best, *rest = np.argsort(-scores, kind="stable")
    margin = float(scores[best] - scores[rest[0]]) if rest else math.inf
    return asked.reading.sureness(asked.values[best].tolist(), float(scores[best]), margin), bool(asked.right[best])


def _chance(values: Floats, right: NDArray[np.bool_]) -> Floats:
    """Weights of a logistic regression; learned on values of one spread, told for the values as they are."""
    middle, spread = values.mean(0), values.std(0) + _LEAST
    one = SURENESS.index("one")
    middle[one], spread[one] = 0.0, 1.0
    scaled, wanted = torch.from_numpy((values - middle) / spread), torch.from_numpy(right.astype(np.float32))

    def loss(weights: torch.Tensor) -> torch.Tensor:
        return torch.nn.functional.binary_cross_entropy_with_logits(scaled @ weights, wanted) + _L2_CHANCE * (weights**2).sum()

    weights: Floats = _least(loss, len(SURENESS)) / spread
    weights[one] -= float(weights @ middle)
    return weights


def _least(loss: Callable[[torch.Tensor], torch.Tensor], size: int) -> Floats:
    """The weights with the least loss."""
    weights = torch.zeros(size, requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    for _ in range(_STEPS):
        optimiser.zero_grad()
        torch.autograd.backward(loss(weights))
        optimiser.step()
    learned: Floats = weights.detach().numpy()
    return learned


def _tell(shown: NDArray[np.bool_], right: NDArray[np.bool_], answerable: NDArray[np.bool_]) -> None:
    """Of questions left out: how often the best pair is right, is shown and right or wrong, and is shown where no two rows answer."""
    print(f"{answerable.sum()} with two rows: best right {right[answerable].mean():.3f}", end=", ")
    print(f"shown and right {(shown & right)[answerable].mean():.3f}, shown and wrong {(shown & ~right)[answerable].mean():.3f}", end="; ")
    print(f"{(~answerable).sum()} without: shown {shown[~answerable].mean():.3f}")


if __name__ == "__main__":
    main()
