"""The skeleton of a sentence without a parser: is this word a finite verb, what belongs to it, does a clause open here.

Everything works on token numbers of `tokens.Tokens` and looks at each token a bounded number of times.
"""

from __future__ import annotations

from functools import lru_cache
from typing import NamedTuple

from citecheck.attribution.clauses_lexicon import Frames, Shape, frames
from citecheck.attribution.lexicon import cue_nouns, role_nouns
from citecheck.attribution.tokens import Tokens
from citecheck.text.lexicons import words

_BE = frozenset(
    "is are was were be been being am 's ’s isn't isn’t aren't aren’t wasn't wasn’t weren't weren’t".split()
)
_POSSIBLE = frozenset("can could may might must should cannot can't can’t couldn't couldn’t".split())
_NEGATION = frozenset("not never neither nor n't n’t cannot hardly scarcely".split())
_PLURALS = frozenset(
    "people men women police children media critics majority minority half many some most few others both all those "
    "several more data public crowd staff".split()
)
_FUSED = ("'s", "’s", "'ve", "’ve", "'d", "’d", "'ll", "’ll", "'re", "’re", "'m", "’m")
#: Words of which it is kept what they can be.
_WORDS = 30_000
_PRONOUNS = frozenset("he she they it i we you who that this there".split())


#: As variables: a member looked up in its class costs Python 3.11 seven times as much.
_BASE, _THIRD, _PAST, _PARTICIPLE, _ING = Shape


class Sentence:
    """The tokens `lo` to `hi` (not included). `quoted` has a byte for each token of the article: is it in marks."""

    __slots__ = ("_lower", "_tags", "hi", "lo", "quoted", "tokens")

    def __init__(self, tokens: Tokens, lo: int, hi: int, quoted: bytearray) -> None:
        self.tokens, self.lo, self.hi, self.quoted = tokens, lo, hi, quoted
        self._lower, self._tags = tokens.lower, tokens.tags  # `word` and `tag` are asked for hundreds of times

    def word(self, at: int) -> str:
        """The word at token `at` in lower case; empty outside the sentence."""
        return self._lower[at] if self.lo <= at < self.hi else ""

    def tag(self, at: int) -> str:
        """The tag of token `at`; a full stop outside the sentence."""
        return self._tags[at] if self.lo <= at < self.hi else "."

    def all_quoted(self, first: int, last: int) -> bool:
        """Whether no word of `first:last` stands outside quotation marks; "and" and "that" do not count."""
        at = self.quoted.find(0, first, last)
        while at >= 0:
            if self._tags[at] not in "q,;:-.|^c" and self._lower[at] != "that":
                return False
            at = self.quoted.find(0, at + 1, last)
        return True


# The verb and its helpers ------------------------------------------------------------------------------------------


class VerbGroup(NamedTuple):
    """A reporting verb with what belongs to it: tokens `first` (its first auxiliary or adverb) to `verb`.

    `infinitive`: "to say"; `participle`: "saying" without an auxiliary; `passive`: "was told"; `modal`: "could say".
    """

    first: int
    verb: int
    frames: Frames
    negated: bool
    infinitive: bool
    participle: bool
    passive: bool
    modal: bool

    @property
    def cue(self) -> tuple[int, int]:
        """The tokens of the cue: the verb itself."""
        return self.verb, self.verb + 1

    @property
    def denies(self) -> bool:
        """Whether the words were denied, declined or not said."""
        return self.negated or self.frames.negative


def verb_group(sentence: Sentence, verb: int) -> VerbGroup | None:
    """The group of the reporting verb at token `verb`; None where the word is a noun or an adjective there."""
    known = frames()[sentence.tokens.lower[verb]]
    first, helpers, negated = _helpers(sentence, verb)
    nearest = helpers[0] if helpers else ""
    infinitive = not helpers and sentence.word(first - 1) == "to"
    if not helpers and not infinitive and not _can_be_verb(sentence, verb, first, known):
        return None
    return VerbGroup(
        first - infinitive,
        verb,
        known,
        negated,
        infinitive,
        participle=known.shape is _ING and nearest not in _BE,
        passive=nearest in _BE and known.shape in (_PAST, _PARTICIPLE),
        modal=bool(helpers) and helpers[-1] in _POSSIBLE,
    )


def _helpers(sentence: Sentence, verb: int) -> tuple[int, list[str], bool]:
    """Where the group begins, its auxiliaries from the verb outwards, and whether it is denied."""
    at, helpers, negated = verb, [], False
    tags, lower = sentence.tokens.tags, sentence.tokens.lower
    while at > sentence.lo:
        tag, word = tags[at - 1], lower[at - 1]
        if tag in "aA" or negative(word):
            negated = negated or negative(word)
            helpers += [word] if tag == "A" else []
            at -= 1
        elif tag == "^" and sentence.tag(at - 2) == "P":
            helpers.append(word)
            at -= 1
        elif fused_subject(word):
            helpers.append("'" + word.replace("’", "'").rsplit("'", 1)[1])
            break
        elif tag == "," and sentence.tag(at - 2) == "a" and sentence.tag(at - 3) == ",":
            at -= 3
        else:
            break
    return at, helpers, negated


def _can_be_verb(sentence: Sentence, verb: int, first: int, known: Frames) -> bool:
    """Whether a form without auxiliary is a verb where it stands, judged by the token before it."""
    tag, before = sentence.tag(first - 1), sentence.word(first - 1)
    if (tag in "DS^#" and before not in _PLURALS) or (tag == "p" and known.shape is not _ING):
        return False
    if known.shape is _BASE:
        if tag in "Psc" and before not in ("it", "he", "she"):
            return True
        word = sentence.word(verb)
        clear = not _is_noun(word) or (word not in cue_nouns() and sentence.word(verb + 1) == "that")
        return _plural(before, tag) or (clear and tag in "NRBFxO),a")
    if known.shape is _THIRD:
        return tag in "PNRBFx),-O" and before not in ("they", "we", "i", "you")
    if known.shape is _PAST:
        return tag not in ".|"
    return known.shape is _ING


@lru_cache(maxsize=_WORDS)
def fused_subject(word: str) -> bool:
    """Whether `word`, in lower case, is a subject pronoun with its auxiliary: "he's", "they've"."""
    return word.endswith(_FUSED) and word.replace("’", "'").split("'")[0] in _PRONOUNS


@lru_cache(maxsize=_WORDS)
def negative(word: str) -> bool:
    """Whether `word`, in lower case, denies its clause."""
    return word in _NEGATION or word.endswith(("n't", "n’t"))


def _is_noun(word: str) -> bool:
    return word in cue_nouns() or word in role_nouns() or word in words("noun_verbs.txt")


def _plural(word: str, tag: str) -> bool:
    return word in _PLURALS or (tag in "NRBFx" and word.endswith("s") and not word.endswith(("ss", "us", "is")))


# Clauses -----------------------------------------------------------------------------------------------------------

#: How far a subject may reach before its verb.
_SUBJECT = 14


def finite_ahead(sentence: Sentence, at: int) -> bool:
    """Whether a clause opens at token `at`: a finite verb comes before a sign parts the words off."""
    word = sentence.word(at)
    if (word in _PRONOUNS and sentence.tag(at) in "Ps") or word == "there" or fused_subject(word):
        return True
    tags, lower = sentence.tokens.tags, sentence.tokens.lower
    for i in range(at, min(sentence.hi, at + _SUBJECT)):
        tag = tags[i]
        if tag in ",;:.|":
            return False
        if fused_subject(lower[i]) or (tag == "P" and i > at + 1):
            return True
        if i > at and (tag == "A" or _looks_finite(sentence, i)):
            return True
    return False


def has_finite(sentence: Sentence, first: int, last: int) -> bool:
    """Whether the tokens hold a finite verb: an auxiliary, or a word in the shape of one."""
    tags, lower = sentence.tokens.tags, sentence.tokens.lower
    return "A" in tags[first:last] or any(
        fused_subject(lower[i]) or (i > first and _looks_finite(sentence, i)) for i in range(first, last)
    )


def _looks_finite(sentence: Sentence, i: int) -> bool:
    """A word in the shape of a past or third person after a noun or a name."""
    tags = sentence.tokens.tags
    before = tags[i - 1]
    if tags[i] not in "xV" or before not in "NRBFxP":
        return False
    word = sentence.tokens.lower[i]
    if word.endswith("ed"):
        return sentence.word(i + 1) != "by"
    known = frames().get(word)
    return known is not None and known.shape in (_PAST, _THIRD) and before in "NRP"
