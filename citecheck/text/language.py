"""The language of a text by a vote of its commonest small words. Six languages; None where no one of them leads."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache

from citecheck.text.lexicons import rows

#: Votes are counted in this many code points from the start: more changes no result, and long texts stay cheap.
_SAMPLE = 5_000
#: Runs of letters, digits and underscores are quicker to find than runs of letters, and nearly always the same.
_RUN = re.compile(r"\w+")
_WORD = re.compile(r"[^\W\d_]+")


@cache
def _languages_by_word() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for row in rows("small-words.tsv"):
        for word in row["words"].split():
            table[word] = (*table.get(word, ()), row["language"])
    return table


def guess_language(text: str) -> str | None:
    """ISO 639-1 code (en, de, fr, es, it or pt) of the language whose small words `text` holds most of, else None.

    A word of several languages gives each its share. The winner must have at least three votes, and half as many again
    as the next: below that headlines and lists of names decide, and a wrong language is worse than none.
    """
    votes: Counter[str] = Counter()
    table = _languages_by_word()
    runs = _RUN.findall(text[:_SAMPLE].lower())
    mixed = [word for run in runs if not run.isalpha() for word in _WORD.findall(run)]
    for word, count in Counter(word for word in runs + mixed if word in table).items():
        languages = table[word]
        for language in languages:
            votes[language] += 12 * count // len(languages)
    ranked = votes.most_common(2)
    if not ranked or ranked[0][1] < 36 or (len(ranked) > 1 and ranked[0][1] * 2 < ranked[1][1] * 3):
        return None
    return ranked[0][0]
