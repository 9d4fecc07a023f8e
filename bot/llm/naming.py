"""Naming: how a sentence names the paper that it cites - what of it needs no looking up in the paragraph."""

import re
from collections.abc import Sequence
from functools import lru_cache

from bot.draft import Source
from bot.phrase import place_label
from knowledge import lawnumbers, numbers
from knowledge.model import Document
from knowledge.text import normalize

_ISSUED = re.compile(r"\b(?:(?:được )?(?:ban hành|ký)\s)?(?:(?:vào )?ngày\s)?$", re.IGNORECASE)
_LAW_OF_YEAR = re.compile(r"\bLuật (?:Hợp tác xã |HTX )?(?:năm )?(?:19|20)\d\d\b")
_KIND = re.compile(
    r"\b(?:Luật|Nghị định|Nghị quyết|Quyết định|Thông tư|Kế hoạch|Báo cáo|Chỉ thị|Kết luận)(?:\s(?:Hợp tác xã|HTX))?(?:\s(?:năm|số))?\s$", re.IGNORECASE
)


def masked(text: str, sources: Sequence[Source]) -> str:
    """The sentence with what only names the cited paper blanked, lengths kept."""
    for document, paragraph in sources:
        if document.kind == "law" and document.issued_on and not _LAW_OF_YEAR.search(paragraph.clean):  # where laws are set side by side none goes unsaid
            text = re.sub(rf"\bLuật (?:Hợp tác xã |HTX )?(?:năm )?{document.issued_on[:4]}\b", lambda m: " " * len(m.group()), text)
        for names in (_self_words(document), _subject(document)):
            text = names.sub(lambda m: " " * len(m.group()), text)
        own = {n.key for n in lawnumbers.find(document.number)}
        spans = [(_from_kind(text, n.span[0]), n.span[1]) for n in lawnumbers.find(text) if n.key in own]
        if document.issued_on:
            year, month, day = (int(part) for part in [*document.issued_on.split("-"), "0", "0"][:3])
            for date in [d for d in numbers.dates(text) if (d.year, d.month, d.day) == (year, month, day)]:
                issued = _ISSUED.search(text, 0, date.span[0])
                spans.append((issued.start() if issued else date.span[0], date.span[1]))
        for start, end in spans:
            text = text[:start] + " " * (end - start) + text[end:]
    return text


@lru_cache(maxsize=256)
def _self_words(document: Document) -> re.Pattern[str]:
    """How a paper is named in a sentence: its place, issuer, title and label, longest first."""
    place = document.place
    level = r"(?:(?:tỉnh|huyện|thành phố|tp\.?|thị xã|địa bàn)\s+)?"
    forms = [re.escape(form) for form in (document.title, document.issuer, document.issuer.replace("Ủy ban nhân dân", "UBND"), place_label(document)) if form]
    if place.level != "country":
        parent = rf"(?:\s*[,(]?\s*{level}{re.escape(place.parent)}\)?)?" if place.parent else ""
        forms += [rf"(?:UBND\s+)?{level}{re.escape(place.name)}{parent}"]
    return re.compile("|".join(rf"(?<!\w){normalize(form)}(?!\w)" for form in sorted(forms, key=len, reverse=True)), re.IGNORECASE)


@lru_cache(maxsize=256)
def _subject(document: Document) -> re.Pattern[str]:
    """The paper's own place as the one who acts or is spoken of: "Huyện còn kiến nghị", "trong tỉnh"."""
    level = {"province": "tỉnh", "district": "huyện|thành phố|thị xã"}.get(document.place.level, "(?!)")
    return re.compile(rf"(?:^|(?<=[.,;:] )|(?<=\b(?:ở) )|(?<=\btại )|(?<=\btrong ))(?:{level})\b", re.IGNORECASE)


def _from_kind(text: str, number: int) -> int:
    """Where the words begin that say what a document number is of ("Luật Hợp tác xã số ")."""
    before = _KIND.search(text, 0, number)
    return before.start() if before else number
