"""The small values that several pages share: a span's context, a speaker's cell, a source's cell, a note."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from citecheck.html.addresses import Here
from citecheck.html.census import Census
from citecheck.html.marks import LABELS, SeverityMark, clip, severity_mark, when_words
from citecheck.models import Drift, Edge, Finding, Label, Relation, Rendering, SourceCredit, Speaker

#: How a credit reads in a sentence, before the name of the source.
RELATIONS = {
    Relation.TOLD: "told to",
    Relation.REPORTED_BY: "reported by",
    Relation.ACCORDING_TO: "according to",
    Relation.CREDITED_FROM: "credited from",
    Relation.PUBLISHED_ON: "published on",
    Relation.CITES: "cites",
    Relation.PUBLISHER: "published by",
}


class SpeakerCell(NamedTuple):
    """Who is given the words. `name` is None where the text gives nobody; `change` says how that differs."""

    name: str | None
    role: str | None
    mention: str | None
    href: str
    change: str


class SourceCell(NamedTuple):
    """One source that is credited, with the words that credit it and the date that goes with them."""

    name: str
    relation: str
    mention: str
    document: str | None
    when: str | None
    href: str


class Note(NamedTuple):
    """One difference from the base with the words it lies in on both sides. Several labels for the same words are one
    note with the worst severity. `one_side` where the label says already that the other side has nothing."""

    severity: SeverityMark
    label: str
    words: str
    text: str
    before: str
    after: str
    one_side: bool


def speaker_cell(census: Census, here: Here, speaker: Speaker | None, change: str = "") -> SpeakerCell:
    if speaker is None:
        return SpeakerCell(None, None, None, "", change)
    mention = speaker.mention if speaker.mention != speaker.name else None
    return SpeakerCell(speaker.name, speaker.role, mention, census.speaker_href(here, speaker.name), change)


def source_cell(census: Census, here: Here, credit: SourceCredit) -> SourceCell:
    mention = credit.mention if credit.mention.casefold() != credit.name.casefold() else ""
    return SourceCell(
        credit.name,
        RELATIONS[credit.relation],
        mention,
        credit.document,
        when_words(credit.when) if credit.when else None,
        census.source_href(here, credit.name),
    )


#: Labels that say themselves that words came or went.
_ONE_SIDED = (Label.OMISSION, Label.INSERTION, Label.TRUNCATION, Label.EXTENSION)


def note(drift: Drift, base: str, text: str, limit: int = 120) -> Note:
    """`base` and `text` are the words of the two sides, which the spans of `drift` point into."""
    before = base[slice(*drift.a)] if drift.a else ""
    after = text[slice(*drift.b)] if drift.b else ""
    whole = drift.a == (0, len(base)) and drift.b == (0, len(text))
    before, after = ("", "") if whole else (clip(before, limit), clip(after, limit))
    shown = [words for words in (before, after) if words]
    text = "" if repeats(drift.note, shown) else drift.note
    one_side = drift.label in _ONE_SIDED and len(shown) == 1
    return Note(severity_mark(drift.severity), str(drift.label), LABELS[drift.label], text, before, after, one_side)


def repeats(told: str, shown: Sequence[str]) -> bool:
    """Whether `told` only reads out again the words of a change that are `shown` beside it."""
    return bool(shown) and all(words in told for words in shown) and len(told) < sum(map(len, shown)) + 45


def notes(drifts: Sequence[Drift], base: str, text: str) -> tuple[Note, ...]:
    """The differences of `text` from `base`, worst first, those in the same words together."""
    found: dict[tuple[str, str, int], list[Note]] = {}
    for at, drift in enumerate(sorted(drifts, key=lambda drift: -drift.severity)):
        own = note(drift, base, text)
        key = (own.before, own.after, 0 if own.before or own.after else at)
        found.setdefault(key, []).append(own)
    return tuple(map(_merged, found.values()))


def _merged(same: Sequence[Note]) -> Note:
    """One note for all that are in the same words: each label once, and how often the words differ so."""
    labels = Counter(own.words for own in same)
    often = max(labels.values())
    return same[0]._replace(
        words=", ".join(labels) + (f" ({often} times)" if often > 1 else ""),
        text=" ".join(filter(None, dict.fromkeys(own.text for own in same))),
        one_side=all(own.one_side for own in same),
    )


def sentence_around(text: str, span: Rendering | Edge | Finding, reach: int = 220) -> tuple[str, str]:
    """What stands beside a span in its own paragraph: up to a sentence or `reach` characters on each side."""
    before = text[max(0, span.start - reach) : span.start]
    line = before.rfind("\n")
    if line >= 0:
        before = before[line + 1 :]
    elif span.start > reach:
        before = "…" + before[before.find(" ") + 1 :]
    after = text[span.end : span.end + reach]
    line = after.find("\n")
    if line >= 0:
        after = after[:line]
    elif span.end + reach < len(text):
        after = after[: after.rfind(" ")] + "…" if " " in after else after
    return _last_sentence(before), _first_sentence(after)


def _last_sentence(before: str) -> str:
    """From the last sentence end but one, so that the sentence of the span and the one before it are seen."""
    ends = [at for at in range(len(before) - 2) if before[at] in ".!?”" and before[at + 1] == " "]
    return before[ends[-2] + 2 :] if len(ends) >= 2 else before


def _first_sentence(after: str) -> str:
    ends = [at for at in range(1, len(after) - 1) if after[at] in ".!?" and after[at + 1] == " " and at > 3]
    return after[: ends[1] + 1] if len(ends) >= 2 else after
