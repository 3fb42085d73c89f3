"""The report as data for other programs: CSV for spreadsheets, PROV-JSON, and Web Annotations.

`report.json` has the numbers of the first page. `renderings.csv` and `quotations.csv` are safe to open in a
spreadsheet: a cell that would be read as a formula begins with an apostrophe. `provenance.json` follows PROV-JSON (W3C
submission, 2013), `annotations.jsonld` the Web Annotation Data Model (W3C, 2017), which leaves the unit of offsets
open: here they are Unicode code points of the extracted text, whose SHA-256 stands beside them. Everything is made a
record at a time.
"""

from __future__ import annotations

import csv
import io
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from citecheck.html.census import Census
from citecheck.html.marks import visible, web_link
from citecheck.html.pages.index import corpus_hash
from citecheck.html.queue import Lines
from citecheck.models import Again, Article, Edge, Family, Quotation, make_id

#: The numbers of the first page: small, and read by programs that watch a report.
SUMMARY = "report.json"
#: What spreadsheets take for the beginning of a formula, and the blanks that they skip before one.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")

_RENDERINGS = (
    *("family", "family_severity", "number", "is_base", "base_reason", "article", "publisher", "published", "kind"),
    *("speaker", "sources", "text", "severity", "labels", "start", "end", "quotation"),
)
_QUOTATIONS = (
    *("id", "article", "publisher", "published", "kind", "speaker", "mention", "cue", "sources", "text"),
    *("start", "end", "family", "confidence"),
)


def data_files(census: Census) -> Lines:
    """File names below `data/`, each with what makes its text."""
    return {
        SUMMARY: partial(summary, census),
        "renderings.csv": partial(_csv, _RENDERINGS, _renderings, census),
        "quotations.csv": partial(_csv, _QUOTATIONS, _quotations, census),
        "provenance.json": partial(provenance, census),
        "annotations.jsonld": partial(web_annotations, census),
    }


def summary(census: Census) -> Iterator[str]:
    """What the first page says, as one JSON object: what was searched, how much was found, what could not be read."""
    searched = census.corpus.searched
    tally = Counter(int(family.severity) for family in census.families)
    kinds = Counter(link.kind for link in census.corpus.copies.values())
    made = {
        "corpus": corpus_hash(census),
        "searched": {"articles": searched.articles, "quotations": searched.quotations},
        "copies": kinds[Again.COPY],
        "versions": kinds[Again.VERSION],
        "families": {"all": len(census.families), "severity": {str(level): tally[level] for level in sorted(tally)}},
        "attribution_lost": census.totals.lost,
        "single_origin": census.totals.single,
        "no_second_witness": census.totals.alone,
        "skipped": [{"id": item.id, "reason": item.reason} for item in census.corpus.skipped],
    }
    yield json.dumps(made, indent=1, sort_keys=True, ensure_ascii=False)


# CSV ----------------------------------------------------------------------------------------------------------------


def safe_cell(value: object) -> str:
    """A cell that no spreadsheet takes for a formula; control characters are made visible."""
    text = visible("" if value is None else str(value))
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA) else text


def _csv(
    header: Sequence[str], records: Callable[[Census], Iterable[Sequence[object]]], census: Census
) -> Iterator[str]:
    """Lines of CSV (RFC 4180, but ended by a line feed), opened by the mark by which spreadsheets know UTF-8."""
    yield "\ufeff" + ",".join(header)
    for record in records(census):
        line = io.StringIO()
        csv.writer(line, lineterminator="\n").writerow([safe_cell(value) for value in record])
        yield line.getvalue()


def _renderings(census: Census) -> Iterator[Sequence[object]]:
    for family in census.families:
        for at, rendering in enumerate(family.renderings):
            comparison = family.comparisons[at]
            yield (
                family.id,
                int(family.severity),
                at + 1,
                "yes" if at == family.base else "no",
                str(family.reason) if at == family.base else "",
                *_article_cells(census, rendering.article),
                str(rendering.kind),
                rendering.speaker.name if rendering.speaker else "",
                "; ".join(dict.fromkeys(credit.name for credit in rendering.sources)),
                rendering.text,
                int(comparison.severity) if comparison else "",
                "; ".join(dict.fromkeys(str(drift.label) for drift in comparison.drift)) if comparison else "",
                rendering.start,
                rendering.end,
                rendering.quotation,
            )


def _quotations(census: Census) -> Iterator[Sequence[object]]:
    for q in census.quotations.values():
        family = census.family_of.get(q.id)
        yield (
            q.id,
            *_article_cells(census, q.article),
            str(q.kind),
            q.speaker.name if q.speaker else "",
            q.speaker.mention if q.speaker else "",
            q.cue.text if q.cue else "",
            "; ".join(dict.fromkeys(credit.name for credit in q.sources)),
            q.text,
            q.start,
            q.end,
            family.id if family else "",
            f"{q.confidence:.2f}",
        )


def _article_cells(census: Census, article_id: str) -> tuple[object, ...]:
    article = census.articles.get(article_id)
    return article_id, census.publisher(article_id), article.published if article else None


_COMPACT = json.JSONEncoder(sort_keys=True, separators=(",", ":"))


def _compact(record: object) -> str:
    """`record` as JSON without blanks, which are a twelfth of such records; a program reads them."""
    return _COMPACT.encode(record)


# PROV-JSON ----------------------------------------------------------------------------------------------------------


def provenance(census: Census) -> Iterator[str]:
    """Articles and quotations as entities, speakers and sources as agents, credits as derivations."""
    yield '{"prefix": {"cc": "urn:citecheck:", "prov": "http://www.w3.org/ns/prov#"},\n'
    yield from _section("entity", _entities(census))
    yield from _section("agent", _agents(census))
    yield from _section("wasQuotedFrom", _quoted_from(census))
    yield from _section("wasAttributedTo", _attributed(census))
    yield from _section("wasInfluencedBy", _hops(census), last=True)
    yield "}\n"


def _section(name: str, entries: Iterable[tuple[str, dict[str, object]]], last: bool = False) -> Iterator[str]:
    yield f"{json.dumps(name)}: {{\n"
    before = ""
    for key, value in entries:
        yield f"{before}{json.dumps(key)}: {_compact(value)}"
        before = ",\n"
    yield "\n}\n" if last else "\n},\n"


def _named(sort: str, name: str) -> str:
    return f"cc:{sort}-{make_id(name)}"


def _entities(census: Census) -> Iterator[tuple[str, dict[str, object]]]:
    for article in census.articles.values():
        facts = {"cc:id": article.id, "cc:publisher": census.publisher(article.id), "cc:published": article.published}
        facts |= {"prov:label": article.title, "prov:location": web_link(article.url), "cc:sha256": article.digest}
        yield _named("article", article.id), {key: value for key, value in facts.items() if value}
    for q in census.quotations.values():
        family = census.family_of.get(q.id)
        known = {"prov:value": q.text, "cc:kind": str(q.kind), "cc:family": family.id if family else None}
        yield _named("quotation", q.id), {key: value for key, value in known.items() if value}


def _agents(census: Census) -> Iterator[tuple[str, dict[str, object]]]:
    for name in census.by_speaker:
        yield _named("speaker", name), {"prov:label": name, "cc:role": "speaker"}
    names = dict.fromkeys(census.by_source)
    for family in census.families:
        for edge in family.chain.edges:
            names |= {edge.origin: None, edge.receiver: None}
    for name in names:
        yield _named("source", name), {"prov:label": name, "cc:role": "source"}


def _quoted_from(census: Census) -> Iterator[tuple[str, dict[str, object]]]:
    for q in census.quotations.values():
        ends = {"prov:generatedEntity": _named("quotation", q.id), "prov:usedEntity": _named("article", q.article)}
        yield f"_:quoted-{make_id(q.id)}", {**ends, "cc:start": q.start, "cc:end": q.end}


def _attributed(census: Census) -> Iterator[tuple[str, dict[str, object]]]:
    for q in census.quotations.values():
        if q.speaker and q.kind.speech:
            agent = _named("speaker", census.one_name[q.speaker.name])
            facts: dict[str, object] = {
                "prov:entity": _named("quotation", q.id),
                "prov:agent": agent,
                "cc:mention": q.speaker.mention,
            }
            yield f"_:said-{make_id(q.id)}", facts


def _hops(census: Census) -> Iterator[tuple[str, dict[str, object]]]:
    for family in census.families:
        for number, edge in enumerate(family.chain.edges):
            yield f"_:hop-{make_id(family.id, number)}", _hop(family, edge)


def _hop(family: Family, edge: Edge) -> dict[str, object]:
    return {
        "prov:influencee": _named("source", edge.receiver),
        "prov:influencer": _named("source", edge.origin),
        "cc:family": family.id,
        "cc:stated": edge.stated,
        "cc:relation": str(edge.relation) if edge.relation else "",
        "cc:article": edge.article,
        "cc:proof": edge.text,
    }


# Web Annotation -----------------------------------------------------------------------------------------------------


def web_annotations(census: Census) -> Iterator[str]:
    """One annotation page: a `TextPositionSelector` and a `TextQuoteSelector` for each quotation."""
    yield '{"@context": ["http://www.w3.org/ns/anno.jsonld", {"cc": "urn:citecheck:"}],\n'
    yield '"id": "urn:citecheck:annotations", "type": "AnnotationPage",\n'
    yield '"cc:unit": "Unicode code points of the extracted text", "items": [\n'
    before = ""
    for q in census.quotations.values():
        yield before + _compact(_annotation(census, q, census.articles[q.article]))
        before = ",\n"
    yield "\n]}\n"


def _annotation(census: Census, q: Quotation, article: Article) -> dict[str, object]:
    family = census.family_of.get(q.id)
    tags = [str(q.kind), *(f"source: {credit.name}" for credit in q.sources)]
    if q.speaker:
        tags.append(f"speaker: {q.speaker.name}")
    position = {"type": "TextPositionSelector", "start": q.start, "end": q.end}
    prefix, suffix = article.text[max(0, q.start - 32) : q.start], article.text[q.end : q.end + 32]
    return {
        "id": f"urn:citecheck:quotation:{make_id(q.id)}",
        "type": "Annotation",
        "motivation": "identifying",
        "body": [{"type": "TextualBody", "purpose": "tagging", "value": tag} for tag in dict.fromkeys(tags)],
        "target": {
            "source": web_link(article.url) or f"urn:citecheck:article:{make_id(article.id)}",
            "selector": [position, {"type": "TextQuoteSelector", "exact": q.text, "prefix": prefix, "suffix": suffix}],
        },
        "cc:article": article.id,
        "cc:sha256": article.digest,
        "cc:family": family.id if family else None,
    }
