import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from html.parser import HTMLParser
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from knowledge.errors import LibraryError
from knowledge.library import Library
from knowledge.settings import Settings
from ui.bundled import DOCUMENTS, ensure_library, open_library, take_in
from ui.chat.words import Words
from ui.server import build


class Tags(HTMLParser):
    """The tags of a page with their attributes, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(page)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.text += data

    def values(self, name: str) -> list[str]:
        return [attributes[name] or "" for _, attributes in self.tags if name in attributes]


ENVIRONMENT = {"PATH": os.environ["PATH"], "PYTHONPATH": str(Path(__file__).parents[2])}


@pytest.fixture
def client(settings: Settings, paper: Path):
    take_in(Library(settings), paper)
    with TestClient(build(settings)) as client:
        yield client


def test_chat_page_asks_no_other_host(client: TestClient):
    for path, language in (("/", "vi"), ("/en/", "en")):
        response = client.get(path)
        page = Tags(response.text)
        assert response.status_code == 200
        assert "connect-src 'self'" in response.headers["content-security-policy"]
        loaded = [attributes.get("src") or attributes.get("href") for tag, attributes in page.tags if tag in {"script", "link", "img", "iframe"}]
        assert [address for address in loaded if address and address.startswith(("http:", "https:", "//")) and "testserver" not in address] == []
        assert Words(language)["title"] in response.text


def test_other_pages_keep_the_strict_policy(client: TestClient):
    policy = client.get("/documents").headers["content-security-policy"]
    assert "unsafe" not in policy


def test_no_file_comes_in_through_the_chat_page(client: TestClient):
    response = client.post("/gradio_api/upload", files={"files": ("a.bin", b"x" * 10_000)})
    assert response.status_code >= 400


@pytest.mark.parametrize("name", ["page.css", "icon.svg"])
def test_files_of_the_pages(client: TestClient, name: str):
    response = client.get(f"/look/{name}")
    assert response.status_code == 200
    assert "http://" not in response.text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in response.text


def test_build_tells_when_the_library_does_not_open(settings: Settings, tmp_path: Path):
    (tmp_path / "file").touch()
    with pytest.raises(LibraryError, match="HTX_DATA_DIR"):
        build(settings.model_copy(update={"data_dir": tmp_path / "file"}))


def test_ensure_library_reads_new_and_changed_papers_only(settings: Settings, paper: Path):
    own = settings.papers_dir / "meo-vac.md"
    own.write_text(paper.read_text(encoding="utf-8"), encoding="utf-8")
    first = ensure_library(settings)
    assert {r.status for r in first} == {"new"}
    assert len(first) == len(list(DOCUMENTS.glob("*.md"))) + 1
    assert {r.status for r in ensure_library(settings)} == {"unchanged"}
    own.write_text(own.read_text(encoding="utf-8").replace("27 hợp tác xã", "28 hợp tác xã"), encoding="utf-8")
    assert [r.document_id for r in ensure_library(settings) if r.status == "new"] == ["ke-hoach-meo-vac"]
    assert "28 hợp tác xã" in open_library(settings).paragraph("ke-hoach-meo-vac", "I.1-1").text


def test_ensure_library_goes_on_after_a_bad_paper(settings: Settings):
    (settings.papers_dir / "bad.txt").write_bytes(b"\x00\x01\x02" * 50)
    told = []
    reports = ensure_library(settings, told.append)
    assert [r.path.name for r in reports if r.status == "failed"] == ["bad.txt"]
    assert told == reports


def test_ensure_library_without_a_papers_folder(settings: Settings):
    settings.papers_dir.rmdir()
    assert all(r.status == "new" for r in ensure_library(settings))


def test_a_paper_taken_in_by_another_process_is_answered_from(client: TestClient, settings: Settings, paper: Path):
    asked = {"question": "Các hợp tác xã của huyện Đồng Văn có bao nhiêu thành viên?"}
    assert client.post("/api/chat", json=asked).json()["status"] == "not_found"
    other = paper.with_name("dong-van.md")
    other.write_text(paper.read_text(encoding="utf-8").replace("Mèo Vạc", "Đồng Văn").replace("meo-vac", "dong-van").replace("412", "523"), encoding="utf-8")
    command = [sys.executable, "-c", "from ui.cli import main; main()", "ingest", str(other), "--data-dir", str(settings.data_dir)]
    subprocess.run(command, cwd=settings.papers_dir.parent, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL)
    assert "523" in client.post("/api/chat", json=asked).json()["answer"]


def test_serve_as_a_process(settings: Settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", str(port), "--data-dir", str(settings.data_dir)]
    process = subprocess.Popen(command, cwd=settings.papers_dir.parent, env=ENVIRONMENT, stdout=subprocess.PIPE)
    try:
        assert ready(f"http://127.0.0.1:{port}/readyz", process)
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}" in out.decode()


def ready(url: str, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(900):
        assert process.poll() is None, "htx serve ended before it was ready"
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    return False
