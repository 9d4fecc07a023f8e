"""What the command line prints: reports of papers, answers, outlines."""

import datetime
from collections.abc import Sequence

from rich.console import Console
from rich.table import Table
from rich.text import Text

from bot import clock
from bot.answer import Answer, Citation
from bot.feedback import REASON_WORDS, VERDICT_WORDS, Feedback
from ingest.pipeline import Report
from knowledge import catalogue
from knowledge.ledger import STATUS_WORDS, Row
from knowledge.model import Document, Mention, Paragraph
from ui.words import DIGEST, HOLDS_ON, NOTES, STATUSES, date

# Texts of papers hold square brackets, which rich would read as its own marks.
out = Console(markup=False, highlight=False)
err = Console(markup=False, highlight=False, stderr=True)
_MAX_DOUBTS = 10


def error(message: str) -> None:
    """An error, on the error stream."""
    err.print(Text.assemble(("error: ", "bold red"), message), soft_wrap=True)


def reports(found: Sequence[Report]) -> None:
    """A table of what became of each file, then errors and doubts."""
    table = Table(box=None, pad_edge=False)
    table.add_column("paper", overflow="fold")  # an identifier cut short could not be typed again
    table.add_column("status", no_wrap=True)
    for name in ("sections", "paragraphs", "mentions", "doubts"):
        table.add_column(name, justify="right")
    for r in found:
        counts = [] if r.status == "failed" else [str(n) for n in (r.sections, r.paragraphs, r.mentions, len(r.doubts))]
        style = {"failed": "red", "new": "green"}.get(r.status, "")
        table.add_row(r.document_id or r.path.name, Text(r.status, style), *counts)
    out.print(table)
    for r in found:
        if r.error:
            error(r.error)
        for doubt in r.doubts[:_MAX_DOUBTS]:
            out.print(f"{r.document_id}: doubt: {doubt}", soft_wrap=True)
        if len(r.doubts) > _MAX_DOUBTS:
            out.print(f"{r.document_id}: and {len(r.doubts) - _MAX_DOUBTS} doubts more")


def answer(said: Answer) -> None:
    """An answer with its notes, sources and suggestions."""
    if said.status != "answered":
        out.print(Text(STATUSES[said.status], "bold yellow"))
    out.print(Text(said.text))
    # A note that the text says already is not said twice.
    for note in (n for n in said.notes if n.text not in said.text):
        out.print(Text.assemble((f"\n{NOTES[note.kind]}: ", "bold"), note.text))
    if said.holds_on:
        out.print(Text(f"{HOLDS_ON} {date(said.holds_on)}", "dim"))
    if said.citations:
        out.print(Text("\nNguồn", "bold"))
    for citation in said.citations:
        _citation(citation)
    if said.suggestions:
        out.print(Text("\nChọn hoặc gõ câu trả lời" if said.status == "clarify" else "\nCó thể hỏi tiếp", "bold"))
    for suggestion in said.suggestions:
        out.print(f"  {suggestion}")


def _citation(c: Citation) -> None:
    out.print(Text.assemble((f"[{c.marker}] ", "bold cyan"), _about(c.document)))
    out.print(f"    {c.document.id}#{c.paragraph.anchor}", style="dim", soft_wrap=True)
    out.print(Text(f"    {c.quote or c.paragraph.clean}", "italic"))


def _about(d: Document) -> str:
    parts = [d.title, f"số {d.number}" if d.number else "", d.issuer, date(d.issued_on), DIGEST if d.form == "digest" else ""]
    return " · ".join(filter(None, parts))


def documents(found: Sequence[Document]) -> None:
    """A table of the papers."""
    table = Table(box=None, pad_edge=False)
    table.add_column("document", overflow="fold", ratio=2)
    table.add_column("paper", ratio=3)
    for d in found:
        table.add_row(d.id, _about(d))
    out.print(table)


def mentions(papers: dict[str, Document], found: Sequence[tuple[str, Mention]]) -> None:
    """A table of the legal texts that papers name, each with what became of it; those that the catalogue does not have at the end."""
    today = datetime.date.today()
    named: dict[str, tuple[str, set[str]]] = {}
    unresolved = []
    for document_id, mention in found:
        row = catalogue.of_mention(mention, papers[document_id].place)
        if row is None:
            unresolved.append((document_id, mention))
            continue
        named.setdefault(row.name, (clock.fate(row, today) or row.title, set()))[1].add(document_id)
    table = Table(box=None, pad_edge=False)
    table.add_column("legal text", overflow="fold", ratio=2)
    table.add_column("what is known", ratio=3)
    table.add_column("named in", overflow="fold", ratio=2)
    for name, (known, where) in sorted(named.items()):
        table.add_row(name, known, ", ".join(sorted(where)))
    out.print(table)
    out.print(f"\n{len(named)} legal texts, {len(unresolved)} mentions unresolved")
    for document_id, mention in unresolved:
        out.print(f"unresolved: {mention.number.canonical} in {document_id}#{mention.anchor}", soft_wrap=True)


def indicators(rows: Sequence[Row]) -> None:
    """A table of figures, each with the paragraph that states it."""
    table = Table(box=None, pad_edge=False)
    for name, ratio in (("what", 4), ("figure", 2), ("year", 1), ("place", 1), ("kind", 1), ("paragraph", 3)):
        table.add_column(name, overflow="fold", ratio=ratio)
    for document, row in rows:
        years = "" if row.years is None else "-".join(dict.fromkeys(map(str, row.years)))
        table.add_row(row.name, row.printed, years, row.place.name, STATUS_WORDS[row.status], f"{document.id}#{row.anchor}")
    out.print(table)
    out.print(f"\n{len(rows)} figures")


def feedback(said: Sequence[Feedback]) -> None:
    """What users said of answers: verdict, reasons and comment, then the question and the beginning of the answer."""
    for f in said:
        reasons = ", ".join(REASON_WORDS[r] for r in f.reasons)
        verdict = (VERDICT_WORDS[f.verdict], "green" if f.verdict == "up" else "red")
        out.print(Text.assemble((f"{f.given_at}  ", "dim"), verdict, f"  {reasons}"), soft_wrap=True)
        out.print(f"  {f.question}{f'  ({f.site})' if f.site else ''}", soft_wrap=True)
        out.print(Text(f"  {_first_line(f.answer)}", "dim"), soft_wrap=True)
        if f.comment:
            out.print(f"  “{f.comment}”", soft_wrap=True)
    up = sum(f.verdict == "up" for f in said)
    out.print(f"\n{len(said)} opinions: {up} up, {len(said) - up} down")


def _first_line(text: str) -> str:
    lines = text.splitlines()
    return f"{lines[0]}{' …' if len(lines) > 1 else ''}" if lines else ""


def outline(document: Document, paragraphs: Sequence[Paragraph]) -> None:
    """A paper's headings with their anchors."""
    out.print(Text(document.label, "bold"))
    for p in paragraphs:
        if p.kind == "heading":
            out.print(Text.assemble(("  " * len(p.path)), (f"{p.anchor}  ", "cyan"), p.text.replace("\n", " ")), soft_wrap=True)


def paragraph(document: Document, p: Paragraph) -> None:
    """One paragraph with the headings above it, its place in the source and its doubts."""
    out.print(Text(document.label, "bold"), soft_wrap=True)
    for depth, heading in enumerate(p.path):
        out.print(f"{'  ' * depth}{heading}", style="dim", soft_wrap=True)
    out.print(p.text, soft_wrap=True)
    if p.lines:
        out.print(f"\n{document.source}, lines {', '.join(str(a) if a == b else f'{a}-{b}' for a, b in p.lines)}", style="dim", soft_wrap=True)
    for doubt in p.doubts:
        out.print(f"doubt: {doubt}", style="yellow", soft_wrap=True)
