"""Fixtures for all tests: the papers and laws that lie beside the repository, and the switch that renews the golden files."""

from pathlib import Path

import pytest
from hypothesis import settings

# The first example of a run may wait for a slow machine; and no folder of examples is kept.
settings.register_profile("tests", deadline=None, database=None)
settings.load_profile("tests")

CORPUS = Path(__file__).parents[2] / "shared" / "corpus"


def pytest_addoption(parser):
    parser.addoption("--update-golden", action="store_true", help="write the golden files anew; review their diff before you commit")


def folder(name):
    path = CORPUS / name
    if not any(path.glob("*.txt")):
        pytest.skip(f"{path} holds no papers; lay the shared corpus beside the repository to run this test")
    return path


@pytest.fixture(scope="session")
def plans() -> Path:
    """The folder of the five papers on the collective economy."""
    return folder("plans")


@pytest.fixture(scope="session")
def legal() -> Path:
    """The folder of laws, decrees and circulars."""
    return folder("legal")
