"""What is dated in a family, in order, and what is not. No order is invented for the undated."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from citecheck.html.addresses import Here, rendering_fragment
from citecheck.html.census import Census
from citecheck.html.marks import day, when_words
from citecheck.models import Family, Label, Rendering, When


class Moment(NamedTuple):
    """Something that has a date: `what` happened; `by` are the renderings that say so: outlet, number, address."""

    iso: str
    date: str
    what: str
    by: tuple[tuple[str, int, str], ...]


class Undated(NamedTuple):
    """A rendering whose article has no date; `hint` is a date in its words that leaves the year open."""

    who: str
    number: int
    href: str
    hint: str


class Timeline(NamedTuple):
    moments: tuple[Moment, ...]
    undated: tuple[Undated, ...]
    conflicts: tuple[str, ...]


def timeline(census: Census, here: Here, family: Family) -> Timeline:
    moments: dict[tuple[str, str, str], dict[tuple[str, int, str], None]] = {}
    undated: list[Undated] = []
    for number, rendering in enumerate(family.renderings, 1):
        found = _moments(census, here, rendering, number)
        for moment in found:
            moments.setdefault(moment[:3], {}).update(dict.fromkeys(moment.by))
        if not any(moment.what == "published" for moment in found):
            undated.append(_undated(census, here, rendering, number))
    conflicts = {
        drift.note
        for comparison in family.comparisons
        if comparison
        for drift in comparison.drift
        if drift.label in (Label.DATE_CONFLICT, Label.DATE)
    }
    ordered = sorted((Moment(*key, tuple(by)) for key, by in moments.items()), key=lambda moment: moment[:3:2])
    return Timeline(tuple(ordered), tuple(undated), tuple(sorted(conflicts)))


def _moments(census: Census, here: Here, rendering: Rendering, number: int) -> list[Moment]:
    by = ((census.link(here, rendering.article).name, number, _anchor(here, rendering)),)
    found: list[Moment] = []
    article = census.articles.get(rendering.article)
    if article and article.published and article.published[:4].isdigit():
        found.append(Moment(article.published, day(article.published) or "", "published", by))
    if (start := _earliest(rendering.when)) and rendering.when:
        found.append(Moment(start.isoformat(), when_words(rendering.when), "said, by this account", by))
    for credit in rendering.sources:
        if (start := _earliest(credit.when)) and credit.when:
            what = f"{credit.name}, by this account"
            found.append(Moment(start.isoformat(), when_words(credit.when), what, by))
    return found


def _earliest(when: When | None) -> date | None:
    return when.earliest if when else None


def _undated(census: Census, here: Here, rendering: Rendering, number: int) -> Undated:
    open_dates = [rendering.when, *(credit.when for credit in rendering.sources)]
    hints = dict.fromkeys(when.text for when in open_dates if when and when.earliest is None)
    link = census.link(here, rendering.article)
    return Undated(link.name, number, _anchor(here, rendering), ", ".join(hints))


def _anchor(here: Here, rendering: Rendering) -> str:
    return here.to(here.page, rendering_fragment(rendering.article, rendering.start, rendering.end))
