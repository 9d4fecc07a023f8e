"""Names: the persons, offices, cooperatives and other proper names that a question asks for or speaks of."""

import re
from collections.abc import Callable

from bot.question import Question
from knowledge import places
from knowledge.terms import terms
from knowledge.text import LOWER, UPPER, fold, has_accents, normalize

_ENTITY = re.compile(
    rf"\b(?:HTX|Hợp tác xã|hợp tác xã|LHHTX|QTDND|Quỹ tín dụng nhân dân|quỹ tín dụng nhân dân|Quỹ TDND"
    rf"|THT)((?:\s(?!ở|tại|của|trên|thuộc|trong|toàn|cả|tỉnh|huyện|thành|tp|xã|phường)[{LOWER}]+){{0,4}})"
    rf"\s[\"“]?((?:[{UPPER}]\w*)[\"”]?(?:\s[{UPPER}]\w*){{0,4}})"
)
_KINDS_OF_FIELD = frozenset(
    ["nong", "phinn", "van", "thuong", "cong", "xay", "moi", "tai", "dang", "kieu", "dich", "o", "lon", "nho", "yeu", "tot", "nao", "cac"]
)
_NO_ENTITY = frozenset(["htx", "viet", "lien", "ubnd", "nq", "luat", "ocop", "tp", "thanh"])
_PERSON = re.compile(
    r"\b(?:giám đốc|chủ tịch|trưởng ban|phó ban|trưởng phòng|bí thư|người đại diện|đứng đầu|kế toán trưởng)\b.{0,80}\b(?:là ai|tên|ông nào|bà nào|ông bà nào)\b"
    r"|\bai (?:là|làm|giữ|đang làm) (?:giám đốc|chủ tịch|trưởng|phó|bí thư)|\b(?:ông|bà) nào\b"
    r"|\b(?:họ tên|số điện thoại|địa chỉ(?! (?:trang|web))|email|liên hệ)\b"
    r"|\btên\b.{0,30}\b(?:giám đốc|chủ tịch|trưởng|phó|bí thư)\b|\bwhich person\b|\bwho (?:heads|leads|chairs|runs|directs)\b"
    r"|\blàm trưởng ban\b|\bai\b.{0,20}\btrưởng ban\b|\bwho is the (?:head|chair|director)"
)
_PERSON_NAME = re.compile(
    rf"(?:ông|bà|Ông|Bà|đồng chí)\s[{UPPER}]\w+\s[{UPPER}]\w+|(?:CHỦ TỊCH|TRƯỞNG BAN|GIÁM ĐỐC)\s+[{UPPER}]\w+\s[{UPPER}]\w+"
    r"|\b(?:làm|là) [Tt]rưởng [Bb]an\b"
)
_NAMED = re.compile(
    r"\bten (?:la )?gi\b|\bten\b.{0,70}\bla gi\b|(?<!nhom )\b(?:htx|hop tac xa|truong|ngan hang|doanh nghiep|cong ty) nao\b|\b(?:ke|neu) ten\b"
    r"|\bten (?:cac|cua|nhung)\b|\bnames? of\b|\bwhich (?:bank|school|company|compan|cooperative|district)"
)
_ANY_NAMED = re.compile(r"\bloai htx nao\b|\bco htx nao\b.*\bkhong\b")
# A capitalised word inside a sentence that is no abbreviation: some name at least.
_PROPER = re.compile(rf"(?<=[{LOWER},;(“\"] )(?!HTX|THT|UBND|HĐND|KTTT|OCOP|TP|Nghị|Luật|Quyết|Hợp|Liên|Trung|Nhà|Chính|Đảng)[“\"]?[{UPPER}]\w*[{LOWER}]")
_OFFICE = re.compile(r"\b(sở|phòng|ngân hàng|trường|công ty|cục)\s(?:nào|gì)\b")
_SPELT_AS_NAME = re.compile(rf"(?<![{UPPER}\w.])[{UPPER}][{LOWER}]+(?:\s(?:-\s)?[{UPPER}][{LOWER}]+)*")
# Words that are written large without being part of a name of one's own.
_TITLES = frozenset(
    terms(
        "HTX THT UBND HĐND KTTT OCOP TP nghị luật quyết hợp liên trung nhà chính đảng thành huyện tỉnh xã sở phòng ban hội quỹ ngân bộ thủ đề kế mục"
        " chương kết công thông chỉ nghề đại năm"
    )
)


def entities(asked: str, known: Callable[[tuple[str, ...]], bool], own: frozenset[tuple[str, ...]] = frozenset()) -> list[tuple[str, ...]]:
    """Named cooperatives and the like in a question, as folded terms without the word for what they are.

    `known` tells whether the library has a phrase: a name that holds a place is told from a description by that. `own` are names
    of places that the question was found to speak of, those that no gazetteer has among them.
    """
    if not has_accents(asked):
        return []
    found = []
    for m in _ENTITY.finditer(normalize(asked)):
        name, kind = terms(m[2].strip(' "“”')), terms(m[1])
        if not name or name[0] in _NO_ENTITY or m[2].isupper():
            continue
        if name in own or any(terms(p.place.name) == name for p in places.find(m[2])):
            # Called by its place: a name of its own with words before it ("rau sạch Yên Dũng"), else all those of the place.
            name = (*kind, *name)
            if len(kind) < 2 or kind[0] in _KINDS_OF_FIELD or not known(name):
                continue
        found.append(name)
    return found


def proper_names(question: Question) -> list[tuple[str, ...]]:
    """Whatever the question spells as a name inside a sentence, as folded terms, but for its places; [] when it is typed without marks."""
    if not question.accented:
        return []
    text = normalize(question.asked)
    own = {term for m in question.places for term in terms(f"{m.place.name} {m.place.parent}")}
    found = []
    for m in _SPELT_AS_NAME.finditer(text):
        begins = m.start() == 0 or text[: m.start()].rstrip()[-1:] in ".?!:"
        parts = [part for part in m[0].split() if part != "-"][begins:]
        while parts and fold(parts[0]) in _TITLES:
            parts = parts[1:]
        name = terms(" ".join(parts))
        if name and not set(name) <= own:
            found.append(name)
    return found


def person_open(asked: str, text: str) -> bool:
    """True when a person is asked for (`asked` in lower case) and `text` names none."""
    return bool(_PERSON.search(asked)) and not _PERSON_NAME.search(text)


def name_open(said: str, text: str) -> bool:
    """True when a name is asked for (`said` folded) and `text` has none at all."""
    return bool(_NAMED.search(said)) and not _ANY_NAMED.search(said) and not _PROPER.search(text)


def office_open(asked: str, text: str, headings: str) -> bool:
    """True when a bank, school, department … is asked for (`asked` in lower case) and none is named in the evidence or its headings."""
    m = _OFFICE.search(asked)
    if not m:
        return False
    office = re.compile(rf"\b{fold(m[1])}\s", re.IGNORECASE)
    return not any(t[f.end() : f.end() + 1].isupper() for t in (text, headings) for f in office.finditer(fold(t)))
