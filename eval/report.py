"""The report: every set asked as typed and without accents, measured, laid beside its floors, printed as tables or JSON."""

import json
import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import track

from bot.llm.model import Model
from bot.pipeline import Assistant
from eval import tables
from eval.metrics import SMALLER_IS_BETTER, Measures, by_type, measures
from eval.papers import SAMPLE, library, papers_of
from eval.questions import FOLDER, Case, load, without_accents
from eval.retrieval import MEASURES as RETRIEVAL
from eval.retrieval import retrieval
from knowledge.library import Library

FLOORS = Path(__file__).with_name("floors.toml")
AS_TYPED, NO_ACCENTS, MODEL = "as typed", "no accents", "with the model"
PAPERS, DIGESTS = "papers", "digests"
Floors = dict[str, Any]

_out = Console(markup=False, highlight=False)
_err = Console(markup=False, highlight=False, stderr=True)


@dataclass(frozen=True)
class Run:
    """One set asked in one way. `source` is PAPERS where the library holds files that the questions name, else DIGESTS."""

    set: str
    typed: str
    source: str
    questions: int
    measures: Measures
    by_type: dict[str, Measures]

    def to_json(self) -> dict[str, Any]:
        return {
            "set": self.set, "typed": self.typed, "source": self.source, "questions": self.questions, "measures": self.measures,
            "by_type": self.by_type,
        }  # fmt: skip


def main(questions: Path | None, as_json: bool, data_dir: Path | None, papers: Path | None = None, floors: Path = FLOORS, model: Model | None = None) -> int:
    """Measure and print; 0, or 1 when a measure is below its floor, or 2 when a question file cannot be read.

    Without `questions` the project's own sets are asked, and the sample where it lies beside the repository; without `data_dir`
    a temporary library is made of `papers` (eval.papers says which by default). With a `model` each set is asked with it beside, in place
    of without accents. Raises LibraryError when there is no library.
    """
    paths = [questions] if questions else [*sorted(FOLDER.glob("*.jsonl")), *([SAMPLE] if SAMPLE.is_file() else [])]
    try:
        sets = {path.stem: load(path) for path in paths}
    except (OSError, ValueError) as error:
        _err.print(f"error: {error}", soft_wrap=True)
        return 2
    runs = []
    for law in (False, True):  # questions on the law are asked of a library that holds it
        group = {path.stem: sets[path.stem] for path in paths if path.stem.startswith("law") == law}
        if group:
            sources = [papers] if papers else papers_of(law)
            with library(data_dir, *sources) as measured:
                runs += run_all(group, measured, model)
    fallen = below(runs, tomllib.loads(floors.read_text("utf-8")))
    if as_json:
        _out.print(json.dumps({"runs": [run.to_json() for run in runs], "fallen": fallen}, ensure_ascii=False, indent=2), soft_wrap=True)
    else:
        tables.show(runs)
    for line in fallen:
        _err.print(line, soft_wrap=True)
    return 1 if fallen else 0


def run_all(sets: dict[str, list[Case]], measured: Library, model: Model | None = None) -> list[Run]:
    """Every set as typed and without accents, by one warm assistant; with a model, as typed without it and with it."""
    assistant = Assistant(measured)
    assistant.warm()
    other = assistant if model is None else Assistant(measured, model=model)
    runs = []
    for name, cases in sets.items():
        runs.append(_run(name, AS_TYPED, cases, assistant))
        if model is None:
            runs.append(_run(name, NO_ACCENTS, [without_accents(case) for case in cases], assistant))
        else:
            runs.append(_run(name, MODEL, cases, other))
            _err.print(f"{name}: calls {dict(model.outcomes)}, texts {dict(other.written)}", soft_wrap=True)
    return runs


def _run(name: str, typed: str, cases: Sequence[Case], assistant: Assistant) -> Run:
    shown = track(cases, description=f"{name}, {typed}", console=_err, transient=True, disable=not _err.is_terminal)
    pairs = [(case, assistant.ask(case.question, case.history)) for case in shown]
    held = {document.source for document in assistant.library.documents().values()}
    citable = all(set(case.documents) <= held for case in cases)
    source = PAPERS if any(set(case.documents) & held for case in cases) else DIGESTS
    found = retrieval(cases, assistant.ranked, assistant.library) if citable else dict.fromkeys(RETRIEVAL)
    return Run(name, typed, source, len(cases), {**measures(pairs, citable), **found}, by_type(pairs, citable))


def below(runs: Sequence[Run], floors: Floors) -> list[str]:
    """What is worse than its floor, a line each. Floors are by source, set, way of typing and measure; what lacks one passes."""
    fallen = []
    for run in runs:
        for measure, floor in floors.get(run.source, {}).get(run.set, {}).get(run.typed, {}).items():
            value = run.measures[measure]
            if value is not None and (value > floor if measure in SMALLER_IS_BETTER else value < floor):
                side = "above" if measure in SMALLER_IS_BETTER else "below"
                fallen.append(f"{run.set}, {run.typed} ({run.source}): {measure} {value:.3f} is {side} {floor:.3f}")
    return fallen
