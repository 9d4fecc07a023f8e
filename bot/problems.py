"""Errors of the HTTP API as problem details (RFC 9457). `detail` is for the person who asks: Vietnamese, and says what to do."""

from collections.abc import Sequence
from http import HTTPStatus
from typing import Any

from fastapi.responses import JSONResponse

MEDIA_TYPE = "application/problem+json"
_DETAILS = {
    404: "Không có trang hoặc dữ liệu này. Hãy kiểm tra lại địa chỉ; các địa chỉ dùng được có ở /docs.",
    405: "Địa chỉ này không nhận cách gọi vừa dùng. Xem cách gọi đúng ở /docs.",
    413: "Nội dung gửi lên quá lớn. Hãy rút ngắn câu hỏi hoặc bớt các lượt hỏi trước rồi gửi lại.",
    500: "Máy chủ gặp lỗi khi xử lý. Hãy thử lại sau ít phút; nếu vẫn lỗi, hãy báo cho người quản trị.",
}
_OTHER = "Không thực hiện được yêu cầu này. Xem cách gọi đúng ở /docs."
_FIELDS = {
    ("question", "string_too_long"): "Câu hỏi dài quá 1.000 ký tự. Hãy rút gọn rồi hỏi lại.",
    ("question", "string_too_short"): "Chưa có câu hỏi. Hãy nhập điều bạn muốn hỏi.",
    ("question", "missing"): "Chưa có câu hỏi. Hãy gửi câu hỏi trong trường “question”.",
    ("question", "string_unicode"): "Câu hỏi có ký tự không hợp lệ. Hãy gõ lại.",
    ("question", ""): "“question” phải là một chuỗi chữ.",
    ("history", "too_long"): "Lịch sử hội thoại dài quá 20 lượt. Hãy chỉ gửi các lượt gần nhất.",
    ("history", "string_too_long"): "Một lượt hỏi trước dài quá 1.000 ký tự. Hãy rút gọn hoặc bỏ lượt đó.",
    ("history", ""): "“history” là danh sách các lượt, mỗi lượt là một chuỗi hoặc đối tượng có “role” và “content”.",
    ("verdict", ""): "“verdict” là “up” (hữu ích) hoặc “down” (chưa đúng).",
    ("reasons", ""): "“reasons” là danh sách gồm “wrong_citation”, “wrong_figure”, “missing”.",
    ("comment", "string_too_long"): "Góp ý dài quá 1.000 ký tự. Hãy rút gọn rồi gửi lại.",
    ("turns", "too_short"): "Chưa có câu trả lời nào để xuất. Hãy hỏi một câu trước.",
    ("turns", "too_long"): "Hội thoại quá dài để xuất một lần. Hãy xuất từng câu trả lời.",
    ("turns", "missing"): "Chưa có nội dung để xuất. Hãy gửi các lượt hỏi đáp trong trường “turns”.",
    ("turns", ""): "“turns” là danh sách các lượt, mỗi lượt có “question” và “answer” như /api/chat đã trả lời.",
    ("format", ""): "“format” là “docx” hoặc “md”.",
    ("", "json_invalid"): "Nội dung gửi lên không phải JSON hợp lệ. Hãy gửi dạng {“question”: “…”}.",
}


class ProblemError(Exception):
    """An error to show to the caller as problem details."""

    def __init__(self, status: int, detail: str = "") -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail or _DETAILS.get(status, _OTHER)


def body(status: int, detail: str = "", instance: str = "", **more: object) -> dict[str, Any]:
    """The members of a problem; `more` are extension members."""
    try:
        title = HTTPStatus(status).phrase
    except ValueError:
        title = "Error"
    problem = {"type": "about:blank", "title": title, "status": status, "detail": detail or _DETAILS.get(status, _OTHER), **more}
    return problem | ({"instance": instance} if instance else {})


def response(status: int, detail: str = "", instance: str = "", **more: object) -> JSONResponse:
    """A problem as a response."""
    return JSONResponse(body(status, detail, instance, **more), status, media_type=MEDIA_TYPE)


def invalid(errors: Sequence[Any], instance: str) -> JSONResponse:
    """What is wrong with a request's fields: the first error in words, all of them by field and type."""
    found = list(dict.fromkeys((_field(error["loc"]), str(error["type"])) for error in errors))
    field, kind = found[0]
    name = field.split(".")[0]
    detail = _FIELDS.get((name, kind)) or _FIELDS.get((name, "")) or _OTHER
    return response(422, detail, instance, errors=[{"field": field, "type": kind} for field, kind in found])


def _field(loc: Sequence[object]) -> str:
    """The field, "question" or "history.3" for the fourth turn; "" for the body as a whole."""
    parts = [str(part) for part in loc[1:3]]
    return ".".join(parts) if parts and not parts[0].isdigit() else ""


SCHEMA = {
    "description": "Problem details (RFC 9457)",
    "content": {
        MEDIA_TYPE: {
            "schema": {
                "type": "object",
                "required": ["type", "title", "status", "detail"],
                "properties": {
                    "type": {"type": "string"},
                    "title": {"type": "string"},
                    "status": {"type": "integer"},
                    "detail": {"type": "string", "description": "Vietnamese, for the person who asks"},
                    "instance": {"type": "string"},
                },
            }
        }
    },
}
