"""The language model: a LangChain chat model that may be slow, down or wrong. Off unless HTX_LLM names one."""

import asyncio
import logging
import os
import queue
import threading
import time
from collections import Counter
from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from bot.llm.breaker import Breaker
from knowledge.errors import LibraryError
from knowledge.settings import Settings

if TYPE_CHECKING:
    from langchain_core.language_models import BaseChatModel

_LONGEST = 65_536  # characters of a reply, with what reasoning models think aloud
_GRACE = 1.0  # seconds after which a call ends by itself, should nobody hang it up
Pieces = queue.SimpleQueue["str | Exception | None"]
Messages = Sequence[tuple[str, str]]  # (role, text), role "system" or "user"

_EXTRAS = {"langchain_openai": "", "langchain_anthropic": "anthropic", "langchain_google_genai": "google"}
OUTCOMES = ("answered", "failed", "timeout", "resting", "busy")
_log = logging.getLogger(__name__)


class ModelDown(Exception):
    """No whole reply: `outcome` is one of OUTCOMES but the first."""

    def __init__(self, outcome: str, why: str = "") -> None:
        super().__init__(f"the language model gave no reply ({outcome}{f': {why}' if why else ''})")
        self.outcome = outcome


class Model:
    """A chat model behind a time limit, a ceiling of calls at once and a circuit breaker. Safe to use from several threads."""

    def __init__(self, chat: "BaseChatModel", timeout: float, at_once: int, breaker: Breaker | None = None) -> None:
        self._chat = chat
        self._timeout = timeout
        self._slots = threading.BoundedSemaphore(at_once)
        self._breaker = breaker or Breaker()
        self._starting = threading.Lock()
        self._running: asyncio.AbstractEventLoop | None = None
        self.outcomes: Counter[str] = Counter()

    def reply(self, messages: Messages, heard: Callable[[str], None] = lambda text: None) -> str:
        """The whole reply; `heard` hears each piece of it as it comes. Raises ModelDown when no whole reply came in time.

        The call runs in a loop of its own, under the same time limit: a server that drips, hangs or only keeps the line warm is hung up on.
        """
        loop = self._loop()
        if not self._slots.acquire(blocking=False):
            raise self._down("busy")
        if not self._breaker.allows():
            self._slots.release()
            raise self._down("resting")
        pieces: Pieces = queue.SimpleQueue()
        call = asyncio.run_coroutine_threadsafe(self._call(messages, pieces), loop)
        call.add_done_callback(lambda _: self._slots.release())
        until = time.monotonic() + self._timeout
        said: list[str] = []
        length = 0
        try:
            while (piece := _next(pieces, until)) is not None:
                if isinstance(piece, Exception):
                    self._breaker.note(worked=False)
                    # The other side's own words may hold the key or the question: they are not for the log.
                    raise self._down("failed", f"{type(piece).__name__} {getattr(piece, 'status_code', '')}".strip()) from piece
                said.append(piece)
                length += len(piece)
                if length > _LONGEST:
                    self._breaker.note(worked=False)
                    raise self._down("failed", f"more than {_LONGEST} characters")
                heard(piece)
        except queue.Empty:
            self._breaker.note(worked=False)
            raise self._down("timeout", f"{self._timeout:g} s") from None
        finally:
            call.cancel()
        self._breaker.note(worked=True)
        self.outcomes["answered"] += 1
        return "".join(said)

    async def _call(self, messages: Messages, pieces: Pieces) -> None:
        try:
            async with asyncio.timeout(self._timeout + _GRACE):
                async for chunk in self._chat.astream(list(messages)):
                    pieces.put(str(chunk.text))
            pieces.put(None)
        except Exception as problem:
            pieces.put(problem)

    def _loop(self) -> asyncio.AbstractEventLoop:
        """The loop that the calls run in, begun with the first of them: the clients of the providers keep their connections to one loop."""
        with self._starting:
            if self._running is None:
                self._running = asyncio.new_event_loop()
                threading.Thread(target=self._running.run_forever, name="language-model", daemon=True).start()
            return self._running

    def _down(self, outcome: str, why: str = "") -> ModelDown:
        self.outcomes[outcome] += 1
        down = ModelDown(outcome, why)
        if outcome in {"failed", "timeout"}:
            _log.warning("%s; the built-in answer stands", down)
        return down


def _next(pieces: Pieces, until: float) -> str | Exception | None:
    """The next piece. Raises queue.Empty when the time is over, also when pieces wait: a server that floods has no more of it than others."""
    left = until - time.monotonic()
    if left <= 0:
        raise queue.Empty
    return pieces.get(timeout=left)


def open_model(settings: Settings) -> Model | None:
    """The model that the settings name, None when they name none. Raises LibraryError that says what to mend when it cannot be made."""
    if not settings.llm:
        return None
    # LangChain would send its traces to a host outside when these are set for another program.
    os.environ.update(dict.fromkeys(("LANGSMITH_TRACING", "LANGSMITH_TRACING_V2", "LANGCHAIN_TRACING", "LANGCHAIN_TRACING_V2"), "false"))
    from langchain.chat_models import init_chat_model

    given: dict[str, Any] = {"base_url": settings.llm_url, "api_key": settings.llm_key.get_secret_value() or ("none" if settings.llm_url else "")}
    try:
        limits: dict[str, Any] = {"temperature": 0, "timeout": settings.llm_timeout, "max_retries": settings.llm_retries}
        chat: BaseChatModel = init_chat_model(settings.llm, **limits, **{name: value for name, value in given.items() if value})
    except ImportError as problem:
        extra = next((extra for package, extra in _EXTRAS.items() if extra and package in str(problem).replace("-", "_")), "")
        how = f"install it with: pip install 'htx-assistant[{extra}]'" if extra else str(problem)
        raise LibraryError(f"HTX_LLM={settings.llm} needs a package that is not installed; {how}") from None
    except Exception as problem:  # each provider has errors of its own for a missing key or an unknown name
        why = str(problem).splitlines()[0]
        raise LibraryError(f"HTX_LLM={settings.llm}: {why}; it is written provider:model (openai:qwen3-8b), its key goes into HTX_LLM_KEY") from None
    return Model(chat, settings.llm_timeout, settings.llm_at_once)
