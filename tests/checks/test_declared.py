"""Sources that the writer gives for a quotation: read first, said in the finding, and never taken for the draft."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Sequence
from pathlib import Path

import docx
import pytest
from docx.document import Document
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn

from citecheck import pipeline, search
from citecheck.checks.catalogue import MOST_CALLED, Listing
from citecheck.checks.decisions import Decisions, decide
from citecheck.models import Article, Checked, Corpus, Finding, Listed, Note, NoteKind
from citecheck.readers import read
from citecheck.text.called import Name

SAID = "We have waited ten years for this bridge to be repaired,"
OTHER = SAID.replace("ten", "twelve")
WIRE = "https://www.wire.example/orla/bridge/?utm_source=mail"
ARCHIVE = (
    Article("wire.md", f"“{SAID}” said Ana Ruiz, the mayor.", "Mayor waits for a bridge", "Orla Wire", url=WIRE),
    Article("herald.txt", f"“{OTHER}” said Ana Ruiz, the mayor.", publisher="The Orla Herald"),
    Article("post.txt", "The council met on Monday and put off its vote.", "Council puts off a vote", "Orla Post"),
)


def checked(draft: Article) -> Checked:
    against = Corpus(tuple(pipeline.extract(item) for item in ARCHIVE))
    (found,) = pipeline.check(Corpus((pipeline.extract(draft),)), against)
    return decide(found, Decisions())


def read_one(path: Path) -> Article:
    (draft,) = read([path])
    assert isinstance(draft, Article)
    return draft


def check_text(folder: Path, text: str, name: str = "draft.md") -> tuple[Finding, ...]:
    (folder / name).write_text(text, encoding="utf-8")
    return checked(read_one(folder / name)).findings


# (the draft, codes of the findings, words of the first message)
MARKDOWN = [
    # A link around the quotation: the wire has another figure, the herald has the draft's.
    (f"[“{OTHER}”]({WIRE}) said Ana Ruiz.", ["CC101"], "“Mayor waits for a bridge” of Orla Wire, has ‘ten’; the draft"),
    (f"[“{OTHER}”]({WIRE}) said Ana Ruiz.", ["CC101"], "As the draft has it: The Orla Herald."),
    # Right behind it, without scheme, www and tracking.
    (f"“{OTHER}” [said](http://wire.example/orla/bridge) Ana Ruiz.", ["CC101"], "source that you give"),
    # On the words that report it, before and behind.
    (f"“{OTHER}” Ana Ruiz [told us]({WIRE}).", ["CC101"], "source that you give"),
    (f"Ana Ruiz [told us]({WIRE}): “{OTHER}”", ["CC101"], "source that you give"),
    # The source that is given agrees, another one does not: a note.
    (f"“{SAID}” said Ana Ruiz.[^a]\n\n[^a]: Orla Wire, 3 May", ["CC101"], "Orla Wire, has these words as they are"),
    # A footnote names a file, a title, an outlet.
    (f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: notes/wire.md", ["CC101"], "has ‘ten’"),
    (f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: See “Mayor waits for a bridge”, p. 3", ["CC101"], "has ‘ten’"),
    # Another speaker than in the source that is given.
    (f"“{SAID}” said Paul Okoye.[^1]\n\n[^1]: Orla Wire", ["CC201", "CC101"], "Differs from the source that you give"),
    # It has no such words; others have.
    (f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: Council puts off a vote", ["CC101", "CC306"], "as they are"),
    (f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: Orla Post, Monday", ["CC101", "CC306"], "as they are"),
    # It is not in the archive.
    (f"[“{OTHER}”](https://wire.example/other) said Ana Ruiz.", ["CC101", "CC307"], "as they are"),
    (f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: BBC News, 4 May", ["CC101", "CC307"], "as they are"),
    # Nothing has the words: one finding, which says both.
    (
        "[“Nobody here trusts the engineers of the capital,”](https://x.example/y) said Ana Ruiz.",
        ["CC301"],
        "x.example",
    ),
    # A link to background elsewhere in the sentence is no source.
    (f"“{OTHER}” said Ana Ruiz, [mayor since 2019](https://x.example/y).", ["CC101"], "Herald has these words"),
    (f"“{OTHER}” [Ana Ruiz](https://x.example/ruiz) said.", ["CC101"], "Herald has these words"),
    (
        f"“{OTHER.replace('bridge', '[bridge](https://x.example/y)')}” Ana Ruiz said.",
        ["CC101"],
        "Herald has these words",
    ),
    # A footnote that gives no source, and one whose quoted words are nobody's.
    (
        f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: She “waited for a very long time” later.",
        ["CC101"],
        "Herald",
    ),
]


@pytest.mark.parametrize(("draft", "codes", "words"), MARKDOWN)
def test_markdown(tmp_path: Path, draft: str, codes: list[str], words: str) -> None:
    found = check_text(tmp_path, draft)
    assert [item.code for item in found] == codes
    assert words in found[0].message
    assert all(draft[item.start : item.end] == item.text for item in found)


# (what is given, what is said of it)
GIVEN = [
    ("Council puts off a vote", "“Council puts off a vote” of Orla Post, has no such words. The Orla Herald has them"),
    ("Orla Post, Monday", "Orla Post, has no such words in what was searched."),
    ("BBC News, 4 May", "BBC, is not in the archive, so the words were not looked for in it."),
    ("scans/note7.pdf", "scans/note7.pdf, is not in the archive"),
]


@pytest.mark.parametrize(("given", "said"), GIVEN)
def test_what_is_said_of_a_source_without_the_words(tmp_path: Path, given: str, said: str) -> None:
    found = check_text(tmp_path, f"“{OTHER}” said Ana Ruiz.[^1]\n\n[^1]: {given}")
    assert said in found[1].message


def test_the_witness_that_is_given_comes_first(tmp_path: Path) -> None:
    (found,) = check_text(tmp_path, f"[“{OTHER}”]({WIRE}) said Ana Ruiz.")
    assert [item.article for item in found.evidence] == ["wire.md", "herald.txt"]


def test_a_page(tmp_path: Path) -> None:
    page = f'<p>The vote was put off.</p><p>“{OTHER}” Ana Ruiz <a href="{WIRE}">said</a>.</p>'
    (found,) = check_text(tmp_path, page, "draft.html")
    assert "has ‘ten’" in found.message


# (what stands at the quotation, codes)
CREDITS = [
    ((), ["CC302"]),
    ((Note(NoteKind.LINK, 0, 5, "https://ft.com"),), []),  # readers see it
    ((Note(NoteKind.COMMENT, 0, 5, "Financial Times"),), ["CC302"]),  # they do not
]


@pytest.mark.parametrize(("notes", "codes"), CREDITS)
def test_a_link_that_readers_see_is_a_credit(notes: tuple[Note, ...], codes: list[str]) -> None:
    told = f"“{SAID}” Ana Ruiz told the Financial Times."
    papers = [Article(name, told, publisher=name, digest=name) for name in ("Orla Wire", "Financial Times")]
    against = Corpus(tuple(map(pipeline.extract, papers)))
    draft = pipeline.extract(Article("draft", f"“{SAID}” said Ana Ruiz.", notes=notes, digest="draft"))
    (found,) = pipeline.check(Corpus((draft,)), against)
    assert [item.code for item in decide(found, Decisions()).findings] == codes


# Word -----------------------------------------------------------------------------------------------------------------


def commented(document: Document) -> None:
    run = document.add_paragraph("The vote was put off. ").add_run(f"“{OTHER}”")
    document.paragraphs[0].add_run(" said Ana Ruiz.")
    document.add_comment(run, text="Source: Orla Wire", author="Writer")


def linked(document: Document) -> None:
    paragraph = document.add_paragraph(f"“{OTHER}” Ana Ruiz ")
    relation = document.part.relate_to(WIRE, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
    link = parse_xml(f'<w:hyperlink {nsdecls("w", "r")} r:id="{relation}"><w:r><w:t>said</w:t></w:r></w:hyperlink>')
    paragraph._p.append(link)
    paragraph.add_run(".")


def with_a_field(document: Document) -> None:
    paragraph = document.add_paragraph(f"“{OTHER}” Ana Ruiz ")
    for part in (
        '<w:fldChar w:fldCharType="begin"/>',
        f'<w:instrText xml:space="preserve"> HYPERLINK "{WIRE}" </w:instrText>',
        '<w:fldChar w:fldCharType="separate"/>',
        "<w:t>said</w:t>",
        '<w:fldChar w:fldCharType="end"/>',
    ):
        paragraph._p.append(parse_xml(f"<w:r {nsdecls('w')}>{part}</w:r>"))
    paragraph.add_run(".")


def noted(document: Document) -> None:
    paragraph = document.add_paragraph(f"“{OTHER}” said Ana Ruiz.")
    run = paragraph.add_run()
    reference = run._r.makeelement(qn("w:footnoteReference"), {qn("w:id"): "2"})
    run._r.append(reference)


FOOTNOTES = (
    '<w:footnotes {}><w:footnote w:type="separator" w:id="-1"><w:p/></w:footnote><w:footnote w:id="2"><w:p><w:r>'
    '<w:t>Ana Ruiz in “Mayor waits for</w:t></w:r><w:r><w:t xml:space="preserve"> a bridge”</w:t></w:r></w:p>'
    "</w:footnote></w:footnotes>"
).format(nsdecls("w"))
RELATION = (
    '<Relationship Id="rIdF" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/footnotes" '
    'Target="footnotes.xml"/></Relationships>'
)


def saved(path: Path, make: object) -> Path:
    """A Word file; python-docx writes no footnotes, so their part is put in by hand."""
    document = docx.Document()
    assert callable(make)
    make(document)
    stream = io.BytesIO()
    document.save(stream)
    with zipfile.ZipFile(stream) as old, zipfile.ZipFile(path, "w") as new:
        for item in old.infolist():
            data = old.read(item)
            if item.filename == "word/_rels/document.xml.rels" and make is noted:
                data = data.replace(b"</Relationships>", RELATION.encode())
            new.writestr(item, data)
        if make is noted:
            new.writestr("word/footnotes.xml", FOOTNOTES)
    return path


@pytest.mark.parametrize("make", [commented, linked, with_a_field, noted])
def test_word(tmp_path: Path, make: object) -> None:
    draft = read_one(saved(tmp_path / "draft.docx", make))
    (found,) = checked(draft).findings
    assert "The source that you give, “Mayor waits for a bridge” of Orla Wire, has ‘ten’" in found.message
    assert draft.text[found.start : found.end] == OTHER
    assert "Mayor waits" not in draft.text


def asked_of_a_large_archive(folder: Path, articles: Sequence[Article], draft: str) -> Checked:
    """The check of a draft against an archive that is searched by its index."""
    names = ("id", "text", "title", "publisher", "url")
    lines = [json.dumps({name: getattr(item, name) for name in names if getattr(item, name)}) for item in articles]
    (folder / "archive.jsonl").write_text("\n".join(lines), encoding="utf-8")
    pipeline.add([folder / "archive.jsonl"], folder / "desk.db")
    (folder / "draft.md").write_text(draft, encoding="utf-8")
    drafts = pipeline.gather(pipeline.extract_all([folder / "draft.md"]))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(search, "LARGE", 1)
        with pipeline.searching([folder / "desk.db"]) as searching:
            (found,) = searching.check(drafts)
    return found


def test_a_large_archive_knows_what_it_did_not_load(tmp_path: Path) -> None:
    """Only what shares words with the draft is loaded; a source that does not is in the archive all the same."""
    found = asked_of_a_large_archive(tmp_path, ARCHIVE, f"“{SAID}” said Ana Ruiz.[^1]\n\n[^1]: Orla Post")
    assert "CC306" in [item.code for item in found.findings]


@pytest.mark.parametrize("given", ["deep/harbour.md", "A harbour of its own", "https://quay.example/harbour"])
def test_a_source_that_is_given_is_read_however_many_others_have_the_words(tmp_path: Path, given: str) -> None:
    """A search brings ten articles for a quotation. Fifteen have it as the draft does; the one that is given does not,
    and would be the sixteenth."""
    others = [
        Article(f"{day}.md", f"“{SAID}” said Ana Ruiz. It rained for {day} days before.", publisher=f"Paper {day}")
        for day in range(15)
    ]
    url = "https://www.quay.example/harbour/"
    mine = Article("deep/harbour.md", f"“{OTHER}” said Ana Ruiz.", "A harbour of its own", "The Quay", url=url)
    draft = f"“{SAID}” said Ana Ruiz.[^1]\n\n[^1]: {given}"
    found = asked_of_a_large_archive(tmp_path, [*others, mine], draft)
    told = [item.message for item in found.findings]
    assert any("The source that you give, “A harbour of its own” of The Quay, has ‘twelve’" in one for one in told)


def test_a_name_of_many_files_names_none(tmp_path: Path) -> None:
    """`index.html` may be any page; so may it be in a small archive."""
    pages = [Article(f"{day}/index.html", f"“{SAID}” said Ana Ruiz on day {day}.") for day in range(MOST_CALLED + 1)]
    draft = f"“{SAID}” said Ana Ruiz.[^1]\n\n[^1]: index.html"
    for articles, code in ((pages, "CC307"), (pages[1:], None)):
        folder = tmp_path / str(len(articles))
        folder.mkdir()
        found = asked_of_a_large_archive(folder, articles, draft)
        assert code is None or code in [item.code for item in found.findings]
        assert Listing(Listed(one.id, None, None, None, None) for one in articles).called(
            Name.FILE, ["index.html"]
        ).keys() == ({"index.html"} if code is None else set())
