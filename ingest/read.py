"""Read a source file: text or Markdown, UTF-8 or UTF-16, with a front matter when it has one."""

import hashlib
import unicodedata
from dataclasses import dataclass
from pathlib import Path

import yaml

from ingest.errors import EmptyFile, NotText, TooLarge, UnreadableFile

SUFFIXES = frozenset({".txt", ".md", ".markdown"})
MAX_BYTES = 20_000_000  # the longest law has under 1 MB; a text of 20 MB is no single paper
_BINARY = (b"%PDF", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\x89PNG", b"\xff\xd8\xff", b"GIF8")
_MAX_CONTROL = 0.001  # share of control characters above which bytes are no text


READER = b"4"  # to be raised when ingest reads papers differently, so that unchanged files are read again


@dataclass(frozen=True)
class Source:
    """A file's text in NFC. `front` is its front matter, `offset` where the body starts in `text`, `version` the hash of its bytes and of READER."""

    name: str
    text: str
    offset: int
    front: dict[str, object]
    version: str


def read(path: Path) -> Source:
    """Read one file. Raises an IngestError whose message says what is wrong and what to do."""
    try:
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise TooLarge(f"{path.name}: {size / 1e6:.0f} MB is over the limit of {MAX_BYTES / 1e6:.0f} MB; split it into single papers")
        data = path.read_bytes()
    except OSError as error:
        raise UnreadableFile(f"{path.name}: cannot be opened ({error.strerror}); check the path and the permissions") from error
    text = _decode(path.name, data)
    if not text.strip():
        raise EmptyFile(f"{path.name}: holds no text; scan or export the paper again")
    front, offset = _front_matter(path.name, text)
    return Source(path.name, text, offset, front, hashlib.sha256(READER + data).hexdigest()[:16])


def _decode(name: str, data: bytes) -> str:
    if data.startswith(_BINARY):
        raise NotText(f"{name}: is a PDF, Word or image file; export it as text (UTF-8) or Markdown first")
    encoding = "utf-16" if data[:2] in {b"\xff\xfe", b"\xfe\xff"} else "utf-8-sig"
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"{name}: is not UTF-8 (byte {error.start}); save it as UTF-8 text and ingest it again") from error
    control = sum(1 for c in text[:100_000] if ord(c) < 32 and c not in "\t\n\r\f")
    if control > max(1, len(text[:100_000]) * _MAX_CONTROL):
        raise NotText(f"{name}: holds control bytes and looks like a binary file; export it as text (UTF-8) first")
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _front_matter(name: str, text: str) -> tuple[dict[str, object], int]:
    if not text.startswith("---\n"):
        return {}, 0
    end = text.find("\n---\n", 3)
    if end < 0:
        return {}, 0
    try:
        front = yaml.safe_load(text[4:end])
    except (yaml.YAMLError, ValueError) as error:  # ValueError: a date that is none, such as 2024-02-31
        raise NotText(f"{name}: its front matter is not valid YAML ({error}); mend the lines between the two ---") from error
    return (front if isinstance(front, dict) else {}), end + 5
