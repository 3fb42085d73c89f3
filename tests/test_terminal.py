"""Words for the terminal: nothing of an article is obeyed by it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from citecheck.export.terminal import clean, flat, word_diff


@pytest.mark.parametrize(
    ("hostile", "shown"),
    [
        ("red \x1b[31malert", "red \\u001b[31malert"),  # an escape sequence
        ("abc\u202edef", "abc\\u202edef"),  # a bidi override
        ("a\rb", "a\\u000db"),  # a carriage return, which would overwrite the line
        ("a\tb\nc", "a bc".replace("bc", "b\nc")),  # a tab becomes a space, a newline stays
        ("\ud800", "\\ud800"),  # a lone surrogate, which cannot be printed
    ],
)
def test_what_a_terminal_would_obey_is_spelled_out(hostile: str, shown: str) -> None:
    assert clean(hostile) == shown


@given(st.text())
def test_a_flat_line_is_short_and_safe(text: str) -> None:
    line = flat(text, 40)
    assert "\n" not in line
    assert "\x1b" not in line
    assert clean(line) == line


def test_a_word_diff_shows_both_sides() -> None:
    ops = [("equal", 0, 4, 0, 4), ("replace", 4, 7, 4, 9), ("equal", 7, 8, 9, 10), ("delete", 8, 9, 10, 10)]
    assert word_diff("say one.!", "say three.", ops) == "say [-one-]{+three+}.[-!-]"
