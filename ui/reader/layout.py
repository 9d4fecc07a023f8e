"""The shell of every page: head, skip link, header with the main pages and the language switch, main landmark, footer."""

import datetime
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import HTMLResponse, Response

from knowledge.text import normalize
from ui import language
from ui.language import NAMES, Lang

_ASK: dict[Lang, str] = {"vi": "/", "en": "/en/"}  # the chat has a page for each language
_PAGES = (("documents", "/documents"), ("instruments", "/instruments"), ("ledger", "/ledger"))
_STYLES = ("page.css", "reader.css", "chart.css")
_LONGEST = 200  # characters of a search or a filter; what is longer is cut
MAIN = "noi-dung"


@dataclass(frozen=True)
class View:
    """What a page needs to know of its request: language, day, and what was asked for."""

    request: Request
    lang: Lang
    today: datetime.date

    @classmethod
    def of(cls, request: Request, today: datetime.date) -> "View":
        return cls(request, language.language_of(request), today)

    def t(self, key: str, **values: object) -> str:
        """A text of the screen, escaped."""
        return escape(language.text(self.lang, key, **values))

    def date(self, iso: str) -> str:
        """A date, escaped."""
        return escape(language.date(self.lang, iso))

    def dated(self, iso: str) -> str:
        """A date with the word that says it is a day ("ngày 22/7/2024", but "4/2021"), escaped; "" for none."""
        return self.t("dated", day=language.date(self.lang, iso)) if iso.count("-") == 2 else self.date(iso)

    def kind(self, name: str) -> str:
        """A kind of paper, escaped."""
        return escape(language.kind(self.lang, name))

    def asked(self, name: str) -> str:
        """A field of the page's form, "" when it was not given; not escaped."""
        return " ".join(normalize(self.request.query_params.get(name, "")).split())[:_LONGEST]

    def address(self, **changed: str) -> str:
        """The page's own address with some fields changed or, when "", taken out; escaped."""
        fields = {**dict(self.request.query_params), **changed}
        query = urlencode({name: value for name, value in fields.items() if value})
        return escape(f"?{query}" if query else self.request.url.path)


def respond(view: View, here: str, title: str, body: str, status: int = 200) -> Response:
    """A page as a response. `here` is the main page it belongs to, `title` is plain text, `body` is HTML."""
    response = HTMLResponse(page(view, here, title, body), status, headers={"Vary": "Cookie", "Content-Language": view.lang})
    language.remember(view.request, response)
    return response


def page(view: View, here: str, title: str, body: str) -> str:
    """A whole page as HTML."""
    styles = "".join(f'<link rel="stylesheet" href="/look/{name}">' for name in _STYLES)
    return (
        f'<!doctype html><html lang="{view.lang}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f'<title>{escape(title)} – {view.t("brand")}</title><link rel="icon" href="/look/icon.svg">{styles}</head>'
        f'<body class="reader">{header(view.request, here)}<main id="{MAIN}" tabindex="-1">{body}</main>'
        f'<footer class="site-foot"><p>{view.t("footer")}</p></footer></body></html>'
    )


def header(request: Request, here: str = "") -> str:
    """Skip link and header as HTML, for any page that has a `<main id="noi-dung">` and reader.css. `here` is one of the main pages or ""."""
    lang = language.language_of(request)
    there = language.other(lang)

    def t(key: str) -> str:
        return escape(language.text(lang, key))

    pages = (("ask", _ASK[lang]), *_PAGES)
    links = "".join(f'<a href="{address}"{current(name == here)}>{t(f"nav.{name}")}</a>' for name, address in pages)
    switch = f'<a class="switch" href="{escape(language.switched(request))}" lang="{there}" hreflang="{there}">{NAMES[there]}</a>'
    return (
        f'<a class="skip" href="#{MAIN}">{t("skip")}</a><header class="site"><div class="bar"><a class="brand" href="{_ASK[lang]}" lang="vi">{t("brand")}</a>'
        f'<nav class="pages" aria-label="{t("nav.main")}">{links}</nav>{switch}</div></header>'
    )


def current(here: bool) -> str:
    """The attribute that marks the link to the page that is shown."""
    return ' aria-current="page"' if here else ""


def facts(rows: Sequence[tuple[str, str]]) -> str:
    """Terms and what they are, both as HTML; rows without a value are left out."""
    found = "".join(f"<div><dt>{term}</dt><dd>{value}</dd></div>" for term, value in rows if value)
    return f'<dl class="facts">{found}</dl>' if found else ""


def nothing(view: View) -> str:
    """What a list says when nothing matches."""
    return f'<p class="empty"><strong>{view.t("nothing")}</strong> {view.t("nothing.hint")}</p>'
