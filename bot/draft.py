"""A draft: what compose gives to prove - lines with the paragraphs each one rests on."""

from dataclasses import dataclass

from bot.answer import ComparedFigure
from bot.computed import Computed
from knowledge.model import Document, Paragraph

Source = tuple[Document, Paragraph]


@dataclass(frozen=True)
class Line:
    """One statement to be: its words, the paragraphs it rests on and the words of them that prove it.

    `beside` is text of the same section that the words use too (a heading's own words). `row` holds table cells for a comparison.
    `figure` is the row as compared; its citation is the line's first source. `computed` are numbers of the words that code worked out from
    stated ones.
    """

    text: str
    sources: tuple[Source, ...]
    quote: str
    beside: str = ""
    row: tuple[str, ...] = ()
    bullet: bool = False
    computed: tuple[Computed, ...] = ()
    figure: ComparedFigure | None = None
