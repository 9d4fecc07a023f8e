"""Addresses of papers, paragraphs and legal texts, and paragraphs whose document numbers are links. All that is given here is escaped."""

import re
import unicodedata
from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from ingest.clean import strip_marks
from knowledge import catalogue, lawnumbers
from knowledge.catalogue import Instrument
from knowledge.lawnumbers import LawNumber
from knowledge.model import Document, Mention, Paragraph, Place
from knowledge.text import slug


def document(document_id: str, anchor: str = "") -> str:
    """The address of a paper, or of a paragraph of it."""
    return escape(f"/documents/{quote(document_id, safe='')}{f'#{anchor}' if anchor else ''}")


def number(said: LawNumber) -> str:
    """The address of the texts that bear a number; a number without its kind is given with it, since it could not be read alone."""
    name = f"{lawnumbers.kind_word(said.kind)} {said.canonical}" if said.partial else said.canonical
    return escape(f"/instruments/{quote(name)}")


def instrument(row: Instrument) -> str:
    """The address of one text of the catalogue; one without a number goes by its title."""
    read = lawnumbers.find(row.number) or lawnumbers.find(f"{lawnumbers.kind_word(row.kind)} số {row.number}" if row.number else "")
    return f"{number(read[0])}#{spot(row)}" if read else escape(f"/instruments/{slug(row.title)}")


def spot(row: Instrument) -> str:
    """Where on the page of its number a text is told of."""
    return slug(row.name)


def words(paragraph: Paragraph) -> str:
    """What a paragraph says, line by line, without the marks of its source; not escaped."""
    return unicodedata.normalize("NFC", "\n".join(filter(None, map(strip_marks, paragraph.text.split("\n")))))


def linked(text: str, mentions: Iterable[Mention], place: Place) -> str:
    """A text as HTML with each document number that is a mention linked to its page."""
    known = list(mentions)
    pieces, done = [], 0
    for said in lawnumbers.find(text) if known else ():
        meant = next((m for m in known if m.number.key == said.key), None) or next((m for m in known if m.number.matches(said)), None)
        start, end = said.span
        if meant is None:
            continue
        row = catalogue.of_mention(meant, place)
        title = f' title="{escape(row.title)}"' if row is not None else ""
        pieces.append(f'{escape(text[done:start])}<a class="law" href="{_address(meant, row)}"{title}>{escape(text[start:end])}</a>')
        done = end
    return "".join(pieces) + escape(text[done:])


def _address(mention: Mention, row: Instrument | None) -> str:
    return instrument(row) if row is not None else number(mention.number)


def sized(text: str, most: int) -> str:
    """A text cut at a word to at most `most` characters, escaped."""
    if len(text) <= most:
        return escape(text)
    return escape(re.sub(r"\s+\S*$", "", text[:most])) + "…"


def name(paper: Document) -> str:
    """How a list names a paper shortly: its number, else its title; escaped."""
    return escape(paper.number) if paper.number else sized(paper.title, 48)
