"""An article as tokens, each with a one-letter tag, so that rules can be regular expressions over the tags.

`tags` is a string with one character for each token: a match at `tags[i:j]` is the tokens i to j. The tags:

    D determiner   S possessive pronoun   P subject pronoun   O other pronoun   p preposition   c and/or/but
    s that, who, because, while …   A auxiliary   a adverb   T day, month, unit of time   # number
    N capitalised name word   t title before a name (Mr., Senator)   R noun for a person   B for a body
    F for a document   V form of a reporting verb   G its -ing form   x any other word   ^ possessive 's
    , ; : - ( ) . q as themselves: comma, semicolon, colon, dash, brackets, sentence end, quotation mark
    | paragraph end   ~ any other sign

Words that are both noun and verb (claims, report, chair) are settled by the token before them. `phrases` is the same
string with W for any other word that is a finite verb by its form or place, and ) for all that stands in short
brackets: noun phrases are read from it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable
from copy import copy
from functools import cache
from itertools import compress
from operator import add
from typing import NamedTuple

from citecheck.attribution.lexicon import closed_classes, cue_verbs, role_nouns, titles, words
from citecheck.models import Span
from citecheck.text.segments import ByPiece, Pieces, pieces

_TOKEN = re.compile(
    r"(?:(?!vs\.)[a-z]{2,}+(?![\w'’&‑-]|\.[a-z\d])"  # the common case, tried first: nothing below would match more
    r"|(?:[^\W\d_]\.){2,}"  # U.S., a.m.
    r"|[A-ZÀ-Þ]\.(?=[ \u00a0]?[A-ZÀ-Þ])"  # an initial before a name
    r"|(?:Mr|Mrs|Ms|Dr|Prof|Sen|Sens|Rep|Reps|Gov|Govs|Lt|Col|Gen|Capt|Cmdr|Adm|Maj|Sgt|Cpl|Rev|Hon|St|Jr|Sr|Inc|Corp"
    r"|Co|Ltd|Supt|Det|Jan|Feb|Mar|Apr|Aug|Sept|Oct|Nov|Dec|No|vs|Del|Ald|Atty|Amb|Asst|Pres|Sup|Mt|Ft|Bros)\."
    r"|(?:[A-Z]-)?[A-Z][a-z]{0,5}\.(?=[,;)])"  # R-Ky., Calif.,
    r"|\d+(?:[.,:/]\d+)*(?:-?[^\W\d_]+)?"
    r"|['’]s(?!\w)"
    r"|[^\W_]+(?:(?:['’](?!s(?!\w))|[-‑&]|\.(?=[a-z\d]))[^\W_]+)*"
    r"|''|``|[^\w\s])"
)


class _Cut(NamedTuple):
    """The tokens of a piece of text, the same in lower case, their tags by themselves, and where they begin in it."""

    words: tuple[str, ...]
    lower: tuple[str, ...]
    tags: str
    starts: tuple[int, ...]


class _Tags(ByPiece[str]):
    """The tag of each word in small letters by itself."""

    def made(self, piece: str) -> str:
        return _alone(piece)


class _Cuts(ByPiece[_Cut]):
    """The cut of each other piece of text between spaces."""

    def made(self, piece: str) -> _Cut:
        one = piece.isalpha() or piece == "\n"
        found = [(piece, 0)] if one else [(match[0], match.start()) for match in _TOKEN.finditer(piece)]
        words = tuple(word for word, _ in found)
        lower = tuple(map(str.lower, words))
        # What is equal is one: the less memory, the more of it is near.
        return _Cut(
            words, words if lower == words else lower, "".join(map(_alone, words)), tuple(at for _, at in found)
        )


_TAGS, _CUTS = _Tags(), _Cuts()
_SIGNS = {
    ",": ",", ";": ";", ":": ":", "—": "-", "–": "-", "-": "-", "―": "-", "(": "(", ")": ")", "[": "(", "]": ")",
    ".": ".", "!": ".", "?": ".", "…": ".", "\n": "|", "'s": "^", "’s": "^", '"': "q", "“": "q", "”": "q", "„": "q",
    "«": "q", "»": "q", "‹": "q", "›": "q", "‟": "q", "「": "q", "」": "q", "『": "q", "』": "q", "''": "q", "``": "q",
}  # fmt: skip
_CLOSED = {
    "det": "D", "poss": "S", "pron": "P", "obj": "O", "prep": "p", "conj": "c", "sub": "s", "aux": "A", "adv": "a",
    "time": "T",
}  # fmt: skip
_ROLE = {"person": "R", "body": "B", "document": "F"}
_ARTICLES = frozenset(("the", "a", "an"))
_INITIALS = frozenset(("U.S.", "U.K.", "U.N.", "D.C."))
#: Before these a word that can be a verb or a noun is a noun.
_NOUN_AFTER = frozenset("DS^#x")
_LINKED = re.compile(r"N(?:pD?|c)(?=N)")
_BRACKETS = re.compile(r"\([^().|q]{1,12}\)")
_LY = re.compile(r"[a-z]{4,}ly$")


@cache
def _tag_table() -> dict[str, str]:
    """Lower-case word → tag, for all words of the lexicons."""
    table: dict[str, str] = {}
    for noun, role in role_nouns().items():
        table[noun] = _ROLE[role.kind]
    for form, cue in cue_verbs().items():
        if cue.language == "en":
            table[form] = "G" if form.endswith("ing") else "v" if form in table else "V"
    for word, tag in closed_classes().items():
        table[word] = _CLOSED[tag]
    return table


@cache
def _fixed_tags() -> dict[str, str]:
    """Sign or lower-case word → tag, for those whose tag is the same wherever they stand (but ^, which may be A)."""
    plain = {word: tag for word, tag in _tag_table().items() if tag not in "vVG" and word == word.lower()}
    return plain | _SIGNS


@cache
def _noun_tags() -> dict[str, str]:
    return {noun: _ROLE[role.kind] for noun, role in role_nouns().items()}


class Tokens:
    """The tokens of `text[span]`: `starts`, `ends` (offsets into `text`), `words` as written and `tags`."""

    __slots__ = ("ends", "lower", "phrases", "starts", "tags", "text", "words")

    def __init__(self, text: str, span: Span | None = None) -> None:
        self.text = text
        alone = self._cut(pieces(text, span))
        self.ends = list(map(add, self.starts, map(len, self.words)))
        if self.ends:
            self.ends[-1] = min(self.ends[-1], len(text))  # no line end need follow the last paragraph
        self.tags, self.phrases = self._tagged(alone)

    def _cut(self, here: Pieces) -> str:
        """Fills `words`, `lower` and `starts`, and gives the tags that the words have by themselves.

        Words in small letters go over in runs, as they stand.
        """
        parts, places, others = here
        words: list[str] = []
        lower: list[str] = []
        starts: list[int] = []
        tags: list[str] = []
        tag_of, done = _TAGS.__getitem__, 0
        for at in others:
            if done < at:
                run = parts[done:at]
                words += run
                lower += run
                starts += places[done:at]
                tags += map(tag_of, run)
            cut, place = _CUTS[parts[at]], places[at]
            words += cut.words
            lower += cut.lower
            tags.append(cut.tags)
            for first in cut.starts:
                starts.append(place + first)
            done = at + 1
        self.words, self.lower, self.starts = words, lower, starts  # a line end, which is no word, is the last piece
        return "".join(tags)

    def __len__(self) -> int:
        return len(self.words)

    def index(self, offset: int) -> int:
        """The first token that ends after `offset`; `len(self)` when there is none."""
        return bisect_right(self.ends, offset)

    def slice(self, first: int, last: int) -> Span:
        """The offsets that the tokens `first` to `last` (not included) cover."""
        return self.starts[first], self.ends[last - 1]

    def masked(self, masks: Iterable[tuple[int, int, str]]) -> Tokens:
        """The same tokens with other tags: each `(first, last, tag)` gives its tag to the tokens `first:last`."""
        other = copy(self)
        tags, phrases = bytearray(self.tags, "ascii"), bytearray(self.phrases, "ascii")
        for first, last, tag in masks:
            tags[first:last] = phrases[first:last] = tag.encode() * (min(last, len(tags)) - first)
        other.tags, other.phrases = tags.decode(), phrases.decode()
        return other

    def _joined(self, tags: str) -> str:
        """`tags` with the small words inside the name of a body as part of it: "Department of Homeland Security"."""

        def join(match: re.Match[str]) -> str:
            head, link = self.lower[match.start()], self.lower[match.start() + 1]
            known = head in words("body_heads.txt") and link in ("of", "for", "on", "and")
            return "N" * len(match[0]) if known else match[0]

        return _LINKED.sub(join, tags)

    def _parted(self, tags: str, seen: set[str]) -> str:
        """`tags` with a sentence end at each "U.S." before a name that the text has elsewhere by itself and a verb."""
        if _INITIALS.isdisjoint(seen):
            return tags
        for at in compress(range(len(self) - 2), map(_INITIALS.__contains__, self.words)):
            if tags[at + 1] == "N":
                alone = self.words.count(self.words[at + 1]) > 1 and self.lower[at + 1] not in words("body_words.txt")
                if alone and (tags[at + 2] in "VAa" or self.lower[at + 2] in words("finite_verbs.txt")):
                    tags = tags[:at] + "." + tags[at + 1 :]
        return tags

    def _noun_here(self, at: int, word: str, before: str) -> bool:
        """Whether a word that is noun and verb, token `at`, is a noun after the tag `before`: "a House report"."""
        if before in _NOUN_AFTER or (before == "p" and self.lower[at - 1] == "of"):  # the secretary of state
            return True
        if word.endswith(("s", "ed")):
            return False
        return before in "NF" or (before in "RB" and not self.lower[at - 1].endswith(("s", "police", "people")))

    def _surname(self, at: int, seen_small: bool) -> bool:
        """Whether a verb with a capital at token `at`, which is a name elsewhere, is one here: "Read said"."""
        after = self.lower[at + 1 : at + 2]
        cue = cue_verbs().get(after[0]) if after else None
        return cue is not None and (cue.strength == 3 or not seen_small) and self.words[at + 1].islower()

    def _tagged(self, alone: str) -> tuple[str, str]:
        """`tags` and `phrases`, from the tags that the words have by themselves."""
        seen = set(self.words)
        settled, plain = self._settled(alone, seen)
        tags = self._joined(self._parted(settled, seen))
        phrases, lower, finite = list(tags), self.lower, words("finite_verbs.txt")
        for at in plain:
            if at and tags[at] == "x":
                before = phrases[at - 1]
                known = lower[at] in finite and before not in "DS^#"
                after_adverb = before == "a" and phrases[at - 2 : at - 1] not in (["D"], ["S"])
                if known or (lower[at].endswith("ed") and (before in "NRBFP),tTA" or after_adverb)):
                    phrases[at] = "W"
        return tags, _BRACKETS.sub(lambda match: ")" * len(match[0]), "".join(phrases))

    def _settled(self, alone: str, seen: set[str]) -> tuple[str, list[int]]:
        """The tags with those settled that depend on the place, and the tokens of them that may be finite verbs."""
        table, nouns, words, lower = _tag_table(), _noun_tags(), self.words, self.lower
        tags, plain = list(alone), []
        places = list(compress(range(len(alone)), map(_SETTLED_BY_PLACE.__contains__, alone)))
        inside = {words[at] for at in places if alone[at] == _CAPITAL and at and words[at - 1][0].isalnum()}
        for at in places:
            tag, low, before = alone[at], lower[at], tags[at - 1] if at else "|"
            if tag == _CAPITAL:
                named, small = words[at] in inside, low in seen
                tag = _capitalised(low, table.get(low, ""), before, small and not named, named)
                if named and tag in ("V", "A", "v") and self._surname(at, small):
                    tag = "N"
            elif tag == "v":
                tag = nouns[low] if self._noun_here(at, low, before) else "V"
            elif tag == "^":
                tag = "A" if before == "P" else "^"  # he's, who's
            elif tag == _SHAPED or before in "S^" or lower[at - 1] in _ARTICLES:
                tag = "x"
            tags[at] = tag
            if tag == "x":
                plain.append(at)
        return "".join(tags), plain


#: What `_alone` says of a word with a capital, and of one in the shape of a finite verb that no lexicon has.
_CAPITAL, _SHAPED = "n", "w"
#: What it says of words whose tag the words before them settle.
_SETTLED_BY_PLACE = frozenset((_CAPITAL, _SHAPED, "v", "V", "G", "^"))


def _alone(word: str) -> str:
    """The tag of a word or sign by itself, or what it says of a word whose place decides."""
    fixed = _fixed_tags().get(word)
    if fixed is not None:
        return fixed
    low = word.lower()
    tag = _tag_table().get(low, "")
    if word[0].isupper():
        if low.rstrip(".") in titles():
            return "t"
        wherever = tag == "T" or word == "I" or (tag in ("D", "p", "s") and word != "US")
        return tag if wherever else _CAPITAL
    if tag:
        return tag
    if word[0].isalpha() and not _LY.match(low):
        return _SHAPED if low in words("finite_verbs.txt") or low.endswith("ed") else "x"
    return "#" if word[0].isdigit() else "a" if word[0].isalpha() else "~"


def _capitalised(low: str, tag: str, before: str, seen_small: bool, seen_name: bool) -> str:
    """The tag of a word with a capital, in lower case `low`: names, and ordinary words at the start of a sentence."""
    opens = before in ".|q:-~("
    if not opens:
        return "N"
    if tag:
        return tag if tag != "v" else _noun_tags()[low] if seen_small else "V"
    if not seen_name and _LY.match(low):
        return "a"
    ordinary = seen_small or (low.endswith("ing") and len(low) > 5)
    return "x" if ordinary and not seen_name else "N"
