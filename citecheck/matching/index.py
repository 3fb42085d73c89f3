"""The index of a corpus: its words as columns, its quotations by place, its sentences when they are asked for."""

from __future__ import annotations

import re
from functools import cached_property

from citecheck.matching.columns import Columns, Statistics
from citecheck.models import Article, Corpus, Extraction, Quotation, Searched, Span
from citecheck.text.patterns import regex
from citecheck.text.segments import hard_wrapped, sentences

#: A transcript names its speaker at the start of a line, in capitals or with capitals: "MS. RUIZ:", "Ana Ruiz, chair:".
_TURN = regex(
    r"^[ \t]*((?:(?:[A-Z\u00c0-\u00de][\w.'’\-]*|d[aeiu]|v[ao]n|der|of|the)[ \t,]{1,2}){0,5}"
    r"[A-Z\u00c0-\u00de][\w.'’\-]*[ \t,]{0,2})"
    r"(?:\([^)\n]{1,40}\))?:(?=\s)",
    re.MULTILINE,
)
#: So many turns make a transcript; a single "Correction:" does not.
LEAST_TURNS = 5


class Index:
    """What `trace` and `find_pairs` search. Built once for a corpus; texts are numbered in the corpus's order."""

    def __init__(self, corpus: Corpus, whole: Statistics | None = None, chosen: bool = False) -> None:
        """whole: the counts of an archive of which `corpus` is the part that a search needs. chosen: somebody named
        these articles, so that each is looked in, however many others share more with a text."""
        self.corpus = corpus
        self.whole = whole
        self._chosen = chosen
        self.extractions: tuple[Extraction, ...] = corpus.extractions
        self._paragraph_marks: dict[int, str] = {}
        self._turns: dict[int, list[tuple[int, str]]] = {}
        self._sentences: dict[tuple[int, int, int], tuple[Span, ...]] = {}

    @cached_property
    def columns(self) -> Columns:
        """The words of all articles."""
        return Columns(self.texts, self.whole)

    @cached_property
    def texts(self) -> tuple[str, ...]:
        """The texts of all articles."""
        return tuple(item.article.text for item in self.extractions)

    @cached_property
    def searched(self) -> Searched:
        """How much a search looks through."""
        return self.whole.searched if self.whole else self.corpus.searched

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {item.article.id: number for number, item in enumerate(self.extractions)}

    def near(self, text: str) -> list[int] | None:
        """The numbers of the texts that a search for `text` looks in; None: all. Of an archive each search has its
        own, and so costs the same however many others the corpus was loaded for."""
        if self.whole is None or self._chosen:
            return None
        return sorted(self._numbers[name] for name in self.whole.near(text) if name in self._numbers)

    def article(self, text: int) -> Article:
        """The article that is text number `text`."""
        return self.extractions[text].article

    def turns(self, text: int) -> list[tuple[int, str]]:
        """Where speakers begin in a transcript, with their names; empty for running text."""
        if text not in self._turns:
            found = [(match.start(), match[1]) for match in _TURN.finditer(self.texts[text])]
            self._turns[text] = found if len(found) >= LEAST_TURNS else []
        return self._turns[text]

    def sentence_around(self, text: int, start: int, end: int) -> Span:
        """The span of the sentences that `start:end` touches. Reads no more of the text than its paragraphs."""
        whole = self.texts[text]
        if text not in self._paragraph_marks:
            self._paragraph_marks[text] = "\n\n" if hard_wrapped(whole) else "\n"
        mark = self._paragraph_marks[text]
        low = whole.rfind(mark, 0, start) + 1
        high = whole.find(mark, end)
        key = text, low, high if high >= 0 else len(whole)
        if key not in self._sentences:
            self._sentences[key] = sentences(whole, key[1:])
        touched = [span for span in self._sentences[key] if span[0] < end and start < span[1]]
        return (min(start, touched[0][0]), max(end, touched[-1][1])) if touched else (start, end)

    def quotation_at(self, text: int, start: int, end: int) -> Quotation | None:
        """The innermost record of speech that holds `start:end`, marks at its edges allowed for."""
        holding = [
            quotation
            for quotation in self.extractions[text].quotations
            if quotation.kind.speech and quotation.start - 1 <= start and end <= quotation.end + 1
        ]
        return min(holding, key=lambda quotation: (quotation.end - quotation.start, quotation.start), default=None)
