"""Words of the chat page in both languages of the screen. Answers stay in Vietnamese, as the papers are."""

from dataclasses import dataclass

from ui import language
from ui.words import NOTES, STATUSES

_TABLE = {
    "title": ("Trợ lý HTX – hỏi đáp chính sách hợp tác xã", "Trợ lý HTX – questions on cooperative policy"),
    "heading": ("Hỏi về chính sách hợp tác xã", "Ask about cooperative policy"),
    "lead": (
        "Câu trả lời lấy từ các văn bản trong thư viện và chỉ ra đúng đoạn làm căn cứ. Văn bản không nêu thì trợ lý nói rõ là không tìm thấy.",
        "Answers come from the papers of the library and point to the paragraph that proves them. What the papers do not say is not answered.",
    ),
    "hint": (
        "Gõ có dấu, không dấu hay viết tắt (HTX, THT, KTTT) đều được.",
        "Ask in Vietnamese, with or without accents, or in English. Answers are in Vietnamese.",
    ),
    "question": ("Câu hỏi của bạn", "Your question"),
    "placeholder": ("Nhập câu hỏi…", "Type a question…"),
    "send": ("Hỏi", "Ask"),
    "again": ("Bắt đầu lại", "Start again"),
    "asked": ("Câu hỏi", "Question"),
    "searching": ("Đang tìm trong {} văn bản…", "Looking through {} papers…"),
    "writing": ("Đang viết câu trả lời và đối chiếu từng câu với văn bản…", "Writing the answer and checking each sentence against the papers…"),
    "ready": ("Đã có câu trả lời.", "The answer is here."),
    "by_model": (
        "Lời văn do mô hình ngôn ngữ viết, từng câu đã được đối chiếu với đoạn dẫn.",
        "Worded by a language model; each sentence was checked against the paragraph it cites.",
    ),
    "about": ("Đang nói về", "Talking about"),
    "forget": ("Bỏ {}", "Forget {}"),
    "forgot": ("Đã bỏ {}. Câu hỏi sau không lấy theo đó nữa.", "{} is forgotten. The next question does not take it over."),
    "sources": ("Nguồn", "Sources"),
    "sources_none": ("Nguồn của câu trả lời sẽ hiện ở đây.", "The sources of an answer will show here."),
    "open": ("Mở trong văn bản", "Open in the paper"),
    "number": ("Số", "No."),
    "digest": ("Tóm lược", "Digest"),
    "verbatim": ("Nguyên văn", "Verbatim"),
    "holds_on": ("Trả lời theo văn bản áp dụng đến ngày", "By the texts in force on"),
    "copy": ("Sao chép kèm nguồn", "Copy with sources"),
    "next": ("Hỏi tiếp", "Ask next"),
    "figures": ("Số liệu so sánh", "Figures compared"),
    "where": ("Nơi, nội dung", "Place, measure"),
    "what_time": ("Thời gian", "Time"),
    "figure": ("Số liệu", "Figure"),
    "filters": ("Chọn văn bản để tìm", "Choose the papers to search"),
    "place": ("Địa phương", "Place"),
    "kind": ("Loại văn bản", "Kind of paper"),
    "year": ("Năm", "Year"),
    "any": ("Tất cả", "All"),
    "up": ("Đúng điều tôi cần", "This helped"),
    "down": ("Chưa đúng", "Not right"),
    "what_wrong": ("Chưa đúng ở chỗ nào?", "What is wrong?"),
    "comment": ("Nói thêm (không bắt buộc)", "Say more (optional)"),
    "tell": ("Gửi góp ý", "Send"),
    "thanks": ("Cảm ơn bạn, góp ý đã được ghi lại.", "Thank you, it has been noted."),
    "docx": ("Tải về Word", "Save as Word"),
    "md": ("Tải về Markdown", "Save as Markdown"),
    "founder": ("Người lập hợp tác xã", "Founders"),
    "official": ("Cán bộ", "Officials"),
    "site": ("Người dân, báo chí", "Public and press"),
    "failed": (
        "Có lỗi khi trả lời. Hãy hỏi lại; nếu vẫn lỗi, báo cho người quản trị.",
        "Something went wrong. Ask again; if it stays so, tell the administrator.",
    ),
    "lost": (
        "Mất kết nối với máy chủ. Hãy kiểm tra mạng rồi hỏi lại; những câu trả lời đã có vẫn còn.",
        "The connection to the server is lost. Check the network and ask again; the answers so far are kept.",
    ),
    "wrong_citation": ("Sai trích dẫn", "Wrong citation"),
    "wrong_figure": ("Sai số liệu", "Wrong figure"),
    "missing": ("Thiếu", "Something missing"),
}  # fmt: skip
_STATUSES_EN = {
    "answered": "Answered", "partial": "Answered in part", "not_found": "Not found", "clarify": "One more question", "out_of_scope": "Out of scope",
    "refused": "Refused", "error": "Error",
}  # fmt: skip
_NOTES_EN = {"conflict": "The papers disagree", "expired": "Its period is over", "amended": "Amended", "caution": "Caution", "scope": "Scope"}
# By kind of user; each was asked of the bundled papers.
EXAMPLES = {
    "founder": (
        "Tôi có 7 người, làm nông nghiệp ở Văn Quan, mới thành lập: được hỗ trợ gì?",
        "Thành lập hợp tác xã cần tối thiểu mấy thành viên?",
        "ho so dang ky htx gom nhung gi",
    ),
    "official": (
        "Năm 2025 huyện Văn Quan đặt mục tiêu thành lập mới bao nhiêu hợp tác xã?",
        "Nghị quyết 08/2019/NQ-HĐND của Lạng Sơn còn hiệu lực không?",
        "Sở Tài chính tỉnh Lai Châu được giao việc gì?",
    ),
    "site": (
        "Văn Quan với Ba Tơ, nơi nào nhiều hợp tác xã hơn?",
        "Luật Hợp tác xã 2023 khác luật 2012 thế nào về số thành viên tối thiểu?",
        "Bắc Kạn, Văn Quan, Ba Tơ: hợp tác xã ở đâu đông thành viên nhất?",
    ),
}


@dataclass(frozen=True)
class Words:
    """The words of the page in one language, "vi" or "en"."""

    language: str

    def __getitem__(self, key: str) -> str:
        return _TABLE[key][self.language == "en"]

    def status(self, status: str) -> str:
        return (_STATUSES_EN if self.language == "en" else STATUSES)[status]

    def note(self, kind: str) -> str:
        return (_NOTES_EN if self.language == "en" else NOTES)[kind]

    def kind(self, kind: str) -> str:
        return language.kind("en" if self.language == "en" else "vi", kind)
