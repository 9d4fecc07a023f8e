"""Follow-ups: an elliptical question ("Thế còn huyện Ba Tơ?") gets from the turn before it what it leaves unsaid."""

import re
from dataclasses import replace

from bot import comparing
from bot.question import Concept, Question
from knowledge.text import fold

_INHERITED = 0.6  # weight of what was said a turn ago beside what is said now
_OPENING = re.compile(r"^(?:the|vay|con|the con|vay con|ben|rieng|trong do|trong so|va|and|what about|how about|o do|no|ho|cai do|so do|may|thuoc)\b")
# Words that stand in one another's place: a new member of a class replaces the old one.
CLASSES = (
    {"htx", "tht", "lhhtx", "qtdnd"},
    {"nong nghiep", "phinn", "van tai", "thuong mai", "xay dung", "moi truong", "cong nghiep", "tin dung", "thuy san", "du lich", "chan nuoi", "trong trot"},
    {"dai hoc", "cao dang", "trung cap", "so cap"},
    {"tot", "kha", "trung binh", "yeu", "yeu kem"},
    {"thu nhap", "doanh thu", "loi nhuan", "thanh vien", "lao dong", "nguoi lao dong", "von dieu le"},
    {"thanh lap", "giai the", "tam ngung", "ngung hoat", "ket nap"},
)
_WHOLE = 4  # a question with as many concepts of its own and no opening word stands alone but for place and time


def resolve(question: Question, earlier: Question) -> Question:
    """The question with places, years and concepts of `earlier` where it has none of its own."""
    if question.intent in {"smalltalk", "attack", "out_of_scope"}:
        return question
    inherited: list[str] = []
    opening = bool(_OPENING.match(fold(question.asked)))
    elliptical = opening or len(question.concepts) < _WHOLE
    result = question
    if not question.places and earlier.places and not comparing.everywhere(question.standalone):
        result = replace(result, places=earlier.places)
        inherited.append("place")
    if elliptical and comparing.sets_beside(question.standalone) and _elsewhere(question, earlier):
        # "Thế Bắc Kạn thì thua bao nhiêu?" after a question on Bắc Giang sets the two side by side.
        result = replace(result, places=(*earlier.places, *question.places))
        inherited.append("place")
    if not question.years and earlier.years and elliptical:
        result = replace(result, years=earlier.years)
        inherited.append("time")
    if not elliptical:
        return replace(result, inherited=tuple(inherited))
    own = {" ".join(c.terms) for c in question.concepts}
    kept = [c for c in earlier.concepts if " ".join(c.terms) not in own and not _replaced(c, own)]
    if not kept:
        return replace(result, inherited=tuple(inherited))
    concepts = (*question.concepts, *(replace(c, weight=c.weight * _INHERITED) for c in kept))
    asks_nothing = question.intent == "text" and not question.wants
    return replace(
        result,
        concepts=concepts,
        standalone=f"{question.standalone} ({earlier.standalone})",
        intent=earlier.intent if asks_nothing else question.intent,
        wants=question.wants or (earlier.wants if asks_nothing else ""),
        noun=question.noun or (earlier.noun if not question.wants else ()),
        planned=question.planned if question.planned is not None else earlier.planned,
        numbers=question.numbers or earlier.numbers,
        inherited=(*inherited, "subject"),
    )


def _elsewhere(question: Question, earlier: Question) -> bool:
    """True when each of two questions names one place, and not the same."""
    ours, theirs = ([fold(m.place.name) for m in q.places] for q in (question, earlier))
    return len(ours) == len(theirs) == 1 and ours != theirs


def _replaced(concept: Concept, own: set[str]) -> bool:
    words = " ".join(concept.terms)
    return any(words in group and own & (group - {words}) for group in CLASSES)
