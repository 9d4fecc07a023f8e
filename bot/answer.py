"""An answer: statements with their proofs, citations, notes; and its JSON form (the contract of the HTTP API and of `htx ask`)."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from knowledge.model import Document, Paragraph

STATUSES = ("answered", "partial", "not_found", "clarify", "out_of_scope", "refused", "error")
NOTE_KINDS = ("conflict", "expired", "amended", "caution", "scope")


@dataclass(frozen=True)
class Proof:
    """What of a statement was looked for in the cited paragraphs, and whether all of it is there."""

    checked: tuple[str, ...]
    ok: bool
    missing: tuple[str, ...] = ()


def marked(text: str, markers: Iterable[int]) -> str:
    """A statement as the text of an answer has it: its markers in square brackets behind it."""
    return f"{text} {''.join(f'[{m}]' for m in markers)}"


@dataclass(frozen=True)
class Statement:
    """A sentence of an answer. `citations` are markers from 1."""

    text: str
    citations: tuple[int, ...]
    proof: Proof

    def to_json(self) -> dict[str, Any]:
        return {"text": self.text, "citations": list(self.citations), "proof": {"checked": list(self.proof.checked), "ok": self.proof.ok}}


@dataclass(frozen=True)
class Citation:
    """A cited paragraph. `quote` is the part of it that proves the statement."""

    marker: int
    document: Document
    paragraph: Paragraph
    quote: str

    def to_json(self) -> dict[str, Any]:
        d, p = self.document, self.paragraph
        return {
            "marker": self.marker, "document_id": d.id, "number": d.number, "title": d.title, "issuer": d.issuer, "issued_on": d.issued_on,
            "form": d.form, "source": d.source, "anchor": p.anchor, "path": list(p.path), "text": p.text, "quote": self.quote, "page": p.page,
            "url": f"/documents/{d.id}#{p.anchor}",
        }  # fmt: skip


@dataclass(frozen=True)
class Note:
    """A remark beside the answer; `kind` is one of NOTE_KINDS."""

    kind: str
    text: str
    citations: tuple[int, ...] = ()


@dataclass(frozen=True)
class ComparedFigure:
    """One figure of a comparison, for tables and charts.

    `value` is what it was compared by, brought to `unit` (money in đồng, a month's to the year's where both are compared); `value_to` ends a
    range. `printed` is the figure in words. `citation` is the marker of the paragraph that states it, 0 until that is cited.
    """

    label: str
    place: str
    years: tuple[int, int] | None
    value: float
    value_to: float | None
    unit: str
    printed: str
    citation: int = 0

    def to_json(self) -> dict[str, Any]:
        return asdict(self) | {"years": list(self.years) if self.years else None}


@dataclass(frozen=True)
class About:
    """What a question was understood to be about, so that a person sees it and can take it back.

    `places` as people say them ("huyện Ba Tơ"), `subject` in a few words; `inherited` names what an earlier turn gave: "place", "time", "subject".
    """

    places: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    subject: str = ""
    inherited: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return {"places": list(self.places), "years": list(self.years), "subject": self.subject, "inherited": list(self.inherited)}


@dataclass(frozen=True)
class Answer:
    """What the assistant says. `text` is the answer as shown, with markers in square brackets; `holds_on` the ISO day it holds for."""

    status: str
    text: str
    statements: tuple[Statement, ...] = ()
    citations: tuple[Citation, ...] = ()
    notes: tuple[Note, ...] = ()
    suggestions: tuple[str, ...] = ()
    holds_on: str = ""
    mode: str = "extractive"
    timings_ms: dict[str, float] = field(default_factory=dict)
    figures: tuple[ComparedFigure, ...] = ()
    about: About | None = None

    def to_json(self, identifier: str = "") -> dict[str, Any]:
        """The answer as in the contract; `identifier` is the question's id when it has one."""
        return {
            **({"id": identifier} if identifier else {}),
            "status": self.status,
            "answer": self.text,
            "statements": [s.to_json() for s in self.statements],
            "citations": [c.to_json() for c in self.citations],
            "notes": [asdict(n) | {"citations": list(n.citations)} for n in self.notes],
            "figures": [f.to_json() for f in self.figures],
            "about": self.about.to_json() if self.about else None,
            "suggestions": list(self.suggestions),
            "holds_on": self.holds_on,
            "mode": self.mode,
            "timings_ms": {step: round(ms, 2) for step, ms in self.timings_ms.items()},
        }


Segment = tuple[str, tuple[int, ...] | None]
"""Words of an answer, with markers where they are a statement."""


def segments(text: str, statements: Sequence[Statement]) -> list[Segment]:
    """The text of an answer cut at its statements, so that a "[1]" of a paper's own words is not taken for a marker."""
    found: list[Segment] = []
    end = 0
    for s in statements:
        shown = marked(s.text, s.citations)
        at = text.find(shown, end)
        if at >= 0:
            found += [(text[end:at], None), (s.text, s.citations)]
            end = at + len(shown)
    return [*found, (text[end:], None)]
