"""Mutations: right sentences turned wrong, each in one way that a language model may err or lie in."""

import re
from collections.abc import Iterator, Sequence
from itertools import islice

from knowledge import lawnumbers, numbers

PLACES = ("huyện Ba Tơ", "huyện Văn Quan", "thành phố Bắc Kạn", "tỉnh Lai Châu", "tỉnh Bắc Giang")
_NAMES = tuple(p.split(" ", 2 if p.startswith("thành phố") else 1)[-1] for p in PLACES)
_UNITS = (
    (r"\btriệu\b", "tỷ"), (r"\btỷ\b(?! lệ)", "triệu"), (r"%", " triệu đồng"), (r"\bHTX\b", "tổ hợp tác"), (r"\bhợp tác xã\b", "tổ hợp tác"),
    (r"\btổ hợp tác\b", "hợp tác xã"), (r"\bthành viên\b", "lao động"), (r"\blao động\b", "thành viên"), (r"(?<=\d )ngày\b", "tháng"),
    (r"(?<=\d )tháng\b", "năm"), (r"(?<=\d )năm\b(?! \d)", "tháng"), (r"/năm\b", "/tháng"), (r"/tháng\b", "/năm"), (r"\bmỗi năm\b", "mỗi tháng"),
)  # fmt: skip
_FLIPS = (
    (r"\bkhông (?!quá|dưới|chỉ|những|ít|vượt)", ""), (r"\bchưa ", "đã "), (r"\bcó (?=\d)", "không có "), (r"\bđược (?!ban hành)", "không được "),
    (r"\bphải\b", "không phải"), (r"\bcó quyền\b", "không có quyền"), (r"\bhỗ trợ\b", "không hỗ trợ"),
)  # fmt: skip
_STATUS = (
    (r"\bphấn đấu( đến)?\b", "đã"), (r"\bdự kiến\b", "đã"), (r"\bđề nghị\b", "đã"), (r"\bkiến nghị\b", "đã"), (r"\bmục tiêu\b", "kết quả"), (r"\bđã\b", "sẽ"),
    (r"\bước (?=đạt|năm|thực)", "đã "), (r"\bcó thể\b", "phải"), (r"\bđến nay\b", "dự kiến"),
)  # fmt: skip
_BOUNDS = (
    (r"\btối thiểu\b", "tối đa"), (r"\btối đa\b", "tối thiểu"), (r"\bít nhất\b", "nhiều nhất"), (r"\btrên (?=\d)", "dưới "), (r"\bdưới (?=\d)", "trên "),
    (r"\bkhông quá\b", "trên"), (r"\btối đa (?=\d)", ""), (r"\btrước (?=ngày)", "sau "), (r"\btăng\b", "giảm"), (r"\bgiảm\b", "tăng"), (r"\bmới\b", "cũ"),
)  # fmt: skip
_GROUPS = ("tổ hợp tác", "hợp tác xã", "thành viên", "lao động")
_OFFICES = (
    "Sở Tài chính", "Sở Kế hoạch và Đầu tư", "Phòng Tài chính - Kế hoạch", "Phòng Kinh tế và Hạ tầng", "Phòng Nông nghiệp và Phát triển nông thôn",
    "Liên minh HTX tỉnh", "Sở Nông nghiệp và Phát triển nông thôn", "cơ quan thuế", "cơ quan đăng ký kinh doanh", "Hội đồng quản trị",
    "Đại hội thành viên", "Ủy ban nhân dân cấp huyện", "Ủy ban nhân dân cấp xã", "Giám đốc",
)  # fmt: skip

_DENIED_AFTER = (
    ", không còn nữa.",
    ". Không.",
    "; việc này không được.",
    " (không còn áp dụng).",
    ". Quy định này không còn được áp dụng.",
    " hay không.",
    "?",
)
_DENIED_BEFORE = ("Không có:", "Không còn là:", "Chưa có việc này:")
_SIGNS = (("🚫 ", ""), ("", " ❌ 👎"), ("**", "**"), ("| ", " |"), ("", "<!--"))
_BEFORE_A_FIGURE = ("≥", "< ", "≠ ", "−", "-", "~", "②", "\u202e", "不")
_AFTER_A_FIGURE = ("⁵", "×", "½", "\u200b", "\u0336")


def mutations(text: str, evidence: Sequence[str], strange: Sequence[str] = ()) -> Iterator[tuple[str, str]]:
    """Wrong forms of a right sentence as (kind, sentence). `evidence` are texts it rests on, whose other figures and years are put in; `strange`
    are figures of other places."""
    seen = {text}
    for kind, wrong in _all(text, " ".join(evidence), strange):
        if wrong not in seen and wrong.strip():
            seen.add(wrong)
            yield kind, wrong


def _all(text: str, evidence: str, strange: Sequence[str]) -> Iterator[tuple[str, str]]:
    yield from _figures(text, evidence, strange)
    for year, at in numbers.spanned_years(text):
        for new in dict.fromkeys([year + 1, year - 1, *islice((y for y in numbers.years(evidence) if y != year), 3)]):
            yield "year", f"{text[:at]}{new}{text[at + 4 :]}"
    for number in lawnumbers.find(text):
        yield "decree", f"{text[: number.span[0]]}{re.sub(r'[0-9]+', lambda m: str(int(m[0]) + 3), text[slice(*number.span)], count=1)}{text[number.span[1] :]}"
    yield "decree", f"{text.rstrip('.')} theo Nghị định số 217/2025/NĐ-CP."
    for m in re.finditer(r"\b(Điều|khoản) (\d+)\b", text):
        yield "article", f"{text[: m.start(2)]}{int(m[2]) + 2}{text[m.end(2) :]}"
    yield from _names(text, evidence)
    for kind, table in (("unit", _UNITS), ("negation", _FLIPS), ("status", _STATUS), ("bound", _BOUNDS)):
        for pattern, instead in table:
            # Where the paper says it of both, the one may stand for the other.
            if re.search(pattern, text) and not (instead in _GROUPS and instead in evidence.replace("THT", "tổ hợp tác").replace("HTX", "hợp tác xã")):
                yield kind, re.sub(r"\s+", " ", re.sub(pattern, instead, text, count=1))
    yield from (("denied beside", f"{text.rstrip('.')}{end}") for end in _DENIED_AFTER)
    yield from (("denied beside", f"{start} {text}") for start in _DENIED_BEFORE)
    yield from (("sign", f"{start}{text.rstrip('.')}{end}") for start, end in _SIGNS)
    for figure in re.finditer(r"(?<![\w/.,-])\d+(?![\w/.,-])", text):
        yield from (("sign", f"{text[: figure.start()]}{sign}{text[figure.start() :]}") for sign in _BEFORE_A_FIGURE)
        yield from (("sign", f"{text[: figure.end()]}{sign}{text[figure.end() :]}") for sign in _AFTER_A_FIGURE)
    yield "link", f"{text.rstrip('.')} (xem http://htx-ho-tro.example)."
    yield "quotation", f"{text.rstrip('.')}, “được duyệt toàn bộ ngay trong ngày”."


def _figures(text: str, evidence: str, strange: Sequence[str]) -> Iterator[tuple[str, str]]:
    quantities = numbers.quantities(text)
    own = {q.low for q in quantities}
    for q in quantities:
        digits = re.match(r"[\d.,]*\d", text[q.span[0] :])
        if digits is None:
            continue
        old, end = digits.group(), q.span[0] + len(digits.group())
        for new in dict.fromkeys((_other_digit(old, 0), _other_digit(old, -1), f"{old}0" if "," not in old and "." not in old else old)):
            yield "digit", text[: q.span[0]] + new + text[end:]
        swaps = (o for o in numbers.quantities(evidence) if o.low not in own and (o.unit in {"đồng", "%"}) == (q.unit in {"đồng", "%"}))
        for o in islice(swaps, 4):
            other = re.match(r"[\d.,]*\d", o.text)
            if other:
                yield "other figure of the paragraph", text[: q.span[0]] + other.group() + text[end:]
        yield from (("figure of another place", text[: q.span[0]] + figure + text[end:]) for figure in strange[:3] if figure != old)


def _names(text: str, evidence: str) -> Iterator[tuple[str, str]]:
    for name in _NAMES:
        if name in text:
            yield from (("place", text.replace(name, other)) for other in _NAMES if other not in text)
    for office in _OFFICES:
        if office in text:  # the offices that the paper names beside it may share what is told of it
            yield from (("office", text.replace(office, other)) for other in _OFFICES if other not in f"{text} {evidence}".replace("–", "-"))


def _other_digit(number: str, at: int) -> str:
    places = [i for i, c in enumerate(number) if c.isdigit()]
    i = places[at]
    return number[:i] + str((int(number[i]) + 4) % 9 + 1) + number[i + 1 :]
