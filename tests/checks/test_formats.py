"""The formats of the findings, over the command line: each valid, complete, and empty where nothing was found."""

from __future__ import annotations

import csv
import io
import json
import sys
import xml.etree.ElementTree as ET
from contextlib import redirect_stderr, redirect_stdout
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from citecheck.checks.codes import codes
from citecheck.cli import main
from citecheck.export.findings import SUFFIXES, format_of

HERE = Path(__file__).parent
FORMATS = ("text", "json", "jsonl", "sarif", "junit", "github", "rdjson", "csv", "md", "html")


class Done(NamedTuple):
    """What a run left: its status and its two streams."""

    returncode: int
    stdout: str
    stderr: str


def run(*words: str, stdin: str = "", folder: Path = HERE / "ferry") -> Done:
    """The command in this process: a start of its own for each would take a second."""
    out, err = io.StringIO(), io.StringIO()
    with pytest.MonkeyPatch.context() as patch, redirect_stdout(out), redirect_stderr(err):
        patch.chdir(folder)
        patch.setattr(sys, "argv", ["citecheck", *words])
        patch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode("utf-8")), encoding="utf-8"))
        try:
            main()
            status = 0
        except SystemExit as ended:
            status = int(ended.code or 0)
    assert "Traceback" not in err.getvalue(), err.getvalue()
    return Done(status, out.getvalue(), err.getvalue())


def check(*words: str, **more: Any) -> Done:
    return run("check", *words, "--against", str(HERE / "ferry" / "archive"), **more)


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The findings of one draft in every format that a suffix names, written in one run."""
    folder = tmp_path_factory.mktemp("written")
    paths = {name: folder / f"out{suffix}" for suffix, name in reversed(SUFFIXES.items())}
    done = check("draft.md", *(word for path in paths.values() for word in ("-o", str(path))))
    assert done.returncode == 1
    assert done.stdout.splitlines() == [str(path) for path in paths.values()]
    return paths


def assert_sarif(log: Any) -> None:
    """What the published schema of SARIF 2.1.0 asks of the parts that are used here."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-2.1.0.json")
    for run_ in log["runs"]:
        rules = run_["tool"]["driver"]["rules"]
        assert [rule["id"] for rule in rules] == codes()
        assert all(rule["shortDescription"]["text"] and rule["fullDescription"]["text"] for rule in rules)
        for result in run_["results"]:
            assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
            assert result["level"] in ("none", "note", "warning", "error")
            assert result["message"]["text"]
            assert len(result["locations"]) == 1
            flows = [one["location"] for flow in result.get("codeFlows", ()) for one in _steps(flow)]
            for place in (*result["locations"], *result["relatedLocations"], *flows):
                region = place["physicalLocation"]["region"]
                assert region["charOffset"] >= 0 < region["charLength"]
                assert " " not in place["physicalLocation"]["artifactLocation"]["uri"]
            numbers = [place["id"] for place in result["relatedLocations"]]
            assert numbers == sorted(set(numbers))
            assert all(isinstance(value, str) for value in result["partialFingerprints"].values())
            for one in result.get("suppressions", ()):
                assert one["kind"] in ("inSource", "external")
                assert one["status"] == "accepted"


def _steps(flow: Any) -> list[Any]:
    assert len(flow["threadFlows"]) == 1
    return list(flow["threadFlows"][0]["locations"])


def test_sarif(written: dict[str, Path]) -> None:
    log = json.loads(written["sarif"].read_text())
    assert_sarif(log)
    results = log["runs"][0]["results"]
    assert len(results) == 12
    (credit,) = [result for result in results if result["ruleId"] == "CC302"]
    assert "credits Reuters" in credit["codeFlows"][0]["threadFlows"][0]["locations"][0]["location"]["message"]["text"]


def test_decisions_are_suppressions(tmp_path: Path) -> None:
    base = tmp_path / "base.json"
    check("draft.md", "--write-baseline", str(base), "-q")
    done = check("draft.md", "--baseline", str(base), "-f", "sarif")
    assert done.returncode == 0
    log = json.loads(done.stdout)
    assert_sarif(log)
    assert all(result["suppressions"] for result in log["runs"][0]["results"])


def test_csv_is_safe_and_has_a_row_a_finding(written: dict[str, Path]) -> None:
    rows = list(csv.DictReader(io.StringIO(written["csv"].read_text(encoding="utf-8"), newline="")))
    assert len(rows) == 12
    assert rows[0]["code"] == "CC101"
    draft = "Ana Ruiz said: “=SUM(A1) is what nobody in this valley has ever understood at all.”"
    (row,) = csv.DictReader(io.StringIO(check("-", "-f", "csv", stdin=draft).stdout))
    assert row["words"].startswith("'=")


def test_rdjson_counts_bytes(written: dict[str, Path]) -> None:
    result = json.loads(written["rdjson"].read_text())
    assert result["source"] == {"name": "citecheck"}
    first = result["diagnostics"][0]
    assert first["code"] == {"value": "CC101"}
    assert first["location"]["path"] == "draft.md"
    start, end = first["location"]["range"]["start"], first["location"]["range"]["end"]
    assert (start["line"], start["column"]) == (8, 4)  # an opening mark is three bytes
    line = (HERE / "ferry" / "draft.md").read_bytes().split(b"\n")[7]
    assert line[start["column"] - 1 : end["column"] - 1].startswith(b"The vessel was")
    assert {item["severity"] for item in result["diagnostics"]} <= {"ERROR", "WARNING", "INFO"}


def test_the_other_files_hold_every_finding(written: dict[str, Path]) -> None:
    assert len(json.loads(written["json"].read_text())) == 12
    assert len(written["jsonl"].read_text().splitlines()) == 12
    suite = ET.parse(written["junit"]).getroot()[0]
    assert suite.get("name") == "draft.md"
    assert sum(case.find("failure") is not None for case in suite) == 12
    assert written["md"].read_text().count("- **") == 12
    assert written["text"].read_text().count("Ask: ") == 12
    assert written["html"].read_text().startswith("<!doctype html>")


@pytest.mark.parametrize("format_", FORMATS)
def test_a_draft_without_a_quotation_says_so_in_every_format(format_: str, tmp_path: Path) -> None:
    done = check("-", "-f", format_, stdin="Nothing was said today.\n")
    assert done.returncode == 0
    assert "nothing was checked" in done.stderr
    if format_ in ("json", "sarif", "rdjson"):
        json.loads(done.stdout)
    elif format_ == "junit":
        ET.fromstring(done.stdout)
    elif format_ in ("text", "md"):
        assert "nothing was checked" in done.stdout
    elif format_ == "csv":
        assert len(done.stdout.splitlines()) == 1


def test_a_suffix_that_says_nothing_is_refused(tmp_path: Path) -> None:
    done = check("draft.md", "-o", str(tmp_path / "out.doc"))
    assert (done.returncode, done.stdout) == (2, "")
    assert ".sarif" in done.stderr
    assert format_of("a.SARIF.json") == "sarif"


# (options, exit status, lines of the findings that are shown, a part of standard error)
OPTIONS = [
    (("--select", "CC4"), 1, 1, "1 findings"),
    (("--ignore", "CC1,CC2,CC3,CC4"), 0, 0, "0 findings"),
    (("--max", "3"), 1, 3, "9 more, not shown with --max"),
    (("--min-level", "critical"), 1, 6, "below the level shown"),
    (("--min-level", "critical", "--select", "CC103"), 1, 0, "below the level shown"),  # what fails is apart
    (("--fail-on", "never"), 0, 12, ""),
    (("--exit-zero",), 0, 12, ""),
    (("--select", "CC8"), 2, 0, "no code begins with"),
    (("--profile", "reuter"), 2, 0, "did you mean “reuters”"),
    (("--baseline", "none.json"), 2, 0, "--write-baseline"),
]


@pytest.mark.parametrize(("options", "status", "shown", "said"), OPTIONS)
def test_options(options: tuple[str, ...], status: int, shown: int, said: str) -> None:
    done = check("draft.md", *options)
    assert done.returncode == status
    assert done.stdout.count("  Ask: ") == shown
    assert said in done.stderr


def test_quiet_position_and_names() -> None:
    text = (HERE / "ferry" / "draft.md").read_text(encoding="utf-8")
    done = check("-", "--stdin-filename", "news/after.md", "--sort", "position", "-q", "-f", "jsonl", stdin=text)
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert done.stderr == ""
    assert {item["article"] for item in found} == {"news/after.md"}
    assert [item["start"] for item in found] == sorted(item["start"] for item in found)
    assert "block" not in done.stderr
    assert any("We will cooperate" in item["text"] for item in found)  # read as Markdown: a block quotation


def test_a_draft_that_is_in_the_archive_is_left_out_and_that_is_said(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("“We have sold the whole of the old harbour,” said Ana Ruiz.", encoding="utf-8")
    (tmp_path / "b.txt").write_text("The harbour is old, and nobody has bought it.", encoding="utf-8")
    done = run("check", "a.txt", "--against", ".", folder=tmp_path)
    assert done.returncode == 1
    assert "CC301" in done.stdout
    assert "left out of the search, as it is the draft itself: a.txt" in done.stderr


def test_a_configuration_that_is_wrong_on_line_7_names_line_7(tmp_path: Path) -> None:
    lines = ['profile = "ap"', "", "# the desk", "", "[[outlets]]", 'name = "Courier"', 'knid = "agency"']
    (tmp_path / "citecheck.toml").write_text("\n".join(lines), encoding="utf-8")
    done = run("config", "show", folder=tmp_path)
    assert done.returncode == 2
    assert "citecheck.toml:7: unknown key “outlets[1].knid”: did you mean “kind”?" in done.stderr
    lines[6] = 'kind = "agency"'
    (tmp_path / "citecheck.toml").write_text("\n".join(lines), encoding="utf-8")
    shown = run("config", "show", folder=tmp_path).stdout.splitlines()
    assert shown[0].startswith('profile = "ap"    # ')
    assert shown[0].endswith("citecheck.toml:1")
    assert 'min_level = "minor"    # default' in shown


def test_signoff_and_what_is_left(tmp_path: Path) -> None:
    draft = tmp_path / "draft.md"
    draft.write_text((HERE / "ferry" / "draft.md").read_text(encoding="utf-8"), encoding="utf-8")
    archive = str(HERE / "ferry" / "archive")
    done = run("signoff", "draft.md", "--against", archive, "--line", "8", "--by", "A. Editor", folder=tmp_path)
    assert (done.returncode, done.stdout) == (0, "draft.md.signoffs.toml\n")
    done = run("check", "draft.md", "--against", archive, "--since-signoff", folder=tmp_path)
    assert "1 kept back (signed-off)" in done.stderr
    assert "10 quotations left to sign off" in done.stderr
    assert done.stdout.count(": left “") == 10
    assert run("signoff", "draft.md", "--against", archive, "--line", "7", folder=tmp_path).returncode == 2
    assert run("signoff", "draft.md", "--against", archive, folder=tmp_path).returncode == 2


def test_confirmed_quotations_are_listed_on_request() -> None:
    assert check("clean.md").stdout == ""
    done = check("clean.md", "--confirmed").stdout
    assert done.count(": confirmed (") == done.count("  Witness ") == 10
