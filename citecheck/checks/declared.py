"""The sources that the writer gives for a quotation: a link, a footnote or a comment at its words.

Policy: what a writer gives is looked at before every other witness. It may be an address, a file, a title or the name
of an outlet. What stands on the quotation or right behind it is given for it; a link elsewhere in its sentence is,
where it leads to an article of the archive (links lead to background as well). A comment that names nothing of this
kind is no source.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from citecheck.checks.catalogue import Catalogue, Listing
from citecheck.checks.draft import Draft
from citecheck.checks.witnesses import Library, Witness
from citecheck.checks.wording import SHORT, nearest
from citecheck.matching import Index, trace
from citecheck.models import Corpus, Extraction, Finding, Hit, Listed, Note, NoteKind, Quotation, Searched, Severity
from citecheck.sources import Outlets, load_outlets
from citecheck.text.addresses import names_page
from citecheck.text.called import LEAST_TITLE, Name, address, file_name
from citecheck.text.words import keys

#: The author of the comments that the check itself writes into a Word file: they name witnesses, and give no source.
AUTHOR = "citecheck"
#: Of a longer note only so much is read: a source is given at its beginning.
_MOST = 2_000
#: So far behind a quotation something may stand “right after” it, with nothing but marks and spaces between.
_GAP = 40
#: An outlet that is named in a longer comment is talked of; in a short one, or behind “source”, it is the source.
_SHORT_COMMENT = 12
_SOURCE = re.compile(r"\b(?:source|via|from|see|cf|ref)\b", re.IGNORECASE)
#: Words of the longest title that is looked for; a shorter name of a file may stand in any sentence.
_LONGEST_TITLE, _FILE_LENGTH = 40, 4
_ADDRESS = re.compile(r"https?://[^\s<>\"”’]+|\b(?:[\w-]{1,63}\.){1,5}[a-z]{2,10}/[^\s<>\"”’]+", re.IGNORECASE)
_FILE = re.compile(r"[^\s\"“”'‘’()<>\[\]]+")
#: What names of files of articles end in: one that the archive does not have is named, and not found.
_KNOWN_FILE = re.compile(r"\.(?:txt|md|html?|pdf|docx|odt|rtf|eml|jsonl?|xml|srt|vtt)\Z", re.IGNORECASE)
_WORD = re.compile(r"[A-ZÀ-Þ0-9][\w’'-]*")


class Given(NamedTuple):
    """A source as the writer gives it, and the ids of the articles that it means: of an outlet those that were loaded.

    `known`: the archive has it. `seen`: readers see it too, so that it is a credit. `outlet`: it is no more than the
    name of one.
    """

    said: str
    articles: frozenset[str]
    known: bool
    seen: bool = False
    outlet: bool = False


class _Named(NamedTuple):
    """What a note may mean: as it says it, the articles, whether that is an outlet, and whether the archive has it."""

    said: str
    articles: Sequence[Listed] = ()
    outlet: bool = False
    known: bool = False


class Shelf:
    """The articles of an archive by all that a writer may call them. `loaded` are those that a search has at hand."""

    def __init__(self, catalogue: Catalogue, loaded: Iterable[Listed]) -> None:
        self._catalogue = catalogue
        self.by_id: dict[str, Listed] = {}  # those that were named
        self._loaded: dict[str, list[Listed]] = defaultdict(list)
        for item in map(_named_as_credited, loaded):
            if item.outlet:
                self._loaded[item.outlet].append(item)

    @cached_property
    def outlets(self) -> frozenset[str]:
        """Who published the articles, under the names that credits give them."""
        return frozenset(map(load_outlets().canonical, self._catalogue.publishers()))

    @cached_property
    def known(self) -> Outlets:
        return load_outlets()

    def called(self, article: str) -> str:
        """An article in a sentence: “its title” of its outlet."""
        item = self.by_id[article]
        name = f"“{' '.join(item.title.split())}”" if item.title else item.id
        return f"{name} of {item.outlet}" if item.outlet else name

    def means(self, note: Note) -> Given | None:
        """What a note gives as a source; None where it gives none."""
        text = note.text[:_MOST]
        seen = note.kind is not NoteKind.COMMENT
        if note.author == AUTHOR or text.startswith(("#", "mailto:", "tel:", "javascript:", "citecheck:")):
            return None
        for named in self._named(note, text):
            items = [*map(_named_as_credited, named.articles)]
            self.by_id |= {item.id: item for item in items}
            return Given(named.said, frozenset(item.id for item in items), named.known, seen, named.outlet)
        return None

    def _named(self, note: Note, text: str) -> Iterator[_Named]:
        """Candidates, the most exact first: what the archive has before what it has not."""
        addresses = [match[0].rstrip(".,;:!?)]}»") for match in _ADDRESS.finditer(text)]
        pages = self._catalogue.called(Name.ADDRESS, [*map(address, addresses)])
        yield from (_Named(one, pages[address(one)], known=True) for one in addresses if address(one) in pages)
        paths = {
            name.rstrip(".,;:!?").replace("\\", "/"): PurePosixPath(name).name.rstrip(".,;:!?")
            for name in (unquote(text), *_FILE.findall(text))
        }
        files = self._catalogue.called(Name.FILE, {name for name in map(file_name, paths) if len(name) >= _FILE_LENGTH})
        for path, said in paths.items():
            if found := files.get(file_name(path)):
                yield _Named(said, found, known=True)
        if note.kind is NoteKind.LINK:
            yield from self._elsewhere(addresses, [])
            return
        yield from self._titled(text)
        yield from self._published(note, text, addresses)
        yield from self._elsewhere(addresses, _FILE.findall(text))

    def _titled(self, text: str) -> Iterator[_Named]:
        """The articles whose whole title stands in the text, the longest title first."""
        spelled = keys(text).split(" ")
        lengths = range(min(len(spelled), _LONGEST_TITLE), LEAST_TITLE - 1, -1)
        asked = [
            " ".join(spelled[first : first + length])
            for length in lengths
            for first in range(len(spelled) - length + 1)
        ]
        found = self._catalogue.called(Name.TITLE, asked)
        yield from (_Named(text, found[title], known=True) for title in asked if title in found)

    def _published(self, note: Note, text: str, addresses: Sequence[str]) -> Iterator[_Named]:
        """The outlet that a note names, where it names no page of it."""
        if addresses or (
            note.kind is NoteKind.COMMENT and len(text.split()) > _SHORT_COMMENT and not _SOURCE.search(text)
        ):
            return
        ours = [
            name for name in self.outlets if re.search(rf"(?<!\w){re.escape(name.removeprefix('The '))}(?!\w)", text)
        ]
        if ours:
            yield self._outlet(max(ours, key=lambda name: (len(name), name)))
        for match in _WORD.finditer(text):
            end = self.known.end_at(text, match.start(), match[0])
            outlet = self.known.find(text[match.start() : end]) if end else None
            if outlet is not None:
                yield self._outlet(outlet.name)

    def _outlet(self, name: str) -> _Named:
        return _Named(name, self._loaded.get(name, ()), outlet=True, known=name in self.outlets)

    def _elsewhere(self, addresses: Sequence[str], names: Sequence[str]) -> Iterator[_Named]:
        """A home page stands for its outlet; a page or a file that the archive does not have is not found."""
        for one in addresses:
            key = address(one)
            if not names_page(key):
                outlet = self.known.by_domain(key)
                yield self._outlet(outlet.name if outlet else key)
            yield _Named(one)
        for name in names:
            if _KNOWN_FILE.search(name.rstrip(".,;:!?")):
                yield _Named(name.rstrip(".,;:!?"))


def _named_as_credited(item: Listed) -> Listed:
    return item._replace(outlet=load_outlets().canonical(item.outlet)) if item.outlet else item


def given_articles(extraction: Extraction, catalogue: Catalogue) -> set[str]:
    """The ids of the articles that a draft names as its sources by address, file or title: a check must have them."""
    draft = Draft(extraction, Searched(0, 0))
    given = given_for(draft, Shelf(catalogue, ())) if draft.article.notes and draft.quotations else {}
    return {article for those in given.values() for one in those for article in one.articles}


def given_for(draft: Draft, shelf: Shelf) -> dict[str, list[Given]]:
    """The sources given for each quotation of a draft, by its id; the parts of one broken quotation share theirs."""
    found: dict[str, list[Given]] = {}
    groups: dict[str, list[Given]] = defaultdict(list)
    for note in draft.article.notes:
        means: Given | None = None
        for quotation, close in _at(draft, note):
            means = means or shelf.means(note)
            if means is None:
                break
            if close or means.known:
                found.setdefault(quotation.id, []).append(means)
                groups[quotation.group or quotation.id].append(means)
    return {
        quotation.id: list(dict.fromkeys(given))
        for quotation in draft.quotations
        if (given := found.get(quotation.id) or groups.get(quotation.group or quotation.id))
    }


def _at(draft: Draft, note: Note) -> Iterator[tuple[Quotation, bool]]:
    """The quotations that a note may be given for, and whether it is surely theirs: a note of any kind on them or right
    behind them, a footnote at the end of their sentence. A link on a word of theirs, or on the name of who speaks,
    leads to what that is."""
    text = draft.article.text
    link = note.kind is NoteKind.LINK
    before = [item for item in draft.quotations if item.end <= note.start][-1:]
    after = [item for item in draft.quotations if item.start >= note.end][:1]
    on = [item for item in draft.quotations if item.start - 1 < note.end and note.start < item.end + 1]
    yield from ((item, not link or _covers(note, item)) for item in on)
    for item in before:
        if item in on:
            continue
        between = text[item.end : note.start]
        if len(between) <= _GAP and not re.search(r"\w", between):
            yield item, not (link and _names_speaker(note, item))
        elif note.kind is not NoteKind.COMMENT and not on and note.start <= draft.carrying(item)[1] + 1:
            yield item, note.kind is NoteKind.NOTE
            return
    for item in after:
        if link and not on and draft.carrying(item)[0] <= note.start:
            yield item, False


def _covers(note: Note, quotation: Quotation) -> bool:
    """Whether a link is on at least half of a quotation."""
    shared = min(note.end, quotation.end) - max(note.start, quotation.start)
    return 2 * shared >= quotation.end - quotation.start


def _names_speaker(note: Note, quotation: Quotation) -> bool:
    speaker = quotation.speaker
    return speaker is not None and speaker.start < note.end and note.start < speaker.end


# What the archive says of them ----------------------------------------------------------------------------------------


class Declarations:
    """The sources that a draft gives, looked up in an archive."""

    def __init__(self, draft: Draft, index: Index, library: Library, catalogue: Catalogue | None) -> None:
        """catalogue: that of an archive of which `index` has only a part."""
        self._draft, self._index, self._library = draft, index, library
        self._given: dict[str, list[Given]] = {}
        if draft.article.notes and draft.quotations:
            self.shelf = Shelf(catalogue or Listing(library.listed), library.listed)
            self._given = given_for(draft, self.shelf)

    def called(self, quotation: Quotation) -> dict[str, str]:
        """The articles that are given for a quotation, with what to call them."""
        given = self._given.get(quotation.id, ())
        return {article: self.shelf.called(article) for one in given for article in one.articles}

    def credits(self, quotation: Quotation) -> frozenset[str]:
        """The outlets that readers see given for a quotation."""
        seen = [one for one in self._given.get(quotation.id, ()) if one.seen]
        outlets = {self.shelf.by_id[article].outlet for one in seen for article in one.articles}
        return frozenset({name for name in outlets if name} | {one.said for one in seen if one.outlet})

    def hits(self, quotation: Quotation, hits: Sequence[Hit]) -> Sequence[Hit]:
        """The hits, and those in the given articles where none of them is among the best of the whole archive."""
        given = self.called(quotation)
        if not given or any(hit.article in given for hit in hits):
            return hits
        chosen = tuple(item for item in self._index.extractions if item.article.id in given)
        if not chosen:
            return hits
        speaker = quotation.speaker.name if quotation.speaker else None
        found = trace(Index(Corpus(chosen), self._index.whole, chosen=True), quotation.text, speaker).hits
        return [*hits, *(hit for hit in found if hit.comparison.same)]

    def judge(self, quotation: Quotation, witnesses: Sequence[Witness]) -> Iterator[Finding]:
        """CC306 for a source that has no such words, CC307 for one that could not be searched."""
        given = self._given.get(quotation.id, ())
        if not given or any(item.given for item in witnesses) or self._has(quotation):
            return
        elsewhere = f" {witnesses[0].outlet} has them, or words like them." if witnesses else ""
        code = "CC306" if any(one.known for one in given) else "CC307"
        severity = Severity.MAJOR if code == "CC306" and len(quotation.text.split()) > SHORT else Severity.MINOR
        message = self.told(quotation) + elsewhere
        evidence = nearest(witnesses) if witnesses else ()
        yield self._draft.finding(code, severity, quotation, message, evidence=evidence)

    def told(self, quotation: Quotation) -> str:
        """A sentence on the sources that are given and do not have the words; empty where none is given."""
        given = self._given.get(quotation.id, ())
        one = next((one for one in given if one.known), next(iter(given), None))
        if one is None:
            return ""
        if not one.known:
            return (
                f"The source that you give, {one.said}, is not in the archive, so the words were not looked for in it."
            )
        if one.outlet:
            return f"The source that you give, {one.said}, has no such words in what was searched."
        return f"The source that you give, {self.shelf.called(min(one.articles))}, has no such words."

    def _has(self, quotation: Quotation) -> bool:
        """Whether a given article has the very words: few are too few to be searched for."""
        said = keys(quotation.text)
        texts = (self._library.articles.get(article) for article in self.called(quotation))
        return any(said in keys(article.text) for article in texts if article)
