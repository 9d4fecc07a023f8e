"""Matching: does an answer hold what is expected? Folding and digit boundaries as the question sets define them."""

import re
import unicodedata

from bot.answer import Answer, Citation
from eval.questions import Case
from knowledge.model import Document, Paragraph

HEAD = 400  # characters within which the answer to a figure or target question must stand
ANSWERED = frozenset({"answered", "partial"})
SHORT = frozenset({"figure", "target"})  # types of one fact asked, one fact answered
_MARKS = re.compile(r"[*_#`>\\]")
_DASHES = re.compile(r"[‐-―−]")


def folded(text: str) -> str:
    r"""NFC, lower case, no * _ # ` > \, every dash a hyphen, white space folded."""
    text = _MARKS.sub("", unicodedata.normalize("NFC", text).lower())
    return re.sub(r"\s+", " ", _DASHES.sub("-", text)).strip()


def stands(wanted: str, text: str) -> bool:
    """True when `wanted` is in `text`, both of them folded; where it starts or ends with a digit, at a boundary of a number."""
    before = r"(?<!\d)(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def holds(text: str, wanted: str) -> bool:
    """True when folded `text` holds `wanted`, which may be written in any way."""
    return stands(folded(wanted), text)


def right(case: Case, answer: Answer) -> bool:
    """True when the answer is right: all groups met and nothing forbidden; for an unanswerable question, not answered."""
    if not case.documents:
        return answer.status not in ANSWERED
    text = folded(answer.text)
    if answer.status not in ANSWERED or forbidden(case, answer):
        return False
    head = text[:HEAD] if case.type in SHORT else text
    return all(any(holds(head, alternative) for alternative in group) for group in case.expects)


def forbidden(case: Case, answer: Answer) -> bool:
    """True when the answer holds what only a wrong one would."""
    text = folded(answer.text)
    return any(holds(text, word) for word in case.must_not)


def evidence_in(case: Case, document: Document, paragraph: Paragraph) -> bool:
    """True when a paragraph holds the evidence: a whole stretch of it lies within the lines named, or it has one of the substrings."""
    if document.source not in case.documents:
        return False
    named = case.lines.get(document.source, ())
    if any(a <= first and last <= b for a, b in named for first, last in paragraph.lines):
        return True
    text = folded(paragraph.text)
    return any(folded(words) in text for words in case.evidence)


def proves(case: Case, citation: Citation) -> bool:
    """True when the cited paragraph holds the evidence."""
    return evidence_in(case, citation.document, citation.paragraph)


def cited(case: Case, answer: Answer) -> bool:
    """True when the citations hold the evidence: one of them, for a comparison one of each paper."""
    proving = [c for c in answer.citations if proves(case, c)]
    if case.type == "compare":
        return set(case.documents) <= {c.document.source for c in proving}
    return bool(proving)


def cited_first(case: Case, answer: Answer) -> bool:
    """True when the first citation holds evidence."""
    return bool(answer.citations) and proves(case, answer.citations[0])
