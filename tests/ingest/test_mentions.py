import pytest

from ingest.blocks import blocks
from ingest.mentions import mentions
from ingest.outline import outline


def found(text):
    paragraphs, _ = outline(blocks(f"1. {text}"))
    return [(m.number.canonical, m.issued_on, m.issuer, m.title) for m in mentions(paragraphs)]


@pytest.mark.parametrize(
    ("text", "mention"),
    [
        ("Theo Nghị quyết số 08/2019/NQ-HĐND ngày 10/12/2019 của HĐND tỉnh Lạng Sơn.", ("08/2019/NQ-HĐND", "2019-12-10", "HĐND tỉnh Lạng Sơn", "")),
        ("479/KH-UBND ngày 12 tháng 8 năm 2020 của UBND tỉnh Bắc Kạn về mẫu chung", ("479/KH-UBND", "2020-08-12", "UBND tỉnh Bắc Kạn", "về mẫu chung")),
        ("Thông tư 01/2020/TT-BKHĐT ngày 19/02/2020 của Bộ Kế hoạch và Đầu tư còn ít HTX làm", ("01/2020/TT-BKHĐT", "2020-02-19", "Bộ Kế hoạch và Đầu tư", "")),
        ("1811/SKHĐT-ĐKKD của Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn về việc mẫu", ("1811/SKHĐT-ĐKKD", "", "Sở Kế hoạch và Đầu tư tỉnh Lạng Sơn", "về việc mẫu")),
        ("Kết luận số 70-KL/TW ngày 09/3/2020 của Bộ Chính trị về tiếp tục đổi mới", ("70-KL/TW", "2020-03-09", "Bộ Chính trị", "về tiếp tục đổi mới")),
        ("20-NQ/TW ngày 16/6/2022 của Ban Chấp hành Trung ương Đảng về mẫu chung", ("20-NQ/TW", "2022-06-16", "Ban Chấp hành Trung ương Đảng", "về mẫu chung")),
        ("Chỉ thị 02-CT/HU của Ban Thường vụ Huyện ủy", ("02-CT/HU", "", "Ban Thường vụ Huyện ủy", "")),
        ("Nghị định 193/2013/NĐ-CP của Chính phủ quy định chi tiết về mẫu.", ("193/2013/NĐ-CP", "", "Chính phủ", "quy định chi tiết về mẫu")),
        ("Nghị quyết 401 được triển khai", ("401", "", "", "")),
        ("Quyết định 340/QĐ-TTg; UBND tỉnh ban hành các kế hoạch về việc khác", ("340/QĐ-TTg", "", "", "")),
        ("Nghị định 98/2018/NĐ-CP, UBND huyện đã ban hành các văn bản chỉ đạo", ("98/2018/NĐ-CP", "", "", "")),
    ],
)  # fmt: skip
def test_date_issuer_and_title_stand_beside_the_number(text, mention):
    assert found(text) == [mention]


def test_each_number_has_its_own_date():
    text = "Nghị quyết số 08/2019/NQ-HĐND ngày 10/12/2019; Nghị quyết số 15/2021/NQ-HĐND ngày 17/7/2021 của HĐND tỉnh"
    assert [m[:3] for m in found(text)] == [("08/2019/NQ-HĐND", "2019-12-10", ""), ("15/2021/NQ-HĐND", "2021-07-17", "HĐND tỉnh")]


def test_two_resolutions_of_one_number_are_told_apart_by_issuer():
    text = "Nghị quyết 08/2019/NQ-HĐND của HĐND tỉnh Bắc Kạn và Nghị quyết 08/2019/NQ-HĐND của HĐND tỉnh Lạng Sơn"
    assert [m[2] for m in found(text)] == ["HĐND tỉnh Bắc Kạn", "HĐND tỉnh Lạng Sơn"]


def test_no_number_no_mention():
    assert found("Huyện có 60/808 HTX trong giai đoạn 2021-2025.") == []
