"""What must hold for every real paper: no line lost or held twice, anchors unique, headings plausible, places in the source true."""

import re
import unicodedata
from pathlib import Path

import pytest

from ingest.pipeline import read_paper
from ingest.read import read

ROOT = Path(__file__).parents[2]
DIGESTS = sorted((ROOT / "knowledge" / "documents").glob("*.md"))
# Page numbers and rules, the only lines of these papers that may be left out.
LEFT_OUT = re.compile(r"(?:[-–—\s]*\d{1,3}[-–—\s]*|[_\-=*\s]{3,}|[#*_\s]*)$")


def check(path):
    paper, source = read_paper(path), read(path)
    lines = source.text.split("\n")
    first = source.text.count("\n", 0, source.offset)
    held = [n for p in paper.paragraphs for a, b in p.lines for n in range(a, b + 1)]
    assert len(held) == len(set(held)), "a line stands in two paragraphs"
    lost = [(n, line) for n, line in enumerate(lines, start=1) if n > first and n not in set(held) and not LEFT_OUT.match(line)]
    assert not lost
    anchors = [p.anchor for p in paper.paragraphs]
    assert len(anchors) == len(set(anchors))
    assert [p.position for p in paper.paragraphs] == list(range(len(anchors)))
    for p in paper.paragraphs:
        assert p.clean
        assert p.parent == "" or p.parent in anchors
        assert [source.text[a:b] for a, b in p.spans] == [lines[a - 1].strip() for a, _ in p.lines]
        assert "".join(p.text.split()) in "".join("".join(source.text[a:b].split()) for a, b in p.spans)
        assert len(p.path) <= 8
    assert {p.anchor for p in paper.paragraphs if p.kind == "heading"} <= {p.parent for p in paper.paragraphs}
    assert all(m.anchor in anchors for m in paper.mentions)
    assert len({p.id for p in paper.passages}) == len(paper.passages)
    assert paper.document.id
    assert paper.document.title
    return paper


def test_plans(plans):
    for path in sorted(plans.glob("*.txt")):
        paper = check(path)
        assert paper.document.kind in {"plan", "report"}
        assert paper.document.period
        assert paper.document.place.level in {"province", "district"}
        assert paper.document.place.province
        assert paper.document.issuer
        assert {p.kind for p in paper.paragraphs} == {"front", "heading", "text", "item", "back"}


def test_laws(legal):
    for path in sorted(legal.rglob("*.txt")):
        paper = check(path)
        document = paper.document
        assert document.kind in {"law", "decree", "decision", "circular"}
        assert document.number.lower().replace("/", "-") == path.stem.lower()
        assert document.issuer
        assert document.place.level == "country"
        assert document.issued_on[:4] in {str(year) for year in range(2006, 2026)} | {""}
        articles = [line for line in read(path).text.split("\n") if re.match(r"Điều \d+[a-z]?\.", line)]
        labels = [f"{p.label}." for p in paper.paragraphs if p.label.startswith("Điều ")]
        assert labels == [re.match(r"Điều \d+[a-z]?\.", line).group() for line in articles]


@pytest.mark.parametrize("path", DIGESTS, ids=lambda path: path.stem)
def test_bundled_digests(path):
    paper = check(path)
    assert paper.document.form == "digest"
    if paper.document.kind in {"plan", "report"}:
        assert paper.document.period
    else:
        assert paper.document.kind in {"law", "decree", "circular", "decision", "resolution", "notice"}
        assert paper.document.issuer


def told(paper):
    return paper.document.kind, paper.document.place, paper.document.period


def test_the_anchors_of_a_digest_are_those_of_its_paper(plans):
    papers = [read_paper(path) for path in sorted(plans.glob("*.txt"))]
    for digest in (d for d in map(read_paper, DIGESTS) if d.document.kind in {"plan", "report"}):
        (paper,) = [p for p in papers if told(p) == told(digest)]
        numbered = {p.anchor for p in digest.paragraphs if p.label and p.label not in {"-", "+", "*"}}
        assert numbered <= {p.anchor for p in paper.paragraphs}, digest.document.id


def test_papers_in_the_other_unicode_form_give_the_same_tree(plans, tmp_path):
    path = min(plans.glob("*.txt"))
    other = tmp_path / path.name
    other.write_text(unicodedata.normalize("NFD", path.read_text("utf-8")), "utf-8")
    assert read_paper(other).paragraphs == read_paper(path).paragraphs
