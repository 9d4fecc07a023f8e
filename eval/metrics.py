"""Metrics over questions and their answers. Shares are 0..1; a measure that no question of the set bears on is None."""

from collections.abc import Callable, Iterable, Sequence
from statistics import median

from bot.answer import Answer
from eval.matching import ANSWERED, SHORT, cited, cited_first, forbidden, right
from eval.questions import Case
from eval.shown import wrong_figures
from knowledge import text

Pair = tuple[Case, Answer]
Measures = dict[str, float | None]
BY_EVIDENCE = ("proven", "cited", "cited_first")  # measured only where the library holds the papers that the questions name
MEASURES = ("right", *BY_EVIDENCE, "refused", "false_refusals", "shown_wrong", "words")
SMALLER_IS_BETTER = frozenset({"false_refusals", "shown_wrong", "words"})


def measures(pairs: Sequence[Pair], by_evidence: bool = True) -> Measures:
    """All measures of MEASURES.

    right, proven (right and cited), cited, cited_first and false_refusals are shares of the answerable questions, refused of the
    unanswerable ones; shown_wrong counts answers; words is the median length of answers to questions for one fact.
    """
    answerable = [pair for pair in pairs if pair[0].documents]
    short = [text.words(a.text) for c, a in answerable if c.type in SHORT and a.status in ANSWERED]
    return {
        "right": _share(answerable, right),
        "proven": _share(answerable, lambda c, a: right(c, a) and cited(c, a)) if by_evidence else None,
        "cited": _share(answerable, cited) if by_evidence else None,
        "cited_first": _share(answerable, cited_first) if by_evidence else None,
        "refused": _share([pair for pair in pairs if not pair[0].documents], right),
        "false_refusals": _share(answerable, lambda _, a: a.status not in ANSWERED),
        "shown_wrong": float(sum(shown_wrong(c, a) for c, a in pairs)),
        "words": float(median(short)) if short else None,
    }


def by_type(pairs: Sequence[Pair], by_evidence: bool = True) -> dict[str, Measures]:
    """Questions, right and cited of each type, in the order of first use; unanswerable questions have no evidence to cite."""
    types = dict.fromkeys(case.type for case, _ in pairs)
    own = {kind: [pair for pair in pairs if pair[0].type == kind] for kind in types}
    return {
        kind: {
            "questions": float(len(group)),
            "right": _share(group, right),
            "cited": _share([pair for pair in group if pair[0].documents], cited) if by_evidence else None,
        }
        for kind, group in own.items()
    }


def shown_wrong(case: Case, answer: Answer) -> bool:
    """True when an answer shows a figure that does not stand in what it cites, or what only a wrong answer would hold."""
    return answer.status in ANSWERED and (forbidden(case, answer) or bool(wrong_figures(answer)))


def _share(pairs: Iterable[Pair], true: Callable[[Case, Answer], bool]) -> float | None:
    found = [true(case, answer) for case, answer in pairs]
    return sum(found) / len(found) if found else None
