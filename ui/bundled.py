"""Open the library, and see to it that it holds the bundled papers and those in the papers folder."""

from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.exc import SQLAlchemyError

import knowledge
from ingest.errors import IngestError
from ingest.pipeline import Report, files, ingest
from ingest.read import read
from knowledge.errors import LibraryError
from knowledge.library import Library
from knowledge.settings import Settings

if TYPE_CHECKING:
    from bot.pipeline import Assistant

DOCUMENTS = Path(knowledge.__file__).parent / "documents"
Told = Callable[[Report], None]


def open_library(settings: Settings) -> Library:
    """The library of these settings. Raises LibraryError whose message says what to check."""
    try:
        return Library(settings)
    except (OSError, SQLAlchemyError) as error:
        reason = str(error).splitlines()[0]
        raise LibraryError(f"the library cannot be opened ({reason}); check HTX_DATA_DIR ({settings.data_dir}) and HTX_DATABASE_URL") from error


def open_assistant(settings: Settings) -> "Assistant":
    """The assistant over the library of these settings, with their language model when they name one. Raises LibraryError as each does."""
    from bot.llm.model import open_model
    from bot.pipeline import Assistant

    return Assistant(open_library(settings), model=open_model(settings))


def ensure_library(settings: Settings, told: Told = lambda report: None) -> list[Report]:
    """Take in the bundled papers and those of the papers folder; a file whose version is visible already is not read through again."""
    library = open_library(settings)
    library.ensure_embedding()
    paths = files(folder for folder in (DOCUMENTS, settings.papers_dir) if folder.is_dir())
    visible = {(d.source, d.version): d for d in library.documents().values()}
    reports = []
    for path in paths:
        try:
            document = visible.get((path.name, read(path).version))
        except IngestError:
            document = None  # taking it in reports what is wrong with it
        report = Report(path, "unchanged", document.id, document.title) if document else take_in(library, path)
        told(report)
        reports.append(report)
    return reports


def take_in(library: Library, path: Path) -> Report:
    """Take in one file; whatever is wrong with it becomes a report, so that the files after it go on."""
    try:
        return ingest(library, path)
    except (LibraryError, SQLAlchemyError, OSError):
        raise  # the library itself fails: the files after it would fail too
    except Exception as error:  # a paper no reader foresaw must not stop the others
        return Report(path, "failed", error=f"{path.name}: could not be read through ({type(error).__name__}: {error}); please report this paper")


def take_in_all(
    library: Library, paths: Iterable[Path], told: Told = lambda report: None, counted: Callable[[int], object] = lambda total: None
) -> list[Report]:
    """Take in files and folders one after the other; `counted` hears how many first. A path that is not there is reported like any failure."""
    found: dict[Path, Report | None] = {}
    for path in paths:
        try:
            found.update(dict.fromkeys(files([path])))
        except IngestError as error:
            found[path] = Report(path, "failed", error=str(error))
    counted(len(found))
    reports = []
    for path, failure in found.items():
        reports.append(failure or take_in(library, path))
        told(reports[-1])
    return reports
