"""Understand a question: language, spelling, places, years, document numbers, intent, and the concepts to look for."""

import re
from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from bot import followup
from bot.concepts import concepts, noun_after_quantity
from bot.intents import intent_of, planned_of, wants_of
from bot.question import Question
from bot.spelling import from_english, language_of, spell
from knowledge import attack, lawnumbers, numbers, places
from knowledge.accents import Accents
from knowledge.model import Place
from knowledge.places import PlaceMention, merged_into
from knowledge.text import fold, has_accents, normalize

# The year of a law's name is no time asked for.
_LAW_YEAR = re.compile(r"\b(?:luat|law)(?:\s\w+){0,4}?\s(?:nam\s)?(?:19|20)\d\d\b|\b(?:19|20)\d\d (?:cooperative )?law\b")


_MERGED = re.compile(r"\bcu\b|\btruoc (?:day|kia|sap nhap)\b|\bsap nhap\b|\bnay (?:la|thuoc)\b|\bgio (?:la|thuoc)\b|\bformer(?:ly)?\b")
_JOINED = re.compile(r"\b(?:va|voi|hay|hoac|so sanh|so voi|hon|nhat|and|or|than|compare)\b|,")
_JOINED_TO = re.compile(r"(?:\b(?:va|voi|hay|hoac|hon)|,)\s+(?:(?:tinh|huyen|thanh pho|tp|thi xa|xa|ben|o) )?$")
# "thị xã Đức Phổ, sát bên Ba Tơ": the second place only says where the first one lies.
_NEXT_TO = re.compile(r"\b(?:sat|sat ben|ben canh|canh|giap|gan|ke|ke ben|next to|near) (?:voi )?(?:(?:tinh|huyen|thanh pho|tp|thi xa|xa) )?$")


Forgotten = Mapping[str, int]
"""Of "place", "time" and "subject" how many of the earliest turns no longer give it: what a person has taken back."""
NOTHING: Forgotten = MappingProxyType({})


def understand(text: str, history: tuple[str, ...], accents: Accents, known: tuple[Place, ...], forgotten: Forgotten = NOTHING) -> Question:
    """The question as understood. `history` holds the user's earlier turns, oldest first; `known` the library's places."""
    question = _single(text, accents, known)
    # An earlier turn that gave orders is as if not said.
    turns = [_forgetting(_single(turn, accents, known), i, forgotten) for i, turn in enumerate(history) if not attack.commands(turn)]
    if turns:
        earlier = turns[-1]
        for turn in reversed(turns[:-1]):  # an earlier turn fills what the last one left open
            earlier = followup.resolve(earlier, turn)
        question = followup.resolve(question, earlier)
        question = replace(question, history=history)
    return question


def _forgetting(turn: Question, index: int, forgotten: Forgotten) -> Question:
    """A turn without what a person has taken back of it."""
    return replace(
        turn,
        places=() if index < forgotten.get("place", 0) else turn.places,
        years=() if index < forgotten.get("time", 0) else turn.years,
        concepts=() if index < forgotten.get("subject", 0) else turn.concepts,
    )


def _single(text: str, accents: Accents, known: tuple[Place, ...]) -> Question:
    asked = normalize(text).strip()
    language = language_of(asked)
    sure = language == "en" or has_accents(asked)
    plain = from_english(asked) if language == "en" else spell(asked)
    if not sure:
        plain = accents.restore(plain)
    found = _distinct(asked, _asked_of(asked, [m for m in places.find(asked, known) if not _NEXT_TO.search(fold(asked[: m.span[0]]))], known))
    wants = wants_of(plain)
    return Question(
        asked=asked,
        standalone=plain,
        language=language,
        intent=intent_of(asked if language == "en" else plain, plain, len(found)),
        wants=wants,
        # Words turned from English do not stand in the order that tells what is counted.
        noun=noun_after_quantity(plain) if wants in {"count", "duration"} and language == "vi" else (),
        concepts=tuple(concepts(plain, known, sure)),
        places=tuple(found),
        years=tuple(dict.fromkeys(numbers.years(_time_only(plain)))),
        numbers=tuple(lawnumbers.find(asked)),
        planned=planned_of(plain),
        accented=language == "vi" and sure,
        given=tuple(numbers.quantities(plain)),
    )


def _asked_of(asked: str, found: list[PlaceMention], known: tuple[Place, ...]) -> list[PlaceMention]:
    """Places without those that no paper is about, when one is that a paper is about and nothing joins the two ("hội chợ ở Đà Nẵng")."""
    inside = [m for m in found if any(places.related(m, place) for place in known)]
    if not has_accents(asked):
        # "van quan dinh lap them": without marks the words of a sentence are names of places too.
        own = [m for m in inside if m.said or any(places.related(m, place) == "same" for place in known)]
        inside = own or inside
    if not inside or len(inside) == len(found):
        return found
    if not has_accents(asked):
        # "dinh lap", "nam dinh": a place that only looks like one is joined to nothing.
        plain = fold(asked)
        return [m for m in found if m in inside or m.said or _JOINED_TO.search(plain[: m.span[0]])]
    return found if _JOINED.search(fold(asked)) else inside


def _distinct(asked: str, found: list[PlaceMention]) -> list[PlaceMention]:
    """Places named, each once, without those that only say where another one lies ("huyện Văn Quan, Lạng Sơn")."""
    result: list[PlaceMention] = []
    old = bool(_MERGED.search(fold(asked)))
    for mention in found:
        name = fold(mention.place.name)
        wider = any(fold(o.place.parent) == name and fold(o.place.name) != name for o in found)
        # "tỉnh Thái Nguyên (Bắc Kạn cũ)": the new province only says where the old one went.
        wider = wider or (
            old and any(o is not mention and o.place.province != mention.place.province and fold(merged_into(o.place.province)) == name for o in found)
        )
        if not wider and not any(fold(r.place.name) == name for r in result):
            result.append(mention)
    return result


def _time_only(plain: str) -> str:
    """The folded text without document numbers and names of laws, whose years are no time asked for."""
    folded = fold(plain)
    for number in lawnumbers.find(plain):
        folded = folded[: number.span[0]] + " " * (number.span[1] - number.span[0]) + folded[number.span[1] :]
    return _LAW_YEAR.sub(" ", folded)
