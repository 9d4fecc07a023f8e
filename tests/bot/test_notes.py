import datetime
from dataclasses import replace

import made_up
import pytest

from bot.notes import disagreement, doubts, expired, merged
from knowledge.model import Place

QUESTION = "Có bao nhiêu hợp tác xã đang hoạt động?"
FIRST = "Huyện có 27 hợp tác xã đang hoạt động."


@pytest.fixture
def clash(understood, measure):
    def of(question, *texts, papers=()):
        matches = [replace(measure(question, text, anchor=f"I-{i}", paper=papers[i] if papers else None), score=10.0 - 0.1 * i) for i, text in enumerate(texts)]
        return disagreement(understood(question), matches)

    return of


def test_two_figures_for_one_thing_disagree(clash):
    found = clash(QUESTION, FIRST, "Huyện có 29 hợp tác xã đang hoạt động.")
    assert found is not None
    assert (int(found[1].low), int(found[2].low)) == (27, 29)


@pytest.mark.parametrize(
    "other",
    [
        "Huyện có 27 hợp tác xã đang hoạt động.",
        "Huyện có 412 thành viên.",
        "Phấn đấu có 30 hợp tác xã đang hoạt động.",
        "Năm 2025 có 20 hợp tác xã đang hoạt động.",
        "Trong 27 hợp tác xã có 3 hợp tác xã đang hoạt động cầm chừng.",
        "Có 62% hợp tác xã đang hoạt động.",
    ],
    ids=["same", "other-thing", "plan", "other-year", "part", "other-unit"],
)
def test_other_figures_do_not_disagree(clash, other):
    assert clash(QUESTION, FIRST, other) is None


def test_figures_of_two_papers_do_not_disagree(clash):
    assert clash(QUESTION, FIRST, "Huyện có 29 hợp tác xã đang hoạt động.", papers=[made_up.document(), made_up.document(id="khac")]) is None


def test_no_figure_asked_nothing_disagrees(clash):
    assert clash("Hợp tác xã hoạt động ra sao?", FIRST, "Huyện có 29 hợp tác xã đang hoạt động.") is None


@pytest.mark.parametrize(("year", "over"), [(2030, False), (2031, False), (2032, True)])
def test_a_plan_is_over_after_its_last_year(year, over):
    assert bool(expired(made_up.document(), datetime.date(year, 1, 1))) is over


def test_the_period_that_is_over_is_named():
    assert "năm 2031" in expired(made_up.document(), datetime.date(2040, 1, 1))
    assert "giai đoạn 2031-2035" in expired(made_up.document(period=(2031, 2035)), datetime.date(2040, 1, 1))


def test_reports_and_papers_without_period_do_not_expire():
    assert expired(made_up.document(kind="report"), datetime.date(2040, 1, 1)) == ""
    assert expired(made_up.document(period=None), datetime.date(2040, 1, 1)) == ""


def test_doubts_of_the_cited_paragraphs(library):
    sources = [(made_up.document(), made_up.paragraph("a")), (made_up.document(), made_up.paragraph("b", doubts=("nghi",)))]
    assert doubts(library, sources) == [(1, "nghi")]


OLD_DISTRICT = Place("Na Rì", "district", "Bắc Kạn")


@pytest.mark.parametrize("question", ["Tỉnh Thái Nguyên (Bắc Kạn cũ) có bao nhiêu HTX?", "tinh thai nguyen co bao nhieu htx", "Sau sáp nhập Na Rì có mấy HTX?"])
def test_the_merger_of_a_province_is_told_when_it_is_spoken_of(understood, question):
    said = merged(understood(question), made_up.document(place=OLD_DISTRICT))
    assert "tỉnh Bắc Kạn thuộc tỉnh Thái Nguyên; cấp huyện không còn" in said


def test_no_merger_is_told_unasked(understood):
    assert merged(understood("Na Rì có bao nhiêu HTX?"), made_up.document(place=OLD_DISTRICT)) == ""
    assert merged(understood("Tỉnh Cao Bằng (cũ) có mấy HTX?"), made_up.document(place=Place("Cao Bằng", "province"))) == ""


def test_the_old_name_in_brackets_is_the_place_asked_of(understood):
    for question in ("Tỉnh Thái Nguyên (Bắc Kạn cũ) có bao nhiêu HTX?", "tinh thai nguyen (bac kan cu) co bn htx"):
        assert [m.place.name for m in understood(question).places] == ["Bắc Kạn"]
