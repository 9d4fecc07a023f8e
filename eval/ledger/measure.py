"""Precision and recall of the ledger's rows against the hand-made list `rows.jsonl`.

A row of the ledger meets one of the list when it stands in the paragraph of that line of the paper and agrees in value, unit,
year or period, status, place and in the words that tell the figure from its neighbours. Each row meets one at most.
"""

import json
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from ingest.pipeline import read_paper
from knowledge.model import Indicator, Paper
from knowledge.text import fold

ROWS = Path(__file__).with_name("rows.jsonl")
# Units of one meaning; a part after a stroke is compared only when both have one.
_SAME_UNIT = (
    {"htx", "hop tac xa"}, {"tht", "to hop tac"}, {"lhhtx", "lien hiep htx", "lien hiep hop tac xa"}, {"qtdnd", "quy", "quy tin dung", "quy tdnd"},
    {"nguoi", "lao dong", "can bo", "can bo chu chot", "luot can bo", "luot", "luot nguoi"},
)  # fmt: skip
_LEVELS = ("tinh", "huyen", "thanh pho", "thi xa", "thi tran", "xa", "phuong", "tp")


@dataclass(frozen=True)
class Result:
    """`met` rows of the list of `wanted`, `found` rows of the ledger that could be right or wrong; `wrong` tells why others did not meet."""

    wanted: int
    met: int
    found: int
    right: int
    wrong: tuple[tuple[str, Indicator], ...]
    missing: tuple[dict[str, Any], ...]

    @property
    def precision(self) -> float:
        return self.right / self.found if self.found else 0.0

    @property
    def recall(self) -> float:
        return self.met / self.wanted if self.wanted else 0.0


def load(path: Path = ROWS) -> dict[str, list[dict[str, Any]]]:
    """The list by the file name of the paper."""
    listed: dict[str, list[dict[str, Any]]] = {}
    for line in path.read_text("utf-8").splitlines():
        row = json.loads(line)
        listed.setdefault(row["paper"], []).append(row)
    return listed


def measure(paper: Paper, wanted: Sequence[dict[str, Any]]) -> Result:
    """Measure one paper's rows. A row that meets an optional one of the list counts neither for nor against."""
    lines = {p.anchor: p.lines for p in paper.paragraphs}
    left = list(wanted)
    right = neutral = 0
    wrong: list[tuple[str, Indicator]] = []
    unmet = list(paper.indicators)
    for row in list(unmet):
        met = next((w for w in left if _differs(row, w, lines[row.anchor], paper) == ""), None)
        if met is not None:
            left.remove(met)
            unmet.remove(row)
            right += not met["optional"]
            neutral += met["optional"]
    for row in unmet:
        reasons = [_differs(row, w, lines[row.anchor], paper) for w in left]
        reason = min(reasons, key=_ORDER.index, default="line")
        optional = reason not in {"line", "value"} and left[reasons.index(reason)]["optional"]
        neutral += optional
        if not optional:
            wrong.append((reason, row))
    missing = tuple(w for w in left if not w["optional"])
    needed = sum(not w["optional"] for w in wanted)
    return Result(needed, needed - len(missing), len(paper.indicators) - neutral, right, tuple(wrong), missing)


_ORDER = ("", "place", "status", "years", "name", "unit", "value", "line")


def _differs(row: Indicator, wanted: dict[str, Any], lines: Sequence[tuple[int, int]], paper: Paper) -> str:
    """In what a row differs from one of the list: one of _ORDER, "" when in nothing."""
    if not any(a <= wanted["line"] <= b for a, b in lines):
        return "line"
    if float(row.low) != float(wanted["low"]) or (row.high is None) != (wanted["high"] is None) or (row.high and float(row.high) != float(wanted["high"])):
        return "value"
    if not _same_unit(row, wanted["unit"]):
        return "unit"
    said = fold(f"{row.name} | {row.context}")
    if not all(any(fold(word) in said for word in key.split("|")) for key in wanted["keys"]):
        return "name"
    years = "" if row.years is None else str(row.years[0]) if row.years[0] == row.years[1] else f"{row.years[0]}-{row.years[1]}"
    if years not in wanted["years"]:
        return "years"
    if row.status not in wanted["status"]:
        return "status"
    return "" if _bare(row.place.name) in fold(wanted["place"]) else "place"


def _same_unit(row: Indicator, wanted: str) -> bool:
    unit, _, per = fold(wanted).partition("/")
    own = fold(row.unit)
    if per and row.per and per.replace(" ", "") != fold(row.per).replace(" ", ""):
        return False
    return own == unit or own.startswith(unit) or unit.startswith(own) or any({own, unit} <= same for same in _SAME_UNIT)


def _bare(place: str) -> str:
    folded = fold(place)
    return next((folded[len(level) + 1 :] for level in _LEVELS if folded.startswith(level + " ")), folded)


def main(folder: Path) -> None:
    """Print the table for the papers of a folder, with what was wrong."""
    total: Counter[str] = Counter()
    for name, wanted in load().items():
        result = measure(read_paper(folder / name), wanted)
        print(f"{name}: precision {result.precision:.3f} ({result.right}/{result.found}), recall {result.recall:.3f} ({result.met}/{result.wanted})")
        total.update(right=result.right, found=result.found, met=result.met, wanted=result.wanted)
        for reason, row in result.wrong:
            print(f"   {reason or 'twice':7} {row.anchor} {row.printed} | {row.name} | {row.years} {row.status} {row.place.name}")
        for w in result.missing:
            print(f"   missing {w['line']} {w['printed']} | {w['name']} | {w['keys']} {w['years']} {w['status']} {w['place']}")
    print(f"all: precision {total['right'] / total['found']:.3f}, recall {total['met'] / total['wanted']:.3f}")
