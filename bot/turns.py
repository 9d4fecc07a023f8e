"""Turns: work in the background gives way to questions, since Python runs one of them at a time."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager


class Turns:
    """Counts the questions being answered; safe to use from several threads."""

    def __init__(self) -> None:
        self._asked = 0
        self._changed = threading.Condition()

    @contextmanager
    def answering(self) -> Iterator[None]:
        """A question is being answered inside this."""
        with self._changed:
            self._asked += 1
        try:
            yield
        finally:
            with self._changed:
                self._asked -= 1
                self._changed.notify_all()

    def give_way(self) -> None:
        """Wait until no question is being answered."""
        with self._changed:
            self._changed.wait_for(lambda: not self._asked)
