import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.lawnumbers import find, kind_of, kind_word


def only(text):
    found = find(text)
    assert len(found) == 1, found
    return found[0]


def without_marks(text):
    return "".join(c for c in unicodedata.normalize("NFD", text.replace("đ", "d").replace("Đ", "D")) if not unicodedata.combining(c))


@pytest.mark.parametrize(
    ("text", "canonical", "kind", "issuer", "year"),
    [
        ("Nghị quyết số 08/2019/NQ-HĐND ngày 10/12/2019", "08/2019/NQ-HĐND", "resolution", "hdnd", 2019),
        ("08/2019/NQHĐND", "08/2019/NQ-HĐND", "resolution", "hdnd", 2019),
        ("08/2019/NQ–HĐND", "08/2019/NQ-HĐND", "resolution", "hdnd", 2019),
        ("08 / 2019 / NQ - HĐND", "08/2019/NQ-HĐND", "resolution", "hdnd", 2019),
        ("số08/2019/NQ-HĐND", "08/2019/NQ-HĐND", "resolution", "hdnd", 2019),
        ("Kế hoạch số 272-KH/HU", "272-KH/HU", "plan", "hu", 0),
        ("Nghị quyết 20-NQ/TW", "20-NQ/TW", "resolution", "tw", 0),
        ("Nghị quyết 20-NQ/TƯ", "20-NQ/TW", "resolution", "tw", 0),
        ("nghị quyết số 20 NQ/TW", "20-NQ/TW", "resolution", "tw", 0),
        ("Chương trình 19/Ctr-UBND", "19/Ctr-UBND", "programme", "ubnd", 0),
        ("70/KH-BTVLMHTXVN", "70/KH-BTVLMHTXVN", "plan", "btvlmhtxvn", 0),
        ("Công văn số 1811/SKHĐT-ĐKKD", "1811/SKHĐT-ĐKKD", "letter", "skhdt-dkkd", 0),
        ("3327/UBND-KTN", "3327/UBND-KTN", "letter", "ubnd-ktn", 0),
        ("Luật số 17/2023/QH15", "17/2023/QH15", "law", "qh15", 2023),
        ("Nghị quyết số 55/2010/QH12", "55/2010/QH12", "resolution", "qh12", 2010),
        ("Nghị quyết số 1211/2016/UBTVQH13", "1211/2016/UBTVQH13", "resolution", "ubtvqh13", 2016),
        ("Số: 58/BC – LM", "58/BC-LM", "report", "lm", 0),
        ("Số: 151/KH-UBND", "151/KH-UBND", "plan", "ubnd", 0),
        ("150 kh-ubnd", "150/KH-UBND", "plan", "ubnd", 0),
        ("Quyết định 340/QĐ-TTg", "340/QĐ-TTg", "decision", "ttg", 0),
        ("Thông tư 09/2024/TT-BKHĐT", "09/2024/TT-BKHĐT", "circular", "bkhdt", 2024),
        ("01/2014/TTLT-BNV-BTC", "01/2014/TTLT-BNV-BTC", "circular", "bnv-btc", 2014),
        ("Tờ trình số 12/TTr-SKHĐT", "12/TTr-SKHĐT", "submission", "skhdt", 0),
        ("45/BC-PTCKH", "45/BC-PTCKH", "report", "ptckh", 0),
        ("05/QĐ-HTX", "05/QĐ-HTX", "decision", "htx", 0),
        ("Hướng dẫn 36-HD/VPTW", "36-HD/VPTW", "guidance", "vptw", 0),
        ("1975/QĐ-BNN-KTHT", "1975/QĐ-BNN-KTHT", "decision", "bnn-ktht", 0),
    ],
)  # fmt: skip
def test_full_numbers(text, canonical, kind, issuer, year):
    for typed in (text, unicodedata.normalize("NFD", text)):
        number = only(typed)
        assert (number.canonical, number.kind, number.issuer, number.year, number.partial) == (canonical, kind, issuer, year, False)


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("08/2019/nq-hdnd", "08/2019/NQ-HĐND"), ("113/2024/nd-cp", "113/2024/NĐ-CP"), ("340/qd-ttg", "340/QĐ-TTg"), ("1811/skhdt-dkkd", "1811/SKHĐT-ĐKKD"),
        ("19/ctr-ubnd", "19/Ctr-UBND"),
    ],
)  # fmt: skip
def test_numbers_typed_without_marks_get_them_back(typed, written):
    assert only(typed).canonical == written
    assert only(typed).key == only(written).key
    assert only(typed).matches(only(written))


@pytest.mark.parametrize(
    ("text", "canonical", "kind"),
    [
        ("Nghị quyết 401", "401", "resolution"), ("nghi quyet 401 noi gi", "401", "resolution"), ("NQ401", "401", "resolution"),
        ("nq 08/2019 lang son", "08/2019", "resolution"), ("NQ-08/2019", "08/2019", "resolution"), ("nghị định 113", "113", "decree"),
        ("nd193/2013", "193/2013", "decree"), ("decree no. 113/2024", "113/2024", "decree"), ("kế hoạch số 151", "151", "plan"),
        ("Quyết định 340", "340", "decision"), ("Nghị quyết số 24 năm 2018", "24/2018", "resolution"), ("Luật 17/2023", "17/2023", "law"),
        ("Nghị quyết 13 ngày 18/3/2002", "13", "resolution"),
    ],
)  # fmt: skip
def test_partial_numbers(text, canonical, kind):
    for typed in (text, without_marks(text)):
        number = only(typed)
        assert (number.canonical, number.kind, number.partial) == (canonical, kind, True)


@pytest.mark.parametrize(
    "text",
    [
        "nd-cp", "NĐ-CP", "kế hoạch 5 năm", "Kế hoạch năm 2025", "kế hoạch 2025", "kế hoạch 5 năm 2021-2025", "giai đoạn 2021-2025", "ngày 10/12/2019",
        "60/808 HTX", "24/7", "Số: /KH-UBND", "Luật Hợp tác xã năm 2012", "luật 2023", "Điều 5", "chương trình 135", "quyết định 5 nội dung",
        "nghị quyết 5 khóa IX", "báo cáo 3 tháng", "10/bản - ngày", "1,5 tỷ", "TT 09", "",
    ],
)  # fmt: skip
def test_what_is_no_number(text):
    assert find(text) == []
    assert find(without_marks(text)) == []


def test_numbers_stand_in_order_with_their_spans():
    text = "Nghị quyết số 24 và Nghị quyết số 401; Quyết định 340/QĐ-TTg, Kết luận 70-KL/TW"
    assert [text[a:b] for a, b in (n.span for n in find(text))] == ["24", "401", "340/QĐ-TTg", "70-KL/TW"]


@pytest.mark.parametrize(
    ("a", "b", "answer"),
    [
        ("Nghị quyết 401", "401/NQ-HĐND", True), ("nq 08/2019", "08/2019/NQ-HĐND", True), ("8/2019/NQ-HĐND", "08/2019/NQ-HĐND", True),
        ("Luật số 55/2010/QH12", "Nghị quyết 55/2010/QH12", True), ("Quyết định 401", "401/NQ-HĐND", False), ("08/2018/NQ-HĐND", "08/2019/NQ-HĐND", False),
        ("12/CT-TTg", "12/CT-UBND", False), ("Nghị quyết 40", "401/NQ-HĐND", False),
    ],
)  # fmt: skip
def test_matching(a, b, answer):
    assert only(a).matches(only(b)) is answer
    assert only(b).matches(only(a)) is answer


def test_kinds_have_a_word_and_titles_a_kind():
    assert kind_word("resolution") == "Nghị quyết"
    assert kind_word("nothing") == "Văn bản"
    assert kind_of("**KẾ HOẠCH** Phát triển") == "plan"
    assert kind_of("Phát triển") == ""


@given(st.text(st.one_of(st.sampled_from("0123456789/-–. NQHĐCPTKUBWTƯsốnghịquyếtđ"), st.characters())))
def test_any_text_is_read_and_what_is_found_is_found_again(text):
    composed = unicodedata.normalize("NFC", text)
    for number in find(text):
        assert 0 <= number.span[0] < number.span[1] <= len(composed)
        if not number.partial:
            assert only(number.canonical).key == number.key
