"""Sign-offs: an editor's word that a quotation is right as it stands, kept beside the draft or in its own comments.

A sign-off knows what it was given for, so that it lapses when a word, the speaker or a witness changes. In a Word draft
a resolved comment is one: a comment that the check wrote carries the marks of what stood then, somebody else's is good
for what stands under it now.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from types import MappingProxyType
from typing import NamedTuple

from citecheck import drift
from citecheck.checks.declared import AUTHOR
from citecheck.checks.draft import Draft
from citecheck.models import Finding, Note, NoteKind, Severity, Side, Standing, make_id
from citecheck.models.values import value

#: From this likeness on a quotation is one that was signed off, with its words changed since.
CHANGED = 60.0


@value
class SignOff:
    """An editor's word that a quotation is right as it stands, for these words, this speaker and these witnesses.

    `quotation` is the id of the record that it stands at, where it is known by its place.
    """

    text: str
    speaker: str
    witnesses: str
    by: str = ""
    reason: str = ""
    quotation: str = ""


@value
class Ignored:
    """An editor's word that one finding needs nothing done, and why. It is known by the words that it is about."""

    fingerprint: str
    code: str
    text: str
    reason: str
    by: str = ""


def sign(standing: Standing, by: str = "", reason: str = "") -> SignOff:
    """The sign-off of a quotation as it stands now."""
    return SignOff(_flat(standing.quotation.text), _speaker(standing), standing.witnesses, by, reason)


def resigned(
    standings: Sequence[Standing], before: Sequence[SignOff], chosen: Sequence[Standing], by: str, reason: str
) -> list[SignOff]:
    """All sign-offs after `chosen` were signed off, in the order of the draft. Those that lapsed are kept, so that they
    are told of, until their quotation is signed off anew; those of words that are gone are dropped."""
    ids = {item.quotation.id for item in chosen}
    found: list[SignOff] = []
    for standing in standings:
        if standing.quotation.id in ids:
            found.append(sign(standing, by, reason))
            continue
        words = _flat(standing.quotation.text)
        held = holding(standing, before)
        found += [held] if held else [one for one in before if one.text == words or _changed(one.text, words)][:1]
    return list(dict.fromkeys(found))


def holding(standing: Standing, signoffs: Sequence[SignOff]) -> SignOff | None:
    """The sign-off that holds for a quotation: the same words, speaker and witnesses."""
    now = sign(standing)
    return next((one for one in signoffs if replace(one, by="", reason="", quotation="") == now), None)


def _flat(text: str) -> str:
    return " ".join(text.split())


def _speaker(standing: Standing) -> str:
    return standing.quotation.speaker.name if standing.quotation.speaker else ""


def lapsed(draft: Draft, left: Sequence[Standing], signoffs: Sequence[SignOff]) -> Iterator[Finding]:
    """CC902 for each quotation that was signed off and is no longer what it was; it says what changed."""
    for standing in left:
        quotation = standing.quotation
        words = _flat(quotation.text)
        known = [one for one in signoffs if one.text == words]
        if known:
            what = (
                "its witnesses changed"
                if _speaker(standing) in [one.speaker for one in known]
                else "its speaker changed"
            )
        elif any(one.quotation == quotation.id or _changed(one.text, words) for one in signoffs):
            what = "its words changed"
        else:
            continue
        yield draft.finding("CC902", Severity.MINOR, quotation, f"This quotation was signed off, and {what} since.")


def _changed(before: str, now: str) -> bool:
    compared = drift.compare(Side(before), Side(now))
    return compared.same and compared.score >= CHANGED


# Resolved comments ----------------------------------------------------------------------------------------------------

#: What a comment of ours ends with. For a quotation: digests of its words, its speaker and its witnesses; for the
#: writer's own words: the fingerprint of the finding, nobody, and its evidence.
_MARK = re.compile(
    r"\[citecheck (?P<code>CC\d{3}) (?P<words>[0-9a-f]{12}) (?P<speaker>[0-9a-f]{12}) (?P<seen>[0-9a-f]{12})\]"
)
#: Somebody else's comment is about a quotation where it covers so much of it.
_COVERED = 0.5


class _Mark(NamedTuple):
    """What stood when a comment was written."""

    code: str
    words: str
    speaker: str
    seen: str


class Resolved(NamedTuple):
    """What the resolved comments of a draft decide: `signoffs` for whole quotations, and `settled`: fingerprints of
    single findings with the reason."""

    signoffs: Sequence[SignOff] = ()
    settled: Mapping[str, str] = MappingProxyType({})


def marked(finding: Finding, standings: Sequence[Standing]) -> str:
    """The mark of a finding, for the end of the comment that tells it."""
    standing = next((one for one in standings if one.quotation.id == finding.quotation), None)
    mark = _mark_of(standing) if standing else _mark_of_finding(finding)
    return f"[citecheck {finding.code} {mark.words} {mark.speaker} {mark.seen}]"


def _mark_of(standing: Standing) -> _Mark:
    words, speaker = make_id(_flat(standing.quotation.text)), make_id(_speaker(standing))
    return _Mark("", words, speaker, make_id(standing.witnesses))


def _mark_of_finding(finding: Finding) -> _Mark:
    return _Mark(finding.code, finding.fingerprint, make_id(), make_id(*(item.text for item in finding.evidence)))


def _read(note: Note) -> _Mark | None:
    found = _MARK.search(note.text) if note.author == AUTHOR else None
    return _Mark(**found.groupdict()) if found else None


def open_marks(notes: Sequence[Note]) -> frozenset[str]:
    """The marks of our comments that stand in a draft and are not resolved."""
    return frozenset(found[0] for note in notes if not note.resolved and (found := _MARK.search(note.text)))


def resolved(notes: Sequence[Note], standings: Sequence[Standing], findings: Sequence[Finding]) -> Resolved:
    """What the resolved comments of a draft decide.

    Of several comments of ours on one quotation all must be resolved, or it is not signed off: until then each keeps
    back its own finding.
    """
    comments = [(note, _read(note)) for note in notes if note.kind is NoteKind.COMMENT]
    waiting = [note for note, mark in comments if mark and not note.resolved]
    own = {item.fingerprint: _mark_of_finding(item) for item in findings if item.quotation is None}
    signoffs: list[SignOff] = []
    settled: set[str] = set()
    for note, mark in comments:
        if not note.resolved:
            continue
        if mark is None:
            signoffs += [sign(one, note.author, _first_line(note)) for one in standings if _covered(note, one)]
            continue
        here = next((one for one in standings if _touches(note, one)), None)
        if own.get(mark.words) == mark:
            settled.add(mark.words)
        elif here and not any(_touches(one, here) for one in waiting):
            signoffs.append(_signed(here, mark))
        elif here and _mark_of(here) == mark._replace(code=""):
            told = (here.quotation.id, mark.code)
            settled |= {item.fingerprint for item in findings if (item.quotation, item.code) == told}
    return Resolved(signoffs, dict.fromkeys(settled, _RESOLVED))


def _touches(note: Note, standing: Standing) -> bool:
    return note.start < standing.quotation.end and standing.quotation.start < note.end


_RESOLVED = "its comment was resolved"


def _signed(standing: Standing, mark: _Mark) -> SignOff:
    """The sign-off of a resolved comment of ours: what is as it was, and nothing for what is not."""
    now, was = sign(standing, reason=_RESOLVED), _mark_of(standing)
    return replace(
        now,
        text=now.text if was.words == mark.words else "",
        speaker=now.speaker if was.speaker == mark.speaker else "\0",
        witnesses=now.witnesses if was.seen == mark.seen else "",
        quotation=standing.quotation.id,
    )


def _covered(note: Note, standing: Standing) -> bool:
    start, end = standing.quotation.start, standing.quotation.end
    return min(note.end, end) - max(note.start, start) >= _COVERED * (end - start)


def _first_line(note: Note) -> str:
    return note.text.partition("\n")[0]
