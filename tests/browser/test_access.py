"""axe-core finds nothing: on every page, in light and in dark, on a desk and on a phone."""

import pytest
from talking import COMPARE, COUNT, ask, box
from test_papers import PAGES
from watching import expect, findings

# Colours are what dark changes, and sizes what a phone changes: each is checked where it may differ.
SCREENS = {"desk, light": ({"width": 1280}, ""), "desk, dark": ({"width": 1280, "dark": True}, "color-contrast"), "phone": ({"width": 320, "height": 640}, "")}


@pytest.fixture(params=SCREENS, ids=list(SCREENS))
def screen(request) -> tuple[dict, str]:
    """How the page is shown, and the one rule that is checked there ("": all)."""
    return SCREENS[request.param]


@pytest.mark.parametrize("kind", PAGES)
def test_reader(visit, server, kind: str, screen: tuple[dict, str]):
    options, rule = screen
    assert findings(visit(f"{server.url}{PAGES[kind]}", **options), rule) == []


def test_chat(visit, server, screen: tuple[dict, str]):
    options, rule = screen
    page = visit(server.url, **options)
    expect(box(page)).to_be_visible()
    assert findings(page, rule) == []
    ask(page, COUNT)
    ask(page, COMPARE)
    assert findings(page, rule) == []


def test_feedback_form(visit, server):
    page = visit(server.url)
    ask(page, COUNT)
    page.locator("#down").click()
    expect(page.get_by_role("button", name="Gửi góp ý")).to_be_visible()
    assert findings(page) == []


@pytest.mark.parametrize("forced", ["active", "none"])
def test_what_has_the_focus_can_be_seen(visit, server, forced: str):
    page = visit(f"{server.url}/documents", forced_colors=forced)
    for _ in range(8):
        page.keyboard.press("Tab")
        shown = page.evaluate("""() => { const style = getComputedStyle(document.activeElement);
            return (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none"; }""")
        assert shown, page.evaluate("document.activeElement.outerHTML")
