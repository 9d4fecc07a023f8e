"""Write: the language model words an answer from the evidence of the built-in one; each statement is proven before it is shown.

A statement that fails its proof is asked for once more with what is wrong, then dropped. An answer that lost its core - its first
statement, or the figure asked for - is replaced by the built-in one, and so is every answer of a model that is down.
"""

import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from bot.answer import Answer
from bot.assemble import Citations, Draft, assemble, proven
from bot.draft import Line
from bot.llm import evidence, prompt
from bot.llm.evidence import Evidence
from bot.llm.grounds import grounded, quote
from bot.llm.model import Model, ModelDown
from bot.llm.reply import Reply, Said, statements_of
from bot.match import fits
from bot.phrase import place_label
from bot.question import Question
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Document, Indicator, Paragraph
from knowledge.text import fold

Told = Callable[[str, dict[str, object]], None]

_OPENING = re.compile(r"^(?:Có|Không|Được|Đúng|Phải|Chưa|Vâng|Dạ)(?: ạ)?\s*[,:.;–-]\s*", re.IGNORECASE)
_FIGURES = 12  # of a statement; more cost seconds to prove and are no sentence
_BULLETS = 3  # statements from which those after the first stand as a list


@dataclass
class _Work:
    """One answer in the making: the lines as they are shown, those that wait for the first statement, and what failed, with why."""

    draft: Draft
    evidence: Sequence[Evidence]
    told: Told
    lines: list[Line] = field(default_factory=list)
    held: list[Line] = field(default_factory=list)
    failed: list[tuple[int, Said, Sequence[str]]] = field(default_factory=list)
    citations: Citations = field(default_factory=Citations)
    said: int = 0

    def has(self, line: Line) -> bool:
        """True when a line says what one before it says: models repeat themselves."""
        return fold(line.text) in {fold(each.text) for each in (*self.lines, *self.held)}

    def show(self, line: Line, first: bool) -> None:
        """Put a proven line where it belongs and tell of all that can be shown by now."""
        if not first and not self.lines:
            self.held.append(line)  # a detail is not shown before the conclusion stands
            return
        for each in [line, *self.held]:
            statements, _, _ = proven([each], self.citations)
            if statements:  # the place before it may name what the paper does not
                self.lines.append(each)
                self.told("statement", statements[0].to_json())
        self.held = []


class Writer:
    """Words answers with a language model. Safe to use from several threads. `counts` tells what became of answers and statements."""

    def __init__(self, model: Model, library: Library) -> None:
        self._model = model
        self._library = library
        self._rows_of: tuple[object, dict[tuple[str, str], list[Indicator]]] = (None, {})
        self.counts: Counter[str] = Counter()

    def write(self, draft: Draft, answer: Answer, told: Told) -> Answer:
        """The model's answer where it holds, else `answer`, the built-in one. `told` hears of each statement that is proven."""
        work = _Work(draft, evidence.gather(draft, self._library), told)
        if not work.evidence:
            return answer
        question = draft.question.standalone if draft.question.inherited else draft.question.asked
        reply, whole = Reply(), True

        def heard(piece: str) -> None:
            for said in reply.hear(piece):
                self._take(work, said)

        try:
            self._model.reply(prompt.writing(question, work.evidence), heard)
        except ModelDown:
            whole = False
        for said in reply.end():
            self._take(work, said)
        if work.failed and whole:
            self._mend(work, question)
        written = _written(work, answer, self._library)
        self.counts["written" if written else "built_in"] += 1
        return written or answer

    def _take(self, work: _Work, said: Said) -> None:
        """Prove a statement: it is shown, or kept with what is wrong for being asked again."""
        line, wrong = self._proven(work, said)
        if line is None:
            work.failed.append((work.said, said, wrong))
        elif not work.has(line):
            work.show(line, first=work.said == 0)
        self.counts["kept" if line else "failed"] += 1
        work.said += 1

    def _mend(self, work: _Work, question: str) -> None:
        """Ask once more for the statements that failed; what fails again is dropped."""
        try:
            text = self._model.reply(prompt.mending(question, work.evidence, [(said, wrong) for _, said, wrong in work.failed]))
        except ModelDown:
            return
        mended = statements_of(text)
        whole = len(mended) == len(work.failed)  # else nobody knows which of them stands for the first
        for (at, _, _), said in zip(work.failed, mended, strict=False):
            line, _ = self._proven(work, said)
            if line is not None and not work.has(line):
                work.show(line, first=whole and at == 0)
                self.counts["mended"] += 1

    def _proven(self, work: _Work, said: Said) -> tuple[Line | None, Sequence[str]]:
        """The statement as a line when it holds, or what is wrong with it."""
        cited = evidence.by_id(work.evidence, said.ids)
        text = without_opening(said.text)
        if not text or not cited:
            return None, ("ids",)
        if len(numbers.quantities(text)) > _FIGURES:
            return None, (f"quá nhiều con số trong một câu: tách thành các câu có nhiều nhất {_FIGURES} con số",)
        text = text[0].upper() + text[1:]
        sources = tuple(e.source for e in cited)
        beside = "\n".join(e.beside for e in cited if e.beside)
        proof = grounded(text, sources, self._rows, beside)
        if not proof.ok:
            return None, proof.missing
        document = sources[0][0]
        placed = document.place.level == "country" or fold(document.place.name) in fold(text)
        shown = text if placed or any(line.sources[0][0] == document for line in work.lines) else f"{place_label(document)}: {text}"
        return Line(shown, sources, quote(text, sources[0][1]), beside), ()

    def _rows(self, document: Document, paragraph: Paragraph) -> Sequence[Indicator]:
        """The rows of the ledger at a paragraph."""
        every = self._library.indicators()
        if self._rows_of[0] is not every:
            table: dict[tuple[str, str], list[Indicator]] = {}
            for document_id, row in every:
                table.setdefault((document_id, row.anchor), []).append(row)
            self._rows_of = (every, table)
        return self._rows_of[1].get((document.id, paragraph.anchor), ())


def without_opening(text: str) -> str:
    """A statement without "Có," or "Không:" before it, which prove nothing of themselves; what follows says it."""
    return _OPENING.sub("", text)


def _written(work: _Work, answer: Answer, library: Library) -> Answer | None:
    """The answer of the proven lines; None when its core is lost: the first statement, or a figure of the kind asked for that the built-in one has."""
    question = work.draft.question
    if not work.lines:
        return None
    if question.wants and _fitting(question, [s.text for s in answer.statements]) and not _fitting(question, [line.text for line in work.lines]):
        return None
    listed = len(work.lines) >= _BULLETS
    lines = [replace(line, bullet=listed and i > 0) for i, line in enumerate(work.lines)]
    return replace(assemble(replace(work.draft, lines=lines), library), mode="llm")


def _fitting(question: Question, texts: Sequence[str]) -> bool:
    """True when one of the texts holds a figure of the kind asked for, or a day when that is asked for."""
    if question.wants == "date":
        return any(numbers.dates(t) or numbers.years(t) for t in texts)
    return any(fits(question, q) for t in texts for q in numbers.quantities(t))
