"""Adding is idempotent over every reader, and what the archive gives back has its offsets right."""

from __future__ import annotations

from pathlib import Path

import pytest
from fuzz.targets import SEEDS, check
from reliability.forked import content

from citecheck import pipeline
from citecheck.archive import Archive
from citecheck.models import Added
from citecheck.readers.registry import READERS


@pytest.fixture
def desk(tmp_path: Path) -> Path:
    folder = tmp_path / "desk"
    folder.mkdir()
    for name, data in SEEDS.items():
        if f".{name}" in READERS:
            (folder / f"seed-{name}.{name}").write_bytes(data)
    return folder


def test_adding_twice_changes_nothing(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    first = pipeline.add([desk], path)
    assert first.known == 0
    assert first.changed >= len(SEEDS) - 8  # what needs a library may be missing
    before = content(path)
    second = pipeline.add([desk], path)
    assert second == Added(0, first.changed, first.skipped)
    assert content(path) == before


def test_offsets_come_back_from_the_archive(desk: Path, tmp_path: Path) -> None:
    path = tmp_path / "desk.db"
    pipeline.add([desk], path)
    with Archive.open(path) as archive:
        for extraction in archive.corpus().extractions:
            text = extraction.article.text
            check(extraction.article)
            for quotation in extraction.quotations:
                assert text[quotation.start : quotation.end] == quotation.text
            for credit in extraction.credits:
                assert text[credit.start : credit.end] == credit.mention
