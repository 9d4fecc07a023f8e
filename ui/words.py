"""Vietnamese words of the screen for statuses, notes and forms, and dates as people write them."""

from knowledge.model import Document

STATUSES = {
    "answered": "Đã trả lời", "partial": "Trả lời được một phần", "not_found": "Không tìm thấy", "clarify": "Cần nói rõ hơn",
    "out_of_scope": "Ngoài phạm vi", "refused": "Không thực hiện", "error": "Có lỗi",
}  # fmt: skip
NOTES = {"conflict": "Không thống nhất", "expired": "Đã hết thời kỳ", "amended": "Đã sửa đổi", "caution": "Cẩn trọng", "scope": "Phạm vi"}
DIGEST = "tóm lược"
HOLDS_ON = "Trả lời theo văn bản áp dụng đến ngày"


def date(iso: str) -> str:
    """A date as people write it: "2024-07-22" -> "22/7/2024", "2021-04" -> "4/2021"; what is no date stays as it is."""
    parts = iso.split("-")
    return "/".join(str(int(part)) for part in reversed(parts)) if all(part.isdigit() for part in parts) else iso


def period(document: Document) -> str:
    """The years a paper is for: "2025", "2021–2030", "" when it has none."""
    if document.period is None:
        return ""
    first, last = document.period
    return str(first) if first == last else f"{first}–{last}"
