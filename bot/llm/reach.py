"""Reach: what a paragraph says together - the words, years and denials that belong to one of its figures, names or sentences."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from bot.draft import Source
from bot.llm.wording import Clause, Wording, keys_of, read
from bot.phrase import without_label
from knowledge import numbers
from knowledge.model import Indicator
from knowledge.numbers import MONEY, PERCENT, Date, Quantity
from knowledge.text import fold, normalize

_SIDED = {"more": "above", "least": "above", "less": "below", "most": "below"}
_TIMES = {"nam", "thang", "ngay", "quy", "tuan", "gio"}
_VERBATIM = 3  # words beyond which a clause that stands somewhere as it is needs no further looking
_DENIES = re.compile(r"\b(?:không|chưa|chẳng|trừ)\b[^,;:.]*$")


@dataclass(frozen=True)
class Reach:
    """What may be said with a figure, a name or a sentence of a paragraph.

    `words` are those of the clauses in reach, each with whether it is denied there; `above` and `above_pairs` the words and neighbouring words of
    the headings; `years` the years nearest first: of its own clause, of those around it, of the headings; `earlier` the words of clauses before it that
    hold other figures; `year_marks` the years of the sentence with the words next to them.
    """

    words: dict[str, frozenset[bool]]
    above: dict[str, frozenset[bool]]
    above_pairs: frozenset[tuple[str, str]]
    clauses: tuple[Clause, ...]
    own: Clause
    sentence: str
    years: tuple[frozenset[int], ...]
    earlier: frozenset[str]
    year_marks: frozenset[tuple[int, str]] = frozenset()

    @property
    def text(self) -> str:
        return " ".join(c.text for c in self.clauses)

    def verbatim(self, clause: Clause) -> bool:
        """True when a clause stands as it is in the sentence, and nothing denies it there."""
        text = plain(clause.text).strip(" .,;:-–")
        if len(text.split()) <= _VERBATIM:
            return False
        at = re.search(rf"(?<!\w){re.escape(text)}(?!\w)", self.sentence)
        return at is not None and not _DENIES.search(self.sentence[: at.start()])


class Ground:
    """A cited paragraph, read for comparison. `beside` is what introduces it, `rows` the ledger's rows at it."""

    def __init__(self, source: Source, beside: str, rows: Sequence[Indicator]) -> None:
        self.document, self.paragraph = source
        self.rows = rows
        self.text = normalize(self.paragraph.clean)
        self.above = normalize("\n".join((*(without_label(h) for h in self.paragraph.path), beside)))  # the number of a heading counts nothing
        headings = read(self.above)
        self.own_sentences = read(self.text).sentences
        self.wording = Wording(self.text, (*self.own_sentences, *headings.sentences))
        title = read(self.document.title)
        self._above = words_of((*headings.clauses, *title.clauses))
        self._pairs = frozenset(p for c in (*headings.clauses, *title.clauses) for p in pairwise(w.key for w in c.words))
        self._years_above = next(
            (y for y in (frozenset(numbers.years(h, of_instruments=False)) for h in (beside, *reversed(self.paragraph.path))) if y), frozenset()
        )

    def with_figure(self, quantity: Quantity | None = None, date: Date | None = None) -> list[Reach]:
        """A reach for each clause that holds the figure or the day."""
        found = []
        for sentence in self.wording.sentences:
            for i, clause in enumerate(sentence):
                if (quantity and any(same_figure(quantity, q, clause) for q in clause.quantities)) or (date and any(_same_day(date, d) for d in clause.dates)):
                    found.append(self._reach(sentence, _around(sentence, i), clause, sentence[:i]))
        return found

    def sentences(self) -> list[Reach]:
        """A reach for each sentence of the paragraph itself; its headings are in reach of each."""
        reaches = [self._reach(s, list(s), s[0], ()) for s in self.own_sentences]
        return [replace(r, years=(frozenset(), *r.years[1:])) for r in reaches]

    def with_name(self, name: str) -> list[Reach]:
        """A reach for each clause that holds a name; each sentence of the paragraph when its heading does."""
        wanted = plain(name)
        if holds(plain(self.above), wanted):
            return self.sentences()
        found = []
        for sentence in self.wording.sentences:
            for i, clause in enumerate(sentence):
                if holds(plain(clause.text), wanted):
                    found.append(self._reach(sentence, _around(sentence, i, names=True), clause, sentence[:i]))
        return found or [r for r in self.sentences() if holds(r.sentence, wanted)]

    def _reach(self, sentence: Sequence[Clause], clauses: Sequence[Clause], own: Clause, before: Sequence[Clause]) -> Reach:
        around = frozenset(y for c in clauses for y in c.years) or self._carried(own)
        whole = plain(" ".join(c.text for c in sentence))
        earlier = said_in(before)
        return Reach(
            words_of(clauses),
            self._above,
            self._pairs,
            tuple(clauses),
            own,
            whole,
            (own.years, around, self._years_above),
            earlier,
            frozenset((year, key) for c in sentence for year, keys in c.year_marks for key in keys),
        )

    def _carried(self, own: Clause) -> frozenset[int]:
        """The years of the sentence before, for one that names none, unless the headings name others."""
        before = [c for s in self.own_sentences if s[-1].span[1] <= own.span[0] for c in s if c.years]
        last = before[-1].years if before else frozenset()
        return last if not self._years_above or last <= self._years_above else frozenset()


def words_of(clauses: Iterable[Clause]) -> dict[str, frozenset[bool]]:
    """The content words of clauses, each with whether it is denied: both when it stands there twice."""
    found: dict[str, frozenset[bool]] = {}
    for clause in clauses:
        for w in clause.words:
            found[w.key] = found.get(w.key, frozenset()) | {w.negated}
    return found


def said_in(clauses: Sequence[Clause]) -> frozenset[str]:
    """The content words of clauses, and their figures ("=27")."""
    return keys_of(clauses) | {f"={v.normalize()}" for c in clauses for q in c.quantities for v in q.values()}


def same_figure(said: Quantity, stated: Quantity, clause: Clause) -> bool:
    """True when a figure is the stated one: value, unit, bound, and what it counts."""
    if said.values() != stated.values() or not numbers.same(said, stated) or _SIDED.get(said.bound) != _SIDED.get(stated.bound):
        return False
    if said.unit in {MONEY, PERCENT, ""} or stated.unit in {MONEY, PERCENT, ""}:
        return True
    if {numbers.counted(said), numbers.counted(stated)} & _TIMES:
        return numbers.counted(said) == numbers.counted(stated)
    if numbers.counted(said) == numbers.counted(stated):
        return True
    others = {numbers.counted(q) for q in clause.quantities}
    return numbers.counted(said) not in others and said.unit.split()[0] in fold(clause.text).split()


def plain(text: str) -> str:
    """Lower case, one blank between words."""
    return re.sub(r"\s+", " ", normalize(text)).lower()


def holds(text: str, part: str) -> bool:
    """True when a plain text holds another as whole words."""
    return re.search(rf"(?<!\w){re.escape(part)}(?!\w)", text) is not None


def _same_day(a: Date, b: Date) -> bool:
    return a.month == b.month and a.day in {0, b.day} and (not a.year or not b.year or a.year == b.year)


def _around(sentence: Sequence[Clause], at: int, names: bool = False) -> list[Clause]:
    """The clauses in reach of clause `at`: it, those without figures beside it, what opens the sentence, and the label before it."""
    bound = {at}
    apart = [c.figures or (names and c.office) for c in sentence]  # what is told of another figure, or of another office
    last = at
    while not sentence[last].words and last + 1 < len(sentence):  # "12, 13 và 14 HTX": the word comes after the last
        last += 1
        bound.add(last)
    listing = sentence[last].label  # "gồm: A; B; C": the items are of what introduces them
    for k in range(last + 1, len(sentence)):
        if apart[k] or (sentence[k].starter and not names) or (sentence[k].label and any(c.figures for c in sentence[k:])):
            break
        if sentence[k].parted and not listing:
            break
        listing = listing or sentence[k].label
        bound.add(k)
    for k in range(at - 1, -1, -1):
        if apart[k]:
            break
        bound.add(k)
        if sentence[k + 1].parted and not any(c.label for c in sentence[: k + 1]):
            bound.discard(k)
            break
    label = next((k for k in range(at - 1, -1, -1) if sentence[k].label), None)
    if label is not None:
        bound.add(label)
    for k in range(at):
        if apart[k]:
            break
        if not sentence[k].label or k == label:
            bound.add(k)
    return [sentence[k] for k in sorted(bound)]
