"""Markdown: front matter is metadata outside the body, block quotations are marked, the text is the file."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from citecheck.models import Article
from citecheck.readers import read
from citecheck.readers.markdown import block_quotations, front_matter

FRONT = (
    "---\r\ntitle: \"Night: ferry\"\r\nauthor: [Ann Lee, 'Bo Ek']\r\ndate: 2025-01-06\r\nlang: en-GB\r\n"
    "url: https://post.example/a\r\npublisher: Osterby Post\r\n---\r\n"
)


def read_one(folder: Path, text: str) -> Article:
    (folder / "a.md").write_bytes(text.encode())
    (article,) = read([folder])
    assert isinstance(article, Article)
    return article


def test_front_matter_is_metadata_outside_the_body(tmp_path: Path) -> None:
    text = FRONT + "\r\n# Heading\r\n\r\nThe ferry will run.\r\n\r\nLeave a Reply\r\n"
    article = read_one(tmp_path, text)
    assert article.text == text
    start, end = article.body_span
    assert text[start:end] == "# Heading\r\n\r\nThe ferry will run.\r\n\r\nLeave a Reply"
    assert (article.title, article.byline, article.published) == ("Night: ferry", "Ann Lee, Bo Ek", "2025-01-06")
    assert (article.language, article.url, article.publisher) == ("en", "https://post.example/a", "Osterby Post")


@pytest.mark.parametrize(
    ("text", "fields", "rest"),
    [
        ("---\ntitle: a\n---\nb", {"title": "a"}, "b"),
        ("\ufeff---\ntitle: a\n...\nb", {"title": "a"}, "b"),
        ("---\ntitle: a\nlist:\n  - x: y\n---\nb", {"title": "a", "list": ""}, "b"),  # only simple fields are read
        ("---\ntitle: a\nb", {}, "---\ntitle: a\nb"),  # never closed
        ("a\n---\ntitle: b\n---\n", {}, "a\n---\ntitle: b\n---\n"),  # not at the top: a rule
        ("---\n---\nb", {}, "b"),
    ],
)
def test_front_matter(text: str, fields: dict[str, str], rest: str) -> None:
    found, after = front_matter(text)
    assert (found, text[after:]) == (fields, rest)


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("# The night ferry #\n\nText", "The night ferry"),
        ("Text\n\n## Second level\n", None),
        ("---\ntitle: Front\n---\n# Heading", "Front"),
    ],
)
def test_title(tmp_path: Path, text: str, title: str | None) -> None:
    assert read_one(tmp_path, text).title == title


@pytest.mark.parametrize(
    ("text", "spans"),
    [
        ("She said:\n\n> We leave nobody\n> behind.\n\nAnd left.", ["We leave nobody\n> behind."]),
        ("> one\n>\n> two\r\n", ["one", "two"]),  # a line with only the mark ends a block, as a blank line does
        ("a > b\n    > code\n", []),  # inside a line; indented code
        (">tight", ["tight"]),
        (">\n> \n", []),
    ],
)
def test_block_quotations(text: str, spans: list[str]) -> None:
    assert [text[start:end] for start, end in block_quotations(text, 0)] == spans


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(st.lists(st.sampled_from(["---", "\n", "\r\n", "> ", ">", "a", " ", "title: x", "# ", "“", "..."]), min_size=1))
def test_spans_lie_in_the_text(tmp_path: Path, pieces: list[str]) -> None:
    article = read_one(tmp_path, "x" + "".join(pieces))
    start, end = article.body_span
    assert 0 <= start <= end <= len(article.text)
    for start, end in article.marked:
        span = article.text[start:end]
        assert span == span.strip() != ""
