"""What happened to the words of a quotation on their way from its witnesses: CC101 to CC106 and CC301."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citecheck.checks.draft import Draft
from citecheck.checks.witnesses import Library, Witness, once
from citecheck.models import (
    Drift,
    Evidence,
    Finding,
    Kind,
    Label,
    Quotation,
    Severity,
    SpeakerKind,
    Status,
    Tally,
    Trace,
)

#: Up to this many words a quotation is a phrase that any writer may use: not found, it is a note and no warning.
#: (At a million quotations the median two-word fragment stands in 88 unrelated ones.)
SHORT = 5
#: So few words are said by everybody: where they stand, and who speaks there, tells nothing.
PHRASE = 3
#: A witness beside the best is shown where it stands at least this near to the words, on the scale of the best …
NEAR_BEST = 0.8
#: … and a near miss, where nothing was found, from this score on: below, it shares a few words and no statement.
NEAR_MISS = 50.0

#: A change of these is a change of what was said.
MEANING = frozenset((Label.NUMBER, Label.DATE, Label.ENTITY, Label.POLARITY, Label.CERTAINTY))
#: What turns a sentence when it falls off with an edge; a figure or a name that falls off turns nothing.
QUALIFIERS = frozenset((Label.POLARITY, Label.CERTAINTY))
EDGES = frozenset((Label.TRUNCATION, Label.FRAGMENT))
#: What tells two renderings of one quotation apart that are both quoted somewhere.
VARIANTS = MEANING | {Label.OMISSION, Label.INSERTION, Label.SUBSTITUTION}

_SENTENCE_END = re.compile(r"[.!?][\"”’')]*\s+[\"“‘]?[A-Z0-9À-Þ]")
_NEGATION = re.compile(
    r"\b(?:no|not|never|none|nor|neither|without|nobody|nothing|cannot|hardly|den(?:y|ie[ds])|refus\w+|rul\w+ out)\b"
    r"|n['’]t\b",
    re.IGNORECASE,
)
_HEDGE = re.compile(
    r"\b(?:if|unless|may|might|could|would|should|perhaps|possibly|probably|likely|believe[sd]?|think|thought|thinks"
    r"|hope[sd]?|expect\w*|seem\w*|appear\w*|suggest\w*|want\w*|plan\w*|tr(?:y|ie[ds])|whether|until|provided)\b",
    re.IGNORECASE,
)
#: “not” and “may” stand everywhere: only a longer cut can be looked for among the other quotations.
_QUALIFIER = 3
_DOTS = ("…", "...", ". . .")


def judge_wording(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """At most one finding on the words, from the witness that is nearest to them; where that one has the very words,
    from another that quotes them otherwise."""
    best = witnesses[0]
    telling = _telling(draft, quotation, best)
    code = wording_code(telling, best.evidence.text)
    if code is None:
        yield from _variant(draft, quotation, witnesses)
        return
    worst = max(telling, key=lambda item: item.severity)
    severity = worst.severity
    if code == "CC102" and (_words(quotation) <= SHORT or quotation.speaker is None):
        if _words(quotation) <= PHRASE or len({item.label for item in telling}) > 1:
            return  # a few words can be both writers' own
        severity = Severity.MINOR
    agreeing = [item for item in witnesses if not item.given and item.quoted and item.severity <= Severity.COSMETIC]
    message, evidence = f"Differs from {best.outlet}: {worst.note}", nearest(witnesses)
    if best.given:
        message = _against_given(quotation, best, worst, agreeing)
        first = [best.evidence, *(item.evidence for item in agreeing[:1])]
        evidence = [*first, *(item for item in evidence if item not in first)]
        severity = min(severity, Severity.MAJOR) if agreeing else severity
    yield draft.finding(code, severity, quotation, message, evidence=evidence, tally=_tally(witnesses, best))


def _against_given(quotation: Quotation, best: Witness, worst: Drift, agreeing: Sequence[Witness]) -> str:
    """What the source has that the writer gives, and what the draft has; and who agrees with the draft against it."""
    lined_up = worst.a and worst.b and best.evidence.lines_up(quotation.text)
    has = (
        f"has ‘{best.evidence.text[slice(*worst.a)]}’; the draft has ‘{quotation.text[slice(*worst.b)]}’."
        if (lined_up and worst.a and worst.b)
        else f"differs: {worst.note}"
    )
    others = ", ".join(dict.fromkeys(item.outlet for item in agreeing))
    return f"{best.called[:1].upper()}{best.called[1:]}, {has}" + (f" As the draft has it: {others}." if others else "")


def _variant(draft: Draft, quotation: Quotation, witnesses: Sequence[Witness]) -> Iterator[Finding]:
    """The draft's words are quoted so by one witness and otherwise by another. Which is right they cannot say; where
    most agree with the draft it is a note."""
    if _words(quotation) <= SHORT:
        return
    others = [
        (witness, [item for item in _telling(draft, quotation, witness) if item.label in VARIANTS])
        for witness in witnesses[1:]
        if witness.quoted and witness.outlet != witnesses[0].outlet
    ]
    others = [(witness, found) for witness, found in others if any(item.severity >= Severity.MAJOR for item in found)]
    others = [(witness, found) for witness, found in others if not _retold(witness)]
    if not others:
        return
    witness, found = others[0]
    tally = _tally(witnesses, witness)
    worst = max(found, key=lambda item: item.severity)
    best = witnesses[0]
    severity = Severity.MINOR if tally.agree > tally.differ or best.given else Severity.MAJOR
    source = f"{best.called[:1].upper()}{best.called[1:]}," if best.given else best.outlet
    message = f"{source} has these words as they are; differs from {witness.outlet}: {worst.note}"
    evidence = [witness.evidence, best.evidence]
    yield draft.finding(
        wording_code(found, witness.evidence.text) or "CC103",
        severity,
        quotation,
        message,
        evidence=evidence,
        tally=tally,
    )


def _retold(witness: Witness) -> bool:
    """Whether a witness tells so much anew that the two are no variants of one wording."""
    return any(item.label in (Label.REWORDING, Label.SPLICE, Label.INDIRECT_TO_DIRECT) for item in witness.wording)


def _tally(witnesses: Sequence[Witness], differing: Witness) -> Tally:
    """How many outlets have the words as the draft has them, and how many differ. Those that tell them in their own
    words count only where nobody quotes them."""
    witnesses = once([item for item in witnesses if item.quoted or item is differing] or witnesses)
    agree = {item.outlet for item in witnesses if item.severity <= Severity.COSMETIC}
    differ = {item.outlet for item in witnesses if item.severity > Severity.COSMETIC} - agree | {differing.outlet}
    return Tally(len(agree - differ), len(differ))


def _words(quotation: Quotation) -> int:
    return len(quotation.text.split())


def nearest(witnesses: Sequence[Witness]) -> list[Evidence]:
    """The best witness, and those that are about as near."""
    floor = NEAR_BEST * witnesses[0].comparison.score
    return [witness.evidence for witness in witnesses if witness.comparison.score >= floor]


# Which differences count ------------------------------------------------------------------------------------------


def _telling(draft: Draft, quotation: Quotation, witness: Witness) -> list[Drift]:
    """The differences that an editor should see: without what an open cut, or a part that shows that it is one,
    explains."""
    edges = [item for item in witness.wording if item.label is Label.TRUNCATION]
    lost = [item for item in witness.wording if item.label not in EDGES and _inside(item, edges)]
    qualifiers = [item for item in lost if item.label in QUALIFIERS and not _kept(draft, quotation, witness, item)]
    kept = [item for item in witness.wording if item.label not in EDGES and item not in lost]
    kept = [item for item in kept if item.label is not Label.CERTAINTY or not _sentence_gone(item, witness)]
    trimmed = [item for item in edges if _silent_cut(draft, quotation, witness, item)]
    fragment = [item for item in witness.wording if item.label is Label.FRAGMENT and qualifiers]
    return [*kept, *qualifiers, *trimmed, *fragment]


def _sentence_gone(item: Drift, witness: Witness) -> bool:
    """Whether a hedge went with the whole sentence that it hedges: an omission, which is told beside it."""
    text = witness.evidence.text
    if item.a is None or not any(
        one.label is Label.OMISSION and one.a and one.a[0] <= item.a[0] and item.a[1] <= one.a[1]
        for one in witness.wording
    ):
        return False
    before, after = text[: item.a[0]].rstrip(), text[item.a[1] :].lstrip("”’\"')")
    return before.endswith((".", "!", "?")) and after.startswith((".", "!", "?"))


def _inside(item: Drift, edges: Sequence[Drift]) -> bool:
    """Whether the words of `item` went with an edge that was cut off."""
    return any(edge.a and item.a and edge.a[0] <= item.a[0] and item.a[1] <= edge.a[1] for edge in edges)


def _kept(draft: Draft, quotation: Quotation, witness: Witness, item: Drift) -> bool:
    """Whether a qualifier that was cut off stands elsewhere: in another sentence of the witness, in another quotation
    of the draft, or in the writer's own words around (he denied that “…”)."""
    text = witness.evidence.text
    if item.a is None or len(text) < item.a[1]:
        return False
    words = text[slice(*item.a)]
    edges = (edge.a for edge in witness.wording if edge.label is Label.TRUNCATION and _inside(item, [edge]))
    first, last = next(edge for edge in edges if edge)
    between = text[item.a[1] : last + 2] if last < len(text) - 1 else text[max(0, first - 2) : item.a[0]]
    if item.label is Label.CERTAINTY and first == 0 and quotation.text.strip().startswith(_DOTS):
        return True  # the reader sees that something stood before it
    around = draft.around(quotation)
    return (
        bool(_SENTENCE_END.search(between))
        or (len(words.split()) > _QUALIFIER and draft.quotes(words))
        or bool((_NEGATION if item.label is Label.POLARITY else _HEDGE).search(around))
    )


def _silent_cut(draft: Draft, quotation: Quotation, witness: Witness, item: Drift) -> bool:
    """Whether a sentence was cut at an edge and looks whole. A part that begins in lower case shows what it is, as a
    fragment, an ellipsis, or a cut between sentences does; what stands in another quotation of the draft is not cut."""
    if item.severity <= Severity.COSMETIC or item.a is None or quotation.kind is Kind.FRAGMENT:
        return False
    words, text = quotation.text.strip(), witness.evidence.text
    if words[:1].islower() or words.startswith(_DOTS) or words.rstrip("”’'\").,").endswith(_DOTS):
        return False
    cut = text[slice(*item.a)]
    if draft.quotes(cut):
        return False
    at_start = item.a[0] <= len(text) - len(text.lstrip())
    joint = text[item.a[1] - 1 : item.a[1] + 4] if at_start else text[max(0, item.a[0] - 4) : item.a[0] + 2]
    return not _SENTENCE_END.search(joint)


def wording_code(differences: Sequence[Drift], text: str) -> str | None:
    """The code for what happened to the words of a witness (`text`), the gravest cause first; None where nothing needs
    an eye."""
    seen = [item for item in differences if item.severity > Severity.COSMETIC]
    if not seen:
        return None
    labels = {item.label for item in seen}
    if Label.INDIRECT_TO_DIRECT in labels:
        return "CC102"
    if Label.SPLICE in labels:
        return "CC104"
    edges = [item for item in differences if item.label is Label.TRUNCATION]
    meaning = [item for item in seen if item.label in MEANING]
    if meaning and labels <= EDGES | QUALIFIERS and (not edges or all(_inside(item, edges) for item in meaning)):
        off = edges or _fell_off(differences) or all(_at_edge(item, text) for item in meaning)
        return "CC105" if off else "CC101"
    if meaning:
        return "CC101"
    return "CC106" if labels <= EDGES else "CC103"


def _at_edge(item: Drift, text: str) -> bool:
    """Whether words of a witness are gone that it begins or ends with."""
    if item.a is None or (item.b is not None and item.b[0] < item.b[1]):
        return False
    return not re.search(r"\w", text[: item.a[0]]) or not re.search(r"\w", text[item.a[1] :])


def _fell_off(differences: Sequence[Drift]) -> bool:
    return any(item.label is Label.FRAGMENT for item in differences)


def answers_for(witness: Witness, quotation: Quotation) -> bool:
    """Whether a witness can answer for a quotation. One that tells a few words in its own way, and other words, is no
    witness of them: “against the war” is not from a sentence on support for the war."""
    told = [item for item in witness.wording if item.label is not Label.INDIRECT_TO_DIRECT]
    if len(told) == len(witness.wording) or _words(quotation) > _TOLD_WORDS:
        return True
    return not any(item.label in MEANING | {Label.SUBSTITUTION, Label.REWORDING} for item in told)


#: A told clause of so many words shares half of them with other clauses on its subject.
_TOLD_WORDS = 8


# Not found ----------------------------------------------------------------------------------------------------------


def judge_unfound(
    draft: Draft, quotation: Quotation, found: Trace, library: Library, given: str = ""
) -> Iterator[Finding]:
    """CC301, for words that stand nowhere in the archive. A word or two that nobody named is said to have used may be
    a term or marks of distance: nothing is said of them. `given` says what is known of the source that is given."""
    if found.status is Status.UNVERIFIED and any(
        not hit.comparison.drift and hit.comparison.same for hit in found.hits
    ):
        return  # a short phrase whose very words stand there, though nothing says that it was taken from there
    short = _words(quotation) <= SHORT
    if short and (quotation.cue is None or quotation.speaker is None or _nobody(quotation) or _named(quotation)):
        return
    looked = f"{found.searched.articles:,} articles and {found.searched.quotations:,} quotations"
    message = " ".join(filter(None, (f"These words were not found in {looked} that were searched.", given)))
    evidence = [library.evidence(hit) for hit in found.hits if hit.comparison.score >= NEAR_MISS]
    severity = Severity.MINOR if short else Severity.MAJOR
    yield draft.finding("CC301", severity, quotation, message, evidence=evidence, searched=found.searched)


#: “They call it the …”: a name for a thing, and no words of anybody's.
_NAMING = re.compile(r"\b(?:call|dub|term|name|nickname|label|brand|know|christen)(?:e?d|s|ing|n)?\b", re.IGNORECASE)


def _named(quotation: Quotation) -> bool:
    cue = quotation.cue.text if quotation.cue else ""
    return _words(quotation) <= PHRASE and bool(_NAMING.search(cue))


def _nobody(quotation: Quotation) -> bool:
    speaker = quotation.speaker
    return speaker is not None and (speaker.kind is SpeakerKind.DESCRIPTION or speaker.mention.lower() == "they")
