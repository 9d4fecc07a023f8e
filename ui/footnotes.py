"""Footnotes: an answer as Markdown for chat programs - its words with [^1], what to heed, the sources as footnotes, what to ask next.

Texts of papers pass through `words`, so that nothing of a paper becomes a link, a heading, a formula or HTML where it is shown.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import Any

from bot.answer import Answer, Citation, Segment, segments
from ingest.clean import strip_marks
from ui.export import FORMS, about, address, plain

REWRITTEN = "(Câu trả lời được viết lại:)"
_ANEW = "m"  # before the numbers of an answer that took a draft's place: the draft's own must not lead to its sources
_BULLET = re.compile(r"^[-+•]\s+")
_MARKER = re.compile(r"\[(\d+)\]")
# Chat programs make links of bare addresses, also of escaped ones; of code they do not.
_ADDRESS = re.compile(r"((?:[a-z][a-z0-9+.-]*://|www\.|mailto:|xmpp:)[^\s<>\"'`()\[\]{}|\\]+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", re.IGNORECASE)
_ESCAPED = re.compile(r"\\([\[\]<>$])")  # "\[" and "\$" would begin a formula in some of them


def content(answer: Answer, base_url: str) -> str:
    """The whole answer as Markdown; links to paragraphs begin with `base_url`."""
    return "".join(pieces(answer, base_url))


def pieces(answer: Answer, base_url: str, told: Sequence[Mapping[str, Any]] = ()) -> list[str]:
    """The Markdown in pieces that follow one another, each a line of the answer.

    `told` are statements (their JSON) that were shown before: only what follows them is given, or, when the answer does not
    begin with them, the whole answer under a line that says so.
    """
    text = answer.text
    for note in answer.notes:
        text = text.replace(f"\nLưu ý: {note.text}", "")  # it stands in the list of notes
    cut = segments(text, answer.statements)
    left = _after(cut, told)
    label = _ANEW if left is None else ""
    known = {c.marker for c in answer.citations}
    blocks = [*([REWRITTEN] if left is None else []), *_body(cut if left is None else left, known, label)]
    notes = [_marked(n.text, known, label) if _MARKER.search(n.text) else words(n.text) + _refs(n.citations, label) for n in answer.notes if n.text not in text]
    blocks += ["**Lưu ý**", *(f"- {note[:1].upper()}{note[1:]}" for note in notes)] if notes else []
    stated = {marker for s in answer.statements for marker in s.citations}
    blocks += [_footnote(c, base_url, label, c.marker in stated) for c in answer.citations]
    if answer.suggestions:
        head = "**Chọn hoặc gõ câu trả lời**" if answer.status == "clarify" else "**Hỏi tiếp**"
        blocks += [head, *(f"- {words(s)}" for s in answer.suggestions)]
    between = ["\n\n" if told else "", *("\n" if a.startswith("- ") and b.startswith("- ") else "\n\n" for a, b in pairwise(blocks))]
    return [gap + block for gap, block in zip(between, blocks, strict=False)]


def statement(told: Mapping[str, Any], first: bool) -> str:
    """A statement (its JSON) told before the answer is there, as a piece of its Markdown."""
    return ("" if first else "\n\n") + words(told["text"]) + _refs(told["citations"])


def words(text: str) -> str:
    """Text on one line, white space at its ends kept, that a chat program shows as nothing but text."""
    parts = _ADDRESS.split(text)
    return "".join(f"`{part}`" if i % 2 else _ESCAPED.sub(lambda m: f"&#{ord(m[1])};", _spaced(part)) for i, part in enumerate(parts))


def _spaced(text: str) -> str:
    return plain(text) + (" " if text[-1:].isspace() else "")


def _after(cut: Sequence[Segment], told: Sequence[Mapping[str, Any]]) -> Sequence[Segment] | None:
    """What follows the statements told before; None when the answer begins otherwise."""
    if not told:
        return cut
    stated = [i for i, (_, markers) in enumerate(cut) if markers is not None][: len(told)]
    if [cut[i] for i in stated] != [(t["text"], tuple(t["citations"])) for t in told]:
        return None
    end = stated[-1] + 1
    between = "".join(text for text, markers in cut[:end] if markers is None)
    return None if re.search(r"\w", between) else cut[end:]


def _body(cut: Sequence[Segment], known: set[int], label: str) -> list[str]:
    """The lines of the answer; those of a list begin with "- "."""
    lines = [""]
    for text, markers in cut:
        if markers is not None:
            lines[-1] += words(text) + _refs(markers, label)
            continue
        for i, part in enumerate(text.split("\n")):
            if i:
                lines.append("")
            bullet = "- " if not lines[-1] and part.startswith("- ") else ""
            lines[-1] += bullet + _marked(part[len(bullet) :], known, label)
    return [line.strip() for line in lines if line.strip(" -")]


def _marked(text: str, known: set[int], label: str) -> str:
    """Words between the statements, with their markers as references to footnotes."""
    made, end = "", 0
    for m in _MARKER.finditer(text):
        if int(m[1]) in known:
            made += f"{words(text[end : m.start()])}[^{label}{m[1]}]"
            end = m.end()
    return made + words(text[end:])


def _refs(markers: Sequence[int], label: str = "") -> str:
    return " " + "".join(f"[^{label}{m}]" for m in markers) if markers else ""


def _footnote(c: Citation, base_url: str, label: str, states: bool) -> str:
    """A source. Of a paragraph that `states` nothing, as the one that a refusal names as the nearest, only the paper is told."""
    d, p = c.document, c.paragraph
    # A statement of several paragraphs has one quote: it is shown with that which it stands in.
    proving = c.quote if c.quote in p.clean or c.quote in p.text else ""
    quoted = _BULLET.sub("", strip_marks(proving or (p.clean if states else "")))
    told = words(", ".join([strip_marks(d.title), *about(d)]))
    form = FORMS.get(d.form, d.form).lower()
    return f"[^{label}{c.marker}]: {told} ({form}){f' – “{words(quoted)}”' if quoted else ''} – <{address(c, base_url)}>"
