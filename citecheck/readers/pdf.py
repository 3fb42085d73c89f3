"""PDF, by PDFium: the characters and where they stand come from there, reading order and paragraphs are made here.

The date in a PDF is that of the file and no date of publication, so it is not read. A page that is a picture has no
text; a document of such pages is skipped and says so.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref
from types import ModuleType
from typing import Any

from citecheck.models import Article
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.extras import library
from citecheck.readers.metadata import one_line
from citecheck.readers.pdf_layout import HYPHEN, Line, Page, joined
from citecheck.readers.pieces import Pieces

#: A book of a thousand pages is no article any more; the largest reports have some hundred.
_MOST_PAGES = 2_000
#: A page of the densest newspaper has some twenty thousand; what has more is made to be slow.
_MOST_CHARACTERS = 200_000
#: A gap in a line from here on, in heights of the line, is that between two columns and no space between words.
_GAP = 1.5
_BREAKS = ("\r", "\n", HYPHEN)


def read_pdf(document: Document) -> Iterator[Article]:
    """The one article of a `.pdf` file."""
    data = document.content()
    if b"%PDF-" not in data[:1_024]:
        raise UnreadableError("no PDF")
    pdfium = library("pypdfium2", "pdf")
    raw = library("pypdfium2.raw", "pdf")
    try:
        opened = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"damaged or encrypted ({error})") from None
    try:
        if len(opened) > _MOST_PAGES:
            raise UnreadableError(f"it has more than {_MOST_PAGES:,} pages")
        pages = [_page(opened, raw, number) for number in range(len(opened))]
        about = opened.get_metadata_dict()
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"damaged ({error})") from None
    finally:
        opened.close()
    pieces = Pieces()
    for number, separator, text in joined(pages):
        pieces.add(text, separator, f"page {number}")
    if not pieces.length:
        raise UnreadableError("there is no text in it: its pages are pictures")
    yield finished(
        Article(
            id=document.id,
            text=pieces.text,
            title=one_line(about.get("Title")),
            byline=one_line(about.get("Author")),
            path=document.path,
            places=tuple(pieces.places),
        )
    )


def _page(opened: Any, raw: ModuleType, number: int) -> Page:
    page = opened[number]
    try:
        text = page.get_textpage()
        try:
            return Page(page.get_height(), list(_lines(text, raw)))
        finally:
            text.close()
    finally:
        page.close()


def _lines(text: Any, raw: ModuleType) -> Iterator[Line]:
    """The lines of a page: PDFium's, parted at gaps that are wider than a space, and where it has put together a word
    that a hyphen parts."""
    count = text.count_chars()
    if count > _MOST_CHARACTERS:
        raise UnreadableError(f"a page of it has more than {_MOST_CHARACTERS:,} characters")
    area = raw.FS_RECTF()
    line: Line | None = None
    for index in range(count):
        character = _character(raw.FPDFText_GetUnicode(text, index))
        if character in _BREAKS:
            if line is not None:
                yield line._replace(text=line.text + HYPHEN) if character == HYPHEN else line
            line = None
            continue
        known = bool(raw.FPDFText_GetLooseCharBox(text, index, byref(area)))
        if character.isspace() or not known:
            line = line._replace(text=line.text + character) if line is not None else None
            continue
        box = (area.left, area.bottom, area.right, area.top)
        if line is not None and box[0] - line.right > _GAP * line.height:
            yield line
            line = None
        line = _grown(line, character, box)
    if line is not None:
        yield line


def _character(code: int) -> str:
    """The character of a code of PDFium's, which writes U+0002 for the hyphen of a word that goes on in the next line;
    what has no meaning is a space."""
    if code in (0x02, 0xFFFE):
        return HYPHEN
    return chr(code) if 0 < code <= 0x10FFFF and not 0xD800 <= code < 0xE000 else " "


def _grown(line: Line | None, character: str, box: tuple[float, float, float, float]) -> Line:
    if line is None:
        return Line(character, *box)
    return Line(
        line.text + character,
        min(line.left, box[0]),
        min(line.bottom, box[1]),
        max(line.right, box[2]),
        max(line.top, box[3]),
    )
