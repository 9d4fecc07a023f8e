"""Topic: what a conversation is about by now - what a follow-up would take over of it - and what a person has taken back.

It is read from the turns that the browser keeps. A turn's "forgot" names the kinds that were taken back when it was the newest one: they
are forgotten of it and of all turns before it.
"""

from collections.abc import Mapping, Sequence
from typing import Any, Literal, get_args

Kind = Literal["place", "time", "subject"]
KINDS: tuple[Kind, ...] = get_args(Kind)
Turns = Sequence[Mapping[str, Any]]  # {"question": str, "answer": the answer's JSON, "forgot": kinds}, oldest first


def topic(turns: Turns) -> dict[Kind, str]:
    """What a question that leaves it unsaid would take over, in words, by kind; {} when there is nothing."""
    at, about = _newest(turns)
    if not about:
        return {}
    gone = forgotten(turns)
    return {kind: words for kind, words in _told(about).items() if words and gone.get(kind, 0) <= at}


def forgotten(turns: Turns) -> dict[str, int]:
    """By kind, of how many of the earliest turns it was taken back (as Assistant.ask takes it); kinds that were not are left out."""
    counts = {kind: max((i for i, turn in enumerate(turns, start=1) if kind in (turn.get("forgot") or ())), default=0) for kind in KINDS}
    return {kind: count for kind, count in counts.items() if count}


def taken_back(turns: Turns, kind: Kind) -> str:
    """The words of what the newest turn says is forgotten of a kind; "" when there was nothing of it."""
    if not turns:
        return ""
    last = {**turns[-1], "forgot": [other for other in turns[-1].get("forgot") or () if other != kind]}
    return topic([*turns[:-1], last]).get(kind, "")


def _newest(turns: Turns) -> tuple[int, Mapping[str, Any] | None]:
    """What the newest turn that counts was understood to be about, and where it stands: one that gave orders is as if not said."""
    for at in range(len(turns) - 1, -1, -1):
        if turns[at]["answer"]["status"] != "refused":
            about: Mapping[str, Any] | None = turns[at]["answer"].get("about")
            return at, about
    return -1, None


def _told(about: Mapping[str, Any]) -> dict[Kind, str]:
    subject = f"“{about['subject']}”" if about["subject"] else ""
    return {"place": ", ".join(about["places"]), "time": _years(sorted(about["years"])), "subject": subject}


def _years(years: Sequence[int]) -> str:
    """Years in words, a run of three or more as "2021–2025"."""
    run = len(years) > 2 and years[-1] - years[0] == len(years) - 1
    return f"{years[0]}–{years[-1]}" if run else ", ".join(map(str, years))
