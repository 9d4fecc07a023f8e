"""Numbering marks at the head of a line: Phần, Chương, Mục, A., I., Điều, 1., 1.1., a), *, -, +.

The order of the levels is that of the decree on clerical work (30/2020/NĐ-CP, phụ lục I); marks # and ** say nothing of it.
"""

import re
from dataclasses import dataclass

from knowledge.text import UPPER, fold

PART, CHAPTER, SECTION, ROMAN, ARTICLE, DECIMAL, LETTER, STAR, DASH, PLUS, TEXT = 0, 1, 2, 3, 4, 5, 9, 10, 11, 12, 13
_NUMBER_WORDS = {"nhat": 1, "mot": 1, "hai": 2, "ba": 3, "tu": 4, "bon": 4, "nam": 5, "sau": 6, "bay": 7, "tam": 8, "chin": 9, "muoi": 10}
_NAMED = re.compile(
    r"^(?P<word>phan|chuong|muc|dieu)\s+(?:thu\s+)?(?P<number>\d+[a-z]?|[ivxlc]+|nhat|mot|hai|ba|tu|bon|nam|sau|bay|tam|chin|muoi)(?![\w/])"
    r"(?P<end>\s*[.:]|)\s*",
    re.ASCII,
)
_LAW = re.compile(r"(?:Bộ luật|Luật|Nghị định|Nghị quyết|Thông tư|Quyết định|Pháp lệnh|Điều lệ|Quy chế)\b")
# I. I) I/ and I - ; some systems write "Ii." for II.
_ROMAN = re.compile(r"^([IVX]{1,6}|[IVX][ivx]{1,5})(?:\s?[.)/]\s*(?=\S)|\s?-\s+(?=[^\W\d]))")
_ROMAN_DECIMAL = re.compile(r"^[IVX]{1,5}\.(\d{1,2}(?:\.\d{1,2}){0,2})[.)]?\s+(?=\S)")
_CAPITAL = re.compile(rf"^([A-EGĐ])\.[*_]*\s+(?=[*_]*[{UPPER}])")  # F is rare; H, P, Q, X are short for huyện, phường, quận, xã
_DECIMAL = re.compile(rf"^(?!0(?!\d))(\d{{1,2}}(?:\.\d{{1,2}}){{0,3}})(?:[.)/]\s*(?=[^\W\d]|[\"“(*_])|-\s*(?=[{UPPER}])|\s+(?=[{UPPER}]\w*\s\w))")
_BARE_DECIMAL = re.compile(r"^\d{1,2}\s")
_LETTER = re.compile(rf"^([a-zđ])(?P<mark>\s?\)|/|\.(?=[*_]*\s+[*_\"“]*[{UPPER}]))\s*")
_DASHES = "-–—•·●▪◦○"
_HEADING_MARK = re.compile(r"^#+\s*")
_LEADING_STARS = re.compile(r"^(?:\\?\*\s?)+")


@dataclass(frozen=True)
class Marker:
    """A numbering mark. `rank` orders the levels, `label` is as written, `part` its piece of an anchor ("" for bullets)."""

    rank: int
    label: str
    part: str
    rest: str

    @property
    def bullet(self) -> bool:
        return self.rank in {STAR, DASH, PLUS}


def marker(line: str) -> Marker | None:
    """The mark that a line begins with, or None. `rest` is the line after it, emphasis marks still in."""
    line = _HEADING_MARK.sub("", line.strip())
    stars = _LEADING_STARS.match(line)
    if stars:
        opening = stars.group().count("*")
        closing = re.search(r"\*+", line[stars.end() :])
        if opening - (len(closing.group()) if closing else 0) == 1 and line[stars.end() :].strip():
            return Marker(STAR, "*", "", line[stars.end() :])
    plain = re.sub(r"^(?:[*_\\]\s?)+", "", line)
    bullet = re.match(rf"^(?:[{_DASHES}]\s*)?\+\s*(?=\S)", plain) or re.match(rf"^[{_DASHES}]\s*(?=[^\d\s-]|\d)", plain)
    if bullet:
        rank = PLUS if "+" in bullet.group() else DASH
        return Marker(rank, "+" if rank == PLUS else "-", "", plain[bullet.end() :])
    return _named(plain) or _lettered(plain)


def _named(plain: str) -> Marker | None:
    m = _NAMED.match(fold(plain))
    if not m or not plain[:1].isupper():
        return None
    number = m["number"]
    rest = plain[m.end() :]
    if not m["end"] and (rest[:1].islower() or _LAW.match(rest)):  # "Mục 3 của …", "Điều 5 Luật …" are words of a sentence
        return None
    if re.fullmatch(r"[ivxlc]+", number):
        if plain[m.start("number")].islower():
            return None
        number = str(_roman_value(number))
    number = str(_NUMBER_WORDS.get(number, number))
    rank, prefix = {"phan": (PART, "p"), "chuong": (CHAPTER, "c"), "muc": (SECTION, "m"), "dieu": (ARTICLE, "d")}[m["word"]]
    return Marker(rank, plain[: m.end()].strip(" .:*"), f"{prefix}{number}", rest)


def _lettered(plain: str) -> Marker | None:
    m = _ROMAN_DECIMAL.match(plain)
    if m:
        return Marker(DECIMAL + m[1].count("."), m[1], m[1], plain[m.end() :])
    m = _ROMAN.match(plain)
    if m:
        return Marker(ROMAN, m[1].upper(), m[1].upper(), plain[m.end() :])
    m = _CAPITAL.match(plain)
    if m:
        return Marker(SECTION, m[1], m[1], plain[m.end() :])
    m = _DECIMAL.match(plain)
    if m and not (_BARE_DECIMAL.match(plain) and "." not in m[1]):
        depth = m[1].count(".")
        return Marker(DECIMAL + depth, m[1], m[1], plain[m.end() :])
    m = _LETTER.match(plain)
    if m:
        return Marker(LETTER, f"{m[1]})" if m["mark"].endswith(")") else m[1], m[1], plain[m.end() :])
    return None


def _roman_value(text: str) -> int:
    values = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
    total = 0
    for i, c in enumerate(text):
        total += -values[c] if i + 1 < len(text) and values[text[i + 1]] > values[c] else values[c]
    return total
