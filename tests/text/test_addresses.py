"""Which addresses are one page, which are another, and which are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.text.addresses import address_key, host_of, names_page


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("https://www.post.example/x/?utm_source=b&fbclid=1#c", "post.example/x"),
        ("http://post.example/read?id=7&ref=home", "post.example/read?id=7"),
        ("post.example/read", "post.example/read"),  # as a writer types it
        ("https://ana:secret@Post.example:443/x", "post.example/x"),
        ("https://post.example:8080/x", "post.example:8080/x"),  # another server
        ("https://post.example/read?20260104", "post.example/read?20260104="),
        ("https://post.example/?p=12", "post.example?p=12"),
        ("https://post.example/", "post.example"),  # a site
        ("https://post.example/?xtor=AD-1", "post.example"),
        ("https://[broken", None),
        ("https:///x", None),
        ("", None),
    ],
)
def test_key(url: str, expected: str | None) -> None:
    assert address_key(url) == expected


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.a.example/x/", "http://a.example/x", True),
        ("https://a.example/x?at_medium=RSS&wt_zmc=3", "a.example/x", True),
        ("https://A.example/x#part", "https://a.example/x", True),
        ("https://a.example/x?id=1", "https://a.example/x?id=2", False),
        ("https://a.example/x?b=1&a=2", "https://a.example/x?a=2&b=1", True),  # two systems order them otherwise
        ("https://a.example/x?1", "https://a.example/x?2", False),
        ("https://a.example/caf%C3%A9", "https://a.example/café", True),
        ("https://a.example/X", "https://a.example/x", False),  # a server may tell them apart
        ("https://a.example/x?reference=4", "https://a.example/x", False),  # begins as a tracking parameter does
        ("https://a.example/x", "https://b.example/x", False),
    ],
)
def test_one_page(one: str, other: str, same: bool) -> None:
    assert (address_key(one) == address_key(other)) is same


@pytest.mark.parametrize(
    ("key", "page", "host"),
    [("a.example", False, "a.example"), ("a.example/x?y=1", True, "a.example"), ("a.example?y=1", True, "a.example")],
)
def test_parts_of_a_key(key: str, page: bool, host: str) -> None:
    assert (names_page(key), host_of(key)) == (page, host)


@given(st.text(max_size=60))
def test_any_text_has_a_key_or_none(text: str) -> None:
    key = address_key(f"https://a.example/{text}")
    assert key is None or key.startswith("a.example")
    address_key(text)


def test_a_query_without_end_takes_no_time() -> None:
    assert address_key("https://a.example/x?" + "a=1&" * 200_000) is not None
