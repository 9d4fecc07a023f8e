"""What the pipeline keeps between questions for one state of the library: places, accents, weights of terms, articles."""

import threading

from bot.provisions import Articles
from bot.weights import Weights
from knowledge import lexicon
from knowledge.accents import Accents
from knowledge.library import Library
from knowledge.model import Place


class Reader:
    """Derived facts about the library, made anew when what is visible changes."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._lock = threading.Lock()
        self._documents: object = None
        self._accents: Accents | None = None
        self.weights = Weights(library)
        self.articles = Articles(library)
        self.places: tuple[Place, ...] = ()

    def refresh(self) -> None:
        """Follow the library; cheap when nothing changed."""
        documents = self.library.documents()
        with self._lock:
            if self._documents is not documents:
                self.places = tuple(dict.fromkeys(d.place for d in documents.values() if d.place.level != "country"))
                self.weights = Weights(self.library)
                self.articles = Articles(self.library)
                self._accents = None
                self._documents = documents

    @property
    def accents(self) -> Accents:
        """The accent model, made at the first question without accents or by `warm`."""
        if self._accents is None:
            table = lexicon.load()
            papers = (p.text for d in self.library.documents() for p in self.library.all_passages(d))
            self._accents = Accents([*papers, *table.synonyms, *table.names.values()], [*table.question_words, *table.chat.values()])
        return self._accents
