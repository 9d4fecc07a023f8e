import threading
import time

import pytest
from langsmith.utils import get_env_var, tracing_is_enabled
from scripted import Drop, Fail, Stall, scripted, statements

from bot.llm.model import ModelDown, open_model
from bot.llm.prompt import restating
from knowledge.errors import LibraryError
from knowledge.settings import Settings

ASKED = restating("Có bao nhiêu HTX?", ())


def test_no_model_is_named_by_default():
    assert open_model(Settings(_env_file=None)) is None


def test_a_reply_comes_in_pieces_and_whole():
    with scripted(lambda asked: ["Xin ", "chào, ", "hợp tác xã"]) as server:
        heard = []
        assert server.model().reply(ASKED, heard.append) == "Xin chào, hợp tác xã"
        assert "".join(heard) == "Xin chào, hợp tác xã"
        assert len(heard) >= 3
    assert server.raw[0]["stream"] is True
    assert server.raw[0]["temperature"] == 0


@pytest.mark.parametrize(("piece", "outcome"), [(Stall(30), "timeout"), (Fail(500), "failed"), (Fail(400), "failed"), (Fail(429), "failed")])
def test_a_server_that_fails_or_stalls_gives_up_in_time(piece, outcome):
    with scripted(lambda asked: [piece]) as server:
        model = server.model(timeout=1.0)
        start = time.monotonic()
        with pytest.raises(ModelDown) as down:
            model.reply(ASKED)
        assert down.value.outcome == outcome
        assert time.monotonic() - start < 5
        assert model.outcomes[outcome] == 1


def test_a_server_that_drips_for_ever_is_held_to_the_time():
    with scripted(lambda asked: [p for _ in range(100) for p in ("x", Stall(0.2))]) as server:
        start = time.monotonic()
        with pytest.raises(ModelDown, match="timeout"):
            server.model(timeout=1.0).reply(ASKED)
        assert time.monotonic() - start < 3


def test_a_line_that_breaks_off_is_no_end():
    with scripted(lambda asked: ['{"statements": [', Drop()]) as server:
        text = ""
        try:
            text = server.model().reply(ASKED)
        except ModelDown:
            return
        assert text == '{"statements": ['  # some clients take a closed line for an end: what was said is no whole reply all the same


def test_nobody_is_asked_while_the_service_rests():
    with scripted(lambda asked: [Fail(500)]) as server:
        model = server.model()
        outcomes = []
        for _ in range(5):
            with pytest.raises(ModelDown) as down:
                model.reply(ASKED)
            outcomes.append(down.value.outcome)
    assert outcomes == ["failed", "failed", "failed", "resting", "resting"]
    assert len(server.raw) == 3


def test_calls_beyond_the_ceiling_are_not_made():
    with scripted(lambda asked: ["a", Stall(2), "b"]) as server:
        model = server.model(timeout=5, at_once=1)
        begun = threading.Event()
        first = threading.Thread(target=model.reply, args=(ASKED, lambda piece: begun.set()))
        first.start()
        assert begun.wait(10)
        with pytest.raises(ModelDown, match="busy"):
            model.reply(ASKED)
        first.join()
    assert len(server.raw) == 1


def test_a_server_that_only_keeps_the_line_warm_takes_no_place():
    with scripted(lambda asked: [Stall(4, warm=True)]) as server:
        model = server.model(timeout=0.7, at_once=1)
        for _ in range(2):
            with pytest.raises(ModelDown, match="timeout"):
                model.reply(ASKED)
            time.sleep(0.3)  # the line is hung up from the loop of the calls


def test_a_server_that_floods_is_held_to_the_time_and_to_a_length():
    with scripted(lambda asked: ["x" * 1000 for _ in range(200)]) as server, pytest.raises(ModelDown, match="characters"):
        server.model(timeout=20).reply(ASKED)
    with scripted(lambda asked: ["x" for _ in range(500)]) as server:
        start = time.monotonic()
        with pytest.raises(ModelDown, match="timeout"):
            server.model(timeout=0.5).reply(ASKED, lambda piece: time.sleep(0.05))
        assert time.monotonic() - start < 3


def test_what_the_other_side_says_is_not_written_to_the_log(caplog):
    with scripted(lambda asked: [Fail(401)]) as server, pytest.raises(ModelDown):
        server.model().reply(ASKED)
    assert "AuthenticationError 401" in caplog.text
    assert "scripted failure" not in caplog.text


def test_no_traces_are_sent_whatever_the_environment_says(monkeypatch):
    monkeypatch.setenv("LANGSMITH_TRACING_V2", "true")
    with scripted(lambda asked: ["a"]) as server:
        server.model()
    get_env_var.cache_clear()
    assert not tracing_is_enabled()


def test_a_server_that_is_not_there():
    model = open_model(Settings(llm="openai:x", llm_url="http://127.0.0.1:9/v1", llm_timeout=5, llm_retries=0, _env_file=None))
    with pytest.raises(ModelDown, match="failed"):
        model.reply(ASKED)


@pytest.mark.parametrize(
    ("named", "said"), [("anthropic:claude", r"pip install 'htx-assistant\[anthropic\]'|key"), ("nonsense", "provider:model"), ("nobody:x", "provider:model")]
)
def test_a_name_that_cannot_be_used_says_what_to_do(named, said, monkeypatch):
    monkeypatch.delenv("ANTHROPIC_API_KEY", raising=False)
    with pytest.raises(LibraryError, match=said):
        open_model(Settings(llm=named, _env_file=None))


def test_an_answer_needs_no_model_and_none_is_asked_while_warming(with_model):
    with scripted(lambda asked: statements()) as server:
        with_model(server).warm()
    assert server.raw == []
