"""The web server: library, assistant, API, reader, widget and chat page as one application."""

import logging
import threading
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from fastapi import FastAPI
from starlette.concurrency import run_in_threadpool

from bot.api import create_app
from bot.pipeline import Assistant
from knowledge.settings import Settings
from ui import chat, completions, embed, export_api, reader, tools_api
from ui.bundled import open_assistant

_STOPS_WITHIN = 20.0  # seconds that the end waits for the warming
_log = logging.getLogger(__name__)


def build(settings: Settings) -> FastAPI:
    """The application over the library of these settings. Raises LibraryError when it does not open."""
    assistant = open_assistant(settings)
    gate = tools_api.Gate(assistant, settings)

    @asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        # Beside the server's start, so that it listens at once and the first answer is quick all the same.
        warming = threading.Thread(target=_warm, args=(assistant,), name="warm", daemon=True)
        warming.start()
        async with gate.running():
            yield
        # Python must not end while the indexes' own code still runs in it: it would crash.
        await run_in_threadpool(warming.join, _STOPS_WITHIN)

    app = create_app(assistant, lifespan)
    embed.mount(app, assistant, settings)
    export_api.mount(app, assistant.library)
    completions.mount(app, assistant, settings)
    reader.mount(app, assistant)
    tools_api.mount(app, gate)
    return chat.mount(app, assistant)


def _warm(assistant: Assistant) -> None:
    try:
        assistant.warm()
    except Exception:
        _log.exception("warming failed; the first answers will be slower")
