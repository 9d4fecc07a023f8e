"""How often a caller may call: a sliding window of one minute, in memory, for one process."""

import ipaddress
import threading
import time
from collections import deque
from collections.abc import Callable, Hashable

WINDOW = 60.0  # seconds
_MOST_KEYS = 20_000  # callers kept in mind; beyond that those whose minute is over are dropped, then the oldest


class Limiter:
    """Counts the calls of each key within the last minute. Safe to use from several threads."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._calls: dict[Hashable, deque[float]] = {}

    def take(self, key: Hashable, most: int) -> float:
        """Count a call. 0 when it is within `most` a minute, else the seconds to wait; a call refused does not count."""
        with self._lock:
            now = self._clock()
            calls = self._calls.pop(key, None) or deque()
            self._calls[key] = calls  # the key called last stands last
            while calls and calls[0] <= now - WINDOW:
                calls.popleft()
            if len(calls) >= most:
                return calls[0] + WINDOW - now
            calls.append(now)
            if len(self._calls) > _MOST_KEYS:
                self._drop(now)
            return 0.0

    def _drop(self, now: float) -> None:
        over = [key for key, calls in self._calls.items() if not calls or calls[-1] <= now - WINDOW]
        for key in over or list(self._calls)[: _MOST_KEYS // 10]:
            del self._calls[key]


def caller(address: str) -> str:
    """The address as counted: an IPv6 caller has a whole /64 of them, which counts as one."""
    try:
        read = ipaddress.ip_address(address)
    except ValueError:
        return address
    if read.version == 6:
        return str(ipaddress.ip_network((read, 64), strict=False))
    return str(read)
