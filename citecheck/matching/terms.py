"""Words as terms: what counts as the same word when two texts are searched for the same statement.

A term is wider than a word of `drift`: inflections, derivations and near synonyms share one ("hardest" and "the
challenge of"), because a search must find what was told in other words. What differs is for `drift` to say.
The stemmer cuts suffixes in the manner of Lovins (1968): one longest suffix, a minimum stem, then a recoding.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache, lru_cache

from citecheck.text.lexicons import rows, words

#: Plain letters, which nearly all words are and which are told at once; else letters with dots (U.S.), or letters and
#: figures with inner apostrophes; a figure. Hyphens part words.
WORD = re.compile(
    r"[A-Za-z]{2,}+(?![\w'’ʼ])"
    r"|[^\W\d_](?:\.(?:[^\W\d_]\.)+|[^\W_]*(?:['’ʼ][^\W\d_]+)*)"
    r"|\d+(?:[.,]\d+)*|%"
)

_SUFFIXES = frozenset(
    "ations ation ators ator ated ates ating ate ative atives ities ity ements ement ments ment nesses ness ively ive "
    "ives ings ing edly ed ers er ors or es s ly ally al als ical ically ic ics ance ances ence ences ant "
    "ants ent ents able ible ably ibly ism ist ists ise ize ised ized ises izes ising izing isation ization isations "
    "izations ful fully less ous ously ion ions ional ionally est iest ier iers e ish ship "
    "ships ward wards ening ened ens en hood".split()
)
#: How long the suffixes are that end in these two letters, or in this one where no longer one does; longest first.
_LENGTHS = {
    end: sorted({len(one) for one in _SUFFIXES if one[-2:] == end or end.endswith(one)}, reverse=True)
    for end in {one[-2:] for one in _SUFFIXES}
}
#: Tokens that are remembered: a large archive has millions, of which these are nearly all that a text asks for.
TOKENS = 1 << 16
_MIN_STEM = 4  # "nation" keeps its "ion", "innovation" loses it
_PLAIN = re.compile(r"(?:'s|s')$")


@cache
def _irregular() -> dict[str, str]:
    """Each irregular form with its base: went → go, children → child."""
    return {form: row["base"] for row in rows("term_bases.tsv") for form in row["forms"].split()}


@cache
def _numerals() -> dict[str, str]:
    return {row["word"]: row["figure"] for row in rows("term_numerals.tsv")}


@cache
def _concepts() -> dict[str, str]:
    """Each stem of a synonym set with the first stem of that set."""
    concepts: dict[str, str] = {}
    for row in rows("names.tsv"):
        names = (row["name"], *row["people"].split())
        _add(concepts, [name for name in names if " " not in name and name not in _irregular()])  # "us" is no country
    for line in sorted(words("term_synonyms.txt")):
        _add(concepts, line.split())
    return concepts


def _add(concepts: dict[str, str], names: list[str]) -> None:
    for name in names:
        concepts.setdefault(_stem(_irregular().get(name, name)), "=" + names[0])


def _stem(word: str) -> str:
    """The stem of a folded word."""
    if len(word) > 4 and word.endswith(("ies", "ied")):
        word = word[:-3] + "y"
    for length in _LENGTHS.get(word[-2:]) or _LENGTHS.get(word[-1:]) or ():
        if length <= len(word) - _MIN_STEM and word[-length:] in _SUFFIXES:
            word = word[:-length]
            break
    else:
        if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is")):
            word = word[:-1]
    if len(word) > 3 and word[-1] == word[-2] and word[-1] in "bdgmnprt":
        word = word[:-1]
    return word[:-1] + "i" if len(word) > 3 and word.endswith("y") else word


def _spelling(word: str) -> str:
    """One form for American and British spellings, as far as the stem needs it."""
    if len(word) > 5:
        word = word.replace("our", "or").replace("ae", "e")
        word = word[:-2] + "er" if word.endswith("tre") else word
    return word


@lru_cache(maxsize=TOKENS)
def stem(token: str) -> str:
    """The stem of one token as matched by `WORD`: the same for all inflections and spellings of a word.

    Cached: a text has few words, each many times.
    """
    if "." in token and not token[0].isdigit():
        token = token.replace(".", "")
    if token == "US":
        return "usa"
    if len(token) > 2 and token[-1] == "s" and token[:-1].isupper():  # GPUs, MPs
        token = token[:-1]
    plain = token.isascii()
    word = token if plain else unicodedata.normalize("NFKC", token)
    word = word.casefold().replace("’", "'").replace("ʼ", "'")
    if word == "%":
        return "percent"
    if word[0].isdigit():
        return word.replace(",", "").removesuffix(".0")
    if "'" in word:
        word = _PLAIN.sub("", word).replace("'", "")
    word = _numerals().get(word, word)
    if word[:1].isdigit():
        return word
    if not plain:
        word = "".join(c for c in unicodedata.normalize("NFD", word) if not unicodedata.combining(c))
    return _stem(_spelling(_irregular().get(word, word)))


class _Terms(dict[str, str]):
    """Tokens with their terms, of those that came last: a look-up costs a third of a call."""

    def __missing__(self, token: str) -> str:
        found = stem(token)
        if len(self) >= TOKENS:
            self.clear()
        self[token] = name = _concepts().get(found, found)
        return name


_TERMS = _Terms()


def term(token: str) -> str:
    """The term of one token: its stem, or the name of the synonym set that the stem stands in."""
    return _TERMS[token]


def terms(text: str, start: int = 0, end: int | None = None) -> list[str]:
    """The terms of all words of `text[start:end]`, in order."""
    return [*map(_TERMS.__getitem__, WORD.findall(text, start, len(text) if end is None else end))]
