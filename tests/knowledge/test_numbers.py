import unicodedata
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.numbers import MONEY, PERCENT, dates, parse_number, periods, quantities, same, years
from knowledge.text import fold


def only(text):
    found = quantities(text)
    assert len(found) == 1, found
    return found[0]


def without_marks(text):
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("1.234,5", "1234.5"), ("1.234", "1234"), ("1,5", "1.5"), ("1.5", "1.5"), ("22.300.000.000", "22300000000"), ("08", "8"), ("15 000 000", "15000000"),
    ],
)  # fmt: skip
def test_a_vietnamese_number_has_one_value(text, value):
    assert parse_number(text) == Decimal(value)


@pytest.mark.parametrize(
    ("text", "dong"),
    [
        ("0,5 tỷ đồng", 500_000_000), ("500 triệu", 500_000_000), ("500 triệu đồng/HTX", 500_000_000), ("500tr", 500_000_000), ("500 trđ", 500_000_000),
        ("500 tr.đ", 500_000_000), ("500k", 500_000), ("1.500 triệu đồng", 1_500_000_000), ("22.300.000.000đồng", 22_300_000_000),
        ("22.300.000.000 đ", 22_300_000_000), ("50.000đ/kg", 50_000), ("2,636 tỷ đồng", 2_636_000_000), ("3.327,272 triệu đồng", 3_327_272_000),
        ("1.937.557 triệu đồng", 1_937_557_000_000), ("15 000 000 đồng", 15_000_000), ("2 tỷ 300 triệu đồng", 2_300_000_000), ("13 triệu.", 13_000_000),
        ("vốn 2020 triệu đồng", 2_020_000_000), ("500 triệu hỗ trợ HTX", 500_000_000), ("0,5 tỉ", 500_000_000), ("300 nghìn đồng", 300_000),
    ],
)  # fmt: skip
def test_money_of_every_scale_is_brought_to_dong(text, dong):
    for typed in (text, unicodedata.normalize("NFD", text), without_marks(text)):
        quantity = only(typed)
        assert (quantity.low, quantity.high, quantity.unit) == (dong, None, MONEY), typed


@pytest.mark.parametrize(
    ("text", "value", "unit"),
    [
        ("04 HTX", 4, "htx"), ("841THT", 841, "tht"), ("342 thành viên", 342, "thanh vien"), ("10 ha", 10, "ha"), ("1.234,5 m²", Decimal("1234.5"), "m2"),
        ("73,7%", Decimal("73.7"), PERCENT), ("10 %", 10, PERCENT), ("5 phần trăm", 5, PERCENT), ("02 (hai) HTX", 2, "htx"), ("10 đồng chí", 10, "dong chi"),
        ("5 ngân hàng", 5, "ngan hang"), ("1,2 triệu tấn", 1_200_000, "tan"), ("50 năm", 50, "nam"), ("HTX 5 sao", 5, "sao"),
    ],
)  # fmt: skip
def test_a_quantity_has_the_noun_that_follows_as_its_unit(text, value, unit):
    assert (only(text).low, only(text).unit) == (value, unit)


@pytest.mark.parametrize(
    ("text", "low", "high", "unit"),
    [
        ("từ 5 đến 8 triệu đồng/người/tháng", 5_000_000, 8_000_000, MONEY), ("30 - 48 triệu đồng/năm", 30_000_000, 48_000_000, MONEY),
        ("từ 500 triệu đến 1 tỷ đồng", 500_000_000, 1_000_000_000, MONEY), ("35-45%", 35, 45, PERCENT), ("10% – 15%", 10, 15, PERCENT),
        ("01 - 02 hợp tác xã", 1, 2, "hop tac"), ("5.000 đến 6.000 lao động", 5000, 6000, "lao dong"),
    ],
)  # fmt: skip
def test_ranges(text, low, high, unit):
    quantity = only(text)
    assert (quantity.low, quantity.high, quantity.unit) == (low, high, unit)
    assert quantity.values() == (low, high)


@pytest.mark.parametrize(
    ("text", "bound"),
    [
        ("trên 50%", "more"), ("hơn 1.000 lao động", "more"), ("ít nhất 50 HTX", "least"), ("tối thiểu là 7 người", "least"), ("không dưới 30%", "least"),
        ("không thấp hơn 30%", "least"), ("không ít hơn 07 thành viên", "least"), ("đạt từ 50% trở lên", "least"), ("từ 03 Hợp tác xã trở lên", "least"),
        ("dưới 10%", "less"), ("thấp hơn 20%", "less"), ("ít hơn 5 HTX", "less"), ("không quá 20%", "most"), ("không vượt quá 20%", "most"),
        ("tối đa 5 tỷ đồng", "most"), ("12 HTX trở xuống", "most"), ("khoảng 0,81 tỷ đồng", "about"), ("trên dưới 50 HTX", "about"), ("đạt 50%", ""),
        ("at least 5 HTX", "least"), ("up to 20%", "most"),
    ],
)  # fmt: skip
def test_bounds(text, bound):
    assert only(text).bound == bound


@pytest.mark.parametrize(("text", "values"), [("60/808 HTX", [60, 808]), ("24/7", [24, 7]), ("10/12 HTX", [10, 12])])
def test_shares_are_two_quantities_and_no_dates(text, values):
    assert [q.low for q in quantities(text)] == values
    assert dates(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "giai đoạn 2021-2025", "năm 2030", "ngày 10/12/2019", "22 tháng 7 năm 2024", "tháng 6/2024", "Nghị quyết số 08/2019/NQ-HĐND", "Nghị quyết 401",
        "Covid-19", "quý I/2025", "",
    ],
)  # fmt: skip
def test_times_and_document_numbers_are_no_quantities(text):
    assert quantities(text) == []


def test_spans_point_at_number_and_unit():
    text = "Doanh thu: 900 triệu đồng/HTX, tăng trên 12,5%."
    assert [text[a:b] for a, b in (q.span for q in quantities(text))] == ["900 triệu đồng", "12,5%"]
    assert [q.text for q in quantities(text)] == ["900 triệu đồng", "12,5%"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("ngày 10/12/2019", [(2019, 12, 10)]), ("04 tháng 11 năm 2020", [(2020, 11, 4)]), ("ngày  tháng 4 năm 2021", [(2021, 4, 0)]),
        ("tháng 6/2024", [(2024, 6, 0)]), ("ngày 02/9", [(0, 9, 2)]), ("ngày 22 tháng 7", [(0, 7, 22)]), ("30-12-2011", [(2011, 12, 30)]),
        ("5.11.2020", [(2020, 11, 5)]), ("01/01-31/12/2024", [(0, 1, 1), (2024, 12, 31)]), ("từ 01/7/2024 đến 30/6/2025", [(2024, 7, 1), (2025, 6, 30)]),
        ("45/13/2020", []), ("Nghị định 98/2018", []), ("nghị định số 10/2018/NĐ-CP", []), ("mỗi tháng 5 triệu", []),
    ],
)  # fmt: skip
def test_dates_with_and_without_day_and_year(text, found):
    for typed in (text, without_marks(text), unicodedata.normalize("NFD", text)):
        assert [(d.year, d.month, d.day) for d in dates(typed)] == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("giai đoạn 2021-2025", [(2021, 2025)]), ("2021 – 2025", [(2021, 2025)]), ("từ năm 2021 đến năm 2030", [(2021, 2030)]), ("2025-2021", []),
        ("2016-2020, 2021-2025", [(2016, 2020), (2021, 2025)]), ("08/2019-2020", []),
    ],
)  # fmt: skip
def test_periods(text, found):
    assert periods(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("năm 2024, 2025", [2024, 2025]), ("giai đoạn 2021-2025", [2021, 2025]), ("ngày 10/12/2019", [2019]), ("quý I/2025", [2025]),
        ("niên vụ 2020/2021", [2020, 2021]), ("Nghị quyết 08/2019/NQ-HĐND", []), ("nghị định 98/2018", []), ("2.020 triệu đồng", []), ("2020 triệu đồng", []),
        ("2020 thành viên", []), ("2020,5", []), ("kế hoạch 2025 đồng bộ", [2025]), ("năm 2025 HTX", [2025]), ("60/2020 hộ", []), ("1234", []),
    ],
)  # fmt: skip
def test_years_are_not_taken_from_numbers_and_amounts(text, found):
    for typed in (text, without_marks(text), unicodedata.normalize("NFD", text)):
        assert years(typed) == found


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("0,5 tỷ", "500 triệu đồng", True), ("04 HTX", "4 hợp tác xã", True), ("50%", "50 phần trăm", True), ("48 HTX", "48", True), ("trên 50%", "50%", True),
        ("500 triệu", "300 triệu", False), ("50%", "50 HTX", False), ("50 triệu", "50 HTX", False), ("15 HTX", "15 THT", False),
        ("15 tổ hợp tác", "15 HTX", False), ("trên 50%", "dưới 50%", False), ("5-8 triệu", "5 triệu", False), ("5-8 triệu", "từ 5 đến 8 triệu đồng", True),
    ],
)  # fmt: skip
def test_same_compares_values_units_and_bounds(a, b, answer):
    assert same(only(a), only(b)) is answer
    assert same(only(b), only(a)) is answer


@given(st.text(st.one_of(st.sampled_from("0123456789.,/- %đdtyriệuHTXnămthángngày\n("), st.characters())))
def test_any_text_is_read_and_spans_lie_within(text):
    composed = unicodedata.normalize("NFC", text)
    assert len(fold(composed)) == len(composed)
    for found in (quantities(text), dates(text)):
        assert all(0 <= q.span[0] < q.span[1] <= len(composed) for q in found)
    assert all(a < b for a, b in periods(text))
    assert all(1900 <= year < 2100 for year in years(text))
