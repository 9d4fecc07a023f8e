"""Train the model that tells orders to the assistant from questions and from sentences of papers (knowledge/attack.npz); about a minute.

python -m eval.train_attack

Learned from eval/attacks/building.jsonl and more.jsonl, with the questions for development and the lines of the bundled digests as harmless.
What comes of it is measured on eval/attacks/holdout.jsonl, from which nothing is learned.
"""

import json
import re
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression

from eval.questions import load
from knowledge import attack
from knowledge.text import fold

_HERE = Path(__file__).parent
_HARMLESS = ("development", "law", "law_more", "compare")  # question sets
_PLAIN = 0.5  # weight of a text without its marks, beside itself
_TRIES = re.compile(r"\b(?:quy tac|instructions|loi nhac|chi dan truoc)\b")  # the question sets hold a few attacks too
_STRENGTH = 30.0  # inverse of regularisation; of 3 and 30 the one that found more attacks at the same false alarms, in folds of the building sets


def attacks(name: str) -> list[dict[str, Any]]:
    """The lines of a set of eval/attacks."""
    return [json.loads(line) for line in (_HERE / "attacks" / f"{name}.jsonl").read_text("utf-8").splitlines()]


def turns(line: dict[str, Any]) -> list[str]:
    """The texts of a line among which the attack stands."""
    return line["history"] if line["kind"] == "history" else [line["text"]]


def train() -> None:
    """Learn the weights and write them."""
    told = [(attack.forms(max(turns(x), key=len))[0], bool(x["attack"])) for name in ("building", "more") for x in attacks(name)]
    told += [(c.question, False) for name in _HARMLESS for c in load(_HERE / "questions" / f"{name}.jsonl") if not _TRIES.search(fold(c.question))]
    papers = sorted((_HERE.parent / "knowledge" / "documents").glob("*.md"))
    told += [(line.strip("- #"), False) for p in papers for line in p.read_text("utf-8").splitlines() if line[:1] in {"-", "#"}]
    weights = [1.0] * len(told) + [_PLAIN] * len(told)
    told += [(fold(text), said) for text, said in told]
    vectors = np.stack([attack.features(text) for text, _ in told])
    model = LogisticRegression(C=_STRENGTH, max_iter=3000).fit(vectors, [said for _, said in told], sample_weight=weights)
    np.savez_compressed(Path(attack.__file__).with_name("attack.npz"), weights=model.coef_[0].astype(np.float16), bias=np.float32(model.intercept_[0]))


def measure(name: str) -> dict[tuple[bool, str], tuple[int, int]]:
    """Of a set, by attack or not and by kind: how many are taken for attacks, of how many."""
    taken: Counter[tuple[bool, str]] = Counter()
    every: Counter[tuple[bool, str]] = Counter()
    for line in attacks(name):
        key = (line["attack"], line["kind"])
        every[key] += 1
        taken[key] += any(attack.commands(turn) for turn in turns(line))
    return {key: (taken[key], every[key]) for key in every}


if __name__ == "__main__":
    train()
    for name in ("building", "more", "holdout"):
        print(name, ", ".join(f"{'attack' if said else 'harmless'} {kind} {n}/{of}" for (said, kind), (n, of) in measure(name).items()))
