"""Tests of askings: each stands for a paragraph that the bundled paper has."""

import json

import pytest

from ingest.pipeline import files, read_paper
from knowledge import askings
from knowledge.askings import Asking, placed
from ui.bundled import DOCUMENTS

PATHS = files([DOCUMENTS])


@pytest.mark.parametrize("path", PATHS, ids=lambda p: p.stem)
def test_every_bundled_paper_has_askings_of_its_own_paragraphs(path):
    paper = read_paper(path)
    anchors = {p.anchor for p in paper.paragraphs}
    known = askings.of(paper.document)
    assert known
    assert [a.text for a in known if not a.anchors or not set(a.anchors) <= anchors] == []
    assert len({a.text.lower() for a in known}) == len(known)
    head = json.loads((DOCUMENTS.parent / "askings" / f"{path.stem}.jsonl").read_text(encoding="utf-8").splitlines()[0])
    assert head == {"number": paper.document.number}


def test_an_anchor_that_a_paper_lacks_stands_for_what_it_is_a_part_of():
    anchors = frozenset(["c1.d4", "c1.d4.7"])
    assert list(placed(Asking("?", ("c1.d4.7-1-2", "c1.d4.9.a", "c2.d1")), anchors)) == ["c1.d4.7", "c1.d4"]
