"""Differences that do not touch the words: typography, case, punctuation, spelling, marks inside, and marked edits."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from citecheck.drift.align import Block
from citecheck.drift.notes import Found, place
from citecheck.drift.text import Prepared
from citecheck.models import Label, Severity
from citecheck.text.fold import fold, skeleton, ungarbled
from citecheck.text.words import YEAR

_HYPHENS = frozenset("-‐‑")
_OPENING = re.compile(r"(?:^|[\s(\[-])[\"']+$|^[\"']+$")


def surface(a: Prepared, b: Prepared, blocks: list[Block]) -> Iterator[Found]:
    """The surface differences inside runs of equal words."""
    for at, block in enumerate(blocks):
        if not block.equal:
            yield from _beside(a, b, block, at == 0, at == len(blocks) - 1)
            continue
        for step in range(block.a1 - block.a0):
            i, j = block.a0 + step, block.b0 + step
            if step:
                yield from _gap(a, b, i, j)
            yield from _word(a, b, i, j)


def _beside(a: Prepared, b: Prepared, block: Block, starts: bool, ends: bool) -> Iterator[Found]:
    """The marks at both ends of a changed stretch. A mark that comes or goes with words of its own is none."""
    ga, gb = (a.gap(block.a0), a.gap(block.a1)), (b.gap(block.b0), b.gap(block.b1))
    if block.a0 < block.a1 and block.b0 < block.b1:
        places = [0] * (not starts) + [1] * (not ends)
        changed = any(_marks(ga[at]) != _marks(gb[at]) for at in places)
    elif starts or ends:
        if starts and _OPENING.search(fold(ga[1]).text) and block.a0 < block.a1 and not gb[1]:
            yield Found(Label.INNER_MARKS, Severity.MINOR, (block.a0, block.a1), place(block.b0))
        return
    else:
        longer, shorter = (ga, gb[0]) if block.a0 < block.a1 else (gb, ga[0])
        changed = bool(_marks(shorter)) and _marks(shorter) not in map(_marks, longer)
    if changed:
        yield Found(Label.CASE_PUNCTUATION, Severity.COSMETIC, (block.a0, block.a1), (block.b0, block.b1))


def _marks(gap: str) -> str:
    """The marks of a stretch that part clauses, as one kind of dash and without spaces."""
    return re.sub(r"[^,;:.!?-]", "", fold(gap).text.replace("…", ""))


def _word(a: Prepared, b: Prepared, i: int, j: int) -> Iterator[Found]:
    one, other = a.words[i], b.words[j]
    mine, theirs = a.text[one.start : one.end], b.text[other.start : other.end]
    if mine != theirs:
        if i == len(a.words) - 1 and j == len(b.words) - 1:
            mine, theirs = mine.rstrip("."), theirs.rstrip(".")  # the full stop of the sentence around it
        label, note = _written(mine, theirs), ""
        if i in a.damaged or j in b.damaged:
            label, note = Label.SPELLING, f"‘{mine}’ and ‘{theirs}’: it looks like a scanning error."
        elif (restored := ungarbled(mine) != mine) or ungarbled(theirs) != theirs:
            bad, good = (mine, ungarbled(mine)) if restored else (theirs, ungarbled(theirs))
            label, note = Label.SPELLING, f"‘{bad}’ stands for ‘{good}’: characters damaged by a wrong encoding."
        if label is not None:
            yield Found(label, SEVERITIES[label], (i, i + 1), (j, j + 1), note)


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
    cent = "per cent" in mine.casefold(), "per cent" in theirs.casefold()
    if skeleton(mine) == skeleton(theirs) and ("." in mine) == ("." in theirs) and cent[0] == cent[1]:
        return Label.TYPOGRAPHIC
    return Label.SPELLING


def _gap(a: Prepared, b: Prepared, i: int, j: int) -> Iterator[Found]:
    mine, theirs = a.gap(i), b.gap(j)
    if a.words[i].kind == YEAR:  # the apostrophe of ’90s opens nothing
        mine, theirs = mine.rstrip("'’‘"), theirs.rstrip("'’‘")
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
