"""Blocks: the lines of a source joined where a page break or a hard line end cuts a sentence, with their places kept."""

import re
from collections import Counter
from dataclasses import dataclass

from ingest.clean import strip_marks
from ingest.numbering import marker
from knowledge.text import LOWER

_PAGE_NUMBER = re.compile(r"^(?:[-–—\s]*\d{1,3}[-–—\s]*|(?:trang|page)\s+\d{1,4}(?:\s*/\s*\d{1,4})?)$", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.;:!?…/)\]”\"]$")
# Words that end no line of their own; after the second kind a figure follows.
_BROKEN_OFF = re.compile(r"(?:^|\s)(?:của|và|hoặc|với|bởi|các|những|tại|cho)$", re.IGNORECASE)
_BEFORE_FIGURE = re.compile(
    r"(?:[(“][^)”]*|(?:^|\s)(?:năm|tháng|ngày|khoảng|trên|dưới|hơn|gần|đạt|là|có|từ|đến|(?:quyết|định|tư|văn|hoạch|luật|thị|trình) số))$", re.IGNORECASE
)
_BEFORE_LAW = re.compile(r"\s(?:Điều|[Kk]hoản|điểm)\s\w+$")
_PROSE = 80  # a line of this length or more is running text, not a title or a list entry
_RUNNING_HEAD = 3  # a short line that stands this often between pages is a running head
_SHORTEST_HEAD = 8  # characters; shorter ones are pieces of formulas and tables


@dataclass
class Block:
    """One logical line. `spans` and `lines` say where its parts stand in the source (1-based lines)."""

    text: str
    spans: list[tuple[int, int]]
    lines: list[int]


def blocks(text: str, offset: int = 0) -> list[Block]:
    """Split `text` (from `offset` on) into blocks; page numbers and running heads are left out."""
    found: list[Block] = []
    position = offset
    first_line = text.count("\n", 0, offset) + 1
    for number, raw in enumerate(text[offset:].split("\n"), start=first_line):
        line = raw.strip()
        start = position + (len(raw) - len(raw.lstrip()))
        position += len(raw) + 1
        if not strip_marks(line) and not line.startswith("|"):
            continue
        if _PAGE_NUMBER.match(strip_marks(line)) or re.fullmatch(r"[_\-=*\s]{3,}", line):
            continue
        found.append(Block(line, [(start, start + len(line))], [number]))
    return _join(_without_running_heads(found))


def _without_running_heads(found: list[Block]) -> list[Block]:
    """Leave out short lines that stand often, where they interrupt a sentence."""
    counts = Counter(b.text for b in found)
    kept: list[Block] = []
    held: list[Block] = []  # suspects since the last sure line
    for block in found:
        if counts[block.text] >= _RUNNING_HEAD and _SHORTEST_HEAD <= len(block.text) < _PROSE and marker(block.text) is None:
            held.append(block)
            continue
        if not (kept and _continues(kept[-1].text, block.text)):
            kept.extend(held)
        held = []
        kept.append(block)
    return kept + held


def _join(found: list[Block]) -> list[Block]:
    joined: list[Block] = []
    for block in found:
        if joined and _continues(joined[-1].text, block.text):
            last = joined[-1]
            last.text = f"{last.text} {block.text}"
            last.spans.extend(block.spans)
            last.lines.extend(block.lines)
        else:
            joined.append(block)
    return joined


def _continues(before: str, after: str) -> bool:
    """True when `after` goes on with the sentence that `before` breaks off."""
    plain, following = strip_marks(before), strip_marks(after)
    if not plain or not following or before.startswith("|") or after.startswith(("|", "#")):
        return False
    if _SENTENCE_END.search(plain) and not re.search(r"[(“][^)”]*$", plain):
        # Small letters after the semicolon of running text: the page ended between two parts of one sentence.
        return plain.endswith(";") and len(plain) >= 2 * _PROSE and marker(after) is None and following[0].islower()
    if re.match(rf"[-–]\s?[{LOWER}]", following):
        # "nông - lâm / - ngư nghiệp": a dash inside a word group, not a list entry
        return bool(re.search(r"\s-\s\w+$", plain))
    if marker(after) is not None:
        return False
    if re.match(rf"[{LOWER}(,;]", following) or _BROKEN_OFF.search(plain):
        return True
    own = marker(before)
    if (own is None or own.rest) and _BEFORE_LAW.search(plain) and re.match(r"(?:Luật|Nghị|Thông tư|Quyết định|Pháp lệnh)\s", following):
        return True
    if following[0].isdigit() and (own is None or own.bullet or len(plain) >= _PROSE) and _BEFORE_FIGURE.search(plain):
        return True
    # A capital goes on with running text only: a numbered heading without a full stop ends at its line.
    return len(plain) >= 2 * _PROSE and (own is None or own.bullet) and not after.startswith(("*", "_"))
