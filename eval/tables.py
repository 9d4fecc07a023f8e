"""The report as tables for people."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

from rich.console import Console
from rich.table import Table

from eval.metrics import MEASURES
from eval.retrieval import MEASURES as RETRIEVAL

if TYPE_CHECKING:
    from eval.report import Run

_WIDTH = 150  # columns where the output is no terminal: a cut table would hide measures
_COUNTS = frozenset({"shown_wrong", "words"})
_LEGEND = (
    "right, proven, cited, first cited, false refusals: % of answerable questions; refused: % of unanswerable ones; shown wrong: answers "
    "with a figure that does not stand in what they cite; words: median of answers to questions for one fact; the rest: ranked paragraphs."
)
_NO_EVIDENCE = (
    "The library does not hold the papers that these questions name (digests have other lines): what is right and what is refused is "
    "measured, citations and retrieval are not. Lay the shared corpus beside the repository to measure all."
)


def show(runs: Sequence["Run"]) -> None:
    """The table of measures, then the one by type, then what was left out and why."""
    console = Console(markup=False, highlight=False)
    if not console.is_terminal:
        console = Console(markup=False, highlight=False, width=_WIDTH)
    console.print(_measures(runs))
    console.print(_LEGEND, style="dim")
    console.print(_by_type(runs))
    if any(run.measures["cited"] is None for run in runs):
        console.print(_NO_EVIDENCE)


def _measures(runs: Sequence["Run"]) -> Table:
    table = Table("set", "typed", title="Measures", title_justify="left", box=None, pad_edge=False)
    for name in ("questions", *MEASURES, *RETRIEVAL):
        table.add_column(name.replace("_", " "), justify="right")
    for run in runs:
        table.add_row(run.set, run.typed, str(run.questions), *(cell(name, run.measures[name]) for name in (*MEASURES, *RETRIEVAL)))
    return table


def _by_type(runs: Sequence["Run"]) -> Table:
    table = Table("type", title="By type: % right / % cited (questions)", title_justify="left", box=None, pad_edge=False)
    for run in runs:
        table.add_column(f"{run.set}, {run.typed}", justify="right")
    for kind in dict.fromkeys(kind for run in runs for kind in run.by_type):
        table.add_row(kind, *(_of_type(run, kind) for run in runs))
    return table


def _of_type(run: "Run", kind: str) -> str:
    values = run.by_type.get(kind)
    return f"{cell('right', values['right'])} / {cell('cited', values['cited'])} ({values['questions']:.0f})" if values else ""


def cell(name: str, value: float | None) -> str:
    """A measure as shown: shares in per cent, counts whole, – for what was not measured."""
    if value is None:
        return "–"
    return f"{value:.0f}" if name in _COUNTS else f"{100 * value:.1f}"
