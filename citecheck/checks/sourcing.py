"""Where the witnesses have the words from: CC302 to CC305.

An outlet that credits another has the words second-hand; outlets that go back to one are one witness (a repeated press
claim is still one origin).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from citecheck.checks.draft import Draft
from citecheck.checks.house import House
from citecheck.checks.witnesses import Library, Witness, once
from citecheck.checks.wording import SHORT, nearest
from citecheck.matching import Index, trace
from citecheck.models import (
    Article,
    Edge,
    Evidence,
    Finding,
    Hit,
    Kind,
    Label,
    Quotation,
    Relation,
    Severity,
    SourceCredit,
    SpeakerKind,
    Tally,
)
from citecheck.text.names import same_person

#: Few enough that a list of them reads as a sentence.
_LISTED = 4


def judge_sourcing(
    draft: Draft,
    quotation: Quotation,
    witnesses: Sequence[Witness],
    library: Library,
    noted: frozenset[str] = frozenset(),
) -> Iterator[Finding]:
    """At most one finding on the credit and one on the origins. Only witnesses that are as near as the best count.

    noted: the outlets that a link or a footnote credits for these words."""
    told = [item for item in once(witnesses) if item.severity <= witnesses[0].severity and item.quotation is not None]
    if len(quotation.text.split()) <= SHORT:
        told = [item for item in told if quotation.speaker and item.change_of_speaker is None]
    if not told:
        return
    house = library.house
    if house.is_public(draft.paragraph_text(quotation.start)):
        return
    credits = {item.outlet: _credits(item) for item in told}
    chain = [_edge_of(item.article, source, library) for item in told for source in _credits(item)]
    yield from _uncredited(draft, quotation, told, house, chain, noted=noted)
    yield from _origins(draft, quotation, told, credits, chain)


def _credits(witness: Witness) -> list[SourceCredit]:
    """The sources that a witness credits for these words, itself left out."""
    sources = witness.quotation.sources if witness.quotation else ()
    return [item for item in sources if item.relation is not Relation.PUBLISHER and item.name != witness.outlet]


def _edge_of(article: Article, source: SourceCredit, library: Library) -> Edge:
    words = article.text[source.start : source.end]
    outlet = library.outlet(article)
    return Edge(source.name, outlet, source.relation, True, article.id, source.start, source.end, words)


def _uncredited(
    draft: Draft,
    quotation: Quotation,
    told: Sequence[Witness],
    house: House,
    chain: Sequence[Edge],
    *,
    noted: frozenset[str],
) -> Iterator[Finding]:
    """CC302. An outlet that says "told Reuters" of itself credits Reuters as well. A draft that credits the source
    elsewhere for the same speaker, or for all of it, has said so."""
    named = {
        item.name: witness
        for witness in reversed(told)
        for item in (witness.quotation.sources if witness.quotation else ())
        if item.relation is not Relation.PUBLISHER and item.relation is not Relation.CITES
    }
    named_person = quotation.speaker is not None and quotation.speaker.kind is SpeakerKind.PERSON
    said = [item.quotation.speaker for item in told if item.quotation and item.quotation.speaker]
    by = [] if named_person else [speaker.name for speaker in said]
    name = None if noted & named.keys() else _missing(draft, quotation, list(named), by)
    if name is None:
        return
    silent = {item.outlet for item in told if not (item.quotation and item.quotation.sources)}
    credits = sorted(({item.outlet for item in told} - silent - {name}) or {name})
    tally = Tally(len(silent), len(credits))
    evidence = [named[name].evidence, *(item for item in nearest(told) if item != named[name].evidence)]
    severity = house.profile.severity(Label.SOURCE_LOST, Severity.MAJOR)
    yield draft.finding(
        "CC302", severity, quotation, _credit(credits, name), evidence=evidence, tally=tally, chain=chain
    )


def _credit(outlets: Sequence[str], name: str) -> str:
    if list(outlets) == [name]:
        return f"{name} had these words first-hand; here no source is credited."
    verb = "credits" if len(outlets) == 1 else "credit"
    return f"{_listed(outlets)} {verb} {name} for these words; here no source is credited."


def _missing(draft: Draft, quotation: Quotation, named: Sequence[str], by: Sequence[str] = ()) -> str | None:
    """The first of the sources that the witnesses credit, where the draft credits none of them. `by` are those whom the
    witnesses give for words that the draft gives to nobody by name."""
    ours = {draft.article.publisher, quotation.speaker.name if quotation.speaker else None}
    missing = [name for name in named if name not in ours and not _credited(draft, quotation, name, by)]
    # One source of several is credit enough.
    return missing[0] if missing and len(missing) == len(named) and not quotation.sources else None


def told_to_search(draft: Draft) -> list[Quotation]:
    """What the draft tells in its own words of a named person, without a credit and without marks in it."""
    quoted = [(item.start, item.end) for item in draft.quotations]
    return [
        item
        for item in draft.extraction.quotations
        if item.kind is Kind.INDIRECT
        and item.speaker is not None
        and item.speaker.kind is SpeakerKind.PERSON
        and not item.sources
        and len(item.text.split()) > SHORT
        and not any(start < item.end and item.start < end for start, end in quoted)
    ]


def judge_told(draft: Draft, index: Index, library: Library) -> Iterator[Finding]:
    """CC302 for what the draft tells of somebody in its own words, where a witness tells the same of the same person
    and credits an outlet that he told it."""
    for told in told_to_search(draft):
        found: dict[str, tuple[Hit, str, Edge]] = {}
        for hit in trace(index, told.text, told.speaker.name if told.speaker else None).hits:
            record = library.record_at(hit)
            if not hit.comparison.same or record is None or record.speaker is None or told.speaker is None:
                continue
            if same_person(record.speaker.name, told.speaker.name):
                article = library.articles[hit.article]
                for source in record.sources:
                    if source.relation is Relation.TOLD:
                        found.setdefault(
                            source.name, (hit, library.outlet(article), _edge_of(article, source, library))
                        )
        name = _missing(draft, told, list(found))
        if name is not None and not library.house.is_public(draft.paragraph_text(told.start)):
            hit, outlet, edge = found[name]
            severity = library.house.profile.severity(Label.SOURCE_LOST, Severity.MAJOR)
            evidence, tally = [library.evidence(hit)], Tally(0, 1, 1)
            message = _credit([outlet], name)
            yield draft.finding("CC302", severity, told, message, evidence=evidence, tally=tally, chain=[edge])


def _credited(draft: Draft, quotation: Quotation, name: str, by: Sequence[str]) -> bool:
    """Whether the draft credits `name` for the same speaker's words, near the quotation, or for itself as a whole."""
    short = " ".join(name.removeprefix("The ").split()[:2])  # an outlet that is in no table may have more in its name
    if short.lower() in draft.paragraph_text(quotation.start, before=1).lower():
        return True
    ours = (quotation.speaker.name,) if quotation.speaker else ()
    speakers = {item.id: item.speaker for item in draft.extraction.quotations}
    for credit in draft.extraction.credits:
        if credit.name == name:
            speaker = speakers.get(credit.quotation or "")
            if credit.quotation is None or speaker is None or not ours:
                return True
            if any(same_person(speaker.name, one) for one in (*ours, *by)):
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
    credits = {item.outlet: _credits(item) for item in once(witnesses)}
    return len({origin for outlet in credits for origin in _ends(outlet, credits)})


def _listed(names: Sequence[str]) -> str:
    """`A`, `A and B`, `A, B, C and 4 more`."""
    shown, more = list(names[:_LISTED]), len(names) - _LISTED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}"
