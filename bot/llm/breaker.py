"""A circuit breaker: a service that failed several times in a row is left alone for a while, then tried by one call.

Written here because a call must not wait for another: pybreaker holds one lock through a whole call. After M. Nygard, Release It! (2007).
"""

import threading
import time
from collections.abc import Callable

FAILURES = 3  # in a row, after which no call is made
REST = 30.0  # seconds until one call may try again


class Breaker:
    """Counts failures in a row. Safe to use from several threads."""

    def __init__(self, failures: int = FAILURES, rest: float = REST, clock: Callable[[], float] = time.monotonic) -> None:
        self._most, self._rest, self._clock = failures, rest, clock
        self._lock = threading.Lock()
        self._failed = 0
        self._opened = 0.0

    def allows(self) -> bool:
        """True when a call may be made; while the service rests, True once in each rest, for the call that tries it."""
        with self._lock:
            if self._failed < self._most:
                return True
            if self._clock() - self._opened < self._rest:
                return False
            self._opened = self._clock()
            return True

    def note(self, worked: bool) -> None:
        """What became of a call that was allowed."""
        with self._lock:
            self._failed = 0 if worked else self._failed + 1
            if self._failed >= self._most:
                self._opened = self._clock()
