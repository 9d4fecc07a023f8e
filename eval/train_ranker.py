"""Learn the ranker of bot/rank.py: a listwise softmax over the features of bot.match and the slots of bot.slots.

    python -m eval.train_ranker [QUESTIONS.jsonl ...] [--output bot/weights.json]

Needs the papers that the questions name beside the repository; leaves the weights of the answerability model as they are, which is
to be learned anew afterwards (eval/train_answerable.py). Of a question's candidates those are right whose paragraph holds the
evidence and whose own words hold the most of what is expected. Prints how well papers do that were left out of the learning.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray

import bot
from bot.match import FEATURES, Match
from bot.pipeline import Assistant
from bot.rank import of_law
from bot.slots import SLOTS, slots
from bot.weights import Weights
from eval.matching import evidence_in, folded, holds
from eval.papers import DIGESTS, library
from eval.questions import FOLDER, Case, load
from eval.restated import Proves, restated
from knowledge.library import Library

WEIGHTS = Path(bot.__file__).with_name("weights.json")
DEVELOPMENT = FOLDER / "development.jsonl"
NAMES = (*FEATURES, *SLOTS)
_L2, _RATE, _STEPS = 1e-3, 0.1, 300
_EVIDENCE_ALONE = 0.3  # what a passage of the right paragraph counts that holds nothing of what is expected


@dataclass(frozen=True)
class Asked:
    """A question's candidates: `values` (candidates, NAMES); `evidence` and `right` (candidates,) tell which hold the evidence, and best."""

    case: Case
    values: NDArray[np.float32]
    evidence: NDArray[np.bool_]
    right: NDArray[np.bool_]


def main() -> None:
    """Command line."""
    given = options(__doc__, "parts `rank` and `slots`")
    asked = [a for path in given.questions for a in _rows_of(path)]
    for paper in sorted({paper_of(a) for a in asked}):
        rest = [a for a in asked if paper_of(a) != paper]
        if rest:
            _tell(f"without {paper}", fit(rest), [a for a in asked if paper_of(a) == paper])
    weights = fit(asked)
    _tell("with all, on the same", weights, asked)
    write(given.output, {"rank": _named(weights, FEATURES), "slots": _named(weights, SLOTS)})


def options(doc: str | None, replaced: str, questions: Sequence[Path] = (DEVELOPMENT,)) -> argparse.Namespace:
    """`questions` and `output` from the command line of a script that learns a part of the weights file; `doc` is its docstring."""
    parser = argparse.ArgumentParser(description=(doc or "").split("\n", maxsplit=1)[0])
    parser.add_argument("questions", nargs="*", type=Path, default=list(questions), help="question files")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help=f"weights file of which {replaced} will be replaced")
    return parser.parse_args()


def _rows_of(questions: Path) -> list[Asked]:
    """Those of the papers, and those of their digests beside all other bundled papers."""
    cases = load(questions)
    with library() as papers, library(None, DIGESTS) as digests:
        return [*rows(Assistant(papers), cases), *rows(Assistant(digests), cases, restated(cases, papers))]


def rows(assistant: Assistant, cases: Sequence[Case], proves: Proves = evidence_in) -> list[Asked]:
    """The candidates of all answerable questions that one search answers; `proves` tells which paragraphs hold a question's evidence.

    Provisions of law are left out: eval/train_law.py learns to order them.
    """
    weights = Weights(assistant.library)
    found = []
    for case in cases:
        question, matches = assistant.matches(case.question, case.history)
        if case.documents and case.type != "compare" and matches and not of_law(matches[0]):
            opened = [replace(m, slots=slots(question, m, weights)) for m in matches]
            found.append(_asked(case, opened, assistant.library, proves))
    return found


def _asked(case: Case, matches: Sequence[Match], papers: Library, proves: Proves) -> Asked:
    values = np.array([[{**m.features, **m.slots}[name] for name in NAMES] for m in matches], np.float32)
    evidence = np.array([proves(case, m.document, papers.paragraph(m.document.id, m.hit.passage.anchor)) for m in matches])
    worth = evidence * np.array([_EVIDENCE_ALONE + (1 - _EVIDENCE_ALONE) * expected(case, m.hit.passage.text) for m in matches])
    return Asked(case, values, evidence, (worth > 0) & (worth >= worth.max() - 1e-9))


def expected(case: Case, text: str) -> float:
    """The share of the groups expected that a text holds."""
    text = folded(text)
    return sum(any(holds(text, word) for word in group) for group in case.expects) / max(1, len(case.expects))


def paper_of(asked: Asked) -> str:
    """The paper that a question is about."""
    return asked.case.documents[0]


def fit(asked: Sequence[Asked]) -> NDArray[np.float32]:
    """One weight for each of NAMES: the right candidates of each question shall share the probability. Questions without one do not count."""
    asked = [a for a in asked if a.right.any()]
    shape = (len(asked), max(len(a.values) for a in asked))
    values = torch.zeros(*shape, len(NAMES))
    there, right = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    for i, a in enumerate(asked):
        values[i, : len(a.values)] = torch.from_numpy(a.values)
        there[i, : len(a.values)] = True
        right[i, : len(a.values)] = torch.from_numpy(a.right)
    weights = torch.zeros(len(NAMES), requires_grad=True)
    optimiser = torch.optim.Adam([weights], lr=_RATE)
    for _ in range(_STEPS):
        scores = values @ weights
        every = scores.masked_fill(~there, -torch.inf).logsumexp(1)
        best = scores.masked_fill(~right, -torch.inf).logsumexp(1)
        loss = (every - best).mean() + _L2 * (weights**2).sum()
        optimiser.zero_grad()
        torch.autograd.backward(loss)
        optimiser.step()
    learned: NDArray[np.float32] = weights.detach().numpy()
    return learned


def _tell(name: str, weights: NDArray[np.float32], asked: Sequence[Asked]) -> None:
    orders = [np.argsort(-(a.values @ weights), kind="stable") for a in asked]
    first = np.mean([a.evidence[order[0]] for a, order in zip(asked, orders, strict=True)])
    best = np.mean([a.right[order[0]] for a, order in zip(asked, orders, strict=True)])
    five = np.mean([a.evidence[order[:5]].any() for a, order in zip(asked, orders, strict=True)])
    print(f"{name}: {len(asked)} questions, evidence first {first:.3f}, best passage first {best:.3f}, evidence in five {five:.3f}")


def _named(weights: NDArray[np.float32], names: Sequence[str]) -> dict[str, float]:
    return {name: round(float(weights[NAMES.index(name)]), 3) for name in names}


def write(path: Path, parts: dict[str, dict[str, float]]) -> None:
    """Replace parts of a weights file, keep the others."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**kept, **parts}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
