"""Many questions from a file, answered in order by one process: JSON lines in, JSON lines out."""

import json
import logging
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.answer import Answer
from bot.history import user_turns
from bot.pipeline import Assistant

_log = logging.getLogger(__name__)


class BrokenLineError(ValueError):
    """A line that holds no question; the message says what is wrong with it."""


@dataclass(frozen=True)
class Asked:
    """A question of a file with its id and the user's turns before it."""

    id: object
    question: str
    history: tuple[str, ...]


def answer_file(assistant: Assistant, questions: Path, output: Path) -> Iterator[dict[str, Any]]:
    """Answer the questions one by one, writing and giving each record as it comes. A broken line becomes a record of status "error"."""
    lines = questions.read_bytes().removeprefix(b"\xef\xbb\xbf").split(b"\n")  # read whole first: output may be the same file
    with output.open("w", encoding="utf-8", newline="\n") as out:
        for number, line in enumerate(lines, 1):
            if line.strip():
                record = _record(assistant, number, line)
                out.write(json.dumps(record, ensure_ascii=False) + "\n")
                out.flush()  # an interrupted run keeps what it has
                yield record


def _record(assistant: Assistant, number: int, line: bytes) -> dict[str, Any]:
    identifier: object = f"line-{number}"
    try:
        fields = _fields(line)
        identifier = fields.get("id", identifier)
        asked = _asked(identifier, fields)
    except BrokenLineError as error:
        return {"id": identifier, **Answer("error", f"Dòng {number} của tệp câu hỏi không đọc được: {error}.").to_json()}
    try:
        answer = assistant.ask(asked.question, asked.history)
    except Exception:
        _log.exception("line %d: no answer", number)
        answer = Answer("error", "Có lỗi khi trả lời câu hỏi này; các câu khác không bị ảnh hưởng.")
    return {"id": identifier, **answer.to_json()}


def _fields(line: bytes) -> dict[str, Any]:
    try:
        text = line.decode("utf-8")
        fields = json.loads(text)
        # A lone surrogate is valid JSON but no text; it could not be written out again.
        json.dumps(fields, ensure_ascii=False).encode("utf-8")
    except (UnicodeError, ValueError, RecursionError):
        raise BrokenLineError("không phải JSON (UTF-8) hợp lệ") from None
    if not isinstance(fields, dict):
        raise BrokenLineError("không phải một đối tượng JSON")
    return fields


def _asked(identifier: object, fields: dict[str, Any]) -> Asked:
    question, history = fields.get("question"), fields.get("history") or []
    if not isinstance(question, str) or not question.strip():
        raise BrokenLineError("thiếu “question” (một chuỗi)")
    if not isinstance(history, list):
        raise BrokenLineError("“history” phải là một danh sách")
    try:
        return Asked(identifier, question, user_turns(history))
    except ValueError:
        raise BrokenLineError("mỗi lượt trong “history” là một chuỗi, hoặc đối tượng có “role” và “content”") from None
