"""Comparison: what a question sets side by side - places, times, result and target, or parts of a whole."""

import re
from dataclasses import dataclass, replace

from bot import comparing
from bot.concepts import concepts
from bot.followup import CLASSES
from bot.intents import planned_of
from bot.question import Concept, Question
from knowledge import numbers, places
from knowledge.model import Place
from knowledge.places import PlaceMention
from knowledge.terms import terms
from knowledge.text import fold

_SETS_APART = re.compile(r"\b(?:hon|chenh|so voi|hay|kem)\b")
_NOW = re.compile(r"\b(?:nay|hien nay|hien tai|bay gio|hien)\b")
_SET_AGAINST = re.compile(r"\bso voi\b")
_CUTS = re.compile(r"\b(?:so voi|va|voi|thi|con|hon|kem|(?:den|sang|len)(?! (?:nam )?20\d\d))\b|[,;]")
# Two things set against each other, the tightest words first; "tăng hay giảm" sets nothing.
_AGAINST = (
    re.compile(r"(?<!tang )\bhay\b(?! (?:giam|it|thap|kem|chua|khong|bi|van))"),
    re.compile(r"\bso voi\b"),
    re.compile(r"\b(?:nhieu|it|cao|thap|lon) hon\b(?! (?:bao|may|khong|va|hay|$))|\bhon\b(?= (?:linh vuc|khoi|phan|so|nhom))"),
    re.compile(r"\bvoi\b|\bva\b"),
)
# Words that compare and measure nothing themselves.
_OF_COMPARING = frozenset(
    terms(
        "nhiều hơn ít cao thấp lớn nhỏ chênh lệch nhau tăng giảm thêm bớt so với sánh đạt chưa thiếu kém cách vượt nhất cộng lại bên nơi đâu nào địa phương"
        " văn bản mục tiêu chỉ kế hoạch mốc thực tế kết quả số liệu điểm phần trăm đông xếp từ xuống quy cùng đơn vị tính đặt mức còn mỗi đủ trong năm nửa đầu"
        " cuối người tổng hằng siết trần mức tối thiểu sang"
        " khu tỷ triệu đồng"
        " giai đoạn khối lĩnh vực loại thay đổi nếu đến một hai ba bốn thì thị chất làm máy cả huyện tỉnh bằng tháng bây giờ nay hiện muốn"
    )
)
_NUMBER_WORDS = frozenset(["so", "nhieu", "it", "tong"])
_PART_TERMS = 5  # terms on each side of the words that set two parts against each other


@dataclass(frozen=True)
class Side:
    """One thing compared. `label` names it when its place and time do not; `words` are its own concepts."""

    label: str
    place: PlaceMention | None
    years: tuple[int, ...]
    planned: bool | None
    words: tuple[Concept, ...]


@dataclass(frozen=True)
class Comparison:
    """What is compared. `kind` is "places", "times", "target" or "parts"; `shared` are the concepts that all sides have.

    `sums` and `ratio` say that the sum, or how many times one is the other, is asked for.
    """

    kind: str
    sides: tuple[Side, ...]
    shared: tuple[Concept, ...]
    sums: bool
    ratio: bool = False


def comparison_of(question: Question, known: tuple[Place, ...]) -> Comparison | None:
    """The comparison that a question asks for, None when it asks for none."""
    plain = fold(question.standalone)
    shared = measured_by(question)
    sums = comparing.sums(question.standalone)
    reached = comparing.reached(question.standalone)
    if len(question.places) > 1:
        return Comparison("places", _by_place(question, known), shared, sums)
    if not comparing.compares(question.standalone):
        return None
    if not question.places and comparing.everywhere(question.standalone):
        whole = [Side("", PlaceMention(place, place.level, (0, 0)), question.years, question.planned, ()) for place in known]
        return Comparison("places", tuple(whole), shared, sums) if len(whole) > 1 else None
    place = question.places[0] if question.places else None
    times = _by_time(question, plain, place)
    if reached or (len(times) < 2 and comparing.targets(question.standalone) and not _parts(question, plain, place, known)):
        return Comparison("target", _by_target(question, place), shared, sums)
    if len(times) > 1:
        return Comparison("times", times, shared, sums)
    parts = _parts(question, plain, place, known) if sums or _SETS_APART.search(plain) else None
    return Comparison("parts", parts[0], parts[1], sums) if parts else None


def measured_by(question: Question) -> tuple[Concept, ...]:
    """The concepts of a question that tell what is measured: those that are no words of comparing."""
    named = {t for m in question.places for t in terms(m.place.name)}
    return tuple(_counted(p) for c in question.concepts for p in _kind_apart(c) if not set(p.terms) <= _OF_COMPARING | named)


def bare_count(question: Question, units: frozenset[str]) -> Comparison | None:
    """A question that asks for nothing but how many there are of something ("có bao nhiêu HTX?"), as a comparison of one side; else None."""
    asked = [_counted(c) for c in question.concepts if not set(c.terms) <= _OF_COMPARING]
    if question.wants not in {"count", "number"} or not asked or any(" ".join(c.terms) not in units for c in asked) or len(question.places) > 1:
        return None
    place = question.places[0] if question.places else None
    return Comparison("total", (Side("", place, question.years, question.planned or False, ()),), tuple(asked), sums=False)


def _counted(concept: Concept) -> Concept:
    """The concept without the word for a number: "số HTX", "nhiều HTX" count HTX."""
    return replace(concept, terms=concept.terms[1:]) if len(concept.terms) > 1 and concept.terms[0] in _NUMBER_WORDS else concept


def _kind_apart(concept: Concept) -> tuple[Concept, ...]:
    """The organisation and its kind as two concepts ("HTX phi nông nghiệp"): a figure may tell the one in its name, the other in a heading."""
    first, rest = concept.terms[:1], concept.terms[1:]
    if not rest or first[0] not in CLASSES[0] or " ".join(rest) not in CLASSES[1]:
        return (concept,)
    return replace(concept, terms=first, others=()), replace(concept, terms=rest, others=())


def _by_place(question: Question, known: tuple[Place, ...]) -> tuple[Side, ...]:
    """A side for each place, with the time and the tense that stand beside it."""
    text = question.standalone if question.accented else fold(question.standalone)
    spans = {fold(m.place.name): m.span for m in reversed(places.find(text, known))}
    plain = fold(question.standalone)
    sides = []
    start = 0
    for i, mention in enumerate(question.places):
        own = spans.get(fold(mention.place.name))
        after = spans.get(fold(question.places[i + 1].place.name)) if i + 1 < len(question.places) else None
        if own is None or (after is not None and after[0] < own[1]):
            sides.append(Side("", mention, question.years[:1] if len(question.years) == 1 else (), question.planned, ()))
            continue
        cut = (_SET_AGAINST.search(plain, own[1], after[0]) or _CUTS.search(plain, own[1], after[0])) if after else None
        end = len(plain) if after is None else cut.start() if cut else after[0]
        piece = question.standalone[start:end]
        years = tuple(numbers.years(piece)) or (question.years if len(question.years) == 1 else ())
        planned = planned_of(piece)
        sides.append(Side("", mention, years, question.planned if planned is None else planned, ()))
        start = end
    return tuple(sides)


def _by_time(question: Question, plain: str, place: PlaceMention | None) -> tuple[Side, ...]:
    """A side for each year or period named, and one for today when a year is set against it; earlier first."""
    # "từ năm 2016 đến 2020" are two points in time, "giai đoạn 2016-2020" is one time.
    spanned = [(period, span) for period, span in numbers.spanned_periods(plain) if "-" in plain[slice(*span)] or plain[: span[0]].endswith("giai doan ")]
    found: list[tuple[tuple[int, ...], int]] = [(period, span[0]) for period, span in spanned]
    for year, at in numbers.spanned_years(plain, of_instruments=False):
        if not any(a <= at < b for _, (a, b) in spanned) and all(years != (year,) for years, _ in found):
            found.append(((year,), at))
    sides = [Side("", place, years, _tense_near(plain, at), ()) for years, at in found]
    if len(sides) == 1 and (_NOW.search(plain) or re.search(r"\bso voi (?:cuoi |dau )?nam\b", plain)) and not comparing.targets(question.standalone):
        sides.append(Side("", place, (), False, ()))
    return tuple(sorted(sides, key=lambda s: s.years[-1] if s.years else 9999))


def _tense_near(plain: str, at: int) -> bool | None:
    """The tense of the words just before a year ("chỉ tiêu năm 2025", "thực tế năm 2020")."""
    cuts = [m.end() for m in _CUTS.finditer(plain, 0, at)]
    return planned_of(plain[cuts[-1] if cuts else 0 : at + 4]) or (
        False if re.search(r"\b(?:thuc te|ket qua|da)\b", plain[cuts[-1] if cuts else 0 : at]) else None
    )


def _by_target(question: Question, place: PlaceMention | None) -> tuple[Side, ...]:
    """Result and target; a year that is named is the target's when it lies after all others."""
    return (Side("kết quả", place, (), False, ()), Side("chỉ tiêu", place, question.years[-1:], True, ()))


def _parts(question: Question, plain: str, place: PlaceMention | None, known: tuple[Place, ...]) -> tuple[tuple[Side, ...], tuple[Concept, ...]] | None:
    """Parts set against each other and what they share: members of one class, or what stands on both sides of a word that sets apart."""
    members = _of_one_class(question)
    if len(members) > 1:
        rest = tuple(c for c in question.concepts if c not in members and not set(c.terms) <= _OF_COMPARING)
        return tuple(Side(c.words, place, question.years[:1], question.planned, (c,)) for c in members), rest
    for pattern in _AGAINST:
        for m in pattern.finditer(plain):
            left = _near(concepts(question.standalone[: m.start()], known, question.accented), last=True)
            right = _near(concepts(question.standalone[m.end() :], known, question.accented), last=False)
            if not left or not right:
                continue
            a, b = _apart(left, right)
            if a and b:
                own = {c.terms for c in (*a, *b)}
                rest = tuple(c for c in question.concepts if c.terms not in own and not set(c.terms) <= _OF_COMPARING)
                sides = tuple(Side(" ".join(c.words for c in words), place, question.years[:1], question.planned, tuple(words)) for words in (a, b))
                return sides, rest
    return None


def _of_one_class(question: Question) -> list[Concept]:
    """The words of a question that stand in one another's place ("tốt", "khá", "yếu"), of the class that has most of them."""
    concepts_of = [[c for c in map(_counted, question.concepts) if " ".join(c.terms) in group] for group in CLASSES[1:]]
    return max(concepts_of, key=len)


def _near(found: list[Concept], *, last: bool) -> list[Concept]:
    """The concepts nearest to the words that set two parts against each other."""
    kept: list[Concept] = []
    size = 0
    for concept in reversed(found) if last else found:
        if set(concept.terms) <= _OF_COMPARING:
            continue
        size += len(concept.terms)
        if size > _PART_TERMS:
            break
        kept.append(replace(concept, weight=1.0))
    return kept


def _apart(left: list[Concept], right: list[Concept]) -> tuple[list[Concept], list[Concept]]:
    """The nearest concept of each side that the other side lacks."""
    ours, theirs = {c.terms for c in left}, {c.terms for c in right}
    a = [c for c in left if c.terms not in theirs]
    b = [c for c in right if c.terms not in ours]
    return a[:1], b[:1]
