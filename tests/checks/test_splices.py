"""Two remarks run together, told apart from one that was cut, broken up, or made of two sentences."""

from __future__ import annotations

import pytest

from citecheck import pipeline
from citecheck.models import Article, Corpus

WITNESSES = (
    Article("a", "“We knew the wall was old and we told the ministry so,” said Ana Ruiz, the mayor.", digest="a"),
    Article(
        "b",
        "“Nobody answered our letters in all those years,” said Ana Ruiz. "
        "“The sirens were never once tested,” she said.\n\n"
        "“The water came up to the second step,” Paul Okoye said, “and then it went back to the river.”",
        digest="b",
    ),
)

# (the quotation in the draft, whether two remarks are run together)
CASES = [
    ("We knew the wall was old and nobody answered our letters in all those years", True),
    ("Nobody answered our letters in all those years and the sirens were never once tested", True),
    ("We knew the wall was old … nobody answered our letters in all those years", False),  # the reader sees a cut
    ("Nobody answered our letters in all those years. The sirens were never once tested", False),  # two sentences
    ("The water came up to the second step, and then it went back to the river", False),  # the witness broke it up
    ("We knew the wall was so old and we told the ministry so", False),  # one remark
    ("We knew the wall was old, the water came up to the second step", False),  # another person's words: CC103
]


@pytest.mark.parametrize(("said", "spliced"), CASES)
def test_splices(said: str, spliced: bool) -> None:
    against = Corpus(tuple(map(pipeline.extract, WITNESSES)))
    who = "Paul Okoye" if said.startswith("The water") else "Ana Ruiz"
    draft = pipeline.extract(Article("draft", f"“{said},” said {who}.", digest="draft"))
    (found,) = pipeline.check(Corpus((draft,)), against)
    assert ("CC104" in [item.code for item in found.findings]) is spliced
