"""Passages: the statements of each paragraph, indexed one by one with the headings and the sentences around them."""

from knowledge import lawnumbers, numbers
from knowledge.model import Document, Paragraph, Passage
from knowledge.text import sentences, words

LONG = 60  # words; a longer sentence is cut at its semicolons, so that one figure can be found and shown alone
_SHORT = 4  # a shorter piece has no fact of its own and stays with its neighbour
_AROUND = 70  # words of the paragraph kept as context on each side


def passages(document: Document, paragraphs: list[Paragraph]) -> list[Passage]:
    """Passages in order. Headings that hold others are left out: their words stand in the context of what is under them."""
    by_anchor = {p.anchor: p for p in paragraphs}
    found: list[Passage] = []
    for p in paragraphs:
        if p.kind == "heading" and not _states_something(p):
            continue
        spans = statements(p.clean)
        above = _above(p, by_anchor) or _told_by(document, p)
        for i, (start, end) in enumerate(spans):
            before = " ".join(p.clean[:start].split()[-_AROUND:]) if start else ""
            after = " ".join(p.clean[end:].split()[:_AROUND])
            context = " | ".join(filter(None, [*above, f"{before} … {after}".strip(" …")]))
            identifier = f"{document.id}@{document.version}#{p.anchor}/{i}"
            found.append(Passage(identifier, document.id, p.anchor, p.clean[start:end], context, len(found)))
    return found


def _states_something(p: Paragraph) -> bool:
    """A heading with a statement in it ("Nhu cầu kinh phí … là 35.874 triệu đồng. Trong đó:")."""
    return any(c.isdigit() for c in p.clean) and (": " in p.clean or ". " in p.clean or p.clean.endswith(":"))


def _above(p: Paragraph, by_anchor: dict[str, Paragraph]) -> list[str]:
    lines = list(p.path)
    parent = by_anchor.get(p.parent)
    if parent is not None and lines and parent.clean not in lines[-1]:
        lines[-1] = parent.clean
    return lines


def _told_by(document: Document, p: Paragraph) -> list[str]:
    """What the lines before and after the body tell, in words: they have no headings, and a date line no words at all."""
    if p.kind == "front":
        what = "Ngày ban hành, ngày ký, thời điểm ra văn bản" if numbers.dates(p.clean) and words(p.clean) < 14 else "Căn cứ, cơ sở ban hành"
        what = "Số ký hiệu, số hiệu văn bản" if lawnumbers.find(p.clean) and words(p.clean) < 6 else what
    elif p.kind == "back":
        signed = not p.clean.lower().startswith("nơi nhận")
        what = "Người ký, ký tên, đứng tên ký, chức vụ, chức danh người ký" if signed else "Nơi nhận, gửi cho cơ quan, gửi tới"
    else:
        return []
    return [f"{what} {document.title} của {document.issuer}"]


def statements(text: str) -> list[tuple[int, int]]:
    """Spans of the statements of a paragraph: sentences, long ones cut at semicolons outside brackets."""
    result: list[tuple[int, int]] = []
    for start, end in _whole_sentences(text):
        pieces = _cut(text, start, end) if words(text[start:end]) > LONG else [(start, end)]
        result.extend(pieces)
    return result or ([(0, len(text))] if text else [])


def _whole_sentences(text: str) -> list[tuple[int, int]]:
    """Sentences proper: pieces that `sentences` cut at semicolons are joined again, and so are scraps."""
    joined: list[tuple[int, int]] = []
    for start, end in sentences(text):
        if joined and (text[joined[-1][1] - 1 : joined[-1][1]] == ";" or words(text[start:end]) < _SHORT or _open(text[joined[-1][0] : start])):
            joined[-1] = (joined[-1][0], end)
        else:
            joined.append((start, end))
    return joined


def _cut(text: str, start: int, end: int) -> list[tuple[int, int]]:
    pieces: list[tuple[int, int]] = []
    depth, begin = 0, start
    for i in range(start, end):
        depth += text[i] in "(“"
        depth -= text[i] in ")”"
        if text[i] == ";" and depth <= 0 and words(text[begin:i]) >= _SHORT:
            pieces.append((begin, i + 1))
            begin = i + 1 + (len(text[i + 1 :]) - len(text[i + 1 :].lstrip()))
    if begin < end:
        if pieces and words(text[begin:end]) < _SHORT:
            pieces[-1] = (pieces[-1][0], end)
        else:
            pieces.append((begin, end))
    return pieces


def _open(text: str) -> bool:
    return text.count("(") > text.count(")") or text.count("“") > text.count("”")
