import datetime

import made_up
import pytest

from bot import clock
from knowledge import catalogue
from knowledge.model import Place

TODAY = datetime.date(2026, 11, 21)
COUNTRY = Place("Việt Nam", "country")


def law(number, title="Luật Hợp tác xã"):
    return made_up.document(number=number, title=title, kind="law", place=COUNTRY, issuer="Quốc hội", issued_on="")


OLD, NEW = law("23/2012/QH13"), law("17/2023/QH15")


@pytest.mark.parametrize(
    ("question", "day"),
    [
        ("Lập hợp tác xã cần mấy thành viên?", TODAY),
        ("Năm 2023 lập hợp tác xã cần mấy thành viên?", datetime.date(2023, 12, 31)),
        ("nam 2018 lap htx can may thanh vien", datetime.date(2018, 12, 31)),
        ("Ngày 15/3/2024 lập hợp tác xã cần mấy thành viên?", datetime.date(2024, 3, 15)),
        ("Theo Luật Hợp tác xã 2012 cần mấy thành viên?", datetime.date(2024, 6, 30)),
        ("Theo luật cũ cần mấy thành viên?", datetime.date(2024, 6, 30)),
        ("Luật Hợp tác xã 2012 khác Luật Hợp tác xã 2023 ở đâu?", TODAY),
        ("Đến năm 2030 có bao nhiêu hợp tác xã?", TODAY),
    ],
)
def test_the_day_asked_of(understood, question, day):
    assert clock.day_of(understood(question), TODAY) == day


def test_only_what_holds_on_the_day_is_looked_in(understood):
    question = understood("Lập hợp tác xã cần mấy thành viên?")
    assert clock.holding([OLD, NEW], question, TODAY) == [NEW]
    assert clock.holding([OLD, NEW], question, datetime.date(2020, 1, 1)) == [OLD]


def test_a_text_that_is_named_stays(understood):
    assert OLD in clock.holding([OLD, NEW], understood("Luật 23/2012/QH13 quy định gì?"), TODAY)


def test_local_papers_and_unknown_texts_stay(understood):
    plan, unknown = made_up.document(), law("999/2011/QH13", "Luật khác")
    assert clock.holding([plan, unknown], understood("Có bao nhiêu hợp tác xã?"), TODAY) == [plan, unknown]


def test_what_became_of_a_text():
    told = clock.fate(clock.row_of(OLD), TODAY)
    assert "hết hiệu lực" in told
    assert "30/06/2024" in told
    assert "17/2023/QH15" in told
    assert clock.fate(clock.row_of(OLD), datetime.date(2020, 1, 1)) == ""


def test_a_period_that_is_over_is_told():
    (row,) = catalogue.look_up("1804/QĐ-TTg")
    assert "hết giai đoạn" in clock.fate(row, TODAY)


@pytest.mark.parametrize(
    ("question", "asked"),
    [
        ("Luật cũ đòi mấy thành viên, luật mới đòi mấy?", True),
        ("so sanh luat 2012 voi 2023 ve ban kiem soat", True),
        ("Trước đây góp tối đa 20% vốn, nay được bao nhiêu?", True),
        ("Lập hợp tác xã cần mấy thành viên?", False),
        ("Phải báo trước mấy ngày?", False),
        ("Theo luật cũ cần mấy thành viên?", False),
    ],
)
def test_the_change_between_two_laws(understood, question, asked):
    assert clock.asks_change(understood(question)) is asked


def test_a_comparison_is_looked_in_for_a_change_only(understood):
    both = law("23/2012/QH13; 17/2023/QH15", "So sánh")
    assert clock.holding([NEW, both], understood("Lập hợp tác xã cần mấy thành viên?"), TODAY) == [NEW]
    assert clock.holding([OLD, NEW, both], understood("Luật cũ khác luật mới chỗ nào?"), TODAY) == [OLD, NEW, both]


def test_a_text_falls_with_what_it_details(understood):
    circular = made_up.document(
        number="03/2014/TT-BKHĐT", title="Đăng ký hợp tác xã", kind="circular", place=COUNTRY, issuer="Bộ Kế hoạch và Đầu tư", issued_on=""
    )
    question = understood("Đăng ký hợp tác xã mất mấy ngày?")
    assert clock.holding([circular], question, TODAY) == []
    assert clock.holding([circular], question, datetime.date(2020, 1, 1)) == [circular]
    assert "hết hiệu lực" in clock.fate(clock.row_of(circular), TODAY)
