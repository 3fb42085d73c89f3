"""Inflection taken away: one stem for the forms of a word (rose, risen, rises; city, cities; stopped, stopping).

A light stemmer after the ideas of Porter (1980), step 1 only, with a table of irregular forms. It joins forms of one
word and not derived words: `terrorism` and `terrorist` are two.
"""

from __future__ import annotations

from functools import lru_cache

from citecheck.text.lexicons import rows

_VOWELS = frozenset("aeiouy")


@lru_cache(maxsize=1)
def _irregular() -> dict[str, str]:
    return {form: row["base"] for row in rows("irregular.tsv") for form in row["forms"].split()}


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """The stem of a folded word: a key for comparison, not always a word."""
    base = _irregular().get(word)
    if base is not None:
        return _end(base)
    if len(word) < 4 or not word.isalpha():
        return word
    return _end(_suffix(word) if word[-1] in "sdg" else word)  # the last letters of all endings that are taken away


def _suffix(word: str) -> str:
    if word.endswith(("ies", "ied")) and len(word) > 4:
        return word[:-3] + "y"
    if word.endswith(("sses", "shes", "ches", "xes", "zes", "oes")):
        return word[:-2]
    if word.endswith("s"):
        return word if word.endswith(("ss", "us", "is")) else word[:-1]
    if word.endswith("ing") and len(word) > 5 and _VOWELS & set(word[:-3]):
        return _undouble(word[:-3])
    if word.endswith("eed"):
        return word[:-1] if len(word) > 5 and not word.endswith("ceed") else word
    if word.endswith("ed") and len(word) > 4 and _VOWELS & set(word[:-2]):
        return _undouble(word[:-2])
    return word


def _undouble(word: str) -> str:
    """stopp → stop, but fall, pass and buzz stay."""
    return word[:-1] if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsz" else word


def _end(word: str) -> str:
    return word[:-1] if word.endswith("e") and len(word) > 3 else word


_DERIVED = (
    *("isation", "ization", "ations", "ation", "ements", "ement", "ments", "ment", "ities", "ity", "ness", "ingly"),
    *("fully", "ful", "less", "ously", "ous", "ively", "ives", "ive", "ically", "ical", "ically", "ics", "ic", "ions"),
    *("ion", "ists", "ist", "isms", "ism", "ers", "er", "ors", "or", "ably", "able", "ible", "ally", "als", "al", "ly"),
    *("ance", "ances", "ence", "ences", "ant", "ents", "ent", "ian", "ians", "ship", "ures", "ure", "ise", "ize", "y"),
)


@lru_cache(maxsize=65536)
def root(word: str) -> str:
    """A rougher key that joins derived words too (decide, decision; economy, economic): to find by, not to judge."""
    short = stem(word)
    for ending in _DERIVED:
        if short.endswith(ending) and len(short) - len(ending) >= 4:
            short = short[: -len(ending)]
            break
    return short[:6]
