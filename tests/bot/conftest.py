"""One real library from the made-up papers for all tests of the assistant, and short ways to ask it."""

import datetime
from collections.abc import Callable

import made_up
import pytest

from bot.match import Match
from bot.pipeline import Assistant
from bot.question import Question
from bot.reader import Reader
from bot.understand import understand
from bot.weights import Weights
from knowledge.library import Library

TODAY = datetime.date(2031, 3, 1)


@pytest.fixture(scope="session")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    folder = tmp_path_factory.mktemp("made-up")
    library = made_up.open_library(folder)
    made_up.take_in(library, folder / "in", made_up.PAPERS)
    return library


@pytest.fixture(scope="session")
def reader(library: Library) -> Reader:
    reader = Reader(library)
    reader.refresh()
    return reader


@pytest.fixture(scope="session")
def weights(reader: Reader) -> Weights:
    return reader.weights


@pytest.fixture(scope="session")
def assistant(library: Library) -> Assistant:
    return Assistant(library, today=lambda: TODAY)


@pytest.fixture(scope="session")
def understood(reader: Reader) -> Callable[..., Question]:
    """A question, with the user's earlier turns before it if there are any, as understood by this library."""

    def of(*turns: str) -> Question:
        return understand(turns[-1], turns[:-1], reader.accents, reader.places)

    return of


@pytest.fixture(scope="session")
def measure(understood: Callable[..., Question], library: Library) -> Callable[..., Match]:
    """A made-up statement measured against a question."""

    def of(question: str, text: str, **about) -> Match:
        return made_up.measured(understood(question), Weights(library), text, **about)

    return of
