"""Tense: whether a sentence of a paper tells what was done or what is to be; both arguments folded."""

import re

_PLAN = re.compile(r"\b(?:muc tieu(?! quoc gia)|chi tieu|phan dau|den (?:cuoi |het )?nam 20\d\d|du kien|dinh huong|phuong huong|nhu cau|de nghi)\b")
_REVIEW = re.compile(r"\b(?:danh gia|tinh hinh|ket qua)\b")
_STRIVES = re.compile(r"\b(?:muc tieu(?! quoc gia)|phan dau|du kien|den (?:cuoi |het )?nam 20\d\d)\b")


def planned(text: str, headings: str) -> bool:
    """True when a statement tells what is to be: it says so, or its headings do and are no review of what was."""
    if _STRIVES.search(text):
        return True
    return bool(_PLAN.search(f"{headings} {text}")) and not _REVIEW.search(headings)
