"""Resolved comments of a Word draft are sign-offs: good for what stood when they were resolved, for nothing else."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import docx
import pytest
from docx.document import Document

from citecheck import pipeline
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Article, Checked, Corpus, Reason

SAID = "This old bridge has carried our children to school for a century."
WRONG = SAID.replace("school", "market")
DATED = "The old bridge over the Orla was closed to lorries on March {} after a crack was found in its arch."
WITNESS = f"The mayor, Ana Ruiz, said: “{SAID}” {DATED.format(3)}"


def checked(path: Path, witness: str = WITNESS, since: bool = False) -> Checked:
    against = Corpus((pipeline.extract(Article("witness", witness, digest="w")),))
    (found,) = pipeline.check(pipeline.gather(pipeline.extract_all([path])), against)
    return decide(found, Decisions(since_signoff=since))


def codes(found: Checked) -> list[str]:
    return [item.code for item in found.findings]


def draft(document: Document, said: str = WRONG, who: str = "Ana Ruiz", day: int = 3) -> None:
    paragraph = document.add_paragraph(f"{who} said: ")
    paragraph.add_run(f"“{said}”")
    document.add_paragraph(DATED.format(day))


def saved(path: Path, make: Callable[[Document], None]) -> Path:
    document = docx.Document()
    make(document)
    document.save(str(path))
    return path


def resolve(path: Path, only: Callable[[str], bool] = lambda _: True) -> Path:
    """What Word does: each comment gets an id by its last paragraph, and a part says which ones are done."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    comments = parts["word/comments.xml"].decode()
    states = []

    def settled(match: re.Match[str]) -> str:
        text = match[0]
        id_ = f"{len(states) + 1:08X}"
        states.append(f'<w15:commentEx w15:paraId="{id_}" w15:done="{int(only(text))}"/>')
        last = text.rindex("<w:p>") if "<w:p>" in text else text.rindex("<w:p ")
        w14 = "http://schemas.microsoft.com/office/word/2010/wordml"
        return f'{text[: last + 4]} xmlns:w14="{w14}" w14:paraId="{id_}"{text[last + 4 :]}'

    parts["word/comments.xml"] = re.sub(r"<w:comment [\s\S]*?</w:comment>", settled, comments).encode()
    w15 = "http://schemas.microsoft.com/office/word/2012/wordml"
    parts["word/commentsExtended.xml"] = (
        f'<w15:commentsEx xmlns:w15="{w15}">{"".join(states)}</w15:commentsEx>'.encode()
    )
    relation = (
        '<Relationship Id="rIdX" Type="http://schemas.microsoft.com/office/2011/relationships/commentsExtended" '
        'Target="commentsExtended.xml"/></Relationships>'
    )
    relations = parts["word/_rels/document.xml.rels"].decode()
    if "commentsExtended" not in relations:
        parts["word/_rels/document.xml.rels"] = relations.replace("</Relationships>", relation).encode()
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


def edited(path: Path, before: str, after: str) -> Path:
    """The file with words of its text changed, as its writer might."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts["word/document.xml"] = parts["word/document.xml"].replace(before.encode(), after.encode())
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    return path


@pytest.fixture
def returned(tmp_path: Path) -> Path:
    """A draft with a wrong word that came back with our comment."""
    path = saved(tmp_path / "draft.docx", draft)
    found = checked(path)
    assert codes(found) == ["CC103"]
    return pipeline.check_word([found], tmp_path / "checked.docx")


def test_an_open_comment_of_ours_decides_nothing_and_is_not_written_twice(returned: Path, tmp_path: Path) -> None:
    found = checked(returned)
    assert codes(found) == ["CC103"]
    assert found.left is None
    again = pipeline.check_word([found], tmp_path / "again.docx")
    assert again.read_bytes() == returned.read_bytes()


def test_a_resolved_comment_of_ours_signs_the_quotation_off(returned: Path) -> None:
    found = checked(resolve(returned))
    assert codes(found) == []
    assert [(item.finding.code, item.reason, item.note) for item in found.suppressed] == [
        ("CC103", Reason.SIGNED_OFF, "its comment was resolved")
    ]
    assert found.left == ()


# (words of the draft before and after, the witness, codes, what changed)
LAPSES = [
    (("century", "decade"), WITNESS, ["CC101", "CC902"], "its words changed"),
    (("Ana Ruiz", "Paul Okoye"), WITNESS, ["CC201", "CC103", "CC902"], "its speaker changed"),
    (("", ""), WITNESS.replace("old bridge has", "older bridge has"), ["CC103", "CC902"], "its witnesses changed"),
    (("closed", "shut"), WITNESS, [], ""),  # an edit elsewhere
]


@pytest.mark.parametrize(("words", "witness", "left", "what"), LAPSES)
def test_it_lapses_when_something_changes(
    returned: Path, words: tuple[str, str], witness: str, left: list[str], what: str
) -> None:
    found = checked(edited(resolve(returned), *words), witness)
    assert codes(found) == left
    assert all(what in item.message for item in found.findings if item.code == "CC902")
    assert len(found.left or ()) == ("CC902" in left)


def test_two_comments_on_one_quotation(tmp_path: Path) -> None:
    """Another speaker and another word: what is resolved is settled, the rest stays until all of it is."""
    path = saved(tmp_path / "draft.docx", lambda document: draft(document, who="Paul Okoye"))
    back = pipeline.check_word([checked(path)], tmp_path / "back.docx")
    found = checked(resolve(back, lambda text: "CC201" in text))
    assert codes(found) == ["CC103"]
    assert [item.finding.code for item in found.suppressed] == ["CC201"]
    found = checked(resolve(pipeline.check_word([checked(path)], tmp_path / "all.docx")))
    assert codes(found) == []
    assert found.left == ()


def test_a_comment_on_a_date_settles_that_date(tmp_path: Path) -> None:
    path = saved(tmp_path / "draft.docx", lambda document: draft(document, said=SAID, day=13))
    back = resolve(pipeline.check_word([checked(path)], tmp_path / "back.docx"))
    found = checked(back)
    assert codes(found) == []
    assert [item.finding.code for item in found.suppressed] == ["CC401"]
    assert codes(checked(edited(back, "March 13", "March 14"))) == ["CC401"]


# (where the comment stands, resolved, codes)
COMMENTS = [
    ("quotation", True, []),
    ("quotation", False, ["CC103"]),
    ("paragraph", True, []),
    ("date", True, ["CC103"]),
]


@pytest.mark.parametrize(("where", "done", "left"), COMMENTS)
def test_somebody_elses_comment(tmp_path: Path, where: str, done: bool, left: list[str]) -> None:
    def make(document: Document) -> None:
        draft(document)
        runs = {
            "quotation": document.paragraphs[0].runs[1:],
            "paragraph": document.paragraphs[0].runs,
            "date": document.paragraphs[1].runs,
        }[where]
        document.add_comment(runs, text="She says market on the tape.", author="Desk")

    found = checked(resolve(saved(tmp_path / "draft.docx", make), lambda _: done))
    assert codes(found) == left
    if not left:
        assert [item.note for item in found.suppressed] == ["by Desk She says market on the tape."]


def test_what_is_left_is_counted_with_comments(returned: Path) -> None:
    found = checked(resolve(returned), since=True)
    assert codes(found) == []
    assert found.left == ()


def test_all_ways_to_decide_work_together(tmp_path: Path) -> None:
    """A comment, a sign-off beside the draft, an ignore beside it, codes left out of a kind of file; what is left."""
    from citecheck.checks.signoffs import Ignored, sign

    lost = "We never had the money for a new one."

    def make(document: Document) -> None:
        draft(document, day=13)
        run = document.add_paragraph("Paul Okoye said: ").add_run(f"“{lost}”")
        document.add_comment(run, text="On my tape.", author="Desk")
        document.add_paragraph(f"“{SAID}” Ana Ruiz said.")

    path = resolve(saved(tmp_path / "draft.docx", make))
    found = checked(path)
    assert codes(found) == ["CC103", "CC401"]
    assert [item.quotation.text for item in found.left or ()] == [WRONG, SAID]
    first = next(item for item in found.standings if item.quotation.text == WRONG)
    date = next(item for item in found.findings if item.code == "CC401")
    name = found.extraction.article.id
    both = Decisions(signoffs={name: [sign(first)]}, ignored={name: [Ignored(date.fingerprint, "CC401", "", "so")]})
    last = decide(replace(found, findings=(*found.findings, *(one.finding for one in found.suppressed))), both)
    assert codes(last) == []
    assert [item.quotation.text for item in last.left or ()] == [SAID]
    assert sorted(item.reason for item in last.suppressed) == ["ignore", "signed-off", "signed-off"]
    per_file = decide(found, Decisions(per_file={"*.docx": ("CC1", "CC4")}, since_signoff=True))
    assert codes(per_file) == []
    assert len(per_file.left or ()) == 2


def test_python_docx_reads_what_we_write(returned: Path) -> None:
    """The mark is text, so that every office program keeps it."""
    (comment,) = docx.Document(io.BytesIO(returned.read_bytes())).comments
    assert re.search(r"resolve this comment\. \[citecheck CC103( [0-9a-f]{12}){3}\]\Z", comment.text)
