"""Little corpora about events of our own making: a dam, an airline, a central bank."""

from __future__ import annotations

from dataclasses import dataclass

from citecheck.models import (
    Article,
    Corpus,
    Extraction,
    Kind,
    Quotation,
    Relation,
    SourceCredit,
    Speaker,
    SpeakerKind,
    make_id,
)


@dataclass(frozen=True)
class Said:
    """A record of an article: its words, who said them, and the outlet that is credited."""

    text: str
    speaker: str | None = None
    kind: Kind = Kind.INDIRECT
    source: str | None = None


def article(id_: str, text: str, *said: Said, publisher: str | None = None, published: str | None = None) -> Extraction:
    """An extraction with a record for each of `said`, found by its words."""
    value = Article(id_, text, publisher=publisher, published=published)
    records = tuple(_record(value, one) for one in said)
    credits = tuple(source for record in records for source in record.sources)
    return Extraction(value, tuple(sorted(records, key=lambda record: record.start)), credits)


def _record(value: Article, said: Said) -> Quotation:
    start = value.text.index(said.text)
    speaker = None
    if said.speaker:
        kind = SpeakerKind.PERSON if said.speaker.istitle() else SpeakerKind.DESCRIPTION
        speaker = Speaker(said.speaker, said.speaker, 0, 0, kind)
    sources = ()
    if said.source:
        at = value.text.index(said.source)
        sources = (SourceCredit(said.source, Relation.TOLD, said.source, at, at + len(said.source)),)
    end = start + len(said.text)
    return Quotation(
        make_id(value.id, start, end), value.id, said.kind, start, end, said.text, speaker, sources=sources
    )


def corpus(*extractions: Extraction) -> Corpus:
    return Corpus(extractions)


DAM = corpus(
    article(
        "dam-1",
        "Water broke through the Orrin dam on Tuesday, and 412 families had to leave the valley.\n"
        "“We heard a crack like a rifle and then the wall was simply gone,” said Lena Brack, who keeps an inn.\n"
        "The engineer Tomas Vidal told the Valley Courier that the spillway had not been inspected for eleven years.\n"
        "Repairs would cost 38 million crowns, the governor, Ilse Marten, said.\n",
        Said("We heard a crack like a rifle and then the wall was simply gone,", "Lena Brack", Kind.DIRECT),
        Said("the spillway had not been inspected for eleven years", "Tomas Vidal", source="Valley Courier"),
        Said("Repairs would cost 38 million crowns", "Ilse Marten"),
    ),
    article(
        "dam-2",
        "An innkeeper, Lena Brack, said: “We heard a crack like a rifle and the wall was gone.”\n"
        "Experts said nobody had inspected the spillway in eleven years.\n"
        "The governor put the price of the repairs at 38 million crowns and promised to pay for hotels.\n"
        "Marten said the state would also look for the owners of the old quarry above the lake.\n",
        Said("We heard a crack like a rifle and the wall was gone.", "Lena Brack", Kind.DIRECT),
        Said("nobody had inspected the spillway in eleven years", "experts"),
        Said("the state would also look for the owners of the old quarry above the lake", "Ilse Marten"),
    ),
    article(
        "dam-3",
        "The valley is empty after the Orrin dam gave way.\n"
        "Rebuilding the wall will cost 38 million crowns, and the work is to last three winters.\n"
        "Governor Marten said she had asked the army for boats.\n"
        "Fish have been found in the cellars of the town hall.\n",
        Said("she had asked the army for boats", "Ilse Marten"),
    ),
)

#: One speaker, one topic, and statements that are not the same.
BANK = corpus(
    article(
        "bank-1",
        "Governor Ada Lund said that inflation would fall below three percent by the summer.\n"
        "She said the board had discussed a larger cut and rejected it.\n"
        "“Wages are the risk we watch most closely,” Lund said.\n",
        Said("inflation would fall below three percent by the summer", "Ada Lund"),
        Said("the board had discussed a larger cut and rejected it", "Ada Lund"),
        Said("Wages are the risk we watch most closely,", "Ada Lund", Kind.DIRECT),
    ),
    article(
        "bank-2",
        "Lund said inflation risks had not gone away and that rents kept rising.\n"
        "The board would meet again in May, she said.\n"
        "Ms Lund also told reporters that she saw wages growing by five percent.\n",
        Said("inflation risks had not gone away", "Ada Lund"),
        Said("The board would meet again in May", "Ada Lund"),
        Said("she saw wages growing by five percent", "Ada Lund"),
    ),
)
