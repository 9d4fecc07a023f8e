"""What the pipeline keeps between questions for one state of the library: places, accents, weights of terms, articles."""

import threading

from bot.askings import Askings
from bot.figures import Entry, entries
from bot.programmes import Programme
from bot.programmes import read as read_programmes
from bot.provisions import Articles
from bot.weights import Weights
from knowledge import lexicon
from knowledge.accents import Accents
from knowledge.library import Library
from knowledge.model import Place


class Reader:
    """Derived facts about the library, made anew when what is visible changes."""

    def __init__(self, library: Library, known: bool = True) -> None:
        self.library = library
        self._known = known
        self._lock = threading.Lock()
        self._making = threading.RLock()  # what two questions need at once is made once
        self._documents: object = None
        self._accents: Accents | None = None
        self._programmes: tuple[Programme, ...] | None = None
        self.weights = Weights(library)
        self.articles = Articles(library)
        self.places: tuple[Place, ...] = ()
        self._figures: list[Entry] | None = None
        self._askings: Askings | None = None

    def refresh(self) -> None:
        """Follow the library; cheap when nothing changed."""
        documents = self.library.documents()
        with self._lock:
            if self._documents is not documents:
                self.places = tuple(dict.fromkeys(d.place for d in documents.values() if d.place.level != "country"))
                self.weights = Weights(self.library)
                self.articles = Articles(self.library)
                self._accents = None
                self._figures = None
                self._askings = None
                self._programmes = None
                self._documents = documents

    @property
    def accents(self) -> Accents:
        """The accent model, made at the first question without accents or by `warm`."""
        with self._making:
            if self._accents is None:
                table = lexicon.load()
                papers = (p.text for d in self.library.documents() for p in self.library.all_passages(d))
                self._accents = Accents([*papers, *table.synonyms, *table.names.values()], [*table.question_words, *table.chat.values()])
            return self._accents

    @property
    def figures(self) -> list[Entry]:
        """The rows of the ledger prepared for comparison, made at the first question that compares or by `warm`."""
        with self._making:
            if self._figures is None:
                self._figures = entries(self.library)
            return self._figures

    @property
    def askings(self) -> Askings:
        """The known askings of the papers, made ready at the first question that they may help or by `warm`."""
        with self._making:
            if self._askings is None:
                self._askings = Askings(self.library, self.weights, self._known)
            return self._askings

    @property
    def programmes(self) -> tuple[Programme, ...]:
        """What the papers grant, read at the first question about support or by `warm`."""
        with self._making:
            if self._programmes is None:
                self._programmes = read_programmes(self.library.documents().values(), self.library.paragraphs)
            return self._programmes
