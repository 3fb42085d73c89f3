"""Word and OpenDocument texts: a paragraph is a line of the text, as the writer sees it.

What was inserted with changes tracked is part of it, what was deleted is not: "we never lose" must not read "we lose".
Comments, notes, headers and field codes stand in other parts of the file or are left out (`word_notes` keeps what a
Word document has beside its text). Only the standard library is
used: a document is a ZIP archive of XML, both of which are read under bounds, and XML with a DTD, which is where
entity bombs and references to other files come from, is refused.
"""

from __future__ import annotations

import zipfile
from collections.abc import Callable, Iterator, Mapping
from io import BytesIO
from typing import NamedTuple
from xml.parsers import expat

from citecheck.models import Article, Note, Span
from citecheck.readers.document import Document, UnreadableError, finished, size
from citecheck.readers.metadata import iso_date, language_code, one_line
from citecheck.readers.pieces import paragraph_places
from citecheck.readers.zips import unpacking

_SEPARATOR = " "  # between namespace and name, as expat is told to write them
WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"
_TEXT = "urn:oasis:names:tc:opendocument:xmlns:text:1.0"
_OFFICE = "urn:oasis:names:tc:opendocument:xmlns:office:1.0"
_TABLE = "urn:oasis:names:tc:opendocument:xmlns:table:1.0"
#: Where both kinds of document say what is known of them: Dublin Core, its terms, and what OpenDocument adds.
_ABOUT = tuple(
    name + _SEPARATOR
    for name in (
        "http://purl.org/dc/elements/1.1/",
        "http://purl.org/dc/terms/",
        "urn:oasis:names:tc:opendocument:xmlns:meta:1.0",
    )
)


class Format(NamedTuple):
    """How a kind of document writes text. Names are `namespace name`."""

    content: str  # the part with the text
    about: str  # the part with title and author
    paragraphs: frozenset[str]
    texts: frozenset[str]  # elements inside which characters are text
    characters: Mapping[str, str]  # elements that stand for a character
    left_out: frozenset[str]  # elements of which nothing is text
    cells: frozenset[str]
    rows: frozenset[str]
    style: tuple[str, str]  # the element and the attribute that name a paragraph's style
    repeated: tuple[str, str] = ("", "")  # an element that stands for spaces, and the attribute that counts them


def _names(namespace: str, words: str) -> frozenset[str]:
    return frozenset(namespace + _SEPARATOR + word for word in words.split())


def _name(namespace: str, word: str) -> str:
    return namespace + _SEPARATOR + word


DOCX = Format(
    content="word/document.xml",
    about="docProps/core.xml",
    paragraphs=_names(WORD, "p"),
    texts=_names(WORD, "t"),
    characters={
        _name(WORD, "tab"): "\t",
        _name(WORD, "br"): "\n",
        _name(WORD, "cr"): "\n",
        _name(WORD, "noBreakHyphen"): "\u2011",
        _name(WORD, "softHyphen"): "\xad",
    },
    # Tab stops in a style are named like tabs; a text box comes twice, the second time for older programs.
    left_out=_names(WORD, "moveFrom del tabs") | _names(_COMPATIBILITY, "Fallback"),
    cells=_names(WORD, "tc"),
    rows=_names(WORD, "tr"),
    style=(_name(WORD, "pStyle"), _name(WORD, "val")),
)
_ODT = Format(
    content="content.xml",
    about="meta.xml",
    paragraphs=_names(_TEXT, "p h"),
    texts=_names(_TEXT, "p h"),
    characters={_name(_TEXT, "tab"): "\t", _name(_TEXT, "line-break"): "\n"},
    left_out=_names(_TEXT, "tracked-changes note") | _names(_OFFICE, "annotation"),
    cells=_names(_TABLE, "table-cell"),
    rows=_names(_TABLE, "table-row"),
    style=(_name(_TEXT, "p"), _name(_TEXT, "style-name")),
    repeated=(_name(_TEXT, "s"), _name(_TEXT, "c")),
)
#: A run of spaces is written as a number; nobody sets more by hand.
_MOST_SPACES = 1_000


def read_docx(document: Document) -> Iterator[Article]:
    """The one article of a `.docx` file. Paragraphs in the styles Quote and Intense Quote are marked."""
    from citecheck.readers.word_notes import read_with_notes  # noqa: PLC0415 it gathers as this module does

    return _read(document, DOCX, read_with_notes)


def read_odt(document: Document) -> Iterator[Article]:
    """The one article of an `.odt` file. Paragraphs in the style Quotations are marked."""
    return _read(document, _ODT, _read_text)


def _read_text(archive: zipfile.ZipFile, limit: int) -> tuple[str, Gatherer, tuple[Note, ...]]:
    gathered = Gatherer(_ODT)
    return gathered.read(part(archive, _ODT.content, limit)), gathered, ()


def _read(
    document: Document,
    form: Format,
    gather: Callable[[zipfile.ZipFile, int], tuple[str, Gatherer, tuple[Note, ...]]],
) -> Iterator[Article]:
    try:
        with unpacking(), zipfile.ZipFile(BytesIO(document.content())) as archive:
            text, gathered, notes = gather(archive, document.max_bytes)
            about = _about(archive, form, document.max_bytes)
    except expat.ExpatError as error:
        raise UnreadableError(f"its XML is broken ({error})") from None
    except KeyError:
        raise UnreadableError(f"no document: there is no {form.content} in it") from None
    yield finished(
        Article(
            id=document.id,
            text=text,
            title=about.get("title"),
            # OpenDocument calls the one who changed it last the creator, and dates that change.
            byline=about.get("initial-creator") or about.get("creator"),
            modified=iso_date(about.get("modified") or about.get("date")),
            language=language_code(about.get("language")),
            path=document.path,
            encoding="utf-8",
            marked=tuple(gathered.marked),
            places=paragraph_places(text, ends=gathered.ends),
            notes=notes,
        )
    )


def part(archive: zipfile.ZipFile, name: str, limit: int) -> bytes:
    """A file of the archive. Raises KeyError where there is none, UnreadableError where it unpacks to too much."""
    with archive.open(name) as stream:
        data = stream.read(limit + 1)
    if len(data) > limit:
        raise UnreadableError(f"it unpacks to more than {size(limit)}")
    return data


def parser(
    start: Callable[..., object], end: Callable[..., object] | None = None, text: Callable[..., object] | None = None
) -> expat.XMLParserType:
    """A parser that gives names as `namespace name`. It raises UnreadableError for a DTD."""
    made = expat.ParserCreate(namespace_separator=_SEPARATOR)
    made.StartElementHandler = start
    made.EndElementHandler = end
    made.CharacterDataHandler = text
    made.StartDoctypeDeclHandler = _refuse
    return made


def _refuse(*_: object) -> None:
    raise UnreadableError("its XML has a DTD, which no office program writes")


class Gatherer:
    """Gathers the text of a document while it is parsed: `parts` and their `length`, what is `marked` as quoted, and
    where paragraphs have their `ends`; the cells of a row are one, as they are one line."""

    def __init__(self, form: Format) -> None:
        self.form = form
        self.parts: list[str] = []
        self.length = 0
        self.marked: list[Span] = []
        self.ends: list[int] = []
        self.parser = parser(self.start, self.end, self.characters)
        self.skipping = 0  # how many elements deep inside one that is left out
        self._inside = 0  # how many elements deep inside one whose characters are text
        self._quoted_from: int | None = None

    def read(self, data: bytes) -> str:
        """The text of the part. Raises expat.ExpatError where it is no XML."""
        self.parser.Parse(data, True)
        return "".join(self.parts)

    def put(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def start(self, name: str, attributes: dict[str, str]) -> None:
        form = self.form
        if self.skipping or name in form.left_out:
            self.skipping += 1
            return
        self._inside += name in form.texts
        if name in form.characters:
            self.put(form.characters[name])
        elif name == form.repeated[0]:
            count = attributes.get(form.repeated[1], "1")
            self.put(" " * min(int(count) if count.isdecimal() else 1, _MOST_SPACES))
        if name == form.style[0] and attributes.get(form.style[1], "").startswith(("Quot", "IntenseQuot")):
            self._quoted_from = self.length

    def end(self, name: str) -> None:
        if self.skipping:
            self.skipping -= 1
            return
        self._inside -= name in self.form.texts
        if name in self.form.paragraphs:
            if self._quoted_from is not None and self.length > self._quoted_from:
                self.marked.append((self._quoted_from, self.length))
            self._quoted_from = None
            self.put("\n")
            self.ends.append(self.length)
        elif name in self.form.cells and self.parts and self.parts[-1] == "\n":
            self.parts[-1] = "\t"  # cells of a row stand beside each other
            if self.ends and self.ends[-1] == self.length:
                self.ends.pop()
        elif name in self.form.rows and self.parts and self.parts[-1] == "\t":
            self.parts[-1] = "\n"
            self.ends.append(self.length)

    def characters(self, text: str) -> None:
        if self._inside and not self.skipping:
            self.put(text)


def _about(archive: zipfile.ZipFile, form: Format, limit: int) -> dict[str, str]:
    """What the document says of itself by local name: title, creator, language, modified …"""
    found: dict[str, str] = {}
    here: list[str] = []

    def characters(text: str) -> None:
        if here and here[-1].startswith(_ABOUT):
            key = here[-1].rpartition(_SEPARATOR)[2]
            found[key] = found.get(key, "") + text

    try:
        data = part(archive, form.about, limit)
        parser(lambda name, _: here.append(name), lambda _: here.pop(), characters).Parse(data, True)
    except (KeyError, expat.ExpatError):
        return {}
    return {key: line for key, value in found.items() if (line := one_line(value))}
