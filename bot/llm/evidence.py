"""Evidence: the paragraphs that a language model may word an answer from, under short names that mean nothing outside one request."""

import datetime
import re
import secrets
from collections.abc import Sequence
from dataclasses import dataclass

from bot import clock
from bot.assemble import Draft
from bot.draft import Source
from bot.notes import expired
from bot.phrase import place_label, shorten
from knowledge import attack
from knowledge.library import Library
from knowledge.model import Document

_MOST = 8  # paragraphs; small models lose the thread in more
_FAR = 4.0  # score points behind the first match beyond which a paragraph is about something else
_LONGEST = 350  # words of a paragraph that are sent; the proof looks at all of it
_TITLE = 40  # words of a title or heading


@dataclass(frozen=True)
class Evidence:
    """A paragraph under its name. `beside` is the line above it that introduces it ("" when none does)."""

    id: str
    source: Source
    validity: str
    beside: str = ""

    def to_json(self) -> dict[str, str]:
        """What the model is told of it. Names of files, identifiers and addresses are not."""
        document, paragraph = self.source
        told = {
            "id": self.id,
            "place": place_label(document) if document.place.level != "country" else "cả nước",
            "paper": _one_line(f"{document.title}{f', số {document.number}' if document.number else ''}, {document.issuer}"),
            "date": document.issued_on,
            "validity": self.validity,
            "heading": _one_line(" › ".join(paragraph.path[-2:])),
            "introduced_by": _one_line(self.beside),
            "text": shorten(paragraph.clean, _LONGEST),
        }
        return {key: value for key, value in told.items() if value}


def gather(draft: Draft, library: Library) -> list[Evidence]:
    """The paragraphs of the built-in lines, then those of the matches next to the best, each once; none that gives orders to its reader."""
    sources: dict[tuple[str, str], Source] = {}
    for line in draft.lines:
        for document, paragraph in line.sources:
            sources.setdefault((document.id, paragraph.anchor), (document, paragraph))
    for match in draft.ranked[: 2 * _MOST]:
        if draft.ranked[0].score - match.score > _FAR:
            break
        key = (match.document.id, match.hit.passage.anchor)
        sources.setdefault(key, (match.document, library.paragraph(*key)))
    safe = [s for s in sources.values() if not attack.commands(s[1].clean)][:_MOST]
    tag = secrets.token_hex(2)  # so that no paper can name a paragraph of another
    return [Evidence(f"{tag}{i}", s, _validity(s[0], draft.day), _introduction(s, library)) for i, s in enumerate(safe, start=1)]


def _introduction(source: Source, library: Library) -> str:
    """The sentence under which a list item stands ("… như sau:"), "" for what stands under a heading."""
    document, paragraph = source
    if not paragraph.parent:
        return ""
    parent = library.paragraph(document.id, paragraph.parent)
    return parent.clean if parent.kind != "heading" and not attack.commands(parent.clean) else ""


def _validity(document: Document, day: datetime.date) -> str:
    row = clock.row_of(document)
    return (clock.fate(row, day) if row is not None else "") or expired(document, day) or "còn dùng được theo những gì thư viện biết"


def _one_line(text: str) -> str:
    """Headings and titles are data of the paper too: one line, no longer than needed, and nothing that gives orders."""
    text = shorten(re.sub(r"\s+", " ", text).strip(), _TITLE)
    return "" if attack.commands(text) else text


def by_id(evidence: Sequence[Evidence], ids: Sequence[str]) -> list[Evidence]:
    """The evidence of these names, [] when one of them is none: a statement with an invented source has no proof."""
    known = {e.id: e for e in evidence}
    return [known[i] for i in dict.fromkeys(ids)] if ids and all(i in known for i in ids) else []
