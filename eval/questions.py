"""Question sets: one JSON object a line (id, type, question, history, expects, must_not, doc, and where the evidence stands).

Evidence is named by `lines` (ranges of 1-based source lines, a list or a mapping from file to list), or, in sets kept outside
the project, by `evidence` (substrings of the paper). `eval/questions/README.md` tells more of the sets.
"""

import json
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from knowledge.text import fold

FOLDER = Path(__file__).with_name("questions")


@dataclass(frozen=True)
class Case:
    """A question with what a right answer holds. `documents` are the source files; empty: the papers do not answer."""

    id: str
    type: str
    question: str
    history: tuple[str, ...]
    expects: tuple[tuple[str, ...], ...]
    must_not: tuple[str, ...]
    documents: tuple[str, ...]
    lines: dict[str, tuple[tuple[int, int], ...]] = field(default_factory=dict)
    evidence: tuple[str, ...] = ()


def load(path: Path) -> list[Case]:
    """All cases of a file, in order. Raises ValueError with the line's number for a line that is no case."""
    cases = []
    for number, line in enumerate(path.read_text("utf-8").splitlines(), start=1):
        if line.strip():
            try:
                cases.append(_case(json.loads(line)))
            except KeyError as error:
                raise ValueError(f"{path.name}:{number}: not a question (no field {error})") from error
            except (AttributeError, TypeError, ValueError) as error:
                raise ValueError(f"{path.name}:{number}: not a question ({error})") from error
    return cases


def without_accents(case: Case) -> Case:
    """The same case as people type it on a plain keyboard: question and history lower case, no mark, đ as d."""
    return replace(case, question=fold(case.question), history=tuple(map(fold, case.history)))


def _case(data: dict[str, Any]) -> Case:
    doc = data["doc"]
    documents = () if doc is None else tuple(map(str, doc)) if isinstance(doc, list) else (str(doc),)
    raw = data.get("lines") or {}
    by_file = raw if isinstance(raw, dict) else dict.fromkeys(documents[:1], raw)
    return Case(
        id=str(data["id"]), type=str(data["type"]), question=str(data["question"]),
        history=tuple(str(turn["content"] if isinstance(turn, dict) else turn) for turn in data.get("history") or ()),
        expects=tuple(_words(group, "a group of expects") for group in data["expects"]), must_not=_words(data["must_not"], "must_not"),
        documents=documents, lines={file: tuple((int(a), int(b)) for a, b in ranges) for file, ranges in by_file.items()},
        evidence=_words(data.get("evidence") or [], "evidence"),
    )  # fmt: skip


def _words(given: Any, name: str) -> tuple[str, ...]:
    """A list of strings; a string in its place would be read letter by letter, an empty one would be found everywhere."""
    if not isinstance(given, list) or not all(isinstance(word, str) and word.strip() for word in given):
        raise ValueError(f"{name} is a list of strings, none of them empty")
    return tuple(given)
