"""What each figure of a sentence measures: the words that name it, its unit, and the whole that it is a part of."""

import re
from dataclasses import dataclass, replace

from knowledge import numbers
from knowledge.compounds import association
from knowledge.numbers import Quantity
from knowledge.terms import terms
from knowledge.text import fold

_NAME_WORDS = 24  # a longer name says more than what is measured; its last words stand nearest the figure
_TAIL_WORDS = 14
_LABEL = re.compile(r"^[^:;.()\d]{3,140}:(?=\s)")
# Where the words after a figure stop to say what it counts: for good, or when another figure follows.
_STOP = re.compile(
    r"[;()]|\.\s|\.$|:|\s(?:với|trong đó|gồm|thu nhập|tỷ lệ|thời hạn|chiếm|tăng|giảm|do|tuy nhiên|nhưng|vượt|(?:và|,)(?=\s+\d))\s", re.IGNORECASE
)
_COMMA = re.compile(r",\s|\s(?:và|với)\s")
_BRACKETS = re.compile(r"\([^()]*\)")
_CUT = re.compile(r"[;()“”]|\.\s|[Tt]rong đó[:,]?\s|,\s(?:đồng thời|phấn đấu)\s")
_PER = re.compile(r"\s?/\s?(\d{0,2}\s?[^\W\d_]+(?:\s?/\s?[^\W\d_]+){0,2})")
_OF_TOTAL = re.compile(r"/\s?(?=\d)")
_WORD = re.compile(r"[^\W_]+")
_DAY = r"(?:hết |cuối |đầu )*(?:ngày )?(?:\d{1,2} )?(?:tháng )?(?:\d{1,2} )?(?:năm )?(?=\d)[\d/]{4,}"  # "hết tháng 10 năm 2030", "30/11/2020"
_TIME = re.compile(
    rf"\b(?:tính (?:đến|từ) (?:thời điểm hiện tại|nay|{_DAY}(?: đến nay)?)|(?:đến |từ )?(?:hết |cuối |đầu )*(?:tháng (?:\d{{1,2}} )?)?năm [\d/]{{4,}}"
    r"|đến (?:hết |cuối )*tháng [\d/]{4,}|(?:trong |từ )?(?:năm|giai đoạn) \d{4}(?:\s?-\s?\d{4})?|hiện (?:nay|tại|có)|đến nay|trong năm"
    r"|từ đầu năm|\d+ tháng đầu năm(?: \d{4})?|cụ thể|tiêu biểu)\b[:,]?",
    re.IGNORECASE,
)
_EDGE = (
    "có|là|đạt|đã|được|còn|từ|trên|khoảng|gần|hơn|dưới|ít nhất|tối thiểu|không quá|tối đa|ước|xuống|(?<!trở )lên|với|và|thì|của|đối với|trong đó|trong|gồm|cho"
    "|tại|ở|cả|đang|mức|so"
)
_LEADING = re.compile(r"^(?:(?:đối với|riêng|phấn đấu|có|là|đạt|đã|được|còn|từ|khoảng|ước|với|và|thì|trong đó|gồm|đang|lên)\s+|[\s:,.–-]+)+", re.IGNORECASE)
_TRAILING = re.compile(rf"(?:(?:^|\s+)(?:{_EDGE})|[\s:,.–(-]+)+$", re.IGNORECASE)
_ONWARDS = re.compile(r"\s*trở (?:lên|xuống)\b")
# Words that say how a figure stands to the one before it and not what it measures.
_RELATION = re.compile(r"^(?:tăng|giảm|chiếm|tỷ lệ|vượt|bằng|đạt|tăng thêm|giảm còn|còn lại|số còn lại|trung bình mỗi năm|bình quân)$", re.IGNORECASE)
_PART = re.compile(r"^(?:lĩnh vực|nông nghiệp|phi nông nghiệp|nn|phi nn|nam|nữ|trình độ|riêng|số còn lại|đối với|loại|dịch vụ)\b", re.IGNORECASE)
_PARTS_FOLLOW = re.compile(r"\btrong đó\b|\bgồm\b", re.IGNORECASE)
_AREA = re.compile(r"^(?:trên địa bàn|toàn|ở|tại)\b", re.IGNORECASE)
_WITH = re.compile(r"^[\s;,]*(?:với|đối với|riêng)\b", re.IGNORECASE)
# A number after these is a name, a place in a list or a version ("tiêu chí số 13", "Covid-19", "Trung ương 5", "đợt 2").
_NAMED_BEFORE = re.compile(
    r"(?:\b(?<!tổng )(?:số|thứ|lần|đợt|khóa|kỳ|trung ương|tw|(?:phụ lục|biểu|mẫu)(?: \d+,)*|đại hội|nhiệm kỳ|quốc lộ"
    r"|công nghiệp|điều|khoản|chương)|[\w)]-)\s*$",
    re.IGNORECASE,
)
_GRADE_BEFORE = re.compile(r"\b(?:cấp|hạng|loại)\s*$", re.IGNORECASE)
_OF_NAME = re.compile(r"\s?(?:tỉnh|huyện|nước)\s[^\W\d_a-zà-ỹ]")  # "07 tỉnh Đông Bắc" is the name of a region
_NO_UNIT = frozenset(["sao", "khoa", "nam", "thang", "ngay", "gio", "quy", "lan", "cap", "noi", "dieu", "khoan"])
_DURATION = frozenset(["nam", "thang", "ngay"])
_SAYS_DURATION = re.compile(r"\b(?:thời (?:gian|hạn)|tối đa|không quá|trong vòng|kéo dài)\b[^,;.]*$", re.IGNORECASE)
_STATED = re.compile(r"(?:\blà|:|\bcó|\bđạt)\s*$", re.IGNORECASE)
_COUNTED_NOUN = re.compile(r"\b(HTX|hợp tác xã|THT|tổ hợp tác|LHHTX|liên hiệp (?:HTX|hợp tác xã)|QTDND|lao động|thành viên|cán bộ|người)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"][^”\"]*[”\"]")
_LONG_UNITS = re.compile(
    r"\s*(hợp tác xã|tổ hợp tác|liên hiệp (?:HTX|hợp tác xã)|quỹ tín dụng(?: nhân dân)?|lượt (?:người|HTX|cán bộ|truy cập))\b", re.IGNORECASE
)


@dataclass(frozen=True)
class Figure:
    """A figure in its sentence. `name` is what it measures, `whole` what the sentence measures first, `clause` the words around it.

    `at` is its place in `sentence`.
    """

    quantity: Quantity
    name: str
    whole: str
    unit: str
    per: str
    printed: str
    clause: str
    sentence: str
    at: int


def figures(sentence: str, whole: str = "") -> list[Figure]:
    """The figures of a sentence in order. `whole` is what the sentence before it measured; it is taken over by "Trong đó: …"."""
    quantities = _of_totals([q for q in numbers.quantities(sentence) if _is_figure(q, sentence)], sentence)
    label = _LABEL.match(sentence)
    if label and not _PARTS_FOLLOW.match(label[0]):
        whole = _clean(label[0])
    elif not _PARTS_FOLLOW.match(sentence):
        whole = ""
    found: list[Figure] = []
    start = 0
    for quantity, following in zip(quantities, [*(q.span[0] for q in quantities[1:]), len(sentence)], strict=False):
        at, end = quantity.span
        per = _PER.match(sentence, end)
        end = per.end() if per else end
        tail, stop = _tail(sentence, end, following)
        before = sentence[start:at]
        own = _clean(_CUT.split(_BRACKETS.sub(" ", before))[-1])
        unit, printed = _unit(quantity, sentence, end, before)
        name = _named(own, tail, unit, before, sentence[:at], found, whole)
        whole = whole or name
        found.append(Figure(quantity, name, whole, unit, per[1] if per else "", printed, sentence[start:stop], sentence, at))
        start = stop
    return found


def _of_totals(quantities: list[Quantity], sentence: str) -> list[Quantity]:
    """The part of a fraction takes the noun of the whole, which goes: "60/808 HTX" is sixty of them."""
    kept: list[Quantity] = []
    for quantity in quantities:
        before = _OF_TOTAL.search(sentence, max(0, quantity.span[0] - 2), quantity.span[0] + 1)
        part = next((q for q in numbers.quantities(sentence) if before and q.span[1] == before.start()), None)
        kept.append(replace(quantity, low=part.low, span=(part.span[0], quantity.span[1])) if part else quantity)
    return kept


def _is_figure(quantity: Quantity, sentence: str) -> bool:
    """True when a number tells how much or how many: no name, version, place in a list, threshold of stars or age of a plan."""
    at, end = quantity.span
    if quantity.unit in {numbers.MONEY, numbers.PERCENT}:
        return True
    if any(m.start() < at < m.end() for m in _QUOTED.finditer(sentence)) or _OF_NAME.match(sentence, end):
        return False
    before = sentence[:at]
    noun = quantity.unit.split()[:1]
    counted = bool(_COUNTED_NOUN.match(sentence, end + (sentence[end : end + 1] == " ")))
    if _NAMED_BEFORE.search(before) or (_GRADE_BEFORE.search(before) and not counted):
        return False
    if not noun:
        return bool(_STATED.search(before)) and (end == len(sentence) or sentence[end] in ".;,)") and bool(_COUNTED_NOUN.search(before))
    if noun[0] in _DURATION:
        return bool(_SAYS_DURATION.search(before))
    return noun[0] not in _NO_UNIT or bool(re.match(r"\s*quỹ\b", sentence[end:]))


def _tail(sentence: str, end: int, following: int) -> tuple[str, int]:
    """The words after a figure that say what it counts, and where the words before the next one begin.

    The words may go on over a comma when the next figure stands behind a word that parts the two, or none comes.
    """
    stop = _STOP.search(sentence, end, following)
    hard = stop.start() if stop else following
    comma = _COMMA.search(sentence, end, hard)
    soft = comma.start() if comma else hard
    last = hard if stop or following == len(sentence) else soft
    words = _ONWARDS.sub("", sentence[end:last]).split()
    return _TRAILING.sub("", " ".join(words[:_TAIL_WORDS])), soft


def _named(own: str, tail: str, unit: str, before: str, said: str, found: list[Figure], whole: str) -> str:
    """The words that name a figure: those before it, those after it, and what it is a part of or set against."""
    if set(terms(tail)) <= set(terms(own)):
        tail = ""
    name = f"{own} {tail}".strip()
    if tail == unit and own:
        name = f"{tail} {own}" if _AREA.match(own) else own
    if found and (_WITH.match(before) or ((_RELATION.match(own) or not own) and not _has_own_noun(tail, found[-1]))):
        return " – ".join(filter(None, [found[-1].name, name]))
    inside = said.count("(") > said.count(")")
    base = _base(before, inside, found, whole)
    part = inside or bool(_PARTS_FOLLOW.search(said)) or bool(_PART.match(name)) or len(name.split()) < 3
    if part and base and fold(base) not in fold(name):
        return f"{base} – {name}" if name else base
    return name


def _base(before: str, inside: bool, found: list[Figure], whole: str) -> str:
    """What the figures of a bracket or a list of parts are parts of: the figure before it, or the whole of the sentence."""
    if not found:
        return whole
    if ("(" in before and inside) or _PARTS_FOLLOW.search(before):
        return found[-1].name
    return found[-1].name.rpartition(" – ")[0] or whole if inside else whole


def _has_own_noun(tail: str, before: Figure) -> bool:
    """True when the words after a figure count something else than the figure before it does."""
    return bool(tail) and fold(tail).split()[0] != fold(before.unit).split()[0] and len(tail.split()) > 1


def _clean(text: str) -> str:
    """The words before a figure without time and the verbs that lead to it."""
    text = re.sub(r"\s+", " ", _TIME.sub(" ", text)).strip()
    text = _TRAILING.sub("", _LEADING.sub("", text)).strip()
    label, colon, rest = text.partition(":")
    if colon and set(terms(rest)) <= set(terms(label)):
        text = label  # "Tổng số HTX trên địa bàn huyện: … trên địa bàn huyện có 36 HTX"
    return " ".join(text.replace(" ,", ",").split()[-_NAME_WORDS:])


def _unit(quantity: Quantity, sentence: str, end: int, before: str) -> tuple[str, str]:
    """The unit as the paper writes it, and the figure as printed with it."""
    at = quantity.span[0]
    if quantity.unit in {numbers.MONEY, numbers.PERCENT}:
        return quantity.unit, sentence[at:end]
    long = _LONG_UNITS.match(sentence, end)
    if long:
        return long[1], sentence[at : long.end()]
    nouns = list(_WORD.finditer(sentence, end, end + 40)) if quantity.unit else []
    if not nouns:
        counted = _COUNTED_NOUN.search(before)  # "Tổng số lao động của các tổ hợp tác là 440": the first noun is counted
        return (counted[1] if counted else ""), sentence[at:end]
    first, second = nouns[0], nouns[1] if len(nouns) > 1 else None
    if second is not None and sentence[first.end() : second.start()] == " " and association(fold(first[0]), fold(second[0])):
        return f"{first[0]} {second[0]}", sentence[at : second.end()]
    return first[0], sentence[at : first.end()]
