"""A library of all bundled digests, the replies that were written for questions on them, and an assistant with a scripted model."""

import datetime
import json
from pathlib import Path

import made_up
import pytest
from scripted import Scripted

from bot.pipeline import Assistant
from knowledge.library import Library
from ui.bundled import DOCUMENTS, take_in

TODAY = datetime.date(2026, 11, 21)


@pytest.fixture(scope="session")
def digests(tmp_path_factory: pytest.TempPathFactory) -> Library:
    library = made_up.open_library(tmp_path_factory.mktemp("digests"))
    for path in sorted(DOCUMENTS.glob("*.md")):
        assert take_in(library, path).status == "new"
    return library


@pytest.fixture(scope="session")
def replies() -> list[dict]:
    return [json.loads(line) for line in Path(__file__).with_name("replies.jsonl").read_text("utf-8").splitlines()]


@pytest.fixture(scope="session")
def with_model(library: Library):
    """An assistant over the made-up papers whose model is a scripted server."""

    def of(server: Scripted, **limits) -> Assistant:
        return Assistant(library, today=lambda: datetime.date(2031, 3, 1), model=server.model(**limits))

    return of
