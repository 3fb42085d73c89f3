"""PDF, by PDFium in a process of its own: it is bounded in time and memory, and may crash without harm.

A page that is a picture has no text; a document of such pages is skipped and says so. No date in a PDF is one of
publication; the last change is that of the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime

from citecheck.models import Article
from citecheck.readers.child import Child
from citecheck.readers.document import Document, UnreadableError, finished
from citecheck.readers.extras import needed
from citecheck.readers.metadata import language_code, one_line
from citecheck.readers.pieces import Pieces

#: D:YYYYMMDDHHmmSSOHH'mm' (PDF 32000-1, 7.9.4); all behind the year may be missing.
_DATE = re.compile(r"D:(\d{4})(\d\d)(\d\d)(?:(\d\d)(\d\d)(\d\d)?(?:(Z)|([+-])(\d\d)'?(\d\d)?)?)?")
_PAGES = Child("citecheck.readers.pdf_pages", "PDFium")


def read_pdf(document: Document) -> Iterator[Article]:
    """The one article of a `.pdf` file."""
    data = document.content()
    if b"%PDF-" not in data[:1_024]:
        raise UnreadableError("no PDF")
    needed("pypdfium2", "pdf")
    found = _PAGES.ask(data, document.max_bytes, document.seconds)
    pieces = Pieces()
    for number, separator, text in found["pieces"]:
        pieces.add(text, separator, f"page {number}")
    if not pieces.length:
        raise UnreadableError("there is no text in it: its pages are pictures")
    about = found["about"]
    yield finished(
        Article(
            id=document.id,
            text=pieces.text,
            title=one_line(about.get("Title")),
            byline=one_line(about.get("Author")),
            modified=pdf_date(about.get("ModDate")),
            language=language_code(about.get("Lang")),
            path=document.path,
            places=tuple(pieces.places),
        )
    )


def pdf_date(value: object) -> str | None:
    """A date of PDF as ISO 8601, as precise as it is given from the day on; None where it is none."""
    found = _DATE.match(value) if isinstance(value, str) else None
    if found is None:
        return None
    year, month, day, hour, minute, second, utc, sign, hours, minutes = found.groups()
    text = f"{year}-{month}-{day}"
    if hour is not None:
        text += f"T{hour}:{minute}:{second or '00'}"
        text += "+00:00" if utc else f"{sign}{hours}:{minutes or '00'}" if sign else ""
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return None
    return text
