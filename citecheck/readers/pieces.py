"""A text put together from pieces, with what is known of each piece in the coordinates of the whole."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import accumulate

from citecheck.models import Span


@dataclass(slots=True)
class Pieces:
    """Pieces are added in the order of the text; a label is the place that a piece was found at ("page 3")."""

    parts: list[str] = field(default_factory=list)
    length: int = 0
    places: list[tuple[int, str]] = field(default_factory=list)
    marked: list[Span] = field(default_factory=list)

    def add(self, text: str, separator: str = "\n\n", label: str | None = None, marked: Iterable[Span] = ()) -> None:
        """Add `text`, behind `separator` unless it is the first; `marked` are spans in it that are quotations."""
        if not text:
            return
        if self.length:
            self.parts.append(separator)
            self.length += len(separator)
        if label is not None and not (self.places and self.places[-1][1] == label):
            self.places.append((self.length, label))
        self.marked += [(self.length + start, self.length + end) for start, end in marked]
        self.parts.append(text)
        self.length += len(text)

    @property
    def text(self) -> str:
        return "".join(self.parts)


def below(headline: str | None, body: str, marked: Iterable[Span]) -> Pieces:
    """A body, `marked` spans of it being quotations, below its headline, unless it repeats that itself."""
    pieces = Pieces()
    if headline and not body.lstrip().startswith(headline):
        pieces.add(headline)
    pieces.add(body, marked=marked)
    return pieces


def paragraph_places(text: str, ends: Iterable[int] | None = None) -> tuple[tuple[int, str], ...]:
    """A place for each paragraph that has words, as a person counts them: "paragraph 12".

    `ends` are the offsets behind each paragraph, in rising order; without them each line is one.
    """
    places: list[tuple[int, str]] = []
    at = 0
    for end in ends if ends is not None else accumulate(len(line) + 1 for line in text.split("\n")):
        if text[at:end].strip():
            places.append((at, f"paragraph {len(places) + 1}"))
        at = end
    return tuple(places)


def clock(seconds: float) -> str:
    """Seconds as a player shows them: "00:12:05"."""
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
