"""One paragraph whole, as it is shown outside of its paper: with the headings above it, its neighbours and whether it still holds."""

import datetime
from typing import Any

from bot import clock
from ingest.clean import strip_marks
from knowledge.library import Library


def read(library: Library, document_id: str, anchor: str, today: datetime.date) -> dict[str, Any]:
    """A paragraph as JSON; `validity` is a sentence, "" where nothing has become of the paper. Raises UnknownDocument, UnknownParagraph."""
    paper, found, every = library.document(document_id), library.paragraph(document_id, anchor), library.paragraphs(document_id)
    at = next(i for i, p in enumerate(every) if p.anchor == anchor)
    row = clock.row_of(paper)
    return {
        "document_id": paper.id, "number": paper.number, "title": paper.title, "issuer": paper.issuer, "issued_on": paper.issued_on,
        "place": paper.place.name, "form": paper.form, "anchor": anchor, "path": list(found.path), "text": plain(found.text), "page": found.page,
        "doubts": list(found.doubts), "validity": clock.fate(row, today) if row is not None else "",
        "before": plain(every[at - 1].text) if at else "", "after": plain(every[at + 1].text) if at + 1 < len(every) else "",
        "url": f"/documents/{paper.id}#{anchor}",
    }  # fmt: skip


def plain(text: str) -> str:
    """A paragraph's text, line by line, without the marks of its source."""
    return "\n".join(filter(None, (strip_marks(line) for line in text.split("\n"))))
