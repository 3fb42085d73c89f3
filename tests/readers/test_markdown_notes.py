"""Links and footnotes of Markdown: where they stand, what they say, and that nothing else is touched."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.models import Article
from citecheck.readers.markdown_notes import notes_of

# (the text, what the notes say and at which words, the text that readers see with spaces run together)
CASES = [
    ("He [said so](https://a.example/x).", [("https://a.example/x", "said so")], "He said so ."),
    ("[a](<https://a.example> 'title') b", [("https://a.example", "a")], "a b"),
    ("[a](https://a.example/x_(y))", [("https://a.example/x_(y)", "a")], "a"),
    ("![a picture](x.png) of it", [], "![a picture](x.png) of it"),
    ("[so][1] it is\n\n[1]: https://a.example 'T'", [("https://a.example", "so")], "so it is"),
    ("[so] it is", [], "[so] it is"),  # an editor's addition
    ("See <https://a.example/x>.", [("https://a.example/x", "")], "See ."),
    ("So.[^n] Yes.\n\n[^n]: One,\n    two.\n\nMore.", [("One,\ntwo.", "")], "So. Yes. More."),
    ("So.[^n]", [], "So.[^n]"),  # defined nowhere
    ("[^n]: Never named.", [], ""),
    ("[^n]: In it a [link](https://a.example).\n\nSo.[^n]", [("In it a [link](https://a.example).", "")], "So."),
]


@pytest.mark.parametrize(("text", "notes", "shown"), CASES)
def test_notes(text: str, notes: list[tuple[str, str]], shown: str) -> None:
    found, markup = notes_of(text, 0)
    assert [(note.text, text[note.start : note.end]) for note in found] == notes
    seen = Article("a", text, markup=markup).shown
    assert len(seen) == len(text)
    assert " ".join(seen.split()) == shown


@given(st.text(alphabet="[]()^:<>ab \n\\!/“”https", max_size=80))
def test_markup_is_in_order_and_inside(text: str) -> None:
    notes, markup = notes_of(text, 0)
    edges = [edge for span in markup for edge in span]
    assert edges == sorted(edges)
    assert all(0 <= note.start <= note.end <= len(text) for note in notes)
    assert len(Article("a", text, markup=markup).shown) == len(text)


def test_hostile_brackets_end_soon() -> None:
    for part in ("[", "[a](", "[^", "[a](b(", "[^a]:\n  ", "<https://"):
        _, markup = notes_of(part * 20_000, 0)
        assert all(start < end <= len(part) * 20_000 for start, end in markup)
