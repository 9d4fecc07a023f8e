"""What to ask next after a national text, from the bundled law."""

import pytest
from made_up import open_library

from bot.next_questions import MOST, after
from bot.pipeline import Assistant
from ingest.pipeline import ingest_all
from knowledge.text import fold
from ui.bundled import DOCUMENTS


@pytest.fixture(scope="module")
def law(tmp_path_factory):
    library = open_library(tmp_path_factory.mktemp("law"))
    ingest_all(library, [DOCUMENTS / "luat-hop-tac-xa-2023.md"])
    return library


def test_questions_of_the_next_provisions(law):
    document = next(iter(law.documents().values()))
    first = law.paragraphs(document.id)[0]
    asked = after(law, document, first.anchor)
    assert len(asked) == len(set(asked)) == MOST
    assert all(text.endswith("?") and text[0].isupper() for text in asked)


def test_behind_the_last_provision_it_begins_anew(law):
    document = next(iter(law.documents().values()))
    assert len(after(law, document, law.paragraphs(document.id)[-1].anchor)) == MOST


def test_a_paper_without_askings(library):
    document = next(iter(library.documents().values()))
    assert after(library, document, "") == ()


def test_an_answer_from_the_law_offers_the_law(law):
    answer = Assistant(law).ask("Thành lập hợp tác xã cần tối thiểu mấy thành viên?")
    assert answer.status == "answered"
    assert answer.suggestions
    assert not any(fold(s).startswith("the con") for s in answer.suggestions)
