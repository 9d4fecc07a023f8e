"""Passages: the statements of each paragraph, indexed one by one with the headings and the sentences around them."""

from knowledge import lawnumbers, numbers
from knowledge.model import Document, Paragraph, Passage
from knowledge.sentences import statements
from knowledge.text import words

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
            context = " | ".join([*above, f"{before} … {after}"])  # the last part is always the paragraph itself
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
