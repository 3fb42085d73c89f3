"""Paragraphs and sentences of a text, as spans into it.

A line is a paragraph, as news texts have it, unless the text is hard-wrapped: then blank lines part its paragraphs.
"""

from __future__ import annotations

import re
from functools import lru_cache
from itertools import accumulate, pairwise
from operator import add
from typing import NamedTuple, TypeVar

from citecheck.models import Span
from citecheck.text.lexicons import words
from citecheck.text.patterns import regex

#: A line longer than this was folded when another follows at once that goes on in lower case …
FOLDED_LENGTH = 45
#: … and where more than this share of the long lines were, all line ends but blank lines only fold paragraphs. One
#: such line alone, a headline above a byline, says nothing.
FOLDED_SHARE = 0.4

#: Begins with one set of signs that a search can skip to; a run of full stops is looked at once, at its first.
_SENTENCE_END = re.compile(
    r"[.!?…。！？](?:(?<=[.!?…])(?<![.!?…].)[.!?…]*+[\"”’»›“'\)\]]*+(?=\s+[\"“„«»‘'‚(\[—–-]*[\wÀ-ÿ])"
    r"|(?<=[。！？])[。！？]*[」』]*)"
)
_ENDS = frozenset('.!?:;"”’»…)]')
_WORD_BEFORE = regex(r"(?:[^\W\d_]\.)*[^\W_]*$")


def trimmed(text: str, start: int, end: int) -> Span:
    """`start:end` without the white space at its edges."""
    piece = text[start:end]
    return start + len(piece) - len(piece.lstrip()), end - len(piece) + len(piece.rstrip())


def hard_wrapped(text: str) -> bool:
    """Whether line ends in `text` only fold long paragraphs, as in mail and text that comes from a PDF."""
    long = folded = 0
    for line, after in pairwise(text.split("\n")):
        if len(line) > FOLDED_LENGTH and after.strip():
            long += 1
            folded += line.rstrip()[-1:] not in _ENDS and after.lstrip()[:1].islower()
    return folded > max(1, FOLDED_SHARE * long)


@lru_cache(maxsize=2)  # one stage after the other asks for those of the same article
def paragraphs(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The paragraphs of `text` (of `span` of it), in order, trimmed, empty ones left out.

    Without blank lines between folded paragraphs, a line that ends a sentence ends its paragraph.
    """
    start, end = span or (0, len(text))
    lines = _lines(text, start, end)
    return tuple(_unfolded(text, lines) if hard_wrapped(text[start:end]) else lines)


def _lines(text: str, start: int, end: int) -> list[Span]:
    """The lines of `text[start:end]`, trimmed, empty ones left out."""
    found = []
    for line in text[start:end].replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n").split("\n"):
        if bare := line.strip():
            first = start + line.index(bare[0])
            found.append((first, first + len(bare)))
        start += len(line) + 1
    return found


#: The space between an initial and a name.
_INITIAL = re.compile(r"\. (?<=[A-ZÀ-Þ]\. )(?=[A-ZÀ-Þ])")


V = TypeVar("V")
#: Pieces of which it is kept what is known, and how long one of them may be.
_KEPT, _LONG = 30_000, 30


class ByPiece(dict[str, V]):
    """What is asked of a piece of text, made when the piece is met first, and kept from article to article.

    News has few different ones for its length.
    """

    def made(self, piece: str) -> V:
        """What is known of `piece`; each kind says it of itself."""
        raise NotImplementedError

    def __missing__(self, piece: str) -> V:
        value = self.made(piece)
        if len(self) >= _KEPT:
            self.clear()
        if len(piece) <= _LONG:
            self[piece] = value
        return value


class Pieces(NamedTuple):
    """What stands between the spaces of each paragraph, with a line end behind each paragraph.

    `places` are the offsets where the pieces begin, `others` the numbers of those that are more, or less, than one word
    in small letters: a third of them, where most questions end.
    """

    pieces: list[str]
    places: list[int]
    others: list[int]


@lru_cache(maxsize=2)  # as above
def pieces(text: str, span: Span | None = None) -> Pieces:
    """The pieces of `text` (of `span` of it). An initial is one with the name behind it, by a no-break space."""
    spaced = _INITIAL.sub(".\u00a0", text)
    found: list[str] = []
    places: list[int] = []
    for start, end in paragraphs(text, span):
        here = spaced[start:end].split(" ")
        found += here
        found.append("\n")
        places += map(add, accumulate(map(len, here), initial=start), range(len(here)))
        places.append(end)
    others = [number for number, piece in enumerate(found) if not (piece.isalpha() and piece.islower())]
    return Pieces(found, places, others)


def _unfolded(text: str, lines: list[Span]) -> list[Span]:
    """The paragraphs that folded `lines` make up."""
    blank = sum(text.count("\n", before[1], after[0]) > 1 for before, after in pairwise(lines))
    parted = blank > len(lines) // 20
    found: list[Span] = []
    for first, last in lines:
        if found:
            before = found[-1][1]
            over = text.count("\n", before, first) > 1
            if not over and (parted or text[before - 1] not in _ENDS or text[first].islower()):
                found[-1] = (found[-1][0], last)
                continue
        found.append((first, last))
    return found


def _ends_sentence(text: str, match: re.Match[str]) -> bool:
    after = text[match.end() : match.end() + 8].lstrip()
    if after[:1].islower():
        return False
    if match[0][0] != ".":
        return True
    word = text[max(0, match.start() - 24) : match.start()].rpartition(" ")[2]
    if not word.isalpha():
        before = _WORD_BEFORE.search(text, max(0, match.start() - 24), match.start())
        word = before[0] if before else ""
    if word.lower() in words("abbreviations.txt"):
        return False
    if len(word) == 1 and word.isupper():  # an initial: "J. Doe"
        return False
    return not ("." in word and len(match[0]) == 1 and after[:1].isupper() and not _opens_clause(text, match.end()))


def _opens_clause(text: str, at: int) -> bool:
    """After "U.S." a capital is mostly a name's; a function word in capitals opens a sentence."""
    word = re.match(r"\s+[\"“‘]?(\w+)", text[at : at + 40])
    return bool(word) and word[1].lower() in words("sentence_openers.txt")  # type: ignore[index]


@lru_cache(maxsize=2)  # as above
def sentences(text: str, span: Span | None = None) -> tuple[Span, ...]:
    """The sentences of `text` (of `span` of it); none crosses a paragraph. Closing marks belong to the sentence."""
    found: list[Span] = []
    for start, end in paragraphs(text, span):
        at = start
        for match in _SENTENCE_END.finditer(text, start, end):
            if _ends_sentence(text, match):
                found.append((at, match.end()))
                at = trimmed(text, match.end(), end)[0]
        if at < end:
            found.append((at, end))
    return tuple(found)
