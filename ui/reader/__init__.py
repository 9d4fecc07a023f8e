"""The reader: papers, legal texts and figures as plain pages made on the server. They need no script; everything from a paper is escaped."""

import datetime
from collections.abc import Callable
from pathlib import Path

from fastapi import FastAPI, Request
from fastapi.responses import Response
from fastapi.staticfiles import StaticFiles

from bot.pipeline import Assistant
from ui.reader import documents, instrument, instruments, ledger, paper
from ui.reader.layout import View

_PAGE = Path(__file__).parents[1] / "page"


def mount(app: FastAPI, assistant: Assistant, today: Callable[[], datetime.date] = datetime.date.today) -> None:
    """Add `/documents`, `/documents/{id}`, `/instruments`, `/instruments/{number}`, `/ledger`, and `/look` with their styles.

    Not `/static`, which the chat page has for itself. `today` is the day for which papers are said to be in force.
    """
    library = assistant.library
    app.mount("/look", StaticFiles(directory=_PAGE), name="look")

    @app.get("/documents", include_in_schema=False)
    def list_documents(request: Request) -> Response:
        return documents.respond(View.of(request, today()), library)

    @app.get("/documents/{document_id}", include_in_schema=False)
    def one_paper(request: Request, document_id: str) -> Response:
        return paper.respond(View.of(request, today()), library, document_id)

    @app.get("/instruments", include_in_schema=False)
    def list_instruments(request: Request) -> Response:
        return instruments.respond(View.of(request, today()))

    @app.get("/instruments/{number:path}", include_in_schema=False)
    def one_instrument(request: Request, number: str) -> Response:
        return instrument.respond(View.of(request, today()), library, number)

    @app.get("/ledger", include_in_schema=False)
    def figures(request: Request) -> Response:
        return ledger.respond(View.of(request, today()), library)
