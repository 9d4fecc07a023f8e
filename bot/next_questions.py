"""What to ask next: of a law or decree, everyday questions that its neighbouring provisions answer."""

from knowledge import askings
from knowledge.library import Library
from knowledge.model import Document
from knowledge.text import has_accents

MOST = 3
_FITS = range(20, 90)  # characters of a question that a button holds


def after(library: Library, document: Document, anchor: str) -> tuple[str, ...]:
    """A question for each of the next paragraphs whose askings are known, from the one behind `anchor` on; () when none are."""
    order = {p.anchor: i for i, p in enumerate(library.paragraphs(document.id))}
    at = order.get(anchor, -1)
    known = [(min(order.get(a, -1) for a in asking.anchors), asking.text) for asking in askings.of(document)]
    found: dict[int, str] = {}
    for place, text in sorted(known, key=lambda pair: (pair[0] <= at, pair[0])):  # what comes before last, from its beginning
        if place >= 0 and place != at and place not in found and len(text) in _FITS and has_accents(text):
            found[place] = text if text.endswith("?") else f"{text}?"
            if len(found) == MOST:
                break
    return tuple(text[:1].upper() + text[1:] for text in found.values())
