"""The report's data files: CSV that is safe in a spreadsheet, PROV-JSON, Web Annotations."""

from __future__ import annotations

import csv
import gzip
import json
from pathlib import Path

import pytest
from report_corpus import GATES, TEXTS, corpus, families

from citecheck.export.data import data_files
from citecheck.html import write
from citecheck.html.data import safe_cell
from citecheck.html.write import write_report


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_report(corpus(), families(), tmp_path_factory.mktemp("data") / "r").parent / "data"


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        (" +1", "' +1"),
        ("@SUM(A1)", "'@SUM(A1)"),
        ("-2", "'-2"),
        ("\t=1", "'\t=1"),
        ("plain = text", "plain = text"),
        ("“We", "“We"),
        (None, ""),
        (7, "7"),
        ("a\x00b", "a␀b"),
    ],
)
def test_no_cell_is_a_formula(value: object, cell: str) -> None:
    assert safe_cell(value) == cell


def test_the_numbers_of_the_first_page_are_data_too(data: Path) -> None:
    made = json.loads((data / "report.json").read_text(encoding="utf-8"))
    assert made["families"] == {"all": 2, "severity": {"3": 1, "4": 1}}
    assert made["skipped"] == [{"id": "scan.pdf", "reason": "holds no text"}]
    assert (made["attribution_lost"], made["single_origin"], made["no_second_witness"]) == (2, 1, 2)


def test_every_rendering_has_a_row(data: Path) -> None:
    with (data / "renderings.csv").open(encoding="utf-8-sig", newline="") as file:
        found = list(csv.DictReader(file))
    assert [(row["family"], row["number"], row["is_base"], row["severity"]) for row in found] == [
        ("f-gates", "1", "yes", ""),
        ("f-gates", "2", "no", "3"),
        ("f-gates", "3", "no", "4"),
        ("f-gates", "4", "no", "3"),
        ("f-rank", "1", "no", "3"),
        ("f-rank", "2", "yes", ""),
    ]
    assert found[0]["text"] == GATES
    assert found[2]["labels"] == "direct-to-indirect; number; speaker-generalised; source-lost"


def test_every_quotation_has_a_row_and_an_annotation_at_its_place(data: Path) -> None:
    with (data / "quotations.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    items = json.loads((data / "annotations.jsonld").read_text())["items"]
    assert len(rows) == len(items) == 8
    for row, item in zip(rows, items, strict=True):
        position, quote = item["target"]["selector"]
        text = TEXTS[item["cc:article"]]
        assert text[position["start"] : position["end"]] == quote["exact"] == row["text"]
        assert quote["prefix"] + quote["exact"] + quote["suffix"] in text


def test_provenance_names_only_what_it_declares(data: Path) -> None:
    made = json.loads((data / "provenance.json").read_text())
    declared = made["entity"].keys() | made["agent"].keys()
    relations = [*made["wasQuotedFrom"].values(), *made["wasAttributedTo"].values(), *made["wasInfluencedBy"].values()]
    named = {value for relation in relations for key, value in relation.items() if key.startswith("prov:")}
    assert named <= declared
    assert [hop["cc:stated"] for hop in made["wasInfluencedBy"].values()] == [True, True, True, False, True]


def test_the_matches_are_those_with_the_base() -> None:
    # Every pair would be the square of the renderings of a statement that everybody has.
    lines = {name: list(lines()) for name, lines in data_files(corpus(), families()).items()}
    matches = [json.loads(line) for line in lines["matches.jsonl"]]
    for family in families():
        base = family.renderings[family.base]
        own = [row for row in matches if row["family"] == family.id]
        assert len(own) == len(family.renderings) - 1
        assert {(row["a"]["article"], row["a"]["start"]) for row in own} == {(base.article, base.start)}


def test_the_data_of_a_large_report_are_packed_all_but_the_summary(
    data: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(write, "PACKED_FROM", 8)
    packed = write_report(corpus(), families(), tmp_path / "r").parent / "data"
    made = {path.name: path.stat().st_ino for path in packed.iterdir()}
    plain = {path.name: path.read_bytes() for path in data.iterdir() if path.name != "report.json"}
    assert sorted(made) == sorted(["report.json", *(f"{name}.gz" for name in plain)])
    assert {gzip.decompress((packed / f"{name}.gz").read_bytes()) == plain[name] for name in plain} == {True}
    write_report(corpus(), families(), tmp_path / "r")
    assert {path.name: path.stat().st_ino for path in packed.iterdir()} == made, "the same bytes are not written again"
