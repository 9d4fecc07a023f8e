import unicodedata
from decimal import Decimal

import pytest

from eval.ledger.measure import load, measure
from ingest.measured import figures
from ingest.pipeline import read_paper
from knowledge.model import STATUSES

PLAN = """KẾ HOẠCH
Phát triển kinh tế tập thể năm 2025 của Ủy ban nhân dân huyện Mẫu Sơn

I. TÌNH HÌNH PHÁT TRIỂN NĂM 2024

1. Kết quả

- Toàn huyện có 40 HTX, trong đó có 30 HTX nông nghiệp; tổng vốn điều lệ là 1.234,5 triệu đồng.

- Thu nhập bình quân của thành viên: 3,5 triệu đồng/người/tháng, tăng 0,5 triệu đồng so với năm 2021.

- Ước năm 2024 doanh thu đạt 9 tỷ đồng. Đề nghị ngân sách tỉnh cấp 200 triệu đồng.

- Theo Quyết định số 45/2020/QĐ-UBND ngày 01/02/2020, xã đạt tiêu chí số 13 có HTX Đồng Tâm 3 và 2 sản phẩm từ 3 sao trở lên.

II. MỤC TIÊU NĂM 2025

- Thành lập mới từ 2 đến 4 HTX; trên 60% HTX hoạt động khá, tốt.
"""


@pytest.fixture
def rows(tmp_path):
    def read(text=PLAN, name="mau.txt"):
        path = tmp_path / name
        path.write_text(text, "utf-8")
        return read_paper(path).indicators

    return read


def test_a_plan_gives_a_row_for_each_figure(rows):
    said = [(i.printed, i.years, i.status) for i in rows()]
    assert said == [
        ("40 HTX", (2024, 2024), "actual"),
        ("30 HTX", (2024, 2024), "actual"),
        ("1.234,5 triệu đồng", (2024, 2024), "actual"),
        ("3,5 triệu đồng/người/tháng", (2024, 2024), "actual"),
        ("0,5 triệu đồng", (2024, 2024), "actual"),
        ("9 tỷ đồng", (2024, 2024), "estimated"),
        ("200 triệu đồng", (2024, 2024), "requested"),
        ("2 sản phẩm", (2024, 2024), "actual"),
        ("2 đến 4 HTX", (2025, 2025), "planned"),
        ("60%", (2025, 2025), "planned"),
    ]


def test_values_units_and_names(rows):
    by_printed = {i.printed: i for i in rows()}
    assert by_printed["1.234,5 triệu đồng"].low == Decimal("1234500000")
    assert by_printed["3,5 triệu đồng/người/tháng"].per == "người/tháng"
    assert (by_printed["2 đến 4 HTX"].low, by_printed["2 đến 4 HTX"].high) == (2, 4)
    assert by_printed["60%"].bound == "more"
    assert "nông nghiệp" in by_printed["30 HTX"].name
    assert by_printed["0,5 triệu đồng"].name.startswith("Thu nhập bình quân của thành viên – tăng")
    assert {i.status for i in by_printed.values()} <= set(STATUSES)


def test_decomposed_text_gives_the_same_rows(rows):
    assert rows(unicodedata.normalize("NFD", PLAN), "nfd.txt") == rows()


def test_a_law_has_no_rows(rows):
    law = "LUẬT HỢP TÁC XÃ\nLuật số: 99/2023/QH15\n\nĐiều 1. Phạm vi\n\n1. Hợp tác xã có ít nhất 05 thành viên.\n"
    assert rows(law, "luat.txt") == ()


@pytest.mark.parametrize(
    ("sentence", "named"),
    [
        ("Có 28 HTX với 266 thành viên tham gia.", ["HTX", "HTX – thành viên tham gia"]),
        ("Tổng vốn là 9 tỷ đồng (trong đó nông nghiệp là 5 tỷ đồng, vận tải là 4 tỷ đồng).", ["Tổng vốn", "Tổng vốn – nông nghiệp", "Tổng vốn – vận tải"]),
        ("Số HTX giải thể: 17 HTX.", ["Số HTX giải thể"]),
        ("Hiện có 60/808 HTX ngừng hoạt động.", ["HTX ngừng hoạt động"]),
        ("Xã đạt tiêu chí số 13, ứng phó Covid-19, Nghị quyết Trung ương 5.", []),
    ],
)
def test_what_a_figure_measures(sentence, named):
    assert [f.name for f in figures(sentence)] == named


def test_the_five_papers_against_the_hand_made_list(plans):
    """The bar is 95 % right and 90 % found; measured .975 and .981."""
    results = [measure(read_paper(plans / name), wanted) for name, wanted in load().items()]
    right, found = sum(r.right for r in results), sum(r.found for r in results)
    met, wanted = sum(r.met for r in results), sum(r.wanted for r in results)
    assert wanted >= 250
    assert right / found >= 0.95, [(reason, row.anchor, row.printed) for r in results for reason, row in r.wrong]
    assert met / wanted >= 0.90, [(w["paper"], w["line"], w["printed"]) for r in results for w in r.missing]
