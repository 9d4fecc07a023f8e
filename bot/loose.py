"""Loose patterns: an expression in full Vietnamese spelling that also matches what was typed with some of its marks or with none.

Each letter may lack any of its marks ("hỗ trợ" fits "hô trợ", "hỗ tro", "ho tro") but may not bear another ("tôi" does not fit "tới").
"""

import re
import unicodedata
from functools import cache
from itertools import combinations

from knowledge.text import normalize


def loose(expression: str) -> re.Pattern[str]:
    """The expression (lower case, no letters with marks inside brackets) compiled so that marks may be missing; match it on `plain` text."""
    return re.compile("".join(_lacking(letter) for letter in unicodedata.normalize("NFC", expression)))


def plain(text: str) -> str:
    """A text as loose patterns take it: NFC, one tone-mark style, lower case."""
    return normalize(text).lower()


@cache
def _lacking(letter: str) -> str:
    """A letter with marks as a class of itself and what is left when some of them are missing; any other as it is."""
    if letter == "đ":
        return "[đd]"
    whole = unicodedata.normalize("NFD", letter)
    base, marks = whole[0], whole[1:]
    if not marks or not base.isalpha():
        return letter
    forms = {unicodedata.normalize("NFC", base + "".join(kept)) for size in range(len(marks) + 1) for kept in combinations(marks, size)}
    return f"[{''.join(sorted(forms))}]"
