"""The outline of the five papers against golden files: lines -> anchor, labels above, kind; none of the papers' words.

After a change that is meant: `pytest tests/ingest/test_golden.py --update-golden`, then review the diff of tests/ingest/golden.
"""

import json
from pathlib import Path

import pytest

from ingest.pipeline import read_paper

GOLDEN = Path(__file__).with_name("golden")
PAPERS = ("000_a4dd7182725fe4f0", "001_88a10fd7b481e320", "002_e2a4c83a6f2143e6", "003_b375a4cc8190e0ee", "004_84ca08db35c5b74d")


def ranges(lines):
    """[[3, 3], [4, 4], [7, 7]] -> "3-4,7"."""
    runs = []
    for first, last in lines:
        if runs and first == runs[-1][1] + 1:
            runs[-1][1] = last
        else:
            runs.append([first, last])
    return ",".join(str(a) if a == b else f"{a}-{b}" for a, b in runs)


def rows(path):
    paragraphs = read_paper(path).paragraphs
    by_anchor = {p.anchor: p for p in paragraphs}
    for p in paragraphs:
        labels = []
        above = by_anchor.get(p.parent)
        while above is not None:
            labels.insert(0, above.label)
            above = by_anchor.get(above.parent)
        yield {"lines": ranges(p.lines), "anchor": p.anchor, "label": p.label, "path": labels, "kind": p.kind}


@pytest.mark.parametrize("name", PAPERS)
def test_outline_is_as_reviewed(name, plans, request):
    golden = GOLDEN / f"{name}.jsonl"
    found = [json.dumps(row, ensure_ascii=False) for row in rows(plans / f"{name}.txt")]
    if request.config.getoption("--update-golden"):
        golden.parent.mkdir(exist_ok=True)
        golden.write_text("\n".join(found) + "\n", "utf-8")
    assert golden.exists(), f"{golden.name} is missing; run: pytest {Path(__file__).name} --update-golden, and review it against the paper"
    assert found == golden.read_text("utf-8").splitlines(), "the outline changed; if it is meant, run with --update-golden and review the diff"
