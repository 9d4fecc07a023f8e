"""Learn the weights for provisions of law: how bot/rank.py orders the matches of bot/provisions.py, and when the first of them answers.

    python -m eval.train_law [QUESTIONS.jsonl ...] [--output bot/weights.json]

Questions on the law are few, so the weights start from those of papers with known askings (part `known_rank`) and are held near them: a
listwise softmax over the candidates from the bundled digests, of which those are right that stand in the article and clause of the evidence
and hold something of what is expected; then a logistic model of whether the first one answers. Texts that users bring, whose askings nobody
knows, have weights of their own (`new_law`). Needs the legal texts beside the repository. Prints how well questions do that were left out
of the learning.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from bot.match import FEATURES, Match
from bot.pipeline import Assistant
from bot.provisions import FEATURES as LAW_FEATURES
from bot.rank import DEFINES, LAW_NAMES, forget, weights_of
from eval import train_answerable
from eval.matching import evidence_in
from eval.papers import DIGESTS, LAW, library
from eval.questions import FOLDER, Case, load
from eval.train_answerable import Row
from eval.train_ranker import expected, options, write
from knowledge import lawnumbers
from knowledge.library import Library

# Chosen by eight-fold cross-validation on the development questions: those of old features are held near their start, those of new ones near 0.
_NEAR_OLD, _NEAR_NEW = 5.0, 1.0
_FOLDS, _ITERATIONS = 8, 200
_C, _UNANSWERABLE_WEIGHT, _LEAST_SPREAD = 0.03, 2.5, 0.05
_REFUSED = 0.04  # share of the answerable questions, left out of the learning, that may be refused besides those that slots decide
OLD = {*FEATURES, "defines"}
ANSWERABLE_NAMES = (*train_answerable.KNOWN_NAMES, *LAW_FEATURES)
_PLACE = re.compile(r"(?:^|\.)(d\d+)(?:\.(\d+[a-zđ]?))?(?=[.~-]|$)")
QUESTIONS = [FOLDER / "law.jsonl", FOLDER / "law_more.jsonl"]
Floats = NDArray[np.float64]
Provision = tuple[str, str, str]  # number of the text, article, clause ("" for the whole article)


@dataclass(frozen=True)
class Asked:
    """A question's candidates: `values` (candidates, LAW_NAMES), `right` (candidates,)."""

    values: Floats
    right: NDArray[np.bool_]


def main() -> None:
    """Command line."""
    given = options(__doc__, "parts `law_…` and `new_law_…`", QUESTIONS, at_large=False)
    cases = [case for path in given.questions for case in load(path)]
    with library(None, *sorted(LAW.glob("*.txt"))) as texts:
        evidence = [provisions(case, texts) for case in cases]
    with library(None, DIGESTS) as digests:
        for part, known in (("law", True), ("new_law", False)):  # the texts as they ship, and as if nobody had told what they are asked
            assistant = Assistant(digests, known=known)
            write(given.output, {f"{part}_rank": _ranking(part, rows(assistant, cases, evidence))})
            forget()  # the first match is that of the new order
            write(given.output, {f"{part}_answerable": answerable(train_answerable.rows(assistant, cases, ANSWERABLE_NAMES))})


def _ranking(part: str, asked: list[Asked]) -> dict[str, float]:
    folds = np.random.default_rng(0).permutation(len(asked)) % _FOLDS
    left_out = [
        _places(fit([a for a, own in zip(asked, folds, strict=True) if own != fold]), [a for a, own in zip(asked, folds, strict=True) if own == fold])
        for fold in range(_FOLDS)
    ]
    _tell(f"{part}, before", _places(starting(), asked))
    _tell(f"{part}, left out", np.concatenate(left_out))
    weights = fit(asked)
    _tell(f"{part}, with all, on the same", _places(weights, asked))
    return _named(LAW_NAMES, weights)


def _named(names: Sequence[str], weights: Floats) -> dict[str, float]:
    return {name: round(float(weight), 3) for name, weight in zip(names, weights, strict=True)}


def provisions(case: Case, texts: Library) -> frozenset[Provision]:
    """The provisions that hold a question's evidence."""
    found = set()
    for document in texts.documents().values():
        if document.source in case.documents:
            for paragraph in texts.paragraphs(document.id):
                at = _PLACE.search(paragraph.anchor)
                if at and evidence_in(case, document, paragraph):
                    found.add((_number(document.number), at[1], at[2] or ""))
    return frozenset(found)


def _number(written: str) -> str:
    return next((read.canonical for read in lawnumbers.find(written)), "")


def rows(assistant: Assistant, cases: Sequence[Case], evidence: Sequence[frozenset[Provision]]) -> list[Asked]:
    """The candidates of all answerable questions that are ordered as provisions of law."""
    found = []
    for case, held in zip(cases, evidence, strict=True):
        _, matches = assistant.matches(case.question, case.history)
        if held and matches and set(LAW_NAMES) <= matches[0].features.keys():
            values = np.array([[m.features[name] for name in LAW_NAMES] for m in matches], np.float64)
            found.append(Asked(values, np.array([_right(case, m, held) for m in matches])))
    return found


def _right(case: Case, match: Match, held: frozenset[Provision]) -> bool:
    at = _PLACE.search(match.hit.passage.anchor)
    number = _number(match.document.number)
    inside = at is not None and any(number == n and at[1] == article and clause in {"", at[2]} for n, article, clause in held)
    return inside and expected(case, match.hit.passage.text) > 0


def starting() -> Floats:
    """The weights that learning starts from (LAW_NAMES,)."""
    known = {**weights_of("known_rank"), "defines": DEFINES}
    return np.array([known.get(name, 0.0) for name in LAW_NAMES])


def fit(asked: Sequence[Asked]) -> Floats:
    """The weights (LAW_NAMES,): the right candidates of each question shall share the probability. Questions without one do not count."""
    asked = [a for a in asked if a.right.any()]
    start = starting()
    spread = np.concatenate([a.values for a in asked]).std(0)
    scale = np.where(spread > 1e-3, spread, 1.0)
    held = torch.from_numpy(np.where([name in OLD for name in LAW_NAMES], _NEAR_OLD, _NEAR_NEW))
    origin = torch.from_numpy(start * scale)
    pairs = [(torch.from_numpy(a.values / scale), torch.from_numpy(a.right)) for a in asked]
    weights = origin.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([weights], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = [(values @ weights, right) for values, right in pairs]
        missed = torch.stack([s.logsumexp(0) - s[right].logsumexp(0) for s, right in scores]).sum()
        total = missed + (held * (weights - origin) ** 2).sum()
        torch.autograd.backward(total)
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    learned: Floats = weights.detach().numpy() / scale
    return learned


def answerable(found: Sequence[Row]) -> dict[str, float]:
    """The weights and the bias with which few of the answerable questions that were left out of the learning are refused."""
    folds = np.random.default_rng(0).permutation(len(found)) % _FOLDS
    values, yes = np.stack([row.values for row in found]), np.array([bool(row.case.documents) for row in found])
    scores = np.zeros(len(found))
    for fold in range(_FOLDS):
        inside = folds == fold
        weights, bias = _fit_answerable(values[~inside], yes[~inside])
        scores[inside] = values[inside] @ weights + bias
    threshold = float(np.quantile(scores[yes], _REFUSED))
    print(f"answerable: {len(found)} questions, unanswerable refused {(scores[~yes] < threshold).mean():.3f} at false refusals of {_REFUSED:.0%}")
    weights, bias = _fit_answerable(values, yes)
    return {"bias": round(bias - threshold, 3), **_named(ANSWERABLE_NAMES, weights)}


def _fit_answerable(values: Floats, yes: NDArray[np.bool_]) -> tuple[Floats, float]:
    known = weights_of("known_answerable")
    mean, scale = values.mean(0), values.std(0) + _LEAST_SPREAD
    origin = torch.from_numpy(np.append(np.array([known.get(name, 0.0) for name in ANSWERABLE_NAMES]) * scale, 0.0))
    inputs = torch.from_numpy((values - mean) / scale)
    target, counted = torch.from_numpy(yes.astype(np.float64)), torch.from_numpy(np.where(yes, 1.0, _UNANSWERABLE_WEIGHT))
    learned = origin.clone().requires_grad_()
    optimiser = torch.optim.LBFGS([learned], max_iter=_ITERATIONS, line_search_fn="strong_wolfe")

    def loss() -> torch.Tensor:
        optimiser.zero_grad()
        scores = inputs @ learned[:-1] + learned[-1]
        each = torch.nn.functional.binary_cross_entropy_with_logits(scores, target, counted, reduction="sum")
        total = _C * each + 0.5 * ((learned[:-1] - origin[:-1]) ** 2).sum()
        torch.autograd.backward(total)
        return total

    optimiser.step(loss)  # type: ignore[no-untyped-call]
    solution = learned.detach().numpy()
    weights: Floats = solution[:-1] / scale
    return weights, float(solution[-1] - weights @ mean)


def _places(weights: Floats, asked: Sequence[Asked]) -> NDArray[np.intp]:
    """At which place the first right candidate of each question stands, a very low one when there is none."""
    orders = [a.right[np.argsort(-(a.values @ weights), kind="stable")] for a in asked]
    return np.array([int(np.argmax(order)) if order.any() else 10**6 for order in orders])


def _tell(name: str, places: NDArray[np.intp]) -> None:
    shares = ", ".join(f"{(places < most).mean():.3f} in {most}" for most in (1, 3, 5))
    print(f"{name}: {len(places)} questions, right one {shares}")


if __name__ == "__main__":
    main()
