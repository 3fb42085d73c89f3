"""`citecheck mcp` as an assistant meets it: through a client of the protocol, in this process and over its pipes."""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
from collections.abc import Callable, Coroutine
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from mcp import Client
from mcp_types import CallToolResult

from citecheck import pipeline
from citecheck.serve import assistant
from citecheck.serve.desk import Desk

ROOT = Path(__file__).parents[2]
PIER = "“The pier will stay closed for the whole of winter,” the harbour master Ana Ruiz told reporters on Tuesday."
SECONDS = 60

Ask = Callable[[str, dict[str, Any]], CallToolResult]


def run(work: Coroutine[Any, Any, Any]) -> Any:
    """In a thread of its own: a browser that other tests drive may have a loop running in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, asyncio.wait_for(work, SECONDS)).result()


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    folder.mkdir()
    head = "---\ntitle: Pier closed\npublisher: Harbour Courier\ndate: 2024-11-05\n---\n\n"
    (folder / "pier.md").write_text(f"{head}{PIER}\n", encoding="utf-8")
    return folder


@pytest.fixture
def ask(archive: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Ask:
    """Calls one tool of a server with that archive."""
    monkeypatch.chdir(tmp_path)

    def called(name: str, arguments: dict[str, Any]) -> CallToolResult:
        desk = Desk([str(archive)])
        desk.open()

        async def work() -> CallToolResult:
            async with Client(assistant.server(desk)) as client:
                return await client.call_tool(name, arguments)

        try:
            return run(work())
        finally:
            desk.close()

    return called


def text(result: CallToolResult) -> str:
    return "\n".join(part.text for part in result.content if part.type == "text")


def structured(result: CallToolResult) -> dict[str, Any]:
    assert not result.is_error, text(result)
    assert result.structured_content is not None
    return result.structured_content


def test_a_changed_word_is_found_with_its_witness(ask: Ask) -> None:
    result = ask("check_text", {"text": PIER.replace("winter", "summer")})
    found = structured(result)
    (finding,) = found["findings"]
    assert finding["code"] in ("CC101", "CC103")
    assert finding["evidence"][0]["text"] == "The pier will stay closed for the whole of winter,"
    assert found["articles"] == [
        {
            "article": "pier.md",
            "publisher": "Harbour Courier",
            "published": "2024-11-05",
            "title": "Pier closed",
            "url": None,
        }
    ]
    assert (found["quotations"], found["confirmed"], found["more"]) == (1, [], 0)
    assert "[-winter,-]{+summer,+}" in text(result)
    assert "Harbour Courier" in text(result)


def test_what_stands_in_the_archive_is_confirmed(ask: Ask) -> None:
    result = ask("check_text", {"text": f"A report says this. {PIER}"})
    found = structured(result)
    assert (found["findings"], [one["confirmed"] for one in found["confirmed"]]) == ([], ["verbatim"])
    assert found["confirmed"][0]["evidence"][0]["publisher"] == "Harbour Courier"
    assert "confirmed (verbatim)" in text(result)
    assert "Harbour Courier" in text(result)


@pytest.mark.parametrize(
    "format_,marked",
    [
        ("markdown", "---\ndate: 2024-11-06\n---\n\n## The pier\n\n{}"),  # front matter is no part of the story
        ("html", '<meta charset="utf-16"><p>{}</p>'),  # a page that lies about its bytes, which it has not
    ],
)
def test_a_format_is_read_as_its_files_are(ask: Ask, format_: str, marked: str) -> None:
    found = structured(ask("check_text", {"text": marked.format(PIER), "format": format_}))
    assert len(found["confirmed"]) == 1


def test_what_was_not_found_is_called_nothing_worse(ask: Ask) -> None:
    result = ask(
        "check_text", {"text": "“We have sold every boat that the town ever owned,” Paul Okoye said on Monday."}
    )
    (finding,) = structured(result)["findings"]
    assert finding["code"] == "CC301"
    assert "1 article" in finding["message"]
    said = json.dumps(result.structured_content) + text(result)
    assert not any(word in said for word in ("false", "fabricated", "invented", "fake"))


def test_a_trace_names_who_said_it_and_where(ask: Ask) -> None:
    found = structured(ask("trace_quote", {"quote": "stay closed for the whole of winter"}))
    assert found["trace"]["status"] == "verbatim"
    assert [one["speaker"]["name"] for one in found["quotations"]] == ["Ana Ruiz"]
    assert found["articles"][0]["published"] == "2024-11-05"
    lost = structured(
        ask("trace_quote", {"quote": "every boat that the town ever owned was sold", "speaker": "Ana Ruiz"})
    )
    assert (lost["trace"]["status"], lost["quotations"]) == ("unverified", [])


def test_two_wordings_are_compared_with_or_without_their_speakers(ask: Ask) -> None:
    quotes = {"a": "We lost forty boats in the storm", "b": "We lost fourteen boats in the storm"}
    labels = {one["label"] for one in structured(ask("compare_quotes", quotes))["drift"]}
    assert "number" in labels
    speakers = {"speaker_a": "Ana Ruiz", "speaker_b": "Paul Okoye"}
    assert "speaker-changed" in {one["label"] for one in structured(ask("compare_quotes", quotes | speakers))["drift"]}


@pytest.mark.parametrize(
    "tool,arguments,message",
    [
        ("check_text", {"text": "x" * 100_001}, "text has 100,001 characters, and no more than 100,000 are taken"),
        ("check_text", {"text": " \n"}, "text is empty"),
        ("check_text", {"text": PIER, "format": "pdf"}, "format"),
        ("trace_quote", {"quote": "x" * 5_001}, "quote has 5,001 characters"),
        ("trace_quote", {"quote": "words", "speaker": "x" * 201}, "speaker has 201 characters"),
        ("compare_quotes", {"a": "words", "b": ""}, "b is empty"),
        ("trace_quote", {}, "quote"),
    ],
)
def test_an_input_that_is_not_taken_is_an_error_that_says_why(
    ask: Ask, tool: str, arguments: dict[str, Any], message: str
) -> None:
    result = ask(tool, arguments)
    assert result.is_error
    assert message in text(result)


def test_many_findings_are_counted_and_not_all_listed(ask: Ask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assistant, "MOST_FINDINGS", 1)
    said = [f"“{name} have sold every boat that was ours,” Paul Okoye said." for name in ("We", "They", "You")]
    result = ask("check_text", {"text": "\n\n".join(said)})
    assert (len(structured(result)["findings"]), structured(result)["more"]) == (1, 2)
    assert "2 more findings" in text(result)


def test_an_archive_that_is_gone_is_an_error_and_not_the_end(archive: Path) -> None:
    desk = Desk([str(archive)])
    desk.open()

    async def work() -> None:
        async with Client(assistant.server(desk)) as client:
            away = archive.rename(archive.with_name("away"))
            gone = await client.call_tool("trace_quote", {"quote": "closed for the whole of winter"})
            assert gone.is_error
            assert "there is no such file or folder" in text(gone)
            away.rename(archive)
            (archive / "two.txt").write_text("“We have sold every boat that was ours,” Paul Okoye said.", "utf-8")
            found = await client.call_tool("trace_quote", {"quote": "We have sold every boat that was ours"})
            assert structured(found)["trace"]["searched"]["articles"] == 2

    try:
        run(work())
    finally:
        desk.close()


def test_tools_say_what_they_take_and_give_and_that_they_only_read(archive: Path) -> None:
    desk = Desk([str(archive)])

    async def work() -> None:
        async with Client(assistant.server(desk)) as client:
            tools = (await client.list_tools()).tools
            assert [tool.name for tool in tools] == ["check_text", "trace_quote", "compare_quotes"]
            for tool in tools:
                assert tool.annotations is not None
                assert tool.annotations.read_only_hint
                assert tool.output_schema is not None
                Draft202012Validator.check_schema(tool.output_schema)
                Draft202012Validator.check_schema(tool.input_schema)
                assert all("description" in row for row in tool.input_schema["properties"].values())
            assert tools[0].input_schema["properties"]["text"]["maxLength"] == assistant.MOST_TEXT

    run(work())
    desk.close()


def test_over_its_pipes_nothing_but_the_protocol_is_printed(archive: Path) -> None:
    """A file that cannot be read is named on standard error; a client would take it for a message."""
    (archive / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    about = {"capabilities": {}, "clientInfo": {"name": "test", "version": "1"}, "protocolVersion": "2025-06-18"}
    messages = (
        {"id": 1, "method": "initialize", "params": about},
        {"method": "notifications/initialized"},
        {"id": 2, "method": "tools/call", "params": {"name": "check_text", "arguments": {"text": PIER}}},
    )
    command = [sys.executable, "-m", "citecheck", "mcp", "--against", str(archive)]
    pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=ROOT, text=True, **pipes) as process:  # type: ignore[call-overload]
        timer = Timer(SECONDS, process.kill)
        timer.start()
        process.stdin.writelines(json.dumps({"jsonrpc": "2.0", **message}) + "\n" for message in messages)
        process.stdin.flush()
        answers = [json.loads(process.stdout.readline()) for _ in range(2)]
        out, said = process.communicate()
        timer.cancel()
    assert [answer["id"] for answer in answers] == [1, 2]
    assert len(answers[1]["result"]["structuredContent"]["confirmed"]) == 1
    assert (out, process.returncode) == ("", 0)
    assert "skipped broken.pdf" in said


def test_the_pipeline_reads_a_text_as_it_reads_files() -> None:
    found = pipeline.extract_text("<p>“A &amp; B are to blame for it all,” Ana Ruiz said.</p>", ".html", "page.html")
    assert found.quotations[0].text == "A & B are to blame for it all,"
    assert (found.article.id, found.article.path) == ("page.html", "page.html")
