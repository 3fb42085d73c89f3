"""Whether the words are in the right mouth: CC201 to CC203."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citecheck.checks.draft import Draft
from citecheck.checks.witnesses import Witness, once
from citecheck.checks.wording import PHRASE, SHORT, nearest
from citecheck.models import Drift, Finding, Label, Quotation, Severity, Speaker, SpeakerKind, Tally
from citecheck.text.names import name_words, same_person, surname

#: Below this a speaker who is not named beside the quotation may be our own misreading, and nothing is said.
SURE = 0.75
PRONOUNS = frozenset("he she they it his her their him them".split())


def judge_speaker(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """At most one finding on the speaker. Only witnesses whose words are as near as the best can say who spoke; one
    that agrees settles it."""
    speaker = quotation.speaker
    length = len(quotation.text.split())
    if length <= PHRASE or (length <= SHORT and witnesses[0].severity > Severity.COSMETIC):
        return  # a phrase that another speaker uses too
    named = [item for item in witnesses if item.severity <= witnesses[0].severity and item.quotation is not None]
    named = [item for item in named if item.given] or named
    changes = [witness.change_of_speaker for witness in named]
    if not changes or not all(changes):
        if not any(item.quotation and item.quotation.speaker for item in named):
            yield from judge_nobody(draft, quotation)
        return
    change = min((item for item in changes if item), key=lambda item: item.severity)
    tally = Tally(0, len({item.outlet for item in once(named)}))
    source = f"Differs from {named[0].called}"
    if speaker is not None and _pronoun_of_nobody(speaker):
        given = named[0].quotation.speaker if named[0].quotation else None
        message = f"‘{speaker.mention}’ stands for nobody that the draft names."
        message += f" {named[0].outlet} has {given.name}." if given else ""
        yield draft.finding("CC203", Severity.MAJOR, quotation, message, evidence=nearest(named), tally=tally)
    elif speaker is not None and change.label is Label.SPEAKER_CHANGED:
        yield from _changed(draft, quotation, change, named)
    elif speaker is None or not (_near(draft, quotation, _speakers(named)) or _described(draft, speaker, named)):
        message = f"{source}: {change.note}"
        yield draft.finding("CC202", change.severity, quotation, message, evidence=nearest(named), tally=tally)


def _speakers(named: Sequence[Witness]) -> list[Speaker]:
    return [item.quotation.speaker for item in named if item.quotation and item.quotation.speaker]


def _near(draft: Draft, quotation: Quotation, theirs: Sequence[Speaker]) -> bool:
    """Whether the draft names a speaker of the witnesses in the paragraph or in the one before it."""
    around = name_words(draft.paragraph_text(quotation.start, before=1))
    return any(surname(other.name) in around for other in theirs)


def _described(draft: Draft, speaker: Speaker, named: Sequence[Witness]) -> bool:
    """Whether “the governor” of the draft is the one whom it names as governor elsewhere, and the witnesses name."""
    words = set(name_words(speaker.name)) - {"the", "a", "an"}
    theirs = _speakers(named)
    return bool(words) and any(
        words <= set(name_words(one.role or "")) and all(same_person(one.name, other.name) for other in theirs)
        for item in draft.extraction.quotations
        if (one := item.speaker)
    )


def _changed(
    draft: Draft,
    quotation: Quotation,
    change: Drift,
    named: Sequence[Witness],
) -> Iterator[Finding]:
    """Two names. A body for one of its own people is weaker and no other speaker; a pronoun is told apart."""
    speaker = quotation.speaker
    if speaker is None:
        return
    source, evidence = f"Differs from {named[0].called}", nearest(named)
    tally = Tally(0, len({item.outlet for item in once(named)}))
    theirs = _speakers(named)
    if all(_speaks_for(other, speaker) for other in theirs):
        message = f"{source}: ‘{theirs[0].name}’ became ‘{speaker.name}’."
        yield draft.finding("CC202", Severity.MAJOR, quotation, message, evidence=evidence, tally=tally)
        return
    if any(_speaks_for(speaker, other) for other in theirs):
        return  # the draft is the one that names the person
    by_name = bool(set(name_words(speaker.mention)) & set(name_words(speaker.name)))
    beside = draft.beside(quotation)
    severity = Severity.MINOR if len(quotation.text.split()) <= SHORT or not beside else change.severity
    if by_name and beside and speaker.mention.lower() not in PRONOUNS:
        yield draft.finding("CC201", severity, quotation, f"{source}: {change.note}", evidence=evidence, tally=tally)
        return
    # Where the draft names the witness's speaker close by, a reader may well take the pronoun for that one, and where
    # nothing stands beside the quotation so may we.
    near = _near(draft, quotation, theirs)
    pronoun = speaker.mention.lower() in PRONOUNS
    if quotation.confidence >= SURE and ((beside and pronoun) or not near):
        message = f"‘{speaker.mention}’ reads as {speaker.name}. {source}: {change.note}"
        severity = Severity.MINOR if near else severity
        yield draft.finding("CC203", severity, quotation, message, evidence=evidence, tally=tally)


#: Two capitals in a row: somebody is named.
_NAMED = re.compile(r"\b[A-ZÀ-Þ][\w.’'-]+ [A-ZÀ-Þ][\w’'-]+")


def judge_nobody(draft: Draft, quotation: Quotation) -> Iterator[Finding]:
    """CC203 for “he” or “she” where no witness can say who spoke, and the draft names nobody before it whom we may have
    failed to take it for."""
    speaker = quotation.speaker
    if speaker is None or speaker.name.lower() not in ("he", "she") or len(quotation.text.split()) <= SHORT:
        return
    if not _NAMED.search(draft.article.text, *_before(draft, quotation)):
        message = f"‘{speaker.mention}’ stands for nobody that the draft names."
        yield draft.finding("CC203", Severity.MAJOR, quotation, message)


def _before(draft: Draft, quotation: Quotation) -> tuple[int, int]:
    return draft.article.body_span[0], max(draft.article.body_span[0], quotation.start - 1)


def _pronoun_of_nobody(speaker: Speaker) -> bool:
    return speaker.name.lower() in PRONOUNS


def _speaks_for(person: Speaker, body: Speaker) -> bool:
    """Whether a person's role names the body: one word of a body's name, all of a name that may be one."""
    names, role = set(name_words(body.name)), set(name_words(person.role or ""))
    return person.kind is SpeakerKind.PERSON and (
        names <= role or (body.kind is SpeakerKind.BODY and bool(names & role))
    )
