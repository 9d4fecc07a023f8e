"""What the tools of the MCP server find, as data: from the assistant, the library, the catalogue and the ledger.

Each function raises ToolError, whose one sentence says to a model what it can do, when there is nothing to give.
"""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from mcp.server.mcpserver.exceptions import ToolError

from bot.api import indicator_of, instrument_of
from bot.phrase import place_label
from bot.pipeline import Assistant
from bot.problems import ProblemError
from bot.scope import Scope
from knowledge import ledger
from knowledge.errors import UnknownDocument, UnknownParagraph
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.places import COUNTRY
from knowledge.text import fold
from ui import language, paragraph
from ui.reader import validity
from ui.reader.match import in_place
from ui.tools_shapes import Answered, FoundParagraph, FoundParagraphs, Indicators, KnownInstruments, WholeParagraph

MOST_MENTIONS = 30  # paragraphs that name a number: a law is named by hundreds, and a model reads them all
_CITED = ("marker", "document_id", "number", "title", "issuer", "issued_on", "form", "anchor", "path", "quote", "url")
_KEPT_BACK = ("sources", "dates_from")  # where in the catalogue's own sources a fact stands
_NO_PAPERS = "Thư viện chưa có văn bản nào; hãy báo người quản trị nạp văn bản bằng lệnh htx ingest THƯ_MỤC."


@dataclass(frozen=True)
class _Within(Scope):
    """A scope of given papers beside its filters."""

    papers: frozenset[str] = frozenset()

    def allows(self, document: Document) -> bool:
        return document.id in self.papers and super().allows(document)


def answer(assistant: Assistant, question: str, turns: Sequence[str]) -> Answered:
    """The answer to a question; `turns` are the user's earlier ones."""
    said = assistant.ask(question, turns)
    if said.status == "error":
        raise ToolError(said.text if assistant.library.documents() else _NO_PAPERS)
    given = said.to_json()
    return {
        "status": given["status"],
        "answer": given["answer"],
        "statements": [{"text": s["text"], "citations": s["citations"]} for s in given["statements"]],
        "citations": [{name: c[name] for name in _CITED} for c in given["citations"]],  # type: ignore[misc]
        "notes": given["notes"],
        "figures": given["figures"],
        "suggestions": given["suggestions"],
        "holds_on": given["holds_on"],
    }


def paragraphs(assistant: Assistant, query: str, place: str, kind: str, year: int, limit: int) -> FoundParagraphs:
    """The paragraphs nearest to a query, best first, in papers of a place, a kind and a year where these are given."""
    papers = _of_place(assistant.library, place)
    scope = _Within(kind=_kind(assistant.library, kind), year=year, papers=frozenset(d.id for d in papers))
    if not any(scope.allows(d) for d in papers):
        raise ToolError("Không có văn bản nào khớp địa phương, loại và năm đã chọn; hãy bỏ bớt bộ lọc rồi tìm lại.")
    found: dict[tuple[str, str], FoundParagraph] = {}
    for document, p in assistant.ranked(query, scope=scope):
        found.setdefault((document.id, p.anchor), _found(document, p))
        if len(found) == limit:
            break
    return {"paragraphs": list(found.values())}


def _found(d: Document, p: Paragraph) -> FoundParagraph:
    state, words = _validity(d)
    return {
        "document_id": d.id, "number": d.number, "title": d.title, "issuer": d.issuer, "issued_on": d.issued_on, "kind": d.kind,
        "place": COUNTRY.name if d.place.level == "country" else place_label(d), "form": d.form, "anchor": p.anchor, "path": list(p.path),
        "text": paragraph.plain(p.text), "state": state, "validity": words, "url": f"/documents/{d.id}#{p.anchor}",
    }  # fmt: skip


def _validity(d: Document) -> tuple[str, str]:
    """Whether a paper holds today, as its state and in words; ("", "") when that is not known."""
    badge = validity.of_document(d, datetime.date.today())
    return (badge.state, badge.text("vi")) if badge else ("", "")


def whole_paragraph(library: Library, document_id: str, anchor: str) -> WholeParagraph:
    """One paragraph with its headings, its neighbours, its doubts and whether it still holds."""
    try:
        return paragraph.read(library, document_id, anchor, datetime.date.today())  # type: ignore[return-value]
    except UnknownDocument:
        if not library.documents():
            raise ToolError(_NO_PAPERS) from None
        raise ToolError(f"Thư viện không có văn bản “{document_id}”; hãy dùng document_id mà ask hoặc search_paragraphs vừa trả.") from None
    except UnknownParagraph:
        raise ToolError(f"Văn bản “{document_id}” không có đoạn “{anchor}”; hãy tìm lại bằng search_paragraphs rồi dùng anchor vừa trả.") from None


def instrument(library: Library, number: str) -> KnownInstruments:
    """What the catalogue and the papers know of a document number."""
    try:
        known = instrument_of(library, number)
    except ProblemError as problem:
        raise ToolError(problem.detail) from None
    rows = [{name: value for name, value in row.items() if name not in _KEPT_BACK} for row in known["instruments"]]
    mentions = [m | {"text": paragraph.plain(m["text"])} for m in known["mentions"][:MOST_MENTIONS]]
    return {"number": known["number"], "kind": known["kind"], "instruments": rows, "mentions": mentions, "mentions_total": len(known["mentions"])}


def indicators(library: Library, place: str, name: str, year: int, limit: int) -> Indicators:
    """Rows of the ledger, and how many there are."""
    _of_place(library, place)
    rows = ledger.find(library, place, name, year or None)
    return {"total": len(rows), "indicators": [indicator_of(d, row) for d, row in rows[:limit]]}


def _of_place(library: Library, place: str) -> list[Document]:
    """The papers of a place and of places in it; all of them for ""."""
    every = list(library.documents().values())
    if not every:
        raise ToolError(_NO_PAPERS)
    found = in_place(place, every) if place else every
    if not found:
        named = ", ".join(dict.fromkeys(place_label(d) for d in every if d.place.level != "country"))
        raise ToolError(f"Thư viện không có văn bản nào của “{place}”; hãy bỏ bộ lọc địa phương hoặc chọn nơi có văn bản: {named or COUNTRY.name}.")
    return found


def _kind(library: Library, asked: str) -> str:
    """A kind of paper by its name in the library or its Vietnamese word, "" for ""."""
    held: dict[str, Any] = {d.kind: language.kind("vi", d.kind) for d in library.documents().values()}
    found = next((name for name, word in held.items() if fold(asked) in {name, fold(word)}), "")
    if asked and not found:
        listed = ", ".join(f"{name} ({word})" for name, word in sorted(held.items()))
        raise ToolError(f"Thư viện không có loại văn bản “{asked}”; hãy chọn một trong: {listed}.")
    return found
