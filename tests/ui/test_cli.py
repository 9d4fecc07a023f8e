import json
import os
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from ui.cli import app

CLEAN = {"HTX_DATABASE_URL": "", "HTX_CHROMA_URL": "", "HTX_EMBEDDING_MODEL": ""}


@pytest.fixture
def htx(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    """Run a command in a folder of its own, as a user would."""
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, **environment: str) -> Result:
        return CliRunner().invoke(app, [*arguments], env={**CLEAN, "HTX_DATA_DIR": str(tmp_path / "data"), "COLUMNS": "200", **environment})

    return run


@pytest.fixture
def filled(htx, paper: Path):
    assert htx("ingest", str(paper)).exit_code == 0
    return htx


def main(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """The command as a process of its own, with its exit code and error stream."""
    return subprocess.run(
        [sys.executable, "-c", "from ui.cli import main; main()", *arguments],
        env={**os.environ, **CLEAN, **environment}, capture_output=True, text=True, encoding="utf-8", cwd=Path(__file__).parents[2], check=False,
    )  # fmt: skip


def records(path: Path) -> list[dict]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def test_ingest_reports_each_paper(htx, paper: Path):
    result = htx("ingest", str(paper.parent))
    assert result.exit_code == 0
    assert "ke-hoach-meo-vac" in result.stdout
    assert "new" in result.stdout
    assert "unchanged" in htx("ingest", str(paper)).stdout


def test_ingest_goes_on_after_a_bad_file_and_exits_1(htx, paper: Path):
    bad = paper.parent / "a.txt"
    bad.write_bytes(b"%PDF-1.7")
    result = htx("ingest", str(bad), str(paper.parent / "gone.txt"), str(paper))
    assert result.exit_code == 1
    assert "a.txt: is a PDF" in result.stderr
    assert "gone.txt: there is no such file" in result.stderr
    assert "ke-hoach-meo-vac" in htx("documents").stdout


def test_ingest_of_a_folder_without_papers_says_so(tmp_path: Path):
    result = main("ingest", str(tmp_path), HTX_DATA_DIR=str(tmp_path / "data"))
    assert result.returncode == 1
    assert "nothing to read" in result.stderr


def test_data_dir_wins_over_the_environment(filled, tmp_path: Path):
    assert "meo-vac" in filled("documents").stdout
    assert "meo-vac" not in filled("documents", "--data-dir", str(tmp_path / "other")).stdout


def test_ask_prints_answer_and_source(filled):
    result = filled("ask", "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?")
    assert result.exit_code == 0
    assert "27" in result.stdout
    assert "số 77/KH-UBND" in result.stdout
    assert "ke-hoach-meo-vac#" in result.stdout


def test_ask_json_is_the_contract(filled):
    answer = json.loads(filled("ask", "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?", "--json").stdout)
    assert answer["status"] == "answered"
    assert {"answer", "statements", "citations", "notes", "suggestions", "holds_on", "mode", "timings_ms"} <= answer.keys()
    assert answer["citations"][0]["url"].startswith("/documents/ke-hoach-meo-vac#")


def test_ask_of_an_empty_library_tells_what_to_do(htx):
    result = htx("ask", "Huyện Mèo Vạc có bao nhiêu hợp tác xã?")
    assert result.exit_code == 1
    assert "htx ingest" in result.stdout


def test_ask_file_keeps_order_and_goes_on_after_broken_lines(filled, tmp_path: Path):
    questions, output = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    lines = [
        json.dumps({"id": "a", "question": "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?", "history": []}, ensure_ascii=False),
        "{broken",
        "",
        json.dumps({"id": "c", "history": []}),
        json.dumps({"id": 7, "question": "Hợp tác xã có bao nhiêu thành viên?", "history": None}, ensure_ascii=False),
        json.dumps({"id": "e", "question": "x", "history": [3]}),
        '{"id": "f", "question": "\\ud800"}',
        json.dumps(
            {
                "id": "g",
                "question": "Có bao nhiêu thành viên?",
                "history": ["Huyện Mèo Vạc có bao nhiêu hợp tác xã?", {"role": "assistant", "content": "27"}, {"role": "user", "content": "Còn THT?"}],
            },
            ensure_ascii=False,
        ),
    ]
    questions.write_bytes(b"\xef\xbb\xbf" + "\r\n".join(lines).encode() + b'\n{"id": "h", "question": "\xff"}')
    result = filled("ask", "--questions", str(questions), "--output", str(output))
    assert result.exit_code == 0
    answers = records(output)
    assert [a["id"] for a in answers] == ["a", "line-2", "c", 7, "e", "line-7", "g", "line-9"]
    assert [a["status"] == "error" for a in answers] == [False, True, True, False, True, True, False, True]
    assert "27" in answers[0]["answer"]
    assert "Dòng 2" in answers[1]["answer"]
    assert "error" in result.stderr


def test_ask_file_may_be_answered_in_place(filled, tmp_path: Path):
    both = tmp_path / "both.jsonl"
    both.write_text('{"id": "a", "question": "Huyện Mèo Vạc có bao nhiêu thành viên?"}\n', encoding="utf-8")
    assert filled("ask", "--questions", str(both), "--output", str(both)).exit_code == 0
    assert [a["id"] for a in records(both)] == ["a"]


@pytest.mark.parametrize("arguments", [(), ("a", "--questions", "pyproject.toml", "--output", "o"), ("--output", "o")])
def test_ask_wants_one_question_or_a_file(htx, tmp_path: Path, arguments: tuple[str, ...]):
    (tmp_path / "pyproject.toml").touch()
    assert htx("ask", *arguments).exit_code == 2


def test_show_outline_and_paragraph(filled):
    outline = filled("show", "ke-hoach-meo-vac").stdout
    assert "HIỆN TRẠNG" in outline
    assert "412" not in outline
    paragraph = filled("show", "ke-hoach-meo-vac#I.1-2").stdout
    assert "412 thành viên" in paragraph
    assert "1. Số lượng" in paragraph
    assert "meo-vac.md, lines" in paragraph


def test_text_in_brackets_is_printed_as_it_is(filled):
    assert "[1]" in filled("show", "ke-hoach-meo-vac#I.1-3").stdout


@pytest.mark.parametrize("reference", ["nowhere", "nowhere#I", "ke-hoach-meo-vac#IX"])
def test_show_of_what_is_not_there(filled, tmp_path: Path, reference: str):
    result = main("show", reference, HTX_DATA_DIR=str(tmp_path / "data"))
    assert result.returncode == 1
    assert result.stderr.startswith("error: ")
    assert "Traceback" not in result.stderr


def test_index_commands(filled):
    counted = filled("index", "status")
    assert counted.exit_code == 0
    assert "documents: 1" in counted.stdout
    assert "entries added: 0" in filled("index", "repair").stdout
    assert "passages indexed:" in filled("index", "rebuild").stdout
    assert filled("index", "status").exit_code == 0


def test_setup_takes_in_bundled_papers_and_those_of_the_folder(htx, tmp_path: Path, paper: Path):
    (tmp_path / "papers").mkdir()
    paper.rename(tmp_path / "papers" / paper.name)
    first = htx("setup")
    assert first.exit_code == 0
    assert "taken in" in first.stdout
    assert "taken in" not in htx("setup").stdout
    assert "ke-hoach-meo-vac" in htx("documents").stdout


@pytest.mark.parametrize(
    ("environment", "said"),
    [({"HTX_PORT": "many"}, "HTX_PORT"), ({"HTX_DATABASE_URL": "nonsense"}, "HTX_DATABASE_URL"), ({"HTX_DATA_DIR": "/dev/null/x"}, "HTX_DATA_DIR")],
)
def test_wrong_settings_are_told_in_one_line(tmp_path: Path, environment: dict[str, str], said: str):
    result = main("documents", **{"HTX_DATA_DIR": str(tmp_path), **environment})
    assert result.returncode == 1
    assert said in result.stderr
    assert "Traceback" not in result.stderr


def test_serve_tells_of_a_taken_port_before_any_work(tmp_path: Path):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        result = main("serve", "--port", str(taken.getsockname()[1]), "--data-dir", str(tmp_path / "data"))
    assert result.returncode == 1
    assert "choose another" in result.stderr
    assert not (tmp_path / "data").exists()


def test_help_imports_nothing_heavy():
    program = "import sys; from ui.cli import app; print([m for m in ('chromadb', 'fastapi', 'uvicorn', 'torch', 'sentence_transformers') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, cwd=Path(__file__).parents[2], check=True)
    assert told.stdout.strip() == "[]"


def test_indicators(filled, tmp_path):
    assert "27" in filled("indicators", "--place", "meo vac", "--year", "2030").output
    assert "Sổ" not in filled("indicators", "--csv").output
    assert "27" in filled("indicators", "--csv").output
    book = tmp_path / "so.xlsx"
    assert filled("indicators", "--xlsx", str(book)).exit_code == 0
    assert book.read_bytes().startswith(b"PK")
    refused = filled("indicators", "--xlsx", str(tmp_path / "nowhere" / "so.xlsx"))
    assert refused.exit_code != 0


def test_feedback_is_listed(filled, tmp_path):
    from bot.feedback import Feedback, store
    from knowledge.library import Library
    from knowledge.settings import Settings

    library = Library(Settings(data_dir=tmp_path / "data", database_url="", _env_file=None))
    store(library, Feedback("Có mấy [HTX]?", "27\nLưu ý", "down", ("missing",), "Thiếu xã"))
    shown = filled("feedback").output
    assert "chưa đúng  thiếu" in shown
    assert "Có mấy [HTX]?" in shown
    assert "1 opinions: 0 up, 1 down" in shown
    assert "Thiếu xã" in filled("feedback", "--csv").output
