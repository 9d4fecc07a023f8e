"""Question sets: one JSON object a line (id, type, question, history, expects, must_not, doc, and where the evidence stands).

Evidence is named by `lines` (ranges of 1-based source lines, a list or a mapping from file to list), or, in sets kept outside
the project, by `evidence` (substrings of the paper).
"""

import json
from dataclasses import dataclass, field
from pathlib import Path

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
            except (KeyError, TypeError, json.JSONDecodeError) as error:
                raise ValueError(f"{path.name}:{number}: not a question ({error})") from error
    return cases


def _case(data: dict[str, object]) -> Case:
    doc = data["doc"]
    documents: tuple[str, ...] = () if doc is None else tuple(doc) if isinstance(doc, list) else (str(doc),)
    raw = data.get("lines") or {}
    by_file = raw if isinstance(raw, dict) else dict.fromkeys(documents[:1], raw)
    history = tuple(str(h["content"]) if isinstance(h, dict) else str(h) for h in data.get("history") or [])  # type: ignore[attr-defined]
    return Case(
        id=str(data["id"]), type=str(data["type"]), question=str(data["question"]), history=history,
        expects=tuple(tuple(group) for group in data["expects"]),  # type: ignore[attr-defined]
        must_not=tuple(data["must_not"]),  # type: ignore[arg-type]
        documents=documents, lines={f: tuple((int(a), int(b)) for a, b in ranges) for f, ranges in by_file.items()},
        evidence=tuple(data.get("evidence") or ()),  # type: ignore[arg-type]
    )  # fmt: skip
