"""The HTTP API with a scripted model behind it."""

import json

import pytest
from fastapi.testclient import TestClient
from scripted import Scripted, scripted, statements

from bot.api import create_app

COUNT = "Huyện Mèo Vạc có bao nhiêu hợp tác xã?"
RIGHT = "Đến hết tháng 10 năm 2030, huyện Mèo Vạc có 27 hợp tác xã đang hoạt động."
EVIDENCE = "huyện Mèo Vạc có 27 hợp tác xã đang hoạt động"


@pytest.fixture
def client(with_model):
    return lambda server: TestClient(create_app(with_model(server)))


def events(client: TestClient, question: str) -> list[tuple[str, dict]]:
    text = client.post("/api/chat", json={"question": question, "stream": True}).text
    lines = [block.split("\n") for block in text.strip().split("\n\n")]
    return [(event.removeprefix("event: "), json.loads(data.removeprefix("data: "))) for event, data in lines]


def right(asked):
    return statements((RIGHT, asked.id_of(EVIDENCE)))


def test_proven_statements_are_events_and_the_answer_agrees_with_them(client):
    with scripted(right) as server:
        told = events(client(server), COUNT)
    answer = next(data for event, data in told if event == "answer")
    assert [data for event, data in told if event == "statement"] == answer["statements"]
    assert answer["mode"] == "llm"
    assert told[-1][0] == "done"


def test_what_was_told_and_gave_way_is_said_so(client):
    """A statement that holds but does not give the figure asked for: it is told, then the built-in answer replaces it."""
    beside = "Huyện Mèo Vạc không có liên hiệp hợp tác xã."
    with scripted(lambda asked: statements((beside, asked.id_of("không có liên hiệp")))) as server:
        told = events(client(server), "Huyện Mèo Vạc có mấy thành viên và liên hiệp?")
    at = told.index(("status", {"step": "replaced"}))
    assert [data["text"] for event, data in told[:at] if event == "statement"] == [beside]
    answer = next(data for event, data in told if event == "answer")
    assert [data for event, data in told[at:] if event == "statement"] == answer["statements"]
    assert answer["mode"] == "extractive"


def test_calls_and_what_became_of_them_are_counted(client):
    server: Scripted
    with scripted(right) as server:
        asking = client(server)
        asking.post("/api/chat", json={"question": COUNT})
        metrics = asking.get("/metrics").text
    assert 'htx_model_calls_total{outcome="answered"} 1' in metrics
    assert 'htx_model_texts_total{outcome="written"} 1' in metrics


def test_without_a_model_there_is_nothing_to_count(library):
    from bot.pipeline import Assistant

    assert "htx_model" not in TestClient(create_app(Assistant(library))).get("/metrics").text


@pytest.mark.parametrize("forgotten", [{"place": -1}, {"place": "x"}, {"other": 1}, {"place": 10_000}, "place"])
def test_what_cannot_be_forgotten_is_a_clear_error(client, forgotten):
    with scripted(right) as server:
        answer = client(server).post("/api/chat", json={"question": COUNT, "forgotten": forgotten})
    assert answer.status_code == 422
    assert answer.json()["detail"]
