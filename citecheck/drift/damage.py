"""Damage that scanning does to words: `rn` for `m`, `vv` for `w`, 0 for o, 1 for l or i, 5 for s.

A damaged word is known by the other side: it has the word that these letters stand for, and not both are words of the
language. So `corner` and `comer` are one, `stern` and `stem` two.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from citecheck.drift.lexicon import flags
from citecheck.drift.text import Prepared
from citecheck.text.lexicons import rows
from citecheck.text.words import WORD

_DIGITS = ({"0": "o", "1": "l", "5": "s"}, {"0": "o", "1": "i", "5": "s"})
_PAIRS = (("rn", "m"), ("vv", "w"))
#: Words that are not the damaged form of another one (stern, burn, modern, yarn).
_REAL = frozenset("stem stems bum bums modem modems dam dams tom yam yams".split())
#: Of words that only one side has so many are looked at; more are another text.
_MOST = 400
_SHORTEST = 3


def restored(a: Prepared, b: Prepared) -> tuple[Prepared, Prepared]:
    """Both sides, damaged words with the key of what they stand for."""
    alone = set(a.keys) - set(b.keys), set(b.keys) - set(a.keys)
    if not alone[0] or not alone[1] or max(map(len, alone)) > _MOST:
        return a, b
    mine = {key: word for key, word in _matched(alone[0], alone[1]) if not _sound(key, word)}
    theirs = {key: word for key, word in _matched(alone[1], alone[0]) if not _sound(key, word)}
    theirs = {key: word for key, word in theirs.items() if word not in mine}
    return _with(a, mine), _with(b, theirs)


def _matched(damaged: set[str], words: set[str]) -> Iterator[tuple[str, str]]:
    """The pairs of a damaged word and what it stands for."""
    for key in damaged:
        if len(key) >= _SHORTEST:
            yield from ((key, word) for word in sorted(_readings(key) & words))


def _readings(key: str) -> set[str]:
    found = {"".join(table.get(char, char) for char in key) for table in _DIGITS if any(c.isalpha() for c in key)}
    for pair, letter in _PAIRS:
        places = [at for at in range(len(key) - 1) if key.startswith(pair, at)]
        found |= {key[:at] + letter + key[at + 2 :] for at in places} | {key.replace(pair, letter)}
    return {one for one in found if one.isalpha()} - {key}


def _sound(key: str, word: str) -> bool:
    """Whether both are words of the language."""
    return key.isalpha() and (word in _REAL or (_known(key) and _known(word)))


def _known(key: str) -> bool:
    return bool(flags(key)) or key in _common()


@lru_cache(maxsize=1)
def _common() -> frozenset[str]:
    return frozenset(word for row in rows("common_words.tsv") for word in row["words"].split())


def _with(side: Prepared, keys: dict[str, str]) -> Prepared:
    places = frozenset(at for at, word in enumerate(side.words) if word.kind == WORD and word.key in keys)
    if not places:
        return side
    read = tuple(word._replace(key=keys[word.key]) if at in places else word for at, word in enumerate(side.words))
    return Prepared(side.text, read, places)
