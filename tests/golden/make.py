"""What the program makes of the sample corpus, kept so that each change to it is seen.

    python tests/golden/make.py     writes the files anew; read the difference before you commit it

The wire format is kept as it is printed. Of the report, which is long, a digest of each file is kept. The entries of
docs/rules.md are the rules of `citecheck.checks`, written out.
"""

from __future__ import annotations

import hashlib
import subprocess
import sys
import tempfile
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
#: File name: the command that prints it. They run at the top of the checkout, where `seeds/` is.
COMMANDS = {
    "extract.jsonl": ("extract", "seeds/articles", "--format", "jsonl"),
    "sources.jsonl": ("extract", "seeds/articles", "--sources", "--format", "jsonl"),
    "match.jsonl": ("match", "seeds/articles", "--format", "jsonl"),
    "check.jsonl": ("check", "seeds/draft.txt", "--against", "seeds/articles", "--format", "jsonl"),
    "extract.txt": ("extract", "seeds/articles"),
    "match.txt": ("match", "seeds/articles"),
    "check.txt": ("check", "seeds/draft.txt", "--against", "seeds/articles"),
    "trace.txt": ("trace", "crucial instrument", "--against", "seeds/articles"),
}
REPORT = "report.sha256"
RULES_PAGE = ROOT / "docs" / "rules.md"
RULES_BEGIN = "\n## Codes\n"


def printed(name: str) -> str:
    """What the command behind `name` prints on standard output."""
    done = subprocess.run(
        [sys.executable, "-m", "citecheck", *COMMANDS[name]], cwd=ROOT, capture_output=True, check=False, timeout=120
    )
    if done.returncode not in (0, 1):
        raise RuntimeError(done.stderr.decode("utf-8"))
    return done.stdout.decode("utf-8")


def digests() -> str:
    """`digest  path`, a line for each file of the report of the sample corpus."""
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "report"
        subprocess.run(
            [sys.executable, "-m", "citecheck", "report", "seeds/articles", "-o", str(out)],
            cwd=ROOT,
            capture_output=True,
            check=True,
            timeout=120,
        )
        files = sorted(path for path in out.rglob("*") if path.is_file())
        return "".join(
            f"{hashlib.sha256(path.read_bytes()).hexdigest()[:16]}  {path.relative_to(out).as_posix()}\n"
            for path in files
        )


def rules_page() -> str:
    """docs/rules.md: its own beginning, and an entry for each rule."""
    sys.path.insert(0, str(ROOT))
    from citecheck.checks.codes import RULES

    beginning = RULES_PAGE.read_text(encoding="utf-8").split(RULES_BEGIN)[0]
    entries = [
        f"### {rule.code}: {rule.title}\n\n{rule.why}\n\n- *Ask*: {rule.ask}\n- *Witness*: {rule.witness}\n"
        f"- *Fires*: {rule.fires}\n- *Stays silent*: {rule.silent}\n"
        for rule in RULES
    ]
    return beginning + RULES_BEGIN + "\n" + "\n".join(entries)


def main() -> None:
    for name in COMMANDS:
        (HERE / name).write_text(printed(name), encoding="utf-8", newline="\n")
    (HERE / REPORT).write_text(digests(), encoding="utf-8", newline="\n")
    RULES_PAGE.write_text(rules_page(), encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
