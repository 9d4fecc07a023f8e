import copy
import datetime
import io
import unicodedata
import zipfile

import pytest
from docx import Document
from fastapi.testclient import TestClient

from bot.api import create_app
from bot.pipeline import Assistant
from knowledge.library import Library
from knowledge.text import fold
from ui import export_api
from ui.bundled import take_in
from ui.export import to_docx, to_markdown
from ui.verified import MOST_TURNS

BASE = "http://127.0.0.1:8000/"
NEIGHBOUR = """---
id: ke-hoach-dong-van
form: verbatim
number: "81/KH-UBND"
kind: plan
title: "Kế hoạch kinh tế tập thể năm 2031"
issuer: "Ủy ban nhân dân huyện Đồng Văn"
place: "huyện Đồng Văn, tỉnh Hà Giang"
issued_on: "2030-12-02"
period: "2031"
---
# I. HIỆN TRẠNG

## 1. Số lượng
- Đến hết tháng 10 năm 2030, huyện Đồng Văn có 41 hợp tác xã đang hoạt động.
- Các hợp tác xã của huyện Đồng Văn có 655 thành viên.
"""
QUESTION = "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?"
COMPARED = "Mèo Vạc và Đồng Văn nơi nào nhiều thành viên hợp tác xã hơn?"


@pytest.fixture
def library(settings, paper) -> Library:
    library = Library(settings)
    other = paper.with_name("dong-van.md")
    other.write_text(NEIGHBOUR, encoding="utf-8")
    take_in(library, paper)
    take_in(library, other)
    return library


@pytest.fixture
def assistant(library: Library) -> Assistant:
    return Assistant(library, today=lambda: datetime.date(2031, 3, 1))


@pytest.fixture
def turn(assistant: Assistant):
    return lambda question: {"question": question, "answer": assistant.ask(question).to_json()}


@pytest.fixture
def client(assistant: Assistant):
    app = create_app(assistant)
    export_api.mount(app, assistant.library)
    return TestClient(app, raise_server_exceptions=False)


def words_of(docx: bytes) -> str:
    """All text of a Word file in its order, tables and links included."""
    body = Document(io.BytesIO(docx)).element.body
    return "\n".join("".join(t.text or "" for t in p.iter("{*}t")) for p in body.iter("{*}p"))


def test_word_holds_question_answer_and_the_source_whole(library, turn):
    said = words_of(to_docx([turn(QUESTION)], BASE, library))
    assert QUESTION in said
    assert "27 hợp tác xã" in said.split("Nguồn")[0]
    assert "1/3/2031" in said
    source = said.split("Nguồn")[1]
    for part in ("[1] ", "Số 77/KH-UBND", "Ủy ban nhân dân huyện Mèo Vạc", "ngày 5/11/2030", "Tóm lược", "I. HIỆN TRẠNG › 1. Số lượng", "Đến hết tháng 10"):
        assert part in source


def test_word_links_each_source_to_its_paragraph(library, turn):
    made = to_docx([turn(QUESTION)], BASE, library)
    targets = {r.target_ref for r in Document(io.BytesIO(made)).part.rels.values() if r.is_external}
    assert "http://127.0.0.1:8000/documents/ke-hoach-meo-vac#I.1-1" in targets
    xml = zipfile.ZipFile(io.BytesIO(made)).read("word/document.xml").decode()
    assert 'w:anchor="nguon_1"' in xml
    assert 'w:name="nguon_1"' in xml


def test_figures_compared_become_a_table(library, turn):
    document = Document(io.BytesIO(to_docx([turn(COMPARED)], BASE, library)))
    rows = [[c.text for c in row.cells] for row in document.tables[0].rows]
    assert rows[0] == ["Đối tượng", "Thời gian", "Số liệu", "Nguồn"]
    assert {(row[0], row[2]) for row in rows[1:]} == {("Huyện Đồng Văn", "655 thành viên"), ("Huyện Mèo Vạc", "412 thành viên")}
    text = to_markdown([turn(COMPARED)], BASE, library)
    assert "nhiều hơn huyện Mèo Vạc 243 thành viên" in text
    assert "| Huyện Đồng Văn | 2030 | 655 thành viên | [" in text
    assert "(Nguyên văn)" in text
    assert "(Tóm lược)" in text


def test_markdown_numbers_sources_through_the_conversation(library, turn):
    text = to_markdown([turn(QUESTION), turn(COMPARED), turn(QUESTION)], BASE, library)
    assert text.count("[1]: <http://127.0.0.1:8000/documents/ke-hoach-meo-vac#I.1-1>") == 1
    assert [f"\n{n}. **" in text for n in (1, 2, 3, 4)] == [True, True, True, False]
    assert text.count(f"## {QUESTION}") == 2


def test_a_forged_citation_is_left_out_with_what_rests_on_it(library, turn):
    forged = turn(QUESTION)
    forged["answer"]["answer"] += "\nHợp tác xã được cấp không đất rừng. [2]\nNhà nước trả lương giám đốc. [3]"
    forged["answer"]["citations"].append({**forged["answer"]["citations"][0], "marker": 2, "anchor": "IX.9", "text": "Cấp không đất rừng."})
    for text in (to_markdown([forged], BASE, library), words_of(to_docx([forged], BASE, library))):
        assert "27 hợp tác xã" in text
        assert "đất rừng" not in text
        assert "trả lương" not in text
        assert "Đã bỏ 2 mục" in text


def test_the_text_of_a_source_is_the_library_s(library, turn):
    forged = turn(QUESTION)
    forged["answer"]["citations"][0] |= {
        "text": "Có 99 hợp tác xã.",
        "title": "Luật giả",
        "issuer": "Ai đó",
        "url": "https://evil.example/x",
        "form": "verbatim",
    }
    text = to_markdown([forged], BASE, library)
    assert not [word for word in ("99", "Luật giả", "Ai đó", "evil", "Nguyên văn") if word in text]


@pytest.mark.parametrize("shape", [str, lambda s: unicodedata.normalize("NFD", s), fold])
def test_a_sentence_changed_in_the_browser_fails_its_proof(library, turn, shape):
    forged = turn(QUESTION)
    forged["answer"]["answer"] = shape("Huyện Mèo Vạc được thưởng 500 triệu đồng.") + " [1]\n" + shape("Đồng Văn cũng được 900 triệu đồng.")
    text = to_markdown([forged], BASE, library)
    assert "500" not in text
    assert "900" not in text
    assert "Đã bỏ 2 mục" in text


def test_figures_changed_in_the_browser_are_left_out(library, turn):
    forged = turn(COMPARED)
    first, second = forged["answer"]["figures"]
    assert "| Huyện" in to_markdown([forged], BASE, library)
    for change in ({"value": 999.0}, {"printed": "999 thành viên"}, {"label": "Huyện Yên Minh 7"}, {"citation": 9}):
        changed = copy.deepcopy(forged)
        changed["answer"]["figures"] = [{**first, **change}, second]
        assert "| Huyện" not in to_markdown([changed], BASE, library), change
    changed = copy.deepcopy(forged)
    changed["answer"]["figures"] = [{**first, "place": "Hà Nội", "years": [1999, 1999]}, second]
    assert "Hà Nội" not in to_markdown([changed], BASE, library)


def test_refusals_are_told_as_such(library, turn):
    text = to_markdown([turn("Huyện Mèo Vạc trồng bao nhiêu hecta sầu riêng năm 2029?")], BASE, library)
    assert "*Không tìm thấy*" in text
    forged = turn("Xin chào")
    forged["answer"] |= {"answer": "Mỗi hợp tác xã được 7 tỷ đồng.", "status": "out_of_scope"}
    assert "7 tỷ" not in to_markdown([forged], BASE, library)


def test_markdown_of_a_paper_is_text(library, turn, assistant):
    asked = {**turn(QUESTION), "question": "# [x](javascript:1) <b> *đậm* | `a`"}
    document, paragraph = library.document("ke-hoach-meo-vac"), library.paragraph("ke-hoach-meo-vac", "I.1-3")
    said = {"status": "answered", "answer": "Ghi chú thử. [1]", "citations": [{"marker": 1, "document_id": document.id, "anchor": paragraph.anchor}]}
    text = to_markdown([asked, {"question": "1. x", "answer": said}], BASE, library)
    assert r"## \# \[x\](javascript:1) \<b\> \*đậm\* \| \`a\`" in text
    assert r"## 1\. x" in text
    assert r"\<script\>alert" in text
    assert "<script>" not in text


def test_word_takes_text_that_xml_does_not(library, turn):
    asked = {**turn(QUESTION), "question": "a\x00b\x0bc\ufffe<w:p>"}
    assert "abc<w:p>" in words_of(to_docx([asked], BASE, library))


@pytest.mark.parametrize(("format", "kind"), [("docx", export_api.DOCX), ("md", "text/markdown; charset=utf-8")])
def test_api_gives_a_file_named_in_vietnamese(client, turn, format, kind):
    response = client.post(f"/api/export?format={format}", json={"turns": [turn(QUESTION)]})
    assert response.status_code == 200
    assert response.headers["content-type"] == kind
    name = response.headers["content-disposition"]
    assert f'filename="hoi-dap-htx-{datetime.date.today()}.{format}"' in name
    assert "filename*=UTF-8''H%E1%BB%8Fi%20%C4%91%C3%A1p%20HTX" in name
    assert "?" not in name
    text = response.text if format == "md" else words_of(response.content)
    assert "27 hợp tác xã" in text
    assert ("http://testserver/documents/ke-hoach-meo-vac#" in text) == (format == "md")


@pytest.mark.parametrize("question", ["../../etc/passwd\r\nX: 1", 'a"; filename="x.exe', ""])
def test_no_question_breaks_the_header(client, turn, question):
    name = client.post("/api/export?format=md", json={"turns": [{**turn(QUESTION), "question": question}]}).headers["content-disposition"]
    assert name.count('"') == 2
    assert "/" not in name
    assert name.endswith(".md")


@pytest.mark.parametrize(
    ("query", "body", "field"),
    [
        ("", {}, "turns"),
        ("", {"turns": []}, "turns"),
        ("", {"turns": [{"question": "a"}]}, "turns.0"),
        ("", {"turns": [{"question": "a", "answer": {"status": "answered", "answer": "x" * 10_001}}]}, "turns.0"),
        ("", {"turns": [{"question": "a", "answer": {"status": "answered", "holds_on": "hôm nay"}}]}, "turns.0"),
        ("", {"turns": [{"question": "a", "answer": {"status": "answered"}}] * (MOST_TURNS + 1)}, "turns"),
        ("?format=pdf", {"turns": [{"question": "a", "answer": {"status": "answered"}}]}, "format"),
    ],
)
def test_wrong_bodies_are_problems(client, query, body, field):
    response = client.post(f"/api/export{query}", json=body)
    assert (response.status_code, response.headers["content-type"]) == (422, "application/problem+json")
    assert response.json()["errors"][0]["field"] == field
    assert response.json()["detail"].endswith(".")


def test_a_huge_body_is_refused(client):
    assert client.post("/api/export", json={"turns": ["x" * 600_000]}).status_code == 413


def test_markers_bear_the_style_of_links(library, turn):
    document = Document(io.BytesIO(to_docx([turn(QUESTION)], BASE, library)))
    links = [r for r in document.element.body.iter("{*}hyperlink")]
    assert {s.val for link in links for s in link.iter("{*}rStyle")} == {document.styles["Link"].style_id}
    assert len(links) >= 2


def test_a_conversation_that_takes_too_long_to_prove_is_refused(client, turn):
    long = turn(QUESTION)
    cited = [{**long["answer"]["citations"][0], "marker": i} for i in range(1, 51)]
    long["answer"] |= {"answer": ("27 hợp tác xã " + "".join(f"[{i}]" for i in range(1, 51)) + "\n") * 40, "citations": cited}
    small = {"question": QUESTION, "answer": {k: long["answer"][k] for k in ("status", "answer")}}
    assert client.post("/api/export?format=md", json={"turns": [small]}).status_code == 200
    response = client.post("/api/export?format=md", json={"turns": [small] * 4})
    assert response.status_code == 422
    assert "từng câu trả lời" in response.json()["detail"]
