"""How a text credits a source that it names: the first rung of an ordered ladder that fits decides.

A source that no rung fits is only a topic, an employer or a place, and is no credit: precision comes first.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache, lru_cache
from typing import NamedTuple

from citecheck.models import Relation
from citecheck.sources.context import Context
from citecheck.sources.words import one_of, words_of

#: How much of the lead a rung looks at; the longest cue (“in an interview this week with”) fits in.
LEAD = 100


class Rung(NamedTuple):
    """One way to credit a source; what is left empty is not asked for. `relation` None: surely no credit.

    `last` is the word right before the source's noun phrase (alternatives parted by “|”, lower case; “” for none at
    all), `closing` what that word ends in, `lead` the words before it, or before the noun phrase itself where `last` is
    not asked for, in any case.
    `right` begins right behind the source's name, `after` behind the document it names. `<class>` in a pattern stands
    for the words of that class of `credit_words.tsv`.
    """

    name: str
    relation: Relation | None
    kinds: frozenset[str] | None = None
    last: str | None = None
    not_last: str | None = None
    closing: tuple[str, ...] = ()
    lead: str = ""
    unless_lead: str = ""
    right: str = ""
    unless_right: str = ""
    after: str = ""
    nouns: frozenset[str] | None = None
    no_noun: bool = False
    test: Callable[[Context], bool] | None = None

    def may_fit(self, kind: str, last: str, noun: str) -> bool:
        """Whether a source of this kind, after this word and named with this noun, has what the rung asks of these."""
        if self.kinds is not None and kind not in self.kinds:
            return False
        if (self.nouns is not None and noun not in self.nouns) or (self.no_noun and noun):
            return False
        if self.closing and not last.endswith(self.closing):
            return False
        return (self.last is None or last in _words(self.last)) and (
            self.not_last is None or last not in _words(self.not_last)
        )

    def fits(self, context: Context) -> bool:
        """Whether all that this rung asks for beside `may_fit` holds."""
        lead = context.lead[-LEAD:]
        if self.last:
            lead = lead[: -len(context.last)].rstrip()
        return (
            (not self.lead or ends(self.lead, lead))
            and (not self.right or starts(self.right, context.right))
            and (not self.after or starts(self.after, context.after))
            and not (self.unless_lead and ends(self.unless_lead, lead))
            and not (self.unless_right and starts(self.unless_right, context.right))
            and (self.test is None or self.test(context))
        )


@cache
def _words(alternatives: str) -> frozenset[str]:
    return frozenset(alternatives.split("|"))


def relation_of(context: Context, kind: str) -> Relation | None:
    """How the sentence credits a source of `kind`, or None where it only mentions it."""
    possible = _rungs(kind, context.last, context.noun)
    return next((rung.relation for rung in possible if rung.fits(context)), None)


@lru_cache(maxsize=4096)
def _rungs(kind: str, last: str, noun: str) -> tuple[Rung, ...]:
    """The rungs that may fit, in order: most ask for a word that is not there."""
    from citecheck.sources.rungs import RUNGS  # noqa: PLC0415 (the table is made of the type above)

    return tuple(rung for rung in RUNGS if rung.may_fit(kind, last, noun))


_ESCAPED_OR_SET = re.compile(r"\\.|\[\^?\]?[^\]]*\]")
_CHOICE = re.compile(r"\(\?:(<[\w-]+>(?:\|<[\w-]+>)*)\)")
_GROUP = re.compile(r"\([^()]*\)(?:[?*+]|\{[^}]*\})*")
_ASKED = re.compile(r"<([\w,-]+)>(?![?*{])")


@cache
def asked(pattern: str) -> tuple[frozenset[str], ...]:
    """What each match of `pattern` has a word of, in lower case: the words of each class (of some, where there is a
    choice) that stands outside of all other groups. Nothing where the whole pattern is a choice."""
    bare = _CHOICE.sub(lambda match: match[1].replace(">|<", ","), _ESCAPED_OR_SET.sub("", pattern))
    while "(" in bare:
        bare = _GROUP.sub("", bare)
    if "|" in bare:
        return ()
    return tuple(
        frozenset(word.lower() for class_ in found.split(",") for word in words_of(class_))
        for found in _ASKED.findall(bare)
    )


def _may_have(pattern: str, text: str) -> bool:
    """Whether `text` has what `pattern` asks for: most have not, and a pattern is compiled when one has."""
    low = text.lower()
    return all(any(map(low.__contains__, words)) for words in asked(pattern))


@cache
def _compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    return re.compile(re.sub(r"<([\w-]+)>", lambda match: one_of(match.group(1)), pattern), flags)


@cache
def _ending(pattern: str) -> re.Pattern[str]:
    """`pattern` where it ends at the end of the text, beginning at a word."""
    return _compiled(rf"(?:(?<!\w)|(?=\W))(?:{pattern})$", re.IGNORECASE)


def contains(pattern: str, text: str) -> bool:
    """Whether `text` has `pattern`, with classes of words filled in."""
    return _may_have(pattern, text) and bool(_compiled(pattern).search(text))


def ends(pattern: str, text: str) -> bool:
    """Whether `text` ends in `pattern`; only its last `LEAD` code points are looked at."""
    end = text[-LEAD:]
    return _may_have(pattern, end) and bool(_ending(pattern).search(end))


def starts(pattern: str, text: str) -> bool:
    """Whether `text` begins with `pattern`."""
    return _may_have(pattern, text) and bool(_compiled(pattern).match(text))
