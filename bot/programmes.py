"""Programmes: the paragraphs of the library that grant support, and what each says of whom it is for - read once for each state of the library.

A benefit is read from a paragraph of a legal text (or of a plan that names a figure) when a sentence of it gives something to an organisation,
under a heading or title that speaks of support. Requirements (what one must fulfil) and offices (where to go) are read the same way.
Papers are written with all marks, so the patterns here are matched on text as written.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property

from bot.profile import COOPERATIVE, CREDIT, FARM, FINANCE, GROUP, KINDS, OTHER, UNION
from bot.prove import prove
from knowledge import numbers, places
from knowledge.model import Document, Paragraph
from knowledge.sentences import statements
from knowledge.text import UPPER, normalize, words

COUNTRYSIDE = "nông nghiệp, nông thôn"  # a field of programmes that farming and other work in the country share
BENEFIT, REQUIREMENT, OFFICE, FOUNDERS = "benefit", "requirement", "office", "founders"
_NORMS = frozenset(["law", "decree", "circular", "resolution", "decision"])  # kinds of papers that give rights; others only with a figure
_LONGEST = 45  # words of a statement as shown; a founder reads on a phone

# Names that hold words of support or of a kind of organisation without speaking of them.
_NAMES = re.compile(
    r"quỹ (?:hỗ trợ )?(?:phát triển )?(?:hợp tác xã|htx)|quỹ hỗ trợ nông dân|liên minh (?:hợp tác xã|htx)(?: việt nam)?|luật (?:hợp tác xã|htx)"
    r"|doanh nghiệp nhỏ và vừa|thành viên liên hiệp|hợp đồng hợp tác"
)
_SUPPORT = re.compile(r"chính sách|hỗ trợ|ưu đãi|khuyến khích|cho vay|vay vốn|vay không|mức vay|tín dụng|miễn thuế|thu nhập miễn|thưởng|trợ giúp")
_POLICY = re.compile(r"chính sách|hỗ trợ|ưu đãi|khuyến khích")  # of a chapter, which may hold much else
_OTHER_HEADING = re.compile(
    r"nguyên tắc|nguồn (?:kinh phí|vốn|lực)|trách nhiệm|tổ chức thực hiện|hồ sơ|thủ tục|trình tự|tiêu chí|điều kiện|đối tượng áp dụng|phạm vi điều chỉnh"
    r"|hiệu lực|kết quả|đánh giá (?:tình hình|chung|dựa|theo|tác động)|tình hình|thực trạng|tồn tại|hạn chế|kiến nghị|đề xuất|mục tiêu|giải thích"
    r"|nghiêm cấm|vi phạm|thứ tự ưu tiên|quan hệ"
    r"|kiểm tra|báo cáo|chuyển tiếp|thi hành|dự toán|quyết toán|nhu cầu|thực hiện theo|bối cảnh|nguyên nhân|hành vi|hệ quả|xin phê duyệt|chi trả"
    r"|bảo đảm tiền vay|lãi suất cho vay"
    r"|nợ|rủi ro cho vay|hội đồng|nội bộ|đơn vị được giao|cơ cấu lại|điều lệ|doanh nghiệp (?:có vốn|cung cấp)"
)
_GRANTS = re.compile(
    r"\bđược (?:\w+ ){0,6}?(?:hỗ trợ|trợ giúp|miễn|giảm|vay|cho vay|bảo lãnh|ưu đãi|ưu tiên|hưởng|cấp|thưởng|trả|tư vấn|hướng dẫn|bù lãi)\b"
    r"|\b(?:nhà nước|ngân sách|tỉnh|huyện|thành phố|chính quyền|nghị quyết|quyết định|đề án|chương trình|chính sách)\b(?: [^\s.;]+){0,16}?"
    r" (?:hỗ trợ|trả(?! nợ)|chi|thưởng|cấp(?! (?:tỉnh|xã|huyện|trên|dưới|trung ương|có))|bù|miễn|giảm|ưu tiên dành)\b"
    r"|\bkhông phải nộp\b|\bkhông cần tài sản bảo đảm\b|\bmiễn phí\b|^(?:hỗ trợ|miễn|giảm|ưu đãi|ưu tiên|cho vay|vay vốn|cấp|thưởng)\b"
    r"|\bđối tượng (?:cho|được) vay\b.*\blà\b|\bmức (?:hỗ trợ|thưởng)\b.*\d"
)
_LENDS = re.compile(r"^quỹ\b.*\bcho vay\b")  # a grant only where it says to whom
_GRANTS_NOT = re.compile(
    r"chưa rõ|chưa tìm thấy|chưa thấy|chưa chắc chắn|dự thảo|do nhà nước hỗ trợ|kiến nghị|đề nghị|đề xuất|\bgiao (?:chính phủ|bộ)|xem xét hưởng|muốn "
    r"|để được|không được|bị cấm"
    r"|đã (?:được |có )?(?:hỗ trợ|nhận|cho|trình|phê duyệt)|lũy kế|dự kiến|khi xét|xét hỗ trợ|(?:chính sách|nhà nước) ưu tiên (?:nơi|chọn|hợp tác)"
    r"|hồ sơ|theo mẫu|đủ các điều kiện"
    r"|(?:chính sách|điều kiện|khoản|nội dung|trường hợp|mức|công trình|phí|lệ phí) (?:dưới đây|sau)\b|\bsau[.:]?$|được hỗ trợ phải|^trường hợp khác"
    r"|ủy thác|như sau|dưới đây|từng (?:được|hỗ trợ|chi)|hiệu lực từ|\bsửa (?:đổi|khoản|điều|nghị|quyết|thông)"
    r"|quyết định (?:mức|danh mục)|ban hành (?:định mức|chính sách|danh mục)|căn cứ|thay cho|nghiệm thu"
)
_SUBJECT_NOT = re.compile(
    r"^(?:(?:từ|năm|theo|trong) [^,]*, )?(?:công chức|viên chức|cán bộ|cá nhân|hộ|chủ trang trại|doanh nghiệp|cơ quan|bộ|sở|phòng|ủy ban"
    r"|hội đồng nhân dân|liên minh|tổ chức đại diện"
    r"|người quản lý|đề tài|nhà nước (?:hỗ trợ tổ chức đại diện|hợp tác quốc tế))\b"
)
_ONE_OF_THEM = re.compile(rf"(?:HTX|[Hh]ợp tác xã)(?: nông nghiệp| dịch vụ)? [{UPPER}]")  # a cooperative by its name: what one was given
_ANY_ORGANISATION = re.compile(r"\b(?:tổ chức kinh tế tập thể|kinh tế tập thể|kttt|tổ chức sản xuất nông nghiệp|các tổ chức)\b")
_SCOPE = re.compile(r"đối tượng áp dụng|đối tượng (?:hỗ trợ|thụ hưởng|được hỗ trợ)|phạm vi áp dụng")
_KIND_WORDS = (
    (UNION, re.compile(r"\bliên hiệp (?:hợp tác xã|htx)\b|\bliên hiệp\b|\blhhtx\b")), (CREDIT, re.compile(r"\bquỹ (?:tín dụng|td) ?nhân dân\b|\bqtdnd\b")),
    (GROUP, re.compile(r"\btổ hợp tác\b|\btht\b")), (COOPERATIVE, re.compile(r"\bhợp tác xã\b|\bhtx\b")),
)  # fmt: skip
_EXCEPTED = re.compile(r"\b(?:trừ|không (?:gồm|kể|bao gồm)) (?:\w+ ){0,2}?(quỹ tín dụng nhân dân|tổ hợp tác|liên hiệp hợp tác xã)")
_FARMING = re.compile(r"nông nghiệp|nông sản|nông, lâm|trồng trọt|chăn nuôi|thủy sản|lâm nghiệp|diêm nghiệp|nuôi trồng|khuyến nông")
_RURAL = re.compile(r"nông nghiệp,? (?:và )?nông thôn|phi nông nghiệp|ngoài (?:\w+ ){0,2}nông")
_COUNTRYSIDE = re.compile(r"nông nghiệp,? (?:và )?nông thôn")
_NO_FARMING = re.compile(r"phi nông nghiệp|ngoài (?:\w+ ){0,2}nông")
_FINANCE = re.compile(r"lĩnh vực tài chính, ngân hàng|hợp tác xã tài chính|quỹ tín dụng nhân dân")
_NEW = re.compile(r"mới thành lập|thành lập mới|lập mới|mới lập|mới được thành lập|(?:hợp tác xã|htx|tổ hợp tác) mới\b")
_YOUNG = re.compile(r"(?:thành lập|hoạt động) (?:chưa|không) quá (\d+) (tháng|năm)")
_CONVERSION = re.compile(r"chuyển đổi (?:từ tổ hợp tác|thành hợp tác xã)|tổ hợp tác chuyển đổi")
_OVER = re.compile(r"đã hết|qua hạn|lỗi thời|\btừng (?:được|áp dụng)|bị sửa tiếp|bị bãi bỏ|hết hiệu lực|hết giai đoạn|không còn áp dụng")
_UNSURE = re.compile(r"chưa rõ còn|chưa rõ hiệu lực|không được coi là mức đang áp dụng|hiệu lực hiện nay chưa rõ|còn áp dụng hay không thì chưa rõ")
_OF_TIME = re.compile(r"^(?:trong )?(?:năm|giai đoạn)\s+((?:19|20)\d\d)(?:\s?-\s?((?:19|20)\d\d))?")
_FROM = re.compile(r"^từ (?:ngày )?(?:\d{1,2}/)?(?:\d{1,2}/)?((?:19|20)\d\d)")
_REFERENCE = re.compile(r"\s*\(Điều \d[^()]*\)|\s+theo Điều \d[^.;,]*?(?=[.;]?$)")
_ORIGIN = re.compile(r"\s*\((?:theo [^()]*|[^()]*mức tin cậy [^()]*)\)")
_MUST = re.compile(r"^(?:để được (?:hưởng|vay|hỗ trợ)|muốn (?:được )?(?:hưởng|vay|hỗ trợ)|[^.;]{0,80}?\b(?:muốn|phải|còn phải)\b)")
_OF_SUPPORT = re.compile(
    r"hưởng (?:chính sách|hỗ trợ)|(?:muốn|để) (?:được )?(?:hưởng (?:chính sách|hỗ trợ|ưu đãi)|hỗ trợ)|được hỗ trợ:|hưởng chính sách|điều kiện hỗ trợ"
    r"|còn phải đạt"
)
_CLAUSE = re.compile(r"(?:\d+|[a-zđ])[.)]\s")
_OPENS = re.compile(r":$|\b(?:sau|sau đây|dưới đây)\b[^.]{0,120}\.?")
_REQUIREMENTS = re.compile(r"tiêu chí|điều kiện")
_HANDED_IN = re.compile(
    r"\bnộp\b(?: [^\s.;]+){0,8}? (?:ở|tại|cho|đến|lên|về) (?:ủy ban|ubnd|sở|phòng|quỹ|cơ quan|liên minh|bộ phận|trung tâm)"
    r"|\b(?:gửi|nộp) (?:hồ sơ|đơn)(?: [^\s.;]+){0,8}? (?:ủy ban|ubnd|sở|phòng|quỹ|liên minh|trung tâm)"
)
_APPROVED = re.compile(r"^(?!.*\b(?:hiệu lực|sửa)\b).*\b(?:duyệt|quyết định) (?:hỗ trợ|dự án)")
_WORTH_READING = re.compile(r"hỗ trợ|ưu đãi|miễn|giảm|vay|thưởng|trợ giúp|hưởng|ít nhất|tối thiểu|nộp|duyệt|không quá|ngân sách|được")
_FOUNDERS = re.compile(r"(?:ít nhất|tối thiểu|từ) (\d+) (?:thành viên|hợp tác xã|người|sáng lập viên|cá nhân)")
_DEFINES = re.compile(r"giải thích từ ngữ|sáng lập|thành lập|định nghĩa|khái niệm")
_FUND = "vay quỹ hỗ trợ phát triển hợp tác xã"
_FARM_WORK = "sản xuất nông nghiệp"
_TOPICS = tuple(
    (name, re.compile(pattern))
    for name, pattern in (
        ("chuyển tổ hợp tác thành hợp tác xã", r"chuyển đổi thành hợp tác xã|tổ hợp tác chuyển đổi|chuyển đổi từ tổ hợp tác"),
        ("thành lập mới", r"thành lập mới|lập mới|mới thành lập"),
        ("liên kết", r"liên kết"),
        ("bảo hiểm nông nghiệp", r"bảo hiểm nông nghiệp"),
        ("bảo hiểm", r"(?<!kinh doanh )bảo hiểm(?! nông nghiệp)"),
        ("nguồn nhân lực", r"nhân lực|đào tạo|bồi dưỡng|tập huấn|lao động|trí thức trẻ"),
        ("đất đai", r"đất"),
        ("thuế, phí", r"thuế|lệ phí"),
        (_FUND, r"quỹ hỗ trợ phát triển"),
        ("vốn, tín dụng", r"\bvốn\b|tín dụng|\bvay\b|lãi suất"),
        ("hạ tầng, trang thiết bị", r"hạ tầng|trang thiết bị|máy móc|nhà kho|nhà xưởng"),
        ("công nghệ, chuyển đổi số", r"công nghệ|chuyển đổi số|đổi mới sáng tạo|kỹ thuật"),
        ("thị trường", r"thị trường|xúc tiến|thương hiệu|nhãn hiệu|hội chợ|ocop"),
        ("kiểm toán, tư vấn tài chính", r"kiểm toán|tư vấn tài chính|rủi ro"),
        ("thông tin, tư vấn", r"thông tin|tư vấn|truyền thông"),
        (_FARM_WORK, r"nông nghiệp|giống|trồng|chăn nuôi"),
    )
)
_ELSE = "hỗ trợ khác"


@dataclass(frozen=True)
class Programme:
    """A paragraph that grants support (or `role`: tells a requirement, an office, the least number of founders).

    `text` is the part that says so; `kinds` whom it is for, `excepted` whom it names as left out; `field` "" for all; `months` the greatest
    age it is for (None: any); `places` the provinces it is confined to by its words; `over` and `unsure` what its own words say of its being
    in force; `years` the years it names as its own; `least` the number of founders that it asks for.
    """

    role: str
    document: Document
    paragraph: Paragraph
    text: str
    topic: str
    kinds: frozenset[str]
    excepted: frozenset[str] = frozenset()
    field: str = ""
    new: bool = False
    months: int | None = None
    converts: bool = False
    places: frozenset[str] = frozenset()
    over: bool = False
    unsure: bool = False
    years: tuple[int, int] | None = None
    least: int = 0

    @cached_property
    def quantities(self) -> tuple[numbers.Quantity, ...]:
        """The figures of the statement."""
        return tuple(numbers.quantities(self.text))

    @property
    def amount(self) -> bool:
        return self.money or any(q.unit.startswith(("lan ", "thang", "nam", "vu")) for q in self.quantities)

    @property
    def money(self) -> bool:
        return any(q.unit in {numbers.MONEY, numbers.PERCENT} for q in self.quantities)

    @property
    def origin(self) -> str:
        """What the paragraph says of where it has its words from, "" when it is the paper's own."""
        found = _ORIGIN.search(self.paragraph.clean)
        return found.group().strip(" ()") if found else ""


def read(documents: Iterable[Document], paragraphs: Callable[[str], Sequence[Paragraph]]) -> tuple[Programme, ...]:
    """All programmes of the documents, in their order."""
    return tuple(programme for document in documents if document.kind != "report" for programme in _of(document, paragraphs(document.id)))


def without_origin(text: str) -> str:
    """A statement without the remarks on its source and on the article it details; the citation tells both."""
    return _REFERENCE.sub("", _ORIGIN.sub("", text))


def _of(document: Document, paragraphs: Sequence[Paragraph]) -> list[Programme]:
    title = normalize(document.title).lower()
    scope = _scope(paragraphs) or _kinds(title)
    front = " ".join(p.clean.lower() for p in paragraphs if not p.path and p.kind != "heading")
    by_anchor = {p.anchor: p for p in paragraphs}
    found = []
    for paragraph in paragraphs:
        if paragraph.kind in {"heading", "back"} or (paragraph.kind == "front" and not paragraph.clean.startswith("-")):
            continue
        # A short paper's few headings may all have been taken for its front; its items then stand under its title alone.
        read_one = _read(document, paragraph, by_anchor.get(paragraph.parent), title, scope, bool(_UNSURE.search(front)))
        if read_one is not None:
            found.append(read_one)
    return found


def _scope(paragraphs: Sequence[Paragraph]) -> frozenset[str]:
    """The kinds of organisation that a paper says it applies to; {""} when it names others only."""
    under = [p.clean for p in paragraphs if p.path and _SCOPE.search(p.path[-1].lower()) and p.kind != "heading"]
    under += [p.clean for p in paragraphs if len(p.path) > 1 and _SCOPE.search(p.path[-2].lower()) and p.kind != "heading"]
    return (_kinds(" ".join(under).lower()) or frozenset([""])) if under else frozenset()


def _kinds(text: str) -> frozenset[str]:
    """The kinds of organisation that a text in lower case names."""
    text = _EXCEPTED.sub(" ", _NAMES.sub(" ", text))
    if _ANY_ORGANISATION.search(text):
        return frozenset(KINDS)
    found = set()
    for kind, pattern in _KIND_WORDS:
        if pattern.search(text):
            found.add(kind)
            text = pattern.sub(" ", text)
    return frozenset(found)


def _read(document: Document, paragraph: Paragraph, parent: Paragraph | None, title: str, scope: frozenset[str], unsure: bool) -> Programme | None:
    """The programme of a paragraph, None when it grants nothing and tells nothing that one needs for it."""
    clean = normalize(paragraph.clean)
    lower = clean.lower()
    headings = _headings(paragraph.path)
    opening = parent.clean.lower() if parent is not None and _OPENS.search(parent.clean.lower()) else ""
    if not opening and not _WORTH_READING.search(lower):
        return None
    role, text = _role(document, clean, headings, title, opening)
    if not role or "chưa chắc chắn" in lower:
        return None
    own = _kinds(lower) | _kinds(opening)  # "… được hưởng các chính sách sau": the list is for all whom its first line names
    converts = bool(_CONVERSION.search(f"{headings[-1] if headings else ''} {lower}"))
    everybody = frozenset(KINDS if document.place.level != "country" else ())  # what a place gives to nobody in particular is for all there
    kinds = frozenset([GROUP]) if converts else own or _kinds(headings[-1] if headings else "") or scope or everybody
    if not kinds - {""}:
        return None
    least = _FOUNDERS.search(text.lower()) if role == FOUNDERS else None
    young = _YOUNG.search(lower)
    named = {m.place.province for m in places.find(clean)} if document.place.level == "country" else set()
    made = Programme(
        role=role, document=document, paragraph=paragraph, text=text, topic=_topic(title, headings, text.lower()), kinds=kinds,
        excepted=frozenset(_EXCEPTED.findall(lower)), field=_field(lower, headings, title), new=bool(_NEW.search(text.lower()) or young),
        months=int(young[1]) * (12 if young[2] == "năm" else 1) if young else None, converts=converts, places=frozenset(named),
        over=bool(_OVER.search(f"{' '.join(headings)} {lower}")), unsure=unsure or bool(_UNSURE.search(" ".join(headings))),
        years=_years(without_origin(lower)), least=int(least[1]) if least else 0,
    )  # fmt: skip
    return made if prove(made.text, ((document, paragraph),)).ok else None  # cut short in the middle of a figure it could not be shown


def _headings(path: Sequence[str]) -> list[str]:
    """The headings of a path in lower case. It leads through items too ("1. Hợp tác xã được … sau."): sentences, and clauses of an article."""
    found: list[str] = []
    for entry in path:
        clause = _CLAUSE.match(entry) and any(heading.startswith("điều ") for heading in found)
        if not clause and not entry.rstrip().endswith((".", "…", ";", ":")):
            found.append(entry.lower())
    return found


def _role(document: Document, clean: str, headings: list[str], title: str, opening: str) -> tuple[str, str]:
    """What a paragraph is for a founder, and its sentence that says so; ("", "") when nothing."""
    last = headings[-1] if headings else ""
    above = " ".join(headings)
    pieces = [clean[a:b] for a, b in statements(without_origin(clean))]
    if document.kind in _NORMS and _DEFINES.search(above):
        said = next((s for s in pieces if _founders_of(s)), "")
        if said:
            return FOUNDERS, said
    for s in pieces:
        bare = _NAMES.sub("quỹ", s.lower())
        if _HANDED_IN.search(s.lower()) and ("hỗ trợ" in bare or "hỗ trợ" in above):
            return OFFICE, _short(s)
        if document.place.level != "country" and document.kind in _NORMS and _APPROVED.search(bare) and "hỗ trợ" in f"{bare} {above}":
            return OFFICE, _short(s)
    if _REQUIREMENTS.search(last):
        listed = bool(_OF_SUPPORT.search(opening)) and bool(_REQUIREMENTS.search(opening))
        return (REQUIREMENT, _short(pieces[0])) if pieces and (listed or _is_requirement(pieces[0].lower())) else ("", "")
    context = _NAMES.sub("quỹ", f"{above} | {title}")
    # A plan reviews and plans under headings of several levels; in a legal text the nearest heading is that of the rule itself.
    ruling = headings[-1:] if document.kind in _NORMS else headings
    speaks = _SUPPORT.search(_NAMES.sub("quỹ", f"{last} | {title}")) or _POLICY.search(context)
    if not speaks or any(_OTHER_HEADING.search(_NAMES.sub("quỹ", h)) for h in ruling):
        return "", ""
    for s in pieces:
        bare = _NAMES.sub("quỹ", s.lower())
        if _grants(bare) and not _ONE_OF_THEM.search(_NAMES.sub("quỹ", s)) and (document.kind in _NORMS or _sum(s)):
            return BENEFIT, _short(s)
    return "", ""


def _grants(bare: str) -> bool:
    """True when a sentence in lower case, names of funds taken out, gives an organisation or its people something."""
    if _GRANTS_NOT.search(bare) or _SUBJECT_NOT.search(bare):
        return False
    return bool(_GRANTS.search(bare)) or bool(_LENDS.search(bare) and _kinds(bare))


def _founders_of(sentence: str) -> bool:
    lower = sentence.lower()
    return bool(_FOUNDERS.search(lower)) and any(lower.startswith(kind) for kind in KINDS)


def _is_requirement(lower: str) -> bool:
    return bool(_MUST.search(lower) and _OF_SUPPORT.search(lower)) or bool(_YOUNG.search(lower))


def _sum(text: str) -> bool:
    return any(q.unit in {numbers.MONEY, numbers.PERCENT} for q in numbers.quantities(text))


def _short(text: str) -> str:
    """A sentence, at most _LONGEST words; cut at a comma where that is not too early."""
    if words(text) <= _LONGEST:
        return text
    head = " ".join(text.split()[:_LONGEST])
    at = max(head.rfind(", "), head.rfind("; "))
    return f"{head[:at] if at > len(head) // 2 else head} …"


def _topic(title: str, headings: list[str], text: str) -> str:
    """What kind of support it is: by the title where that tells one, else by the nearest heading that does, else by its own words."""
    last = headings[-1] if headings else ""
    for said in (title, last):
        found = sorted((name for name, pattern in _TOPICS if pattern.search(said)), key=lambda name: _at(name, said))
        own = [name for name, pattern in _TOPICS if pattern.search(text) and name != _FARM_WORK]
        if found == [_FARM_WORK] and len(own) == 1:  # what is for farming may still be one kind of support alone: insurance, training
            return own[0]
        if said is title and found == [_FARM_WORK]:
            continue  # most of these papers are on farming: their headings tell more
        if len(found) == 1 or (found and said is title):
            return found[0]
        if found:  # "Chính sách tiếp cận vốn, bảo hiểm": the words decide between the two
            return next((name for name, pattern in _TOPICS if pattern.search(text) and (name in found or name == _FUND)), found[0])
    return next((name for name, pattern in _TOPICS if pattern.search(text)), _ELSE)


def _at(name: str, text: str) -> int:
    """Where a text first speaks of a topic."""
    return next(m.start() for topic, pattern in _TOPICS if topic == name for m in pattern.finditer(text))


def _field(lower: str, headings: list[str], title: str) -> str:
    """The field a benefit is confined to, "" when to none."""
    if _FINANCE.search(lower):
        return FINANCE
    if _NO_FARMING.search(lower):
        return OTHER
    said = " | ".join([lower, *headings, title])
    if _FARMING.search(_RURAL.sub(" ", said)):
        return FARM
    return COUNTRYSIDE if _COUNTRYSIDE.search(said) else ""


def _years(lower: str) -> tuple[int, int] | None:
    """The years that a statement begins by naming as its own ("Giai đoạn 2020-2025, …"; "Từ 01/7/2025, …" has no end)."""
    of = _OF_TIME.match(lower)
    if of:
        return int(of[1]), int(of[2] or of[1])
    since = _FROM.match(lower)
    return (int(since[1]), 9999) if since else None
