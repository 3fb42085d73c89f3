"""The titles of those who are quoted, against the witnesses: CC403.

Policy: people are called by many names, and most of them are right at once. Only two offices of one ladder that nobody
holds together, or a deputy for the one in office, are a conflict.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import cache

from citecheck.checks.draft import Draft
from citecheck.checks.speakers import PRONOUNS
from citecheck.checks.witnesses import Library, Witness, once
from citecheck.models import Finding, Severity, Span, Speaker, SpeakerKind, Tally
from citecheck.text.lexicons import rows
from citecheck.text.names import same_person

_DEPUTY = re.compile(r"\b(?:deputy|vice|assistant|acting|interim)\b", re.IGNORECASE)
_PAST = re.compile(r"\b(?:former|ex|then|late|retired|outgoing|incoming)\b", re.IGNORECASE)


@cache
def _offices() -> tuple[tuple[re.Pattern[str], str, str], ...]:
    """Pattern, ladder and office of each row."""
    found = []
    for row in rows("ranks.tsv"):
        forms = row["forms"].split("|")
        pattern = "|".join(re.escape(form).replace(r"\ ", r"[\s-]") for form in forms)
        found.append((re.compile(rf"\b(?:{pattern})\b", re.IGNORECASE), row["ladder"], forms[0]))
    return tuple(found)


def judge_titles(draft: Draft, library: Library, found: Sequence[Sequence[Witness]]) -> Iterator[Finding]:
    """A finding for each speaker of the draft whose office the witnesses of his words give otherwise."""
    seen: set[str] = set()
    for quotation, witnesses in zip(draft.quotations, found, strict=True):
        speaker = quotation.speaker
        if speaker is None or speaker.kind is not SpeakerKind.PERSON or not speaker.role or speaker.name in seen:
            continue
        theirs = {
            witness.outlet: (witness, other)
            for witness in once(witnesses)
            if (other := witness.quotation.speaker if witness.quotation else None)
            and other.role
            and same_person(other.name, speaker.name)
        }
        differing = {name: pair for name, pair in theirs.items() if conflicting(speaker.role, pair[1].role or "")}
        if differing:
            seen.add(speaker.name)
            name, (_, other) = next(iter(differing.items()))
            message = f"{speaker.name} is ‘{speaker.role}’ here, ‘{other.role}’ in {name}."
            tally = Tally(len(theirs) - len(differing), len(differing))
            severity = Severity.MINOR if tally.agree > tally.differ else Severity.MAJOR
            places = ((witness.article, (person.start, person.end)) for witness, person in differing.values())
            evidence = [library.evidence_at(*place) for place in places]
            where = _named(draft, speaker)
            yield draft.finding("CC403", severity, where, message, evidence=evidence, tally=tally)


def _named(draft: Draft, speaker: Speaker) -> Span:
    """Where the draft names a speaker beside a quotation, rather than “she”."""
    mine = [one for item in draft.quotations if (one := item.speaker) and one.name == speaker.name]
    told = next((one for one in mine if one.mention.lower() not in PRONOUNS), speaker)
    return told.start, told.end


def conflicting(mine: str, theirs: str) -> bool:
    """Whether two descriptions of one person cannot both be right."""
    if _PAST.search(mine) or _PAST.search(theirs):
        return False
    here, there = _held(mine), _held(theirs)
    for ladder in here.keys() & there.keys():
        if not here[ladder] & there[ladder]:
            return True
        if here[ladder] == there[ladder] and bool(_DEPUTY.search(mine)) != bool(_DEPUTY.search(theirs)):
            return True
    return False


def _held(role: str) -> Mapping[str, frozenset[str]]:
    """The offices that a description names, by ladder."""
    held: dict[str, frozenset[str]] = {}
    for pattern, ladder, office in _offices():
        if pattern.search(role):
            held[ladder] = held.get(ladder, frozenset()) | {office}
    return held
