"""A language-model server whose replies are scripted: the OpenAI wire format over real HTTP, streamed as real servers do."""

import json
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from bot.llm.model import Model, open_model
from knowledge.settings import Settings


@dataclass(frozen=True)
class Stall:
    """The server says nothing for so many seconds, or until it is stopped; with `warm` it sends comments meanwhile, as gateways do."""

    seconds: float
    warm: bool = False


class Drop:
    """The connection breaks off."""


@dataclass(frozen=True)
class Fail:
    """The server answers with an HTTP error instead of a reply."""

    status: int


@dataclass
class Asked:
    """What the server was asked: the system words, and the JSON object with question and evidence."""

    system: str
    data: dict[str, Any]

    @property
    def evidence(self) -> list[dict[str, str]]:
        return self.data["evidence"]

    def id_of(self, words: str) -> str:
        """The name of the evidence that holds these words."""
        return next(e["id"] for e in self.evidence if words in e["text"])


Piece = str | Stall | Drop | Fail
Script = Callable[[Asked], Sequence[Piece] | str]


@dataclass
class Scripted:
    """The running server. `script` may be exchanged between questions; `asked` holds what came, `sent_at` when each piece went out."""

    script: Script
    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    raw: list[dict[str, Any]] = field(default_factory=list)
    sent_at: list[float] = field(default_factory=list)
    broken: list[Exception] = field(default_factory=list)
    stopped: threading.Event = field(default_factory=threading.Event)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/v1"

    def model(self, timeout: float = 10.0, at_once: int = 4) -> Model:
        """A model that talks to this server, made as the settings make one."""
        settings = Settings(llm="openai:scripted", llm_url=self.url, llm_timeout=timeout, llm_retries=0, llm_at_once=at_once, _env_file=None)
        model = open_model(settings)
        assert model is not None
        return model


def statements(*said: tuple[str, str]) -> str:
    """A well-formed reply of (text, id) pairs."""
    return json.dumps({"statements": [{"text": text, "ids": [name]} for text, name in said]}, ensure_ascii=False)


def in_pieces(text: str, size: int = 12) -> list[str]:
    """A reply as a server streams it."""
    return [text[i : i + size] for i in range(0, len(text), size)]


@contextmanager
def scripted(script: Script) -> Iterator[Scripted]:
    """A server for the time of a test."""
    server = Scripted(script)
    http = ThreadingHTTPServer(("127.0.0.1", 0), _handler(server))
    http.daemon_threads = True
    server.port = http.server_address[1]
    threading.Thread(target=http.serve_forever, daemon=True).start()
    try:
        yield server
    finally:
        server.stopped.set()
        http.shutdown()
        http.server_close()
    assert not server.broken, f"the script itself failed: {server.broken}"


def _wait(stall: Stall, server: Scripted, write: Callable[[bytes], bool]) -> None:
    until = time.monotonic() + stall.seconds
    while stall.warm and time.monotonic() < until and write(b": keep-alive\n\n"):
        server.stopped.wait(0.1)
    server.stopped.wait(max(0.0, until - time.monotonic()))


def _handler(server: Scripted) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            body = json.loads(self.rfile.read(int(self.headers["content-length"])))
            messages = {m["role"]: m["content"] for m in body["messages"]}
            asked = Asked(messages["system"], json.loads(messages["user"]))
            server.raw.append(body)
            server.asked.append(asked)
            try:
                pieces = server.script(asked)
            except Exception as wrong:
                server.broken.append(wrong)
                raise
            pieces = in_pieces(pieces) if isinstance(pieces, str) else list(pieces)
            if pieces and isinstance(pieces[0], Fail):
                self._plain(pieces[0].status)
                return
            self.send_response(200)
            self.send_header("content-type", "text/event-stream")
            self.send_header("connection", "close")
            self.end_headers()
            for piece in pieces:
                if isinstance(piece, Drop):
                    self.close_connection = True
                    return
                if isinstance(piece, Stall):
                    _wait(piece, server, self._write)
                    continue
                server.sent_at.append(time.monotonic())
                if not self._event({"content": piece}):
                    return
            if self._event({}, "stop"):
                self._write(b"data: [DONE]\n\n")
            self.close_connection = True

        def _event(self, delta: dict[str, str], finish: str | None = None) -> bool:
            chunk = {
                "id": "c1", "object": "chat.completion.chunk", "created": 1, "model": "scripted",
                "choices": [{"index": 0, "delta": delta, "finish_reason": finish}],
            }  # fmt: skip
            return self._write(f"data: {json.dumps(chunk, ensure_ascii=False)}\n\n".encode())

        def _write(self, line: bytes) -> bool:
            try:
                self.wfile.write(line)
                self.wfile.flush()
            except OSError:  # who asked has given up
                return False
            return True

        def _plain(self, status: int) -> None:
            body = json.dumps({"error": {"message": "scripted failure", "type": "server_error"}}).encode()
            self.send_response(status)
            self.send_header("content-type", "application/json")
            self.send_header("content-length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, format: str, *args: object) -> None:
            pass

    return Handler
