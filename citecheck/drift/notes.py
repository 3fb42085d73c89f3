"""What was found, and the one plain sentence that tells an editor."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.drift.text import Prepared
from citecheck.models import Drift, Label, Severity, Span

#: A range of word indices; where both are equal, the place before that word.
Range = tuple[int, int]
_LONGEST = 90


class Found(NamedTuple):
    """A difference in word indices, before it has its place and its note. `note` overrides the usual one."""

    label: Label
    severity: Severity
    a: Range
    b: Range
    note: str = ""


def place(at: int) -> Range:
    """The empty range before word `at`."""
    return at, at


def drift_of(found: Found, a: Prepared, b: Prepared) -> Drift:
    """The difference in code points, with its note."""
    left, right = a.surface(*found.a), b.surface(*found.b)
    note = found.note or _note(found.label, _short(left), _short(right))
    return Drift(found.label, found.severity, _span(a, found.a), _span(b, found.b), note)


def _span(side: Prepared, words: Range) -> Span:
    start, end = side.span(*words)
    if words[0] == words[1] and 0 < words[0] < len(side.words):
        return start, side.words[words[0]].start if side.text[start : start + 1].strip() else start
    return start, end


def _short(text: str) -> str:
    """A stretch short enough for a sentence: its head and tail."""
    flat = " ".join(text.split())
    return flat if len(flat) <= _LONGEST else f"{flat[:55].rstrip()} … {flat[-30:].lstrip()}"


_SUBJECT = {
    Label.NUMBER: "A figure differs",
    Label.DATE: "A date differs",
    Label.ENTITY: "A name differs",
    Label.POLARITY: "The sense is turned",
    Label.CERTAINTY: "How sure it is differs",
    Label.INTENSITY: "The degree differs",
    Label.LOADED: "The tone differs",
    Label.SUBSTITUTION: "",
    Label.INFLECTION: "A form of a word differs",
    Label.SPELLING: "Spelling",
    Label.REWORDING: "Told in other words",
    Label.CASE_PUNCTUATION: "Case or punctuation",
    Label.TYPOGRAPHIC: "Typography",
    Label.INNER_MARKS: "Quotation marks inside the quotation differ",
    Label.REORDER: "The same words in another order",
    Label.SPLICE: "Words spoken apart are run together",
    Label.MARKED_EDIT: "A marked edit",
}
_ONE_SIDED = {
    Label.TRUNCATION: "‘{}’ is missing at the edge",
    Label.OMISSION: "‘{}’ is left out without a mark",
    Label.EXTENSION: "‘{}’ is more than the witness has",
    Label.INSERTION: "‘{}’ is put in",
}


def _note(label: Label, left: str, right: str) -> str:
    if label in _ONE_SIDED:
        return _ONE_SIDED[label].format(left or right) + "."
    if left and right:
        change = f"‘{left}’ became ‘{right}’"
    elif left:
        change = f"‘{left}’ is gone"
    elif right:
        change = f"‘{right}’ was added"
    else:
        change = ""
    head = _SUBJECT.get(label, label.value)
    return (f"{head}: {change}" if head and change else head or change) + "."
