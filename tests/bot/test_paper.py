import pytest

from bot.paper import asks_about_paper, lines_about


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Ai ký kế hoạch của huyện Mèo Vạc?", "signer"),
        ("Người ký kế hoạch là ai?", "signer"),
        ("ai ky ke hoach huyen meo vac", "signer"),
        ("Who signed the plan of Meo Vac?", "signer"),
        ("When was the plan of Meo Vac district issued?", "date"),
        ("What is the number of the plan of Meo Vac?", "number"),
        ("Kế hoạch của huyện Mèo Vạc số bao nhiêu?", "number"),
        ("Số hiệu của kế hoạch huyện Mèo Vạc?", "number"),
        ("Kế hoạch huyện Mèo Vạc ban hành ngày nào?", "date"),
        ("Kế hoạch huyện Mèo Vạc ra khi nào?", "date"),
        ("Kế hoạch huyện Mèo Vạc gửi cho ai?", "recipients"),
        ("Nơi nhận của kế hoạch huyện Mèo Vạc?", "recipients"),
        ("Kế hoạch huyện Mèo Vạc giải thể hợp tác xã khi nào?", ""),
        ("Huyện Mèo Vạc có bao nhiêu hợp tác xã?", ""),
        ("Kế hoạch của huyện Mèo Vạc có mục tiêu gì?", ""),
    ],
)
def test_what_is_asked_of_the_paper(understood, question, kind):
    assert asks_about_paper(understood(question)) == kind


@pytest.mark.parametrize(
    ("kind", "said", "anchor"),
    [("signer", "Vừ Mí Nắng", "z-2"), ("number", "77/KH-UBND", "0-1"), ("date", "05/11/2030", "0-2"), ("recipients", "Sở Tài chính", "z-1")],
)
def test_the_answer_stands_in_the_paragraph_it_cites(library, kind, said, anchor):
    (line,) = lines_about(kind, library.document("ke-hoach-meo-vac"), library)
    assert said in line.text
    assert [p.anchor for _, p in line.sources] == [anchor]


@pytest.mark.parametrize("kind", ["signer", "number", "date", "recipients"])
def test_a_paper_that_does_not_say_gives_no_line(library, kind):
    assert lines_about(kind, library.document("ke-hoach-dong-van"), library) == []
