"""Block quotations of plain text: marked by `> `, or prose that is indented behind a colon."""

import pytest

from citecheck.readers.plain import indented

# (text, the blocks)
BLOCKS = [
    (
        "He wrote:\n\n    The bridge is safe and it will carry us.\n\nNext.",
        ["The bridge is safe and it will carry us."],
    ),
    (
        "He wrote:\n\tThe bridge is safe today.\n\tIt will stay so.\nNext.",
        ["The bridge is safe today.\n\tIt will stay so."],
    ),
    ("He wrote:\r\n\r\n  The bridge is safe for now.\r\n", ["The bridge is safe for now."]),
    ("The results:\n  - one of them is safe.\n  - two are not.", []),  # a list
    ("In code:\n    x = 1 for y in z.\n", []),
    ("The bridge is safe.\n\n    And it will carry all of us.", []),  # no colon: an indented paragraph
    ("He wrote:\n\n\n    The bridge is safe and it will carry us.", []),  # too far away
]


@pytest.mark.parametrize(("text", "blocks"), BLOCKS)
def test_indented_blocks(text: str, blocks: list[str]) -> None:
    assert [text[start:end] for start, end in indented(text)] == blocks
