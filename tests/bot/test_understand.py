import unicodedata


def names(question):
    return [m.place.name for m in question.places]


def test_place_year_intent_and_kind_of_value(understood):
    q = understood("Năm 2031 huyện Mèo Vạc phấn đấu thành lập mới bao nhiêu hợp tác xã?")
    assert names(q) == ["Mèo Vạc"]
    assert q.years == (2031,)
    assert (q.intent, q.wants, q.noun[:1], q.planned) == ("target", "count", ("htx",), True)


def test_without_accents_gives_the_same(understood):
    marked, plain = understood("Huyện Mèo Vạc có bao nhiêu thành viên?"), understood("huyen meo vac co bao nhieu thanh vien?")
    assert names(plain) == names(marked)
    assert plain.wants == marked.wants
    assert [c.terms for c in plain.concepts] == [c.terms for c in marked.concepts]
    assert marked.accented
    assert not plain.accented


def test_decomposed_letters_give_the_same(understood):
    text = "Huyện Mèo Vạc có bao nhiêu thành viên?"
    assert understood(unicodedata.normalize("NFD", text)) == understood(text)


def test_english_becomes_the_wording_of_papers(understood):
    q = understood("How many cooperatives are operating in Meo Vac district?")
    assert (q.language, q.wants, names(q)) == ("en", "count", ["Mèo Vạc"])
    assert ("htx",) in [c.terms for c in q.concepts]


def test_the_province_that_only_says_where_is_left_out(understood):
    assert names(understood("Huyện Mèo Vạc, tỉnh Hà Giang có mấy HTX?")) == ["Mèo Vạc"]


def test_two_places_stay_two(understood):
    q = understood("So sánh huyện Mèo Vạc và huyện Đồng Văn")
    assert names(q) == ["Mèo Vạc", "Đồng Văn"]
    assert q.intent == "compare"


def test_a_place_named_twice_counts_once(understood):
    assert names(understood("Huyện Mèo Vạc ở đâu, Mèo Vạc có gì?")) == ["Mèo Vạc"]


def test_years_of_a_period(understood):
    assert understood("Giai đoạn 2026-2030 có mấy HTX?").years == (2026, 2030)


def test_the_year_of_a_law_is_no_time_asked_for(understood):
    assert understood("Luật Hợp tác xã năm 2023 quy định gì?").years == ()
    assert understood("What does the 2023 cooperative law say?").years == ()


def test_the_year_of_a_document_number_is_no_time_asked_for(understood):
    q = understood("Năm 2031 hỗ trợ bao nhiêu theo Nghị quyết 45/2028/NQ-HĐND?")
    assert q.years == (2031,)
    assert [n.canonical for n in q.numbers] == ["45/2028/NQ-HĐND"]


def test_figures_that_the_question_gives(understood):
    q = understood("Trong 27 hợp tác xã có mấy hợp tác xã yếu kém?")
    assert [int(g.low) for g in q.given] == [27]


def test_no_history_means_nothing_inherited(understood):
    q = understood("Huyện Mèo Vạc có mấy HTX?")
    assert (q.history, q.inherited) == ((), ())
