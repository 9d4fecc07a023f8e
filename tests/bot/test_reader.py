import made_up
import pytest

from bot.pipeline import Assistant
from bot.reader import Reader


@pytest.fixture
def growing(tmp_path):
    """A library of one paper, and what lays a second one into it."""
    library = made_up.open_library(tmp_path)
    made_up.take_in(library, tmp_path / "in", {"meo-vac.md": made_up.MEO_VAC})
    return library, lambda: made_up.take_in(library, tmp_path / "in", {"dong-van.md": made_up.DONG_VAN})


def test_a_new_paper_brings_its_place_and_new_weights(growing):
    library, add = growing
    reader = Reader(library)
    reader.refresh()
    before = reader.weights, reader.accents
    assert [p.name for p in reader.places] == ["Mèo Vạc"]
    add()
    reader.refresh()
    assert {p.name for p in reader.places} == {"Mèo Vạc", "Đồng Văn"}
    assert reader.weights is not before[0]
    assert reader.accents is not before[1]


def test_nothing_is_made_anew_without_a_change(growing):
    reader = Reader(growing[0])
    reader.refresh()
    before = reader.weights, reader.places, reader.accents
    reader.refresh()
    assert (reader.weights, reader.places, reader.accents) == before


def test_the_assistant_answers_from_a_paper_that_came_later(growing):
    library, add = growing
    assistant = Assistant(library)
    question = "Huyện Đồng Văn có bao nhiêu hợp tác xã đang hoạt động?"
    assert assistant.ask(question).status == "not_found"
    add()
    assert "41 hợp tác xã" in assistant.ask(question).text


def test_national_papers_bring_no_place(tmp_path):
    library = made_up.open_library(tmp_path)
    made_up.take_in(library, tmp_path / "in", {"luat.md": made_up.LAW})
    reader = Reader(library)
    reader.refresh()
    assert reader.places == ()
