"""Documents that mean harm: they are refused in a sentence, in good time, and what lies beside them is read."""

from __future__ import annotations

import gzip
import io
import json
import os
import resource
import tarfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from readers.made import article, items, reasons, tarred, texts, zipped
from readers.test_all import CASES, SUFFIXES

from citecheck import pipeline
from citecheck.config import Config
from citecheck.export.terminal import clean
from citecheck.models import Article, Extraction, Skipped
from citecheck.readers import plain, read
from citecheck.readers.document import Document

# Archives that grow ------------------------------------------------------------------------------------------------


def test_zip_bomb(tmp_path: Path) -> None:
    one = zipped({"a.txt": b"0" * 30_000_000, "b.txt": "fine"})
    assert texts(tmp_path, "a.zip", one, max_bytes=1_000_000) == {
        "a.zip/a.txt": "skipped: larger than 1 MB",
        "a.zip/b.txt": "fine",
    }
    many = zipped({f"{number:03}.txt": b"0" * 900_000 for number in range(60)})  # each small enough by itself
    found = texts(tmp_path, "b.zip", many, max_bytes=1_000_000)
    assert list(found.values())[-1] == "skipped: it unpacks to more than 100 times its own size"
    assert len(found) < 20


def test_zip_bomb_in_a_zip(tmp_path: Path) -> None:
    bomb = zipped({"a.zip": zipped({"a.txt": b"0" * 90_000_000})})
    assert reasons(tmp_path, "b.zip", bomb, max_bytes=1_000_000) == ["larger than 1 MB"]


def test_list_of_files_that_is_a_bomb_itself(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": "x"}))
    at = content.rindex(b"PK\x05\x06")
    content[at + 12 : at + 16] = (200_000_000).to_bytes(4, "little")
    assert reasons(tmp_path, "a.zip", bytes(content)) == ["it lists too many files; unpack it first"]


def test_tar_bombs(tmp_path: Path) -> None:
    many = tarred({f"{number:03}.txt": b"0" * 900_000 for number in range(60)})
    assert reasons(tmp_path, "a.tar.gz", many, max_bytes=1_000_000)[-1].startswith("it unpacks to more than 100 times")
    entry = tarfile.TarInfo("x")  # a header for the next file's name, of a gigabyte
    entry.type, entry.size = tarfile.XHDTYPE, 1_000_000_000
    header = gzip.compress(entry.tobuf(tarfile.GNU_FORMAT) + bytes(1_000_000))
    assert reasons(tmp_path, "b.tar.gz", header) == ["damaged (a header of 1000 MB)"]


def test_links_and_devices_in_a_tar_are_not_followed(tmp_path: Path) -> None:
    stream = io.BytesIO()
    with tarfile.open(fileobj=stream, mode="w:gz") as archive:
        for name, kind in (("a.txt", tarfile.SYMTYPE), ("b.txt", tarfile.LNKTYPE), ("c.txt", tarfile.FIFOTYPE)):
            entry = tarfile.TarInfo(name)
            entry.type, entry.linkname = kind, "/etc/passwd"
            archive.addfile(entry)
        entry = tarfile.TarInfo("d.txt")
        entry.size = 4
        archive.addfile(entry, io.BytesIO(b"fine"))
    assert texts(tmp_path, "a.tar.gz", stream.getvalue()) == {"a.tar.gz/d.txt": "fine"}


# XML ---------------------------------------------------------------------------------------------------------------

LAUGHS = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
DECLARED = [
    pytest.param(
        f'<!DOCTYPE rss [<!ENTITY a0 "ha">{LAUGHS}]><rss><channel><title>&a11;</title></channel></rss>', id="bomb"
    ),
    pytest.param('<!DOCTYPE rss [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss><item>&a;</item></rss>', id="external"),
    pytest.param('<!DOCTYPE rss [<!ENTITY % a SYSTEM "file:///etc/passwd"> %a;]><rss/>', id="parameter"),
]


@pytest.mark.parametrize("content", DECLARED)
def test_entities_are_refused(tmp_path: Path, content: str) -> None:
    assert reasons(tmp_path, "a.xml", content) == ["its XML declares entities, which no news system writes"]
    book = zipped({"META-INF/container.xml": content})
    assert reasons(tmp_path, "a.epub", book) == ["its XML declares entities, which no news system writes"]
    for name, part in (("a.odt", "content.xml"), ("a.docx", "word/document.xml")):
        found = reasons(tmp_path, name, zipped({part: content}))
        assert found == ["its XML has a DTD, which no office program writes"]


def test_a_plain_doctype_is_read(tmp_path: Path) -> None:
    feed = '<!DOCTYPE rss SYSTEM "http://post.example/rss.dtd"><rss><item><title>Ferry runs</title></item></rss>'
    assert texts(tmp_path, "a.rss", feed) == {"a.rss:1": "Ferry runs"}


@pytest.mark.parametrize("content", ["<rss>" + "<a>" * 100_000, "<rss>" + "<a/>" * 600_000])
def test_trees_too_deep_or_too_large(tmp_path: Path, content: str) -> None:
    assert reasons(tmp_path, "a.rss", content) == ["its XML has too many elements, or they are nested too deeply"]


def test_markup_in_a_feed_that_exhausts_a_parser(tmp_path: Path) -> None:
    deep = "&lt;div&gt;" * 100_000
    assert (
        "nested too deeply"
        in reasons(tmp_path, "a.rss", f"<rss><item><description>{deep}</description></item></rss>")[0]
    )


# Bytes that are no text --------------------------------------------------------------------------------------------

NAMES = [f"a{suffix}" for suffix in SUFFIXES]


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.parametrize("content", [b"", b"\x00" * 5_000, bytes(range(256)) * 20, b"\xff\xfe", b"\n" * 5_000])
def test_noise_is_skipped(tmp_path: Path, name: str, content: bytes) -> None:
    found = items(tmp_path, name, content)
    assert all(isinstance(item, Skipped) and item.reason for item in found)
    assert len(found) <= 2 or name == "a.jsonl"  # which says it of each line


#: How a file begins whose second line has no end.
BEGINS = {
    ".csv": b"text\n",
    ".tsv": b"text\n",
    ".mbox": b"From a@b.c Thu Jan  2 10:00:00 2025\n",
    ".pdf": b"%PDF-1.7\n",
    ".rtf": b"{\\rtf1\n",
    ".warc.gz": b"WARC/1.0\r\n",
}


#: What is read on behind such a line, to what stands there.
READ_ON = (".jsonl", ".mbox")


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_line_without_an_end_is_not_held(tmp_path: Path, suffix: str) -> None:
    with (tmp_path / f"a{suffix}").open("wb") as file:
        file.write(BEGINS.get(suffix, b""))
        file.truncate(300_000_000 if suffix in READ_ON else 1_000_000_000)  # which takes no room on the disk
    (tmp_path / "b.txt").write_text("fine")

    def small() -> None:
        _, limit = resource.getrlimit(resource.RLIMIT_AS)
        used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        resource.setrlimit(resource.RLIMIT_AS, (used + 100_000_000, limit))
        found = list(read([tmp_path], max_bytes=1_000_000))
        assert [item.id for item in found if isinstance(item, Article)] == ["b.txt"]
        empty = suffix in (".tar", ".tar.gz", ".tgz")  # zeros are the end of an archive that holds nothing
        assert empty or any(isinstance(item, Skipped) and item.id.startswith("a.") for item in found)

    if not Path("/proc/self/statm").exists():
        pytest.skip("needs /proc")
    child = os.fork()
    if child == 0:
        try:
            small()
            os._exit(0)
        finally:
            os._exit(1)
    assert os.waitpid(child, 0)[1] == 0


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_half_a_document(tmp_path: Path, suffix: str) -> None:
    """Whatever is missing at the end, it is read or named, and what is said of it holds."""
    content = CASES[suffix].write(["“We stay,” Ana Ruiz told Reuters.", "It ran all night, the harbour said."])
    for part in range(1, 12):
        for item in items(tmp_path, f"a{suffix}", content[: len(content) * part // 12]):
            assert isinstance(item, Article) or item.reason
            if isinstance(item, Article):
                assert all(0 <= start < end <= len(item.text) for start, end in item.marked)


def test_lone_surrogates_in_json(tmp_path: Path) -> None:
    found = article(tmp_path, "a.json", '{"headline": "\\ud800", "body_text": "a\\udc00b"}')
    assert found.text.encode()
    found = article(tmp_path, "a.csv", "text\n\ud800x\n".encode("utf-8", "surrogatepass"))
    assert found.text.encode()


def test_names_with_line_ends_and_escapes_are_shown_safely(tmp_path: Path) -> None:
    name = "a\n\x1b[31mb\u202e.txt"
    (found,) = texts(tmp_path, "a.zip", zipped({name: "words"}))
    assert "\x1b" not in clean(found)
    assert "\u202e" not in clean(found)


# Time --------------------------------------------------------------------------------------------------------------


def endless(document: Document) -> Iterator[Article]:
    while True:
        pass
    yield Article("never", "")


def test_each_article_has_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(plain, "read_plain", endless)
    (tmp_path / "a.txt").write_text("never ends")
    (tmp_path / "b.md").write_text("fine")
    first, second = read([tmp_path], seconds=0.1)
    assert first == Skipped("a.txt", "it took more than 0.1 s of processor time")
    assert isinstance(second, Article)


def test_what_an_article_says_has_its_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real = pipeline.extract

    def slow(found: Article, *rest: object) -> Extraction:
        while "never" in found.text:
            pass
        return real(found)

    monkeypatch.setattr(pipeline, "extract", slow)
    (tmp_path / "a.txt").write_text("never ends")
    (tmp_path / "b.txt").write_text("fine")
    first, second = pipeline.extract_all([tmp_path], Config(max_seconds=1))
    assert first == Skipped("a.txt", "it took more than 1 s of processor time")
    assert isinstance(second, Extraction)


def test_nested_json_is_no_crash(tmp_path: Path) -> None:
    deep = json.dumps({"body_text": "x"})[:-1] + ', "a": ' + "[" * 5_000 + "]" * 5_000 + "}"
    assert len(items(tmp_path, "a.json", deep)) == 1


def test_encrypted_member_is_said(tmp_path: Path) -> None:
    content = bytearray(zipped({"a.txt": "words", "b.txt": "fine"}))
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        first = archive.infolist()[0]
    central = content.index(b"PK\x01\x02")
    for at in (first.header_offset + 6, central + 8):  # the flag for a password, in both headers
        content[at] |= 1
    found = texts(tmp_path, "a.zip", bytes(content))
    assert found["a.zip/a.txt"].startswith("skipped: damaged or encrypted (")
    assert found["a.zip/b.txt"] == "fine"
