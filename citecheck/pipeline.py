"""The whole program in a few functions, top to bottom: read, extract, add, compare, match, trace, check, report.

Each verb takes values and gives values; what is read from or written to the world goes through `readers`, `archive`
and `report`. The command line adds nothing but parsing and printing. A verb imports its stages when it is called:
comparing two sentences should not wait for the extractor's word lists.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from citecheck import stages
from citecheck.config import Config, OutletRow
from citecheck.errors import InputError, UsageError
from citecheck.models import (
    Added,
    Article,
    BaseReason,
    Changes,
    Checked,
    Comparison,
    Corpus,
    Extraction,
    Family,
    Match,
    Rendering,
    Side,
    Skipped,
    Trace,
    Waiting,
)

if TYPE_CHECKING:
    from citecheck.archive import Archive
    from citecheck.drift import Profile
    from citecheck.html.render import Look
    from citecheck.search import Search
    from citecheck.sources import Outlets

#: Files, folders, `-` for standard input.
Paths = Sequence[str | Path]
#: `(text, speaker or None, id) -> Trace`
Tracer = Callable[[str, str | None, str], "Trace"]
#: Articles up to which all families of an archive are made anew when some are added: that takes a second or two, and
#: nothing is left out.
SMALL = 100
#: Called with each thing that was read or skipped, and with what waits while families grow: progress on a terminal.
Watch = Callable[[Extraction | Skipped | Waiting], None]


def read(paths: Paths, config: Config | None = None) -> Iterator[Article | Skipped]:
    """The articles under `paths`, in a fixed order; what cannot be read comes as `Skipped`.

    Raises `UsageError` at once for a path that is not there, `InputError` at the end when nothing could be read.
    """
    from citecheck import readers

    config = config or Config()
    bytes_ = readers.MAX_BYTES if config.max_bytes is None else config.max_bytes
    return readers.read(paths, bytes_, _seconds(config), config.columns)


def _seconds(config: Config | None) -> float:
    from citecheck import readers

    return readers.SECONDS if config is None or config.max_seconds is None else config.max_seconds


def extract(article: Article, outlets: Outlets | None = None) -> Extraction:
    """All quotations of one article with their speakers, and every credit of a source."""
    from citecheck import attribution, quotations, sources

    table = outlets or sources.load_outlets()
    if article.publisher is None:
        article = replace(article, publisher=sources.publisher_of(article, table))
    seen = replace(article, text=article.shown) if article.markup else article
    credits = sources.find_credits(seen, table)
    found = attribution.attribute(seen, quotations.find_quotations(seen), credits)
    extraction = Extraction(seen, *sources.link(seen, found, credits))
    return extraction.written_as(article) if article.markup else extraction


def extract_all(paths: Paths, config: Config | None = None) -> Iterator[Extraction | Skipped]:
    """`read` and `extract`, in the order of the articles; in several processes where there are many."""
    return _extracted(read(paths, config), config)


def _extracted(items: Iterable[Article | Skipped | None], config: Config | None) -> Iterator[Extraction | Skipped]:
    """The extraction of each article; None among them is for `parallel.ordered`."""
    from citecheck import parallel

    config = config or Config()
    extractor = _Extractor(config.outlets, _seconds(config))
    found = parallel.ordered(extractor, items, config.jobs or parallel.processors())
    return stages.charged("reading and extraction", found)


class _Extractor:
    """`extract` with the user's outlets and a bound on its time, as other processes can be given it."""

    def __init__(self, outlets: Sequence[OutletRow], seconds: float) -> None:
        self._given = (outlets, seconds)
        self._table: Outlets | None = None

    def __call__(self, item: Article | Skipped) -> Extraction | Skipped:
        from citecheck import readers

        if isinstance(item, Skipped):
            return item
        if self._table is None:
            from citecheck import sources

            self._table = sources.load_outlets(self._given[0])
        try:
            with readers.time_limit(self._given[1]):
                return extract(item, self._table)
        except readers.TooSlowError as error:
            return Skipped(item.id, str(error))

    def __getstate__(self) -> dict[str, object]:
        return {"_given": self._given, "_table": None}


def extract_text(text: str, suffix: str, path: str | None = None, config: Config | None = None) -> Extraction:
    """What a text says that was not read from a file: `suffix` (".txt", ".md", ".html") says how it is to be read.

    Raises InputError where there is no text in it.
    """
    from citecheck import readers

    item = next(readers.read_text(text, suffix, path))
    if isinstance(item, Skipped):
        raise InputError(f"{item.id}: {item.reason}")
    return extract(item, outlets(config))


def outlets(config: Config | None = None) -> Outlets:
    """The shipped table of outlets, and those that the configuration adds."""
    from citecheck import sources

    return sources.load_outlets(config.outlets if config else ())


def gather(items: Iterable[Extraction | Skipped], watch: Watch | None = None) -> Corpus:
    """A corpus of all that was extracted, with its copies and versions, and of what was skipped."""
    return _linked(_gathered(items, watch))


def _linked(corpus: Corpus) -> Corpus:
    if len(corpus.extractions) < 2:
        return corpus
    from citecheck import copies

    with stages.stage("copies"):
        return replace(corpus, copies=copies.find(corpus.articles.values()))


def _gathered(items: Iterable[Extraction | Skipped], watch: Watch | None) -> Corpus:
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


def open_corpus(paths: Paths, config: Config | None = None, watch: Watch | None = None) -> Corpus:
    """The corpus under `paths`: articles to read, or databases made by `add`, in any mixture.

    Raises `InputError` when it would hold no article at all: nothing could be searched in it.
    """
    from citecheck.files import is_archive

    databases = [path for path in paths if str(path) != "-" and is_archive(Path(path))]
    texts = [path for path in paths if path not in databases]
    corpora = [_archived(Path(database), watch) for database in databases]
    if texts:
        corpora.append(_gathered(extract_all(texts, config), watch))
    return _filled(corpora[0] if databases and len(corpora) == 1 else _linked(Corpus.joined(corpora)), paths)


def _filled(corpus: Corpus, paths: Paths) -> Corpus:
    """`corpus`, which is what there is under `paths`. Raises `InputError` where it holds nothing."""
    if not corpus.extractions:
        named = ", ".join(map(str, paths))
        raise InputError(f"{named}: holds no article, so nothing can be searched; fill it with citecheck add PATH")
    return corpus


def _archived(database: Path, watch: Watch | None) -> Corpus:
    from citecheck.archive import Archive

    with Archive.open(database, watch=watch) as archive:
        return archive.corpus()


def add(paths: Paths, database: Path, config: Config | None = None, watch: Watch | None = None) -> Added:
    """Put the articles under `paths` into the archive at `database` (made where it is missing), in batches: whole
    articles only, and none is kept in memory when it is written. Adding twice adds nothing; what an older program had
    extracted is extracted again."""
    from citecheck.archive import Archive
    from citecheck.archive.intake import Intake

    with Archive.open(database, create=True, watch=watch) as archive:
        intake = Intake(archive)
        for item in _extracted(intake.fresh(read(paths, config)), config):
            with stages.stage("archive"):
                intake.take(item)
            if watch:
                watch(item)
        with stages.stage("archive"):
            intake.finish()
            archive.settle()
        if not archive.grouped:
            _group_archive(archive, config, watch)
    return intake.added


def _group_archive(archive: Archive, config: Config | None, watch: Watch | None) -> None:
    """The families of an archive, up to date with its articles. A small one is grouped as a whole, as `group` does."""
    from citecheck.families import choose

    if archive.size <= SMALL:
        found = group(archive.corpus(), config)
        with stages.stage("archive"):
            archive.store_families(found)
        return
    settings = config or Config()

    def chosen(renderings: Sequence[Rendering], articles: Mapping[str, Article]) -> tuple[int, BaseReason]:
        primary = _primary((articles[one.article] for one in renderings), settings)
        return choose(renderings, articles, settings.pinned, primary)

    anew = bool(settings.pinned or settings.tiers)
    for left in stages.charged("families", archive.grow(chosen, anew)):
        if watch:
            watch(left)


def compare(a: Side, b: Side, profile: str | Profile = "default") -> Comparison:
    """How `b` renders `a`: the same statement or not, each difference with its label and place, and the severity.

    profile: the house rules, or the name of shipped ones.
    """
    from citecheck import drift

    return drift.compare(a, b, drift.profile(profile) if isinstance(profile, str) else profile)


def trace(corpus: Corpus) -> Tracer:
    """A function that says where words come from: `(text, speaker or None, id) -> Trace`. The index is built once."""
    from citecheck.search import Loaded, trace_in

    held = Loaded(corpus)

    def find(text: str, speaker: str | None = None, id_: str = "") -> Trace:
        return trace_in(held, text, speaker, id_)

    return find


@contextmanager
def searching(paths: Paths, config: Config | None = None, watch: Watch | None = None) -> Iterator[Search]:
    """What is under `paths` (articles or databases), opened once: `.check(drafts)` and `.trace(text)` as often as
    wanted. Of one large archive only what shares words with a text is loaded.

    Raises UsageError, InputError or ArchiveError at once where there is nothing to search.
    """
    from citecheck.search import Search

    def load(archive: Archive | None) -> Corpus:
        return _filled(archive.corpus(), paths) if archive else open_corpus(paths, config, watch)

    with Search(paths, load, (config or Config()).house, watch) as search:
        yield search


def versions(corpus: Corpus) -> Iterator[Changes]:
    """For each article that is another one again: which, as a copy or a version, and what it has otherwise."""
    from citecheck.copies.changes import changes

    said = {item.article.id: item for item in corpus.extractions}
    for item in corpus.extractions:
        link = corpus.copies.get(item.article.id)
        if link is not None and link.of in said:
            yield changes(said[link.of], item, link)


def group(corpus: Corpus, config: Config | None = None) -> tuple[Family, ...]:
    """The families of a corpus: all renderings of each statement, lined up with their base, which may be pinned."""
    from citecheck import families, matching

    with stages.stage("matching"):
        found = matching.compare_pairs(matching.Index(corpus))
    with stages.stage("families"):
        primary = _primary((item.article for item in corpus.extractions), config or Config())
        return families.group(corpus, found.same, config.pinned if config else (), found.apart, primary)


def _primary(articles: Iterable[Article], config: Config) -> frozenset[str]:
    """The ids of the articles that are the words themselves: what the user says of an outlet comes first."""
    return frozenset(article.id for article in articles if article.ranked(config.tiers) == 0)


def match(corpus: Corpus, config: Config | None = None) -> list[Match]:
    """Every pair of renderings of one statement, family by family."""
    from citecheck import families

    return [pair for family in group(corpus, config) for pair in families.matches_of(family)]


def check(drafts: Corpus, against: Corpus, profile: str | None = None, config: Config | None = None) -> list[Checked]:
    """Check each draft's quotations against a corpus. A draft that is in the corpus is no witness for itself, nor is a
    copy of another one of `drafts`; `Checked.own` says which articles were left out.

    profile: house rules that come before those of the configuration.
    """
    from citecheck.search import Loaded, check_in

    return check_in(Loaded(against), drafts, (config or Config()).house(profile))


def check_report(checked: Sequence[Checked], file: Path, config: Config | None = None) -> Path:
    """Write the findings of a check as one HTML page, whole or not at all; returns its path."""
    from citecheck.html.check import write_check

    return write_check(checked, file, _look(config))


def check_word(checked: Sequence[Checked], file: Path) -> Path:
    """Write a draft that is a Word file with its findings as comments, whole or not at all; returns the path. A finding
    that an open comment in it tells already gets no second one.

    Raises UsageError for anything but one such draft, and for the draft's own path: a draft is never changed.
    """
    from citecheck import readers
    from citecheck.checks import signoffs
    from citecheck.export.word import commented
    from citecheck.files import write_whole

    draft = Path(checked[0].extraction.article.path or "") if len(checked) == 1 else None
    if draft is None or draft.suffix.lower() != ".docx":
        raise UsageError(f"{file}: comments are written into a Word file; give one draft, and let it be a .docx")
    if draft.resolve() == file.resolve():
        raise UsageError(f"{file}: is the draft itself, which is never changed; choose another name with -o")
    try:
        content = draft.read_bytes()
        text, pieces, runs = readers.word_anchors(content)
        if text != checked[0].extraction.article.text:
            raise InputError(f"{draft}: changed while it was checked; check it again")
        findings = [(signoffs.marked(item, checked[0].standings), item) for item in checked[0].findings]
        known = signoffs.open_marks(checked[0].extraction.article.notes)
        new = [(mark, item) for mark, item in findings if mark not in known]
        return write_whole(file, [commented(content, text, pieces, runs, new)])
    except (OSError, KeyError, readers.UnreadableError) as error:
        raise InputError(f"{draft}: comments cannot be written into it ({error})") from error


def check_page(checked: Sequence[Checked], config: Config | None = None) -> str:
    """The HTML page of a check as text."""
    from citecheck.html.check import check_page as made

    return made(checked, _look(config))


def _look(config: Config | None) -> Look:
    """What the configuration changes of the pages."""
    from citecheck.html.render import Look

    return Look(*config.report) if config else Look()


def report(corpus: Corpus, folder: Path, config: Config | None = None) -> Path:
    """Write the HTML report of a corpus into `folder`, whole or not at all; returns the path of its first page."""
    from citecheck import parallel
    from citecheck.export.data import data_files
    from citecheck.html.write import write_report

    found = group(corpus, config)
    jobs = (config.jobs if config else None) or parallel.processors()
    return write_report(corpus, found, folder, data_files(corpus, found), look=_look(config), jobs=jobs)


def examine(
    database: Path, rebuild: bool = False, config: Config | None = None, watch: Watch | None = None
) -> list[str]:
    """What is wrong with an archive, a sentence each. With `rebuild` what an older program extracted is extracted again
    from the texts first, and the indexes are made anew from them."""
    from citecheck.archive import Archive

    with Archive.open(database, watch=watch) as archive:
        if rebuild:
            _extract_again(archive, config, watch)
        return archive.examine(rebuild, watch)


def outdated(database: Path) -> int:
    """How many articles of an archive an older program extracted."""
    from citecheck.archive import Archive

    with Archive.open(database) as archive:
        return archive.outdated_count


def _extract_again(archive: Archive, config: Config | None, watch: Watch | None) -> None:
    from citecheck import readers
    from citecheck.archive.intake import Intake

    intake = Intake(archive)
    for item in _extracted(map(readers.with_markup, intake.outdated(watch)), config):
        intake.take(item)
        if watch and isinstance(item, Skipped):
            watch(item)
    intake.finish()
    if intake.added.again and not archive.grouped:
        _group_archive(archive, config, watch)
