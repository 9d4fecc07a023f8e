"""Slots: what a question asks for that evidence must fill - the value, whose it is, where, when, planned or done.

Each slot gives 1.0 when the best evidence leaves it open. Words that are near are not enough: a figure of the whole district is
not one of a named cooperative, a sum over five years is not that of one year, a target is not a result.
"""

import re
from collections.abc import Callable
from functools import cache

from bot.match import Match, has_date
from bot.question import Question
from bot.weights import Weights
from knowledge import lexicon, places
from knowledge.compounds import association
from knowledge.places import related
from knowledge.terms import terms
from knowledge.text import LOWER, UPPER, fold, has_accents, normalize

SLOTS = (
    "value_open", "value_far", "entity_open", "entity_far", "year_open", "year_inside", "person_open", "name_open", "reason_open", "each_open",
    "bound_open", "other_indicator", "plan_for_result", "result_for_plan", "number_open", "place_open", "denied", "qualifier_open",
    "monthly_open", "off_topic", "where_open", "office_open", "unknown_word", "focus_open",
)  # fmt: skip
# Evidence that leaves one of these open is another place's, year's or person's: near, and no answer. It is not shown however good it is.
DECISIVE = ("year_open", "year_inside", "person_open", "result_for_plan")
_FAR = 18  # terms between a value and the name it belongs to
_ENTITY = re.compile(
    rf"\b(?:HTX|Hợp tác xã|hợp tác xã|LHHTX|QTDND|Quỹ tín dụng nhân dân|quỹ tín dụng nhân dân|Quỹ TDND"
    rf"|THT)((?:\s(?!ở|tại|của|trên|thuộc|trong|toàn|cả|tỉnh|huyện|thành|tp|xã|phường)[{LOWER}]+){{0,4}})"
    rf"\s[\"“]?((?:[{UPPER}]\w*)[\"”]?(?:\s[{UPPER}]\w*){{0,4}})"
)
_KINDS_OF_FIELD = frozenset(
    ["nong", "phinn", "van", "thuong", "cong", "xay", "moi", "tai", "dang", "kieu", "dich", "o", "lon", "nho", "yeu", "tot", "nao", "cac"]
)
_NO_ENTITY = frozenset(["htx", "viet", "lien", "ubnd", "nq", "luat", "ocop", "tp", "thanh"])
_DENIAL = re.compile(
    r"\b(?:khong co|chua co|khong phat sinh|chua phat sinh|co phat sinh|khong dang ke|chua thuc hien|chua duoc thuc hien|chua trien khai|khong nhan duoc"
    r"|khong thuc hien|tat ca|toan bo)\b"
)
_PERSON = re.compile(
    r"\b(?:giám đốc|chủ tịch|trưởng ban|phó ban|trưởng phòng|bí thư|người đại diện|đứng đầu|kế toán trưởng)\b.{0,80}\b(?:là ai|tên|ông nào|bà nào|ông bà nào)\b"
    r"|\bai (?:là|làm|giữ|đang làm) (?:giám đốc|chủ tịch|trưởng|phó|bí thư)|\b(?:ông|bà) nào\b|\b(?:họ tên|số điện thoại|địa chỉ|email|liên hệ)\b"
    r"|\blàm trưởng ban\b|\bai\b.{0,20}\btrưởng ban\b|\bwho is the (?:head|chair|director)"
)
_PERSON_NAME = re.compile(
    rf"(?:ông|bà|Ông|Bà|đồng chí)\s[{UPPER}]\w+\s[{UPPER}]\w+|(?:CHỦ TỊCH|TRƯỞNG BAN|GIÁM ĐỐC)\s+[{UPPER}]\w+\s[{UPPER}]\w+"
    r"|\b(?:làm|là) [Tt]rưởng [Bb]an\b"
)
_NAMED = re.compile(
    r"\bten (?:la )?gi\b|\bten\b.{0,70}\bla gi\b|(?<!nhom )\b(?:htx|hop tac xa|truong|ngan hang|doanh nghiep|cong ty) nao\b|\b(?:ke|neu) ten\b"
    r"|\bten (?:cac|cua|nhung)\b"
)
# A capitalised word inside a sentence that is no abbreviation: some name at least.
_PROPER = re.compile(rf"(?<=[{LOWER},;(“\"] )(?!HTX|THT|UBND|HĐND|KTTT|OCOP|TP|Nghị|Luật|Quyết|Hợp|Liên|Trung|Nhà|Chính|Đảng)[“\"]?[{UPPER}]\w*[{LOWER}]")
_REASON = re.compile(r"\b(?:vi sao|tai sao|ly do|nguyen nhan|do dau|why)\b")
_BECAUSE = re.compile(r"\b(?:do|vi|nen|boi|nguyen nhan|ly do|nham|de|dan den|anh huong|khong|chua)\b")
_EACH = re.compile(
    r"\b(?:moi|tung|mot)\s(?:htx|hop tac xa|lop|san pham|thanh vien|du an|ho|nguoi|huyen|xa|lao dong|don vi|mo hinh|tht)\b|\btung huyen\b"
    r"|/(?:htx|ho|lop)\b"
)
_MONTHLY = re.compile(r"\b(?:moi|mot|hang|1) thang\b|\bhang thang\b|\bluong thang\b")
_EACH_SAID = re.compile(r"\b(?:moi|tung|binh quan|trung binh|mot)\b|/\s?(?:htx|ho|lop|nguoi|san pham|thang|nam|du an|mo hinh)")
_BOUND = re.compile(r"\b(?:toi da|toi thieu|cao nhat|thap nhat|han muc|nhieu nhat|lon nhat|nho nhat|dong nhat|khong qua)\b|\bnhieu \w+ nhat\b")
_BOUND_SAID = re.compile(r"\b(?:toi da|toi thieu|cao nhat|thap nhat|khong qua|khong vuot|tro len|it nhat|tren|duoi|nhieu nhat|khong duoi)\b")
_YEAR_ASKED = re.compile(r"\bnam nao\b")


def slots(question: Question, best: Match, weights: Weights) -> dict[str, float]:
    """How far the best evidence leaves each slot open (0 filled or not asked, 1 open)."""
    statement = best.statement
    said = fold(question.standalone if question.language == "vi" else question.asked + " " + question.standalone)
    text = fold(statement.passage.text)
    around = f"{fold(statement.passage.context)} {text}"
    denied = bool(_DENIAL.search(text))
    value_open = _value_open(question, best, said) and not denied
    names = entities(question.asked, weights.seen, frozenset(terms(m.place.name) for m in question.places))
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    missing = [n for n in names if not statement.has(n)]
    opened = {
        "value_open": value_open,
        "value_far": bool(question.wants) and question.wants != "date" and not value_open and not denied and _far_from_key(question, best),
        "entity_open": any(not statement.in_context(n) for n in missing),
        "entity_far": bool(names) and bool(question.wants) and not denied and _entity_far(best, names),
        "year_open": _year_open(question, best),
        "year_inside": _year_inside(question, best),
        "person_open": bool(_PERSON.search(question.standalone.lower())) and not _PERSON_NAME.search(statement.passage.text),
        "name_open": bool(_NAMED.search(said))
        and not re.search(r"\bloai htx nao\b|\bco htx nao\b.*\bkhong\b", said)
        and not _PROPER.search(statement.passage.text),
        "reason_open": bool(_REASON.search(said)) and not _BECAUSE.search(text) and "nguyen nhan" not in around,
        "each_open": bool(_EACH.search(said)) and bool(question.wants) and not _EACH_SAID.search(text),
        "off_topic": _off_topic(question, best),
        "focus_open": _focus_open(question, best),
        "unknown_word": max(
            (
                w
                for c, w in zip(question.concepts, heavy, strict=True)
                if len(c.terms) == 2 and association(*c.terms) and not any(weights.seen(f) for f in (c.terms, *c.others))
            ),
            default=0.0,
        ),
        "where_open": bool(_WHERE.search(said)) and not _WHERE_SAID.search(f"{statement.passage.text} {statement.passage.context}"),
        "office_open": _office_open(question.standalone.lower(), statement.passage.text, statement.passage.context),
        "monthly_open": question.wants == "money" and bool(_MONTHLY.search(said)) and not re.search(r"thang|/\s?nam|nam\b", text),
        "bound_open": bool(_BOUND.search(said)) and not _BOUND_SAID.search(text),
        "other_indicator": _other_indicator(question, best),
        "plan_for_result": question.planned is False and statement.planned and question.intent == "figure",
        "result_for_plan": question.planned is True and not statement.planned and bool(question.wants),
        "number_open": bool(question.numbers) and not any(n.matches(m) for n in question.numbers for m in statement.numbers),
        "place_open": _place_open(question, best),
        "denied": denied,
        "qualifier_open": 0.0 if denied else _qualifier_open(question, best, heavy),
    }
    return {name: float(value) for name, value in opened.items()}


def decided(opened: dict[str, float]) -> bool:
    """True when open slots rule evidence out; a statement that the thing is not so answers whatever it leaves open."""
    if not opened or opened["denied"]:
        return False
    return any(opened[name] for name in DECISIVE)


def entities(asked: str, known: Callable[[tuple[str, ...]], bool], own: frozenset[tuple[str, ...]] = frozenset()) -> list[tuple[str, ...]]:
    """Named cooperatives and the like in a question, as folded terms without the word for what they are.

    `known` tells whether the library has a phrase: a name that holds a place is told from a description by that. `own` are names
    of places that the question was found to speak of, those that no gazetteer has among them.
    """
    if not has_accents(asked):
        return []
    found = []
    for m in _ENTITY.finditer(normalize(asked)):
        name, kind = terms(m[2].strip(' "“”')), terms(m[1])
        if not name or name[0] in _NO_ENTITY or m[2].isupper():
            continue
        if name in own or any(terms(p.place.name) == name for p in places.find(m[2])):
            # Called by its place: a name of its own with words before it ("rau sạch Yên Dũng"), else all those of the place.
            name = (*kind, *name)
            if len(kind) < 2 or kind[0] in _KINDS_OF_FIELD or not known(name):
                continue
        found.append(name)
    return found


_OFTEN = re.compile(r"\b(?:hang nam|hang thang|dinh ky|thuong xuyen|moi nam|hang quy)\b")


def _value_open(question: Question, best: Match, said: str) -> bool:
    if question.wants == "duration" and _OFTEN.search(fold(best.statement.passage.text)):
        return False
    if question.wants == "date":
        return not has_date(question, best.statement) and not (best.statement.years and _YEAR_ASKED.search(said))
    return bool(question.wants) and best.value is None


def _far_from_key(question: Question, best: Match) -> bool:
    """True when hardly anything of the question stands around the value."""
    return best.features["near_value"] < 0.12


def _entity_far(best: Match, names: list[tuple[str, ...]]) -> bool:
    """True when the value stands far from the name it is asked for."""
    if best.value is None:
        return False
    position = best.statement.quantities[best.value][1]
    at = [i for n in names for i in best.statement.at(n)]
    of_all = "tong" in best.statement.terms[max(0, position - 8) : position]  # a sum over several is not that of one
    return of_all or not any(abs(i - position) <= _FAR for i in at)


def _year_open(question: Question, best: Match) -> bool:
    if not question.years or question.wants in {"", "date"}:
        return False
    asked, statement, document = set(question.years), best.statement, best.document
    periods = [*statement.periods, *statement.context_periods, *([document.period] if document.period else [])]
    issued = int(document.issued_on[:4]) if document.issued_on else 0
    known = statement.years | statement.context_years | statement.before_years | {issued} | {y for p in periods for y in p}
    if asked & known:
        # The statement's own years decide, when it has some and they are others.
        own = statement.years or statement.before_years | {y for p in statement.periods for y in p}
        return bool(own) and not asked & own and not any(a <= min(asked) and max(asked) <= b for a, b in statement.periods)
    return not any(a <= min(asked) and max(asked) <= b for a, b in periods)


def _year_inside(question: Question, best: Match) -> bool:
    """True when one year is asked and the evidence speaks of a span of years around it only."""
    if len(question.years) != 1 or not question.wants:
        return False
    year, statement = question.years[0], best.statement
    if year in statement.years | statement.before_years or year in statement.context_years - {y for p in statement.context_periods for y in p}:
        return False
    periods = [*statement.periods, *statement.context_periods, *([best.document.period] if best.document.period else [])]
    return any(a < year < b for a, b in periods) and not any(year in p for p in periods)


@cache
def _opposites() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(terms(a), terms(b)) for a, b in lexicon.load().opposites]


_WHERE = re.compile(
    r"\b(?:xa|phuong|thi tran|(?<!nong )thon|dia chi|tru so) (?:nao|o dau)\b|\b(?:nam|dat|o) (?:o )?(?:xa|phuong|thon|dau)\b.{0,12}\b(?:nao|dau)\b"
    r"|\btru so\b.{0,20}\b(?:dau|nao)\b"
)
_WHERE_SAID = re.compile(rf"\b(?:xã|phường|thị trấn|thôn|tại|huyện)\s[{UPPER}]")
_OFFICE = re.compile(r"\b(sở|phòng|ngân hàng|trường|công ty|cục)\s(?:nào|gì)\b")


def _office_open(said: str, text: str, context: str) -> bool:
    """True when a bank, school, department … is asked for and none is named in the evidence or its headings."""
    m = _OFFICE.search(said)
    if not m:
        return False
    named = re.compile(rf"\b{fold(m[1])}\s", re.IGNORECASE)
    headings = context.rsplit(" | ", 1)[0]
    return not any(t[f.end() : f.end() + 1].isupper() for t in (text, headings) for f in named.finditer(fold(t)))


def _off_topic(question: Question, best: Match) -> bool:
    """True when no word of two syllables, name, place or number of the question stands in the evidence or its headings."""
    headings = set(terms(best.statement.passage.context.rsplit(" | ", 1)[0]))
    telling = [c for c in question.concepts if len(c.terms) > 1 or c.terms[0] in lexicon.load().names or c.others]
    if not telling or question.numbers:
        return False
    return not any(best.statement.has(form) or set(form) <= headings for c in telling for form in (c.terms, *c.others))


_ASKS = re.compile(r"\b(?:là |đạt |được |có |hết |chiếm |khoảng |tất cả |tổng cộng |chừng |lên |xuống )*(?:bao nhiêu|mấy|mức nào|chừng nào)\b")
_RATE_OF = re.compile(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng)\s+")


def _focus_open(question: Question, best: Match) -> bool:
    """True when the thing whose value is asked ("lãi suất là bao nhiêu", "tỷ lệ hộ nghèo") stands neither with the value nor in its headings."""
    if question.wants not in {"money", "percent", "number"}:
        return False
    text = question.standalone.lower()
    rate, asks = _RATE_OF.search(text), _ASKS.search(text)
    at = [(text.find(c.words), c) for c in question.concepts if c.weight == 1.0]
    if rate:
        focus = min(((i, c) for i, c in at if i >= rate.end()), key=lambda f: f[0], default=None)
    elif asks:
        focus = max(((i, c) for i, c in at if i >= 0 and i + len(c.words) <= asks.start() + 1), key=lambda f: f[0], default=None)
    else:
        return False
    if focus is None:
        return False
    concept, statement = focus[1], best.statement
    return not any(
        statement.has(form) or set(form) <= statement.heading_terms or all(t in statement.places for t in form) for form in (concept.terms, *concept.others)
    )


def _qualifier_open(question: Question, best: Match, heavy: list[float]) -> float:
    """The weight of the heaviest word that narrows a figure ("vận tải") and stands neither with it nor in its headings."""
    if not question.wants:
        return 0.0
    headings = set(terms(best.statement.passage.context.rsplit(" | ", 1)[0]))
    return max(
        (
            w
            for c, w in zip(question.concepts, heavy, strict=True)
            if not any(best.statement.has(form) or set(form) <= headings for form in (c.terms, *c.others))
            and not all(t in best.statement.places for t in c.terms)
        ),
        default=0.0,
    )


def _other_indicator(question: Question, best: Match) -> bool:
    """True when the evidence has the opposite of a word of the question and not the word itself."""
    text = " ".join(terms(question.standalone))
    statement = best.statement
    for a, b in _opposites():
        for own, other in ((a, b), (b, a)):
            if (
                f" {' '.join(own)} " in f" {text} "
                and f" {' '.join(other)} " not in f" {text} "
                and statement.has(other)
                and not statement.has(own)
                and not statement.in_context(own)
            ):
                return True
    return False


def _place_open(question: Question, best: Match) -> bool:
    """True when the place asked is a part of the paper's place, or the other way round, and the evidence does not name it."""
    for mention in question.places:
        relation = related(mention, best.document.place)
        if relation in {"part", "inside"}:
            name = terms(mention.place.name)
            if not best.statement.has(name) and (relation == "inside" or not best.statement.in_context(name)):
                return bool(question.wants) or relation == "part"
            if relation == "part" and fold(mention.place.name) == fold(best.document.place.name):
                return not any(best.statement.has((*terms(level), *name)) for level in ("thành phố", "tp", "huyện", "thị xã"))
    return False
