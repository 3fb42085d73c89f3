"""The records of the wire format (docs/wire.md): one dictionary each, keys in the documented order.

A JSON Schema of each stands in `citecheck/schemas/`, and a test holds the output to it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from citecheck.models import (
    Changes,
    Checked,
    Comparison,
    Copied,
    Drift,
    Edge,
    Evidence,
    Extraction,
    Family,
    Finding,
    Hit,
    Match,
    Quotation,
    Rendering,
    Searched,
    SourceCredit,
    Speaker,
    Trace,
    When,
)

SCHEMA = 1
_JSON = json.JSONEncoder(ensure_ascii=False)
Record = dict[str, Any]


def line(record: Record) -> str:
    """One line of JSON. A lone surrogate, which is no UTF-8, is written as an escape."""
    text = _JSON.encode(record)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(record)
    return text


def document(records: Sequence[Record]) -> str:
    """A JSON array, one record a line; valid when empty."""
    return "[\n" + ",\n".join(line(record) for record in records) + "\n]\n" if records else "[]\n"


def place(label: str | None) -> Record:
    """Where a person finds a record in a document that has pages, timecodes or cells; no field in one that has none."""
    return {} if label is None else {"place": label}


def quotation(value: Quotation, label: str | None = None) -> Record:
    """`label` is the place in the document, as `Article.place` gives it."""
    return {
        "schema": SCHEMA,
        "article": value.article,
        "id": value.id,
        "kind": value.kind.value,
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "speaker": speaker(value.speaker),
        "cue": None if value.cue is None else {"text": value.cue.text, "start": value.cue.start, "end": value.cue.end},
        "sources": [credited(source) for source in value.sources],
        "parent": value.parent,
        "group": value.group,
        "when": when(value.when),
        "negated": value.negated,
        "confidence": round(value.confidence, 3),
        **place(label),
    }


def speaker(value: Speaker | None) -> Record | None:
    if value is None:
        return None
    return {
        "name": value.name,
        "mention": value.mention,
        "start": value.start,
        "end": value.end,
        "kind": value.kind.value,
        "role": value.role,
    }


def credited(value: SourceCredit) -> Record:
    return {
        "name": value.name,
        "relation": value.relation.value,
        "mention": value.mention,
        "start": value.start,
        "end": value.end,
    }


def when(value: When | None) -> Record | None:
    if value is None:
        return None
    return {
        "text": value.text,
        "start": value.start,
        "end": value.end,
        "earliest": value.earliest.isoformat() if value.earliest else None,
        "latest": value.latest.isoformat() if value.latest else None,
    }


def source_mention(article: str, value: SourceCredit) -> Record:
    return {
        "schema": SCHEMA,
        "article": article,
        **credited(value),
        "kind": value.kind,
        "document": value.document,
        "when": when(value.when),
        "quotation": value.quotation,
    }


def drift(value: Drift) -> Record:
    return {
        "label": value.label.value,
        "severity": int(value.severity),
        "a": list(value.a) if value.a is not None else None,
        "b": list(value.b) if value.b is not None else None,
        "note": value.note,
    }


def _judgment(value: Comparison) -> Record:
    return {
        "score": round(value.score, 1),
        "severity": int(value.severity),
        "drift": [drift(item) for item in value.drift],
    }


def comparison(id_: str, value: Comparison) -> Record:
    return {
        "schema": SCHEMA,
        "id": id_,
        "same": value.same,
        **_judgment(value),
        "ops": [list(op) for op in value.ops],
    }


def searched(value: Searched) -> Record:
    return {"articles": value.articles, "quotations": value.quotations}


def hit(value: Hit) -> Record:
    return {
        "article": value.article,
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "quotation": value.quotation,
        **_judgment(value.comparison),
    }


def trace(value: Trace) -> Record:
    return {
        "schema": SCHEMA,
        "id": value.id,
        "status": value.status.value,
        "searched": searched(value.searched),
        "matches": [hit(item) for item in value.hits],
    }


def side(value: Rendering) -> Record:
    return {
        "article": value.article,
        "id": value.quotation,
        "start": value.start,
        "end": value.end,
        "kind": value.kind.value,
    }


def match(value: Match) -> Record:
    return {
        "schema": SCHEMA,
        "family": value.family,
        "a": side(value.a),
        "b": side(value.b),
        **_judgment(value.comparison),
    }


def again(article: str, copies: Mapping[str, Copied]) -> Record:
    """Of which article one is a copy or a version; no field for one that is none."""
    link = copies.get(article)
    return {} if link is None else {f"{link.kind.value}_of": link.of}


def family(value: Family, copies: Mapping[str, Copied]) -> Record:
    """A family as the report's `data/families.jsonl` has it; not part of the contract's standard output."""
    return {
        "schema": SCHEMA,
        "family": value.id,
        "severity": int(value.severity),
        "base": value.base,
        "reason": value.reason.value,
        "renderings": [
            {
                **side(rendering),
                **again(rendering.article, copies),
                "text": rendering.text,
                "speaker": speaker(rendering.speaker),
                "sources": [credited(source) for source in rendering.sources],
                "when": when(rendering.when),
                "drift": [drift(item) for item in compared.drift] if compared else [],
            }
            for rendering, compared in zip(value.renderings, value.comparisons, strict=True)
        ],
        "origins": list(value.chain.origins),
        "edges": [edge_record(edge) for edge in value.chain.edges],
        "circular": [list(names) for names in value.chain.circular],
    }


def changes(value: Changes) -> Record:
    """A copy or a version with what changed, as `citecheck versions` has it."""
    link = value.link
    return {
        "schema": SCHEMA,
        "article": link.article,
        "kind": link.kind.value,
        "of": link.of,
        "contained": round(link.contained, 3),
        "order": "known" if link.ordered else "unknown",
        "headline": {"before": value.headline[0], "after": value.headline[1]} if value.headline else None,
        "added": [quotation(one) for one in value.added],
        "dropped": [quotation(one) for one in value.dropped],
        "changed": [
            {"before": quotation(one), "after": quotation(other), **_judgment(compared)}
            for one, other, compared in value.changed
        ],
        "kept": value.kept,
    }


def edge_record(value: Edge) -> Record:
    return {
        "origin": value.origin,
        "receiver": value.receiver,
        "relation": value.relation.value if value.relation else None,
        "stated": value.stated,
        "article": value.article,
        "start": value.start,
        "end": value.end,
        "text": value.text,
    }


def evidence(value: Evidence) -> Record:
    return {
        "article": value.article,
        "start": value.start,
        "end": value.end,
        "text": value.text,
        "publisher": value.publisher,
        "published": value.published,
        "url": value.url,
        "score": round(value.score, 1),
        "drift": [drift(item) for item in value.drift],
        "ops": [list(op) for op in value.ops],
        "before": value.before,
        "after": value.after,
        **place(value.place),
        **({"earlier_of": value.earlier_of} if value.earlier_of else {}),
    }


def finding(value: Finding) -> Record:
    return {
        "schema": SCHEMA,
        "code": value.code,
        "severity": int(value.severity),
        "level": value.level,
        "article": value.article,
        "start": value.start,
        "end": value.end,
        "line": value.line,
        "column": value.column,
        "paragraph": value.paragraph,
        "text": value.text,
        "message": value.message,
        "ask": value.ask,
        "evidence": [evidence(item) for item in value.evidence],
        "searched": searched(value.searched),
        "agree": value.tally.agree,
        "differ": value.tally.differ,
        "independent": value.tally.independent,
        "chain": [edge_record(item) for item in value.chain],
        "quotation": value.quotation,
        "fingerprint": value.fingerprint,
    }


def findings(checked: Checked) -> list[Record]:
    return [finding(item) for item in checked.findings]


def confirmed(checked: Checked) -> list[Record]:
    """The quotations of a draft that witnesses confirm, in the order of the draft."""
    statuses = {trace.id: trace.status.value for trace in checked.confirmed}
    return [
        {
            "schema": SCHEMA,
            "confirmed": statuses[one.quotation.id],
            "article": one.quotation.article,
            "start": one.quotation.start,
            "end": one.quotation.end,
            "line": one.line,
            "column": one.column,
            "text": checked.extraction.article.text[one.quotation.start : one.quotation.end],
            "speaker": one.quotation.speaker.name if one.quotation.speaker else None,
            "evidence": [evidence(item) for item in one.evidence],
            "searched": searched(checked.searched),
            "quotation": one.quotation.id,
        }
        for one in checked.standings
        if one.quotation.id in statuses
    ]


def quotations(extraction: Extraction) -> list[Record]:
    return [quotation(item, extraction.article.place(item.start)) for item in extraction.quotations]


def source_mentions(extraction: Extraction) -> list[Record]:
    return [source_mention(extraction.article.id, item) for item in extraction.credits]
