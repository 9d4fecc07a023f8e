"""Document numbers (số ký hiệu): 08/2019/NQ-HĐND, 20-NQ/TW, 17/2023/QH15, 151/KH-UBND, typed with or without accents.

The parts of a number and their order are set by the decree on clerical work (30/2020/NĐ-CP, phụ lục I) and, for the Party's
papers, by its own guide (36-HD/VPTW); hyphens and slashes are often lost in papers, so both are read loosely.
"""

import re
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
_STATE = re.compile(
    r"(?<![\w/.,])(?P<n>\d{1,5})\s?/\s?(?:(?P<y>(?:19|20)\d\d)\s?/\s?)?"
    rf"(?P<rest>qh\d{{1,2}}|(?:{_CODES})\s?[-/]?\s?(?:ubnd|hdnd|cp|ttg|tw|hu|tu|lm\w*|b[a-z]{{2,}}|nhnn|bch|ubtvqh\d*|ct|vp\w*)(?:-\w+)*"
    r"|(?:ubnd|hdnd|skhdt|s[a-z]{2,7}|b[a-z]{2,10}|lm\w*|vp\w*|ttg|tlt)\s?-\s?[a-z]+)(?!\w)"
)
_PARTY = re.compile(rf"(?<![\w/.,])(?P<n>\d{{1,4}})\s?-\s?(?P<code>{_CODES})\s?/\s?(?P<issuer>[a-z]+)(?!\w)")
_SHORT = re.compile(
    rf"\b(?P<word>{'|'.join(_WORDS)}|{_CODES})\s(?:so\s)?(?P<n>\d{{1,5}})(?:\s?/\s?(?P<y>(?:19|20)\d\d)|(?=\s|[,.;:)?]|$))(?!\s?/|\s?-\s?[a-z]{{2}}|\d)"
)


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
        return not self.issuer and self.kind != "law"

    def matches(self, other: "LawNumber") -> bool:
        """Same number; parts that one of them does not write do not count against it."""
        return (
            self.number == other.number
            and (not self.year or not other.year or self.year == other.year)
            and (not self.kind or not other.kind or self.kind == other.kind)
            and (not self.issuer or not other.issuer or self.issuer == other.issuer)
        )


_ACCENTED = {
    "hdnd": "HĐND", "nd": "NĐ", "qd": "QĐ", "ttg": "TTg", "skhdt": "SKHĐT", "bkhdt": "BKHĐT", "bldtbxh": "BLĐTBXH", "da": "ĐA",
    "dkkd": "ĐKKD", "ctr": "Ctr", "bgddt": "BGDĐT", "cd": "CĐ",
}  # fmt: skip


def _accent(folded: str, written: str) -> str:
    """Upper case; the letters đ come from the text where it has them, else from the list of known codes."""
    if "đ" in written.lower():
        return written.upper().replace("TTG", "TTg").replace("CTR", "Ctr")
    return "".join(_ACCENTED.get(part, part.upper()) for part in re.split(r"([^a-z0-9]+)", folded))


def find(text: str) -> list[LawNumber]:
    """All document numbers in order. Full forms first; "Nghị quyết 401" and "nghị định 98/2018" count as partial ones."""
    folded = fold(text)
    found: list[LawNumber] = []
    for m in _STATE.finditer(folded):
        rest = re.sub(r"\s", "", m["rest"])
        head = re.match(rf"qh|(?:{_CODES})(?=[-/]|ubnd|hdnd|cp|ttg|tw|hu|tu|lm|b[a-z]{{2,}}|nhnn|ubtvqh)", rest)
        code = head.group() if head else ""
        kind = KINDS[code][0] if code else "letter"
        issuer = rest if code in {"", "qh"} else rest[len(code) :].lstrip("-/")
        written = re.sub(r"\s", "", text[m.start("rest") : m.end("rest")])
        shown = _accent(rest, written)
        if code not in {"", "qh"} and not re.match(r"[-/]", rest[len(code) :]):
            shown = f"{shown[: len(code)]}-{shown[len(code) :]}"
        year = int(m["y"] or 0)
        number = m["n"] if len(m["n"]) > 1 else f"0{m['n']}"
        found.append(LawNumber(int(m["n"]), year, kind, issuer, f"{number}/{f'{year}/' if year else ''}{shown}", m.span()))
    for m in _PARTY.finditer(folded):
        if not any(a.span[0] <= m.start() < a.span[1] for a in found):
            shown = f"{m['n']}-{_accent(m['code'], text[m.start('code') : m.end('code')])}/{m['issuer'].upper()}"
            found.append(LawNumber(int(m["n"]), 0, KINDS[m["code"]][0], m["issuer"], shown, m.span()))
    for m in _SHORT.finditer(folded):
        if not any(a.span[0] < m.end() and m.start() < a.span[1] for a in found):
            word = m["word"]
            kind = _WORDS.get(word) or KINDS[word][0]
            number, year = int(m["n"]), int(m["y"] or 0)
            if kind == "law" or (word in KINDS and not year and word in {"l", "tt", "hd", "da", "ct", "cd"}):
                continue
            said = re.search(r"\bso\s$", folded[: m.start("n")])
            if not year and not said and (kind in {"programme", "plan", "report", "scheme"} or 1900 < number < 2100):
                continue
            if not year and re.match(r"\s(?:nam|thang|htx|hop|trieu|ty)\b", folded[m.end("n") :]):
                continue
            canonical = f"{m['n']}/{year}" if year else m["n"]
            found.append(LawNumber(number, year, kind, "", canonical, (m.start("n"), m.end("y") if year else m.end("n"))))
    return sorted(found, key=lambda a: a.span)


def kind_word(kind: str) -> str:
    """The Vietnamese word of a kind ("resolution" -> "Nghị quyết"); "Văn bản" when unknown."""
    return next((word for k, word in KINDS.values() if k == kind), "Văn bản")


def kind_of(title: str) -> str:
    """The kind that a title or a heading begins with ("KẾ HOẠCH Phát triển …" -> plan), "" when none."""
    folded = fold(title).strip(" *#")
    return next((kind for word, kind in _WORDS.items() if folded.startswith(word)), "")
