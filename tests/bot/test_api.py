import json
import sqlite3
from contextlib import closing
from pathlib import Path

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.answer import STATUSES
from bot.api import MAX_BODY, create_app
from bot.history import MAX_QUESTION, MAX_TURNS, user_turns
from bot.metrics import Metrics
from bot.pipeline import Assistant
from ingest.pipeline import ingest
from knowledge.library import Library
from knowledge.settings import Settings

PAPER = """---
id: ke-hoach-quan-ba
number: "12/KH-UBND"
kind: plan
title: "Kế hoạch kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Quản Bạ"
place: "huyện Quản Bạ, tỉnh Hà Giang"
issued_on: "2030-12-01"
period: "2031"
---
Kế hoạch này thi hành Luật số 17/2023/QH15 về hợp tác xã.

# I. HIỆN TRẠNG

## 1. Số lượng
- Đến hết năm 2030, huyện Quản Bạ có 19 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Quản Bạ có 305 thành viên.

# II. MỤC TIÊU

## 1. Căn cứ
- Mức hỗ trợ theo Nghị quyết số 08/2029/NQ-HĐND của HĐND tỉnh Hà Giang.
"""
QUESTION = "Huyện Quản Bạ có bao nhiêu hợp tác xã đang hoạt động?"
PROBLEM = "application/problem+json"


@pytest.fixture(scope="module")
def app(tmp_path_factory: pytest.TempPathFactory) -> FastAPI:
    folder = tmp_path_factory.mktemp("api")
    paper = folder / "quan-ba.md"
    paper.write_text(PAPER, encoding="utf-8")
    library = open_library(folder / "data")
    assert ingest(library, paper).status == "new"
    return create_app(Assistant(library))


@pytest.fixture
def client(app: FastAPI) -> TestClient:
    return TestClient(app, raise_server_exceptions=False)


def open_library(folder: Path) -> Library:
    return Library(Settings(data_dir=folder, database_url="", chroma_url="", embedding_model="", _env_file=None))


def events(text: str) -> list[tuple[str, dict]]:
    found = []
    for block in text.strip().split("\n\n"):
        name, data = block.split("\n")
        found.append((name.removeprefix("event: "), json.loads(data.removeprefix("data: "))))
    return found


def is_problem(response, status: int) -> dict:
    assert response.status_code == status
    assert response.headers["content-type"] == PROBLEM
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    problem = response.json()
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"].endswith((".", "status", "setup", "}.")), "tells what to do, in a whole sentence"
    return problem


def test_chat_gives_the_contract(client: TestClient):
    response = client.post("/api/chat", json={"question": QUESTION})
    answer = response.json()
    assert response.status_code == 200
    assert answer["status"] == "answered"
    assert "19" in answer["answer"]
    assert all(s["proof"]["ok"] for s in answer["statements"])
    markers = {c["marker"] for c in answer["citations"]}
    assert all(set(s["citations"]) <= markers for s in answer["statements"])
    assert answer["citations"][0]["number"] == "12/KH-UBND"
    assert answer["citations"][0]["issued_on"] == "2030-12-01"


def test_chat_follows_up(client: TestClient):
    history = ["Huyện Quản Bạ có bao nhiêu hợp tác xã?", {"role": "assistant", "content": "19"}]
    answer = client.post("/api/chat", json={"question": "Có bao nhiêu thành viên?", "history": history}).json()
    assert answer["status"] in STATUSES
    assert "305" in answer["answer"]


@pytest.mark.parametrize(("body", "headers"), [({"stream": True}, {}), ({}, {"Accept": "text/event-stream"})])
def test_chat_streams(client: TestClient, body: dict, headers: dict):
    response = client.post("/api/chat", json={"question": QUESTION, **body}, headers=headers)
    assert response.headers["content-type"].startswith("text/event-stream")
    found = events(response.text)
    assert [name for name, _ in found if name != "statement"] == ["status", "answer", "done"]
    whole = dict(found)["answer"]
    assert [data for name, data in found if name == "statement"] == whole["statements"]
    assert whole["status"] == "answered"


@pytest.mark.parametrize(
    ("body", "field", "said"),
    [
        ({}, "question", "Chưa có câu hỏi"),
        ({"question": " \n "}, "question", "Chưa có câu hỏi"),
        ({"question": "a" * (MAX_QUESTION + 1)}, "question", "1.000 ký tự"),
        ({"question": 5}, "question", "chuỗi"),
        ({"question": "a", "history": ["b"] * (MAX_TURNS + 1)}, "history", "20 lượt"),
        ({"question": "a", "history": ["b" * (MAX_QUESTION + 1)]}, "history.0", "1.000 ký tự"),
        ({"question": "a", "history": [5]}, "history.0", "history"),
        ({"question": "a", "history": [{"role": "user"}]}, "history.0", "history"),
        ({"question": "a", "history": "b"}, "history", "history"),
    ],
)
def test_wrong_requests_are_told_in_vietnamese(client: TestClient, body: dict, field: str, said: str):
    problem = is_problem(client.post("/api/chat", json=body), 422)
    assert said in problem["detail"]
    assert problem["errors"][0]["field"] == field


@pytest.mark.parametrize("content", [b"{", b"", b"[]", b'"a"', b"\xff\xfe", b'{"question": "\\ud800"}'])
def test_wrong_bodies(client: TestClient, content: bytes):
    is_problem(client.post("/api/chat", content=content, headers={"Content-Type": "application/json"}), 422)


def test_bounds_are_allowed(client: TestClient):
    body = {"question": "ề" * MAX_QUESTION, "history": ["\U0001f600" * MAX_QUESTION] * MAX_TURNS}
    content = json.dumps(body).encode()
    assert len(content) <= MAX_BODY
    assert client.post("/api/chat", content=content, headers={"Content-Type": "application/json"}).status_code == 200


def test_huge_body_with_and_without_length(client: TestClient):
    huge = b" " * (MAX_BODY + 1)
    headers = {"Content-Type": "application/json"}
    is_problem(client.post("/api/chat", content=huge, headers=headers), 413)
    is_problem(client.post("/api/chat", content=iter([huge, huge]), headers=headers), 413)


def test_unknown_places_and_methods(client: TestClient):
    is_problem(client.get("/nowhere"), 404)
    is_problem(client.get("/api/documents/nowhere"), 404)
    is_problem(client.delete("/api/chat"), 405)


@pytest.fixture
def broken(tmp_path: Path) -> TestClient:
    """An API whose library lost a table while it was open."""
    app = create_app(Assistant(open_library(tmp_path)))
    with closing(sqlite3.connect(tmp_path / "library.sqlite3")) as database:
        database.execute("DROP TABLE settings")
    return TestClient(app, raise_server_exceptions=False)


def test_a_crash_is_a_problem_and_is_counted(broken: TestClient):
    problem = is_problem(broken.post("/api/chat", json={"question": QUESTION}), 500)
    assert "settings" not in problem["detail"], "what went wrong inside is for the log"
    is_problem(broken.get("/api/documents"), 500)
    is_problem(broken.get("/readyz"), 503)
    text = broken.get("/metrics").text
    assert 'route="/api/chat",status="500"} 1' in text
    assert 'htx_answers_total{status="error"} 1' in text


def test_a_crash_in_a_stream_is_told_and_the_stream_ends(broken: TestClient):
    found = events(broken.post("/api/chat", json={"question": QUESTION, "stream": True}).text)
    assert [name for name, _ in found] == ["error", "done"]
    assert found[0][1]["status"] == 500


def test_documents(client: TestClient):
    listed = client.get("/api/documents").json()["documents"]
    assert [d["id"] for d in listed] == ["ke-hoach-quan-ba"]
    assert listed[0]["period"] == [2031, 2031]
    assert listed[0]["place"] == {"name": "Quản Bạ", "level": "district", "province": "Hà Giang"}
    whole = client.get("/api/documents/ke-hoach-quan-ba").json()
    paragraph = next(p for p in whole["paragraphs"] if "305" in p["text"])
    assert paragraph["anchor"] == "I.1-2"
    assert paragraph["path"][-1] == "1. Số lượng"
    assert {"kind", "doubts"} <= paragraph.keys()


@pytest.mark.parametrize("number", ["08/2029/NQ-HĐND", "08/2029/nq-hdnd", "8%2F2029%2FNQ-HDND"])
def test_instruments(client: TestClient, number: str):
    found = client.get(f"/api/instruments/{number}").json()
    assert found["number"].endswith("8/2029/NQ-HĐND")
    assert [m["anchor"] for m in found["mentions"]] == ["II.1-1"]
    assert found["mentions"][0]["url"] == "/documents/ke-hoach-quan-ba#II.1-1"


def test_instruments_not_mentioned_or_not_numbers(client: TestClient):
    assert "99/2020/QĐ-UBND" in is_problem(client.get("/api/instruments/99/2020/QĐ-UBND"), 404)["detail"]
    is_problem(client.get("/api/instruments/hop-tac-xa"), 422)


def test_health_and_readiness(client: TestClient, tmp_path: Path):
    assert client.get("/healthz").json() == {"status": "ok"}
    assert client.get("/readyz").json() == {"status": "ready", "documents": 1}
    empty = TestClient(create_app(Assistant(open_library(tmp_path))))
    assert empty.get("/healthz").status_code == 200
    is_problem(empty.get("/readyz"), 503)


def test_docs_page_lists_every_address_and_asks_no_other_host(client: TestClient):
    page = client.get("/docs").text
    paths = client.get("/openapi.json").json()["paths"]
    assert all(path in page for path in paths)
    assert "//" not in page.replace("</", "").replace("/>", "")
    assert client.get("/redoc").status_code == 404


def test_metrics(client: TestClient):
    client.post("/api/chat", json={"question": QUESTION})
    client.get("/made/up/path")
    text = client.get("/metrics").text
    assert 'htx_http_requests_total{method="POST",route="/api/chat",status="200"}' in text
    assert 'route="other",status="404"' in text
    assert "made/up" not in text
    assert 'htx_answers_total{status="answered"}' in text
    assert 'htx_answer_seconds_bucket{le="+Inf"}' in text


def test_histogram_counts_up():
    metrics = Metrics()
    for seconds in (0.005, 0.02, 99.0):
        metrics.answer("answered", seconds)
    lines = metrics.text().splitlines()
    assert 'htx_answer_seconds_bucket{le="0.005"} 1' in lines
    assert 'htx_answer_seconds_bucket{le="0.025"} 2' in lines
    assert 'htx_answer_seconds_bucket{le="10.0"} 2' in lines
    assert 'htx_answer_seconds_bucket{le="+Inf"} 3' in lines
    assert "htx_answer_seconds_count 3" in lines


def test_every_response_has_the_headers(client: TestClient):
    for path in ("/healthz", "/nowhere", "/docs", "/metrics"):
        headers = client.get(path).headers
        assert headers["x-content-type-options"] == "nosniff"
        assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_user_turns():
    assert user_turns(["a", {"role": "assistant", "content": "b"}, {"role": "user", "content": "c"}]) == ("a", "c")
    for wrong in ([1], [None], [{"role": "user"}], [{"role": 1, "content": "a"}]):
        with pytest.raises(ValueError, match="history"):
            user_turns(wrong)


def test_the_ledger(client):
    found = client.get("/api/indicators", params={"place": "quan ba", "year": 2030}).json()["indicators"]
    assert [(i["value"], i["unit"], i["status"]) for i in found] == [(19, "hợp tác xã", "actual"), (305, "thành viên", "actual")]
    assert found[0]["url"].startswith("/documents/ke-hoach-quan-ba#")
    assert client.get("/api/indicators", params={"name": "thành viên"}).json()["indicators"] == found[1:]
    assert client.get("/api/indicators", params={"place": "huyện Khác"}).json() == {"indicators": []}


def test_the_ledger_as_files(client):
    table = client.get("/api/indicators", params={"format": "csv"})
    assert table.headers["content-disposition"].endswith('"so-chi-tieu.csv"')
    assert len(table.text.splitlines()) == 3
    assert client.get("/api/indicators", params={"format": "xlsx"}).content.startswith(b"PK")
    assert client.get("/api/indicators", params={"year": "năm nay"}).status_code == 422


def test_feedback_is_stored(client: TestClient, tmp_path_factory):
    said = {"question": QUESTION, "answer": "19 [1]", "verdict": "down", "reasons": ["missing", "missing"], "comment": "Thiếu xã", "site": "ai-do"}
    response = client.post("/api/feedback", json=said)
    assert (response.status_code, response.json()) == (201, {"stored": True})
    with closing(sqlite3.connect(next(tmp_path_factory.getbasetemp().glob("api*/data/library.sqlite3")))) as file:
        rows = file.execute("SELECT question, verdict, reasons, comment, site FROM feedback").fetchall()
    assert rows == [(QUESTION, "down", '["missing"]', "Thiếu xã", "")]


@pytest.mark.parametrize(
    ("change", "field", "said"),
    [
        ({"question": " "}, "question", "Chưa có câu hỏi"),
        ({"verdict": "maybe"}, "verdict", "verdict"),
        ({"reasons": ["ugly"]}, "reasons.0", "reasons"),
        ({"comment": "a" * 1001}, "comment", "1.000 ký tự"),
        ({"answer": "a" * 10_001}, "answer", ""),
    ],
)
def test_wrong_feedback_is_told_in_vietnamese(client: TestClient, change: dict, field: str, said: str):
    problem = is_problem(client.post("/api/feedback", json={"question": QUESTION, "verdict": "up", **change}), 422)
    assert said in problem["detail"]
    assert problem["errors"][0]["field"] == field
