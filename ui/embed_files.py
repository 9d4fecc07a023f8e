"""The files that bring the widget to a page: the script, and the frame for sites that allow only that."""

import gzip
import hashlib
import json
import re
from html import escape
from pathlib import Path
from typing import Annotated

from fastapi import FastAPI, Query, Request
from fastapi.responses import HTMLResponse, Response

from ui.sites import Site, Sites

WIDGET = Path(__file__).with_name("widget")
_PARTS = ("words.js", "client.js", "store.js", "answer.js", "widget.js")  # in the order in which they need one another
_IMPORT = re.compile(r"^import .*\n", re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:const|class|function|async) )", re.MULTILINE)
# Module scripts are fetched with CORS. The script is the same for everyone, is public, and holds nothing of a site, a person or a
# session, so any page may read it; "*" also keeps the browser from sending anything along. What it may do is decided under /embed.
_SCRIPT_HEADERS = {"Access-Control-Allow-Origin": "*", "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "public, max-age=3600"}
_FRAME_POLICY = "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'none'; frame-ancestors {}"
_NO_SITE = "Không có phần hỏi đáp nào ở địa chỉ này. Người quản trị trang hãy kiểm tra mã “site” trong thẻ nhúng."
_PAUSED = "Phần hỏi đáp trên trang này đang tạm ngừng. Mời bạn quay lại sau."


def mount(app: FastAPI, sites: Sites) -> None:
    """Add /widget.js, /embed/frame and its style."""
    widget, frame_style = _File(script(), "text/javascript"), _File((WIDGET / "frame.css").read_bytes(), "text/css")

    @app.get("/widget.js", include_in_schema=False)
    def served_script(request: Request) -> Response:
        return widget.response(request, _SCRIPT_HEADERS)

    @app.get("/embed/frame.css", include_in_schema=False)
    def style(request: Request) -> Response:
        return frame_style.response(request, {"Cache-Control": "public, max-age=3600"})

    @app.get("/embed/frame", include_in_schema=False)
    def frame(
        site: Annotated[str, Query(max_length=63)] = "", lang: Annotated[str, Query(max_length=5)] = "vi", place: Annotated[str, Query(max_length=80)] = ""
    ) -> Response:
        found = sites.get(site)
        if found is None:
            return HTMLResponse(_page(f"<p>{_NO_SITE}</p>", "vi"), 404, _frame_headers(None))
        if not found.enabled:
            return HTMLResponse(_page(f"<p>{_PAUSED}</p>", "vi"), 403, _frame_headers(found))
        language = "en" if lang == "en" else "vi"
        element = f'<hoi-dap-htx mode="frame" site="{escape(found.id)}" lang="{language}" place="{escape(place)}"><a href="/">Trợ lý HTX</a></hoi-dap-htx>'
        return HTMLResponse(_page(element, language), 200, _frame_headers(found))


def script() -> bytes:
    """The widget's parts and style as one module: one file to fetch, so that a page never mixes two versions of them."""
    style = f"const STYLE = {json.dumps((WIDGET / 'widget.css').read_text(encoding='utf-8'))};\n"
    parts = ((WIDGET / name).read_text(encoding="utf-8") for name in _PARTS)
    return (style + "".join(_EXPORT.sub("", _IMPORT.sub("", part)) for part in parts)).encode()


def zipped(content: bytes) -> bytes:
    """As it goes over the line, the same bytes each time."""
    return gzip.compress(content, 9, mtime=0)


class _File:
    """A file kept in memory, zipped and not, with its tag."""

    def __init__(self, content: bytes, kind: str) -> None:
        self._forms = {"": content, "gzip": zipped(content)}
        self._kind = kind
        self._tag = hashlib.sha256(content).hexdigest()[:20]

    def response(self, request: Request, headers: dict[str, str]) -> Response:
        encoding = "gzip" if "gzip" in request.headers.get("accept-encoding", "") else ""
        tag = f'"{self._tag}{encoding[:1]}"'
        headers = headers | {"ETag": tag, "Vary": "Accept-Encoding"}
        if tag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        return Response(self._forms[encoding], media_type=self._kind, headers=headers | ({"Content-Encoding": encoding} if encoding else {}))


def _frame_headers(site: Site | None) -> dict[str, str]:
    ancestors = " ".join(site.origins) if site is not None and site.origins else "'none'"
    return {"Content-Security-Policy": _FRAME_POLICY.format(ancestors), "Cross-Origin-Resource-Policy": "cross-origin", "Cache-Control": "no-cache"}


def _page(body: str, language: str) -> str:
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover"><title>Trợ lý HTX</title>'
        '<link rel="icon" href="/look/icon.svg"><link rel="stylesheet" href="/embed/frame.css"><script type="module" src="/widget.js"></script></head>'
        f"<body><main>{body}</main></body></html>"
    )
