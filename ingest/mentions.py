"""Mentions: the document numbers that paragraphs name, with the date, issuer and title written beside them."""

import re

from knowledge import lawnumbers, numbers
from knowledge.model import Mention, Paragraph
from knowledge.text import UPPER

_REACH = 160  # characters after a number in which its date, issuer and title stand
_DATED = re.compile(r"^[\W]{0,3}(?:ngày\s[^;.]{4,26}?(?=\s?,?\scủa\s|[,;:.)]|\s(?:về|quy|sửa|ban|phê|hướng)\s|$))?")
_BEFORE_DATE = re.compile(r"^[\s,(]*(?:(?:được |đã )?(?:ban hành|ký|đề)\s)?(?:ngày\s)?$")
_NAME = rf"(?:\s(?:tỉnh|huyện|thành phố|thị xã|Việt Nam))*(?:\s(?!Quy|Về)[{UPPER}]\w*){{0,3}}"
_FIELDS = (
    "Kế hoạch và Đầu tư|Tài chính|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và Môi trường|Công Thương|Khoa học và Công nghệ|Tài nguyên và Môi trường|"
    "Lao động ?[-–,]? ?Thương binh và Xã hội|Nội vụ|Tư pháp|Y tế|Giáo dục và Đào tạo|Xây dựng|Giao thông vận tải|Thông tin và Truyền thông|"
    "Văn hóa, Thể thao và Du lịch"
)
_VERB = r"về|quy định|hướng dẫn|sửa đổi|ban hành|phê duyệt|đã|được|là|để|theo|có|từ|đến|trong|tại|nhằm|và (?:các|về|Nghị|Thông tư|Quyết|Công văn|Kế hoạch số)"
_ISSUER = re.compile(
    r"^[\s,]*của\s((?:Thủ tướng )?Chính phủ|(?:Ủy ban Thường vụ )?Quốc hội|Bộ [Cc]hính trị|Ban Bí thư(?: Trung ương)?(?: Đảng)?|"
    r"Ban Chấp hành (?:Trung ương(?: Đảng)?|Đảng bộ)|Ban Thường vụ (?:Tỉnh|Huyện|Thành|Thị) ủy|(?:Tỉnh|Huyện|Thành|Thị) ủy"
    rf"|(?:HĐND|UBND|Hội đồng nhân dân|Ủy ban nhân dân|Liên minh (?:HTX|[Hh]ợp tác xã)){_NAME}"
    rf"|(?:Bộ|Sở) (?:{_FIELDS})(?:{_NAME})"
    rf"|(?:Bộ|Sở|Cục|Tổng cục|Ngân hàng) [{UPPER}][^,;:.()“]{{2,60}}?(?=\s(?:{_VERB})(?!\w)|[,;:.()“]|$))(?!\w)"
)
_TITLE = re.compile(r"^[\s,:“\"]*((?:về việc|về|quy định|sửa đổi|ban hành|phê duyệt|hướng dẫn)\b[^;.]{8,200})")


def mentions(paragraphs: list[Paragraph]) -> list[Mention]:
    """All mentions in order of the paper."""
    found = []
    for p in paragraphs:
        for number in lawnumbers.find(p.clean):
            after = p.clean[number.span[1] : number.span[1] + _REACH]
            cut = re.search(r"[;]|\.\s", after)
            after = after[: cut.start()] if cut else after
            date = next((d for d in numbers.dates(after[:60]) if d.year and d.day and _BEFORE_DATE.match(after[: d.span[0]])), None)
            rest = after[_DATED.match(after).end() :]  # type: ignore[union-attr]  # the pattern may match nothing, so it always matches
            issuer = _ISSUER.match(rest)
            title = _TITLE.match(rest[issuer.end() :] if issuer else rest)
            found.append(
                Mention(
                    anchor=p.anchor,
                    number=number,
                    issued_on=f"{date.year}-{date.month:02d}-{date.day:02d}" if date else "",
                    issuer=issuer[1].strip() if issuer else "",
                    title=title[1].strip() if title else "",
                )
            )
    return found
