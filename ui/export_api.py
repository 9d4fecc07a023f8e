"""The export over HTTP: a conversation that the browser keeps goes in, a file goes out."""

import datetime
import re
from typing import Annotated, Literal
from urllib.parse import quote

from fastapi import FastAPI, Request
from fastapi.responses import Response
from pydantic import BaseModel, Field

from bot.api import MAX_BODY
from knowledge.library import Library
from ui.export import to_docx, to_markdown
from ui.verified import MOST_TURNS, Turn

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
_UNFIT = re.compile(r'[\\/:*?"<>|\x00-\x1f\x7f]+')  # no file name holds these on every system
_LONGEST_NAME = 60


class ExportRequest(BaseModel):
    """The turns to write, oldest first."""

    turns: Annotated[list[Turn], Field(min_length=1, max_length=MOST_TURNS)]


def mount(app: FastAPI, library: Library) -> None:
    """Add `POST /api/export?format=docx|md`."""

    @app.post("/api/export", summary="Xuất hội thoại có nguồn: format=docx hoặc md", max_body_size=MAX_BODY, response_model=None)
    def export(request: Request, asked: ExportRequest, format: Literal["docx", "md"] = "docx") -> Response:
        base_url = str(request.base_url)
        headers = {"Content-Disposition": _download(asked.turns[0].question, format), "Cache-Control": "no-store"}
        if format == "md":
            return Response(to_markdown(asked.turns, base_url, library), media_type="text/markdown; charset=utf-8", headers=headers)
        return Response(to_docx(asked.turns, base_url, library), media_type=DOCX, headers=headers)


def _download(question: str, suffix: str) -> str:
    """The header of a file named after the question, in Vietnamese for those that read RFC 6266, after the day for others."""
    plain = f"hoi-dap-htx-{datetime.date.today().isoformat()}.{suffix}"
    words = " ".join(_UNFIT.sub(" ", question).split())[:_LONGEST_NAME].strip(" .")
    named = quote(f"Hỏi đáp HTX{f' – {words}' if words else ''}.{suffix}", safe="")
    return f"attachment; filename=\"{plain}\"; filename*=UTF-8''{named}"
