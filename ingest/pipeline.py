"""A paper's journey in: read -> blocks -> outline -> metadata -> quality -> mentions -> passages -> indicators -> library."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from ingest.blocks import blocks
from ingest.errors import IngestError, UnreadableFile
from ingest.indicators import indicators
from ingest.mentions import mentions
from ingest.metadata import metadata
from ingest.outline import outline
from ingest.passages import passages
from ingest.quality import with_doubts
from ingest.read import SUFFIXES, read
from knowledge.library import Library
from knowledge.model import Paper


@dataclass(frozen=True)
class Report:
    """What became of one file. `status` is "new", "unchanged" or "failed"; `error` says why it failed."""

    path: Path
    status: str
    document_id: str = ""
    title: str = ""
    sections: int = 0
    paragraphs: int = 0
    passages: int = 0
    mentions: int = 0
    doubts: tuple[str, ...] = ()
    error: str = ""


def read_paper(path: Path) -> Paper:
    """Read one file into a Paper. Raises IngestError."""
    source = read(path)
    found, numbering_doubts = outline(blocks(source.text, source.offset))
    document = metadata(source, found)
    paragraphs, doubts = with_doubts(document, found)
    return Paper(
        document, tuple(paragraphs), tuple(mentions(paragraphs)), tuple(passages(document, paragraphs)), tuple(indicators(document, paragraphs)),
        (*numbering_doubts, *doubts),
    )  # fmt: skip


def ingest(library: Library, path: Path) -> Report:
    """Take one file into the library; an error is reported, not raised, so that the others in a batch go on."""
    try:
        paper = read_paper(path)
    except IngestError as error:
        return Report(path, "failed", error=str(error))
    new = library.publish(paper)
    return Report(
        path, "new" if new else "unchanged", paper.document.id, paper.document.title,
        sum(1 for p in paper.paragraphs if p.kind == "heading"), len(paper.paragraphs), len(paper.passages), len(paper.mentions), paper.doubts,
    )  # fmt: skip


def ingest_all(library: Library, paths: Iterable[Path], told: Callable[[Report], None] = lambda report: None) -> list[Report]:
    """Take files in one after the other; `told` hears each report as it comes."""
    reports = []
    for path in paths:
        reports.append(ingest(library, path))
        told(reports[-1])
    return reports


def files(paths: Iterable[Path]) -> list[Path]:
    """The files to read: those named, and in folders all that have a suffix we read. Raises UnreadableFile for a path that is not there."""
    found: list[Path] = []
    for path in paths:
        if path.is_dir():
            found.extend(sorted(p for p in path.rglob("*") if p.suffix.lower() in SUFFIXES and p.is_file() and p.name != "README.md"))
        elif path.exists():
            found.append(path)
        else:
            raise UnreadableFile(f"{path}: there is no such file or folder; check the path")
    return found
