import os
import unicodedata

import pytest

from ingest.errors import EmptyFile, IngestError, NotText, TooLarge, UnreadableFile
from ingest.read import MAX_BYTES, read

TEXT = "Kế hoạch\n1. Mục tiêu\n"


@pytest.fixture
def file(tmp_path):
    def write(data, name="giay.txt"):
        path = tmp_path / name
        path.write_bytes(data if isinstance(data, bytes) else data.encode())
        return path

    return write


@pytest.mark.parametrize(
    "data",
    [
        TEXT.encode(), TEXT.encode("utf-8-sig"), TEXT.encode("utf-16"), b"\xfe\xff" + TEXT.encode("utf-16-be"), TEXT.replace("\n", "\r\n").encode(),
        TEXT.replace("\n", "\r").encode(), unicodedata.normalize("NFD", TEXT).encode(),
    ],
    ids=["utf-8", "BOM", "utf-16", "utf-16 big end", "CRLF", "CR", "NFD"],
)  # fmt: skip
def test_text_is_the_same_in_every_encoding(file, data):
    source = read(file(data))
    assert (source.text, source.offset, source.front, source.name) == (TEXT, 0, {}, "giay.txt")


def test_a_version_is_told_by_its_bytes(file):
    first, again = read(file(TEXT)).version, read(file(TEXT, "khac.txt")).version
    assert first == again
    assert read(file(TEXT + " ")).version != first


def test_a_front_matter_is_read_and_left_out_of_the_body(file):
    source = read(file("---\nform: digest\nissued_on: 2024-07-22\nperiod: 2025\n---\n# Phần I\n"))
    assert source.text[source.offset :] == "# Phần I\n"
    assert source.front["form"] == "digest"
    assert str(source.front["issued_on"]) == "2024-07-22"


@pytest.mark.parametrize("text", ["---\nkhông đóng\n", "--- \n", "---\n- a\n- b\n---\nthân bài\n"])
def test_what_is_no_front_matter_gives_none(file, text):
    assert read(file(text)).front == {}


@pytest.mark.parametrize(
    ("data", "error", "says"),
    [
        (b"%PDF-1.7 ...", NotText, "export it as text"), (b"PK\x03\x04 ...", NotText, "export it as text"), (b"\x89PNG....", NotText, "export it as text"),
        (b"\xd0\xcf\x11\xe0 ...", NotText, "export it as text"), (bytes(range(32)) * 50, NotText, "export it as text"),
        (b"a\x00" * 100, NotText, "export it as text"), ("Hợp tác xã".encode("cp1258", "replace") + b"\xff\xc0", NotText, "save it as UTF-8"),
        (b"\xff\xfe\x00", NotText, "save it as UTF-8"), (b"", EmptyFile, "scan or export"), (b" \r\n\t\n", EmptyFile, "scan or export"),
        (b"\xef\xbb\xbf", EmptyFile, "scan or export"), (b"---\na: [1\n---\nthan bai\n", NotText, "mend the lines"),
        (b"---\na: 2024-02-31\n---\nthan bai\n", NotText, "mend the lines"),
    ],
)  # fmt: skip
def test_a_file_that_cannot_be_taken_says_what_to_do(file, data, error, says):
    with pytest.raises(error, match=says) as raised:
        read(file(data))
    assert isinstance(raised.value, IngestError)
    assert str(raised.value).startswith("giay.txt: ")


def test_a_file_of_200_mb_is_refused_before_it_is_read(tmp_path):
    path = tmp_path / "lon.txt"
    with path.open("wb") as sparse:
        sparse.truncate(200_000_000)
    with pytest.raises(TooLarge, match=rf"200 MB is over the limit of {MAX_BYTES // 10**6} MB; split it"):
        read(path)


def test_a_file_that_is_not_there_or_is_a_folder(tmp_path):
    for path in (tmp_path / "none.txt", tmp_path):
        with pytest.raises(UnreadableFile, match="check the path and the permissions"):
            read(path)


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads every file; run the tests as another user to check this one")
def test_a_file_without_permission(file):
    path = file(TEXT)
    path.chmod(0)
    with pytest.raises(UnreadableFile, match="check the path and the permissions"):
        read(path)
