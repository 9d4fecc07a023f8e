"""Strange: what a sentence names that its paragraphs do not - links, quotations, periods, persons and offices, articles, laws, places."""

import re
import unicodedata
from collections.abc import Sequence

from bot.llm.naming import masked
from bot.llm.reach import Ground, holds, plain
from bot.llm.wording import references
from knowledge import catalogue, lawnumbers, numbers, places
from knowledge.model import Document
from knowledge.text import UPPER, fold, normalize

_LINK = re.compile(r"https?://|www\.|\]\(|<\s*a\b|\S@\S|\b[\w-]+\.(?:com|vn|net|org|gov|info|io|example|edu)\b", re.IGNORECASE)
_QUOTED = re.compile(r"[“\"«]([^”\"»]{3,})[”\"»]")
_SPAN = re.compile(r"(?<!\d)(?:19|20)\d\d\s*[-–]\s*(?:19|20)\d\d(?!\d)")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TWO_YEARS = re.compile(r"\b((?:19|20)\d\d)[\s,;]*(?:và\s)?(?:năm\s)?((?:19|20)\d\d)\b")
_RATIO = re.compile(r"(?<![\d/])\d[\d.]*\s?/\s?\d[\d.]*(?![\d/])")
_DOUBLE = re.compile(r"\b(?:không|chưa)\s+(?:được\s+)?(?:không|chưa)\b", re.IGNORECASE)
_SIGN = re.compile(r"[^A-Za-z0-9 ]")
_MARKS = frozenset(".,;:()“”\"'’‘%/–—-…")
_FIGURE_AFTER = re.compile(r"\s?(\d[\d.,]*\d|\d)")
_FIGURE_BEFORE = re.compile(r"(\d[\d.,]*\d|\d)\s?$")
_MINUS = re.compile(r"(?<![\w.,)–-])[-–]\d[\d.,]*|(?<=\()[-–]\s?\d[\d.,]*")
_ORGANISATION = re.compile(
    r"(?:Sở|Phòng|Ban|Bộ|Cục|Chi cục|Hội|Liên minh|Ngân hàng|Trung tâm|Trường|Quỹ|Công ty|UBND|HĐND|Ủy ban|Hội đồng|HTX|Hợp tác xã|QTDND)\s"
)
_LEGAL = re.compile(r"(?:Luật|Nghị|Quyết|Thông|Kế|Báo|Chỉ|Kết)\b")  # what a document number is of: the catalogue knows it
NAME = re.compile(rf"(?:\b{_ORGANISATION.pattern})?[{UPPER}]\w+(?:\s(?:và\s|-\s)?[{UPPER}]\w+)+|\b(?:Sở|Phòng|Bộ|Cục|Chi cục|Liên minh|HTX)\s[{UPPER}]\w+")
_SHORT_FORMS = (("htx", "hợp tác xã"), ("ubnd", "ủy ban nhân dân"), ("hđnd", "hội đồng nhân dân"), ("qtdnd", "quỹ tín dụng nhân dân"))


def strange(text: str, grounds: Sequence[Ground]) -> list[str]:
    """Links, quotations, periods, names, references and laws of the sentence that stand in none of its paragraphs."""
    evidence = [plain(f"{g.text} | {g.above} | {g.document.title} | {g.document.issuer} | {g.document.number}") for g in grounds]
    missing = [m.group() for m in _LINK.finditer(text) if not any(plain(m.group()) in e for e in evidence)]
    missing += [q for q in _QUOTED.findall(text) if not any(plain(q).strip(" .,;:…") in e for e in evidence)]
    missing += [m.group() for m in _DOUBLE.finditer(text)]
    missing += _signs(text, grounds)
    spans = {re.sub(r"\s", "", m.group()).replace("–", "-") for e in evidence for m in _SPAN.finditer(e)}
    spans |= {f"{first}-{last}" for g in grounds if g.document.period for first, last in [g.document.period] if first < last}
    missing += [m.group() for m in _SPAN.finditer(text) if re.sub(r"\s", "", m.group()).replace("–", "-") not in spans]
    pairs = {m.groups() for e in evidence for m in _TWO_YEARS.finditer(e)}
    missing += [m.group() for m in _TWO_YEARS.finditer(plain(text)) if m.groups() not in pairs and not _SPAN.search(m.group())]
    ratios = {re.sub(r"\s", "", m.group()) for e in evidence for m in _RATIO.finditer(e)}
    missing += [m.group() for m in _RATIO.finditer(text) if re.sub(r"\s", "", m.group()) not in ratios and not _dated(text, m.start())]
    missing += [said for g in grounds for said in _other_title(text, g.document)]
    labels = " | ".join(f"khoản {label} | điểm {label}" for g in grounds if (label := g.paragraph.label.strip(" .)")))
    refers = fold(" | ".join([*evidence, labels]))
    missing += [r for r in references(text) if not holds(refers, r)]
    known = {row.name for g in grounds for row in catalogue.look_up(f"{g.text} {g.above} {g.document.number}")}
    missing += [row.name for row in catalogue.look_up(text) if row.name not in known and row.national]
    unnamed = masked(text, [(g.document, g.paragraph) for g in grounds])
    return missing + [name for name in names_in(unnamed) if not _is_named(name, evidence)]


def places_wrong(text: str, grounds: Sequence[Ground]) -> list[str]:
    """Places named that no paragraph is of or names itself; and silence on which of several places is meant."""
    local = [g for g in grounds if g.document.place.level != "country"]
    named = [m.place.name for m in places.find(text, tuple(g.document.place for g in local))]
    of_papers = {fold(g.document.place.name) for g in local}
    told = of_papers & {fold(n) for n in named}
    stated = plain(" | ".join(f"{g.text} {g.above}" for g in grounds))
    wrong = [n for n in named if fold(n) not in of_papers and not holds(stated, plain(n)) and not told]
    return [*wrong, "nơi (các đoạn dẫn là của nhiều nơi)"] if len(of_papers) > 1 and not told else wrong


def _signs(text: str, grounds: Sequence[Ground]) -> list[str]:
    """Characters that are no letters, digits or common marks and that the evidence has not, for a figure beside the same figure: "≥", "→", "🚫"."""
    evidence = normalize(" ".join(f"{g.text} {g.above} {g.document.title} {g.document.issuer} {g.document.number}" for g in grounds))
    tight = re.sub(r"\s", "", evidence)
    missing = []
    for m in _SIGN.finditer(text):
        sign = m.group()
        if sign in _MARKS or (sign.isalpha() and unicodedata.name(sign, "").startswith("LATIN")):
            continue
        figure = _FIGURE_AFTER.match(text, m.end()), _FIGURE_BEFORE.search(text[max(0, m.start() - 20) : m.start()])
        forms = [f"{sign}{figure[0][1]}"] if figure[0] else [f"{figure[1][1]}{sign}"] if figure[1] else [sign]
        if unicodedata.category(sign)[0] == "C" or any(form not in tight for form in forms):
            missing.append(f"ký hiệu {sign if sign.isprintable() else ascii(sign)}")
    below_zero = {re.sub(r"\s", "", m.group()) for m in _MINUS.finditer(evidence)}
    return missing + [f"ký hiệu {m.group()}" for m in _MINUS.finditer(text) if re.sub(r"\s", "", m.group()) not in below_zero]


def _dated(text: str, at: int) -> bool:
    """True inside a day or a document number."""
    return any(a <= at < b for a, b in [d.span for d in numbers.dates(text)] + [n.span for n in lawnumbers.find(text)])


def _other_title(text: str, document: Document) -> list[str]:
    """The paper's title said with other years than its own."""
    if not _YEAR.search(document.title):
        return []
    pattern = _YEAR.sub(r"(?:19|20)\\d\\d", re.escape(normalize(document.title)).replace("\\-", "-"))
    return [m.group() for m in re.finditer(pattern, text, re.IGNORECASE) if plain(m.group()) != plain(document.title)]


def names_in(text: str) -> list[str]:
    """Names written large; the first word of a sentence is written large for another reason."""
    found = []
    for m in NAME.finditer(text):
        opens = not re.search(r"\w", text[: m.start()]) or re.search(r"[.!?:]\s*$", text[: m.start()])
        name = m.group().partition(" ")[2] if opens and not _ORGANISATION.match(m.group()) else m.group()
        if (" " in name or not opens) and not _LEGAL.match(name):
            found.append(name)
    return found


def _is_named(name: str, evidence: Sequence[str]) -> bool:
    """True when a name stands in the evidence as written; abbreviations of what it is may be written out."""
    forms = [plain(name)]
    for short, full in _SHORT_FORMS:
        forms += [f.replace(short, full) for f in forms] + [f.replace(full, short) for f in forms]
    if any(holds(e, f) for e in evidence for f in forms):
        return True
    parts = name.split(" và ")
    return len(parts) > 1 and all(_is_named(part, evidence) for part in parts)
