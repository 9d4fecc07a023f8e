import tomllib
import unicodedata
from pathlib import Path

import pytest
import vietnam_provinces
from hypothesis import given
from hypothesis import strategies as st

from knowledge import places
from knowledge.model import Place
from knowledge.places import COUNTRY, find, merged_into, related
from knowledge.text import normalize

TABLE = tomllib.loads(Path(places.__file__).with_name("places.toml").read_text("utf-8"))
NEW_NAMES = {"Thừa Thiên Huế": "Huế"}  # changed on 1 January 2025, before the mergers
BA_TO = Place("Ba Tơ", "district", "Quảng Ngãi")
BAC_KAN_CITY = Place("Bắc Kạn", "district", "Bắc Kạn")
LAI_CHAU = Place("Lai Châu", "province")


def named(text, known=()):
    return [(m.place.name, m.place.level, m.said) for m in find(text, known)]


def asked(text):
    (mention,) = find(text)
    return mention


def test_there_were_63_provinces_and_there_are_34():
    assert len(TABLE["provinces"].keys() - NEW_NAMES.keys()) == 63
    today = {p.name.removeprefix("Thành phố ") for p in vietnam_provinces.Province.iter_all()}
    assert set(TABLE["provinces"].values()) == today
    assert all(TABLE["provinces"][name] == name for name in today)


def test_aliases_and_districts_belong_to_provinces_of_the_table():
    assert set(TABLE["aliases"].values()) <= TABLE["provinces"].keys()
    assert TABLE["districts"].keys() <= TABLE["provinces"].keys()


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("tỉnh Bắc Kạn", [("Bắc Kạn", "province", "province")]), ("thành phố Bắc Kạn", [("Bắc Kạn", "district", "district")]),
        ("TP. Bắc Kạn", [("Bắc Kạn", "district", "district")]), ("tp.lai châu", [("Lai Châu", "district", "district")]),
        ("Bắc Kạn", [("Bắc Kạn", "province", "")]), ("Lai Châu", [("Lai Châu", "province", "")]),
        ("thành phố Lai Châu", [("Lai Châu", "district", "district")]), ("TỈNH LAI CHÂU", [("Lai Châu", "province", "province")]),
        ("huyện Ba Tơ", [("Ba Tơ", "district", "district")]), ("Ba Tơ", [("Ba Tơ", "district", "")]), ("Hoà Bình", [("Hòa Bình", "province", "")]),
        ("Bà Rịa – Vũng Tàu", [("Bà Rịa - Vũng Tàu", "province", "")]), ("Đăk Lăk", [("Đắk Lắk", "province", "")]),
        ("TP.HCM", [("Hồ Chí Minh", "province", "")]), ("thị xã Đức Phổ", [("Đức Phổ", "district", "district")]), ("Chũ", [("Chũ", "district", "")]),
        ("huyện Thường Tín", [("Thường Tín", "district", "district")]),
        ("các huyện Sìn Hồ, Mường Tè", [("Sìn Hồ", "district", "district"), ("Mường Tè", "district", "")]),
        ("huyện Văn Quan, tỉnh Lạng Sơn", [("Văn Quan", "district", "district"), ("Lạng Sơn", "province", "province")]),
        ("Bac Kan city", [("Bắc Kạn", "district", "district")]), ("Lai Chau province", [("Lai Châu", "province", "province")]),
    ],
)  # fmt: skip
def test_places_with_their_levels(text, found):
    for typed in (text, unicodedata.normalize("NFD", text)):
        assert named(typed) == found


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("ba to co bao nhieu htx", "Ba Tơ"), ("thế còn ba tơ?", "Ba Tơ"), ("huyen van quan", "Văn Quan"), ("lạng son có gì", "Lạng Sơn"),
        ("bắc kan", "Bắc Kạn"), ("lai chau", "Lai Châu"), ("o hoa binh", "Hòa Bình"), ("tại hòa bình", "Hòa Bình"), ("dak lak", "Đắk Lắk"),
        ("tinh bac giang", "Bắc Giang"),
    ],
)  # fmt: skip
def test_places_typed_in_lower_case_with_all_some_or_no_marks(text, name):
    assert [m.place.name for m in find(text)] == [name]


@pytest.mark.parametrize(
    "text",
    [
        "hòa bình", "thái bình", "bình định giá", "cao bằng cấp", "trinh do cao bang", "chợ mới", "chủ tịch", "Chu kỳ vay", "hue", "sơn hà", "làng sơn",
        "quan van", "ba tổ hợp tác", "ba to hop tac", "minh bạch thông tin", "ho tro cho don vi", "quyen va tu nghia vu", "nông lâm đồng bộ",
        "tham gia lai tạo", "luc nam 2025", "nam dinh ky", "dien bien dich benh", "tỉnh Đảng bộ", "Huyện ủy", "huyện Hội Nông dân",
        "thành phố trực thuộc Trung ương", "Ủy ban nhân dân tỉnh", "",
    ],
)  # fmt: skip
def test_everyday_words_are_no_places(text):
    assert named(text) == []


@pytest.mark.parametrize("text", ["liên quan Lạng Sơn", "tham quan Lạng Sơn", "tính Lạng Sơn", "các ngành liên quan lang son"])
def test_words_that_look_like_a_level_are_none(text):
    assert named(text) == [("Lạng Sơn", "province", "")]


def test_places_of_the_librarys_papers_are_known_too():
    meo_vac = Place("Mèo Vạc", "district", "Hà Giang")
    assert named("meo vac") == []
    assert [m.place for m in find("meo vac", (meo_vac,))] == [meo_vac]


def test_spans_point_into_the_normalized_text():
    text = normalize("Ở huyện Ba Tơ và thành phố Hoà Bình")
    assert [text[slice(*m.span)] for m in find(text)] == ["Ba Tơ", "Hòa Bình"]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("Bắc Kạn", "Thái Nguyên"), ("Bắc Giang", "Bắc Ninh"), ("Hoà Bình", "Phú Thọ"), ("Lai Châu", "Lai Châu"), ("Quảng Ngãi", "Quảng Ngãi"),
        ("Nơi khác", ""),
    ],
)  # fmt: skip
def test_mergers_of_july_2025(old, new):
    assert merged_into(old) == new


@pytest.mark.parametrize(
    ("text", "place", "answer"),
    [
        ("huyện Ba Tơ", BA_TO, "same"), ("Ba Tơ", BA_TO, "same"), ("tỉnh Quảng Ngãi", BA_TO, "inside"), ("Lạng Sơn", BA_TO, ""),
        ("Bắc Kạn", BAC_KAN_CITY, "same"), ("thành phố Bắc Kạn", BAC_KAN_CITY, "same"), ("tỉnh Bắc Kạn", BAC_KAN_CITY, "inside"),
        ("Thái Nguyên", BAC_KAN_CITY, "inside"), ("tỉnh Lai Châu", LAI_CHAU, "same"), ("thành phố Lai Châu", LAI_CHAU, "part"),
        ("huyện Sìn Hồ", LAI_CHAU, "part"), ("Bắc Ninh", Place("Bắc Giang", "province"), "inside"), ("Ba Tơ", COUNTRY, "country"),
        ("huyện Văn Quan", BA_TO, ""), ("Bắc Giang", LAI_CHAU, ""),
    ],
)  # fmt: skip
def test_how_a_papers_place_stands_to_the_place_asked(text, place, answer):
    assert related(asked(text), place) == answer


@given(st.text(st.one_of(st.sampled_from("tỉnh huyện Ba Tơ bắc kạn TP. Huế -–"), st.characters())))
def test_any_text_is_read(text):
    composed = normalize(text)
    assert all(0 <= m.span[0] < m.span[1] <= len(composed) for m in find(text))
