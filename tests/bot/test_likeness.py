"""Tests of askings: a question finds the paragraph whose known askings are like it, in every way of typing."""

import datetime
import unicodedata

import made_up
import pytest

from bot.askings import FEATURES, Askings
from bot.match import prepare_question
from bot.pipeline import Assistant
from bot.weights import Weights
from knowledge.text import fold
from ui.bundled import DOCUMENTS

PAPER = "nghi-quyet-08-2019-lang-son.md"


@pytest.fixture(scope="module")
def assistant(tmp_path_factory):
    folder = tmp_path_factory.mktemp("askings")
    library = made_up.open_library(folder)
    made_up.take_in(library, folder / "in", {PAPER: (DOCUMENTS / PAPER).read_text(encoding="utf-8")})
    return Assistant(library, today=lambda: datetime.date(2026, 1, 1))


@pytest.fixture(scope="module")
def known(assistant):
    return Askings(assistant.library, Weights(assistant.library))


@pytest.mark.parametrize("typed", [lambda q: q, lambda q: unicodedata.normalize("NFD", q), fold, str.upper])
def test_a_known_asking_is_most_like_its_own_paragraph(assistant, known, typed):
    right = 0
    for text, key in [(known.texts[row], list(known._index)[at]) for row, at in zip(known._row, known._of, strict=True)][:12]:
        question, _ = assistant.matches(typed(text))
        likeness = known.like(prepare_question(question, Weights(assistant.library)), known.documents)
        right += key in likeness.foremost()[:4]
    assert right >= 11


def test_papers_that_are_not_looked_in_are_like_nothing(assistant, known):
    question, _ = assistant.matches(known.texts[0])
    assert known.like(prepare_question(question, Weights(assistant.library)), ()).foremost() == []


def test_as_if_nobody_had_told(assistant):
    new = Assistant(assistant.library, known=False)
    question, matches = new.matches("Lạng Sơn hỗ trợ thành lập hợp tác xã bao nhiêu tiền?")
    assert question.places
    assert matches
    assert not set(FEATURES) & matches[0].features.keys()


def test_a_paper_of_the_same_number_with_another_numbering_has_none(tmp_path):
    library = made_up.open_library(tmp_path)
    law = '---\nid: luat-khac\nform: verbatim\nnumber: "17/2023/QH15"\nkind: law\ntitle: "Luật khác"\nissuer: "Quốc hội"\nissued_on: "2023-06-20"\n---\n'
    made_up.take_in(library, tmp_path / "in", {"luat-khac.md": f"{law}# Điều 1. Tên gọi\n1. Hợp tác xã có tên gọi.\n"})
    assert Askings(library, Weights(library)).documents == set()
