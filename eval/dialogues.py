"""Dialogues about support: whether the list that ends each one has the programmes that fit, no others, and none that is over as if it held.

`dialogues.jsonl` has one dialogue a line: `turns` of a person; `final`, the status of the last answer ("-": the last turn must not be answered
as a part of the dialogue); `asked`, how many questions should be put; `must`, `may`, `must_not`: names of `programmes.toml` ("@" and a base for all of
its names). Those of the set "check" were written before they were ever run and no rule was made by them.
Run: python -m eval.dialogues [--data-dir DIR]
"""

import argparse
import datetime
import json
import re
import tomllib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Answer
from bot.pipeline import Assistant
from eval.papers import DIGESTS, library

FILE = Path(__file__).with_name("dialogues.jsonl")
PROGRAMMES = Path(__file__).with_name("programmes.toml")
TODAY = datetime.date(2026, 11, 21)  # the day that the lists were made for
_MARKED = {"over": "đã hết", "unsure": "chưa rõ"}
_MARKER = re.compile(r"\[(\d+)\]")


@dataclass(frozen=True)
class Result:
    """What came of one dialogue: names that should be there and are or lack, statements that are right or wrong, and what else is wrong."""

    id: str
    set: str
    met: frozenset[str]
    lacking: frozenset[str]
    right: int
    wrong: tuple[str, ...]
    faults: tuple[str, ...]


def load(path: Path = FILE) -> list[dict[str, Any]]:
    """All dialogues."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]


def run(assistant: Assistant, dialogue: dict[str, Any], tables: dict[str, Any]) -> Result:
    """Say all turns of a dialogue and judge the last answer."""
    turns: list[str] = dialogue["turns"]
    answers = [assistant.ask(turn, turns[:i]) for i, turn in enumerate(turns)]
    last, faults = answers[-1], []
    must, may, not_ = (_names(dialogue.get(field, ()), tables) for field in ("must", "may", "must_not"))
    if dialogue["final"] == "-":
        if _is_list(last) or last.status == "clarify":
            faults.append("answered as a part of a dialogue")
        return Result(dialogue["id"], dialogue["set"], frozenset(), frozenset(), 0, (), tuple(faults))
    if last.status != dialogue["final"]:
        faults.append(f"status {last.status}")
    asked = sum(answer.status == "clarify" for answer in answers)
    if asked > 3 or asked != dialogue.get("asked", asked):
        faults.append(f"{asked} questions")
    met: set[str] = set()
    wrong: list[str] = []
    right = 0
    for heading, key, text in _shown(last):
        named = {name for name, paragraphs in tables["programmes"].items() if _stands(key, paragraphs)}
        if any(_stands(key, paragraphs) for paragraphs in tables["beside"].values()):
            continue
        fits = named & (must | may)
        right += bool(fits)
        met |= fits
        if not fits:
            wrong.append(f"{key} {text[:80]}{' (must not)' if named & not_ else ''}")
        faults += [f"{name} not marked" for mark, said in _MARKED.items() for name in named & set(tables[mark]) if said not in heading]
    return Result(dialogue["id"], dialogue["set"], frozenset(met & must), frozenset(must - met), right, tuple(wrong), tuple(faults))


def _names(given: Iterable[str], tables: dict[str, Any]) -> set[str]:
    return {name for entry in given for name in (tables["bases"][entry[1:]] if entry.startswith("@") else [entry])}


def _is_list(answer: Answer) -> bool:
    return "loại hỗ trợ" in answer.text.split("\n")[0]


def _shown(answer: Answer) -> list[tuple[str, str, str]]:
    """(heading, document#anchor, line) of each line of a list, but for what it leaves out."""
    by_marker = {c.marker: f"{c.document.id}#{c.paragraph.anchor}" for c in answer.citations}
    found, heading = [], ""
    for line in answer.text.split("\n"):
        if line.startswith("- "):
            found += [(heading, by_marker[int(marker)], line) for marker in _MARKER.findall(line)]
        elif line.strip():
            heading = line
    return found


def _stands(key: str, paragraphs: Sequence[str]) -> bool:
    """True when an anchor is one of those listed or lies under one."""
    return any(key == p or (key.startswith(p) and (p.endswith("#") or not key[len(p)].isalnum())) for p in paragraphs)


def report(results: Sequence[Result]) -> list[str]:
    """A line for each set, then what is wrong, dialogue by dialogue."""
    lines = []
    for name in dict.fromkeys(r.set for r in results):
        own = [r for r in results if r.set == name]
        shown, right = sum(r.right + len(r.wrong) for r in own), sum(r.right for r in own)
        wanted, met = sum(len(r.met | r.lacking) for r in own), sum(len(r.met) for r in own)
        faultless = sum(not r.faults and not r.wrong for r in own)
        lines.append(
            f"{name}: {len(own)} dialogues, {faultless} without a fault; precision {right}/{shown} = {right / max(1, shown):.3f}; "
            f"recall {met}/{wanted} = {met / max(1, wanted):.3f}"
        )
    for r in results:
        said = [*(f"fault: {f}" for f in r.faults), *(f"wrong: {w}" for w in r.wrong), *([f"lacking: {', '.join(sorted(r.lacking))}"] if r.lacking else [])]
        lines += [f"  {r.id} {line}" for line in said]
    return lines


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--data-dir", type=Path, default=None)
    parser.add_argument("--set", default="", help="only this set")
    given = parser.parse_args()
    tables = tomllib.loads(PROGRAMMES.read_text("utf-8"))
    with library(given.data_dir, DIGESTS) as papers:
        assistant = Assistant(papers, today=lambda: TODAY)
        results = [run(assistant, d, tables) for d in load() if given.set in {"", d["set"]}]
    print("\n".join(report(results)))


if __name__ == "__main__":
    main()
