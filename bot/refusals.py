"""Refusals: answers that are none - attacks, small talk, other topics, and questions on which the papers are silent."""

from collections.abc import Sequence

from bot import notes
from bot.answer import Answer, Citation, Note
from bot.intents import asks_norm
from bot.match import Match
from bot.phrase import place_inside, place_label, without_label
from bot.question import Question
from bot.scope import Scope
from bot.weights import Weights
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Document
from knowledge.places import merged_into, related

_ASK_ABOUT = (
    "Năm 2025 huyện Văn Quan đặt mục tiêu thành lập mới bao nhiêu hợp tác xã?",
    "Thành phố Bắc Kạn hỗ trợ hợp tác xã những gì?",
    "Sở Tài chính tỉnh Lai Châu được giao việc gì?",
)


_NAMED = 8  # papers searched that a refusal names; more would bury what it says
_OF_A_PLACE = frozenset(["figure", "target"])


def empty(asked: bool) -> Answer:
    """No question, or no papers to answer from."""
    if asked:
        return Answer("error", "Thư viện chưa có văn bản nào. Hãy nạp văn bản bằng lệnh: htx ingest THƯ_MỤC")
    return Answer("error", "Bạn chưa nhập câu hỏi. Hãy gõ điều bạn muốn hỏi về chính sách hợp tác xã.")


def outside(scope: Scope) -> Answer:
    """No paper is within the filters."""
    chosen = ", ".join(filter(None, (scope.place, f"năm {scope.year}" if scope.year else "")))
    text = f"Không có văn bản nào khớp bộ lọc{f' ({chosen})' if chosen else ''}. Hãy bỏ bớt bộ lọc rồi hỏi lại."
    return Answer("not_found", text)


def early(question: Question, documents: Sequence[Document]) -> Answer | None:
    """An answer that needs no search; None when the papers should be searched."""
    names = ", ".join(dict.fromkeys(place_label(d) for d in documents if d.place.level != "country"))
    if question.intent == "attack":
        text = "Tôi không thể làm theo yêu cầu này. Tôi chỉ trả lời câu hỏi về chính sách hợp tác xã, dựa trên các văn bản trong thư viện."
        return Answer("refused", text, suggestions=_suggested(documents))
    if question.intent == "smalltalk":
        text = f"Xin chào! Tôi tra cứu văn bản về kinh tế tập thể, hợp tác xã và trả lời kèm trích dẫn. Thư viện hiện có văn bản của: {names}."
        return Answer("out_of_scope", text, suggestions=_suggested(documents))
    if question.intent == "out_of_scope":
        text = "Câu hỏi này nằm ngoài phạm vi của tôi. Tôi chỉ trả lời về chính sách, kế hoạch và báo cáo kinh tế tập thể, hợp tác xã."
        return Answer("out_of_scope", text, suggestions=_suggested(documents))
    local = [d for d in documents if d.place.level != "country"]
    norm = question.intent not in _OF_A_PLACE or asks_norm(question.standalone)
    # What the law asks of everybody holds in a place without papers too; its own figures and targets are not to be had from the law.
    unknown = [m for m in question.places if not any(related(m, d.place) for d in (documents if norm else local))]
    if unknown and len(unknown) == len(question.places):
        where = ", ".join(m.place.name for m in unknown)
        later = merged_into(unknown[0].place.name)
        moved = f" (từ 01/7/2025 thuộc {later})" if later and later != unknown[0].place.name else ""
        return Answer(
            "not_found", f"Không tìm thấy: thư viện chưa có văn bản nào của {where}{moved}. Hiện có văn bản của: {names}.", suggestions=_suggested(documents)
        )
    return None


def facts(question: Question, ranked: Sequence[Match], weights: Weights) -> dict[str, float]:
    """What the whole list says about whether the question is answered: the gap to the next, the heaviest concept left open."""
    if not ranked:
        return {}
    best = ranked[0]
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    open_weights = [w for w, m in zip(heavy, best.covered, strict=True) if m == 0.0]
    half_open = [w for w, m in zip(heavy, best.covered, strict=True) if m <= 0.45]
    everywhere = [max((m.covered[i] for m in ranked[:5]), default=0.0) for i in range(len(heavy))]
    total = sum(heavy) or 1.0
    return {
        "open_most": max(open_weights, default=0.0),
        "open_share": sum(open_weights) / total,
        "half_open_most": max(half_open, default=0.0),
        "never_met": max((w for w, m in zip(heavy, everywhere, strict=True) if m <= 0.45), default=0.0),
        "gap": min(3.0, best.score - ranked[1].score) if len(ranked) > 1 else 1.0,
        "unseen": sum(w for c, w in zip(question.concepts, heavy, strict=True) if not any(weights.seen(p) for p in (c.terms, *c.others))) / total,
        "asks_number": float(bool(question.numbers)),
        "concepts": min(12, len(question.concepts)) / 12,
        "asks_year": float(bool(question.years)),
        "follows": float(bool(question.inherited)),
        "wants": float(bool(question.wants)),
        "asks_money": float(question.wants == "money"),
        "asks_figure": float(question.intent == "figure"),
        "never": sum(1 for m in best.covered if m == 0.0) / 4,
        **best.slots,
    }


def not_found(question: Question, ranked: Sequence[Match], documents: Sequence[Document], library: Library) -> Answer:
    """A refusal that names what was searched and the nearest thing that is stated (its heading, never its figures)."""
    inside = [d for d in documents if not question.places or any(related(m, d.place) for m in question.places)]
    local = [d for d in inside if d.place.level != "country"]
    if question.places and local and not question.numbers:
        inside = local  # as the search did: a place's own papers before national law
    national = len(inside) - len(local)
    named = [*dict.fromkeys(place_label(d) for d in local)] or [place_label(d) for d in inside]
    searched = ", ".join(named[:_NAMED]) or "thư viện"
    if local and national:
        searched += f" và {national} văn bản chung cả nước"
    elif len(named) > _NAMED:
        searched += ", …"
    text = f"Không tìm thấy thông tin này trong {len(inside)} văn bản đã tra ({searched})."
    if question.places and all(d.place.level == "country" for d in inside):
        text += f" Thư viện chưa có văn bản nào của {', '.join(m.place.name for m in question.places)}."
    citations: tuple[Citation, ...] = ()
    if ranked:
        best = ranked[0]
        paragraph = library.paragraph(best.document.id, best.hit.passage.anchor)
        topic = next((t for t in reversed(paragraph.path) if len(t.split()) > 2 and not _states_figure(t)), best.document.title)
        text += f" Nội dung gần nhất nằm ở mục “{topic}” [1]."
        citations = (Citation(1, best.document, paragraph, ""),)
    moved = next(filter(None, (notes.merged(question, d) for d in local)), "") if question.places else ""
    remarks = (Note("scope", moved),) if moved else ()
    return Answer("not_found", text, citations=citations, notes=remarks, suggestions=_suggested(documents))


def _states_figure(heading: str) -> bool:
    """True for "Nhu cầu kinh phí là 35.874 triệu đồng"; a bare number is that of a part."""
    return any(q.unit for q in numbers.quantities(without_label(heading)))


def _suggested(documents: Sequence[Document]) -> tuple[str, ...]:
    """Questions that the library can answer, about the places it has."""
    local = [d for d in documents if d.place.level != "country"]
    return tuple(
        f"{place_label(d)} hiện có bao nhiêu hợp tác xã?" if i else f"Mục tiêu phát triển hợp tác xã của {place_inside(d)} là gì?"
        for i, d in enumerate(local[:3])
    )
