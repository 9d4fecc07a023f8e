"""The door for programs that speak to OpenAI's models: POST /v1/chat/completions and GET /v1/models.

They talk to the assistant as to a model named MODEL. Of a conversation only the user's words count: any other message could be made to
turn the assistant, and it has no need of one. Errors have the shape that these programs read.
"""

import json
import logging
import re
import secrets
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from typing import Annotated, Any

from fastapi import APIRouter, Depends, FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse, Response, StreamingResponse
from fastapi.routing import APIRoute
from pydantic import BaseModel, Field
from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers, MutableHeaders
from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot import problems
from bot.answer import Answer
from bot.api import MAX_BODY, Ask, counted, hear
from bot.history import MAX_QUESTION, MAX_TURNS
from bot.metrics import Metrics
from bot.pipeline import Assistant
from knowledge.settings import Settings
from ui import footnotes
from ui.export import address

MODEL = "tro-ly-htx"
PREFIX = "/v1"
_TOLD = ("status", "notes", "suggestions", "holds_on", "mode", "statements", "about")  # members of an answer that go along in `htx`
_NO_KEY = "Thiếu khóa hoặc khóa không đúng. Hãy gửi “Authorization: Bearer KHÓA” với khóa mà người quản trị đã đặt trong HTX_API_KEY."
_NO_QUESTION = "Chưa có câu hỏi. Hãy gửi “messages” có ít nhất một lượt của “user”, lượt cuối cùng có chữ."
_TOO_LONG = "Câu hỏi dài quá 1.000 ký tự. Hãy rút gọn rồi hỏi lại; đừng gửi kèm nội dung tệp."
_NO_MODEL = f"Không có mô hình này. Hãy dùng “{MODEL}”."
_UNREADABLE = "Nội dung gửi lên phải là JSON dạng {“model”: “tro-ly-htx”, “messages”: [{“role”: “user”, “content”: “…”}]}. Hãy sửa rồi gửi lại."
_MEMBERS = frozenset(["messages", "role", "content", "type", "text", "stream", "stream_options", "include_usage"])
_EMPTY = {"tags": [], "follow_ups": [], "queries": [], "text": "", "prompt": ""}
_WANTED = re.compile(r'\{\s*"(title|tags|follow_ups|queries|text|prompt)"\s*:')
_FIRST_ASKED = re.compile(r"^[ \t]*USER:[ \t]*(\S.*)$", re.MULTILINE)
_TITLE = 60  # characters
_log = logging.getLogger(__name__)


class Part(BaseModel):
    """A part of a message; only those that are text count."""

    type: str = "text"
    text: str | None = None


class Said(BaseModel):
    """A message. Only those of the role "user" count."""

    role: str
    content: str | list[Part] | None = None

    @property
    def words(self) -> str:
        parts = [part.text or "" for part in self.content if part.type == "text"] if isinstance(self.content, list) else [self.content or ""]
        return "\n".join(parts).encode(errors="replace").decode().strip()  # half a character of JSON could not be said back


class StreamOptions(BaseModel):
    """Whether a stream tells at its end how much was said."""

    include_usage: bool | None = None


class CompletionRequest(BaseModel):
    """What a program asks of a model. All other members (temperature, tools, ...) are taken and left aside."""

    messages: Annotated[list[Said], Field(min_length=1)]
    stream: bool | None = None
    stream_options: StreamOptions | None = None


class _RefusedError(Exception):
    """An error in the shape of these programs."""

    def __init__(self, status: int, message: str = "", code: str | None = None, param: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        kind = "server_error" if status >= 500 else "invalid_request_error"
        self.body = {"error": {"message": message or problems.body(status)["detail"], "type": kind, "param": param, "code": code}}

    def response(self) -> Response:
        return JSONResponse(self.body, self.status, {"WWW-Authenticate": "Bearer"} if self.status == 401 else None)


class _Route(APIRoute):
    """Gives what goes wrong in a call the shape of these programs."""

    def get_route_handler(self) -> Callable[[Request], Awaitable[Response]]:  # type: ignore[override]
        handler = super().get_route_handler()

        async def guarded(request: Request) -> Response:
            try:
                return await handler(request)
            except _RefusedError as refused:
                return refused.response()
            except RequestValidationError as wrong:
                return _invalid(wrong.errors()).response()
            except HTTPException as other:
                return _RefusedError(other.status_code).response()
            except Exception:
                _log.exception("no answer")
                return _RefusedError(500).response()

        return guarded


class _Reshaped:
    """Plain ASGI: what is refused before it reaches a route (a body that is too large) gets the shape of these programs too."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not scope["path"].startswith(f"{PREFIX}/"):
            await self._app(scope, receive, send)
            return
        held: Message | None = None

        async def reshape(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start" and Headers(raw=message["headers"]).get("content-type") == problems.MEDIA_TYPE:
                held = message
                return
            if held is not None:  # a problem comes in one piece
                body = json.dumps(_RefusedError(held["status"], json.loads(message["body"])["detail"]).body, ensure_ascii=False).encode()
                headers = MutableHeaders(scope=held)
                headers["content-type"], headers["content-length"] = "application/json", str(len(body))
                await send(held)
                message, held = {**message, "body": body}, None
            await send(message)

        await self._app(scope, receive, reshape)


@dataclass(frozen=True)
class _Sheet:
    """What all parts of one completion bear. `asked` counts the words that were read, by white space: there is no tokenizer."""

    asked: int
    id: str = field(default_factory=lambda: f"chatcmpl-{secrets.token_hex(12)}")
    created: int = field(default_factory=lambda: int(time.time()))

    def whole(self, content: str, more: dict[str, Any]) -> dict[str, Any]:
        message = {"role": "assistant", "content": content, "refusal": None}
        choice = {"index": 0, "message": message, "logprobs": None, "finish_reason": "stop"}
        return {**self._head("chat.completion"), "choices": [choice], "usage": self.usage(content), **more}

    def chunk(self, delta: dict[str, str], finish: str | None = None) -> dict[str, Any]:
        choice = {"index": 0, "delta": delta, "logprobs": None, "finish_reason": finish}
        return {**self._head("chat.completion.chunk"), "choices": [choice]}

    def used(self, content: str) -> dict[str, Any]:
        return {**self._head("chat.completion.chunk"), "choices": [], "usage": self.usage(content)}

    def usage(self, content: str) -> dict[str, int]:
        said = len(content.split())
        return {"prompt_tokens": self.asked, "completion_tokens": said, "total_tokens": self.asked + said}

    def _head(self, kind: str) -> dict[str, Any]:
        return {"id": self.id, "object": kind, "created": self.created, "model": MODEL}


def mount(app: FastAPI, assistant: Assistant, settings: Settings, metrics: Metrics | None = None) -> None:
    """Add the addresses under /v1. To be called before anything is mounted at "/". Without `metrics` the app's own count the answers."""
    key = settings.api_key.get_secret_value()

    def admitted(request: Request) -> None:
        if key and not bears(request.headers.get("authorization", ""), key):
            raise _RefusedError(401, _NO_KEY, "invalid_api_key")

    router = APIRouter(prefix=PREFIX, route_class=_Route, dependencies=[Depends(admitted)])
    _add_models(router)
    _add_completions(router, assistant, metrics or app.state.metrics)
    _add_rest(router)
    app.include_router(router)
    app.add_middleware(_Reshaped)


def bears(authorization: str, key: str) -> bool:
    """True when a header "Authorization: Bearer KEY" gives this key. It takes as long for any key of the same length."""
    scheme, _, given = authorization.partition(" ")
    return scheme.lower() == "bearer" and secrets.compare_digest(given.strip().encode("latin-1", "replace"), key.encode())


def _add_models(router: APIRouter) -> None:
    card = {"id": MODEL, "object": "model", "created": int(time.time()), "owned_by": MODEL}

    @router.get("/models", summary="Các mô hình theo mẫu OpenAI: chỉ có tro-ly-htx")
    def models() -> dict[str, Any]:
        return {"object": "list", "data": [card]}

    @router.get("/models/{name}", summary="Một mô hình theo mẫu OpenAI")
    def model(name: str) -> dict[str, Any]:
        if name != MODEL:
            raise _RefusedError(404, _NO_MODEL, "model_not_found", "model")
        return card


def _add_completions(router: APIRouter, assistant: Assistant, metrics: Metrics) -> None:
    @router.post("/chat/completions", summary="Hỏi theo mẫu OpenAI; stream=true trả lời từng phần", max_body_size=MAX_BODY)
    async def completions(request: Request, asked: CompletionRequest) -> Response:
        question, turns = conversation(asked.messages)
        base_url = str(request.base_url)
        sheet = _Sheet(sum(len(said.split()) for said in (*turns, question)))
        chore = housekeeping(question)
        if chore is None and len(question) > MAX_QUESTION:
            raise _RefusedError(400, _TOO_LONG, "context_length_exceeded", "messages")
        ask = counted(assistant, metrics, question, turns)
        if asked.stream:
            parts = _told(ask, base_url) if chore is None else _whole(chore)
            usage = bool(asked.stream_options and asked.stream_options.include_usage)
            return StreamingResponse(_stream(parts, sheet, usage), media_type="text/event-stream", headers={"X-Accel-Buffering": "no"})
        if chore is not None:
            return JSONResponse(sheet.whole(chore, {}))
        answer = await run_in_threadpool(ask, lambda event, data: None)
        return JSONResponse(sheet.whole(footnotes.content(answer, base_url), _more(answer, base_url)))


def _add_rest(router: APIRouter) -> None:
    methods = ["GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"]

    @router.api_route("/{rest:path}", methods=methods, include_in_schema=False)
    def rest(rest: str) -> None:
        known = rest == "chat/completions" or rest.partition("/")[0] == "models"
        raise _RefusedError(405) if known else _RefusedError(404, code="unknown_url")


def conversation(messages: Sequence[Said]) -> tuple[str, tuple[str, ...]]:
    """The question, which is the user's last message, and the user's turns before it, oldest first: the newest.

    Raises when there is no question.
    """
    said = [m.words for m in messages if m.role == "user"]
    if not said or not said[-1]:
        raise _RefusedError(400, _NO_QUESTION, param="messages")
    return said[-1], tuple(turn for turn in said[:-1] if turn)[-MAX_TURNS:]


def housekeeping(prompt: str) -> str | None:
    """What is said to a chat program's own errand; None for a question.

    Open WebUI asks the model of a chat for the chat's title, tags, next questions and search words too, by long prompts that name the JSON
    they want and quote the chat. None of it is a question of a person: each gets that JSON at once, empty but for the title.
    """
    errand, _, chat = prompt.partition("<chat_history>")
    wanted = _WANTED.search(errand) if prompt.startswith("### Task:") else None
    if wanted is None:
        return None
    made: object = _EMPTY.get(wanted[1])
    if wanted[1] == "title":
        asked = _FIRST_ASKED.search(chat)
        title = " ".join(re.sub(r"[{}]", " ", asked[1]).split()) if asked else ""
        cut = title[:_TITLE].rpartition(" ")[0] or title[:_TITLE]
        made = (title if len(title) <= _TITLE else f"{cut}…") or "Hỏi đáp HTX"
    return json.dumps({wanted[1]: made}, ensure_ascii=False)


async def _told(ask: Ask, base_url: str) -> AsyncIterator[str | dict[str, Any]]:
    """The content of an answer in pieces as they come about, then the members that go along."""
    told: list[dict[str, Any]] = []
    async for item in hear(ask):
        if isinstance(item, Answer):
            for piece in footnotes.pieces(item, base_url, told):
                yield piece
            yield _more(item, base_url)
        elif item[0] == "statement":
            told.append(item[1])
            yield footnotes.statement(item[1], first=len(told) == 1)


async def _whole(content: str) -> AsyncIterator[str | dict[str, Any]]:
    yield content


async def _stream(parts: AsyncIterator[str | dict[str, Any]], sheet: _Sheet, with_usage: bool) -> AsyncIterator[str]:
    """Server-sent events of one completion: the role, the pieces, the end with what goes along, the usage if wanted; or an error."""
    usage: dict[str, Any] = {"usage": None} if with_usage else {}
    content, more = "", {}
    yield _event({**sheet.chunk({"role": "assistant", "content": ""}), **usage})
    try:
        async for part in parts:
            if isinstance(part, str):
                content += part
                yield _event({**sheet.chunk({"content": part}), **usage})
            else:
                more = part
    except Exception:
        _log.exception("no answer")
        yield _event(_RefusedError(500).body)
        return
    yield _event({**sheet.chunk({}, "stop"), **usage, **more})
    if with_usage:
        yield _event(sheet.used(content))
    yield "data: [DONE]\n\n"


def _event(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data, ensure_ascii=False)}\n\n"


def _more(answer: Answer, base_url: str) -> dict[str, Any]:
    """What goes along with the content: the citations with whole addresses, and what else the answer says of itself."""
    made = answer.to_json()
    citations = [{**said, "url": address(c, base_url)} for said, c in zip(made["citations"], answer.citations, strict=True)]
    return {"citations": citations, "htx": {name: made[name] for name in _TOLD if made.get(name) is not None}}


def _invalid(errors: Sequence[Any]) -> _RefusedError:
    """What is wrong with a request's members: the first error, by the member's name."""
    loc, kind = errors[0]["loc"][1:], str(errors[0]["type"])
    param = ".".join(str(part) for part in loc if isinstance(part, int) or part in _MEMBERS) if kind != "json_invalid" else ""
    if param == "messages" and kind in {"missing", "too_short"}:
        return _RefusedError(400, _NO_QUESTION, param=param)
    return _RefusedError(400, f"“{param}” chưa đúng. {_UNREADABLE}" if param else _UNREADABLE, param=param or None)
