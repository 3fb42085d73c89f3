"""The words of the language that attribution rests on, from the tables in `citecheck/data/`, read once."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import NamedTuple

from citecheck.text.lexicons import rows, words


class CueWord(NamedTuple):
    """One entry of `cues.tsv`: a verb, noun or phrase that says that something was said.

    `strength` 3 introduces quotations by itself, 2 often does, 1 only beside clear evidence. `frames` are the
    complements it takes: quote, that, to, np, listener. `negative`: what it reports was denied or declined.
    """

    lemma: str
    language: str
    kind: str
    strength: int
    frames: frozenset[str]
    negative: bool


def _cues(kinds: tuple[str, ...]) -> Mapping[str, CueWord]:
    table: dict[str, CueWord] = {}
    for row in rows("cues.tsv"):
        if row["kind"] not in kinds:
            continue
        word = CueWord(
            row["lemma"],
            row["language"],
            row["kind"],
            int(row["strength"]),
            frozenset(row["frames"].split()),
            row["polarity"] == "-",
        )
        for form in row["forms"].split():
            known = table.get(form.replace("_", " "))
            if known is None or (known.strength < word.strength and known.language == word.language):
                table[form.replace("_", " ")] = word
    return table


@cache
def cue_verbs() -> Mapping[str, CueWord]:
    """Every inflected form of the verbs, lower case, to its entry; the stronger entry where two share a form."""
    return _cues(("verb",))


@cache
def cue_nouns() -> Mapping[str, CueWord]:
    """The nouns (claim, claims …), lower case, to their entry."""
    return _cues(("noun",))


@cache
def cue_phrases() -> Mapping[str, CueWord]:
    """The fixed phrases ("according to"), lower case, words parted by one space, to their entry."""
    return _cues(("phrase",))


class RoleNoun(NamedTuple):
    """A noun for somebody or something that can be said to speak. `kind`: person, body or document."""

    noun: str
    kind: str
    gender: str
    plural: bool


@cache
def role_nouns() -> Mapping[str, RoleNoun]:
    """Singular and plural forms, lower case, to their entry. A noun that stands for two kinds keeps the first."""
    table: dict[str, RoleNoun] = {}
    for row in rows("roles.tsv"):
        table.setdefault(row["noun"], RoleNoun(row["noun"], row["kind"], row["gender"], False))
    for row in rows("roles.tsv"):
        table.setdefault(row["plural"], RoleNoun(row["noun"], row["kind"], row["gender"], row["plural"] != row["noun"]))
    return table


@cache
def titles() -> Mapping[str, str]:
    """Forms of address and ranks before a name, lower case and without full stop, to the gender they tell."""
    return {row["title"]: row["gender"] for row in rows("titles.tsv")}


@cache
def closed_classes() -> Mapping[str, str]:
    """Function words, lower case, to their tag in `function_words.tsv`; the first tag that lists a word holds."""
    table: dict[str, str] = {}
    for row in rows("function_words.tsv"):
        for word in row["words"].split():
            table.setdefault(word, row["tag"])
    return table


__all__ = [
    "CueWord",
    "RoleNoun",
    "closed_classes",
    "cue_nouns",
    "cue_phrases",
    "cue_verbs",
    "role_nouns",
    "titles",
    "words",
]
