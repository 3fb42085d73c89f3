"""Quotations in other languages than English: the cue in their sentence, and the name that stands beside it.

The rules are few: a reporting verb of the language in the sentence of the quotation, the capitalised words after it
or before it. Where there is none, a mark of reported speech (the German subjunctive, "laut", "selon") is enough to
take a fragment for somebody's words.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from citecheck.attribution.layouts import Found, Place
from citecheck.attribution.mentions import Form, Mention
from citecheck.attribution.tokens import Tokens
from citecheck.text.lexicons import rows

#: Tokens read to guess the language, and how far a cue may stand from its quotation.
SAMPLE, REACH = 400, 40


@cache
def _common() -> tuple[Mapping[str, int], Mapping[str, list[str]]]:
    """The languages, each with 0, and for each small word those that have it."""
    having: dict[str, list[str]] = defaultdict(list)
    for row in rows("language_words.tsv"):
        for word in dict.fromkeys(row["common"].split()):
            having[word].append(row["language"])
    return {row["language"]: 0 for row in rows("language_words.tsv")}, dict(having)


@cache
def _marking(language: str) -> frozenset[str]:
    return frozenset(
        word for row in rows("language_words.tsv") if row["language"] == language for word in row["marking"].split()
    )


@cache
def _verbs(language: str) -> Mapping[str, int]:
    """The forms of the language's reporting verbs, each with its strength."""
    return {
        form: int(row["strength"])
        for row in rows("cues.tsv")
        if row["language"] == language
        for form in row["forms"].split()
    }


def language_of(tokens: Tokens, told: str | None = None) -> str:
    """The language of a text: what its page says, else the one whose small words it has most of; en in doubt."""
    languages, having = _common()
    if told and told[:2].lower() in languages:
        return told[:2].lower()
    counts = dict(languages)
    for word in tokens.lower[:SAMPLE]:
        for language in having.get(word, ()):
            counts[language] += 1
    best = max(counts, key=lambda language: counts[language])
    return best if counts[best] > 1.3 * counts["en"] else "en"


def beside_in(language: str, tokens: Tokens, place: Place) -> Found | None:
    """The cue nearest to a quotation in its sentence, with the name beside it; without a cue, a mark of speech."""
    if _proper(tokens, place):
        return None
    verbs, near = _verbs(language), _near(tokens, place)
    for at in near:
        if verbs.get(tokens.lower[at], 0) > 1:
            return Found((at, at + 1), _name_beside(tokens, at, place), "cue", 0.75)
    marks = _marking(language)
    if any(tokens.lower[at] in marks for at in near):
        return Found(None, None, "mark of speech", 0.6)
    return None


def _proper(tokens: Tokens, place: Place) -> bool:
    """Whether the marks hold a name: words in capitals or an address, not after "as" or "of" as a judgment would be."""
    inside = [word for word in tokens.words[place.first : place.last] if word[0].isalnum()]
    if not inside or len(inside) > 4 or tokens.lower[place.first - 1] in _JUDGING or place.pause in (",", "!", "?"):
        return False
    return all(word[0].isupper() or "." in word for word in inside)


#: Before a judgment in marks: German, French, Spanish, Italian and Portuguese "as" and "of", and articles before nouns.
_JUDGING = frozenset(("als", "von", "einen", "einem", "eine", "ein", "comme", "de", "como", "come", "di", "un", "une"))


def _near(tokens: Tokens, place: Place) -> list[int]:
    """The tokens of the quotation's sentence outside it, nearest first."""
    after = []
    if place.pause != "." or tokens.tags[place.last : place.last + 1] == ",":
        for at in range(place.last, min(len(tokens), place.last + REACH)):
            if tokens.tags[at] in ".|":
                break
            after.append((at - place.last, at))
    before = []
    for at in range(place.first - 1, max(-1, place.first - REACH), -1):
        if tokens.tags[at] in ".|":
            break
        before.append((place.first - 1 - at, at))
    return [at for _, at in sorted(after + before)]


def _name_beside(tokens: Tokens, verb: int, place: Place) -> Mention | None:
    """The capitalised words after the verb (“…”, sagte die Ministerin Ana Ruiz), else before it."""
    tags = tokens.tags
    first = verb + 1
    while first < len(tokens) and first - verb < 6 and tags[first] not in "Nt.|q,:":
        first += 1
    if first >= len(tokens) or tags[first] not in "Nt" or place.first <= first < place.last:
        first = verb
        while first > 0 and tags[first - 1] in "Nt":
            first -= 1
    last = first
    while last < len(tokens) and tags[last] in "Nt" and not place.first <= last < place.last:
        last += 1
    if last == first:
        return None
    start, end = tokens.slice(first, last)
    return Mention(Form.NAME, first, last, start, end, tokens.text[start:end], (first, last))
