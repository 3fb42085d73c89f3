"""Extraction: words a second, inside one process and with its start, beside one scan for quotation marks."""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from citecheck import pipeline
from citecheck.models import Article

from .timing import Contender, Figures, spent

ARTICLES = Path(__file__).parents[2] / "seeds" / "articles"
FILE = "articles.jsonl"
#: The least that can be done to find a quotation: one class of characters, from end to end.
_MARK = re.compile('["“”„‟«»‹›‘’]')


def contenders(size: int, seed: int) -> Sequence[Contender]:
    """quotations, speakers and credits of the sample articles, taken over and over until SIZE are found"""
    sample = [item for item in pipeline.read([ARTICLES]) if isinstance(item, Article)]
    once = sum(len(pipeline.extract(article).quotations) for article in sample)
    articles = [
        replace(article, id=f"{turn}/{article.id}") for turn in range(max(1, size // once)) for article in sample
    ]
    folder = tempfile.TemporaryDirectory()
    lines = [json.dumps({"id": one.id, "text": one.text}) + "\n" for one in articles]
    Path(folder.name, FILE).write_text("".join(lines), encoding="utf-8")
    return [
        Contender("one scan for marks", _timed(articles, lambda: _scan(articles))),
        Contender("extract, in one process", _timed(articles, lambda: _extract(articles))),
        Contender("citecheck extract, start included", _timed(articles, lambda: _command(Path(folder.name, FILE)))),
    ]


def _scan(articles: Sequence[Article]) -> None:
    for article in articles:
        for match in _MARK.finditer(article.text):
            match.start()


def _extract(articles: Sequence[Article]) -> None:
    for article in articles:
        pipeline.extract(article)


def _command(lines: Path) -> None:
    command = [sys.executable, "-m", "citecheck", "extract", str(lines), "--format", "jsonl"]
    subprocess.run(command, check=True, capture_output=True)


def _timed(articles: Sequence[Article], run: Callable[[], None]) -> Callable[[], Figures]:
    """`run` with the words and megabytes of text that it did in a second of processor time."""

    def timed() -> Figures:
        began = spent()
        run()
        took = max(spent() - began, 1e-6)
        words = sum(len(article.text.split()) for article in articles)
        size = sum(len(article.text.encode()) for article in articles)
        return {"words_a_second": words / took, "MB_a_second": size / took / 1e6}

    return timed
