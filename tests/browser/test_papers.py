"""The reader of papers in a browser: the list, a paper at a paragraph, an instrument, the ledger."""

import pytest
from watching import expect, in_view, wider_than_screen

PAPER = "ke-hoach-huyen-ba-to-2025"
ANCHOR = "p1.I.1.a-1"
SAID = "15 HTX"  # what the paragraph at the anchor says
INSTRUMENT = "08/2019/NQ-HĐND"  # two resolutions bear this number
PAGES = {
    "list": "/documents", "paper": f"/documents/{PAPER}#{ANCHOR}", "catalogue": "/instruments", "instrument": f"/instruments/{INSTRUMENT}",
    "ledger": "/ledger?place=huyện+Ba+Tơ",
}  # fmt: skip


def paragraph(page, anchor: str = ANCHOR):
    return page.locator(f'[id="{anchor}"]')


@pytest.mark.parametrize(("width", "height"), [(1280, 800), (390, 800), (320, 640)])
def test_the_cited_paragraph_is_in_view_and_marked(visit, server, width: int, height: int):
    page = visit(f"{server.url}{PAGES['paper']}", width=width, height=height)
    cited, beside = paragraph(page), paragraph(page, "p1.I.1.a-2")
    expect(cited).to_contain_text(SAID)
    assert in_view(cited), "the paragraph is off the screen or under the header"
    background = "(one) => getComputedStyle(one).backgroundColor"
    assert cited.evaluate(background) != beside.evaluate(background)


@pytest.mark.parametrize("kind", PAGES)
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_pages_open_with_and_without_script(visit, server, kind: str, script: bool):
    page = visit(f"{server.url}{PAGES[kind]}", java_script_enabled=script)
    expect(page.locator("main h1")).to_have_count(1)
    expect(page.locator("main h1")).to_be_visible()


@pytest.mark.parametrize("kind", PAGES)
def test_nothing_is_wider_than_a_small_phone(visit, server, kind: str):
    assert wider_than_screen(visit(f"{server.url}{PAGES[kind]}", width=320, height=640, has_touch=True, is_mobile=True)) == []


@pytest.mark.parametrize("typed", ["ba tơ", "ba to", "BA TO"])
def test_the_list_is_searched_without_accents(visit, server, typed: str):
    page = visit(f"{server.url}/documents", java_script_enabled=False)
    page.get_by_role("searchbox").first.fill(typed)
    page.get_by_role("searchbox").first.press("Enter")
    links = page.locator('main a[href^="/documents/"]')
    expect(links.first).to_have_attribute("href", f"/documents/{PAPER}")
    expect(page.locator('main a[href="/documents/luat-hop-tac-xa-2012"]')).to_have_count(0)


def test_from_a_mention_to_the_instrument_and_back_to_a_paragraph(visit, server):
    page = visit(f"{server.url}/documents/ke-hoach-huyen-van-quan-2025")
    page.locator('main a[href^="/instruments/08/2019"]').first.click()
    expect(page.locator("main")).to_contain_text("Lạng Sơn")
    expect(page.locator("main")).to_contain_text("Bắc Kạn")
    link = page.locator('main a[href^="/documents/ke-hoach-huyen-van-quan-2025#"]').first
    anchor = link.get_attribute("href").partition("#")[2]
    if not link.is_visible():  # the paragraphs of a paper may be folded away under it
        link.locator("xpath=ancestor::details[1]/summary").click()
    link.click()
    assert in_view(paragraph(page, anchor))
    expect(paragraph(page, anchor)).to_contain_text("08/2019/NQ-HĐND")


def test_a_figure_of_the_ledger_leads_to_its_paragraph(visit, server):
    page = visit(f"{server.url}{PAGES['ledger']}")
    link = page.locator(f'main table a[href^="/documents/{PAPER}#"]').first
    anchor = link.get_attribute("href").partition("#")[2]
    link.click()
    assert in_view(paragraph(page, anchor))


def test_the_ledger_is_saved_as_a_table(visit, server):
    page = visit(f"{server.url}{PAGES['ledger']}")
    with page.expect_download() as waited:
        page.get_by_role("link", name="CSV").click()
    assert "Ba Tơ" in waited.value.path().read_text(encoding="utf-8-sig")


def test_the_language_of_the_screen_can_be_changed(visit, server):
    page = visit(f"{server.url}/documents")
    assert page.locator("html").get_attribute("lang") == "vi"
    page.locator('a[href*="lang=en"]').first.click()
    assert page.locator("html").get_attribute("lang") == "en"
    page.goto(f"{server.url}/ledger")
    assert page.locator("html").get_attribute("lang") == "en", "the choice is kept"


def test_the_first_tab_leads_past_the_header(visit, server):
    page = visit(f"{server.url}/documents")
    page.keyboard.press("Tab")
    skip = page.evaluate("document.activeElement.getAttribute('href')")
    assert skip
    assert skip.startswith("#")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("!!document.activeElement.closest('main')")
