"""Paths in, articles out: ids, order, and each bad input with its message."""

from __future__ import annotations

import hashlib
import io
import json
import os
import sys
from pathlib import Path

import pytest

from citecheck.errors import InputError, UsageError
from citecheck.models import Article, Skipped
from citecheck.readers import read


def write(folder: Path, **files: str | bytes) -> None:
    """Files by name; `__` stands for the dot of a suffix."""
    for name, content in files.items():
        path = folder / name.replace("__", ".")
        path.write_bytes(content.encode() if isinstance(content, str) else content)


def outcome(*paths: str | Path, max_bytes: int = 1_000_000) -> dict[str, str]:
    """What `read` gives, in order: the text of each article, the reason of each skip."""
    return {
        item.id: item.text if isinstance(item, Article) else f"skipped: {item.reason}"
        for item in read(paths, max_bytes=max_bytes)
    }


def test_folder_is_walked_in_order_with_relative_ids(tmp_path: Path) -> None:
    (tmp_path / "b").mkdir()
    write(
        tmp_path, b__txt="bee", a__TXT="ay", c__md="see", ignored__gitignore="", one__jpg=b"\xff\xd8\xff", two__jpg=b"x"
    )
    (tmp_path / "b" / "a.txt").write_text("inner")
    (tmp_path / ".hidden.txt").write_text("hidden")
    (tmp_path / "README").write_text("no suffix")
    assert outcome(tmp_path) == {
        "a.TXT": "ay",
        "b/a.txt": "inner",
        "b.txt": "bee",
        "c.md": "see",
        "README": "skipped: no reader for a file without a suffix",
        "ignored.gitignore": "skipped: no reader for .gitignore",
        "one.jpg": "skipped: no reader for .jpg; 2 such files were left out",
    }


def test_a_file_named_itself_is_known_by_its_name(tmp_path: Path) -> None:
    write(tmp_path, a__txt="text", draft="no suffix, but named", photo__jpg="x")
    paths = [tmp_path / "a.txt", tmp_path / "draft", tmp_path / "photo.jpg"]
    assert outcome(*paths) == {
        "a.txt": "text",
        "draft": "no suffix, but named",
        "photo.jpg": "skipped: no reader for .jpg",
    }


def test_article_knows_what_it_was_read_from(tmp_path: Path) -> None:
    write(tmp_path, a__txt="The mayor said that it was not the end of the road.\r\nAnd left.")
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert article.text.endswith("road.\r\nAnd left.")  # line ends as they are
    assert (article.path, article.encoding, article.language) == (str(tmp_path / "a.txt"), "utf-8", "en")
    assert article.body == (0, len(article.text))
    assert article.digest == hashlib.sha256(article.text.encode()).hexdigest()


BAD_FILES = [
    (b"", "empty"),
    (b" \r\n\t\n", "there is no text in it"),
    (b"\xef\xbb\xbf", "there is no text in it"),
    (b"\x00\x01\x02binary", "binary data, not text"),
    (b"\x7fELF\x02\x01\x01\x00" + bytes(100), "binary data, not text"),
    (b"%PDF-1.7\n...", "a PDF, not text"),
    (b"PK\x03\x04....", "a ZIP archive or an office document, not text"),
    ("text without a mark".encode("utf-16-le"), "binary data, not text"),
    (b"x" * 2_000, "larger than 1 kB"),
]


@pytest.mark.parametrize(("content", "reason"), BAD_FILES)
def test_file_that_is_no_text_is_skipped(tmp_path: Path, content: bytes, reason: str) -> None:
    write(tmp_path, bad__txt=content, good__txt="good")
    assert outcome(tmp_path, max_bytes=1_000) == {"bad.txt": f"skipped: {reason}", "good.txt": "good"}


def test_large_file_is_not_read(tmp_path: Path) -> None:
    with (tmp_path / "large.txt").open("wb") as file:
        file.truncate(200_000_000)
    write(tmp_path, good__txt="good")
    assert outcome(tmp_path)["large.txt"] == "skipped: larger than 1 MB"


def test_one_stray_control_character_is_kept(tmp_path: Path) -> None:
    text = "A line with a NUL\x00 in it, from a bad export, is still an article."
    write(tmp_path, a__txt=text)
    assert outcome(tmp_path) == {"a.txt": text}


def test_missing_path_is_said_before_anything_is_read(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"nowhere: there is no such file or folder"):
        read([tmp_path, tmp_path / "nowhere"])
    with pytest.raises(UsageError):
        read(["a\x00b"])


@pytest.mark.parametrize(
    ("files", "message"),
    [
        ({}, r"no article could be read from .*: no file that can be read \(\.atom "),
        ({"a.txt": b""}, r"no article could be read from .*: 1 skipped"),
        ({"a.jpg": b"x", "b.png": b"x"}, r": 2 skipped"),
    ],
)
def test_nothing_readable_is_an_error(tmp_path: Path, files: dict[str, bytes], message: str) -> None:
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    with pytest.raises(InputError, match=message):
        list(read([tmp_path]))


def test_links_pipes_and_loops(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    folder = tmp_path / "folder"
    outside.mkdir()
    folder.mkdir()
    write(outside, linked__txt="linked")
    write(folder, a__txt="a")
    (folder / "loop").symlink_to(folder)
    (folder / "self.txt").symlink_to(folder / "self.txt")
    (folder / "broken.txt").symlink_to(folder / "nothing.txt")
    (folder / "link.txt").symlink_to(outside / "linked.txt")
    os.mkfifo(folder / "pipe.txt")
    found = outcome(folder)
    assert found.pop("self.txt").startswith("skipped: a broken link (")
    assert found == {
        "a.txt": "a",
        "broken.txt": "skipped: a broken link (no such file or directory)",
        "link.txt": "linked",
        "loop": "skipped: a link to a folder; name that folder to have it read",
        "pipe.txt": "skipped: it is a named pipe, not a file",
    }


def test_device_is_refused() -> None:
    with pytest.raises(InputError):
        list(read(["/dev/zero"]))


@pytest.mark.skipif(os.geteuid() == 0, reason="root may read everything")
def test_file_without_permission_is_skipped(tmp_path: Path) -> None:
    write(tmp_path, a__txt="a", b__txt="b")
    (tmp_path / "a.txt").chmod(0)
    assert outcome(tmp_path)["a.txt"] == "skipped: permission denied"


def test_name_that_is_no_text(tmp_path: Path) -> None:
    name = os.fsdecode(b"a\xff\n.txt")
    (tmp_path / name).write_text("a")
    ((identity, text),) = outcome(tmp_path).items()
    assert (identity.encode(), text) == ("a\ufffd\n.txt".encode(), "a")


def test_ids_are_unique_and_nothing_is_lost(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        write(tmp_path / name, a__txt=name)
    assert outcome(tmp_path / "one", tmp_path / "two") == {"a.txt": "one", f"{tmp_path}/two/a.txt": "two"}


def test_file_met_twice_is_read_once(tmp_path: Path) -> None:
    write(tmp_path, a__txt="a")
    assert [item.id for item in read([tmp_path, tmp_path / "a.txt"])] == ["a.txt"]


def test_same_input_same_output(tmp_path: Path) -> None:
    for name in "zyxabc":
        write(tmp_path, **{f"{name}__txt": name})
    assert list(read([tmp_path])) == list(read([tmp_path]))


# Standard input ----------------------------------------------------------------------------------------------------


def give(monkeypatch: pytest.MonkeyPatch, content: bytes) -> None:
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(content)))


def test_standard_input_as_json_lines(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b'\n{"id": "x", "text": "one"}\n{"text": "two"}\n')
    assert outcome("-") == {"x": "one", "-:3": "two"}


def test_standard_input_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, "Ein Satz – und noch einer.".encode())
    assert outcome("-") == {"-": "Ein Satz – und noch einer."}


def test_standard_input_that_is_empty(monkeypatch: pytest.MonkeyPatch) -> None:
    give(monkeypatch, b"")
    with pytest.raises(InputError, match="from -: 1 skipped"):
        list(read(["-"]))


# JSON lines --------------------------------------------------------------------------------------------------------


def test_broken_lines_are_named_by_number_and_the_others_are_read(tmp_path: Path) -> None:
    good = json.dumps(
        {"id": "good", "text": "text", "title": " Title ", "published": "2025-01-02", "url": "https://a.b/c"}
    )
    lines = [
        good,
        '{"id": "cut off", "text": ',
        "",
        '["no object"]',
        '{"id": "no text"}',
        '{"id": "wrong", "text": 3}',
        '{"id": [], "text": "x"}',
        '{"id": "meta", "text": "x", "title": ["a"]}',
        '{"id": "good", "text": "again"}',
        '{"id": "empty", "text": ""}',
        "[" * 100_000,
        '{"id": 7, "text": "a number is an id"}',
    ]
    (tmp_path / "a.jsonl").write_bytes("\n".join(lines).encode() + b'\n{"id": "bytes", "text": "\xff"}\n')
    found = outcome(tmp_path / "a.jsonl")
    assert found.pop("a.jsonl:2").startswith("skipped: not JSON: ")
    assert found == {
        "good": "text",
        "a.jsonl:4": 'skipped: not an article: a line is {"id": …, "text": …}',
        "a.jsonl:5": 'skipped: it has no "text"',
        "a.jsonl:6": 'skipped: "text" is not a string',
        "a.jsonl:7": 'skipped: "id" is not a string',
        "a.jsonl:8": 'skipped: "title" is not a string',
        "a.jsonl:9": 'skipped: the id "good" was used on line 1; ids must be unique',
        "a.jsonl:10": "skipped: empty",
        "a.jsonl:11": "skipped: not JSON that can be read: nested too deeply, or a number too long",
        "7": "a number is an id",
        "a.jsonl:13": "skipped: not UTF-8 (byte 26 of the line)",
    }
    article = next(read([tmp_path / "a.jsonl"]))
    assert isinstance(article, Article)
    assert (article.title, article.published, article.url) == ("Title", "2025-01-02", "https://a.b/c")


def test_line_over_the_limit_is_skipped_and_the_next_is_read(tmp_path: Path) -> None:
    long = json.dumps({"id": "long", "text": "x" * 3_000_000})
    (tmp_path / "a.jsonl").write_text(long + '\n{"id": "b", "text": "next"}\n')
    assert outcome(tmp_path) == {
        "a.jsonl:1": "skipped: the line is larger than 1 MB",
        "b": "next",
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("\ufeffmark kept", "\ufeffmark kept"),  # offsets are those of the JSON string
        ("a\u2028b\x85c\r\n", "a\u2028b\x85c\r\n"),  # no line end but LF ends a line
        ("nul \x00 and astral 😀", "nul \x00 and astral 😀"),
    ],
)
def test_text_is_kept_exactly(tmp_path: Path, text: str, expected: str) -> None:
    for ascii_only in (True, False):
        (tmp_path / "a.jsonl").write_text(
            json.dumps({"id": "a", "text": text}, ensure_ascii=ascii_only), "utf-8", newline=""
        )
        assert outcome(tmp_path) == {"a": expected}


def test_lone_surrogates_are_replaced_one_for_one(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(r'{"id": "\udc80", "title": "\ud800", "text": "a\ud800b\udc00c\ud83d\ude00"}')
    (article,) = read([tmp_path])
    assert isinstance(article, Article)
    assert (article.id, article.title, article.text) == ("?", "?", "a\ufffdb\ufffdc😀")
    assert article.encoding == "utf-8, lone surrogates replaced"


@pytest.mark.parametrize(
    ("field", "value", "expected"),
    [
        ("published", "2025-01", "2025-01"),  # no more precise than it was given
        ("published", "2025-01-02T10:00:00Z", "2025-01-02T10:00:00Z"),
        ("published", "20250102T080000+0900", "2025-01-02T08:00:00+09:00"),
        ("published", "20250102", "2025-01-02"),
        ("published", "Thu, 02 Jan 2025 10:00:00 +0000", "2025-01-02T10:00:00+00:00"),
        ("published", "yesterday", None),
        ("published", "2025-13-01", None),
        ("url", "javascript:alert(1)", None),
        ("url", "HTTPS://a.b/?q=1#f", "HTTPS://a.b/?q=1#f"),
        ("language", "en_US", "en"),
        ("language", "english", None),
    ],
)
def test_metadata_that_cannot_be_trusted_is_dropped(
    tmp_path: Path, field: str, value: str, expected: str | None
) -> None:
    (tmp_path / "a.jsonl").write_text(json.dumps({"id": "a", "text": "x", field: value}))
    (article,) = read([tmp_path])
    assert getattr(article, field) == expected


def test_skipped_is_counted_with_the_articles(tmp_path: Path) -> None:
    write(tmp_path, a__txt="a", b__txt="")
    kinds = [type(item) for item in read([tmp_path])]
    assert kinds == [Article, Skipped]
