"""Hedges: whether a sentence keeps what tells a plan, a request, an estimate or a possibility from a fact."""

import re
from collections.abc import Sequence

from bot.llm.reach import Ground
from bot.llm.wording import FEW, Clause, Wording, keys_of

# What tells a request, a plan, an estimate or a mere possibility; a sentence must keep one of those that its evidence has.
_HEDGES = {
    "requested": re.compile(r"\b(?:đề nghị|kiến nghị|đề xuất|nhu cầu|xin|cần)\b", re.IGNORECASE),
    "planned": re.compile(
        r"\b(?:phấn đấu|mục tiêu|dự kiến|sẽ|chỉ tiêu|định hướng|kế hoạch|nhu cầu|cần|đặt ra|giao|đến (?:hết |cuối )?năm|đạt từ|phải|đề ra|phương hướng)\b",
        re.IGNORECASE,
    ),
    "estimated": re.compile(r"\bước\b(?! mơ| vọng| muốn)", re.IGNORECASE),
    "possible": re.compile(r"\b(?:có thể|xem xét|khuyến khích|ưu tiên|nghiên cứu)\b", re.IGNORECASE),
}
_TO_COME = {"planned": "đây là mục tiêu, kế hoạch", "requested": "đây là đề nghị, nhu cầu"}
_DONE = re.compile(r"\b(?:đã|hiện có|đạt được|thực hiện được)\b", re.IGNORECASE)
_STRIVES = re.compile(r"\b(?:phấn đấu|dự kiến|mục tiêu|chỉ tiêu|đặt ra|đề ra)\b", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:đề nghị|kiến nghị|đề xuất|nhu cầu)\b", re.IGNORECASE)
_WILL = re.compile(r"\bsẽ\b", re.IGNORECASE)
# What a sentence may claim, the status of the ledger that bears it out, and how it is told.
_CLAIMS = (
    (_DONE, frozenset(["actual"]), "đã"), (_STRIVES, _TO_COME.keys(), "mục tiêu, kế hoạch"), (_ASKS, frozenset(["requested"]), "đề nghị"),
    (_HEDGES["estimated"], frozenset(["estimated"]), "ước"),
)  # fmt: skip


def status_lost(text: str, said: Wording, grounds: Sequence[Ground]) -> list[str]:
    """A plan, request, estimate or possibility told as a fact, or a result told as a plan. `said` is the text without what names the paper."""
    return [*_against_rows(text, said, grounds), *_added(said, grounds), *_left_out(text, said, grounds)]


def _against_rows(text: str, said: Wording, grounds: Sequence[Ground]) -> list[str]:
    """What the ledger's rows of a figure say of it and the sentence does not."""
    missing: list[str] = []
    for clause in said.clauses:
        for value in {q.low for q in clause.quantities}:
            statuses = {row.status for g in grounds for row in g.rows if row.low == value}
            status = statuses.pop() if len(statuses) == 1 else ""
            if status in _TO_COME and (not _HEDGES[status].search(text) or _DONE.search(clause.text)):
                missing.append(_TO_COME[status])
            if status == "actual" and (_STRIVES.search(clause.text) or _ASKS.search(clause.text)):
                missing.append("đây là kết quả, không phải kế hoạch")
    return missing


def _added(said: Wording, grounds: Sequence[Ground]) -> list[str]:
    """Words for done, planned, requested or estimated that neither the evidence nor the ledger has."""
    values = {v for c in said.clauses for q in c.quantities for v in q.values()}
    telling = [s for g in grounds for s in g.wording.sentences if any(v in values for c in s for q in c.quantities for v in q.values())]
    told = [c.text for s in telling for c in s] if values else [g.text for g in grounds]
    stated = " | ".join([*told, *(g.above for g in grounds)])
    known = {row.status for g in grounds for row in g.rows}
    missing = [
        f"{what} (văn bản không nói vậy)" for pattern, also, what in _CLAIMS if pattern.search(said.text) and not pattern.search(stated) and not known & also
    ]
    if _WILL.search(said.text) and not _WILL.search(stated) and (known == {"actual"} or _DONE.search(stated)):
        missing.append("sẽ (văn bản không nói vậy)")
    return missing


def _left_out(text: str, said: Wording, grounds: Sequence[Ground]) -> list[str]:
    """Clauses that the sentence tells without what makes them a request, a possibility or an estimate."""
    keys = keys_of(said.clauses)
    missing = []
    for status in ("requested", "possible", "estimated"):
        told = [c for g in grounds for c in g.wording.clauses if _mostly(c, keys)]
        hedged = [c.text.strip() for c in told if _HEDGES[status].search(c.text)]
        if hedged and len(hedged) == len(told) and not _HEDGES[status].search(text):
            missing.append(f"lược mất: {hedged[0]}")
    return missing


def _mostly(clause: Clause, keys: frozenset[str]) -> bool:
    """True when a clause of the evidence is what the sentence tells: most of its words are said."""
    own = clause.keys()
    return len(own) > FEW and len(own & keys) >= len(own) / 2
