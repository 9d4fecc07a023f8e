"""Earlier turns of a conversation as callers send them, made into the user's turns that the assistant takes."""

from collections.abc import Mapping, Sequence

MAX_QUESTION = 1000  # characters, also of an earlier turn that are read; the longest question of the question sets has under 300
MAX_TURNS = 20  # a follow-up leans on the last few turns; more only costs time


def user_turns(history: Sequence[object]) -> tuple[str, ...]:
    """The user's turns, oldest first, of strings (the user's) or {"role", "content"} objects. Raises ValueError for anything else."""
    turns: list[str] = []
    for item in history:
        if isinstance(item, str):
            turns.append(item)
        elif isinstance(item, Mapping) and isinstance(item.get("role"), str) and isinstance(item.get("content"), str):
            if item["role"] == "user":
                turns.append(item["content"])
        else:
            raise ValueError("a turn of history is a string or an object with the strings role and content")
    return tuple(turns)
