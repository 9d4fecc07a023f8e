"""Askings: questions that people put for what the bundled papers say, in everyday words, each with the paragraphs that answer it.

One file in `askings/` a bundled paper, named like it; its first line gives the paper's number, so that a verbatim paper which takes
the digest's place is found by the same questions. Searching by likely questions: Nogueira et al., Document Expansion by Query Prediction (2019).
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.model import Document
from knowledge.text import fold

_FOLDER = Path(__file__).with_name("askings")


@dataclass(frozen=True)
class Asking:
    """A question with the anchors of the paragraphs that answer it, the best first."""

    text: str
    anchors: tuple[str, ...]


@cache
def _load() -> dict[str, tuple[str, tuple[Asking, ...]]]:
    """Paper's file name -> (number, askings)."""
    found = {}
    for path in sorted(_FOLDER.glob("*.jsonl")):
        head, *lines = (json.loads(line) for line in path.read_text("utf-8").splitlines())
        found[f"{path.stem}.md"] = (head["number"], tuple(Asking(line["ask"], tuple(line["anchors"])) for line in lines))
    return found


def of(document: Document) -> tuple[Asking, ...]:
    """The askings of a paper, () when none are known. A paper other than the bundled one must be national and bear its number."""
    known = _load().get(document.source)
    if known is not None:
        return known[1]
    if document.place.level != "country" or not document.number:
        return ()
    return next((askings for number, askings in _load().values() if fold(number) == fold(document.number)), ())


def placed(asking: Asking, anchors: frozenset[str]) -> Iterator[str]:
    """The anchors of an asking among those that a paper has; one that it lacks stands for the paragraph that it is a part of."""
    for anchor in asking.anchors:
        while anchor and anchor not in anchors:
            anchor = anchor[: max(anchor.rfind("-"), anchor.rfind("."), 0)]
        if anchor:
            yield anchor
