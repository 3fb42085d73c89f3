"""How well statements are grouped: B-cubed (Bagga and Baldwin 1998) on the quotation pairs of EVAL put in one corpus.

    python -m tests.quality.families EVAL        EVAL: the folder with drift/quotes-dev-pairs.jsonl and its gold

Each side of a pair is an article of its own with nothing but that quotation, without a speaker: the hardest case.
Quotations of six words and more take part; equal ones are one statement.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from citecheck.families import group
from citecheck.matching import Index, find_pairs
from citecheck.models import Kind
from tests.matching.corpora import Said, article, corpus

LEAST_WORDS = 6


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def units(folder: Path) -> dict[str, tuple[str, str]]:
    """The id of each quotation with its text and the name of its statement."""
    made, judged = (read(folder / f"quotes-dev-{name}.jsonl") for name in ("made", "gold"))
    gold = {truth["id"]: truth for truth in (*made, *judged)}
    found: dict[str, tuple[str, str]] = {}
    same: dict[str, str] = {}

    def root(name: str) -> str:
        while same.get(name, name) != name:
            name = same[name]
        return name

    seen: dict[str, str] = {}
    for pair in read(folder / "quotes-dev-pairs.jsonl"):
        truth = gold.get(pair["id"])
        for side in "ab" if truth and not truth.get("noise") else "":
            text, name = pair[side], f"{pair['id']}:{side}"
            if truth and len(text.split()) >= LEAST_WORDS:
                found[name] = text, pair["id"] if truth["same"] else name
                letters = "".join(char for char in text.casefold() if char.isalnum())
                same[root(found[name][1])] = root(seen.setdefault(letters, found[name][1]))
    return {name: (text, root(statement)) for name, (text, statement) in found.items()}


def b_cubed(found: Mapping[str, object], gold: Mapping[str, object]) -> tuple[float, float]:
    """Precision and recall: for each item the share of its group that is right, and of its statement that is there."""
    groups, statements = defaultdict(set), defaultdict(set)
    for name in gold:
        groups[found[name]].add(name)
        statements[gold[name]].add(name)
    both = {name: len(groups[found[name]] & statements[gold[name]]) for name in gold}
    precision = sum(count / len(groups[found[name]]) for name, count in both.items()) / len(gold)
    return precision, sum(count / len(statements[gold[name]]) for name, count in both.items()) / len(gold)


def main() -> int:
    said = units(Path(sys.argv[1]) / "drift")
    told = corpus(*(article(name, f"“{text}”", Said(text, None, Kind.DIRECT)) for name, (text, _) in said.items()))
    families = group(told, find_pairs(Index(told)))
    found: dict[str, object] = {name: name for name in said}
    found |= {one.article: number for number, family in enumerate(families) for one in family.renderings}
    precision, recall = b_cubed(found, {name: statement for name, (_, statement) in said.items()})
    print(f"{len(said)} quotations, {len(families)} families: B-cubed precision {precision:.3f}, recall {recall:.3f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
