"""Counters and a latency histogram in the Prometheus text format; they live in memory and go nowhere by themselves."""

import threading
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping

CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8"
BUCKETS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0)  # seconds; the bar for an answer is 0.1


class Metrics:
    """What one process has served so far. Safe to use from several threads."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._requests: Counter[tuple[str, str, int]] = Counter()
        self._answers: Counter[str] = Counter()
        self._slots = [0] * (len(BUCKETS) + 1)
        self._seconds = 0.0
        self._watched: list[tuple[str, str, Mapping[str, int]]] = []

    def watch(self, name: str, help_text: str, counts: Mapping[str, int]) -> None:
        """Tell of counts that another part keeps, by their outcome."""
        self._watched.append((name, help_text, counts))

    def request(self, method: str, route: str, status: int) -> None:
        """Count one HTTP request. `route` is the pattern, not the path, so that the number of series stays small."""
        with self._lock:
            self._requests[(method, route, status)] += 1

    def answer(self, status: str, seconds: float) -> None:
        """Count one answer by its status, with the time it took."""
        with self._lock:
            self._answers[status] += 1
            self._slots[bisect_left(BUCKETS, seconds)] += 1
            self._seconds += seconds

    def text(self) -> str:
        """All of it in the Prometheus text format."""
        with self._lock:
            lines = ["# HELP htx_http_requests_total HTTP requests by method, route and status code.", "# TYPE htx_http_requests_total counter"]
            for (method, route, status), count in sorted(self._requests.items()):
                lines.append(f'htx_http_requests_total{{method="{_label(method)}",route="{_label(route)}",status="{status}"}} {count}')
            lines += ["# HELP htx_answers_total Answers by their status.", "# TYPE htx_answers_total counter"]
            lines += [f'htx_answers_total{{status="{_label(status)}"}} {count}' for status, count in sorted(self._answers.items())]
            lines += ["# HELP htx_answer_seconds Time from question to answer.", "# TYPE htx_answer_seconds histogram"]
            total = 0
            for bound, count in zip((*map(str, BUCKETS), "+Inf"), self._slots, strict=True):
                total += count
                lines.append(f'htx_answer_seconds_bucket{{le="{bound}"}} {total}')
            lines += [f"htx_answer_seconds_sum {self._seconds:.6f}", f"htx_answer_seconds_count {total}"]
        for name, help_text, counts in self._watched:
            lines += [f"# HELP {name} {help_text}", f"# TYPE {name} counter"]
            lines += [f'{name}{{outcome="{_label(outcome)}"}} {count}' for outcome, count in sorted(dict(counts).items())]
        return "\n".join(lines) + "\n"


def _label(value: str) -> str:
    return value.replace("\\", "\\\\").replace('"', '\\"').replace("\n", "\\n")
