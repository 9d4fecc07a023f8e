import datetime
import unicodedata

import pytest

from bot.profile import COOPERATIVE, CREDIT, FARM, FINANCE, GROUP, OTHER, UNION, Profile, join, months_old, read
from knowledge.text import fold

TODAY = datetime.date(2031, 3, 1)
WAYS = {"as-typed": str, "nfd": lambda text: unicodedata.normalize("NFD", text), "no-accents": fold, "capitals": str.upper}


def half(text):
    return " ".join(fold(word) if i % 2 else word for i, word in enumerate(text.split(" ")))


@pytest.mark.parametrize("way", [*WAYS.values(), half], ids=[*WAYS, "half-accents"])
def test_one_turn_however_it_is_typed(way):
    profile = read(way("Tôi có 7 người, làm nông nghiệp ở huyện Văn Quan, mới thành lập hợp tác xã"), (), TODAY)
    assert (profile.place.place.name, profile.kind, profile.field, profile.new, profile.people) == ("Văn Quan", COOPERATIVE, FARM, True, 7)


@pytest.mark.parametrize(
    ("turn", "kind"),
    [("htx e o lai chau", COOPERATIVE), ("bên em là THT", GROUP), ("liên hiệp HTX của tôi", UNION), ("QTDND chúng tôi", CREDIT), ("our coop", COOPERATIVE),
     ("chưa biết lập HTX hay tổ hợp tác", ""), ("tổ hợp tác muốn lên hợp tác xã", GROUP), ("nhóm em", "")],
)  # fmt: skip
def test_kinds(turn, kind):
    assert read(turn, (), TODAY).kind == kind


@pytest.mark.parametrize(
    ("turn", "field"),
    [("em trồng quế", FARM), ("e trong che", FARM), ("nuôi gà", FARM), ("làm du lịch cộng đồng", OTHER), ("phi nông nghiệp", OTHER), ("vận tải", OTHER),
     ("dịch vụ nông nghiệp", FARM), ("trong năm nay", ""), ("cho em hỏi", ""), ("quỹ tín dụng nhân dân", FINANCE)],
)  # fmt: skip
def test_fields(turn, field):
    assert read(turn, (), TODAY).field == field


@pytest.mark.parametrize(
    ("turn", "new", "founded"),
    [("mới lập", True, None), ("sắp thành lập", True, None), ("thành lập năm 2019", None, 2019), ("hoạt động 5 năm rồi", None, 2026), ("năm ngoái", None, 2030),
     ("hoạt động lâu năm", False, None), ("moi thanh lap", True, None), ("ở Văn Quan", None, None)],
)  # fmt: skip
def test_ages(turn, new, founded):
    profile = read(turn, (), TODAY)
    assert (profile.new, profile.founded) == (new, founded)


@pytest.mark.parametrize(
    ("turn", "people"), [("7 người", 7), ("bảy hộ", 7), ("nam thanh vien", 5), ("7 ng", 7), ("12 households", 12), ("3 năm", None), ("nhóm", None)]
)
def test_people(turn, people):
    assert read(turn, (), TODAY).people == people


def test_a_bare_word_answers_what_was_asked():
    assert read("lai chau", (), TODAY, "place").place.place.name == "Lai Châu"
    assert read("2028", (), TODAY, "age").founded == 2028
    assert read("không biết", (), TODAY, "field").open == {"field"}
    assert read("bỏ qua", (), TODAY, "place").open == {"place"}


def test_turns_join_and_the_later_one_wins():
    joined = join(read("HTX trồng chè ở Lai Châu, mới lập", (), TODAY), read("tổ hợp tác, lập năm 2020", (), TODAY))
    assert (joined.kind, joined.field, joined.place.place.name, joined.new, joined.founded) == (GROUP, FARM, "Lai Châu", None, 2020)
    assert join(Profile(open=frozenset(["field"])), Profile(field=FARM)).open == frozenset()


def test_months():
    assert months_old(Profile(new=True), TODAY) == 0
    assert months_old(Profile(founded=2029), TODAY) == 15
    assert months_old(Profile(), TODAY) is None
