"""E-mail messages: which part is the text, and messages that are broken."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.models import Article, Skipped
from citecheck.readers import read

HEAD = (
    "From: =?utf-8?q?Ann_L=C3=A9e?= <ann@osterby.example>\r\nTo: desk@post.example\r\n"
    "Subject: Night\r\n ferry =?utf-8?q?=E2=80=93_statement?=\r\n"
    "Date: Mon, 06 Jan 2025 09:30:00 +0100\r\nMIME-Version: 1.0\r\n"
)
PLAIN = 'Content-Type: text/plain; charset="{}"\r\nContent-Transfer-Encoding: {}\r\n\r\n{}'
HTML = "Content-Type: text/html; charset=utf-8\r\n\r\n<p>The <q>page</q> says so.</p>"
BOTH = f'Content-Type: multipart/alternative; boundary="x"\r\n\r\n--x\r\n{HTML}\r\n--x\r\n{{}}\r\n--x--\r\n'


def read_one(folder: Path, content: bytes) -> Article | Skipped:
    (folder / "a.eml").write_bytes(content)
    (folder / "other.txt").write_text("other")
    return next(iter(read([folder])))


MESSAGES = [
    (
        PLAIN.format("utf-8", "quoted-printable", "=E2=80=9CWe leave nobody,=E2=80=9D she=\r\n said."),
        "“We leave nobody,” she said.",
    ),
    (PLAIN.format("windows-1252", "quoted-printable", "=93We leave nobody.=94"), "“We leave nobody.”"),
    (PLAIN.format("utf-8", "base64", "4oCcV2XigJ0="), "“We”"),
    (PLAIN.format("no-such-charset", "8bit", "“We leave nobody.”"), "“We leave nobody.”"),
    (HTML, "The “page” says so."),
    (BOTH.format(PLAIN.format("utf-8", "7bit", "The plain part.")), "The plain part."),
    # A reply quotes an earlier message: text, and no quotation.
    (PLAIN.format("utf-8", "7bit", "Yes.\r\n> Will it run?"), "Yes.\r\n> Will it run?"),
]


@pytest.mark.parametrize(("message", "text"), MESSAGES)
def test_text_of_a_message(tmp_path: Path, message: str, text: str) -> None:
    found = read_one(tmp_path, (HEAD + message).encode())
    assert isinstance(found, Article)
    assert found.text == text
    assert (found.title, found.byline) == ("Night ferry – statement", "Ann Lée")
    assert found.published == "2025-01-06T09:30:00+01:00"


def test_reply_marks_no_quotation(tmp_path: Path) -> None:
    found = read_one(tmp_path, (HEAD + MESSAGES[-1][0]).encode())
    assert isinstance(found, Article)
    assert found.marked == ()


BROKEN = [
    (b"", "no e-mail message with a text in it"),
    (b"just a text\nwithout headers", "no e-mail message with a text in it"),
    (HEAD.encode() + b"Content-Type: image/png\r\n\r\nx", "no e-mail message with a text in it"),
    (HEAD.encode() + b"Content-Type: text/plain\r\n\r\n \r\n", "there is no text in it"),
    (HEAD.encode() + b"Content-Type: text/html\r\n\r\n" + b"<div>" * 50_000, "its elements are nested too deeply"),
]


@pytest.mark.parametrize(("content", "reason"), BROKEN)
def test_message_that_cannot_be_read_is_skipped(tmp_path: Path, content: bytes, reason: str) -> None:
    found = read_one(tmp_path, content)
    assert isinstance(found, Skipped)
    assert found.reason.startswith(reason)


def test_nested_messages_end(tmp_path: Path) -> None:
    nested = "".join(f'Content-Type: multipart/mixed; boundary="b{n}"\r\n\r\n--b{n}\r\n' for n in range(2_000))
    assert read_one(tmp_path, (HEAD + nested).encode()) == Skipped("a.eml", "its parts are nested too deeply")


def test_comments_in_comments_end(tmp_path: Path) -> None:
    found = read_one(tmp_path, b"From: " + b"(" * 100_000 + b"\r\nSubject: x\r\n\r\ntext")
    assert isinstance(found, Article)
    assert (found.byline, found.text) == (None, "text")


PIECES = [
    "From: ",
    "Subject: ",
    "Date: ",
    "=?utf-8?q?=ff?=",
    "=?x?b?",
    "<",
    ">",
    "@",
    "\r\n",
    ";",
    "charset=",
    '"',
    "(",
    "\x00",
    "é",
]


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.sampled_from(PIECES)))
def test_malformed_headers_never_raise(tmp_path: Path, pieces: list[str]) -> None:
    read_one(tmp_path, ("Subject: x\r\n" + "".join(pieces) + "\r\n\r\ntext").encode())
