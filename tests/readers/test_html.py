"""Web pages: which part is the article, its exact words, its metadata, and pages that mean harm."""

from __future__ import annotations

import json
import re
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.models import Article, Skipped
from citecheck.readers import read
from citecheck.readers.html import article_of
from citecheck.readers.html_bounds import excess

STORY = [
    "The council of Osterby voted on Tuesday to close the old harbour bridge before the winter storms.",
    "“We will not take a chance with anybody’s life,” Mayor Ingrid Dahl told the meeting.",
    "Engineers had found cracks in two of its piers, according to a report published last week.",
]
PROSE = "".join(f"<p>{line}</p>\n" for line in STORY)
TEASER = "<p>Parents in Norrvik will pay a fifth more for school lunches from August onwards.</p>"
TEXT = "\n\n".join(STORY)


def article(page: str) -> Article:
    return article_of(page, "page.html", None, "utf-8")


def body(inner: str) -> str:
    return f"<!doctype html><html><head><title>t</title></head><body>{inner}</body></html>"


# Which part is the article -----------------------------------------------------------------------------------------

LAYOUTS = [
    # Bare paragraphs.
    PROSE,
    # The element that is called so.
    f"<nav><p>{TEASER}</p></nav><article>{PROSE}</article><article>{TEASER}</article>",
    f"<main>{PROSE}</main><footer>{TEASER}</footer>",
    f"<div>{TEASER}</div><div itemprop='articleBody'>{PROSE}</div>",
    # The heaviest of several articles: comments are articles too.
    f"<article>{PROSE}<section class='comments'><article>{TEASER}</article></section></article>",
    # Nothing says so: the smallest element with nearly all the prose.
    f"<div><ul><li><a href=/>News</a><li><a href=/>Sport</a></ul><div><div>{PROSE}</div><div>Tags</div></div></div>",
    # A layout of tables.
    f"<table><tr><td><a href=/>{TEASER}</a></td><td>{PROSE}</td></tr></table>",
    # A whole page inside a form, as some systems write it.
    f"<form><div class='header'><a href=/>Home</a></div><div>{PROSE}</div></form>",
    # A class that says "sidebar" on the element that holds everything.
    f"<div class='content-with-sidebar no-ads'>{PROSE}</div><div class='sidebar'>{TEASER}</div>",
    # What is not the article, inside it.
    f"<article>{PROSE}<aside>{TEASER}</aside></article>",
    f"<article>{PROSE}<div class='related-articles'>{TEASER}</div></article>",
    f"<article>{PROSE}<div id='newsletterSignup'>{TEASER}</div></article>",
    f"<article>{PROSE}<div role='complementary'>{TEASER}</div></article>",
    f"<article>{PROSE}<div hidden>{TEASER}</div><p style='color: red; display : none'>hidden words</p></article>",
    f"<article>{PROSE}<form><label>Your name</label><input value=x><button>Send</button></form></article>",
    f"<article>{PROSE}<button>Share this story</button><svg><title>icon</title><path/></svg></article>",
    f"<article>{PROSE}<script>var a = '<p>{TEASER}</p>'</script><style>p {{}}</style><!-- {TEASER} --></article>",
    f"<article>{PROSE}<template>{TEASER}</template><noscript>{TEASER}</noscript><iframe>{TEASER}</iframe></article>",
]


@pytest.mark.parametrize("layout", LAYOUTS)
def test_article_is_found(layout: str) -> None:
    assert article(body(layout)).text == TEXT


def test_headline_outside_the_article_comes_first() -> None:
    page = body(f"<header><h1>Bridge ‘to close’</h1></header><div><article>{PROSE}</article></div>")
    assert article(page).text == f"Bridge ‘to close’\n\n{TEXT}"


def test_headline_inside_the_article_comes_once() -> None:
    page = body(f"<article><header><h1>Bridge ‘to close’</h1><p>By Ann Lee</p></header>{PROSE}</article>")
    assert article(page).text == f"Bridge ‘to close’\n\nBy Ann Lee\n\n{TEXT}"


@pytest.mark.parametrize("page", ["", "   ", "<html></html>", "<script>x</script>", body("<img src=x>")])
def test_page_without_text_is_skipped(tmp_path: Path, page: str) -> None:
    (tmp_path / "a.html").write_text(page)
    (tmp_path / "b.txt").write_text("b")
    skipped, _ = read([tmp_path])
    assert isinstance(skipped, Skipped)
    assert skipped.reason in ("empty", "there is no text in it")


# Its exact words ---------------------------------------------------------------------------------------------------

INLINE = [
    ("We will <time>never</time> surrender.", "We will never surrender."),
    ("We <label>will</label> <b>never</b> <svg><text>ever</text></svg> <button>surrender</button>.", None),
    ("We will <select><option>x</option></select>go.", "We will go."),
    ("He <del>never</del><ins>always</ins> <s>wept</s> said so.", "He always said so."),
    ("A<b>B</b>C <i> D </i> E", "ABC D E"),
    ("one<br>two<br/>three<br><br>four", "one\ntwo\nthree\n\nfour"),
    ("  white \n\t space  ", "white space"),
    (
        "non\xa0breaking&nbsp;space stays, as does &shy;a soft hyphen",
        "non\xa0breaking\xa0space stays, as does \xada soft hyphen",
    ),
    ("&ldquo;Fish &amp; chips&rdquo; &#8212; &lt;b&gt;", "“Fish & chips” — <b>"),
    ("a</p><p>&nbsp;</p><p>b <i>c</i>&nbsp;<i>d</i>", "a\n\nb c\xa0d"),
    ("10<sup>th</sup> of H<sub>2</sub>O", "10th of H2O"),
    ("He said <q>we never lose</q>.", "He said “we never lose”."),
    ("He said <q>they said <q>no</q> to us</q>.", "He said “they said ‘no’ to us”."),
    ("He said “<q>we never lose</q>”.", "He said “we never lose”."),  # the author wrote the marks
    ("He said <q>“we never lose”</q>.", "He said “we never lose”."),
    ("He said <q> we never lose </q> twice.", "He said “we never lose” twice."),
    ("<span class=sr-only>Opens in a new window</span>Read it.", "Read it."),
]


@pytest.mark.parametrize(("inner", "expected"), INLINE)
def test_words_of_a_sentence(inner: str, expected: str | None) -> None:
    text = article(body(f"<p>{inner}</p>")).text
    assert text == (expected if expected is not None else "We will never ever surrender.")


def test_quotation_marks_of_the_language() -> None:
    page = "<html lang=de><body><p>Er sagte, <q>so <q>nicht</q></q>.</p></body></html>"
    assert article(page).text == "Er sagte, „so ‚nicht‘“."


def test_blocks() -> None:
    page = body(
        "<p>One</p>two<ul><li>three<li>four</ul><dl><dt>five<dd>six</dl>"
        "<table><tr><td>seven<td>eight<tr><th>nine</table><pre>\n ten\n  eleven</pre>"
        "<figure><figcaption>twelve</figcaption></figure>"
    )
    expected = "One\n\ntwo\n\nthree\nfour\n\nfive\n\nsix\n\nseven\teight\nnine\n\n ten\n  eleven\n\ntwelve"
    assert article(page).text == expected


def test_what_the_page_marks_as_quotations() -> None:
    found = article(
        body(
            "<p>He said <q>no <b>never</b></q> and <q></q></p>"
            "<blockquote><p>First of two.</p>\n<p>He <q>said</q> so.</p></blockquote>"
        )
    )
    assert [found.text[start:end] for start, end in found.marked] == [
        "no never",
        "First of two.\n\nHe “said” so.",
        "said",
    ]


WORDS = st.text(alphabet="ab ”“'.,\xa0\n", max_size=8)
INLINE_TAGS = st.sampled_from(
    "b i em strong span a time label button svg abbr cite mark q ins sup code font x-new".split()
)


@given(st.recursive(WORDS, lambda inner: st.lists(st.tuples(INLINE_TAGS, inner), max_size=3) | inner, max_leaves=12))
def test_no_word_of_a_sentence_is_lost(tree: object) -> None:
    """The audit: whatever inline elements a sentence is made of, its words come out, in order, and no others."""

    def html(node: object) -> str:
        return node if isinstance(node, str) else " ".join(f"<{tag}>{html(inner)}</{tag}>" for tag, inner in node)  # type: ignore[attr-defined]

    def words(node: object) -> str:
        return node if isinstance(node, str) else " ".join(words(inner) for _, inner in node)  # type: ignore[attr-defined]

    page = body(f"<article><p>Start {html(tree)} end</p></article>")
    text = article(page).text
    marks = re.compile(r"[“”‘’]")  # <q> adds its own
    assert marks.sub("", text).split() == marks.sub("", f"Start {words(tree)} end").split()


@given(
    st.lists(
        st.sampled_from(
            ["<div>", "</div>", "<p>", "<q>", "</q>", "<blockquote>", "<table>", "<td>", "x y", "<br>", "“", "&"]
        )
    )
)
def test_marked_spans_hold_no_outer_space(pieces: list[str]) -> None:
    found = article(body("".join(pieces)))
    for start, end in found.marked:
        span = found.text[start:end]
        assert span == span.strip() != ""


# Metadata ----------------------------------------------------------------------------------------------------------

LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "name": "Site", "url": "https://site.example"},
        {
            "@type": ["NewsArticle"],
            "headline": "Bridge\n to close",
            "datePublished": "2025-01-02T08:00:00+01:00",
            "author": [{"@type": "Person", "name": "Ann Lee"}, "Bo Ek"],
            "publisher": {"@type": "Organization", "name": "Osterby Post"},
            "inLanguage": "sv-SE",
            "mainEntityOfPage": {"@id": "https://post.example/linked"},
        },
    ],
}
META = {
    "og:title": "OG title",
    "og:site_name": "OG site",
    "og:url": "https://post.example/a?utm=1",
    "og:locale": "en_GB",
    "article:published_time": "2025-01-03",
    "article:author": "https://facebook.example/ann",
    "author": "Meta Author",
}


def page_with(
    linked: object = None, meta: dict[str, str] | None = None, head: str = "", inner: str = "", lang: str = ""
) -> str:
    script = f'<script type="application/ld+json">{json.dumps(linked)}</script>' if linked is not None else ""
    tags = "".join(f'<meta property="{name}" content="{value}">' for name, value in (meta or {}).items())
    return f"<html {lang}><head>{tags}{script}{head}</head><body>{inner}{PROSE}</body></html>"


def about(page: str) -> dict[str, str | None]:
    found = article(page)
    names = ("title", "publisher", "published", "byline", "url", "language")
    return {name: getattr(found, name) for name in names if getattr(found, name)}


def test_json_ld_comes_first() -> None:
    assert about(page_with(LINKED, META)) == {
        "title": "Bridge to close",
        "publisher": "Osterby Post",
        "published": "2025-01-02T08:00:00+01:00",
        "byline": "Ann Lee, Bo Ek",
        "url": "https://post.example/linked",
        "language": "sv",
    }


def test_opengraph_and_other_meta() -> None:
    assert about(page_with(None, META)) == {
        "title": "OG title",
        "publisher": "OG site",
        "published": "2025-01-03",
        "byline": "Meta Author",  # the address of a profile is no name
        "url": "https://post.example/a?utm=1",
        "language": "en",
    }


def test_the_page_itself() -> None:
    page = page_with(
        head="<title>Bridge to close</title><link rel=canonical href='https://post.example/a'>",
        inner="<span class=byline>By Ann Lee</span> <time datetime='2025-01-02'>Thursday</time>",
        lang="lang=en-GB",
    )
    assert about(page) == {
        "title": "Bridge to close",
        "published": "2025-01-02",
        "byline": "Ann Lee",
        "url": "https://post.example/a",
        "language": "en",
    }


def test_name_of_the_outlet_is_no_byline() -> None:
    assert article(page_with(None, {"og:site_name": "Osterby Post", "author": "Osterby Post"})).byline is None


def test_canonical_link_beats_opengraph() -> None:
    page = page_with(None, META, head="<link rel='canonical' href='https://post.example/a'>")
    assert article(page).url == "https://post.example/a"


@pytest.mark.parametrize(
    ("head", "title"),
    [
        ("<title>Bridge to close | Osterby Post</title>", "Bridge to close"),
        ("<title>Bridge to close</title>", "Bridge to close"),
        ("<title>The bridge - a history</title>", "The bridge - a history"),  # no name of a site behind that dash
    ],
)
def test_title_without_the_name_of_the_site(head: str, title: str) -> None:
    assert article(page_with(None, {"og:site_name": "Osterby Post"}, head=head)).title == title


@pytest.mark.parametrize(
    "linked",
    [
        "{broken",
        "[" * 100_000,
        json.dumps(
            {"@type": "NewsArticle", "headline": 3, "author": {"name": []}, "datePublished": {}, "url": "javascript:x"}
        ),
        json.dumps(
            {"@type": "NewsArticle", "headline": "x" * 100_000, "author": "https://x.example", "publisher": [[]]}
        ),
        json.dumps({"@type": "Organization", "name": "x"}),
        json.dumps(None),
        " " * 2_000_000,
    ],
)
def test_metadata_that_cannot_be_trusted_is_dropped(linked: str) -> None:
    page = f"<html><head><script type='application/ld+json'>{linked}</script></head><body>{PROSE}</body></html>"
    assert about(page) == {}


# Bytes -------------------------------------------------------------------------------------------------------------

ENCODED = [
    ("“quoted” ü", "utf-8", "", "utf-8"),
    ("“quoted” ü", "cp1252", "<meta charset=windows-1252>", "cp1252"),
    ("“quoted” ü", "cp1252", "<meta http-equiv=content-type content='text/html; charset=ISO-8859-1'>", "cp1252"),
    ("“quoted” ü", "cp1252", "", "cp1252"),
    ("“quoted” ü", "cp1252", "<meta charset=no-such-charset>", "cp1252"),
    ("“quoted” ü", "cp1252", "<meta charset=hex>", "cp1252"),
    ("«речь»", "cp1251", "<meta charset='windows-1251'>", "cp1251"),
    ("řeč", "iso8859-2", "<?xml version='1.0' encoding='iso-8859-2'?>", "iso8859-2"),
    ("「引用」", "shift_jis", "<meta charset=Shift_JIS>", "shift_jis"),
    ("“quoted” ü", "utf-8", "<meta charset=iso-8859-1>", "utf-8"),  # declared wrongly
    ("“quoted” ü", "utf-16", "<meta charset=utf-8>", "utf-16"),  # the byte order mark decides
    ("“quoted” ü", "utf-8-sig", "", "utf-8"),
]


@pytest.mark.parametrize(("words", "codec", "head", "expected"), ENCODED)
def test_encoding(tmp_path: Path, words: str, codec: str, head: str, expected: str) -> None:
    page = f"{head}<html><body><p>{words}</p></body></html>"
    (tmp_path / "a.html").write_bytes(page.encode(codec))
    (found,) = read([tmp_path])
    assert isinstance(found, Article)
    assert (found.text, found.encoding) == (words, expected)


# Pages that mean harm ----------------------------------------------------------------------------------------------

MANY = 100_000
SOME = 20_000
HARMFUL = [
    "<div>" * MANY,
    "<ul><li>" * MANY,
    "<x-a>" * MANY,
    "<b><p>" * MANY,
    "<p>" + "".join(f"<font size={number}>" for number in range(500)) + "<p>x" * MANY,
    "<div>" * MANY + "</b>" * MANY,
    "<div/>" * MANY,
    "<p " + " ".join(f"a{number}" for number in range(5_000)) + ">",
    "<p " + "".join(f"a{number}='>'" for number in range(5_000)) + ">",
    "<!-->" + "<div>" * MANY,
    "<!-- --!>" + "<div>" * MANY,
    "<svg><style>" + "<div>" * MANY,
    '<p a"b>' + "<div>" * MANY,
    "<script></script>" + "<div>" * MANY,
    "<a " * MANY,
    "<p a='" * MANY,
    "<br>" * 600_000,
]


@pytest.mark.parametrize("page", HARMFUL)
def test_page_that_would_exhaust_the_parser_is_refused(page: str) -> None:
    begin = time.process_time()
    assert excess(page)
    assert time.process_time() - begin < 10


HARMLESS = [
    "<div>" * 400 + "x" + "</div>" * 400,
    "<p>" * SOME,
    "<br>" * SOME,
    "<div></div>" * SOME,
    "<li>x" * SOME,
    "<svg><path d='M0'/></svg>" * 10_000,
    "<script>" + "'<div>'" * SOME + "</script>",
    "<!--" + "<div>" * SOME,
    "<p title='" + "<div>" * SOME + "'>x</p>",
    "<img src='data:image/png;base64," + "A/=" * SOME + "'>",
    "<" * SOME,
    "</" * SOME,
]


@pytest.mark.parametrize("page", HARMLESS)
def test_page_that_is_only_large_is_read_in_good_time(page: str) -> None:
    begin = time.process_time()
    assert excess(page) is None
    article(page + PROSE)
    assert time.process_time() - begin < 15


def test_refusal_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.html").write_text("<div>" * MANY)
    (tmp_path / "b.txt").write_text("b")
    skipped, _ = read([tmp_path])
    assert skipped == Skipped("a.html", "its elements are nested too deeply to be parsed in reasonable time")
