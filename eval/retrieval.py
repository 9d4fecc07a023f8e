"""Retrieval measured with ir_measures: how early the ranked paragraphs hold the evidence."""

from collections.abc import Callable, Iterable, Sequence

from eval.matching import evidence_in
from eval.metrics import Measures
from eval.questions import Case
from knowledge.library import Library
from knowledge.model import Document, Paragraph

Ranked = Callable[[str, Sequence[str]], list[tuple[Document, Paragraph]]]
MEASURES = ("P@1", "Success@5", "RR@10")
_DEPTH = 10  # paragraphs of each ranking that the measures look at


def retrieval(cases: Iterable[Case], ranked: Ranked, library: Library) -> Measures:
    """MEASURES over the answerable questions but comparisons, which take one search for each place. None where ir_measures is missing."""
    try:
        import ir_measures
    except ModuleNotFoundError:  # it comes with the extra `dev`
        return dict.fromkeys(MEASURES)
    relevant, run = [], []
    for case in cases:
        if not case.documents or case.type == "compare":
            continue
        relevant += [ir_measures.Qrel(case.id, name, 1) for name in _evidence(case, library)]
        found = dict.fromkeys(_name(d, p) for d, p in ranked(case.question, case.history))
        run += [ir_measures.ScoredDoc(case.id, name, -float(i)) for i, name in enumerate(list(found)[:_DEPTH])]
    if not relevant:
        return dict.fromkeys(MEASURES)
    measures = [ir_measures.parse_measure(name) for name in MEASURES]
    found_values = ir_measures.calc_aggregate(measures, relevant, run)
    return {name: float(found_values[measure]) for name, measure in zip(MEASURES, measures, strict=True)}


def _evidence(case: Case, library: Library) -> list[str]:
    """The names of all paragraphs that hold the evidence of a case."""
    documents = [d for d in library.documents().values() if d.source in case.documents]
    return [_name(d, p) for d in documents for p in library.paragraphs(d.id) if evidence_in(case, d, p)]


def _name(document: Document, paragraph: Paragraph) -> str:
    return f"{document.id}#{paragraph.anchor}"
