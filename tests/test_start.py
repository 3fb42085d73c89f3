"""What a command does not load: each of these would make every start slower."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

RUN = "import sys; from citecheck.cli import main; sys.argv = ['citecheck', *sys.argv[1:]]\n"
TELL = "try: main()\nfinally: print('LOADED', *sys.modules)"
QUOTED = "“We shall build the bridge before the winter comes,” said Ann Lee of the Harbour Board on Monday.\n"


@pytest.mark.parametrize(
    ("words", "unwanted"),
    [
        (["--help"], {"pydantic", "jinja2", "tempfile", "webbrowser", "citecheck.models", "citecheck.pipeline"}),
        (["extract", "a.txt"], {"sqlite3", "jinja2", "tomllib", "selectolax", "citecheck.drift", "citecheck.checks"}),
        # What processes, archives, configurations, web pages and checks need.
        (
            ["report", "a.txt", "b.txt", "-o", "report"],
            {"multiprocessing", "sqlite3", "tomllib", "selectolax", "citecheck.checks", "jinja2.ext"},
        ),
    ],
)
def test_a_command_loads_only_what_it_needs(tmp_path: Path, words: list[str], unwanted: set[str]) -> None:
    (tmp_path / "a.txt").write_text(QUOTED, encoding="utf-8")
    (tmp_path / "b.txt").write_text("The board met.\n\n" + QUOTED, encoding="utf-8")
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'theirs'\n")
    root = str(Path(__file__).parent.parent)
    program = f"import sys; sys.path.insert(0, {root!r})\n{RUN}{TELL}"
    command = [sys.executable, "-c", program, *words]
    done = subprocess.run(command, check=True, capture_output=True, text=True, cwd=tmp_path)
    loaded = set(done.stdout.rpartition("LOADED")[2].split())
    assert unwanted & loaded == set()
