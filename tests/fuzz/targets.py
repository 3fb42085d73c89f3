"""What is fuzzed: every reader with bytes; the extractor, the comparison, the search and the copies with text.

A target holds when nothing but the reader's own "cannot be read" comes out, and every article that does come out has
its offsets right.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Callable
from functools import partial

from citecheck import drift, matching, pipeline, sources
from citecheck.models import Article, Corpus, Kind, Severity, Side, Skipped, Status
from citecheck.readers.document import Document, UnreadableError
from citecheck.readers.registry import READERS, reader_of

MAX_BYTES = 200_000


def read(suffix: str, data: bytes) -> None:
    """Read `data` as a file of this suffix, and check all that is said of places in the text."""
    reader = reader_of(suffix)
    assert reader is not None
    try:
        for item in reader(Document(f"a{suffix}", f"/desk/a{suffix}", io.BytesIO(data), MAX_BYTES)):
            assert isinstance(item, Article | Skipped)
            if isinstance(item, Article):
                check(item)
    except UnreadableError as error:
        assert str(error)


def check(article: Article) -> None:
    """Every offset lies in the text, in order; no character in it is one that cannot be written."""
    article.text.encode()
    assert article.text.strip()
    length = len(article.text)
    for start, end in (article.body_span, *article.marked):
        assert 0 <= start <= end <= length
    offsets = [offset for offset, _ in article.places]
    assert offsets == sorted(offsets)
    assert all(0 <= offset <= length and label for offset, label in article.places)


def extract(data: bytes) -> None:
    """Find what a text says: each span is the words that it claims to be."""
    text = data.decode("utf-8", "replace")
    found = pipeline.extract(Article("a", text), OUTLETS)
    for quotation in found.quotations:
        assert text[quotation.start : quotation.end] == quotation.text
    for credit in found.credits:
        assert text[credit.start : credit.end] == credit.mention


def _texts(data: bytes) -> list[str]:
    """The texts that `data` holds, line feeds between them."""
    return data.decode("utf-8", "replace").split("\n")


def compare(data: bytes) -> None:
    """Compare two texts: the operations rebuild the second, and every difference lies in them."""
    a, b = [*_texts(data), ""][:2]
    for known in (False, True):
        found = drift.compare(Side(a, Kind.DIRECT), Side(b, Kind.DIRECT), known=known)
        made = "".join(b[op[3] : op[4]] if op[0] in ("insert", "replace") else a[op[1] : op[2]] for op in found.ops
                       if op[0] != "delete")  # fmt: skip
        assert not found.same or made == b
        assert 0 <= found.score <= 100
        for item in found.drift:
            for span, text in ((item.a, a), (item.b, b)):
                assert span is None or 0 <= span[0] <= span[1] <= len(text)
        if a == b and found.same:
            assert found.severity is Severity.NONE and not found.drift


def search(data: bytes) -> None:
    """Find the first text in the others: each hit is the words that it claims to be; no altered words are verbatim."""
    query, *texts = _texts(data)
    articles = [pipeline.extract(Article(f"{number}", text), OUTLETS) for number, text in enumerate(texts[:6])]
    found = matching.trace(matching.Index(Corpus(tuple(articles))), query, None, "")
    for hit in found.hits:
        assert texts[int(hit.article)][hit.start : hit.end] == hit.text
    if found.status is Status.VERBATIM:
        assert re.findall(r"\w+", found.hits[0].text) == re.findall(r"\w+", query)  # edges that are no words may go


def family(data: bytes) -> None:
    """Line up what several texts say: every rendering is in its article, and the base is one of them."""
    texts = _texts(data)[:6]
    corpus = pipeline.gather(pipeline.extract(Article(f"{n}", text), OUTLETS) for n, text in enumerate(texts))
    for link in corpus.copies.values():
        assert corpus.original(link.article) != link.article and 0 < link.contained <= 1
    for found in pipeline.group(corpus):
        assert found.comparisons[found.base] is None
        for one in found.renderings:
            assert texts[int(one.article)][one.start : one.end] == one.text


OUTLETS = sources.load_outlets()
TARGETS: dict[str, Callable[[bytes], None]] = {
    **{suffix.lstrip("."): partial(read, suffix) for suffix in READERS},
    "extract": extract,
    "compare": compare,
    "search": search,
    "family": family,
}

# Where a fuzzer begins: small whole documents of every kind --------------------------------------------------------


def _zipped(parts: dict[str, str]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for name, content in parts.items():
            archive.writestr(zipfile.ZipInfo(name), content)
    return stream.getvalue()


_WORDS = "“We will stay,” Mayor Ann Dahl told the Post on Monday. It was late."
_PAGE = f"<html lang=en><title>T</title><article><h1>H</h1><p>{_WORDS}</p><blockquote>B</blockquote></article></html>"
_FEED = f"<rss><channel><title>P</title><item><guid>1</guid><description>{_WORDS}</description></item></channel></rss>"
_NEWS = (
    f"<newsItem><contentSet><inlineXML><html><body><p>{_WORDS}</p></body></html></inlineXML></contentSet></newsItem>"
)
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_DOCX = f'<w:document xmlns:w="{_W}"><w:body><w:p><w:r><w:t>{_WORDS}</w:t></w:r></w:p></w:body></w:document>'
_O = "urn:oasis:names:tc:opendocument:xmlns:"
_ODT = (
    f'<office:document-content xmlns:office="{_O}office:1.0" xmlns:text="{_O}text:1.0">'
    f"<text:p>{_WORDS}</text:p></office:document-content>"
)
_EPUB = {
    "META-INF/container.xml": '<container><rootfile full-path="a.opf"/></container>',
    "a.opf": '<package><manifest><item id="a" href="a.html" media-type="html"/></manifest>'
    '<spine><itemref idref="a"/></spine></package>',
    "a.html": _PAGE,
}
_PDF = (
    b"%PDF-1.4\n1 0 obj\n<< /Type /Catalog /Pages 2 0 R >>\nendobj\n"
    b"2 0 obj\n<< /Type /Pages /Kids [3 0 R] /Count 1 >>\n"
    b"endobj\n3 0 obj\n<< /Type /Page /Parent 2 0 R /MediaBox [0 0 99 99] /Contents 4 0 R /Resources << /Font << /F "
    b"<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >> >> >> >>\nendobj\n4 0 obj\n<< /Length 34 >>\nstream\n"
    b"BT /F 9 Tf 9 9 Td (Stay here) Tj ET\nendstream\nendobj\ntrailer << /Root 1 0 R >>\n"
)
_MAIL = (
    f"From: Ann <a@b.c>\nSubject: S\nContent-Type: text/plain; charset=utf-8\n\n{_WORDS}\n\n"
    "On Monday, X wrote:\n> Why?\n"
)
_WARC = (
    "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://a.example/\r\nWARC-Date: 2025-01-02T00:00:00Z\r\n"
    "Content-Type: application/http; msgtype=response\r\nContent-Length: {}\r\n\r\n{}\r\n\r\n"
)
_HTTP = "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n<p>We will stay here for ever and ever.</p>"
_TABLE = f'id,text,title\n1,"{_WORDS}",T\n'
SEEDS: dict[str, bytes] = {
    "csv": _TABLE.encode(),
    "docx": _zipped({"word/document.xml": _DOCX}),
    "eml": _MAIL.encode(),
    "epub": _zipped(_EPUB),
    "compare": f"{_WORDS}\n“We will not stay,” Ann Dahl said to the Post on May 3; it was 10 percent late.".encode(),
    "search": f"We will stay here\n{_WORDS}\nHe said that “we will … stay here [tonight]”, not more.".encode(),
    "family": f"{_WORDS}\n{_WORDS}\nMayor Dahl will stay, she told the Post on Monday.".encode(),
    "extract": f"{_WORDS}\n\nHe said that “no” was 'no', according to Reuters.".encode(),
    "html": _PAGE.encode(),
    "json": json.dumps({"headline": "H", "body_html": _PAGE}).encode(),
    "jsonl": json.dumps({"id": "a", "text": _WORDS, "published": "2025-01-02"}).encode(),
    "mbox": b"From a@b.c Thu Jan  2 10:00:00 2025\n" + _MAIL.encode(),
    "md": f"---\ntitle: T\n---\n# H\n\n> {_WORDS}\n".encode(),
    "mhtml": (
        f"Content-Type: multipart/related; boundary=b\n\n--b\nContent-Type: text/html\n\n{_PAGE}\n--b--\n"
    ).encode(),
    "odt": _zipped({"content.xml": _ODT}),
    "pdf": _PDF,
    "rss": _FEED.encode(),
    "rtf": rb"{\rtf1\ansi{\info{\title T}}\ldblquote We stay\rdblquote , he said.\par}",
    "srt": b"1\n00:00:01,000 --> 00:00:02,000\n>> ANN: We stay.\n",
    "tsv": _TABLE.replace(",", "\t").encode(),
    "txt": b"[00:00:01] ANN: We stay.\n[00:00:02] TOM: No.\n[00:00:03] ANN: Yes.\n",
    "vtt": b"WEBVTT\n\n00:01.000 --> 00:02.000\n<v Ann>We stay.\n",
    "warc": _WARC.format(len(_HTTP), _HTTP).encode(),
    "xml": _NEWS.encode(),
    "zip": _zipped({"a.txt": _WORDS, "b/c.html": _PAGE}),
}
