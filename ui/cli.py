"""The command line: htx ingest, ask, serve, mcp, setup, documents, show, indicators, feedback, index, eval."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from pydantic import ValidationError

from knowledge.errors import LibraryError
from knowledge.settings import Settings

if TYPE_CHECKING:
    from rich.console import Console

    from bot.pipeline import Assistant
    from ingest.pipeline import Report
    from knowledge.library import Library

app = typer.Typer(name="htx", help="Trợ lý HTX: proven, cited answers on cooperative policy in Vietnam.", no_args_is_help=True, pretty_exceptions_enable=False)
index = typer.Typer(help="Look at or mend the indexes; both are made from the database and can be made anew.", no_args_is_help=True)
app.add_typer(index, name="index")

DataDir = Annotated[Path | None, typer.Option("--data-dir", help="Folder of the library, instead of HTX_DATA_DIR.", file_okay=False)]


def main() -> None:
    """Run the command line; what a user can mend is told in one line, not as a traceback."""
    try:
        app()
    except LibraryError as problem:
        from ui import console

        console.error(str(problem))
        raise SystemExit(1) from None


def _settings(data_dir: Path | None, **given: Any) -> Settings:
    """The settings, those given on the command line first. Raises LibraryError when one of the environment is wrong."""
    stated = {name: value for name, value in {"data_dir": data_dir, **given}.items() if value is not None}
    try:
        return Settings(**stated)
    except ValidationError as problem:
        first = problem.errors()[0]
        raise LibraryError(f"HTX_{'_'.join(map(str, first['loc'])).upper()}: {first['msg']}; mend it in the environment or in .env") from None


def _library(data_dir: Path | None) -> "Library":
    from ui.bundled import open_library

    return open_library(_settings(data_dir))


@app.command()
def ingest(paths: Annotated[list[Path], typer.Argument(help="Files or folders of papers (.txt, .md).")], data_dir: DataDir = None) -> None:
    """Take papers into the library and report what was read."""
    from rich.progress import Progress

    from ui import console
    from ui.bundled import take_in_all

    library = _library(data_dir)
    with Progress(console=console.err, transient=True) as progress:
        task = progress.add_task("reading", total=None)

        def told(report: "Report") -> None:
            progress.update(task, advance=1, description=report.path.name)

        reports = take_in_all(library, paths, told, lambda total: progress.update(task, total=total))
    if not reports:
        raise LibraryError("nothing to read: no file here has a suffix that is read (.txt, .md, .markdown)")
    console.reports(reports)
    if any(report.status == "failed" for report in reports):
        raise typer.Exit(1)


@app.command()
def ask(
    question: Annotated[str | None, typer.Argument(help="The question, in quotes.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the answer as JSON.")] = False,
    questions: Annotated[Path | None, typer.Option("--questions", help="JSON lines with id, question, history.", exists=True, dir_okay=False)] = None,
    output: Annotated[Path | None, typer.Option("--output", help="Where the answers to --questions go, one JSON line each.", dir_okay=False)] = None,
    data_dir: DataDir = None,
) -> None:
    """Answer one question, or all questions of a file in order."""
    if (question is None) == (questions is None) or (questions is None) != (output is None):
        raise typer.BadParameter('give either a question in quotes, or both --questions IN.jsonl and --output OUT.jsonl, for example: htx ask "HTX là gì?"')
    from ui import console
    from ui.bundled import open_assistant

    assistant = open_assistant(_settings(data_dir))
    if questions is not None and output is not None:
        _ask_all(assistant, questions, output)
        return
    answer = assistant.ask(question or "")
    if as_json:
        typer.echo(json.dumps(answer.to_json(), ensure_ascii=False, indent=2))
    else:
        console.answer(answer)
    if answer.status == "error":
        raise typer.Exit(1)


def _ask_all(assistant: Any, questions: Path, output: Path) -> None:
    from collections import Counter

    from rich.progress import track

    from ui import console
    from ui.batch import answer_file

    try:
        records = track(answer_file(assistant, questions, output), description="answering", total=None, console=console.err, transient=True)
        counts = Counter(record["status"] for record in records)
    except OSError as problem:
        raise LibraryError(f"{problem.filename}: {problem.strerror}; check the path and the permissions") from None
    console.err.print(f"{sum(counts.values())} answers in {output}: {', '.join(f'{n} {status}' for status, n in counts.most_common())}", soft_wrap=True)


@app.command()
def setup(data_dir: DataDir = None) -> None:
    """Make sure that the library holds the bundled papers and those in the papers folder."""
    _ensure(_settings(data_dir))


@app.command()
def serve(
    host: Annotated[str | None, typer.Option(help="Address to listen on, instead of HTX_HOST.")] = None,
    port: Annotated[int | None, typer.Option(help="Port to listen on, instead of HTX_PORT.", min=1, max=65535)] = None,
    data_dir: DataDir = None,
) -> None:
    """Serve the question page and the HTTP API."""
    import uvicorn

    from ui import console
    from ui.server import build

    settings = _settings(data_dir, host=host, port=port)
    _check_address(settings.host, settings.port)
    _ensure(settings)
    shown = f"[{settings.host}]" if ":" in settings.host else settings.host
    console.out.print(f"Trợ lý HTX: http://{shown}:{settings.port}  (Ctrl+C to stop)", soft_wrap=True)
    uvicorn.run(build(settings), host=settings.host, port=settings.port, log_level="warning", server_header=False)


@app.command()
def mcp(data_dir: DataDir = None) -> None:
    """Give the assistant as tools to an AI client (MCP) that starts this command, over standard input and output."""
    import sys

    from ui.tools import run_stdio

    settings = _settings(data_dir)

    def make() -> "Assistant":
        from ui import console
        from ui.bundled import open_assistant

        _ensure(settings, console.err)  # the output is the client's
        return open_assistant(settings)

    if sys.stdin.isatty():
        typer.echo("This waits for an MCP client, which starts it by itself: see docs/mcp.md. Ctrl+C ends it.", err=True)
    run_stdio(make)


def _check_address(host: str, port: int) -> None:
    """Raise LibraryError when nobody can listen there, before any work is done for it."""
    import socket

    try:
        family, kind, protocol, _, address = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)[0]
        with socket.socket(family, kind, protocol) as tried:
            tried.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)  # as the server does: a port just left is free
            tried.bind(address)
    except OSError as problem:
        raise LibraryError(f"cannot listen on {host}:{port} ({problem.strerror}); choose another with --host and --port") from None


def _ensure(settings: Settings, out: "Console | None" = None) -> None:
    """See to it that the library holds its papers, and tell of it on `out`, the standard output when not given."""
    from ui import console
    from ui.bundled import ensure_library

    out = out or console.out

    def told(report: "Report") -> None:
        if report.status == "new":
            out.print(f"taken in: {report.path} ({report.paragraphs} paragraphs)", soft_wrap=True)
        elif report.status == "failed":
            console.error(report.error)

    reports = ensure_library(settings, told)
    count = sum(report.status != "failed" for report in reports)
    out.print(f"{count} papers ready in {settings.data_dir}", soft_wrap=True)


@app.command()
def documents(
    mentions: Annotated[bool, typer.Option("--mentions", help="List the legal texts that the papers name, with what the catalogue knows of each.")] = False,
    data_dir: DataDir = None,
) -> None:
    """List the papers of the library, or the legal texts that they name."""
    from ui import console

    library = _library(data_dir)
    if mentions:
        console.mentions(library.documents(), library.mentions())
    else:
        console.documents(list(library.documents().values()))


@app.command()
def show(reference: Annotated[str, typer.Argument(metavar="DOCUMENT[#ANCHOR]")], data_dir: DataDir = None) -> None:
    """Print a paper's outline, or one paragraph with the headings above it."""
    from ui import console

    library = _library(data_dir)
    document_id, _, anchor = reference.partition("#")
    document = library.document(document_id)
    if anchor:
        console.paragraph(document, library.paragraph(document_id, anchor))
    else:
        console.outline(document, library.paragraphs(document_id))


@app.command()
def indicators(
    place: Annotated[str, typer.Option("--place", help="Only of this place, with or without accents.")] = "",
    name: Annotated[str, typer.Option("--name", help="Only rows whose name or headings hold these words.")] = "",
    year: Annotated[int | None, typer.Option("--year", help="Only rows that hold for this year.")] = None,
    as_csv: Annotated[bool, typer.Option("--csv", help="Print as CSV.")] = False,
    xlsx: Annotated[Path | None, typer.Option("--xlsx", help="Write a spreadsheet to this file.", dir_okay=False)] = None,
    data_dir: DataDir = None,
) -> None:
    """List the figures of plans, reports and resolutions, each with its source."""
    from knowledge import ledger
    from ui import console

    rows = ledger.find(_library(data_dir), place, name, year)
    if xlsx is not None:
        try:
            xlsx.write_bytes(ledger.to_xlsx(rows))
        except OSError as problem:
            raise LibraryError(f"cannot write {xlsx}: {problem.strerror}; give another file") from None
        typer.echo(f"{len(rows)} rows in {xlsx}")
    elif as_csv:
        typer.echo(ledger.to_csv(rows), nl=False)
    else:
        console.indicators(rows)


@app.command()
def feedback(as_csv: Annotated[bool, typer.Option("--csv", help="Print as CSV.")] = False, data_dir: DataDir = None) -> None:
    """List what users said of answers, the newest first."""
    from bot.feedback import all_feedback, to_csv
    from ui import console

    said = all_feedback(_library(data_dir))
    if as_csv:
        typer.echo(to_csv(said), nl=False)
    else:
        console.feedback(said)


@index.command()
def status(data_dir: DataDir = None) -> None:
    """Count what the library and its indexes hold."""
    library = _library(data_dir)
    counts = library.counts()
    for name, count in counts.items():
        typer.echo(f"{name}: {count}")
    if counts["words"] != counts["passages"] or counts["vectors"] != counts["passages"] or counts["unpublished versions"]:
        typer.echo("the indexes and the database differ; run: htx index repair")
        raise typer.Exit(1)


@index.command()
def repair(data_dir: DataDir = None) -> None:
    """Remove index entries that no visible paper owns, add those that lack."""
    for name, count in _library(data_dir).repair().items():
        typer.echo(f"{name}: {count}")


@index.command()
def rebuild(data_dir: DataDir = None) -> None:
    """Make both indexes anew from the database."""
    typer.echo(f"passages indexed: {_library(data_dir).rebuild()}")


@app.command(name="eval")
def evaluate(
    questions: Annotated[Path | None, typer.Option("--questions", help="JSON lines of questions with their checks.", exists=True, dir_okay=False)] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the report as JSON.")] = False,
    with_model: Annotated[bool, typer.Option("--with-model", help="Ask each set with the language model of HTX_LLM too, beside the built-in way.")] = False,
    data_dir: DataDir = None,
) -> None:
    """Measure the answers on questions with known checks."""
    from bot.llm.model import open_model
    from eval.report import main as report

    model = open_model(_settings(data_dir)) if with_model else None
    if with_model and model is None:
        raise LibraryError("no language model is named; set HTX_LLM, for example HTX_LLM=openai:qwen3-8b with HTX_LLM_URL=http://127.0.0.1:8001/v1")
    raise typer.Exit(report(questions, as_json, data_dir, model=model))
