"""Provisions: what tells the provision of a law that a question is after, beyond the words of the statement itself.

A provision stands in an article, whose heading says what it is about and whose other clauses hold the rest of what is asked. What a law
lays down is not what one place does, and a question whether something is allowed is answered by what allows or forbids it.
"""

import itertools
import re
from collections import defaultdict
from dataclasses import replace
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from bot.match import Asked, Match
from bot.statement import vector_of
from knowledge.library import Library
from knowledge.model import Document
from knowledge.terms import terms
from knowledge.text import fold

FEATURES = ("law", "circular", "local", "provision", "near_heading", "near_article", "article_covered", "allows", "denies")
CHANGE = "tells_change"
_OLD_LAW, _NEW_LAW = r"\bluat (?:htx |hop tac xa )?(?:cu|(?:nam )?2012)\b", r"\bluat (?:htx |hop tac xa )?(?:moi|(?:nam )?2023)\b"
_OLD_AND_NEW = re.compile(rf"{_OLD_LAW}.*{_NEW_LAW}|{_NEW_LAW}.*{_OLD_LAW}")
_ARTICLE = re.compile(r"(?:^|\.)(d\d+)(?=[.~-]|$)")  # the article in an anchor ("c4.d42.2.a")
_ARTICLE_HEADING = re.compile(r"^Điều \d+\b")
_ASKS_LEAVE = re.compile(r"\b(?:co|duoc|phai)\b.{0,60}\b(?:khong|chua)\b|\bkhong a?$|\bduoc khong\b|\bco sao\b")
_LEAVE = re.compile(r"\b(?:duoc|phai|cam|khong|chi)\b")
_DENIAL = re.compile(r"\b(?:khong|chua|cam)\b")


class Articles:
    """The terms and pairs of whole articles with their headings, kept per state of the library."""

    def __init__(self, library: Library) -> None:
        self._library = library
        self._of_document: dict[tuple[str, str], dict[str, set[str]]] = {}

    def words(self, document: Document, anchor: str) -> set[str]:
        """Terms, and neighbouring ones joined by "_", of the article that an anchor stands in."""
        key = (document.id, document.version)
        kept = self._of_document.get(key)
        if kept is None:
            kept = self._of_document[key] = self._read(document.id)
        return kept.get(article_of(anchor), set())

    def _read(self, document_id: str) -> dict[str, set[str]]:
        found: dict[str, set[str]] = defaultdict(set)
        for passage in self._library.all_passages(document_id):
            own = found[article_of(passage.anchor)]
            for text in (passage.text, passage.context.rpartition(" | ")[0]):
                said = terms(text)
                own.update(said)
                own.update(f"{a}_{b}" for a, b in itertools.pairwise(said))
        return dict(found)


def article_of(anchor: str) -> str:
    """The article of an anchor ("d42"), the anchor itself when it stands in none."""
    found = _ARTICLE.search(anchor)
    return found[1] if found else anchor


def measured(asked: Asked, match: Match, articles: Articles, change: bool = False) -> Match:
    """The match with its FEATURES beside those of bot.match, and whether it tells the change between two laws that is asked for."""
    question, document, text = asked.question, match.document, fold(match.statement.passage.text)
    headings = match.hit.passage.context.rpartition(" | ")[0].split(" | ")
    titles = [h for h in headings if _ARTICLE_HEADING.match(h)]
    leave = bool(_ASKS_LEAVE.search(fold(question.standalone)))
    own = articles.words(document, match.hit.passage.anchor)
    heavy = zip(question.concepts, asked.heavy, strict=True)
    features = {
        "law": float(document.kind == "law"),
        "circular": float(document.kind == "circular"),
        "local": float(document.place.level != "country"),
        "provision": float(bool(_ARTICLE.search(match.hit.passage.anchor))),
        "near_heading": _near(asked, headings[-1]),
        "near_article": _near(asked, titles[-1] if titles else ""),
        "article_covered": sum(w for c, w in heavy if any(_holds(own, form) for form in (c.terms, *c.others))) / asked.total,
        "allows": float(leave and bool(_LEAVE.search(text))),
        "denies": float(leave and bool(_DENIAL.search(text))),
    }
    features[CHANGE] = float(change and bool(_OLD_AND_NEW.search(text)))
    if not match.hit.passage.anchor.endswith("0-1"):
        features["front_matter"] = 0.0  # after its first words the opening of a digest says what has become of the text, and what differs
    return replace(match, features={**match.features, **features})


def _holds(own: set[str], form: tuple[str, ...]) -> bool:
    return form[0] in own if len(form) == 1 else all(f"{a}_{b}" in own for a, b in itertools.pairwise(form))


def _near(asked: Asked, heading: str) -> float:
    return float(asked.vector @ _heading_vector(heading)) if heading else 0.0


@lru_cache(maxsize=10_000)
def _heading_vector(heading: str) -> NDArray[np.float32]:
    return vector_of(heading)
