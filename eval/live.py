"""The application as people meet it: `htx serve` as a process of its own, and a chromium that can reach this machine only.

For the browser tests, the screenshots and eval.browser. Needs the extra `dev` (playwright) and a chromium on PATH.
"""

import importlib.util
import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Browser

ROOT = Path(__file__).parents[1]
CHROMIUMS = ("chromium", "chromium-browser", "google-chrome")
FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1",  # a slip in a page fails at once instead of waiting for the network
)  # fmt: skip
# `htx` with other bundled papers: the command itself has no switch for it, and all of them take 20 s to take in.
_HTX = "import sys, pathlib, ui.bundled; folder = sys.argv.pop(1); ui.bundled.DOCUMENTS = pathlib.Path(folder) if folder else ui.bundled.DOCUMENTS; from ui.cli import main; main()"  # noqa: E501
_PATIENCE = 120.0  # seconds; all bundled papers take 20 on 2 free cores
_OWN = {"HTX_DATABASE_URL": "", "HTX_CHROMA_URL": "", "HTX_EMBEDDING_MODEL": "", "HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1"}


def missing() -> str:
    """What there is not, and how to get it; empty when a browser can be started."""
    for module in ("playwright", "axe_playwright_python"):
        if importlib.util.find_spec(module) is None:
            return f"{module} is not installed; install the extra `dev` (make test does)"
    if find_chromium() is None:
        return f"no chromium on PATH ({', '.join(CHROMIUMS)}); on Debian: apt-get install chromium"
    return ""


def find_chromium() -> str | None:
    """The path of a chromium, or None."""
    return next(filter(None, map(shutil.which, CHROMIUMS)), None)


@contextmanager
def chromium() -> Iterator["Browser"]:
    """A headless browser with a profile folder of its own, which goes with it. Raises RuntimeError when there is none."""
    if said := missing():
        raise RuntimeError(said)
    from playwright.sync_api import sync_playwright

    with sync_playwright() as started:
        browser = started.chromium.launch(executable_path=find_chromium(), args=[*FLAGS])
        try:
            yield browser
        finally:
            browser.close()


def free_port() -> int:
    """A port of 127.0.0.1 nobody listens on."""
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


@contextmanager
def serving(data_dir: Path, bundled: Path | None = None, **environment: str) -> Iterator[str]:
    """`htx serve` over a library in this folder; yields its address when it is ready.

    The bundled papers are those of the folder `bundled` when it is given. Raises RuntimeError with the end of its log when it does not start.
    """
    papers = data_dir.parent / "papers"
    papers.mkdir(exist_ok=True)
    port = free_port()
    command = [sys.executable, "-c", _HTX, str(bundled or ""), "serve", "--host", "127.0.0.1", "--port", str(port), "--data-dir", str(data_dir)]
    with running(command, f"http://127.0.0.1:{port}/readyz", data_dir.parent, {**_OWN, "HTX_PAPERS_DIR": str(papers), **environment}):
        yield f"http://127.0.0.1:{port}"


@contextmanager
def running(command: Sequence[str], url: str, folder: Path, environment: dict[str, str] | None = None) -> Iterator[None]:
    """A server process from the time `url` answers 200 until the block ends; its output goes to a log in the folder."""
    log = folder / f"server-{url.split(':')[2].split('/')[0]}.log"
    surroundings = {**os.environ, "PYTHONPATH": str(ROOT), **(environment or {})}
    with log.open("wb") as written, subprocess.Popen(command, cwd=folder, env=surroundings, stdout=written, stderr=subprocess.STDOUT) as process:
        try:
            _wait(url, process, log)
            yield
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:  # an open stream may hold it
                process.kill()


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _PATIENCE
    while process.poll() is None and time.monotonic() < until:
        try:
            with urllib.request.urlopen(url, timeout=5) as response:  # noqa: S310
                if response.status == 200:
                    return
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            time.sleep(0.1)
    raise RuntimeError(f"{url} is not ready; the end of its log:\n{log.read_text(encoding='utf-8', errors='replace')[-3000:]}")
