"""Six screens of the application as PNG files: python tests/browser/screenshots.py FOLDER (make screenshots writes them to docs/)."""

import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from PIL import Image

sys.path.insert(0, str(Path(__file__).parents[2]))  # run as a script, by its path

from demo import allow, hosts, open_and_ask
from talking import COMPARE, COUNT, ask
from watching import Watch, expect

from eval import live

LARGEST = 250_000  # bytes of a picture in the repository
COLOURS = 128  # of a picture; the pages have few
DESK = {"width": 1280, "height": 860}
PHONE = {"width": 390, "height": 844, "has_touch": True, "is_mobile": True}
CITED = "/documents/ke-hoach-huyen-ba-to-2025#p1.I.1.a-1"
FIGURES = "/ledger?place=tỉnh+Lai+Châu&name=kinh+phí&year=2030"


def screens(watch: Watch, url: str, host: str) -> Iterator[tuple[str, object]]:
    """The name of each screen, and its page in the state that is shown."""
    for name, options, question in (("chat-desk", DESK, COUNT), ("chat-phone", PHONE, COUNT), ("chat-dark", {**DESK, "dark": True}, COMPARE)):
        page = watch(url, **options)
        ask(page, question)
        yield name, page
    yield "reader", watch(url + CITED, **DESK)
    page = watch(url + FIGURES, **DESK)
    expect(page.locator("main svg").first).to_be_visible()
    page.locator("main svg").first.scroll_into_view_if_needed()
    yield "ledger", page
    page = watch(host, **DESK)
    open_and_ask(page, COUNT)
    yield "widget", page


def shrink(path: Path) -> None:
    """Fewer colours, so that the file is small. Raises ValueError when it is still too large."""
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > LARGEST:
        raise ValueError(f"{path} has {path.stat().st_size} bytes; show less of the page")


def main() -> None:
    """Start everything over the bundled papers, and write the pictures."""
    out = Path(sys.argv[1])
    out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="htx-screens-", ignore_cleanup_errors=True) as folder:
        data = Path(folder) / "data"
        with live.serving(data) as url, hosts(url, Path(folder), 1) as (host,), live.chromium() as browser:
            allow(data, host)
            watch = Watch(browser)
            for name, page in screens(watch, url, host):
                page.wait_for_timeout(300)  # what moves has come to rest
                page.screenshot(path=out / f"{name}.png")
                shrink(out / f"{name}.png")
                sys.stdout.write(f"{out / name}.png\n")
            watch.close()


if __name__ == "__main__":
    main()
