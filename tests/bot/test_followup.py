FIRST = "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động năm 2030?"


def names(question):
    return [m.place.name for m in question.places]


def terms(question):
    return {" ".join(c.terms) for c in question.concepts}


def test_another_place_keeps_subject_kind_and_year(understood):
    q = understood(FIRST, "Thế còn huyện Đồng Văn?")
    assert names(q) == ["Đồng Văn"]
    assert (q.wants, q.intent, q.years) == ("count", "figure", (2030,))
    assert "htx" in terms(q)
    assert set(q.inherited) == {"time", "subject"}


def test_another_year_keeps_the_place(understood):
    q = understood(FIRST, "Còn năm 2029?")
    assert (q.years, names(q), q.wants) == ((2029,), ["Mèo Vạc"], "count")
    assert "place" in q.inherited


def test_another_subject_replaces_its_like(understood):
    q = understood("Huyện Mèo Vạc có bao nhiêu hợp tác xã?", "Thế tổ hợp tác?")
    assert "tht" in terms(q)
    assert "htx" not in terms(q)
    assert names(q) == ["Mèo Vạc"]


def test_what_was_said_a_turn_ago_weighs_less(understood):
    q = understood(FIRST, "Thế còn huyện Đồng Văn?")
    assert max(c.weight for c in q.concepts) < 1


def test_a_whole_question_keeps_only_the_place(understood):
    q = understood(FIRST, "Kinh phí bồi dưỡng cán bộ quản lý lấy từ nguồn ngân sách nào?")
    assert names(q) == ["Mèo Vạc"]
    assert q.inherited == ("place",)
    assert q.years == ()


def test_three_turns(understood):
    q = understood(FIRST, "Thế còn huyện Đồng Văn?", "Có bao nhiêu thành viên?")
    assert names(q) == ["Đồng Văn"]
    assert q.wants == "count"
    assert "thanh vien" in terms(q)


def test_small_talk_inherits_nothing(understood):
    q = understood(FIRST, "Cảm ơn bạn")
    assert (q.intent, q.inherited, q.places) == ("smalltalk", (), ())


def test_a_follow_up_in_english(understood):
    q = understood("How many cooperatives does Meo Vac district have?", "What about Dong Van district?")
    assert names(q) == ["Đồng Văn"]
    assert q.wants == "count"


def test_an_empty_earlier_turn_adds_nothing(understood):
    assert understood("", FIRST).concepts == understood(FIRST).concepts
