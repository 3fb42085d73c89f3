"""What was done to the words: each stretch that differs as lost, gained, exchanged, moved, marked or spliced."""

from __future__ import annotations

import re
from collections import Counter
from enum import Enum
from functools import lru_cache
from typing import NamedTuple

from citecheck.drift.align import Block
from citecheck.drift.lexicon import AUXILIARY, FUNCTION, MODAL, PRONOUN, alike, opposed
from citecheck.drift.notes import Range
from citecheck.drift.text import ELLIPSIS, Prepared
from citecheck.text.stems import stem
from citecheck.text.words import WORD


class Kind(Enum):
    """What happened to a stretch of words."""

    LOST = "lost"
    GAINED = "gained"
    EXCHANGED = "exchanged"
    FORM = "form"  # another form of the same word
    MOVED = "moved"
    MARKED = "marked"
    COMPOUND = "compound"  # one word written as two
    SPLICE = "splice"


class Edge(Enum):
    """Where a stretch stands."""

    INSIDE = "inside"
    START = "start"
    END = "end"


class Change(NamedTuple):
    """One change: word ranges on both sides and, of these, the words that it concerns."""

    kind: Kind
    a: Range
    b: Range
    edge: Edge
    left: tuple[int, ...]
    right: tuple[int, ...]


def _change(kind: Kind, a: Range, b: Range, edge: Edge = Edge.INSIDE) -> Change:
    return Change(kind, a, b, edge, tuple(range(*a)), tuple(range(*b)))


def changes(a: Prepared, b: Prepared, blocks: list[Block]) -> list[Change]:
    """The changes between two aligned texts, in order."""
    found: list[Change] = []
    for number, block in enumerate(blocks):
        if block.equal:
            continue
        edge = Edge.START if number == 0 else Edge.END if number == len(blocks) - 1 else Edge.INSIDE
        found += _block(a, b, block, edge)
    return _moves(a, b, found)


def _block(a: Prepared, b: Prepared, block: Block, edge: Edge) -> list[Change]:
    left, right = (block.a0, block.a1), (block.b0, block.b1)
    marked = _marked(a, b, block, edge)
    if marked is not None:
        return marked
    if block.a0 == block.a1:
        return [_change(Kind.GAINED, left, right, edge)]
    if block.b0 == block.b1:
        spliced = edge is Edge.INSIDE and _spliced(a, b, block)
        return [_change(Kind.SPLICE if spliced else Kind.LOST, left, right, edge)]
    mine, theirs = a.keys[block.a0 : block.a1], b.keys[block.b0 : block.b1]
    compound = _compound(mine, theirs)
    if compound is not None:
        i, j, size_a, size_b = compound
        inner = Block(block.a0 + i, block.a0 + i + size_a, block.b0 + j, block.b0 + j + size_b, False)
        first = Block(block.a0, inner.a0, block.b0, inner.b0, False)
        last = Block(inner.a1, block.a1, inner.b1, block.b1, False)
        found = [_change(Kind.COMPOUND, (inner.a0, inner.a1), (inner.b0, inner.b1))]
        ends = edge is Edge.END or (last.a1, last.b1) == (len(a.words), len(b.words))  # one block can be the whole
        edges = (edge if edge is Edge.START else Edge.INSIDE, Edge.END if ends else Edge.INSIDE)
        for part, side in zip((first, last), edges, strict=True):
            if part.a0 < part.a1 or part.b0 < part.b1:
                found += _block(a, b, part, side)
        return found
    if len(mine) > 1 and Counter(mine) == Counter(theirs):
        return [_change(Kind.MOVED, left, right)]
    return _replaced(a, b, block, edge)


def _compound(mine: list[str], theirs: list[str]) -> tuple[int, int, int, int] | None:
    """Where one word stands against two that join to it (rearview / rear view): both places and both sizes."""
    if len(mine) + len(theirs) == 2:
        return None
    pairs = {theirs[j] + theirs[j + 1]: j for j in range(len(theirs) - 1)}
    for i, key in enumerate(mine):
        if key in pairs:
            return i, pairs[key], 1, 2
    pairs = {mine[i] + mine[i + 1]: i for i in range(len(mine) - 1)}
    for j, key in enumerate(theirs):
        if key in pairs:
            return pairs[key], j, 2, 1
    return None


# Marked edits -------------------------------------------------------------------------------------------------------


def _marked(a: Prepared, b: Prepared, block: Block, edge: Edge) -> list[Change] | None:
    """The changes of a block that a bracket or an ellipsis of either side marks; None where nothing is marked."""
    inside_a = tuple(at for at in range(block.a0, block.a1) if at in a.bracketed)
    inside_b = tuple(at for at in range(block.b0, block.b1) if at in b.bracketed)
    left = tuple(at for at in range(block.a0, block.a1) if at not in a.bracketed)
    right = tuple(at for at in range(block.b0, block.b1) if at not in b.bracketed)
    whole = _change(Kind.MARKED, (block.a0, block.a1), (block.b0, block.b1))
    if inside_a or inside_b:
        # What stands on the other side of a bracket is what it replaces, unless more than the bracket is new there.
        whole = whole._replace(left=inside_a or left, right=inside_b or right)
        rest: list[Change] = []
        if left and (not inside_b or (right and edge is not Edge.INSIDE)):
            rest.append(Change(Kind.LOST, (left[0], left[-1] + 1), (block.b0, block.b0), edge, left, ()))
        if right and (not inside_a or (left and edge is not Edge.INSIDE)):
            rest.append(Change(Kind.GAINED, (block.a0, block.a0), (right[0], right[-1] + 1), edge, (), right))
        return [whole._replace(left=inside_a, right=inside_b) if rest else whole, *rest]
    return [whole] if edge is Edge.INSIDE and _left_out(a, b, block) else None


def _left_out(a: Prepared, b: Prepared, block: Block) -> bool:
    """Whether an ellipsis of either side stands for words of the other."""
    if block.a0 == block.a1:
        return _dotted(a, block.a0, block.a1)
    if block.b0 == block.b1:
        return _dotted(b, block.b0, block.b1)
    return _dotted(a, block.a0, block.a1) != _dotted(b, block.b0, block.b1)


def _dotted(side: Prepared, start: int, end: int) -> bool:
    """Whether an ellipsis stands at or among the words `start:end`."""
    return any(ELLIPSIS.search(side.gap(at)) for at in range(start, end + 1))


_SENTENCE_END = re.compile(r"[.!?][\"'”’)]*\s")


def _spliced(a: Prepared, b: Prepared, block: Block) -> bool:
    """Whether what is lost holds the end of a sentence while `b` runs on without a mark."""
    if not block.a0 or block.a1 == len(a.words):
        return False  # what is new in `b` stands behind it
    lost = a.text[a.words[block.a0 - 1].end : a.words[block.a1].start]
    kept = b.gap(block.b0)
    if re.search(r"[.!?:;—–…]|--", kept) or block.a1 - block.a0 < 3:
        return False
    return any(a.text[a.words[block.a0 - 1].end + hit.end() :][:1].isupper() for hit in _SENTENCE_END.finditer(lost))


# Replacements -------------------------------------------------------------------------------------------------------

_SAME = frozenset({("'s", "is")})
_HELPING = AUXILIARY | MODAL
#: Blocks with more pairs of words than this are taken whole: there is nothing left to pair in them.
_MOST_PAIRED = 300


def is_form(one: str, other: str, mine: int, theirs: int) -> bool:
    """Whether two words are forms of one, or two personal pronouns."""
    if mine & theirs & PRONOUN and "one" not in (one, other):
        return True
    return stem(one) == stem(other) or (one, other) in _SAME or (other, one) in _SAME


def _closeness(a: Prepared, b: Prepared, i: int, j: int) -> float:
    """How well two words that differ go together, 0 for not at all."""
    one, other = a.words[i], b.words[j]
    mine, theirs = a.flags[i], b.flags[j]
    if one.key == other.key:
        return 1.0 if mine & FUNCTION else 3.0
    if one.kind != WORD or other.kind != WORD:
        return 2.0 if one.kind == other.kind else 0.0
    ladder = (
        (stem(one.key) == stem(other.key), 3.0),
        ((one.key, other.key) in _SAME or (other.key, one.key) in _SAME, 1.0),
        (opposed(one.key, other.key) or alike(one.key, other.key), 1.5),
        (a.names[i] and b.names[j], 1.2),
        (mine & theirs & PRONOUN or (mine & _HELPING and theirs & _HELPING), 1.0),
        ((mine & PRONOUN and b.names[j]) or (theirs & PRONOUN and a.names[i]), 0.8),
        (mine & theirs & FUNCTION, 0.5),
    )
    return next((close for fits, close in ladder if fits), 0.0)


@lru_cache(maxsize=256)
def pairing(a: Prepared, b: Prepared, block: Block) -> list[tuple[int, int]]:
    """The words of a replaced stretch that go together, in order (Needleman and Wunsch 1970 without mismatches)."""
    na, nb = block.a1 - block.a0, block.b1 - block.b0
    if na * nb > _MOST_PAIRED:
        return []
    best = [[0.0] * (nb + 1) for _ in range(na + 1)]
    close = [[_closeness(a, b, block.a0 + i, block.b0 + j) for j in range(nb)] for i in range(na)]
    for i in range(na - 1, -1, -1):
        for j in range(nb - 1, -1, -1):
            both = best[i + 1][j + 1] + close[i][j] if close[i][j] else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], both)
    i = j = 0
    found = []
    while i < na and j < nb:
        if close[i][j] and best[i][j] == best[i + 1][j + 1] + close[i][j]:
            found.append((block.a0 + i, block.b0 + j))
            i, j = i + 1, j + 1
        elif best[i][j] == best[i + 1][j]:
            i += 1
        else:
            j += 1
    return found


def _replaced(a: Prepared, b: Prepared, block: Block, edge: Edge) -> list[Change]:
    """A stretch exchanged for another: its forms apart, the rest between them."""
    pairs = pairing(a, b, block)
    forms = [
        (i, j) for i, j in pairs if a.keys[i] == b.keys[j] or is_form(a.keys[i], b.keys[j], a.flags[i], b.flags[j])
    ]
    strong = [(i, j) for i, j in forms if a.keys[i] != b.keys[j] or _one_sided(pairs, block, (i, j))]
    if not strong or _hardened(a, b, block, strong):
        return _unpaired(a, b, block, edge, pairs)
    found: list[Change] = []
    at_a, at_b = block.a0, block.b0
    for i, j in [*strong, (block.a1, block.b1)]:
        first, last = (at_a, at_b) == (block.a0, block.b0), (i, j) == (block.a1, block.b1)
        outer = (first and edge is Edge.START) or (last and edge is Edge.END)
        here = edge if outer else Edge.INSIDE
        rest = _rest(a, b, (at_a, i), (at_b, j), here)
        found += rest
        if i < block.a1 and a.keys[i] != b.keys[j]:
            found.append(_change(Kind.FORM, (i if rest else at_a, i + 1), (j if rest else at_b, j + 1)))
        at_a, at_b = i + 1, j + 1
    return found


_WEAK = frozenset("may might could can should must".split())


def _hardened(a: Prepared, b: Prepared, block: Block, forms: list[tuple[int, int]]) -> bool:
    """Whether a stretch is a modal with its verb against the verb alone (could be / is)."""
    verbs = all(a.flags[i] & AUXILIARY and b.flags[j] & AUXILIARY for i, j in forms)
    modals = [key in _WEAK for key in (*a.keys[block.a0 : block.a1], *b.keys[block.b0 : block.b1])]
    return verbs and any(modals) and len(modals) <= 5


def _one_sided(pairs: list[tuple[int, int]], block: Block, pair: tuple[int, int]) -> bool:
    """Whether one side of the block has nothing but words that stand in the other too."""
    return len(pairs) in (block.a1 - block.a0, block.b1 - block.b0)


def _rest(a: Prepared, b: Prepared, left: Range, right: Range, edge: Edge) -> list[Change]:
    """What stands beside the forms of a stretch. Auxiliaries alone belong to the form."""
    mine, theirs = range(*left), range(*right)
    if not mine and not theirs:
        return []
    helpers = all(_helps(a, at) for at in mine) and all(_helps(b, at) for at in theirs)
    if helpers and edge is Edge.INSIDE:
        return []
    if mine and theirs:
        block = Block(*left, *right, False)
        return _unpaired(a, b, block, edge, [])
    return [_change(Kind.LOST if mine else Kind.GAINED, left, right, edge)]


def _helps(side: Prepared, at: int) -> bool:
    return bool(side.flags[at] & AUXILIARY) or side.keys[at] in ("would", "will")


def _unpaired(a: Prepared, b: Prepared, block: Block, edge: Edge, pairs: list[tuple[int, int]]) -> list[Change]:
    """A stretch without common forms: exchanged, or at an edge, where one side is much the longer, cut and extended."""
    na, nb = block.a1 - block.a0, block.b1 - block.b0
    left, right = (block.a0, block.a1), (block.b0, block.b1)
    if edge is not Edge.INSIDE and not pairs and max(na, nb) >= 3 * min(na, nb) and max(na, nb) > 3:
        return [
            _change(Kind.LOST, left, (block.b0, block.b0), edge),
            _change(Kind.GAINED, (block.a1, block.a1), right, edge),
        ]
    return [_change(Kind.EXCHANGED, left, right, edge)]


def repeats(a: Prepared, b: Prepared, change: Change) -> bool:
    """Whether what is lost or gained only says again what stands right beside it (I think, I think)."""
    if change.kind not in (Kind.LOST, Kind.GAINED):
        return False
    side, (start, end) = (a, change.a) if change.kind is Kind.LOST else (b, change.b)
    words, size = side.keys[start:end], end - start
    return words in (side.keys[end : end + size], side.keys[max(0, start - size) : start])


# Moves --------------------------------------------------------------------------------------------------------------

_LONGEST_MOVE = 6


def _moves(a: Prepared, b: Prepared, found: list[Change]) -> list[Change]:
    """Words lost in one place and gained in another are moved; what is left of both changes stays as it was."""
    for _ in range(_MOST_MOVES):
        pair = _first_move(a, b, found)
        if pair is None:
            break
        loser, gainer, moved = pair
        rest = [item for item in found if item is not loser and item is not gainer]
        found = sorted(rest + moved, key=lambda item: (item.a, item.b))
    return found


#: Each move looks through all changes again; a text with more of them is another one, however its words are paired.
_MOST_MOVES = 200


def _first_move(a: Prepared, b: Prepared, found: list[Change]) -> tuple[Change, Change, list[Change]] | None:
    """The first words that are lost in one place and gained in another, with what is left of the two changes."""
    gainers: dict[str, list[int]] = {}
    for place, item in enumerate(found):
        if item.kind in (Kind.GAINED, Kind.EXCHANGED) and len(item.right) <= _LONGEST_MOVE:
            for key in {b.stems[j] for j in item.right}:
                gainers.setdefault(key, []).append(place)
    for loser in found:
        if loser.kind not in (Kind.LOST, Kind.EXCHANGED) or len(loser.left) > _LONGEST_MOVE:
            continue
        content = {a.stems[i] for i in loser.left if not a.flags[i] & FUNCTION}
        for place in sorted({place for key in content for place in gainers.get(key, ())}):
            moved = None if found[place] is loser else _moved(a, b, loser, found[place])
            if moved is not None:
                return loser, found[place], moved
    return None


def _moved(a: Prepared, b: Prepared, loser: Change, gainer: Change) -> list[Change] | None:
    """The two changes with the words they share taken out as a move, or None where they share no content word."""
    left, right = list(loser.left), list(gainer.right)
    took: list[tuple[int, int]] = []
    for i in loser.left:
        for j in right:
            if a.stems[i] == b.stems[j]:
                took.append((i, j))
                left.remove(i)
                right.remove(j)
                break
    if not any(not a.flags[i] & FUNCTION for i, _ in took):
        return None
    gone, came = [i for i, _ in took], [j for _, j in took]
    move = Change(Kind.MOVED, (min(gone), max(gone) + 1), (min(came), max(came) + 1), Edge.INSIDE, (), ())
    return [move, *_remaining(loser, left, list(loser.right)), *_remaining(gainer, list(gainer.left), right)]


def _remaining(change: Change, left: list[int], right: list[int]) -> list[Change]:
    if not left and not right:
        return []
    kind = Kind.EXCHANGED if left and right else Kind.LOST if left else Kind.GAINED
    span_a = (left[0], left[-1] + 1) if left else (change.a[0], change.a[0])
    span_b = (right[0], right[-1] + 1) if right else (change.b[0], change.b[0])
    return [Change(kind, span_a, span_b, change.edge, tuple(left), tuple(right))]
