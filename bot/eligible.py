"""Eligible: which programmes of the library are for a profile on a day, where, and which are not and why."""

import datetime
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from bot import clock
from bot.profile import COOPERATIVE, CREDIT, FARM, FINANCE, GROUP, KINDS, OTHER, Profile, months_old
from bot.programmes import BENEFIT, COUNTRYSIDE, Programme
from knowledge.places import PlaceMention, merged_into, related
from knowledge.text import fold

HOLDS, UNSURE, OVER, NOT_YET = "holds", "unsure", "over", "not yet"
YOUNG = 12  # months that a founding counts as new where the paper says no more than "mới thành lập"
MERGERS = "2025-07-01"  # what a province gave before it was merged away may hold no more


@dataclass(frozen=True)
class Found:
    """Benefits for a profile, those of the place and those of the whole country apart; `others` fit but for what `lacking` calls each."""

    local: tuple[Programme, ...]
    national: tuple[Programme, ...]
    others: tuple[tuple[str, Programme], ...]


def state(programme: Programme, day: datetime.date) -> str:
    """Whether a programme holds on a day, as far as its words, its paper's period and the catalogue say."""
    document, row = programme.document, clock.row_of(programme.document)
    last = min(years[1] for years in (programme.years, document.period, (0, 9999)) if years)
    if programme.over or last < day.year or (row is not None and row.ended_by(day)):
        return OVER
    if (row is not None and not row.began_by(day)) or (programme.years and programme.years[0] > day.year):
        return NOT_YET
    known = row is not None and row.status == "in_force"
    province = document.place.province
    merged = document.place.level != "country" and merged_into(province) not in {"", province} and document.issued_on < MERGERS
    if programme.unsure or (not known and (row is not None or merged)):
        return UNSURE
    return HOLDS


def find(programmes: Iterable[Programme], profile: Profile, day: datetime.date) -> Found:
    """The benefits for a profile. Of the whole country only what holds; of its place also what is over or unsure, for people still ask for it."""
    local: list[Programme] = []
    national: list[Programme] = []
    others: list[tuple[str, Programme]] = []
    for programme in programmes:
        if programme.role != BENEFIT or state(programme, day) == NOT_YET:
            continue
        near = is_local(programme)
        if (near and not applies(profile.place, programme)) or (not near and state(programme, day) != HOLDS):
            continue
        missing = lacking(programme, profile, day)
        if not missing:
            (local if near else national).append(programme)
        elif missing != "kind" and state(programme, day) != OVER and not programme.converts:
            others.append((missing, programme))
    return Found(tuple(local), tuple(national), tuple(others))


def is_local(programme: Programme) -> bool:
    """True when a programme is of one place, by its paper or by its own words."""
    return programme.document.place.level != "country" or bool(programme.places)


def applies(asked: PlaceMention | None, programme: Programme) -> bool:
    """True when a local programme is one of the place asked about: of the place, of what it lies in, of the province it was merged into."""
    if asked is None:
        return False
    province = asked.place.province or asked.place.name
    own = {fold(province), fold(merged_into(province) or province)}
    if programme.document.place.level == "country":
        return any(fold(name) in own for name in programme.places)
    place = programme.document.place
    how = related(asked, place)
    if how == "inside":  # of a province that has become a part of the one asked about; a district's are for that district alone
        return place.level == "province"
    return how in {"same", "part"} or (place.level == "province" and fold(place.name) in own and programme.document.issued_on >= MERGERS)


def for_kind(programme: Programme, kind: str) -> bool:
    """True when a programme is for a kind of organisation ("": for any). A credit fund is a cooperative where it is not excepted."""
    if not kind:
        return bool(programme.kinds & frozenset(KINDS))
    if kind in programme.excepted:
        return False
    return kind in programme.kinds or (kind == CREDIT and COOPERATIVE in programme.kinds)


def lacking(programme: Programme, profile: Profile, day: datetime.date) -> str:
    """What keeps a profile from a programme: "kind", "field", "age", or "" when nothing that was told does."""
    if not for_kind(programme, profile.kind) or (programme.converts and not (profile.kind == GROUP or profile.converts)):
        return "kind"
    if programme.field == FINANCE and profile.field != FINANCE:
        return "kind"
    if profile.field and not _in_field(programme.field, profile.field):
        return "field"
    age = months_old(profile, day)
    if programme.new and (profile.new is False or (age is not None and age > (programme.months or YOUNG))):
        return "age"
    return ""


def _in_field(of_programme: str, own: str) -> bool:
    if of_programme == COUNTRYSIDE:
        return own in {FARM, OTHER}
    return of_programme in {"", own} or (of_programme == OTHER and own == FINANCE)


def matters(slot: str, programmes: Sequence[Programme], profile: Profile, day: datetime.date) -> bool:
    """True when the answer to a question would change the list."""
    if slot == "place":
        return any(is_local(p) for p in programmes if p.role == BENEFIT)
    variants = {
        "kind": [replace(profile, kind=kind, field=FINANCE if kind == CREDIT else profile.field) for kind in KINDS],
        "field": [replace(profile, field=field) for field in (FARM, OTHER)],
        "age": [replace(profile, new=True), replace(profile, new=False)],
    }[slot]
    lists = [find(programmes, variant, day) for variant in variants]
    kept = [([p for p in found.local if state(p, day) != OVER], found.national) for found in lists]  # to ask for what is over is to ask in vain
    return any(found != kept[0] for found in kept)
