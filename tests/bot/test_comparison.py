import unicodedata
from decimal import Decimal

import pytest

from bot.comparison import comparison_of
from bot.computed import Computed, shown, written
from bot.figures import choose
from bot.prove import prove
from bot.understand import understand
from knowledge.text import fold


@pytest.fixture(scope="module")
def compared(reader):
    def run(text):
        question = understand(text, (), reader.accents, reader.places)
        return question, comparison_of(question, reader.places)

    return run


@pytest.mark.parametrize(
    ("text", "kind", "sides"),
    [
        ("Mèo Vạc và Đồng Văn nơi nào nhiều hợp tác xã hơn?", "places", 2),
        ("Địa phương nào nhiều hợp tác xã nhất?", "places", 2),
        ("Hợp tác xã huyện Mèo Vạc năm 2031 so với năm 2030 tăng hay giảm?", "times", 2),
        ("Huyện Mèo Vạc đã đạt chỉ tiêu tỷ lệ hợp tác xã hiệu quả chưa?", "target", 2),
        ("Ở Mèo Vạc thành viên nhiều hơn hay lao động nhiều hơn?", "parts", 2),
    ],
)
def test_what_is_set_side_by_side(compared, text, kind, sides):
    for written_so in (text, unicodedata.normalize("NFD", text), fold(text)):
        _, asked = compared(written_so)
        assert asked is not None, written_so
        assert (asked.kind, len(asked.sides)) == (kind, sides)


@pytest.mark.parametrize(
    "text", ["Huyện Mèo Vạc có bao nhiêu hợp tác xã?", "Thành lập hợp tác xã cần ít nhất mấy người?", "Ai phụ trách việc tăng cường tuyên truyền?"]
)
def test_a_question_for_one_thing_compares_nothing(compared, text):
    assert compared(text)[1] is None


def test_rows_agree_with_one_another(compared, reader):
    question, asked = compared("Mèo Vạc và Đồng Văn nơi nào nhiều thành viên hợp tác xã hơn?")
    chosen = choose(question, asked, reader.figures, reader.weights)
    assert [entry.row.printed for entry in chosen] == ["412 thành viên", "655 thành viên"]


@pytest.mark.parametrize(
    ("question", "verdict"),
    [
        ("Mèo Vạc và Đồng Văn nơi nào nhiều thành viên hợp tác xã hơn, hơn bao nhiêu?", "Huyện Đồng Văn nhiều hơn huyện Mèo Vạc 243 thành viên"),
        ("meo vac so voi dong van ben nao nhieu thanh vien htx hon", "Huyện Đồng Văn nhiều hơn huyện Mèo Vạc 243 thành viên"),
        ("Tỷ lệ hợp tác xã hoạt động hiệu quả của huyện Mèo Vạc đã đạt chỉ tiêu năm 2031 chưa?", "Chưa đạt chỉ tiêu, còn thiếu 8 điểm phần trăm"),
    ],
)
def test_the_verdict_comes_first_and_is_proven(assistant, question, verdict):
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert answer.text.startswith(verdict)
    assert all(s.proof.ok and s.citations for s in answer.statements)
    assert len(answer.citations) >= 2


def test_a_place_without_papers_is_said_so(assistant):
    answer = assistant.ask("Số hợp tác xã đang hoạt động của huyện Đồng Văn so với huyện Yên Minh bên nào nhiều hơn?")
    assert answer.status == "partial"
    assert "41 hợp tác xã" in answer.text
    assert "Yên Minh: thư viện chưa có văn bản nào" in answer.text


def test_computed_numbers_come_out_of_stated_ones():
    stated = frozenset([Decimal(655), Decimal(412), Decimal(3)])
    assert Computed("difference", (Decimal(412), Decimal(655))).result == 243
    assert Computed("difference", (Decimal(412), Decimal(655))).proven_by(stated)
    assert not Computed("difference", (Decimal(413), Decimal(655))).proven_by(stated)
    assert Computed("product", (Decimal(3), Decimal(12))).proven_by(stated)
    assert Computed("sum", (Decimal(3), Decimal(412))).result == 415


def test_how_many_times_is_said_to_one_decimal(assistant):
    assert Computed("ratio", (Decimal(655), Decimal(412))).result == Decimal("1.6")
    answer = assistant.ask("Thành viên hợp tác xã của Đồng Văn gấp mấy lần Mèo Vạc?")
    assert "Gấp khoảng 1,6 lần." in answer.text
    assert all(s.proof.ok for s in answer.statements)


def test_things_of_two_units_are_apart_by_a_bare_number(assistant):
    answer = assistant.ask("Ở Mèo Vạc thành viên nhiều hơn hay lao động nhiều hơn?")
    assert " 118: 530 lao động so với 412 thành viên" in answer.text


def test_numbers_are_written_as_papers_do():
    assert written(Decimal("1234.50")) == "1.234,5"
    assert shown(Decimal(379_569_000_000), "đồng", ("743.731 triệu đồng",)) == "379.569 triệu đồng"
    assert shown(Decimal(2_500_000_000), "đồng", ("3 tỷ đồng", "0,5 tỷ đồng")) == "2,5 tỷ đồng"
    assert shown(Decimal(10), "%", ("60%",)) == "10 điểm phần trăm"
    assert shown(Decimal(0), "HTX", ()) == "0 HTX"


def test_a_sum_of_parts_against_another(compared):
    _, asked = compared("Số HTX tốt và HTX khá cộng lại so với HTX yếu bên nào nhiều hơn?")
    assert [side.label for side in asked.sides] == ["tốt", "khá", "yếu"]
    assert asked.sums


def test_a_result_may_rest_on_an_earlier_one(library):
    document = library.document("ke-hoach-dong-van")
    paragraph = next(p for p in library.paragraphs(document.id) if "655" in p.clean)
    double = Computed("sum", (Decimal(655), Decimal(655)))
    assert prove("Cộng lại 1.310 thành viên, hơn 655 thành viên.", [(document, paragraph)], computed=[double]).ok
    assert prove("Hơn 655 thành viên, là 0 thành viên.", [(document, paragraph)], computed=[double, Computed("difference", (Decimal(1310), Decimal(1310)))]).ok
    assert not prove("Cộng lại 1.311 thành viên.", [(document, paragraph)], computed=[double]).ok


def test_figures_of_a_comparison_are_given_for_tables_and_charts(assistant):
    for asked in ("Mèo Vạc và Đồng Văn nơi nào nhiều thành viên hợp tác xã hơn?", "meo vac va dong van noi nao nhieu thanh vien hop tac xa hon"):
        for question in (asked, unicodedata.normalize("NFD", asked)):
            answer = assistant.ask(question)
            cited = {c.marker: c.paragraph.clean for c in answer.citations}
            told = {f.label: (f.value, f.value_to, f.unit, f.printed) for f in answer.figures}
            assert told == {"Huyện Mèo Vạc": (412.0, None, "thành viên", "412 thành viên"), "Huyện Đồng Văn": (655.0, None, "thành viên", "655 thành viên")}
            assert all(f.printed in cited[f.citation] and f.place in cited[f.citation].replace("huyện", "Huyện") for f in answer.figures)


def test_figures_of_result_and_target_are_called_so(assistant):
    answer = assistant.ask("Tỷ lệ hợp tác xã hoạt động hiệu quả của huyện Mèo Vạc đã đạt chỉ tiêu năm 2031 chưa?")
    assert [(f.label, f.years, f.value, f.unit) for f in answer.figures] == [("Kết quả", (2030, 2030), 62.0, "%"), ("Chỉ tiêu", (2031, 2031), 70.0, "%")]
    assert answer.to_json()["figures"][1] == {
        "label": "Chỉ tiêu", "place": "Huyện Mèo Vạc", "years": [2031, 2031], "value": 70.0, "value_to": None, "unit": "%", "printed": "70%",
        "citation": answer.figures[1].citation,
    }  # fmt: skip


@pytest.mark.parametrize("question", ["Huyện Mèo Vạc có bao nhiêu hợp tác xã?", "Xin chào", "Giá vàng hôm nay?"])
def test_other_answers_have_no_figures(assistant, question):
    assert assistant.ask(question).to_json()["figures"] == []
