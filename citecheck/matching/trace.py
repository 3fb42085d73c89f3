"""Where do these words come from: the true place of a quotation, or the honest answer that it was not found.

Policy: a wrong source costs more than none. A place is answered for when its words cannot well have come together by
chance (`Place.evidence` counts in bits beyond the size of the corpus), and with less evidence only where a second
signal, the speaker, agrees. What falls short is a near miss: shown with its score, never told as the source.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from itertools import islice, pairwise
from typing import NamedTuple

from citecheck.matching.index import Index
from citecheck.matching.judge import judge
from citecheck.matching.places import Place, Query, places
from citecheck.matching.signals import Voice, voice_at
from citecheck.models import Comparison, Hit, Span, Status, Trace

#: Words up to which a text is a fragment: exact, it still needs a second signal or much evidence.
FRAGMENT_WORDS = 5
#: Evidence, in bits, of an exact run of words that nothing else supports, and its surprise before phrases are
#: discounted: on 500 fragments of other people's quotations, 2 still link (0.4 %).
EXACT_EVIDENCE = 3.0
EXACT_SURPRISE = 9.0
#: The same where the speaker agrees.
SPOKEN_SURPRISE = 6.0
#: The same for words that are rare together: three names in a row are no phrase, however often the corpus has them.
RARE_SURPRISE = 14.0
#: Strength, which is `_support` less what its looseness costs, of words that are not all there, for a text whose
#: speaker nobody named: it may be told in other words.
#: Of 500 fragments of other texts 6 reach it, of 199 true retellings 4 fall short.
TOLD_STRENGTH = 8.35
#: The same where the text reports speech at the place, which is a second signal, so that the words may stand loosely.
#: By this or the former 8 of 500 fragments of other texts are linked, and 93 of 97 quotations told elsewhere are found.
#: In a transcript all is speech, and it says nothing.
REPORTED_STRENGTH = 5.2
#: What a content word is worth that stands in the same sentence out of its order; 1 would let any long sentence answer.
BESIDE_SHARE = 0.7
CONTENT_BITS = 9.0
#: The power of the share of aligned words in their stretch: a retelling puts clauses between them, but a few words that
#: stand far apart have come together by chance.
LOOSE, CLOSE_SET = 0.25, 0.5
#: Words up to which they must stand close.
FEW_WORDS = 6
#: The same for a quotation with a named speaker, where the words must stand close together. Of 82 quotations whose
#: source was removed one reaches 12, of those with their source two fall short.
SPOKEN_STRENGTH = 12.0
#: Twice that: the words are there although another speaks, which is for the editor to see.
SURE_STRENGTH = 24.0
#: Share of the words, and how closely they stand, from which a quotation is there although another speaks.
NEARLY_ALL = 0.85
CLOSE = 0.75
#: Share and strength from which few words, nearly all there, are those of a speaker who is known to speak there: of 82
#: quotations whose source was removed none gets so far, of those with their source one in a hundred needs it.
MOSTLY_ALL = 0.8
MOSTLY_STRENGTH = 7.0
#: What a text may have where the query has a name.
_PRONOUNS = frozenset("he him his she her hers it its they them their theirs".split())
#: Matches told with one trace, and articles of them that are one text again: thirty papers print what the wire sends,
#: and would leave no room for the one that has other words.
MAX_HITS, MOST_OF_ONE = 5, 2


class _Found(NamedTuple):
    """A place in characters, and whether it can be answered for."""

    place: Place
    span: Span
    accepted: bool


def trace(index: Index, text: str, speaker: str | None = None, id: str = "") -> Trace:
    """Where `text` stands in the corpus: verbatim, changed or told in other words; `speaker` is a second signal.

    Hits come best first. Where the status is `unverified` they are near misses.
    """
    query = Query(index.columns, text)
    here = _spread(index, places(index.columns, index.texts, query, index.near(text)))
    found = [_weigh(index, query, place, speaker) for place in islice(here, MAX_HITS)]
    found.sort(key=lambda item: not item.accepted)
    hits: list[Hit] = []
    status = Status.UNVERIFIED
    for item in found:
        article = index.article(item.place.text)
        start, end = item.span
        quotation = index.quotation_at(item.place.text, start, end)
        comparison = Comparison(same=False, score=round(100 * item.place.cover, 1))
        if item.accepted:
            comparison, judged = judge(index, item.place, item.span, text, quotation)
            status = status if hits else judged
        hits.append(
            Hit(article.id, start, end, article.text[start:end], quotation.id if quotation else None, comparison)
        )
    return Trace(id, text, status, index.searched, tuple(hits))


def _spread(index: Index, places: Iterable[Place]) -> Iterator[Place]:
    """Places, of articles that are copies or versions of one text those in the first `MOST_OF_ONE`."""
    seen: dict[str, set[int]] = {}
    for place in places:
        texts = seen.setdefault(index.corpus.original(index.article(place.text).id), set())
        if place.text in texts or len(texts) < MOST_OF_ONE:
            texts.add(place.text)
            yield place


def _weigh(index: Index, query: Query, place: Place, speaker: str | None) -> _Found:
    span = _span(index, query, place)

    def voice() -> Voice:
        return voice_at(index, place.text, *span, speaker) if speaker else Voice.SILENT

    if _spoken(place, query, exact(index, query, place), speaker is not None, voice):
        return _Found(place, span, True)
    if speaker and _mostly(index, query, place) and voice() is Voice.SAME:
        return _Found(place, span, True)
    return _Found(place, span, speaker is None and _told(index, query, place, span))


def exact(index: Index, query: Query, place: Place) -> bool:
    """Whether all words of the query stand there in one run, letter case and marks aside."""
    if place.density < 1.0 or len(place.pairs) < len(query):
        return False
    text, columns = index.texts[place.text], index.columns
    return all(
        text[columns.starts[there] : columns.ends[there]].casefold().replace("’", "'") == query.words[at]
        for at, there in place.pairs
    )


def _spoken(place: Place, query: Query, exact: bool, named: bool, voice: Callable[[], Voice]) -> bool:
    """The ladder for words as they were said, strictest evidence first; each rung says why."""
    if exact and place.surprise >= RARE_SURPRISE and place.evidence >= 0:
        return True  # these very words, each of them rare
    if exact and place.evidence >= EXACT_EVIDENCE and place.surprise >= EXACT_SURPRISE:
        return True  # these very words, and not a phrase of everybody's
    if exact and place.surprise >= SPOKEN_SURPRISE and named and voice() is Voice.SAME:
        return True  # a common phrase, in the mouth of the same speaker
    if not named:
        return False
    if place.cover >= NEARLY_ALL and place.density >= CLOSE and len(query) > FRAGMENT_WORDS:
        return place.evidence >= EXACT_EVIDENCE  # a word or two changed; another speaker is for the editor to see
    if place.closeness >= SURE_STRENGTH:
        return True  # too many words for chance, whoever speaks there
    return place.closeness >= SPOKEN_STRENGTH and voice() is not Voice.OTHER


def _mostly(index: Index, query: Query, place: Place) -> bool:
    """Whether nearly all words stand close together, a name that the text calls by a pronoun counted with them."""
    cover = place.cover + _called_by_pronouns(index, query, place) / query.total
    return cover >= MOSTLY_ALL and place.evidence * cover * place.density >= MOSTLY_STRENGTH


def _called_by_pronouns(index: Index, query: Query, place: Place) -> float:
    """The bits of the names of the query, with "the" before them, in whose place the text has one pronoun: a writer
    says what "it" is."""
    text, columns = index.texts[place.text], index.columns
    pairs = list(place.pairs)
    for at in range(
        len(pairs) - 2, -1, -1
    ):  # “called the Accord the”: of two that are alike the one beside what follows
        follows, there = pairs[at + 1]
        if there == pairs[at][1] + 1 and query.numbers[follows - 1] == query.numbers[pairs[at][0]]:
            pairs[at] = (follows - 1, there - 1)
    bits = 0.0
    for (before, there), (after, then) in pairwise(pairs):
        gap = range(before + 1, after)
        if not gap or then != there + 2:
            continue
        word = text[columns.starts[there + 1] : columns.ends[there + 1]].casefold()
        name = gap[1:] if query.words[gap[0]] == "the" else gap
        if word in _PRONOUNS and name and all(query.text[query.spans[at][0]].isupper() for at in name):
            bits += sum(query.bits[at] for at in gap)
    return bits


def _told(index: Index, query: Query, place: Place, span: Span) -> bool:
    """Whether a place tells the query in other words: many of them, or fewer where the text reports speech."""
    support = _support(index, query, place, span)
    if support * place.density ** (CLOSE_SET if len(query) <= FEW_WORDS else LOOSE) >= TOLD_STRENGTH:
        return True
    if support * place.density**LOOSE < REPORTED_STRENGTH or index.turns(place.text):
        return False
    return index.quotation_at(place.text, *span) is not None or _reported(index, place)


def _reported(index: Index, place: Place) -> bool:
    """Whether most of the aligned words stand in one report of speech: whom it is about can be named before it."""
    starts = index.columns.starts
    words = [starts[there] for _, there in place.pairs]
    return any(
        2 * sum(said.start <= start < said.end for start in words) > len(words)
        for said in index.extractions[place.text].quotations
        if said.kind.speech
    )


def _support(index: Index, query: Query, place: Place, span: Span) -> float:
    """How well the sentence around a place answers for the query: evidence times the share of the query that is there,
    words out of their order counted for less."""
    columns = index.columns
    low, high = index.sentence_around(place.text, *span)
    first = bisect_left(columns.starts, low, columns.bounds[place.text], columns.bounds[place.text + 1])
    last = bisect_left(columns.starts, high, first, columns.bounds[place.text + 1])
    spare = Counter(columns.terms[first:last])
    spare.subtract(columns.terms[there] for _, there in place.pairs)
    aligned = {at for at, _ in place.pairs}
    beside = 0.0
    for at, number in enumerate(query.numbers):
        if at not in aligned and spare[number] > 0 and query.bits[at] >= CONTENT_BITS:
            spare[number] -= 1
            beside += BESIDE_SHARE * query.bits[at]
    asked = query.total - _given_names(query, aligned)
    cover = min(1.0, (place.cover * query.total + beside) / asked) if asked else 0.0
    return (place.evidence + beside) * cover


def _given_names(query: Query, aligned: set[int]) -> float:
    """The bits of the words that a text may leave out of a name: it says "Ruiz" where the query has "Ana Ruiz"."""
    capital = [query.text[start].isupper() for start, _ in query.spans]
    return sum(
        query.bits[at]
        for at in range(len(query) - 1)
        if at not in aligned and at + 1 in aligned and capital[at] and capital[at + 1]
    )


def _span(index: Index, query: Query, place: Place) -> Span:
    """The characters of a place, widened by the words that the query has beyond its first and last aligned one, so
    that a changed first word is inside; no further than the sentence goes."""
    columns = index.columns
    start, end = columns.starts[place.first], columns.ends[place.last]
    low, high = index.sentence_around(place.text, start, end)
    first = max(columns.bounds[place.text], place.first - place.pairs[0][0])
    last = min(columns.bounds[place.text + 1] - 1, place.last + len(query) - 1 - place.pairs[-1][0])
    while columns.starts[first] < low:
        first += 1
    while columns.ends[last] > high:
        last -= 1
    return columns.starts[min(first, place.first)], columns.ends[max(last, place.last)]
