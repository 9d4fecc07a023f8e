"""The web server: library, assistant, API and plain pages as one application."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI

from bot.api import create_app
from bot.pipeline import Assistant
from knowledge.settings import Settings
from ui import pages
from ui.bundled import open_library

_log = logging.getLogger(__name__)


def build(settings: Settings) -> FastAPI:
    """The application over the library of these settings. Raises LibraryError when it does not open."""
    assistant = Assistant(open_library(settings))

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Beside the server's start, so that it listens at once and the first answer is quick all the same.
        threading.Thread(target=_warm, args=(assistant,), name="warm", daemon=True).start()
        yield

    app = create_app(assistant, lifespan)
    pages.mount(app, assistant.library)
    return app


def _warm(assistant: Assistant) -> None:
    try:
        assistant.warm()
    except Exception:
        _log.exception("warming failed; the first answers will be slower")
