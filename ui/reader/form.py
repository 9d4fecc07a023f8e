"""Search forms: plain GET forms that work without a script, with what was asked kept in their fields."""

from collections.abc import Iterable, Sequence
from html import escape

from knowledge.text import fold
from ui.reader.layout import View

Option = tuple[str, str]  # value, words; both unescaped


def form(view: View, action: str, fields: Sequence[str], names: Sequence[str], button: str = "search") -> str:
    """A form of `fields` (HTML), whose names are `names`; with a way to clear them once any is set."""
    kept = view.request.query_params.get("lang", "")
    hidden = f'<input type="hidden" name="lang" value="{escape(kept)}">' if kept else ""
    clear = f'<a class="button quiet" href="{action}">{view.t("clear")}</a>' if any(view.asked(name) for name in names) else ""
    return (
        f'<form class="filters" action="{action}" method="get" role="search" aria-label="{view.t("filters")}">{hidden}{"".join(fields)}'
        f'<div class="actions"><button class="button" type="submit">{view.t(button)}</button>{clear}</div></form>'
    )


def search(view: View, name: str, label: str) -> str:
    """A search box."""
    return (
        f'<div class="field wide"><label for="f-{name}">{view.t(label)}</label>'
        f'<input id="f-{name}" name="{name}" type="search" value="{escape(view.asked(name))}" maxlength="200" autocomplete="off" enterkeyhint="search"></div>'
    )


def choice(view: View, name: str, label: str, options: Iterable[Option], empty: str = "all") -> str:
    """A choice among `options`, the first one being no choice. What was asked and is no option stays choosable as it was typed."""
    asked = view.asked(name)
    listed = list(options)
    chosen = next((value for value, _ in listed if fold(value) == fold(asked)), asked)
    if chosen and all(value != chosen for value, _ in listed):
        listed.append((chosen, chosen))
    rows = "".join(
        f'<option value="{escape(value)}"{" selected" if value == chosen else ""}>{escape(shown)}</option>'
        for value, shown in [("", view.t(empty)), *listed]
    )  # fmt: skip
    return f'<div class="field"><label for="f-{name}">{view.t(label)}</label><select id="f-{name}" name="{name}">{rows}</select></div>'
