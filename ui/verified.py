"""Verified: a conversation that comes back from a browser, proven anew before it is written into a file that looks official.

The browser keeps the conversation, so anything may be in it. The text of a source is taken from the library by document and anchor;
a sentence is kept only when its sources are there and it passes the proof again. What fails is counted, never shown.
"""

import datetime
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations
from typing import Annotated

from pydantic import BaseModel, Field, StringConstraints

from bot import clock
from bot.answer import NOTE_KINDS, STATUSES, Citation, ComparedFigure, Note
from bot.computed import MONTHS, Computed
from bot.notes import expired
from bot.phrase import place_label
from bot.problems import ProblemError
from bot.prove import facts, prove
from knowledge import numbers, places
from knowledge.errors import LibraryError
from knowledge.library import Library
from knowledge.model import Document, Indicator
from ui import words

MOST_TURNS = 40
_MOST, _MOST_NOTES = 60, 8  # citations or figures of an answer, notes of it; the most measured are 15 and 3
_MOST_PROOFS = 6000  # of a sentence or note against a source; a body made to keep the server busy could ask for ten times as many
_OPERANDS = 12  # numbers of a sentence that others may be worked out from
_PIECE = re.compile(r"(.*?)\s*((?:\[\d+\])+)")
_COUNTED = re.compile(r"gồm \d+ nội dung:$")  # said by the answer of its own list
_SEARCHED = re.compile(r"\b\d+ văn bản\b")  # said by a refusal of the library
_PROVING = frozenset(["answered", "partial"])  # statuses whose sentences state something

Rows = Mapping[tuple[str, str], Sequence[Indicator]]  # of the ledger by document and anchor
Marker = Annotated[int, Field(ge=1, le=9999)]
Markers = Annotated[list[Marker], Field(max_length=_MOST)]
Short = Annotated[str, StringConstraints(max_length=400)]
Long = Annotated[str, StringConstraints(max_length=10_000)]


class CitationSaid(BaseModel):
    """Where a source is said to stand. Its other members are not looked at."""

    marker: Marker
    document_id: Short
    anchor: Short
    quote: Long = ""


class NoteSaid(BaseModel):
    """A remark as the browser has it."""

    kind: Short
    text: Annotated[str, StringConstraints(max_length=400)]
    citations: Markers = []


class FigureSaid(BaseModel):
    """A compared figure as the browser has it."""

    label: Short
    place: Short = ""
    years: tuple[int, int] | None = None
    value: Annotated[float, Field(allow_inf_nan=False)]
    value_to: Annotated[float | None, Field(allow_inf_nan=False)] = None
    unit: Short = ""
    printed: Short
    citation: Marker


class AnswerSaid(BaseModel):
    """An answer as the browser has it (bot.answer.Answer.to_json)."""

    status: Short
    answer: Long = ""
    citations: Annotated[list[CitationSaid], Field(max_length=_MOST)] = []
    notes: Annotated[list[NoteSaid], Field(max_length=_MOST_NOTES)] = []
    figures: Annotated[list[FigureSaid], Field(max_length=_MOST)] = []
    holds_on: Annotated[str, StringConstraints(pattern=r"^(?:\d{4}-\d{2}-\d{2})?$")] = ""


class Turn(BaseModel):
    """A question and its answer."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, max_length=1000)]
    answer: AnswerSaid


@dataclass(frozen=True)
class Piece:
    """A run of words with the markers of its sources, () for words that state nothing."""

    text: str
    markers: tuple[int, ...]


@dataclass(frozen=True)
class Verified:
    """A turn that holds: the lines of its answer in pieces, its sources by marker, and how many pieces and notes were left out."""

    question: str
    status: str
    lines: tuple[tuple[Piece, ...], ...]
    citations: dict[int, Citation]
    notes: tuple[Note, ...]
    figures: tuple[ComparedFigure, ...]
    day: datetime.date
    left_out: int


def verified(turns: Sequence[Turn], library: Library, today: datetime.date) -> list[Verified]:
    """The turns with what of them is proven anew; a turn that says no day holds for `today`.

    Raises ProblemError when that would take more than _MOST_PROOFS.
    """
    if sum(_proofs(t.answer) for t in turns) > _MOST_PROOFS:
        raise ProblemError(422, "Hội thoại quá dài để xuất một lần. Hãy xuất từng câu trả lời.")
    rows: dict[tuple[str, str], list[Indicator]] = {}
    for document_id, row in library.indicators():
        rows.setdefault((document_id, row.anchor), []).append(row)
    told = [_place_words(d) for d in library.documents().values()]
    done: list[Verified] = []
    for turn in turns:
        asked = " | ".join([turn.question, *(t.question for t in done)])
        named = " | ".join(dict.fromkeys([*told, *(m.place.name for m in places.find(asked))]))
        done.append(_verified(turn, library, rows, today, named, asked))
    return done


def _proofs(said: AnswerSaid) -> int:
    """How many looks into a source the proof of an answer takes."""
    pieces = [p for line in said.answer.splitlines() for p in _pieces(line)]
    return sum(1 + len(p.markers) for p in pieces) + sum(1 + len(n.citations) for n in said.notes)


def _place_words(document: Document) -> str:
    """What an answer may say of a paper's place without a source: its names, and what became of it in July 2025."""
    later = places.merged_into(document.place.province)
    return f"{place_label(document)} {document.place.parent}{f' ngày 01/7/2025 {later} {document.issuer}' if later else ''}"


def _verified(turn: Turn, library: Library, rows: Rows, today: datetime.date, named: str, asked: str) -> Verified:
    said, day = turn.answer, _day(turn.answer.holds_on, today)
    status = said.status if said.status in STATUSES else "error"
    citations = {c.marker: c for c in _citations(said.citations, library)}
    figures = tuple(f for f in (_figure(f, citations, rows) for f in said.figures) if f is not None)
    proof = _Proof(citations, named if status in _PROVING else f"{named} | {asked}", figures, stating=status in _PROVING)
    lines, left_out = [], 0
    for line in filter(str.strip, said.answer.splitlines()):
        if line.startswith("Lưu ý:"):
            continue  # a note says it too
        pieces = _pieces(line)
        kept = proof.of(pieces)
        left_out += len(pieces) - len(kept)
        if kept:
            lines.append(kept)
    if not lines and status not in _PROVING:
        lines = [(Piece(f"{words.STATUSES[status]}.", ()),)]
    own = {marker: _own_words(c, library, day) for marker, c in citations.items()} if said.notes else {}
    notes = [n for n in said.notes if _note_holds(n, citations, own, f"{named} | {asked}")]
    left_out += len(said.notes) - len(notes) + len(said.figures) - len(figures)
    told = tuple(Note(n.kind, _unmarked(n.text, set(n.citations)), tuple(n.citations)) for n in notes)
    return Verified(turn.question, status, tuple(lines), citations, told, figures, day, left_out)


def _day(iso: str, today: datetime.date) -> datetime.date:
    try:
        return datetime.date.fromisoformat(iso)
    except ValueError:
        return today


def _citations(said: Iterable[CitationSaid], library: Library) -> Iterable[Citation]:
    """The sources that the library has, with its own text; the quote only when it stands in that."""
    for c in said:
        try:
            document, paragraph = library.document(c.document_id), library.paragraph(c.document_id, c.anchor)
        except LibraryError:
            continue
        yield Citation(c.marker, document, paragraph, c.quote if c.quote in paragraph.clean or c.quote in paragraph.text else "")


def _pieces(line: str) -> list[Piece]:
    """A line cut after each run of markers; that of an item begins with "- ", which stays with its first piece."""
    pieces, end = [], 0
    for m in _PIECE.finditer(line):
        pieces.append(Piece(m[1], tuple(dict.fromkeys(int(n) for n in re.findall(r"\d+", m[2])))))
        end = m.end()
    return [*pieces, Piece(line[end:], ())] if line[end:].strip() else pieces


@dataclass(frozen=True)
class _Proof:
    """What sentences of one answer are proven with. `beside` holds words that they may use without a source, `stating` says that they state facts."""

    citations: dict[int, Citation]
    beside: str
    figures: tuple[ComparedFigure, ...]
    stating: bool

    def of(self, pieces: Sequence[Piece]) -> tuple[Piece, ...]:
        """The pieces of a line that hold; none when no word is left."""
        kept = tuple(p for p in pieces if self._holds(p))
        return kept if any(re.search(r"\w", p.text) for p in kept) else ()

    def _holds(self, piece: Piece) -> bool:
        if not set(piece.markers) <= self.citations.keys():
            return False
        cited = [self.citations[m] for m in piece.markers] or list(self.citations.values())
        sources = [(c.document, c.paragraph) for c in cited]
        text = _COUNTED.sub("", piece.text) if self.stating else _SEARCHED.sub("", piece.text)
        beside = "" if self.stating and piece.markers else self.beside
        if prove(text, sources, beside).ok:
            return True
        stated = {v for d, p in sources for q in facts(d, p).quantities for v in q.values()}
        return self.stating and bool(piece.markers) and prove(text, sources, beside, _worked_out(text, stated, self.figures)).ok


def _worked_out(text: str, stated: Iterable[Decimal], figures: Sequence[ComparedFigure]) -> list[Computed]:
    """What may be worked out from the numbers of a sentence: years from months, sums, differences and ratios, those of all figures too."""
    own = [v for q in numbers.quantities(text) for v in q.values()][:_OPERANDS]
    values = [Decimal(str(f.value)) for f in figures[:_OPERANDS]]
    wholes = [Computed("sum", tuple(part)) for part in (values, values[:-1]) if len(part) > 1]
    yearly = [Computed("product", (v, MONTHS)) for v in stated]
    pairs = list(combinations(dict.fromkeys([*own, *(w.result for w in wholes)]), 2))
    each = [Computed(kind, pair) for kind in ("difference", "sum") for pair in pairs]
    return [*yearly, *wholes, *each, *(Computed("ratio", (max(pair), min(pair))) for pair in pairs if min(pair) > 0)]


def _figure(said: FigureSaid, citations: dict[int, Citation], rows: Rows) -> ComparedFigure | None:
    """The figure with place and years as the ledger has them, None when the cited paragraph has no such row."""
    cited = citations.get(said.citation)
    if cited is None:
        return None
    value = Decimal(str(said.value))
    row = next((r for r in rows.get((cited.document.id, cited.paragraph.anchor), ()) if r.low == value or r.low * MONTHS == value), None)
    if row is None:
        return None
    source = [(cited.document, cited.paragraph)]
    if not prove(f"{said.label}: {said.printed}", source, computed=[Computed("product", (row.low, MONTHS))]).ok:
        return None
    high = None if row.high is None or row.high == row.low else float(row.high * (value / row.low if row.low else 1))
    return ComparedFigure(said.label, place_label(cited.document), row.years, said.value, high, said.unit, said.printed, said.citation)


def _own_words(c: Citation, library: Library, day: datetime.date) -> str:
    """What the assistant itself says of a source: what became of its texts by `day`, and the doubts of its reading."""
    return " | ".join([*(n.text for n in clock.notes([c], library, day)), expired(c.document, day), *c.paragraph.doubts])


def _note_holds(note: NoteSaid, citations: dict[int, Citation], own: dict[int, str], beside: str) -> bool:
    """True for a note whose sources are there and whose facts stand in them or in what the assistant itself says of them."""
    if note.kind not in NOTE_KINDS or not set(note.citations) <= citations.keys():
        return False
    markers = set(note.citations)
    sources = [(citations[m].document, citations[m].paragraph) for m in markers]
    return prove(_unmarked(note.text, markers), sources, " | ".join([*(own[m] for m in markers), beside])).ok


def _unmarked(text: str, markers: set[int]) -> str:
    for marker in markers:
        text = text.replace(f" [{marker}]", "")
    return text
