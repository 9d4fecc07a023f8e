"""The chat page, as a founder or an official uses it."""

import io
import json
import re
import shutil
import unicodedata

import pytest
from docx import Document
from talking import COMPARE, COUNT, COUNTED, NEXT, NEXT_COUNTED, OFF_TOPIC, answers, ask, box, done
from watching import expect, findings, in_view, stored, tab_to, wider_than_screen

from eval import live
from tests.bot.llm.scripted import Stall, in_pieces, scripted, statements
from ui.bundled import DOCUMENTS

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


MEMBERS = "Có bao nhiêu thành viên?"
SEVERAL = "Huyện Ba Tơ có bao nhiêu hợp tác xã? Ai ký kế hoạch của huyện Văn Quan?"
FIRST, SECOND = "Số hợp tác xã (HTX) hoạt động ở huyện Ba Tơ đến ngày 10/6/2024: 15 HTX", "15 HTX của huyện Ba Tơ có tổng số 288 thành viên"


UNPLACED = "Câu hỏi không nêu địa phương"  # the note of an answer to a question that names no place and takes none over


def topic(page):
    return page.locator("#about button")


def names(page) -> list[str]:
    return [one.get_attribute("aria-label") for one in topic(page).all()]


def test_what_is_talked_about_can_be_seen_and_taken_back(chat):
    page = chat()
    expect(topic(page)).to_have_count(0)
    ask(page, COUNT)
    expect(topic(page)).to_have_count(1)
    expect(ask(page, MEMBERS)).not_to_contain_text(UNPLACED)
    assert names(page)[0] == "Bỏ huyện Ba Tơ"
    topic(page).first.click()
    expect(page.locator("#status [role=status]")).to_contain_text("Đã bỏ huyện Ba Tơ")
    expect(box(page)).to_be_focused()
    assert "Bỏ huyện Ba Tơ" not in names(page)
    expect(ask(page, MEMBERS)).to_contain_text(UNPLACED)
    page.locator("#again").click()
    expect(topic(page)).to_have_count(0)


def test_taking_back_by_keyboard_outlives_a_reload(chat):
    page = chat()
    ask(page, COUNT)
    expect(ask(page, MEMBERS)).not_to_contain_text(UNPLACED)
    tab_to(page, "it.matches('#about button') && it.dataset.kind === 'place'")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    expect(topic(page)).to_have_count(1)
    left = names(page)
    assert "Bỏ huyện Ba Tơ" not in left
    page.reload()
    expect(topic(page)).to_have_count(1)
    assert names(page) == left
    expect(ask(page, MEMBERS)).to_contain_text(UNPLACED)


def test_a_question_sent_at_once_knows_what_was_taken_back(chat):
    page = chat()
    ask(page, COUNT)
    box(page).fill(MEMBERS)
    topic(page).first.click()
    page.keyboard.press("Enter")
    expect(page.locator("#talk article.turn")).to_have_count(2)
    done(page)
    expect(answers(page).last).to_contain_text(UNPLACED)


def test_in_english_what_is_talked_about_has_english_words(visit, server):
    page = visit(server.url + "/en/")
    expect(box(page)).to_be_visible()
    box(page).fill(COUNT)
    box(page).press("Enter")
    expect(page.get_by_role("group", name="Talking about").get_by_role("button", name="Forget huyện Ba Tơ")).to_be_visible()


def test_on_a_phone_what_is_talked_about_is_one_line_that_leaves_the_answer_in_view(chat):
    page = chat(width=360, height=640, has_touch=True, is_mobile=True)
    ask(page, "Năm 2025 huyện Văn Quan đặt mục tiêu thành lập mới bao nhiêu hợp tác xã?")
    answer = ask(page, "Thế giải thể bao nhiêu?")
    expect(topic(page)).to_have_count(3)
    boxes = [one.bounding_box() for one in topic(page).all()]
    assert len({round(at["y"]) for at in boxes}) == 1
    assert all(at["height"] >= 44 and at["x"] >= 0 and at["x"] + at["width"] <= 360 for at in boxes)
    assert wider_than_screen(page) == []
    assert in_view(answer.locator("p:not(.state)").first)
    assert page.locator("#form").bounding_box()["height"] < 640 / 3
    assert findings(page) == []


def test_several_questions_of_one_message_are_headings(chat):
    page = chat()
    headings = ask(page, SEVERAL).get_by_role("heading", level=3)
    expect(headings).to_have_count(2)
    expect(headings.first).to_have_text("1. " + SEVERAL.partition("? ")[0] + "?")


def script(asked):
    """Two statements with a silence before each; of Văn Quan what does not hold. A message to be put in other words stays as it is."""
    if "message" in asked.data:
        return json.dumps({"questions": [asked.data["message"]]}, ensure_ascii=False)
    if "Văn Quan" in asked.data["question"]:
        return [Stall(3), *in_pieces(statements(("Huyện Văn Quan có 999 hợp tác xã.", asked.evidence[0]["id"])))]
    reply = statements(*((f"{said}.", asked.id_of(said)) for said in (FIRST, SECOND)))
    cut = reply.index(SECOND)
    return [Stall(3), *in_pieces(reply[:cut]), Stall(3), *in_pieces(reply[cut:])]


@pytest.fixture(scope="module")
def worded(tmp_path_factory):
    """A server with a language model, over two papers."""
    folder = tmp_path_factory.mktemp("worded")
    (folder / "bundled").mkdir()
    for name in ("ke-hoach-huyen-ba-to-2025", "ke-hoach-huyen-van-quan-2025"):
        shutil.copy(DOCUMENTS / f"{name}.md", folder / "bundled")
    with scripted(script) as model, live.serving(folder / "data", folder / "bundled", HTX_LLM="openai:scripted", HTX_LLM_URL=model.url) as url:
        yield url


def test_statements_of_a_language_model_are_shown_as_they_are_proven(visit, worded):
    page = visit(worded)
    expect(box(page)).to_be_visible()
    page.evaluate(LISTEN)
    box(page).fill(COUNT)
    box(page).press("Enter")
    expect(answers(page).last).to_contain_text(FIRST)
    assert SECOND not in answers(page).last.inner_text()
    assert page.locator("#talk .tools").count() == 0, "the first statement is there before the answer is whole"
    assert findings(page) == []
    box(page).fill("Thế còn")  # who types on meanwhile is left alone
    expect(page.locator("#talk .tools")).to_have_count(1)
    expect(answers(page).last).to_contain_text(SECOND)
    expect(answers(page).last).to_contain_text("Lời văn do mô hình ngôn ngữ viết")
    expect(box(page)).to_have_value("Thế còn")
    expect(box(page)).to_be_focused()
    said = page.evaluate("window.said")
    assert [words.split()[1] for words in said] == ["tìm", "viết", "có"], said


def test_words_of_a_language_model_that_do_not_hold_are_never_seen(visit, worded):
    page = visit(worded)
    expect(box(page)).to_be_visible()
    answer = ask(page, "Huyện Văn Quan có bao nhiêu hợp tác xã?")
    expect(answer).to_contain_text(NEXT_COUNTED)
    expect(page.locator("#talk")).not_to_contain_text("999")
    expect(answer).not_to_contain_text("mô hình ngôn ngữ")


def test_starting_again_ends_an_answer_on_its_way(visit, worded):
    page = visit(worded)
    ask(page, "Huyện Văn Quan có bao nhiêu hợp tác xã?")
    box(page).fill(COUNT)
    box(page).press("Enter")
    expect(page.locator("#talk article.turn")).to_have_count(2)
    page.locator("#again").click()
    expect(page.locator("#talk article.turn")).to_have_count(0)
    page.wait_for_timeout(7000)
    expect(page.locator("#talk article.turn")).to_have_count(0)
