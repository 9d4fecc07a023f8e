"""What the widget calls from other sites: session, question, paragraph, feedback; and the files that bring it there.

Each call is checked for its Origin, which the page cannot set, against the list of the site it speaks for; that one origin, and
never "*", is named in the answer. A page gives a question, the turns before it and perhaps a place: nothing else reaches the
assistant.
"""

import secrets
import time
from collections.abc import Awaitable, Callable
from datetime import date
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Query, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field, StringConstraints
from starlette.concurrency import run_in_threadpool

from bot import api, problems
from bot.answer import Answer
from bot.feedback import LONGEST_ANSWER, LONGEST_COMMENT, Feedback, Reason, Verdict, store
from bot.history import MAX_QUESTION, user_turns
from bot.pipeline import Assistant
from bot.problems import ProblemError
from knowledge.errors import UnknownDocument, UnknownParagraph
from knowledge.library import Library
from knowledge.settings import Settings
from ui import embed_files
from ui.limits import Limiter, caller
from ui.local import Told, ask_at, place_of, places_of
from ui.paragraph import read
from ui.sites import FILE, Site, Sites
from ui.tokens import LIFE, Tokens

OWN = "self"  # the origin of the assistant's own pages: the frame
_LIGHT = 5  # calls of the other kinds that go with one question: a session, paragraphs read, feedback
_MAX_SMALL = 32 * 1024  # bytes of a body that holds no conversation
_PREFLIGHT = {"Access-Control-Allow-Methods": "GET, POST", "Access-Control-Allow-Headers": "authorization, content-type", "Access-Control-Max-Age": "600"}
_REFUSED = "Trang này chưa được phép nhúng hỏi đáp. Người quản trị trang hãy đề nghị đơn vị vận hành Trợ lý HTX thêm địa chỉ của trang vào danh sách."
_PAUSED = "Phần hỏi đáp trên trang này đang tạm ngừng. Mời bạn quay lại sau hoặc hỏi trực tiếp đơn vị phụ trách."
_OVER = "Phiên hỏi đáp đã hết hạn. Hãy gửi lại câu hỏi."
_NO_PARAGRAPH = "Không còn đoạn này trong thư viện: văn bản có thể đã được thay bằng bản mới. Hãy hỏi lại để có dẫn chứng mới."


class SessionRequest(BaseModel):
    """The public id of the site that the page belongs to."""

    site: Annotated[str, StringConstraints(max_length=63)]


class EmbedChatRequest(api.ChatRequest):
    """A question; `place` is where it is meant when it names no place."""

    place: Annotated[str, StringConstraints(max_length=80)] = ""


class FeedbackRequest(BaseModel):
    """What a person thought of an answer."""

    question: Annotated[str, StringConstraints(max_length=MAX_QUESTION)]
    answer: Annotated[str, StringConstraints(max_length=LONGEST_ANSWER)]
    verdict: Verdict
    reasons: Annotated[list[Reason], Field(max_length=10)] = []
    comment: Annotated[str, StringConstraints(max_length=LONGEST_COMMENT)] = ""


class _TooManyError(ProblemError):
    def __init__(self, wait: float) -> None:
        self.wait = int(wait) + 1
        super().__init__(429, f"Có quá nhiều câu hỏi trong một phút. Hãy thử lại sau {self.wait} giây.")


class _Route(APIRoute):
    """Adds to whatever comes of a call, problems too, the headers that let the page that was admitted read it."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                response = await handler(request)
            except ProblemError as problem:
                response = problems.response(problem.status, problem.detail, request.url.path)
                if isinstance(problem, _TooManyError):
                    response.headers["Retry-After"] = str(problem.wait)
            except RequestValidationError as problem:
                response = problems.invalid(problem.errors(), request.url.path)
            response.headers["Vary"] = "Origin"
            response.headers["Cache-Control"] = "no-store"
            origin = getattr(request.state, "admitted", "")
            if origin and origin != OWN:
                response.headers["Access-Control-Allow-Origin"] = origin
            return response

        return guarded


class Door:
    """Who may call: sites, tokens and limits. Raises ProblemError: 403 not allowed or paused, 401 no valid token, 429 too often."""

    def __init__(self, sites: Sites, tokens: Tokens, limiter: Limiter) -> None:
        self.sites = sites
        self.tokens = tokens
        self._limiter = limiter

    def enter(self, request: Request, site_id: str, kind: str) -> Site:
        """The site that this call may speak for; its origin is noted on the request."""
        origin = origin_of(request)
        site = self.sites.get(site_id)
        if site is None or not origin or (origin != OWN and origin not in site.origins):
            raise ProblemError(403, _REFUSED)
        request.state.admitted = origin
        if not site.enabled:
            raise ProblemError(403, _PAUSED)
        times = 1 if kind == "chat" else _LIGHT
        address = caller(request.client.host if request.client else "")
        wait = self._limiter.take((site.id, kind, address), times * site.per_minute_address) or self._limiter.take((site.id, kind), times * site.per_minute)
        if wait:
            raise _TooManyError(wait)
        return site

    def with_token(self, kind: str) -> Callable[[Request], Site]:
        """A dependency: the site of the call's token, which holds for the origin it was given to only."""

        def admitted(request: Request) -> Site:
            scheme, _, token = request.headers.get("authorization", "").partition(" ")
            held = self.tokens.read(token.strip()) if scheme.lower() == "bearer" else None
            origin = origin_of(request)
            if not origin or (origin != OWN and not self.sites.knows(origin)):
                raise ProblemError(403, _REFUSED)
            if held is None:
                request.state.admitted = origin  # so that the widget can read that it needs a new token
                raise ProblemError(401, _OVER)
            if held.origin != origin:
                raise ProblemError(403, _REFUSED)
            return self.enter(request, held.site, kind)

        return admitted


def origin_of(request: Request) -> str:
    """The origin of the calling page as the browser tells it, OWN for the assistant's own pages, "" when it is not told.

    Browsers send no Origin with a GET within one origin. A page of another origin cannot make use of that: its GET with a token
    is a cross-origin request with credentials of its own making, and always bears its Origin.
    """
    said = request.headers.get("origin", "")
    if not said:
        return OWN if request.method == "GET" and request.headers.get("sec-fetch-site", "same-origin") == "same-origin" else ""
    same = request.headers.get("sec-fetch-site") == "same-origin" or said.partition("://")[2] == request.headers.get("host", "")
    return OWN if same else said


def mount(app: FastAPI, assistant: Assistant, settings: Settings) -> None:
    """Add the endpoints under /embed, the frame page, and /widget.js. To be called before anything is mounted at "/"."""
    secret = settings.secret.get_secret_value().encode() or secrets.token_bytes(32)
    sites = Sites(settings.sites_file or settings.data_dir / FILE)
    door = Door(sites, Tokens(secret, time.time), Limiter(time.monotonic))
    router = APIRouter(prefix="/embed", route_class=_Route, include_in_schema=False)
    _add_session(router, door)
    _add_chat(router, door, assistant)
    _add_paragraph(router, door, assistant.library)
    _add_feedback(router, door, assistant.library)
    app.include_router(router)
    embed_files.mount(app, sites)


def _add_session(router: APIRouter, door: Door) -> None:
    @router.options("/{rest:path}")
    def preflight(request: Request, rest: str) -> Response:
        # The browser asks before it sends the token, so the site is not known yet; the call itself is held to its site.
        origin = origin_of(request)
        if origin in {"", OWN} or not door.sites.knows(origin):
            raise ProblemError(403, _REFUSED)
        request.state.admitted = origin
        return Response(status_code=204, headers=_PREFLIGHT)

    @router.post("/session", max_body_size=_MAX_SMALL)
    def session(request: Request, asked: SessionRequest) -> Response:
        site = door.enter(request, asked.site, "session")
        return JSONResponse({"token": door.tokens.sign(site.id, request.state.admitted), "expires_in": LIFE, "name": site.name})


def _add_chat(router: APIRouter, door: Door, assistant: Assistant) -> None:
    @router.post("/chat", max_body_size=api.MAX_BODY)
    async def chat(request: Request, asked: EmbedChatRequest, site: Annotated[Site, Depends(door.with_token("chat"))]) -> Response:
        turns = user_turns([t if isinstance(t, str) else t.model_dump() for t in asked.history])
        known = places_of(assistant)
        place = place_of(asked.place, known) or place_of(site.place, known)

        def ask(told: Told) -> Answer:
            return ask_at(assistant, place, asked.question, turns, told, asked.forgotten)

        if asked.stream or "text/event-stream" in request.headers.get("accept", ""):
            return StreamingResponse(api.events(ask, request.url.path), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        answer = await run_in_threadpool(ask, lambda event, data: None)
        return JSONResponse(answer.to_json())


def _add_paragraph(router: APIRouter, door: Door, library: Library) -> None:
    @router.get("/paragraph")
    def paragraph(
        site: Annotated[Site, Depends(door.with_token("paragraph"))],
        document: Annotated[str, Query(max_length=200)],
        anchor: Annotated[str, Query(max_length=200)],
    ) -> dict[str, Any]:
        try:
            return read(library, document, anchor, date.today())
        except (UnknownDocument, UnknownParagraph):
            raise ProblemError(404, _NO_PARAGRAPH) from None


def _add_feedback(router: APIRouter, door: Door, library: Library) -> None:
    @router.post("/feedback", max_body_size=_MAX_SMALL)
    def feedback(said: FeedbackRequest, site: Annotated[Site, Depends(door.with_token("feedback"))]) -> dict[str, str]:
        store(library, Feedback(said.question, said.answer, said.verdict, tuple(said.reasons), said.comment, site.id))
        return {"status": "stored"}
