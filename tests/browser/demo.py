"""The demo host page, on ports of its own, and the list of sites that may show the widget."""

import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from watching import expect

from eval import live

SITE = "demo"


def allow(data: Path, *origins: str) -> None:
    """Write the list of sites into a data folder; the server reads it again when it has changed."""
    said = ", ".join(f'"{origin}"' for origin in origins)
    rules = f'[sites.{SITE}]\nname = "Trang thử"\norigins = [{said}]\nplace = "huyện Ba Tơ"\nper_minute = 1000\nper_minute_address = 1000\n'
    (data / "sites.toml").write_text(rules, encoding="utf-8")


@contextmanager
def hosts(assistant: str, folder: Path, count: int) -> Iterator[list[str]]:
    """The addresses of as many demo hosts, each on its own port."""
    with ExitStack() as running:
        urls = []
        for _ in range(count):
            port = live.free_port()
            urls.append(f"http://127.0.0.1:{port}")
            command = [sys.executable, "-m", "ui.demo_host", "--port", str(port), "--assistant", assistant]
            running.enter_context(live.running(command, f"{urls[-1]}/", folder))
        yield urls


def launcher(page):
    return page.locator("hoi-dap-htx button.launch")


def box(page):
    return page.locator("hoi-dap-htx").get_by_role("textbox", name="Câu hỏi của bạn")


def answers(page):
    return page.locator("hoi-dap-htx section.answer")


def open_and_ask(page, question: str):
    """Open the panel and ask; returns the answer when it is there."""
    if not box(page).is_visible():
        launcher(page).click()
    before = answers(page).count()
    box(page).fill(question)
    box(page).press("Enter")
    expect(answers(page)).to_have_count(before + 1)
    expect(answers(page).last.get_by_role("button", name="Trả lời hữu ích").or_(answers(page).last.locator(".error"))).to_be_visible()
    return answers(page).last
