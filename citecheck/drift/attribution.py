"""Attribution drift between two renderings: who is given the words, which source is credited, marks added or gone."""

from __future__ import annotations

from collections.abc import Iterator

from citecheck.models import Drift, Kind, Label, Missing, Severity, Side, When
from citecheck.text.dates import conflict, told_apart
from citecheck.text.names import is_generalisation, same_person


def attribution(a: Side, b: Side) -> list[Drift]:
    """The attribution and mode labels; they have no place in the words."""
    return [*_mode(a, b), *_speaker(a, b), *_sources(a, b), *_dates(a, b)]


def _drift(label: Label, severity: Severity, note: str) -> Drift:
    return Drift(label, severity, None, None, note)


def _mode(a: Side, b: Side) -> Iterator[Drift]:
    told = (Kind.INDIRECT, Kind.RESTATED)
    if a.kind is None or b.kind is None:
        return
    if a.kind.quoted and b.kind in told:
        yield _drift(Label.DIRECT_TO_INDIRECT, Severity.NONE, "Quoted in one, told in the writer’s words in the other.")
    if a.kind in told and b.kind.quoted:
        note = "Told in the writer’s words in one, in quotation marks in the other: the marks were added."
        yield _drift(Label.INDIRECT_TO_DIRECT, Severity.CRITICAL, note)


def _speaker(a: Side, b: Side) -> Iterator[Drift]:
    if isinstance(a.speaker, Missing) or isinstance(b.speaker, Missing) or not a.speaker:
        return
    if not b.speaker:
        yield _drift(Label.SPEAKER_LOST, Severity.MAJOR, f"‘{a.speaker}’ is not named as the speaker.")
    elif a.speaker == b.speaker or same_person(a.speaker, b.speaker) or is_generalisation(b.speaker, a.speaker):
        return
    elif is_generalisation(a.speaker, b.speaker):
        note = f"The speaker ‘{a.speaker}’ became ‘{b.speaker}’: no name is left."
        yield _drift(Label.SPEAKER_GENERALISED, Severity.MAJOR, note)
    else:
        note = f"The speaker ‘{a.speaker}’ became ‘{b.speaker}’."
        yield _drift(Label.SPEAKER_CHANGED, Severity.CRITICAL, note)


def _sources(a: Side, b: Side) -> Iterator[Drift]:
    if isinstance(a.sources, Missing) or isinstance(b.sources, Missing) or not a.sources:
        return
    gone = [name for name in a.sources if name not in b.sources]
    new = [name for name in b.sources if name not in a.sources]
    if gone and not b.sources:
        yield _drift(Label.SOURCE_LOST, Severity.MAJOR, f"{', '.join(gone)} is not credited.")
    elif gone and new:
        note = f"{', '.join(gone)} is credited in one, {', '.join(new)} in the other."
        yield _drift(Label.SOURCE_CHANGED, Severity.MAJOR, note)


def _dates(a: Side, b: Side) -> Iterator[Drift]:
    """Two dates given to the act of saying or publishing."""
    if isinstance(a.when, When) and isinstance(b.when, When) and conflict(a.when, b.when):
        one, other = told_apart(a.when, b.when)
        note = f"{one} in one, {other} in the other; both can be right."
        yield _drift(Label.DATE_CONFLICT, Severity.MAJOR, note)
