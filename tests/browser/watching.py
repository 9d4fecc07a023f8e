"""A browser whose every request and every failed script is written down."""

from pathlib import Path
from urllib.parse import urlsplit

from bot.feedback import all_feedback
from knowledge.library import Library
from knowledge.settings import Settings

SLOW = 15_000  # milliseconds after which something that should be on the screen is given up
try:
    from playwright.sync_api import expect
except ImportError:  # a fixture tells of it, so that the tests are skipped with a word
    expect = None
else:
    expect.set_options(timeout=SLOW)

__all__ = ["Watch", "expect", "findings", "in_view", "stored", "tab_to", "wider_than_screen"]
HERE = "127.0.0.1"
# Every rule of WCAG 2.2 AA that a program can check, and the good habits beside them.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"], "resultTypes": ["violations"]}


class Watch:
    """Pages, each of a context of its own; `close` ends them all."""

    def __init__(self, browser):
        self.asked: list[str] = []
        self.failures: list[str] = []
        self._browser = browser
        self._contexts = []

    def __call__(self, url: str, *, width: int = 1280, height: int = 800, dark: bool = False, **options):
        """A page at this address; `options` are those of a context of playwright."""
        scheme = "dark" if dark else "light"
        context = self._browser.new_context(
            viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce", locale="vi-VN", **options
        )
        self._contexts.append(context)
        context.set_default_timeout(SLOW)
        context.on("request", lambda request: self.asked.append(request.url))
        context.on("weberror", lambda error: self.failures.append(str(error.error)))
        context.on("console", lambda line: self.failures.append(line.text) if "Content Security Policy" in line.text else None)
        context.on("page", lambda page: page.on("websocket", lambda socket: self.asked.append(socket.url)))
        page = context.new_page()
        page.goto(url)
        return page

    def outside(self) -> list[str]:
        """The addresses of other hosts that a page asked for something."""
        inner = ("data", "blob", "about")
        return sorted({url for url in self.asked if urlsplit(url).scheme not in inner and urlsplit(url).hostname != HERE})

    def close(self) -> None:
        for context in self._contexts:
            context.close()


def findings(page, only: str = "") -> list[str]:
    """What axe-core finds wrong on the page as it is now, one line for each element; `only` names the one rule to be checked."""
    from axe_playwright_python.sync_playwright import Axe  # late: its lack is told by a fixture

    found = Axe().run(page, options={**RULES, "runOnly": [only]} if only else RULES).response["violations"]
    return [f"{rule['id']} ({rule['impact']}): {' '.join(map(str, node['target']))} – {node['html'][:160]}" for rule in found for node in rule["nodes"]]


def wider_than_screen(page) -> list[str]:
    """The elements that reach beyond the right edge of the screen; empty when nothing makes the page scroll sideways."""
    return page.evaluate("""() => {
        const width = document.documentElement.clientWidth;
        if (document.scrollingElement.scrollWidth <= width) return [];
        const wide = [...document.querySelectorAll("body *")].filter((one) => one.getBoundingClientRect().right > width + 1);
        return wide.map((one) => `${one.tagName}#${one.id}.${one.className} ${Math.round(one.getBoundingClientRect().right)}`).concat("the page");
    }""")


def in_view(locator) -> bool:
    """True when the top of the element is on the screen and nothing lies over it."""
    return locator.evaluate("""(one) => {
        const box = one.getBoundingClientRect();
        const x = box.left + Math.min(box.width / 2, 40), y = box.top + Math.min(box.height / 2, 12);
        if (y < 0 || y > innerHeight) return false;
        const top = one.getRootNode().elementFromPoint(x, y);
        return !!top && (one.contains(top) || top.contains(one));
    }""")


def tab_to(page, test: str, most: int = 80) -> None:
    """Press Tab until the focused element passes `test`, an expression over `it`; an element of an open shadow is looked for inside."""
    inner = "let it = document.activeElement; while (it && it.shadowRoot && it.shadowRoot.activeElement) it = it.shadowRoot.activeElement;"
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"() => {{ {inner} return !!it && !!({test}); }}"):
            return
    raise AssertionError(f"{most} presses of Tab do not reach an element with {test}")


def stored(data: Path) -> list:
    """The feedback kept in this data folder, the newest first."""
    return all_feedback(Library(Settings(data_dir=data, database_url="", chroma_url="", embedding_model="", _env_file=None)))
