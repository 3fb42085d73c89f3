"""What is dated in a family, in order, and what is not. No order is invented for the undated."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from citecheck.html.addresses import Here
from citecheck.html.census import Census
from citecheck.html.marks import day, when_words
from citecheck.models import Family, Label, Rendering, When


class Moment(NamedTuple):
    """Something that has a date: `what` happened, by which rendering (`number`) we know, at `href` on this page."""

    iso: str
    date: str
    what: str
    who: str
    number: int
    href: str


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
    moments: set[Moment] = set()
    undated: list[Undated] = []
    for number, rendering in enumerate(family.renderings, 1):
        found = _moments(census, here, rendering, number)
        moments.update(found)
        if not any(moment.what == "published" for moment in found):
            undated.append(_undated(census, here, rendering, number))
    conflicts = {
        drift.note
        for comparison in family.comparisons
        if comparison
        for drift in comparison.drift
        if drift.label in (Label.DATE_CONFLICT, Label.DATE)
    }
    ordered = sorted(moments, key=lambda moment: (moment.iso, moment.number, moment.what))
    return Timeline(tuple(ordered), tuple(undated), tuple(sorted(conflicts)))


def _moments(census: Census, here: Here, rendering: Rendering, number: int) -> list[Moment]:
    href, who = here.to(here.page, f"r{number}"), census.link(here, rendering.article).name
    found: list[Moment] = []
    article = census.articles.get(rendering.article)
    if article and article.published and article.published[:4].isdigit():
        found.append(Moment(article.published, day(article.published) or "", "published", who, number, href))
    if (start := _earliest(rendering.when)) and rendering.when:
        found.append(Moment(start.isoformat(), when_words(rendering.when), "said, by this account", who, number, href))
    for credit in rendering.sources:
        if (start := _earliest(credit.when)) and credit.when:
            what = f"{credit.name}, by this account"
            found.append(Moment(start.isoformat(), when_words(credit.when), what, who, number, href))
    return found


def _earliest(when: When | None) -> date | None:
    return when.earliest if when else None


def _undated(census: Census, here: Here, rendering: Rendering, number: int) -> Undated:
    open_dates = [rendering.when, *(credit.when for credit in rendering.sources)]
    hints = dict.fromkeys(when.text for when in open_dates if when and when.earliest is None)
    link = census.link(here, rendering.article)
    return Undated(link.name, number, here.to(here.page, f"r{number}"), ", ".join(hints))
