"""Restated: which paragraphs of the bundled digests hold the evidence of a question, whose lines are those of the original papers.

A digest keeps the numbering of its paper, so the evidence stands in the same section of the same paper; not in the same item, since a
digest cuts a paragraph into single facts.
"""

from collections.abc import Callable, Sequence

from eval.matching import evidence_in, folded, holds
from eval.questions import Case
from knowledge.library import Library
from knowledge.model import Document, Paragraph

Proves = Callable[[Case, Document, Paragraph], bool]


def restated(cases: Sequence[Case], papers: Library) -> Proves:
    """Whether a paragraph of a digest holds a case's evidence: it stands in the section of it in `papers` and has something of what is expected."""
    held = {case.id: _sections(case, papers) for case in cases}

    def proves(case: Case, document: Document, paragraph: Paragraph) -> bool:
        if (document.place.name, document.kind, section(paragraph.anchor)) not in held[case.id]:
            return False
        text = folded(paragraph.text)
        return any(holds(text, word) for group in case.expects for word in group)

    return proves


def section(anchor: str) -> str:
    """The part of an anchor that numbering gave, without the counts of paragraphs in it ("p1.I.1.a" of "p1.I.1.a-3-1")."""
    return anchor.partition("-")[0]


def _sections(case: Case, papers: Library) -> set[tuple[str, str, str]]:
    """(place, kind of paper, section) of all evidence."""
    return {
        (document.place.name, document.kind, section(paragraph.anchor))
        for document in papers.documents().values()
        if document.source in case.documents
        for paragraph in papers.paragraphs(document.id)
        if evidence_in(case, document, paragraph)
    }
