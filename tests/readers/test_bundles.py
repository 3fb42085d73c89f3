"""Documents that hold documents: mail boxes, saved pages, web archives, books, zip and tar; and rich text."""

from __future__ import annotations

import io
import sys
import zipfile
from pathlib import Path

import pytest
from readers.made import article, items, places, reasons, tarred, texts, zipped

from citecheck.models import Article
from citecheck.readers import read
from citecheck.readers.email import reply_start

PAGE = (
    "<html lang=en><head><title>Ferry</title></head><body><article><p>“We stay,” Mayor Dahl told the paper on Monday, "
    "and the ferry ran.</p></article></body></html>"
)
WORDS = "“We stay,” Mayor Dahl told the paper on Monday, and the ferry ran."


# E-mail ------------------------------------------------------------------------------------------------------------

MBOX = b"""From ann@post.example Thu Jan  2 10:00:00 2025
From: Ann Lee <ann@post.example>
Subject: One
Date: Thu, 02 Jan 2025 10:00:00 +0000

First message.
>From here it goes on.

From tom@post.example Thu Jan  2 11:00:00 2025
From: Tom
Subject: Two

Second.
"""


def test_mail_box(tmp_path: Path) -> None:
    assert texts(tmp_path, "in.mbox", MBOX) == {
        "in.mbox:1": "First message.\nFrom here it goes on.\n\n",
        "in.mbox:2": "Second.\n",
    }
    found = items(tmp_path, "in.mbox", MBOX)[0]
    assert isinstance(found, Article)
    assert (found.title, found.byline, found.published) == ("One", "Ann Lee", "2025-01-02T10:00:00+00:00")
    assert reasons(tmp_path, "no.mbox", "text") == ['no e-mail message in it (each begins with a line "From …")']


def test_large_message_of_a_mail_box_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    content = MBOX.replace(b"First message.", b"x " * 3_000)
    assert texts(tmp_path, "in.mbox", content, max_bytes=1_000) == {
        "in.mbox:1": "skipped: the message is larger than 1 kB",
        "in.mbox:2": "Second.\n",
    }


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Yes.\n\nOn Monday, Ann Lee <a@b.c> wrote:\n> “Will it run?”\n> Ann\n", "Yes."),
        ("Yes.\n\nOn Monday, 2 January,\nAnn Lee wrote:\n> Will it?\n", "Yes."),
        ("Yes.\n\n-----Original Message-----\nFrom: Ann\n\nWill it run?\n", "Yes."),
        ("> Will it?\nYes.\n", "> Will it?\nYes.\n"),  # answers between the lines are text
        ("> Forwarded\n> words\n", "> Forwarded\n> words\n"),  # nothing else to read
        ("Plain.\n", "Plain.\n"),
    ],
)
def test_the_message_before_lies_outside_the_body(text: str, kept: str) -> None:
    assert text[: reply_start(text)].rstrip() == kept.rstrip()


def test_what_a_mail_program_quotes_is_no_quotation(tmp_path: Path) -> None:
    html = "<p>Yes, it will run all night, as we said.</p><blockquote type=cite>Will it run?</blockquote><q>Aye</q>"
    mail = f"From: Ann <a@b.c>\nContent-Type: text/html; charset=utf-8\n\n{html}"
    found = article(tmp_path, "a.eml", mail)
    assert "Will it run?" in found.text
    assert [found.text[start:end] for start, end in found.marked] == ["Aye"]


# Saved pages -------------------------------------------------------------------------------------------------------


def test_mhtml(tmp_path: Path) -> None:
    body = PAGE.replace("“", "=E2=80=9C").replace("”", "=E2=80=9D").replace("lang=en", "lang=3Den")
    content = (
        "From: <Saved by Blink>\nSnapshot-Content-Location: https://post.example/ferry\nSubject: Ferry\n"
        'MIME-Version: 1.0\nContent-Type: multipart/related; type="text/html"; boundary="b"\n\n--b\n'
        "Content-Type: text/html; charset=utf-8\nContent-Transfer-Encoding: quoted-printable\n"
        f"Content-Location: https://post.example/ferry\n\n{body}\n--b\nContent-Type: text/css\n\nx{{}}\n--b--\n"
    )
    found = article(tmp_path, "page.mhtml", content)
    assert (found.text, found.url, found.title) == (WORDS, "https://post.example/ferry", "Ferry")
    assert reasons(tmp_path, "b.mht", "Subject: x\n\ntext") == ["no web page in it"]


@pytest.mark.parametrize("ending", ["_files", "-Dateien", "_fichiers"])
def test_parts_of_a_page_saved_as_complete_are_no_articles(tmp_path: Path, ending: str) -> None:
    (tmp_path / "Ferry.html").write_text(f"<!-- saved from url=(0029)https://post.example/a -->\n{PAGE}")
    for folder in (f"Ferry{ending}", "Other_files"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(PAGE)
    found = list(read([tmp_path]))
    assert [item.id for item in found] == ["Ferry.html", "Other_files/frame.html"]
    assert isinstance(found[0], Article)
    assert found[0].url == "https://post.example/a"


def warc(*pages: tuple[str, str, str]) -> bytes:
    """A web archive of `(address, content type, body)`."""
    warcio = pytest.importorskip("warcio")
    from warcio.statusandheaders import StatusAndHeaders

    stream = io.BytesIO()
    writer = warcio.warcwriter.WARCWriter(stream, gzip=True)
    for address, kind, body in pages:
        headers = StatusAndHeaders("200 OK", [("Content-Type", kind)], protocol="HTTP/1.0")
        payload = io.BytesIO(body.encode("cp1252"))
        writer.write_record(writer.create_warc_record(address, "response", payload=payload, http_headers=headers))
    return stream.getvalue()


def test_web_archive(tmp_path: Path) -> None:
    content = warc(
        ("https://post.example/a", "text/html; charset=windows-1252", PAGE),
        ("https://post.example/a.png", "image/png", "x"),
        ("https://post.example/empty", "text/html", ""),
    )
    expected = {
        "crawl.warc.gz#https://post.example/a": WORDS,
        "crawl.warc.gz#https://post.example/empty": "skipped: empty",
    }
    assert texts(tmp_path, "crawl.warc.gz", content) == expected
    found = items(tmp_path, "crawl.warc.gz", content)[0]
    assert isinstance(found, Article)
    assert found.url == "https://post.example/a"
    wacz = zipped({"archive/data.warc.gz": content, "pages/pages.jsonl": "{}"})
    assert list(texts(tmp_path, "crawl.wacz", wacz).values()) == list(expected.values())
    assert reasons(tmp_path, "b.warc", b"no archive") != []
    assert reasons(tmp_path, "b.wacz", zipped({"a.txt": "x"})) == ["no web archive in it"]


def test_a_missing_library_is_said_with_the_way_to_get_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "striprtf", None)
    monkeypatch.setitem(sys.modules, "striprtf.striprtf", None)
    assert reasons(tmp_path, "a.rtf", rb"{\rtf1 x}") == [
        'needs striprtf, which is not installed: pip install "citecheck-news[rtf]"'
    ]


# Books and rich text -----------------------------------------------------------------------------------------------

OPF = """<package xmlns="http://www.idpf.org/2007/opf" xmlns:dc="http://purl.org/dc/elements/1.1/"><metadata>
<dc:title>The Ferry</dc:title><dc:creator>Ann Lee</dc:creator><dc:creator>Tom Okoye</dc:creator>
<dc:language>en</dc:language><dc:date>2024</dc:date><dc:publisher>Osterby Press</dc:publisher></metadata>
<manifest><item id="b" href="two.xhtml" media-type="application/xhtml+xml"/>
<item id="a" href="one%20a.xhtml" media-type="application/xhtml+xml"/>
<item id="c" href="c.css" media-type="text/css"/></manifest>
<spine><itemref idref="a"/><itemref idref="b"/><itemref idref="c"/><itemref idref="none"/></spine></package>"""
EPUB = {
    "META-INF/container.xml": '<container><rootfiles><rootfile full-path="OEBPS/book.opf"/></rootfiles></container>',
    "OEBPS/book.opf": OPF,
    "OEBPS/one a.xhtml": "<html><body><h1>Night</h1><p>It ran.</p></body></html>",
    "OEBPS/two.xhtml": "<html><body><p>" + "A long first line without a heading. " * 4 + "</p></body></html>",
}


def test_book(tmp_path: Path) -> None:
    found = article(tmp_path, "book.epub", zipped(dict(EPUB)))
    assert found.text.startswith("Night\n\nIt ran.\n\nA long first line")
    assert places(found) == [("Night", "Night\n\nIt ra"), ("part 2", "A long first")]
    assert (found.title, found.byline, found.publisher) == ("The Ferry", "Ann Lee, Tom Okoye", "Osterby Press")
    assert (found.published, found.language) == ("2024", "en")


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"META-INF/container.xml": "<a/>"}, "no book: There is no item named '' in the archive"),
        ({"OEBPS/two.xhtml": "x" * 100_000}, "it unpacks to more than 20 kB"),
    ],
)
def test_book_that_is_none(tmp_path: Path, change: dict[str, str], reason: str) -> None:
    assert reasons(tmp_path, "book.epub", zipped({**EPUB, **change}), max_bytes=20_000) == [reason]


def test_rich_text(tmp_path: Path) -> None:
    pytest.importorskip("striprtf")
    source = (
        rb"{\rtf1\ansi\ansicpg1252{\info{\title Night ferry}{\author Ann Lee}}"
        rb"\pard \ldblquote We {\b never} lose,\rdblquote  said Ruiz at the caf\'e9.\par "
        rb"Second \u8220?word\u8221?.\par}"
    )
    found = article(tmp_path, "a.rtf", source)
    assert found.text == "“We never lose,” said Ruiz at the café.\nSecond “word”.\n"
    assert (found.title, found.byline) == ("Night ferry", "Ann Lee")
    assert places(found) == [("paragraph 1", "“We never lo"), ("paragraph 2", "Second “word")]
    assert reasons(tmp_path, "b.rtf", "text") == ["no RTF document"]


# Archives ----------------------------------------------------------------------------------------------------------

PARTS: dict[str, str | bytes] = {
    "a.txt": "first",
    "b/c.html": PAGE,
    "b/c_files/frame.html": PAGE,
    "../../etc/d.txt": "escaped",
    "/root.txt": "rooted",
    ".hidden.txt": "hidden",
    "picture.png": "x",
    "empty.txt": "",
}


@pytest.mark.parametrize(("name", "pack"), [("in.zip", zipped), ("in.tar.gz", tarred), ("in.tgz", tarred)])
def test_files_of_an_archive_are_read_as_those_of_a_folder(tmp_path: Path, name: str, pack: object) -> None:
    found = texts(tmp_path, name, pack(PARTS))  # type: ignore[operator]
    found.pop(f"{name}/b/c_files/frame.html", None)  # a tar is read as a stream: the page may come behind its parts
    assert found == {
        f"{name}/a.txt": "first",
        f"{name}/b/c.html": WORDS,
        f"{name}/etc/d.txt": "escaped",
        f"{name}/root.txt": "rooted",
        f"{name}/empty.txt": "skipped: empty",
        f"{name}/picture.png": "skipped: no reader for .png",
    }
    assert not (tmp_path / "etc").exists()


def test_archives_in_archives_end_somewhere(tmp_path: Path) -> None:
    inner = zipped({"deep.txt": "deep"})
    two = zipped({"one.zip": inner, "near.txt": "near"})
    three = zipped({"two.zip": two, "top.txt": "top"})
    assert texts(tmp_path, "three.zip", three) == {
        "three.zip/top.txt": "top",
        "three.zip/two.zip/near.txt": "near",
        "three.zip/two.zip/one.zip": "skipped: an archive inside 2 others; unpack them first",
    }


def test_encrypted_or_broken_archives_are_said(tmp_path: Path) -> None:
    data = bytearray(zipped({"a.txt": "words " * 50, "b.txt": "fine"}))
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        at = archive.infolist()[0].header_offset + 40
    data[at : at + 4] = b"\xff\xff\xff\xff"
    found = texts(tmp_path, "a.zip", bytes(data))
    assert found["a.zip/a.txt"].startswith("skipped: damaged or encrypted (")
    assert found["a.zip/b.txt"] == "fine"
    assert reasons(tmp_path, "b.zip", b"PK\x03\x04 nothing")[0].startswith("damaged or encrypted (")
    assert reasons(tmp_path, "c.tar.gz", b"\x1f\x8b nothing")[0].startswith("damaged (")
