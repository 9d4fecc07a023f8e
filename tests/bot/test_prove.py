import made_up
import pytest

from bot.prove import prove
from knowledge.model import Place

TEXT = (
    "Năm 2031, huyện Mèo Vạc hỗ trợ 0,5 tỷ đồng cho 27 hợp tác xã (đạt 62%) theo Nghị quyết số 45/2028/NQ-HĐND ngày 09/12/2028, "
    "trong đó HTX Mật ong Bạc Hà nhận 20 triệu đồng; hạn báo cáo 15/12/2031; trả nợ trong 36 tháng; Phòng Tài chính chủ trì."
)


def proof(said, text=TEXT, beside="", **about):
    return prove(said, [(made_up.document(**about), made_up.paragraph(text, ("II. Mục tiêu năm 2031",)))], beside)


@pytest.mark.parametrize(
    "said",
    [
        "Huyện Mèo Vạc hỗ trợ 0,5 tỷ đồng.",
        "Hỗ trợ 500 triệu đồng.",
        "Hỗ trợ 500.000.000 đồng.",
        "Có 27 hợp tác xã.",
        "Có 27 HTX.",
        "Đạt 62 %.",
        "Năm 2031.",
        "Ngày 09/12/2028.",
        "Ngày 9 tháng 12 năm 2028.",
        "Theo Nghị quyết số 45/2028/NQ-HĐND.",
        "Theo Nghị quyết 45/2028.",
        "HTX Mật ong Bạc Hà nhận 20 triệu đồng.",
        "Trong 36 tháng.",
        "Kế hoạch số 77/KH-UBND ban hành ngày 05/11/2030.",
        "Huyện Mèo Vạc, tỉnh Hà Giang.",
        "Phòng Tài chính chủ trì.",
    ],
)
def test_what_the_paragraph_says_is_proven(said):
    result = proof(said)
    assert result.ok, result.missing
    assert result.missing == ()


@pytest.mark.parametrize(
    ("said", "missing"),
    [
        ("Hỗ trợ 0,6 tỷ đồng.", "0,6 tỷ đồng"),
        ("Hỗ trợ 0,5 triệu đồng.", "0,5 triệu đồng"),
        ("Hỗ trợ 5 tỷ đồng.", "5 tỷ đồng"),
        ("Có 28 hợp tác xã.", "28"),
        ("Có 27 tổ hợp tác.", "27"),
        ("Đạt 26%.", "26%"),
        ("Có 62 triệu đồng.", "62 triệu đồng"),
        ("Trên 27 hợp tác xã, dưới 20 triệu đồng, 27%.", "27%"),
        ("Năm 2030.", "2030"),
        ("Hạn 16/12/2031.", "16/12/2031"),
        ("Hạn 15/12/2030.", "15/12/2030"),
        ("Theo Nghị quyết số 46/2028/NQ-HĐND.", "46/2028/NQ-HĐND"),
        ("Theo Nghị quyết số 45/2029/NQ-HĐND.", "45/2029/NQ-HĐND"),
        ("Theo Nghị định số 113/2024/NĐ-CP.", "113/2024/NĐ-CP"),
        ("Huyện Văn Quan hỗ trợ 27 hợp tác xã.", "Văn Quan"),
        ("Tỉnh Lạng Sơn hỗ trợ.", "Lạng Sơn"),
        ("HTX Chè Lũng Phìn nhận 20 triệu đồng.", "Chè Lũng Phìn"),
        ("HTX Mật ong Bạc Sơn nhận 20 triệu đồng.", "Mật ong Bạc Sơn"),
        ("HTX Bạc Sơn nhận 20 triệu đồng.", "Bạc Sơn"),
        ("Sở Công Thương chủ trì.", "Công Thương"),
        ("Trong 24 tháng.", "24"),
    ],
)
def test_what_it_does_not_say_fails(said, missing):
    result = proof(said, issued_on="")
    assert not result.ok
    assert any(m.startswith(missing) for m in result.missing), result.missing


def test_what_was_looked_for_is_told_once():
    assert proof("Có 27 HTX, đúng 27 HTX.").checked == ("27",)


def test_a_range_is_proven_as_a_range():
    assert proof("Mỗi năm lập 3-5 hợp tác xã.", "Mỗi năm lập 3-5 hợp tác xã.").ok
    assert not proof("Mỗi năm lập 3-6 hợp tác xã.", "Mỗi năm lập 3-5 hợp tác xã.").ok


def test_a_bound_turned_round_fails():
    assert not proof("Dưới 27 hợp tác xã.", "Trên 27 hợp tác xã.").ok


def test_headings_and_the_paper_s_own_facts_prove_too():
    assert proof("Mục tiêu năm 2031: 6 hợp tác xã.", "6 hợp tác xã.").ok


def test_words_beside_prove_too():
    assert not proof("Gồm 3 nội dung.", "Các nội dung.").ok
    assert proof("Gồm 3 nội dung.", "Các nội dung.", beside="3").ok


def test_every_source_may_prove():
    sources = [(made_up.document(), made_up.paragraph("Có 27 hợp tác xã.")), (made_up.document(), made_up.paragraph("Có 412 thành viên."))]
    assert prove("Có 27 hợp tác xã và 412 thành viên.", sources).ok


def test_a_neighbour_s_paper_does_not_prove():
    other = made_up.document(place=Place("Đồng Văn", "district", "Hà Giang"), issuer="UBND huyện Đồng Văn", title="Kế hoạch")
    assert not prove("Huyện Mèo Vạc có 27 hợp tác xã.", [(other, made_up.paragraph("Có 27 hợp tác xã."))]).ok


def test_no_facts_need_no_proof_and_no_sources_prove_nothing():
    assert prove("Các hợp tác xã hoạt động tốt.", []).ok
    assert not prove("Có 27 hợp tác xã.", []).ok


def test_a_name_is_whole_words():
    assert not proof("Huyện Văn Quan có chợ.", "Nhà văn Quang có chợ.").ok
    assert not proof("HTX Bạc Hà có chợ.", "HTX Bạc Hành có chợ.").ok


def test_a_name_ends_where_the_sentence_goes_on():
    assert proof("Phòng Tài chính của HĐND giao việc; HTX Mật ong Bạc Hà và Sở.", "Sở; HTX Mật ong Bạc Hà; Phòng Tài chính; HĐND.").ok
