"""Kinds of answer that are told by words: a reason, a condition, papers to hand in, an amount for each one, a place, a result.

Each kind has a pattern for questions that ask for it and one for statements that may hold it; what is asked and not held is open.
"""

import re
from dataclasses import dataclass

from knowledge.text import UPPER, fold


@dataclass(frozen=True)
class Kind:
    """A kind of answer: `asked` is matched on a folded question, `held` on a folded statement, `spelt` on it and its context as written."""

    name: str
    asked: re.Pattern[str]
    held: re.Pattern[str] | None = None
    spelt: re.Pattern[str] | None = None
    around: re.Pattern[str] | None = None  # on the folded headings and neighbouring sentences

    def open(self, said: str, text: str, context: str) -> bool:
        """True when a question asks for this kind and the statement, in its context, cannot hold it."""
        if not self.asked.search(said):
            return False
        held = self.held is not None and self.held.search(fold(text))
        spelt = self.spelt is not None and self.spelt.search(f"{text} {context}")
        return not (held or spelt or (self.around is not None and self.around.search(fold(context))))


KINDS = (
    Kind(
        "reason_open",
        re.compile(r"\b(?:vi sao|tai sao|ly do|nguyen nhan|do dau|why|sao (?:lai|ma))\b"),
        re.compile(r"\b(?:do|vi|boi|nguyen nhan|ly do|nham|de|dan den|anh huong|nen|khien)\b"),
        around=re.compile(r"\bnguyen nhan\b"),
    ),
    Kind(
        "each_open",
        re.compile(
            r"\b(?:moi|tung|mot)\s(?:htx|hop tac xa|lop|san pham|thanh vien|du an|ho|nguoi|huyen|xa|lao dong|don vi|mo hinh|tht)\b|\btung huyen\b"
            r"|/(?:htx|ho|lop)\b"
        ),
        re.compile(r"\b(?:moi|tung|binh quan|trung binh|mot)\b|/\s?(?:htx|ho|lop|nguoi|san pham|thang|nam|du an|mo hinh)"),
    ),
    Kind("monthly_open", re.compile(r"\b(?:moi|mot|hang|1) thang\b|\bluong thang\b"), re.compile(r"thang|/\s?nam|nam\b")),
    Kind(
        "bound_open",
        re.compile(r"\b(?:toi da|toi thieu|cao nhat|thap nhat|han muc|nhieu nhat|lon nhat|nho nhat|dong nhat|khong qua)\b|\bnhieu \w+ nhat\b"),
        re.compile(r"\b(?:toi da|toi thieu|cao nhat|thap nhat|khong qua|khong vuot|tro len|it nhat|tren|duoi|nhieu nhat|khong duoi)\b"),
    ),
    Kind(
        "where_open",
        re.compile(
            r"\b(?:xa|phuong|thi tran|(?<!nong )thon|dia chi|tru so) (?:nao|o dau)\b|\b(?:nam|dat|o) (?:o )?(?:xa|phuong|thon|dau)\b.{0,12}\b(?:nao|dau)\b"
            r"|\btru so\b.{0,20}\b(?:dau|nao)\b"
        ),
        spelt=re.compile(rf"\b(?:xã|phường|thị trấn|thôn|tại|huyện)\s[{UPPER}]"),
    ),
    Kind(
        "papers_open",
        re.compile(
            r"\b(?:ho so|giay to|thu tuc|don|mau don)\b.{0,30}\b(?:gi|nao|the nao|ra sao|may loai)\b|\bcan (?:nhung |cac )?(?:giay|ho so)|\bpaperwork\b"
        ),
        re.compile(r"\b(?:don de nghi|giay|ban sao|bien ban|ho so|mau so|phuong an)\b"),
    ),
)
NAMES = tuple(kind.name for kind in KINDS)

# A task laid on somebody tells what is to be done, not what came of it.
_TASK = re.compile(
    r"^(?:[^:]{0,80}: ?)?(?:tiep tuc |tich cuc |chu dong |thuong xuyen |kip thoi |tung buoc |phan dau )*(?:tang cuong|xay dung|to chuc|khuyen khich|day manh"
    r"|nghien cuu|tham muu|phoi hop|de nghi|kien nghi|huong dan|trien khai|thuc hien|tuyen truyen|dua|bo tri|phat trien|cung co|hoan thien|chu tri|ra soat"
    r"|kien toan|nang cao|tao|ho tro|thuc day|doi moi|quan tam|phat huy|can|ban hanh|giam|tap trung|chi dao|quan ly|lua chon|lap|bao dam|dam bao|gan"
    r"|mo rong|ung dung|co che)\b"
)
_DONE = re.compile(r"\b(?:da|duoc (?:cap|ho tro|vay|thuc hien)|dat \d|hien (?:nay|co|tai)|den nay|ket qua|trong nam|luy ke)\b")
_RESULT = re.compile(
    r"\b(?:ket qua|phat hien|hoc hoi duoc|thu duoc|dat duoc|tra loi ra sao|da (?:\w+ ){0,8}(?:gi|nao|bao nhieu|may|ra sao|the nao|chua)|duoc nhung gi|roi$)\b"
)
_HALVES = (
    re.compile(r"\b(?:\d+|sau) thang dau\b|\bdau nam\b|\bnua dau\b|\bquy (?:i|ii|1|2)\b"),
    re.compile(r"\b(?:\d+|sau) thang cuoi\b|\bcuoi nam\b|\bnua (?:cuoi|sau)\b|\bquy (?:iii|iv|3|4)\b"),
)


def is_task(text: str) -> bool:
    """True for a statement that lays a task on somebody (folded text)."""
    return bool(_TASK.search(text)) and not _DONE.search(text)


def asks_result(said: str) -> bool:
    """True when a question (folded) asks what came of something."""
    return bool(_RESULT.search(said))


def other_half(said: str, text: str) -> bool:
    """True when one half of a year is asked for and the statement speaks of the other one only (both folded)."""
    first, last = ((bool(half.search(said)), bool(half.search(text))) for half in _HALVES)
    return (first[0] and last[1] and not first[1]) or (last[0] and first[1] and not last[1])
