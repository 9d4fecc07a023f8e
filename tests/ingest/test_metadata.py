import pytest

from ingest.blocks import blocks
from ingest.metadata import metadata
from ingest.outline import outline
from ingest.read import Source
from knowledge.model import Place

HEADED = """\
ỦY BAN NHÂN DÂN
HUYỆN VĂN QUAN
Số: 12/KH-UBND
Độc lập - Tự do - Hạnh phúc
Văn Quan, ngày 05 tháng 3 năm 2026
KẾ HOẠCH
Phát triển kinh tế tập thể năm 2026
Thực hiện Kế hoạch số 5/KH-UBND ngày 02/01/2026 của UBND tỉnh Lạng Sơn, UBND huyện Văn Quan ban hành kế hoạch như sau:
I. MỤC TIÊU
1. Thành lập mới 02 HTX trên địa bàn huyện.
"""
SOURCED = """\
Nghị định số 20/2011/NĐ-CP: Quy định về mẫu theo Nghị quyết số 55/2010/QH12 ngày 24/11/2010 của Quốc hội, ngày 23/03/2011 của Chính phủ
Cơ quan ban hành: Quốc hội; ngày ban hành: 24/11/2010; hiệu lực từ: 15/05/2011
Điều 1. Mẫu
"""


def document(text, front=None, name="giay-to.txt"):
    paragraphs, _ = outline(blocks(text))
    return metadata(Source(name, text, 0, front or {}, "v1"), paragraphs)


def test_a_paper_with_a_full_head():
    d = document(HEADED)
    assert (d.id, d.source, d.version, d.form) == ("giay-to", "giay-to.txt", "v1", "verbatim")
    assert (d.number, d.kind, d.title) == ("12/KH-UBND", "plan", "Kế hoạch Phát triển kinh tế tập thể năm 2026")
    assert (d.issuer, d.place) == ("Ủy ban nhân dân huyện Văn Quan", Place("Văn Quan", "district", "Lạng Sơn"))
    assert (d.issued_on, d.period) == ("2026-03-05", (2026, 2026))


@pytest.mark.parametrize(
    ("line", "issued_on"),
    [
        ("Lai Châu, ngày 05 tháng 3 năm 2026", "2026-03-05"), ("TP. Bắc Kạn, ngày *04* tháng 11 năm 2020", "2020-11-04"),
        ("Lai Châu, ngày tháng 4 năm 2021", "2021-04"), ("Lai Châu, ngày   tháng   năm 2021", "2021"), ("ngày 5 tháng 3 năm 2026", "2026-03-05"),
        ("Lai Châu, mùa xuân", ""),
    ],
)  # fmt: skip
def test_the_date_line_may_lack_day_and_month(line, issued_on):
    assert document(f"{line}\nKẾ HOẠCH\nPhát triển HTX\nI. MỤC TIÊU\n").issued_on == issued_on


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("Số: 151/KH-UBND", "151/KH-UBND"), ("Số: 58/BC – LM", "58/BC-LM"), ("Số: /KH-UBND", ""), ("Số: *HA* /KH-UBND", ""),
        ("Luật số: 17/2023/QH15", "17/2023/QH15"),
    ],
)  # fmt: skip
def test_the_number_line(text, number):
    assert document(f"{text}\nKẾ HOẠCH\nPhát triển HTX\nI. MỤC TIÊU\n").number == number


@pytest.mark.parametrize(
    ("title", "kind", "period"),
    [
        ("KẾ HOẠCH\nPhát triển HTX giai đoạn 2021-2025", "plan", (2021, 2025)), ("BÁO CÁO\nTổng kết năm 2020", "report", (2020, 2020)),
        ("CHƯƠNG TRÌNH HÀNH ĐỘNG\nPhát triển HTX đến năm 2030", "programme", (2030, 2030)), ("NGHỊ QUYẾT\nVề hỗ trợ HTX", "resolution", None),
        ("QUYẾT ĐỊNH\nVề việc sửa đổi Quyết định năm 2019", "decision", None),
    ],
)  # fmt: skip
def test_kind_and_period_come_from_the_title(title, kind, period):
    d = document(f"{title}\nI. MỤC TIÊU\n1. Một.\n")
    assert (d.kind, d.period) == (kind, period)


def test_a_title_in_capitals_keeps_its_names():
    assert document("KẾ HOẠCH PHÁT TRIỂN HTX TỈNH LAI CHÂU NĂM 2026\nI. MỤC TIÊU\n").title == "Kế hoạch phát triển HTX tỉnh Lai Châu năm 2026"


def test_the_number_tells_the_issuer_and_the_year_where_the_source_line_errs():
    d = document(SOURCED)
    assert (d.number, d.issuer, d.issued_on) == ("20/2011/NĐ-CP", "Chính phủ", "2011-03-23")
    assert (d.place.level, d.period) == ("country", None)


def test_a_title_that_repeats_its_number_loses_it():
    d = document("Nghị định số 107/2017/NĐ-CP: Nghị định số 107/2017/NĐ-CP của Chính phủ: Sửa đổi mẫu\nĐiều 1. Mẫu\n")
    assert d.title == "Nghị định Sửa đổi mẫu"


def test_names_whose_capitals_were_lost():
    d = document("Quyết định về việc giao rừng\nỦy ban nhân dân tỉnh bắc kạn\nCăn cứ Luật Đất đai;\nĐiều 1. Giao\n")
    assert (d.issuer, d.place, d.title) == ("Ủy ban nhân dân tỉnh Bắc Kạn", Place("Bắc Kạn", "province"), "Quyết định về việc giao rừng")


def test_a_paper_without_an_issuer_is_about_the_place_it_names_most_of_its_level():
    text = "Chỉ thị về kế hoạch 5 năm\nTrong tỉnh còn khó khăn. Long An nằm cạnh thành phố Tân An.\nToàn tỉnh phấn đấu tăng 5%.\nLong An dẫn đầu."
    assert document(text).place == Place("Long An", "province", "")


def test_a_front_matter_wins():
    front = {
        "id": "Kế hoạch Mẫu", "form": "digest", "number": "7/KH-UBND", "kind": "report", "title": "Tên khác", "issuer": "UBND khác", "issued_on": "2025-01-02",
        "place": "huyện Ba Tơ, tỉnh Quảng Ngãi", "period": "2021-2030",
    }  # fmt: skip
    d = document(HEADED, front)
    assert (d.id, d.form, d.number, d.kind, d.title) == ("ke-hoach-mau", "digest", "7/KH-UBND", "report", "Tên khác")
    assert (d.issuer, d.issued_on, d.period, d.place) == ("UBND khác", "2025-01-02", (2021, 2030), Place("Ba Tơ", "district", "Quảng Ngãi"))


@pytest.mark.parametrize(
    ("stated", "place"),
    [
        ("Việt Nam", Place("Việt Nam", "country")), ("tỉnh Lai Châu", Place("Lai Châu", "province")),
        ("thành phố Bắc Kạn, tỉnh Bắc Kạn", Place("Bắc Kạn", "district", "Bắc Kạn")),
    ],
)  # fmt: skip
def test_a_stated_place(stated, place):
    assert document(HEADED, {"place": stated}).place == place


@pytest.mark.parametrize("text", ["", "Một dòng.", "I. CHỈ CÓ MỤC\n"])
def test_what_a_paper_does_not_tell_stays_empty(text):
    d = document(text)
    assert (d.number, d.issuer, d.issued_on, d.period, d.title) == ("", "", "", None, "giay-to.txt")
    assert d.place.level == "country"
