"""Words of saying that are verbs where they stand: the tables list reports and claims, which can be nouns too."""

from __future__ import annotations

from citecheck.attribution.lexicon import CueWord, cue_nouns, cue_verbs, role_nouns, words
from citecheck.attribution.tokens import Tokens

#: After a word that can be verb or noun these say that it is a noun: "claims of", "reports as".
_AFTER_NOUN = frozenset(("of", "as", "about", "against", "from", "for", "by", "in", "and", "or"))


def cue_at(tokens: Tokens, at: int) -> CueWord:
    """The entry of the word of saying at token `at`."""
    return cue_verbs()[tokens.lower[at]]


def is_verb(tokens: Tokens, at: int) -> bool:
    """Whether the word of saying at token `at` is a verb there, not a noun (reports, claims) or part of a name."""
    word = tokens.lower[at]
    cue = cue_verbs().get(word)
    if cue is None or (tokens.words[at][0].isupper() and at > 0 and tokens.tags[at - 1] not in ".|q"):
        return False
    before = at - 1
    while before >= 0 and tokens.tags[before] == "a":
        before -= 1
    if (before >= 0 and tokens.phrases[before] in "S^#") or tokens.lower[before] in ("the", "a", "an"):
        return False
    ambiguous = word in role_nouns() or word in cue_nouns() or word in words("verb_nouns.txt")
    return not ambiguous or _finite_here(tokens, at, before, word == cue.lemma)


def _finite_here(tokens: Tokens, at: int, before: int, base: bool) -> bool:
    """For words that can be nouns: after a subject that they agree with, or after an auxiliary or "to"."""
    tag = tokens.phrases[before] if before >= 0 else "|"
    if tag in "AP" or (tag == "p" and tokens.lower[before] == "to"):
        return True
    after, next_tag = tokens.lower[at + 1 : at + 2], tokens.phrases[at + 1 : at + 2]
    if after and (after[0] in _AFTER_NOUN or next_tag in tuple("AVW^t")):
        return False
    if not base:
        return tag in "NRB),F"
    return tag in "RBx" and tokens.lower[before].endswith("s")
