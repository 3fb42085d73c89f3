"""Whether two texts render the same statement. Same topic is not same statement.

Policy: a false "same" sends an editor on a wild goose chase, a false "other" hides a change; both are kept under one
per cent on pairs of five words and more. A single figure or name never decides: it is weight like the rest.
"""

from __future__ import annotations

from typing import NamedTuple

from citecheck.drift.align import Block
from citecheck.drift.changes import pairing
from citecheck.drift.lexicon import FUNCTION, alike, opposed
from citecheck.drift.text import Prepared
from citecheck.text.words import WORD


class Likeness(NamedTuple):
    """What two texts share: weight in all (`common`), its share of the shorter text (`contained`) and of both
    (`overlap`), and the share of the shorter text's words, function words among them, that go together (`covered`)."""

    common: float
    contained: float
    overlap: float
    covered: float


def likeness(a: Prepared, b: Prepared, blocks: list[Block]) -> Likeness:
    """How much two aligned texts share. Forms of a word count nearly whole, words of one sense by half."""
    common = words = 0.0
    spare: list[tuple[list[int], list[int]]] = []
    for block in blocks:
        if block.equal:
            common += sum(a.weights[block.a0 : block.a1])
            words += block.a1 - block.a0
            continue
        if joined(a, b, block):
            common += min(sum(a.weights[block.a0 : block.a1]), sum(b.weights[block.b0 : block.b1]))
            words += min(block.a1 - block.a0, block.b1 - block.b0)
            continue
        pairs = pairing(a, b, block) if block.a0 < block.a1 and block.b0 < block.b1 else []
        common += sum(_worth(a, b, i, j) for i, j in pairs)
        words += sum(1.0 if a.stems[i] == b.stems[j] else 0.5 for i, j in pairs)
        left, right = {i for i, _ in pairs}, {j for _, j in pairs}
        rest = [i for i in range(block.a0, block.a1) if i not in left]
        spare.append((rest, [j for j in range(block.b0, block.b1) if j not in right]))
    words += _moved(a, b, spare)
    return _likeness(a, b, common, words)


def joined(a: Prepared, b: Prepared, block: Block) -> bool:
    """Whether a block has the same letters, parted otherwise (e-mail / email)."""
    return "".join(a.keys[block.a0 : block.a1]) == "".join(b.keys[block.b0 : block.b1])


def _likeness(a: Prepared, b: Prepared, common: float, words: float) -> Likeness:
    least, both = min(a.total, b.total), a.total + b.total
    count = min(len(a.words), len(b.words))
    return Likeness(
        common, common / least if least else 0.0, 2 * common / both if both else 0.0, words / count if count else 0.0
    )


def _moved(a: Prepared, b: Prepared, spare: list[tuple[list[int], list[int]]]) -> int:
    """How many content words stand in both texts, but in another order."""
    left = {a.stems[i] for rest, _ in spare for i in rest if not a.flags[i] & FUNCTION}
    right = {b.stems[j] for _, rest in spare for j in rest if not b.flags[j] & FUNCTION}
    return len(left & right)


def _worth(a: Prepared, b: Prepared, i: int, j: int) -> float:
    weight = min(a.weights[i], b.weights[j])
    if a.stems[i] == b.stems[j]:
        return 0.9 * weight
    if a.words[i].kind == b.words[j].kind != WORD:
        return 0.5 * weight
    if opposed(a.keys[i], b.keys[j]) or alike(a.keys[i], b.keys[j]):
        return 0.6 * weight
    return 0.1 * weight


def bag_likeness(a: Prepared, b: Prepared) -> Likeness:
    """The same without order, by stems and then by senses: for a statement told in other words."""
    places: dict[str, list[int]] = {}
    for j, key in enumerate(b.stems):
        places.setdefault(key, []).append(j)
    common = words = 0.0
    left: list[int] = []
    for i, key in enumerate(a.stems):
        if places.get(key):
            common += min(a.weights[i], b.weights[places[key].pop()])
            words += 1
        elif a.weights[i] >= 1 and a.words[i].kind == WORD:
            left.append(i)
    right = [j for rest in places.values() for j in rest if b.weights[j] >= 1 and b.words[j].kind == WORD]
    for i in left:
        for j in right:
            if alike(a.keys[i], b.keys[j]) or opposed(a.keys[i], b.keys[j]):
                common += 0.7 * min(a.weights[i], b.weights[j])
                words += 1
                right.remove(j)
                break
    return _likeness(a, b, common, words)


#: Of 317 and 343 pairs of real quotations this line parts all but 3 and 0; the shares in order alone, 7 and 5.
_QUOTED = 0.67
#: A text that stands in the other nearly whole is the same however long the other is.
_WHOLE, _WHOLE_BONUS = 0.95, 0.25


def same_quoted(found: Likeness, a: Prepared, b: Prepared) -> bool:
    """Two quotations: most words of the shorter one stand in the longer one, and enough of both is shared."""
    enough = found.common >= min(1.5, 0.7 * min(a.total, b.total))
    bonus = _WHOLE_BONUS if found.covered >= _WHOLE and found.contained >= _WHOLE else 0.0
    score = 0.5 * found.overlap + 0.5 * found.covered
    return enough and (score + bonus >= _QUOTED or (score >= _WORTH_TURNING and _turned(a, b)))


#: In any order much is alike: of 343 pairs that are not the same none comes above 0.69. Short texts say too little.
_TURNED, _TURNED_WORDS = 0.75, 10
#: Below this share in order the order-free one is not looked for.
_WORTH_TURNING = 0.55


def _turned(a: Prepared, b: Prepared) -> bool:
    """Whether two quotations have nearly all words in common, in another order."""
    if min(len(a.words), len(b.words)) < _TURNED_WORDS:
        return False
    found = bag_likeness(a, b)
    return 0.5 * found.overlap + 0.5 * found.covered >= _TURNED


#: Half of what tells another statement is above this line, but so are all but one in fifty of those that differ in a
#: figure, a name or the sign only, and these an editor must see.
_TOLD = 0.36


def same_told(found: Likeness) -> bool:
    """An unquoted statement against another: enough content agrees, in any order."""
    return found.contained >= _TOLD and found.common >= 2.0
