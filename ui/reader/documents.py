"""The list of papers, with its search box and filters."""

from html import escape

from fastapi import Response

from bot.phrase import place_label
from knowledge.library import Library
from knowledge.model import Document
from ui.reader import form, layout, links, validity
from ui.reader.layout import View
from ui.reader.match import holds, in_place, place_options
from ui.words import period

_FILTERS = ("q", "place", "kind", "form", "year")
# Plans and reports are what people come for; then the texts by their rank.
_KINDS = ("plan", "programme", "scheme", "report", "law", "resolution", "decree", "decision", "circular")


def respond(view: View, library: Library) -> Response:
    """The list as a page."""
    papers = list(library.documents().values())
    found = sorted(_chosen(view, papers), key=_rank)
    shown = view.t("documents.count", n=len(papers)) if len(found) == len(papers) else view.t("documents.count_of", n=len(found), all=len(papers))
    items = "".join(_item(view, d) for d in found)
    rest = f'<ul class="entries">{items}</ul>' if items else layout.nothing(view)
    if not papers:
        rest = f'<p class="empty">{view.t("documents.empty")}</p>'
    title = view.t("documents.title")
    body = f'<h1>{title}</h1>{_form(view, papers)}<p class="count">{shown}</p>{rest}'
    return layout.respond(view, "documents", title, body)


def _form(view: View, papers: list[Document]) -> str:
    years = sorted({year for d in papers for year in _years(d)}, reverse=True)
    kinds = sorted({d.kind for d in papers}, key=_order)
    fields = [
        form.search(view, "q", "documents.search"),
        form.choice(view, "place", "filter.place", place_options(papers, view.t("country"))),
        form.choice(view, "kind", "filter.kind", ((kind, view.kind(kind)) for kind in kinds)),
        form.choice(view, "form", "filter.form", ((name, view.t(name)) for name in ("digest", "verbatim"))),
        form.choice(view, "year", "filter.year", ((str(year), str(year)) for year in years)),
    ]
    return form.form(view, "/documents", fields, _FILTERS)


def _chosen(view: View, papers: list[Document]) -> list[Document]:
    q, place, kind, shape, year = (view.asked(name) for name in _FILTERS)
    found = in_place(place, papers) if place else papers
    return [
        d for d in found
        if (not q or holds(q, view.kind(d.kind), d.title, d.number, d.issuer, place_label(d), d.place.province))
        and kind in {"", d.kind} and shape in {"", d.form} and (not year or year in map(str, _years(d)))
    ]  # fmt: skip


def _years(d: Document) -> list[int]:
    """The years that a paper is looked for by: when it was issued, and those that it is for."""
    issued = int(d.issued_on[:4]) if d.issued_on[:4].isdigit() else 0
    planned = range(d.period[0], d.period[1] + 1) if d.period else ()
    return sorted({year for year in (issued, *planned) if year})


def _order(kind: str) -> int:
    return _KINDS.index(kind) if kind in _KINDS else len(_KINDS)


def _rank(d: Document) -> tuple[int, list[int], str]:
    """By kind, the newest first, then by title."""
    return (_order(d.kind), [-int(part) for part in d.issued_on.split("-") if part.isdigit()], d.title)


def _item(view: View, d: Document) -> str:
    return (
        f'<li><h2><a href="{links.document(d.id)}" lang="vi">{escape(d.title)}</a></h2>'
        f'<p class="meta">{meta(view, d)}</p><p class="badges"><span class="tag plain">{view.kind(d.kind)}</span> {tags(view, d)}</p></li>'
    )


def meta(view: View, d: Document) -> str:
    """Number, issuer, date and period of a paper in one line of HTML."""
    parts = [
        view.t("number", number=d.number) if d.number else "",
        f'<span lang="vi">{escape(d.issuer)}</span>' if d.issuer else "",
        view.dated(d.issued_on),
        view.t("period", period=period(d)) if d.period else "",
    ]
    return " · ".join(filter(None, parts))


def tags(view: View, d: Document) -> str:
    """How a paper is kept (digest or full text) and whether it holds, as HTML."""
    kept = f'<span class="tag {escape(d.form)}">{view.t(d.form) if d.form in ("digest", "verbatim") else escape(d.form)}</span>'
    return f"{kept} {validity.badge(d, view.lang, view.today)}".strip()
