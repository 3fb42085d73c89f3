"""The whole program in a few functions, top to bottom: read, extract, compare, match, trace, check, report.

Each verb takes values and gives values; what is read from or written to the world goes through `readers`, `archive`
and `report`. The command line adds nothing but parsing and printing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

from citecheck.config import Config
from citecheck.errors import InputError
from citecheck.export import records
from citecheck.models import (
    Article,
    Checked,
    Comparison,
    Corpus,
    Extraction,
    Family,
    Match,
    Side,
    Skipped,
    Trace,
)

#: Called with each thing that was read or skipped, for progress on a terminal.
Watch = Callable[[Extraction | Skipped], None]


def read(paths: Sequence[str | Path], max_bytes: int = 50_000_000) -> Iterator[Article | Skipped]:
    """The articles under `paths` (files, folders, `-`), in a fixed order; what cannot be read comes as `Skipped`.

    Raises `UsageError` for a path that is not there.
    """
    from citecheck import readers

    return readers.read(paths, max_bytes=max_bytes)


def extract(article: Article, outlets: Any | None = None) -> Extraction:
    """All quotations of one article with their speakers, and every credit of a source."""
    from citecheck import attribution, quotations, sources

    table = outlets or sources.load_outlets()
    if article.publisher is None:
        article = replace(article, publisher=sources.publisher_of(article, table))
    credits = sources.find_credits(article, table)
    found = attribution.attribute(article, quotations.find_quotations(article), credits)
    found, credits = sources.link(article, found, credits)
    return Extraction(article, found, credits)


def extract_all(
    paths: Sequence[str | Path], config: Config | None = None, max_bytes: int = 50_000_000
) -> Iterator[Extraction | Skipped]:
    """`read` and `extract`, an article at a time. Raises `InputError` at the end when nothing at all could be read."""
    from citecheck import sources

    table = sources.load_outlets(config.outlets if config else ())
    count = 0
    for item in read(paths, max_bytes):
        if isinstance(item, Skipped):
            yield item
        else:
            count += 1
            yield extract(item, table)
    if not count:
        named = ", ".join(str(path) for path in paths)
        raise InputError(f"{named}: no article could be read; give .txt, .md, .html or .jsonl files with text in them")


def gather(items: Iterable[Extraction | Skipped], watch: Watch | None = None) -> Corpus:
    """A corpus of all that was extracted, and of what was skipped."""
    extractions: list[Extraction] = []
    skipped: list[Skipped] = []
    for item in items:
        if watch:
            watch(item)
        if isinstance(item, Skipped):
            skipped.append(item)
        else:
            extractions.append(item)
    return Corpus(tuple(extractions), tuple(skipped))


def open_corpus(paths: Sequence[str | Path], config: Config | None = None, watch: Watch | None = None) -> Corpus:
    """The corpus under `paths`: articles to read, or databases made by `add`, in any mixture.

    Raises `InputError` when it would hold no article at all: nothing could be searched in it.
    """
    from citecheck.archive import Archive, is_archive

    databases = [Path(path) for path in paths if str(path) != "-" and is_archive(Path(path))]
    texts = [path for path in paths if str(path) == "-" or Path(path) not in databases]
    corpus = Corpus((), ())
    for database in databases:
        with Archive.open(database) as archive:
            corpus = _joined(corpus, archive.corpus())
    if texts:
        corpus = _joined(corpus, gather(extract_all(texts, config), watch))
    if not corpus.extractions:
        named = ", ".join(str(path) for path in paths)
        raise InputError(f"{named}: holds no article, so nothing can be searched; fill it with citecheck add PATH")
    return corpus


def _joined(first: Corpus, second: Corpus) -> Corpus:
    """Both corpora as one; an article that stands in both (same id and text) is kept once."""
    known = {(item.article.id, item.article.digest) for item in first.extractions}
    more = tuple(item for item in second.extractions if (item.article.id, item.article.digest) not in known)
    return Corpus(first.extractions + more, first.skipped + second.skipped)


def add(
    paths: Sequence[str | Path], database: Path, config: Config | None = None, watch: Watch | None = None
) -> tuple[Corpus, int]:
    """Put the articles under `paths` into the archive at `database` (made where it is missing), one transaction each.

    Returns what was read, and how many articles were new or changed: adding twice adds nothing.
    """
    from citecheck import sources
    from citecheck.archive import Archive

    table = sources.load_outlets(config.outlets if config else ())
    added, seen, skipped = [], 0, []
    with Archive.open(database, create=True) as archive:
        for item in read(paths):
            if isinstance(item, Skipped):
                skipped.append(item)
                if watch:
                    watch(item)
                continue
            seen += 1
            article = archive.named(item)
            if archive.has(article.id, article.digest):
                continue
            extraction = extract(article, table)
            archive.add(extraction)
            added.append(extraction)
            if watch:
                watch(extraction)
        if not archive.grouped:
            archive.store_families(group(archive.corpus()))
    if not seen:
        named = ", ".join(str(path) for path in paths)
        raise InputError(f"{named}: no article could be read; {database} is as it was")
    return Corpus(tuple(added), tuple(skipped)), seen


def compare(a: Side, b: Side, profile: str = "default") -> Comparison:
    """How `b` renders `a`: the same statement or not, each difference with its label and place, and the severity."""
    from citecheck import drift

    return drift.compare(a, b, drift.profile(profile))


def trace(corpus: Corpus) -> Callable[[str, str | None, str], Trace]:
    """A function that says where words come from: `(text, speaker or None, id) -> Trace`. The index is built once."""
    from citecheck import matching

    index = matching.Index(corpus)
    return lambda text, speaker=None, id_="": matching.trace(index, text, speaker, id_)


def group(corpus: Corpus) -> tuple[Family, ...]:
    """The families of a corpus: all renderings of each statement, lined up with their base."""
    from citecheck import families, matching

    return families.group(corpus, matching.find_pairs(matching.Index(corpus)))


def match(corpus: Corpus) -> list[Match]:
    """Every pair of renderings of one statement, family by family."""
    from citecheck import families

    return [pair for family in group(corpus) for pair in families.matches_of(family)]


def check(drafts: Corpus, against: Corpus, profile: str = "default") -> list[Checked]:
    """Check each draft's quotations against a corpus. A draft that is in the corpus is no witness for itself."""
    from citecheck import checks, matching

    index = matching.Index(against)
    return [checks.check(draft, index, profile) for draft in drafts.extractions]


def report(corpus: Corpus, folder: Path) -> Path:
    """Write the HTML report of a corpus into `folder`, whole or not at all; returns the path of its first page."""
    from citecheck.report import write_report

    found = group(corpus)
    return write_report(corpus, found, folder, data_files(corpus, found))


def data_files(corpus: Corpus, found: Sequence[Family]) -> Iterator[tuple[str, Iterator[str]]]:
    """What the report's `data/` folder holds: file names, each with its lines."""
    from citecheck import families

    yield (
        "quotations.jsonl",
        (records.line(row) for item in corpus.extractions for row in records.quotations(item)),
    )
    yield (
        "sources.jsonl",
        (records.line(row) for item in corpus.extractions for row in records.source_mentions(item)),
    )
    yield (
        "matches.jsonl",
        (records.line(records.match(pair)) for family in found for pair in families.matches_of(family)),
    )
    yield "families.jsonl", (records.line(records.family(family)) for family in found)
