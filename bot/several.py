"""Several questions in one message: cut apart, answered one by one, told together."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace

from bot.answer import Answer, Citation, ComparedFigure, Note, Statement, marked, segments

MOST = 4  # questions of one message that are answered one by one; a longer list is left whole
_ENDS = re.compile(r"(?<=\?)\s+|\n+|\s+(?=\(?\d[.)]\s)")
_SETS_BESIDE = re.compile(
    r"\b(?:hơn|so với|đem so|khác nhau|chênh|bằng nhau|đủ mức|gấp|ít đi|hon|so voi|khac nhau|chenh|gap|more|less|than|compared)\b", re.IGNORECASE
)
_MEANT = re.compile(r"(?<=[?.!])\s*(\([^()]{1,80}\))\s*$")
_NUMBERING = re.compile(r"^\s*(?:\(?\d{1,2}[.)/]|[-•*+])\s+")
_WH = (
    r"\b(?:gì|nào|mấy|ai|đâu|sao|bao nhiêu|bao lâu|bao giờ|khi nào|gi|nao|may|dau|bao nhieu|bao lau|bao gio|khi nao"
    r"|what|how|which|when|where|who)\b"
)
_ASKS = re.compile(rf"\?\s*$|{_WH}", re.IGNORECASE)
_ASKS_ANEW = re.compile(_WH, re.IGNORECASE)
_LEAST = 3  # words of a question of its own; "Ghi mấy?" and "Phải không?" belong to the one before
_MARKER = re.compile(r"\[(\d+)\]")


def questions(message: str) -> list[str]:
    """The questions of a message in order, [message] when it asks one thing. A comparison told in two questions is one."""
    if _SETS_BESIDE.search(message):
        return [message]
    meant = _MEANT.search(message)  # a place in brackets at the end is meant for all of them
    parts: list[str] = []
    for piece in filter(str.strip, _ENDS.split(message[: meant.start()] if meant else message)):
        said = _NUMBERING.sub("", piece).strip()
        own = _ASKS.search(said) and len(said.split()) >= _LEAST and (not parts or _ASKS_ANEW.search(said) is not None)
        if parts and (not own or not _ASKS.search(parts[-1])):
            parts[-1] = f"{parts[-1]} {said}"  # what only introduces or confirms stays with its neighbour
        else:
            parts.append(said)
    if not 1 < len(parts) <= MOST or not all(_ASKS.search(p) for p in parts):
        return [message]
    return [f"{part} {meant[1]}" for part in parts] if meant else parts


def together(asked: Sequence[str], answers: Sequence[Answer]) -> Answer:
    """One answer of several: each under its question, the citations numbered through."""
    citations: list[Citation] = []
    statements: list[Statement] = []
    notes: list[Note] = []
    figures: list[ComparedFigure] = []
    texts = []
    for at, (question, answer) in enumerate(zip(asked, answers, strict=True), start=1):
        new: dict[int, int] = {}
        for c in answer.citations:
            known = next((k.marker for k in citations if (k.document.id, k.paragraph.anchor) == (c.document.id, c.paragraph.anchor)), None)
            new[c.marker] = known or len(citations) + 1
            if known is None:
                citations.append(replace(c, marker=new[c.marker]))
        statements += [replace(s, citations=tuple(new[m] for m in s.citations)) for s in answer.statements]
        told = [replace(n, text=_renumbered(n.text, new), citations=tuple(new[m] for m in n.citations)) for n in answer.notes]
        notes += [n for n in told if n not in notes]
        figures += [replace(f, citation=new.get(f.citation, 0)) for f in answer.figures]
        texts.append(f"{at}. {question}\n{_told(answer, new)}")
    good = [a for a in answers if a.status in {"answered", "partial"}]
    status = "answered" if all(a.status == "answered" for a in answers) else "partial" if good else answers[0].status
    last = answers[-1]
    return Answer(
        status, "\n".join(texts), tuple(statements), tuple(citations), tuple(notes), last.suggestions, next((a.holds_on for a in good), ""),
        "llm" if any(a.mode == "llm" for a in answers) else "extractive", _times(answers), tuple(figures), last.about,
    )  # fmt: skip


def _told(answer: Answer, new: Mapping[int, int]) -> str:
    """The text of an answer with the markers of its statements and in its notes numbered anew."""
    told = ""
    for words, markers in segments(answer.text, answer.statements):
        if markers is not None:
            told += marked(words, (new[m] for m in markers))
            continue
        for note in answer.notes:
            words = words.replace(note.text, _renumbered(note.text, new))
        told += words
    return told


def _renumbered(text: str, new: Mapping[int, int]) -> str:
    return _MARKER.sub(lambda m: f"[{new.get(int(m[1]), int(m[1]))}]", text)


def _times(answers: Sequence[Answer]) -> dict[str, float]:
    steps = dict.fromkeys(step for a in answers for step in a.timings_ms)
    return {step: sum(a.timings_ms.get(step, 0.0) for a in answers) for step in steps}
