"""Places: provinces and districts by name, typed with or without accents, and the provinces' mergers of July 2025."""

import re
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.model import Place
from knowledge.text import UPPER, fold, has_accents, normalize

_FILE = Path(__file__).with_name("places.toml")
COUNTRY = Place("Việt Nam", "country")
_LEVELS = {
    "tinh": "province", "province": "province", "huyen": "district", "thi xa": "district", "thanh pho": "district", "tp": "district",
    "district": "district", "city": "district", "quan": "district", "h": "district", "xa": "commune", "phuong": "commune",
    "thi tran": "commune", "commune": "commune",
}  # fmt: skip
CITIES = {"ha noi", "ho chi minh", "hai phong", "da nang", "can tho", "hue"}  # cities that are provinces
# Names that are everyday words when typed in lower case without marks: taken as places only after a level word.
_EVERYDAY = {"cao bang", "hoa binh", "thai binh", "binh dinh", "phu yen", "hai duong", "chi lang", "cho moi", "binh son", "ha nam", "chu", "hue"}
_LEVEL_WORD = re.compile(rf"\b({'|'.join(sorted(_LEVELS, key=len, reverse=True))})\.?\s+$")
_AFTER_LEVEL = re.compile(rf"\b(tỉnh|huyện|thị xã|thành phố|quận)\s+((?:[{UPPER}]\w*)(?:\s[{UPPER}]\w*){{0,2}})")


@dataclass(frozen=True)
class PlaceMention:
    """A place named in a text. `said` is the level that was written beside it, "" when none was."""

    place: Place
    said: str
    span: tuple[int, int]


@cache
def _gazetteer() -> dict[str, tuple[Place, ...]]:
    data = tomllib.loads(_FILE.read_text("utf-8"))
    table: dict[str, list[Place]] = {}
    for name in data["provinces"]:
        table.setdefault(fold(name), []).append(Place(name, "province"))
    for province, names in data["districts"].items():
        for name in names:
            table.setdefault(fold(name), []).append(Place(name, "district", province))
    return {name: tuple(places) for name, places in table.items()}


@cache
def merged_into(province: str) -> str:
    """The province that `province` belongs to since 1 July 2025 (its own name when it was not merged, "" when unknown)."""
    table: dict[str, str] = tomllib.loads(_FILE.read_text("utf-8"))["provinces"]
    return table.get(normalize(province), "")


def find(text: str, known: tuple[Place, ...] = ()) -> list[PlaceMention]:
    """Places named in `text`, longest names first, in order. `known` adds places of the library's papers to the gazetteer.

    In text typed with capitals a bare name needs its capital; "huyện Xyz" counts even when no list has it.
    """
    text = normalize(text)
    folded = fold(text)
    names = dict(_gazetteer())
    for place in known:
        have = names.get(fold(place.name), ())
        if place not in have:
            names[fold(place.name)] = (*have, place)
    careful = has_accents(text)
    found: list[PlaceMention] = []
    for name in sorted(names, key=len, reverse=True):
        for m in re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", folded):
            if any(f.span[0] < m.end() and m.start() < f.span[1] for f in found):
                continue
            level = _LEVEL_WORD.search(folded[: m.start()])
            said = _LEVELS[level[1]] if level else ""
            written = text[m.start() : m.end()]
            if not said and ((careful and not written[0].isupper()) or (name in _EVERYDAY and written.islower())):
                continue
            if careful and has_accents(written) and all(normalize(p.name).lower() != written.lower() for p in names[name]):
                continue
            found.append(PlaceMention(_choose(names[name], said, name), said, m.span()))
    for m in _AFTER_LEVEL.finditer(text):
        if not any(f.span[0] < m.end() and m.start() < f.span[1] for f in found):
            level_name = _LEVELS[fold(m[1])]
            found.append(PlaceMention(Place(m[2], level_name), level_name, m.span(2)))
    return sorted(found, key=lambda f: f.span)


def _choose(places: tuple[Place, ...], said: str, name: str) -> Place:
    if name in CITIES:
        said = "province"
    return next((p for p in places if p.level == said), places[0])


def related(asked: PlaceMention, place: Place) -> str:
    """How a paper's place stands to the place asked: "same", "inside" (the paper's lies in it), "part" (it lies in the
    paper's), "country" or "" (another place). Without a level word a shared name is the same place."""
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
