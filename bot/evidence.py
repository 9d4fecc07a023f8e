"""Choose evidence: as many statements as the question needs, not a fixed number."""

from collections.abc import Sequence

from bot.match import Match, Weights
from bot.question import Question
from knowledge.library import Library
from knowledge.model import Paragraph

_MOST = 3  # statements shown beside one another
_GAIN = 0.18  # share of the question's weight that a further statement must add
_CLOSE = 2.2  # score points behind the first within which a statement is still about the same thing
_SECTION_COVERED = 0.75  # share of the question's weight that a heading must carry for its whole list to be the answer
_SECTION_ITEMS = 14
_LISTS = frozenset(["list", "responsibility", "target", "support"])


def choose(question: Question, ranked: Sequence[Match], weights: Weights) -> list[Match]:
    """The first match, then those that cover concepts it leaves open (published work: sets of varying size beat a fixed top-k)."""
    if not ranked:
        return []
    chosen = [ranked[0]]
    if question.intent in {"figure", "target"} and len(ranked[0].statement.terms) > 12:
        most = 2
    else:
        most = _MOST
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    total = sum(heavy) or 1.0
    covered = list(ranked[0].covered)
    for m in ranked[1:8]:
        if len(chosen) >= most or ranked[0].score - m.score > _CLOSE:
            break
        if m.document.id != ranked[0].document.id or any(_repeats(m, c) for c in chosen):
            continue
        gain = sum(max(0.0, new - old) * w for new, old, w in zip(m.covered, covered, heavy, strict=True)) / total
        if gain >= _GAIN:
            chosen.append(m)
            covered = [max(a, b) for a, b in zip(covered, m.covered, strict=True)]
    return chosen


def _repeats(a: Match, b: Match) -> bool:
    own, other = set(a.statement.terms), set(b.statement.terms)
    return len(own & other) > 0.7 * min(len(own), len(other))


def section(question: Question, best: Match, library: Library, weights: Weights) -> tuple[Paragraph, list[Paragraph]] | None:
    """The heading that the question asks to be listed, with its items; None when the answer is one statement.

    Taken when the question asks for a list (or all duties, targets, kinds of support) and the heading above the best match, or
    the best match itself as an introducing line, carries most of what was asked.
    """
    if question.intent not in _LISTS or question.wants in {"money", "percent", "count"}:
        return None
    document = best.document
    own = library.paragraph(document.id, best.hit.passage.anchor)
    items = _children(library, document.id, own.anchor)
    if items and own.clean.rstrip().endswith(":"):
        return own, items
    if not own.parent:
        return None
    parent = library.paragraph(document.id, own.parent)
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    total = sum(heavy) or 1.0
    from knowledge.terms import terms

    heading = set(terms(parent.clean)) | {t for title in parent.path[-1:] for t in terms(title)}
    in_heading = sum(w for c, w in zip(question.concepts, heavy, strict=True) if set(c.terms) <= heading or any(set(o) <= heading for o in c.others))
    in_own = sum(w for m, c, w in zip(best.covered, question.concepts, heavy, strict=True) if m >= 0.9 and not set(c.terms) <= heading)
    items = _children(library, document.id, parent.anchor)
    if in_heading / total >= _SECTION_COVERED and in_own / total < 0.2 and len(items) > 1:
        return parent, items
    return None


def _children(library: Library, document_id: str, anchor: str) -> list[Paragraph]:
    return [p for p in library.paragraphs(document_id) if p.parent == anchor][:_SECTION_ITEMS]
