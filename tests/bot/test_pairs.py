import pytest

from bot.comparison import comparison_of
from bot.contrast import sides_of
from bot.pairs import FEATURES, Reading, best
from bot.question import Question
from knowledge.text import fold


@pytest.fixture
def found(assistant, reader, understood):
    """The figures of the two rows that answer a question; () when no two do."""

    def of(*turns):
        question = understood(*turns)
        pair = best(question, comparison_of(question, reader.places), reader.figures, reader.weights, assistant.nearness(question))
        return {pair.first.row.printed, pair.second.row.printed} if pair else set()

    return of


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Thành viên hợp tác xã ở Mèo Vạc với Đồng Văn, bên nào lép hơn?", {"412 thành viên", "655 thành viên"}),
        ("Xã viên của Đồng Văn gấp mấy lần Mèo Vạc?", {"412 thành viên", "655 thành viên"}),
        ("Ở Mèo Vạc thành viên nhiều hơn hay lao động nhiều hơn?", {"412 thành viên", "530 lao động"}),
    ],
)
def test_two_rows_without_a_reading_of_sides(found, text, figures):
    assert found(text) == figures
    assert found(fold(text)) == figures


def test_capital_is_not_set_beside_turnover(found):
    assert found("Vốn điều lệ năm 2030 của Mèo Vạc gấp mấy lần Đồng Văn?") == set()


def test_an_earlier_turn_names_the_other_place(found):
    assert found("Huyện Mèo Vạc có bao nhiêu thành viên hợp tác xã?", "Đồng Văn thì kém bao nhiêu người?") == {"412 thành viên", "655 thành viên"}


def test_rows_of_one_place_only(assistant, reader, understood):
    question = understood("Ở Mèo Vạc thành viên nhiều hơn hay lao động nhiều hơn?")
    pairs = Reading(question, None, reader.figures, reader.weights, assistant.nearness(question)).pairs()
    assert {e.document.place.name for p in pairs for e in (p.first, p.second)} == {"Mèo Vạc"}
    assert all(len(p.values) == len(FEATURES) for p in pairs)


def test_no_rows_make_no_pair(understood, weights):
    question: Question = understood("Mèo Vạc và Đồng Văn bên nào hơn?")
    assert best(question, None, [], weights, {}) is None


def test_sides_are_told_by_the_rows(assistant, reader, understood):
    def kind(text):
        question = understood(text)
        said = comparison_of(question, reader.places)
        pair = best(question, said, reader.figures, reader.weights, assistant.nearness(question))
        assert pair is not None
        asked, rows = sides_of(question, said, pair.first, pair.second)
        return asked.kind, [side.label for side in asked.sides], [e.row.printed for e in rows]

    assert kind("Đồng Văn có nhiều thành viên hợp tác xã hơn Mèo Vạc không?")[0] == "places"
    assert kind("Tỷ lệ hợp tác xã hoạt động hiệu quả của Mèo Vạc đã đạt chỉ tiêu năm 2031 chưa?") == ("target", ["kết quả", "chỉ tiêu"], ["62%", "70%"])
