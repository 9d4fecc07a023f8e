from bot.concepts import concepts, noun_after_quantity
from knowledge.model import Place

KNOWN = (Place("Mèo Vạc", "district", "Hà Giang"),)


def words(text, sure=True):
    return [c.words for c in concepts(text, KNOWN, sure)]


def test_content_words_are_kept_and_question_words_dropped():
    assert words("Doanh thu bình quân là bao nhiêu?") == ["doanh thu", "bình quân"]


def test_the_place_of_a_paper_its_level_and_years_are_no_concepts():
    found = words("Năm 2031 huyện Mèo Vạc thành lập mới bao nhiêu hợp tác xã?")
    assert not {"mèo", "vạc", "huyện", "2031", "năm"} & {w for f in found for w in f.split()}


def test_another_place_stays_a_concept():
    assert any("khâu" in f for f in words("Chợ Khâu Vai bán gì?"))


def test_names_of_one_meaning_are_one_term():
    assert concepts("hợp tác xã", KNOWN, True)[0].terms == concepts("HTX", KNOWN, True)[0].terms == ("htx",)


def test_function_words_inside_compounds_stay():
    assert "chỉ tiêu" in words("Chỉ tiêu của hợp tác xã")


def test_document_numbers_are_no_concepts():
    assert words("Nghị quyết số 45/2028/NQ-HĐND hỗ trợ gì?") == words("Nghị quyết số hỗ trợ gì?")


def test_everyday_wording_brings_the_wording_of_papers():
    assert any(c.others for c in concepts("nông dân đi vay vốn", KNOWN, True))


def test_a_concept_is_named_once():
    found = concepts("doanh thu, doanh thu và doanh thu", KNOWN, True)
    assert [c.terms for c in found].count(("doanh", "thu")) == 1


def test_unit_words_weigh_less():
    money = next(c for c in concepts("Số tiền hỗ trợ là bao nhiêu?", KNOWN, True) if "tiền" in c.words)
    assert money.weight < 1


def test_noun_after_how_many():
    assert noun_after_quantity("có bao nhiêu thành viên") == ("thanh", "vien")
    assert noun_after_quantity("có mấy hợp tác xã")[:1] == ("htx",)
    assert noun_after_quantity("Doanh thu thế nào") == ()


def test_no_words_no_concepts():
    assert words("") == []
    assert words("?!…") == []
