import datetime
import itertools
import re
import string
import unicodedata
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import quote, unquote

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.api import create_app
from bot.pipeline import Assistant
from knowledge import catalogue
from knowledge.library import Library
from knowledge.model import Document, Place
from knowledge.settings import Settings
from ui import language, reader
from ui.bundled import take_in
from ui.reader import match, validity

TODAY = datetime.date(2031, 6, 1)
OTHER = """---
id: ke-hoach-bac-kan
form: verbatim
number: "15/KH-UBND"
kind: plan
title: "Kế hoạch kinh tế tập thể Bắc Kạn"
issuer: "Ủy ban nhân dân tỉnh Bắc Kạn"
place: "tỉnh Bắc Kạn"
issued_on: "2021-12-20"
period: "2020-2021"
---
Căn cứ Nghị quyết số 08/2019/NQ-HĐND ngày 17/7/2019 của Hội đồng nhân dân tỉnh Bắc Kạn.

# I. KẾT QUẢ
- Năm 2020, tỉnh Bắc Kạn có 190 hợp tác xã.
- Năm 2021, tỉnh Bắc Kạn có 205 hợp tác xã.
- Công văn số 4321/UBND-KTN của Ủy ban nhân dân tỉnh Bắc Kạn.
- Nghị quyết số 08/2019/NQ-HĐND ngày 10/12/2019 của Hội đồng nhân dân tỉnh Lạng Sơn.
"""


class Page(HTMLParser):
    """A page's tags with their attributes, its text, its titles by level."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, {name: value or "" for name, value in attrs}))

    def handle_data(self, data):
        self.text += data

    def values(self, name: str, tag: str = "") -> list[str]:
        return [attributes[name] for found, attributes in self.tags if name in attributes and tag in {"", found}]


@pytest.fixture
def app(settings: Settings, paper: Path) -> FastAPI:
    library = Library(settings)
    other = paper.with_name("bac-kan.md")
    other.write_text(OTHER, encoding="utf-8")
    for path in (paper, other):
        assert take_in(library, path).status == "new"
    assistant = Assistant(library, today=lambda: TODAY)
    app = create_app(assistant)
    reader.mount(app, assistant, today=lambda: TODAY)
    return app


@pytest.fixture
def client(app: FastAPI):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def get(client: TestClient):
    def get(address: str, code: int = 200, **params: str) -> Page:
        response = client.get(address, params=params or None)
        assert response.status_code == code, address
        return Page(response.text)

    return get


PAGES = ["/documents", "/documents/ke-hoach-meo-vac", "/instruments", "/instruments/17/2023/QH15", "/instruments/08/2019/NQ-HĐND", "/ledger"]


# -- every page


@pytest.mark.parametrize("lang", ["vi", "en"])
@pytest.mark.parametrize("address", [*PAGES, "/documents/nowhere", "/instruments/999/1999/QH1"])
def test_pages_have_a_shell_and_no_inline_code(client: TestClient, address: str, lang: str):
    response = client.get(address, params={"lang": lang})
    page = Page(response.text)
    assert page.values("lang", "html") == [lang]
    assert response.headers["content-security-policy"].startswith("default-src 'self'")
    assert "Cookie" in response.headers["vary"]
    assert not [tag for tag, _ in page.tags if tag in {"script", "style"}]
    assert not page.values("style")
    assert not [name for _, attributes in page.tags for name in attributes if name.startswith("on")]
    assert all(value.startswith(("/", "#", "?")) for value in page.values("href") + page.values("src") + page.values("action"))
    assert [attributes["id"] for tag, attributes in page.tags if tag == "main"] == ["noi-dung"]
    assert page.values("href", "a")[0] == "#noi-dung"
    assert [tag for tag, _ in page.tags].count("h1") == 1
    levels = [int(tag[1]) for tag, _ in page.tags if re.fullmatch(r"h[1-6]", tag)]
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels)), levels
    ids = page.values("id")
    assert len(ids) == len(set(ids))
    labelled = set(page.values("for"))
    assert all(attributes["id"] in labelled for tag, attributes in page.tags if tag in {"input", "select"} and attributes.get("type") != "hidden")


@pytest.mark.parametrize("address", PAGES)
def test_addresses_on_pages_lead_somewhere(client: TestClient, address: str):
    page = Page(client.get(address).text)
    for href in set(page.values("href")) - {"/"}:  # the chat is mounted elsewhere
        target, _, anchor = href.partition("#")
        found = client.get(target if target.startswith("/") else f"{address}{target}") if target else None
        assert found is None or found.status_code == 200, href
        if anchor:
            assert anchor in Page(found.text if found else page.html).values("id"), href


def test_styles_ask_no_other_host(client: TestClient):
    for name in Page(client.get("/documents").text).values("href", "link"):
        response = client.get(name)
        assert response.status_code == 200, name
        assert "@import" not in response.text
        assert not re.search(r"url\((?!data:)", response.text)


def test_nothing_outside_the_folder_of_styles_is_served(client: TestClient):
    assert client.get("/look/../words.py").status_code == 404
    assert client.get("/look/%2e%2e/words.py").status_code == 404


# -- language


def test_language_by_address_then_cookie_then_vietnamese(client: TestClient):
    assert "Văn bản trong thư viện" in client.get("/documents").text
    assert not client.cookies
    assert "Papers in the library" in client.get("/documents", params={"lang": "en"}).text
    assert "Papers in the library" in client.get("/documents").text
    assert "Văn bản trong thư viện" in client.get("/documents", params={"lang": "vi"}).text
    assert "Văn bản trong thư viện" in client.get("/documents").text


def test_a_language_that_is_none_counts_for_nothing(client: TestClient):
    assert '<html lang="vi">' in client.get("/documents", params={"lang": '"><b>'}).text
    assert not client.cookies
    client.cookies.set("lang", "fr")
    assert '<html lang="vi">' in client.get("/documents").text


def test_the_switch_keeps_what_was_asked(get):
    switch = next(a for tag, a in get("/documents", q="mèo vạc", lang="vi").tags if tag == "a" and a.get("class") == "switch")
    page = get(switch["href"])
    assert page.values("lang", "html") == ["en"]
    assert "mèo vạc" in page.values("value")
    assert "/en/" in page.values("href")


def test_every_text_is_there_in_both_languages_with_the_same_fields():
    for key, texts in language.TEXTS.items():
        fields = [{name for _, name, _, _ in string.Formatter().parse(text) if name} for text in texts]
        assert len(texts) == 2, key
        assert all(texts), key
        assert fields[0] == fields[1], key


@pytest.mark.parametrize(
    ("lang", "iso", "shown"),
    [("vi", "2024-07-02", "2/7/2024"), ("en", "2024-07-02", "2 July 2024"), ("en", "2021-04", "April 2021"), ("en", "2021", "2021"),
     ("en", "2021-99", "99/2021"), ("en", "khoảng 2021", "khoảng 2021"), ("en", "", "")],
)  # fmt: skip
def test_dates_as_readers_write_them(lang: language.Lang, iso: str, shown: str):
    assert language.date(lang, iso) == shown


# -- list of papers


def titles(page: Page) -> set[str]:
    return {href.rsplit("/", 1)[1] for href in page.values("href", "a") if href.startswith("/documents/")}


@pytest.mark.parametrize(
    "q",
    [
        "mèo vạc",
        "Meo Vac",
        "MÈO VẠC",
        unicodedata.normalize("NFD", "huyện Mèo Vạc"),
        "77/KH-UBND",
        "77/kh-ubnd",
        "ubnd huyện mèo vạc",
        "ủy ban mèo",
        "hà giang",
    ],
)
def test_search_of_papers_without_regard_to_accents(get, q: str):
    assert titles(get("/documents", q=q)) == {"ke-hoach-meo-vac"}


def test_search_of_papers_knows_the_letter_đ(get, settings: Settings, paper: Path):
    other = paper.with_name("dong-van.md")
    other.write_text(paper.read_text(encoding="utf-8").replace("Mèo Vạc", "Đồng Văn").replace("meo-vac", "dong-van"), encoding="utf-8")
    take_in(Library(settings), other)
    for q in ("đồng văn", "dong van", "ĐỒNG VĂN", unicodedata.normalize("NFD", "Đồng Văn")):
        page = get("/documents", q=q)
        assert "ke-hoach-dong-van" in titles(page)
        assert "ke-hoach-meo-vac" not in titles(page)


@pytest.mark.parametrize(
    ("params", "found"),
    [
        ({"place": "Huyện Mèo Vạc"}, {"ke-hoach-meo-vac"}),
        ({"place": "ha giang"}, {"ke-hoach-meo-vac"}),
        ({"place": "Tỉnh Bắc Kạn"}, {"ke-hoach-bac-kan"}),
        ({"place": "Việt Nam"}, set()),
        ({"place": "không đâu"}, set()),
        ({"form": "verbatim"}, {"ke-hoach-bac-kan"}),
        ({"kind": "law"}, set()),
        ({"kind": "plan"}, {"ke-hoach-bac-kan", "ke-hoach-meo-vac"}),
        ({"year": "2030"}, {"ke-hoach-meo-vac"}),
        ({"year": "2021"}, {"ke-hoach-bac-kan"}),
        ({"year": "x"}, set()),
        ({"q": "kinh te", "form": "digest"}, {"ke-hoach-meo-vac"}),
        ({"q": "không có từ này"}, set()),
    ],
)
def test_filters_of_papers(get, params: dict[str, str], found: set[str]):
    page = get("/documents", **params)
    assert titles(page) == found
    assert f"{len(found)} " in page.text
    assert ("Không có mục nào khớp" in page.text) == (not found)


@pytest.mark.parametrize(("typed", "chosen"), [("tinh bac kan", "Tỉnh Bắc Kạn"), ("bac kan", "bac kan"), ('"><b>', '"><b>')])
def test_filters_stay_as_chosen_and_can_be_cleared(get, typed: str, chosen: str):
    page = get("/documents", place=typed, q='<i>"kế')
    assert next(a["value"] for tag, a in page.tags if tag == "option" and "selected" in a and a["value"]) == chosen
    assert '<i>"kế' in page.values("value", "input")
    assert "Xóa bộ lọc" in page.text
    assert "Xóa bộ lọc" not in get("/documents").text


def test_list_shows_label_and_validity(get):
    page = get("/documents")
    assert "Số 77/KH-UBND · Ủy ban nhân dân huyện Mèo Vạc · ngày 5/11/2030 · thời kỳ 2031" in page.text
    assert {"tóm lược", "nguyên văn"} <= set(re.findall(r'class="tag (?:digest|verbatim)">([^<]+)', page.html))
    assert re.findall(r'class="badge ([^"]+)">([^<]+)', page.html) == [("period_over", "Hết thời kỳ")]


def test_an_empty_library_says_what_to_do(settings: Settings):
    app = FastAPI()
    reader.mount(app, Assistant(Library(settings)))
    with TestClient(app) as client:
        assert "htx ingest" in client.get("/documents").text
        assert client.get("/ledger").status_code == 200


# -- validity


def row(number: str, **changed: object) -> catalogue.Instrument:
    return catalogue.Instrument(**{"number": number, "kind": "law", "issuer": "Quốc hội", "territory": "Việt Nam", "title": "", **changed})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"status": "in_force"}, "Còn hiệu lực"),
        ({"status": "unknown"}, None),
        ({"in_force_to": "2024-06-30", "status": "ended"}, "Hết hiệu lực từ 1/7/2024"),
        ({"in_force_to": "2024-12-31", "status": "period_over"}, "Hết thời kỳ"),
        ({"in_force_to": "2024-06"}, "Hết hiệu lực sau 6/2024"),
        ({"status": "ended"}, "Hết hiệu lực"),
        ({"in_force_to": "2031-06-01", "status": "in_force"}, "Còn hiệu lực"),
        ({"in_force_to": "2031-05-31", "status": "in_force"}, "Hết hiệu lực từ 1/6/2031"),
        ({"in_force_from": "2031-06-02", "status": "in_force"}, "Có hiệu lực từ 2/6/2031"),
    ],
)
def test_badge_of_a_text(given: dict[str, object], words: str | None):
    found = validity.of_instrument(row("1/2023/QH15", **given), TODAY)
    assert (found and found.text("vi")) == words


def test_badges_follow_the_catalogue_and_the_day():
    law = Document("l", "Luật", "law", "23/2012/QH13", "Quốc hội", Place("Việt Nam", "country"), "2012-11-20", None, "l.md", "digest", "v")
    assert validity.of_document(law, datetime.date(2024, 6, 30)) is None or validity.of_document(law, datetime.date(2024, 6, 30)).state != "ended"
    assert validity.of_document(law, datetime.date(2024, 7, 1)).text("vi") == "Hết hiệu lực từ 1/7/2024"
    assert validity.of_document(law, datetime.date(2024, 7, 1)).text("en") == "No longer in force since 1 July 2024"


def test_a_paper_that_the_catalogue_does_not_have_goes_by_its_years():
    plan = Document("p", "Kế hoạch", "plan", "", "Ủy ban", Place("Mèo Vạc", "district", "Hà Giang"), "", (2030, 2031), "p.md", "digest", "v")
    assert validity.of_document(plan, datetime.date(2031, 12, 31)) is None
    assert validity.of_document(plan, datetime.date(2032, 1, 1)).text("vi") == "Hết thời kỳ"


# -- one paper


def test_paper_has_every_paragraph_with_its_link_and_an_outline(get, settings: Settings):
    page = get("/documents/ke-hoach-meo-vac")
    anchors = [p.anchor for p in Library(settings).paragraphs("ke-hoach-meo-vac")]
    assert set(anchors) <= set(page.values("id"))
    own = [a["href"] for tag, a in page.tags if tag == "a" and a.get("class") == "anchor"]
    assert own == [f"#{anchor}" for anchor in anchors]
    # The outline is there for desks and, folded, for phones.
    assert re.findall(r'<nav[^>]*>.*?href="#I".*?href="#I\.1".*?href="#II".*?</nav>', page.html, re.DOTALL)
    assert [tag for tag, _ in page.tags].count("details") >= 1
    assert "Đây là bản tóm lược" in page.text
    assert "Đây là bản tóm lược" not in get("/documents/ke-hoach-bac-kan").text


def test_lists_of_the_outline_are_closed(get):
    for document in ("ke-hoach-meo-vac", "ke-hoach-bac-kan"):
        html = get(f"/documents/{document}").html
        for tag in ("ul", "li", "nav", "div", "article", "details"):
            assert len(re.findall(rf"<{tag}[ >]", html)) == html.count(f"</{tag}>"), tag


def test_mentions_in_a_paper_lead_to_their_own_text(get):
    meo_vac = get("/documents/ke-hoach-meo-vac")
    law = next(a for tag, a in meo_vac.tags if tag == "a" and a.get("class") == "law")
    assert unquote(law["href"]).startswith("/instruments/17/2023/QH15#")
    assert "Luật Hợp tác xã" in law["title"]
    # Two texts bear this number: the issuer beside it tells which is meant.
    shared = [unquote(a["href"]) for tag, a in get("/documents/ke-hoach-bac-kan").tags if tag == "a" and "08/2019" in unquote(a.get("href", ""))]
    assert [href.split("#")[1] for href in shared] == [
        "nghi-quyet-08-2019-nq-hdnd-hoi-dong-nhan-dan-tinh-bac-kan", "nghi-quyet-08-2019-nq-hdnd-hoi-dong-nhan-dan-tinh-lang-son"
    ]  # fmt: skip


def test_words_of_a_paper_are_not_changed_by_its_links(get):
    text = " ".join(get("/documents/ke-hoach-bac-kan").text.split())
    assert "Căn cứ Nghị quyết số 08/2019/NQ-HĐND ngày 17/7/2019 của Hội đồng nhân dân tỉnh Bắc Kạn." in text


def test_citation_urls_lead_to_paragraphs(get, client: TestClient):
    answer = client.post("/api/chat", json={"question": "Huyện Mèo Vạc có bao nhiêu hợp tác xã đang hoạt động?"}).json()
    assert answer["citations"]
    for citation in answer["citations"]:
        address, _, anchor = citation["url"].partition("#")
        assert anchor in get(address).values("id")


def test_paper_is_escaped(get):
    page = get("/documents/ke-hoach-meo-vac")
    assert 'alert("x")' in page.text
    assert "<script>" not in page.html


def test_doubts_are_shown_at_their_paragraph_and_above(get, settings: Settings, paper: Path):
    other = paper.with_name("nghi.md")
    text = paper.read_text(encoding="utf-8").replace("ke-hoach-meo-vac", "co-nghi-ngo").replace("# II. MỤC TIÊU", "# IV. MỤC TIÊU")
    other.write_text(text.replace("có 27 hợp tác xã", "theo Luật Hợp tác xã năm 2020 có 27 hợp tác xã"), encoding="utf-8")
    take_in(Library(settings), other)
    page = get("/documents/co-nghi-ngo")
    assert "Những chỗ cần đối chiếu" in page.text
    assert re.search(r'<p class="doubt">.*?Luật Hợp tác xã năm 2020', page.html)
    assert "Những chỗ cần đối chiếu" not in get("/documents/ke-hoach-bac-kan").text


def test_unknown_paper_is_a_page_with_a_way_on(get):
    page = get("/documents/nowhere%3Cb%3E", 404)
    assert "/documents" in page.values("href")
    assert "<b>" not in page.html


# -- instruments


def test_instrument_tells_when_it_holds_and_who_names_it(get):
    page = get("/instruments/17/2023/QH15")
    words = " ".join(page.text.split())
    for said in ("Luật Hợp tác xã", "Quốc hội", "20/6/2023", "1/7/2024", "Còn hiệu lực", "Thay thế", "Nguồn của từng thông tin"):
        assert said in words
    hrefs = [unquote(href) for href in page.values("href")]
    assert any(href.startswith("/instruments/23/2012/QH13") for href in hrefs)
    assert any(href.startswith("/documents/ke-hoach-meo-vac#") for href in hrefs)
    assert "Kế hoạch này thi hành Luật số 17/2023/QH15" in words


def test_replaced_law_names_what_replaced_it(get):
    page = get("/instruments/23/2012/QH13")
    assert "Hết hiệu lực từ 1/7/2024" in page.text
    assert any(unquote(href).startswith("/instruments/17/2023/QH15") for href in page.values("href"))


@pytest.mark.parametrize("number", ["08/2019/NQ-HĐND", unicodedata.normalize("NFD", "08/2019/NQ-HĐND"), "8/2019/nq-hdnd"])
def test_two_texts_with_one_number_are_both_shown_each_with_its_own_paragraphs(get, number: str):
    page = get(f"/instruments/{quote(number)}")
    assert "2 văn bản cùng mang số này" in page.text
    sections = re.findall(r'<section class="instrument" id="([^"]+)">(.*?)</section>', page.html, re.DOTALL)
    assert [name.rsplit("-tinh-", 1)[1] for name, _ in sections] == ["bac-kan", "lang-son"]
    assert "ngày 17/7/2019" in sections[0][1]
    assert "ngày 10/12/2019" not in re.sub(r"<dl.*?</dl>|<p class=.meta.*?</p>", "", sections[0][1], flags=re.DOTALL)
    assert "ngày 10/12/2019 của Hội đồng nhân dân tỉnh Lạng Sơn" in sections[1][1]


def test_a_number_that_only_papers_know_is_a_page(get):
    page = get("/instruments/4321/UBND-KTN")
    assert "Danh mục chưa có văn bản này" in page.text
    assert any(href.startswith("/documents/ke-hoach-bac-kan#") for href in page.values("href"))


def test_a_number_that_only_relations_know_is_a_page(get):
    # Each number in a relation of the catalogue is linked, so each must lead to a page.
    for known in catalogue.load():
        for number in (*known.amends, *known.replaces, *known.replaced_by, *known.amended_by, *known.details):
            get(f"/instruments/{quote(number)}")


def test_each_entry_of_the_catalogue_has_a_page(get):
    page = get("/instruments")
    addresses = {href for href in page.values("href") if href.startswith("/instruments/")}
    assert len(addresses) == len(catalogue.load())
    for address in addresses:
        target, _, anchor = address.partition("#")
        assert not anchor or anchor in get(target).values("id"), address


@pytest.mark.parametrize("asked", ["999/1999/QH1", "khong-co", "08/1900/NQ-CP", '"><img src=x>'])
def test_unknown_number_is_a_page_that_helps(get, asked: str):
    page = get(f"/instruments/{quote(asked)}", 404)
    assert "/instruments" in page.values("action")
    assert not page.values("src")
    assert ("Có thể bạn tìm" in page.text) == asked.startswith("08/")


@pytest.mark.parametrize(("q", "number"), [("nq 08/2019 lang son", "08/2019"), ("luật hợp tác xã 2012", "23/2012"), ("luat htx 2012", "23/2012")])
def test_search_of_the_catalogue(get, q: str, number: str):
    entries = re.findall(r'<ul class="entries">.*?</ul>', get("/instruments", q=q).html, re.DOTALL)[0]
    assert number in entries
    assert entries.count("<li>") < 10


def test_filters_of_the_catalogue(get):
    page = get("/instruments", place="tỉnh Lạng Sơn", kind="resolution", status="period_over")
    entries = re.findall(r"<h2>(.*?)</h2>", page.html)
    assert entries
    assert all("Lạng Sơn" in entry for entry in entries)
    assert set(re.findall(r'class="badge ([^"]+)"', page.html)) == {"period_over"}
    assert "Không có mục nào khớp" in get("/instruments", status="nonsense").text


# -- ledger


def figures(page: Page) -> list[str]:
    return re.findall(r'<td role="cell" class="c-value"[^>]*><span lang="vi">([^<]+)', page.html)


def test_ledger_rows_lead_to_their_paragraphs(get):
    page = get("/ledger")
    assert len(figures(page)) >= 4
    for href in (href for href in page.values("href") if href.startswith("/documents/")):
        target, _, anchor = href.partition("#")
        assert anchor in get(target).values("id")


@pytest.mark.parametrize("place", ["Huyện Mèo Vạc", "meo vac", unicodedata.normalize("NFD", "mèo vạc")])
def test_ledger_of_a_place_and_year(get, place: str):
    assert figures(get("/ledger", place=place, year="2031")) == ["6 hợp tác xã"]


def test_ledger_of_a_name_and_a_status(get):
    assert figures(get("/ledger", name="thanh vien")) == ["412 thành viên"]
    assert figures(get("/ledger", status="planned")) == ["6 hợp tác xã"]
    assert figures(get("/ledger", status="nonsense")) == []
    assert "Tệp tải về gồm mọi loại số liệu" in get("/ledger", status="planned").text


@pytest.mark.parametrize("year", ["x", "²", "-1", "99999999999999999999", "٢٠٢٠"])
def test_a_year_that_is_none_does_not_break_the_page(get, year: str):
    assert figures(get("/ledger", year=year)) == figures(get("/ledger"))


def test_ledger_is_sorted_by_column_and_back(get):
    up, down = (figures(get("/ledger", place="bac kan", sort=sort)) for sort in ("value", "-value"))
    assert up == ["190 hợp tác xã", "205 hợp tác xã"]
    assert down == up[::-1]
    page = get("/ledger", place="bac kan", sort="value")
    assert page.values("aria-sort") == ["ascending"]
    assert any("sort=-value" in href and "place=bac" in href for href in page.values("href"))
    assert figures(get("/ledger", sort="nonsense")) == figures(get("/ledger"))


def test_downloads_hold_the_rows_shown(get, client: TestClient):
    page = get("/ledger", place="Huyện Mèo Vạc", name="thành viên")
    links = [href for href in page.values("href") if href.startswith("/api/indicators")]
    assert len(links) == 2
    table = client.get(links[0]).text
    assert "412" in table
    assert "190" not in table
    assert client.get(links[1]).content.startswith(b"PK")


def test_chart_of_figures_of_one_unit(get):
    page = get("/ledger", place="bac kan")
    assert "svg" in [tag for tag, _ in page.tags]
    charted = re.findall(r"<figure.*?</figure>", page.html, re.DOTALL)[0]
    assert re.findall(r'href="(/documents/[^"]+)"', charted) == [href for href in page.values("href", "a") if href.startswith("/documents/")][:2]


@pytest.mark.parametrize("params", [{}, {"place": "bac kan", "year": "2020"}, {"name": "không có"}])
def test_no_chart_of_mixed_units_or_of_one_figure(get, params: dict[str, str]):
    assert "svg" not in [tag for tag, _ in get("/ledger", **params).tags]


def test_long_ledgers_come_in_pages(get, settings: Settings, paper: Path):
    many = paper.with_name("nhieu.md")
    body = "\n".join(f"- Năm 2031, xã số {n} của huyện Mèo Vạc có {n + 1000} con trâu." for n in range(130))
    many.write_text(paper.read_text(encoding="utf-8").split("# I.")[0].replace("ke-hoach-meo-vac", "nhieu") + f"# I. SỐ LIỆU\n{body}\n", encoding="utf-8")
    take_in(Library(settings), many)
    first, second, beyond = (get("/ledger", page=number) for number in ("1", "2", "999"))
    assert len(figures(first)) == 100
    assert figures(second)
    assert figures(beyond) == figures(second)
    assert not set(figures(first)[-20:]) & set(figures(second))
    assert any("page=2" in href for href in first.values("href"))
    assert figures(get("/ledger", page="0")) == figures(first)


# -- matching


@pytest.mark.parametrize("asked", ["Hoà Bình", "Hòa Bình", "hoa binh", unicodedata.normalize("NFD", "Hoà Bình")])
def test_words_match_in_every_spelling(asked: str):
    assert match.holds(asked, "Kế hoạch của tỉnh Hòa Bình")
    assert not match.holds(asked, "Kế hoạch của tỉnh Thái Bình")
