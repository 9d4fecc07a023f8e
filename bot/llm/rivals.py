"""Rivals: words that must not stand in for one another where the evidence has one of them."""

import re
from collections.abc import Sequence
from functools import cache

from bot.llm.reach import Reach, holds, plain
from bot.llm.wording import Clause, read

_OR = re.compile(r"\W*(?:và|hoặc|hay)\b", re.IGNORECASE)
_RIVALS = (
    ("HTX", "THT", "liên hiệp HTX", "quỹ tín dụng nhân dân"), ("thành viên", "lao động", "cán bộ"), ("nông nghiệp", "phi nông nghiệp"), ("mới", "cũ"),
    ("tăng", "giảm"), ("trước", "sau"), ("tối đa", "tối thiểu"), ("cao", "thấp"), ("nhiều", "ít"), ("thành lập", "giải thể"),
    ("tốt", "khá", "trung bình", "yếu"), ("đại học", "cao đẳng", "trung cấp", "sơ cấp"), ("doanh thu", "lợi nhuận", "thu nhập", "vốn điều lệ"),
    ("tỉnh", "huyện", "xã", "trung ương"), ("ngày", "tháng", "quý", "năm"), ("phải", "có thể", "khuyến khích", "cấm"), ("kết quả", "mục tiêu"),
    ("đã", "sẽ", "phấn đấu", "dự kiến", "đề nghị"), ("đến nay", "dự kiến"), ("mỗi", "tổng"),
)  # fmt: skip


def rivals_of(clause: Clause, reaches: Sequence[Reach]) -> list[str]:
    """Words that stand where the evidence has their rival ("tổ hợp tác" for "hợp tác xã", "giảm" for "tăng")."""
    own = [c for r in reaches for c in ((r.own, nearest(clause, r)) if clause.figures else (nearest(clause, r),))]
    missing = []
    for rivals in _rival_keys():
        said = {m for m in rivals if _has(clause, *m)}
        stated = {m for m in rivals if any(_has(c, *m) for c in own)}
        if stated:  # "hợp tác xã hoặc tổ hợp tác": what is joined is stated as well
            stated |= {m for m in said if any(_joined_to(c, r, m) for r in reaches for c in own)}
        if said and stated and not said & stated:
            missing += [phrase for phrase, _ in said]
    return missing


@cache
def _rival_keys() -> tuple[tuple[tuple[str, tuple[str, ...]], ...], ...]:
    """The rivals, each with its content words (none where it is all function words)."""
    return tuple(tuple((p.lower(), tuple(w.key for c in read(p).clauses for w in c.words)) for p in rivals) for rivals in _RIVALS)


def _joined_to(clause: Clause, reach: Reach, phrase: tuple[str, tuple[str, ...]]) -> bool:
    """True when the clause goes on from one that has the phrase ("… hoặc …")."""
    at = reach.clauses.index(clause) if clause in reach.clauses else 0
    return at > 0 and bool(_OR.match(clause.text)) and _has(reach.clauses[at - 1], *phrase)


def nearest(clause: Clause, reach: Reach) -> Clause:
    """The clause in reach that shares most words with one."""
    return max(reach.clauses, key=lambda c: len(c.keys() & clause.keys()))


def _has(clause: Clause, phrase: str, keys: tuple[str, ...]) -> bool:
    own = [w.key for w in clause.words]
    return any(tuple(own[i : i + len(keys)]) == keys for i in range(len(own) - len(keys) + 1)) if keys else holds(plain(clause.text), phrase)
