import datetime
import unicodedata

import pytest

from bot.dialogue import MOST_QUESTIONS, begins, follow, next_slot
from knowledge.text import fold

TODAY = datetime.date(2031, 3, 1)
START = "HTX em được hỗ trợ gì?"


def everything(profile):
    return next_slot(profile, lambda slot: True)


def waiting(*turns):
    found = follow(turns, (), TODAY, everything)
    return found and (found.waiting, found.asked)


@pytest.mark.parametrize(
    "turn",
    [
        "Tôi có 7 người, làm nông nghiệp ở Văn Quan, mới thành lập: được hỗ trợ gì, cần gì?",
        "htx e o van quan dc ho tro j",
        "Nhà mình muốn lập HTX chè ở Lai Châu, có chính sách gì không?",
        "nhóm mình 5 hộ muốn lập tổ hợp tác, nhà nước có giúp gì không",
        "bên tôi là quỹ tín dụng, có ưu đãi gì?",
        "tụi em có đủ điều kiện được hỗ trợ không ạ",
        "What support can our cooperative get in Lai Chau?",
        "HTX chúng tôi mới chuyển từ tổ hợp tác lên, có được miễn giảm gì không?",
        "Bên em 10 thành viên nuôi tôm thì được hưởng gì",
    ],
)
def test_a_person_asks_for_their_own(turn):
    assert all(begins(typed, TODAY) for typed in (turn, fold(turn), unicodedata.normalize("NFD", turn)))


@pytest.mark.parametrize(
    "turn",
    [
        "Hỗ trợ thành lập mới HTX ở Văn Quan bao nhiêu?",
        "Thành phố Bắc Kạn hỗ trợ hợp tác xã những gì?",
        "HTX em được hỗ trợ bao nhiêu tiền?",
        "Em muốn vay vốn Quỹ hỗ trợ phát triển hợp tác xã thì cần gì?",
        "Theo Nghị định 113/2024/NĐ-CP thì HTX em được hỗ trợ gì?",
        "Ba Tơ hỗ trợ được gì cho HTX mới lập?",
        "Liên minh hợp tác xã hỗ trợ gì cho HTX?",
        "Tỉnh đã hỗ trợ HTX tôi những gì?",
        "Tôi định lập HTX ở Lai Châu. Giai đoạn 2021-2025 tỉnh hỗ trợ những khoản gì?",
        "HTX em năm 2024 được hỗ trợ gì?",
        "Thành viên HTX như em được hưởng gì?",
        "Bạn giúp được gì cho mình?",
        "HTX em vay vốn có được hỗ trợ không?",
        "Em muốn thành lập HTX cần gì?",
        "HTX đó làm hay thì được gì, có ai biết tới không?",
    ],
)
def test_a_fact_is_asked_for_as_a_fact(turn):
    assert not begins(turn, TODAY)
    assert not begins(fold(turn), TODAY)


def test_each_slot_is_asked_for_once_and_three_at_most():
    assert waiting(START) == ("place", 1)
    assert waiting(START, "Lai Châu") == ("field", 2)
    assert waiting(START, "Lai Châu", "không biết") == ("age", 3)
    assert waiting(START, "Lai Châu", "không biết", "bỏ qua") == ("", 3)
    nothing = "Bên em có được hỗ trợ gì không?"
    assert waiting(nothing, "bỏ qua", "bỏ qua", "bỏ qua") == ("", MOST_QUESTIONS)  # a fourth slot stays open


def test_an_answer_that_tells_nothing_is_not_asked_again():
    assert waiting(START, "dạ vâng") == ("field", 2)


def test_more_than_was_asked_is_taken():
    assert waiting(START, "em ở Lai Châu, trồng chè, lập năm 2030") == ("", 1)


def test_another_question_ends_the_dialogue():
    assert follow([START, "Huyện Ba Tơ có bao nhiêu hợp tác xã?"], (), TODAY, everything) is None
    assert follow([START, "Huyện Ba Tơ có bao nhiêu hợp tác xã?", "Lai Châu"], (), TODAY, everything) is None
    assert follow(["Lai Châu"], (), TODAY, everything) is None


def test_what_if():
    found = follow([START, "Lai Châu", "trồng chè", "mới lập", "Thế còn tổ hợp tác thì sao?"], (), TODAY, everything)
    assert (found.profile.kind, found.profile.field, found.waiting) == ("tổ hợp tác", "nông nghiệp", "")
