"""How fast the chat page is for the person before it: first paint, and from Enter to the first words of an answer on the screen.

    python -m eval.browser

Each of 50 questions of the development set is typed into a page of its own that was opened without any cache, as by a new visitor;
the answers come from the bundled papers without a language model. Beside it the same question as a plain POST /api/chat, in turn
first, so that whatever else the machine does falls on both. Needs the extra `dev` and a chromium on PATH.
"""

import gzip
import json
import os
import tempfile
import time
from collections.abc import Sequence
from http.client import HTTPConnection
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from rich.console import Console
from rich.table import Table

from eval.benchmark import spread
from eval.live import chromium, serving
from eval.questions import FOLDER, load

if TYPE_CHECKING:
    from playwright.sync_api import Browser

_ASKED = 50  # questions of the development set, from its beginning, those without turns before them
_WARM = 2  # questions before the clock runs
_PATIENCE = 30_000  # milliseconds after which a page that shows no answer is given up
_BOX = "#question textarea"
PAINT, WORDS, PLAIN = "first paint of the chat page, ms", "Enter to the first words of the answer, ms", "plain POST /api/chat, ms"
# Notes in `window.words` how long after Enter an answer's own words were on the screen: the state above them and the waiting line do not
# count, and the frame that shows them is waited for.
_CLOCK = """() => {
    const talk = document.querySelector("#talk");
    let entered = 0;
    window.words = 0;
    document.addEventListener("keydown", (event) => { if (event.key === "Enter") entered = performance.now(); }, { capture: true });
    const seen = () => [...talk.querySelectorAll("article.turn .answer :is(p, li)")].some((one) => !one.matches(".state, .busy") && one.innerText.trim());
    const look = new MutationObserver(() => {
        if (!entered || !seen()) return;
        look.disconnect();
        requestAnimationFrame(() => setTimeout(() => { window.words = performance.now() - entered; }));
    });
    look.observe(talk, { childList: true, subtree: true, characterData: true });
}"""
_PAINTED = "() => performance.getEntriesByName('first-contentful-paint')[0].startTime"


def main() -> None:
    """Measure and print one table."""
    questions = [c.question for c in load(FOLDER / "development.jsonl") if not c.history][: _WARM + _ASKED]
    with tempfile.TemporaryDirectory(prefix="htx-browser-", ignore_cleanup_errors=True) as folder, serving(Path(folder) / "data") as url:
        post(url, questions[0])
        with chromium() as browser:
            taken = measure(browser, url, questions)
        size = len(gzip.compress(_get(url, "/widget.js"), 9))
    show(taken, size)


def measure(browser: "Browser", url: str, questions: Sequence[str]) -> dict[str, list[float]]:
    """Milliseconds of each kind for each question but the first _WARM."""
    taken: dict[str, list[float]] = {PAINT: [], WORDS: [], PLAIN: []}
    for index, question in enumerate(questions):
        plain = [] if index % 2 else [post(url, question)]
        painted, words = ask(browser, url, question)
        plain = plain or [post(url, question)]
        if index >= _WARM:
            for kind, value in ((PAINT, painted), (WORDS, words), (PLAIN, plain[0])):
                taken[kind].append(value)
    return taken


def ask(browser: "Browser", url: str, question: str) -> tuple[float, float]:
    """Open the chat page anew and ask there: milliseconds to its first paint, and from Enter to the first words."""
    context = browser.new_context(viewport={"width": 1280, "height": 800}, locale="vi-VN")
    try:
        page = context.new_page()
        page.set_default_timeout(_PATIENCE)
        page.goto(url)
        page.locator(_BOX).fill(question)
        page.evaluate(_CLOCK)
        page.locator(_BOX).press("Enter")
        page.wait_for_function("window.words > 0")
        return page.evaluate(_PAINTED), page.evaluate("window.words")
    finally:
        context.close()


def post(url: str, question: str) -> float:
    """Milliseconds of one question to the API, its whole answer read."""
    connection = HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE / 1000)
    try:
        connection.connect()
        began = time.perf_counter()
        connection.request("POST", "/api/chat", json.dumps({"question": question}), {"Content-Type": "application/json"})
        response = connection.getresponse()
        json.loads(response.read())
        return 1000 * (time.perf_counter() - began)
    finally:
        connection.close()


def _get(url: str, path: str) -> bytes:
    connection = HTTPConnection(urlsplit(url).netloc, timeout=_PATIENCE / 1000)
    try:
        connection.request("GET", path)
        response = connection.getresponse()
        body = response.read()
        if response.status != 200:
            raise RuntimeError(f"{path} answers {response.status}; htx serve should serve the widget")
        return body
    finally:
        connection.close()


def show(taken: dict[str, list[float]], widget: int) -> None:
    """The table: times in milliseconds, the widget in bytes."""
    busy = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    table = Table("what", title=f"{len(taken[WORDS])} questions in chromium, {busy}", title_justify="left", box=None, pad_edge=False)
    for column in ("p50", "p95"):
        table.add_column(column, justify="right")
    for name, times in taken.items():
        table.add_row(name, *(f"{value:.0f}" for value in spread(times)))
    table.add_row("widget.js gzipped, KB", f"{widget / 1000:.1f}", "")
    Console(markup=False, highlight=False).print(table)


if __name__ == "__main__":
    main()
