"""Matching: does an answer hold what is expected? Folding and digit boundaries as the question sets define them."""

import re
import unicodedata

from bot.answer import Answer, Citation
from eval.questions import Case

HEAD = 400  # characters within which the answer to a figure or target question must stand
ANSWERED = frozenset({"answered", "partial"})


def folded(text: str) -> str:
    """NFC, lower case, no * _ # ` >, every dash a hyphen, white space folded."""
    text = unicodedata.normalize("NFC", text).lower()
    text = re.sub(r"[*_#`>\\]", "", text)
    return re.sub(r"\s+", " ", re.sub(r"[‐-―−]", "-", text)).strip()


def holds(text: str, wanted: str) -> bool:
    """True when folded `text` holds `wanted`; where that starts or ends with a digit, at a boundary of a number."""
    wanted = folded(wanted)
    before = r"(?<![\d])(?<!\d[.,])" if wanted[:1].isdigit() else ""
    after = r"(?!\d)(?![.,]\d)" if wanted[-1:].isdigit() else ""
    return re.search(before + re.escape(wanted) + after, text) is not None


def right(case: Case, answer: Answer) -> bool:
    """True when the answer is right: all groups met and nothing forbidden; for an unanswerable question, not answered."""
    if not case.documents:
        return answer.status not in ANSWERED
    text = folded(answer.text)
    if answer.status not in ANSWERED or any(holds(text, m) for m in case.must_not):
        return False
    head = text[:HEAD] if case.type in {"figure", "target"} else text
    return all(any(holds(head, alternative) for alternative in group) for group in case.expects)


def proves(case: Case, citation: Citation) -> bool:
    """True when the cited paragraph holds the evidence."""
    lines = case.lines.get(citation.document.source, ())
    if any(a <= first and last <= b for a, b in lines for first, last in citation.paragraph.lines):
        return True
    text = folded(citation.paragraph.text)
    return any(folded(e) in text for e in case.evidence)


def cited(case: Case, answer: Answer) -> bool:
    """True when the citations hold the evidence: one of them, for a comparison one of each paper."""
    proving = [c for c in answer.citations if proves(case, c)]
    if case.type == "compare":
        return set(case.documents) <= {c.document.source for c in proving}
    return bool(proving)


def cited_first(case: Case, answer: Answer) -> bool:
    """True when the first citation holds evidence."""
    return bool(answer.citations) and proves(case, answer.citations[0])
