"""A legal text: what it is, when it holds, what it changes and what changes it, and every paragraph that names it."""

from collections import defaultdict
from collections.abc import Sequence
from html import escape

from fastapi import Response

from bot import clock
from knowledge import catalogue, lawnumbers
from knowledge.catalogue import Instrument
from knowledge.lawnumbers import LawNumber
from knowledge.library import Library
from knowledge.model import Document, Mention
from knowledge.text import slug
from ui.reader import documents, form, instruments, layout, links, validity
from ui.reader.layout import View

_RELATIONS = ("amends", "amended_by", "replaces", "replaced_by", "details")
_CONVERSE = {"amends": "amended_by", "amended_by": "amends", "replaces": "replaced_by", "replaced_by": "replaces", "details": "detailed_by"}
_SHOWN = 8  # paragraphs of one paper shown before they are folded
_LONGEST = 320  # characters of a paragraph shown; the whole of it is in its paper
_MOST_NEAR = 6
Named = Sequence[tuple[str, Mention]]


def respond(view: View, library: Library, asked: str) -> Response:
    """The texts of a number as a page; a page with the nearest ones when nothing is known of it."""
    read = next(iter(lawnumbers.find(asked)), None)
    rows = catalogue.rows_of(read) if read else [row for row in catalogue.load() if not row.number and slug(row.title) == slug(asked)]
    named = library.mentions(read) if read else []
    papers = library.documents()
    named = [(i, m) for i, m in named if i in papers]
    said = _said_of(read) if read else {}
    if not rows and not named and not said:
        return _missing(view, asked[:200], read)
    by_row: dict[Instrument | None, list[tuple[str, Mention]]] = defaultdict(list)
    for i, m in named:
        by_row[catalogue.of_mention(m, papers[i].place)].append((i, m))
    title = f"{lawnumbers.kind_word(read.kind)} {read.canonical}" if read else rows[0].title
    several = f'<p class="note">{view.t("instrument.several", n=len(rows))}</p>' if len(rows) > 1 else ""
    sections = "".join(_section(view, library, row, by_row[row]) for row in rows)
    if not rows and read:
        sections = _unknown(view, library, read, said, named)
    elif by_row[None]:
        sections += f"<section><h2>{view.t('instrument.named_unsure')}</h2>{_named(view, library, by_row[None])}</section>"
    return layout.respond(view, "instruments", title, f'<h1 lang="vi">{escape(title)}</h1>{several}{sections}')


def _section(view: View, library: Library, row: Instrument, named: Named) -> str:
    """One text of the catalogue. What several texts share a number for is told apart by their headings."""
    badge = validity.row_badge(row, view.lang, view.today)
    fate = clock.fate(row, view.today)
    told = f'<p class="note" lang="vi">{escape(fate)}</p>' if fate else ""
    own = [d for d in library.documents().values() if clock.row_of(d) == row]
    read = "".join(
        f'<li><a href="{links.document(d.id)}" lang="vi">{escape(d.title)}</a> <span class="badges">{documents.tags(view, d)}</span></li>' for d in own
    )
    reading = f'<h3>{view.t("instrument.read")}</h3><ul class="plain">{read}</ul>' if read else ""
    return (
        f'<section class="instrument" id="{links.spot(row)}"><h2 lang="vi">{escape(row.title or row.name)}</h2>'
        f'<p class="badges"><span class="tag plain">{view.kind(row.kind)}</span> {badge}</p>{_facts(view, row)}{told}{reading}'
        f"<h3>{view.t('instrument.named')}</h3>{_named(view, library, named)}{_sources(view, row)}</section>"
    )


def _facts(view: View, row: Instrument) -> str:
    issuer = f'<span lang="vi">{escape(row.issuer)}</span>' if row.issuer else ""
    dates = [("fact.issued", row.issued_on), ("instrument.from", row.in_force_from), ("instrument.to", row.in_force_to)]
    relations = [(f"instrument.{name}", _relation(row, getattr(row, name))) for name in _RELATIONS]
    detailed = [other for other in catalogue.load() if row in catalogue.detailed(other)]
    relations.append(("instrument.detailed_by", _row_links(detailed) if detailed else ""))
    note = f'<span lang="vi">{escape(row.note)}</span>' if row.note else ""
    return layout.facts([
        (view.t("fact.number"), escape(row.number)), (view.t("fact.issuer"), issuer),
        *((view.t(key), view.date(day) if day else "") for key, day in dates), *((view.t(key), listed) for key, listed in relations),
        (view.t("instrument.note"), note),
    ])  # fmt: skip


def _relation(row: Instrument, numbers: Sequence[str]) -> str:
    """The texts of a relation as links; of those that share a number, the one of the same territory."""
    found = []
    for number in numbers:
        read = next(iter(lawnumbers.find(number)), None)
        known = catalogue.rows_of(read) if read else []
        known = [other for other in known if other.territory == row.territory] or known
        words = known[0].name if len(known) == 1 else number
        address = links.instrument(known[0]) if len(known) == 1 else links.number(read) if read else ""
        title = f"<small>{escape(known[0].title)}</small>" if len(known) == 1 and known[0].title else ""
        found.append(f'<li><a href="{address}">{escape(words)}</a>{title}</li>' if address else f"<li>{escape(words)}</li>")
    return f'<ul class="plain" lang="vi">{"".join(found)}</ul>' if found else ""


def _sources(view: View, row: Instrument) -> str:
    """Where the facts of a row are from, folded."""
    names = {
        "issued_on": "fact.issued", "in_force_from": "instrument.from", "in_force_to": "instrument.to", "status": "instrument.status",
        **{name: f"instrument.{name}" for name in _RELATIONS},
    }  # fmt: skip
    rows = [(view.t(names[name]) if name in names else escape(name), f'<span lang="vi">{escape(source)}</span>') for name, source in row.dates_from.items()]
    if row.sources:
        rows.append((view.t("instrument.row_source"), f'<span lang="vi">{escape("; ".join(row.sources))}</span>'))
    return f'<details class="sources-of"><summary>{view.t("instrument.sources")}</summary>{layout.facts(rows)}</details>' if rows else ""


def _named(view: View, library: Library, named: Named) -> str:
    """Paragraphs that name a text, by paper; many of one paper are folded."""
    papers = library.documents()
    by_paper: dict[str, dict[str, None]] = defaultdict(dict)
    for document_id, mention in named:
        by_paper[document_id][mention.anchor] = None
    if not by_paper:
        return f'<p class="meta">{view.t("instrument.not_named")}</p>'
    groups = []
    for document_id, anchors in sorted(by_paper.items(), key=lambda pair: (papers[pair[0]].place.level == "country", papers[pair[0]].title)):
        items = "".join(_named_paragraph(view, library, papers[document_id], anchor) for anchor in anchors)
        head = f'<a href="{links.document(document_id)}" lang="vi">{escape(papers[document_id].title)}</a>'
        count = view.t("instrument.paragraphs", n=len(anchors))
        listed = f'<ul class="quotes">{items}</ul>'
        folded = f"<details><summary>{count}</summary>{listed}</details>" if len(anchors) > _SHOWN else listed
        groups.append(f'<li><h4>{head}</h4><p class="meta">{documents.meta(view, papers[document_id])}</p>{folded}</li>')
    total = view.t("instrument.named_count", n=sum(map(len, by_paper.values())), papers=len(by_paper))
    return f'<p class="count">{total}</p><ul class="groups">{"".join(groups)}</ul>'


def _named_paragraph(view: View, library: Library, d: Document, anchor: str) -> str:
    p = library.paragraph(d.id, anchor)
    path = f'<p class="path" lang="vi">{links.sized(" › ".join(p.path[-2:]), 160)}</p>' if p.path else ""
    mark = f'<span class="hidden">: {escape(d.number or d.title)}, {escape(anchor)}</span>'
    words = links.sized(links.words(p), _LONGEST)
    way = f'<p><a class="open" href="{links.document(d.id, anchor)}">{view.t("instrument.open")}{mark}</a></p>'
    return f'<li>{path}<blockquote lang="vi">{words}</blockquote>{way}</li>'


def _said_of(read: LawNumber) -> dict[str, list[Instrument]]:
    """What the catalogue's rows say of a number that has no row: the converse relation -> the rows."""
    found: dict[str, list[Instrument]] = defaultdict(list)
    for row in catalogue.load():
        for name in _RELATIONS:
            if any(other.key == read.key for number in getattr(row, name) for other in lawnumbers.find(number)):
                found[_CONVERSE[name]].append(row)
    return found


def _unknown(view: View, library: Library, read: LawNumber, said: dict[str, list[Instrument]], named: Named) -> str:
    """A number without a row: what is written beside it in the papers, and what the catalogue says of it by the way."""
    told = {key: next((value for _, m in named if (value := getattr(m, key)) and m.number.key == read.key), "") for key in ("title", "issuer", "issued_on")}
    rows = [
        (view.t("fact.kind"), view.kind(read.kind)),
        (view.t("fact.issuer"), f'<span lang="vi">{escape(told["issuer"])}</span>' if told["issuer"] else ""),
        (view.t("fact.issued"), view.date(told["issued_on"]) if told["issued_on"] else ""),
    ]
    rows += [(view.t(f"instrument.{name}"), _row_links(rows_said)) for name, rows_said in said.items()]
    title = f'<p lang="vi">{escape(told["title"][:1].upper() + told["title"][1:])}</p>' if told["title"] else ""
    return (
        f'<p class="note">{view.t("instrument.known_by_name")}</p><section class="instrument">{title}{layout.facts(rows)}'
        f"<h2>{view.t('instrument.named')}</h2>{_named(view, library, named)}</section>"
    )


def _row_links(rows: Sequence[Instrument]) -> str:
    items = "".join(f'<li><a href="{links.instrument(row)}">{escape(row.name)}</a><small>{escape(row.title)}</small></li>' for row in rows)
    return f'<ul class="plain" lang="vi">{items}</ul>'


def _missing(view: View, asked: str, read: LawNumber | None) -> Response:
    title = view.t("instrument.missing")
    near = catalogue.look_up(asked)
    if read and not near:
        near = [row for row in catalogue.load() for other in lawnumbers.find(row.number)[:1] if other.number == read.number]
    items = "".join(instruments.item(view, row) for row in near[:_MOST_NEAR])
    guesses = f'<h2>{view.t("instrument.near")}</h2><ul class="entries">{items}</ul>' if items else ""
    search = form.form(view, "/instruments", [form.search(view, "q", "instruments.search")], ())
    body = (
        f"<h1>{title}</h1><p>{view.t('instrument.missing.hint', asked=asked)}</p>{search}{guesses}"
        f'<p><a class="button quiet" href="/instruments">{view.t("instrument.see")}</a></p>'
    )
    return layout.respond(view, "instruments", title, body, 404)
