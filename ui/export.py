"""Export: a conversation as one paper - each question, its conclusion, lists, table and notes, then the sources numbered - in Markdown or Word.

What the browser sends is proven anew first (ui.verified). Sources are numbered through the whole paper, one number for a paragraph.
"""

import datetime
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from pydantic import TypeAdapter

from bot.answer import Citation, ComparedFigure
from ingest.clean import strip_marks
from knowledge.library import Library
from knowledge.model import Document
from ui import words
from ui.verified import Piece, Turn, Verified, verified

TITLE = "Hỏi đáp về chính sách hợp tác xã"
SOURCES = "Nguồn"
FORMS = {"verbatim": "Nguyên văn", "digest": "Tóm lược"}
COLUMNS = ("Đối tượng", "Địa phương", "Thời gian", "Số liệu", "Nguồn")
CAREFUL = "Trợ lý HTX lập từ các văn bản trong thư viện; mỗi câu đã được đối chiếu lại với đoạn dẫn khi xuất. Khi làm thủ tục, hãy đối chiếu bản gốc."
_ITEM = re.compile(r"[-•]\s+")
_BULLET = re.compile(r"^[-+•*]\s+")
_ROW = re.compile(r"\|(.*)\|\s*$")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>#|~&$])")
_AT_START = re.compile(r"^(\s*)([-+=]|\d+[.)])")
_TURNS = TypeAdapter(list[Turn])


@dataclass(frozen=True)
class Block:
    """A paragraph of the paper: `kind` is "conclusion", "text", "item", "status" or "note" (headed by `lead`); pieces bear source numbers."""

    kind: str
    pieces: tuple[Piece, ...]
    lead: str = ""


@dataclass(frozen=True)
class Section:
    """One question with what was answered; `table` has a head and a row of texts for each figure, the last of which is its source's number."""

    question: str
    day: str
    blocks: tuple[Block, ...]
    table: tuple[tuple[str, ...], ...]
    notes: tuple[Block, ...]


@dataclass(frozen=True)
class Source:
    """A numbered source as it is printed."""

    number: int
    title: str
    about: str
    form: str
    path: str
    text: str
    url: str


@dataclass(frozen=True)
class Sheet:
    """The whole paper. `day` is the one day that all answers hold for, "" when they differ; `left_out` tells of what did not pass the proof."""

    day: str
    sections: tuple[Section, ...]
    sources: tuple[Source, ...]
    left_out: str


def sheet(turns: Sequence[Mapping[str, Any] | Turn], base_url: str, library: Library) -> Sheet:
    """The paper of turns, each {"question", "answer": the answer's JSON}. Raises pydantic.ValidationError for other shapes."""
    held = verified(_TURNS.validate_python(list(turns)), library, datetime.date.today())
    numbers: dict[tuple[str, str], Source] = {}
    sections = []
    days = {turn.day for turn in held}
    for turn in held:
        cited = {m: _number(c, numbers, base_url) for m, c in turn.citations.items() if _used(m, turn)}
        day = "" if len(days) == 1 else words.date(turn.day.isoformat())
        sections.append(Section(turn.question, day, tuple(_blocks(turn, cited)), _table(turn.figures, cited), tuple(_notes(turn, cited))))
    lost = sum(turn.left_out for turn in held)
    left_out = f"Đã bỏ {lost} mục không đối chiếu được với văn bản trong thư viện." if lost else ""
    return Sheet(words.date(min(days).isoformat()) if len(days) == 1 else "", tuple(sections), tuple(numbers.values()), left_out)


def to_markdown(turns: Sequence[Mapping[str, Any] | Turn], base_url: str, library: Library) -> str:
    """The turns as Markdown: what is cited bears [n], which is a link to the paragraph."""
    made = sheet(turns, base_url, library)
    out = [f"# {TITLE}", *([f"*{words.HOLDS_ON} {made.day}.*"] if made.day else [])]
    for section in made.sections:
        out.append(f"## {plain(section.question)}")
        if section.day:
            out.append(f"*{words.HOLDS_ON} {section.day}.*")
        for i, block in enumerate(section.blocks):
            joined = i and block.kind == section.blocks[i - 1].kind == "item"
            said = _marked(block)
            out[-1:] = [f"{out[-1]}\n{said}"] if joined else [out[-1], said]
        if section.table:
            head, *rows = section.table
            cells = [head, ["---"] * len(head), *([*map(plain, row[:-1]), f"[{row[-1]}]"] for row in rows)]
            out.append("\n".join(f"| {' | '.join(row)} |" for row in cells))
        out += [_marked(note) for note in section.notes]
    if made.sources:
        out += [f"## {SOURCES}", *(_listed(s) for s in made.sources)]
    out += ["---", *([plain(made.left_out)] if made.left_out else []), CAREFUL]
    links = "\n".join(f"[{s.number}]: <{s.url}>" for s in made.sources)
    return "\n\n".join(out) + (f"\n\n{links}\n" if links else "\n")


def to_docx(turns: Sequence[Mapping[str, Any] | Turn], base_url: str, library: Library) -> bytes:
    """The turns as a Word document."""
    from ui.export_docx import document  # few ask for it

    return document(sheet(turns, base_url, library))


def _used(marker: int, turn: Verified) -> bool:
    """True for a source that something shown rests on."""
    shown = [p.markers for line in turn.lines for p in line] + [n.citations for n in turn.notes] + [(f.citation,) for f in turn.figures]
    return any(marker in markers for markers in shown)


def _number(c: Citation, known: dict[tuple[str, str], Source], base_url: str) -> int:
    """The number of a paragraph, the next one when it has none yet."""
    key = (c.document.id, c.paragraph.anchor)
    if key not in known:
        d, p = c.document, c.paragraph
        said = " · ".join(about(d))
        text = _BULLET.sub("", "\n".join(filter(None, (strip_marks(line) for line in p.text.split("\n")))))
        path = " › ".join(strip_marks(h) for h in p.path)
        known[key] = Source(len(known) + 1, strip_marks(d.title), said[:1].upper() + said[1:], FORMS.get(d.form, d.form), path, text, address(c, base_url))
    return known[key].number


def about(document: Document) -> list[str]:
    """What a paper is told by besides its title: ["số 77/KH-UBND", its issuer, "ngày 5/11/2030"], without what it lacks."""
    day = words.date(document.issued_on)
    return [*filter(None, (f"số {document.number}" if document.number else "", document.issuer, f"ngày {day}" if day.count("/") == 2 else day))]


def address(c: Citation, base_url: str) -> str:
    """The whole address of the cited paragraph in the reader."""
    return f"{base_url.rstrip('/')}/documents/{quote(c.document.id)}#{quote(c.paragraph.anchor)}"


def _blocks(turn: Verified, cited: Mapping[int, int]) -> list[Block]:
    blocks: list[Block] = []
    if turn.status != "answered":
        blocks.append(Block("status", (Piece(words.STATUSES[turn.status], ()),)))
    for line in turn.lines:
        first, item = line[0].text, _ITEM.match(line[0].text)
        row = _ROW.match(first)
        text = first[item.end() :] if item else " – ".join(c.strip() for c in row[1].split("|")) if row else first
        pieces = (Piece(text, line[0].markers), *line[1:])
        kind = "item" if item else "text" if any(b.kind == "conclusion" for b in blocks) else "conclusion"
        blocks.append(Block(kind, _numbered(pieces, cited)))
    if not turn.lines:
        blocks.append(Block("text", (Piece("Không có câu nào đối chiếu được với văn bản trong thư viện.", ()),)))
    return blocks


def _notes(turn: Verified, cited: Mapping[int, int]) -> list[Block]:
    return [Block("note", _numbered((Piece(n.text, n.citations),), cited), words.NOTES[n.kind]) for n in turn.notes]


def _numbered(pieces: Sequence[Piece], cited: Mapping[int, int]) -> tuple[Piece, ...]:
    return tuple(Piece(p.text, tuple(cited[m] for m in p.markers)) for p in pieces)


def _table(figures: Sequence[ComparedFigure], cited: Mapping[int, int]) -> tuple[tuple[str, ...], ...]:
    if len(figures) < 2:
        return ()
    rows = [(f.label, f.place, "–".join(dict.fromkeys(map(str, f.years))) if f.years else "không nêu năm", f.printed, str(cited[f.citation])) for f in figures]
    if all(f.label == f.place for f in figures):  # one of the two columns says it
        return tuple((row[0], *row[2:]) for row in [COLUMNS, *rows])
    return (COLUMNS, *rows)


def _marked(block: Block) -> str:
    """A block as Markdown."""
    told = "".join(f"{plain(p.text)}{' ' if p.markers else ''}{''.join(f'[{n}]' for n in p.markers)}" for p in block.pieces)
    match block.kind:
        case "conclusion":
            return f"**{plain(block.pieces[0].text).strip()}**{told[len(plain(block.pieces[0].text)) :]}"
        case "item":
            return f"- {told}"
        case "status":
            return f"*{told}*"
        case "note":
            return f"> **{block.lead}:** {told}"
    return told


def _listed(s: Source) -> str:
    """A source as an item of the numbered list, its paragraph as a quotation inside."""
    quoted = "\n".join(f"    > {plain(line)}" for line in s.text.split("\n"))
    head = f"{s.number}. **{plain(s.title)}** ({s.form})  \n    {plain(s.about)}  \n"
    return "".join([head, f"    {plain(s.path)}\n" if s.path else "", "\n", quoted, f"\n\n    <{s.url}>"])


def plain(text: str) -> str:
    """Text on one line that Markdown takes for nothing but text."""
    escaped = _MARKDOWN.sub(r"\\\1", " ".join(text.split()) if text.strip() else "")
    lead = " " if text[:1].isspace() and escaped else ""
    return lead + _AT_START.sub(lambda m: f"{m[1]}{m[2][:-1]}\\{m[2][-1]}", escaped)
