"""`review`: the findings of a check one after another, each decided about by an editor and kept at once.

Lines are read from standard input and everything is printed plainly, so that it works over a pipe as on a terminal.
"""

import os
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NamedTuple

import typer

from citecheck.cli.check_options import BaselineOpt, DraftsArg, MinLevelOpt, Sort, SortOpt
from citecheck.cli.checking import check_drafts, decisions_of, settings_of
from citecheck.cli.options import AgainstOpt, ConfigOpt, JobsOpt, ProfileOpt
from citecheck.cli.output import count, say
from citecheck.errors import UsageError

if TYPE_CHECKING:
    from citecheck.checks.signoffs import Ignored, SignOff
    from citecheck.config import Config
    from citecheck.export.decisions import Sidecar
    from citecheck.models import Checked, Finding

HELP = """\
  n, Enter  leave it for the writer, and go on; takes back what was decided about it
  i         ignore this finding, with a reason
  s         sign the quotation off as it stands, with all its findings
  o         open the finding in the browser
  b         go back to the one before
  q         quit; what was decided is kept
  ?         these keys
"""
LEFT, IGNORED, SIGNED = "left for the writer", "ignored", "signed off"


class Item(NamedTuple):
    """A finding to decide about, in the draft with this number; `at` is its number there."""

    draft: int
    at: int
    finding: "Finding"


def review(
    drafts: DraftsArg,
    against: AgainstOpt = [],  # noqa: B006 Typer reads the defaults, nothing changes them
    by: Annotated[str, typer.Option("--by", metavar="NAME", help="Who decides.")] = "",
    min_level: MinLevelOpt = None,
    sort: SortOpt = Sort.SEVERITY,
    baseline: BaselineOpt = None,
    profile: ProfileOpt = None,
    config: ConfigOpt = None,
    jobs: JobsOpt = None,
) -> None:
    """Go through the findings of a draft one by one, and decide about each: leave it, ignore it, sign it off.

    Example: citecheck review draft.md --against articles/ --by "Ana Ruiz"
    """
    from citecheck.checks.decisions import decide
    from citecheck.export import decisions as files

    if "-" in drafts:
        raise UsageError("review reads your answers from standard input, and keeps them beside the draft; name a file")
    settings = settings_of(config)._replace(jobs=jobs)
    found = check_drafts(drafts, against, settings, profile, None)
    decisions = files.with_sidecars(decisions_of(settings, min_level, sort, baseline), found)
    Review([decide(item, decisions) for item in found], by, settings).run()


class Review:
    """One session. `decided` are the decisions by the number of the item."""

    def __init__(self, checked: "Sequence[Checked]", by: str, settings: "Config") -> None:
        self.checked, self.by, self.settings = checked, by, settings
        self.items = [
            Item(draft, at, finding) for draft, item in enumerate(checked) for at, finding in enumerate(item.findings)
        ]
        self.decided: dict[int, str] = {}
        self.written: dict[Path, None] = {}
        self._reasons: dict[int, str] = {}
        self._before: dict[int, Sidecar] = {}
        self._page: Path | None = None

    def run(self) -> None:
        """Ask about each finding until the last, `q` or the end of the input."""
        at = 0
        try:
            while 0 <= at < len(self.items):
                at = self._ask(at)
        except (EOFError, KeyboardInterrupt):
            print()
        self._summary()

    def _ask(self, at: int) -> int:
        """Show a finding and take decisions about it; the number of the one to show next, -1 for none."""
        self._show(at)
        while True:
            key = self._line("[n]ext [i]gnore [s]ign off [o]pen [b]ack [q]uit [?] ").lower()[:1]
            if key == "q":
                return -1
            if key == "b":
                return max(0, at - 1)
            if key in ("", "n"):
                self._leave(at)
                return at + 1
            if (key == "i" and self._ignore(at)) or (key == "s" and self._sign(at)):
                return self._next(at)
            if key == "o":
                self._open(at)
            elif key not in ("i", "s"):
                print(HELP, end="")

    def _show(self, at: int) -> None:
        from citecheck.export.findings import finding_text

        item = self.items[at]
        colour = sys.stdout.isatty() and "NO_COLOR" not in os.environ
        state = f" ({self.decided[at]})" if at in self.decided else ""
        print(f"\n{at + 1} of {len(self.items)}{state}")
        print(finding_text(self.checked[item.draft], item.finding, colour).rstrip())

    def _line(self, prompt: str) -> str:
        """A line of the input. Raises EOFError at its end."""
        print(prompt, end="", flush=True)
        line = sys.stdin.readline()
        if not line:
            raise EOFError
        if not sys.stdin.isatty():
            print()  # nobody pressed Enter on the screen
        return line.strip()

    def _next(self, at: int) -> int:
        """The next finding that nothing was decided about by now."""
        return next((n for n in range(at + 1, len(self.items)) if n not in self.decided), len(self.items))

    # Decisions: each is written whole before the next question ---------------------------------------------------

    def _leave(self, at: int) -> None:
        """Leave a finding for the writer; a decision about it, or about its quotation, is taken back."""
        before = self.decided.get(at)
        for n in self._with(at) if before == SIGNED else [at]:
            self.decided[n] = LEFT
        if before in (IGNORED, SIGNED):
            self._write(self.items[at].draft)

    def _ignore(self, at: int) -> bool:
        reason = self._line("Reason: ")
        if not reason:
            print("Without a reason nothing is ignored.")
            return False
        self.decided[at] = IGNORED
        self._reasons[at] = reason
        self._write(self.items[at].draft)
        return True

    def _sign(self, at: int) -> bool:
        if self.items[at].finding.quotation is None:
            print("These are the writer’s own words, and no quotation to sign off; i ignores the finding.")
            return False
        reason = self._line("Reason (may be empty): ")
        for n in self._with(at):
            self.decided[n] = SIGNED
            self._reasons[n] = reason
        self._write(self.items[at].draft)
        return True

    def _with(self, at: int) -> list[int]:
        """The numbers of all findings about the quotation of a finding."""
        item = self.items[at]
        return [
            n
            for n, one in enumerate(self.items)
            if one.draft == item.draft and one.finding.quotation == item.finding.quotation
        ]

    def _write(self, draft: int) -> None:
        """Write the decisions about a draft, those that were there before with them."""
        from citecheck.export import decisions as files

        path, before = self._sidecar(draft)
        now = files.Sidecar(self._signoffs(draft, before.signoffs), [*before.ignored, *self._ignored(draft)])
        if now.signoffs or now.ignored or before != files.Sidecar():
            files.write_sidecar(path, now)
            self.written[path] = None
        else:  # all was taken back, and there was no file
            path.unlink(missing_ok=True)
            self.written.pop(path, None)

    def _sidecar(self, draft: int) -> "tuple[Path, Sidecar]":
        """Where the decisions about a draft are kept, and what stood there when the review began."""
        from citecheck.export import decisions as files

        article = self.checked[draft].extraction.article
        path = files.sidecar(Path(article.path or article.id))
        if draft not in self._before:
            self._before[draft] = files.read_sidecar(path)
        return path, self._before[draft]

    def _signoffs(self, draft: int, before: "list[SignOff] | None") -> "list[SignOff] | None":
        from citecheck.checks.signoffs import resigned

        standings = self.checked[draft].standings
        signed = {item.finding.quotation: self._reasons[n] for n, item in self._of(draft, SIGNED)}
        for quotation, reason in signed.items():
            chosen = [one for one in standings if one.quotation.id == quotation]
            before = resigned(standings, before or (), chosen, self.by, reason)
        return before

    def _ignored(self, draft: int) -> "list[Ignored]":
        from citecheck.checks.signoffs import Ignored

        return [
            Ignored(one.fingerprint, one.code, " ".join(one.text.split()), self._reasons[n], self.by)
            for n, (_, _, one) in self._of(draft, IGNORED)
        ]

    def _of(self, draft: int, decision: str) -> Iterator[tuple[int, Item]]:
        """The findings of a draft about which this was decided, with their numbers."""
        for n, item in enumerate(self.items):
            if item.draft == draft and self.decided.get(n) == decision:
                yield n, item

    # The browser, the end ----------------------------------------------------------------------------------------

    def _open(self, at: int) -> None:
        """Show a finding on the page of the check, in a file that stays for the browser to read."""
        import tempfile
        import webbrowser

        from citecheck import pipeline
        from citecheck.html.check import finding_anchor

        if self._page is None:
            folder = Path(tempfile.mkdtemp(prefix="citecheck-"))
            self._page = pipeline.check_report(self.checked, folder / "review.html", self.settings)
        item = self.items[at]
        address = f"{self._page.as_uri()}#{finding_anchor(item.draft, item.at)}"
        print(address)
        webbrowser.open(address)

    def _summary(self) -> None:
        counts = Counter(self.decided.values())
        told = [f"{counts[name]} {name}" for name in (LEFT, IGNORED, SIGNED) if counts[name]]
        told += [f"{rest} not seen"] if (rest := len(self.items) - len(self.decided)) else []
        say(f"{count(len(self.items), 'finding')}{': ' if told else ''}{', '.join(told)}")
        for path in self.written:
            say(f"kept in {path}")
