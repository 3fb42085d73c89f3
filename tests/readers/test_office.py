"""Word and OpenDocument texts: words as the writer sees them, and files that mean harm."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest

from citecheck.models import Article, Skipped
from citecheck.readers import read

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
MC = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
ODF = " ".join(
    f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"' for name in ("office", "text", "table")
)
CORE = (
    '<c:coreProperties xmlns:c="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>Night\n ferry</dc:title><dc:creator>Ann Lee</dc:creator>'
    "<dc:language>en-GB</dc:language></c:coreProperties>"
)


def docx(body: str, core: str = CORE, head: str = "") -> bytes:
    document = f"{head}<w:document {W} {MC}><w:body>{body}</w:body></w:document>"
    return archive({"word/document.xml": document, "docProps/core.xml": core})


def odt(body: str) -> bytes:
    content = f"<office:document-content {ODF}><office:body><office:text>{body}</office:text></office:body>"
    return archive({"content.xml": content + "</office:document-content>"})


def archive(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(name, content)
    return stream.getvalue()


def read_one(folder: Path, name: str, content: bytes, max_bytes: int = 1_000_000) -> Article | Skipped:
    (folder / name).write_bytes(content)
    (folder / "other.txt").write_text("other")
    found = {item.id: item for item in read([folder], max_bytes=max_bytes)}
    return found[name]


def run(text: str) -> str:
    return f'<w:r><w:t xml:space="preserve">{text}</w:t></w:r>'


DOCX = [
    (f"<w:p>{run('One ')}{run('two')}</w:p><w:p>{run('three')}</w:p>", "One two\nthree\n"),
    # Tracked changes: inserted words are read, deleted and moved ones are not.
    (
        f"<w:p>{run('We ')}<w:ins>{run('never ')}</w:ins><w:del><w:r><w:delText>ever </w:delText></w:r></w:del>"
        f"{run('lose')}<w:moveFrom>{run(' moved')}</w:moveFrom></w:p>",
        "We never lose\n",
    ),
    ("<w:p><w:r><w:t>a</w:t><w:tab/><w:t>b</w:t><w:br/><w:t>c</w:t><w:noBreakHyphen/></w:r></w:p>", "a\tb\nc\u2011\n"),
    (
        "<w:p><w:pPr><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:instrText>PAGE</w:instrText></w:r>" + run("x") + "</w:p>",
        "x\n",
    ),
    (
        f"<w:tbl><w:tr><w:tc><w:p>{run('a')}</w:p></w:tc><w:tc><w:p>{run('b')}</w:p></w:tc></w:tr></w:tbl><w:p>{run('c')}</w:p>",
        "a\tb\nc\n",
    ),
    (
        f"<w:p><mc:AlternateContent><mc:Choice>{run('box')}</mc:Choice><mc:Fallback>{run('box')}</mc:Fallback>"
        "</mc:AlternateContent></w:p>",
        "box\n",
    ),
    (f"<w:p>{run('“curly” &amp; &#233;')}</w:p>", "“curly” & é\n"),
]


@pytest.mark.parametrize(("body", "text"), DOCX)
def test_words_of_a_word_file(tmp_path: Path, body: str, text: str) -> None:
    found = read_one(tmp_path, "a.docx", docx(body))
    assert isinstance(found, Article)
    assert found.text == text


def test_what_a_word_file_says_of_itself(tmp_path: Path) -> None:
    quoted = f'<w:p><w:pPr><w:pStyle w:val="Quote"/></w:pPr>{run("We leave nobody.")}</w:p>'
    found = read_one(tmp_path, "a.docx", docx(f"<w:p>{run('She said:')}</w:p>{quoted}<w:p>{run('And left.')}</w:p>"))
    assert isinstance(found, Article)
    assert (found.title, found.byline, found.language) == ("Night ferry", "Ann Lee", "en")
    assert [found.text[start:end] for start, end in found.marked] == ["We leave nobody."]


def test_last_change_and_author(tmp_path: Path) -> None:
    terms = '<t:modified xmlns:t="http://purl.org/dc/terms/">2025-01-03T10:00:00Z</t:modified>'
    core = CORE.replace("<dc:language>", f"{terms}<dc:language>")
    found = read_one(tmp_path, "a.docx", docx(f"<w:p>{run('Words.')}</w:p>", core=core))
    assert isinstance(found, Article)
    assert (found.modified, found.published) == ("2025-01-03T10:00:00Z", None)
    meta = (
        '<o:meta xmlns:o="urn:oasis:names:tc:opendocument:xmlns:meta:1.0" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<o:initial-creator>Ann Lee</o:initial-creator><dc:creator>Tom Okoye</dc:creator>"
        "<dc:date>2025-01-03T10:00:00</dc:date><dc:language>de-AT</dc:language></o:meta>"
    )
    content = f"<office:document-content {ODF}><text:p>Words.</text:p></office:document-content>"
    found = read_one(tmp_path, "a.odt", archive({"content.xml": content, "meta.xml": meta}))
    assert isinstance(found, Article)
    assert (found.byline, found.modified, found.language) == ("Ann Lee", "2025-01-03T10:00:00", "de")


PLACES = [
    # Empty paragraphs are not counted, and a line that is broken by hand is no paragraph.
    (
        f"<w:p>{run('a')}</w:p><w:p/><w:p>{run('b')}<w:r><w:br/></w:r>{run('c')}</w:p><w:p>{run('d')}</w:p>",
        "a 1 b 2 d 3",
    ),
    # The cells of a row are one.
    (
        f"<w:p>{run('a')}</w:p><w:tbl><w:tr><w:tc><w:p>{run('b')}</w:p></w:tc><w:tc><w:p>{run('c')}</w:p></w:tc></w:tr>"
        f"<w:tr><w:tc><w:p>{run('d')}</w:p></w:tc></w:tr></w:tbl><w:p>{run('e')}</w:p>",
        "a 1 b 2 d 3 e 4",
    ),
    # A cell that holds no paragraph, as no program writes it.
    (f"<w:tc><w:r><w:br/></w:r></w:tc><w:p>{run('a')}</w:p><w:p>{run('b')}</w:p>", "a 1 b 2"),
]


@pytest.mark.parametrize(("body", "expected"), PLACES)
def test_paragraphs_are_places(tmp_path: Path, body: str, expected: str) -> None:
    found = read_one(tmp_path, "a.docx", docx(body))
    assert isinstance(found, Article)
    labels = [f"{found.text[start:].split()[0]} {label.removeprefix('paragraph ')}" for start, label in found.places]
    assert " ".join(labels) == expected


ODT = [
    (
        "<text:h>Head</text:h><text:p>One <text:span>two <text:a>three</text:a></text:span> four</text:p>",
        "Head\nOne two three four\n",
    ),
    ('<text:p>a<text:s text:c="3"/>b<text:s/>c<text:tab/>d<text:line-break/>e</text:p>', "a   b c\td\ne\n"),
    ("<text:tracked-changes><text:p>deleted</text:p></text:tracked-changes><text:p>kept</text:p>", "kept\n"),
    ("<text:p>a<office:annotation><text:p>comment</text:p></office:annotation>b</text:p>", "ab\n"),
    (
        "<table:table><table:table-row><table:table-cell><text:p>a</text:p></table:table-cell><table:table-cell>"
        "<text:p>b</text:p></table:table-cell></table:table-row></table:table>",
        "a\tb\n",
    ),
    ('<text:p>a<text:s text:c="999999999"/>b</text:p>', "a" + " " * 1_000 + "b\n"),
]


@pytest.mark.parametrize(("body", "text"), ODT)
def test_words_of_an_opendocument_file(tmp_path: Path, body: str, text: str) -> None:
    found = read_one(tmp_path, "a.odt", odt(body))
    assert isinstance(found, Article)
    assert found.text == text


BOMB = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x SYSTEM "file:///etc/passwd">'
HARMFUL = [
    (b"no archive", "damaged or encrypted"),
    (b"", "damaged or encrypted"),
    (docx("<w:p/>")[:-30], "damaged or encrypted"),
    (archive({"other.xml": "<a/>"}), "no document: there is no word/document.xml in it"),
    (docx("<w:p>"), "its XML is broken"),
    (docx("<w:p/>", head=BOMB), "its XML has a DTD"),
    (docx("<w:p/>", head=OUTSIDE), "its XML has a DTD"),
    (docx("<w:p/>"), "there is no text in it"),
    (docx(f"<w:p>{run('x' * 2_000_000)}</w:p>"), "it unpacks to more than 1 MB"),
]


@pytest.mark.parametrize(("content", "reason"), HARMFUL)
def test_file_that_cannot_be_read_is_skipped(tmp_path: Path, content: bytes, reason: str) -> None:
    found = read_one(tmp_path, "a.docx", content)
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_deep_nesting_is_read_in_linear_time(tmp_path: Path) -> None:
    deep = "<w:x>" * 50_000 + run("deep") + "</w:x>" * 50_000
    found = read_one(tmp_path, "a.docx", docx(f"<w:p>{deep}</w:p>"))
    assert isinstance(found, Article)
    assert found.text == "deep\n"


def test_metadata_that_is_broken_is_left_out(tmp_path: Path) -> None:
    found = read_one(tmp_path, "a.docx", docx(f"<w:p>{run('text')}</w:p>", core="<broken"))
    assert isinstance(found, Article)
    assert found.title is None
