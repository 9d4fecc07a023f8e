"""Clean a paragraph for search and answers: marks, loops and known slips of character recognition. The source text stays."""

import re

from knowledge.text import normalize

_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")  # soft hyphens and marks of no width, left over from word processors
_EMPHASIS = re.compile(r"\\?[*`]+|\\?_+(?!\w)|(?<!\w)\\?_+|</?(?:sub|sup|b|i|u|br)\s*/?>|^[#>\s]+|\\(?=[*#_-])")
_LOOP = re.compile(r"\b([^\W\d]+)(?:\s+\1\b){2,}", re.IGNORECASE)
_DOUBLE = re.compile(r"\b(các|những|của|và|số|trồng|sản phẩm|kinh tế)\s+\1\b", re.IGNORECASE)
_SPACE = re.compile(r"\s+")
_SPACE_BEFORE = re.compile(r"\s+([,;:.!?)%])(?=\s|$|[,;:.])")
# Slips that recur in recognised Vietnamese papers and have one reading only.
_SLIPS = {
    r"\bHXT\b": "HTX", r"\bTHX\b": "HTX", r"\btiêu thủ công\b": "tiểu thủ công", r"\bTiêu thủ công\b": "Tiểu thủ công",
    r"\bđiểm hình\b": "điển hình", r"\bĐiểm hình\b": "Điển hình", r"\b[Pp]h[ầâả]n đ[ầâấ]u(?= (?:đến|có|thành|hoàn|đạt|tăng|giảm|hết|trên))":
    "phấn đấu", r"\bnhệm vụ\b": "nhiệm vụ", r"\bquặng lý\b": "quản lý", r"\bhội trợ triển lãm\b": "hội chợ triển lãm",
    r"\bpháp triển\b": "phát triển", r"\bnhàn chung\b": "nhìn chung", r"\bbố chí\b": "bố trí", r"\btiên bộ khoa học\b": "tiến bộ khoa học",
}  # fmt: skip
_SLIP_PATTERNS = tuple((re.compile(pattern), right) for pattern, right in _SLIPS.items())


def strip_marks(text: str) -> str:
    """The text without emphasis and heading marks, white space folded."""
    return _SPACE.sub(" ", _EMPHASIS.sub("", _INVISIBLE.sub("", text))).strip()


def clean(text: str) -> str:
    """NFC, one tone-mark style, no marks, no loops ("trồng trồng trồng"), known slips mended."""
    text = normalize(strip_marks(text))
    text = _LOOP.sub(r"\1", text)
    text = _DOUBLE.sub(r"\1", text)
    for pattern, right in _SLIP_PATTERNS:
        text = pattern.sub(right, text)
    return _SPACE_BEFORE.sub(r"\1", text).strip()
