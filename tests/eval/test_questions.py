import json

import pytest
from made import record

from eval.questions import FOLDER, load, without_accents

SETS = sorted(FOLDER.glob("*.jsonl"))


def test_load(write):
    rows = [
        record("a", history=["Xin chào", {"role": "user", "content": "HTX?"}]),
        record("b", doc=None, lines=[]),
        record("c", doc=["x", "y"], lines={"y": [[3, 4]]}),
    ]
    a, b, c = load(write(*rows))
    assert a.history == ("Xin chào", "HTX?")
    assert a.documents == ("meo-vac.md",)
    assert list(a.lines) == ["meo-vac.md"]
    assert b.documents == ()
    assert b.lines == {}
    assert c.documents == ("x", "y")
    assert c.lines == {"y": ((3, 4),)}


def test_evidence_of_sets_outside_the_project(write):
    given = record(evidence=["có 27"])
    del given["lines"]
    assert load(write(given))[0].evidence == ("có 27",)


@pytest.mark.parametrize(
    "broken",
    [
        "{",
        "[]",
        json.dumps({"id": "q"}),
        json.dumps(record(expects=["27 htx"])),
        json.dumps(record(expects=[["27 htx", ""]])),
        json.dumps(record(must_not="27")),
        json.dumps(record(lines=[[1]])),
        json.dumps(record(history=[{"role": "user"}])),
    ],
)
def test_a_broken_line_is_named(tmp_path, broken):
    path = tmp_path / "set.jsonl"
    path.write_text(f"{json.dumps(record())}\n\n{broken}\n", encoding="utf-8")
    with pytest.raises(ValueError, match=r"^set\.jsonl:3: not a question"):
        load(path)


def test_without_accents(write):
    bare = without_accents(load(write(record(history=["Đặng Hoà"])))[0])
    assert bare.question == "huyen meo vac co bao nhieu hop tac xa dang hoat dong?"
    assert bare.history == ("dang hoa",)
    assert bare.expects == (("27 htx", "27 hợp tác xã"),)


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_the_sets_of_the_project(path):
    cases = load(path)
    ids = [c.id for c in cases]
    assert ids == sorted(set(ids)), "ids are in order and each is there once"
    assert [c.id for c in cases if (c.type == "unanswerable") != (not c.documents)] == []
    assert [c.id for c in cases if c.documents and not (c.expects and set(c.lines) == set(c.documents))] == []
    assert path.name in (FOLDER / "README.md").read_text(encoding="utf-8")


def test_no_question_is_in_both_sets():
    asked = [(c.question, c.history) for path in SETS for c in load(path)]
    assert len(asked) == len(set(asked))


@pytest.mark.parametrize("path", SETS, ids=lambda p: p.stem)
def test_evidence_lines_hold_text(path, plans):
    lines = {p.name: p.read_text(encoding="utf-8").splitlines() for p in plans.parent.rglob("*.*")}
    named = [(c.id, lines[file][a - 1 : b]) for c in load(path) for file, ranges in c.lines.items() for a, b in ranges]
    assert [i for i, text in named if not any(line.strip() for line in text)] == []
