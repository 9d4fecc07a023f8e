"""The outermost layer of the HTTP app: security headers on every response, requests counted, crashes and huge bodies answered."""

import logging

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import problems
from bot.metrics import Metrics

# No inline script or style, no other host; a route that must differ sets its own header.
HEADERS = {
    "Content-Security-Policy": "default-src 'self'; base-uri 'none'; object-src 'none'; form-action 'self'; frame-ancestors 'none'",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-cache",
}
_log = logging.getLogger(__name__)


class Shield:
    """Plain ASGI, so that streams pass through as they come."""

    def __init__(self, app: ASGIApp, metrics: Metrics, max_body: int) -> None:
        self._app = app
        self._metrics = metrics
        self._max_body = max_body

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        status = 0

        async def send_with_headers(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                headers = MutableHeaders(scope=message)
                for name, value in HEADERS.items():
                    headers.setdefault(name, value)
            await send(message)

        length = Headers(scope=scope).get("content-length", "")
        try:
            if length.isdecimal() and int(length) > self._max_body:  # a body without a length meets the limit of its route
                await problems.response(413, instance=scope["path"])(scope, receive, send_with_headers)
            else:
                await self._app(scope, receive, send_with_headers)
        except Exception:
            _log.exception("%s %s failed", scope["method"], scope["path"])
            if status:  # the answer is half out: only the connection can still tell
                raise
            await problems.response(500, instance=scope["path"])(scope, receive, send_with_headers)
        finally:
            self._metrics.request(scope["method"], _route(scope), status or 500)


def _route(scope: Scope) -> str:
    return str(getattr(scope.get("route"), "path", "") or "other")
