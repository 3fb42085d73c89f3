"""`citecheck lsp` as an editor meets it: a client of the protocol, over pipes."""

from __future__ import annotations

import asyncio
import html
import os
import sys
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path
from threading import Event, Thread
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lsprotocol import types as lsp
from pygls.io_ import StdinAsyncReader, StdoutWriter, run_async
from pygls.lsp.client import LanguageClient

from citecheck.models import Article
from citecheck.readers.html import page_article
from citecheck.serve import editor
from citecheck.serve.desk import Desk
from citecheck.serve.origins import Origins
from citecheck.serve.positions import Positions

ROOT = Path(__file__).parents[2]
SECONDS = 60
PIER = "“The pier will stay closed for the whole of winter,” the harbour master Ana Ruiz told reporters on Tuesday."
CHANGED = PIER.replace("winter", "summer")
IGNORE = "<!-- citecheck: ignore CC101 -- -->"
Utf = lsp.PositionEncodingKind
Run = Callable[[Coroutine[Any, Any, Any]], Any]


class Client(LanguageClient):
    """An editor with one document, which waits for the diagnostics of what it sent last."""

    def __init__(self, folder: Path) -> None:
        super().__init__("test", "1")
        self.uri = (folder / "draft.md").as_uri()
        self.version = 0
        self.found: asyncio.Queue[lsp.PublishDiagnosticsParams] = asyncio.Queue()

        @self.feature(lsp.TEXT_DOCUMENT_PUBLISH_DIAGNOSTICS)
        def published(params: lsp.PublishDiagnosticsParams) -> None:
            self.found.put_nowait(params)

    async def open(self, text: str, language: str = "markdown") -> list[lsp.Diagnostic]:
        self.version += 1
        item = lsp.TextDocumentItem(self.uri, language, self.version, text)
        self.text_document_did_open(lsp.DidOpenTextDocumentParams(item))
        return await self.diagnostics()

    def change(self, text: str) -> None:
        self.version += 1
        document = lsp.VersionedTextDocumentIdentifier(self.version, self.uri)
        changes = [lsp.TextDocumentContentChangeWholeDocument(text)]
        self.text_document_did_change(lsp.DidChangeTextDocumentParams(document, changes))

    async def diagnostics(self) -> list[lsp.Diagnostic]:
        while True:
            params = await self.found.get()
            if params.version == self.version and params.uri == self.uri:
                return list(params.diagnostics)

    async def hover(self, line: int, character: int) -> lsp.Hover | None:
        document = lsp.TextDocumentIdentifier(self.uri)
        return await self.text_document_hover_async(lsp.HoverParams(document, lsp.Position(line, character)))

    async def actions(self, diagnostic: lsp.Diagnostic) -> list[lsp.CodeAction]:
        context = lsp.CodeActionContext([diagnostic])
        document = lsp.TextDocumentIdentifier(self.uri)
        params = lsp.CodeActionParams(document, diagnostic.range, context)
        return list(await self.text_document_code_action_async(params) or [])  # type: ignore[arg-type]

    async def close(self) -> None:
        """Close the document; what was under way for it is over when its diagnostics are taken away."""
        self.text_document_did_close(lsp.DidCloseTextDocumentParams(lsp.TextDocumentIdentifier(self.uri)))
        while (await self.found.get()).version is not None:
            pass

    async def begin(self, units: list[Utf] | None = None) -> None:
        """Greet the server; `units`: the encodings of positions that are offered to it."""
        general = lsp.GeneralClientCapabilities(position_encodings=units) if units else None
        await self.initialize_async(lsp.InitializeParams(lsp.ClientCapabilities(general=general)))
        self.initialized(lsp.InitializedParams())

    async def end(self) -> None:
        await self.shutdown_async(None)
        self.exit(None)


@asynccontextmanager
async def process(folder: Path, units: list[Utf]) -> AsyncIterator[Client]:
    """A client of the command, as an editor starts it."""
    client = Client(folder)
    command = ("-m", "citecheck", "lsp", "--against", str(folder / "articles"))
    await client.start_io(sys.executable, *command, cwd=str(ROOT))
    await client.begin(units)
    yield client
    await client.end()
    await client.stop()


@asynccontextmanager
async def here(folder: Path) -> AsyncIterator[Client]:
    """A client of a server in a thread of this process, over pipes as well."""
    client = Client(folder)
    desk = Desk([str(folder / "articles")])
    ends = [
        os.fdopen(end, mode) for pipe in (os.pipe(), os.pipe()) for end, mode in zip(pipe, ("rb", "wb"), strict=True)
    ]
    thread = Thread(target=editor.server(desk).start_io, args=(ends[0], ends[3]), daemon=True)
    thread.start()
    client.protocol.set_writer(StdoutWriter(ends[1]))
    reading = asyncio.create_task(run_async(Event(), StdinAsyncReader(ends[2]), client.protocol))
    await client.begin()
    yield client
    await client.end()
    await asyncio.to_thread(thread.join, SECONDS)
    ends[3].close()
    await reading
    desk.close()
    for end in ends[:3]:
        end.close()


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("editor")
    archive = folder / "articles"
    archive.mkdir()
    head = "---\ntitle: Pier closed\npublisher: Harbour *Courier*\ndate: 2024-11-05\n---\n\n"
    (archive / "pier.md").write_text(f"{head}{PIER}\n", encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def loop() -> Iterator[asyncio.AbstractEventLoop]:
    loop = asyncio.new_event_loop()
    thread = Thread(target=loop.run_forever, daemon=True)
    thread.start()
    yield loop
    loop.call_soon_threadsafe(loop.stop)
    thread.join(SECONDS)
    loop.close()


@pytest.fixture(scope="module")
def run(loop: asyncio.AbstractEventLoop) -> Run:
    """Runs one piece of work to its end, within its time."""
    return lambda work: asyncio.run_coroutine_threadsafe(work, loop).result(SECONDS)


@pytest.fixture(scope="module")
def served(folder: Path, run: Run) -> Iterator[Client]:
    """One server for all tests: starting one takes longer than all that is asked of it."""
    stack = AsyncExitStack()
    yield run(stack.enter_async_context(here(folder)))
    run(stack.aclose())


@pytest.fixture
def client(served: Client, folder: Path, run: Run) -> Iterator[Client]:
    served.uri = (folder / "draft.md").as_uri()
    yield served
    run(served.close())


def held(text: str, range_: lsp.Range, unit: str = "utf-16") -> str:
    """The words at a range."""
    at = Positions(text, unit)
    return text[at.offset(range_.start.line, range_.start.character) : at.offset(range_.end.line, range_.end.character)]


def applied(text: str, edit: lsp.TextEdit) -> str:
    at = Positions(text)
    start = at.offset(edit.range.start.line, edit.range.start.character)
    return text[:start] + edit.new_text + text[start:]


def test_a_draft_is_checked_as_it_is_written(client: Client, folder: Path, run: Run) -> None:
    """Opened with a changed word, mended, broken again by keystrokes of which only the last is checked."""

    async def work() -> None:
        text = f"# 🐟 The pier\n\n🐟 {CHANGED}\n"
        (found,) = await client.open(text)
        assert held(text, found.range) == "The pier will stay closed for the whole of summer,"
        assert found.range.start == lsp.Position(2, 4)  # the fish is two units of UTF-16
        assert (found.severity, found.code, found.source) == (lsp.DiagnosticSeverity.Error, "CC101", "citecheck")
        assert found.code_description is not None
        assert found.code_description.href.endswith("docs/rules.md#cc101-meaning-changed-inside-the-marks")
        (witness,) = found.related_information or ()
        assert "Harbour *Courier*, 2024-11-05: " in witness.message
        assert "[-winter,-]{+summer,+}" in witness.message
        assert witness.location.uri == (folder / "articles" / "pier.md").as_uri()
        there = (folder / "articles" / "pier.md").read_text(encoding="utf-8")
        assert held(there, witness.location.range) == "The pier will stay closed for the whole of winter,"

        client.change(f"# The pier\n\n{PIER}\n")
        assert await client.diagnostics() == []
        for word in ("s", "su", "sum", "summer"):
            client.change(PIER.replace("winter", word))
        assert [one.code for one in await client.diagnostics()] == ["CC101"]
        assert client.found.empty()
        assert [file.name for file in folder.iterdir()] == ["articles"]

    run(work())


def test_over_a_quotation_stands_what_it_rests_on(client: Client, run: Run) -> None:
    async def work() -> None:
        await client.open(f"{PIER}\n\nNothing here.\n")
        confirmed = await client.hover(0, 10)
        assert confirmed is not None
        assert isinstance(confirmed.contents, lsp.MarkupContent)
        assert confirmed.contents.value.startswith("**verbatim** (1 articles searched)")
        assert "Harbour \\*Courier\\*, 2024-11-05:" in confirmed.contents.value  # no Markdown of theirs
        assert "winter,” the harbour master Ana Ruiz" in confirmed.contents.value
        assert await client.hover(2, 3) is None
        client.change(CHANGED)
        assert await client.hover(0, 10) is None  # what was checked is not what is there
        await client.diagnostics()
        changed = await client.hover(0, 10)
        assert changed is not None
        assert isinstance(changed.contents, lsp.MarkupContent)
        assert "**critical CC101: Meaning changed inside the marks**" in changed.contents.value
        assert "\\[-winter,-\\]\\{+summer,+\\}" in changed.contents.value

    run(work())


#: A paragraph that is folded at one width; the words of the quotation end in the middle of a line.
FOLDED = """\
In the town nobody wanted to hear of it when the notice went up beside the
gate of the harbour office at noon. “The pier will stay closed for the whole
of summer,” the harbour master Ana Ruiz told reporters on Tuesday, and then
went home for the day. The boats of the fishing fleet were in by then, while
the lights along the quay went out early and the crews of the last few boats
walked home in the rain.
"""


def test_an_ignore_is_put_in_and_holds_once_a_reason_is_given(client: Client, run: Run) -> None:
    async def work() -> None:
        await client.open("")
        for text, expected in (
            (f"{CHANGED}\n", f"{IGNORE}\n{CHANGED}\n"),  # a line before a paragraph that is one line
            (f"# The pier\n\n{CHANGED}", f"# The pier\n\n{IGNORE}\n{CHANGED}"),
            (f"He came.\n{CHANGED}\n", f"He came.\n{CHANGED} {IGNORE}\n"),  # within one: behind its line
            (FOLDED, FOLDED.replace(", and then", f", and then {IGNORE}")),  # behind the last line of the words
        ):
            client.change(text)
            (found,) = await client.diagnostics()
            (action,) = await client.actions(found)
            assert action.kind == lsp.CodeActionKind.QuickFix
            assert list(action.diagnostics or ()) == [found]
            assert action.edit is not None
            (edit,) = (action.edit.changes or {})[client.uri]
            ignored = applied(text, edit)
            assert ignored == expected
            client.change(ignored)
            assert sorted(str(one.code) for one in await client.diagnostics()) == ["CC101", "CC903"]
            client.change(ignored.replace("-- -->", "-- heard on the tape -->"))
            assert await client.diagnostics() == []
        kept = await client.hover(1, 50)
        assert kept is not None
        assert "kept back (ignore)" in str(kept.contents)

    run(work())


def test_positions_are_counted_as_was_agreed(folder: Path, run: Run) -> None:
    async def work() -> None:
        async with process(folder, [Utf.Utf8]) as client:
            text = f"🐟{CHANGED}"  # a fish of four bytes, and a mark of three
            (found,) = await client.open(text, "plaintext")
            assert found.range.start == lsp.Position(0, 7)
            assert held(text, found.range, "utf-8").startswith("The pier")

    run(work())


def test_a_web_page_is_marked_in_its_source(client: Client, run: Run) -> None:
    async def work() -> None:
        page = CHANGED.replace("“", "&ldquo;").replace("closed for", "<em>closed</em>\n   for")
        text = f"<html><head><title>Pier</title></head><body><article>\n<p>{page}</p></article></body></html>"
        (found,) = await client.open(text, "html")
        assert held(text, found.range) == "The pier will stay <em>closed</em>\n   for the whole of summer,"
        assert await client.hover(1, 15) is not None
        (action,) = await client.actions(found)
        (edit,) = action.edit.changes[client.uri]  # type: ignore[union-attr, index]
        assert edit.range.start == edit.range.end == found.range.end
        reason = edit.new_text.replace(" -- -->", " -- until autumn -->")
        assert reason == "<!-- citecheck: ignore CC101 -- until autumn -->"
        client.change(text.replace("summer,", f"summer,{reason}"))
        assert await client.diagnostics() == []

    run(work())


def test_the_copy_on_disk_of_a_draft_is_no_witness_for_it(client: Client, folder: Path, run: Run) -> None:
    """The draft lies in the folder that is searched, and was saved with a quotation that nobody else has."""
    made_up = "“We have sold every boat that the town ever owned,” Paul Okoye said on Monday.\n"
    (folder / "articles" / "draft.md").write_text(made_up, encoding="utf-8")

    async def work() -> None:
        client.uri = (folder / "articles" / "draft.md").as_uri()
        (found,) = await client.open(f"Another line.\n\n{made_up}")
        assert found.code == "CC301"
        (folder / "articles" / "draft.md").unlink()

    run(work())


def test_trouble_is_shown_where_findings_would_be_and_goes_away(client: Client, folder: Path, run: Run) -> None:
    async def work() -> None:
        assert await client.open("") == []
        (folder / "articles").rename(folder / "away")
        client.change(CHANGED)
        (found,) = await client.diagnostics()
        assert "This was not checked: " in found.message
        assert "there is no such file or folder" in found.message
        (folder / "away").rename(folder / "articles")
        client.change(PIER)
        assert await client.diagnostics() == []

    run(work())


LINES = "a🐟b\r\nc\u2028d\re\n"


@pytest.mark.parametrize(
    "offset,unit,position",
    [
        (0, "utf-16", (0, 0)),
        (2, "utf-16", (0, 3)),  # behind the fish
        (2, "utf-8", (0, 5)),
        (2, "utf-32", (0, 2)),
        (5, "utf-16", (1, 0)),
        (7, "utf-16", (1, 2)),  # U+2028 ends no line
        (9, "utf-16", (2, 0)),  # a lone CR does
        (11, "utf-16", (3, 0)),  # the empty line at the end
    ],
)
def test_a_position_is_a_line_and_units(offset: int, unit: str, position: tuple[int, int]) -> None:
    at = Positions(LINES, unit)
    assert at.position(offset) == position
    assert at.offset(*position) == offset


@pytest.mark.parametrize("position,offset", [((0, 99), 3), ((9, 0), 11), ((0, 2), 2)])  # beyond, and inside a fish
def test_a_position_that_is_none_is_the_nearest_one(position: tuple[int, int], offset: int) -> None:
    assert Positions(LINES).offset(*position) == offset


@pytest.mark.parametrize(
    "page,words,source",
    [
        ("<p>One <b>two</b>&nbsp;three four five</p>", "two three", "two</b>&nbsp;three"),
        ("<title>two three</title><body><p>Say two three four</p>", "two three", "two three"),
        ("<script>two three</script><p>Say two three four</p>", "two three", "two three"),
        ("<p>A &amp; B &#8220;both&#x201d; said it</p>", "& B “both”", "&amp; B &#8220;both&#x201d;"),
        ("<p>Say it</p>\n<p>again: say it</p>\n<p>Say it</p>", "again: say it", "again: say it"),
        ("<!-- two three --><!-- > --><p>Say two three four</p>", "two three", "two three"),
        ('<img alt="a > two three"><p>Say two three four</p>', "two three", "two three"),
        ("<head><title>two three</title><p>Say two three four</p>", "two three", "two three"),  # a head never closed
        ("<p>It is 2 < 3 and AT&T said so</p>", "3 and AT&T", "3 and AT&T"),
    ],
)
def test_words_of_a_page_are_found_in_its_source(page: str, words: str, source: str) -> None:
    article: Article = page_article(page, "a", None, "utf-8")
    start = article.text.replace("\xa0", " ").index(words)
    low, high = Origins(page, article.text).span(start, start + len(words))
    assert page[low:high] == source
    assert page.index("<p>") < low


TAGS = "<p> </p> <b> </b> <br> </a> <del> </del>".split()
PIECES = st.sampled_from(
    [
        *(*TAGS, "<!-- no -->", "<a href='x>y'>", "<script>no</script>", "<", "<p", "<!--", "1 < 2"),
        *("words", " ", "\n", "&amp;", "&#8220;", "&ampx", "&", "“", "🐟", "\xad"),
    ]
)


@given(st.lists(PIECES, max_size=40))
def test_a_place_in_the_source_holds_the_character_of_the_text(pieces: list[str]) -> None:
    page = "".join(pieces)
    text = page_article(page, "a", None, "utf-8").text
    found = Origins(page, text)
    last = 0
    for at, character in enumerate(text):
        start, end = found.span(at, at + 1)
        if start < end:
            assert character in html.unescape(page[start:end])
            assert start >= last
            last = start


def test_words_that_the_source_has_not_stand_behind_those_before() -> None:
    found = Origins("<p>One two</p>", "One two\n\nthree")
    assert found.span(9, 14) == (10, 10)
    assert Origins("", "three").span(0, 5) == (0, 0)
    assert found.offset(5) == 2
    assert found.offset(0) is None
