"""Learn the ranker of bot/rank.py: a listwise softmax over the features of bot.match and the slots of bot.slots.

    python -m eval.train_ranker [QUESTIONS.jsonl ...] [--output bot/weights.json]

The weights for papers at large are learned with `--unseen`, an embedding that does not know the papers; those for papers with known
askings with the shipped one. Needs the papers that the questions name beside the repository; leaves the weights of the answerability model
as they are, which is to be learned anew afterwards (eval/train_answerable.py). Of a question's candidates those are right whose paragraph
holds the evidence and whose own words hold the most of what is expected. Prints how well papers do that were left out of the learning.
"""

import argparse
import json
from collections.abc import Callable, Sequence
from contextlib import nullcontext
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TypeVar

import numpy as np
import torch
from numpy.typing import NDArray

import bot
from bot.askings import FEATURES as ASKING_FEATURES
from bot.match import FEATURES, Match
from bot.pipeline import Assistant
from bot.rank import KNOWN_NAMES, kind_of
from bot.slots import SLOTS, slots
from bot.weights import Weights
from eval.matching import evidence_in, folded, holds
from eval.papers import DIGESTS, library
from eval.questions import FOLDER, Case, load
from eval.restated import Proves, restated
from knowledge import embedding
from knowledge.library import Library

Row = TypeVar("Row")
WEIGHTS = Path(bot.__file__).with_name("weights.json")
DEVELOPMENT = FOLDER / "development.jsonl"
_L2, _RATE, _STEPS = 1e-3, 0.1, 300
_EVIDENCE_ALONE = 0.3  # what a passage of the right paragraph counts that holds nothing of what is expected


@dataclass(frozen=True)
class Asked:
    """A question's candidates: `values` (candidates, names); `evidence` and `right` (candidates,) tell which hold the evidence, and best."""

    case: Case
    values: NDArray[np.float32]
    evidence: NDArray[np.bool_]
    right: NDArray[np.bool_]


def main() -> None:
    """Command line."""
    given = options(__doc__, "parts `rank` and `slots`, and those of papers with known askings,")
    at_large, known = at_large_and_known(given, rows, KNOWN_NAMES)
    write(given.output, {**_learned(at_large, FEATURES, ""), **_learned(known, KNOWN_NAMES, "known_")})


def _learned(asked: list[Asked], features: Sequence[str], part: str) -> dict[str, dict[str, float]]:
    for paper in sorted({paper_of(a) for a in asked}):
        rest = [a for a in asked if paper_of(a) != paper]
        if rest:
            _tell(f"{part}without {paper}", fit(rest), [a for a in asked if paper_of(a) == paper])
    weights = fit(asked)
    _tell(f"{part}with all, on the same", weights, asked)
    named = dict(zip((*features, *SLOTS), (round(float(weight), 3) for weight in weights), strict=True))
    return {f"{part}rank": {name: named[name] for name in features}, f"{part}slots": {name: named[name] for name in SLOTS}}


def at_large_and_known(given: argparse.Namespace, rows_of: Callable[..., list[Row]], known_names: Sequence[str]) -> tuple[list[Row], list[Row]]:
    """What `rows_of` makes of the questions over their papers, strange to the embedding as those that users bring are, and over all digests."""
    cases = [case for path in given.questions for case in load(path)]
    with library() as papers:
        proves = restated(cases, papers)
    with embedding.instead(given.unseen) if given.unseen else nullcontext(), library() as strange:
        at_large = rows_of(Assistant(strange), cases)
    with library(None, DIGESTS) as digests:
        return at_large, rows_of(Assistant(digests), cases, known_names, proves)


def options(doc: str | None, replaced: str, questions: Sequence[Path] = (DEVELOPMENT,), *, at_large: bool = True) -> argparse.Namespace:
    """`questions` and `output` from the command line of a script that learns a part of the weights file; `doc` is its docstring.

    With `at_large` also `unseen`: the embedding for papers that users bring.
    """
    parser = argparse.ArgumentParser(description=(doc or "").split("\n", maxsplit=1)[0])
    parser.add_argument("questions", nargs="*", type=Path, default=list(questions), help="question files")
    if at_large:
        parser.add_argument("--unseen", type=Path, help="folder of an embedding tuned without the papers (eval/tune_embedding.py --national)")
    parser.add_argument("--output", type=Path, default=WEIGHTS, help=f"weights file of which {replaced} will be replaced")
    return parser.parse_args()


def rows(assistant: Assistant, cases: Sequence[Case], features: Sequence[str] = FEATURES, proves: Proves = evidence_in) -> list[Asked]:
    """The candidates of all answerable questions that one search answers; `proves` tells which paragraphs hold a question's evidence.

    Questions whose matches were measured in another way than by `features` are left out.
    """
    weights = Weights(assistant.library)
    found = []
    for case in cases:
        question, matches = assistant.matches(case.question, case.history)
        if case.documents and case.type != "compare" and matches and measured_by(features) == kind_of(matches):
            opened = [replace(m, slots=slots(question, m, weights)) for m in matches]
            found.append(_asked(case, opened, (*features, *SLOTS), assistant.library, proves))
    return found


def measured_by(features: Sequence[str]) -> str:
    """The kind of matches (bot.rank) that has these features."""
    return "known" if ASKING_FEATURES[0] in features else ""


def _asked(case: Case, matches: Sequence[Match], names: Sequence[str], papers: Library, proves: Proves) -> Asked:
    values = np.array([[{**m.features, **m.slots}[name] for name in names] for m in matches], np.float32)
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
    """One weight for each name: the right candidates of each question shall share the probability. Questions without one do not count."""
    asked = [a for a in asked if a.right.any()]
    shape = (len(asked), max(len(a.values) for a in asked))
    names = asked[0].values.shape[1]
    values = torch.zeros(*shape, names)
    there, right = torch.zeros(shape, dtype=torch.bool), torch.zeros(shape, dtype=torch.bool)
    for i, a in enumerate(asked):
        values[i, : len(a.values)] = torch.from_numpy(a.values)
        there[i, : len(a.values)] = True
        right[i, : len(a.values)] = torch.from_numpy(a.right)
    weights = torch.zeros(names, requires_grad=True)
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


def write(path: Path, parts: dict[str, dict[str, float]]) -> None:
    """Replace parts of a weights file, keep the others."""
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**kept, **parts}, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
