"""Places: provinces and districts by name, typed with or without accents, and the provinces' mergers of July 2025."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.model import Place
from knowledge.text import LOWER, UPPER, fold, has_accents, normalize

_FILE = Path(__file__).with_name("places.toml")
COUNTRY = Place("Việt Nam", "country")
_LEVELS = {
    "tinh": "province", "province": "province", "huyen": "district", "thi xa": "district", "thanh pho": "district", "tp": "district",
    "tx": "district", "district": "district", "city": "district", "quan": "district", "h": "district", "xa": "commune", "phuong": "commune",
    "thi tran": "commune", "commune": "commune",
}  # fmt: skip
# Syllables that fold to a level word but are none: "liên quan Lạng Sơn", "tính đến".
_MARKED_LEVELS = {"tỉnh", "huyện", "thị xã", "thành phố", "quận", "xã", "phường", "thị trấn"}
CITIES = {"ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue"}  # cities that are provinces
# Names that are everyday words when typed in lower case: taken as places only after a level word, or "ở", "tại".
_EVERYDAY = {
    "cao bang", "hoa binh", "thai binh", "binh dinh", "phu yen", "hai duong", "chi lang", "cho moi", "binh son", "ha nam", "chu", "hue", "dien bien",
    "son ha", "binh gia", "dinh lap",
}  # fmt: skip
# Everyday phrases that a name is a piece of: "ba tổ hợp tác", "hỗ trợ cho đơn vị", "quyền và nghĩa vụ", "năm định kỳ".
_PHRASES = re.compile(
    r"\b(?:minh bach thong|ba to hop|cho don (?:vi|gian)|tu nghia vu|nong lam dong|lam dong bo|tham gia lai|nam dinh (?:ky|huong|muc)|luc nam (?:nay|ngoai|\d+)"
    r"|chuc nang da nang|dich vu da nang|da nang (?:luc|suat)|hai phong (?:ban|nao)|yen the nao|dien bien (?:cua|dich|thoi tiet|phuc tap)|mo duc)\b"
)
_LEVEL_WORD = re.compile(rf"(?<!\blien )(?<!\bco )\b({'|'.join(sorted(_LEVELS, key=len, reverse=True))})(?:\.\s*|\s+)$")
_LEVEL_AFTER = re.compile(r"\s+(province|district|city|commune)\b")
_AT = re.compile(r"\b(?:o|tai)\s+$")
_SYLLABLE = re.compile(r"[^\W\d_]+")
_WORD = rf"[{UPPER}][{LOWER}]+"
_COUNTED_DISTRICTS = re.compile(r"\b(?:cac|nhung|may|moi|nhieu|hai|ba|bon|nam|sau|bay|tam|chin|muoi|\d+|bao nhieu|vai)\s+huyen\s+$")
_AFTER_LEVEL = re.compile(rf"\b([Tt]ỉnh|[Hh]uyện|[Tt]hị xã|[Tt]hành phố|[Qq]uận)\s+({_WORD}(?:\s{_WORD}){{0,2}})")
# "tỉnh Đảng bộ", "huyện Hội Nông dân": capitals of an office, not of a place.
_NO_NAME = re.compile(r"(?:đảng|ủy|đoàn|hội(?! an)|mặt|liên(?! chiểu)|ban|năm|về|thường(?! tín| xuân)|chủ|công|phòng|sở)(?!\w)", re.IGNORECASE)


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a text. `said` is the level that was written beside it, "" when none was."""

    place: Place
    said: str
    span: tuple[int, int]


@cache
def _gazetteer() -> dict[str, tuple[tuple[str, Place], ...]]:
    """Folded name -> the places that bear it, each with the spelling of its name."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    places = [(name, Place(name, "province")) for name in data["provinces"]]
    places.extend((alias, Place(name, "province")) for alias, name in data["aliases"].items())
    places.extend((name, Place(name, "district", province)) for province, names in data["districts"].items() for name in names)
    table: dict[str, tuple[tuple[str, Place], ...]] = {}
    for spelling, place in places:
        table[fold(spelling)] = (*table.get(fold(spelling), ()), (spelling, place))
    return table


@cache
def merged_into(province: str) -> str:
    """The province that `province` belongs to since 1 July 2025 (its own name when it was not merged, "" when unknown)."""
    table: dict[str, str] = tomllib.loads(_FILE.read_text("utf-8"))["provinces"]
    return table.get(normalize(province), "")


def find(text: str, known: tuple[Place, ...] = ()) -> list[PlaceMention]:
    """Places named in `text`, longest names first, in order. `known` adds places of the library's papers to the gazetteer.

    A bare name in lower case counts when it is typed with its own marks or with none, and is no everyday word; "huyện Xyz"
    counts even when no list has it. Spans are those of the normalized text.
    """
    text = normalize(text)
    folded = fold(text)
    names = dict(_gazetteer())
    for place in known:
        have = names.get(fold(place.name), ())
        if all(p != place for _, p in have):
            names[fold(place.name)] = (*have, (place.name, place))
    phrases = [m.span() for m in _PHRASES.finditer(folded)]
    found: list[PlaceMention] = []
    for name in sorted(names, key=len, reverse=True):
        for m in _pattern(name).finditer(folded):
            span = (m.start(), m.end())
            meant = tuple(place for spelling, place in names[name] if _spells(text[slice(*span)], spelling))
            if not meant or any(f.span[0] < m.end() and m.start() < f.span[1] for f in found):
                continue
            said = _said(text, folded, span)
            if said == "district" and any(p.level == "province" for p in meant) and _COUNTED_DISTRICTS.search(folded, 0, span[0]):
                said = ""  # "sáu huyện Lai Châu": six districts of the province
            if said or not _everyday(text, folded, span, name, phrases):
                found.append(PlaceMention(_choose(meant, said, name), said, span))
    for m in _AFTER_LEVEL.finditer(text):
        if not any(f.span[0] < m.end() and m.start() < f.span[1] for f in found) and not _NO_NAME.match(m[2]):
            level_name = _LEVELS[fold(m[1])]
            found.append(PlaceMention(Place(m[2], level_name), level_name, m.span(2)))
    return sorted(found, key=lambda f: f.span)


@cache
def _pattern(name: str) -> re.Pattern[str]:
    """A folded name as a pattern; blanks and dashes between its syllables may vary."""
    return re.compile(rf"(?<!\w){'[ -]+'.join(re.escape(s) for s in re.split('[ -]+', name))}(?!\w)")


def _spells(written: str, spelling: str) -> bool:
    """True when each syllable bears the marks of the name's, or none: "Lạng Sơn", "lang sơn", not "làng sơn"."""
    pairs = zip(_SYLLABLE.findall(written.lower()), _SYLLABLE.findall(normalize(spelling).lower()), strict=False)
    return all(own in {right, fold(right)} for own, right in pairs)


def _said(text: str, folded: str, span: tuple[int, int]) -> str:
    """The level written beside a name, "" when none is."""
    before = _LEVEL_WORD.search(folded, 0, span[0])
    if before:
        word = text[before.start(1) : before.end(1)].lower()
        if has_accents(word):
            return _LEVELS[before[1]] if word in _MARKED_LEVELS else ""
        return "" if before[1] in {"quan", "xa", "phuong"} and has_accents(text) else _LEVELS[before[1]]
    after = _LEVEL_AFTER.match(folded, span[1])
    return _LEVELS[after[1]] if after else ""


def _everyday(text: str, folded: str, span: tuple[int, int], name: str, phrases: list[tuple[int, int]]) -> bool:
    """True when a name without a level word is rather an everyday word or a piece of everyday words."""
    written = text[slice(*span)]
    if _AT.search(folded, 0, span[0]):
        return False
    if " " not in name and name in _EVERYDAY and not has_accents(written):
        return True
    return written.islower() and (name in _EVERYDAY or any(a < span[1] and span[0] < b for a, b in phrases))


def _choose(places: tuple[Place, ...], said: str, name: str) -> Place:
    if name in CITIES:
        said = "province"
    return next((p for p in places if p.level == said), places[0])


def related(asked: PlaceMention, place: Place) -> str:
    """How a paper's place stands to the place asked.

    "same", "inside" (the paper's lies in it), "part" (it lies in the paper's), "country" or "" (another place). Without a level
    word a shared name is the same place.
    """
    name, own = fold(asked.place.name), fold(place.name)
    if place.level == "country":
        return "country"
    if name == own:
        if not asked.said or asked.said == place.level or (asked.place.level == place.level):
            return "same"
        return "inside" if asked.said == "province" else "part"
    if place.parent and name == fold(place.parent):
        return "inside"
    if place.parent and name == fold(merged_into(place.parent)) and asked.place.level == "province":
        return "inside"
    if place.level == "province" and name == fold(merged_into(place.name)):
        return "inside"
    if asked.place.parent and fold(asked.place.parent) == own and place.level == "province":
        return "part"
    return ""
