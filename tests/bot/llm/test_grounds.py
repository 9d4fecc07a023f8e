"""What belongs together in a paragraph and what does not, on a made-up one: each case is one way to be wrong."""

import unicodedata

import pytest

from bot.llm.grounds import grounded, quote
from bot.llm.wording import read, references
from knowledge.model import Document, Paragraph, Place

TEXT = (
    "Năm 2029, huyện thành lập mới 04 HTX nông nghiệp, 02 HTX phi nông nghiệp; năm 2030 thành lập mới 07 HTX. "
    "Doanh thu bình quân của HTX là 1.234,5 triệu đồng/năm, lợi nhuận 210 triệu đồng. "
    "Phòng Nông nghiệp chủ trì, phối hợp với Phòng Văn hóa hướng dẫn bà con. "
    "Huyện chưa có liên hiệp HTX, không thu phí đăng ký. Đề nghị tỉnh hỗ trợ 5 tỷ đồng. "
    "Hỗ trợ tối đa 50% kinh phí đào tạo, trả trước ngày 15/12/2030 theo Nghị quyết số 45/2028/NQ-HĐND."
)
PAPER = Document(
    "d", "Kế hoạch kinh tế tập thể năm 2031", "plan", "77/KH-UBND", "Ủy ban nhân dân huyện Mèo Vạc", Place("Mèo Vạc", "district", "Hà Giang"),
    "2030-11-05", (2031, 2031), "x.md", "digest", "v",
)  # fmt: skip
PARAGRAPH = Paragraph("I.1", TEXT, TEXT, ("I. Hiện trạng", "1. Số lượng"), "I", 1, "text", "", ((0, len(TEXT)),), ((1, 1),))


def proof(text, introduction=""):
    return grounded(text, [(PAPER, PARAGRAPH)], lambda document, paragraph: (), introduction)


@pytest.mark.parametrize(
    "text",
    [
        "Năm 2030, huyện Mèo Vạc thành lập mới 07 HTX.",
        "Năm 2029, huyện Mèo Vạc thành lập mới 04 hợp tác xã nông nghiệp và 02 hợp tác xã phi nông nghiệp.",
        "Theo Kế hoạch số 77/KH-UBND ngày 05/11/2030 của UBND huyện Mèo Vạc, doanh thu bình quân của HTX là 1.234,5 triệu đồng/năm.",
        "Ở huyện Mèo Vạc, Phòng Nông nghiệp chủ trì, phối hợp với Phòng Văn hóa.",
        "Huyện Mèo Vạc chưa có liên hiệp hợp tác xã.",
        "Huyện Mèo Vạc đề nghị tỉnh hỗ trợ 5 tỷ đồng.",
        "Huyện Mèo Vạc đề nghị tỉnh hỗ trợ 5.000 triệu đồng.",
        "Mức hỗ trợ tối đa 50% kinh phí đào tạo, theo Nghị quyết số 45/2028/NQ-HĐND.",
        "Kế hoạch của huyện Mèo Vạc ghi: “Đề nghị tỉnh hỗ trợ 5 tỷ đồng”.",
    ],
)
def test_what_the_paragraph_says_is_grounded(text):
    assert proof(text).ok, proof(text).missing
    assert proof(unicodedata.normalize("NFD", text)).ok
    assert proof(text.replace("hóa", "hoá")).ok


@pytest.mark.parametrize(
    ("text", "missing"),
    [
        ("Năm 2029, huyện Mèo Vạc thành lập mới 07 HTX.", "2029"),  # another year's figure
        ("Năm 2030, huyện Mèo Vạc thành lập mới 04 HTX nông nghiệp.", "2030"),
        ("Năm 2029, huyện Mèo Vạc thành lập mới 02 HTX nông nghiệp.", "nông"),  # another kind's figure
        ("Doanh thu bình quân của HTX huyện Mèo Vạc là 210 triệu đồng.", "doanh"),
        ("Lợi nhuận bình quân của HTX huyện Mèo Vạc là 1.234,5 triệu đồng/năm.", "lợi"),
        ("Doanh thu bình quân của HTX huyện Mèo Vạc là 1.234,5 triệu đồng/tháng.", "tháng"),
        ("Doanh thu bình quân của HTX huyện Mèo Vạc là 1.234,5 tỷ đồng/năm.", "1.234,5 tỷ đồng"),
        ("Ở huyện Mèo Vạc, Phòng Văn hóa chủ trì, phối hợp với Phòng Nông nghiệp.", "chủ"),  # roles turned round
        ("Huyện Mèo Vạc có liên hiệp hợp tác xã.", "lhhtx"),
        ("Huyện Mèo Vạc thu phí đăng ký.", "thu"),
        ("Huyện Mèo Vạc không thành lập mới 07 HTX.", "không"),
        ("Tỉnh đã hỗ trợ huyện Mèo Vạc 5 tỷ đồng.", ""),  # asked for is not given
        ("Tỉnh hỗ trợ huyện Mèo Vạc 5 tỷ đồng.", "Đề nghị"),
        ("Huyện Mèo Vạc phấn đấu năm 2030 thành lập mới 07 HTX.", ""),
        ("Huyện Mèo Vạc hỗ trợ 50% kinh phí đào tạo.", "50%"),  # without its bound
        ("Huyện Mèo Vạc hỗ trợ tối thiểu 50% kinh phí đào tạo.", "50%"),
        ("Kinh phí đào tạo được trả sau ngày 15/12/2030.", "sau"),
        ("Theo Nghị quyết số 46/2028/NQ-HĐND, hỗ trợ tối đa 50% kinh phí đào tạo.", "46/2028/NQ-HĐND"),
        ("Theo Luật Hợp tác xã 2012, huyện Mèo Vạc không thu phí đăng ký.", "Luật"),
        ("Theo Điều 12, huyện Mèo Vạc không thu phí đăng ký.", "dieu 12"),
        ("Huyện Đồng Văn không thu phí đăng ký.", "Đồng Văn"),
        ("Tỉnh Hà Giang không thu phí đăng ký.", "Hà Giang"),  # the province is not the district
        ("Huyện Mèo Vạc cam kết không thu phí đăng ký.", "cam"),
        ("Huyện Mèo Vạc không thu phí đăng ký, xem https://meo-vac.example.", "https://"),
        ("Kế hoạch của huyện Mèo Vạc ghi: “Tỉnh hỗ trợ 5 tỷ đồng”.", "Đề nghị"),
        ("HTX Mật Ong của huyện Mèo Vạc không thu phí đăng ký.", "HTX Mật Ong"),
        ("Giai đoạn 2029-2031, huyện Mèo Vạc thành lập mới 07 HTX.", "2029-2031"),
        ("Huyện Mèo Vạc có 04 HTX.", "nông nghiệp"),  # a part told as the whole
        ("Kế hoạch kinh tế tập thể năm 2032 của huyện Mèo Vạc: không thu phí đăng ký.", "2032"),
    ],
)
def test_what_the_paragraph_does_not_say_is_not(text, missing):
    found = proof(text)
    assert not found.ok
    assert any(missing in m for m in found.missing), found.missing


def test_a_statement_on_papers_of_two_places_says_which():
    other = (
        Document(
            "e", "Kế hoạch", "plan", "81/KH-UBND", "Ủy ban nhân dân huyện Đồng Văn", Place("Đồng Văn", "district", "Hà Giang"), "", None, "y.md", "digest", "v"
        ),
        PARAGRAPH,
    )
    both = [(PAPER, PARAGRAPH), other]
    assert not grounded("Không thu phí đăng ký.", both, lambda d, p: ()).ok
    assert grounded("Huyện Mèo Vạc không thu phí đăng ký.", both, lambda d, p: ()).ok


def test_what_introduces_a_paragraph_counts():
    assert not proof("Trường hợp giải thể, huyện Mèo Vạc không thu phí đăng ký.").ok
    assert proof("Khi giải thể, huyện Mèo Vạc không thu phí đăng ký.", "Khi giải thể:").ok


def test_the_quote_is_the_sentence_that_proves():
    assert quote("Doanh thu bình quân là 1.234,5 triệu đồng.", PARAGRAPH).startswith("Doanh thu bình quân")
    assert quote("Huyện chưa có liên hiệp hợp tác xã.", PARAGRAPH).startswith("Huyện chưa có")


@pytest.mark.parametrize("text", ["", ".", "???", "27", "\x00", "“", "(" * 200, "không " * 50, "a" * 5000])
def test_odd_text_is_no_crash(text):
    assert proof(text).ok in {True, False}


def test_clauses_are_not_cut_inside_figures():
    clauses = [c.text.strip() for c in read("Đạt 1.234,5 triệu đồng, tăng 10,5%; trước ngày 15/12/2030.").clauses]
    assert clauses == ["Đạt 1.234,5 triệu đồng", "tăng 10,5%", "trước ngày 15/12/2030"]


@pytest.mark.parametrize(
    ("text", "denied"),
    [
        ("không thu phí đăng ký xe", {"thu", "phí", "đăng"}),
        ("hỗ trợ không quá 50%", set()),
        ("chưa có HTX nào", {"htx", "nào"}),
        ("không chỉ hỗ trợ vốn", set()),
        ("có hỗ trợ hay không", set()),
    ],
)
def test_denials(text, denied):
    assert {w.key for c in read(text).clauses for w in c.words if w.negated} == denied


def test_references_to_articles():
    assert references("theo khoản 2 Điều 15, Chương III và Phụ lục 1") == ["khoan 2", "dieu 15", "chuong iii", "phu luc 1"]
    assert references("phần lớn; khoản 300 triệu đồng; điều lệ") == []
