"""Match: how far a statement covers a question, as named features between about -1 and 1."""

import re
from dataclasses import dataclass, field, replace
from math import log

import numpy as np
from numpy.typing import NDArray

from bot.question import Concept, Question
from bot.statement import Statement
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Document
from knowledge.rarity import rarity
from knowledge.search import Hit
from knowledge.terms import terms
from knowledge.text import fold

# How much of a concept counts as met by each way of meeting it.
DIRECT, REWORDED, CONTEXT, CONTEXT_REWORDED, SCATTERED = 1.0, 0.9, 0.75, 0.65, 0.45
AT_LARGE = 1.0  # how far rarity at large tempers rarity in the library (1: fully)
_NEAR = 12  # terms on each side of a quantity that say what it counts
_TOTAL = re.compile(r"\b(?:tổng|tất cả|cả thảy|tổng cộng|toàn bộ|cộng lại|gom lại)\b")
_OFFICES = ("chu tri", "giao", "phoi hop", "tham muu", "phong", "so", "ubnd", "lmhtx", "ban", "hoi", "co quan")
FEATURES = (
    "words", "vector", "covered", "covered_with_context", "least_covered", "near_value", "value_found", "year", "year_conflict", "plan_agrees",
    "plan_conflicts", "number_named", "office_named", "list_like", "opposite", "place_named", "length", "back_matter", "front_matter", "phrase",
    "heading", "scattered", "precision", "label", "vector_own", "unit_exact", "total_word", "near_headings",
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


class Weights:
    """Weights of terms by their rarity in the library (log(N / n)) and in Vietnamese at large, kept per state of the library."""

    def __init__(self, library: Library) -> None:
        self._words = library.words
        self._size = max(1, library.words.size)
        self._known: dict[tuple[str, ...], float] = {}

    def seen(self, phrase: tuple[str, ...]) -> bool:
        """True when the library has all pairs (or the one term) of a phrase."""
        if len(phrase) == 1:
            return self._words.frequency("text", phrase[0]) > 0
        return all(self._words.frequency("pairs", f"{a}_{b}") for a, b in zip(phrase, phrase[1:], strict=False))

    def of(self, phrase: tuple[str, ...]) -> float:
        """The weight of a phrase of one or two terms; one that never occurs weighs most."""
        weight = self._known.get(phrase)
        if weight is None:
            if len(phrase) == 1:
                count = self._words.frequency("text", phrase[0])
            else:
                count = min(self._words.frequency("pairs", f"{a}_{b}") for a, b in zip(phrase, phrase[1:], strict=False))
            here = log((self._size + 1) / (count + 0.5)) / log(self._size + 2)
            # A word that is common in Vietnamese at large says little even when this library hardly has it.
            at_large = min(rarity(phrase), max(rarity((t,)) for t in phrase) + 0.25)
            weight = max(0.02, here * min(1.0, at_large * AT_LARGE))
            self._known[phrase] = weight
        return weight


def match(
    question: Question, hit: Hit, statement: Statement, document: Document, weights: Weights, question_vector: NDArray[np.float32] | None = None,
) -> Match:
    """Measure one hit."""
    covered = [_met(c, statement, True) for c in question.concepts]
    own = [_met(c, statement, False) for c in question.concepts]
    heavy = [c.weight * weights.of(c.terms) for c in question.concepts]
    total = sum(heavy) or 1.0
    value, near = _value(question, statement, heavy)
    found = value is not None or (question.wants == "date" and has_date(question, statement))
    year, year_conflict = _time(question, statement, document)
    planned = statement.planned
    asks_total = bool(_TOTAL.search(question.standalone.lower()))
    heading = statement.passage.context.split(" | ")[:-1]
    heading_terms = set(fold(" ".join(heading)).split())
    least = min((m for m, w in zip(covered, heavy, strict=True) if w >= 0.4), default=1.0)
    features = {
        "words": hit.words,
        "vector": hit.vector,
        "covered": sum(m * w for m, w in zip(own, heavy, strict=True)) / total,
        "covered_with_context": sum(m * w for m, w in zip(covered, heavy, strict=True)) / total,
        "least_covered": least,
        "near_value": near,
        "value_found": float(found) if question.wants else 0.0,
        "year": year,
        "year_conflict": year_conflict,
        "plan_agrees": float(question.planned is not None and question.planned == planned),
        "plan_conflicts": float(question.planned is not None and question.planned != planned),
        "number_named": _number(question, statement),
        "office_named": float(question.intent == "responsibility" and _office(statement)),
        "list_like": float(question.intent == "list" and (statement.passage.text.count(",") + statement.passage.text.count(";") >= 2)),
        "opposite": _opposite(question, statement),
        "place_named": _place(question, statement),
        "length": min(len(statement.terms), 120) / 120,
        "back_matter": float(statement.passage.anchor.startswith("z-")),
        "front_matter": float(statement.passage.anchor.startswith("0-")),
        "phrase": _phrases(question, statement),
        "heading": sum(w for c, w in zip(question.concepts, heavy, strict=True) if set(c.terms) <= heading_terms) / total,
        "scattered": sum(w for m, w in zip(own, heavy, strict=True) if m == SCATTERED) / total,
        "precision": _precision(question, statement, weights),
        "label": _label(question, statement, heavy, total),
        "vector_own": float(question_vector @ statement.vector) if question_vector is not None else 0.0,
        "unit_exact": float(value is not None and bool(question.noun) and statement.quantities[value][0].unit.split()[:1] == [question.noun[0]]),
        "total_word": float("tong" in statement.places) * (1.0 if asks_total else -0.3),
        "near_headings": sum(w for c, w in zip(question.concepts, heavy, strict=True) if set(c.terms) <= set(terms(heading[-1]) if heading else ())) / total,
    }
    return Match(hit, statement, document, features, tuple(covered), value)


def _met(concept: Concept, statement: Statement, with_context: bool) -> float:
    """How far a concept stands in a statement (and in what is around it)."""
    if statement.has(concept.terms):
        return DIRECT
    if any(statement.has(o) for o in concept.others):
        return REWORDED
    if with_context:
        if statement.in_context(concept.terms):
            return CONTEXT
        if any(statement.in_context(o) for o in concept.others):
            return CONTEXT_REWORDED
    if len(concept.terms) > 1 and all(t in statement.places for t in concept.terms):
        return SCATTERED
    return 0.0


def _value(question: Question, statement: Statement, heavy: list[float]) -> tuple[int | None, float]:
    """The quantity of the asked kind with most of the question around it, and how much that is (0..1)."""
    if not question.wants:
        return None, 0.0
    if question.wants == "date":
        return None, 0.5 * has_date(question, statement)
    total = sum(heavy) or 1.0
    given = numbers.quantities(question.standalone)
    at = [[i for form in (c.terms, *c.others) for i in statement.at(form)] for c in question.concepts]
    best: tuple[int | None, float] = (None, -1.0)
    for index, (quantity, position) in enumerate(statement.quantities):
        if not fits(question, quantity) or any(numbers.same(quantity, q) for q in given):
            continue  # a figure that the question gives is not the one it asks for
        near = sum(
            w * max((1 - abs(i - position) / (2 * _NEAR) for i in places if abs(i - position) <= _NEAR), default=0.0)
            for places, w in zip(at, heavy, strict=True)
        )
        if near / total > best[1]:
            best = (index, near / total)
    return (None, 0.0) if best[0] is None else best


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
        return not unit or unit[0] == question.noun[0] or quantity.unit.startswith(" ".join(question.noun)) or same_kind(question.noun[0], unit[0])
    return True


# Classifiers that stand for whatever was spoken of.
_ANY_NOUN = frozenset(["cai", "con", "bo", "khoan", "thu", "mon", "viec", "cach", "mat", "buoc", "diem", "noi", "cho", "loai", "ben", "dua", "thang", "vi", "muc"])
_COUNTED = frozenset(["htx", "tht", "lhhtx", "qtdnd"])
# Words that count the same things: a question may say one, a paper the other.
_KINDS = ({"nguoi", "thanh", "lao", "can", "hoc", "xa", "cong", "luot"}, {"htx", "hop", "don", "mo"}, {"htx", "luot"}, {"tht", "to"}, {"lhhtx", "lien"}, {"quy", "qtdnd"}, {"san", "sp"})


def same_kind(asked: str, unit: str) -> bool:
    """True when two words count the same things."""
    return any(asked in kind and unit in kind for kind in _KINDS)


def _time(question: Question, statement: Statement, document: Document) -> tuple[float, float]:
    """(agreement, conflict) of the years asked with those of the statement, its headings and the paper's period."""
    if not question.years:
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


def _office(statement: Statement) -> bool:
    text = " ".join(statement.terms[:12]) + " " + " ".join(statement.context_terms[:40])
    return any(f" {word} " in f" {text} " for word in _OFFICES)


def _opposite(question: Question, statement: Statement) -> float:
    """1 when the question says farm and the statement only non-farm, or the other way round; the like for kinds of organisation."""
    asked = {t for c in question.concepts for t in (" ".join(c.terms), *c.terms)}
    has = statement.places.keys() | statement.context
    clash = 0.0
    if "phinn" in asked and "phinn" not in has:
        clash = 1.0
    if "nong nghiep" in asked and "phinn" not in asked and "phinn" in statement.places and not statement.has(("nong", "nghiep")):
        clash = 1.0
    for kind in ("tht", "lhhtx", "qtdnd"):
        if kind in asked and kind not in has:
            clash = 1.0
        if kind in statement.places and kind not in asked and "htx" in asked and "htx" not in statement.places:
            clash = max(clash, 0.6)
    return clash


def _place(question: Question, statement: Statement) -> float:
    return float(any(set(fold(m.place.name).split()) <= statement.places.keys() for m in question.places))


def _precision(question: Question, statement: Statement, weights: Weights) -> float:
    """Share of the statement's own weight that the question speaks of: a short statement on the point beats a long one."""
    asked = {t for c in question.concepts for t in c.terms} | {t for c in question.concepts for o in c.others for t in o}
    heavy = [(t, weights.of((t,))) for t in statement.places if not t[0].isdigit()]
    return sum(w for t, w in heavy if t in asked) / (sum(w for _, w in heavy) or 1.0)


def _label(question: Question, statement: Statement, heavy: list[float], total: float) -> float:
    """How much of the question stands before the colon of a statement that has a label ("Số HTX giải thể: …")."""
    head, colon, _ = statement.passage.text.partition(":")
    if not colon or len(head) > 120:
        return 0.0
    own = set(terms(head))
    return sum(w for c, w in zip(question.concepts, heavy, strict=True) if set(c.terms) <= own or any(set(o) <= own for o in c.others)) / total


def _phrases(question: Question, statement: Statement) -> float:
    """Share of neighbouring concepts that stand next to one another in the statement too."""
    pairs = list(zip(question.concepts, question.concepts[1:], strict=False))
    if not pairs:
        return 0.0
    return sum(1 for a, b in pairs if statement.has((*a.terms, *b.terms))) / len(pairs)
