"""Anchors: the bodies, names and document numbers of a sentence, and whether each stands beside the words that it stands beside in the evidence.

Where a paragraph names two bodies, a sentence that has them change places has the same words; what stands next to each tells it.
"""

import re
from collections.abc import Iterator, Sequence

from bot.llm.reach import Ground, plain
from bot.llm.strange import NAME
from bot.llm.wording import Clause, read
from knowledge import lawnumbers

_BODIES = re.compile(
    r"\b(?:hội đồng quản trị|ban kiểm soát|đại hội thành viên|kiểm soát viên|(?:tổng )?giám đốc|chủ tịch|kế toán trưởng|thủ quỹ|tổ trưởng"
    r"|người đại diện theo pháp luật"
    r"|cơ quan đăng ký kinh doanh|cơ quan thuế|ủy ban nhân dân(?: cấp)?(?: tỉnh| huyện| xã)?|liên minh (?:htx|hợp tác xã)(?: tỉnh| việt nam)?|mặt trận tổ quốc"
    r"|tổ chức thành viên|ngân sách (?:trung ương|tỉnh|huyện|xã))\b",
    re.IGNORECASE,
)
_SAID, _STATED = 2, 3  # content words on each side that are compared: the nearest of the sentence with the nearest of the evidence


def out_of_place(unnamed: str, grounds: Sequence[Ground]) -> list[str]:
    """Anchors of a sentence (what only names its paper left out) that stand beside none of the words they stand beside in the paragraphs."""
    stated: dict[str, set[str]] = {}
    rivals: dict[str, set[str]] = {}
    for ground in grounds:
        for sentence in ground.own_sentences:
            found = list(_marked(ground.text, sentence, _STATED))
            for anchor, marks in found:
                stated.setdefault(anchor, set()).update(marks)
                rivals.setdefault(anchor, set()).update(other for other, _ in found if other != anchor)
    wording = read(unnamed)
    missing = []
    for sentence in wording.sentences:
        for anchor, marks in _marked(wording.text, sentence, _SAID):
            if rivals.get(anchor) and marks and not marks & stated[anchor] and not _turned(wording.text, anchor, sentence, stated[anchor]):
                missing.append(f"{anchor} (không gắn với những chữ này trong đoạn)")
    return missing


def _turned(text: str, anchor: str, sentence: Sequence[Clause], stated: set[str]) -> bool:
    """True for "B là A" where the evidence says "A là B": what stood after the anchor there stands before it here."""
    before = text[sentence[0].span[0] : sentence[-1].span[1]].lower().partition(anchor.replace("htx", "hợp tác xã"))[0].partition(anchor)[0]
    words = {w.key for c in sentence for w in c.words}
    return before.rstrip().endswith(" là") and any(mark[1:] in words for mark in stated if mark.startswith(">"))


def _marked(text: str, sentence: Sequence[Clause], reach: int) -> Iterator[tuple[str, set[str]]]:
    """Each anchor of a sentence with the content words before ("<") and after (">") it that belong to no anchor."""
    start, end = sentence[0].span[0], sentence[-1].span[1]
    spans = _anchors(text[start:end], start)
    words = [w for c in sentence for w in c.words if not any(a <= w.span[0] < b for _, a, b in spans)]
    for name, a, b in spans:
        before = [f"<{w.key}" for w in words if w.span[1] <= a][-reach:]
        after = [f">{w.key}" for w in words if w.span[0] >= b][:reach]
        yield name, {*before, *after}


def _anchors(text: str, offset: int) -> list[tuple[str, int, int]]:
    found = [(n.canonical, *n.span) for n in lawnumbers.find(text)]
    for pattern in (_BODIES, NAME):
        for m in pattern.finditer(text):
            opens = not m.start() and pattern is NAME  # the first word of a sentence is written large for another reason
            if not opens and not any(a < m.end() and m.start() < b for _, a, b in found):
                found.append((plain(m.group()).replace("hợp tác xã", "htx"), m.start(), m.end()))
    return [(name, a + offset, b + offset) for name, a, b in sorted(found, key=lambda f: f[1])]
