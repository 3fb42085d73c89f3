"""From bytes to text: each step of the ladder, and its invariant."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.readers.decode import binary_kind, decode

CASES = [
    # (bytes, declared, text, encoding)
    (b"plain", None, "plain", "utf-8"),
    ("“café”".encode(), None, "“café”", "utf-8"),
    (b"\xef\xbb\xbfmark", None, "\ufeffmark", "utf-8"),  # kept: offsets are those of the file decoded as UTF-8
    ("\ufeff“a”".encode("utf-16-le"), None, "“a”", "utf-16"),
    ("\ufeff“a”".encode("utf-16-be"), None, "“a”", "utf-16"),
    ("\ufeff“a”".encode("utf-32-le"), None, "“a”", "utf-32"),
    ("“café”".encode("cp1252"), None, "“café”", "cp1252"),
    (b"a\x81b\xe9", None, "a\x81bé", "latin-1"),  # a byte that windows-1252 does not know
    ("«да»".encode("cp1251"), "windows-1251", "«да»", "cp1251"),
    ("да".encode("koi8-r"), " KOI8-R ", "да", "koi8-r"),
    (b"\x93a\x94", "iso-8859-1", "“a”", "cp1252"),  # as browsers read that label
    ("“a”".encode(), "latin-1", "“a”", "utf-8"),  # the label is wrong
    (b"a", "rot13", "a", "utf-8"),  # a codec, but no charset
    (b"a", "\x00", "a", "utf-8"),
    # UTF-8 with one damaged byte among many whole sequences: not another charset, or every mark would be lost.
    ("“a” “b” ".encode() + b"\xff", None, "“a” “b” \ufffd", "utf-8, broken bytes replaced"),
    ("“cut off”".encode()[:-1], None, "“cut off\ufffd", "utf-8, broken bytes replaced"),
    (b"\xff\xfea\x00b", None, "a\ufffd", "utf-16, broken bytes replaced"),
    (b"a\r\nb\rc\n", None, "a\r\nb\rc\n", "utf-8"),  # line ends as they are
]


@pytest.mark.parametrize(("data", "declared", "text", "encoding"), CASES)
def test_decode(data: bytes, declared: str | None, text: str, encoding: str) -> None:
    assert decode(data, declared) == (text, encoding)


DECLARED = st.sampled_from([None, "utf-8", "latin-1", "cp1251", "shift_jis", "utf-7", "x"])


@given(st.binary() | st.text().map(str.encode), DECLARED)
def test_the_encoding_that_is_named_gives_the_text(data: bytes, declared: str | None) -> None:
    text, encoding = decode(data, declared)
    if "replaced" not in encoding:
        assert data.decode(encoding) == text


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"", None),
        (b"tab\tline\r\nform\x0cfeed \x1b[1mcolour\x1b[0m", None),
        (b"x" * 1_000 + b"\x00\x01", None),  # two stray controls in a thousand
        (b"x" * 10 + b"\x00\x01", "binary data"),
        (bytes(range(256)), "binary data"),
        ("“a”".encode("utf-16"), None),
        (b"%PDF-1.4", "a PDF"),
        (b"\x89PNG\r\n", "an image"),
        (b"{\\rtf1 text}", "an RTF document"),
        (b"SQLite format 3\x00", "a database"),
    ],
)
def test_binary_kind(data: bytes, kind: str | None) -> None:
    assert binary_kind(data) == kind
