"""How the lists are searched: by words without regard to accents, and by place."""

from collections.abc import Iterable, Sequence

from bot.phrase import place_label
from knowledge import places
from knowledge.model import Document
from knowledge.places import COUNTRY
from knowledge.terms import terms
from knowledge.text import TOKEN, fold


def holds(asked: str, *texts: str) -> bool:
    """True when each word asked stands in the texts, accents aside; abbreviations stand for their words ("ubnd mèo vạc")."""
    hay = " ".join(texts)
    return _all_in(TOKEN.findall(fold(asked)), TOKEN.findall(fold(hay))) or _all_in(terms(asked), terms(hay))


def _all_in(wanted: Sequence[str], words: Sequence[str]) -> bool:
    return bool(wanted) and set(wanted) <= set(words)


def in_place(asked: str, documents: Iterable[Document]) -> list[Document]:
    """The papers of a place as typed ("tinh bac kan", "Việt Nam" for national texts) and of places in it; none for a name that is no place."""
    documents = list(documents)
    mentions = places.find(asked, tuple(d.place for d in documents))
    national = fold(asked) == fold(COUNTRY.name)
    return [
        d for d in documents
        if (national and d.place.level == "country") or any(places.related(m, d.place) in {"same", "inside"} for m in mentions)
    ]  # fmt: skip


def place_options(documents: Iterable[Document], country: str) -> list[tuple[str, str]]:
    """The places of papers as (what to ask for, words), the whole country first as `country`, then by province."""
    found = {}
    for d in documents:
        if d.place.level == "country":
            found[COUNTRY.name] = (0, "", 0, country)
        else:
            label = place_label(d)
            found[label] = (1, fold(d.place.province), int(d.place.level != "province"), label)
    return [(value, key[-1]) for value, key in sorted(found.items(), key=lambda pair: pair[1])]
