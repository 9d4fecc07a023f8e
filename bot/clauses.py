"""Clauses: a provision is shown whole - the clause that introduces points with its points - and those nearly as likely stand beside it."""

import math
import re
from collections.abc import Sequence

from bot.evidence import carried
from bot.match import Match
from bot.provisions import article_of
from bot.question import Question
from bot.weights import Weights
from knowledge.library import Library
from knowledge.model import Paragraph
from knowledge.text import fold, words

_MOST_ITEMS = 18
_MOST_WORDS = 320  # of all points of a clause; a longer one is not shown whole for one of its points
_HEADING_CARRIES = 0.6  # share of the question's weight that the heading of an article must carry for all its clauses to be the answer
_BESIDE = 2  # provisions shown beside the first
_LIKELY, _ENOUGH = 0.1, 0.75  # how likely a provision must be to stand beside the first, and those shown together for no more to be needed
_ASKS_ALL = re.compile(
    r"\b(?:nhung|cac|gom|ke|liet ke|gi|nao|thu tu|the nao|ra sao|nhu nao|truong hop|dieu kien|thu tuc|ho so|giay to|quyen han|nghia vu|tieu chuan)\b"
)
_ASKS_ONE = re.compile(r"\b(?:ai|co quan nao|don vi nao|cap nao|noi nao|khi nao|bao gio|luc nao|ngay nao|nam nao|luat nao|dieu nao|muc nao|van ban nao)\b")


def of_law(match: Match) -> bool:
    """True for a statement of a text of the whole country that stands in an article."""
    return match.document.place.level == "country" and article_of(match.hit.passage.anchor) != match.hit.passage.anchor


def clause(question: Question, best: Match, library: Library, weights: Weights) -> tuple[Paragraph, list[Paragraph]] | None:
    """The clause with its points when the first match introduces them, or is one of them and all are asked for; None when it stands for itself."""
    if question.wants and best.value is not None:
        return None
    own = library.paragraph(best.document.id, best.hit.passage.anchor)
    points = _points(library, best.document.id, own.anchor)
    if points:
        return own, points[:_MOST_ITEMS]
    said = fold(question.standalone)
    if not own.parent or not _ASKS_ALL.search(said) or _ASKS_ONE.search(said) or question.intent == "yesno":
        return None
    above = library.paragraph(best.document.id, own.parent)
    points = _points(library, best.document.id, above.anchor)
    if len(points) < 2 or len(points) > _MOST_ITEMS or sum(words(p.clean) for p in points) > _MOST_WORDS:
        return None
    # The clauses of an article are its points when its heading says what is asked.
    return (above, points) if above.kind != "heading" or carried(question, above, weights) >= _HEADING_CARRIES else None


def _points(library: Library, document_id: str, anchor: str) -> list[Paragraph]:
    return [p for p in library.paragraphs(document_id) if p.parent == anchor]


def beside(question: Question, ranked: Sequence[Match]) -> list[Match]:
    """Further provisions, or items of the same paper, that are nearly as likely to answer as the first.

    The scores tell how likely each is: they were learned so (a softmax over the matches).
    """
    best = ranked[0]
    law = of_law(best)
    all_of_them = sum(math.exp(m.score - best.score) for m in ranked)
    shown, found = 1 / all_of_them, [best]
    for m in ranked[1:8]:
        likely = math.exp(m.score - best.score) / all_of_them
        if shown >= _ENOUGH or likely < _LIKELY or len(found) > _BESIDE:
            break
        alike = of_law(m) if law else m.document.id == best.document.id
        if not alike or (question.wants and m.value is None and best.value is not None):
            continue
        if any(m.hit.passage.anchor == f.hit.passage.anchor and m.document.id == f.document.id for f in found):
            continue
        shown += likely
        found.append(m)
    return found[1:]
