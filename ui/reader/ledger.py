"""The ledger of figures as a table with filters, sorting by column, downloads, and a chart when the rows shown can be compared."""

from collections.abc import Callable, Sequence
from html import escape
from urllib.parse import urlencode

from fastapi import Response

from knowledge import ledger
from knowledge.ledger import Row
from knowledge.library import Library
from knowledge.model import STATUSES
from knowledge.text import fold
from ui import chart, language
from ui.reader import form, layout, links
from ui.reader.layout import View
from ui.reader.match import place_options

_FILTERS = ("name", "place", "year", "status")
_YEARS = range(1900, 2201)  # as the API takes them
_PAGE = 100  # rows of one page
_CHARTED = range(2, 31)  # rows: one cannot be compared, more cannot be read
# What each column is sorted by; figures of one unit stay together, since others do not compare.
_COLUMNS: dict[str, Callable[[Row], tuple[object, ...]]] = {
    "name": lambda row: (fold(row[1].name),),
    "value": lambda row: (fold(row[1].unit), row[1].low),
    "year": lambda row: row[1].years or (0, 0),
    "place": lambda row: (fold(row[1].place.province), fold(row[1].place.name)),
    "status": lambda row: (STATUSES.index(row[1].status),),
}


def respond(view: View, library: Library) -> Response:
    """The ledger as a page."""
    rows, page = _sorted(view, _chosen(view, library)), 1
    pages = max(1, -(-len(rows) // _PAGE))
    if (asked := view.asked("page")).isdecimal():
        page = min(max(1, int(asked)), pages)
    shown = rows[(page - 1) * _PAGE : page * _PAGE]
    count = view.t("ledger.count", n=len(rows)) + (f", {view.t('ledger.page', page=page, pages=pages)}" if pages > 1 else "")
    table = f"{_chart(view, rows)}{_table(view, shown)}{_pages(view, page, pages)}" if rows else layout.nothing(view)
    title = view.t("ledger.title")
    body = (
        f'<h1>{title}</h1><p class="lead">{view.t("ledger.about")}</p>{_form(view, library)}'
        f'<div class="above"><p class="count">{count}</p>{_downloads(view) if rows else ""}</div>{table}'
    )
    return layout.respond(view, "ledger", title, body)


def _form(view: View, library: Library) -> str:
    rows = library.indicators()
    papers = library.documents()
    stated = [papers[i] for i in dict.fromkeys(i for i, _ in rows) if papers[i].place.level != "country"]
    years = sorted({year for _, row in rows if row.years for year in row.years}, reverse=True)
    orders = [(sign + name, view.t(f"ledger.{way}", column=_column(view, name))) for name in _COLUMNS for sign, way in (("", "up"), ("-", "down"))]
    fields = [
        form.search(view, "name", "ledger.search"),
        form.choice(view, "place", "filter.place", place_options(stated, view.t("country"))),
        form.choice(view, "year", "filter.year", ((str(year), str(year)) for year in years)),
        form.choice(view, "status", "ledger.status", ((status, view.t(f"status.{status}")) for status in STATUSES)),
        form.choice(view, "sort", "sort", orders, empty="ledger.sort_paper"),
    ]
    return form.form(view, "/ledger", fields, (*_FILTERS, "sort"), "apply")


def _column(view: View, name: str) -> str:
    return language.text(view.lang, "ledger.status" if name == "status" else f"ledger.{name}")


def _year(view: View) -> int | None:
    asked = view.asked("year")
    return int(asked) if asked.isascii() and asked.isdecimal() and int(asked) in _YEARS else None


def _chosen(view: View, library: Library) -> list[Row]:
    status = view.asked("status")
    found = ledger.find(library, view.asked("place"), view.asked("name"), _year(view))
    return [row for row in found if status in {"", row[1].status}]


def _sorted(view: View, rows: list[Row]) -> list[Row]:
    asked = view.asked("sort")
    key = _COLUMNS.get(asked.removeprefix("-"))
    return sorted(rows, key=key, reverse=asked.startswith("-")) if key else rows


def _downloads(view: View) -> str:
    year = _year(view)
    fields = {"place": view.asked("place"), "name": view.asked("name"), "year": str(year) if year else ""}
    query = {name: value for name, value in fields.items() if value}
    links_ = "".join(
        f'<a class="button quiet" href="/api/indicators?{escape(urlencode({**query, "format": name}))}" download>{view.t(f"ledger.{name}")}</a>'
        for name in ("csv", "xlsx")
    )
    # The API knows no kinds of figures, so its files hold all of them; that is said rather than left to be found out.
    note = f'<span class="meta">{view.t("ledger.all_statuses")}</span>' if view.asked("status") else ""
    return f'<p class="actions">{links_}{note}</p>'


def _table(view: View, rows: Sequence[Row]) -> str:
    """A table; its roles are written out because the style sheet makes cards of its rows on phones, and browsers then forget them."""
    head = "".join(_head(view, name) for name in _COLUMNS) + f'<th role="columnheader" scope="col">{view.t("ledger.paragraph")}</th>'
    return (
        f'<table class="ledger" role="table"><caption class="hidden">{view.t("ledger.table")}</caption>'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead><tbody role="rowgroup">{"".join(_row(view, row) for row in rows)}</tbody></table>'
    )


def _head(view: View, name: str) -> str:
    """A column's head; its link sorts by it, and once more turns the order about."""
    asked = view.asked("sort")
    column = _column(view, name)
    order = {name: ' aria-sort="ascending"', f"-{name}": ' aria-sort="descending"'}.get(asked, "")
    way = "down" if asked == name else "up"
    address = view.address(sort=f"-{name}" if asked == name else name, page="")
    sign = {name: "▲", f"-{name}": "▼"}.get(asked, "")
    title = view.t(f"ledger.sort_{way}", column=column)
    mark = f'<span aria-hidden="true"> {sign}</span>' if sign else ""
    return f'<th role="columnheader" scope="col" class="c-{name}"{order}><a href="{address}" title="{title}">{escape(column)}{mark}</a></th>'


def _row(view: View, row: Row) -> str:
    document, figure = row
    years = "" if figure.years is None else "–".join(dict.fromkeys(map(str, figure.years)))
    around = _around(figure.name, figure.context)
    context = f'<small lang="vi">{links.sized(around, 180)}</small>' if around else ""
    source = f'<a href="{links.document(document.id, figure.anchor)}"><span lang="vi">{links.name(document)}</span>, {escape(figure.anchor)}</a>'
    cells = (
        ("name", "c-name", f'<span lang="vi">{escape(figure.name)}</span>{context}'),
        ("value", "c-value", f'<span lang="vi">{escape(figure.printed)}</span>'),
        ("year", "c-year", years),
        ("place", "c-place", f'<span lang="vi">{escape(figure.place.name)}</span>'),
        ("status", "c-status", view.t(f"status.{figure.status}")),
        ("paragraph", "c-paragraph", source),
    )
    return '<tr role="row">' + "".join(
        f'<td role="cell" class="{kind}" data-label="{escape(_column(view, name))}">{value}</td>' for name, kind, value in cells
    ) + "</tr>"  # fmt: skip


def _around(name: str, context: str) -> str:
    """The words around a figure that its name does not say already."""
    parts: list[str] = []
    for part in context.split(" | "):
        said = fold(part).rstrip(": ")
        if said and said != fold(name).rstrip(": ") and said not in map(fold, parts):
            parts.append(part.rstrip(": "))
    return " › ".join(parts)


def _chart(view: View, rows: Sequence[Row]) -> str:
    """Bars of all rows found, when they are of one unit and neither too few nor too many; "" when not."""
    if len(rows) not in _CHARTED or len({(figure.unit, figure.per) for _, figure in rows}) > 1:
        return ""
    points = [chart.Point(_label(rows, row), float(row[1].low), row[1].printed, f"/documents/{row[0].id}#{row[1].anchor}") for row in rows]
    unit = "/".join(filter(None, (rows[0][1].unit, rows[0][1].per)))
    title = language.text(view.lang, "ledger.chart", unit=unit)
    return f'<figure class="chart-box"><figcaption>{escape(title)}</figcaption>{chart.bar(points, title)}</figure>'


def _label(rows: Sequence[Row], row: Row) -> str:
    """What a bar stands for: the figure, and what of place, year and kind differs between the bars."""
    figure = row[1]
    told = [figure.name]
    if len({other.place for _, other in rows}) > 1:
        told.append(figure.place.name)
    if len({other.years for _, other in rows}) > 1 and figure.years:
        told.append("–".join(dict.fromkeys(map(str, figure.years))))
    return ", ".join(told)


def _pages(view: View, page: int, pages: int) -> str:
    if pages == 1:
        return ""
    ways = ((page - 1, "ledger.previous", "prev"), (page + 1, "ledger.next", "next"))
    links_ = "".join(f'<a class="button quiet" rel="{rel}" href="{view.address(page=str(to))}">{view.t(key)}</a>' for to, key, rel in ways if 1 <= to <= pages)
    return f'<nav class="actions" aria-label="{view.t("ledger.pages")}">{links_}</nav>'
