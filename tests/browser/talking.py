"""A talk on the chat page: questions whose answers are known, and how one asks."""

import re

from watching import expect

COUNT = "Huyện Ba Tơ có bao nhiêu hợp tác xã?"
COUNTED = "15 HTX"  # what its answer says
NEXT = "Thế còn huyện Văn Quan?"
NEXT_COUNTED = "36 HTX"
COMPARE = "So sánh số hợp tác xã của huyện Ba Tơ, huyện Văn Quan và thành phố Bắc Kạn"
OFF_TOPIC = "Thời tiết hôm nay thế nào?"


def box(page):
    return page.locator("#question textarea")


def answers(page):
    return page.locator("#talk article.turn .answer")


def ask(page, question: str):
    """Type and send; returns the answer when all of it is there."""
    before = answers(page).count()
    box(page).fill(question)
    box(page).press("Enter")
    expect(page.locator("#talk article.turn")).to_have_count(before + 1)
    expect(answers(page)).to_have_count(before + 1)
    done(page)
    return answers(page).last


def done(page) -> None:
    """Wait until the page says that the answer is there."""
    expect(page.locator("#status")).to_contain_text(re.compile(r"\S"))
    expect(page.locator("#status")).not_to_contain_text("Đang")
