"""Intent: what kind of answer a question wants, from the words it asks with (matched on folded text)."""

import re

from knowledge import attack
from knowledge.text import fold

_ELSEWHERE = re.compile(
    r"\b(?:thoi tiet|bong da|world cup|v league|vo dich|ty so|lam tho|bai tho|viet tho|ke chuyen|chuyen cuoi|gia vang|xo so|nau an|cong thuc nau|tu vi|boi toan"
    r"|dich (?:giup|gium|ho|sang)|giai toan|viet code|lap trinh|bitcoin|chung khoan|nguoi yeu|phim|bai hat|dam cuoi|bai phat bieu|weather|football"
    r"|soccer|poem|joke"
    r"|recipe|lottery|stock price)\b"
)
_WEATHER = re.compile(
    r"\b(?:mai|hom nay|toi nay|tuan (?:nay|sau)|ngay kia)\b.{0,60}\b(?:mua|nang|bao|lanh|nong) (?:khong|ko|k|chua|a)\b|\bdu bao thoi tiet\b"
    r"|\btroi co mua\b"
)
_WRITING = re.compile(
    r"\b(?:viet|lam|sang tac|write|compose)\b.{0,25}\b(?:bai tho|tho luc bat|cau tho|loi bai hat|truyen ngan|bai van|van te|poem|song|story)\b"
)
_OWN_TOPIC = re.compile(r"\b(?:htx|hop tac xa|tht|to hop tac|kttt|kinh te tap the|ubnd|nghi quyet|ke hoach|cooperative)\b")
_GREETING = re.compile(
    r"^(?:\W|xin|chao|hello|hi|hey|alo|ban|anh|chi|em|ad|cam on|camon|thank you|thanks|ok|tot qua|hay qua|tam biet|bye|nhe|nha|a|da|vang|oi|nhieu"
    r"|tro ly|duoc roi"
    r"|ban la ai|ban lam duoc gi|ban giup duoc gi|who are you|what can you do|giup duoc gi|la ai|gi|\s)+$"
)
_COMPARE = re.compile(
    r"\bso sanh\b|\bso voi\b|\bhon kem\b|\bnoi nao\b.{0,40}\b(?:hon|nhat)\b|\bcompare\b|\bversus\b|\bmoi noi\b|\bgiua\b.{3,40}\bva\b"
    r"|\b(?:cao|thap|nhieu|it) hon\b"
)
_RESOLUTION = re.compile(
    r"\b(?:van ban|nghi quyet|nghi dinh|quyet dinh|thong tu|chi thi|ket luan|cong van|ke hoach|luat|de an|chuong trinh|quy dinh)\s+(?:so\s+)?(?:nao"
    r"|gi|may|bao nhieu|do ai)\b"
    r"|\bmang so\b|\bcan cu (?:vao )?(?:dau|gi|nao|van ban)|\btheo (?:van ban|quy dinh|luat|nghi) nao|\bso hieu\b|\bso ky hieu\b"
    r"|\b(?:nghi quyet|quyet dinh|nghi dinh|cong van|chi thi|ket luan|thong tu|ke hoach) so\b"
    r"|\bban hanh (?:ngay|khi|nam) nao|\bvan ban so\b"
)
_RESPONSIBILITY = re.compile(
    r"\b(?:co quan|don vi|phong|so|ban|nganh|ben|to chuc|ai|phia|cap|cho) nao\b.{0,60}\b(?:chu tri|phu trach|lo|giao|chiu trach nhiem|dam nhan"
    r"|theo doi|dung ra|lam|chi dao|tham muu|huong dan|xay dung|quan ly|xu ly|phoi hop|bao cao)"
    r"|\bai\b.{0,40}\b(?:chu tri|phu trach|lo|chiu trach nhiem|dam nhan|theo doi|dung ra|huong dan|giam sat|quan ly|xu ly|tong hop)\b"
    r"|\bgiao (?:cho )?(?:ai|co quan nao|don vi nao|phong nao|so nao|ben nao)"
    r"|\b(?:nhiem vu|trach nhiem|vai tro) (?:cua |gi)|\b(?:phong|so|ban|co quan|don vi|nganh) nao\b|\bphai lam (?:gi|nhung gi)\b"
    r"|\bduoc giao (?:viec|nhiem vu|lam)?\s?gi"
)
_TARGET = re.compile(
    r"\bmuc tieu\b|\bchi tieu\b|\bphan dau\b|\bdat ra\b|\bde ra\b|\bdinh huong\b|\bdu kien\b|\btarget\b|\bmuon (?:co|dat|dua|nang|giam|lap)\b"
    r"|\bden (?:het |cuoi )?nam 20\d\d\b|\bse (?:co|dat|lap|thanh lap)\b|\bke hoach (?:nam|den)\b|\bphai (?:dat|xuong|co|giam|len)\b"
)
_DONE = re.compile(
    r"\bđã\b|\bhiện (?:có|nay|tại|còn|đang)\b|\bđang\b|\btính đến\b|\bkết quả\b|\bthực hiện được\b|\blũy kế\b|\bvừa qua\b|\btrước đây\b|\bđến nay\b"
)
_FIGURE = re.compile(
    r"\bbao nhieu\b|\bmay\b|\bty le\b|\bphan tram\b|\btong (?:so|von|cong)\b|\bchung nao\b|\bmuc nao\b|\bbao lau\b|\bngay nao\b|\bkhi nao\b"
    r"|\bluc nao\b|\bdat muc\b|\bbn\b"
)
_SUPPORT = re.compile(r"\bho tro\b|\buu dai\b|\bgiup\b|\bvay\b|\bduoc (?:huong|cap|nhan)\b|\btro cap\b|\bchinh sach\b")
_LIST = re.compile(
    r"\bnhung (?!\w+ ngay)|\bcac\b.{2,40}\b(?:nao|gi)\b|\bke (?:ten|ra|du|giup|nhung|cac)\b|^ke\b|\bliet ke\b|\bgom\b|\bdanh sach\b|\bnhung gi\b"
    r"|\bmay (?:loai|nhom|viec|nhiem vu)\b"
)
_DEFINITION = re.compile(r"\bla gi\b|\bnghia la\b|\bthe nao la\b|\bhieu (?:the nao|sao) la\b|\bdinh nghia\b")
_REASON = re.compile(r"\b(?:tai sao|vi sao|do dau|ly do|nguyen nhan|sao ma|sao lai)\b")
_YESNO = re.compile(r"\bco\b.{1,80}\b(?:khong|chua)\b|\b(?:phai|dung) khong\b|\bda\b.{1,60}\bchua\b|\bchua\s*$")

_NORM = re.compile(
    r"\b(?:can|phai|toi thieu|toi da|it nhat|nhieu nhat|dieu kien|thu tuc|ho so|dang ky|le phi|thoi han|bao lau|duoc vay|muc vay|duoc phep|bat buoc|co quyen"
    r"|luat|nghi dinh|thong tu|dieu le|hoi dong quan tri|ban kiem soat|kiem soat vien|dai hoi (?:thanh vien|dai bieu)|tai san chung|quy chung|gop von)\b"
)

_ASKED = r"(?:bao nhiêu|mấy|bao nhieu)"
_DIRECT = re.compile(rf"\b{_ASKED}\s+(?:là\s+)?(\w+)(?:\s+(\w+))?")
# "số" before what is counted; not in "đa số", "chuyển đổi số", "một số", "số liệu".
_NUMBER_OF = re.compile(
    r"(?<!đa )(?<!đổi )(?<!một )(?<!con )(?<!trong )(?<!hệ )(?<!thiểu )\bsố (?:lượng )(\w+)"
    r"|(?:^|\b(?:tổng|còn|về|riêng|sánh|tiêu) )số (?!tiền|vốn|liệu|hiệu|ký|nào|mấy|dư|kinh|\d)(\w+)"
)
_MORE_OF = re.compile(r"\b(?:nhiều|ít) (?!hơn|nhất|tiền|vốn)(\w+).{0,60}\bhơn\b")
_MONEY_WORDS = frozenset(["tiền", "vốn", "triệu", "tỷ", "tỉ", "đồng", "nghìn"])
_TIME_WORDS = frozenset(["năm", "tháng", "ngày", "tuần", "giờ"])
_MONEY = re.compile(
    r"\b(?:tiền|vốn|kinh phí|thu nhập|doanh thu|lợi nhuận|dư nợ|ngân sách|lương|vay|hội phí|lệ phí|học phí|chi phí|mức phí|(?<!đánh )giá|mức đóng|trị giá"
    r"|giá trị|số tiền|kiếm|lãi|lời|tốn|rót|thưởng|lũy kế)\b"
    rf".{{0,70}}\b(?:{_ASKED}|mức nào|chừng nào|cỡ nào)|\b{_ASKED}\s+(?:số )?(?:tiền|vốn|kinh phí|triệu|tỷ)|\btổng (?:tiền|vốn|kinh phí|số tiền)\b"
)
# "mấy HTX đó làm gì", "mấy huyện nào", "tên mấy HTX": the word is a plural, not a question for a number.
_PLURAL = re.compile(
    r"\bmấy (?:\w+ ){1,4}?(?:đó|ấy|này|kia|nào|gì)\b|\btên (?:của )?mấy\b|\bmấy (?:\w+ ){1,14}thì (?:sao|thế nào)\b"
    r"|\bmấy \w+(?: \w+){0,2},? (?:là |gồm |và )?(?:những|các|tên)\b"
)
_ORDINAL = re.compile(r"\b(?:lần|khóa|kỳ)(?: họp)? (?:thứ )?mấy\b|\b(?:cấp|loại|hạng|bậc|nhóm|vùng) mấy\b|^ai\b|\bluật (?:\w+ ){0,3}năm nào\b")
_RATE = re.compile(
    rf"(?<!hỗ trợ )\blãi suất\b(?: cho vay| vay)?(?: \w+){{0,4}} (?:{_ASKED}|mức nào|cỡ nào)(?! (?:tiền|triệu|đồng|tỷ|hồ sơ|hộ|htx|hợp|dự|đối|người|trường))"
)
_PERCENT = re.compile(rf"\bphần trăm\b|\b{_ASKED}\s?%|\btỷ lệ\b|\btỉ lệ\b|\bchiếm bao nhiêu\b")
_DATE = re.compile(
    r"\b(?:ngày|tháng|năm|khi|lúc|(?<!xã )hồi|thời điểm|thời hạn|hạn|mốc) (?:nào|mấy|bao nhiêu)\b|\bbao giờ\b|\bhạn (?:chót|cuối)\b|\bđến ngày\b"
    r"|\btrước ngày\b|\bngày ban hành\b"
)
_DURATION = re.compile(r"\b(?:bao lâu|thời gian bao)\b")


def intent_of(asked: str, plain: str, place_count: int) -> str:
    """The intent of a question: one of bot.question.INTENTS."""
    folded = fold(plain)
    lowered = f"{fold(asked)} {folded}"
    if attack.commands(asked):
        return "attack"
    if _GREETING.match(folded.strip()):
        return "smalltalk"
    if _WEATHER.search(lowered) or _WRITING.search(lowered) or (_ELSEWHERE.search(lowered) and not _OWN_TOPIC.search(lowered)):
        return "out_of_scope"
    if place_count >= 2 or _COMPARE.search(folded):
        return "compare" if place_count >= 2 else "figure" if _FIGURE.search(folded) else "text"
    if _RESOLUTION.search(folded):
        return "resolution"
    if _RESPONSIBILITY.search(folded):
        return "responsibility"
    if _FIGURE.search(folded):
        return "target" if _TARGET.search(folded) and not _DONE.search(plain.lower()) else "figure"
    for pattern, intent in ((_REASON, "reason"), (_DEFINITION, "definition"), (_LIST, "list"), (_SUPPORT, "support"), (_TARGET, "target"), (_YESNO, "yesno")):
        if pattern.search(folded):
            return intent
    return "text"


def wants_of(plain: str) -> str:
    """The kind of value asked for: "money", "percent", "date", "duration", "count", "number" (any of these) or "" for words."""
    text = plain.lower()
    if re.search(
        r"\bsố (?:hiệu )?(?:mấy|nào|bao nhiêu)\b|\b(?:văn bản|nghị quyết|quyết định|công văn|kết luận|chỉ thị|kế hoạch|thông tư|nghị định) số\b", text
    ):
        return ""
    if _ORDINAL.search(text):
        return ""
    text = _PLURAL.sub(" ", text)
    direct = _DIRECT.search(text)
    if direct and direct.start() < 4 and re.search(r"\bgì\b", text[direct.end() :]):
        return ""  # "Mấy lớp đó dạy cái gì": the count is no more than a plural here
    if direct:
        first, second = direct[1], direct[2] or ""
        if first in {"nghìn", "ngàn"} and second not in {"", "đồng"}:
            return "count"
        if first in _MONEY_WORDS or (first, second) == ("kinh", "phí"):
            return "money"
        if (first, second) in {("phần", "trăm"), ("điểm", "phần")}:
            return "percent"
        if first in _TIME_WORDS:
            return "date" if re.search(r"\bngày mấy\b", text) else "duration"
        if not re.match(r"(?:\d|một|mỗi|là|thế|vậy|nhỉ|ạ|hả|trong|ở|và|thì|cho|để|so|đến|trên|tại|năm|người/|/)", first):
            return "percent" if _PERCENT.search(text) and first in {"htx", "hợp"} and "tỷ lệ" in text else "count"
    for pattern, wanted in ((_RATE, "percent"), (_PERCENT, "percent"), (_MONEY, "money"), (_DURATION, "duration"), (_DATE, "date")):
        if pattern.search(text):
            return wanted
    if re.search(rf"\b{_ASKED}\b", text):
        return "number"
    return "count" if (_MORE_OF.search(text) or _NUMBER_OF.search(text)) and not re.search(r"\bsố (?:mấy|nào)\b", text) else ""


def asks_norm(plain: str) -> bool:
    """True when a question speaks of what the law lays down for everybody: what is needed, allowed, due, and the bodies that it names."""
    return bool(_NORM.search(fold(plain)))


def planned_of(plain: str) -> bool | None:
    """True when a plan is asked for, False when a result, None when the question does not say."""
    folded = fold(plain)
    planned, done = bool(_TARGET.search(folded)), bool(_DONE.search(plain.lower()))
    return None if planned == done else planned
