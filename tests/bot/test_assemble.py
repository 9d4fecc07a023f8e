import datetime
from dataclasses import replace

import pytest

from bot.answer import ComparedFigure
from bot.assemble import Draft, assemble
from bot.draft import Line

TODAY = datetime.date(2031, 3, 1)


@pytest.fixture
def assembled(library, understood, measure):
    """An answer from made-up lines; each is (text, the paragraph it cites)."""

    def of(*lines, question="Huyện Mèo Vạc có bao nhiêu hợp tác xã?", today=TODAY, **about):
        document = library.document("ke-hoach-meo-vac")
        ranked = [measure(question, library.paragraph(document.id, "I.1-1").clean, paper=document, anchor="I.1-1")]
        drafted = [
            Line(text, ((document, library.paragraph(document.id, anchor)),) if anchor else (), "", bullet=i > 0) for i, (text, anchor) in enumerate(lines)
        ]
        return assemble(Draft(understood(question), drafted, ranked, list(library.documents().values()), today, **about), library)

    return of


def test_a_line_that_is_proven_is_shown_with_its_marker(assembled):
    answer = assembled(("Huyện Mèo Vạc có 27 hợp tác xã.", "I.1-1"))
    assert (answer.status, answer.text) == ("answered", "Huyện Mèo Vạc có 27 hợp tác xã. [1]")
    assert answer.statements[0].proof.ok


def test_a_line_that_fails_its_proof_is_dropped(assembled):
    answer = assembled(("Huyện Mèo Vạc có 27 hợp tác xã.", "I.1-1"), ("Có 999 thành viên.", "I.1-2"))
    assert "999" not in answer.text
    assert len(answer.statements) == 1
    assert [c.paragraph.anchor for c in answer.citations] == ["I.1-1"]


def test_nothing_proven_is_a_refusal(assembled):
    answer = assembled(("Huyện Mèo Vạc có 28 hợp tác xã.", "I.1-1"))
    assert answer.status == "not_found"
    assert "28" not in answer.text
    assert answer.statements == ()


def test_markers_count_up_in_the_order_of_use(assembled):
    answer = assembled(("Có 27 hợp tác xã.", "I.1-1"), ("Có 412 thành viên.", "I.1-2"), ("Đúng 27 hợp tác xã.", "I.1-1"))
    assert [s.citations for s in answer.statements] == [(1,), (2,), (1,)]
    assert [c.marker for c in answer.citations] == [1, 2]


def test_bullets_stand_on_lines_of_their_own(assembled):
    assert assembled(("Gồm:", "I.1-1"), ("Có 412 thành viên.", "I.1-2")).text.splitlines()[1] == "- Có 412 thành viên. [2]"


def test_a_doubtful_figure_carries_a_caution(assembled):
    answer = assembled(("Vốn điều lệ bình quân là 1.200 tỷ đồng.", "I.2-2"))
    assert [n.kind for n in answer.notes] == ["caution"]
    assert "Lưu ý" in answer.text
    assert answer.notes[0].citations == (1,)


def test_a_plan_that_is_over_says_so(assembled):
    answer = assembled(("Có 27 hợp tác xã.", "I.1-1"), today=datetime.date(2035, 1, 1))
    assert [n.kind for n in answer.notes] == ["expired"]
    assert "Lưu ý" not in answer.text


def test_a_question_without_a_place_tells_whose_answer_it_is(assembled):
    answer = assembled(("Có 27 hợp tác xã.", "I.1-1"), question="Có bao nhiêu hợp tác xã?")
    assert [n.kind for n in answer.notes] == ["scope"]
    assert "Huyện Mèo Vạc" in answer.notes[0].text


def test_the_scope_is_that_of_the_paper_cited(library, understood, measure):
    near, cited = library.document("ke-hoach-meo-vac"), library.document("ke-hoach-dong-van")
    ranked = [measure("Có bao nhiêu hợp tác xã?", "Có 27 hợp tác xã.", paper=near, anchor="I.1-1")]
    line = Line("Có 41 hợp tác xã.", ((cited, library.paragraph(cited.id, "I.1-1")),), "")
    answer = assemble(Draft(understood("Có bao nhiêu hợp tác xã?"), [line], ranked, list(library.documents().values()), TODAY), library)
    assert "Huyện Đồng Văn" in next(n.text for n in answer.notes if n.kind == "scope")


def test_a_line_without_a_source_has_no_marker_and_no_statement(assembled):
    answer = assembled(("Có 27 hợp tác xã.", "I.1-1"), ("Bắc Sơn: văn bản không nêu.", ""), complete=False)
    assert answer.status == "partial"
    assert answer.text.endswith("văn bản không nêu.")
    assert len(answer.statements) == 1


def test_only_lines_without_a_source_are_a_refusal(assembled):
    assert assembled(("Bắc Sơn: văn bản không nêu.", "")).status == "not_found"


def test_the_other_places_are_suggested(assembled):
    assert assembled(("Có 27 hợp tác xã.", "I.1-1")).suggestions == ("Thế còn huyện Đồng Văn?",)


def test_a_row_that_fails_makes_a_comparison_partial(library, understood, measure):
    question = "So sánh số hợp tác xã của huyện Mèo Vạc và huyện Đồng Văn"
    rows = []
    for name, count in (("ke-hoach-meo-vac", 27), ("ke-hoach-dong-van", 99)):
        document = library.document(name)
        rows.append(Line(f"Có {count} hợp tác xã.", ((document, library.paragraph(name, "I.1-1")),), "", row=(document.place.name, "")))
    ranked = [measure(question, "Có 27 hợp tác xã.", paper=library.document("ke-hoach-meo-vac"), anchor="I.1-1")]
    answer = assemble(Draft(understood(question), rows, ranked, list(library.documents().values()), TODAY), library)
    assert answer.status == "partial"
    assert "99" not in answer.text


def test_a_figure_is_shown_only_with_the_line_that_proves_it(library, understood):
    document = library.document("ke-hoach-meo-vac")
    source = ((document, library.paragraph(document.id, "I.1-1")),)
    told = ComparedFigure("Huyện Mèo Vạc", "Huyện Mèo Vạc", (2030, 2030), 27.0, None, "HTX", "27 hợp tác xã")
    forged = replace(told, value=99.0, printed="99 hợp tác xã")
    lines = [Line("Huyện Mèo Vạc có 27 hợp tác xã.", source, "", figure=told), Line("Huyện Mèo Vạc có 99 hợp tác xã.", source, "", figure=forged)]
    answer = assemble(Draft(understood("Huyện Mèo Vạc có bao nhiêu hợp tác xã?"), lines, [], [document], TODAY), library)
    assert answer.figures == (replace(told, citation=1),)
