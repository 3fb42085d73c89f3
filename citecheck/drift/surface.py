"""Differences that do not touch the words: typography, case, punctuation, spelling, marks inside, and marked edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from citecheck.drift.align import Block
from citecheck.drift.notes import Found, place
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.fold import fold, skeleton

_HYPHENS = frozenset("-‐‑")
_OPENING = re.compile(r"(?:^|[\s(\[-])[\"']+$|^[\"']+$")
ELLIPSIS = re.compile(r"…|\.\s?\.\s?\.")
_SENTENCE_MARKS = str.maketrans("", "", ",.;:!?")


def surface(a: Prepared, b: Prepared, blocks: list[Block]) -> Iterator[Found]:
    """The surface differences inside runs of equal words."""
    for block in blocks:
        if not block.equal:
            continue
        for step in range(block.a1 - block.a0):
            i, j = block.a0 + step, block.b0 + step
            if step:
                yield from _gap(a, b, i, j)
            yield from _word(a, b, i, j)


def _word(a: Prepared, b: Prepared, i: int, j: int) -> Iterator[Found]:
    one, other = a.words[i], b.words[j]
    mine, theirs = a.text[one.start : one.end], b.text[other.start : other.end]
    if mine != theirs:
        label = _written(mine, theirs)
        if label is not None:
            yield Found(label, SEVERITIES[label], (i, i + 1), (j, j + 1))


SEVERITIES = {
    Label.TYPOGRAPHIC: Severity.NONE,
    Label.CASE_PUNCTUATION: Severity.COSMETIC,
    Label.SPELLING: Severity.COSMETIC,
    Label.MARKED_EDIT: Severity.COSMETIC,
    Label.INNER_MARKS: Severity.MINOR,
}


@lru_cache(maxsize=16384)
def _written(mine: str, theirs: str) -> Label | None:
    """How two spellings of one key differ."""
    if mine == theirs:
        return None
    if mine.casefold() == theirs.casefold():
        return Label.CASE_PUNCTUATION
    if fold(mine).text == fold(theirs).text:
        return Label.TYPOGRAPHIC if mine[:1].isupper() == theirs[:1].isupper() else Label.CASE_PUNCTUATION
    if skeleton(mine) == skeleton(theirs) and ("." in mine) == ("." in theirs):
        return Label.TYPOGRAPHIC
    return Label.SPELLING


def _gap(a: Prepared, b: Prepared, i: int, j: int) -> Iterator[Found]:
    mine, theirs = a.gap(i), b.gap(j)
    if mine == theirs or (not (mine or theirs).strip(" ") and "" in (mine, theirs)):
        return
    for label in _between(mine, theirs):
        yield Found(label, SEVERITIES[label], place(i), place(j))


@lru_cache(maxsize=16384)
def _between(mine: str, theirs: str) -> tuple[Label, ...]:
    """How two stretches between the same words differ. An empty one joins the parts of one word."""
    one, other = fold(mine).text, fold(theirs).text
    if one.replace(" ", "") == other.replace(" ", ""):
        return (Label.TYPOGRAPHIC,)
    found: list[Label] = []
    if bool(_OPENING.search(one)) != bool(_OPENING.search(other)):
        found.append(Label.INNER_MARKS)
    if _brackets(one) != _brackets(other):
        found.append(Label.CASE_PUNCTUATION if _brackets(one) and _brackets(other) else Label.MARKED_EDIT)
    one, other = (re.sub(r"[\"'()\[\] ]", "", text) for text in (one, other))
    if one != other:
        hyphen = _hyphen(mine, theirs) or _hyphen(theirs, mine)
        found.append(Label.TYPOGRAPHIC if hyphen else Label.CASE_PUNCTUATION)
    elif not found and not _possessive(mine, theirs):
        found.append(Label.TYPOGRAPHIC)
    return tuple(found)


def _hyphen(mine: str, theirs: str) -> bool:
    """Whether one stretch is a hyphen (`-`, or with a space on one side) and the other only space."""
    return mine.strip() in _HYPHENS and len(mine) <= 2 and not theirs.strip()


def _possessive(mine: str, theirs: str) -> bool:
    """Marks that close: told where they open."""
    return ('"' in mine + theirs) or ("'" in mine + theirs) or ("”" in mine + theirs) or ("’" in mine + theirs)


def _brackets(text: str) -> str:
    return "".join(char for char in text if char in "[]()")
