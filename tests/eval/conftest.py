"""A folder with the small paper, and a writer of question files."""

import json
from pathlib import Path

import pytest
from made import PAPER


@pytest.fixture
def papers(tmp_path) -> Path:
    folder = tmp_path / "papers"
    folder.mkdir()
    (folder / "meo-vac.md").write_text(PAPER, encoding="utf-8")
    return folder


@pytest.fixture
def write(tmp_path):
    """Writes records to a question file of a name."""

    def written(*records, name="mine"):
        path = tmp_path / f"{name}.jsonl"
        path.write_text("".join(json.dumps(r, ensure_ascii=False) + "\n" for r in records), encoding="utf-8")
        return path

    return written
