"""The edit script over code points: what a reader needs to see both texts side by side, and a replay to trust it."""

from __future__ import annotations

from collections.abc import Iterable

from citecheck.drift.align import Block
from citecheck.drift.text import Prepared
from citecheck.models import Op


def operations(a: Prepared, b: Prepared, blocks: Iterable[Block]) -> tuple[Op, ...]:
    """Ops that cover both texts in order and rebuild `b.text` from `a.text`."""
    if a.text == b.text:
        return (("equal", 0, len(a.text), 0, len(b.text)),) if a.text else ()
    pieces: list[tuple[int, int, int, int]] = []
    at_a = at_b = 0
    for block in blocks:
        if not block.equal:
            continue
        for i, j in zip(range(block.a0, block.a1), range(block.b0, block.b1), strict=True):
            one, other = a.words[i], b.words[j]
            pieces.append((at_a, one.start, at_b, other.start))
            pieces.append((one.start, one.end, other.start, other.end))
            at_a, at_b = one.end, other.end
    pieces.append((at_a, len(a.text), at_b, len(b.text)))
    return tuple(_merged(a.text, b.text, pieces))


def _merged(a: str, b: str, pieces: list[tuple[int, int, int, int]]) -> list[Op]:
    found: list[Op] = []
    for start_a, a1, start_b, b1 in pieces:
        if start_a == a1 and start_b == b1:
            continue
        equal = a[start_a:a1] == b[start_b:b1]
        joins = found and (found[-1][0] == "equal") == equal
        _, a0, _, b0, _ = found.pop() if joins else ("", start_a, a1, start_b, b1)
        tag = "equal" if equal else "insert" if a0 == a1 else "delete" if b0 == b1 else "replace"
        found.append((tag, a0, a1, b0, b1))
    return found


def replay(a: str, b: str, ops: Iterable[Op]) -> str:
    """`b` rebuilt from `a`: equal stretches are taken from `a`, the others from `b`."""
    return "".join(a[a0:a1] if tag == "equal" else b[b0:b1] for tag, a0, a1, b0, b1 in ops)
