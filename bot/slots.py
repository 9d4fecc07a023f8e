"""Slots: what a question asks for that evidence must fill - the value, whose it is, where, when, planned or done.

Each slot gives 1.0 when the best evidence leaves it open. Words that are near are not enough: a figure of the whole district is
not one of a named cooperative, a sum over five years is not that of one year, a target is not a result.
"""

import re
from functools import cache

from bot import kinds
from bot.match import Match, fits, has_date
from bot.named import entities, name_open, office_open, person_open, proper_names
from bot.question import Concept, Question
from bot.weights import Weights
from knowledge import lexicon, numbers
from knowledge.compounds import association
from knowledge.places import related
from knowledge.terms import terms
from knowledge.text import fold

SLOTS = (
    "value_open", "value_beside", "given_open", "value_far", "date_far", "sum_for_part", "entity_open", "entity_far", "year_open", "year_inside", "other_half",
    "person_open", "name_open", "own_name_open", "unknown_name", *kinds.NAMES, "other_indicator", "plan_for_result", "result_for_plan",
    "task_for_result", "task_for_figure", "number_open", "place_open", "denied", "qualifier_open", "kind_open", "off_topic", "office_open",
    "unknown_word", "focus_open", "unknown_focus",
)  # fmt: skip
# Evidence that leaves one of these open is another place's, year's or person's: near, and no answer. It is not shown however good it is.
DECISIVE = ("year_open", "year_inside", "person_open", "result_for_plan", "unknown_name", "value_open", "task_for_figure", "other_half")
# A provision may answer in words what is asked as a figure ("thì mất bao nhiêu?", "không phải nộp"): its learned weights tell, with the
# likeness of the question. Elsewhere more questions that nothing answers would be answered so than others be saved.
WEIGHED_FOR_LAW = ("value_open", "person_open", "unknown_name")
_FAR = 18  # terms between a value and the name it belongs to
_HARDLY = 0.12  # share of the question around a value that belongs to something else
_DATE_AFTER = 16  # characters from a document's number to its date
_DATE_NEAR = 90  # characters between a date and what it is the date of
_PARTS = frozenset(["gom", "bao", "trong"])  # "gồm", "bao gồm", "trong đó"
_ORGANISATIONS = frozenset(["htx", "tht", "lhhtx", "qtdnd"])
_FIGURES = frozenset(["money", "percent", "count", "number"])
_DENIAL = re.compile(
    r"\b(?:khong co|chua co|khong phat sinh|chua phat sinh|co phat sinh|khong dang ke|chua thuc hien|chua duoc thuc hien|chua trien khai|khong nhan duoc"
    r"|khong thuc hien|tat ca|toan bo)\b"
)
_DENIES = 48  # characters on each side of a denial that tell what is denied
_YEAR_ASKED = re.compile(r"\bnam nao\b")


def slots(question: Question, best: Match, weights: Weights) -> dict[str, float]:
    """How far the best evidence leaves each slot open (0 filled or not asked, 1 open)."""
    statement = best.statement
    said = fold(question.standalone if question.language == "vi" else question.asked + " " + question.standalone)
    text = fold(statement.passage.text)
    denied = _denied(question, text)
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    named = entities(question.asked, weights.seen, frozenset(terms(m.place.name) for m in question.places))
    opened: dict[str, float] = {
        **_value_slots(question, best, said, denied, heavy, weights),
        **_name_slots(question, best, said, denied, named, weights),
        **_wording_slots(question, best, said, text),
        "year_open": _year_open(question, best),
        "year_inside": _year_inside(question, best),
        "number_open": bool(question.numbers) and not any(n.matches(m) for n in question.numbers for m in statement.numbers),
        "place_open": _place_open(question, best, {term for name in named for term in name}),
        "denied": denied,
        "other_indicator": _other_indicator(question, best),
        "off_topic": _off_topic(question, best),
        "kind_open": 0.0 if denied else _kind_open(question, best, weights),
        "unknown_word": max(
            (
                w
                for c, w in zip(question.concepts, heavy, strict=True)
                if len(c.terms) == 2 and association(*c.terms) and not any(weights.seen(f) for f in (c.terms, *c.others))
            ),
            default=0.0,
        ),
    }
    return {name: float(opened[name]) for name in SLOTS}


def _value_slots(question: Question, best: Match, said: str, denied: bool, heavy: list[float], weights: Weights) -> dict[str, float]:
    """Whether the figure or date asked for is there, near what it is asked of, and its own."""
    value_open = _value_open(question, best, said) and not denied
    focus = _focus(question)
    far = bool(question.wants) and question.wants != "date" and not value_open and not denied and best.features["near_value"] < _HARDLY
    return {
        "value_open": value_open,
        "value_beside": value_open and _value_beside(question, best),
        "value_far": far,
        "given_open": _given_open(question, best),
        "date_far": question.wants == "date" and not value_open and _date_far(question, best),
        "sum_for_part": _sum_for_part(question, best, heavy),
        "focus_open": _focus_open(focus, best),
        "unknown_focus": focus is not None and not any(weights.seen(form) for form in (focus.terms, *focus.others)),
        "qualifier_open": 0.0 if denied else _qualifier_open(question, best, heavy),
    }


def _name_slots(question: Question, best: Match, said: str, denied: bool, named: list[tuple[str, ...]], weights: Weights) -> dict[str, float]:
    """Whether the names spoken of are there (`named`: cooperatives), and those asked for."""
    statement = best.statement
    asked = (question.standalone if question.language == "vi" else f"{question.asked} {question.standalone}").lower()
    text, (headings, _, _) = statement.passage.text, statement.passage.context.rpartition(" | ")
    proper = proper_names(question)
    return {
        "entity_open": any(not statement.has(n) and not statement.in_context(n) for n in named),
        "entity_far": bool(named) and bool(question.wants) and not denied and _entity_far(best, named),
        "own_name_open": any(not statement.has(n) and not set(n) <= statement.heading_terms for n in proper),
        "unknown_name": any(not weights.seen(n) for n in proper),
        "person_open": person_open(asked, text),
        "name_open": name_open(said, text),
        "office_open": office_open(asked, text, headings),
    }


def _wording_slots(question: Question, best: Match, said: str, text: str) -> dict[str, float]:
    """What words tell: reason, condition, place …, a plan or a task for a result, one half of a year for the other."""
    statement = best.statement
    opened: dict[str, float] = {kind.name: kind.open(said, statement.passage.text, statement.passage.context) for kind in kinds.KINDS}
    opened["each_open"] *= bool(question.wants)
    opened["monthly_open"] *= question.wants == "money"
    task = kinds.is_task(text)
    local = best.document.place.level != "country"  # a law plans nothing: "phải có" is its rule, not a target
    return {
        **opened,
        "other_half": kinds.other_half(said, text),
        "plan_for_result": local and question.planned is False and statement.planned and question.intent == "figure",
        "result_for_plan": local and question.planned is True and not statement.planned and bool(question.wants),
        "task_for_result": local and task and kinds.asks_result(said),
        "task_for_figure": local and task and question.planned is False and question.wants in _FIGURES,
    }


def _denied(question: Question, text: str) -> bool:
    """True when a statement (folded) says of something asked that it is not so: the denial stands within a few words of it."""
    spots = [text[max(0, m.start() - _DENIES) : m.end() + _DENIES] for m in _DENIAL.finditer(text)]
    spots = [" ".join(("", *terms(spot), "")) for spot in spots]
    return any(f" {' '.join(form)} " in spot for c in question.concepts for form in (c.terms, *c.others) for spot in spots)


def decided(opened: dict[str, float], law: bool = False) -> bool:
    """True when open slots rule evidence out, a provision of `law` or other; a statement that the thing is not so answers whatever it leaves open."""
    if not opened or opened["denied"]:
        return False
    return any(opened[name] for name in DECISIVE if not (law and name in WEIGHED_FOR_LAW))


_CONDITION = re.compile(r"\b(?:khi nao|luc nao|bao gio)\b")
# Figures that laws write in words.
_IN_WORDS = re.compile(
    r"\b(?:một|hai|ba) phần (?:hai|ba|tư)\b|\b(?:một nửa|quá nửa|quá bán|đa số|tất cả|toàn bộ|mọi thành viên)\b"
    r"|\b(?:một|hai|ba|nhiều) (?:lần|bộ|người|thành viên|phiếu|hợp tác xã|đại diện|hay nhiều|hoặc nhiều)\b"
)
_OFTEN = re.compile(r"\b(?:hang nam|hang thang|dinh ky|thuong xuyen|moi nam|hang quy)\b")


def _value_open(question: Question, best: Match, said: str) -> bool:
    if best.document.place.level == "country" and _IN_WORDS.search(best.statement.passage.text.lower()):
        return False
    if question.wants == "duration" and _OFTEN.search(fold(best.statement.passage.text)):
        return False
    if question.wants == "date":
        if best.document.place.level == "country" and _CONDITION.search(said):
            return False  # "khi nào" asks the law for a condition as often as for a day
        return not has_date(question, best.statement) and not (best.statement.years and _YEAR_ASKED.search(said))
    if question.wants == "number" and best.statement.dates:
        return False
    return bool(question.wants) and best.value is None


def _value_beside(question: Question, best: Match) -> bool:
    """True when a sentence beside the statement, shown with it, holds a figure of the kind asked for."""
    beside = best.statement.passage.context.rpartition(" | ")[2]
    return any(fits(question, q) for q in numbers.quantities(beside))


def _given_open(question: Question, best: Match) -> bool:
    """True when a figure is to be confirmed ("2 sản phẩm đạt 5 sao phải không?") and the statement has none of its kind."""
    given = [q.unit for q in question.given if q.unit]
    return question.intent == "yesno" and bool(given) and not any(q.unit in given for q, _ in best.statement.quantities)


def _date_far(question: Question, best: Match) -> bool:
    """True when the date is that of another document than the one asked of, or stands far from all that is asked."""
    text, own = best.statement.passage.text, best.statement.numbers
    dated = [d.span[0] for d in numbers.dates(text)]
    if question.numbers:
        named = [n.span[1] for n in own if any(asked.matches(n) for asked in question.numbers)]
        return bool(dated) and not any(0 <= d - n <= _DATE_AFTER for n in named for d in dated)
    lowered = text.lower()
    at = [p for p in (lowered.find(c.words) for c in question.concepts) if p >= 0]
    return bool(dated) and not any(abs(d - p) < _DATE_NEAR for d in dated for p in at)


def _sum_for_part(question: Question, best: Match, heavy: list[float]) -> float:
    """Weight of the heaviest word asked that stands only among the parts of the value ("10 tỷ (gồm: …, xúc tiến thương mại, …)")."""
    if best.value is None:
        return 0.0
    statement = best.statement
    position = statement.quantities[best.value][1]
    begins = next((i for i in range(position + 1, min(position + 6, len(statement.terms))) if statement.terms[i] in _PARTS), None)
    if begins is None:
        return 0.0
    found = [(w, [i for form in (c.terms, *c.others) for i in statement.at(form)]) for c, w in zip(question.concepts, heavy, strict=True)]
    return max((w for w, at in found if at and min(at) > begins), default=0.0)


def _kind_open(question: Question, best: Match, weights: Weights) -> float:
    """Weight of the words that tell which cooperatives are asked of ("HTX vận tải") when neither the statement nor a heading has them."""
    asked, statement = terms(question.standalone), best.statement
    by_terms = {c.terms: c for c in question.concepts}
    heaviest = 0.0
    for i in (i for i, term in enumerate(asked) if term in _ORGANISATIONS):
        after = [c for j in range(i + 1, i + 4) for c in (by_terms.get(asked[j : j + 2]), by_terms.get(asked[j : j + 1])) if c]
        for c in after[:2]:
            if not any(statement.has(form) or set(form) <= statement.heading_terms for form in (c.terms, *c.others)):
                heaviest = max(heaviest, weights.of(c.terms) * c.weight)
    return heaviest


def _entity_far(best: Match, names: list[tuple[str, ...]]) -> bool:
    """True when the value stands far from the name it is asked for."""
    if best.value is None:
        return False
    position = best.statement.quantities[best.value][1]
    at = [i for n in names for i in best.statement.at(n)]
    of_all = "tong" in best.statement.terms[max(0, position - 8) : position]  # a sum over several is not that of one
    return of_all or not any(abs(i - position) <= _FAR for i in at)


def _year_open(question: Question, best: Match) -> bool:
    if not question.years or question.wants in {"", "date"} or best.document.place.level == "country":
        return False  # which law holds in a year is told by the clock (bot.clock), not by the words of the law
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
    if len(question.years) != 1 or not question.wants or best.document.place.level == "country":
        return False
    year, statement = question.years[0], best.statement
    if year in statement.years | statement.before_years or year in statement.context_years - {y for p in statement.context_periods for y in p}:
        return False
    periods = [*statement.periods, *statement.context_periods, *([best.document.period] if best.document.period else [])]
    return any(a < year < b for a, b in periods) and not any(year in p for p in periods)


@cache
def _opposites() -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    return [(terms(a), terms(b)) for a, b in lexicon.load().opposites]


def _off_topic(question: Question, best: Match) -> bool:
    """True when no word of two syllables, name, place or number of the question stands in the evidence or its headings."""
    headings = set(terms(best.statement.passage.context.rsplit(" | ", 1)[0]))
    telling = [c for c in question.concepts if len(c.terms) > 1 or c.terms[0] in lexicon.load().names or c.others]
    if not telling or question.numbers:
        return False
    return not any(best.statement.has(form) or set(form) <= headings for c in telling for form in (c.terms, *c.others))


_ASKS = re.compile(r"\b(?:là |đạt |được |có |hết |chiếm |khoảng |tất cả |tổng cộng |chừng |lên |xuống )*(?:bao nhiêu|mấy|mức nào|chừng nào)\b")
_RATE_OF = re.compile(r"\b(?:tỷ lệ|tỉ lệ|tỷ trọng)\s+")


def _focus(question: Question) -> Concept | None:
    """The thing whose value is asked ("lãi suất là bao nhiêu", "tỷ lệ hộ nghèo"), None when no figure is asked or the words do not tell."""
    if question.wants not in {"money", "percent", "number"}:
        return None
    text = question.standalone.lower()
    rate, asks = _RATE_OF.search(text), _ASKS.search(text)
    at = [(text.find(c.words), c) for c in question.concepts if c.weight == 1.0]
    if rate:
        return min(((i, c) for i, c in at if i >= rate.end()), key=lambda f: f[0], default=(0, None))[1]
    if asks:
        return max(((i, c) for i, c in at if i >= 0 and i + len(c.words) <= asks.start() + 1), key=lambda f: f[0], default=(0, None))[1]
    return None


def _focus_open(focus: Concept | None, best: Match) -> bool:
    """True when the focus stands neither with the value nor in its headings."""
    statement = best.statement
    return focus is not None and not any(
        statement.has(form) or set(form) <= statement.heading_terms or all(t in statement.places for t in form) for form in (focus.terms, *focus.others)
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


def _place_open(question: Question, best: Match, in_names: set[str]) -> bool:
    """True when the place asked is a part of the paper's place, or the other way round, and the evidence does not name it."""
    for mention in question.places:
        if set(terms(mention.place.name)) <= in_names:
            continue  # part of a cooperative's name, which may be asked of another one
        relation = related(mention, best.document.place)
        if relation in {"part", "inside"}:
            name = terms(mention.place.name)
            if not best.statement.has(name) and (relation == "inside" or not best.statement.in_context(name)):
                return bool(question.wants) or relation == "part"
            if relation == "part" and fold(mention.place.name) == fold(best.document.place.name):
                return not any(best.statement.has((*terms(level), *name)) for level in ("thành phố", "tp", "huyện", "thị xã"))
    return False
