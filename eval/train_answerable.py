"""Learn the answerability model of bot/rank.py: the chance that the first match answers the question.

    python -m eval.train_answerable [QUESTIONS.jsonl ...] [--output bot/weights.json]

A logistic model over the open slots, the facts of bot/refusals.py and some features of the first match, as the ranker in bot/weights.json
orders the matches now: learn that one first (eval/train_ranker.py). Needs the papers beside the repository. Prints how many of the
unanswerable questions are refused when few of the answerable ones are, for questions left out of the learning at random and by paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot import refusals
from bot.askings import FEATURES as ASKING_FEATURES
from bot.paper import asks_about_paper
from bot.pipeline import Assistant
from bot.provisions import FEATURES as LAW_FEATURES
from bot.rank import LAWS, kind_of
from bot.slots import SLOTS, decided
from bot.weights import Weights
from eval.matching import evidence_in
from eval.questions import Case
from eval.restated import Proves
from eval.train_ranker import at_large_and_known, measured_by, options, write

FACTS = (
    "open_most",
    "open_share",
    "half_open_most",
    "never_met",
    "gap",
    "unseen",
    "concepts",
    "asks_year",
    "follows",
    "wants",
    "asks_money",
    "asks_figure",
    "never",
    "score",
)
CHOSEN_FEATURES = (
    "words", "covered_with_context", "precision", "near_value", "value_found", "year_conflict", "vector_own", "back_matter", "front_matter",
    "label_asked", "opposite",
)  # fmt: skip
NAMES = (*SLOTS, *FACTS, *CHOSEN_FEATURES)
KNOWN_NAMES = (*NAMES, *ASKING_FEATURES)
# Chosen by ten-fold cross-validation on the development set.
_SLOT_SCALE = 3.0  # slots are made larger, so that the penalty holds their weights back less
_C = 0.3  # weight of the losses against half the squared length of the weights
_UNANSWERABLE_WEIGHT = 2.5
_WRONG_FIRST_WEIGHT = 0.4  # of an answerable question whose first match does not hold the evidence
_REFUSED = 0.02  # share of the answerable questions, left out of the learning, that may be refused besides those that slots decide
_FOLDS = 10
_ITERATIONS = 500
Floats = NDArray[np.float64]


@dataclass(frozen=True)
class Row:
    """A question whose first match decides: `values` of the names learned, `proves` tells whether that match holds the evidence."""

    case: Case
    values: Floats
    proves: bool


def main() -> None:
    """Command line."""
    given = options(__doc__, "part `answerable`, and that of papers with known askings,")
    at_large, known = at_large_and_known(given, rows, KNOWN_NAMES)
    write(given.output, {"answerable": _learned(at_large, NAMES), "known_answerable": _learned(known, KNOWN_NAMES)})


def _learned(found: list[Row], names: Sequence[str]) -> dict[str, float]:
    by_paper = np.unique([row.case.id[1:4] for row in found], return_inverse=True)[1]
    at_random = np.random.default_rng(1).permutation(len(found)) % _FOLDS
    _tell("left out by paper", out_of_fold(found, by_paper), found)
    scores = out_of_fold(found, at_random)
    _tell("left out at random", scores, found)
    weights, bias = fit(found)
    threshold = np.quantile(scores[[bool(row.case.documents) for row in found]], _REFUSED)
    return {"bias": round(float(bias - threshold), 3), **{name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}}


def rows(assistant: Assistant, cases: Sequence[Case], names: Sequence[str] = NAMES, proves: Proves = evidence_in) -> list[Row]:
    """The questions that are searched for and found something of, and that open slots alone do not decide.

    Those that ask about a paper itself are answered in another way; those measured in another way than by `names` are left out.
    """
    documents = list(assistant.library.documents().values())
    weights = Weights(assistant.library)
    found = []
    for case in cases:
        question, ranked = assistant.matches(case.question, case.history)
        if not ranked or refusals.early(question, documents) is not None or asks_about_paper(question):
            continue
        best = ranked[0]
        kind = kind_of(ranked)
        law = kind in LAWS
        if decided(best.slots, law) or law != (LAW_FEATURES[0] in names) or (not law and kind != measured_by(names)):
            continue
        values = {**best.features, **refusals.facts(question, ranked, weights), "score": best.score}
        paragraph = assistant.library.paragraph(best.document.id, best.hit.passage.anchor)
        found.append(Row(case, np.array([values[name] for name in names], np.float64), proves(case, best.document, paragraph)))
    return found


def out_of_fold(found: Sequence[Row], folds: NDArray[np.intp]) -> Floats:
    """The score (log-odds) of each row by a model that was learned on the other folds."""
    scores = np.zeros(len(found))
    for fold in np.unique(folds):
        weights, bias = fit([row for row, own in zip(found, folds, strict=True) if own != fold])
        inside = folds == fold
        scores[inside] = np.stack([row.values for row, own in zip(found, inside, strict=True) if own]) @ weights + bias
    return scores


def fit(found: Sequence[Row]) -> tuple[Floats, float]:
    """Weights (one for each name, slots first) and bias of the raw values. All but the slots are brought to one spread for the penalty to be even."""
    values = np.stack([row.values for row in found])
    answerable = np.array([bool(row.case.documents) for row in found])
    counted = np.where(answerable, np.where([row.proves for row in found], 1.0, _WRONG_FIRST_WEIGHT), _UNANSWERABLE_WEIGHT)
    slot = np.arange(values.shape[1]) < len(SLOTS)
    mean, scale = values.mean(0), np.where(slot, _SLOT_SCALE, 1 / (values.std(0) + 1e-3))
    inputs = torch.from_numpy((values - mean) * scale)
    target, weight = torch.from_numpy(answerable.astype(np.float64)), torch.from_numpy(counted)
    learned = torch.zeros(values.shape[1] + 1, dtype=torch.float64, requires_grad=True)
    optimiser = torch.optim.LBFGS([learned], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        each = torch.nn.functional.binary_cross_entropy_with_logits(inputs @ learned[1:] + learned[0], target, weight, reduction="sum")
        total = _C * each + 0.5 * (learned[1:] ** 2).sum()
        torch.autograd.backward(total)
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    solution = learned.detach().numpy()
    weights = solution[1:] * scale
    return weights, float(solution[0] - weights @ mean)


def _tell(name: str, scores: Floats, found: Sequence[Row]) -> None:
    answerable = np.array([bool(row.case.documents) for row in found])
    yes, no = scores[answerable], scores[~answerable]
    area = (no[:, None] < yes).mean()
    shares = ", ".join(f"{(no < np.quantile(yes, share)).mean():.3f} at {share:.0%}" for share in (0.02, 0.03, 0.04, 0.05, 0.08))
    print(f"{name}: {len(found)} questions, area under the curve {area:.3f}; unanswerable refused at false refusals of: {shares}")


if __name__ == "__main__":
    main()
