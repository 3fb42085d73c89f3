"""A few seconds of the fuzzing, the same in each run: the seeds, the regressions, and random changes to the seeds."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from fuzz.targets import SEEDS, TARGETS

REGRESSIONS = sorted((Path(__file__).parent / "regressions").iterdir())
#: Mutants of each seed. The slowest of them take some milliseconds.
MUTANTS = 25
#: Bytes that parsers look at.
SHARP = [b"<", b">", b'"', b"\\", b"{", b"}", b"\x00", b"\xff", b"&#0;", b"]]>", b"\r\n\r\n", "“".encode(), b"0" * 20]


def needs(name: str) -> None:
    for suffix, module in (("pdf", "pypdfium2"), ("rtf", "striprtf"), ("warc", "warcio"), ("wacz", "warcio")):
        if name.startswith(suffix):
            pytest.importorskip(module)


def mutant(data: bytes, chance: random.Random) -> bytes:
    """`data` with some bytes changed, dropped, doubled, or something sharp put in."""
    found = bytearray(data)
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(found) + 1)
        match chance.randrange(4):
            case 0:
                found[at : at + 1] = bytes([chance.randrange(256)])
            case 1:
                del found[at : at + chance.randint(1, 40)]
            case 2:
                found[at:at] = found[at : at + chance.randint(1, 80)] * chance.randint(1, 4)
            case _:
                found[at:at] = chance.choice(SHARP) * chance.randint(1, 3)
    return bytes(found)


@pytest.mark.parametrize("name", SEEDS)
def test_mutants_of_a_seed(name: str) -> None:
    needs(name)
    TARGETS[name](SEEDS[name])
    chance = random.Random(name)
    for _ in range(MUTANTS):
        TARGETS[name](mutant(SEEDS[name], chance))


@pytest.mark.parametrize("file", REGRESSIONS, ids=lambda path: path.name)
def test_what_broke_once(file: Path) -> None:
    name = file.name.partition("-")[0]
    needs(name)
    TARGETS[name](file.read_bytes())
