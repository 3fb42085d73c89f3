"""Feeds, wire items and tables: what of them is text, and what is known of it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from readers.made import article, items, places, reasons, texts

from citecheck.models import Article

RSS = """<?xml version="1.0"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel><title>Osterby Post</title><language>en-gb</language>
<item><title>Ferry &amp; bridge</title><link>https://post.example/1</link><guid isPermaLink="false">p-1</guid>
 <dc:creator>Ann Lee</dc:creator><pubDate>Thu, 02 Jan 2025 10:00:00 +0000</pubDate>
 <description>Short.</description>
 <content:encoded><![CDATA[<p>“We stay,” said Dahl.</p><blockquote>The sea is calm.</blockquote>]]></content:encoded>
</item>
<item><title>Second</title><description>&lt;b&gt;Bold&lt;/b&gt; words.</description></item>
<item><title/></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="de"><title>Post</title>
<entry><id>urn:1</id><title type="html">A &amp;amp; B</title><link rel="self" href="https://x.example/self"/>
<link href="https://post.example/a"/><author><name>Ann Lee</name></author><published>2025-01-02</published>
<updated>2025-01-03T10:00:00Z</updated>
<content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>One <b>word</b>.</p><p>Two.</p></div></content>
</entry>
</feed>"""


def test_rss(tmp_path: Path) -> None:
    first, second, third = items(tmp_path, "feed.rss", RSS)
    assert isinstance(first, Article)
    assert first.text == "Ferry & bridge\n\n“We stay,” said Dahl.\n\nThe sea is calm."
    assert [first.text[start:end] for start, end in first.marked] == ["The sea is calm."]
    assert (first.id, first.title, first.publisher) == ("feed.rss#p-1", "Ferry & bridge", "Osterby Post")
    assert (first.byline, first.published, first.url) == (
        "Ann Lee",
        "2025-01-02T10:00:00+00:00",
        "https://post.example/1",
    )
    assert isinstance(second, Article)
    assert (second.id, second.text, second.language) == ("feed.rss:2", "Second\n\nBold words.", "en")
    assert third.id == "feed.rss:3"


def test_atom(tmp_path: Path) -> None:
    found = article(tmp_path, "feed.xml", ATOM)
    assert found.text == "A & B\n\nOne word.\n\nTwo."
    assert (found.url, found.published, found.modified) == (
        "https://post.example/a",
        "2025-01-02",
        "2025-01-03T10:00:00Z",
    )
    assert (found.byline, found.publisher, found.language) == ("Ann Lee", "Post", "de")


NEWSML = """<newsMessage xmlns="http://iptc.org/std/nar/2006-10-01/"><itemSet><newsItem guid="urn:x:1" version="2">
<itemMeta><provider literal="Nord Agency"/><versionCreated>2025-01-03T09:00:00Z</versionCreated></itemMeta>
<contentMeta><contentCreated>2025-01-02T09:00:00Z</contentCreated><headline>Ferry runs</headline><by>Ann Lee</by>
<language tag="en-US"/></contentMeta>
<contentSet><inlineXML><nitf><body><body.head><hedline><hl1>Other</hl1></hedline></body.head>
<body.content><p>“We stay,” Dahl said.</p><media><caption>A ship</caption></media><hl2>Later</hl2><p>She left.</p>
</body.content></body></nitf></inlineXML></contentSet></newsItem>
<newsItem><itemMeta/><contentSet><remoteContent href="a.jpg"/></contentSet></newsItem>
</itemSet></newsMessage>"""


def test_newsml(tmp_path: Path) -> None:
    found = article(tmp_path, "item.xml", NEWSML)
    assert found.text == "Ferry runs\n\n“We stay,” Dahl said.\n\nLater\n\nShe left."
    assert (found.publisher, found.byline, found.language) == ("Nord Agency", "Ann Lee", "en")
    assert (found.published, found.modified) == ("2025-01-02T09:00:00Z", "2025-01-03T09:00:00Z")


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("<urlset/>", "a sitemap: it lists addresses and holds no article"),
        ("<recipe/>", "XML of an unknown kind (<recipe>); known are RSS, Atom, NewsML-G2 and NITF"),
        ("<rss><channel/></rss>", "a feed without an entry"),
        ("<newsItem/>", "no news item with a text in it"),
        ("<rss>", "its XML is broken (no element found: line 1, column 5)"),
    ],
)
def test_xml_that_is_no_news(tmp_path: Path, content: str, reason: str) -> None:
    assert reasons(tmp_path, "a.xml", content) == [reason]


NINJS = {
    "uri": "https://agency.example/1",
    "headline": "Ferry runs",
    "body_html": "<p>“We stay,” Dahl said.</p><p>She left.</p>",
    "byline": "Ann Lee",
    "infosources": [{"name": "Nord Agency"}],
    "firstcreated": "2025-01-02T09:00:00Z",
    "versioncreated": "2025-01-03T09:00:00Z",
    "language": "en-GB",
    "associations": {"main": {"headline": "A ship", "body_text": "No text of this one."}},
}


def test_ninjs(tmp_path: Path) -> None:
    found = article(tmp_path, "item.json", json.dumps(NINJS))
    assert found.text == "Ferry runs\n\n“We stay,” Dahl said.\n\nShe left."
    assert (found.publisher, found.byline, found.language) == ("Nord Agency", "Ann Lee", "en")
    assert (found.published, found.modified) == ("2025-01-02T09:00:00Z", "2025-01-03T09:00:00Z")
    assert found.url == "https://agency.example/1"


def test_ninjs_2_and_lists(tmp_path: Path) -> None:
    second = {"headlines": [{"value": "Two"}], "bodies": [{"contenttype": "text/plain", "value": "Plain."}]}
    found = texts(tmp_path, "list.json", json.dumps({"items": [NINJS, {"type": "picture"}, second]}))
    assert list(found) == ["list.json:1", "list.json:2"]
    assert found["list.json:2"] == "Two\n\nPlain."


@pytest.mark.parametrize(
    ("body", "text"),
    [
        ("A vote of 3 < 5 and > 1", "A vote of 3 < 5 and > 1"),
        ("The tag <b> is bold", "The tag <b> is bold"),  # text is text
        ("R&amp;D", "R&D"),  # and yet some escape it
        ("<p>One.</p><p>Two.</p>", "One.\n\nTwo."),  # or write mark-up
    ],
)
def test_ninjs_text_is_no_markup(tmp_path: Path, body: str, text: str) -> None:
    assert article(tmp_path, "item.json", json.dumps({"body_text": body})).text == text


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        ("{}", "no news item (ninjs) in it: none has a body_text, a body_html or bodies"),
        ("{", "not JSON: Expecting property name enclosed in double quotes (line 1, column 2)"),
        ("[" * 100_000, "not JSON that can be read: nested too deeply, or a number too long"),
    ],
)
def test_json_that_is_no_news(tmp_path: Path, content: str, reason: str) -> None:
    assert reasons(tmp_path, "a.json", content) == [reason]


def test_table_with_its_own_names(tmp_path: Path) -> None:
    table = 'ID,Title,Text,Published\n7,Ferry,"“We stay,”\nDahl said.",2025-01-02\n,,,\n8,None,,\n'
    found = items(tmp_path, "a.csv", table)
    assert texts(tmp_path, "a.csv", table) == {
        "7": "“We stay,”\nDahl said.",
        "a.csv:5": 'skipped: it has no "text"',
    }
    assert isinstance(found[0], Article)
    assert (found[0].title, found[0].published) == ("Ferry", "2025-01-02")
    assert places(found[0]) == [("line 3, column Text", "“We stay,”\nD")]


def test_table_with_a_mapping(tmp_path: Path) -> None:
    columns = {"text": "body", "title": "Headline"}
    assert texts(tmp_path, "a.csv", "Headline;Body\nFerry;Runs, at last\n", columns=columns) == {
        "a.csv:2": "Runs, at last"
    }
    assert texts(tmp_path, "b.tsv", "Headline\tBody\nFerry, again\tRuns\n".encode("cp1252"), columns=columns) == {
        "b.tsv:2": "Runs"
    }
    assert reasons(tmp_path, "c.csv", "a,b\n1,2\n") == [
        "no column is named “text”; say which is, with --map text=COLUMN, of “a”, “b”"
    ]
    assert reasons(tmp_path, "d.csv", "a,b\n1,2\n", columns=columns) == [
        "no column is named “body”; there are “a”, “b”"
    ]


def test_json_lines_with_a_mapping(tmp_path: Path) -> None:
    line = json.dumps({"story": {"body": "Runs."}, "Headline": "Ferry", "text": "not this"})
    found = article(tmp_path, "a.jsonl", line, columns={"text": "story.body", "title": "Headline"})
    assert (found.text, found.title) == ("Runs.", "Ferry")


def test_cells_are_decoded_each_by_itself(tmp_path: Path) -> None:
    table = b"text\n" + "“Café”\n".encode() + "“Café”\n".encode("cp1252")
    assert list(texts(tmp_path, "a.csv", table).values()) == ["“Café”", "“Café”"]
