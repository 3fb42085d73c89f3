"""What words do, from the tables in `citecheck/data/`: classes as bits, phrases, opposites, charged terms, names."""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from citecheck.text.lexicons import rows
from citecheck.text.stems import root, stem

_CLASSES = (
    "article pronoun determiner relative preposition conjunction auxiliary modal there particle filler negation "
    "hedge doubtful opinion seeming attempt reporting condition booster softener quantifier frequency bound unit "
    "vague-number period evaluative title adverb charged source"
).split()
_BIT = {name: 1 << place for place, name in enumerate(_CLASSES)}

ARTICLE, PRONOUN, DETERMINER = (_BIT[name] for name in ("article", "pronoun", "determiner"))
AUXILIARY, MODAL, FILLER, NEGATION = (_BIT[name] for name in ("auxiliary", "modal", "filler", "negation"))
HEDGE, DOUBTFUL, OPINION, SEEMING = (_BIT[name] for name in ("hedge", "doubtful", "opinion", "seeming"))
ATTEMPT, REPORTING, CONDITION, SOURCE = (_BIT[name] for name in ("attempt", "reporting", "condition", "source"))
BOOSTER, QUANTIFIER, BOUND = (_BIT[name] for name in ("booster", "quantifier", "bound"))
UNIT, VAGUE = _BIT["unit"], _BIT["vague-number"]
PERIOD, EVALUATIVE, TITLE, ADVERB = (_BIT[name] for name in ("period", "evaluative", "title", "adverb"))
PREPOSITION, CHARGED = _BIT["preposition"], _BIT["charged"]
DEGREE = BOOSTER | QUANTIFIER | _BIT["softener"] | _BIT["frequency"]
_FUNCTION = ("article", "pronoun", "determiner", "relative", "preposition", "conjunction", "auxiliary", "modal")
FUNCTION = sum(_BIT[name] for name in (*_FUNCTION, "there", "particle"))
# Words in -ly that are no adverbs of manner.
_NO_ADVERB = frozenset(
    "family ally rally reply supply apply fly july italy assembly anomaly monopoly bully belly daily early only likely "
    "unlikely friendly elderly deadly costly lovely ugly holy silly lonely orderly hourly weekly monthly yearly "
    "quarterly lively cowardly scholarly timely homely jelly lily comply imply multiply rely".split()
)


@lru_cache(maxsize=1)
def _words() -> dict[str, int]:
    table: dict[str, int] = {}
    for row in rows("word-classes.tsv"):
        for word in row["words"].split():
            table[word] = table.get(word, 0) | _BIT[row["class"]]
    for row in rows("charged.tsv"):
        for word in row["charged"].split():
            table[word] = table.get(word, 0) | CHARGED
    return table


@lru_cache(maxsize=65536)
def flags(key: str) -> int:
    """The classes of a word key as bits."""
    known = _words().get(key, 0)
    if key.endswith("ly") and len(key) > 4 and key not in _NO_ADVERB:
        known |= ADVERB
    return known


@lru_cache(maxsize=1)
def _phrases() -> dict[str, tuple[tuple[tuple[str, ...], int], ...]]:
    """First word → its phrases, longest first, with their class."""
    table: dict[str, list[tuple[tuple[str, ...], int]]] = {}
    for row in rows("phrases.tsv"):
        for phrase in row["phrases"].split("|"):
            parts = tuple(phrase.split())
            table.setdefault(parts[0], []).append((parts, _BIT[row["class"]]))
    return {first: tuple(sorted(found, key=lambda item: -len(item[0]))) for first, found in table.items()}


def phrase_flags(keys: Sequence[str]) -> dict[int, tuple[int, int]]:
    """Phrases among `keys`: start → (end, class bit); the longest at each place, none overlapping."""
    table, found, at = _phrases(), dict[int, tuple[int, int]](), 0
    while at < len(keys):
        for parts, bit in table.get(keys[at], ()):
            if tuple(keys[at : at + len(parts)]) == parts:
                found[at] = (at + len(parts), bit)
                at += len(parts) - 1
                break
        at += 1
    return found


@lru_cache(maxsize=1)
def _opposites() -> tuple[dict[str, set[int]], dict[str, set[int]]]:
    """Stem → the families of antonyms it stands in, left and right."""
    left: dict[str, set[int]] = {}
    right: dict[str, set[int]] = {}
    for number, row in enumerate(rows("antonyms.tsv")):
        for table, column in ((left, "one"), (right, "other")):
            for word in row[column].split():
                table.setdefault(word, set()).add(number)
                table.setdefault(stem(word), set()).add(number)
    return left, right


@lru_cache(maxsize=1)
def _ways() -> dict[str, int]:
    found = rows("directions.tsv")
    return {form: int(row["way"]) for row in found for word in row["words"].split() for form in (word, stem(word))}


@lru_cache(maxsize=32768)
def direction(key: str) -> int:
    """1 for a word that says that something went up (rose, gained), -1 for down, 0 for any other."""
    return _ways().get(key) or _ways().get(stem(key), 0)


_NEGATIVE_PREFIXES = ("un", "in", "im", "il", "ir", "dis", "non", "mis", "anti", "de")
_OPPOSED_PREFIXES = tuple(
    pair
    for one, other in (("hyper", "hypo"), ("over", "under"), ("pro", "anti"), ("pre", "post"), ("up", "down"))
    for pair in ((one, other), (other, one))
)

_OPPOSED_STARTS = tuple(one for one, _ in _OPPOSED_PREFIXES)


@lru_cache(maxsize=32768)
def opposed(one: str, other: str) -> bool:
    """Whether two words are opposites: by the table, a negative prefix (possible / impossible), or -ful / -less."""
    left, right = _opposites()
    for first, second in ((one, other), (other, one)):
        mine = left.get(first) or left.get(stem(first))
        theirs = right.get(second) or right.get(stem(second))
        if (mine and theirs and mine & theirs) or _negated(first, second):
            return True
    return False


def _negated(word: str, other: str) -> bool:
    """Whether `other` is `word` with a negative or an opposed prefix, or with -less for -ful."""
    if len(word) >= 4 and word[:3] in other[2:7] and other.startswith(_NEGATIVE_PREFIXES):
        short = stem(word)
        if any(stem(other) == prefix + short for prefix in _NEGATIVE_PREFIXES):
            return True
    if word.startswith(_OPPOSED_STARTS):
        for mine, theirs in _OPPOSED_PREFIXES:
            if word.startswith(mine) and len(word) - len(mine) >= 4 and other == theirs + word[len(mine) :]:
                return True
    return word.endswith("ful") and other == word[:-3] + "less"


@lru_cache(maxsize=1)
def _senses() -> dict[str, set[int]]:
    table: dict[str, set[int]] = {}
    for number, row in enumerate(rows("synonyms.tsv")):
        for word in row["words"].split():
            table.setdefault(stem(word), set()).add(number)
    for number, row in enumerate(rows("charged.tsv"), 10_000):
        for column in ("charged", "neutral"):
            for word in row[column].split():
                table.setdefault(stem(word), set()).add(number)
    return table


@lru_cache(maxsize=32768)
def alike(one: str, other: str) -> bool:
    """Whether two words are of about one sense: derived from one root, or in one family of synonyms."""
    senses = _senses()
    mine, theirs = senses.get(stem(one)), senses.get(stem(other))
    if mine and theirs and mine & theirs:
        return True
    return len(one) > 4 and len(other) > 4 and root(one) == root(other)


@lru_cache(maxsize=1)
def _names() -> dict[str, str]:
    table: dict[str, str] = {}
    for row in rows("names.tsv"):
        for form in (row["name"], *row["people"].split()):
            table[form] = row["name"]
    return table


def known_name(key: str) -> str | None:
    """The name that a word names wherever it stands (`french` → `france`), or None."""
    return _names().get(key)
