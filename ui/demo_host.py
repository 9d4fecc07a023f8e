"""A page of another site with the widget on it, to try it by: python -m ui.demo_host [--port 8090] [--assistant http://127.0.0.1:8000].

The assistant must allow it: HTX_SITES_FILE=ui/widget/sites.example.toml htx serve. Another port than 8090 is an origin that this
file does not name, and shows what a page that is not allowed gets.
"""

import argparse
import re
import sys
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

_FILES = Path(__file__).with_name("widget") / "demo"
_PAGES = {"/": ("index.html", "text/html"), "/khung": ("frame.html", "text/html"), "/demo.css": ("demo.css", "text/css")}
_ADDRESS = re.compile(r"https?://[A-Za-z0-9.\-]+(?::\d+)?|https?://\[[0-9a-f:]+\](?::\d+)?")
# As strict as a careful site has it: no inline script or style, and the assistant only for its script and its calls.
_POLICY = (
    "default-src 'none'; script-src {0}; connect-src {0}; frame-src {0}; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; "
    "require-trusted-types-for 'script'"
)


class Page(BaseHTTPRequestHandler):
    """The pages of the made-up site."""

    def __init__(self, *connection: object, assistant: str, site: str) -> None:
        self._assistant = assistant
        self._site = site
        super().__init__(*connection)  # type: ignore[arg-type]

    def do_GET(self) -> None:
        name, kind = _PAGES.get(self.path.partition("?")[0], ("", ""))
        if not name:
            self.send_error(404)
            return
        text = (_FILES / name).read_text(encoding="utf-8")
        if kind == "text/html":
            text = text.replace("{assistant}", self._assistant).replace("{site}", self._site)
        body = text.encode()
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Content-Security-Policy", _POLICY.format(self._assistant))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing: a demonstration keeps no record."""


def build(port: int, assistant: str, site: str = "demo") -> ThreadingHTTPServer:
    """The server, listening on this machine only; port 0 takes any free one. Raises ValueError when `assistant` or `site` is none."""
    if not _ADDRESS.fullmatch(assistant):
        raise ValueError(f"{assistant!r} is no address of an assistant; give scheme, host and port only, for example http://127.0.0.1:8000")
    if not re.fullmatch(r"[a-z0-9-]+", site):
        raise ValueError(f"{site!r} is no site id")
    return ThreadingHTTPServer(("127.0.0.1", port), partial(Page, assistant=assistant, site=site))


def main() -> None:
    """Serve until Ctrl+C."""
    parser = argparse.ArgumentParser(prog="python -m ui.demo_host", description="A page of another site with the widget on it.")
    parser.add_argument("--port", type=int, default=8090)
    parser.add_argument("--assistant", default="http://127.0.0.1:8000", help="address of the assistant, without a path")
    parser.add_argument("--site", default="demo", help="the site's id in sites.toml")
    given = parser.parse_args()
    try:
        server = build(given.port, given.assistant.rstrip("/"), given.site)
    except (ValueError, OSError) as problem:
        parser.error(str(problem))
    sys.stdout.write(f"Trang mẫu: http://127.0.0.1:{server.server_port}  (Ctrl+C to stop)\n")
    sys.stdout.flush()
    try:
        server.serve_forever()
    except KeyboardInterrupt:
        server.server_close()


if __name__ == "__main__":
    main()
