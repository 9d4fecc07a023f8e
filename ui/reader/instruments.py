"""The catalogue of legal texts as a list with a search box and filters."""

from html import escape

from fastapi import Response

from knowledge import catalogue
from knowledge.catalogue import Instrument
from knowledge.text import fold
from ui import language
from ui.reader import form, layout, links, validity
from ui.reader.layout import View
from ui.reader.match import holds

_FILTERS = ("q", "kind", "place", "status")
_UNKNOWN = "unknown"
_NATION = "Việt Nam"
_BADGES = {"in_force": "valid.in_force", "amended": "valid.amended", "ended": "valid.ended_undated", "period_over": "valid.period_over"}


def respond(view: View) -> Response:
    """The list as a page."""
    rows = list(catalogue.load())
    found = sorted(_chosen(view, rows), key=lambda row: row.issued_on or "0", reverse=True)
    shown = view.t("instruments.count", n=len(rows)) if len(found) == len(rows) else view.t("instruments.count_of", n=len(found), all=len(rows))
    entries = f'<ul class="entries">{"".join(item(view, row) for row in found)}</ul>' if found else layout.nothing(view)
    title = view.t("instruments.title")
    body = f'<h1>{title}</h1><p class="lead">{view.t("instruments.about")}</p>{_form(view, rows)}<p class="count">{shown}</p>{entries}'
    return layout.respond(view, "instruments", title, body)


def _form(view: View, rows: list[Instrument]) -> str:
    kinds = sorted({row.kind for row in rows}, key=lambda kind: fold(language.kind(view.lang, kind)))
    territories = sorted({row.territory for row in rows}, key=lambda name: (name != _NATION, fold(name)))
    states = [(state, view.t(key)) for state, key in _BADGES.items()]
    fields = [
        form.search(view, "q", "instruments.search"),
        form.choice(view, "kind", "filter.kind", ((kind, view.kind(kind)) for kind in kinds)),
        form.choice(view, "place", "filter.place", ((name, view.t("country") if name == _NATION else name[:1].upper() + name[1:]) for name in territories)),
        form.choice(view, "status", "filter.status", [*states, (_UNKNOWN, view.t("valid.unknown"))]),
    ]
    return form.form(view, "/instruments", fields, _FILTERS)


def _chosen(view: View, rows: list[Instrument]) -> list[Instrument]:
    q, kind, place, status = (view.asked(name) for name in _FILTERS)
    # A number as people write it ("nq 08/2019 lang son") means certain rows; other words are looked for one by one.
    meant = set(catalogue.look_up(q)) if q else set()
    return [
        row for row in rows
        if (not q or row in meant or holds(q, row.number, row.title, row.issuer, row.territory, view.kind(row.kind)))
        and kind in {"", row.kind} and (not place or fold(place) == fold(row.territory)) and status in {"", _state(view, row)}
    ]  # fmt: skip


def _state(view: View, row: Instrument) -> str:
    found = validity.of_instrument(row, view.today)
    return found.state if found else _UNKNOWN


def item(view: View, row: Instrument) -> str:
    """A row of the catalogue as an entry of a list."""
    meta = " · ".join(filter(None, (f'<span lang="vi">{escape(row.issuer)}</span>' if row.issuer else "", view.dated(row.issued_on))))
    title = f'<p lang="vi">{escape(row.title)}</p>' if row.title and row.title != row.name else ""
    badges = f'<p class="badges">{badge}</p>' if (badge := validity.row_badge(row, view.lang, view.today)) else ""
    return f'<li><h2><a href="{links.instrument(row)}" lang="vi">{escape(row.name)}</a></h2>{title}<p class="meta">{meta}</p>{badges}</li>'
