from made_up import statement

from bot.statement import is_formality


def test_phrases_are_found_where_they_stand():
    s = statement("Huyện có 27 hợp tác xã và 412 thành viên.")
    assert s.has(("thanh", "vien"))
    assert not s.has(("vien", "thanh"))
    assert s.at(("htx",)) == (3,)


def test_headings_are_context_and_no_text():
    s = statement("Huyện có 27 hợp tác xã.", "II. Doanh thu năm 2031")
    assert s.in_context(("doanh", "thu"))
    assert not s.has(("doanh", "thu"))
    assert s.in_context(("doanh",))
    assert (s.years, s.context_years) == (frozenset(), frozenset({2031}))


def test_quantities_come_with_their_place_among_the_terms():
    s = statement("Huyện có 27 hợp tác xã và 412 thành viên.")
    assert [(int(q.low), s.terms[i]) for q, i in s.quantities] == [(27, "27"), (412, "412")]


def test_a_target_is_planned_and_a_review_is_not():
    assert statement("Phấn đấu lập 6 hợp tác xã.").planned
    assert statement("Lập 6 hợp tác xã.", "II. Mục tiêu").planned
    assert not statement("Lập 6 hợp tác xã.", "I. Đánh giá kết quả thực hiện chỉ tiêu").planned
    assert not statement("Huyện có 27 hợp tác xã.").planned


def test_the_date_of_a_document_is_told_from_a_date():
    s = statement("Nghị quyết số 45/2028/NQ-HĐND ngày 09/12/2028 áp dụng từ ngày 01/01/2029.")
    assert (s.dates, s.document_dates) == (2, 1)
    assert [n.canonical for n in s.numbers] == ["45/2028/NQ-HĐND"]


def test_the_label_of_a_statement():
    assert statement("Số HTX giải thể: 03 HTX.").label_terms >= {"giai", "the"}
    assert statement("Giải thể 03 HTX.").label_terms == frozenset()


def test_offices_and_lists_are_marked():
    assert statement("Phòng Nông nghiệp chủ trì hướng dẫn.").office
    assert statement("Chè, ngô, lúa và mật ong").list_like


def test_front_and_back_lines_are_formalities():
    assert is_formality(statement("Số: 77/KH-UBND", anchor="0-1").passage)
    assert is_formality(statement("Nơi nhận: VT", anchor="z-1").passage)
    assert not is_formality(statement("Huyện có 27 hợp tác xã.").passage)


def test_an_empty_text_has_nothing():
    s = statement("")
    assert (s.terms, s.quantities, s.has(("htx",))) == ((), (), False)
