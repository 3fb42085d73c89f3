"""What several pages need to know of a corpus, worked out once: queue order, names, numbers, cross-references."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from citecheck.html.addresses import Here, article_page, quotation_fragment, source_page, speaker_page
from citecheck.html.marks import DECAY, clip, day
from citecheck.models import (
    Article,
    Copied,
    Corpus,
    Extraction,
    Family,
    Kind,
    Label,
    Quotation,
    Relation,
    Rendering,
    Severity,
    SourceCredit,
    SpeakerKind,
)
from citecheck.text.names import same_person, surname


class ArticleLink(NamedTuple):
    """How an article is named wherever it is mentioned: by its publisher, or by its title where none is given."""

    name: str
    title: str
    published: str | None
    iso: str | None
    href: str


class Totals(NamedTuple):
    """How many statements drift, lost an attribution somewhere, have a single origin; how many renderings restate
    without marks what others quote; how many quotations in marks nothing here confirms or differs from."""

    drifting: int
    lost: int
    single: int
    restated: int
    alone: int


class Census:
    """The corpus and its families in queue order (worst first), with lookups from each side to the other."""

    def __init__(self, corpus: Corpus, families: Iterable[Family]) -> None:
        self.corpus = corpus
        self.families: tuple[Family, ...] = tuple(sorted(families, key=self._queue_order))
        self.articles: Mapping[str, Article] = corpus.articles
        self.quotations: dict[str, Quotation] = {q.id: q for item in corpus.extractions for q in item.quotations}
        self._links: dict[str, ArticleLink] = {}
        self._bylines = {
            item.article.id: [
                c.start for c in item.credits if c.relation in (Relation.PUBLISHER, Relation.CREDITED_FROM)
            ]
            for item in corpus.extractions
        }
        self._credited = {
            item.article.id: next((c.name for c in item.credits if c.relation is Relation.PUBLISHER), None)
            for item in corpus.extractions
        }

    def _queue_order(self, family: Family) -> tuple[object, ...]:
        """Worst first; among equals the one with more labels of that weight, then the one in more articles."""
        drifts = [drift for item in family.comparisons if item for drift in item.drift]
        heavy = len({drift.label for drift in drifts if drift.severity == family.severity})
        return -family.severity, -heavy, -self.articles_of(family), family.renderings[family.base].text[:200], family.id

    def articles_of(self, family: Family) -> int:
        """In how many articles a statement stands, copies and versions counted once."""
        return self.corpus.distinct(rendering.article for rendering in family.renderings)

    def single_origin(self, family: Family) -> bool:
        """Whether several articles have it from one place."""
        return self.articles_of(family) > 1 and len(family.chain.origins) == 1

    @cached_property
    def totals(self) -> Totals:
        """What the first page counts."""
        return Totals(
            drifting=sum(map(drifts, self.families)),
            lost=sum(map(decayed, self.families)),
            single=sum(map(self.single_origin, self.families)),
            restated=sum(map(unquoted, self.families)),
            alone=sum(map(self._alone, self.quotations.values())),
        )

    def _alone(self, quotation: Quotation) -> bool:
        """Whether a quotation in marks stands in one place only, its copies aside."""
        if not quotation.kind.quoted or quotation.parent is not None or quotation.article in self.corpus.copies:
            return False
        family = self.family_of.get(quotation.id)
        return not family or (len({one.article for one in family.renderings}) > 1 and self.articles_of(family) == 1)

    @cached_property
    def extractions(self) -> Mapping[str, Extraction]:
        """Article id → what it says."""
        return {item.article.id: item for item in self.corpus.extractions}

    @cached_property
    def followers(self) -> Mapping[str, Sequence[Copied]]:
        """Article id → the links of those that are its copies and versions."""
        found: dict[str, list[Copied]] = defaultdict(list)
        for link in self.corpus.copies.values():
            found[link.of].append(link)
        return found

    @cached_property
    def places(self) -> Mapping[str, Sequence[tuple[Family, int]]]:
        """Article id → each (family, index of the rendering) that stands in it, in queue order."""
        found: dict[str, list[tuple[Family, int]]] = defaultdict(list)
        for family in self.families:
            for index, rendering in enumerate(family.renderings):
                found[rendering.article].append((family, index))
        return found

    @cached_property
    def family_of(self) -> Mapping[str, Family]:
        """Quotation id → the worst family that it belongs to."""
        found: dict[str, Family] = {}
        for family in self.families:
            for rendering in family.renderings:
                if rendering.quotation:
                    found.setdefault(rendering.quotation, family)
        return found

    @cached_property
    def by_speaker(self) -> Mapping[str, Sequence[Quotation]]:
        """Speaker → what the articles give as said by them; names of one person stand under the commonest of them."""
        found: dict[str, list[Quotation]] = defaultdict(list)
        for quotation in self.quotations.values():
            if quotation.speaker is not None and quotation.kind.speech:
                found[self.one_name[quotation.speaker.name]].append(quotation)
        return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))

    @cached_property
    def told(self) -> Mapping[str, int]:
        """Article id → how many statements it quotes or reports."""
        return Counter(quotation.article for quotation in self.quotations.values() if quotation.kind.speech)

    @cached_property
    def one_name(self) -> Mapping[str, str]:
        """Each speaker's name → the name under which that person has a page."""
        speakers = [q.speaker for q in self.quotations.values() if q.speaker and q.kind.speech]
        tally = Counter(speaker.name for speaker in speakers)
        persons = {speaker.name for speaker in speakers if speaker.kind is SpeakerKind.PERSON}
        heads: dict[str, list[str]] = defaultdict(list)  # surname → names that have a page
        chosen: dict[str, str] = {}
        for name in sorted(tally, key=lambda name: (-tally[name], -len(name), name)):
            known = heads[surname(name)] if name in persons else []
            chosen[name] = next((head for head in known if same_person(head, name)), name)
            if chosen[name] == name:
                known.append(name)
        return chosen

    def speaker_href(self, here: Here, name: str) -> str:
        """The address of a speaker's page; empty where the name says nothing anywhere."""
        return here.to(speaker_page(self.one_name[name])) if name in self.one_name else ""

    def source_href(self, here: Here, name: str) -> str:
        """The address of a source's page; empty where no article credits it."""
        return here.to(source_page(name)) if name in self.by_source else ""

    @cached_property
    def by_source(self) -> Mapping[str, Sequence[tuple[str, SourceCredit]]]:
        """Source name → (article id, credit) of each mention that is no by-line of its own publisher."""
        found: dict[str, list[tuple[str, SourceCredit]]] = defaultdict(list)
        for item in self.corpus.extractions:
            for credit in item.credits:
                if credit.relation is not Relation.PUBLISHER:
                    found[credit.name].append((item.article.id, credit))
        return dict(sorted(found.items(), key=lambda entry: (-len(entry[1]), entry[0])))

    @cached_property
    def families_by_source(self) -> Mapping[str, Sequence[Family]]:
        """Source name → the families in which a rendering credits it, in queue order."""
        found: dict[str, list[Family]] = defaultdict(list)
        for family in self.families:
            for name in sorted({credit.name for item in family.renderings for credit in item.sources}):
                found[name].append(family)
        return found

    @cached_property
    def names(self) -> Mapping[str, Mapping[str, str]]:
        """Sort of name (`p` speaker, `o` source, `a` article) → token → name: `p12` is short where a name is long."""
        found: dict[str, dict[str, str]] = {"p": {}, "o": {}, "a": {}}
        for family in self.families:
            for sort, named in zip("poa", self._named(family), strict=True):
                found[sort] |= dict.fromkeys(named, "")
        return {sort: {f"{sort}{at}": name for at, name in enumerate(own)} for sort, own in found.items()}

    @cached_property
    def tokens(self) -> Mapping[str, Sequence[str]]:
        """Family id → what the filters of the queue look for: `s3 l-omission k-direct p0 o4 a7`."""
        numbers = {sort: {name: token for token, name in own.items()} for sort, own in self.names.items()}
        made: dict[str, Sequence[str]] = {}
        for family in self.families:
            found = [f"s{int(family.severity)}"]
            found += [f"l-{label}" for label in sorted(labels_of(family))]
            found += [f"k-{kind}" for kind in sorted({item.kind for item in family.renderings})]
            for sort, named in zip("poa", self._named(family), strict=True):
                found += [numbers[sort][name] for name in named]
            made[family.id] = found
        return made

    @cached_property
    def token_tally(self) -> Mapping[str, int]:
        """Token → how many families have it."""
        return Counter(token for found in self.tokens.values() for token in found)

    def _named(self, family: Family) -> tuple[list[str], list[str], list[str]]:
        """The speakers, the sources and the articles (by publisher, else by title) of a family, each once."""
        speakers = dict.fromkeys(item.speaker.name for item in family.renderings if item.speaker)
        sources = dict.fromkeys(credit.name for item in family.renderings for credit in item.sources)
        articles = dict.fromkeys(self.link(Here("index"), item.article).name for item in family.renderings)
        return list(speakers), list(sources), list(articles)

    def title(self, article: Article) -> str:
        """The title, or the first line of the text that is more than a credit of where it is from."""
        if article.title:
            return article.title
        start, end = article.body_span
        credits = self._bylines.get(article.id, ())
        for line in article.text[start : min(end, start + 4000)].splitlines(keepends=True):
            only_credit = len(line) < 80 and any(start <= place < start + len(line) for place in credits)
            start += len(line)
            if line.strip() and not only_credit:
                return line.strip().lstrip("-•*# ")
        return ""

    def publisher(self, article_id: str) -> str | None:
        article = self.articles.get(article_id)
        return (article.publisher if article else None) or self._credited.get(article_id)

    def link(self, here: Here, article_id: str, fragment: str = "") -> ArticleLink:
        """The article as a link, at `fragment` where one is given."""
        known = self._links.get(article_id)
        if known is None:
            known = self._links[article_id] = self._link(article_id)
        there = article_id in self.articles
        return known._replace(href=here.to(article_page(article_id), fragment)) if there else known

    def _link(self, article_id: str) -> ArticleLink:
        """The same without an address."""
        article = self.articles.get(article_id)
        publisher = self.publisher(article_id)
        if article is None:
            return ArticleLink(article_id, article_id, None, None, "")
        title = clip(self.title(article), 90) or article_id
        return ArticleLink(
            name=publisher or clip(title, 60),
            title=title if publisher else "publisher not given",
            published=day(article.published),
            iso=article.published,
            href="",
        )

    def rendering_link(self, here: Here, rendering: Rendering) -> ArticleLink:
        fragment = quotation_fragment(rendering.quotation, rendering.start, rendering.end)
        return self.link(here, rendering.article, fragment)


def labels_of(family: Family) -> frozenset[Label]:
    return frozenset(drift.label for item in family.comparisons if item for drift in item.drift)


def decayed(family: Family) -> bool:
    """Whether speaker or source were lost or made vague on the way."""
    return bool(labels_of(family) & DECAY)


def unquoted(family: Family) -> int:
    """How many renderings tell the statement without marks while others quote it."""
    if not any(item.kind.quoted for item in family.renderings):
        return sum(item.kind is Kind.RESTATED for item in family.renderings)
    return sum(not item.kind.quoted for item in family.renderings)


def drifts(family: Family) -> bool:
    return family.severity >= Severity.MINOR
