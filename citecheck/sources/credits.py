"""All credits of one article: named sources, documents, stand-ins, and the article's own publisher."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from citecheck.models import Article, Relation, SourceCredit
from citecheck.models.values import changed
from citecheck.sources.context import Context, Sentences, read_context
from citecheck.sources.ladder import relation_of
from citecheck.sources.outlets import Outlets
from citecheck.sources.publisher import edge_names, is_publisher
from citecheck.sources.spotting import Mention, find_names
from citecheck.sources.standins import antecedent, find_standins, relation_of_standin
from citecheck.text.segments import sentences

#: What may join sources that make one thing together: “CNN/ORC”, “Huffington Post-Morning Consult”.
_JOINT = re.compile(r"\s?[/–-]\s?|(?:\s\([A-Z]\))?\s(?:and|&)\s(?:the\s|The\s)?")


def find_credits(article: Article, outlets: Outlets) -> tuple[SourceCredit, ...]:
    """Every mention of a source that `article` credits, in order of place; none overlap."""
    text, span = article.text, article.body_span
    mentions = find_names(text, span, outlets)
    edges = edge_names(text, span, outlets)
    if not mentions and not edges:
        return ()
    parts = Sentences(sentences(text, span))
    found = [_credit(text, mention, Relation.PUBLISHER, None) for mention in edges]
    inner = [mention for mention in mentions if not any(a.start < mention.end and mention.start < a.end for a in edges)]
    for group in _joined(text, inner):
        found += _credits_of(text, span, parts, group)
    found = _with_indices(parts, sorted(found, key=lambda credit: credit.start), outlets)
    named = [(mention.start, mention.end) for mention in mentions]
    return tuple(sorted([*found, *_standins(text, span, parts, found, named)], key=lambda credit: credit.start))


def _joined(text: str, mentions: Sequence[Mention]) -> Iterator[list[Mention]]:
    """Runs of mentions that share their context."""
    group: list[Mention] = []
    for mention in mentions:
        if group and not _JOINT.fullmatch(text, group[-1].end, mention.start):
            yield group
            group = []
        group.append(mention)
    if group:
        yield group


def _credits_of(text: str, span: tuple[int, int], parts: Sentences, group: Sequence[Mention]) -> Iterator[SourceCredit]:
    if all(is_publisher(text, span, mention) for mention in group):
        yield from (_credit(text, mention, Relation.PUBLISHER, None) for mention in group)
        return
    context = read_context(text, parts.at(group[0].start), group[0].start, group[-1].end)
    for mention in group:
        relation = relation_of(context, mention.outlet.kind)
        if relation is not None:
            yield _credit(text, mention, relation, context)


def _with_indices(parts: Sentences, credits: Sequence[SourceCredit], outlets: Outlets) -> list[SourceCredit]:
    """An index and its publisher in one sentence are one credit, on the publisher, with the index as its document."""
    kept: list[SourceCredit] = []
    titles: dict[tuple[int, str], SourceCredit] = {}
    for credit in credits:
        publisher = outlets.by_name[credit.name].publisher if credit.kind == "index" else None
        sentence = parts.number(credit.start)
        if publisher and any(other.name == publisher and parts.number(other.start) == sentence for other in credits):
            titles[sentence, publisher] = credit
        else:
            kept.append(credit)
    merged = []
    for credit in kept:
        title = titles.get((parts.number(credit.start), credit.name))
        merged.append(changed(credit, document=title.mention, relation=title.relation) if title else credit)
    return merged


def _credit(text: str, mention: Mention, relation: Relation, context: Context | None) -> SourceCredit:
    return SourceCredit(
        mention.outlet.name,
        relation,
        text[mention.start : mention.end],
        mention.start,
        mention.end,
        kind=mention.outlet.kind,
        document=(context.noun if context else None) or mention.document,
    )


def _standins(
    text: str,
    span: tuple[int, int],
    parts: Sentences,
    credits: Sequence[SourceCredit],
    named: Sequence[tuple[int, int]],
) -> Iterator[SourceCredit]:
    """Credits of noun phrases that take up a source named before."""
    starts = {start for start, _ in named}
    made_by = re.compile(r",?\s[^.;\n]{0,60}\b(?:by|from)\s(?:the\s)?")
    if not credits:
        return
    for item in find_standins(text, credits[0].end, span[1]):
        if any(at in starts for at in range(item.start, item.end)):
            continue
        maker = made_by.match(text, item.end)
        if maker and maker.end() in starts:
            continue
        context = read_context(text, parts.at(item.start), item.start, item.end)
        relation = relation_of_standin(context, item.noun)
        source = antecedent(text, item, credits) if relation else None
        if relation and source:
            yield SourceCredit(
                source.name,
                relation,
                text[item.start : item.end],
                item.start,
                item.end,
                kind=source.kind,
                document=item.noun if item.noun == source.document else source.document,
            )
