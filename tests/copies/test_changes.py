"""What changed between two versions."""

from __future__ import annotations

import pytest

import citecheck
from citecheck.copies.changes import changes
from citecheck.models import Again, Article, Changes, Copied

LINK = Copied("b", Again.VERSION, "a", 0.9, True)
SAID = "“The bridge stays shut until May,” Mayor Ana Ruiz told Reuters."


def changed(before: str, after: str, *titles: str) -> Changes:
    old, new = (
        citecheck.extract(Article(name, text, title=title or None))
        for name, text, title in zip("ab", (before, after), titles or ("", ""), strict=True)
    )
    return changes(old, new, LINK)


@pytest.mark.parametrize(
    ("after", "labels"),
    [
        (SAID, None),  # the same
        (SAID.replace("“", chr(34)).replace("”", chr(34)).replace("The bridge", "the  bridge"), None),  # marks, case
        (SAID.replace("May", "June"), {"date"}),
        (SAID.replace("stays", "does not stay"), {"polarity"}),
        (SAID.replace("Ana Ruiz", "Tom Berg"), {"speaker-changed"}),
        (SAID.replace("told Reuters", "said"), {"source-lost"}),
    ],
)
def test_one_statement(after: str, labels: set[str] | None) -> None:
    found = changed(SAID, after)
    assert (found.added, found.dropped) == ((), ())
    if labels is None:
        assert (found.changed, found.kept, found.any) == ((), 1, False)
    else:
        ((before, now, compared),) = found.changed
        assert (before.article, now.article, found.kept) == ("a", "b", 0)
        assert labels <= {item.label.value for item in compared.drift}


def test_added_and_dropped() -> None:
    more = "\n\n“I never saw such a flood in this valley,” said Tom Berg, a farmer."
    assert [one.text for one in changed(SAID, SAID + more).added] == ["I never saw such a flood in this valley,"]
    found = changed(SAID + more, SAID)
    assert ([one.article for one in found.dropped], found.added, found.kept) == (["a"], (), 1)


def test_a_statement_twice_is_lined_up_once() -> None:
    found = changed(SAID, f"{SAID}\n\n{SAID}")
    assert (len(found.added), found.kept) == (1, 1)


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        ("Bridge shut", "Bridge shut until May", ("Bridge shut", "Bridge shut until May")),
        ("Bridge ‘shut’", "Bridge 'SHUT'", None),
        ("", "Bridge shut", None),  # not known of the earlier one
    ],
)
def test_headline(before: str, after: str, expected: tuple[str, str] | None) -> None:
    assert changed(SAID, SAID, before, after).headline == expected
