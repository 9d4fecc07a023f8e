"""The real application, a demo host beside it, and a browser whose every request is looked at."""

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import demo
import pytest
from watching import Watch

from eval import live
from ui.bundled import DOCUMENTS

# Enough for every test here; all bundled papers would take three times as long to take in.
PAPERS = (
    "ke-hoach-huyen-ba-to-2025", "ke-hoach-huyen-van-quan-2025", "ke-hoach-thanh-pho-bac-kan-2021-2025", "ke-hoach-tinh-lai-chau-2021-2030",
    "luat-hop-tac-xa-2012", "nghi-dinh-45-2021", "nghi-quyet-08-2019-bac-kan", "nghi-quyet-08-2019-lang-son",
)  # fmt: skip


@dataclass(frozen=True)
class Server:
    """The application at `url`, with its data folder."""

    url: str
    data: Path


@dataclass(frozen=True)
class Hosts:
    """Two pages that hold the widget, one of an allowed origin and one of an origin that is not on the list."""

    allowed: str
    refused: str


@pytest.fixture(scope="session", autouse=True)
def _there_is_a_browser() -> None:
    said = live.missing()
    if said and os.environ.get("CI"):
        pytest.fail(said)
    if said:
        pytest.skip(said)


@pytest.fixture(scope="session")
def server(_there_is_a_browser: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """`htx serve` over a library of a few of the bundled papers."""
    folder = tmp_path_factory.mktemp("served")
    bundled = folder / "bundled"
    bundled.mkdir()
    for name in PAPERS:
        shutil.copy(DOCUMENTS / f"{name}.md", bundled)
    with live.serving(folder / "data", bundled) as url:
        yield Server(url, folder / "data")


@pytest.fixture(scope="session")
def hosts(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hosts]:
    """Two demo hosts, one of them on the list of sites."""
    with demo.hosts(server.url, tmp_path_factory.mktemp("hosts"), 2) as (allowed, refused):
        demo.allow(server.data, allowed)
        yield Hosts(allowed, refused)


@pytest.fixture(scope="module")
def browser(_there_is_a_browser: None):
    # For a module, not for the session: while playwright runs, no other test of this thread could use asyncio.run.
    with live.chromium() as started:
        yield started


@pytest.fixture
def visit(browser):
    """Open a page: `visit(url, width=320, dark=True)`. When the test ends, no page may have asked another host, and no script may have failed."""
    watch = Watch(browser)
    yield watch
    watch.close()
    assert watch.outside() == []
    assert watch.failures == []
