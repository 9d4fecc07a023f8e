from pathlib import Path

import pytest
from meo_vac import PAPER

from knowledge.settings import Settings


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    path = tmp_path / "in" / "meo-vac.md"
    path.parent.mkdir()
    path.write_text(PAPER, encoding="utf-8")
    return path


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings of their own folder, whatever the environment of the test run says."""
    papers = tmp_path / "papers"
    papers.mkdir()
    return Settings(data_dir=tmp_path / "data", papers_dir=papers, database_url="", chroma_url="", embedding_model="", _env_file=None)
