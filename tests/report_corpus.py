"""A corpus made by hand: five short invented articles about one flood barrier, with families, drift and a chain.

The report's tests build everything from these values, so that they hold whatever the finders of quotations find.
"""

from __future__ import annotations

import hashlib
from datetime import date
from difflib import SequenceMatcher

from citecheck.models import (
    Article,
    BaseReason,
    Chain,
    Comparison,
    Corpus,
    Cue,
    Drift,
    Edge,
    Extraction,
    Family,
    Kind,
    Label,
    Op,
    Quotation,
    Relation,
    Rendering,
    Severity,
    Skipped,
    SourceCredit,
    Speaker,
    SpeakerKind,
    When,
    make_id,
)

TEXTS = {
    "ledger.txt": (
        "Barrier at Port Ellery to cost 41 million\n"
        "Harbour master Ines Marlow said the gates would be closed by hand if the pumps failed again.\n"
        "“We will close the gates within nine minutes, whatever the pumps in the old town are doing,” Marlow told "
        "Harbour Wire on March 3. She called the older plan a “paper wall”.\n"
        "The figures stand in the Tide Survey, a report of the Coastal Institute.\n"
    ),
    "courier.txt": (
        "The harbour of Port Ellery promises speed.\n"
        "“We will close the gates within nine minutes, whatever the pumps are doing,” Ines Marlow said, according to "
        "Harbour Wire.\n"
        "A spokesman declined to say who would pay.\n"
        "Leave a Reply\nYour e-mail will not be shown.\n"
    ),
    "beacon.txt": (
        "Officials at the port said that the gates could be closed within ninety minutes.\n"
        "The port ranks 12th of 40 for flood risk.\n"
    ),
    "gazette.txt": (
        "Credited from: Harbour Wire\n"
        "“We shall close the gates within nine minutes,” said Ines Marlow on April 3. The port ranks 12th of 40 for "
        "flood risk, according to the Coastal Institute’s Tide Survey.\n"
    ),
    "mirror.txt": (
        "Nobody in Port Ellery sleeps well this spring, and the town has asked for a second survey.\n"
        "“I have not slept since the storm,” said Tom Okafor, a baker.\n"
    ),
}

FACTS = {
    "ledger.txt": (
        "Barrier at Port Ellery to cost 41 million",
        "The Ellery Ledger",
        "2031-03-04",
        "https://ledger.example/barrier",
    ),
    "courier.txt": ("Port promises to shut gates in minutes", "Coast Courier", "2031-03-05T08:30:00Z", None),
    "beacon.txt": (None, "The Beacon", None, None),
    "gazette.txt": ("Nine minutes", None, None, "https://gazette.example/nine-minutes"),
    "mirror.txt": ("A town awake", "Port Mirror", "2031-03-09", None),
}

MARLOW = "Ines Marlow"
GATES = "We will close the gates within nine minutes, whatever the pumps in the old town are doing,"
GATES_CUT = "We will close the gates within nine minutes, whatever the pumps are doing,"
GATES_SHALL = "We shall close the gates within nine minutes,"
GATES_TOLD = "the gates could be closed within ninety minutes"
RANK = "The port ranks 12th of 40 for flood risk"


def article(id_: str) -> Article:
    title, publisher, published, url = FACTS[id_]
    text = TEXTS[id_]
    end = text.find("Leave a Reply")
    return Article(
        id_,
        text,
        title=title,
        publisher=publisher,
        published=published,
        url=url,
        language="en",
        digest=hashlib.sha256(text.encode()).hexdigest(),
        body=(0, end if end >= 0 else len(text)),
    )


def span(id_: str, words: str) -> tuple[int, int]:
    start = TEXTS[id_].index(words)
    return start, start + len(words)


def credit(id_: str, name: str, relation: Relation, mention: str, **more: object) -> SourceCredit:
    return SourceCredit(name, relation, mention, *span(id_, mention), **more)  # type: ignore[arg-type]


def speaker(id_: str, name: str, mention: str, **more: object) -> Speaker:
    return Speaker(name, mention, *span(id_, mention), **more)  # type: ignore[arg-type]


def quotation(id_: str, kind: Kind, words: str, cue: str = "", **more: object) -> Quotation:
    start, end = span(id_, words)
    made_cue = Cue(cue, *span(id_, cue)) if cue else None
    return Quotation(make_id(id_, kind, start, end), id_, kind, start, end, words, cue=made_cue, **more)  # type: ignore[arg-type]


WIRE_TOLD = credit("ledger.txt", "Harbour Wire", Relation.TOLD, "Harbour Wire", kind="agency")
SURVEY = credit("ledger.txt", "Coastal Institute", Relation.CITES, "Coastal Institute", document="Tide Survey")
WIRE_SAID = credit("courier.txt", "Harbour Wire", Relation.ACCORDING_TO, "Harbour Wire", kind="agency")
WIRE_FROM = credit("gazette.txt", "Harbour Wire", Relation.CREDITED_FROM, "Harbour Wire", kind="agency")
INSTITUTE = credit(
    "gazette.txt", "Coastal Institute", Relation.ACCORDING_TO, "Coastal Institute", document="Tide Survey"
)
MARCH = When("March 3", *span("ledger.txt", "March 3"), date(2031, 3, 3), date(2031, 3, 3), 2031, 3, 3)
APRIL = When("April 3", *span("gazette.txt", "April 3"), month=4, day=3)

LEDGER = (
    quotation(
        "ledger.txt",
        Kind.INDIRECT,
        "the gates would be closed by hand if the pumps failed again",
        "said",
        speaker=speaker("ledger.txt", MARLOW, "Ines Marlow", role="harbour master"),
    ),
    quotation(
        "ledger.txt",
        Kind.DIRECT,
        GATES,
        "told",
        speaker=Speaker(
            MARLOW, "Marlow", *span("ledger.txt", "Marlow told")[:1], span("ledger.txt", "Marlow told")[0] + 6
        ),
        sources=(WIRE_TOLD,),
        when=MARCH,
    ),
    quotation(
        "ledger.txt",
        Kind.FRAGMENT,
        "paper wall",
        "called",
        speaker=speaker("ledger.txt", MARLOW, "She"),
        confidence=0.4,
    ),
)
COURIER = (
    quotation(
        "courier.txt",
        Kind.DIRECT,
        GATES_CUT,
        "said",
        speaker=speaker("courier.txt", MARLOW, MARLOW),
        sources=(WIRE_SAID,),
    ),
)
OFFICIALS = speaker("beacon.txt", "Officials at the port", "Officials at the port", kind=SpeakerKind.DESCRIPTION)
BEACON = (quotation("beacon.txt", Kind.INDIRECT, GATES_TOLD, "said", speaker=OFFICIALS),)
GAZETTE = (
    quotation(
        "gazette.txt",
        Kind.DIRECT,
        GATES_SHALL,
        "said",
        speaker=speaker("gazette.txt", MARLOW, MARLOW),
        sources=(WIRE_FROM,),
        when=APRIL,
    ),
    quotation("gazette.txt", Kind.INDIRECT, RANK, "according to", sources=(INSTITUTE,)),
)
MIRROR = (
    quotation(
        "mirror.txt",
        Kind.DIRECT,
        "I have not slept since the storm,",
        "said",
        speaker=speaker("mirror.txt", "Tom Okafor", "Tom Okafor", role="a baker"),
    ),
)


def ops(a: str, b: str) -> tuple[Op, ...]:
    return tuple(SequenceMatcher(None, a, b, autojunk=False).get_opcodes())


def drift(label: Label, severity: Severity, sides: tuple[str, str], change: tuple[str, str], note: str) -> Drift:
    """A drift at the first place of each half of `change` in its side; None on a side without words."""
    (a, b), (was, now) = sides, change
    left = (a.index(was), a.index(was) + len(was)) if was else None
    right = (b.index(now), b.index(now) + len(now)) if now else None
    return Drift(label, severity, left, right, note)


def compared(a: str, b: str, *found: Drift) -> Comparison:
    return Comparison(True, 90.0, max((d.severity for d in found), default=Severity.NONE), found, ops(a, b))


def rendering(q: Quotation) -> Rendering:
    return Rendering(q.article, q.kind, q.start, q.end, q.text, q.id, q.speaker, q.sources, q.when)


def stated(origin: str, id_: str, relation: Relation, proof: str) -> Edge:
    return Edge(origin, id_, relation, True, id_, *span(id_, proof), proof)


def gates() -> Family:
    sides = GATES, GATES_CUT
    left_out = "Words are left out inside the marks without a sign."
    cut = compared(*sides, drift(Label.OMISSION, Severity.MAJOR, sides, (" in the old town", ""), left_out))
    sides = GATES, GATES_TOLD
    told = compared(
        *sides,
        Drift(Label.DIRECT_TO_INDIRECT, Severity.NONE, None, None, "Told in the writer’s own words."),
        drift(Label.NUMBER, Severity.CRITICAL, sides, ("nine minutes", "ninety minutes"), "Nine became ninety."),
        Drift(Label.SPEAKER_GENERALISED, Severity.MAJOR, None, None, "Ines Marlow became “officials”."),
        Drift(Label.SOURCE_LOST, Severity.MAJOR, None, None, "Harbour Wire is not credited."),
    )
    sides = GATES, GATES_SHALL
    shall = compared(
        *sides,
        drift(Label.SUBSTITUTION, Severity.MINOR, sides, ("will", "shall"), "A modal verb is exchanged."),
        Drift(Label.TRUNCATION, Severity.MINOR, (45, len(GATES)), None, "The end is missing."),
        Drift(Label.DATE_CONFLICT, Severity.MAJOR, None, None, "March 3 in one, April 3 in the other."),
    )
    chain = Chain(
        (
            stated("Harbour Wire", "ledger.txt", Relation.TOLD, "Marlow told Harbour Wire"),
            stated("Harbour Wire", "courier.txt", Relation.ACCORDING_TO, "according to Harbour Wire"),
            stated("Harbour Wire", "gazette.txt", Relation.CREDITED_FROM, "Credited from: Harbour Wire"),
            Edge("courier.txt", "beacon.txt", None, False, "beacon.txt", 0, 0, ""),
        ),
        ("Harbour Wire",),
    )
    members = (rendering(LEDGER[1]), rendering(COURIER[0]), rendering(BEACON[0]), rendering(GAZETTE[0]))
    return Family("f-gates", members, 0, BaseReason.EARLIEST, (None, cut, told, shall), Severity.CRITICAL, chain)


def rank() -> Family:
    start, end = span("beacon.txt", RANK)
    restated = Rendering("beacon.txt", Kind.RESTATED, start, end, RANK)
    lost = compared(
        RANK, RANK, Drift(Label.SOURCE_LOST, Severity.MAJOR, None, None, "The Coastal Institute is not credited.")
    )
    chain = Chain(
        (stated("Coastal Institute", "gazette.txt", Relation.ACCORDING_TO, "according to the Coastal Institute"),)
    )
    return Family(
        "f-rank", (restated, rendering(GAZETTE[1])), 1, BaseReason.FULLEST, (lost, None), Severity.MAJOR, chain
    )


def corpus() -> Corpus:
    found = {
        "ledger.txt": (LEDGER, (WIRE_TOLD, SURVEY)),
        "courier.txt": (COURIER, (WIRE_SAID,)),
        "beacon.txt": (BEACON, ()),
        "gazette.txt": (GAZETTE, (WIRE_FROM, INSTITUTE)),
        "mirror.txt": (MIRROR, ()),
    }
    return Corpus(
        tuple(Extraction(article(id_), quotations, credits) for id_, (quotations, credits) in found.items()),
        (Skipped("scan.pdf", "holds no text"),),
    )


def families() -> tuple[Family, ...]:
    return (rank(), gates())


def crowd(size: int = 40) -> tuple[Corpus, tuple[Family, ...]]:
    """A long statement in `size` articles: the second changed one word in its middle, all others have it as it is."""
    said = " ".join(
        f"The {name} gate was closed at {hour} and nobody was told of it." for hour, name in enumerate(GATE_NAMES)
    )
    changed = said.replace("The seventh gate was closed", "The seventh gate was opened")
    texts = [said, changed, *[said] * (size - 2)]
    extractions, members = [], []
    for number, text in enumerate(texts):
        article = Article(f"a{number}.txt", f"“{text}” she said.\n", f"Story {number}", f"Outlet {number}")
        own = Quotation(f"q{number}", article.id, Kind.DIRECT, 1, 1 + len(text), text)
        extractions.append(Extraction(article, (own,)))
        members.append(rendering(own))
    one_word = drift(Label.SUBSTITUTION, Severity.MAJOR, (said, changed), ("closed at 6", "opened at 6"), "")
    comparisons = (None, compared(said, changed, one_word), *[compared(said, said) for _ in range(size - 2)])
    family = Family("f-crowd", tuple(members), 0, BaseReason.FULLEST, comparisons, Severity.MAJOR)
    return Corpus(tuple(extractions)), (family,)


GATE_NAMES = "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth".split()
