"""Ask back: a message that names a place, a year or a kind of organisation and nothing to know about it gets one question back, with choices."""

from collections.abc import Callable, Sequence

from bot.answer import Answer
from bot.phrase import place_inside
from bot.question import Question
from knowledge.model import Document
from knowledge.places import related
from knowledge.text import words

_SHORT = 5  # words of a message that may say too little
_TOPICS = frozenset(["htx", "tht", "lhhtx", "qtdnd", "kttt"])  # what all papers are about says nothing yet
_ASKS_NOTHING = frozenset(["text", "figure", "list", "support", "target"])  # intents that a bare word may seem to have
_OF_PLACE = ("{} có bao nhiêu hợp tác xã?", "Mục tiêu phát triển hợp tác xã của {} là gì?", "{} hỗ trợ hợp tác xã những gì?")
_AT_LARGE = ("Thành lập hợp tác xã cần những gì?", "Hợp tác xã được hưởng những chính sách hỗ trợ nào?", "Hợp tác xã là gì?")


def ask_back(question: Question, before: Callable[[], Question | None], documents: Sequence[Document]) -> Answer | None:
    """One short question with choices when a message says too little to search for, None when it says enough.

    `before` gives the person's turn before, by itself: who was asked back once is not asked again, but answered as well as can be.
    """
    if not _says_too_little(question):
        return None
    last = before()
    if last is not None and _says_too_little(last):
        return None
    own = [d for d in documents if d.place.level != "country" and any(related(m, d.place) == "same" for m in question.places)]
    if question.places and not own:
        return None  # a place without papers is told so
    if own:
        where = place_inside(own[0])
        choices = tuple(form.format(where)[0].upper() + form.format(where)[1:] for form in _OF_PLACE)
        return Answer("clarify", f"Bạn muốn biết điều gì về {where}?", suggestions=choices)
    return Answer("clarify", "Bạn muốn biết điều gì về hợp tác xã? Hãy viết thêm vài chữ, hoặc chọn một câu dưới đây.", suggestions=_AT_LARGE)


def _says_too_little(question: Question) -> bool:
    told = [c for c in question.concepts if question.wants or not set(c.terms) <= _TOPICS]  # "Ba Tơ có mấy HTX" says enough
    return not told and not question.numbers and words(question.asked) <= _SHORT and question.intent in _ASKS_NOTHING and not question.inherited
