"""`citecheck check --watch`: the same output as without it, again after each change, and an end without an error."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from queue import Empty, Queue
from threading import Thread

import pytest

from citecheck import files
from citecheck.cli import watching
from citecheck.cli.check_options import Sort, Wanted
from citecheck.errors import InputError, UsageError

PIER = "“The pier will stay closed for the whole of winter,” the harbour master Ana Ruiz told reporters on Tuesday."
TIDE = "“Nobody warned the fishing fleet about the tide,” the skipper Tom Hale said in a statement."
SECONDS = 60


class Watched:
    """A process whose summaries on standard error are waited for."""

    def __init__(self, folder: Path, *words: str) -> None:
        command = [sys.executable, "-m", "citecheck", "check", *words, "--watch"]
        root = Path(__file__).parent.parent
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={"PYTHONPATH": str(root)},
        )
        self.lines: Queue[str] = Queue()
        self.reader = Thread(target=self._read, daemon=True)
        self.reader.start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.put(line)

    def until(self, words: str) -> str:
        """The next line that has these words. Fails where it does not come."""
        while True:
            try:
                line = self.lines.get(timeout=SECONDS)
            except Empty:
                pytest.fail(f"no line with {words!r}")
            assert "Traceback" not in line
            if words in line:
                return line

    def end(self) -> str:
        """Press Ctrl-C; what was printed on standard output."""
        self.process.send_signal(signal.SIGINT)
        assert self.process.wait(SECONDS) == 0
        self.reader.join(SECONDS)
        rest = [self.lines.get() for _ in range(self.lines.qsize())]
        assert not any("Traceback" in line for line in rest)
        assert self.process.stdout is not None
        return self.process.stdout.read()


@pytest.fixture
def folder(tmp_path: Path) -> Iterator[Path]:
    (tmp_path / "articles").mkdir()
    (tmp_path / "articles" / "pier.txt").write_text(PIER, encoding="utf-8")
    (tmp_path / "drafts").mkdir()
    (tmp_path / "drafts" / "draft.md").write_text(f"He came.\n\n{PIER}\n", encoding="utf-8")
    yield tmp_path


def test_each_change_is_checked_until_ctrl_c(folder: Path) -> None:
    """The draft, its sign-offs, the configuration and the articles, one after the other."""
    watched = Watched(folder, "drafts", "--against", "articles", "-o", "drafts/found.sarif", "--format", "text")
    try:
        watched.until("0 findings, 1 confirmed; 1 articles")
        (folder / "drafts" / "draft.md").write_text(f"{TIDE}\n", encoding="utf-8")
        watched.until("1 findings (1 major), 0 confirmed; 1 articles")
        (folder / "drafts" / "draft.md.signoffs.toml").write_text(
            "[[signoff]]\ntext = 'Other words.'\n", encoding="utf-8"
        )
        watched.until("1 quotations left to sign off")
        (folder / "articles" / "tide.txt").write_text(f"On Monday it rained.\n\n{TIDE}", encoding="utf-8")
        watched.until("0 findings, 1 confirmed, 1 quotations left to sign off; 2 articles")
        (folder / "citecheck.toml").write_text("min_level = 'huge'\n", encoding="utf-8")
        watched.until("citecheck.toml:1: min_level should be one of")
        (folder / "citecheck.toml").unlink()
        watched.until("0 findings, 1 confirmed")
        (folder / "drafts" / "draft.md").unlink()
        watched.until("no article could be read from drafts")
    finally:
        printed = watched.end()
    once = "drafts/draft.md:1:2: major CC301 Not found in what was searched\n"
    assert printed.count(once) == 2  # as without --watch, and no code of a terminal
    assert "\x1b" not in printed
    assert watched.lines.empty()  # what it wrote itself was no change


def wanted(folder: Path, *drafts: str) -> Wanted:
    none = dict.fromkeys(Wanted._fields, None) | {"output": [], "select": [], "ignore": [], "sort": Sort.SEVERITY}
    return Wanted(**none | {"drafts": [str(folder / name) for name in drafts] or ["-"], "against": [str(folder)]})  # type: ignore[arg-type]


def test_standard_input_cannot_be_watched(folder: Path) -> None:
    with pytest.raises(UsageError, match="name a file"):
        watching.check_again(wanted(folder), lambda _: False)


def test_trouble_at_the_start_is_the_end(folder: Path) -> None:
    def fails(_: object) -> bool:
        raise InputError("nothing")

    with pytest.raises(InputError):
        watching.check_again(wanted(folder, "draft.md"), fails)


@pytest.mark.parametrize("terminal,kind,cleared", [(True, "xterm", 1), (True, "dumb", 0), (False, "xterm", 0)])
def test_only_a_terminal_is_cleared(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], terminal: bool, kind: str, cleared: int
) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: terminal)
    monkeypatch.setenv("TERM", kind)
    watching._clear()
    assert capsys.readouterr().out.count(watching.CLEAR) == cleared


def replaced(folder: Path) -> None:
    (folder / "new.txt").write_bytes((folder / "a.txt").read_bytes())
    (folder / "new.txt").replace(folder / "a.txt")


@pytest.mark.parametrize(
    "change,changed",
    [
        (lambda folder: None, False),
        (lambda folder: (folder / "a.txt").write_text("other"), True),
        (lambda folder: (folder / "a.txt").unlink(), True),
        (replaced, True),  # the same words in another file, as editors save
        (lambda folder: (folder / "deep" / "b.txt").write_text("new"), True),
        (lambda folder: (folder / ".a.txt.swp").write_text("new"), False),  # hidden, so nobody reads it
        (lambda folder: (folder / "deep" / "empty").mkdir(), False),
    ],
)
def test_a_change_shows_in_the_states(tmp_path: Path, change: Callable[[Path], object], changed: bool) -> None:
    (tmp_path / "a.txt").write_text("words", encoding="utf-8")
    (tmp_path / "deep").mkdir()
    before = files.states([tmp_path, "-", tmp_path / "none"])
    change(tmp_path)
    assert (files.states([tmp_path, "-", tmp_path / "none"]) != before) is changed
