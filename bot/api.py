"""The HTTP API: questions, documents, instruments, indicators, health and metrics. `create_app` makes it around an Assistant."""

import asyncio
import datetime
import html
import json
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import asdict
from decimal import Decimal
from typing import Annotated, Any, Literal

from fastapi import FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import HTMLResponse, JSONResponse, PlainTextResponse, Response, StreamingResponse
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException

from bot import clock, problems
from bot.answer import Answer
from bot.feedback import LONGEST_ANSWER, LONGEST_COMMENT, Feedback, Reason, Verdict, store
from bot.history import MAX_QUESTION, MAX_TURNS, user_turns
from bot.metrics import CONTENT_TYPE, Metrics
from bot.pipeline import Assistant, Told
from bot.problems import ProblemError
from bot.shield import Shield
from bot.understand import NOTHING
from knowledge import catalogue, lawnumbers, ledger
from knowledge.errors import UnknownDocument
from knowledge.library import Library
from knowledge.model import Document, Indicator

MAX_BODY = 512 * 1024  # bytes; the longest body within the bounds, every character escaped, has under 300 KB
MAX_FILTER = 200  # characters of a place or a name
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_log = logging.getLogger(__name__)

Ask = Callable[[Told], Answer]
Words = Annotated[str, StringConstraints(max_length=MAX_QUESTION)]


class Turn(BaseModel):
    """An earlier turn; only those of the role "user" count."""

    role: str
    content: Annotated[str, StringConstraints(max_length=10 * MAX_QUESTION)]


class ChatRequest(BaseModel):
    """A question with the turns before it, oldest first."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
    history: Annotated[list[Words | Turn], Field(max_length=MAX_TURNS)] = []
    forgotten: dict[Literal["place", "time", "subject"], Annotated[int, Field(ge=0, le=MAX_TURNS)]] = {}
    """How many of the earliest of the user's turns no longer give the place, the time or the subject."""
    stream: bool = False


class FeedbackRequest(BaseModel):
    """What a user says of an answer."""

    question: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=MAX_QUESTION)]
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)] = ""
    verdict: Verdict
    reasons: Annotated[list[Reason], Field(max_length=10)] = []
    comment: Annotated[str, StringConstraints(max_length=LONGEST_COMMENT)] = ""


def create_app(assistant: Assistant, lifespan: Callable[[FastAPI], Any] | None = None) -> FastAPI:
    """The API around an assistant. No page, script or record of it comes from or goes to another host."""
    app = FastAPI(
        title="Trợ lý HTX", version="1", summary="Hỏi đáp có dẫn chứng về chính sách hợp tác xã", docs_url=None, redoc_url=None, lifespan=lifespan,
        responses={"default": problems.SCHEMA},
        telemetry={"tracing": False, "metrics": False, "logs": False, "auto_configure": False},
    )  # fmt: skip
    metrics = app.state.metrics = Metrics()
    if assistant.model is not None:
        metrics.watch("htx_model_calls_total", "Calls of the language model by outcome.", assistant.model.outcomes)
        metrics.watch("htx_model_texts_total", "Answers and statements of the language model by what became of them.", assistant.written)
    app.add_middleware(Shield, metrics=metrics, max_body=MAX_BODY)
    _handle_errors(app)
    _add_chat(app, assistant, metrics)
    _add_feedback(app, assistant)
    _add_documents(app, assistant)
    _add_ledger(app, assistant)
    _add_service(app, assistant, metrics)
    return app


def _handle_errors(app: FastAPI) -> None:
    @app.exception_handler(ProblemError)
    async def problem(request: Request, error: ProblemError) -> Response:
        return problems.response(error.status, error.detail, request.url.path)

    @app.exception_handler(UnknownDocument)
    async def unknown(request: Request, error: UnknownDocument) -> Response:
        return problems.response(404, "Không có văn bản này trong thư viện. Danh sách văn bản có ở /api/documents.", request.url.path)

    @app.exception_handler(HTTPException)
    async def other(request: Request, error: HTTPException) -> Response:
        return problems.response(error.status_code, instance=request.url.path)

    @app.exception_handler(RequestValidationError)
    async def invalid(request: Request, error: RequestValidationError) -> Response:
        return problems.invalid(error.errors(), request.url.path)


def _add_chat(app: FastAPI, assistant: Assistant, metrics: Metrics) -> None:
    @app.post("/api/chat", summary="Hỏi một câu; trả lời bằng JSON, hoặc từng phần (text/event-stream)", max_body_size=MAX_BODY)
    async def chat(request: Request, asked: ChatRequest) -> Response:
        turns = user_turns([t if isinstance(t, str) else t.model_dump() for t in asked.history])
        ask = counted(assistant, metrics, asked.question, turns, asked.forgotten)
        if asked.stream or "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(events(ask, request.url.path), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        answer = await run_in_threadpool(ask, lambda event, data: None)
        return JSONResponse(answer.to_json())


def _add_feedback(app: FastAPI, assistant: Assistant) -> None:
    @app.post("/api/feedback", summary="Đánh giá một câu trả lời: hữu ích hay chưa đúng, vì sao", status_code=201, max_body_size=MAX_BODY)
    def feedback(said: FeedbackRequest) -> dict[str, bool]:
        store(assistant.library, Feedback(said.question, said.answer, said.verdict, tuple(said.reasons), said.comment))
        return {"stored": True}


def counted(assistant: Assistant, metrics: Metrics, question: str, turns: Sequence[str], forgotten: Mapping[Any, int] = NOTHING) -> Ask:
    """What asks the assistant and counts the answer by its status and time."""

    def ask(told: Told) -> Answer:
        start = time.perf_counter()
        try:
            answer = assistant.ask(question, turns, told, forgotten=forgotten)
        except Exception:
            metrics.answer("error", time.perf_counter() - start)
            raise
        metrics.answer(answer.status, time.perf_counter() - start)
        return answer

    return ask


async def events(ask: Ask, path: str) -> AsyncIterator[str]:
    """Server-sent events of one answer: status and statement as they come, then answer (or error), then done."""
    told: list[str] = []
    try:
        async for item in hear(ask):
            if isinstance(item, Answer):
                answer = item.to_json()
                if [s["text"] for s in answer["statements"][: len(told)]] != told:  # what was told early gave way to the built-in answer
                    yield _event("status", {"step": "replaced"})
                    told = []
                for statement in answer["statements"][len(told) :]:  # those that were not told of one by one
                    yield _event("statement", statement)
                yield _event("answer", answer)
            else:
                if item[0] == "statement":
                    told.append(str(item[1]["text"]))
                yield _event(*item)
    except Exception:
        _log.exception("no answer")
        yield _event("error", problems.body(500, instance=path))
    yield _event("done", {})


async def hear(ask: Ask) -> AsyncIterator[tuple[str, dict[str, object]] | Answer]:
    """What is told while the assistant is asked in a thread, as (kind, members), then the answer. Raises what asking raises.

    Who stops listening stops nothing: the thread ends by itself and what it tells is dropped.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[tuple[str, dict[str, object]] | None] = asyncio.Queue()

    def told(event: str, data: dict[str, object]) -> None:
        kind, members = ("statement", data) if event == "statement" else ("status", {"step": event, **data})
        loop.call_soon_threadsafe(queue.put_nowait, (kind, members))

    def work() -> Answer:
        try:
            return ask(told)
        finally:
            loop.call_soon_threadsafe(queue.put_nowait, None)

    task = asyncio.create_task(run_in_threadpool(work))
    task.add_done_callback(lambda done: done.cancelled() or done.exception())  # looked at, so that an error nobody waits for is not told of again
    while (item := await queue.get()) is not None:
        yield item
    yield await task


def _event(name: str, data: dict[str, Any]) -> str:
    return f"event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n"


def _add_documents(app: FastAPI, assistant: Assistant) -> None:
    library = assistant.library

    @app.get("/api/documents", summary="Các văn bản trong thư viện")
    def documents() -> dict[str, Any]:
        return {"documents": [_document(d) for d in library.documents().values()]}

    @app.get("/api/documents/{document_id}", summary="Một văn bản cùng các đoạn của nó")
    def document(document_id: str) -> dict[str, Any]:
        found = library.document(document_id)
        paragraphs = [
            {"anchor": p.anchor, "path": list(p.path), "text": p.text, "kind": p.kind, "label": p.label, "page": p.page, "doubts": list(p.doubts)}
            for p in library.paragraphs(document_id)
        ]
        return {**_document(found), "doubts": library.doubts(document_id), "paragraphs": paragraphs}

    @app.get("/api/instruments/{number:path}", summary="Những đoạn nhắc đến một số ký hiệu văn bản, ví dụ 17/2023/QH15")
    def instrument(number: str) -> dict[str, Any]:
        return instrument_of(library, number)


def instrument_of(library: Library, number: str) -> dict[str, Any]:
    """What is known of a document number: rows of the catalogue with what became of each by today, and the paragraphs that name it.

    Raises ProblemError: 422 when it cannot be read, 404 when nothing is known.
    """
    read = lawnumbers.find(number)
    if not read:
        raise ProblemError(422, "Không đọc được số ký hiệu này. Hãy viết đủ, ví dụ 08/2019/NQ-HĐND hoặc 17/2023/QH15.")
    visible = library.documents()
    mentions = [
        {
            "document_id": i, "document": visible[i].title, "anchor": m.anchor, "number": m.number.canonical, "issued_on": m.issued_on,
            "issuer": m.issuer, "title": m.title, "text": library.paragraph(i, m.anchor).text, "url": f"/documents/{i}#{m.anchor}",
        }
        for i, m in library.mentions(read[0]) if i in visible
    ]  # fmt: skip
    rows = [asdict(row) | {"fate": clock.fate(row, datetime.date.today())} for row in catalogue.look_up(number)]
    if not mentions and not rows:
        raise ProblemError(404, f"Không văn bản nào trong thư viện nhắc đến số {read[0].canonical}, danh mục văn bản cũng không có.")
    return {"number": read[0].canonical, "kind": read[0].kind, "instruments": rows, "mentions": mentions}


def _add_ledger(app: FastAPI, assistant: Assistant) -> None:
    library = assistant.library
    words = Query(max_length=MAX_FILTER)

    @app.get("/api/indicators", summary="Sổ chỉ tiêu: số liệu theo địa phương, tên, năm; format=json, csv hoặc xlsx", response_model=None)
    def indicators(
        place: Annotated[str, words] = "",
        name: Annotated[str, words] = "",
        year: Annotated[int | None, Query(ge=1900, le=2200)] = None,
        format: Literal["json", "csv", "xlsx"] = "json",
    ) -> Response:
        rows = ledger.find(library, place, name, year)
        if format == "csv":
            return PlainTextResponse(ledger.to_csv(rows), media_type="text/csv; charset=utf-8", headers=_download("so-chi-tieu.csv"))
        if format == "xlsx":
            return Response(ledger.to_xlsx(rows), media_type=XLSX, headers=_download("so-chi-tieu.xlsx"))
        return JSONResponse({"indicators": [indicator_of(d, row) for d, row in rows]})


def _download(name: str) -> dict[str, str]:
    return {"Content-Disposition": f'attachment; filename="{name}"'}


def indicator_of(d: Document, row: Indicator) -> dict[str, Any]:
    """A row of the ledger as JSON: money in đồng, `years` as [first, last] or null."""
    return {
        "name": row.name, "context": row.context, "value": _number(row.low), "value_to": None if row.high is None else _number(row.high), "unit": row.unit,
        "per": row.per, "bound": row.bound, "years": list(row.years) if row.years else None, "place": row.place.name, "status": row.status,
        "printed": row.printed, "document_id": d.id, "document": d.title, "number": d.number, "form": d.form, "anchor": row.anchor,
        "url": f"/documents/{d.id}#{row.anchor}",
    }  # fmt: skip


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)


def _document(d: Document) -> dict[str, Any]:
    return {
        "id": d.id, "number": d.number, "kind": d.kind, "title": d.title, "issuer": d.issuer, "issued_on": d.issued_on,
        "place": {"name": d.place.name, "level": d.place.level, "province": d.place.province}, "period": list(d.period) if d.period else None,
        "form": d.form, "source": d.source, "version": d.version, "url": f"/documents/{d.id}",
    }  # fmt: skip


def _add_service(app: FastAPI, assistant: Assistant, metrics: Metrics) -> None:
    @app.get("/healthz", summary="Tiến trình còn chạy")
    def healthz() -> dict[str, str]:
        return {"status": "ok"}

    @app.get("/readyz", summary="Thư viện mở được và có văn bản")
    def readyz() -> Response:
        try:
            count = len(assistant.library.documents())
        except Exception:
            _log.exception("the library does not open")
            return problems.response(503, "Chưa mở được thư viện. Hãy chạy: htx index status", "/readyz")
        if not count:
            return problems.response(503, "Thư viện chưa có văn bản nào. Hãy chạy: htx setup", "/readyz")
        return JSONResponse({"status": "ready", "documents": count})

    @app.get("/metrics", summary="Số đo theo mẫu Prometheus")
    def counted() -> Response:
        return PlainTextResponse(metrics.text(), media_type=CONTENT_TYPE)

    @app.get("/docs", include_in_schema=False)
    def docs() -> Response:
        return HTMLResponse(_docs_page(app.openapi()))


def _docs_page(openapi: dict[str, Any]) -> str:
    """A plain list of the endpoints; it asks no other host for anything."""
    rows = "".join(
        f"<dt><code>{html.escape(method.upper())} {html.escape(path)}</code></dt><dd>{html.escape(operation.get('summary', ''))}</dd>"
        for path, operations in openapi["paths"].items()
        for method, operation in operations.items()
    )
    return (
        '<!doctype html><html lang="vi"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        '<title>API – Trợ lý HTX</title><link rel="icon" href="/look/icon.svg"><link rel="stylesheet" href="/look/page.css"></head><body>'
        '<header class="top"><a class="brand" href="/">Trợ lý HTX</a></header><main class="paper">'
        f'<h1>API</h1><p>{html.escape(openapi["info"]["summary"])}. Mô tả đầy đủ cho máy: <a href="/openapi.json">/openapi.json</a> (OpenAPI).</p>'
        f"<dl>{rows}</dl></main></body></html>"
    )
