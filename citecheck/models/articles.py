"""One article, what it says, and a corpus of articles."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import field, replace
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from citecheck.models.copies import Copied
from citecheck.models.values import value
from citecheck.models.words import Kind, Relation, Span, SpeakerKind, Tier


class NoteKind(StrEnum):
    """What a writer put beside words."""

    LINK = "link"
    NOTE = "note"  # a footnote or an endnote
    COMMENT = "comment"


@value
class Note:
    """What somebody put beside the words at `start:end` of a text; an empty span is a place between two words.

    `text` is the address of a link, else the words of the note or comment, a line for each paragraph. `resolved`: the
    comment was marked as settled.
    """

    kind: NoteKind
    start: int
    end: int
    text: str
    author: str = ""
    resolved: bool = False


class Earlier(NamedTuple):
    """That a newer text took an article's place in an archive: under which id, and the how manieth was replaced."""

    of: str
    number: int


@value
class Article:
    """One text with what is known of it. `text` is the only coordinate system, exactly as it was decoded.

    `published` and `modified` (when the publisher changed it last) are ISO 8601, as precise as the page gave them.
    `body` is the part that a reader would call the article: cookie notices, teasers and comment forms at its end lie
    outside. `digest` is the SHA-256 of the text as UTF-8. `path` is where it was read from (None for a value made in
    memory) and `encoding` how it was decoded.
    """

    id: str
    text: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    byline: str | None = None
    language: str | None = None
    path: str | None = None
    encoding: str | None = None
    digest: str = ""
    body: Span | None = None
    #: Spans that the page itself marks as quotations (`<q>`, `<blockquote>`), marks or no marks in the text.
    marked: tuple[Span, ...] = ()
    modified: str | None = None
    #: Where a person finds an offset in the document that was read: `(offset, label)` in rising order, each label good
    #: until the next ("page 3", "00:12:05", "paragraph 12"). Empty where lines of the text say it.
    places: tuple[tuple[int, str], ...] = ()
    #: How near to the words the form of the document says that it stands (a transcript, wire copy, the excerpt in a
    #: feed); None where it says nothing. What the user says of its outlet comes first.
    tier: Tier | None = None
    #: Links, notes and comments, in order of place; they are kept for a draft under check and in no archive.
    notes: tuple[Note, ...] = ()
    #: Stretches of the text that no reader sees as words of the article: addresses of links, marks and texts of notes.
    markup: tuple[Span, ...] = ()
    #: None for the newest text of its id, and for all that is in no archive.
    earlier: Earlier | None = None

    @property
    def name(self) -> str:
        """The id under which it came, which a newer text may have by now."""
        return self.earlier.of if self.earlier else self.id

    @property
    def shown(self) -> str:
        """`text` with spaces for its `markup`, so that places in it stay what they were."""
        shown, at = [], 0
        for start, end in self.markup:
            shown += [self.text[at:start], " " * (end - start)]
            at = end
        return "".join((*shown, self.text[at:]))

    @property
    def body_span(self) -> Span:
        """`body`, or the whole text."""
        return self.body if self.body is not None else (0, len(self.text))

    def ranked(self, tiers: Mapping[str, str]) -> int:
        """The rank of its tier: what the user says of its outlet (or of its id) in `tiers`, else what its form
        suggests, else that of an outlet."""
        return Tier(tiers.get(self.publisher or "") or tiers.get(self.name) or self.tier or Tier.OUTLET).rank

    def place(self, offset: int) -> str | None:
        """The label of the place that `offset` lies in; None before the first, or where the article has none."""
        found = bisect_right(self.places, offset, key=lambda place: place[0])
        return self.places[found - 1][1] if found else None


@value
class Skipped:
    """An article that could not be read, and why. It travels down the pipe and is counted in the report."""

    id: str
    reason: str


@value
class When:
    """A date as the text says it, and the interval it means where that can be resolved.

    `earliest` and `latest` are inclusive and None where the text leaves the year open and the article has no date.
    `month` and `day` are what is said literally, so that "December 30" and "January 1" can be told apart undated.
    """

    text: str
    start: int
    end: int
    earliest: date | None = None
    latest: date | None = None
    year: int | None = None
    month: int | None = None
    day: int | None = None


@value
class Cue:
    """The words that say that something was said: said, told, according to."""

    text: str
    start: int
    end: int


@value
class Speaker:
    """Who said it. `name` is the fullest form inside the article; `mention` is what stands beside the quotation.

    `role` is the fullest description that the article gives of a named person ("first deputy CEO of Sberbank").
    """

    name: str
    mention: str
    start: int
    end: int
    kind: SpeakerKind = SpeakerKind.PERSON
    role: str | None = None
    confidence: float = 1.0


@value
class SourceCredit:
    """One mention of one outlet or document that the text credits. `name` is canonical.

    `kind` is the kind of the outlet in the table (agency, newspaper, government …), `document` what of it is credited
    ("report", "post", "Global AI Index"), `when` the date that goes with the credit, `quotation` the id of the record
    that it is credited for.
    """

    name: str
    relation: Relation
    mention: str
    start: int
    end: int
    kind: str | None = None
    document: str | None = None
    when: When | None = None
    quotation: str | None = None


@value
class Quotation:
    """A span of an article that gives someone's words or wears the marks; `start` and `end` exclude the marks.

    `id` is made from the article's id, the kind and the place. `parent` is the id of the record this one stands in,
    `group` is shared by the parts of a split or multi-paragraph quotation. `negated` marks words that the text says
    were denied or declined. `when` is the date that the text gives to the act of saying.
    `confidence` (0 to 1) is the estimated chance that kind and speaker are right.
    """

    id: str
    article: str
    kind: Kind
    start: int
    end: int
    text: str
    speaker: Speaker | None = None
    cue: Cue | None = None
    sources: tuple[SourceCredit, ...] = ()
    parent: str | None = None
    group: str | None = None
    when: When | None = None
    negated: bool = False
    confidence: float = 1.0


@value
class Extraction:
    """All that one article says: its quotations in order of place, and each mention of a credited source."""

    article: Article
    quotations: tuple[Quotation, ...] = ()
    credits: tuple[SourceCredit, ...] = ()

    def written_as(self, article: Article) -> Extraction:
        """The same spans in the words of `article`, whose text is as long: what was found in a text without its markup,
        in the text as it is."""

        def credited(item: SourceCredit) -> SourceCredit:
            return replace(item, mention=article.text[item.start : item.end])

        def said(item: Quotation) -> Quotation:
            cue, speaker = item.cue, item.speaker
            return replace(
                item,
                text=article.text[item.start : item.end],
                cue=cue and replace(cue, text=article.text[cue.start : cue.end]),
                speaker=speaker and replace(speaker, mention=article.text[speaker.start : speaker.end]),
                sources=tuple(map(credited, item.sources)),
            )

        return Extraction(article, tuple(map(said, self.quotations)), tuple(map(credited, self.credits)))


class Listed(NamedTuple):
    """An article of an archive as a catalogue has it: by what it may be called. `outlet` is who published it."""

    id: str
    title: str | None
    outlet: str | None
    url: str | None
    path: str | None


@value
class Searched:
    """How much was looked through before something was called not found; copies and versions are one article."""

    articles: int
    quotations: int


@value
class Corpus:
    """Everything that was read, and what could not be. Article ids are unique in it.

    `copies` has the articles that are another one again, by id; one may be of an article that is not in this part of an
    archive. They follow from the articles, and make no corpus another one.
    """

    extractions: tuple[Extraction, ...]
    skipped: tuple[Skipped, ...] = ()
    copies: Mapping[str, Copied] = field(default_factory=dict, compare=False)

    @classmethod
    def joined(cls, corpora: Iterable[Corpus]) -> Corpus:
        """All corpora as one. Ids are the coordinates of all that is said of a corpus: of two articles with one id the
        first is kept, and the other is skipped where its text is another. Copies are to be found anew."""
        kept: dict[str, Extraction] = {}
        skipped: list[Skipped] = []
        for corpus in corpora:
            skipped += corpus.skipped
            for item in corpus.extractions:
                first = kept.setdefault(item.article.id, item)
                if first.article.digest != item.article.digest:
                    skipped.append(Skipped(item.article.id, "another article of this id was read before it"))
        return cls(tuple(kept.values()), tuple(skipped))

    def original(self, article: str) -> str:
        """The article whose text it is: itself, or where its links of copies and versions end."""
        while article in self.copies:
            article = self.copies[article].of
        return article

    def distinct(self, articles: Iterable[str]) -> int:
        """How many articles these are, with copies and versions of one counted once."""
        return len({self.original(article) for article in articles})

    @property
    def articles(self) -> Mapping[str, Article]:
        return {item.article.id: item.article for item in self.extractions}

    @property
    def searched(self) -> Searched:
        articles = self.distinct(item.article.id for item in self.extractions)
        return Searched(articles, sum(len(item.quotations) for item in self.extractions))


@value
class Added:
    """What adding to an archive did: articles that are new or changed, articles that were there already, what was
    skipped, and how many of those that were there were extracted again, for an older program had done it."""

    changed: int
    known: int
    skipped: tuple[Skipped, ...] = ()
    again: int = 0


@value
class Waiting:
    """What is still to do in a long step: `left` articles, or families that changed."""

    what: str
    left: int
    doing: str = "grouping"
