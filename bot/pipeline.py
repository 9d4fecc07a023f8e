"""A question's journey: understand -> search -> rank -> choose evidence -> compose -> prove -> notes -> answer."""

import datetime
import re
import time
from collections.abc import Callable, Sequence
from dataclasses import replace

from bot import clock, refusals
from bot.answer import Answer
from bot.assemble import assemble
from bot.compose import compare, compose
from bot.draft import Line
from bot.instruments import asks_about_instrument, lines_of_law
from bot.instruments import lines_about as instrument_lines
from bot.intents import asks_norm
from bot.match import Match, match, prepare_question
from bot.paper import asks_about_paper, lines_about
from bot.prove import facts
from bot.provisions import measured
from bot.question import Concept, Question
from bot.rank import confidence, rank
from bot.reader import Reader
from bot.slots import slots
from bot.statement import is_formality, prepare
from bot.understand import understand
from knowledge import numbers
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from knowledge.places import PlaceMention, related
from knowledge.search import Hit, search

ANSWER_AT = 0.5  # confidence from which a match is shown as an answer
_OTHER_WORDING = 0.5  # weight in search of what papers may say instead

# Words that ask for recipients, signatures, numbers and dates of a paper itself.
_FORMALITIES = re.compile(r"\b(?:ký|nơi nhận|gửi|chữ ký|chức vụ|ban hành|số hiệu|đánh số|đề ngày|ngày nào|khi nào|hôm nào|ngày mấy)\b")

Told = Callable[[str, dict[str, object]], None]


class Assistant:
    """Answers questions from one library. Safe to use from several threads."""

    def __init__(self, library: Library, today: Callable[[], datetime.date] = datetime.date.today) -> None:
        self.library = library
        self._reader = Reader(library)
        self._today = today

    def warm(self) -> None:
        """Do the work of the first question ahead of it: open the indexes, prepare the accent model and the passages."""
        self._reader.refresh()
        _ = self._reader.accents
        for document in self.library.documents().values():
            for passage in self.library.all_passages(document.id):
                prepare(passage)
            for paragraph in self.library.paragraphs(document.id):
                facts(document, paragraph)
            self._reader.articles.words(document, "")
        self.ask("hợp tác xã")

    def ask(self, text: str, history: Sequence[str] = (), told: Told = lambda event, data: None) -> Answer:
        """Answer one question. `history` holds the user's earlier turns, oldest first; `told` hears of steps as they begin."""
        watch = _Clock()
        self._reader.refresh()
        documents = list(self.library.documents().values())
        if not text.strip() or not documents:
            return refusals.empty(bool(text.strip()))
        question = understand(text, tuple(history), self._reader.accents, self._reader.places)
        watch.mark("understand")
        early = refusals.early(question, documents)
        if early is not None:
            return replace(early, timings_ms=watch.steps)
        told("search", {"documents": len(documents)})
        documents = self._holding(question)
        asked = question
        if len(question.places) > 1 and len(question.years) > 1:
            asked = replace(question, years=())  # one year for each place: none of them holds for all
        groups = [(mention.place.name if mention else "", self._ranked(asked, mention, documents)) for mention in question.places or (None,)]
        if len(groups) == 1:
            groups = self._by_year(question, groups[0][1], documents) or groups
        watch.mark("search")
        answer = self._compared(question, groups, documents) if len(groups) > 1 else self._single(question, groups[0][1], documents)
        watch.mark("compose")
        return replace(answer, timings_ms=watch.steps)

    def matches(self, text: str, history: Sequence[str] = ()) -> tuple[Question, list[Match]]:
        """The question as understood and all matches for its first place, best first: what training and measuring look at."""
        self._reader.refresh()
        question = understand(text, tuple(history), self._reader.accents, self._reader.places)
        mention = question.places[0] if question.places else None
        return question, self._ranked(question, mention, self._holding(question))

    def ranked(self, text: str, history: Sequence[str] = ()) -> list[tuple[Document, Paragraph]]:
        """The paragraphs of the matches, best first."""
        _, matches = self.matches(text, history)
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
        matches = [match(asked, h, prepare(h.passage), by_id[h.passage.document_id]) for h in hits]
        if mention is None and any(d.place.level == "country" for d in allowed):
            change = clock.asks_change(question)
            matches = [measured(asked, m, self._reader.articles, change) for m in matches]
        return rank(matches, lambda m: slots(question, m, self._reader.weights))

    def _single(self, question: Question, ranked: list[Match], documents: list[Document]) -> Answer:
        lines = lines_of_law(question, self.library)
        if lines:
            return assemble(question, lines, ranked, self.library, documents, self._day(question))
        if asks_about_instrument(question):
            lines = instrument_lines(question, self.library)
            if lines:
                return assemble(question, lines, ranked, self.library, documents, self._day(question))
        about = asks_about_paper(question)
        if about and ranked:
            lines = lines_about(about, ranked[0].document, self.library)
            if lines:
                return assemble(question, lines, ranked, self.library, documents, self._day(question))
            return refusals.not_found(question, ranked, documents, self.library)
        if not self._sure(question, ranked):
            return refusals.not_found(question, ranked, documents, self.library)
        lines = compose(question, ranked, self.library, self._reader.weights)
        return assemble(question, lines, ranked, self.library, documents, self._day(question))

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

    def _compared(self, question: Question, groups: list[tuple[str, list[Match]]], documents: list[Document]) -> Answer:
        found = [(name, ranked if self._sure(question, ranked) else []) for name, ranked in groups]
        if not any(ranked for _, ranked in found):
            return refusals.not_found(question, groups[0][1], documents, self.library)
        lines: list[Line] = compare(question, found, self.library)
        best = next(ranked for _, ranked in found if ranked)
        return assemble(question, lines, best, self.library, documents, self._day(question), complete=all(r for _, r in found))


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
