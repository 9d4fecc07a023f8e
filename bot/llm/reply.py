"""Reply: the statements of a language model's answer, read off while it is still being written."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from langchain_core.utils.json import parse_partial_json

from knowledge.text import normalize

_LONGEST = 450  # characters of a statement; a longer one is no statement
_MOST = 12  # statements of a reply that are looked at
# What reasoning models write before they answer; some templates leave out the opening tag.
_THOUGHT = re.compile(r"\A.*</think>|<think>.*\Z", re.DOTALL)


@dataclass(frozen=True)
class Said:
    """A statement as the model wrote it, with the names of the evidence it gives for it."""

    text: str
    ids: tuple[str, ...]


class Reply:
    """Takes a reply piece by piece and gives each statement once, when it is whole. Whatever is no such reply gives none."""

    def __init__(self) -> None:
        self._text = ""
        self._given = 0

    def hear(self, piece: str) -> Iterator[Said]:
        """The statements that have become whole with this piece: those that another one follows."""
        self._text += piece
        if self._given < _MOST and not {"{", "}", '"'}.isdisjoint(piece):  # nothing else can begin or end a statement
            yield from self._new(_items(self._text)[:-1])

    def end(self) -> Iterator[Said]:
        """The statements that are left when the reply has ended; a last one that was cut off is none."""
        items = _items(self._text)
        yield from self._new(items if _closed(self._text) else items[:-1])

    def _new(self, items: list[Any]) -> Iterator[Said]:
        fresh = items[self._given : _MOST]
        self._given = max(self._given, len(items))
        for item in fresh:
            yield said_of(item)


def said_of(item: Any) -> Said:
    """An item of the reply as a statement; one of another shape has no source and so no proof."""
    members = item if isinstance(item, dict) else {}
    text, ids = members.get("text"), members.get("ids")
    ids = [ids] if isinstance(ids, str) else ids if isinstance(ids, list) else []
    shown = _clean(text) if isinstance(text, str) else ""
    return Said(shown if len(shown) <= _LONGEST else "", tuple(i for i in ids if isinstance(i, str)))


def statements_of(text: str) -> list[Said]:
    """The statements of a whole reply."""
    reply = Reply()
    return [*reply.hear(text), *reply.end()]


def questions_of(text: str) -> list[str]:
    """The questions of a whole reply to the prompt that restates; [] when it is none."""
    found = _parsed(text).get("questions") if _closed(text) else None
    return [_clean(q) for q in found if isinstance(q, str) and q.strip()] if isinstance(found, list) else []


def _clean(text: str) -> str:
    """Text on one line as it is proven and shown; half a character of JSON, which could not be sent on, becomes "?"."""
    return re.sub(r"\s+", " ", normalize(text.encode(errors="replace").decode())).strip()


def _items(text: str) -> list[Any]:
    found = _parsed(text).get("statements")
    return found if isinstance(found, list) else []


def _parsed(text: str) -> dict[str, Any]:
    """The object in a reply, cut off or not, with or without a fence around it; {} when there is none."""
    text = _THOUGHT.sub("", text)
    start = text.find("{")
    if start < 0:
        return {}
    try:
        whole, _ = json.JSONDecoder().raw_decode(text, start)
    except ValueError:
        try:
            whole = parse_partial_json(text[start:])
        except (ValueError, RecursionError):
            return {}
    except RecursionError:
        return {}
    return whole if isinstance(whole, dict) else {}


def _closed(text: str) -> bool:
    """True when the object in a reply is whole."""
    text = _THOUGHT.sub("", text)
    start = text.find("{")
    try:
        json.JSONDecoder().raw_decode(text, max(0, start))
    except (ValueError, RecursionError):
        return False
    return start >= 0
