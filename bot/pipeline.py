"""A question's journey: understand -> search -> rank -> choose evidence -> compose -> prove -> notes -> answer."""

import datetime
import logging
import re
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from functools import cache

from bot import clock, comparing, eligibility, refusals, several, verdict
from bot.about import about_of
from bot.answer import Answer
from bot.askback import ask_back
from bot.assemble import Citations, Draft, assemble, proven
from bot.comparison import bare_count, comparison_of
from bot.compose import compare, compose
from bot.contrast import sides_of
from bot.draft import Line
from bot.figures import TO_COME, Entry, choose, of_another_kind, of_value, rivals, states
from bot.history import MAX_QUESTION
from bot.instruments import asks_about_instrument, lines_of_law
from bot.instruments import lines_about as instrument_lines
from bot.intents import asks_norm
from bot.llm.model import Model
from bot.llm.restate import Restater, worth
from bot.llm.write import Writer
from bot.match import Match, match, prepare_question
from bot.pairs import Nearness, nearness
from bot.pairs import best as best_pair
from bot.paper import asks_about_paper, lines_about
from bot.prove import facts
from bot.provisions import measured
from bot.question import Concept, Question
from bot.rank import confidence, rank
from bot.reader import Reader
from bot.scope import ALL, Scope
from bot.slots import slots
from bot.statement import is_formality, prepare
from bot.turns import Turns
from bot.understand import NOTHING, Forgotten, understand
from knowledge import attack, numbers
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.places import PlaceMention, related
from knowledge.search import Hit, search

ANSWER_AT = 0.5  # confidence from which a match is shown as an answer
_OTHER_WORDING = 0.5  # weight in search of what papers may say instead

# Words that ask for recipients, signatures, numbers and dates of a paper itself.
_FORMALITIES = re.compile(r"\b(?:ký|nơi nhận|gửi|chữ ký|chức vụ|ban hành|số hiệu|đánh số|đề ngày|ngày nào|khi nào|hôm nào|ngày mấy)\b")

_GOOD = frozenset(["answered", "partial"])
_READ_ANEW = _GOOD | {"not_found"}  # statuses of answers that another reading of the question may better

_log = logging.getLogger(__name__)

Told = Callable[[str, dict[str, object]], None]


class Assistant:
    """Answers questions from one library. Safe to use from several threads.

    Without `known` no paper's askings are: all are as if new. With a `model` its words are shown where they are proven.
    """

    def __init__(self, library: Library, today: Callable[[], datetime.date] = datetime.date.today, known: bool = True, model: Model | None = None) -> None:
        self.library = library
        self.model = model
        self._reader = Reader(library, known)
        self._writer = Writer(model, library) if model is not None else None
        self._restater = Restater(model) if model is not None else None
        self._today = today
        self._turns = Turns()

    @property
    def written(self) -> Mapping[str, int]:
        """What became of a language model's answers and statements so far; empty without one."""
        return self._writer.counts if self._writer is not None else {}

    def warm(self) -> None:
        """Do the work of the first questions ahead of them: open the indexes, prepare the accent model and the passages.

        Questions that come meanwhile go first.
        """
        self._built_in("hợp tác xã", (), _nothing, ALL, NOTHING, _Clock())  # no model is asked for it
        _ = self._reader.accents, self._reader.askings
        for document in self.library.documents().values():
            for passage in self.library.all_passages(document.id):
                self._turns.give_way()
                prepare(passage)
            for paragraph in self.library.paragraphs(document.id):
                self._turns.give_way()
                facts(document, paragraph)
            self._reader.articles.words(document, "")

    def ask(self, text: str, history: Sequence[str] = (), told: Told = lambda event, data: None, scope: Scope = ALL, forgotten: Forgotten = NOTHING) -> Answer:
        """Answer a message, from the papers of a scope; several questions in it one by one.

        `history` holds the user's earlier turns, oldest first, `forgotten` how many of them no longer give a place, a time or the subject; `told`
        hears of steps as they begin, and of a language model's statements as they are proven.
        """
        history = tuple(turn[:MAX_QUESTION] for turn in history)  # whatever a door lets through, the time that reading takes is bounded
        parts = self._parts(text, history, scope, forgotten)
        if len(parts) == 1:
            return self._one(*parts[0], told, scope, forgotten)
        steps = _but(told, "statement")  # their citations are numbered once all are there
        return several.together([part for part, _ in parts], [self._one(*part, steps, scope, forgotten) for part in parts])

    def _parts(self, text: str, history: Sequence[str], scope: Scope, forgotten: Forgotten) -> list[tuple[str, Sequence[str]]]:
        """The questions of a message, each with the turns before it: as the language model restates them where that serves, else as they were typed."""
        own = [text] if attack.commands(text) else several.questions(text)
        typed: list[tuple[str, Sequence[str]]] = [(part, (*history, *own[:i])) for i, part in enumerate(own)]
        if self._restater is None or not worth(text, history):
            return typed
        question, said, answer = self._built_in(text, history, _nothing, scope, forgotten, _Clock())
        if question is None or answer.status not in _READ_ANEW or (isinstance(said, Answer) and said.status == "answered"):
            return typed  # a dialogue about support goes on by its own turns
        try:
            restated = self._restater.questions(text, history[max(forgotten.values(), default=0) :], self._reader.places)
        except Exception:
            _log.exception("the language model's reading could not be read; the message stands as typed")
            return typed
        if len(restated) == 1 and question.language == "vi":
            _, _, other = self._built_in(restated[0], (), _nothing, scope, NOTHING, _Clock())
            if answer.status in _GOOD and other.status not in _GOOD:
                return typed
        return [(part, ()) for part in restated] or typed

    def _one(self, text: str, history: Sequence[str], told: Told, scope: Scope, forgotten: Forgotten) -> Answer:
        """The answer to one question: the built-in one, worded by the language model when there is one and its words are proven."""
        watch = _Clock()
        question, said, answer = self._built_in(text, history, told, scope, forgotten, watch)
        if question is None:
            return answer
        if self._writer is not None and isinstance(said, Draft) and said.plain and answer.statements:
            try:
                answer = self._writer.write(said, answer, told)
            except Exception:  # whatever the model wrote, the built-in answer is there
                _log.exception("the language model's answer could not be read; the built-in answer stands")
            watch.mark("write")
        return replace(answer, timings_ms=watch.steps, about=about_of(question, self.library.documents().values()))

    def _built_in(
        self, text: str, history: Sequence[str], told: Told, scope: Scope, forgotten: Forgotten, watch: "_Clock"
    ) -> tuple[Question | None, Answer | Draft | None, Answer]:
        """The question as understood (None when there is nothing to understand), what it is answered from, and the built-in answer."""
        with self._turns.answering():
            self._reader.refresh()
            early = self._before(text, scope)
            if early is not None:
                return None, None, early
            question = understand(text, tuple(history), self._reader.accents, self._reader.places, forgotten)
            watch.mark("understand")
            said = self._said(question, history, told, scope, watch)
            answer = assemble(said, self.library) if isinstance(said, Draft) else said
            watch.mark("compose")
            return question, said, answer

    def _before(self, text: str, scope: Scope) -> Answer | None:
        """What can be said without reading the question: there is none, or no paper to answer it from."""
        documents = self.library.documents().values()
        if not text.strip() or not documents:
            return refusals.empty(bool(text.strip()))
        return None if any(scope.allows(d) for d in documents) else refusals.outside(scope)

    def _said(self, question: Question, history: Sequence[str], told: Told, scope: Scope, watch: "_Clock") -> Answer | Draft:
        """The lines of the built-in answer, or an answer that needs none."""
        documents = [d for d in self.library.documents().values() if scope.allows(d)]
        if question.intent != "attack" and scope == ALL:
            turns = [turn for turn in history if not attack.commands(turn)]
            offered = eligibility.step((*turns, question.asked), lambda: self._reader.programmes, self._reader.places, self._today())
            if offered is not None:
                watch.mark("support")
                return offered
        early = refusals.early(question, documents)
        if early is not None:
            return early
        back = ask_back(question, lambda: self._before_that(history), documents)
        if back is not None:
            return back
        told("search", {"documents": len(documents)})
        documents = [d for d in self._holding(question) if scope.allows(d)] or documents
        searched = cache(lambda: self._by_place(question, documents))  # a comparison that rows do not answer needs the same search
        compared = self._figures(question, documents, lambda: nearness([ranked for _, ranked in searched()]))
        if compared is not None:
            return compared
        groups = searched()
        if len(groups) == 1:
            groups = self._by_year(question, groups[0][1], documents) or groups
        watch.mark("search")
        return self._compared(question, groups, documents) if len(groups) > 1 else self._single(question, groups[0][1], documents)

    def _before_that(self, history: Sequence[str]) -> Question | None:
        """The person's turn before, by itself."""
        return understand(history[-1], (), self._reader.accents, self._reader.places) if history else None

    def matches(self, text: str, history: Sequence[str] = (), scope: Scope = ALL) -> tuple[Question, list[Match]]:
        """The question as understood and all matches for its first place within a scope, best first: what training and measuring look at."""
        self._reader.refresh()
        question = understand(text, tuple(history), self._reader.accents, self._reader.places)
        mention = question.places[0] if question.places else None
        within = [d for d in self._holding(question) if scope.allows(d)] or [d for d in self.library.documents().values() if scope.allows(d)]
        return question, self._ranked(question, mention, within)

    def nearness(self, question: Question) -> Nearness:
        """How near a search for each place finds the paragraphs: what pairs of rows are read beside."""
        return nearness([ranked for _, ranked in self._by_place(question, self._holding(question))])

    def ranked(self, text: str, history: Sequence[str] = (), scope: Scope = ALL) -> list[tuple[Document, Paragraph]]:
        """The paragraphs of the matches, best first."""
        _, matches = self.matches(text, history, scope)
        return [(m.document, self.library.paragraph(m.document.id, m.hit.passage.anchor)) for m in matches]

    def _day(self, question: Question) -> datetime.date:
        """The day that the answer shall hold for."""
        return clock.day_of(question, self._today())

    def _holding(self, question: Question) -> list[Document]:
        """The papers to look in: all but the national texts that do not hold on the day asked of."""
        return clock.holding(self.library.documents().values(), question, self._day(question))

    def _ranked(self, question: Question, mention: PlaceMention | None, documents: list[Document]) -> list[Match]:
        """All matches for one place (None: any), best first."""
        allowed = [d for d in documents if mention is None or related(mention, d.place)]
        local = [d for d in allowed if d.place.level != "country"]
        if mention is not None and local and not question.numbers:
            # National law would crowd out the papers of the place that is asked about, and those of its province the place's own.
            allowed = [d for d in local if related(mention, d.place) == "same"] or local
        if mention is None and asks_norm(question.standalone):
            allowed = [d for d in allowed if d.place.level == "country"] or allowed  # what one place does is not the rule
        if not allowed:
            return []
        phrases = [(c.terms, c.weight) for c in question.concepts]
        phrases += [(other, c.weight * _OTHER_WORDING) for c in question.concepts for other in c.others]
        hits = search(self.library, phrases, question.standalone, question.accented, allowed)
        by_id = self.library.documents()
        if not _FORMALITIES.search(question.standalone.lower()):
            hits = [h for h in hits if by_id[h.passage.document_id].place.level == "country" or not is_formality(h.passage)]
        asked = prepare_question(question, self._reader.weights)
        by_id = {d.id: d for d in allowed}
        law = mention is None and any(d.place.level == "country" for d in allowed)
        known = self._reader.askings
        likeness = known.like(asked, by_id.keys()) if law or by_id.keys() <= known.documents else None
        if likeness is not None:  # elsewhere a paper without askings would lose to one that has some
            found = {h.passage.id for h in hits}
            near = [p for key in likeness.foremost() for p in known.passages[key]]
            hits += [Hit(p, 0.0, 0.0) for p in near if p.id not in found]
        matches = [match(asked, h, prepare(h.passage), by_id[h.passage.document_id]) for h in hits]
        if likeness is not None:
            matches = [likeness.measured(m) for m in matches]
        if law:
            matches = [measured(asked, m, self._reader.articles, clock.asks_change(question)) for m in matches]
        return rank(matches, lambda m: slots(question, m, self._reader.weights))

    def _single(self, question: Question, ranked: list[Match], documents: list[Document]) -> Answer | Draft:
        lines = lines_of_law(question, self.library)
        if not lines and asks_about_instrument(question):
            lines = instrument_lines(question, self.library)
        if lines:
            return Draft(question, lines, ranked, documents, self._day(question))
        about = asks_about_paper(question)
        if about and ranked:
            lines = lines_about(about, ranked[0].document, self.library)
            if lines:
                return Draft(question, lines, ranked, documents, self._day(question))
            return refusals.not_found(question, ranked, documents, self.library)
        ranked = self._total_first(question, ranked)
        if not self._sure(question, ranked):
            return refusals.not_found(question, ranked, documents, self.library)
        lines = compose(question, ranked, self.library, self._reader.weights)
        return Draft(question, lines, ranked, documents, self._day(question), plain=True)

    def _by_place(self, question: Question, documents: list[Document]) -> list[tuple[str, list[Match]]]:
        """All matches for each place named, best first, with its name."""
        asked = question
        if len(question.places) > 1 and len(question.years) > 1:
            asked = replace(question, years=())  # one year for each place: none of them holds for all
        return [(mention.place.name if mention else "", self._ranked(asked, mention, documents)) for mention in question.places or (None,)]

    def _figures(self, question: Question, documents: list[Document], near: Callable[[], Nearness]) -> Draft | None:
        """The answer to a comparison from rows of the ledger; None when the question compares nothing or a side has no row."""
        may = comparing.sets_beside if question.history else comparing.may_compare  # a follow-up may repeat "how many" from the turn before
        if len(question.places) < 2 and (not may(question.standalone) or (not question.places and asks_norm(question.standalone))):
            return None  # what the law asks of everybody is no figure of the ledger
        asked = comparison_of(question, self._reader.places)
        held = {d.id for d in documents}
        rows, weights = [e for e in self._reader.figures if e.document.id in held], self._reader.weights
        two = asked is None or len(asked.sides) <= 2
        pair = best_pair(question, asked, rows, weights, close) if two and (close := near()) else None
        chosen: Sequence[Entry | None]
        if pair is not None:
            asked, chosen = sides_of(question, asked, pair.first, pair.second)
        elif asked is not None:
            chosen = choose(question, asked, rows, weights)
        else:
            return None
        found = [entry for entry in chosen if entry is not None]
        # Of a place without papers nothing can be said; a place whose papers do not give the figure may say it in words.
        unknown = [m.place.name for m in question.places if not any(related(m, d.place) for d in documents if d.place.level != "country")]
        silent = len(chosen) - len(found) - len(unknown)
        if not found or (silent > 0 and question.places) or len(found) + len(unknown) < 2:
            return None
        lines = verdict.lines(asked, chosen, [r for e in found for r in rivals(e, rows, weights)], self.library)
        lines += [Line(f"{name}: thư viện chưa có văn bản nào của nơi này.", (), "") for name in unknown]
        # A figure whose own words do not pass the proof is told better by the sentence it stands in.
        _, _, lost = proven(lines, Citations())
        return None if lost else Draft(question, lines, [], documents, self._day(question), complete=not unknown)

    def _total_first(self, question: Question, ranked: list[Match]) -> list[Match]:
        """The matches, the one first that states the whole when nothing but a count is asked for: parts of it are worded alike."""
        rows = self._reader.figures
        asked = bare_count(question, frozenset(e.unit for e in rows))
        entry = choose(question, asked, rows, self._reader.weights)[0] if asked and ranked else None
        if entry is None:
            return ranked
        passages = [p for p in self.library.all_passages(entry.document.id) if p.anchor == entry.row.anchor and states(entry, p)]
        if not passages:
            return ranked
        known = next((m for m in ranked if m.hit.passage.id == passages[0].id), None)
        first = known or match(prepare_question(question, self._reader.weights), Hit(passages[0], 0.0, 0.0), prepare(passages[0]), entry.document)
        # It is as sure as the best by words was: what was found is the same thing, told as a whole.
        first = replace(first, score=ranked[0].score, slots=first.slots or slots(question, first, self._reader.weights))
        return [first, *(m for m in ranked if m.hit.passage.id != first.hit.passage.id)]

    def _sure(self, question: Question, ranked: list[Match]) -> bool:
        """True when the first match is likely enough to answer the question for it to be shown."""
        return confidence(ranked, refusals.facts(question, ranked, self._reader.weights)) >= ANSWER_AT

    def _by_year(self, question: Question, ranked: list[Match], documents: list[Document]) -> list[tuple[str, list[Match]]]:
        """A search for each year when figures of several years are asked for that no one statement tells together; [] otherwise."""
        if len(question.years) < 2 or not question.wants or numbers.periods(question.standalone) or not ranked:
            return []
        if set(question.years) <= ranked[0].statement.years:
            return []
        mention = question.places[0] if question.places else None
        each = [replace(question, years=(year,)) for year in question.years]
        groups = [(f"năm {q.years[0]}", self._ranked(q, mention, documents)) for q in each]
        sure = all(self._sure(q, found) for q, (_, found) in zip(each, groups, strict=True))
        return groups if sure and len({found[0].hit.passage.id for _, found in groups}) == len(groups) else []

    def _compared(self, question: Question, groups: list[tuple[str, list[Match]]], documents: list[Document]) -> Answer | Draft:
        found = [(name, ranked if self._sure(question, ranked) else []) for name, ranked in groups]
        if not any(ranked for _, ranked in found):
            return refusals.not_found(question, groups[0][1], documents, self.library)
        lines: list[Line] = [*self._concluded(question, found), *compare(question, found, self.library)]
        best = next(ranked for _, ranked in found if ranked)
        return Draft(question, lines, best, documents, self._day(question), complete=all(r for _, r in found))

    def _concluded(self, question: Question, found: list[tuple[str, list[Match]]]) -> list[Line]:
        """What follows from the figures found in words for each side: which is greater and by how much; [] when a side has none."""
        asked = comparison_of(question, self._reader.places)
        if asked is None or len(asked.sides) != len(found):
            return []
        entries = []
        for _, ranked in found:
            best = ranked[0] if ranked else None
            value = best.statement.quantities[best.value][0] if best is not None and best.value is not None else None
            row = of_value(best.document, best.hit.passage.anchor, value, self._reader.figures) if best is not None and value is not None else None
            if row is None:
                return []
            entries.append(row)
        alike = len({e.unit for e in entries}) == 1 and len({e.row.status in TO_COME for e in entries}) == 1
        alike = alike and not any(of_another_kind(asked, e) for e in entries)
        return verdict.lines(asked, entries, [], self.library)[:1] if alike else []


def _nothing(event: str, data: dict[str, object]) -> None:
    """What hears of steps that nobody waits for."""


def _but(told: Told, event: str) -> Told:
    """`told` without one kind of event."""
    return lambda kind, data: None if kind == event else told(kind, data)


class _Clock:
    """Milliseconds of each step."""

    def __init__(self) -> None:
        self.steps: dict[str, float] = {}
        self._last = time.perf_counter()

    def mark(self, step: str) -> None:
        now = time.perf_counter()
        self.steps[step] = (now - self._last) * 1000
        self._last = now


__all__ = ["Assistant", "Concept", "Hit"]
