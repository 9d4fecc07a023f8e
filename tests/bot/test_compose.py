import pytest

from bot.compose import compare, compose
from bot.weights import Weights


@pytest.fixture
def composed(assistant, understood):
    """The lines for a question, from the real search and ranking."""
    assistant.ask("?")

    def of(text):
        asked = understood(text)
        ranked = assistant._ranked(asked, asked.places[0], list(assistant.library.documents().values()))
        return compose(asked, ranked, assistant.library, Weights(assistant.library))

    return of


def test_one_figure_is_told_first_with_its_place(composed):
    line, *_ = composed("Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?")
    assert line.text.startswith("Huyện Mèo Vạc")
    assert "27 hợp tác xã" in line.text
    assert [p.anchor for _, p in line.sources] == ["I.1-1"]
    assert line.quote in line.sources[0][1].clean


def test_a_list_is_its_heading_and_every_item(composed):
    first, *items = composed("Huyện Mèo Vạc có những giải pháp phát triển thị trường nào?")
    assert "gồm 3 nội dung" in first.text
    assert [i.sources[0][1].anchor for i in items] == ["II.3-1", "II.3-2", "II.3-3"]
    assert all(i.bullet for i in items)


def test_a_duty_comes_with_its_office(composed):
    first = composed("Phòng nào của huyện Mèo Vạc cấp giấy chứng nhận đăng ký hợp tác xã?")[0]
    assert "Phòng Tài chính - Kế hoạch" in first.text


def test_a_comparison_has_a_row_for_each_place(assistant, understood):
    asked = understood("Huyện Mèo Vạc và huyện Đồng Văn có bao nhiêu hợp tác xã đang hoạt động?")
    documents = list(assistant.library.documents().values())
    lines = compare(asked, [(m.place.name, assistant._ranked(asked, m, documents)) for m in asked.places], assistant.library)
    rows = [line for line in lines if line.row]
    assert [line.row[0] for line in rows] == ["Huyện Mèo Vạc", "Huyện Đồng Văn"]
    assert "27" in rows[0].text
    assert "41" in rows[1].text


def test_a_place_without_evidence_says_so(understood, library):
    (line,) = compare(understood("So sánh Mèo Vạc và Bắc Sơn"), [("Bắc Sơn", [])], library)
    assert line.text == "Bắc Sơn: văn bản không nêu."
    assert line.sources == ()
