from bot.instruments import asks_about_instrument, lines_about
from bot.prove import prove


def test_a_question_about_the_document_itself(understood):
    assert asks_about_instrument(understood("Nghị quyết số 45/2028/NQ-HĐND ban hành ngày nào?"))
    assert asks_about_instrument(understood("Nghị quyết 45/2028/NQ-HĐND của cơ quan nào?"))


def test_a_question_about_what_it_brings_is_none(understood):
    assert not asks_about_instrument(understood("Nghị quyết số 45/2028/NQ-HĐND hỗ trợ cán bộ bao nhiêu tiền?"))


def test_a_bare_number_or_two_numbers_are_none(understood):
    assert not asks_about_instrument(understood("Nghị quyết 45 ban hành ngày nào?"))
    assert not asks_about_instrument(understood("Nghị quyết 45/2028/NQ-HĐND và Nghị quyết 46/2028/NQ-HĐND ban hành ngày nào?"))


def test_one_number_of_two_issuers_gives_two_lines(understood, library):
    lines = lines_about(understood("Nghị quyết số 45/2028/NQ-HĐND ban hành ngày nào?"), library)
    assert len(lines) == 2
    assert "09/12/2028 của HĐND tỉnh Hà Giang" in lines[0].text
    assert "11/07/2028 của HĐND tỉnh Tuyên Quang" in lines[1].text


def test_the_lines_stand_their_proof(understood, library):
    for line in lines_about(understood("Nghị quyết số 45/2028/NQ-HĐND ban hành ngày nào?"), library):
        assert prove(line.text, line.sources, line.beside).ok


def test_the_fullest_mention_is_cited(understood, library):
    first = lines_about(understood("Nghị quyết số 45/2028/NQ-HĐND ban hành ngày nào?"), library)[0]
    assert "quy định chính sách hỗ trợ hợp tác xã" in first.text
    assert first.sources[0][1].anchor == "0-3"


def test_a_paper_of_the_library_is_found_by_its_own_number(understood, library):
    lines = lines_about(understood("Kế hoạch số 77/KH-UBND ban hành ngày nào?"), library)
    assert any("05/11/2030" in line.text for line in lines)


def test_an_unknown_number_gives_no_line(understood, library):
    assert lines_about(understood("Nghị quyết số 99/1999/NQ-HĐND ban hành ngày nào?"), library) == []
