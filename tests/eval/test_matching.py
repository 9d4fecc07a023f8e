import unicodedata

import pytest
from made import DOCUMENT, UNANSWERABLE, answer, case, paragraph

from eval.matching import cited, cited_first, evidence_in, folded, holds, right


@pytest.mark.parametrize(
    ("text", "wanted", "found"),
    [
        ("có 8 HTX", "8 htx", True),
        ("có 28 HTX", "8 htx", False),
        ("gồm 1.740 người", "74", False),
        ("đạt 74,5", "74", False),
        ("đạt 74, còn lại", "74", True),
        ("đạt 74.", "74", True),
        ("1.074", "74", False),
        ("0,74", "74", False),
        ("(74)", "74", True),
        ("năm 2024-2025", "2025", True),
        ("26,3%", "26,3%", True),
        ("126,3%", "26,3%", False),
        ("151/KH-UBND", "51/kh-ubnd", False),
        ("giai đoạn 2021 – 2025", "2021 - 2025", True),
        ("giai đoạn 2021−2025", "2021-2025", True),
        ("**Số  lượng:**\n27 `HTX`", "số lượng: 27 htx", True),
        (unicodedata.normalize("NFD", "Tổ hợp tác"), "tổ hợp tác", True),
        ("a.b", "axb", False),
    ],
)
def test_holds(text, wanted, found):
    assert holds(folded(text), wanted) is found


def test_every_group_wants_one_alternative():
    asked = case(type="list", expects=(("27 htx", "27 hợp tác xã"), ("412",)))
    assert right(asked, answer("27 hợp tác xã, 412 thành viên"))
    assert not right(asked, answer("27 hợp tác xã"))


def test_what_must_not_be_said_makes_an_answer_wrong():
    assert not right(case(must_not=("30 htx",)), answer("27 HTX, nơi khác ghi 30 HTX"))


def test_a_figure_stands_at_the_head():
    late = "x " * 300 + "27 HTX"
    assert not right(case(), answer(late))
    assert right(case(type="support"), answer(late))


def test_an_unanswerable_question_is_right_when_not_answered():
    assert right(case(**UNANSWERABLE), answer(status="not_found"))
    assert not right(case(**UNANSWERABLE), answer("27 HTX", status="partial"))
    assert not right(case(), answer("27 HTX", status="not_found"))


def test_evidence_by_lines():
    assert evidence_in(case(), DOCUMENT, paragraph("27 HTX", 1))
    assert not evidence_in(case(), DOCUMENT, paragraph("27 HTX", 2))
    assert not evidence_in(case(documents=("other.txt",), lines={"meo-vac.md": ((1, 1),)}), DOCUMENT, paragraph("27 HTX", 1))


def test_evidence_by_words():
    asked = case(lines={}, evidence=("có 27 – HTX",))
    assert evidence_in(asked, DOCUMENT, paragraph("Huyện **có 27 - HTX**"))
    assert not evidence_in(asked, DOCUMENT, paragraph("Huyện có 28 HTX"))


def test_cited_anywhere_and_first():
    second = case(lines={"meo-vac.md": ((2, 2),)})
    said = answer("27 HTX", cited=("một", "hai"))
    assert cited(second, said)
    assert not cited_first(second, said)
    assert cited_first(case(), said)


def test_a_comparison_cites_each_paper():
    assert not cited(case(type="compare", documents=("meo-vac.md", "other.txt")), answer("27 HTX"))
    assert cited(case(type="compare"), answer("27 HTX"))
