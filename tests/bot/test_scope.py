import unicodedata

import pytest

from bot.scope import ALL, Scope
from knowledge.text import fold


def test_all_papers_without_filters(library):
    assert all(ALL.allows(d) for d in library.documents().values())


@pytest.mark.parametrize("name", ["Mèo Vạc", unicodedata.normalize("NFD", "Mèo Vạc"), fold("Mèo Vạc")])
def test_papers_of_a_place(library, name):
    inside = [d for d in library.documents().values() if Scope(place=name).allows(d)]
    assert inside
    assert {d.place.name for d in inside} == {"Mèo Vạc"}


def test_an_answer_keeps_within_its_scope(assistant):
    question = "Có bao nhiêu hợp tác xã đang hoạt động?"
    answer = assistant.ask(question, scope=Scope(place="Đồng Văn"))
    assert "41" in answer.text
    assert {c.document.place.name for c in answer.citations} == {"Đồng Văn"}


def test_no_paper_within_the_filters(assistant):
    answer = assistant.ask("Có bao nhiêu hợp tác xã?", scope=Scope(place="Mèo Vạc", year=1999))
    assert answer.status == "not_found"
    assert "Mèo Vạc, năm 1999" in answer.text
