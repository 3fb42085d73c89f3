"""The queue as two scripts beside the pages, for what no page can hold without being written again and again.

`order.js` has the ids of all statements, worst first: the page of a statement finds the one before and the one after
in it. `queue.js`, where the queue has several pages, has what is searched, filtered and shown of each statement: it is
read when somebody searches. A page from disk may load a script, and nothing else; all can be read without them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator
from functools import partial

from citecheck.html import addresses
from citecheck.html.census import Census
from citecheck.html.marks import KINDS, LABELS, SEVERITIES, clip, headline, visible
from citecheck.html.pages import index
from citecheck.models import Family

#: File names, each with what makes its text in pieces, in this process or in another.
Lines = dict[str, Callable[[], Iterable[str]]]
ORDER, QUEUE = "order.js", "queue.js"
_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def scripts(census: Census) -> Lines:
    """File names beside the index, each with what makes its text."""
    made: Lines = {ORDER: partial(_order, census)}
    if addresses.rows_pages(len(census.families)) > 1:
        made[QUEUE] = partial(_queue, census)
    return made


def _order(census: Census) -> Iterator[str]:
    ids = (addresses.family_page(family.id).removeprefix("families/") for family in census.families)
    yield f"citecheckOrder={{page:{addresses.ROWS_PER_PAGE},ids:'{' '.join(ids)}'.split(' ')}}\n"


def _queue(census: Census) -> Iterator[str]:
    """`citecheckQueue({names, labels, rows})`, a row a line in the order of `order.js`.

    A row: words, whether in marks, tokens, labels with the digit of their severity, number of renderings, origins, and
    the gravest difference as before and after.
    """
    named = {token: name for own in census.names.values() for token, name in own.items()}
    named |= {f"l-{label}": words for label, words in LABELS.items()}
    named |= {f"k-{kind}": words for kind, words in KINDS.items()} | {
        f"s{mark.level}": mark.word for mark in SEVERITIES
    }
    yield f"citecheckQueue({{names:{_json(named)},\nrows:[\n"
    for family in census.families:
        yield f"{_json(_row(census, family))},\n"
    yield "]})\n"


def _row(census: Census, family: Family) -> list[object]:
    base, gravest = family.renderings[family.base], index.reading(family)
    labels = [f"{mark.severity.level}{mark.name}" for mark in index.drift_marks(family) if mark.severity.level > 1]
    return [
        clip(headline(base.text), 160),
        int(base.kind.quoted),
        " ".join(census.tokens[family.id]),
        " ".join(labels),
        len(family.renderings),
        len(family.chain.origins),
        *((gravest.before, gravest.after) if gravest else ()),
    ]


def _json(value: object) -> str:
    """Hostile characters are made visible, as on a page; `<` cannot end a script."""
    return visible(_JSON.encode(value)).replace("<", "\\u003c")
