"""Feedback: what users say of answers, kept in the library's database. Nothing about the person is kept."""

import csv
import datetime
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal, cast, get_args

from sqlalchemy import delete, select

from knowledge.ledger import harmless
from knowledge.library import Library
from knowledge.schema import FeedbackRow
from knowledge.text import normalize

Verdict = Literal["up", "down"]
Reason = Literal["wrong_citation", "wrong_figure", "missing"]
VERDICT_WORDS: dict[str, str] = {"up": "hữu ích", "down": "chưa đúng"}
REASON_WORDS: dict[str, str] = {"wrong_citation": "sai trích dẫn", "wrong_figure": "sai số liệu", "missing": "thiếu"}
LONGEST_QUESTION, LONGEST_ANSWER, LONGEST_COMMENT, LONGEST_SITE = 1000, 10_000, 1000, 80  # characters; the longest answer measured has 1,610
KEPT = 20_000  # the oldest give way to more than these, so that nobody can fill the disk
COLUMNS = ("Lúc", "Đánh giá", "Lý do", "Góp ý", "Câu hỏi", "Câu trả lời", "Trang")
_CONTROL = re.compile(r"[\x00-\x09\x0b-\x1f\x7f-\x9f]")  # all but the line feed: a terminal would obey some of them


def _now() -> str:
    return datetime.datetime.now(datetime.UTC).isoformat(timespec="seconds")


@dataclass(frozen=True)
class Feedback:
    """One opinion. `reasons` go with "down"; `site` is the public id of the site that embeds the chat, "" for our own pages; `given_at` ISO, UTC."""

    question: str
    answer: str
    verdict: Verdict
    reasons: tuple[Reason, ...] = ()
    comment: str = ""
    site: str = ""
    given_at: str = field(default_factory=_now)


def store(library: Library, feedback: Feedback) -> None:
    """Keep one opinion: texts cut to their bounds and without control characters, reasons once each and only with "down".

    Raises ValueError for a verdict or a reason that is none.
    """
    if feedback.verdict not in get_args(Verdict) or not set(feedback.reasons) <= set(get_args(Reason)):
        raise ValueError(f"verdict {feedback.verdict!r}, reasons {feedback.reasons!r}: give one of {get_args(Verdict)} and of {get_args(Reason)}")
    row = FeedbackRow(
        given_at=feedback.given_at,
        question=_clean(feedback.question, LONGEST_QUESTION),
        answer=_clean(feedback.answer, LONGEST_ANSWER),
        verdict=feedback.verdict,
        reasons=list(dict.fromkeys(feedback.reasons)) if feedback.verdict == "down" else [],
        comment=_clean(feedback.comment, LONGEST_COMMENT),
        site=_clean(feedback.site, LONGEST_SITE),
    )
    with library.session() as session:
        session.add(row)
        session.flush()
        session.execute(delete(FeedbackRow).where(FeedbackRow.id <= row.id - KEPT))


def all_feedback(library: Library) -> list[Feedback]:
    """All opinions, the newest first."""
    with library.session() as session:
        return [
            Feedback(r.question, r.answer, cast(Verdict, r.verdict), tuple(cast(list[Reason], r.reasons)), r.comment, r.site, r.given_at)
            for r in session.scalars(select(FeedbackRow).order_by(FeedbackRow.id.desc()))
        ]


def to_csv(said: Sequence[Feedback]) -> str:
    """The opinions as CSV with a head line. It begins with the mark by which spreadsheets know UTF-8."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(COLUMNS)
    writer.writerows([harmless(cell) for cell in cells(f)] for f in said)
    return "\ufeff" + out.getvalue()


def cells(f: Feedback) -> tuple[str, ...]:
    """An opinion under COLUMNS."""
    return f.given_at, VERDICT_WORDS[f.verdict], ", ".join(REASON_WORDS[r] for r in f.reasons), f.comment, f.question, f.answer, f.site


def _clean(text: str, most: int) -> str:
    return normalize(_CONTROL.sub(" ", text)).strip()[:most]
