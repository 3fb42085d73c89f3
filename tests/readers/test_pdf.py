"""PDF: reading order, words put together, headers left out; and files that mean harm. Needs the extra `pdf`."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

import pytest
from readers.made import article, places, reasons

from citecheck.models import Article, Skipped
from citecheck.readers import pdf as pdf_reader
from citecheck.readers import read
from citecheck.readers.child import Child
from citecheck.readers.pdf import pdf_date
from citecheck.readers.pdf_layout import Line, Page, joined, reading_order

pytest.importorskip("pypdfium2")

#: x, y, size, text; in the text `\x01` and `\x02` are the ligatures fi and fl.
Drawn = list[tuple[int, int, int, str]]
FONT = (
    "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica "
    "/Encoding << /Type /Encoding /BaseEncoding /WinAnsiEncoding /Differences [1 /fi /fl] >> >>"
)


def pdf(*pages: Drawn, kids: str = "", about: str = "", catalog: str = "") -> bytes:
    """A PDF of pages with Helvetica on them."""
    numbers = " ".join(f"{4 + 2 * index} 0 R" for index in range(len(pages)))
    objects = [f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"]
    objects += [f"<< /Type /Pages /Kids [{kids or numbers}] /Count {len(pages)} >>", FONT]
    for index, lines in enumerate(pages):
        drawn = "".join(f"BT /F1 {size} Tf {x} {y} Td ({text}) Tj ET\n" for x, y, size, text in lines)
        objects.append(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 600 800] /Resources << /Font << /F1 3 0 R >> >> "
            f"/Contents {5 + 2 * index} 0 R >>"
        )
        objects.append(f"<< /Length {len(drawn)} >>\nstream\n{drawn}endstream")
    objects.append(f"<< /Title (Night ferry) /Author (Ann Lee) {about} >>")
    return written(objects)


def written(objects: list[str]) -> bytes:
    """A file of these objects, of which the first is the catalogue and the last the information."""
    data, offsets = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        offsets.append(len(data))
        data += f"{number} 0 obj\n{content}\nendobj\n".encode("cp1252")
    table = "".join(f"{offset:010} 00000 n \n" for offset in offsets)
    trailer = f"trailer << /Size {len(objects) + 1} /Root 1 0 R /Info {len(objects)} 0 R >>"
    end = f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n{table}{trailer}\nstartxref\n{len(data)}\n%%EOF"
    return data + end.encode()


LEFT = [
    "The ferry ran all night, and the",
    "mayor of the island said it would go",
    "on in winter. “We will not lose the",
    "long-term contract,” Dahl said of",
    "the agree-",
    "ment that was signed in May.",
]
RIGHT = [
    "The \x01rst of the boats was \x02ooded.",
    "It is a long-term plan, the harbour",
    "said. Nobody was hurt in the storm",
    "that came over the bay in autumn.",
]
COLUMNS = (
    "The ferry ran all night, and the mayor of the island said it would go on in winter. “We will not lose the "
    "long-term contract,” Dahl said of the agreement that was signed in May.",
    "The first of the boats was flooded. It is a long-term plan, the harbour said. Nobody was hurt in the storm that "
    "came over the bay in autumn.",
)


def two_columns(number: int, row_by_row: bool) -> Drawn:
    left = [(50, 680 - 14 * row, 11, text) for row, text in enumerate(LEFT)]
    right = [(320, 680 - 14 * row, 11, text) for row, text in enumerate(RIGHT)]
    body = sorted(left + right, key=lambda line: -line[1]) if row_by_row else left + right
    return [(50, 770, 9, f"OSTERBY POST page {number}"), *body, (300, 30, 9, str(number))]


@pytest.mark.parametrize("row_by_row", [True, False])
def test_columns_are_read_one_after_another(tmp_path: Path, row_by_row: bool) -> None:
    first = [(50, 720, 20, "Night ferry runs again after the storm"), *two_columns(1, row_by_row)]
    found = article(tmp_path, "a.pdf", pdf(first, two_columns(2, row_by_row)))
    assert found.text == "\n\n".join(["Night ferry runs again after the storm", *COLUMNS, *COLUMNS])
    assert places(found) == [("page 1", "Night ferry "), ("page 2", "The ferry ra")]
    assert (found.title, found.byline) == ("Night ferry", "Ann Lee")


def test_a_sentence_goes_on_in_the_next_column_and_on_the_next_page(tmp_path: Path) -> None:
    pages = [
        [
            (50, 700, 11, "“We will never"),
            (50, 686, 11, "give up the"),
            (320, 700, 11, "boat that our"),
            (320, 686, 11, "fathers"),
        ],
        [(50, 700, 11, "built,” Dahl said."), (50, 640, 11, "She left.")],
    ]
    found = article(tmp_path, "a.pdf", pdf(*pages))
    assert found.text == "“We will never give up the boat that our fathers built,” Dahl said.\n\nShe left."
    assert found.place(found.text.index("built")) == "page 2"


def lines(*texts: str) -> list[Page]:
    return [Page(800, [Line(text, 50, 600 - 14 * row, 200, 610 - 14 * row) for row, text in enumerate(texts)])]


@pytest.mark.parametrize(
    ("texts", "expected"),
    [
        (("an agree-", "ment"), "an agreement"),
        (("an agree\ufffe", "ment"), "an agreement"),  # as PDFium marks it
        (("an agree\u2010", "ment"), "an agreement"),
        (("an agree\xad", "ment"), "an agreement"),
        (("a long-", "term plan, long-term"), "a long-term plan, long-term"),  # written so elsewhere
        (("Jean-", "Pierre"), "Jean-Pierre"),
        (("the 2024-", "25 season"), "the 2024-25 season"),
        (("the agreement -", "signed"), "the agreement -signed"),
        (("o\ufb03ce", "\ufb02at"), "office flat"),
    ],
)
def test_words_at_the_ends_of_lines(texts: tuple[str, ...], expected: str) -> None:
    assert "".join(separator + text for _, separator, text in joined(lines(*texts))) == expected


def test_three_columns_under_a_headline_that_spans_two() -> None:
    grid = [Line(f"{column}{row}", 50 + 200 * column, 600 - 20 * row, 180 + 200 * column, 612 - 20 * row)
            for row in range(4) for column in range(3)]  # fmt: skip
    head = Line("head", 50, 700, 380, 720)
    assert [line.text for line in reading_order([*grid, head])] == [
        "head",
        *(f"{column}{row}" for column in range(3) for row in range(4)),
    ]


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"%PDF-1.4 nothing", "damaged or encrypted ("),
        (b"nothing", "no PDF"),
        (pdf([]), "there is no text in it: its pages are pictures"),
        (pdf([(50, 50, 9, "x")], kids="2 0 R"), ""),  # a tree of pages that holds itself
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, content: bytes, reason: str) -> None:
    (found,) = reasons(tmp_path, "a.pdf", content)
    assert found.startswith(reason)


def test_what_a_pdf_says_of_itself(tmp_path: Path) -> None:
    content = pdf([(50, 50, 9, "Words.")], about="/ModDate (D:20250103101500+01'00')", catalog="/Lang (de-AT)")
    found = article(tmp_path, "a.pdf", content)
    assert (found.title, found.byline, found.language) == ("Night ferry", "Ann Lee", "de")
    assert (found.published, found.modified) == (None, "2025-01-03T10:15:00+01:00")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("D:20250103101500Z", "2025-01-03T10:15:00+00:00"),
        ("D:202501031015", "2025-01-03T10:15:00"),
        ("D:20250103", "2025-01-03"),
        ("D:2025", None),  # a year is nobody's last change
        ("D:20251399", None),
        ("yesterday", None),
        (None, None),
    ],
)
def test_dates_of_pdf(value: object, expected: str | None) -> None:
    assert pdf_date(value) == expected


# A process of its own ----------------------------------------------------------------------------------------------

WORDS = [(50, 700, 11, "The ferry ran.")]


def looping(levels: int) -> bytes:
    """Forms that each draw the next one twice: the work doubles with each level."""
    objects = ["<< /Type /Catalog /Pages 2 0 R >>", "<< /Type /Pages /Kids [3 0 R] /Count 1 >>"]
    objects.append("<< /Type /Page /Parent 2 0 R /Resources << /XObject << /F 5 0 R >> >> /Contents 4 0 R >>")
    objects.append("<< /Length 5 >>\nstream\n/F Do\nendstream")
    for number in range(levels):
        form = f"/Type /XObject /Subtype /Form /BBox [0 0 9 9] /Resources << /XObject << /F {6 + number} 0 R >> >>"
        objects.append(f"<< {form} /Length 11 >>\nstream\n/F Do /F Do\nendstream")
    return written([*objects, "<< /Type /XObject /Subtype /Form /BBox [0 0 9 9] /Length 3 >>\nstream\nq Q\nendstream"])


def test_a_file_that_loops_inside_the_parser_is_stopped_and_the_next_is_read(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(looping(30))
    (tmp_path / "b.pdf").write_bytes(pdf(WORDS))
    (tmp_path / "c.pdf").write_bytes(pdf(WORDS))
    first, second, third = read([tmp_path], seconds=1)
    assert first == Skipped("a.pdf", "it took more than 1 s of processor time")
    assert isinstance(second, Article)
    process = pdf_reader._PAGES._process
    assert isinstance(third, Article)
    assert process is not None
    assert process.poll() is None  # one process for both


def test_a_crash_of_the_parser_costs_one_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf_reader, "_PAGES", Child("readers.crashing", "The library"))
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    (tmp_path / "a.pdf").write_bytes(b"%PDF-1.7 crash")
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.7 fine")
    (tmp_path / "c.pdf").write_bytes(b"%PDF-1.7 memory")
    (tmp_path / "d.pdf").write_bytes(b"%PDF-1.7 noise")
    found = {item.id: item.text if isinstance(item, Article) else item.reason for item in read([tmp_path])}
    assert found == {
        "a.pdf": "The library broke off on it (signal 6)",
        "b.pdf": "fine",
        "c.pdf": "it asks for too much (MemoryError)",
        "d.pdf": "noise",
    }


def test_an_error_of_ours_is_no_skipped_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(Path(__file__).parent.parent))
    with pytest.raises(RuntimeError, match="KeyError: 'ours'"):
        Child("readers.crashing", "The library").ask(b"%PDF-1.7 ours", 1_000, 5)


def test_the_process_ends_with_us(tmp_path: Path) -> None:
    script = (
        "import sys\nfrom citecheck.readers import pdf, read\n"
        "list(read(sys.argv[1:]))\nprint(pdf._PAGES._process.pid, flush=True)\n"
        "import os, signal\nos.kill(os.getpid(), signal.SIGKILL)"
    )
    (tmp_path / "a.pdf").write_bytes(pdf(WORDS))
    root = str(Path(__file__).parents[2])
    done = subprocess.run(
        [sys.executable, "-c", script, str(tmp_path)], cwd=root, capture_output=True, text=True, check=False
    )
    number = int(done.stdout)
    for _ in range(100):
        if not _runs(number):
            return
        time.sleep(0.05)
    raise AssertionError("it runs on")


def _runs(number: int) -> bool:
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    state = Path(f"/proc/{number}/stat")
    return not (state.exists() and state.read_text().rpartition(")")[2].split()[0] == "Z")
