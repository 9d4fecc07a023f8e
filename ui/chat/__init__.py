"""The chat page: Gradio, one page in each language of the screen, mounted on the one application."""

import gradio as gr
from fastapi import FastAPI
from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.pipeline import Assistant
from ui.chat import page

PATHS = {"/en": "en", "/": "vi"}  # "/" last: it takes every path that is left
_UPLOAD = 1024  # bytes: the page takes no files, and nobody shall fill the disk through it
# Gradio writes its state and styles into the page and compiles its templates there, so these are allowed; nothing of another host is.
_POLICY = (
    "default-src 'self'; script-src 'self' 'unsafe-inline' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; font-src 'self' data:;"
    " connect-src 'self'; worker-src 'self' blob:; base-uri 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'"
)


def mount(app: FastAPI, assistant: Assistant) -> FastAPI:
    """Add the pages to an application that has all its other routes already."""
    for path, language in PATHS.items():
        gr.mount_gradio_app(
            app, page.build(assistant, language), path=path, theme=page.theme(), head=page.head(language), footer_links=[],
            show_error=False, max_file_size=_UPLOAD, ssr_mode=False, run_history=False,
        )  # fmt: skip
    app.add_middleware(_Policy)
    return app


class _Policy:
    """Plain ASGI: the chat pages get a policy of their own in place of the strict one of the other pages."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"].rstrip("/") not in {path.rstrip("/") for path in PATHS}:
            await self._app(scope, receive, send)
            return

        async def send_with_policy(message: Message) -> None:
            if message["type"] == "http.response.start":
                MutableHeaders(scope=message)["Content-Security-Policy"] = _POLICY
            await send(message)

        await self._app(scope, receive, send_with_policy)
