"""Vietnamese text: one form for storage, one folded form for matching.

All functions take and give `str`; they never fail on odd input. Spans are character offsets (start, end).
"""

import re
import unicodedata
from functools import cache

# Combining marks of the five tones; the sixth tone has none.
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_AFTER_Q = re.compile(rf"([qQ][uU])([{_TONES}])([aAeEiIoOyY])")  # the u of qu bears no tone: "qúy" is "quý"
_OPEN_DIPHTHONG = re.compile(rf"(?<![qQ])([oOuU])([aAeEyY])([{_TONES}])(?![\w\u0302\u0306\u031b])")
# Ranges such as à-ỹ mix capitals and small letters, so the classes are spelled out.
_LETTERS = [chr(c) for c in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)] if chr(c).isalpha()]
UPPER = "A-Z" + "".join(c for c in _LETTERS if c.isupper())
LOWER = "a-z" + "".join(c for c in _LETTERS if c.islower())
TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")
_GROUPED = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?$")
_SENTENCE_END = re.compile(rf"(?<=[.!?…])[\"”)*_]*\s+(?=[\"“(*_]*[{UPPER}0-9-])|;\s+|\n+")
# A dot after these ends no sentence (TP. Bắc Kạn, H. Ba Tơ, GS. …).
_ABBREVIATED = re.compile(r"(?:^|[\s(“\"])(?:TP|Tp|TX|Tx|H|X|P|TT|Q|GS|PGS|TS|ThS|KS|KT|TM|v\.v|vv|số|St)\.$")
_LONGEST_ABBREVIATION = 6  # characters, with the blank before it and the dot


def normalize(text: str) -> str:
    """NFC with the tone mark on the first vowel of open oa, oe, uy ("hoà" -> "hòa"), as most papers write it."""
    # Marks are split off, so one rule covers every tone; NFC then joins them again.
    decomposed = unicodedata.normalize("NFD", text)
    if any(tone in decomposed for tone in _TONES):
        decomposed = _OPEN_DIPHTHONG.sub(r"\1\3\2", _AFTER_Q.sub(r"\1\3\2", decomposed))
    return unicodedata.normalize("NFC", decomposed)


@cache
def _fold_table() -> dict[int, str]:
    table = dict.fromkeys(map(ord, "đĐ"), "d") | dict.fromkeys(map(ord, "‐‑‒–—―−"), "-")
    for code in [*range(0xC0, 0x250), *range(0x1E00, 0x1F00)]:
        base = "".join(c for c in unicodedata.normalize("NFD", chr(code)) if not unicodedata.combining(c))
        if base and base != chr(code):
            table[code] = base.lower()
    return table


def fold(text: str) -> str:
    """Lower case without any mark, đ -> d, every dash a hyphen. NFC input keeps its length, so spans stay true."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_fold_table())
    return text.lower()


def has_accents(text: str) -> bool:
    """True when the text holds any Vietnamese mark or đ."""
    return not text.isascii() and any(ord(c) in _fold_table() and c.isalpha() for c in unicodedata.normalize("NFC", text))


def syllables(text: str) -> list[str]:
    """Lower-case syllables and numbers as written, marks kept: "HTX Hoà Bình: 1,5 tỷ" -> htx hòa bình 1,5 tỷ."""
    return TOKEN.findall(normalize(text).lower())


def canonical_number(token: str) -> str:
    """One spelling of a number token: 08 -> 8, 1.234,5 -> 1234.5, 1,5 -> 1.5; other tokens unchanged."""
    if not token[:1].isdigit():
        return token
    if _GROUPED.match(token):
        token = token.replace(".", "")
    token = token.replace(",", ".")
    whole, dot, rest = token.partition(".")
    whole = whole.lstrip("0") or "0"
    rest = rest.rstrip("0") if rest.isdigit() else rest
    return f"{whole}.{rest}" if dot and rest else whole


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans of sentences and of semicolon parts; abbreviations such as "TP." end none."""
    cuts = [
        # The semicolon, and marks that close the sentence (." .) .**), are its last characters.
        (m.start() + len(m.group().rstrip()), m.end())
        for m in _SENTENCE_END.finditer(text)
        if not _ABBREVIATED.search(text, max(0, m.start() - _LONGEST_ABBREVIATION), m.start())
    ]
    spans: list[tuple[int, int]] = []
    start = 0
    for end, following in [*cuts, (len(text), len(text))]:
        piece = text[start:end]
        if piece.strip().strip("; "):
            spans.append((start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())))
        start = following
    return spans


def words(text: str) -> int:
    """Number of blank-separated words, the measure of an answer's length."""
    return len(text.split())


def slug(text: str) -> str:
    """ASCII, lower case, hyphens: safe in addresses and file names."""
    return re.sub(r"[^a-z0-9]+", "-", fold(text)).strip("-")
