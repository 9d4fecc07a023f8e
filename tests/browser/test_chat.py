"""The chat page, as a founder or an official uses it."""

import io
import re
import unicodedata

import pytest
from docx import Document
from talking import COMPARE, COUNT, COUNTED, NEXT, NEXT_COUNTED, OFF_TOPIC, answers, ask, box, done
from watching import expect, in_view, stored, tab_to, wider_than_screen

# Typed in any way it is the same question; the decomposed form is what some phones send.
TYPINGS = {"NFC": COUNT, "NFD": unicodedata.normalize("NFD", COUNT), "no accents": "huyen ba to co bao nhieu hop tac xa?"}
# Everything that the status line says from now on, and how often the talk changes. What Gradio keeps hidden beside it is not read out.
LISTEN = """() => {
    const line = document.querySelector("#status");
    const told = () => (line.matches("[role=status]") ? line : line.querySelector("[role=status]"))?.textContent.trim() ?? "";
    Object.assign(window, { said: [], slices: 0 });
    const all = { childList: true, subtree: true, characterData: true };
    new MutationObserver(() => { if (told() && told() !== window.said.at(-1)) window.said.push(told()); }).observe(line, all);
    new MutationObserver(() => window.slices++).observe(document.querySelector("#talk"), all);
}"""


@pytest.fixture
def chat(visit, server):
    def opened(**options):
        page = visit(server.url, **options)
        expect(box(page)).to_be_visible()
        return page

    return opened


@pytest.mark.parametrize("typing", TYPINGS)
def test_ask(chat, typing: str):
    page = chat()
    answer = ask(page, TYPINGS[typing])
    expect(answer).to_contain_text(COUNTED)
    expect(answer.locator("sup.cite a").first).to_be_visible()


def test_the_send_button_asks_too(chat):
    page = chat()
    box(page).fill(COUNT)
    page.locator("#send").click()
    expect(answers(page).last).to_contain_text(COUNTED)


def test_it_says_what_it_does_and_shows_the_answer_as_it_comes(chat):
    page = chat()
    page.evaluate(LISTEN)
    ask(page, COMPARE)
    said = page.evaluate("window.said")
    assert re.fullmatch(r"Đang tìm trong \d+ văn bản…", said[0]), said
    assert len(said) <= 4, said  # steps, not every word
    assert page.evaluate("window.slices") > 1


def test_an_answer_is_not_read_out_word_by_word(chat):
    page = chat()
    ask(page, COUNT)
    live = page.locator("[aria-live=polite], [aria-live=assertive], [role=status], [role=log], [role=alert]")
    expect(page.locator("#status [role=status], #status[role=status]")).to_have_count(1)
    assert [one.inner_text() for one in live.filter(has_text=COUNTED).all()] == []


def test_a_follow_up_is_understood(chat):
    page = chat()
    ask(page, COUNT)
    expect(ask(page, NEXT)).to_contain_text(NEXT_COUNTED)


def test_a_suggestion_can_be_pressed(chat):
    page = chat()
    ask(page, OFF_TOPIC)
    page.locator("#talk button.ask").first.click()
    expect(answers(page)).to_have_count(2)
    expect(answers(page).last.locator("sup.cite a").first).to_be_visible()


def test_a_citation_opens_its_source_with_the_proving_words(chat):
    page = chat()
    cite = ask(page, COUNT).locator("sup.cite a").first
    cite.click()
    card = page.locator(cite.get_attribute("href"))
    expect(card).to_be_visible()
    assert in_view(card)
    expect(page.locator("#sources").locator(cite.get_attribute("href"))).to_have_count(1)
    expect(card.locator("mark")).to_contain_text(COUNTED)
    expect(card).to_contain_text("151/KH-UBND")
    expect(card).to_contain_text("Ủy ban nhân dân huyện Ba Tơ")
    expect(card).to_contain_text("22/7/2024")
    expect(card).to_contain_text("Tóm lược")


def test_a_source_leads_to_its_paragraph_in_the_paper(chat):
    page = chat()
    cite = ask(page, COUNT).locator("sup.cite a").first
    link = page.locator(cite.get_attribute("href")).get_by_role("link", name="Mở trong văn bản")
    expect(link).to_have_attribute("href", re.compile(r"^/documents/ke-hoach-huyen-ba-to-2025#"))
    anchor = link.get_attribute("href").partition("#")[2]
    page.goto(page.url.rstrip("/") + link.get_attribute("href"))
    expect(page.locator(f'[id="{anchor}"]')).to_contain_text(COUNTED)


def test_a_comparison_has_a_table_that_sorts_and_a_chart(chat):
    page = chat()
    answer = ask(page, COMPARE)
    expect(answer.locator("svg").first).to_be_visible()
    column = answer.locator("table tbody tr td:last-child, table tbody tr td:nth-child(3)")
    before = column.all_inner_texts()
    assert len(before) >= 3
    head = answer.locator("table th button").last
    orders = set()
    for _ in range(2):
        head.click()
        page.wait_for_timeout(100)
        figures = [int(re.search(r"\d+", text)[0]) for text in column.all_inner_texts()]
        orders.add("up" if figures == sorted(figures) else "down" if figures == sorted(figures, reverse=True) else "none")
    assert orders == {"up", "down"}


def test_feedback_is_stored(chat, server):
    page = chat()
    ask(page, COUNT)
    before = len(stored(server.data))
    page.locator("#down").click()
    page.get_by_text("Sai số liệu").first.click()
    page.get_by_role("button", name="Gửi góp ý").click()
    expect(page.get_by_text("Cảm ơn").first).to_be_visible()
    given = stored(server.data)
    assert len(given) == before + 1
    assert [(one.verdict, one.question, tuple(one.reasons)) for one in given[:1]] == [("down", COUNT, ("wrong_figure",))]


def test_praise_is_stored(chat, server):
    page = chat()
    ask(page, COUNT)
    before = len(stored(server.data))
    page.locator("#up").click()
    expect(page.get_by_text("Cảm ơn").first).to_be_visible()
    given = stored(server.data)
    assert len(given) == before + 1
    assert given[0].verdict == "up"


def test_export_opens_in_word(chat):
    page = chat()
    ask(page, COUNT)
    with page.expect_download() as waited:
        page.locator("#export-docx").click()
    assert waited.value.suggested_filename.endswith(".docx")
    opened = Document(io.BytesIO(waited.value.path().read_bytes()))
    words = "\n".join([*(p.text for p in opened.paragraphs), *(cell.text for t in opened.tables for row in t.rows for cell in row.cells)])
    for said in (COUNT, COUNTED, "151/KH-UBND"):
        assert said in words


def test_export_to_markdown(chat):
    page = chat()
    ask(page, COUNT)
    ask(page, NEXT)
    with page.expect_download() as waited:
        page.locator("#export-md").click()
    words = waited.value.path().read_text(encoding="utf-8")
    for said in (COUNT, NEXT, NEXT_COUNTED, "151/KH-UBND"):
        assert said in words


def test_the_conversation_outlives_a_reload(chat):
    page = chat()
    ask(page, COUNT)
    page.reload()
    expect(answers(page)).to_have_count(1)
    expect(answers(page).last).to_contain_text(COUNTED)
    expect(ask(page, NEXT)).to_contain_text(NEXT_COUNTED)


def test_with_the_keyboard_alone(chat):
    page = chat()
    tab_to(page, "it.tagName === 'TEXTAREA' && it.closest('#question')")
    page.keyboard.type(COUNT)
    page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text(COUNTED)
    done(page)
    expect(answers(page).last).to_be_focused()
    tab_to(page, "it.matches('sup.cite a')", most=10)
    target = page.evaluate("document.activeElement.getAttribute('href')")
    page.keyboard.press("Enter")
    expect(page.locator(target)).to_be_focused()
    page.keyboard.press("Escape")
    assert page.evaluate("document.activeElement.matches('sup.cite a')"), "Esc goes back to the citation"
    tab_to(page, "it.id === 'up' || it.closest('#up')")


def test_no_button_speaks_another_language(chat):
    page = chat()
    ask(page, COUNT)
    assert [word for word in page.get_by_role("button").all_inner_texts() if re.search("Download|Submit|Clear|Share", word)] == []


@pytest.mark.parametrize(("path", "language"), [("/", "vi"), ("/en/", "en")])
def test_the_page_says_its_language(visit, server, path: str, language: str):
    page = visit(server.url + path)
    expect(box(page)).to_be_visible()
    assert page.locator("html").get_attribute("lang") == language


def test_a_line_break_in_a_question_does_not_send_it(chat):
    page = chat()
    box(page).fill("Huyện Ba Tơ")
    box(page).press("Shift+Enter")
    assert "\n" in box(page).input_value()
    expect(page.locator("#talk article.turn")).to_have_count(0)


@pytest.mark.parametrize("question", [COUNT, COMPARE], ids=["figure", "comparison"])
def test_nothing_is_wider_than_a_small_phone(chat, question: str):
    page = chat(width=320, height=640, has_touch=True, is_mobile=True)
    assert wider_than_screen(page) == []
    answer = ask(page, question)
    assert wider_than_screen(page) == []
    cite = answer.locator("sup.cite a").first
    cite.click()
    expect(page.locator(cite.get_attribute("href"))).to_be_visible()
    assert in_view(page.locator(cite.get_attribute("href")))


def test_what_is_typed_is_never_markup(chat):
    page = chat()
    ask(page, 'Huyện Ba Tơ có bao nhiêu <img src=x onerror="document.title=1"><b>HTX</b>?')
    assert page.locator("#talk img, #talk b").count() == 0
    expect(page.locator("#talk")).to_contain_text("<b>HTX</b>")


def test_a_lost_connection_is_told_in_plain_words(chat):
    page = chat()
    page.context.set_offline(True)
    box(page).fill(COUNT)
    box(page).press("Enter")
    expect(page.get_by_text(re.compile(r"kết nối|mạng|lỗi", re.IGNORECASE)).first).to_be_visible()
