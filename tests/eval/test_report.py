import json

import pytest
from made import record

from eval import papers as papers_module
from eval.metrics import MEASURES
from eval.report import AS_TYPED, FLOORS, NO_ACCENTS, Run, below, main
from eval.retrieval import MEASURES as RETRIEVAL
from knowledge.errors import LibraryError

NEVER = record("q2", expects=[["999 con voi"]])
WEATHER = record("q3", type="unanswerable", question="Thời tiết Hà Nội ngày mai thế nào?", expects=[], doc=None, lines=[])


@pytest.fixture
def floors(tmp_path):
    """Writes a floors file for the set `mine` as typed."""

    def written(**measures):
        path = tmp_path / "floors.toml"
        lines = "".join(f"{name} = {value}\n" for name, value in measures.items())
        path.write_text(f'[papers.mine."{AS_TYPED}"]\n{lines}', encoding="utf-8")
        return path

    return written


@pytest.fixture
def questions(write):
    return write(record(), NEVER, WEATHER)


def test_json(questions, papers, floors, capsys):
    assert main(questions, True, None, papers, floors(right=0.4)) == 0
    report = json.loads(capsys.readouterr().out)
    typed, bare = report["runs"]
    assert (typed["set"], typed["typed"], typed["questions"], typed["source"]) == ("mine", AS_TYPED, 3, "papers")
    assert bare["typed"] == NO_ACCENTS
    assert set(typed["measures"]) == {*MEASURES, *RETRIEVAL}
    assert typed["measures"]["right"] == 0.5
    assert typed["measures"]["cited_first"] == 1.0
    assert typed["measures"]["refused"] == 1.0
    assert typed["by_type"]["figure"]["questions"] == 2
    assert report["fallen"] == []


def test_below_a_floor(questions, papers, floors, capsys):
    assert main(questions, True, None, papers, floors(right=0.6, refused=0.9)) == 1
    said = capsys.readouterr()
    assert json.loads(said.out)["fallen"] == ["mine, as typed (papers): right 0.500 is below 0.600"]
    assert "right 0.500 is below 0.600" in said.err


def test_tables(questions, papers, floors, capsys):
    assert main(questions, False, None, papers, floors()) == 0
    said = capsys.readouterr().out
    assert "50.0" in said
    assert "false refusals" in said
    assert "unanswerable" in said
    assert "no accents" in said
    assert "does not hold the papers" not in said


def test_a_library_without_the_papers_of_the_questions(write, papers, floors, capsys):
    other = write(record(doc="other.txt", lines=[[1, 1]]))
    assert main(other, False, None, papers, floors(right=2.0)) == 0, "floors of papers are not those of digests"
    assert "does not hold the papers" in capsys.readouterr().out


def test_a_library_that_is_there(questions, papers, floors, tmp_path, capsys):
    papers_module.build(tmp_path / "data", papers)
    assert main(questions, True, tmp_path / "data", floors=floors(right=0.4)) == 0
    assert json.loads(capsys.readouterr().out)["runs"][0]["measures"]["right"] == 0.5


def test_no_library(questions, tmp_path):
    with pytest.raises(LibraryError, match="htx ingest"):
        main(questions, False, tmp_path / "none")
    assert not (tmp_path / "none").exists()


def test_papers_that_cannot_be_read(questions, tmp_path):
    (tmp_path / "papers").mkdir()
    with pytest.raises(LibraryError, match="no papers"):
        main(questions, False, None, tmp_path / "papers")


def test_a_broken_question_file(tmp_path, capsys):
    broken = tmp_path / "mine.jsonl"
    broken.write_text("{\n", encoding="utf-8")
    assert main(broken, False, None) == 2
    assert "mine.jsonl:1: not a question" in capsys.readouterr().err


def test_some_measures_must_not_rise():
    floors = {"papers": {"mine": {AS_TYPED: {"false_refusals": 0.03, "shown_wrong": 0, "right": 0.9, "cited": 0.9}}}}
    good = {"false_refusals": 0.03, "shown_wrong": 0.0, "right": 0.9, "cited": None}
    bad = {"false_refusals": 0.04, "shown_wrong": 1.0, "right": 0.89, "cited": None}
    assert below([Run("mine", AS_TYPED, "papers", 9, good, {})], floors) == []
    fallen = below([Run("mine", AS_TYPED, "papers", 9, bad, {})], floors)
    assert [line.split(": ")[1] for line in fallen] == ["false_refusals 0.040 is above 0.030", "shown_wrong 1.000 is above 0.000", "right 0.890 is below 0.900"]


def test_the_floors_of_the_project_name_sets_and_measures_that_exist():
    import tomllib

    from eval.questions import FOLDER

    names = {path.stem for path in FOLDER.glob("*.jsonl")} | {papers_module.SAMPLE.stem}
    for source, sets in tomllib.loads(FLOORS.read_text(encoding="utf-8")).items():
        assert source in {"papers", "digests"}
        assert set(sets) <= names
        for ways in sets.values():
            assert set(ways) <= {AS_TYPED, NO_ACCENTS}
            assert all(set(measures) <= {*MEASURES, *RETRIEVAL} for measures in ways.values())
