"""The MCP server over HTTP: /mcp of the running web server, without sessions: each call is complete in itself."""

import ipaddress
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlsplit

from fastapi import FastAPI
from mcp.server.streamable_http_manager import StreamableHTTPSessionManager
from starlette.datastructures import Headers
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from bot import problems
from bot.api import MAX_BODY
from bot.pipeline import Assistant
from knowledge.settings import Settings
from ui.completions import bears
from ui.tools import Desk, server

PATH = "/mcp"
_LOCAL = frozenset(["localhost", "127.0.0.1", "::1"])
_FOREIGN = "Trang web này không được gọi /mcp. Hãy dùng một ứng dụng MCP trên máy của bạn, hoặc khung hỏi đáp nhúng của Trợ lý HTX."
_UNKNOWN_HOST = "Máy chủ không nhận tên này. Hãy gọi bằng địa chỉ mà htx serve lắng nghe hoặc địa chỉ IP của máy; muốn dùng tên khác, hãy đặt HTX_API_KEY."
_NO_KEY = "Thiếu khóa hoặc khóa không đúng. Hãy gửi tiêu đề “Authorization: Bearer KHÓA” với khóa mà người quản trị đã cấp."
_ONLY_POST = "Địa chỉ này dành cho ứng dụng MCP, chỉ nhận POST. Muốn hỏi bằng trình duyệt, hãy mở trang chính."


class Gate:
    """The MCP server as an ASGI application that lets in whom it may. `running` must be open while it serves."""

    path = PATH

    def __init__(self, assistant: Assistant, settings: Settings) -> None:
        self._key = settings.api_key.get_secret_value()
        self._host = settings.host.lower()
        # The checks of Host and Origin are here, since those of the library know a fixed list only.
        self._manager = StreamableHTTPSessionManager(server(Desk(lambda: assistant)), json_response=True, stateless=True, max_request_body_size=MAX_BODY)

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """What calls are served in; once for each gate."""
        async with self._manager.run():
            yield

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        scope["route"] = self  # by its path the metrics count
        refused = self._refused(scope["method"], Headers(scope=scope))
        if refused is None:
            await self._manager.handle_request(scope, receive, send)
            return
        status, detail, headers = refused
        response = problems.response(status, detail, PATH)
        response.headers.update(headers)
        await response(scope, receive, send)

    def _refused(self, method: str, headers: Headers) -> tuple[int, str, dict[str, str]] | None:
        """Status, words and headers of a refusal, None for a call to let in."""
        if not _own(headers.get("origin", ""), headers.get("host", "")):
            return 403, _FOREIGN, {}
        if self._key:  # a page that took over a name of this machine would not have it, so with the key any name will do
            if not bears(headers.get("authorization", ""), self._key):
                return 401, _NO_KEY, {"WWW-Authenticate": "Bearer"}
        elif not self._known(headers.get("host", "")):
            return 421, _UNKNOWN_HOST, {}
        return (405, _ONLY_POST, {"Allow": "POST"}) if method != "POST" else None

    def _known(self, host: str) -> bool:
        """True for this machine by name, for the name it listens on, and for any IP address: no foreign name server can lead here with those."""
        name = _name(f"//{host}")
        try:
            ipaddress.ip_address(name)
        except ValueError:
            return name in _LOCAL or (name != "" and name == self._host)
        return True


def _own(origin: str, host: str) -> bool:
    """True for a call that comes from no page, from a page of this server or from one of this machine."""
    return not origin or origin.partition("://")[2] == host or _name(origin) in _LOCAL


def _name(address: str) -> str:
    """The host of an address, lower case, "" for none."""
    try:
        return urlsplit(address).hostname or ""
    except ValueError:
        return ""


def mount(app: FastAPI, gate: Gate) -> None:
    """Add /mcp. To be called before anything is mounted at "/"."""
    app.router.routes.append(Route(PATH, endpoint=gate, include_in_schema=False))
