"""Document numbers (số ký hiệu): 08/2019/NQ-HĐND, 20-NQ/TW, 17/2023/QH15, 151/KH-UBND, typed with or without accents.

The parts of a number and their order are set by the decree on clerical work (30/2020/NĐ-CP, phụ lục I) and, for the Party's
papers, by its own guide (36-HD/VPTW); hyphens and slashes are often lost in papers, so both are read loosely.
"""

import re
import unicodedata
from dataclasses import dataclass

from knowledge.text import fold

# Folded kind code -> (kind, Vietnamese word of the kind)
KINDS = {
    "nq": ("resolution", "Nghị quyết"), "nd": ("decree", "Nghị định"), "qd": ("decision", "Quyết định"),
    "tt": ("circular", "Thông tư"), "ttlt": ("circular", "Thông tư liên tịch"), "ct": ("directive", "Chỉ thị"),
    "kh": ("plan", "Kế hoạch"), "bc": ("report", "Báo cáo"), "kl": ("conclusion", "Kết luận"), "tb": ("notice", "Thông báo"),
    "ctr": ("programme", "Chương trình"), "cv": ("letter", "Công văn"), "hd": ("guidance", "Hướng dẫn"), "qh": ("law", "Luật"),
    "da": ("scheme", "Đề án"), "ttr": ("submission", "Tờ trình"), "l": ("law", "Luật"), "cd": ("telegram", "Công điện"),
}  # fmt: skip
_WORDS = {
    "nghi quyet": "resolution", "nghi dinh": "decree", "quyet dinh": "decision", "thong tu": "circular", "chi thi": "directive",
    "ke hoach": "plan", "bao cao": "report", "ket luan": "conclusion", "thong bao": "notice", "chuong trinh": "programme",
    "cong van": "letter", "huong dan": "guidance", "luat": "law", "de an": "scheme", "to trinh": "submission", "cong dien": "telegram",
    "resolution": "resolution", "decree": "decree", "decision": "decision", "circular": "circular", "directive": "directive",
    "law": "law", "conclusion": "conclusion",
}  # fmt: skip
_CODES = "|".join(sorted(KINDS, key=len, reverse=True))
_ISSUERS = r"ubnd|hdnd|cp|ttg|tw|hu|tu|lm\w*|b[a-z]{2,}|nhnn|bch|ubtvqh\d*|ct|vp\w*"
_OFFICES = r"ubnd|hdnd|skhdt|s[a-z]{2,7}|b[a-z]{2,10}|lm\w*|vp\w*|ttg|tlt"
_STATE = re.compile(
    r"(?:(?<![\w/.,])|(?<=\bso)|(?<=\bnq)|(?<=\bnd)|(?<=\bqd)|(?<=\btt)|(?<=\bkh))(?P<n>\d{1,5})"
    rf"(?:\s?/\s?(?:(?P<y>(?:19|20)\d\d)\s?/\s?)?|\s(?=(?:{_CODES})-[a-z]))"
    rf"(?P<rest>(?:ubtv)?qh\d{{1,2}}|(?:{_CODES})-[a-z]{{2,}}(?:-\w+)*|(?:{_CODES})\s?[-/]?\s?(?:{_ISSUERS})(?:-\w+)*|(?:{_OFFICES})\s?-\s?[a-z]+)(?!\w)"
)
_PARTY = re.compile(
    rf"(?<![\w/.,])(?P<n>\d{{1,4}})(?:\s?-\s?(?P<code>{_CODES})\s?/\s?(?P<issuer>[a-z]+)|\s(?P<code2>{_CODES})\s?/\s?(?P<issuer2>tw|tu|hu))(?!\w)"
)
_PLAIN_WORDS = "|".join(word.replace(" ", r"\s+") for word in _WORDS)
_SHORT = re.compile(
    rf"\b(?:(?P<word>{_PLAIN_WORDS}|{_CODES})(?:\s+|(?<=[a-z])-(?=\d+/))(?:(?P<said>so|no\.?)\s?:?\s?)?|(?P<glued>nq|nd|qd|kl)(?=\d))(?P<n>\d{{1,5}})"
    r"(?:\s?/\s?(?P<y>(?:19|20)\d\d)|(?P<spoken>\s+nam\s+(?P<y2>(?:19|20)\d\d)(?!\s?-))|(?=[\s,.;:)?!\]”\"]|$))(?!\s?/|\s?-\s?[a-z]{2}|\d|[.,]\d)"
)
# What follows when the number counts something ("kế hoạch 5 năm", "quyết định 3 nội dung") or a session ("nghị quyết 5 khóa IX").
_COUNTS = re.compile(
    r"\s(?:nam|thang|ngay(?!\s\d)|lan|htx|tht|hop|to|trieu|ty|dong|thanh vien|nguoi|noi dung|van de|nhiem vu|chi tieu|muc tieu|giai phap|du an|mo hinh|don vi"
    r"|ca nhan|van ban|khoa|%)(?!\w)"
)
_ACCENTS = re.compile(r"[^\W\d_a-zđư]")  # letters of words; codes bear no marks but đ and ư


@dataclass(frozen=True)
class LawNumber:
    """One number as found. `canonical` is upper case with đ restored where known; empty parts were not written.

    `key` is what two spellings of one number share: folded, without hyphens ("8/2019/nqhdnd").
    """

    number: int
    year: int
    kind: str
    issuer: str
    canonical: str
    span: tuple[int, int]

    @property
    def key(self) -> str:
        return re.sub(r"[^a-z0-9/]", "", fold(self.canonical)).lstrip("0")

    @property
    def partial(self) -> bool:
        """True for "Nghị quyết 401": a kind and a number, the rest not written."""
        return not self.issuer

    def matches(self, other: "LawNumber") -> bool:
        """Same number; parts that one of them does not write do not count against it."""
        return (
            self.number == other.number
            and (not self.year or not other.year or self.year == other.year)
            # The National Assembly's laws and resolutions share one form, so the bare number does not tell which.
            and (not self.kind or not other.kind or self.kind == other.kind or (self.issuer == other.issuer and self.issuer.startswith("qh")))
            and (not self.issuer or not other.issuer or self.issuer == other.issuer)
        )


_ACCENTED = {
    "hdnd": "HĐND", "nd": "NĐ", "qd": "QĐ", "ttg": "TTg", "skhdt": "SKHĐT", "bkhdt": "BKHĐT", "bldtbxh": "BLĐTBXH", "da": "ĐA",
    "dkkd": "ĐKKD", "ctr": "Ctr", "ttr": "TTr", "bgddt": "BGDĐT", "cd": "CĐ",
}  # fmt: skip


def _accent(folded: str, written: str) -> str:
    """Upper case; the letters đ come from the text where it has them, else from the list of known codes."""
    if "đ" in written.lower():
        return re.sub("[‐-―−]", "-", written.upper()).replace("TTG", "TTg").replace("CTR", "Ctr").replace("TTR", "TTr")
    return "".join(_ACCENTED.get(part, part.upper()) for part in re.split(r"([^a-z0-9]+)", folded))


def find(text: str) -> list[LawNumber]:
    """All document numbers in order. Full forms first; "Nghị quyết 401" and "nghị định 98/2018" count as partial ones."""
    text = re.sub(r"(?<=[-/])TƯ(?!\w)", "TW", unicodedata.normalize("NFC", text))
    folded = fold(text)
    found: list[LawNumber] = []
    for pattern, read in ((_STATE, _state), (_PARTY, _party), (_SHORT, _short)):
        for m in pattern.finditer(folded):
            if not any(a.span[0] < m.end() and m.start() < a.span[1] for a in found):
                number = read(m, text, folded)
                if number is not None:
                    found.append(number)
    return sorted(found, key=lambda a: a.span)


def _state(m: re.Match[str], text: str, folded: str) -> LawNumber | None:
    written = text[m.start("rest") : m.end("rest")]
    if _ACCENTS.search(written.lower()) or (written.islower() and re.match(rf"(?:{_OFFICES})\s", written)):  # "10/bao - ngay": words
        return None
    rest = re.sub(r"\s", "", m["rest"])
    head = re.match(rf"(?:ubtv)?qh|(?:{_CODES})(?=[-/]|{_ISSUERS})", rest)
    code = head.group() if head else ""
    kind = KINDS[code][0] if code in KINDS else "resolution" if code else "letter"
    if code == "qh" and re.search(r"\bnghi quyet (?:so )?:? ?$", folded[: m.start()]):
        kind = "resolution"
    issuer = rest if code not in KINDS or code == "qh" else rest[len(code) :].lstrip("-/")
    shown = _accent(rest, re.sub(r"\s", "", written))
    if issuer != rest and not re.match(r"[-/]", rest[len(code) :]):
        shown = f"{shown[: len(code)]}-{shown[len(code) :]}"
    year = int(m["y"] or 0)
    return LawNumber(int(m["n"]), year, kind, issuer, f"{m['n']:0>2}/{f'{year}/' if year else ''}{shown}", m.span())


def _party(m: re.Match[str], text: str, folded: str) -> LawNumber | None:
    name, issuer = ("code", m["issuer"]) if m["code"] else ("code2", m["issuer2"])
    shown = f"{m['n']}-{_accent(m[name], text[m.start(name) : m.end(name)])}/{issuer.upper()}"
    return LawNumber(int(m["n"]), 0, KINDS[m[name]][0], issuer, shown, m.span())


def _short(m: re.Match[str], text: str, folded: str) -> LawNumber | None:
    word = re.sub(r"\s+", " ", m["word"] or m["glued"])
    kind = _WORDS.get(word) or KINDS[word][0]
    number, year = int(m["n"]), int(m["y"] or m["y2"] or 0)
    end = m.end()
    periodic = kind in {"programme", "plan", "report", "scheme"}  # "kế hoạch 5 năm 2021" is a plan of five years
    if m["spoken"] and (periodic or kind == "law") and not m["said"]:
        return None
    if kind == "law" and (not m["y"] or word not in _WORDS):
        return None
    if not year:
        end = m.end("n")
        if word in {"tt", "hd", "da", "ct", "cd"} or _COUNTS.match(folded, end):
            return None
        if not m["said"] and (periodic or 1900 < number < 2100):
            return None
    return LawNumber(number, year, kind, "", f"{m['n']}/{year}" if year else m["n"], (m.start("n"), end))


def kind_word(kind: str) -> str:
    """The Vietnamese word of a kind ("resolution" -> "Nghị quyết"); "Văn bản" when unknown."""
    return next((word for k, word in KINDS.values() if k == kind), "Văn bản")


def kind_of(title: str) -> str:
    """The kind that a title or a heading begins with ("KẾ HOẠCH Phát triển …" -> plan), "" when none."""
    folded = fold(title).strip(" *#")
    return next((kind for word, kind in _WORDS.items() if folded.startswith(word)), "")
