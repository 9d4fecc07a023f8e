import datetime
import re
import unicodedata

import pytest

from knowledge import catalogue, lawnumbers
from knowledge.model import Mention, Place
from knowledge.text import fold

ROWS = catalogue.load()
TODAY = datetime.date(2026, 11, 21)
ISO = re.compile(r"(?:\d{4}(?:-\d\d(?:-\d\d)?)?)?")
BAC_KAN, LANG_SON = Place("Bắc Kạn", "province"), Place("Văn Quan", "district", "Lạng Sơn")


def row(number, territory="Việt Nam"):
    return next(r for r in ROWS if r.number == number and r.territory == territory)


def numbers(rows):
    return {r.number for r in rows}


def test_two_rows_with_one_number_have_two_issuers():
    named = [(r.number, r.issuer) for r in ROWS if r.number]
    assert len(named) == len(set(named))


@pytest.mark.parametrize("r", ROWS, ids=lambda r: f"{r.number}-{r.territory}")
def test_a_row_is_sound(r):
    assert r.kind
    assert r.issuer or r.note
    assert r.title
    assert r.sources
    assert r.status in catalogue.STATUSES
    for name in ("issued_on", "in_force_from", "in_force_to"):
        value = getattr(r, name)
        assert ISO.fullmatch(value)
        assert not value or name in r.dates_from or any(r.sources), f"{name} has no source"


def test_every_date_has_its_source():
    lacking = [(r.number, name) for r in ROWS for name in ("issued_on", "in_force_from", "in_force_to") if getattr(r, name) and name not in r.dates_from]
    assert not lacking


def test_nothing_is_in_force_after_its_end():
    assert not [r.number for r in ROWS if r.in_force_to and r.in_force_to < TODAY.isoformat() and r.status == "in_force"]
    assert not [r.number for r in ROWS if r.ended_by(TODAY) and r.status == "in_force"]


@pytest.mark.parametrize(("one", "other"), [("replaces", "replaced_by"), ("amends", "amended_by")])
def test_relations_go_both_ways(one, other):
    known = numbers(ROWS)
    lacking = [(r.number, n) for r in ROWS for n in getattr(r, one) if n in known and not any(r.number in getattr(o, other) for o in ROWS if o.number == n)]
    assert not lacking


@pytest.mark.parametrize(
    "text",
    ["Nghị quyết 08/2019/NQ-HĐND tỉnh Lạng Sơn", "nq 08/2019 lang son", unicodedata.normalize("NFD", "Nghị quyết số 08/2019/NQ-HĐND của Lạng Sơn")],
    ids=["full", "folded", "nfd"],
)
def test_a_text_is_looked_up_by_number_and_place(text):
    assert [(r.number, r.territory) for r in catalogue.look_up(text)] == [("08/2019/NQ-HĐND", "tỉnh Lạng Sơn")]


def test_a_number_that_two_provinces_gave_is_two_texts():
    assert {r.territory for r in catalogue.look_up("Nghị quyết 08/2019/NQ-HĐND")} == {"tỉnh Bắc Kạn", "tỉnh Lạng Sơn"}


@pytest.mark.parametrize("text", ["Luật Hợp tác xã năm 2012", "luat htx 2012", "luật hợp tác xã 2012"])
def test_a_law_is_looked_up_by_its_year(text):
    assert numbers(catalogue.look_up(text)) == {"23/2012/QH13"}


def test_a_bare_number_is_looked_up_with_its_kind():
    assert [r.territory for r in catalogue.look_up("Nghị quyết 401 của Bắc Giang")] == ["tỉnh Bắc Giang"]


def test_nothing_is_looked_up_in_vain():
    assert catalogue.look_up("hợp tác xã") == []
    assert catalogue.look_up("Nghị định 9999/2099/NĐ-CP") == []


def test_a_mention_means_the_text_of_its_own_province():
    (number,) = lawnumbers.find("Nghị quyết số 08/2019/NQ-HĐND")
    assert catalogue.resolve(number) is None
    assert catalogue.resolve(number, place=BAC_KAN).territory == "tỉnh Bắc Kạn"
    assert catalogue.resolve(number, place=LANG_SON).territory == "tỉnh Lạng Sơn"
    assert catalogue.resolve(number, issuer="HĐND tỉnh Lạng Sơn", place=BAC_KAN).territory == "tỉnh Lạng Sơn"
    mention = Mention("a", number, "2019-12-10", "HĐND tỉnh Lạng Sơn", "")
    assert catalogue.of_mention(mention, BAC_KAN).territory == "tỉnh Lạng Sơn"


def test_the_law_of_a_day():
    old, new = row("23/2012/QH13"), row("17/2023/QH15")
    before, after = datetime.date(2024, 6, 30), datetime.date(2024, 7, 1)
    assert not old.ended_by(before)
    assert old.ended_by(after)
    assert not new.began_by(before)
    assert new.began_by(after)
    assert catalogue.successors(old, after) == [new]
    assert catalogue.successors(old, before) == []


def test_laws_on_cooperatives_stand_by_age():
    laws = catalogue.cooperative_laws()
    assert [r.issued_on for r in laws] == sorted(r.issued_on for r in laws)
    assert laws[-1].number == "17/2023/QH15"


def test_a_name_says_whose_a_local_text_is():
    assert row("17/2023/QH15").name == "Luật 17/2023/QH15"
    assert "Lạng Sơn" in row("08/2019/NQ-HĐND", "tỉnh Lạng Sơn").name
    assert fold(row("92/2024/NĐ-CP").name).startswith("nghi dinh")
