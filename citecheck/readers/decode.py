"""From bytes to text: byte order mark, declared charset, strict UTF-8, windows-1252, in this order.

Statistical guessers are not used: on news text they take windows-1252 for code pages nobody has written since 1990, and
the curly quotation marks are what they lose. `text == data.decode(encoding)` holds for each result that does not say
"replaced"; so a byte order mark before UTF-8 stays in the text as U+FEFF, and offsets are those of any other program
that decodes the file as UTF-8. Line ends are kept as they are.
"""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"{\\rtf", "an RTF document"),
    (b"\x1f\x8b", "gzip-compressed data"),
    (b"\x89PNG", "an image"),
    (b"GIF8", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"SQLite format 3\x00", "a database"),
)
#: Control characters that text does not hold; tab, line ends, form feed, and escape (colour codes) are left out.
_CONTROLS = bytes([*range(9), *range(14, 27), *range(28, 32)])
_MULTIBYTE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def binary_kind(data: bytes) -> str | None:
    """What the bytes are where they are no text ("a PDF", "binary data"), else None.

    One stray control character is no reason to refuse an article. More than one, and more than one in a hundred bytes,
    is no text: random bytes hold 10 in 100, UTF-16 without a mark 50.
    """
    for signature, kind in _SIGNATURES:
        if data.startswith(signature):
            return kind
    if any(data.startswith(mark) for mark, _ in _MARKS):
        return None
    controls = len(data) - len(data.translate(None, _CONTROLS))
    return "binary data" if controls > 1 and controls * 100 > len(data) else None


def decode(data: bytes, declared: str | None = None) -> tuple[str, str]:
    """`(text, encoding)`: the text and the name of the codec that gave it.

    `declared` is the charset that the document names; where it is unknown or wrong, the next step of the ladder
    decides.
    """
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _forgiving(data, encoding)
    utf8 = _strict(data, "utf-8")
    name = _codec(declared)
    # A page that declares a one-byte charset and holds valid UTF-8 beyond ASCII was written as UTF-8: in running text
    # such bytes do not come together by accident.
    if name and not (utf8 is not None and _MULTIBYTE.search(data)):
        text = _strict(data, name)
        if text is not None:
            return text, name
    if utf8 is not None:
        return utf8, "utf-8"
    if _damaged_utf8(data):
        return _forgiving(data, "utf-8")
    text = _strict(data, "cp1252")
    return (text, "cp1252") if text is not None else (data.decode("latin-1"), "latin-1")


def _strict(data: bytes, encoding: str) -> str | None:
    try:
        return data.decode(encoding)
    except UnicodeError:
        return None


def _forgiving(data: bytes, encoding: str) -> tuple[str, str]:
    """Decoded, with each broken sequence as U+FFFD, which the name of the encoding then says."""
    text = _strict(data, encoding)
    if text is not None:
        return text, encoding
    return data.decode(encoding, "replace"), f"{encoding}, broken bytes replaced"


def _damaged_utf8(data: bytes) -> bool:
    """Whether most bytes above ASCII form UTF-8 sequences: then a few broken bytes are damage, not another charset."""
    whole = sum(len(match) for match in _MULTIBYTE.findall(data))
    high = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    return whole * 2 > high


def _codec(declared: str | None) -> str | None:
    """The codec for a declared charset, as the WHATWG Encoding Standard maps labels; None where there is none."""
    if not declared:
        return None
    try:
        name = codecs.lookup(declared.strip().lower()).name
    except (LookupError, ValueError):
        return None
    if name in ("iso8859-1", "ascii", "latin-1"):
        return "cp1252"
    if name in ("utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-8", "utf-8-sig"):
        return None  # without a byte order mark a page that can be searched for its charset is none of these but UTF-8
    try:
        "".encode(name)  # refuses the codecs that are no charsets: hex, rot13, zlib
        b"".decode(name)
    except (LookupError, UnicodeError):
        return None
    return name
