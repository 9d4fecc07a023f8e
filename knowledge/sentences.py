"""Statements of a paragraph: its sentences, long ones cut at semicolons outside brackets."""

from knowledge.text import sentences, words

LONG = 60  # words; a longer sentence is cut at its semicolons, so that one figure can be found and shown alone
_SHORT = 4  # a shorter piece has no fact of its own and stays with its neighbour


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
