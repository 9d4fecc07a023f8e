"""The widget on pages of other origins: one that is on the list of sites, one that is not."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from demo import SITE, answers, box, launcher, open_and_ask
from talking import COUNT, COUNTED, NEXT, NEXT_COUNTED
from watching import expect, findings, in_view, stored, tab_to, wider_than_screen

from ui.embed_files import script

PHONE = {"width": 320, "height": 640}
COVERS = "(one) => { const box = one.getBoundingClientRect(); return [box.left, box.top, box.right - innerWidth, box.bottom - innerHeight].map(Math.round); }"


@pytest.fixture
def page(visit, hosts):
    return visit(hosts.allowed)


def panel(page):
    return page.locator("hoi-dap-htx dialog")


def test_ask_and_follow_up(page):
    expect(open_and_ask(page, COUNT)).to_contain_text(COUNTED)
    expect(open_and_ask(page, NEXT)).to_contain_text(NEXT_COUNTED)


def test_a_citation_opens_the_paragraph_in_the_panel(page, server):
    cite = open_and_ask(page, COUNT).locator("button.cite").first
    cite.click()
    expect(panel(page).locator("blockquote mark")).to_contain_text(COUNTED)
    for said in ("151/KH-UBND", "22/7/2024", "Tóm lược"):
        expect(panel(page)).to_contain_text(said)
    link = panel(page).get_by_role("link", name="Mở trong văn bản")
    assert link.get_attribute("href").startswith(f"{server.url}/documents/ke-hoach-huyen-ba-to-2025#")
    page.keyboard.press("Escape")
    expect(cite).to_be_focused()


def test_an_origin_that_is_not_on_the_list_gets_no_answer(visit, hosts, server):
    page = visit(hosts.refused)
    answer = open_and_ask(page, COUNT)
    expect(answer.locator(".error")).to_be_visible()
    expect(answer).not_to_contain_text(COUNTED)


@pytest.mark.parametrize("path", ["/embed/session", "/embed/chat", "/embed/feedback", "/api/chat"])
def test_an_origin_that_is_not_on_the_list_can_read_nothing(visit, hosts, server, path: str):
    page = visit(hosts.refused)
    call = """async (url) => { try { const said = await fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" });
        return said.status; } catch (problem) { return problem.name; } }"""
    assert page.evaluate(call, server.url + path) == "TypeError"


def test_without_script_the_fallback_is_seen(visit, hosts):
    page = visit(hosts.allowed, java_script_enabled=False)
    inside = page.locator("hoi-dap-htx > *").first
    expect(inside).to_be_visible()


def test_it_hides_the_fallback_when_it_runs(page):
    expect(launcher(page)).to_be_visible()
    expect(page.locator("hoi-dap-htx > *").first).to_be_hidden()


def test_it_survives_being_taken_out_and_put_in_again(page):
    open_and_ask(page, COUNT)
    page.evaluate("() => { const it = document.querySelector('hoi-dap-htx'); const home = it.parentNode; it.remove(); setTimeout(() => home.append(it), 50); }")
    expect(answers(page).last).to_contain_text(COUNTED)
    expect(open_and_ask(page, NEXT)).to_contain_text(NEXT_COUNTED)


def test_the_conversation_outlives_a_reload(page):
    open_and_ask(page, COUNT)
    page.reload()
    expect(answers(page).last).to_contain_text(COUNTED)


def topic(page):
    return page.locator("hoi-dap-htx .about button")


def test_what_is_talked_about_can_be_taken_back(page):
    open_and_ask(page, NEXT.replace("Thế còn ", "").replace("?", " có bao nhiêu hợp tác xã?"))
    expect(topic(page)).to_have_count(1)
    expect(open_and_ask(page, "Có bao nhiêu thành viên?")).to_contain_text("Văn Quan")
    tab_to(page, "it.matches('.drop.place')")
    page.keyboard.press("Enter")
    expect(panel(page).locator("[role=status]")).to_contain_text("Đã bỏ huyện Văn Quan")
    expect(box(page)).to_be_focused()
    page.reload()
    expect(page.get_by_role("button", name="Bỏ huyện Văn Quan")).to_have_count(0)
    answer = open_and_ask(page, "Có bao nhiêu thành viên?")
    expect(answer).to_contain_text("Ba Tơ")  # the site's own place, which nobody named: there is no button for it
    expect(page.get_by_role("button", name="Bỏ huyện")).to_have_count(0)
    page.get_by_role("button", name="Hỏi lại từ đầu").click()
    expect(topic(page)).to_have_count(0)


def test_what_is_talked_about_fits_a_small_phone(visit, hosts):
    page = visit(hosts.allowed, **PHONE)
    open_and_ask(page, "Năm 2025 huyện Văn Quan đặt mục tiêu thành lập mới bao nhiêu hợp tác xã?")
    open_and_ask(page, "Thế giải thể bao nhiêu?")
    expect(topic(page)).to_have_count(3)
    boxes = [one.bounding_box() for one in topic(page).all()]
    assert all(at["height"] >= 44 and at["x"] + at["width"] <= PHONE["width"] for at in boxes)
    assert findings(page) == []


class Replaced(BaseHTTPRequestHandler):
    """The server of another place: it tells a statement, takes it back, and then is silent until it may answer."""

    may_answer = threading.Event()

    def do_OPTIONS(self):
        self._begin(204, "text/plain")

    def do_POST(self):
        self.rfile.read(int(self.headers["content-length"]))
        if self.path.endswith("/session"):
            self._begin(200, "application/json")
            self.wfile.write(json.dumps({"token": "t", "expires_in": 900}).encode())
            return
        self._begin(200, "text/event-stream")
        self._tell("statement", {"text": "Câu không đứng vững."})
        self.may_answer.wait(1)
        self._tell("status", {"step": "replaced"})
        self._tell("statement", {"text": "Câu đứng vững."})
        self.may_answer.wait(15)

    def _begin(self, status, kind):
        self.send_response(status)
        for name, value in (("content-type", kind), ("access-control-allow-origin", "*"), ("access-control-allow-headers", "*"), ("connection", "close")):
            self.send_header(name, value)
        self.end_headers()

    def _tell(self, event, data):
        self.wfile.write(f"event: {event}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode())
        self.wfile.flush()

    def do_GET(self):
        if self.path == "/widget.js":
            self._begin(200, "text/javascript")
            self.wfile.write(script())
        else:
            self._begin(200, "text/html")
            self.wfile.write(b'<html lang="vi"><script type="module" src="/widget.js"></script><hoi-dap-htx site="demo"></hoi-dap-htx>')

    def log_message(self, format, *args):
        pass


def test_a_statement_that_gives_way_is_taken_off_the_screen(visit):
    http = ThreadingHTTPServer(("127.0.0.1", 0), Replaced)
    http.daemon_threads = True
    threading.Thread(target=http.serve_forever, daemon=True).start()
    page = visit(f"http://127.0.0.1:{http.server_port}/")
    launcher(page).click()
    box(page).fill(COUNT)
    box(page).press("Enter")
    expect(answers(page).last).to_contain_text("Câu không đứng vững.")
    expect(answers(page).last).to_contain_text("Câu đứng vững.")
    expect(answers(page).last).not_to_contain_text("Câu không đứng vững.")
    Replaced.may_answer.set()
    http.shutdown()


def test_feedback_is_stored_with_the_site(page, server):
    answer = open_and_ask(page, COUNT)
    before = len(stored(server.data))
    answer.get_by_role("button", name="Trả lời chưa tốt").click()
    answer.get_by_label("Sai trích dẫn").check()
    answer.get_by_role("button", name="Gửi góp ý").click()
    expect(answer.get_by_text("Cảm ơn")).to_be_visible()
    given = stored(server.data)
    assert len(given) == before + 1
    assert (given[0].site, given[0].verdict, given[0].question, given[0].reasons) == (SITE, "down", COUNT, ("wrong_citation",))


def test_with_the_keyboard_alone(page):
    expect(launcher(page)).to_be_visible()
    tab_to(page, "it.matches('.launch')")
    page.keyboard.press("Enter")
    expect(box(page)).to_be_focused()
    page.keyboard.type(COUNT)
    page.keyboard.press("Enter")
    expect(answers(page).last).to_contain_text(COUNTED)
    expect(answers(page).last).to_be_focused()
    tab_to(page, "it.matches('button.cite')", most=3)
    page.keyboard.press("Enter")
    expect(panel(page).locator("blockquote")).to_be_visible()
    page.keyboard.press("Escape")
    expect(answers(page).last.locator("button.cite").first).to_be_focused()
    page.keyboard.press("Escape")
    expect(panel(page)).to_be_hidden()
    expect(launcher(page)).to_be_focused()


def test_on_a_small_phone_it_covers_the_screen(visit, hosts):
    page = visit(hosts.allowed, **PHONE, has_touch=True, is_mobile=True)
    assert wider_than_screen(page) == []
    answer = open_and_ask(page, COUNT)
    assert panel(page).evaluate(COVERS) == [0, 0, 0, 0]
    wide = "(one) => [...one.querySelectorAll('*')].filter((it) => it.getBoundingClientRect().right > innerWidth + 1).map((it) => it.className)"
    assert panel(page).evaluate(wide) == []
    assert in_view(answer.locator(".conclusion"))
    assert in_view(box(page))


def test_on_a_small_phone_the_focus_stays_inside(visit, hosts):
    page = visit(hosts.allowed, **PHONE)
    open_and_ask(page, COUNT)
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.matches('hoi-dap-htx, body')")
    page.keyboard.press("Escape")
    expect(launcher(page)).to_be_focused()


def test_at_200_percent_it_can_be_used(visit, hosts):
    page = visit(hosts.allowed, width=640, height=400, device_scale_factor=2)
    answer = open_and_ask(page, COUNT)
    assert wider_than_screen(page) == []
    assert in_view(answer.locator(".conclusion"))
    assert in_view(box(page))


def test_targets_are_large_enough(page):
    open_and_ask(page, COUNT)
    small = "(ones) => ones.map((it) => [it.className, it.getBoundingClientRect()]).filter(([name, box]) => box.width && (box.width < 24 || box.height < 24))"
    assert page.locator("hoi-dap-htx button").evaluate_all(small) == []
    large = "(ones) => ones.map((it) => [it.className, it.getBoundingClientRect()]).filter(([name, box]) => box.width && box.height < 44).map(([name]) => name)"
    assert page.locator("hoi-dap-htx button:not(.cite)").evaluate_all(large) == []


def test_the_frame_page_for_sites_that_allow_only_that(visit, server, hosts):
    page = visit(f"{server.url}/embed/frame?site={SITE}")
    expect(open_and_ask(page, COUNT)).to_contain_text(COUNTED)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
@pytest.mark.parametrize("size", [{}, PHONE], ids=["desk", "phone"])
def test_axe_finds_nothing(visit, hosts, dark: bool, size: dict):
    page = visit(hosts.allowed, dark=dark, **size)
    expect(launcher(page)).to_be_visible()
    assert findings(page) == []
    answer = open_and_ask(page, COUNT)
    assert findings(page) == []
    answer.get_by_role("button", name="Trả lời chưa tốt").click()
    assert findings(page) == []
    answer.locator("button.cite").first.click()
    expect(panel(page).locator("blockquote")).to_be_visible()
    assert findings(page) == []
