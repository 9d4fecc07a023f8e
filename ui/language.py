"""The two languages of the screen: which one a request wants, the words of the pages, dates and kinds of papers in each.

Vietnamese comes first; English by `?lang=en`, kept in a cookie from then on. Papers are never translated.
"""

from typing import Literal

from fastapi import Request, Response

from knowledge import lawnumbers
from ui import words

Lang = Literal["vi", "en"]
LANGUAGES: tuple[Lang, ...] = ("vi", "en")
NAMES: dict[Lang, str] = {"vi": "Tiếng Việt", "en": "English"}
COOKIE = "lang"
_YEAR = 365 * 24 * 3600  # seconds that a choice is kept
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")

TEXTS: dict[str, tuple[str, str]] = {
    # -- every page
    "brand": ("Trợ lý HTX", "Trợ lý HTX"),
    "skip": ("Đến nội dung chính", "Skip to main content"),
    "nav.main": ("Các trang chính", "Main pages"),
    "nav.ask": ("Hỏi đáp", "Ask"),
    "nav.documents": ("Văn bản", "Papers"),
    "nav.instruments": ("Danh mục", "Legal texts"),
    "nav.ledger": ("Sổ chỉ tiêu", "Figures"),
    "footer": (
        "Nội dung lấy từ các văn bản trong thư viện; khi làm thủ tục, hãy đối chiếu bản gốc.",
        "Contents come from the papers in the library, in Vietnamese; check the original before you rely on it.",
    ),
    "search": ("Tìm", "Search"),
    "apply": ("Áp dụng", "Apply"),
    "clear": ("Xóa bộ lọc", "Clear filters"),
    "all": ("Tất cả", "All"),
    "filters": ("Tìm và lọc", "Search and filter"),
    "filter.place": ("Địa phương", "Place"),
    "filter.kind": ("Loại văn bản", "Kind of paper"),
    "filter.form": ("Dạng", "Form"),
    "filter.year": ("Năm", "Year"),
    "filter.status": ("Hiệu lực", "Validity"),
    "sort": ("Sắp xếp", "Sort by"),
    "nothing": ("Không có mục nào khớp.", "Nothing matches."),
    "nothing.hint": ("Hãy bớt từ khóa hoặc xóa bộ lọc. Gõ có dấu hay không dấu đều được.", "Use fewer words or clear the filters. Accents do not matter."),
    "country": ("Cả nước", "Nationwide"),
    "verbatim": ("nguyên văn", "full text"),
    "digest": (words.DIGEST, "digest"),
    # -- validity
    "valid.in_force": ("Còn hiệu lực", "In force"),
    "valid.not_yet": ("Có hiệu lực từ {day}", "In force from {day}"),
    "valid.ended": ("Hết hiệu lực từ {day}", "No longer in force since {day}"),
    "valid.ended_on": ("Hết hiệu lực sau {day}", "No longer in force after {day}"),
    "valid.ended_undated": ("Hết hiệu lực", "No longer in force"),
    "valid.replaced": ("Đã được thay thế", "Replaced"),
    "valid.amended": ("Đã sửa đổi", "Amended"),
    "valid.outlived": ("Văn bản gốc đã hết hiệu lực", "The text it details has ended"),
    "valid.period_over": ("Hết thời kỳ", "Period over"),
    "valid.unknown": ("Chưa rõ", "Not known"),
    # -- list of papers
    "documents.title": ("Văn bản trong thư viện", "Papers in the library"),
    "documents.search": ("Tên, số ký hiệu, cơ quan, địa phương", "Title, number, issuer or place"),
    "documents.count": ("{n} văn bản", "{n} papers"),
    "documents.count_of": ("{n} trong {all} văn bản", "{n} of {all} papers"),
    "documents.empty": (
        "Thư viện chưa có văn bản nào. Người quản trị nạp văn bản bằng lệnh htx ingest.",
        "The library holds no paper yet. Its keeper takes papers in with the command htx ingest.",
    ),
    "documents.missing": ("Không có văn bản này", "There is no such paper"),
    "documents.missing.hint": ("Địa chỉ có thể đã cũ. Hãy tìm lại trong danh sách văn bản.", "The address may be old. Look for the paper in the list."),
    "documents.see": ("Danh sách văn bản", "List of papers"),
    "number": ("Số {number}", "No. {number}"),
    "dated": ("ngày {day}", "{day}"),
    "period": ("thời kỳ {period}", "period {period}"),
    # -- one paper
    "fact.number": ("Số ký hiệu", "Number"),
    "fact.kind": ("Loại văn bản", "Kind"),
    "fact.issuer": ("Cơ quan ban hành", "Issuer"),
    "fact.issued": ("Ngày ban hành", "Issued"),
    "fact.place": ("Địa phương", "Place"),
    "fact.period": ("Thời kỳ", "Period"),
    "fact.source": ("Tệp nguồn", "Source file"),
    "paper.outline": ("Mục lục", "Outline"),
    "paper.digest": (
        "Đây là bản tóm lược: nội dung được viết lại từ văn bản gốc, giữ nguyên số mục. Khi cần trích dẫn, hãy đối chiếu văn bản gốc.",
        "This is a digest: the paper's content is restated, under the paper's own numbering. Check the original before you quote it.",
    ),
    "paper.doubts": ("Những chỗ cần đối chiếu ({n})", "Points to check against the original ({n})"),
    "paper.doubt": ("Cần đối chiếu:", "To check:"),
    "paper.anchor": ("Liên kết đến đoạn {anchor}", "Link to paragraph {anchor}"),
    "paper.instrument": ("Hiệu lực, sửa đổi, thay thế", "Validity, amendments, replacements"),
    "paper.figures": ("Số liệu trong sổ chỉ tiêu", "Figures in the ledger"),
    # -- instruments
    "instruments.title": ("Danh mục văn bản pháp luật", "Catalogue of legal texts"),
    "instruments.about": (
        "Những văn bản mà thư viện có hoặc nhắc đến, kèm thời gian áp dụng và quan hệ sửa đổi, thay thế đã biết.",
        "Legal texts that the library holds or names, with what is known of their validity, amendments and replacements.",
    ),
    "instruments.search": ("Số ký hiệu, tên, cơ quan (ví dụ: nq 08/2019 lạng sơn)", "Number, title or issuer (for example: nq 08/2019 lang son)"),
    "instruments.count": ("{n} văn bản", "{n} legal texts"),
    "instruments.count_of": ("{n} trong {all} văn bản", "{n} of {all} legal texts"),
    "instrument.several": (
        "{n} văn bản cùng mang số này. Cơ quan ban hành cho biết đó là văn bản nào.",
        "{n} texts bear this number. The issuer tells them apart.",
    ),
    "instrument.known_by_name": (
        "Danh mục chưa có văn bản này; dưới đây là những gì các văn bản khác cho biết.",
        "The catalogue has no entry for this text; here is what others say of it.",
    ),
    "instrument.from": ("Có hiệu lực từ", "In force from"),
    "instrument.to": ("Áp dụng đến hết", "In force until"),
    "instrument.amends": ("Sửa đổi, bổ sung", "Amends"),
    "instrument.amended_by": ("Được sửa đổi, bổ sung bởi", "Amended by"),
    "instrument.replaces": ("Thay thế", "Replaces"),
    "instrument.replaced_by": ("Được thay thế bởi", "Replaced by"),
    "instrument.details": ("Quy định chi tiết", "Details"),
    "instrument.detailed_by": ("Được quy định chi tiết bởi", "Detailed by"),
    "instrument.status": ("Tình trạng", "Status"),
    "instrument.note": ("Ghi chú", "Note"),
    "instrument.sources": ("Nguồn của từng thông tin", "Where each fact is from"),
    "instrument.row_source": ("Mục này", "This entry"),
    "instrument.read": ("Đọc trong thư viện", "Read it in the library"),
    "instrument.named": ("Các đoạn nhắc đến văn bản này", "Paragraphs that name this text"),
    "instrument.named_unsure": ("Các đoạn chưa rõ nhắc đến văn bản nào", "Paragraphs that do not tell which text they name"),
    "instrument.named_count": ("{n} đoạn trong {papers} văn bản", "{n} paragraphs in {papers} papers"),
    "instrument.not_named": ("Chưa có văn bản nào trong thư viện nhắc đến.", "No paper of the library names it."),
    "instrument.paragraphs": ("{n} đoạn", "{n} paragraphs"),
    "instrument.open": ("Mở trong văn bản", "Open in the paper"),
    "instrument.missing": ("Không tìm thấy số ký hiệu này", "This number was not found"),
    "instrument.missing.hint": (
        "Không văn bản nào trong thư viện nhắc đến “{asked}”, danh mục cũng không có. Hãy viết đủ số và loại, ví dụ 17/2023/QH15 hoặc 08/2019/NQ-HĐND.",
        "No paper of the library names “{asked}”, and the catalogue does not have it. Give number and kind, such as 17/2023/QH15 or 08/2019/NQ-HĐND.",
    ),
    "instrument.near": ("Có thể bạn tìm", "Did you mean"),
    "instrument.see": ("Xem cả danh mục", "See the whole catalogue"),
    # -- ledger
    "ledger.title": ("Sổ chỉ tiêu", "Ledger of figures"),
    "ledger.about": (
        "Số liệu mà các văn bản nêu; mỗi dòng dẫn đến đúng đoạn ghi con số đó.",
        "Figures that the papers state; each row leads to the paragraph that states it.",
    ),
    "ledger.search": ("Chỉ tiêu (ví dụ: thành viên, doanh thu)", "Figure (for example: thành viên, doanh thu)"),
    "ledger.status": ("Loại số liệu", "Kind of figure"),
    "ledger.count": ("{n} số liệu", "{n} figures"),
    "ledger.page": ("trang {page} / {pages}", "page {page} of {pages}"),
    "ledger.previous": ("Trang trước", "Previous page"),
    "ledger.next": ("Trang sau", "Next page"),
    "ledger.pages": ("Các trang", "Pages"),
    "ledger.csv": ("Tải CSV", "Download CSV"),
    "ledger.xlsx": ("Tải Excel (XLSX)", "Download Excel (XLSX)"),
    "ledger.all_statuses": ("Tệp tải về gồm mọi loại số liệu.", "Downloads hold all kinds of figures."),
    "ledger.name": ("Chỉ tiêu", "Figure"),
    "ledger.value": ("Giá trị", "Value"),
    "ledger.year": ("Năm", "Year"),
    "ledger.place": ("Địa phương", "Place"),
    "ledger.paragraph": ("Đoạn nêu số liệu", "Stated in"),
    "ledger.sort_paper": ("Theo văn bản", "By paper"),
    "ledger.up": ("{column}, tăng dần", "{column}, ascending"),
    "ledger.down": ("{column}, giảm dần", "{column}, descending"),
    "ledger.sort_up": ("Sắp xếp tăng dần theo {column}", "Sort by {column}, ascending"),
    "ledger.sort_down": ("Sắp xếp giảm dần theo {column}", "Sort by {column}, descending"),
    "ledger.table": ("Bảng số liệu", "Table of figures"),
    "ledger.chart": ("Biểu đồ các số liệu đang hiện (đơn vị: {unit})", "Chart of the figures shown (unit: {unit})"),
    "status.actual": ("thực hiện", "achieved"),
    "status.planned": ("chỉ tiêu", "planned"),
    "status.estimated": ("ước tính", "estimated"),
    "status.requested": ("đề nghị", "requested"),
    # -- kinds of papers; those without a line here have their Vietnamese word
    "kind.law": ("Luật", "Law"),
    "kind.resolution": ("Nghị quyết", "Resolution"),
    "kind.decree": ("Nghị định", "Decree"),
    "kind.decision": ("Quyết định", "Decision"),
    "kind.circular": ("Thông tư", "Circular"),
    "kind.directive": ("Chỉ thị", "Directive"),
    "kind.conclusion": ("Kết luận", "Conclusion"),
    "kind.plan": ("Kế hoạch", "Plan"),
    "kind.programme": ("Chương trình", "Programme"),
    "kind.report": ("Báo cáo", "Report"),
    "kind.notice": ("Thông báo", "Notice"),
    "kind.announcement": ("Thông báo", "Notice"),
    "kind.letter": ("Công văn", "Official letter"),
    "kind.guidance": ("Hướng dẫn", "Guidance"),
    "kind.scheme": ("Đề án", "Scheme"),
    "kind.submission": ("Tờ trình", "Submission"),
    "kind.telegram": ("Công điện", "Urgent order"),
}


def language_of(request: Request) -> Lang:
    """The language that a request wants: its `lang`, then the cookie, then Vietnamese; other values count for nothing."""
    for wanted in (request.query_params.get("lang"), request.cookies.get(COOKIE)):
        if wanted in LANGUAGES:
            return wanted
    return "vi"


def remember(request: Request, response: Response) -> None:
    """Keep a language chosen by `?lang=` for the pages that follow."""
    if request.query_params.get("lang") in LANGUAGES:
        response.set_cookie(COOKIE, language_of(request), max_age=_YEAR, httponly=True, samesite="lax")


def other(lang: Lang) -> Lang:
    """The language to switch to."""
    return "en" if lang == "vi" else "vi"


def switched(request: Request) -> str:
    """The address asked for, in the other language. The fragment stays with the browser."""
    address = request.url.include_query_params(lang=other(language_of(request)))
    return f"{address.path}?{address.query}"


def text(lang: Lang, key: str, **values: object) -> str:
    """A text of the screen, unescaped. Raises KeyError for a key that TEXTS does not have."""
    found = TEXTS[key][LANGUAGES.index(lang)]
    return found.format(**values) if values else found


def kind(lang: Lang, name: str) -> str:
    """The word for a kind of paper ("resolution" -> "Nghị quyết", "Resolution")."""
    return text(lang, f"kind.{name}") if f"kind.{name}" in TEXTS else lawnumbers.kind_word(name)


def date(lang: Lang, iso: str) -> str:
    """A date as readers of that language write it: "2024-07-22" -> "22/7/2024", "22 July 2024"; what is no date stays as it is."""
    parts = iso.split("-")
    if lang == "vi" or not all(part.isdigit() for part in parts) or not (len(parts) == 1 or 1 <= int(parts[1]) <= len(_MONTHS)):
        return words.date(iso)
    day = f"{int(parts[2])} " if len(parts) > 2 else ""
    month = f"{_MONTHS[int(parts[1]) - 1]} " if len(parts) > 1 else ""
    return f"{day}{month}{parts[0]}"
