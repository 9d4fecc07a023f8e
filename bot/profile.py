"""A profile: what a person has told of their organisation - place, kind, field, age, number of people - read from their turns."""

import datetime
import re
from dataclasses import dataclass, replace

from bot.loose import loose, plain
from bot.spelling import spell
from knowledge import places
from knowledge.model import Place
from knowledge.places import PlaceMention
from knowledge.text import fold

COOPERATIVE, GROUP, UNION, CREDIT = "hợp tác xã", "tổ hợp tác", "liên hiệp hợp tác xã", "quỹ tín dụng nhân dân"
KINDS = (COOPERATIVE, GROUP, UNION, CREDIT)
FARM, OTHER, FINANCE = "nông nghiệp", "phi nông nghiệp", "tài chính"
SLOTS = ("place", "kind", "field", "age")

_UNION = loose(r"\bliên hiệp\b|\blh ?htx\b|\bunion\b|\bfederation\b")
_CREDIT = loose(r"\bquỹ tín dụng\b|\bqtd(?:nd)?\b|\bcredit fund\b")
_GROUP = loose(r"\btổ hợp tác\b|\btht\b|\btổ nhóm\b|\bcooperative group\b")
_COOPERATIVE = loose(r"\bhợp tác xã\b|\bhtx\b|\bhtxnn\b|\bco-?op(?:erative)?s?\b")
_EITHER = loose(r"\b(?:hay|hoặc|or)\b")
_CONVERTS = loose(r"\b(?:chuyển|nâng|lên|đổi)\b(?: \w+){0,4} (?:hợp tác xã|htx)\b")
_CROPS = (
    r"(?:cây|lúa|ngô|rau|chè|cam|quýt|bưởi|quế|hồi|cà phê|keo|rừng|nấm|hoa|quả|dược liệu|cỏ|sắn|khoai|mía|tiêu|điều|chanh|chuối|na|vải|nhãn|hồng"
    r"|thuốc lá|mắc ca|sen"
    r"|gừng|nghệ|dâu|thạch đen)"
)
_FARM = loose(
    rf"(?<!phi )(?<!ngoài )(?<!không phải )(?<!không làm )\b(?:nông nghiệp|nông lâm|nông sản)\b|\bhtxnn\b|\bchăn nuôi\b|\bnuôi\b|\btrồng (?:\w+ )?{_CROPS}\b"
    rf"|\blâm nghiệp\b|\bthủy sản\b|\bdiêm nghiệp\b|\blàm (?:ruộng|rừng|vườn|nông|muối|rẫy|{_CROPS})\b|\b(?:sản xuất|chế biến) (?:rau|gạo|nông|giống"
    rf"|{_CROPS})\b|\bmật ong\b|\bnn\b|\brừng\b|\bdược liệu\b|\bcà phê\b|\bhồ tiêu\b|\bmắc ca\b|\brau (?:sạch|an toàn|củ)\b|\bcây ăn quả\b|\btrang trại\b"
    r"|\bhái chè\b|\bfarm(?:ing|ers?)?\b|\bagricultur\w+\b|\blivestock\b"
)
_PLANTS = re.compile(r"\btrồng\b")  # with its mark only: "trong" is a preposition
_OTHER = loose(
    r"\bphi nông nghiệp\b|\b(?:ngoài|không phải|không làm) nông nghiệp\b|\bdu lịch\b|\bhomestay\b|\bvận tải\b|\bxe khách\b|\btaxi\b|\bxây dựng\b"
    r"|\bthương mại\b"
    r"|\bdịch vụ (?!nông)|\bdịch vụ$|\bthủ công\b|\bmây tre\b|\bdệt\b|\bmay mặc\b|\bkinh doanh chợ\b|\bquản lý chợ\b|\bvệ sinh môi trường\b"
    r"|\bthu gom rác\b|\bcơ khí\b"
    r"|\bkhai thác đá\b|\bcông nghiệp\b|\bbuôn bán\b|\bnhà hàng\b|\bphần mềm\b|\btourism\b|\btransport\b|\bconstruction\b|\bnon-?farm\b|\bhandicrafts?\b"
)
_NEW = loose(
    r"\b(?:mới|vừa|sắp|chuẩn bị|muốn|định|tính|đang|chưa|sẽ|bắt đầu|cần)(?: \w+){0,2}? (?:thành lập|lập|mở|ra đời|đăng ký)\b|\bmới (?:thành lập|lập"
    r"|mở|toanh)\b"
    r"|\bthành lập mới\b|\blập mới\b|\bnew(?:ly)?\b|\bjust (?:founded|started)\b|\bstart(?:ing)?\b"
)
_OLD = loose(r"\b(?:lâu năm|lâu rồi|đã lâu|từ lâu|lâu lắm|hoạt động lâu|nhiều năm|không mới|không phải mới)\b")
_FOUNDED = loose(r"\b(?:thành lập|lập|mở|đăng ký|hoạt động|có|ra đời|since|founded)\b(?: \w+){0,3}? ?(?:từ |năm |in )*((?:19|20)\d\d)\b")
_YEAR_ALONE = re.compile(r"^\W*(?:\w+ ){0,2}((?:19|20)\d\d)\W*$")
_YEARS_AGO = loose(
    r"\b(?:được|đã|hoạt động|chạy|làm|cách đây|mới)? ?(?:hơn |khoảng |gần )?(\d{1,2}) năm(?: nay| rồi| trước|$)|\b(\d{1,2}) năm (?:tuổi|hoạt động)"
    r"|\b(\d{1,2}) years?\b"
)
_LAST_YEAR = loose(r"\b(?:năm ngoái|năm trước|last year)\b")
_THIS_YEAR = loose(r"\b(?:năm nay|tháng trước|tháng này|vừa rồi|mới đây|this year|\d{1,2} tháng (?:trước|nay|rồi))\b")
_COUNT_WORDS = ("hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")
_PEOPLE = loose(
    rf"(?<![\w.,/])(\d{{1,4}}|{'|'.join(_COUNT_WORDS)}) ?(?:người|ng|thành viên|xã viên|hộ|nhà|gia đình|anh em|chị em|bà con|sáng lập viên|members?"
    rf"|people|households?|of us)\b"
)
_MEMBER_COOPERATIVES = loose(rf"(?<![\w.,/])(\d{{1,3}}|{'|'.join(_COUNT_WORDS)}) ?(?:htx|hợp tác xã)\b")
_SKIP = loose(
    r"\b(?:không|ko|k|chưa|chả|chẳng|hông) (?:biết|rõ|nhớ|chắc|có)\b|\bbỏ qua\b|\btùy\b|\bgì cũng được\b|\bskip\b|\b(?:don'?t|do not) know\b"
    r"|\bnot sure\b|\bkhông nêu\b|\bchịu\b"
)


@dataclass(frozen=True)
class Profile:
    """What is known of a person's organisation; "" or None where they have not said. `open` are the slots they do not know or pass over.

    `new` tells a founding that has just been or is to come, `founded` the year of one that was named; `converts` a group that wants to
    become a cooperative.
    """

    place: PlaceMention | None = None
    kind: str = ""
    field: str = ""
    new: bool | None = None
    founded: int | None = None
    people: int | None = None
    converts: bool = False
    open: frozenset[str] = frozenset()

    def knows(self, slot: str) -> bool:
        """True when a slot was told or passed over."""
        told = {"place": self.place is not None, "kind": bool(self.kind), "field": bool(self.field), "age": self.new is not None or self.founded is not None}
        return slot in self.open or told[slot]

    @property
    def tells(self) -> frozenset[str]:
        """The slots that were told."""
        return frozenset(slot for slot in SLOTS if slot not in self.open and self.knows(slot)) | (frozenset(["people"]) if self.people else frozenset())


def read(turn: str, known: tuple[Place, ...], today: datetime.date, asked: str = "") -> Profile:
    """What one turn says. `known` are the library's places; `asked` is the slot that was asked for, so that a bare word can answer it."""
    text = plain(spell(plain(turn)))
    kind = kind_of(text)
    new, founded = _age(text, today, asked == "age")
    profile = Profile(
        place=_place(turn, known, asked == "place"), kind=kind, field=FINANCE if kind == CREDIT else _field(text), new=new, founded=founded,
        people=_people(text, kind), converts=bool(_CONVERTS.search(text)) and bool(_GROUP.search(text)),
    )  # fmt: skip
    if asked and not profile.knows(asked) and skips(turn):
        profile = replace(profile, open=frozenset([asked]))
    return profile


def skips(turn: str) -> bool:
    """True for "không biết", "bỏ qua" and the like."""
    return bool(_SKIP.search(plain(spell(plain(turn)))))


def join(earlier: Profile, later: Profile) -> Profile:
    """What both say; the later one wins."""
    renewed = later.new is not None or later.founded is not None
    joined = Profile(
        place=later.place or earlier.place, kind=later.kind or earlier.kind, field=later.field or earlier.field,
        new=later.new if renewed else earlier.new, founded=later.founded if renewed else earlier.founded,
        people=later.people or earlier.people, converts=later.converts or earlier.converts,
    )  # fmt: skip
    return replace(joined, open=frozenset(slot for slot in earlier.open | later.open if not joined.knows(slot)))


def months_old(profile: Profile, today: datetime.date) -> int | None:
    """Full months since the founding at least; 0 for a new one, None when the age is not known."""
    if profile.founded is not None:
        return max(0, (today.year - profile.founded - 1) * 12 + today.month)
    return 0 if profile.new else None


def kind_of(text: str) -> str:
    """The kind of organisation that a plain text speaks of, "" when none or when it wavers between two."""
    if _CREDIT.search(text):
        return CREDIT
    if _UNION.search(text):
        return UNION
    group, cooperative = _GROUP.search(text), _COOPERATIVE.search(_GROUP.sub(" ", text))
    if group and cooperative:
        return GROUP if _CONVERTS.search(text) else "" if _EITHER.search(text) else COOPERATIVE
    return GROUP if group else COOPERATIVE if cooperative else ""


def _field(text: str) -> str:
    if _OTHER.search(text) and not _FARM.search(_OTHER.sub(" ", text)):
        return OTHER
    return FARM if _FARM.search(text) or _PLANTS.search(text) else ""


def _age(text: str, today: datetime.date, asked: bool) -> tuple[bool | None, int | None]:
    """(newly founded, year of founding) as far as the text says."""
    year = _FOUNDED.search(text) or (_YEAR_ALONE.match(text) if asked else None)
    if year and int(year[1]) <= today.year:
        return None, int(year[1])
    if _LAST_YEAR.search(text):
        return None, today.year - 1
    ago = _YEARS_AGO.search(text)
    if ago:
        return None, today.year - int(next(filter(None, ago.groups())))
    if _OLD.search(text):
        return False, None
    if _NEW.search(text) or _THIS_YEAR.search(text) or (asked and loose(r"\b(?:mới|vừa|chưa|new)\b").search(text) and not skips(text)):
        return True, None
    return (False, None) if asked and loose(r"\b(?:lâu|cũ|old)\b").search(text) else (None, None)


def _people(text: str, kind: str) -> int | None:
    """How many people (of a union: cooperatives) the text counts."""
    found = (_MEMBER_COOPERATIVES.search(text) if kind == UNION else None) or _PEOPLE.search(text)
    if not found:
        return None
    spelt = {fold(word): count for count, word in enumerate(_COUNT_WORDS, start=2)}
    return int(found[1]) if found[1].isdigit() else spelt[fold(found[1])]


def _place(turn: str, known: tuple[Place, ...], asked: bool) -> PlaceMention | None:
    """The narrowest place named; an answer to "where" may be a bare name."""
    found = places.find(turn, known) or (places.find(f"ở {turn.strip()}", known) if asked else [])
    districts = [mention for mention in found if mention.place.level != "province"]
    return next(iter([*districts, *found]), None)
