"""Turns as HTML: an answer with superscript citations, its table and chart, notes, suggestions, and the cards of its sources.

All of it is made from an answer's JSON (bot.answer.Answer.to_json), which is what the browser keeps. Everything is escaped.
"""

import re
from collections.abc import Mapping, Sequence
from html import escape
from math import inf
from typing import Any

from bot import several
from ui.chart import Point, bar, line
from ui.chat.topic import topic
from ui.chat.words import Words
from ui.words import date

Turn = Mapping[str, Any]  # {"question": str, "answer": the answer's JSON, "place": name of the place it was asked for or ""}
_MARKER = re.compile(r"\s*\[(\d+)\]")
_BULLET = re.compile(r"^\s*[-•]\s+")
_MARKS = re.compile(r"[*_#`]+|^\s*[-•]\s+", re.MULTILINE)
_ASKED = re.compile(r"^\d\. .+\?$")
_DEEPEST = 2  # headings over a paragraph that a card names
_SEVERAL = 3  # figures from which a table and a chart say more than the lines


def talk(turns: Sequence[Turn], words: Words) -> str:
    """All turns, oldest first; "" when there are none."""
    return "".join(turn(i, t, words, last=i == len(turns)) for i, t in enumerate(turns, start=1))


def turn(at: int, said: Turn, words: Words, *, last: bool, shown: int | None = None, busy: str = "") -> str:
    """One question and its answer. `shown` is how many statements are there by now (None: all), `busy` what is being done while it is not whole."""
    asked = f'<h2 class="asked"><span class="hidden">{escape(words["asked"])}: </span>{escape(said["question"])}</h2>'
    if "answer" not in said:
        return f'<article class="turn" id="luot-{at}">{asked}<p class="busy">{escape(busy)}</p></article>'
    answer = said["answer"]
    parts = [_body(at, said["question"], answer, shown)]
    if shown is None:
        parts += [_figures(at, answer, words), _notes(at, answer, words), _day(answer, words), _made(answer, words), _tools(at, words)]
        parts += [_suggestions(answer, words)] if last else [_kept_sources(at, answer, words)]
    status = escape(busy or words.status(answer["status"]))
    return (
        f'<article class="turn" id="luot-{at}">{asked}<div class="answer {escape(answer["status"])}" id="tra-loi-{at}" tabindex="-1">'
        f'<p class="state">{status}</p>{"".join(parts)}</div></article>'
    )


def _body(at: int, question: str, answer: Mapping[str, Any], shown: int | None) -> str:
    """The answer's lines: paragraphs, lists of those that begin with a dash, and headings of those that repeat one of several questions.

    Headings do not count among the lines `shown`, which are as many as there are statements by now.
    """
    lines = [text for text in answer["answer"].split("\n") if text.strip()]
    headings = _questions(question, lines)
    html: list[str] = []
    listed: list[str] = []
    left = inf if shown is None else shown
    for text in lines:
        if not left:
            break
        left -= text not in headings
        if _BULLET.match(text):
            listed.append(f"<li>{_cited(at, _BULLET.sub('', text))}</li>")
            continue
        html += _closed(listed)
        html.append(f'<h3 class="part">{escape(text, quote=False)}</h3>' if text in headings else f"<p>{_cited(at, text)}</p>")
    return "".join([*html, *_closed(listed)])


def _questions(question: str, lines: Sequence[str]) -> set[str]:
    """The lines that repeat the questions of a message, as typed or as a language model restated them. A statement ends with its markers."""
    typed = several.questions(question)
    numbered = {f"{i}. {one}" for i, one in enumerate(typed, start=1)} if len(typed) > 1 else set()
    asked = {text for text in lines if _ASKED.match(text)} if lines and _ASKED.match(lines[0]) else set()
    return asked | numbered.intersection(lines)


def _closed(listed: list[str]) -> list[str]:
    done = [f"<ul>{''.join(listed)}</ul>"] if listed else []
    listed.clear()
    return done


def _cited(at: int, text: str) -> str:
    """Escaped text whose markers are superscript links to the cards of the sources."""
    return _MARKER.sub(lambda m: f'<sup class="cite"><a href="#nguon-{at}-{m[1]}" aria-label="Nguồn {m[1]}">{m[1]}</a></sup>', escape(text, quote=False))


def _figures(at: int, answer: Mapping[str, Any], words: Words) -> str:
    """Three figures compared or more as a table that sorts by its columns, and as a chart when they have one unit."""
    rows = answer.get("figures") or []
    if len(rows) < _SEVERAL:
        return ""
    head = "".join(f'<th scope="col"><button type="button" class="sort">{escape(words[key])}</button></th>' for key in ("where", "what_time", "figure"))
    body = "".join(
        f'<tr><th scope="row">{escape(r["label"])}</th><td data-value="{escape(_years(r))}">{escape(_years(r))}</td>'
        f'<td data-value="{float(r["value"])}">{escape(_printed(r))}{_mark(at, r)}</td></tr>'
        for r in rows
    )
    caption = f"<caption>{escape(words['figures'])}</caption>"
    table = f'<div class="table"><table class="figures">{caption}<thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'
    if len({r["unit"] for r in rows}) > 1:
        return table
    by_year = len({r["place"] for r in rows}) == 1 and len({_years(r) for r in rows}) == len(rows)
    points = [Point(_years(r) if by_year else r["label"], float(r["value"]), _printed(r), _url(answer, r)) for r in rows]
    return table + f'<figure class="chart">{(line if by_year else bar)(points, words["figures"])}</figure>'


def _mark(at: int, row: Mapping[str, Any]) -> str:
    return _cited(at, f" [{row['citation']}]") if row.get("citation") else ""


def _years(row: Mapping[str, Any]) -> str:
    years = row.get("years") or []
    return "" if not years else str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def _printed(row: Mapping[str, Any]) -> str:
    printed, unit = str(row["printed"]), str(row["unit"])
    return f"{printed} {unit}" if printed[-1:].isdigit() and unit else printed


def _url(answer: Mapping[str, Any], row: Mapping[str, Any]) -> str:
    return next((c["url"] for c in answer["citations"] if c["marker"] == row.get("citation")), "")


def _notes(at: int, answer: Mapping[str, Any], words: Words) -> str:
    return "".join(
        f'<aside class="callout {escape(n["kind"])}"><p><strong>{escape(words.note(n["kind"]))}.</strong> {_cited(at, n["text"])}</p></aside>'
        for n in answer["notes"]
    )


def _day(answer: Mapping[str, Any], words: Words) -> str:
    return f'<p class="day">{escape(words["holds_on"])} {escape(date(answer["holds_on"]))}.</p>' if answer.get("holds_on") else ""


def _made(answer: Mapping[str, Any], words: Words) -> str:
    """A quiet mark under an answer that a language model worded."""
    return f'<p class="day made">{escape(words["by_model"])}</p>' if answer.get("mode") == "llm" else ""


def _tools(at: int, words: Words) -> str:
    return f'<p class="tools"><button type="button" class="copy" data-turn="{at}">{escape(words["copy"])}</button></p>'


def _suggestions(answer: Mapping[str, Any], words: Words) -> str:
    asked = "".join(f'<li><button type="button" class="ask" data-ask="{escape(s)}">{escape(s)}</button></li>' for s in answer["suggestions"])
    return f'<nav class="next" aria-label="{escape(words["next"])}"><p class="day">{escape(words["next"])}</p><ul>{asked}</ul></nav>' if asked else ""


def _kept_sources(at: int, answer: Mapping[str, Any], words: Words) -> str:
    """The sources of an answer that is no longer the newest, folded away under it."""
    cards = "".join(_card(at, c, words) for c in answer["citations"])
    return f'<details class="kept"><summary>{escape(words["sources"])} ({len(answer["citations"])})</summary>{cards}</details>' if cards else ""


def about(turns: Sequence[Turn], words: Words, *, still: bool = False) -> str:
    """What a follow-up would take over, each part a button that takes it back (none works while `still`); "" when it is nothing."""
    off = " disabled" if still else ""
    parts = "".join(
        f'<button type="button" class="drop {kind}" data-kind="{kind}" aria-label="{escape(words["forget"].format(said))}"{off}>'
        f'<span class="said" lang="vi">{escape(said)}</span><span aria-hidden="true">×</span></button>'
        for kind, said in topic(turns).items()
    )
    label = escape(words["about"])
    return f'<div class="about" role="group" aria-label="{label}"><span class="day">{label}:</span><span class="parts">{parts}</span></div>' if parts else ""


def sources(turns: Sequence[Turn], words: Words) -> str:
    """The panel beside the newest answer: a card for each paragraph that it cites."""
    if not turns:
        return f'<p class="day">{escape(words["sources_none"])}</p>'
    answer = turns[-1]["answer"]
    cards = "".join(_card(len(turns), c, words) for c in answer["citations"])
    title = f"<h2>{escape(words['sources'])}</h2>"
    return f'{title}<div class="cards">{cards}</div>' if cards else f'{title}<p class="day">{escape(words["sources_none"])}</p>'


def _card(at: int, cited: Mapping[str, Any], words: Words) -> str:
    """One source: its paper, what it is, where in it the paragraph stands, and the paragraph with the proving words marked."""
    about = " · ".join(filter(None, (f"{words['number']} {cited['number']}" if cited["number"] else "", cited["issuer"], date(cited["issued_on"] or ""))))
    label = words["digest"] if cited["form"] == "digest" else words["verbatim"]
    badge = f'<span class="badge {escape(cited.get("validity", ""))}">{escape(cited["validity_words"])}</span>' if cited.get("validity_words") else ""
    path = " › ".join(_MARKS.sub("", p).strip() for p in cited["path"][-_DEEPEST:])
    return (
        f'<article class="source" id="nguon-{at}-{cited["marker"]}" tabindex="-1">'
        f'<h3><span class="marker">{cited["marker"]}</span> {escape(cited["title"])}</h3>'
        f'<p class="day">{escape(about)}</p><p><span class="badge form">{escape(label)}</span>{badge}</p><p class="path">{escape(path)}</p>'
        f"<blockquote>{marked(cited['text'], cited['quote'])}</blockquote>"
        f'<p><a class="open" href="{escape(cited["url"])}">{escape(words["open"])}</a></p></article>'
    )


def marked(text: str, quote: str) -> str:
    """The paragraph, escaped, with the proving words in <mark>; unmarked when they do not stand in it in one piece."""
    plain, quote = _MARKS.sub("", text).strip(), _MARKS.sub("", quote).strip(" …")
    at = plain.find(quote) if quote else -1
    if at < 0 or quote == plain:
        return f"<mark>{escape(plain)}</mark>" if quote == plain else escape(plain)
    return f"{escape(plain[:at])}<mark>{escape(quote)}</mark>{escape(plain[at + len(quote) :])}"
