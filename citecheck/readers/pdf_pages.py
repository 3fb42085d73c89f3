"""What PDFium finds in a PDF. Runs in a process of its own (`child`): PDFium can neither be stopped nor trusted to end.

The characters and where they stand come from PDFium, reading order and paragraphs are made in `pdf_layout`.
"""

from __future__ import annotations

from collections.abc import Iterator
from ctypes import byref, c_ushort
from types import ModuleType
from typing import Any

from citecheck.readers.child import serve
from citecheck.readers.document import UnreadableError, size
from citecheck.readers.extras import library
from citecheck.readers.pdf_layout import HYPHEN, Line, Page, joined

#: A book of a thousand pages is no article any more; the largest reports have some hundred.
_MOST_PAGES = 2_000
#: A page of the densest newspaper has some twenty thousand; what has more is made to be slow.
_MOST_CHARACTERS = 200_000
#: A gap in a line from here on, in heights of the line, is that between two columns and no space between words.
_GAP = 1.5
_BREAKS = ("\r", "\n", HYPHEN)


def read(data: bytes, max_bytes: int) -> dict[str, Any]:
    """`pieces` of the text, each `[page, separator, text]`, and what is known `about` the document, by PDF's own names.

    Raises UnreadableError where it cannot be read.
    """
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
        about = {**opened.get_metadata_dict(), "Lang": _language(opened, raw)}
    except pdfium.PdfiumError as error:
        raise UnreadableError(f"damaged ({error})") from None
    finally:
        opened.close()
    pieces = list(joined(pages))
    if sum(len(text) for _, _, text in pieces) > max_bytes:
        raise UnreadableError(f"its text is larger than {size(max_bytes)}")
    return {"pieces": pieces, "about": about}


def _language(opened: Any, raw: ModuleType) -> str:
    """The language that the document says it is in (PDF 32000-1, 14.9.2); older releases of PDFium do not tell."""
    tell: Any = getattr(raw, "FPDFCatalog_GetLanguage", None)
    length = tell(opened, None, 0) if tell is not None else 0
    if not 0 < length <= 200:
        return ""
    units = (c_ushort * (length // 2))()
    tell(opened, units, length)
    return bytes(units).decode("utf-16-le", "replace").rstrip("\x00")


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


if __name__ == "__main__":
    serve(read)
