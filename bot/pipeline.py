"""A question's journey: understand -> search -> rank -> choose evidence -> compose -> prove -> notes -> answer."""

from bot.answer import Answer
from knowledge.library import Library


class Assistant:
    """Answers questions from one library. Safe to use from several threads."""

    def __init__(self, library: Library) -> None:
        self.library = library

    def warm(self) -> None:
        """Do the work of the first question ahead of it."""

    def ask(self, text: str, history: tuple[str, ...] = ()) -> Answer:
        """Answer one question. `history` holds the user's earlier turns, oldest first."""
        raise NotImplementedError
