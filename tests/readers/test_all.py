"""What holds for every reader, each with a document of its own: a reader without a case here fails the first test.

A case makes a document of some paragraphs and says by which place a person finds each of them in it.
"""

from __future__ import annotations

import csv
import html
import io
import json
import re
import sqlite3
import tempfile
from collections.abc import Callable
from email.message import EmailMessage
from pathlib import Path
from typing import NamedTuple

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from readers.made import tarred, zipped
from readers.test_bundles import EPUB, OPF, warc
from readers.test_office import docx, odt, run
from readers.test_pdf import pdf

from citecheck import pipeline
from citecheck.config import Config
from citecheck.models import Article, Extraction
from citecheck.readers import READERS, read

for library in ("pypdfium2", "striprtf", "warcio"):
    pytest.importorskip(library)

Paragraphs = list[str]


class Case(NamedTuple):
    """How a document of some paragraphs is written, and the place of each by its number from 0; None: its line."""

    write: Callable[[Paragraphs], bytes]
    place: Callable[[int], str | None] = lambda number: None


def page(paragraphs: Paragraphs) -> str:
    body = "".join(f"<p>{html.escape(text)}</p>" for text in paragraphs)
    return f"<!DOCTYPE html><html lang=en><meta charset=utf-8><body><article>{body}</article></body></html>"


def message(paragraphs: Paragraphs, kind: str = "plain", text: str | None = None) -> bytes:
    made = EmailMessage()
    made["From"], made["Subject"] = "ann@post.example", "Ferry"
    made.set_content(text or "\n\n".join(paragraphs), subtype=kind, cte="base64")
    return made.as_bytes()


def rtf(paragraphs: Paragraphs) -> bytes:
    escaped = ("".join(c if c.isascii() else f"\\u{ord(c)}?" for c in text) for text in paragraphs)
    return ("{\\rtf1\\ansi " + "".join(f"{text}\\par " for text in escaped) + "}").encode()


def book(paragraphs: Paragraphs) -> bytes:
    names = [f"{number}.xhtml" for number in range(len(paragraphs))]
    items = "".join(f'<item id="{name}" href="{name}" media-type="application/xhtml+xml"/>' for name in names)
    spine = "".join(f'<itemref idref="{name}"/>' for name in names)
    package = re.sub("<manifest>.*</spine>", f"<manifest>{items}</manifest><spine>{spine}</spine>", OPF, flags=re.S)
    chapters = {
        f"OEBPS/{name}": f"<html><body><h1>Chapter {number}</h1><p>{html.escape(text)}</p></body></html>"
        for number, (name, text) in enumerate(zip(names, paragraphs, strict=True), 1)
    }
    return zipped({"META-INF/container.xml": EPUB["META-INF/container.xml"], "OEBPS/book.opf": package, **chapters})


def feed(paragraphs: Paragraphs) -> bytes:
    entries = "".join(
        f"<item><description>{html.escape(html.escape(text))}</description></item>" for text in paragraphs
    )
    return f"<rss><channel><title>Post</title>{entries}</channel></rss>".encode()


def table(delimiter: str) -> Callable[[Paragraphs], bytes]:
    def write(paragraphs: Paragraphs) -> bytes:
        stream = io.StringIO()
        csv.writer(stream, delimiter=delimiter, lineterminator="\n").writerows([["text"], *([t] for t in paragraphs)])
        return stream.getvalue().encode()

    return write


def clock(number: int) -> str:
    return f"00:{10 * number // 60:02}:{10 * number % 60:02}"


def captions(paragraphs: Paragraphs, mark: str = ",") -> bytes:
    cues = (
        f"{clock(number)}{mark}000 --> {clock(number + 1)}{mark}000\n{html.escape(text)}\n"
        for number, text in enumerate(paragraphs)
    )
    return "\n".join(cues).encode()


def crawl(paragraphs: Paragraphs) -> bytes:
    return warc(("https://post.example/a", "text/html; charset=windows-1252", page(paragraphs).replace("utf-8", "")))


def text(paragraphs: Paragraphs) -> bytes:
    return "\n\n".join(paragraphs).encode()


def paragraph(number: int) -> str:
    return f"paragraph {number + 1}"


PAGE = Case(lambda it: page(it).encode())
MHTML = Case(lambda it: message(it, "html", page(it)))
FEED = Case(feed)
ZIP = Case(lambda it: zipped({"a.txt": text(it)}))
TAR = Case(lambda it: tarred({"a.txt": text(it)}))
WARC = Case(crawl)
CASES: dict[str, Case] = {
    ".atom": FEED,
    ".csv": Case(table(","), lambda number: f"line {number + 2}, column text"),
    ".docx": Case(lambda it: docx("".join(f"<w:p>{run(html.escape(t))}</w:p>" for t in it)), paragraph),
    ".eml": Case(message),
    ".epub": Case(book, lambda number: f"Chapter {number + 1}"),
    ".htm": PAGE,
    ".html": PAGE,
    ".json": Case(lambda it: json.dumps({"body_text": "\n\n".join(it)}).encode()),
    ".jsonl": Case(lambda it: b"".join(json.dumps({"text": t}).encode() + b"\n" for t in it)),
    ".mbox": Case(lambda it: b"From ann@post.example Thu Jan  2 10:00:00 2025\n" + message(it)),
    ".md": Case(text),
    ".mht": MHTML,
    ".mhtml": MHTML,
    ".odt": Case(lambda it: odt("".join(f"<text:p>{html.escape(t)}</text:p>" for t in it)), paragraph),
    ".pdf": Case(lambda it: pdf(*([(50, 700, 11, t)] for t in it)), lambda number: f"page {number + 1}"),
    ".rss": FEED,
    ".rtf": Case(rtf, paragraph),
    ".srt": Case(captions, clock),
    ".tar": Case(lambda it: tarred({"a.txt": text(it)}, "w")),
    ".tar.gz": TAR,
    ".tgz": TAR,
    ".tsv": Case(table("\t"), lambda number: f"line {number + 2}, column text"),
    ".txt": Case(text),
    ".vtt": Case(lambda it: b"WEBVTT\n\n" + captions(it, "."), clock),
    ".wacz": Case(lambda it: zipped({"archive/data.warc.gz": crawl(it)})),
    ".warc": WARC,
    ".warc.gz": WARC,
    ".xhtml": PAGE,
    ".xml": FEED,
    ".zip": ZIP,
}


#: A suffix of each reader: several suffixes are read alike.
SUFFIXES = sorted({reader: suffix for suffix, reader in READERS.items()}.values())


def test_each_reader_has_a_case() -> None:
    assert sorted(CASES) == sorted(READERS)


#: Paragraphs of a few words that no two share, in marks or none; windows-1252 has all their characters.
WORDS = st.lists(
    st.sampled_from("ferry né harbour & it’s €40 1,000 – naïve Ruiz <b> tide".split()), min_size=3, max_size=8
)
PARAGRAPHS = st.lists(st.tuples(WORDS, st.booleans()), min_size=1, max_size=4)


def paragraphs_of(drawn: list[tuple[list[str], bool]]) -> Paragraphs:
    found = []
    for number, (words, quoted) in enumerate(drawn, 1):
        said = " ".join(words)
        found.append(f"“Number {number} {said},” said Ana Ruiz." if quoted else f"Number {number} has {said} on it.")
    return found


def articles(suffix: str, content: bytes) -> list[Article]:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"a{suffix}")
        file.write_bytes(content)
        found = list(read([file]))
    assert all(isinstance(item, Article) for item in found), found
    return [item for item in found if isinstance(item, Article)]


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=PARAGRAPHS)
def test_words_are_kept_and_places_map_back(suffix: str, drawn: list[tuple[list[str], bool]]) -> None:
    case, paragraphs = CASES[suffix], paragraphs_of(drawn)
    found = articles(suffix, case.write(paragraphs))
    for number, words in enumerate(paragraphs):
        article = next(item for item in found if words in item.text)
        at = article.text.index(words)
        assert article.place(at) == article.place(at + len(words) - 1) == case.place(number)


@pytest.mark.parametrize("suffix", SUFFIXES)
@settings(max_examples=6, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(drawn=PARAGRAPHS)
def test_every_span_is_its_text(suffix: str, drawn: list[tuple[list[str], bool]]) -> None:
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, f"a{suffix}")
        file.write_bytes(CASES[suffix].write(paragraphs_of(drawn)))
        for item in pipeline.extract_all([file], Config()):
            assert isinstance(item, Extraction)
            text, places = item.article.text, item.article.places
            spans = [(one.start, one.end, one.text) for one in item.quotations]
            spans += [(one.cue.start, one.cue.end, one.cue.text) for one in item.quotations if one.cue]
            speakers = [one.speaker for one in item.quotations if one.speaker]
            spans += [(one.start, one.end, one.mention) for one in speakers]
            assert [text[start:end] for start, end, _ in spans] == [said for _, _, said in spans]
            assert all(0 <= start < end <= len(text) for start, end in item.article.marked)
            assert [start for start, _ in places] == sorted({start for start, _ in places})
            assert all(0 <= start < len(text) for start, _ in places)


def dump(db: Path) -> list[str]:
    with sqlite3.connect(db) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize("suffix", SUFFIXES)
def test_adding_twice_changes_nothing(suffix: str, tmp_path: Path) -> None:
    paragraphs = ["“We will not give up the ferry,” Ana Ruiz told Reuters.", "Number two has nothing to say about it."]
    file, db = tmp_path / f"a{suffix}", tmp_path / "desk.db"
    file.write_bytes(CASES[suffix].write(paragraphs))
    first = pipeline.add([file], db, Config())
    assert first.changed > 0
    before = dump(db)
    again = pipeline.add([file], db, Config())
    assert (again.changed, again.known) == (0, first.changed)
    assert dump(db) == before


def test_the_table_of_the_documentation_has_each_reader() -> None:
    lines = (Path(__file__).parents[2] / "docs" / "readers.md").read_text(encoding="utf-8").splitlines()
    rows = [line.strip("| ").split(" | ") for line in lines if re.match(r"\| `\.", line)]
    assert {len(row) for row in rows} == {6}
    assert {suffix for row in rows for suffix in re.findall(r"`(\.[a-z.]+)`", row[0])} == set(READERS)
