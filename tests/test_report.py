"""The written report: structure, links, escaping, determinism, and a folder that is whole or untouched."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from jinja2 import StrictUndefined
from report_corpus import corpus, crowd, families, gates
from selectolax.lexbor import LexborHTMLParser

from citecheck import parallel
from citecheck.errors import OutputError
from citecheck.html import addresses, render, write
from citecheck.html.addresses import article_page, family_page, source_page, speaker_page
from citecheck.html.folder import MARKER, replacing
from citecheck.html.write import write_report
from citecheck.models import Corpus, Extraction, Family, Rendering, Tier

HOSTILE = (
    '<script>alert(1)</script>"><img src=x onerror=alert(2)> \u202e\x00 {{ 7*7 }} </style></title><!-- ' + "W" * 3000
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    target = tmp_path_factory.mktemp("report") / "out"
    write_report(corpus(), families(), target, {"families.jsonl": lambda: ['{"a": 1}', '{"b": 2}\n']})
    return target


def parsed(path: Path) -> LexborHTMLParser:
    return LexborHTMLParser(path.read_bytes())


def words(path: Path, selector: str) -> list[str]:
    return [" ".join(node.text().split()) for node in parsed(path).css(selector)]


def digests(folder: Path) -> dict[str, str]:
    return {
        str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


# Structure ----------------------------------------------------------------------------------------------------------


def test_the_index_counts_and_queues_worst_first(folder: Path) -> None:
    index = folder / "index.html"
    assert words(index, ".figures li") == [
        "5 articles",
        "8 quotations, marked or reported",
        "2 statements in several places",
        "2 of them drift",
        "2 with attribution lost",
        "1 from a single origin",
        "2 unquoted restatements",
        "2 in marks, with no second witness",
        "1 files skipped",
    ]
    assert words(index, ".queue-table tbody .sev") == ["critical", "major"]
    assert words(index, ".skipped li") == ["scan.pdf holds no text"]
    tokens = [node.attributes["data-t"] for node in parsed(index).css("tr[data-t]")]
    assert [str(token).split()[0] for token in tokens] == ["s4", "s3"]


def test_a_family_page_puts_each_judgment_beside_its_words(folder: Path) -> None:
    page = folder / f"{family_page('f-gates')}.html"
    assert [line.split()[-1] for line in words(page, ".rendering .no")] == ["1", "2", "4", "3"]  # base, quoted, told
    assert words(page, ".is-base .base-mark") == ["Base: earliest dated"]
    assert "in the old town" in words(page, "[data-step='2'] del")
    assert words(page, "[data-step='3'] .notes .sev") == ["critical", "major", "major", "none"]
    assert words(page, "[data-step='3'] .change") == ["speaker generalised", "source lost"]
    assert words(page, ".tally dd p") == [
        "Ines Marlow 1–24",
        "Officials at the port 3",
        "Harbour Wire 1–24",
        "none 3",
        "quoted 1–24",
        "told without marks 3",
    ]
    assert len(parsed(page).css(".collation tbody tr")) == 4


def test_circular_credit_leads_back_below_the_boxes(tmp_path: Path) -> None:
    family = families()[0]
    first = family.chain.edges[0]
    hops = [("Harbour Wire", "The Beacon"), ("The Beacon", "Harbour Wire"), ("Harbour Wire", "Coast Courier")]
    edges = tuple(replace(first, origin=origin, receiver=receiver, stated=True) for origin, receiver in hops)
    chain = replace(family.chain, edges=edges, circular=(("Harbour Wire", "The Beacon"),))
    folder = write_report(corpus(), [replace(family, chain=chain)], tmp_path / "r").parent
    drawing = parsed(folder / f"{family_page(family.id)}.html").css_first("svg")

    def places(selector: str) -> list[tuple[float, float]]:
        found = (node.attributes["transform"] or "" for node in drawing.css(selector))
        return [tuple(map(float, re.findall(r"[\d.]+", one))) for one in found]  # type: ignore[misc]

    boxes = places("g[transform]:not(.hop-number)")
    assert len({x for x, _ in boxes}) == 2, "from the wire to both papers, as without the circle"
    for x, y in places(".hop-number"):
        assert not any(left <= x <= left + 190 and top <= y <= top + 46 for left, top in boxes), "on no box"


def test_a_chain_is_drawn_and_told_with_its_proofs(folder: Path) -> None:
    page = folder / f"{family_page('f-gates')}.html"
    assert words(page, ".hops mark") == [
        "according to Harbour Wire",
        "Credited from: Harbour Wire",
        "Marlow told Harbour Wire",
    ]
    assert len(parsed(page).css("svg path.hop")) == 4
    assert len(parsed(page).css("svg path.hop.inferred")) == 1
    assert words(page, ".chain p.inferred") == [
        "Coast Courier → The Beacon inferred: no article states it; credited to nobody else"
    ]


def test_credits_that_do_not_meet_are_told_and_not_drawn(tmp_path: Path) -> None:
    family = gates()
    guessed = tuple(replace(family.chain.edges[-1], receiver=f"Outlet {number}") for number in range(9))
    chain = replace(family.chain, edges=(family.chain.edges[0], *guessed))
    folder = write_report(corpus(), [replace(family, chain=chain)], tmp_path / "r").parent
    page = folder / f"{family_page('f-gates')}.html"
    assert not parsed(page).css("svg")
    assert len(parsed(page).css(".hops li")) == 1
    assert "Outlet 7, Outlet 8" in words(page, ".chain .inferred")[0]


def test_a_statement_in_many_renderings_stays_short(tmp_path: Path) -> None:
    folder = write_report(*crowd(), tmp_path / "r").parent
    page = folder / f"{family_page('f-crowd')}.html"
    assert len(parsed(page).css("[data-step='31']")) == 1
    assert words(page, ".alike > summary") == ["38 more that differ from the base in nothing that matters"]
    assert len(parsed(page).css("section > table tr.rendering")) == 2
    (fold,) = words(page, "[data-step='2'] .fold summary")
    assert fold.endswith("characters as in the base")
    assert words(page, ".collation th") == ["1base", "2", "3–40"]


def test_what_is_dated_has_an_order_and_the_rest_a_tray(folder: Path) -> None:
    page = folder / f"{family_page('f-gates')}.html"
    assert words(page, ".timeline time") == ["March 3 (3 March 2031)", "4 March 2031", "5 March 2031"]
    assert words(page, ".tray li") == ["The Beacon 3", "Nine minutes 4 its words say “April 3”, of no certain year"]
    assert words(page, ".time .warning") == ["Dates differ: March 3 in one, April 3 in the other."]


def test_the_galley_holds_the_text_and_numbers_its_spans(folder: Path) -> None:
    page = parsed(folder / f"{article_page('ledger.txt')}.html")
    for node in page.css(".galley .vh, .galley .ref, .galley details"):
        node.decompose()
    shown = [node.text() for node in page.css(".galley .line > p")]
    text = next(item.article.text for item in corpus().extractions if item.article.id == "ledger.txt")
    assert shown == [line for line in text.split("\n") if line]
    outside = folder / f"{article_page('courier.txt')}.html"
    assert words(outside, ".line.outside > p") == ["Leave a Reply", "Your e-mail will not be shown."]


def test_a_speakers_page_gathers_what_is_said_across_articles(folder: Path) -> None:
    page = folder / f"{speaker_page('Ines Marlow')}.html"
    assert words(page, ".lede") == ["5 statements in 3 articles, 4 of them in marks."]
    assert words(page, ".counts li") == [
        "The Ellery Ledger 3, 2 in marks",
        "Coast Courier 1, 1 in marks",
        "Nine minutes 1, 1 in marks",
    ]
    assert words(page, ".forms dt") == ["Ines Marlow", "harbour master", "Ines Marlow", "Marlow", "She"]


def test_the_queue_shows_the_gravest_difference(folder: Path) -> None:
    index = folder / "index.html"
    assert words(index, ".glance") == ["nine minutes → ninety minutes"]


def test_variants_are_a_graph_from_three_wordings_on(folder: Path) -> None:
    graph = words(folder / f"{family_page('f-gates')}.html", ".variants .fork")
    assert "nothing" in graph[-1]
    assert words(folder / f"{family_page('f-rank')}.html", ".variants") == []


def test_a_sources_page_says_who_takes_how_much(folder: Path) -> None:
    page = folder / f"{source_page('Harbour Wire')}.html"
    assert words(page, ".lede") == [
        "3 credits in 3 articles. Of 4 renderings of the statements that somebody credits to it, 1 do not name it."
    ]
    assert len(parsed(page).css(".takers tbody tr")) == 3


def test_credits_are_a_matrix_and_a_drawing(folder: Path) -> None:
    page = folder / "chains.html"
    assert len(parsed(page).css(".matrix tbody tr")) == 3
    assert len(parsed(page).css("svg rect")) == 5
    assert words(folder / "articles.html", "tbody tr:first-child td:nth-child(6)") == ["33 %1 of 3"]


def test_further_data_is_written_a_line_each(folder: Path) -> None:
    assert (folder / "data/families.jsonl").read_text() == '{"a": 1}\n{"b": 2}\n'


def test_a_corpus_without_families_says_so(tmp_path: Path) -> None:
    index = write_report(corpus(), (), tmp_path / "r")
    assert "nothing to compare" in index.read_text()
    assert "Nothing to line up" in index.read_text()


# Links, safety ------------------------------------------------------------------------------------------------------


def every_page(folder: Path) -> list[Path]:
    return sorted(folder.rglob("*.html"))


def assert_links_resolve(folder: Path) -> None:
    ids = {path: {node.attributes["id"] for node in parsed(path).css("[id]")} for path in every_page(folder)}
    for path in ids:
        nodes = parsed(path).css("[href], [src]")
        assert len({node.attributes["id"] for node in parsed(path).css("[id]")}) == len(parsed(path).css("[id]"))
        for node in nodes:
            address = str(node.attributes.get("href") or node.attributes.get("src"))
            if address.startswith(("https://", "http://")):
                assert node.tag == "a", "only links may lead outside"
                continue
            file, _, fragment = address.partition("#")
            target = (path.parent / file).resolve() if file else path
            assert target.is_file(), f"{path.name} links to {address}"
            if fragment:
                assert fragment in ids[target], f"{path.name} links to {address}"


def test_every_link_and_fragment_resolves(folder: Path) -> None:
    assert_links_resolve(folder)


def test_nothing_is_loaded_from_elsewhere_or_inline(folder: Path) -> None:
    for path in every_page(folder):
        text = path.read_text()
        assert "default-src 'none'" in text
        assert not parsed(path).css("img, iframe, object, embed, style, link:not([rel=stylesheet]), form[action]")
        scripts = [node.attributes.get("src", "").split("/")[-1] for node in parsed(path).css("script")]
        assert scripts == (["order.js", "report.js"] if path.parent.name == "families" else ["report.js"])
        assert not re.search(r"<[^>]+\s(?:style|on[a-z]+)=", text)


def hostile() -> tuple[Corpus, list[Family]]:
    """The corpus with its names, titles, notes and addresses replaced by the worst that can stand there."""
    extractions = []
    for item in corpus().extractions:
        article = replace(
            item.article,
            title=HOSTILE,
            publisher=HOSTILE,
            byline=HOSTILE,
            published=HOSTILE,
            url="javascript:alert(3)",
            language='en" onload="x',
            path=HOSTILE,
        )
        quotations = tuple(
            replace(
                q,
                speaker=q.speaker and replace(q.speaker, name=HOSTILE, mention=HOSTILE, role=HOSTILE),
                cue=q.cue and replace(q.cue, text=HOSTILE),
                sources=tuple(replace(c, name=HOSTILE, mention=HOSTILE, document=HOSTILE) for c in q.sources),
            )
            for q in item.quotations
        )
        credits = tuple(replace(c, name=HOSTILE, mention=HOSTILE, document=HOSTILE) for c in item.credits)
        extractions.append(Extraction(article, quotations, credits))
    return Corpus(tuple(extractions), corpus().skipped), [worst(family) for family in families()]


def worst(family: Family) -> Family:
    def spoil(item: Rendering) -> Rendering:
        speaker = item.speaker and replace(item.speaker, name=HOSTILE, mention=HOSTILE)
        return replace(
            item, text=HOSTILE, speaker=speaker, sources=tuple(replace(c, name=HOSTILE) for c in item.sources)
        )

    chain = replace(family.chain, origins=(HOSTILE,), circular=((HOSTILE, HOSTILE),))
    return replace(family, id=HOSTILE + family.id, renderings=tuple(map(spoil, family.renderings)), chain=chain)


def test_hostile_articles_are_escaped_everywhere(tmp_path: Path) -> None:
    write_report(*hostile(), tmp_path / "r")
    assert_links_resolve(tmp_path / "r")
    for path in every_page(tmp_path / "r"):
        text = path.read_text()
        assert "<script>alert" not in text
        assert "<img" not in text
        assert "javascript:" not in text
        assert "\u202e" not in text
        assert "\x00" not in text
        assert not parsed(path).css("[onload], [onerror]")
    assert "⟦U+202E⟧" in (tmp_path / "r/index.html").read_text()
    assert "{{ 7*7 }}" in (tmp_path / "r/index.html").read_text(), "no text is run as a template"


def test_templates_fail_on_a_name_that_is_not_there() -> None:
    environment = render.environment()
    assert environment.undefined is StrictUndefined
    assert environment.autoescape is True


# A newsroom's own look ----------------------------------------------------------------------------------------------


def test_a_newsroom_overrides_templates_and_colours(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own/footer.html").write_text("<footer>The {{ here.page }} desk</footer>")
    look = render.Look(tmp_path / "own", (("link", "#7a1f3d"),), (("link", "#f0a6bd"),))
    folder = write_report(corpus(), families(), tmp_path / "r", look=look).parent
    assert words(folder / "index.html", "footer") == ["The index desk"]
    assert (folder / "style.css").read_text().endswith("{ :root { --link: #f0a6bd; } }\n")
    single = write_report(corpus(), families(), tmp_path / "r.html", look=look)
    assert "--link: #7a1f3d;" in single.read_text()


@pytest.mark.parametrize("template", ["{{ page.nothing }}", "{% if %}"])
def test_a_template_that_is_wrong_is_named(tmp_path: Path, template: str) -> None:
    (tmp_path / "index.html").write_text(template)
    with pytest.raises(OutputError, match=re.escape(str(tmp_path))):
        write_report(corpus(), families(), tmp_path / "r", look=render.Look(tmp_path))
    assert not (tmp_path / "r").exists()


# Bytes and folders --------------------------------------------------------------------------------------------------


def test_the_same_input_gives_the_same_bytes(folder: Path, tmp_path: Path) -> None:
    write_report(corpus(), reversed(families()), tmp_path / "r", {"families.jsonl": lambda: ['{"a": 1}', '{"b": 2}']})
    assert digests(tmp_path / "r") == digests(folder)


def test_a_report_is_replaced_and_unchanged_files_are_kept(tmp_path: Path) -> None:
    target = tmp_path / "r"
    write_report(corpus(), families(), target, {"gone.jsonl": lambda: ["{}"]})
    before = {path.name: path.stat().st_ino for path in target.rglob("*.*")}
    smaller = Corpus(corpus().extractions[:-1])
    write_report(smaller, families(), target)
    assert not (target / "data/gone.jsonl").exists()
    assert not (target / f"{article_page('mirror.txt')}.html").exists()
    assert (target / "style.css").stat().st_ino == before["style.css"]
    assert (target / "data/renderings.csv").stat().st_ino == before["renderings.csv"]
    assert (target / "index.html").stat().st_ino != before["index.html"]
    assert not list(target.rglob("*.old"))
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_what_the_form_of_an_article_suggests_stands_on_its_page(tmp_path: Path) -> None:
    first, *rest = corpus().extractions
    told = replace(first, article=replace(first.article, tier=Tier.PRIMARY))
    folder = write_report(Corpus((told, *rest)), families(), tmp_path / "r").parent
    shown = [words(folder / f"{article_page(item.article.id)}.html", ".facts dd") for item in (told, *rest)]
    assert ["primary, as its form suggests" in page for page in shown] == [True, *(False for _ in rest)]


def test_long_lists_go_on_on_further_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(addresses, "ROWS_PER_PAGE", 1)
    folder = write_report(corpus(), families(), tmp_path / "r").parent
    for name in ("index", "articles", "speakers", "sources"):
        pages = [f"{name}.html", *(f"{name}-{number}.html" for number in range(2, 9))]
        written = [page for page in pages if (folder / page).is_file()]
        assert len(written) > 1
        assert all(len(words(folder / page, "main tbody tr")) == 1 for page in written)
        assert [node.attributes["href"] for node in parsed(folder / pages[1]).css("nav.pages a")] == [
            "#top" if page == pages[1] else page for page in written
        ]


def test_several_processes_write_the_same_bytes(folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(write, "MANY", 1)
    monkeypatch.setattr(parallel, "ALONE", 2)
    write_report(corpus(), families(), tmp_path / "r", {"families.jsonl": lambda: ['{"a": 1}', '{"b": 2}']}, jobs=2)
    assert digests(tmp_path / "r") == digests(folder)


def test_a_page_is_written_again_only_where_its_own_words_changed(tmp_path: Path) -> None:
    write_report(corpus(), families(), tmp_path / "r")
    before = {path: path.stat().st_ino for path in every_page(tmp_path / "r")}
    more, told = crowd()  # another statement, which stands between the two in the queue
    write_report(Corpus((*corpus().extractions, *more.extractions)), (*families(), *told), tmp_path / "r")
    again = sorted(path.name for path, inode in before.items() if path.stat().st_ino != inode)
    last = f"{article_page('mirror.txt')}.html".removeprefix("articles/")
    assert again == sorted(["articles.html", "index.html", "method.html", "speakers.html", last])


def test_an_empty_folder_and_a_missing_parent_are_fine(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert write_report(corpus(), families(), tmp_path / "empty").is_file()
    assert write_report(corpus(), families(), tmp_path / "a/b/c").is_file()


@pytest.mark.parametrize("content", ["folder", "file"])
def test_what_is_not_a_report_is_never_replaced(tmp_path: Path, content: str) -> None:
    target = tmp_path / "mine"
    if content == "folder":
        target.mkdir()
        (target / "thesis.txt").write_text("precious")
    else:
        target.write_text("precious")
    with pytest.raises(OutputError, match="-o"):
        write_report(corpus(), families(), target)
    assert [path.name for path in tmp_path.iterdir()] == ["mine"]
    assert not (target / MARKER).exists()


def test_a_failure_leaves_the_old_report_as_it_was(tmp_path: Path) -> None:
    target = tmp_path / "r"
    write_report(corpus(), families(), target)
    before = digests(target)

    def broken() -> Iterator[str]:
        yield "one line"
        raise OSError(28, "No space left on device")

    with pytest.raises(OutputError, match="No space left on device; nothing was changed"):
        write_report(corpus(), (), target, {"x.jsonl": broken})
    assert digests(target) == before
    with pytest.raises(KeyboardInterrupt), replacing(target):
        raise KeyboardInterrupt
    assert digests(target) == before
    assert [path.name for path in tmp_path.iterdir()] == ["r"]


def test_a_place_that_cannot_be_written_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(OutputError, match="choose another folder"):
        write_report(corpus(), families(), tmp_path / "file" / "r")


# One file -----------------------------------------------------------------------------------------------------------


def test_the_report_in_one_file_has_every_page_and_no_dead_link(folder: Path, tmp_path: Path) -> None:
    file = write_report(corpus(), families(), tmp_path / "report.html")
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    page = parsed(file)
    assert len(page.css("section.page")) == len(every_page(folder))
    ids = [node.attributes["id"] for node in page.css("[id]")]
    assert len(ids) == len(set(ids))
    inner = [str(node.attributes["href"]) for node in page.css("[href]")]
    assert {href[1:] for href in inner if not href.startswith("https:")} <= set(ids)
    assert not page.css("[src], link")
    assert write_report(corpus(), families(), file).read_bytes() == file.read_bytes()


def test_another_file_is_never_replaced_by_a_report(tmp_path: Path) -> None:
    (tmp_path / "mine.html").write_text("<p>precious")
    with pytest.raises(OutputError, match="no citecheck report"):
        write_report(corpus(), families(), tmp_path / "mine.html")
    assert (tmp_path / "mine.html").read_text() == "<p>precious"
