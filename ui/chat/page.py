"""The chat page in Gradio: questions, answers as they come, their sources beside them, filters, feedback, exports."""

import datetime
import json
import logging
import tempfile
from collections.abc import Callable, Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any, get_args

import gradio as gr
from gradio.themes import Base

from bot.answer import Answer, marked
from bot.feedback import LONGEST_COMMENT, Feedback, Reason, Verdict, store
from bot.history import MAX_QUESTION
from bot.pipeline import Assistant
from bot.scope import Scope
from ui.chat import render
from ui.chat.hearing import hear
from ui.chat.topic import KINDS, Kind, forgotten, taken_back
from ui.chat.words import EXAMPLES, Words
from ui.export import to_docx, to_markdown
from ui.reader import validity

_KEPT = 20  # turns that the browser keeps; more would make each answer slow to send
_FOLDER = Path(__file__).parent
_SYSTEM_FONTS = ("system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif")
_log = logging.getLogger(__name__)
Turns = list[dict[str, Any]]


def theme() -> Base:
    """A plain theme on the fonts of the person's machine: nothing is fetched for it."""
    return Base(font=_SYSTEM_FONTS, font_mono=("ui-monospace", "monospace"))


def head(language: str) -> str:
    """What goes into the head of the page: its style, which Gradio would otherwise confine to its own boxes, and its script."""
    style = "".join(path.read_text("utf-8") for path in (_FOLDER / "chat.css", _FOLDER.parent / "page" / "chart.css"))
    # The frame that Gradio sends says that the page is English.
    words = json.dumps({"lost": Words(language)["lost"]}, ensure_ascii=False)
    script = f'document.documentElement.lang = "{language}";\nconst WORDS = {words};\n' + (_FOLDER / "chat.js").read_text("utf-8")
    return f'<meta name="description" content="{Words(language)["lead"]}"><style>{style}</style><script>{script}</script>'


def build(assistant: Assistant, language: str = "vi", base_url: str = "") -> gr.Blocks:
    """The page over an assistant, in a language of the screen ("vi" or "en")."""
    words = Words(language)
    page: gr.Blocks
    with gr.Blocks(title=words["title"], analytics_enabled=False, fill_width=True) as page:
        kept = gr.BrowserState([], storage_key=f"htx-{language}", secret="htx")  # noqa: S106 - it hides nothing: the browser's own turns
        gr.HTML(_header(words), elem_id="top", padding=False)
        with gr.Row(elem_id="columns"):
            with gr.Column(scale=3, elem_id="left"):
                welcome = gr.HTML(_welcome(words), elem_id="welcome")
                talk = gr.HTML("", elem_id="talk")
                with gr.Column(visible=False, elem_id="verdict") as verdict:
                    _feedback(assistant, kept, words)
                    with gr.Row(elem_id="keep"):
                        again = gr.Button(words["again"], elem_id="again", size="sm")
                        for name, make in (("docx", to_docx), ("md", to_markdown)):
                            _export(assistant, kept, name, words, make, base_url)
            with gr.Column(scale=2, min_width=300, elem_id="right"):
                panel = gr.HTML(render.sources([], words), elem_id="sources")
        status = gr.HTML('<p role="status" class="hidden"></p>', elem_id="status")
        with gr.Column(elem_id="form"):
            about = gr.HTML(visible=False, elem_id="about", padding=False)
            _forgetting(kept, [about, status], words)
            with gr.Row(elem_id="asking"):
                question = gr.Textbox(
                    label=words["question"], show_label=True, placeholder=words["placeholder"], lines=1, max_lines=5, elem_id="question", scale=8,
                    max_length=MAX_QUESTION, autofocus=True, container=True,
                )  # fmt: skip
                send = gr.Button(words["send"], variant="primary", elem_id="send", scale=1, min_width=88)
            place, kind, year = _filters(assistant, words)
        shown = [welcome, talk, panel, status, kept, question, verdict, about]
        ask = _asking(assistant, words)
        asking = gr.on(
            [question.submit, send.click],
            ask,
            [question, kept, place, kind, year],
            shown,
            show_progress="hidden",
            concurrency_limit=8,
            trigger_mode="always_last",  # who sends the next question before the answer is whole is heard after it
            api_visibility="private",
        )
        again.click(lambda: _state([], words), None, shown, cancels=asking, show_progress="hidden", api_visibility="private")
        page.load(lambda turns: _state(turns, words), kept, shown, show_progress="hidden", api_visibility="private")
    return page


def _header(words: Words) -> str:
    links = (("/documents", "Văn bản", "Papers"), ("/instruments", "Danh mục", "Catalogue"), ("/ledger", "Sổ chỉ tiêu", "Ledger"))
    english = words.language == "en"
    other = '<a href="/" lang="vi" hreflang="vi">Tiếng Việt</a>' if english else '<a href="/en/" lang="en" hreflang="en">English</a>'
    nav = "".join(f'<a href="{href}{"?lang=en" if english else ""}">{en if english else vi}</a>' for href, vi, en in links)
    brand = f'<h1 class="name"><a class="brand" href="{"/en/" if english else "/"}">Trợ lý HTX</a></h1>'
    return f'<header class="bar">{brand}<nav aria-label="Trợ lý HTX">{nav}{other}</nav></header>'


def _welcome(words: Words) -> str:
    groups = "".join(f"<section><h3>{words[who]}</h3><ul>{''.join(map(_example, asked))}</ul></section>" for who, asked in EXAMPLES.items())
    lead = f"""<h2>{words["heading"]}</h2><p>{words["lead"]}</p><p class="day">{words["hint"]}</p>"""
    return f"""<div class="welcome">{lead}<div class="examples">{groups}</div></div>"""


def _example(question: str) -> str:
    return f"""<li><button type="button" class="ask" data-ask="{escape(question)}">{escape(question)}</button></li>"""


def _filters(assistant: Assistant, words: Words) -> tuple[gr.Dropdown, gr.Dropdown, gr.Dropdown]:
    documents = list(assistant.library.documents().values())
    any_ = (words["any"], "")
    places = sorted({d.place.name for d in documents})
    kinds = sorted({d.kind for d in documents})
    years = sorted({y for d in documents if d.period for y in range(d.period[0], d.period[1] + 1)}, reverse=True)
    with gr.Accordion(words["filters"], open=False, elem_id="filters"), gr.Row():
        place = gr.Dropdown([any_, *((name, name) for name in places)], value="", label=words["place"], elem_id="place", filterable=False)
        kind = gr.Dropdown([any_, *((words.kind(k), k) for k in kinds)], value="", label=words["kind"], elem_id="kind", filterable=False)
        year = gr.Dropdown([any_, *((str(y), str(y)) for y in years)], value="", label=words["year"], elem_id="year", filterable=False)
    return place, kind, year


def _feedback(assistant: Assistant, kept: gr.BrowserState, words: Words) -> None:
    """Thumbs for the newest answer; a thumb down asks what is wrong."""
    with gr.Row(elem_id="thumbs"):
        up = gr.Button(words["up"], icon=str(_FOLDER / "up.svg"), elem_id="up", size="sm")
        down = gr.Button(words["down"], icon=str(_FOLDER / "down.svg"), elem_id="down", size="sm")
    with gr.Column(visible=False, elem_id="why") as why:
        reasons = gr.CheckboxGroup([(words[key], key) for key in get_args(Reason)], label=words["what_wrong"], elem_id="reasons")
        comment = gr.Textbox(label=words["comment"], max_length=LONGEST_COMMENT, elem_id="comment", lines=2)
        tell = gr.Button(words["tell"], elem_id="tell", size="sm")
    thanks = gr.HTML("", elem_id="thanks")

    def note(turns: Turns, mark: Verdict, why_not: Sequence[Reason] = (), said: str = "") -> str:
        if not turns:
            return ""
        last = turns[-1]
        store(assistant.library, Feedback(last["question"], last["answer"]["answer"], mark, tuple(why_not), said))
        return f'<p role="status">{words["thanks"]}</p>'

    def praise(turns: Turns) -> tuple[str, Any]:
        return note(turns, "up"), gr.update(visible=False)

    def blame(turns: Turns, ticked: Sequence[Reason], said: str) -> tuple[str, Any, list[str], str]:
        return note(turns, "down", ticked, said), gr.update(visible=False), [], ""

    up.click(praise, kept, [thanks, why], show_progress="hidden", api_visibility="private")
    down.click(lambda: (gr.update(visible=True), ""), None, [why, thanks], show_progress="hidden", api_visibility="private")
    tell.click(blame, [kept, reasons, comment], [thanks, why, reasons, comment], show_progress="hidden", api_visibility="private")


def _forgetting(kept: gr.BrowserState, shown: list[Any], words: Words) -> None:
    """What takes back a part of what is talked about: hidden buttons that the parts press.

    The mark is put on the newest turn in the browser itself, so that a question sent at once knows of it; the words come after it.
    """

    def tell(kind: Kind) -> Callable[[Turns], list[Any]]:
        return lambda turns: [_about(turns, words), _status(words["forgot"].format(escape(taken_back(turns, kind))))]

    for kind in KINDS:
        button = gr.Button(visible="hidden", elem_id=f"drop-{kind}")
        mark = f"(turns) => [turns.map((turn, i) => i < turns.length - 1 ? turn : {{ ...turn, forgot: [...(turn.forgot ?? []), '{kind}'] }})]"
        marked = button.click(None, kept, kept, js=mark, show_progress="hidden", api_visibility="private")
        marked.then(tell(kind), kept, shown, show_progress="hidden", api_visibility="private")


def _export(assistant: Assistant, kept: gr.BrowserState, name: str, words: Words, make: Callable[..., Any], base_url: str) -> None:
    """A button that makes a file of the conversation, and a hidden one that the browser then takes it from."""
    button = gr.Button(words[name], elem_id=f"export-{name}", size="sm")
    ready = gr.DownloadButton(visible="hidden", elem_id=f"ready-{name}")

    def write(turns: Turns) -> str | None:
        if not turns:
            return None
        made = make(turns, base_url, assistant.library)
        path = Path(tempfile.mkdtemp(prefix="htx-")) / f"hoi-dap-htx.{name}"
        path.write_bytes(made if isinstance(made, bytes) else made.encode())
        return str(path)

    script = f"() => document.querySelector('#ready-{name}')?.click()"
    button.click(write, kept, ready, show_progress="hidden", api_visibility="private").then(None, None, None, js=script)


def _state(turns: Turns, words: Words, *, said: str = "") -> list[Any]:
    """The whole page for the turns that are kept: welcome, talk, panel, status, kept, question, thumbs, what is talked about."""
    turns = [t for t in turns or [] if isinstance(t, dict) and "answer" in t]
    return [
        gr.update(visible=not turns),
        render.talk(turns, words),
        render.sources(turns, words),
        _status(said),
        turns,
        gr.skip(),
        gr.update(visible=bool(turns)),
        _about(turns, words),
    ]


def _part(talk: Any, *, status: Any = None, welcome: Any = None, text: str | None = None, about: Any = None) -> list[Any]:
    """The page as `_state` gives it, with only these parts of it new."""
    skip = gr.skip()
    return [welcome or skip, talk, skip, status or skip, skip, skip if text is None else text, skip, about or skip]


def _status(said: str, *, seen: bool = False) -> str:
    return f'<p role="status"{"" if seen else " class=hidden"}>{said}</p>'


def _about(turns: Turns, words: Words, *, still: bool = False) -> Any:
    line = render.about(turns, words, still=still)
    return gr.update(value=line, visible=bool(line))


def _asking(assistant: Assistant, words: Words) -> Callable[..., Iterator[list[Any]]]:
    """What answers a question: a progress line, then the statements as they are proven, then the whole turn."""

    def ask(question: str, turns: Turns, place: str, kind: str, year: str) -> Iterator[list[Any]]:
        question, turns = question.strip()[:MAX_QUESTION], list(turns or [])[-_KEPT:]
        if not question:
            yield _part(gr.skip())
            return
        before, at, said = render.talk(turns, words), len(turns) + 1, {"question": question}
        busy = words["searching"].format(len(assistant.library.documents()))
        asked = render.turn(at, said, words, last=True, busy=busy)
        # Taking back would be lost while the answer is on its way: the turns that come with it are those of now.
        yield _part(before + asked, status=_status(busy), welcome=gr.update(visible=False), text="", about=_about(turns, words, still=True))
        scope, history, gone = Scope(place, kind, int(year or 0)), [t["question"] for t in turns], forgotten(turns)
        answer: Answer | None = None
        told: list[str] = []
        try:
            for item in hear(lambda hears: assistant.ask(question, history, hears, scope, gone)):
                if isinstance(item, Answer):
                    answer = item
                elif item is not None:
                    told.append(_line(item))
                    yield _part(before + render.turn(at, _coming(said, told), words, last=True, shown=len(told), busy=words["writing"]))
                elif assistant.model is not None and not told:
                    yield _part(before + render.turn(at, said, words, last=True, busy=words["writing"]), status=_status(words["writing"]))
        except Exception:
            _log.exception("no answer")
        if answer is None:
            failed = render.turn(at, said, words, last=True, busy=words["failed"])
            yield _part(before + failed, status=_status(words["failed"], seen=True), text=question, about=_about(turns, words))
            return
        whole = said | {"answer": _with_validity(answer, words)}
        for shown in range(1, 0 if told else len(answer.statements)):
            yield _part(before + render.turn(at, whole, words, last=True, shown=shown))
        yield _state([*turns, whole], words, said=words["ready"])

    return ask


def _line(statement: dict[str, Any]) -> str:
    return marked(statement["text"], statement["citations"])


def _coming(said: dict[str, Any], lines: list[str]) -> dict[str, Any]:
    """A turn whose answer has only these lines by now."""
    return said | {"answer": {"status": "answered", "answer": "\n".join(lines)}}


def _with_validity(answer: Answer, words: Words) -> dict[str, Any]:
    """The answer's JSON, each citation with whether its paper still holds."""
    told = answer.to_json()
    for citation, said in zip(answer.citations, told["citations"], strict=True):
        badge = validity.of_document(citation.document, datetime.date.today())
        if badge is not None:
            said |= {"validity": badge.state, "validity_words": badge.text("en" if words.language == "en" else "vi")}
    return told
