"""Mentions: the document numbers that paragraphs name, with the date, issuer and title written beside them."""

import re

from knowledge import lawnumbers, numbers
from knowledge.model import Mention, Paragraph
from knowledge.text import UPPER

_REACH = 160  # characters after a number in which its date, issuer and title stand
_ISSUER = re.compile(
    rf"^\W{{0,3}}(?:ngày [^;.]{{4,26}}?)?\s*,?\s*của ((?:{'|'.join(['Chính phủ', 'Thủ tướng Chính phủ', 'Quốc hội', 'Bộ Chính trị', 'Bộ chính trị', 'Ban Bí thư[^;,.]*?', 'Ban Chấp hành [^;,.]*?', 'Ban Thường vụ [^;,.]*?'])})"
    rf"(?=\W|$)|(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Tỉnh ủy|Huyện ủy|Bộ|Sở)(?:\s(?:tỉnh|huyện|thành phố|và)|\s[{UPPER}]\w*){{0,7}})"
)
_TITLE = re.compile(r"\b(?:về việc|về|quy định|sửa đổi|ban hành|phê duyệt|hướng dẫn)\b[^;.]{8,200}")


def mentions(paragraphs: list[Paragraph]) -> list[Mention]:
    """All mentions in order of the paper."""
    found = []
    for p in paragraphs:
        for number in lawnumbers.find(p.clean):
            after = p.clean[number.span[1] : number.span[1] + _REACH]
            cut = re.search(r"[;]|\.\s", after)
            after = after[: cut.start()] if cut else after
            date = next((d for d in numbers.dates(after[:40]) if d.year and d.day), None)
            issuer = _ISSUER.match(after)
            title = _TITLE.search(after)
            found.append(
                Mention(
                    anchor=p.anchor,
                    number=number,
                    issued_on=f"{date.year}-{date.month:02d}-{date.day:02d}" if date else "",
                    issuer=issuer[1].strip() if issuer else "",
                    title=title.group().strip() if title else "",
                )
            )
    return found
