"""What the tools of the MCP server take and give, as types: their JSON schemas are what a client and its model are shown."""

from typing import Annotated, Any

from pydantic import BaseModel, Field, StringConstraints
from typing_extensions import TypedDict  # the one of Python 3.11 cannot be read by pydantic

from bot.history import MAX_QUESTION, MAX_TURNS

MAX_FILTER = 200  # characters of a place or a name, as of the API
MAX_ID = 200  # characters of a document's id or an anchor

_trimmed = StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)
_filter = StringConstraints(strip_whitespace=True, max_length=MAX_FILTER)
_identifier = StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_ID)


class Turn(BaseModel):
    """An earlier turn; only those of the role "user" count."""

    role: str
    content: Annotated[str, StringConstraints(max_length=10 * MAX_QUESTION)]


Words = Annotated[str, StringConstraints(max_length=MAX_QUESTION)]
Question = Annotated[str, _trimmed, Field(description="Câu hỏi bằng tiếng Việt, có dấu hoặc không dấu, tối đa 1.000 ký tự.")]
History = Annotated[
    list[Words | Turn],
    Field(max_length=MAX_TURNS, description="Các lượt hỏi trước của người dùng, cũ nhất trước: chuỗi, hoặc {role, content}; tối đa 20 lượt."),
]
Query = Annotated[str, _trimmed, Field(description="Điều cần tìm, bằng lời thường; tối đa 1.000 ký tự.")]
PlaceName = Annotated[str, _filter, Field(description="Tên tỉnh hoặc huyện, có dấu hoặc không dấu; “Việt Nam” là văn bản chung cả nước; để trống là mọi nơi.")]
Kind = Annotated[
    str, _filter, Field(description="Loại văn bản: law, decree, circular, decision, resolution, plan, report… hoặc tên tiếng Việt; để trống là mọi loại.")
]
Year = Annotated[int, Field(ge=0, le=2200, description="Năm trong kỳ của văn bản, hoặc năm ban hành nếu văn bản không có kỳ; 0 là mọi năm.")]
FigureYear = Annotated[int, Field(ge=0, le=2200, description="Năm của số liệu; 0 là mọi năm.")]
FewParagraphs = Annotated[int, Field(ge=1, le=30, description="Số đoạn nhiều nhất, từ 1 đến 30.")]
FewRows = Annotated[int, Field(ge=1, le=200, description="Số dòng nhiều nhất, từ 1 đến 200.")]
DocumentId = Annotated[str, _identifier, Field(description="document_id mà ask hoặc search_paragraphs đã trả.")]
Anchor = Annotated[str, _identifier, Field(description="anchor của đoạn, đi cùng document_id ấy.")]
Number = Annotated[str, _identifier, Field(description="Số ký hiệu viết đủ, ví dụ 17/2023/QH15 hoặc 08/2019/NQ-HĐND.")]
IndicatorName = Annotated[str, _filter, Field(description="Các từ phải có trong tên hoặc tiêu đề của chỉ tiêu, ví dụ “số hợp tác xã”; để trống là tất cả.")]


class CitedStatement(TypedDict):
    """A sentence of an answer with the markers of its citations."""

    text: str
    citations: list[int]


class CitedParagraph(TypedDict):
    """Where a statement is proven; `form` is "verbatim" or "digest"."""

    marker: int
    document_id: str
    number: str
    title: str
    issuer: str
    issued_on: str
    form: str
    anchor: str
    path: list[str]
    quote: str
    url: str


class Remark(TypedDict):
    """A remark beside an answer."""

    kind: str
    text: str
    citations: list[int]


class Answered(TypedDict):
    """An answer, as POST /api/chat gives it but for the texts of the cited paragraphs and the times."""

    status: str
    answer: str
    statements: list[CitedStatement]
    citations: list[CitedParagraph]
    notes: list[Remark]
    figures: list[dict[str, Any]]
    suggestions: list[str]
    holds_on: str


class FoundParagraph(TypedDict):
    """A paragraph that was found; `state` is "in_force", "amended", "ended", "period_over", "not_yet" or "" (not known); `validity` says it in words."""

    document_id: str
    number: str
    title: str
    issuer: str
    issued_on: str
    kind: str
    place: str
    form: str
    anchor: str
    path: list[str]
    text: str
    state: str
    validity: str
    url: str


class FoundParagraphs(TypedDict):
    """Paragraphs, best first."""

    paragraphs: list[FoundParagraph]


class WholeParagraph(TypedDict):
    """One paragraph with what stands around it; `before` and `after` are its neighbours' texts, "" at the ends of a paper."""

    document_id: str
    number: str
    title: str
    issuer: str
    issued_on: str
    place: str
    form: str
    anchor: str
    path: list[str]
    text: str
    page: int | None
    doubts: list[str]
    validity: str
    before: str
    after: str
    url: str


class KnownInstruments(TypedDict):
    """What is known of a number: rows of the catalogue, and paragraphs that name it, `mentions_total` before they were cut."""

    number: str
    kind: str
    instruments: list[dict[str, Any]]
    mentions: list[dict[str, Any]]
    mentions_total: int


class Indicators(TypedDict):
    """Rows of the ledger, `total` before they were cut."""

    total: int
    indicators: list[dict[str, Any]]
