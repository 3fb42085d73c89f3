"""What is read beside one quotation: its place among the tokens, and a cue with its speaker in a layout."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.attribution.mentions import Mention, subject_after
from citecheck.attribution.tokens import Tokens

#: How many tokens after a quotation its cue may stand, and before it.
AFTER, BEFORE = 40, 60
#: The tags that end a sentence, or part it at another quotation.
STOPS = ".|q"
#: The layouts of "according to".
ACCORDING = ("“…,” according to X", "according to X, “…”", "“…,” per X")
#: Verbs before a participle of saying: "X kept repeating".
GOES_ON = frozenset(("kept", "keeps", "keep", "began", "begins", "started", "starts", "continued", "continues", "went"))
#: Subjects that are nobody: the relative pronouns, and it.
NOBODY = frozenset(("who", "it", "which", "that"))


class Found(NamedTuple):
    """A cue (tokens `cue[0]` to `cue[1]`, not included) with its speaker. `layout` names where they stand.

    `sure` is the chance that both are right, by the layout alone.
    """

    cue: tuple[int, int] | None
    speaker: Mention | None
    layout: str
    sure: float


class Place(NamedTuple):
    """One quotation among the tokens: `first` is its opening mark, `last` the token after its closing one.

    `pause`: the last sign inside the marks or the first after them (, . ? ! or empty). `opens`: it begins a sentence.
    """

    first: int
    last: int
    pause: str
    opens: bool


def named(tokens: Tokens, at: int) -> Mention | None:
    """The phrase at token `at`; where it is a description with a name in apposition, the name."""
    return subject_after(tokens, at - 1)
