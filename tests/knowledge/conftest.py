import pytest
from sample import settings_for

from knowledge.library import Library


@pytest.fixture
def settings(tmp_path):
    return settings_for(tmp_path / "data")


@pytest.fixture
def library(settings):
    return Library(settings)
