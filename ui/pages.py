"""The plain pages: the question page as a file, the papers as HTML made here. Everything from a paper is escaped."""

from html import escape
from pathlib import Path

from fastapi import FastAPI
from fastapi.responses import FileResponse, HTMLResponse, Response
from fastapi.staticfiles import StaticFiles

from ingest.clean import strip_marks
from knowledge.errors import UnknownDocument
from knowledge.library import Library
from knowledge.model import Document, Paragraph
from ui.words import DIGEST, date, period

_PAGE = Path(__file__).with_name("page")
_DEEPEST = 6  # HTML has headings to h6


def mount(app: FastAPI, library: Library) -> None:
    """Add the pages `/`, `/documents`, `/documents/{id}` and their style and script under `/static`."""
    app.mount("/static", StaticFiles(directory=_PAGE), name="static")

    @app.get("/", include_in_schema=False)
    def index() -> Response:
        return FileResponse(_PAGE / "index.html", media_type="text/html; charset=utf-8")

    @app.get("/documents", include_in_schema=False)
    def documents() -> Response:
        return HTMLResponse(_list_page(list(library.documents().values())))

    @app.get("/documents/{document_id}", include_in_schema=False)
    def document(document_id: str) -> Response:
        try:
            found = library.document(document_id)
        except UnknownDocument:
            return HTMLResponse(_missing_page(), 404)
        return HTMLResponse(_document_page(found, library.paragraphs(document_id)))


def _list_page(documents: list[Document]) -> str:
    items = "".join(
        f'<li class="source"><h2><a href="/documents/{escape(d.id)}">{escape(d.title)}</a>{_tag(d)}</h2><p class="meta">{_meta(d)}</p></li>' for d in documents
    )
    empty = "" if documents else "<p>Thư viện chưa có văn bản nào. Người quản trị nạp văn bản bằng lệnh <code>htx ingest</code>.</p>"
    return _page(
        "Văn bản trong thư viện", f'<h1>Văn bản trong thư viện</h1><p class="meta">{len(documents)} văn bản</p>{empty}<ul class="sources">{items}</ul>'
    )


def _missing_page() -> str:
    return _page("Không có văn bản này", '<h1>Không có văn bản này</h1><p>Địa chỉ có thể đã cũ. Xem <a href="/documents">danh sách văn bản</a>.</p>')


def _document_page(document: Document, paragraphs: list[Paragraph]) -> str:
    digest = '<p class="note">Đây là bản tóm lược: nội dung được viết lại từ văn bản gốc, giữ nguyên số mục. Khi cần trích dẫn, hãy đối chiếu văn bản gốc.</p>'
    body = "".join(_paragraph(p) for p in paragraphs)
    head = f'<h1>{escape(document.title)}{_tag(document)}</h1><p class="meta">{_meta(document)}</p>'
    return _page(document.title, f"{head}{digest if document.form == 'digest' else ''}<article>{body}</article>")


def _paragraph(p: Paragraph) -> str:
    words = escape("\n".join(filter(None, (strip_marks(line) for line in p.text.split("\n")))))
    doubts = "".join(f'<span class="doubt">{escape(doubt)}</span>' for doubt in p.doubts)
    link = f'<a class="anchor" href="#{escape(p.anchor)}" title="Liên kết đến đoạn này" aria-label="Liên kết đến đoạn này">#</a>'
    depth = len(p.path)
    name = f"h{min(depth + 2, _DEEPEST)}" if p.kind == "heading" else "p"
    return f'<{name} id="{escape(p.anchor)}" class="{escape(p.kind)} depth-{min(depth, _DEEPEST)}">{words}{doubts}{link}</{name}>'


def _tag(document: Document) -> str:
    return f' <span class="tag">{DIGEST}</span>' if document.form == "digest" else ""


def _meta(document: Document) -> str:
    parts = [
        f"Số {document.number}" if document.number else "",
        document.issuer,
        f"ngày {date(document.issued_on)}" if document.issued_on.count("-") == 2 else date(document.issued_on),
        f"thời kỳ {period(document)}" if document.period else "",
    ]
    return escape(" · ".join(filter(None, parts)))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} – Trợ lý HTX</title><link rel="icon" href="/static/icon.svg"><link rel="stylesheet" href="/static/page.css"></head><body>'
        '<header class="top"><a class="brand" href="/">Trợ lý HTX</a><nav><a href="/">Hỏi đáp</a><a href="/documents">Văn bản</a></nav></header>'
        f'<main class="paper">{body}</main></body></html>'
    )
