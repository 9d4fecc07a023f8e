"""Figures: the rows of the ledger that a comparison is answered from, one for each side, all of one indicator."""

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from bot.comparison import Comparison, Side
from bot.followup import CLASSES
from bot.match import fits, same_kind
from bot.question import Concept, Question
from bot.weights import Weights
from knowledge import numbers
from knowledge.embedding import embeddings
from knowledge.library import Library
from knowledge.model import Document, Indicator, Passage
from knowledge.numbers import Quantity
from knowledge.places import related
from knowledge.terms import terms
from knowledge.text import fold

IN_NAME, IN_OTHER_WORDS, IN_SENTENCE, IN_CONTEXT = 1.0, 0.9, 0.75, 0.6  # how much of a concept is met by where it stands
_NEEDED, _BESIDE = 0.5, 0.3  # share of what is asked that the first row must meet to be shown, and those that are named alike
_CANDIDATES = 12  # rows of a side that are tried with those of the others
_PRECISE, _ALIKE = 0.5, 0.7  # what the words of a row that nobody asked for, and the likeness of two names, count beside what is met
_YEAR_AGREES, _YEAR_DIFFERS, _TENSE_DIFFERS, _CHANGE, _TOTAL, _OTHER_PART, _OTHER_ACT, _UNIT, _TOGETHER = 0.3, 0.6, 0.35, 0.4, 0.12, 0.4, 0.8, 0.3, 0.15
_ABOVE, _DOUBTED = 0.5, 0.5
_RIVAL = 0.85  # likeness of two names from which two values for one thing contradict each other
_ALL = 0.99
_WHERE = frozenset(terms("tỉnh huyện thành phố xã hiện nay có toàn địa bàn trên ở của là"))
_VECTORS = 3  # of a row
_PART = re.compile(r" – |^trong (?:số|đó)\b", re.IGNORECASE)
_CHANGES = re.compile(r" – (?:tăng|giảm|chiếm|vượt)\b")
ORGANISATIONS = frozenset(CLASSES[0])
FIELDS, ACTS = frozenset().union(*CLASSES[1:4]), frozenset(CLASSES[5])  # words that make a figure one of a part
MEASURES = frozenset(CLASSES[4])  # what is counted or paid; a row of another one answers nothing
_KINDS = FIELDS | ACTS  # a row of another field or act answers nothing
EVERYDAY = frozenset(terms("trên địa bàn toàn tỉnh huyện thành phố hiện tổng số được có là của các trong với đã"))
_ASKED_UNIT = r"\b(?:nhieu|(?<!lao )dong|it|so|luong|bao nhieu|may)\s+"
_MONEY = re.compile(r"\b(?:thu nhap|doanh thu|von|kinh phi|loi nhuan|du no|tien|ngan sach)\b")


_LEVELS = frozenset(["tinh", "huyen", "xa", "thanh pho"])  # named to say where, and counted only where that is asked
TO_COME = frozenset(["planned", "requested"])


@dataclass(frozen=True, eq=False)
class Entry:
    """A row of the ledger with its paper, prepared for comparison with words: terms as text, blanks around each.

    `vectors` are those of its name under its heading, its sentence, and its name alone (rows of one array).
    """

    document: Document
    row: Indicator
    name: tuple[str, ...]
    own: tuple[str, ...]  # of a part of a whole the words of the part
    spoken: str
    sentence: str
    context: str
    unit: str
    doubted: bool
    vectors: NDArray[np.float32]


def entries(library: Library) -> list[Entry]:
    """All rows of the library."""
    documents = library.documents()
    sentences: dict[tuple[str, str], list[str]] = {}
    for document_id in documents:
        for passage in library.all_passages(document_id):
            sentences.setdefault((document_id, passage.anchor), []).append(passage.text)
    rows = library.indicators()
    spoken = [_sentence(row, sentences.get((document_id, row.anchor), ())) for document_id, row in rows]
    texts = [text for (_, row), sentence in zip(rows, spoken, strict=True) for text in (f"{row.context} {row.name}", sentence, row.name)]
    vectors = np.asarray(embeddings().embed_documents(texts), np.float32) if texts else np.zeros((0, 1), np.float32)
    found = []
    for at, ((document_id, row), sentence) in enumerate(zip(rows, spoken, strict=True)):
        doubts = " ".join(library.paragraph(document_id, row.anchor).doubts)
        name, unit = terms(f"{row.name} {row.unit}"), " ".join(terms(row.unit))
        # A name that only says where ("Tỉnh Bắc Giang: 841 tổ hợp tác") measures what its unit counts.
        where = {*_WHERE, *terms(documents[document_id].place.name)}
        part = tuple(t for t in terms(row.name.rpartition(" – ")[2]) if t not in where) or terms(row.unit)
        told, context, doubted = _spaced(terms(sentence)), _spaced(terms(row.context)), row.printed in doubts
        of_row = vectors[at * _VECTORS : (at + 1) * _VECTORS]
        found.append(Entry(documents[document_id], row, name, part or name, _spaced(name), told, context, unit, doubted, of_row))
    return found


def _sentence(row: Indicator, sentences: Sequence[str]) -> str:
    """A figure may stand in a paragraph twice: its sentence is the one with the words of its name."""
    return max((t for t in sentences if row.printed in t), key=lambda t: len(set(terms(t)) & set(terms(row.name))), default="")


def _spaced(own: tuple[str, ...]) -> str:
    return f" {' '.join(own)} "


def choose(question: Question, asked: Comparison, rows: Sequence[Entry], weights: Weights) -> list[Entry | None]:
    """A row for each side, None where no row says it; the rows that agree best with what is asked and with one another."""
    units = units_asked(question, rows)
    found = [_candidates(question, asked, side, rows, weights, units) for side in asked.sides]
    best: tuple[float, list[Entry | None]] = (0.0, [None] * len(found))
    for i, candidates in enumerate(found):
        for score, met, anchor in candidates:
            if met < _NEEDED:
                continue
            picked: list[Entry | None] = [None] * len(found)
            picked[i] = anchor
            for j, others in enumerate(found):
                beside = [
                    (s + _ALIKE * _alike(anchor, e, asked, weights), e)
                    for s, _, e in others
                    if _comparable(asked, (i, anchor), (j, e)) and not _taken(e, picked)
                ]
                if j != i and beside:
                    s, picked[j] = max(beside, key=lambda pair: pair[0])
                    score += s
            if score > best[0]:
                best = score, picked
    return best[1]


def _taken(entry: Entry, picked: Sequence[Entry | None]) -> bool:
    return any(p is not None and p.row is entry.row for p in picked)


def units_asked(question: Question, rows: Sequence[Entry]) -> frozenset[str]:
    """The units asked for: what the question counts, money, "%"; empty when it does not tell."""
    plain = fold(question.standalone)
    if question.wants == "percent":
        return frozenset([numbers.PERCENT])
    said = " ".join(terms(question.standalone))
    counted = {e.unit for e in rows if e.unit and e.row.unit not in {numbers.MONEY, numbers.PERCENT}}
    found = frozenset(u for u in counted if re.search(rf"{_ASKED_UNIT}{re.escape(u)}\b", said))
    if found:
        return found
    if question.wants == "money" or _MONEY.search(plain):
        return frozenset([numbers.MONEY])
    concepts = {" ".join(c.terms) for c in question.concepts}
    return frozenset(u for u in counted if u in concepts and u not in _LEVELS)


def _candidates(
    question: Question, asked: Comparison, side: Side, rows: Sequence[Entry], weights: Weights, units: frozenset[str]
) -> list[tuple[float, float, Entry]]:
    """(score, share of what is asked that is met, row) of the best rows of a side."""
    own = [e for e in rows if side.place is None or related(side.place, e.document.place) == "same"]
    if len(asked.sides) <= 2:  # among many places each stands for itself: a province is not told by its district
        own = own or [e for e in rows if side.place is None or related(side.place, e.document.place) not in {"", "country"}]
    counted = {e.unit for e in own} & {" ".join(c.terms) for c in side.words}
    units = frozenset(counted) or units  # "bao nhiêu HTX và tổ hợp tác": each side counts its own
    scored = []
    for entry in own:
        if fold(entry.row.place.name) != fold(entry.document.place.name) or not _fits(question, entry, units):
            continue
        met, score = score_of(asked, side, entry, weights)
        if met >= _BESIDE:
            scored.append((score + _UNIT * (entry.unit in units), met, entry))
    if not side.years and asked.kind in {"places", "total"}:
        latest = max((e.row.years[1] for *_, e in scored if e.row.years), default=0)
        scored = [(s + _YEAR_AGREES / 2 * (e.row.years is not None and e.row.years[1] == latest), met, e) for s, met, e in scored]
    return sorted(scored, key=lambda found: -found[0])[:_CANDIDATES]


def _fits(question: Question, entry: Entry, units: frozenset[str]) -> bool:
    """True when a row is of the kind that is asked for."""
    row = entry.row
    exact = {numbers.MONEY, numbers.PERCENT}
    if units and bool(exact & units) != (row.unit in exact):
        return False
    if exact & units:
        return row.unit in units
    if units:
        return entry.unit in units or any(same_kind(u.split()[0], entry.unit.split()[0]) for u in units if entry.unit)
    return question.wants != "count" or fits(question, Quantity(row.low, row.high, fold(row.unit), row.bound, (0, 0), row.printed))


def score_of(asked: Comparison, side: Side, entry: Entry, weights: Weights) -> tuple[float, float]:
    """(share of what is asked that the row meets, score with time, tense and the words nobody asked for)."""
    concepts = [*asked.shared, *side.words]
    heavy = [(c, c.weight * weights.of(c.terms)) for c in concepts]
    total = sum(w for _, w in heavy) or 1.0
    met = sum(w * met_by(c, entry) for c, w in heavy) / total
    tense = side.planned is not None and side.planned != (entry.row.status in TO_COME)
    if asked.kind != "total" and any(" ".join(c.terms) in _KINDS and not told_by(c, entry) for c in concepts):
        return 0.0, 0.0
    if (side.words and not all(told_by(c, entry) for c in side.words)) or (asked.kind in {"target", "total"} and tense):
        return 0.0, 0.0
    if side.years and _time(side, entry.row) < 0 and (asked.kind == "times" or entry.row.years is not None):
        return 0.0, 0.0
    spoken = {t for c in concepts for form in (c.terms, *c.others) for t in form}
    own = [(weights.of((t,)), t in spoken) for t in set(entry.own) - EVERYDAY if not t[0].isdigit()]
    precise = sum(w for w, said in own if said) / (sum(w for w, _ in own) or 1.0)
    score = met + _PRECISE * precise + _time(side, entry.row) - _TENSE_DIFFERS * tense
    score -= _CHANGE * bool(_CHANGES.search(entry.row.name)) + _OTHER_PART * of_others(FIELDS, concepts, entry)
    score -= _OTHER_ACT * (of_others(ACTS, concepts, entry) + of_others(ORGANISATIONS, concepts, entry))
    score -= _DOUBTED * entry.doubted + _OTHER_PART * any(met_by(c, entry) >= IN_OTHER_WORDS for other in asked.sides if other is not side for c in other.words)
    if not side.words and _PART.search(entry.row.name) and precise < _ALL:
        score -= _TOTAL
    beside = [_spaced((*a.terms, *b.terms)) in entry.spoken for a, b in itertools.pairwise(concepts)]
    score += _TOGETHER * sum(beside) / (len(beside) or 1)
    return met, score + _TOTAL * ("tong" in entry.name)


def of_others(kind: frozenset[str], concepts: Sequence[Concept], entry: Entry) -> float:
    """1.0 when a row is of a field, class or act that nobody asked for by its name, less by the headings above it, 0.0 when it is not."""
    asked = _spaced(tuple(t for c in concepts for form in (c.terms, *c.others) for t in form))
    if any(f" {word} " in entry.spoken for word in kind if f" {word} " in asked):
        return 0.0  # "nông nghiệp, lâm nghiệp, thủy sản" is the field asked for, with its neighbours
    said = [word for word in kind if f" {word} " not in asked]
    in_name, above = (any(f" {word} " in text for word in said) for text in (entry.spoken, entry.context))
    return 1.0 if in_name else _ABOVE * above


def of_another_kind(asked: Comparison, entry: Entry) -> bool:
    """True when a row counts another organisation than the one asked for."""
    return of_others(ORGANISATIONS, [*asked.shared, *(c for side in asked.sides for c in side.words)], entry) == 1.0


def met_by(concept: Concept, entry: Entry) -> float:
    """How far a concept stands in a row's name, its sentence, or the headings above it (0..1)."""
    forms = (concept.terms, *concept.others)
    if _spaced(concept.terms) in entry.spoken:
        return IN_NAME
    if any(_spaced(form) in entry.spoken for form in forms):
        return IN_OTHER_WORDS
    if any(_spaced(form) in entry.sentence for form in forms):
        return IN_SENTENCE
    if any(_spaced(form) in entry.context for form in forms):
        return IN_CONTEXT
    around = f"{entry.spoken}{entry.context}"
    return IN_CONTEXT * (len(concept.terms) > 1 and all(_spaced((t,)) in around for t in concept.terms))


def told_by(concept: Concept, entry: Entry) -> bool:
    """True when the part of a whole that a side asks for is told by the row's name or the headings, and not only beside it."""
    met = met_by(concept, entry)
    return met > 0 and met != IN_SENTENCE


def _time(side: Side, row: Indicator) -> float:
    if not side.years:
        return 0.0
    if row.years is None:
        return -_YEAR_DIFFERS / 2
    if (side.years[0], side.years[-1]) == row.years:
        return _YEAR_AGREES
    if row.years[0] <= side.years[0] and side.years[-1] <= row.years[1]:
        return _YEAR_AGREES / 2
    return -_YEAR_DIFFERS


def _alike(a: Entry, b: Entry, asked: Comparison, weights: Weights) -> float:
    """How alike two names are (0..1), by the weight of the terms that they share, the sides' own words left out."""
    apart = {t for side in asked.sides for c in side.words for t in c.terms}
    return likeness(set(a.name) - apart, set(b.name) - apart, weights)


def likeness(ours: set[str], theirs: set[str], weights: Weights) -> float:
    """The weight of the terms that two names share over that of all their terms (0..1), everyday words left out."""
    ours, theirs = ours - EVERYDAY, theirs - EVERYDAY
    whole = sum(weights.of((t,)) for t in ours | theirs) or 1.0
    return sum(weights.of((t,)) for t in ours & theirs) / whole


def _comparable(asked: Comparison, first: tuple[int, Entry], second: tuple[int, Entry]) -> bool:
    """True when two rows have one kind of unit and, unless the question sets plan and result against each other, one tense."""
    (i, a), (j, b) = first, second
    exact = {numbers.MONEY, numbers.PERCENT}
    if exact & {a.row.unit, b.row.unit} and a.row.unit != b.row.unit:
        return False
    if a.unit != b.unit and not same_kind(a.unit.partition(" ")[0], b.unit.partition(" ")[0]) and not any(side.words for side in asked.sides):
        return False  # people are not more than cooperatives
    if asked.kind != "places" and a.document.id != b.document.id:
        return False
    if asked.kind == "times" and a.row.years == b.row.years:
        return False
    ours, theirs = asked.sides[i], asked.sides[j]
    free = asked.kind != "places" or (ours.planned, ours.years) != (theirs.planned, theirs.years)
    return free or (a.row.status in TO_COME) == (b.row.status in TO_COME)


def rivals(entry: Entry, rows: Sequence[Entry], weights: Weights) -> list[Entry]:
    """Rows of the same paper that give another value for what a row measures, for the same time and tense."""
    row = entry.row
    found = []
    for other in rows:
        theirs = other.row
        if other.document.id != entry.document.id or (theirs.low, theirs.high) == (row.low, row.high) or other.unit != entry.unit or row.per != theirs.per:
            continue
        if (
            theirs.years == row.years
            and theirs.status == row.status
            and likeness(set(entry.name), set(other.name), weights) >= _RIVAL
            and theirs.context == row.context
        ):
            found.append(other)
    return found


def of_value(document: Document, anchor: str, value: Quantity, rows: Sequence[Entry]) -> Entry | None:
    """The row of a figure found in a paragraph, None when the ledger has none."""
    return next((e for e in rows if e.document.id == document.id and e.row.anchor == anchor and (e.row.low, e.row.high) == (value.low, value.high)), None)


def states(entry: Entry, passage: Passage) -> bool:
    """True when a passage is the sentence of a row."""
    return _spaced(terms(passage.text)) == entry.sentence
