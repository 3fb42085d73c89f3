"""`citecheck lsp`: drafts checked in an editor as they are written (Language Server Protocol, over stdio).

Findings are diagnostics with their witnesses; over a quotation the editor shows what it rests on; an action puts in the
comment that ignores a finding. No file is ever written. What was checked is what the editor holds, saved or not.
"""

from __future__ import annotations

import asyncio
import traceback
from pathlib import Path

from lsprotocol import types as lsp
from pygls.lsp.server import LanguageServer
from pygls.uris import to_fs_path

from citecheck.errors import CitecheckError
from citecheck.serve import hints
from citecheck.serve.desk import Desk
from citecheck.serve.origins import Origins
from citecheck.serve.positions import Positions
from citecheck.version import __version__

#: Seconds without a change after which a draft is checked: shorter and it is checked between two words.
QUIET = 0.6
#: Characters of one draft: the longest features have a tenth, and a book would hold up the other drafts.
MOST_TEXT = 1_000_000

SUFFIXES = {"markdown": ".md", "html": ".html"}


class Editor(LanguageServer):
    """The server of one editor, with the documents that are open as they were last checked."""

    def __init__(self, desk: Desk) -> None:
        # Changes come as whole texts: edits by range are counted in lines, and pygls ends lines at U+2028 too.
        super().__init__("citecheck", __version__, text_document_sync_kind=lsp.TextDocumentSyncKind.Full)
        self._desk = desk
        self._views: dict[str, hints.View] = {}
        self._waiting: dict[str, asyncio.Task[None]] = {}

    def check(self, uri: str, quiet: float = 0.0) -> None:
        """Check a document, after so many seconds in which nobody asks for it again."""
        self.forget(uri)
        self._waiting[uri] = asyncio.get_running_loop().create_task(self._check(uri, quiet))

    def forget(self, uri: str) -> None:
        """Stop what is under way for a document."""
        task = self._waiting.pop(uri, None)
        if task is not None:
            task.cancel()

    def view(self, uri: str) -> hints.View | None:
        """A document as it was checked, if it has not changed since."""
        view = self._views.get(uri)
        document = self.workspace.text_documents.get(uri)
        return view if view and document and document.source == view.source else None

    def close(self, uri: str) -> None:
        """Forget a document, and take its diagnostics away."""
        self.forget(uri)
        self._views.pop(uri, None)
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, []))

    async def _check(self, uri: str, quiet: float) -> None:
        await asyncio.sleep(quiet)
        document = self.workspace.get_text_document(uri)
        version, source = document.version, document.source
        found: list[lsp.Diagnostic] = []
        try:
            if source.strip():  # a new draft is empty: there is no need to say so
                found = hints.diagnostics(await self._viewed(uri, version, source, document.language_id or ""))
        except CitecheckError as error:
            found = [hints.trouble(str(error))]
        except Exception as error:  # what was shown is of an older text, and must not stand there as if it were of this
            traceback.print_exc()
            found = [hints.trouble(f"an error of citecheck itself ({type(error).__name__}); its log has the details")]
        self.text_document_publish_diagnostics(lsp.PublishDiagnosticsParams(uri, found, version))

    async def _viewed(self, uri: str, version: int | None, source: str, language: str) -> hints.View:
        if len(source) > MOST_TEXT:
            raise CitecheckError(f"it has {len(source):,} characters, and no more than {MOST_TEXT:,} are checked here")
        path = to_fs_path(uri) if uri.startswith("file:") else None
        suffix = SUFFIXES.get(language, ".txt")
        answer = await self._desk.check(source, suffix, Path(path) if path else None)
        unit = str(getattr(self.workspace.position_encoding, "value", self.workspace.position_encoding) or "utf-16")
        origins = Origins(source, answer.checked.extraction.article.text) if suffix == ".html" else None
        view = hints.View(uri, version, source, unit, answer, Positions(source, unit), origins)
        self._views[uri] = view
        return view


def server(desk: Desk) -> Editor:
    """The server with what it answers."""
    made = Editor(desk)

    @made.feature(lsp.TEXT_DOCUMENT_DID_OPEN)
    def opened(editor: Editor, given: lsp.DidOpenTextDocumentParams) -> None:
        editor.check(given.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CHANGE)
    def changed(editor: Editor, given: lsp.DidChangeTextDocumentParams) -> None:
        editor.check(given.text_document.uri, QUIET)

    @made.feature(lsp.TEXT_DOCUMENT_DID_SAVE)
    def saved(editor: Editor, given: lsp.DidSaveTextDocumentParams) -> None:
        editor.check(given.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_DID_CLOSE)
    def closed(editor: Editor, given: lsp.DidCloseTextDocumentParams) -> None:
        editor.close(given.text_document.uri)

    @made.feature(lsp.TEXT_DOCUMENT_HOVER)
    def hovered(editor: Editor, given: lsp.HoverParams) -> lsp.Hover | None:
        view = editor.view(given.text_document.uri)
        offset = view.offset(given.position) if view else None
        found = hints.hover(view, offset) if view and offset is not None else None
        if view is None or found is None:
            return None
        return lsp.Hover(lsp.MarkupContent(lsp.MarkupKind.Markdown, found[1]), view.range(*found[0]))

    @made.feature(lsp.TEXT_DOCUMENT_CODE_ACTION, lsp.CodeActionOptions([lsp.CodeActionKind.QuickFix]))
    def acted(editor: Editor, given: lsp.CodeActionParams) -> list[lsp.CodeAction]:
        view = editor.view(given.text_document.uri)
        return [
            lsp.CodeAction(
                f"Ignore {finding.code} here: give a reason",
                lsp.CodeActionKind.QuickFix,
                [one for one in given.context.diagnostics if one.code == finding.code],
                edit=lsp.WorkspaceEdit({given.text_document.uri: [edit]}),
            )
            for finding, edit in (hints.ignores(view, given.range) if view else ())
        ]

    return made
