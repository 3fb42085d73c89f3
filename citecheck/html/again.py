"""What the pages tell of copies and versions: of which article one is another, and what changed."""

from __future__ import annotations

from typing import NamedTuple

from citecheck.copies.changes import changes
from citecheck.html.addresses import Here, article_page, quotation_fragment
from citecheck.html.census import ArticleLink, Census
from citecheck.html.diff import Piece, drawn
from citecheck.html.marks import SeverityMark, clip, severity_mark
from citecheck.html.parts import Note, notes
from citecheck.models import Again, Comparison, Quotation, Severity

_WORDS = {Again.COPY: "Copy", Again.VERSION: "Version"}
_HEADINGS = {
    Again.COPY: "Differences from the article that this is a copy of",
    Again.VERSION: "Changes since the earlier version",
}
#: Characters of a statement in a list; all of it stands in the article.
_LONGEST = 400


class AgainMark(NamedTuple):
    """That an article is another one again: "Copy" or "Version", of which, and whether dates say so."""

    kind: str
    other: ArticleLink
    ordered: bool


class Said(NamedTuple):
    """A quotation or a reported statement that only one of the two has, with the address of its place."""

    words: str
    quoted: bool
    speaker: str
    href: str


class Retold(NamedTuple):
    """A statement that both have, with what is otherwise in the later one; its words alone where little is alike."""

    pieces: tuple[Piece, ...]
    speaker: str
    href: str
    severity: SeverityMark
    notes: tuple[Note, ...]


class ChangesView(NamedTuple):
    """The section of an article page that tells what changed."""

    heading: str
    mark: AgainMark
    share: str
    headline: tuple[str, str] | None
    added: tuple[Said, ...]
    dropped: tuple[Said, ...]
    changed: tuple[Retold, ...]
    kept: int


def again_mark(census: Census, here: Here, article: str) -> AgainMark | None:
    """Of which article one is another again; None where it is none."""
    link = census.corpus.copies.get(article)
    return AgainMark(_WORDS[link.kind], census.link(here, link.of), link.ordered) if link else None


def followers(census: Census, here: Here, article: str) -> tuple[AgainMark, ...]:
    """The articles that are `article` again."""
    links = census.followers.get(article, ())
    return tuple(AgainMark(_WORDS[link.kind], census.link(here, link.article), link.ordered) for link in links)


def changes_view(census: Census, here: Here, article: str) -> ChangesView | None:
    """What changed in an article that is another one again; None where it is none, or the other is not here."""
    link, mark = census.corpus.copies.get(article), again_mark(census, here, article)
    if link is None or mark is None or link.of not in census.extractions:
        return None
    found = changes(census.extractions[link.of], census.extractions[article], link)
    return ChangesView(
        _HEADINGS[link.kind] if link.ordered or link.kind is Again.COPY else "Differences from another version",
        mark,
        f"{link.contained:.0%} of the shorter text stands in the other.",
        found.headline,
        tuple(_said(here, one) for one in found.added),
        tuple(_said(here, one) for one in found.dropped),
        tuple(_retold(here, *pair) for pair in found.changed),
        found.kept,
    )


def _speaker(one: Quotation) -> str:
    return one.speaker.name if one.speaker else ""


def _href(here: Here, one: Quotation) -> str:
    return here.to(article_page(one.article), quotation_fragment(one.id, one.start, one.end))


def _said(here: Here, one: Quotation) -> Said:
    return Said(clip(one.text, _LONGEST), one.kind.quoted, _speaker(one), _href(here, one))


def _retold(here: Here, one: Quotation, other: Quotation, compared: Comparison) -> Retold:
    grave = [item for item in compared.drift if item.severity > Severity.COSMETIC]
    return Retold(
        drawn(one.text, other.text, compared)[0],
        _speaker(other),
        _href(here, other),
        severity_mark(compared.severity),
        notes(grave, one.text, other.text),
    )
