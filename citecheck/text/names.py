"""Names of persons and bodies as bare strings: which of them can be one and the same.

The policy: two names are the same person only when nothing in them speaks against it (initials, titles of gender and
given names agree) and they share the family name. "Same" is about forms of a name inside one story; two strangers of
one name cannot be told apart here.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from citecheck.text.lexicons import rows, words

_WORD = re.compile(r"[^\W_]+(?:['’\-‑][^\W_]+)*\.?")
_POSSESSIVE = re.compile(r"(?<=\w)['’]s?(?!\w)")
_SUFFIXES = frozenset(("jr", "sr", "ii", "iii", "iv", "esq", "phd", "md"))
_ARTICLES = frozenset(("the", "a", "an"))


@cache
def title_genders() -> dict[str, str]:
    """Forms of address and ranks, lower case and without full stop, to the gender that they tell (m, f or -)."""
    return {row["title"]: row["gender"] for row in rows("titles.tsv")}


@cache
def _short_forms() -> dict[str, frozenset[str]]:
    groups = [frozenset(row["names"].split()) for row in rows("given_names.tsv")]
    table: dict[str, frozenset[str]] = {}
    for group in groups:
        for name in group:
            table[name] = table.get(name, frozenset()) | group
    return table


def folded(word: str) -> str:
    """Lower case without accents, full stops and hyphens' kinds: what two spellings of one name share."""
    if word.isascii():
        return word.lower().rstrip(".")
    plain = unicodedata.normalize("NFKD", word.lower().replace("’", "'").replace("ß", "ss"))
    return "".join(char for char in plain if not unicodedata.combining(char)).rstrip(".").replace("‑", "-")


@lru_cache(maxsize=65536)
def name_words(name: str) -> tuple[str, ...]:
    """The folded words of `name` without the titles and articles before it, suffixes after it, and possessives."""
    found = [folded(word) for word in _WORD.findall(_POSSESSIVE.sub("", name))]
    first, last = 0, len(found)
    while last - first > 1 and found[last - 1] in _SUFFIXES:
        last -= 1
    while last - first > 1 and (found[first] in title_genders() or found[first] in _ARTICLES):
        first += 1
    return tuple(found[first:last])


def surname(name: str) -> str:
    """The folded family name: the last word, with the particles before it ("von der leyen")."""
    parts = name_words(name)
    if not parts:
        return ""
    first = len(parts) - 1
    while first > 1 and parts[first - 1] in words("particles.txt"):
        first -= 1
    return " ".join(parts[first:])


@lru_cache(maxsize=65536)
def gender_told(name: str) -> str:
    """m or f where a form of address in `name` says so, else -."""
    for word in _WORD.findall(name):
        gender = title_genders().get(folded(word), "-")
        if gender != "-":
            return gender
    return "-"


def given_agree(a: str, b: str) -> bool:
    """Whether two folded given names can be one: equal, an initial of it, or a known short form (Bill, William)."""
    if a == b or (len(a) == 1 and b.startswith(a)) or (len(b) == 1 and a.startswith(b)):
        return True
    return b in _short_forms().get(a, frozenset())


def _one_letter_off(a: str, b: str) -> bool:
    """Whether two long words differ by one letter changed, added or lost: a spelling variant (Vedyakhin, Vediakhin)."""
    if min(len(a), len(b)) < 6 or abs(len(a) - len(b)) > 1 or a[0] != b[0]:
        return False
    prefix = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    return a[prefix + 1 :] == b[prefix + 1 :] or a[prefix:] == b[prefix + 1 :] or a[prefix + 1 :] == b[prefix:]


def same_person(a: str, b: str) -> bool:
    """Whether two names can be forms of one person's (or one body's) name: "Gref", "German Gref", "Mr. Gref"."""
    left, right = name_words(a), name_words(b)
    if not left or not right or _genders_clash(a, b):
        return False
    short, long = sorted((left, right), key=len)
    if len(short) == 1:
        return _alike(short[0], long[-1]) or _alike(short[0], long[0])
    if set(short) <= set(long):
        return True
    return _alike(short[-1], long[-1]) and given_agree(short[0], long[0])


def _alike(a: str, b: str) -> bool:
    return a == b or _one_letter_off(a, b)


def _genders_clash(a: str, b: str) -> bool:
    return {gender_told(a), gender_told(b)} == {"m", "f"}


def is_generalisation(named: str, other: str) -> bool:
    """Whether `other` names nobody where `named` names a person or a body: "Sberbank's leadership" for "Gref".

    True when `other` is a description (its head is a common noun in lower case or it has an article before one) and
    `named` is a name.
    """
    return _is_name(named) and not _is_name(other) and bool(name_words(other))


def _is_name(name: str) -> bool:
    """A name has no word in lower case but particles and "of", "for", "and", "the"."""
    loose = words("particles.txt") | {"of", "for", "and", "the", "in", "on"}
    found = _WORD.findall(_POSSESSIVE.sub("", name))
    return bool(found) and all(word[0].isupper() or word[0].isdigit() or word in loose for word in found)
