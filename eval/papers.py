"""The library that is measured: one given by its folder, or a temporary one made of the papers beside the repository or the bundled digests."""

import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import knowledge
from ingest.pipeline import files, ingest_all
from knowledge.errors import LibraryError
from knowledge.library import Library
from knowledge.settings import Settings

SHARED = Path(__file__).parents[2] / "shared"
PLANS = SHARED / "corpus" / "plans"
LAW = SHARED / "corpus" / "legal"
SAMPLE = SHARED / "eval" / "sample.jsonl"
DIGESTS = Path(knowledge.__file__).parent / "documents"


@contextmanager
def library(data_dir: Path | None = None, *papers: Path) -> Iterator[Library]:
    """The library in `data_dir`; without one, a library of `papers` (PLANS where they lie there, else DIGESTS) that is gone afterwards.

    Raises LibraryError when it holds no paper or a paper cannot be read.
    """
    if data_dir is not None:
        kept = Library(_settings(data_dir)) if data_dir.is_dir() else None
        if kept is None or not kept.documents():
            raise LibraryError(f"{data_dir}: no library with papers; fill one with: htx ingest PATH --data-dir {data_dir}")
        yield kept
        return
    with tempfile.TemporaryDirectory(prefix="htx-eval-", ignore_cleanup_errors=True) as folder:
        yield build(Path(folder), *(papers or [PLANS if PLANS.is_dir() else DIGESTS]))


def papers_of(law: bool) -> list[Path]:
    """The papers to measure with: for questions on the law the legal texts and the plans where they lie there; [] for the default."""
    return [*sorted(LAW.glob("*.txt")), PLANS] if law and LAW.is_dir() else []


def build(folder: Path, *papers: Path) -> Library:
    """A new library in `folder` of `papers`, files or folders. Raises LibraryError for a paper that cannot be read."""
    made = Library(_settings(folder))
    made.ensure_embedding()
    failed = [report.error for report in ingest_all(made, files(papers)) if report.status == "failed"]
    if failed or not made.documents():
        raise LibraryError(failed[0] if failed else f"{papers[0]}: no papers to measure with")
    return made


def _settings(folder: Path) -> Settings:
    """Settings of a folder alone: a database or Chroma server of the environment is left out of the measuring."""
    return Settings(data_dir=folder, database_url="", chroma_url="")
