import csv
import io
import sqlite3
import unicodedata
from contextlib import closing
from pathlib import Path

import pytest

from bot import feedback
from bot.feedback import COLUMNS, LONGEST_ANSWER, LONGEST_COMMENT, Feedback, all_feedback, store, to_csv
from knowledge.library import Library
from knowledge.settings import Settings


@pytest.fixture
def library(tmp_path: Path) -> Library:
    return open_library(tmp_path)


def open_library(folder: Path) -> Library:
    return Library(Settings(data_dir=folder, database_url="", chroma_url="", embedding_model="", _env_file=None))


def test_what_is_said_is_kept_and_listed_newest_first(library: Library, tmp_path: Path):
    store(library, Feedback("Có bao nhiêu HTX?", "27 HTX [1]", "up"))
    store(library, Feedback("Vốn bao nhiêu?", "800 triệu [1]", "down", ("wrong_figure", "missing", "wrong_figure"), "Phải là 900", "ubnd-van-quan"))
    second, first = all_feedback(open_library(tmp_path))
    assert (first.question, first.answer, first.verdict, first.reasons, first.site) == ("Có bao nhiêu HTX?", "27 HTX [1]", "up", (), "")
    assert (second.reasons, second.comment, second.site) == (("wrong_figure", "missing"), "Phải là 900", "ubnd-van-quan")
    assert second.given_at.endswith("+00:00")


@pytest.mark.parametrize("said", ["Thiếu số của huyện Hòa An, đã gửi", "thieu so cua huyen Hoa An, da gui"])
def test_words_are_kept_in_one_form(library: Library, said: str):
    store(library, Feedback("q", "a", "down", (), unicodedata.normalize("NFD", said)))
    assert all_feedback(library)[0].comment == said


def test_texts_are_bounded_and_hold_no_control_characters(library: Library):
    store(library, Feedback("a\x00b\x1b[31m\tc\nd\x9b", "x" * (LONGEST_ANSWER + 1), "down", (), "y" * (LONGEST_COMMENT + 1)))
    kept = all_feedback(library)[0]
    assert kept.question == "a b [31m c\nd"
    assert (len(kept.answer), len(kept.comment)) == (LONGEST_ANSWER, LONGEST_COMMENT)


def test_praise_has_no_reasons(library: Library):
    store(library, Feedback("q", "a", "up", ("missing",)))
    assert all_feedback(library)[0].reasons == ()


@pytest.mark.parametrize(("verdict", "reasons"), [("maybe", ()), ("down", ("ugly",))])
def test_other_verdicts_and_reasons_are_refused(library: Library, verdict: str, reasons: tuple[str, ...]):
    with pytest.raises(ValueError, match="give one of"):
        store(library, Feedback("q", "a", verdict, reasons))
    assert all_feedback(library) == []


def test_the_oldest_give_way(library: Library, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(feedback, "KEPT", 3)
    for i in range(5):
        store(library, Feedback(f"q{i}", "a", "up"))
    assert [f.question for f in all_feedback(library)] == ["q4", "q3", "q2"]


def test_a_library_made_before_there_was_feedback_takes_it(library: Library, tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as old, old:
        old.execute("DROP TABLE feedback")
    again = open_library(tmp_path)
    store(again, Feedback("q", "a", "up"))
    assert len(all_feedback(again)) == 1


def test_no_column_tells_who_said_it(library: Library, tmp_path: Path):
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as file:
        columns = {row[1] for row in file.execute("PRAGMA table_info(feedback)")}
    assert columns == {"id", "given_at", "question", "answer", "verdict", "reasons", "comment", "site"}


def test_csv_runs_no_formula(library: Library):
    store(library, Feedback("q", "a", "down", ("wrong_citation",), '=HYPERLINK("x")'))
    head, row = csv.reader(io.StringIO(to_csv(all_feedback(library)).removeprefix("\ufeff")))
    assert tuple(head) == COLUMNS
    assert row[1:6] == ["chưa đúng", "sai trích dẫn", '\'=HYPERLINK("x")', "q", "a"]
