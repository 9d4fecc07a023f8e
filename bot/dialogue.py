"""A dialogue about support: where it began in a person's turns, what each turn says, and which question is to be asked next.

The server keeps no state: the dialogue is read anew from the turns each time.
"""

import datetime
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from bot.loose import loose, plain
from bot.profile import SLOTS, Profile, join, kind_of, read, skips
from bot.spelling import spell
from knowledge import lawnumbers, numbers
from knowledge.model import Place
from knowledge.text import words

MOST_QUESTIONS = 3
_SHORT_REPLY = 6  # words; a turn of no more that asks nothing is the answer to what was asked

_SELF = loose(
    r"(?<!gần )(?<!cao )\b(?:tôi|tui|em|mình|chúng tôi|chúng em|chúng mình|bọn em|bọn mình|bọn tớ|chúng tớ|tụi em|nhà em|nhà mình|nhà tôi|bên em"
    r"|bên mình|bên tôi"
    r"|nhóm em|nhóm mình|nhóm tôi"
    r"|my|our|we|us|i am|i'm|i have|i want|can i|(?:của|bên|nhà|nhóm) (?:anh|chị|bác|cô|chú))\b(?! (?:đa|thiểu)\b)"
)
# "chứng minh", "liên minh", "tối đa", "trẻ em" typed without marks.
_NOT_SELF = loose(
    r"\b(?:liên minh|chứng minh|thông minh|quang minh|hồ chí minh|văn minh|trẻ em|tới đây|(?:biết|sắp|thời gian|năm|tháng|hướng|đi|nói|nghĩ) tới"
    r"|tối đa|tối thiểu|tối ưu|hội phụ nữ)\b"
)
_INTENDS = loose(r"\b(?:muốn|định|tính|dự định|chuẩn bị|sắp|đang)(?: \w+){0,2} (?:thành lập|lập|mở)\b")
_FUND = loose(r"\bquỹ hỗ trợ(?: phát triển| nông dân)?(?: hợp tác xã| htx)?\b")
_AID = (
    r"(?:hỗ trợ|ưu đãi|trợ giúp|giúp|giúp đỡ|trợ cấp|miễn,? giảm|chính sách|chế độ|chương trình (?:hỗ trợ|ưu đãi|nào cho)|hưởng|support|help|incentives?"
    r"|benefits?|grants?|subsid\w+|policies|programmes?|programs?)"
)
_FILL = (
    r"(?: (?:hỗ trợ|ưu đãi|nhà nước|của|từ|thêm|được|về|cho|chính sách|chế độ|khoản|tiền|các|những|cái|loại|nào|tỉnh|huyện|mình|em|tôi|nữa|đó|thì|là"
    r"|có|sẽ|cần|điều kiện|và|nhận|gói)){0,5}?"
)
_GENERAL = loose(
    rf"\b{_AID}{_FILL},? (?:gì|chi|nào|những gì|ra sao|thế nào|như thế nào|không|chưa|hay không)\b|\b(?:những|các|mấy) {_AID}{_FILL} (?:nào|gì)\b"
    rf"|\bđược (?:những |các |hưởng )?(?:cái )?gì\b|\bcó (?:những |các )?(?:{_AID}|khoản|gói|nguồn){_FILL} (?:nào|gì|không)\b"
    rf"|\bwhat\b.{{0,40}}\b{_AID}\b|\b{_AID}\b.{{0,30}}\b(?:available|can (?:we|i) get)\b"
    rf"|\bwhat (?:can|do) (?:we|i)\b.{{0,15}}\b(?:get|apply)\b|\b(?:tư vấn|chỉ|cho hỏi|hỏi|tìm hiểu|giới thiệu|kể|liệt kê)\b.{{0,40}}\b(?:chính sách"
    rf"|chương trình|các khoản|gói|chế độ) (?:hỗ trợ|ưu đãi)\b"
    rf"|\bđủ điều kiện\b.{{0,30}}\b(?:hỗ trợ|ưu đãi)\b|\bđược hỗ trợ$|\bnhà nước cho\b.{{0,20}}\bgì\b"
)
# One fact of many: a number, a day, a person, a place to go, one thing that the support is for.
_ONE_FACT = loose(
    r"\bbao nhiêu\b|\bmấy (?:tiền|triệu|phần|người|năm|tháng|htx|hợp)\b|\bkhi nào\b|\bbao giờ\b|\bngày nào\b|\bnăm nào\b|\bbao lâu\b|\bai (?:ký"
    r"|phụ trách|chủ trì)\b|\blà gì\b"
    r"|\bvì sao\b|\btại sao\b|\bso sánh\b|\bhow (?:much|many|long)\b|\bwhen\b|\bwho\b"
)
_STATE_AID = loose(r"\b(?:hỗ trợ|chính sách|ưu đãi|nhà nước|support)\b")
_MEMBERS = loose(r"(?<!\d )\b(?:thành viên|xã viên|người lao động)\b.{0,30}\bđược\b")  # what members get of their cooperative is no support of the state
_TO_ASSISTANT = loose(r"\b(?:bạn|ad|trợ lý|bot|you)\b.{0,15}\b(?:giúp|help)\b")
_HABIT = loose(r"\b(?:hay|thường|đã|từng) (?:\w+ )?(?:hỗ trợ|giúp|cho|được hỗ trợ)\b")  # what a place does or did is a fact of its papers
# One kind of support: land, loans, training …; a question that names one is about that one unless it asks for support at large beside it.
_ONE_KIND = loose(
    r"\b(?:đất|thuê đất|vay|lãi suất|đào tạo|tập huấn|bồi dưỡng|hội chợ|bảo hiểm|thuế|lệ phí|ocop|máy móc|hạ tầng|nhà xưởng|công nghệ|chuyển đổi số"
    r"|nền tảng số|số hóa|phần mềm|trang web|kiểm toán|nhãn hiệu|thương hiệu|giống|vật tư|phân bón|kho lạnh|nhà kho|xúc tiến|đầu ra|tiêu thụ"
    r"|xuất khẩu|chứng nhận|vietgap"
    r"|loans?|land|training|tax(?:es)?|insurance)\b"
)
_AT_LARGE = loose(
    r"\b(?:hỗ trợ|hưởng) (?:những |các |thêm )?(?:cái )?gì\b|\b(?:chính sách|ưu đãi|chương trình|gói|khoản)(?: hỗ trợ| ưu đãi)? (?:gì|nào)\b"
    r"|\bwhat (?:support"
    r"|help|policies)\b"
)
_ASKS = loose(
    r"\?|\b(?:gì|nào|bao nhiêu|mấy|ai|đâu|khi nào|bao giờ|thế nào|ra sao|tại sao|vì sao|what|how|which|when|who|where|why)\b|\b(?:không|chưa|hả"
    r"|nhỉ)\W*$|\b(?:có|được|phải)\b.*\bkhông\b"
)
_ON_TO = loose(r"^\W*(?:thế |vậy |vậy |rồi )?(?:còn|nếu|thế|lỡ)\b|^\W*(?:what|how) about\b|^\W*and if\b|\bthì sao\b")


@dataclass(frozen=True)
class Dialogue:
    """The dialogue that a turn is part of: what all its turns say, how many questions were put, and the slot that now waits for an answer."""

    profile: Profile
    asked: int = 0
    waiting: str = ""


def begins(turn: str, today: datetime.date) -> bool:
    """True when a turn asks what support there is for the person's own organisation, in general and now."""
    text = _FUND.sub("quỹ", plain(spell(plain(turn))))
    if not _GENERAL.search(text) or _HABIT.search(text) or lawnumbers.find(turn):
        return False
    if _TO_ASSISTANT.search(text) and not kind_of(text):
        return False  # what the assistant can do
    if _MEMBERS.search(text) and not _STATE_AID.search(text):
        return False
    if not _AT_LARGE.search(text) and (_ONE_FACT.search(text) or _ONE_KIND.search(text)):
        return False
    told = read(turn, (), today)
    if numbers.periods(text) or any(year < today.year and year != told.founded for year in numbers.years(text)):
        return False  # what was given in a year is a fact of the papers
    return bool(_SELF.search(_own(turn)) or _INTENDS.search(text) or told.people)


def follow(turns: Sequence[str], known: tuple[Place, ...], today: datetime.date, question: Callable[[Profile], str]) -> Dialogue | None:
    """The dialogue that the last of the turns belongs to, None when it belongs to none.

    `question` gives the slot to ask for when so much is known, "" when nothing is left that would change the list.
    """
    current: Dialogue | None = None
    for turn in turns:
        start = begins(turn, today)
        if current is None and not start:
            continue
        waiting = current.waiting if current else ""
        said = read(turn, known, today, waiting)
        if current is not None and (start or _goes_on(turn, said, waiting)):
            profile = join(current.profile, said)
            if waiting and not profile.knows(waiting):
                profile = join(profile, Profile(open=frozenset([waiting])))  # whatever was said, it is not asked twice
            asked = current.asked
        elif start:
            profile, asked = said, 0
        else:
            current = None
            continue
        slot = question(profile) if asked < MOST_QUESTIONS else ""
        current = Dialogue(profile, asked + bool(slot), slot)
    return current


def _goes_on(turn: str, said: Profile, waiting: str) -> bool:
    """True when a turn answers what was asked or adds to what was said, and is no question of its own."""
    text = plain(spell(plain(turn)))
    if skips(turn) and words(turn) <= (2 * _SHORT_REPLY if waiting else _SHORT_REPLY):
        return True
    tells = said.tells
    if _ON_TO.search(text):
        return bool(tells) and not _ONE_FACT.search(text) and words(turn) <= 2 * _SHORT_REPLY
    if _ASKS.search(text):
        return False
    if tells:
        return (
            bool(_SELF.search(_own(turn)))
            or len(tells) > 1
            or (bool(waiting) and (waiting in tells or words(turn) <= _SHORT_REPLY))
            or words(turn) <= _SHORT_REPLY
        )
    return bool(waiting) and words(turn) <= _SHORT_REPLY


def next_slot(profile: Profile, matters: Callable[[str], bool]) -> str:
    """The first slot that is not known and would change the list, "" when there is none."""
    return next((slot for slot in SLOTS if not profile.knows(slot) and matters(slot)), "")


def _own(turn: str) -> str:
    """The plain text without words that look like those of the first person ("biết tới"), taken out before chat spelling is written out."""
    return plain(spell(_NOT_SELF.sub(" ", plain(turn))))
