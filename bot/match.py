"""Match: how far a statement covers a question, as named features between about -1 and 1."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import numpy as np
from numpy.typing import NDArray

from bot.question import Concept, Question
from bot.statement import Statement, vector_of
from bot.weights import Weights
from knowledge import numbers
from knowledge.model import Document
from knowledge.search import Hit
from knowledge.text import fold

# How much of a concept counts as met by each way of meeting it.
DIRECT, REWORDED, CONTEXT, CONTEXT_REWORDED, SCATTERED = 1.0, 0.9, 0.75, 0.65, 0.45
_IS = {("la",), ("nghia",), ("gom",)}
_LABEL = 7  # terms before a quantity that name it
_NEAR = 12  # terms on each side of a quantity that say what it counts
_TOTAL = re.compile(r"\b(?:tổng|tất cả|cả thảy|tổng cộng|toàn bộ|cộng lại|gom lại)\b")
FEATURES = (
    "words", "vector", "covered", "covered_with_context", "least_covered", "near_value", "value_found", "year", "year_conflict", "plan_agrees",
    "plan_conflicts", "number_named", "office_named", "list_like", "opposite", "place_named", "length", "back_matter", "front_matter", "phrase",
    "heading", "scattered", "precision", "label", "vector_own", "unit_exact", "total_word", "near_headings", "label_asked",
)  # fmt: skip


@dataclass(frozen=True)
class Match:
    """A hit measured against a question. `covered` tells per concept how far it is met, in the order of the question."""

    hit: Hit
    statement: Statement
    document: Document
    features: dict[str, float]
    covered: tuple[float, ...]
    value: int | None  # index of the quantity of the statement that answers, when one is asked for
    score: float = 0.0
    slots: dict[str, float] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """A question prepared for comparison with many statements."""

    question: Question
    heavy: tuple[float, ...]
    total: float
    terms: frozenset[str]
    said: frozenset[str]
    places: tuple[frozenset[str], ...]
    total_asked: bool
    vector: NDArray[np.float32]
    weights: Weights


def prepare_question(question: Question, weights: Weights) -> Asked:
    """The Asked of a question."""
    heavy = tuple(c.weight * weights.of(c.terms) for c in question.concepts)
    own = {t for c in question.concepts for t in c.terms}
    return Asked(
        question=question,
        heavy=heavy,
        total=sum(heavy) or 1.0,
        terms=frozenset(own | {t for c in question.concepts for o in c.others for t in o}),
        said=frozenset(own | {" ".join(c.terms) for c in question.concepts}),
        places=tuple(frozenset(fold(m.place.name).split()) for m in question.places),
        total_asked=bool(_TOTAL.search(question.standalone.lower())),
        vector=vector_of(question.standalone),
        weights=weights,
    )


def match(asked: Asked, hit: Hit, statement: Statement, document: Document) -> Match:
    """Measure one hit."""
    question, heavy, total = asked.question, asked.heavy, asked.total
    met = [_met(c, statement) for c in question.concepts]
    weighted = list(zip(met, heavy, strict=True))
    value, near = _value(question, statement, heavy, total)
    if value is None and document.place.level == "country" and _asks_share(question):
        value, near = _value(replace(question, wants="percent"), statement, heavy, total)
    found = value is not None or (question.wants == "date" and has_date(question, statement))
    year, year_conflict = _time(question, statement, document)
    in_heading = in_last = in_label = 0.0
    for c, w in zip(question.concepts, heavy, strict=True):
        own = set(c.terms)
        in_heading += w * (own <= statement.heading_terms)
        in_last += w * (own <= statement.last_heading_terms)
        in_label += w * (bool(statement.label_terms) and (own <= statement.label_terms or any(set(o) <= statement.label_terms for o in c.others)))
    features = {
        "words": hit.words,
        "vector": hit.vector,
        "covered": sum(own * w for (own, _), w in weighted) / total,
        "covered_with_context": sum(around * w for (_, around), w in weighted) / total,
        "least_covered": min((around for (_, around), w in weighted if w >= 0.4), default=1.0),
        "near_value": near,
        "value_found": float(found) if question.wants else 0.0,
        "year": year,
        "year_conflict": year_conflict,
        "plan_agrees": float(question.planned is not None and question.planned == statement.planned),
        "plan_conflicts": float(question.planned is not None and question.planned != statement.planned),
        "number_named": _number(question, statement),
        "office_named": float(question.intent == "responsibility" and statement.office),
        "list_like": float(question.intent == "list" and statement.list_like),
        "opposite": _opposite(asked, statement),
        "place_named": float(any(p <= statement.places.keys() for p in asked.places)),
        "length": min(len(statement.terms), 120) / 120,
        "back_matter": float(statement.passage.anchor.startswith("z-")),
        "front_matter": float(statement.passage.anchor.startswith("0-")),
        "phrase": _phrases(question, statement),
        "heading": in_heading / total,
        "scattered": sum(w for (own, _), w in weighted if own == SCATTERED) / total,
        "precision": asked.weights.spoken_of(statement, asked.terms),
        "label": in_label / total,
        "vector_own": float(asked.vector @ statement.vector),
        "unit_exact": float(value is not None and bool(question.noun) and statement.quantities[value][0].unit.split()[:1] == [question.noun[0]]),
        "total_word": float("tong" in statement.places) * (1.0 if asked.total_asked else -0.3),
        "near_headings": in_last / total,
        "label_asked": _label_asked(asked, statement, value),
        "defines": float(question.intent == "definition" and _defines(question, statement)),
    }
    return Match(hit, statement, document, features, tuple(around for _, around in met), value)


def _met(concept: Concept, statement: Statement) -> tuple[float, float]:
    """How far a concept stands in a statement, and in it or what is around it."""
    if statement.has(concept.terms):
        return DIRECT, DIRECT
    if any(statement.has(o) for o in concept.others):
        return REWORDED, REWORDED
    scattered = SCATTERED if len(concept.terms) > 1 and all(t in statement.places for t in concept.terms) else 0.0
    if statement.in_context(concept.terms):
        return scattered, CONTEXT
    if any(statement.in_context(o) for o in concept.others):
        return scattered, CONTEXT_REWORDED
    return scattered, scattered


def _value(question: Question, statement: Statement, heavy: Sequence[float], total: float) -> tuple[int | None, float]:
    """The quantity of the asked kind with most of the question around it, and how much that is (0..1)."""
    if not question.wants:
        return None, 0.0
    if question.wants == "date":
        return None, 0.5 * has_date(question, statement)
    if not statement.quantities:
        return None, 0.0
    at = [[i for form in (c.terms, *c.others) for i in statement.at(form)] for c in question.concepts]
    best: tuple[int | None, float] = (None, -1.0)
    for index, (quantity, position) in enumerate(statement.quantities):
        if not fits(question, quantity) or any(_repeats(quantity, q) for q in question.given):
            continue  # a figure that the question gives is not the one it asks for
        near = sum(
            w * max((1 - abs(i - position) / (2 * _NEAR) for i in places if abs(i - position) <= _NEAR), default=0.0)
            for places, w in zip(at, heavy, strict=True)
        )
        if near / total > best[1]:
            best = (index, near / total)
    return (None, 0.0) if best[0] is None else best


def _asks_share(question: Question) -> bool:
    """True when the law may answer by a share: of those who vote ("bao nhiêu người đồng ý"), of a sum ("được trích bao nhiêu")."""
    return question.wants in {"money", "number"} or (question.wants == "count" and question.noun[:1] in {(noun,) for noun in _VOTERS})


def _repeats(quantity: numbers.Quantity, given: numbers.Quantity) -> bool:
    """True when a quantity is one that the question gives: "3 sao" is not "3 HTX"."""
    a, b = quantity.unit.split()[:1], given.unit.split()[:1]
    return numbers.same(quantity, given) and (not a or not b or a == b or same_kind(a[0], b[0]))


def _label_asked(asked: Asked, statement: Statement, value: int | None) -> float:
    """Share (0..1) of the weight of the words before the value, which say what it is, that the question asks for."""
    if value is None:
        return 0.0
    position = statement.quantities[value][1]
    heavy = [(asked.weights.of((t,)), t in asked.terms) for t in statement.terms[max(0, position - _LABEL) : position]]
    return sum(w for w, met in heavy if met) / (sum(w for w, _ in heavy) or 1.0)


def _defines(question: Question, statement: Statement) -> bool:
    """True when the statement opens with what is asked for and says what it is ("Hợp tác xã là tổ chức …")."""
    forms = [form for c in question.concepts for form in (c.terms, *c.others)]
    return any(statement.terms[: len(form)] == form and statement.terms[len(form) : len(form) + 1] in _IS for form in forms)


def has_date(question: Question, statement: Statement) -> bool:
    """True when a statement has a date of its own; that of a document it names counts when documents are asked about."""
    if question.numbers or question.intent == "resolution":
        return statement.dates > 0
    return statement.dates > statement.document_dates


def fits(question: Question, quantity: numbers.Quantity) -> bool:
    """True when a quantity is of the kind asked for."""
    if question.wants == "money":
        return quantity.unit == numbers.MONEY
    if question.wants == "percent":
        return quantity.unit == numbers.PERCENT
    unit = quantity.unit.split()
    if question.wants == "duration":
        return bool(unit) and unit[0] in {"thang", "nam", "ngay", "tuan"}
    if question.wants == "count":
        if quantity.unit in {numbers.MONEY, numbers.PERCENT}:
            return False
        noun = question.noun
        if noun and noun[0] in _ANY_NOUN:  # "mấy cái": of what was spoken of
            noun = next((c.terms for c in question.concepts if c.terms[0] in _COUNTED), ())
        if not noun:
            return True
        question = replace(question, noun=noun)
        if unit and {unit[0], noun[0]} <= _COUNTED and any(c.terms[0] == unit[0] for c in question.concepts):
            return True  # "bao nhiêu HTX và tổ hợp tác": either of them
        return not unit or unit[0] == question.noun[0] or quantity.unit.startswith(" ".join(question.noun)) or same_kind(question.noun[0], unit[0])
    return True


_VOTERS = ("nguoi", "thanh", "phieu", "dai", "lan")  # "người", "thành viên", "phiếu", "đại biểu"; "mấy lần" may be a share too
# Classifiers that stand for whatever was spoken of.
_ANY_NOUN = frozenset(
    ["cai", "con", "bo", "khoan", "thu", "mon", "viec", "cach", "mat", "buoc", "diem", "noi", "cho", "loai", "ben", "dua", "thang", "vi", "muc"]
)
_COUNTED = frozenset(["htx", "tht", "lhhtx", "qtdnd"])
# Words that count the same things: a question may say one, a paper the other.
_KINDS = (
    {"nguoi", "thanh", "lao", "can", "hoc", "xa", "cong", "luot", "ca"},
    {"htx", "hop", "don", "mo"},
    {"htx", "luot"},
    {"tht", "to"},
    {"lhhtx", "lien"},
    {"quy", "qtdnd"},
    {"san", "sp"},
)


def same_kind(asked: str, unit: str) -> bool:
    """True when two words count the same things."""
    return any(asked in kind and unit in kind for kind in _KINDS)


def _time(question: Question, statement: Statement, document: Document) -> tuple[float, float]:
    """(agreement, conflict) of the years asked with those of the statement, its headings and the paper's period."""
    if not question.years or document.place.level == "country":
        return 0.0, 0.0
    asked = set(question.years)
    if asked <= statement.years:
        return 1.0, 0.0
    inside = any(a <= min(asked) and max(asked) <= b for a, b in statement.periods)
    if inside or asked & statement.years:
        return 0.8, 0.0
    if asked <= statement.context_years or any(a <= min(asked) and max(asked) <= b for a, b in statement.context_periods):
        return 0.7, 0.0 if not statement.years else 0.4
    if statement.years or statement.context_years:
        return 0.0, 1.0 if statement.years else 0.7
    if document.period and document.period[0] <= min(asked) and max(asked) <= document.period[1]:
        return 0.5, 0.0
    return 0.0, 0.3


def _number(question: Question, statement: Statement) -> float:
    if not question.numbers:
        return float(question.intent == "resolution" and bool(statement.numbers))
    if any(n.matches(m) for n in question.numbers for m in statement.numbers):
        return 1.0
    return -1.0


def _opposite(asked: Asked, statement: Statement) -> float:
    """1 when the question says farm and the statement only non-farm, or the other way round; the like for kinds of organisation."""
    said, has, context = asked.said, statement.places, statement.context
    clash = 0.0
    if "phinn" in said and "phinn" not in has and "phinn" not in context:
        clash = 1.0
    if "nong nghiep" in said and "phinn" not in said and "phinn" in statement.places and not statement.has(("nong", "nghiep")):
        clash = 1.0
    for kind in ("tht", "lhhtx", "qtdnd"):
        if kind in said and kind not in has and kind not in context:
            clash = 1.0
        if kind in has and kind not in said and "htx" in said and "htx" not in statement.places:
            clash = max(clash, 0.6)
    return clash


def _phrases(question: Question, statement: Statement) -> float:
    """Share of neighbouring concepts that stand next to one another in the statement too."""
    pairs = list(zip(question.concepts, question.concepts[1:], strict=False))
    if not pairs:
        return 0.0
    return sum(1 for a, b in pairs if statement.has((*a.terms, *b.terms))) / len(pairs)
