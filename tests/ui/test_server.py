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


@pytest.fixture
def client(settings: Settings, paper: Path):
    take_in(Library(settings), paper)
    with TestClient(build(settings)) as client:
        yield client


def test_question_page_asks_no_other_host_and_has_no_inline_code(client: TestClient):
    response = client.get("/")
    page = Tags(response.text)
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert all(value.startswith(("/", "#")) for value in page.values("href") + page.values("src"))
    assert not page.values("style")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert [a for tag, a in page.tags if tag == "script"] == [{"src": "/static/page.js", "defer": None}]
    assert not [tag for tag, _ in page.tags if tag == "style"]


@pytest.mark.parametrize("name", ["page.css", "page.js", "icon.svg"])
def test_files_of_the_page(client: TestClient, name: str):
    response = client.get(f"/static/{name}")
    assert response.status_code == 200
    assert "http://" not in response.text.replace("http://www.w3.org/2000/svg", "")
    assert "https://" not in response.text
    assert "innerHTML" not in response.text


def test_script_and_page_name_the_same_elements(client: TestClient):
    page, script = client.get("/").text, client.get("/static/page.js").text
    wanted = {part.split('"')[1] for part in script.split("getElementById(")[1:]}
    assert wanted
    assert wanted <= set(Tags(page).values("id"))


def test_nothing_outside_the_page_folder_is_served(client: TestClient):
    assert client.get("/static/../pages.py").status_code == 404
    assert client.get("/static/%2e%2e/pages.py").status_code == 404


def test_list_of_papers(client: TestClient):
    page = Tags(client.get("/documents").text)
    assert "/documents/ke-hoach-meo-vac" in page.values("href")
    assert "Số 77/KH-UBND · Ủy ban nhân dân huyện Mèo Vạc · ngày 5/11/2030 · thời kỳ 2031" in page.text
    assert "tóm lược" in page.text


def test_citation_urls_lead_to_paragraphs(client: TestClient):
    answer = client.post("/api/chat", json={"question": "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?"}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        address, _, anchor = citation["url"].partition("#")
        page = client.get(address)
        assert page.status_code == 200
        assert anchor in Tags(page.text).values("id")


def test_paper_is_escaped(client: TestClient):
    response = client.get("/documents/ke-hoach-meo-vac")
    page = Tags(response.text)
    assert "script" not in [tag for tag, _ in page.tags]
    assert 'alert("x")' in page.text
    assert "<script>" not in response.text


def test_unknown_paper_is_a_page_with_a_way_on(client: TestClient):
    response = client.get("/documents/nowhere%3Cb%3E")
    assert response.status_code == 404
    assert "/documents" in Tags(response.text).values("href")
    assert "<b>" not in response.text


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
    subprocess.run(command, cwd=settings.papers_dir.parent, env={"PYTHONPATH": str(Path(__file__).parents[2])}, check=True, stdout=subprocess.DEVNULL)
    assert "523" in client.post("/api/chat", json=asked).json()["answer"]


def test_serve_as_a_process(settings: Settings):
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-c", "from ui.cli import main; main()", "serve", "--port", str(port), "--data-dir", str(settings.data_dir)]
    process = subprocess.Popen(command, cwd=settings.papers_dir.parent, env={"PYTHONPATH": str(Path(__file__).parents[2])}, stdout=subprocess.PIPE)
    try:
        assert ready(f"http://127.0.0.1:{port}/readyz", process)
    finally:
        process.terminate()
        out, _ = process.communicate(timeout=20)
    assert f"http://127.0.0.1:{port}" in out.decode()


def ready(url: str, process: subprocess.Popen[bytes]) -> bool:
    for _ in range(300):
        assert process.poll() is None, "htx serve ended before it was ready"
        try:
            with urllib.request.urlopen(url, timeout=5) as response:
                return response.status == 200
        except (urllib.error.URLError, TimeoutError):
            time.sleep(0.1)
    return False
