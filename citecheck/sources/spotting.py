"""Where a text names a source: forms of the outlet table, web domains, and bodies known by the shape of their name.

The signs of names are found first; what stands around them is looked at only there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from citecheck.models import Span
from citecheck.sources.bodies import find_bodies
from citecheck.sources.outlets import SHOUTED, Form, Outlet, Outlets, Strength
from citecheck.sources.signs import Found, Sign, Word
from citecheck.sources.words import before, words_of
from citecheck.text.dates import in_calendar
from citecheck.text.lexicons import words
from citecheck.text.names import title_genders
from citecheck.text.patterns import regex

#: A web domain; `www.` belongs to it.
_TOP = (
    r"\.(?=\w)(?:com|org|net|news|info|gov|edu|int|eu|co\.uk|co|uk|de|fr|es|it|pt|ru|ch|at|io|tv|media|me|us)"
    r"(?![\w/-]|\.\w)"
)
_TOP_DOMAIN = re.compile(_TOP, re.IGNORECASE)
#: Both cases are spelled out: a class of letters in any case takes Python ten milliseconds to compile.
_DOMAIN = regex(rf"(?<![\w@/.-])(?:[A-Za-z0-9-]{{1,40}}\.){{0,3}}[A-Za-z0-9-]{{1,40}}(?i:{_TOP})")
_WORD_BEFORE = re.compile(r"(?<![\w-])([\w.’'-]+)[^\S\n]$")
_SENTENCE_BEFORE = re.compile(r"(?:^|[.!?:;—–\n“”\"(\[])\s?[\w.’'-]+\s$")
_INSPECTORS = re.compile(r"(?:['’]s)?\s(?:(?:Office of )?(?:the )?[Ii]nspector [Gg]eneral)(?!\w)")
_WORDS = re.compile(r"[^\W\d_]+")
#: A headline in title case: its length in characters, and the share of its words of four letters or more with a
#: capital; fewer than four such words tell nothing.
HEADLINE, _SHORT, _CAPITALS = 200, 3, 0.85
_THE = re.compile(r"The\s(\w+)")
_CAPITAL_AFTER = re.compile(r"[^\S\n]([A-Z][a-zà-ÿ]+\b|[A-Z]\.)")


class Mention(NamedTuple):
    """One place where a source is named, credited or not."""

    start: int
    end: int
    outlet: Outlet
    strength: Strength = Strength.NAME
    #: What of it is named in the same breath: “inspector general”, the title of an index.
    document: str | None = None

    @property
    def span(self) -> Span:
        return self.start, self.end


def find_names(text: str, span: Span, outlets: Outlets) -> list[Mention]:
    """Every place in `span` where a form of the table or the domain of an outlet stands, in order.

    Short forms resolve to the outlet that was last named in full; people and places of the same name are left out.
    """
    signs = outlets.signs.found(text, span)
    candidates = list(_forms(text, span, signs[Sign.FORM], outlets))
    people = {
        text[start:end]
        for start, end, _ in candidates
        if _is_namesake(text, start, end) and not _in_headline(text, start, end)
    }
    found: list[Mention] = []
    fuller: dict[str, Outlet] = {}
    named = {text[start:end] for start, end, _ in candidates}
    for first, end, forms in candidates:
        surface = text[first:end]
        if surface in people and (_is_namesake(text, first, end) or not _has_fuller(forms, named, surface)):
            continue
        bare = surface.removeprefix("The ")
        form = _resolve(forms if bare == surface else [*outlets.forms(bare), *forms], fuller)
        if form is None or (form.strength is Strength.PROGRAMME and not _on_air(text, first, end)):
            continue
        article = len(surface) - len(bare) if not form.outlet.name.startswith("The ") else 0
        start = first + article
        found.append(_inspectors(text, start, end, outlets) or Mention(start, end, form.outlet, form.strength))
        if form.strength in (Strength.NAME, Strength.PROGRAMME):
            fuller.update({short.rstrip("*"): form.outlet for short in form.outlet.short_forms})
            fuller[form.outlet.name.removeprefix("The ")] = form.outlet
    found += _domains(text, span, outlets, {mention.start for mention in found})
    taken = sorted(mention.span for mention in found)
    found += _bodies(text, span, signs, taken)
    return sorted(found, key=lambda mention: mention.start)


def _inspectors(text: str, start: int, end: int, outlets: Outlets) -> Mention | None:
    """The watchdog of a body, which is not the body: “the FDIC's inspector general”."""
    watchdog = _INSPECTORS.match(text, end)
    if watchdog is None:
        return None
    name = f"{text[start:end]} Office of Inspector General"
    return Mention(start, watchdog.end(), outlets.find(name) or Outlet(name, "government"))


def _forms(text: str, span: Span, signs: Sequence[Word], outlets: Outlets) -> Iterator[tuple[int, int, list[Form]]]:
    """`(start, end, forms)` of each place where the table has a form, the longest at each place, none overlapping.

    `signs` are the words that may begin one.
    """
    free = span[0]
    for place, word in sorted(signs):
        if place < free:
            continue
        start, end = place, outlets.end_at(text, place, word)
        if end and word == "The":  # “The State Department” is not “The State”
            bare = _THE.match(text, start)
            longer = outlets.end_at(text, bare.start(1), bare[1]) if bare else 0
            start, end = (bare.start(1), longer) if bare and longer > end else (start, end)
        if start < end <= span[1]:
            free = end
            yield start, end, list(outlets.forms(text[start:end]))


def _is_namesake(text: str, start: int, end: int) -> bool:
    """A person or a place that bears a one-word outlet name: “Mayor Guardian”, “Emma Stern”, “Atlantic City”."""
    surface = text[start:end]
    if " " in surface or "." in surface or (surface.isupper() and len(surface) < SHOUTED):
        return False
    before = _WORD_BEFORE.search(text, max(0, start - 30), start)
    if before:
        word = before[1].rstrip(".")
        if word.lower() in title_genders() or (len(word) == 1 and word.isupper() and word not in "IA"):
            return True
        first = _SENTENCE_BEFORE.search(text, max(0, start - 34), start)
        if word.istitle() and word.isalpha() and not first and not _fine_before(word):
            return True
    after = _CAPITAL_AFTER.match(text, end)
    return bool(after) and not _fine_after(after[1])  # type: ignore[index]


def _in_headline(text: str, start: int, end: int) -> bool:
    """Whether the line is a headline in title case, where a capital tells no name."""
    first, last = text.rfind("\n", 0, start) + 1, text.find("\n", end)
    last = len(text) if last < 0 else last
    if last - first > HEADLINE:
        return False
    long = [word for word in _WORDS.findall(text, first, last) if len(word) > _SHORT]
    return len(long) > _SHORT and sum(word[0].isupper() for word in long) >= _CAPITALS * len(long)


def _fine_before(word: str) -> bool:
    """Words with a capital that may stand before an outlet without making it a surname."""
    return word in words_of("before-name") or word.lower() in words("demonyms.txt") or in_calendar(word)


def _fine_after(word: str) -> bool:
    return word in words_of("after-name") or in_calendar(word)


def _on_air(text: str, start: int, end: int) -> bool:
    """Whether a programme's name is used as one: in quotation marks, after “on”, or after its broadcaster."""
    if text[start:end] not in words_of("everyday-programme"):
        return True
    return bool(
        re.search(r"(?:[“\"'‘]|\b(?:on|of|to|from|hosts?|with|the)\s|['’]s?\s)$", text[max(0, start - 8) : start])
    )


def _has_fuller(forms: list[Form], named: set[str], surface: str) -> bool:
    return any(
        len(other) > len(surface) and (other == form.outlet.name or other in form.outlet.aliases)
        for form in forms
        for other in named
    )


def _resolve(forms: list[Form], fuller: dict[str, Outlet]) -> Form | None:
    """The form that is meant: a safe one, else that of the outlet named before, else the usual bearer."""
    for form in forms:
        known = fuller.get(form.text)
        if form.strength in (Strength.SHORT, Strength.USUAL) and known is not None:
            return Form(form.text, known, Strength.SHORT)
    for strength in (Strength.USUAL, Strength.NAME, Strength.PROGRAMME):
        for form in forms:
            if form.strength is strength:
                return form
    return None


def _domains(text: str, span: Span, outlets: Outlets, taken: set[int]) -> Iterator[Mention]:
    tops = (match.span() for match in _TOP_DOMAIN.finditer(text, *span))
    for match in before(tops, _DOMAIN, text, span):
        if match.start() not in taken and (outlet := outlets.by_domain(match.group())):
            yield Mention(match.start(), match.end(), outlet)


def _bodies(text: str, span: Span, signs: Found, taken: list[Span]) -> Iterator[Mention]:
    """Sources known by the shape of their name only; of those that overlap the longest."""
    free = span[0]
    for start, end, outlet in sorted(find_bodies(text, span, signs, taken), key=lambda item: (item[0], -item[1])):
        if start >= free:
            free = end
            yield Mention(start, end, outlet)
