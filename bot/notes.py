"""Notes: what a reader should know beside the answer - figures that disagree, doubtful ones, a period that is over."""

import datetime
import re
from collections.abc import Sequence

from bot.match import Match, same_kind
from bot.question import Question
from bot.statement import Statement
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.places import merged_into
from knowledge.terms import terms
from knowledge.text import fold

_NEAR_SHARE = 0.75  # of the first match's closeness that a disagreeing figure must have
_SCORE_GAP = 2.0
_BEFORE, _AFTER = 8, 4  # terms around a figure that tell what it is of
_ALIKE = 0.5  # share of those terms that two figures must have in common to be of one thing: to tell of a fault that is none is worse than silence
_MERGERS = re.compile(r"\bsap nhap\b|\bcu\b")
_TOLD = 2  # terms in common without which two figures say too little to contradict each other
_EVERYDAY = frozenset(terms("của là có được với đến nay hiện tại thời điểm toàn trên địa bàn tỉnh huyện thành phố trong đó các và năm tổng số đạt khoảng"))


def disagreement(question: Question, ranked: Sequence[Match]) -> tuple[Match, numbers.Quantity, numbers.Quantity] | None:
    """A match of the same paper that gives another figure for the same thing, with both figures; None when there is none."""
    if not ranked:
        return None
    best = ranked[0]
    if best.value is None or question.wants in {"date", ""} or best.document.place.level == "country":
        return None  # provisions with other figures are for other cases
    own = best.statement.quantities[best.value][0]
    for other in ranked[1:6]:
        if other.value is None or other.document.id != best.document.id or best.score - other.score > _SCORE_GAP:
            continue
        theirs = other.statement.quantities[other.value][0]
        if (
            _same_unit(own, theirs)
            and theirs.values() != own.values()
            and other.features["near_value"] >= _NEAR_SHARE * best.features["near_value"]
            and other.features["covered"] >= best.features["covered"] - 0.05
            and other.statement.planned == best.statement.planned
            and _same_time(other, best)
            and not _other_label(other.statement, best.statement)
            and _alike(best, other) >= _ALIKE
            and not any(numbers.same(own, q) for q, _ in other.statement.quantities)
        ):
            return other, own, theirs
    return None


def _same_unit(a: numbers.Quantity, b: numbers.Quantity) -> bool:
    if not a.unit or not b.unit:
        return False
    return a.unit == b.unit or a.unit.split()[0] == b.unit.split()[0] or same_kind(a.unit.split()[0], b.unit.split()[0])


def _alike(a: Match, b: Match) -> float:
    """How far the words around two figures are the same (0..1, Jaccard), those of the papers' everyday phrases left out."""
    own, other = _around(a), _around(b)
    both = own & other
    return len(both) / len(own | other) if len(both) >= _TOLD else 0.0


def _around(match: Match) -> frozenset[str]:
    position = match.statement.quantities[match.value or 0][1]
    near = match.statement.terms[max(0, position - _BEFORE) : position + _AFTER]
    return frozenset(t for t in near if t not in _EVERYDAY and not t[0].isdigit())


def _other_label(a: Statement, b: Statement) -> bool:
    """True for two items of one list that say before a colon what they are of ("Số HTX tốt: …", "Số HTX yếu: …"): two things, no disagreement."""
    return bool(a.label_terms and b.label_terms) and a.label_terms != b.label_terms and a.heading_terms == b.heading_terms


def _same_time(a: Match, b: Match) -> bool:
    return (a.statement.years or a.statement.context_years) == (b.statement.years or b.statement.context_years)


def expired(document: Document, today: datetime.date) -> str:
    """A sentence when the paper's period is over, "" when it is not."""
    if document.kind == "report" or not document.period or document.period[1] >= today.year:
        return ""
    first, last = document.period
    when = f"năm {last}" if first == last else f"giai đoạn {first}-{last}"
    return f"Kế hoạch này dành cho {when}, đến nay đã hết thời kỳ; hãy hỏi cơ quan ban hành về kế hoạch mới."


def merged(question: Question, document: Document) -> str:
    """A sentence on the mergers of July 2025 when the question speaks of them or names a province that a paper's has gone into."""
    province = document.place.province
    now = merged_into(province)
    if document.place.level == "country" or not now or fold(now) == fold(province):
        return ""
    asked = fold(question.asked)
    if fold(now) not in asked and not _MERGERS.search(asked):
        return ""
    district = "; cấp huyện không còn" if document.place.level == "district" else ""
    return f"Từ ngày 01/7/2025 tỉnh {province} thuộc tỉnh {now}{district}. Văn bản này do {document.issuer} ban hành, là số liệu của địa phương trước sáp nhập."


def doubts(library: Library, sources: Sequence[tuple[Document, Paragraph]]) -> list[tuple[int, str]]:
    """The doubts that ingest noted at the cited paragraphs, each with the index of its source."""
    return [(i, doubt) for i, (_, paragraph) in enumerate(sources) for doubt in paragraph.doubts]
