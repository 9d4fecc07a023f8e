"""Pairs: two rows of the ledger read against a question that compares, as a whole, whatever its words set beside what.

No reading of sides has to come first: what of the question both rows meet, what each meets alone, how alike they are and whether their
years, units and tenses fit together tells which two are meant. Weights are learned by eval/train_pairs.py: those that order the pairs of a
question, and those that tell whether the best of them answers it.
"""

import itertools
import math
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot import comparing
from bot.comparison import Comparison, measured_by
from bot.figures import ACTS, EVERYDAY, FIELDS, MEASURES, ORGANISATIONS, TO_COME, Entry, likeness, met_by, of_others, score_of, units_asked
from bot.match import Match, same_kind
from bot.question import Concept, Question
from bot.rank import weights_of
from bot.weights import Weights
from knowledge import numbers
from knowledge.embedding import embeddings
from knowledge.places import related
from knowledge.terms import terms
from knowledge.text import fold

FEATURES = (
    "found", "found_least", "found_near", "worth", "sided", "sided_least", "named", "named_least", "told", "told_least", "joint", "alone_alike",
    "apart", "apart_vectors", "left", "right", "halves", "covered", "both", "unmet", "words", "precise", "plain", "alike", "context_alike",
    "same_context", "near", "unit_asked", "unit_alike", "unit_same", "unit_strong", "unit_said", "unit_unsaid", "money", "percent", "percent_unasked",
    "years", "same_years", "mixed_years", "latest", "same_tense", "target", "other_part", "other_act",
)  # fmt: skip
SURENESS = (*FEATURES, "score", "margin", "compares", "places", "two_asked", "two_years", "sides_told", "one")
SHOWN_AT = 0.4  # chance of being right from which two rows are shown; what is not is answered by a search
_WIDEST = 5.0  # margin between the best pair and the next from which a wider one says no more
_LOOKED_AT = 12  # rows of a place that are paired; the right ones were among them for 98 of 100 questions
_WORTH = {"found": 0.5, "precise": 0.4, "told": 0.5, "named": 0.8, "unit": 0.25, "year": 0.25}  # beside what is met, for the choice of rows that are paired
_SAME_THING = 0.5  # likeness of two names from which one value for one time is one figure told twice
_OF_BOTH = 0.4  # of what the best row meets of the question: less, and the rows of two places tell of different things
_ABOVE = 0.6  # what a word of the question counts that only the headings of a row have
_TIMES = frozenset(["tháng", "ngày", "quý"])
_EXACT = frozenset([numbers.MONEY, numbers.PERCENT])
_MONEY = re.compile(
    r"\b(?:tien|von|kinh phi|thu nhap|doanh thu|loi nhuan|du no|ngan sach|khoan|luong|chi|rot|thuong|lai|loi|kiem|trieu|ty|tr|cho vay|vay|dong|xin|bo ra|cap)\b"
)
_PERCENT = re.compile(r"\b(?:phan tram|ty le|ti le|ty trong|chiem|diem)\b|%")
_HOW_MANY = re.compile(r"\b(?:bao nhieu|may)\b")
_AFTER_HOW_MANY = r"(?:nhieu|may|it|so|dong|luong|them|gop|tong|tram|chuc|cai) (?:\w+ )?"
Floats = NDArray[np.float32]
Nearness = Mapping[tuple[str, str], Sequence[tuple[str, float, float]]]


@dataclass(frozen=True)
class Pair:
    """Two rows, the one that is nearer to the beginning of the paper first, with how they meet a question: values as in FEATURES."""

    first: Entry
    second: Entry
    values: tuple[float, ...]

    @property
    def score(self) -> float:
        """How well the two answer the question beside other pairs."""
        weights = weights_of("pair")
        return sum(weights[name] * value for name, value in zip(FEATURES, self.values, strict=True))


def nearness(lists: Sequence[Sequence[Match]]) -> Nearness:
    """How near a search found the sentences of each paragraph, by (document id, anchor): text, 1 / rank, and likelihood beside the best."""
    near: dict[tuple[str, str], list[tuple[str, float, float]]] = defaultdict(list)
    for matches in lists:
        for rank, m in enumerate(matches):
            near[m.document.id, m.hit.passage.anchor].append((m.hit.passage.text, 1 / (1 + rank), math.exp(min(0.0, m.score - matches[0].score))))
    return near


@dataclass(frozen=True, eq=False)
class _Row:
    """A row read alone: `met` holds how far it meets each concept, `sides` its score as each of the sides that the words tell."""

    entry: Entry
    met: Floats
    precise: float
    named: float
    told: float
    found: tuple[float, float]
    year: float
    unit: float
    other_part: float
    other_act: float
    worth: float


class Reading:
    """A question read for its pairs: what all rows are measured by."""

    def __init__(self, question: Question, asked: Comparison | None, rows: Sequence[Entry], weights: Weights, near: Nearness) -> None:
        self._question, self._rows, self._weights, self._near = question, rows, weights, near
        self._concepts = measured_by(question)
        self._heavy = np.array([c.weight * weights.of(c.terms) for c in self._concepts] or [0.0], np.float32)
        self._total = float(self._heavy.sum()) or 1.0
        self._spoken = {t for c in self._concepts for form in (c.terms, *c.others) for t in form}
        self._units = units_asked(question, rows)
        plain = fold(question.standalone)
        self._money, self._percent = bool(_MONEY.search(plain)), bool(_PERCENT.search(plain))
        self._targets = comparing.targets(question.standalone) or comparing.reached(question.standalone)
        self._asking = {
            "one": 1.0,
            "compares": float(comparing.compares(question.standalone)),
            "places": float(len(question.places) > 1),
            "two_asked": float(len(_HOW_MANY.findall(plain)) > 1),
            "two_years": float(len(question.years) > 1),
            "sides_told": float(asked is not None and len(asked.sides) == 2),
        }
        text = _reworded(question)
        self._terms = terms(text)
        self._said = f" {' '.join(self._terms)} "
        self._asked = asked if asked is not None and len(asked.sides) == 2 else None
        self._vector = np.asarray(embeddings().embed_query(text), np.float32)
        self._halves = _Halves(text, self._concepts, self._heavy)

    def pairs(self) -> list[Pair]:
        """All pairs of the rows that meet the question best: of two places when it names more than one, else of one paper's place."""
        groups = [sorted((self._row(e) for e in group), key=lambda r: -r.worth)[:_LOOKED_AT] for group in self._groups()]
        if len(self._question.places) > 1:
            most = max((float(self._heavy @ r.met) for group in groups for r in group), default=0.0)
            groups = [[r for r in group if float(self._heavy @ r.met) >= _OF_BOTH * most] for group in groups]
            both = [(a, b) for ours, theirs in itertools.combinations(groups, 2) for a in ours for b in theirs if a.entry is not b.entry]
        else:
            both = [pair for group in groups for pair in itertools.combinations(group, 2)]
        both = [(a, b) for a, b in both if self._two_figures(a.entry, b.entry)]
        if not both:
            return []
        chosen = list({id(row): row for pair in both for row in pair}.values())
        at = {id(row): i for i, row in enumerate(chosen)}
        self._measure(chosen)
        return [Pair(a.entry, b.entry, self._values(a, b, at[id(a)], at[id(b)])) for a, b in both]

    def _groups(self) -> list[list[Entry]]:
        """The rows of each place named, or of each place that has papers."""
        own = [e for e in self._rows if fold(e.row.place.name) == fold(e.document.place.name) and not self._of_another_measure(e)]
        if not self._question.places:
            by_place: dict[str, list[Entry]] = {}
            for entry in own:
                by_place.setdefault(entry.document.place.name, []).append(entry)
            return list(by_place.values())
        found = []
        for mention in self._question.places:
            same = [e for e in own if related(mention, e.document.place) == "same"]
            found.append(same or [e for e in own if related(mention, e.document.place) not in {"", "country"}])
        return found

    def _of_another_measure(self, entry: Entry) -> bool:
        """True when a row tells of turnover where capital is asked for, or of anything but money where money is."""
        if self._question.wants == "money" and entry.row.unit != numbers.MONEY:
            return True
        asked = any(" ".join(form) in MEASURES for c in self._concepts for form in (c.terms, *c.others))
        return asked and of_others(MEASURES, self._concepts, entry) == 1.0

    def _row(self, entry: Entry) -> _Row:
        met = np.array([met_by(c, entry) for c in self._concepts] or [0.0], np.float32)
        own = [(self._weights.of((t,)), t in self._spoken) for t in set(entry.own) - EVERYDAY if not t[0].isdigit()]
        precise = _share(own)
        named, told = float(entry.vectors[0] @ self._vector), float(entry.vectors[1] @ self._vector)
        year, unit = self._year(entry), self._unit(entry)
        other_part = of_others(FIELDS, self._concepts, entry)
        other_act = of_others(ACTS, self._concepts, entry) + of_others(ORGANISATIONS, self._concepts, entry)
        near = [(rank, beside) for text, rank, beside in self._near.get((entry.document.id, entry.row.anchor), ()) if entry.row.printed in text]
        found = max(near, default=(0.0, 0.0))
        of = {"found": found[1], "precise": precise, "told": told, "named": named, "unit": unit, "year": year}
        worth = float(self._heavy @ met) / self._total + sum(weight * of[name] for name, weight in _WORTH.items())
        return _Row(entry, met, precise, named, told, found, year, unit, other_part, other_act, worth)

    def _year(self, entry: Entry) -> float:
        """1.0 for a row whose time ends in a year asked for, 0.5 when it holds one, -1.0 for another time; 0.0 when none is asked for."""
        asked, years = self._question.years, entry.row.years
        if not asked:
            return 0.0
        if years is None:
            return -0.3
        return 1.0 if years[1] in asked else 0.5 if any(years[0] <= y <= years[1] for y in asked) else -1.0

    def _unit(self, entry: Entry) -> float:
        """1.0 for a unit asked for, less for one of its kind, -1.0 for money or "%" where that is not asked for, or the other way round."""
        units, unit = self._units, entry.row.unit
        if not units or entry.unit in units:
            return float(bool(units))
        if bool(_EXACT & units) != (unit in _EXACT) or _EXACT & units:
            return -1.0
        return 0.25 if any(same_kind(u.split()[0], entry.unit.split()[0]) for u in units if entry.unit) else -0.25

    def _two_figures(self, a: Entry, b: Entry) -> bool:
        """True when two rows can be set side by side: in one unit where it is money or "%", and not one figure told twice."""
        if _EXACT & {a.row.unit, b.row.unit} and a.row.unit != b.row.unit:
            return False
        if a.row.unit == numbers.MONEY and bool(a.row.per) != bool(b.row.per) and _TIMES & {_span(a), _span(b)}:
            return False  # what comes in a month is not set beside a sum
        same = a.document.id == b.document.id and a.unit == b.unit and a.row.years == b.row.years and (a.row.low, a.row.high) == (b.row.low, b.row.high)
        return not same or max(likeness(set(x), set(y), self._weights) for x, y in ((a.name, b.name), (a.own, b.own))) < _SAME_THING

    def _measure(self, rows: Sequence[_Row]) -> None:
        """What pairs of these rows need and one row of it alone."""
        self._halves.measure(rows)
        names = {t for r in rows for t in (*r.entry.name, *r.entry.context.split())}
        asked = [t for t in dict.fromkeys(self._terms) if t in names and not t[0].isdigit() and t not in EVERYDAY]
        heavy = np.array([self._weights.of((t,)) for t in asked] or [1.0], np.float32)
        self._term_weights = heavy / heavy.sum()
        self._having = [np.array([1.0 if t in r.entry.name else _ABOVE * (f" {t} " in r.entry.context) for t in asked] or [0.0], np.float32) for r in rows]
        latest: dict[str, int] = {}
        for entry in self._rows:
            if entry.row.years and entry.row.status not in TO_COME:
                latest[entry.document.id] = max(latest.get(entry.document.id, 0), entry.row.years[1])
        self._latest = [not self._question.years and r.entry.row.years is not None and r.entry.row.years[1] == latest.get(r.entry.document.id) for r in rows]
        self._strong = [bool(r.entry.unit) and re.search(f"{_AFTER_HOW_MANY}{re.escape(r.entry.unit)} ", self._said) is not None for r in rows]
        self._unit_said = [bool(r.entry.unit) and f" {r.entry.unit} " in self._said for r in rows]
        self._as_sides = [self._sided(r.entry) for r in rows]

    def _sided(self, entry: Entry) -> tuple[float, float]:
        """How well a row agrees with each of the two sides that the words of the question tell (bot.comparison); 0 where they tell none."""
        if self._asked is None:
            return 0.0, 0.0
        met_scores = [score_of(self._asked, side, entry, self._weights) for side in self._asked.sides]
        first, second = (score if met > 0 else -0.5 for met, score in met_scores)
        return first, second

    def _values(self, a: _Row, b: _Row, i: int, j: int) -> tuple[float, ...]:
        first, second = a.entry, b.entry
        names = likeness(set(first.name), set(second.name), self._weights)
        money, percent = ((first.row.unit == unit) + (second.row.unit == unit) for unit in (numbers.MONEY, numbers.PERCENT))
        said = self._unit_said[i] + self._unit_said[j]
        (a0, a1), (b0, b1) = self._as_sides[i], self._as_sides[j]
        sides = max((a0, b1), (a1, b0), key=sum)
        joint = first.vectors[0] + second.vectors[0]
        either = np.maximum(a.met, b.met)
        value = {
            "found": (a.found[1] + b.found[1]) / 2,
            "found_least": min(a.found[1], b.found[1]),
            "found_near": (a.found[0] + b.found[0]) / 2,
            "covered": float(self._heavy @ either) / self._total,
            "both": float(self._heavy @ np.minimum(a.met, b.met)) / self._total,
            "unmet": float((self._heavy * (1 - either)).max()),
            "worth": min(a.worth, b.worth),
            "sided": sum(sides),
            "sided_least": min(sides),
            "named": (a.named + b.named) / 2,
            "named_least": min(a.named, b.named),
            "told": (a.told + b.told) / 2,
            "told_least": min(a.told, b.told),
            "joint": float(joint @ self._vector) / (float(np.linalg.norm(joint)) or 1.0),
            "alone_alike": float(first.vectors[2] @ second.vectors[2]),
            "words": float(self._term_weights @ np.maximum(self._having[i], self._having[j])),
            "precise": (a.precise + b.precise) / 2,
            "plain": sum(1 / (1 + len(set(e.name) - EVERYDAY)) for e in (first, second)),
            "alike": names,
            "context_alike": likeness(set(first.context.split()), set(second.context.split()), self._weights),
            "same_context": float(first.row.context == second.row.context),
            "near": 1 / (1 + abs(first.row.position - second.row.position)) if first.document is second.document else 0.0,
            "unit_asked": a.unit + b.unit,
            "unit_alike": float(_unit_alike(first, second)),
            "unit_same": float(first.unit == second.unit),
            "unit_strong": float(self._strong[i] + self._strong[j]),
            "unit_said": float(said),
            "unit_unsaid": float((2 - said) * (not money and not percent)),
            "money": float(self._money * money),
            "percent": float(self._percent * percent),
            "percent_unasked": float((not self._percent) * percent),
            "latest": float(self._latest[i] + self._latest[j]),
            "other_part": a.other_part + b.other_part,
            "other_act": a.other_act + b.other_act,
            **self._times(first, second),
            **self._halves.of(i, j),
        }
        return tuple(float(value[name]) for name in FEATURES)

    def _times(self, first: Entry, second: Entry) -> dict[str, float]:
        """How the years and tenses of two rows go with those asked for."""
        asked, ours, theirs = self._question.years, first.row.years, second.row.years
        whole = (min(asked), max(asked)) if asked else None
        found = sum(any(years is not None and (years[1] == y or years == whole) for years in (ours, theirs)) for y in asked)
        tense = (first.row.status in TO_COME) == (second.row.status in TO_COME)
        return {
            "years": found / len(asked) if asked else 0.0,
            "same_years": float(len(asked) < 2 and ours == theirs),
            "mixed_years": float(len(asked) == 1 and ours != theirs),
            "same_tense": float(tense and not self._targets),
            "target": float(not tense and self._targets),
        }

    def sureness(self, values: Sequence[float], score: float, margin: float) -> tuple[float, ...]:
        """What tells whether a pair answers the question, values as in SURENESS: `margin` is how far its score lies above the next."""
        told = {**dict(zip(FEATURES, values, strict=True)), **self._asking, "score": score, "margin": min(margin, _WIDEST)}
        return tuple(told[name] for name in SURENESS)


class _Halves:
    """A question cut in two at each word: one row may meet what stands before, the other what stands after."""

    def __init__(self, text: str, concepts: Sequence[Concept], heavy: Floats) -> None:
        words = text.split()
        cuts = range(1, len(words))
        own = terms(text)
        forms = [(n, form) for n, c in enumerate(concepts) for form in (c.terms, *c.others[:1])]
        self._places = [(p, n) for n, form in forms for p in range(len(own) - len(form) + 1) if own[p : p + len(form)] == form]
        self._first = [next((p for p, m in self._places if m == n), -1) for n in range(len(concepts))]
        self._heavy = heavy
        self._total = float(heavy.sum()) or 1.0
        self._cuts = np.array([len(terms(" ".join(words[:k]))) for k in cuts])
        halves = [" ".join(words[:k]) for k in cuts] + [" ".join(words[k:]) for k in cuts]
        vectors = np.asarray(embeddings().embed_documents(halves), np.float32) if halves else np.zeros((0, 1), np.float32)
        self._before, self._after = vectors[: len(cuts)], vectors[len(cuts) :]

    def measure(self, rows: Sequence[_Row]) -> None:
        """Prepare all that `of` needs about these rows: arrays (cuts, rows)."""
        size = (max(1, len(self._cuts)), len(rows))
        self._vectors: Floats = np.zeros((2, *size), np.float32)
        self._met: Floats = np.zeros((2, *size), np.float32)
        self._shares: Floats = np.zeros((2, *size), np.float32)
        if not len(self._cuts):
            return
        named = np.array([r.entry.vectors[0] for r in rows]).T
        self._vectors = np.array([self._before @ named, self._after @ named])
        met = np.array([r.met for r in rows]).T
        if not self._places:
            return
        firsts = np.array(self._first)
        there = np.array([firsts < cut for cut in self._cuts]) & (firsts >= 0)
        self._met = np.array([half * self._heavy @ met / self._total for half in (there, ~there & (firsts >= 0))], np.float32)
        at, of = np.array([p for p, _ in self._places]), [n for _, n in self._places]
        before = (at[None, :] < self._cuts[:, None]) * self._heavy[of]
        after = self._heavy[of] - before
        whole = (before.sum(1) > 0) & (after.sum(1) > 0)
        shares = [half @ met[of] / np.maximum(half.sum(1, keepdims=True), 1e-6) * whole[:, None] for half in (before, after)]
        self._shares = np.array(shares, np.float32)

    def of(self, i: int, j: int) -> dict[str, float]:
        """How far two rows part the question between them, at the cut where they do so most: by words, by meaning, and both."""
        by_words = self._met[0, :, i] - self._met[0, :, j] + self._met[1, :, j] - self._met[1, :, i]
        by_vectors = self._vectors[0, :, i] - self._vectors[0, :, j] + self._vectors[1, :, j] - self._vectors[1, :, i]
        both = by_words + by_vectors
        cut = int(np.abs(both).argmax())
        before, after = (i, j) if both[cut] > 0 else (j, i)
        shares = np.maximum(self._shares[0, :, i] + self._shares[1, :, j], self._shares[0, :, j] + self._shares[1, :, i])
        return {
            "apart": abs(float(both[cut])),
            "apart_vectors": float(np.abs(by_vectors).max()),
            "left": float(self._vectors[0, cut, before]),
            "right": float(self._vectors[1, cut, after]),
            "halves": float(shares.max()),
        }


def best(question: Question, asked: Comparison | None, rows: Sequence[Entry], weights: Weights, near: Nearness) -> Pair | None:
    """The two rows that answer a comparison, None when no two do. `asked` is what its words set side by side, where they tell."""
    reading = Reading(question, asked, rows, weights, near)
    found = sorted(reading.pairs(), key=lambda pair: -pair.score)
    if not found:
        return None
    margin = found[0].score - found[1].score if len(found) > 1 else _WIDEST
    learned = weights_of("pair_shown")
    said = sum(learned[name] * value for name, value in zip(SURENESS, reading.sureness(found[0].values, found[0].score, margin), strict=True))
    return found[0] if 1 / (1 + math.exp(-said)) >= SHOWN_AT else None


def _reworded(question: Question) -> str:
    """The question with the wordings of papers in place of everyday ones ("xã viên" is "thành viên" there)."""
    text = question.standalone
    for concept in question.concepts:
        if concept.others:
            text = re.sub(rf"\b{re.escape(concept.words)}\b", " ".join(concept.others[0]), text, flags=re.IGNORECASE)
    return text


def _span(entry: Entry) -> str:
    return entry.row.per.rsplit("/", 1)[-1].strip().lower()


def _share(own: Sequence[tuple[float, bool]]) -> float:
    return sum(weight for weight, said in own if said) / (sum(weight for weight, _ in own) or 1.0)


def _unit_alike(a: Entry, b: Entry) -> bool:
    if a.unit == b.unit:
        return True
    return not _EXACT & {a.row.unit, b.row.unit} and bool(a.unit) and bool(b.unit) and same_kind(a.unit.split()[0], b.unit.split()[0])
