"""The pure parts of the report: differences as pieces, the collation, the galley, links and hostile characters."""

from __future__ import annotations

import tomllib
from difflib import SequenceMatcher
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from report_corpus import GATES, compared, gates, ops

from citecheck.html.addresses import Here, article_page, slug, speaker_page
from citecheck.html.collation import collate, ranges
from citecheck.html.diff import alike, pieces, sides
from citecheck.html.folder import MARKER
from citecheck.html.galley import Mark, paragraphs
from citecheck.html.marks import clip, day, headline, language, live_link, visible, web_link
from citecheck.html.parts import notes
from citecheck.models import Article, Comparison, Drift, Label, Severity
from citecheck.text.lexicons import rows


def drawn(a: str, b: str) -> str:
    """The pieces as one line: [-left out-] {+put in+}."""
    signs = {"equal": "{}", "gap": "{}", "delete": "[-{}-]", "insert": "{{+{}+}}"}
    return "".join(signs[piece.tag].format(piece.text) for piece in pieces(a, b, compared(a, b)))


@pytest.mark.parametrize(
    ("a", "b", "expected"),
    [
        ("the old gate", "the gate", "the [-old-] gate"),  # a word left out, its space outside
        ("the gate", "the old gate", "the {+old+} gate"),
        ("will close", "shall close", "[-will-]{+shall+} close"),  # whole words, not letters
        ("2.5 million", "2.7 million", "[-2.5-]{+2.7+} million"),  # a number is one word
        ("don't go", "do not go", "[-don't-]{+do not+} go"),
        ("a b c d", "x b y d", "[-a-]{+x+} b [-c-]{+y+} d"),
        ("same", "same", "same"),
    ],
)
def test_a_difference_is_drawn_in_whole_words(a: str, b: str, expected: str) -> None:
    assert drawn(a, b) == expected


@given(st.text("ab c.,'5", max_size=40), st.text("ab c.,'5", max_size=40))
def test_pieces_without_deletions_are_the_rendering_again(a: str, b: str) -> None:
    made = pieces(a, b, Comparison(True, 50, ops=tuple(SequenceMatcher(None, a, b).get_opcodes())))
    assert "".join(piece.text for piece in made if piece.tag not in ("delete", "gap")) == b


def test_a_piece_has_the_severity_of_the_difference_that_touches_it() -> None:
    a, b = "nine gates are open", "ninety gates were open"
    found = (
        Drift(Label.NUMBER, Severity.CRITICAL, (0, 4), (0, 6), ""),
        Drift(Label.INFLECTION, Severity.MINOR, (11, 14), (13, 17), ""),
    )
    made = pieces(a, b, Comparison(True, 80, Severity.CRITICAL, found, ops(a, b)))
    assert [(p.text, p.severity) for p in made if p.tag == "insert"] == [("ninety", 4), ("were", 2)]


def test_texts_that_share_little_are_not_drawn_word_by_word() -> None:
    assert alike("the gate will close", "the gate shall close", compared("the gate will close", "the gate shall close"))
    a, b = "the gate will close in nine minutes", "pumps may fail whenever winter arrives"
    assert not alike(a, b, compared(a, b))


def test_the_collation_cuts_the_base_where_renderings_part_from_it() -> None:
    table = collate(gates(), (False, False, True, False))
    assert table is not None
    assert [(column.base.strip(), column.varies) for column in table.columns] == [
        ("We", False),
        ("will", True),
        ("close the gates within nine minutes,", False),
        ("whatever the pumps in the old town are doing,", True),
    ]
    assert [line.numbers for line in table.lines] == [(1,), (2,), (4,)]
    assert [[cell.state for cell in line.cells] for line in table.lines] == [
        ["same", "same", "same", "same"],
        ["same", "same", "same", "other"],
        ["same", "other", "same", "gone"],
    ]
    assert table.left_out == 1


def galley(text: str, *marks: Mark, body: tuple[int, int] | None = None) -> list[list[tuple[str, str]]]:
    lines = paragraphs(text, marks, body or (0, len(text)))
    return [[(segment.text, segment.css) for segment in line.segments] for line in lines]


@pytest.mark.parametrize(
    ("marks", "expected"),
    [
        ((), [[("one two three", "")]]),
        ((Mark(4, 7, "q"),), [[("one ", ""), ("two", "q"), (" three", "")]]),
        ((Mark(0, 13, "o"), Mark(4, 7, "i")), [[("one ", "o"), ("two", "o i"), (" three", "o")]]),  # nested
        ((Mark(0, 7, "l"), Mark(4, 13, "r")), [[("one ", "l"), ("two", "l r"), (" three", "r")]]),  # overlapping
        ((Mark(4, 7, "q"), Mark(4, 7, "q")), [[("one ", ""), ("two", "q"), (" three", "")]]),  # twice the same
        ((Mark(5, 5, "q"), Mark(9, 99, "q"), Mark(-2, 3, "q")), [[("one two three", "")]]),  # empty, outside
    ],
)
def test_marks_nest_and_overlap_in_the_galley(marks: tuple[Mark, ...], expected: list[object]) -> None:
    assert galley("one two three", *marks) == expected


def test_a_mark_over_two_lines_colours_both_and_opens_once() -> None:
    lines = list(paragraphs("ab\n\ncd", [Mark(1, 5, "q", "q-1", 1)], (0, 6)))
    assert [[(s.text, s.css, len(s.opens)) for s in line.segments] for line in lines] == [
        [("a", "", 0), ("b", "q", 1)],
        [("c", "q", 0), ("d", "", 0)],
    ]
    assert [line.numbers for line in lines] == [(1,), ()]


def test_the_number_of_a_quotation_stands_before_its_opening_mark() -> None:
    (line,) = paragraphs("so “no” it is", [Mark(4, 6, "q", "q-1", 1)], (0, 13))
    assert [(s.text, len(s.opens)) for s in line.segments] == [("so ", 0), ("“", 1), ("no", 0), ("” it is", 0)]


@given(
    st.text("ab \n", max_size=30),
    st.lists(st.tuples(st.integers(0, 30), st.integers(0, 30)), max_size=8),
)
def test_the_galley_loses_no_character_and_no_mark(text: str, spans: list[tuple[int, int]]) -> None:
    marks = [Mark(min(span), max(span), "q", number=at + 1) for at, span in enumerate(spans)]
    lines = list(paragraphs(text, marks, (0, len(text))))
    shown = ["".join(segment.text for segment in line.segments) for line in lines]
    assert shown == [line for line in text.split("\n") if line.strip()]
    opened = [mark.number for line in lines for segment in line.segments for mark in segment.opens]
    assert sorted(opened) == sorted(number for line in lines for number in line.numbers)


@pytest.mark.parametrize(
    ("url", "fine"),
    [
        ("https://ledger.example/a?b=1#c", True),
        ("HTTP://ledger.example/", True),
        ("javascript:alert(1)", False),
        ("data:text/html,<script>", False),
        ("file:///etc/passwd", False),
        ("https://user@ledger.example/", False),  # looks like one site, is another
        ("https:///nowhere", False),
        ("//ledger.example/", False),
        ("https://ledger.example/\u202egpj.exe", False),
        ("https://ledger.example/a b", False),
        ("https://[broken/", False),
        ("https://ledger.example/" + "a" * 3000, False),
        ("", False),
        (None, False),
    ],
)
def test_only_plain_web_addresses_become_links(url: str | None, fine: bool) -> None:
    assert (web_link(url) is not None) is fine


def test_a_link_to_the_live_page_names_the_words() -> None:
    article = Article("a", "", url="https://ledger.example/a")
    assert live_link(article, "nine-minute gates, now") == (
        "https://ledger.example/a#:~:text=nine%2Dminute%20gates%2C%20now"
    )
    long = live_link(article, GATES)
    assert long is not None
    assert long.endswith("#:~:text=We%20will%20close%20the,old%20town%20are%20doing%2C")
    assert live_link(Article("a", "", url="javascript:x"), "words") is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("plain “text” é 漢", "plain “text” é 漢"),
        ("a\x00b\x1bc", "a␀b␛c"),
        ("a\u202eb", "a⟦U+202E⟧b"),  # right-to-left override
        ("a\u2066b\u2069", "a⟦U+2066⟧b⟦U+2069⟧"),
        ("a\ud800b", "a�b"),  # lone surrogate
        ("line\nnext\ttab", "line\nnext\ttab"),
    ],
)
def test_hostile_characters_are_made_visible(text: str, expected: str) -> None:
    assert visible(text) == expected


def test_what_is_made_visible_is_never_taken_for_printable() -> None:
    # Printable text is passed on as it is: no character that acts may be among it.
    signs = map(chr, range(0xE000))
    assert not [sign for sign in signs if sign.isprintable() and visible(f"{sign}\n") != f"{sign}\n"]


@pytest.mark.parametrize(
    ("iso", "expected"),
    [
        ("2031-03-04", "4 March 2031"),
        ("2031-03-04T09:00:00Z", "4 March 2031"),
        ("2031-03", "March 2031"),
        ("2031", "2031"),
        ("2031-19-04", "2031"),
        ("spring", "spring"),
        ("", None),
        (None, None),
    ],
)
def test_dates_are_written_as_people_do(iso: str | None, expected: str | None) -> None:
    assert day(iso) == expected


def test_small_words() -> None:
    assert clip("one  two\nthree", 50) == "one two three"
    assert clip("one two three", 9) == "one two…"
    assert clip("x" * 50, 9) == "x" * 9 + "…"
    assert headline("Nine minutes, ") == "Nine minutes"
    assert [language(tag) for tag in ("en", "pt-BR", 'en" onload="x', "english-language-of-old", None)] == [
        None,
        "pt-BR",
        None,
        None,
        None,
    ]


@pytest.mark.parametrize("name", ["../../etc/passwd", "CON", "a/b\\c", "\x00", "", "漢字", "ä" * 300, MARKER])
def test_file_names_are_safe_whatever_the_name(name: str) -> None:
    made = slug(name)
    assert made.isascii()
    assert made.replace("-", "").isalnum()
    assert made == made.lower()
    assert len(made) <= 50


def test_names_that_look_alike_get_pages_of_their_own() -> None:
    assert speaker_page("A. Ruiz") != speaker_page("A Ruiz")
    assert article_page("a/b") != article_page("a-b")


def test_addresses_are_relative_and_the_single_file_has_unique_ids() -> None:
    here = Here("families/1")
    assert here.to("index") == "../index.html"
    assert here.to("families/1", "r2") == "#r2"
    assert here.to("articles/x", "q-1") == "../articles/x.html#q-1"
    single = Here("families/1", single=True)
    assert single.to("articles/x", "q-1") == "#articles-x--q-1"
    assert single.id("r2") == "families-1--r2"


def test_no_more_quality_is_promised_than_is_held() -> None:
    floors = tomllib.loads((Path(__file__).parent / "quality/floors.toml").read_text(encoding="utf-8"))
    for row in rows("measured.tsv"):
        scorer, part, name = row["floor"].split(".", 2)
        assert float(row["figure"]) <= floors[scorer][part][name], row["what"]


def test_both_sides_of_a_difference_stand_beside_each_other() -> None:
    a, b = "the gates close in nine minutes today", "the gates shut in nine minutes,"
    left, right = sides(a, b, Comparison(True, 90, Severity.MINOR, (), ops(a, b)))
    assert "".join(piece.text for piece in left) == a
    assert "".join(piece.text for piece in right) == b
    assert [piece.text for piece in left if piece.tag != "equal"] == ["close", "today"]
    assert [piece.text for piece in right if piece.tag != "equal"] == ["shut", ","]


@pytest.mark.parametrize(
    "numbers,shown", [((), ""), ((1,), "1"), ((1, 2, 3, 7), "1–3, 7"), ((2, 4, 5), "2, 4–5"), ((1200,), "1,200")]
)
def test_runs_of_numbers_are_shortened(numbers: tuple[int, ...], shown: str) -> None:
    assert ranges(numbers) == shown


def test_one_difference_in_several_places_is_one_note() -> None:
    base, text = "On Monday and on Monday again.", "On Friday and on Friday again."
    places = [(3, 9), (17, 23)]
    drifts = [Drift(Label.DATE_CONFLICT, Severity.MAJOR, place, place, "four days later") for place in places]
    (one,) = notes(drifts, base, text)
    assert (one.before, one.after) == ("Monday", "Friday")
    assert one.words.endswith(" (2 times)")
    assert one.text == "four days later"
    other = Drift(Label.DATE_CONFLICT, Severity.MAJOR, (24, 29), (24, 29), "")
    assert [item.before for item in notes([*drifts, other], base, text)] == ["Monday", "again"]
