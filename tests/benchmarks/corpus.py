"""Quotations and articles made by a seed, with known truth: what renders one statement, and how it was changed.

Word counts follow Zipf and Mandelbrot (1953): the most frequent words are those of English with their shares, the tail
is made of syllables. Words come in pairs and stock phrases as often as alone, so that runs of words repeat between
unrelated quotations as they do in the news. Sizes of families follow a power law up to hundreds.
"""

from __future__ import annotations

import math
import random
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate, combinations, islice

from citecheck.models import (
    Article,
    Comparison,
    Corpus,
    Extraction,
    Family,
    Kind,
    Match,
    Quotation,
    Relation,
    Rendering,
    SourceCredit,
    Speaker,
    make_id,
)
from citecheck.text.lexicons import rows, words

#: Words beyond those of `common_words.tsv`. A million quotations use most of them, ten thousand a fifth.
TAIL = 150_000
#: Pairs of words that stand together again and again.
PAIRS = 60_000
#: Share of a text that is made of such pairs, and of stock phrases.
PAIR_SHARE, STOCK_SHARE = 0.25, 0.01
#: Share of quotations that are a stock phrase and nothing else; they belong to no family.
ONLY_STOCK = 0.005
#: Sizes of families: P(size) ~ size ** -EXPONENT, none larger than LARGEST or a hundredth of a small corpus.
EXPONENT, LARGEST = 2.2, 400
#: How a member of a family came from its first: the share of each way.
WAYS = {
    "verbatim": 0.20,
    "typo": 0.12,
    "drop": 0.12,
    "insert": 0.10,
    "substitute": 0.12,
    "truncate": 0.12,
    "fragment 6-12": 0.12,
    "fragment 2-5": 0.10,
}
#: Articles that arrive in a day, the first of them on that day; and the days that each was published before: most on
#: the day itself, some later, a few from an older page.
DAILY, FIRST_DAY = 100, date(2020, 1, 1)
DELAYS = {0: 0.70, 1: 0.15, 2: 0.05, 3: 0.03, 7: 0.04, 30: 0.03}
#: In how many days a statement is told again, as a lognormal: half of it in two days, a tenth after two weeks.
LATER = (math.log(2), 1.5)
_SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra che dri flo gru sta ple tri sno".split()


@dataclass(frozen=True, slots=True)
class Made:
    """One quotation, the number of the statement that it renders, and the way in which it was made."""

    text: str
    family: int
    way: str


class Language:
    """Draws words as running text has them."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        self._words = [word for row in rows("common_words.tsv") for word in row["words"].split()]
        self._words += _tail(self.random, TAIL)
        self._weights = list(accumulate(1.0 / (rank + 2.7) ** 1.07 for rank in range(len(self._words))))
        firsts, seconds = self.words(PAIRS), self.words(PAIRS)
        self._pairs = [f"{first} {second}" for first, second in zip(firsts, seconds, strict=True)]
        self._pair_weights = list(accumulate(1.0 / (rank + 20.0) ** 0.9 for rank in range(PAIRS)))
        self._stock = sorted(phrase for phrase in words("stock_phrases.txt") if phrase.count(" ") >= 2)

    def words(self, count: int) -> list[str]:
        """`count` single words."""
        return self.random.choices(self._words, cum_weights=self._weights, k=count)

    def stock_phrase(self) -> str:
        """A phrase of three words or more that anybody uses; a few are used most."""
        return self._stock[int(len(self._stock) * self.random.random() ** 2)]

    def text(self, length: int) -> list[str]:
        """About `length` running words."""
        pieces = self.words(length)
        for at in range(length):
            draw = self.random.random()
            if draw < PAIR_SHARE / 2:
                pieces[at] = self.random.choices(self._pairs, cum_weights=self._pair_weights)[0]
            elif draw < PAIR_SHARE / 2 + STOCK_SHARE:
                pieces[at] = self.stock_phrase()
        return " ".join(pieces).split(" ")[: max(3, length)]


def _tail(source: random.Random, count: int) -> list[str]:
    made: dict[str, None] = {}
    while len(made) < count:
        word = "".join(source.choices(_SYLLABLES, k=2 + min(2, len(made) // 800)))
        made[word.capitalize() if len(made) % 9 == 0 else word] = None
    return list(made)


def quotations(count: int, seed: int = 1) -> list[Made]:
    """`count` quotations in an order that says nothing. The same arguments give the same list."""
    return list(streamed(count, seed))


#: Quotations of `streamed` that are shuffled with each other, and held in memory at a time.
BLOCK = 1_000_000


def streamed(count: int, seed: int = 1) -> Iterator[Made]:
    """`quotations` one by one: of more than a block, each block is shuffled by itself."""
    language = Language(seed)
    sizes = list(range(1, min(LARGEST, 8 + count // 100)))
    weights = list(accumulate(size**-EXPONENT for size in sizes))
    family = 0
    for done in range(0, count, BLOCK):
        block, family = _block(min(BLOCK, count - done), family, language, sizes, weights)
        yield from block


def _block(
    count: int, family: int, language: Language, sizes: Sequence[int], weights: Sequence[float]
) -> tuple[list[Made], int]:
    """`count` quotations of families numbered after `family`, shuffled, and the number of the last family."""
    draw = language.random
    made: list[Made] = []
    while len(made) < count:
        family += 1
        if draw.random() < ONLY_STOCK:
            made.append(Made(_sentence(language.stock_phrase().split(" ")), family, "stock"))
            continue
        first = language.text(min(60, max(8, round(draw.lognormvariate(2.95, 0.45)))))
        made.append(Made(_sentence(first), family, "first"))
        ways = draw.choices(list(WAYS), list(WAYS.values()), k=draw.choices(sizes, cum_weights=weights)[0] - 1)
        made += [Made(_sentence(changed(first, way, language)), family, way) for way in ways]
    del made[count:]
    draw.shuffle(made)
    return made, family


def changed(first: Sequence[str], way: str, language: Language) -> list[str]:
    """A rendering of the words `first`, made in one of `WAYS`."""
    draw = language.random
    found = list(first)
    if way.startswith("fragment"):
        low, high = map(int, way.removeprefix("fragment ").split("-"))
        length = min(draw.randint(low, high), len(found) - 1)
        at = draw.randrange(len(found) - length + 1)
        return found[at : at + length]
    if way == "truncate":
        kept = max(6, round(len(found) * draw.uniform(0.5, 0.9)))
        return found[:kept] if draw.random() < 0.6 else found[-kept:]
    for _ in range(1 if len(found) < 14 else draw.randint(1, 2)):
        at = draw.randrange(len(found))
        if way == "typo":
            found[at] = _typo(found[at], draw)
        elif way == "drop":
            del found[at]
        elif way == "insert":
            found[at:at] = language.words(1)
        elif way == "substitute":
            found[at] = language.words(1)[0]
    return found


def _typo(word: str, draw: random.Random) -> str:
    at = draw.randrange(len(word))
    letter = draw.choice("aeioulnrst")
    return draw.choice((word[:at] + letter + word[at + 1 :], word[:at] + word[at + 1 :] or letter, word + letter))


def _sentence(found: Sequence[str]) -> str:
    text = " ".join(found)
    return text[:1].upper() + text[1:] + "."


def arriving(made: Sequence[Made], each: int, seed: int = 1) -> list[Made]:
    """The quotations in the order of the news: a statement is told when it is made and in the days after it, seldom
    again much later, and `each` of them, an article, are of as many statements as can be."""
    draw = random.Random(seed)
    days = len(made) / each / DAILY
    began = {number: draw.uniform(0, days) for number in sorted({one.family for one in made})}
    when = [began[one.family] + draw.lognormvariate(*LATER) for one in made]
    late = [at if at < days else draw.uniform(began[one.family], days) for one, at in zip(made, when, strict=True)]
    waiting = deque(sorted(range(len(made)), key=late.__getitem__))
    found: list[Made] = []
    while waiting:
        article: list[Made] = []
        again: list[int] = []
        while waiting and len(article) < each:
            at = waiting.popleft()
            if made[at].family in {one.family for one in article} and len(again) < len(waiting):
                again.append(at)
            else:
                article.append(made[at])
        waiting.extendleft(reversed(again))
        found += article
    return found


def extractions(
    articles: int, seed: int = 1, said: int = 5, told: Iterable[Made] | None = None
) -> Iterator[Extraction]:
    """`articles` articles of a dozen sentences, `said` of them quotations with speaker and credit left to the text, as
    `pipeline.extract` would give them. What is said is `told`, else `quotations(articles * said, seed)`, in that order;
    the dates are about in order."""
    language, dates = Language(seed + 1), random.Random(seed)
    made = iter(quotations(articles * said, seed) if told is None else told)
    speakers = [" ".join(word.capitalize() for word in language.words(2)) for _ in range(2_000)]
    for number in range(articles):
        yield _article(number, list(islice(made, said)), language, speakers, _published(number, dates))


def _published(number: int, draw: random.Random) -> str:
    """The date of the article that is the `number`th to arrive."""
    delay = draw.choices(list(DELAYS), list(DELAYS.values()))[0]
    return (FIRST_DAY + timedelta(days=number // DAILY - delay)).isoformat()


def statements(count: int, seed: int = 1, each: int = 5) -> tuple[Corpus, tuple[Family, ...]]:
    """A corpus of `count * each` quotations in `count` families, five quotations an article, and the families, which
    are those of the known truth: nothing is matched, everything is compared.

    A family has two renderings, and more the more it has (Simon 1955), so that a few have dozens. A third of the
    articles credit an agency for what they quote.
    """
    language, dates = Language(seed), random.Random(seed)
    draw = language.random
    urn = [number for number in range(count) for _ in range(2)]
    for _ in range(count * (each - 2)):
        urn.append(draw.choice(urn))
    firsts = [language.text(min(60, max(8, round(draw.lognormvariate(2.95, 0.45))))) for _ in range(count)]
    seen: set[int] = set()
    made: list[Made] = []
    for number in urn:
        way = draw.choices(list(WAYS), list(WAYS.values()))[0] if number in seen else "first"
        words = firsts[number] if way == "first" else changed(firsts[number], way, language)
        made.append(Made(_sentence(words), number, way))
        seen.add(number)
    draw.shuffle(made)
    speakers = [" ".join(word.capitalize() for word in language.words(2)) for _ in range(2_000)]
    items = [
        _article(at // 5, made[at : at + 5], language, speakers, _published(at // 5, dates), at // 5 % 3 == 0)
        for at in range(0, len(made), 5)
    ]
    corpus = Corpus(tuple(items))
    return corpus, _families(corpus, made)


def _families(corpus: Corpus, made: Sequence[Made]) -> tuple[Family, ...]:
    from citecheck.families import group

    together: dict[int, list[Rendering]] = {}
    for one, q in zip(made, (q for item in corpus.extractions for q in item.quotations), strict=True):
        own = Rendering(q.article, q.kind, q.start, q.end, q.text, q.id, q.speaker, q.sources, q.when)
        together.setdefault(one.family, []).append(own)
    known = Comparison(True, 100.0)
    pairs = [Match("", a, b, known) for members in together.values() for a, b in combinations(members, 2)]
    return group(corpus, pairs)


def _article(  # noqa: PLR0917 the parts of one article
    number: int,
    said: Sequence[Made],
    language: Language,
    speakers: Sequence[str],
    published: str,
    credits: bool = False,
) -> Extraction:
    """Where it `credits` anybody, each quotation is told to the same agency."""
    name = f"story-{number:07}"
    pieces: list[str] = []
    records: list[Quotation] = []
    sources: list[SourceCredit] = []
    agency = f"Agency {number % 7}"
    verb = f"told {agency}" if credits else "said"
    at = 0
    for one in said:
        filler = _sentence(language.text(language.random.randint(8, 24))) + "\n"
        speaker = speakers[one.family % len(speakers)]
        start = at + len(filler) + 1
        end = start + len(one.text)
        line = f"{filler}“{one.text}” {speaker} {verb}.\n"
        kind = Kind.DIRECT if one.text.count(" ") > 4 else Kind.FRAGMENT
        who = Speaker(speaker, speaker, end + 2, end + 2 + len(speaker))
        own = (_told(agency, who.end, make_id(name, kind, start)),) if credits else ()
        records.append(Quotation(make_id(name, kind, start), name, kind, start, end, one.text, who, sources=own))
        sources += own
        pieces.append(line)
        at += len(line)
    text = "".join(pieces)
    outlet = f"Outlet {number % 40}"
    article = Article(name, text, f"Story {number}", outlet, published, digest=make_id(text))
    return Extraction(article, tuple(records), tuple(sources))


def _told(agency: str, end: int, quotation: str) -> SourceCredit:
    """The credit in “… SPEAKER told AGENCY”, where the name of the speaker ends at `end`."""
    start = end + len(" told ")
    return SourceCredit(agency, Relation.TOLD, agency, start, start + len(agency), quotation=quotation)
