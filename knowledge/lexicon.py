"""The lexicon: abbreviations, chat spelling, everyday wording, English terms, stop words (data in lexicon.toml)."""

import tomllib
import unicodedata
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from knowledge.text import TOKEN, fold

_FILE = Path(__file__).with_name("lexicon.toml")
LONGEST_NAME = 5  # syllables in the longest full form of [terms]


@dataclass(frozen=True)
class Lexicon:
    """The tables of lexicon.toml; keys and values are NFC, lower case.

    `names` maps a term to its full form, `abbreviations` and `chat` a written form to its reading, `synonyms` everyday wording
    to the wordings of papers, `english` English to Vietnamese; `opposites` are pairs that must not stand in for each other.
    """

    names: dict[str, str]
    abbreviations: dict[str, str]
    chat: dict[str, str]
    synonyms: dict[str, tuple[str, ...]]
    english: dict[str, str]
    question_words: frozenset[str]
    english_words: frozenset[str]
    opposites: tuple[tuple[str, str], ...]


def _nfc(text: str) -> str:
    return unicodedata.normalize("NFC", text).lower()


@cache
def load() -> Lexicon:
    """Read lexicon.toml once per process."""
    data = tomllib.loads(_FILE.read_text("utf-8"))
    return Lexicon(
        names={k: _nfc(v) for k, v in data["terms"].items()},
        abbreviations={_nfc(k): _nfc(v) for k, v in data["abbreviations"].items()},
        chat={_nfc(k): _nfc(v) for k, v in data["chat"].items()},
        synonyms={_nfc(k): tuple(_nfc(v) for v in vs) for k, vs in data["synonyms"].items()},
        english={k.lower(): _nfc(v) for k, v in data["english"].items()},
        question_words=frozenset(_nfc(w) for w in data["stopwords"]["question"]),
        english_words=frozenset(w.lower() for w in data["stopwords"]["english"]),
        opposites=tuple((_nfc(a), _nfc(b)) for a, b in data["opposites"]["pairs"]),
    )


@cache
def expansions() -> dict[str, tuple[str, ...]]:
    """Folded abbreviation of one token -> folded syllables of its full form ("sxkd" -> san xuat kinh doanh)."""
    return {short[0]: full for short, full in _expansions().items() if len(short) == 1}


@cache
def long_expansions() -> dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]]:
    """First token of an abbreviation of several tokens -> its tokens and full form, longest first ("lh" -> (("lh", "htx"), ...))."""
    table: dict[str, list[tuple[tuple[str, ...], tuple[str, ...]]]] = {}
    for short, full in sorted(_expansions().items(), key=lambda item: -len(item[0])):
        if len(short) > 1:
            table.setdefault(short[0], []).append((short, full))
    return table


def _expansions() -> dict[tuple[str, ...], tuple[str, ...]]:
    table = {tuple(TOKEN.findall(fold(short))): tuple(TOKEN.findall(fold(full))) for short, full in load().abbreviations.items()}
    return {short: full for short, full in table.items() if short and short != full}


@cache
def names() -> dict[tuple[str, ...], str]:
    """Folded syllables of a full form -> its one term (("hop", "tac", "xa") -> "htx")."""
    return {tuple(TOKEN.findall(fold(full))): term for term, full in load().names.items()}
