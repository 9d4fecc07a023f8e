"""Contrast: what sets the two rows of a comparison apart, said as its sides - place, result and target, time, or what they measure."""

import re

from bot import comparing
from bot.comparison import Comparison, Side, measured_by
from bot.figures import IN_CONTEXT, TO_COME, Entry, met_by
from bot.question import Question
from knowledge.places import PlaceMention, related

_SAME_MEASURE = 0.75  # likeness of two names' vectors from which rows of two years measure one thing
_ABBREVIATIONS = re.compile(r"\b(?:htx|tht|lhhtx|qtdnd|ubnd|kttt)\b")
_LONGEST = 8  # words of a row's name that stand for it


def sides_of(question: Question, asked: Comparison | None, first: Entry, second: Entry) -> tuple[Comparison, tuple[Entry, Entry]]:
    """The comparison that two rows make, and the rows in the order of its sides. `asked` is what the question's words set side by side."""
    kind, (a, b) = _kind(question, first, second)
    labels = _labels(question, asked if asked is not None and asked.kind == kind == "parts" else None, kind, a, b)
    sides = tuple(Side(label, _mention(question, e), e.row.years or (), e.row.status in TO_COME, ()) for label, e in zip(labels, (a, b), strict=True))
    return Comparison(kind, sides, measured_by(question), comparing.sums(question.standalone), comparing.times_over(question.standalone)), (a, b)


def _kind(question: Question, first: Entry, second: Entry) -> tuple[str, tuple[Entry, Entry]]:
    if first.document.place != second.document.place:
        places = question.places
        order = [next((i for i, m in enumerate(places) if related(m, e.document.place) == "same"), len(places)) for e in (first, second)]
        return "places", (first, second) if order[0] <= order[1] else (second, first)
    set_apart = [e.row.status in TO_COME for e in (first, second)]
    alike = float(first.vectors[2] @ second.vectors[2]) >= _SAME_MEASURE or first.row.name == second.row.name
    if set_apart[0] != set_apart[1] and (comparing.targets(question.standalone) or comparing.reached(question.standalone)) and not _falls(question):
        return "target", (second, first) if set_apart[0] else (first, second)
    if first.row.years and second.row.years and first.row.years[1] != second.row.years[1] and (alike or len(question.years) > 1):
        return "times", (first, second) if first.row.years[1] < second.row.years[1] else (second, first)
    return "parts", (first, second)


def _falls(question: Question) -> bool:
    """True when two years are named: what was and what is to be are two times then."""
    return len(question.years) > 1 and not comparing.reached(question.standalone)


def _labels(question: Question, asked: Comparison | None, kind: str, first: Entry, second: Entry) -> tuple[str, str]:
    """How two rows are called: by the words of the question that only the one meets, else by their own names."""
    if kind == "target":
        return "kết quả", "chỉ tiêu"
    if asked is not None and len(asked.sides) == 2:
        matched = [side.label for e in (first, second) for side in asked.sides if side.words and all(met_by(c, e) > 0 for c in side.words)]
        if len(matched) == 2 and matched[0] != matched[1]:
            return _spelt(matched[0]), _spelt(matched[1])
    names = [_short(e) for e in (first, second)]
    if names[0] != names[1]:
        return names[0], names[1]
    told = measured_by(question)
    own = [
        " ".join(c.words for c in told if met_by(c, e) > max(met_by(c, other), IN_CONTEXT) and not any(c.words in d.words and c is not d for d in told))
        for e, other in ((first, second), (second, first))
    ]
    return _spelt(own[0] or names[0]), _spelt(own[1] or names[1])


def _spelt(label: str) -> str:
    """Words of a question with their abbreviations in capitals."""
    return _ABBREVIATIONS.sub(lambda m: m.group().upper(), label)


def _short(entry: Entry) -> str:
    """A row's name where it is short enough to be said in a sentence, the last words of it otherwise."""
    name = entry.row.name.rpartition(" – ")[2].strip(" –:,;") or entry.row.unit
    words = name.split()
    text = name if len(words) <= _LONGEST else f"… {' '.join(words[-_LONGEST:])}"
    return text[:1].lower() + text[1:] if text[1:2].islower() else text


def _mention(question: Question, entry: Entry) -> PlaceMention | None:
    return next((m for m in question.places if related(m, entry.document.place) == "same"), None)
