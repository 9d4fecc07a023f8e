"""A paper: its outline at the side, its paragraphs with their anchors, numbers linked, what ingest doubted."""

import re
from collections import defaultdict
from collections.abc import Sequence
from html import escape
from urllib.parse import quote

from fastapi import Response

from bot import clock
from bot.phrase import place_label
from knowledge.errors import UnknownDocument
from knowledge.library import Library
from knowledge.model import Document, Mention, Paragraph
from ui.reader import documents, layout, links
from ui.reader.layout import View
from ui.words import period

_DEEPEST = 6  # HTML has headings to h6
_AT = re.compile(r"^(\S+): (.+)$", re.DOTALL)  # a doubt that begins with the anchor it is about


def respond(view: View, library: Library, document_id: str) -> Response:
    """A paper as a page, or a page with a way on when there is none."""
    try:
        document = library.document(document_id)
    except UnknownDocument:
        return _missing(view)
    paragraphs = library.paragraphs(document_id)
    mentions: dict[str, list[Mention]] = defaultdict(list)
    for _, mention in library.mentions(document_id=document_id):
        mentions[mention.anchor].append(mention)
    levels = _levels(paragraphs)
    article = "".join(_paragraph(view, p, levels.get(p.anchor, 0), links.linked(links.words(p), mentions[p.anchor], document.place)) for p in paragraphs)
    side = _sides(view, _outline(paragraphs, levels))
    body = (
        f"{_head(view, document)}{_doubts(view, library.doubts(document_id), {p.anchor for p in paragraphs})}"
        f'<div class="{"paper-grid" if side else "paper-plain"}">{side}<article class="paper-text" lang="vi">{article}</article></div>'
    )
    return layout.respond(view, "documents", document.title, body)


def _missing(view: View) -> Response:
    title = view.t("documents.missing")
    body = f'<h1>{title}</h1><p>{view.t("documents.missing.hint")}</p><p><a class="button" href="/documents">{view.t("documents.see")}</a></p>'
    return layout.respond(view, "documents", title, body, 404)


def _head(view: View, d: Document) -> str:
    row = clock.row_of(d)
    ways = [f'<a href="{links.instrument(row)}">{view.t("paper.instrument")}</a>' if row is not None else ""]
    if d.place.level != "country":
        ways.append(f'<a href="/ledger?place={quote(place_label(d))}">{view.t("paper.figures")}</a>')
    rows = [
        (view.t("fact.number"), escape(d.number)),
        (view.t("fact.issuer"), f'<span lang="vi">{escape(d.issuer)}</span>' if d.issuer else ""),
        (view.t("fact.issued"), view.date(d.issued_on) if d.issued_on else ""),
        (view.t("fact.place"), view.t("country") if d.place.level == "country" else f'<span lang="vi">{escape(place_label(d))}</span>'),
        (view.t("fact.period"), escape(period(d))),
        (view.t("fact.source"), escape(d.source)),
    ]
    fate = clock.fate(row, view.today) if row is not None else ""
    told = f'<p class="note" lang="vi">{escape(fate)}</p>' if fate else ""
    digest = f'<p class="note digest-note">{view.t("paper.digest")}</p>' if d.form == "digest" else ""
    return (
        f'<div class="paper-head"><p class="eyebrow">{view.kind(d.kind)}</p><h1 lang="vi">{escape(d.title)}</h1>'
        f'<p class="badges">{documents.tags(view, d)}</p>{layout.facts(rows)}<p class="ways">{" ".join(filter(None, ways))}</p>{told}{digest}</div>'
    )


def _doubts(view: View, doubts: Sequence[str], anchors: set[str]) -> str:
    """What was doubted about the paper as a whole, folded; each leads to its place when it names one."""
    if not doubts:
        return ""
    items = []
    for doubt in doubts:
        at = _AT.match(doubt)
        if at and at[1] in anchors:
            items.append(f'<li><a href="#{escape(at[1])}">{escape(at[2][:1].upper() + at[2][1:])}</a> <span class="meta">{escape(at[1])}</span></li>')
        else:
            items.append(f"<li>{escape(doubt[:1].upper() + doubt[1:])}</li>")
    return f'<details class="doubts"><summary>{view.t("paper.doubts", n=len(doubts))}</summary><ul lang="vi">{"".join(items)}</ul></details>'


def _levels(paragraphs: Sequence[Paragraph]) -> dict[str, int]:
    """The level of each heading from 2, one under its nearest heading above, so that no level is skipped."""
    parents = {p.anchor: p.parent for p in paragraphs}
    levels: dict[str, int] = {}
    for p in paragraphs:
        if p.kind == "heading":
            above = p.parent
            while above and above not in levels:
                above = parents.get(above, "")
            levels[p.anchor] = levels.get(above, 1) + 1
    return levels


def _sides(view: View, outline: str) -> str:
    """The outline twice, at the side for desks and folded for phones: the style sheet shows one of them."""
    if not outline:
        return ""
    name = view.t("paper.outline")
    return (
        f'<nav class="outline" aria-label="{name}"><h2>{name}</h2>{outline}</nav>'
        f'<details class="outline-fold"><summary>{name}</summary><nav aria-label="{name}">{outline}</nav></details>'
    )


def _outline(paragraphs: Sequence[Paragraph], levels: dict[str, int]) -> str:
    """The headings as nested lists; "" for a paper with fewer than two."""
    headings = [(levels[p.anchor], p) for p in paragraphs if p.kind == "heading"]
    if len(headings) < 2:
        return ""
    html, depth = [], 1
    for level, p in headings:
        if level > depth:  # a level is one under the one above, so a list opens one at a time
            html.append("<ul>")
        else:
            html.append("</li>" + "</ul></li>" * (depth - level))
        html.append(f'<li><a href="#{escape(p.anchor)}" lang="vi">{links.sized(links.words(p).replace(chr(10), " "), 110)}</a>')
        depth = level
    return "".join(html) + "</li></ul>" * (depth - 1)


def _paragraph(view: View, p: Paragraph, level: int, words: str) -> str:
    doubts = "".join(f'<p class="doubt"><strong lang="{view.lang}">{view.t("paper.doubt")}</strong> {escape(doubt)}</p>' for doubt in p.doubts)
    here = view.t("paper.anchor", anchor=p.anchor)
    link = f'<a class="anchor" href="#{escape(p.anchor)}" lang="{view.lang}" title="{here}" aria-label="{here}">#</a>'
    name = f"h{min(level, _DEEPEST)}" if level else "p"
    return f'<{name} id="{escape(p.anchor)}" class="{escape(p.kind)} depth-{min(len(p.path), _DEEPEST)}">{words}{link}</{name}>{doubts}'
