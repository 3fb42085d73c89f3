"""The draft given back as a Word file with comments: at the exact words, and nothing else changed."""

from __future__ import annotations

import difflib
import io
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.oxml.ns import qn

from citecheck.readers import read

SAID = "“The ferry will sail at nine & not before, whatever the wind,” said Ana Ruiz, the harbour master."
ARCHIVE = {
    "gazette.txt": f"The harbour was closed on Monday.\n\n{SAID}\n",
    "herald.txt": "Paul Okoye, an engineer, said: “We found rust on every second bolt of the old pier.”\n",
}


def draft(document: Document) -> None:
    """Runs that end inside words, a style, a table, tracked changes, an earlier comment; two planted differences."""
    first = document.add_paragraph("The harbour is open. “The ferry will ")
    first.add_run("sail").bold = True
    first.add_run(" at ten & not before, whatever the wind,” said Ana Ruiz, the harbour master.")
    cell = document.add_table(1, 2).cell(0, 1).paragraphs[0]
    cell.add_run("Paul Okoye said: “We found rust on every bolt of the old ")
    cell.add_run("pier.”")
    noted = document.add_paragraph().add_run("Nothing else happened.")
    document.add_comment(noted, text="Is that so?", author="Desk")


def saved(make: object = draft) -> bytes:
    document = docx.Document()
    assert callable(make)
    make(document)
    stream = io.BytesIO()
    document.save(stream)
    return stream.getvalue()


def check(folder: Path, content: bytes, out: str = "checked.docx") -> subprocess.CompletedProcess[str]:
    (folder / "archive").mkdir(exist_ok=True)
    for name, text in ARCHIVE.items():
        (folder / "archive" / name).write_text(text)
    (folder / "draft.docx").write_bytes(content)
    command = [sys.executable, "-m", "citecheck", "check", "draft.docx", "--against", "archive", "-o", out]
    root = str(Path(__file__).parent.parent)
    return subprocess.run(command, cwd=folder, env={"PYTHONPATH": root}, capture_output=True, text=True, check=False)


def commented_words(document: Document) -> dict[int, str]:
    """What each comment is about: the text between its marks, in document order."""
    open_: set[int] = set()
    found: dict[int, str] = {}
    for element in document.element.body.iter():
        number = int(element.get(qn("w:id"), "-1"))
        if element.tag == qn("w:commentRangeStart"):
            open_.add(number)
        elif element.tag == qn("w:commentRangeEnd"):
            open_.discard(number)
        elif element.tag == qn("w:t"):
            for one in open_:
                found[one] = found.get(one, "") + (element.text or "")
    return found


def part(content: bytes, name: str = "word/document.xml") -> bytes:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return archive.read(name)


def test_comments_stand_at_the_exact_words(tmp_path: Path) -> None:
    """Each finding is a comment on the words inside the marks; the comment that was there is there."""
    done = check(tmp_path, saved())
    assert done.returncode == 1, done.stderr
    assert done.stdout == "checked.docx\n"
    document = docx.Document(str(tmp_path / "checked.docx"))
    texts = {comment.comment_id: comment.text for comment in document.comments}
    words = commented_words(document)
    said = {words[number]: text for number, text in texts.items() if text != "Is that so?"}
    assert set(said) == {
        "The ferry will sail at ten & not before, whatever the wind,",
        "We found rust on every bolt of the old pier.",
    }
    first = said["The ferry will sail at ten & not before, whatever the wind,"]
    assert "CC101" in first and "[-nine-]{+ten+}" in first and "gazette.txt" in first
    assert "Is that so?" in texts.values()
    assert {comment.author for comment in document.comments} == {"Desk", "citecheck"}


def test_the_text_is_as_it_was(tmp_path: Path) -> None:
    """What is added taken out, the bytes are those of the draft; every other part is the same, and so is the text."""
    before = saved()
    check(tmp_path, before)
    after = (tmp_path / "checked.docx").read_bytes()
    matcher = difflib.SequenceMatcher(None, part(before), part(after), autojunk=False)
    assert {tag for tag, *_ in matcher.get_opcodes()} == {"equal", "insert"}
    with zipfile.ZipFile(io.BytesIO(before)) as old, zipfile.ZipFile(io.BytesIO(after)) as new:
        assert set(old.namelist()) == set(new.namelist())  # the draft had comments
        changed = {name for name in old.namelist() if old.read(name) != new.read(name)}
    assert changed == {"word/document.xml", "word/comments.xml"}
    texts = [getattr(item, "text", None) for item in read([tmp_path / "draft.docx", tmp_path / "checked.docx"])]
    assert texts[0] is not None and texts[0] == texts[1]


def test_a_draft_without_comments_gets_a_part_for_them(tmp_path: Path) -> None:
    """The part, its type and its relation are added."""
    before = saved(lambda document: document.add_paragraph(SAID.replace("nine", "ten")))
    assert "word/comments.xml" not in zipfile.ZipFile(io.BytesIO(before)).namelist()
    check(tmp_path, before)
    document = docx.Document(str(tmp_path / "checked.docx"))
    assert [comment.author for comment in document.comments] == ["citecheck"]
    assert part((tmp_path / "checked.docx").read_bytes(), "[Content_Types].xml").count(b"comments+xml") == 1


def test_the_style_of_a_run_is_kept_on_both_sides_of_a_cut(tmp_path: Path) -> None:
    """A quotation inside one bold run: all three pieces are bold, and the spaces at the cuts are kept."""

    def bold(document: Document) -> None:
        document.add_paragraph().add_run(f"Listen: {SAID.replace('nine', 'ten')}").bold = True

    check(tmp_path, saved(bold))
    runs = [run for run in docx.Document(str(tmp_path / "checked.docx")).paragraphs[0].runs if run.text]
    assert [run.bold for run in runs] == [True, True, True]
    assert "".join(run.text for run in runs) == f"Listen: {SAID.replace('nine', 'ten')}"


def test_a_draft_in_which_nothing_is_found_comes_back_as_it_is(tmp_path: Path) -> None:
    """The same bytes."""
    content = saved(lambda document: document.add_paragraph(SAID))
    assert check(tmp_path, content).returncode == 0
    assert (tmp_path / "checked.docx").read_bytes() == content


def test_tracked_changes_are_read_as_they_will_be(tmp_path: Path) -> None:
    """A comment on a quotation with an inserted word in it leaves the revision marks whole."""
    body = saved(lambda document: document.add_paragraph("“The ferry will @ at nine & not before,” said Ana Ruiz."))
    text = part(body)
    run = rb"<w:r><w:t xml:space=\"preserve\">"
    inserted = text.replace(
        b" @ ",
        b' </w:t></w:r><w:ins w:id="9" w:author="Ed"><w:r><w:t>never sail</w:t></w:r></w:ins><w:del w:id="8" '
        b'w:author="Ed"><w:r><w:delText>sail</w:delText></w:r></w:del>' + run.replace(b"\\", b"") + b" ",
    )
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w") as new:
        for item in old.infolist():
            new.writestr(item, inserted if item.filename == "word/document.xml" else old.read(item))
    check(tmp_path, stream.getvalue())
    document = docx.Document(str(tmp_path / "checked.docx"))
    assert list(commented_words(document).values()) == ["The ferry will never sail at nine & not before,"]
    assert len(re.findall("<w:(?:ins|del) ", document.element.xml)) == 2


def test_libreoffice_shows_the_comments(tmp_path: Path) -> None:
    """Another office program opens the file, and has each comment at its words. In CI it is there."""
    office = shutil.which("soffice")
    if office is None:
        assert "CI" not in os.environ, "CI installs LibreOffice"
        pytest.skip("LibreOffice is not installed")
    check(tmp_path, saved())
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--convert-to", "odt", "checked.docx"]
    subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, timeout=240)
    content = part((tmp_path / "checked.odt").read_bytes(), "content.xml").decode()
    notes = re.findall("<office:annotation .*?</office:annotation>", content, re.DOTALL)
    assert len(notes) == 3
    assert sum("<dc:creator>citecheck<" in note for note in notes) == 2
    ends = content.index("whatever the wind,<office:annotation-end"), content.index("<office:annotation-end")
    assert ends[1] > ends[0]


BAD = [
    # Nothing is written over the draft.
    ("draft.docx", "is the draft itself"),
    # A folder that is a file.
    ("draft.docx/x.docx", "cannot write"),
]


@pytest.mark.parametrize(("out", "message"), BAD)
def test_bad_places(tmp_path: Path, out: str, message: str) -> None:
    content = saved()
    done = check(tmp_path, content, out)
    assert done.returncode == 2
    assert message in done.stderr
    assert (tmp_path / "draft.docx").read_bytes() == content


def test_only_one_word_file_can_be_given_back(tmp_path: Path) -> None:
    """A text has no comments."""
    (tmp_path / "draft.txt").write_text(SAID)
    command = [sys.executable, "-m", "citecheck", "check", "draft.txt", "--against", ".", "-o", "out.docx"]
    (tmp_path / "other.txt").write_text(ARCHIVE["herald.txt"])
    root = str(Path(__file__).parent.parent)
    done = subprocess.run(command, cwd=tmp_path, env={"PYTHONPATH": root}, capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "let it be a .docx" in done.stderr
    assert not (tmp_path / "out.docx").exists()
