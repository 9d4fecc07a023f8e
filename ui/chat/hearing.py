"""Hearing: what is told while a question is answered in a thread of its own, piece by piece, then the answer."""

import threading
from collections.abc import Callable, Iterator
from queue import Empty, SimpleQueue

from bot.answer import Answer
from bot.pipeline import Told

QUIET = 2.0  # seconds without a word after which the person is told that it goes on
Telling = dict[str, object]  # a statement as JSON


def hear(ask: Callable[[Told], Answer], quiet: float = QUIET) -> Iterator[Telling | Answer | None]:
    """Each proven statement as it comes, None once when nothing came for `quiet` seconds, and the answer last. Raises what asking raises.

    Who stops listening stops nothing: the thread ends by itself and what it tells is dropped.
    """
    came: SimpleQueue[Telling | Answer | Exception] = SimpleQueue()

    def told(event: str, data: Telling) -> None:
        if event == "statement":
            came.put(data)

    def work() -> None:
        try:
            came.put(ask(told))
        except Exception as problem:
            came.put(problem)

    threading.Thread(target=work, name="asking", daemon=True).start()
    patience: float | None = quiet
    while True:
        try:
            item = came.get(timeout=patience)
        except Empty:
            patience = None
            yield None
            continue
        if isinstance(item, Exception):
            raise item
        yield item
        if isinstance(item, Answer):
            return
