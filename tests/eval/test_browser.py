import socket
import sys

import pytest

from eval import live
from eval.browser import PAINT, PLAIN, WORDS, show


def test_the_table_holds_both_ends_and_the_widget(capsys):
    show({PAINT: [100.0] * 9, WORDS: [float(i) for i in range(101)], PLAIN: [7.0] * 9}, 12_345)
    said = capsys.readouterr().out
    assert "101 questions" in said
    assert [line.split()[-2:] for line in said.splitlines() if line.startswith("Enter")] == [["50", "95"]]
    assert said.splitlines()[-1].split()[-1] == "12.3"


def test_what_is_missing_is_named(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("PATH", "/nowhere")
    assert live.find_chromium() is None
    assert "chromium" in live.missing() or "playwright" in live.missing()


def test_a_server_that_ends_is_told_with_its_log(tmp_path):
    with (
        pytest.raises(RuntimeError, match="no such paper"),
        live.running([sys.executable, "-c", "print('no such paper')"], "http://127.0.0.1:9/readyz", tmp_path),
    ):
        pass


def test_the_port_is_free():
    with socket.socket() as tried:
        tried.bind(("127.0.0.1", live.free_port()))
