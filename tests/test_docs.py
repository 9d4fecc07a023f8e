"""The README tells of every setting, command, option, status, note and address; a new one without a word there fails here."""

import re
from pathlib import Path

import pytest
import typer.main

from bot.answer import NOTE_KINDS, STATUSES
from bot.api import create_app
from bot.pipeline import Assistant
from knowledge.library import Library
from knowledge.settings import Settings
from ui import words
from ui.chat.words import Words
from ui.cli import app

README = (Path(__file__).parents[1] / "README.md").read_text(encoding="utf-8")


def commands() -> list[tuple[str, object]]:
    found = []
    for name, command in typer.main.get_command(app).commands.items():
        children = getattr(command, "commands", {})
        found += [(f"{name} {child}", c) for child, c in children.items()] or [(name, command)]
    return found


@pytest.mark.parametrize("name", list(Settings.model_fields))
def test_settings(name: str):
    assert f"`HTX_{name.upper()}`" in README, f"the configuration table in README.md lacks HTX_{name.upper()}"


@pytest.mark.parametrize("name", [name for name, _ in commands()])
def test_commands(name: str):
    group, _, child = name.partition(" ")
    pattern = rf"htx {group} [a-z|\\]*\b{child}\b" if child else rf"htx {group}\b"
    assert re.search(pattern, README), f"the commands in README.md lack: htx {name}"


def test_options():
    options = {option for _, command in commands() for p in command.params for option in p.opts if option.startswith("--")}
    assert {o for o in options if o not in README} == set(), "the commands in README.md lack these options"


@pytest.mark.parametrize("status", STATUSES)
def test_statuses(status: str):
    assert f"`{status}`" in README, f"README.md lacks the status {status}"
    assert status in words.STATUSES, f"ui/words.py lacks the Vietnamese words of {status}"


@pytest.mark.parametrize("kind", NOTE_KINDS)
def test_note_kinds(kind: str):
    assert f"`{kind}`" in README, f"README.md lacks the note kind {kind}"
    assert kind in words.NOTES, f"ui/words.py lacks the Vietnamese words of {kind}"


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_chat_page_knows_statuses_and_notes(language: str):
    assert all(Words(language).status(status) for status in STATUSES)
    assert all(Words(language).note(kind) for kind in NOTE_KINDS)


def test_addresses(tmp_path: Path):
    paths = create_app(Assistant(Library(Settings(data_dir=tmp_path, database_url="", _env_file=None)))).openapi()["paths"]
    assert [path for path in paths if path not in README] == [], "README.md lacks these addresses of the API"


def test_make_targets():
    makefile = (Path(__file__).parents[1] / "Makefile").read_text(encoding="utf-8")
    targets = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)[1].split()
    assert [t for t in targets if f"make {t}" not in README] == [], "README.md lacks these targets of make"
