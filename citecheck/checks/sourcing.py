"""Where the witnesses have the words from: CC302 to CC305.

An outlet that credits another has the words second-hand; outlets that go back to one are one witness (a repeated press
claim is still one origin).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from citecheck.checks.draft import Draft
from citecheck.checks.house import House
from citecheck.checks.witnesses import Witness
from citecheck.checks.wording import SHORT, nearest
from citecheck.models import Edge, Evidence, Finding, Label, Quotation, Relation, Severity, SourceCredit, Tally
from citecheck.text.names import same_person

#: Few enough that a list of them reads as a sentence.
_LISTED = 4


def judge_sourcing(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness], house: House) -> Iterator[Finding]:
    """At most one finding on the credit and one on the origins. Only witnesses that are as near as the best count."""
    told = [item for item in witnesses if item.severity <= witnesses[0].severity and item.quotation is not None]
    if not told or len(quotation.text.split()) <= SHORT:
        return
    if house.is_public(draft.paragraph_text(quotation.start)):
        return
    credits = {item.outlet: _credits(item) for item in told}
    chain = [_edge(item, source) for item in told for source in _credits(item)]
    yield from _uncredited(draft, quotation, told, house, chain)
    yield from _origins(draft, quotation, told, credits, chain)


def _credits(witness: Witness) -> list[SourceCredit]:
    """The sources that a witness credits for these words, itself left out."""
    sources = witness.quotation.sources if witness.quotation else ()
    return [item for item in sources if item.relation is not Relation.PUBLISHER and item.name != witness.outlet]


def _edge(witness: Witness, source: SourceCredit) -> Edge:
    article = witness.article
    words = article.text[source.start : source.end]
    return Edge(source.name, witness.outlet, source.relation, True, article.id, source.start, source.end, words)


def _uncredited(
    draft: Draft, quotation: Quotation, told: Sequence[Witness], house: House, chain: Sequence[Edge]
) -> Iterator[Finding]:
    """CC302. An outlet that says "told Reuters" of itself credits Reuters as well. A draft that credits the source
    elsewhere for the same speaker, or for all of it, has said so."""
    named = {
        item.name: witness
        for witness in reversed(told)
        for item in (witness.quotation.sources if witness.quotation else ())
        if item.relation is not Relation.PUBLISHER and item.relation is not Relation.CITES
    }
    ours = {draft.article.publisher, quotation.speaker.name if quotation.speaker else None}
    missing = [name for name in named if name not in ours and not _credited(draft, quotation, name)]
    if not missing or len(missing) < len(named) or quotation.sources:
        return  # one source of several is credit enough
    silent = {item.outlet for item in told if not (item.quotation and item.quotation.sources)}
    severity = house.profile.severity(Label.SOURCE_LOST, Severity.MAJOR)
    name = missing[0]
    credits = ({item.outlet for item in told} - silent - {name}) or {name}
    verb = "credits" if len(credits) == 1 else "credit"
    message = f"{_listed(sorted(credits))} {verb} {name} for these words; here no source is credited."
    tally = Tally(len(silent), len(credits))
    evidence = [named[name].evidence, *(item for item in nearest(told) if item != named[name].evidence)]
    yield draft.finding("CC302", severity, quotation, message, evidence=evidence, tally=tally, chain=chain)


def _credited(draft: Draft, quotation: Quotation, name: str) -> bool:
    """Whether the draft credits `name` for the same speaker's words, near the quotation, or for itself as a whole."""
    short = " ".join(name.removeprefix("The ").split()[:2])  # an outlet that is in no table may have more in its name
    if short.lower() in draft.paragraph_text(quotation.start, before=1).lower():
        return True
    speakers = {item.id: item.speaker for item in draft.extraction.quotations}
    for credit in draft.extraction.credits:
        if credit.name == name:
            speaker = speakers.get(credit.quotation or "")
            if credit.quotation is None or speaker is None or quotation.speaker is None:
                return True
            if same_person(speaker.name, quotation.speaker.name):
                return True
    return False


def _origins(
    draft: Draft,
    quotation: Quotation,
    told: Sequence[Witness],
    credits: Mapping[str, Sequence[SourceCredit]],
    chain: Sequence[Edge],
) -> Iterator[Finding]:
    """CC305 before CC304 before CC303: each says more than the next."""
    outlets = list(credits)
    origins = {origin for outlet in outlets for origin in _ends(outlet, credits)}
    tally = Tally(len(outlets), 0, len(origins))
    evidence: list[Evidence] = [item.evidence for item in told]
    circle = [name for name in outlets if _circular(name, credits)]
    if circle:
        message = f"{_listed(circle)} credit each other for these words: no origin is left."
        yield draft.finding("CC305", Severity.MINOR, quotation, message, evidence=evidence, tally=tally, chain=chain)
    elif all(credits.values()) and not origins & set(outlets):
        message = f"No first-hand witness was searched: {_listed(outlets)} credit {_listed(sorted(origins))}."
        yield draft.finding("CC304", Severity.COSMETIC, quotation, message, evidence=evidence, tally=tally, chain=chain)
    elif len(outlets) > 1 and len(origins) == 1:
        message = f"{_listed(outlets)} all go back to {next(iter(origins))}: they are one witness."
        yield draft.finding("CC303", Severity.COSMETIC, quotation, message, evidence=evidence, tally=tally, chain=chain)


def _follow(outlet: str, credits: Mapping[str, Sequence[SourceCredit]]) -> tuple[set[str], set[str]]:
    """The names that credits lead to from `outlet`, and those among them where they end."""
    seen: set[str] = set()
    ends: set[str] = set()
    stack = [outlet]
    while stack:
        name = stack.pop()
        sources = {source.name for source in credits.get(name, ())}
        if not sources:
            ends.add(name)
        stack += sources - seen
        seen |= sources
    return seen, ends


def _ends(outlet: str, credits: Mapping[str, Sequence[SourceCredit]]) -> set[str]:
    return _follow(outlet, credits)[1]


def _circular(outlet: str, credits: Mapping[str, Sequence[SourceCredit]]) -> bool:
    return outlet in _follow(outlet, credits)[0]


def independent(witnesses: Sequence[Witness]) -> int:
    """How many origins the witnesses go back to."""
    credits = {item.outlet: _credits(item) for item in witnesses}
    return len({origin for outlet in credits for origin in _ends(outlet, credits)})


def _listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B, C and 4 more`."""
    shown, more = list(names[:_LISTED]), len(names) - _LISTED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
