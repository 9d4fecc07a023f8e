"""Assemble: prove each line, drop those that fail, number the citations, add the notes, and write the answer out."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from bot import clock, next_questions, notes
from bot.answer import Answer, Citation, ComparedFigure, Note, Statement, marked
from bot.draft import Line, Source
from bot.match import Match
from bot.phrase import excerpt, place_inside, place_label
from bot.prove import prove
from bot.question import Question
from bot.refusals import not_found
from knowledge.library import Library
from knowledge.model import Document
from knowledge.places import related


class Citations:
    """Citations in the order of first use, one for each paragraph."""

    def __init__(self) -> None:
        self.all: list[Citation] = []

    def marker(self, source: Source, quote: str) -> int:
        document, paragraph = source
        for c in self.all:
            if c.document.id == document.id and c.paragraph.anchor == paragraph.anchor:
                return c.marker
        self.all.append(Citation(len(self.all) + 1, document, paragraph, quote))
        return len(self.all)


@dataclass(frozen=True)
class Draft:
    """What compose gives to be proven and written out.

    `ranked` are the matches, best first, from `documents`; the answer holds for `day`; `complete` tells that every place asked has its line;
    `plain` lines are an answer on one place or from the law, which a language model may word anew.
    """

    question: Question
    lines: Sequence[Line]
    ranked: Sequence[Match]
    documents: Sequence[Document]
    day: datetime.date
    complete: bool = True
    plain: bool = False


def assemble(draft: Draft, library: Library) -> Answer:
    """The answer from the lines that pass their proof; a refusal when none does."""
    citations = Citations()
    statements, shown, lost = proven(draft.lines, citations)
    complete = draft.complete and not any(line.row for line in lost)  # a comparison that lost a row is no whole one
    if not statements:
        return not_found(draft.question, draft.ranked, draft.documents, library)
    remarks = _notes(draft.question, draft.ranked, citations, library, draft.documents, draft.day)
    text = "\n".join(shown) + "".join(f"\nLưu ý: {n.text}" for n in remarks if n.kind in {"conflict", "caution"})
    return Answer(
        status="answered" if complete else "partial", text=text, statements=tuple(statements), citations=tuple(citations.all), notes=tuple(remarks),
        figures=_figures(draft.lines, lost, citations), suggestions=_suggestions(draft.question, draft.documents, citations.all, library),
        holds_on=draft.day.isoformat(),
    )  # fmt: skip


def proven(lines: Sequence[Line], citations: Citations) -> tuple[list[Statement], list[str], list[Line]]:
    """The statements of the lines that pass their proof, what is shown of all (lines without sources as they are), and the lines that fail."""
    statements: list[Statement] = []
    shown: list[str] = []
    lost: list[Line] = []
    for line in lines:
        if not line.sources:
            shown.append(line.text)
            continue
        proof = prove(line.text, line.sources, line.beside, line.computed)
        if not proof.ok:
            lost.append(line)
            continue
        # A line that rests on several paragraphs quotes one of them.
        markers = tuple(dict.fromkeys(citations.marker(s, line.quote if len(line.sources) == 1 or line.quote in s[1].clean else "") for s in line.sources))
        statements.append(Statement(line.text, markers, proof))
        shown.append(f"{'- ' if line.bullet else ''}{marked(line.text, markers)}")
    return statements, shown, lost


def _figures(lines: Sequence[Line], lost: Sequence[Line], citations: Citations) -> tuple[ComparedFigure, ...]:
    """The figures of the lines that passed their proof, each with the marker of its paragraph."""
    return tuple(replace(line.figure, citation=citations.marker(line.sources[0], line.quote)) for line in lines if line.figure and line not in lost)


def _notes(
    question: Question, ranked: Sequence[Match], citations: Citations, library: Library, documents: Sequence[Document], day: datetime.date
) -> list[Note]:
    remarks: list[Note] = []
    clash = notes.disagreement(question, ranked)
    if clash is not None:
        other, _, theirs = clash
        paragraph = library.paragraph(other.document.id, other.hit.passage.anchor)
        marker = citations.marker((other.document, paragraph), other.hit.passage.text.strip())
        said = excerpt(question, other, 30)
        remarks.append(Note("conflict", f"văn bản không thống nhất: nơi khác ghi {theirs.text} (“{said}”) [{marker}].", (1, marker)))
    for citation in list(citations.all):
        remarks.extend(Note("caution", f"{doubt} [{citation.marker}]", (citation.marker,)) for doubt in citation.paragraph.doubts)
    for document in dict.fromkeys(c.document for c in citations.all):
        over = notes.expired(document, day)
        if over:
            remarks.append(Note("expired", f"{place_label(document)}: {over}", tuple(c.marker for c in citations.all if c.document == document)))
    for document in dict.fromkeys(c.document for c in citations.all):
        moved = notes.merged(question, document)
        if moved:
            remarks.append(Note("scope", moved, tuple(c.marker for c in citations.all if c.document == document)))
    remarks.extend(clock.notes(citations.all, library, day))
    cited = citations.all[0].document
    missing = [m.place.name for m in question.places if not any(d.place.level != "country" and related(m, d.place) for d in documents)]
    if missing and cited.place.level == "country":
        remarks.append(Note("scope", f"Thư viện chưa có văn bản nào của {', '.join(missing)}; câu trả lời theo quy định chung của cả nước.", (1,)))
    if not question.places and len({d.place for d in documents if d.place.level != "country"}) > 1 and cited.place.level != "country":
        remarks.append(Note("scope", f"Câu hỏi không nêu địa phương; câu trả lời là của {place_label(cited)}.", (1,)))
    return remarks


def _suggestions(question: Question, documents: Sequence[Document], citations: Sequence[Citation], library: Library) -> tuple[str, ...]:
    """The same question for other places of the library; of a national text what its next provisions answer."""
    if citations and citations[0].document.place.level == "country":
        return next_questions.after(library, citations[0].document, citations[0].paragraph.anchor)
    asked = {m.place.name for m in question.places}
    others = [d for d in documents if d.place.name not in asked and d.place.level != "country"]
    return tuple(dict.fromkeys(f"Thế còn {place_inside(d)}?" for d in others))[:3]
