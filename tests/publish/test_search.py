"""Search: what a citizen types finds exactly what is there, and nothing that is not public is in its files."""

import datetime as dt
import gzip
import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode, urlsplit

import cbor2
import pagefind_bin
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from support.built_site import made
from support.project import Project, hosted, until
from support.search_page import Corpus, Hits, bare, fold, open_search, read_hits
from support.stages import archive_of, notice_text

from generator.domain.model import Site
from generator.graph.gate import open_gate
from generator.publish.search.full_text import SearchEntry, entries_of, segments_of
from generator.publish.search.index_files import Chunk, chunk
from generator.publish.search.merge import MergedPostings
from generator.publish.search.segments import Segment, Source, build_segment
from generator.publish.search.tokens import token_texts, tokens_of

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page, Route

ROOT = Path(__file__).parents[2]
SCRIPT = ROOT / "themes/default/assets/search-words.js"
CHAINED = "国务院办公厅〇0123456789㐂𠮷"
MARKS = "《》（），。、：；〔〕-%①の"
texts = st.text(alphabet=CHAINED + MARKS + "ａＢ９éabZ \n　", max_size=30)
runs = st.text(alphabet="国办12", min_size=2, max_size=40)


# The tokens


def tokens_in(text: str) -> list[str]:
    """Return the tokens of a text in their order."""
    tokens = tokens_of(text)
    placed = [*zip(map(int, tokens.positions), token_texts(tokens.keys), strict=True)]
    ordered = sorted([*placed, *((place, word) for word, place in tokens.words)])
    assert [place for place, _ in ordered] == list(range(tokens.total))
    return [token for _, token in ordered]


@given(texts)
def test_no_character_is_lost_in_tokens(text: str) -> None:
    """The first character of each pair, and words as they are, give the text back without its marks and blanks."""
    back = "".join(token[0] if token[0] in CHAINED else token for token in tokens_in(text))
    assert back == re.sub(f"[\\s{re.escape(MARKS)}]", "", fold(text)).lower().replace("é", "e")


@given(texts)
def test_tokens_do_not_change_when_made_narrow(text: str) -> None:
    """Full-width letters and digits give the tokens of narrow ones."""
    assert tokens_in(text) == tokens_in(fold(text))


@settings(max_examples=300)
@given(runs, runs)
def test_a_phrase_of_tokens_is_a_substring(text: str, wanted: str) -> None:
    """The tokens of a query are in a row in the tokens of a text exactly when the query is in the text."""
    have, ask = tokens_in(text), tokens_in(wanted)[:-1]
    found = any(have[place : place + len(ask)] == ask for place in range(len(have)))
    assert found is (wanted in text)


@settings(max_examples=300)
@given(runs, st.integers(0, 38), st.integers(2, 6))
def test_every_part_of_a_text_is_a_phrase_of_its_tokens(text: str, start: int, length: int) -> None:
    """The tokens of any part of a text are in a row in the tokens of the text."""
    ask = tokens_in(text[start : start + length])[:-1]
    have = tokens_in(text)
    assert any(have[place : place + len(ask)] == ask for place in range(len(have)))


def test_tokens_of_an_example() -> None:
    """Digits pair like characters, words stay whole, marks separate."""
    assert tokens_in("国务院办公厅》") == ["国务", "务院", "院办", "办公", "公厅", "厅"]
    assert tokens_in("〔2019〕54号 VPN（Ａ类）") == ["20", "01", "19", "9", "54", "4号", "号", "vpn", "a", "类"]
    assert tokens_in("") == tokens_in(" \n　") == []


# The index


SOURCES = st.lists(st.builds(Source, st.just(""), texts, texts), max_size=12)


def chunks_of(segments: list[Segment]) -> list[Chunk]:
    """Return the files of postings of these segments."""
    postings = MergedPostings(segments)
    return [chunk(postings, *tokens) for tokens in postings.files]


def decoded(chunks: Iterable[Chunk]) -> dict[str, dict[int, list[tuple[int, int]]]]:
    """Read files of postings as Pagefind does: token → document → weights and positions."""
    postings: dict[str, dict[int, list[tuple[int, int]]]] = {}
    for file in chunks:
        (words,) = cbor2.loads(file.data.removeprefix(b"pagefind_dcd"))
        assert [word for word, _, _ in words] == sorted(word for word, _, _ in words)
        assert (words[0][0], words[-1][0]) == (file.first, file.last)
        for word, pages, variants in words:
            assert word not in postings
            assert variants == []
            number = 0
            for step, steps in pages:
                number += step
                weight, position = 25, 0
                for value in steps:
                    if value < 0:
                        weight, position = -value - 1, 0
                    else:
                        position += value
                        postings.setdefault(word, {}).setdefault(number, []).append((weight, position))
    return postings


@settings(max_examples=200)
@given(SOURCES, st.integers(1, 4))
def test_the_index_has_each_token_of_each_text(sources: list[Source], size: int) -> None:
    """However documents are cut into segments, the index has every token at its position, titles with more weight."""
    groups = [sources[start : start + size] for start in range(0, len(sources), size)]
    segments = [Segment.from_bytes(build_segment(group).to_bytes()) for group in groups]
    wanted: dict[str, dict[int, list[tuple[bool, int]]]] = {}
    for number, source in enumerate(sources):
        title = len(tokens_in(source.title))
        for place, token in enumerate(tokens_in(f"{source.title}\n{source.text}")):
            wanted.setdefault(token, {}).setdefault(number, []).append((place < title, place))
    found = {
        token: {number: [(weight > 100, place) for weight, place in places] for number, places in documents.items()}
        for token, documents in decoded(chunks_of(segments)).items()
    }
    assert found == wanted


@settings(max_examples=20)
@given(st.lists(st.integers(0, 10**6), min_size=1, max_size=300))
def test_long_distances_are_encoded(gaps: list[int]) -> None:
    """Positions and documents of every size come back as they were."""
    text = "甲" + "".join("，" + "乙，" * (gap % 400) + "甲" for gap in gaps)
    sources = [Source("", "", "丙")] * (gaps[0] % 5000) + [Source("", "", text)]
    postings = decoded(chunks_of([build_segment(sources)]))
    places = [place for place, found in enumerate(tokens_in(text)) if found == "甲"]
    assert postings["甲"] == {len(sources) - 1: [(25, place) for place in places]}


@pytest.mark.browser
def test_pagefind_finds_the_same_in_its_own_index(
    chromium: "Browser", demo: Path, corpus: Corpus, tmp_path: Path
) -> None:
    """Pagefind's program, which reads this index, finds the same documents in the index that it makes of the tokens."""
    pages = tmp_path / "pages"
    pages.mkdir()
    names = {}
    for number, name in enumerate(sorted(corpus.records)):
        lines = [corpus.records[name]["title"], *corpus.lines[name]]
        body = "".join(f"<p>{' '.join(tokens_in(line))}</p>" for line in lines)
        (pages / f"{number}.html").write_text(
            f'<!doctype html><html lang="und"><body data-pagefind-body>{body}</body></html>', encoding="utf-8"
        )
        names[f"/{number}.html"] = name
    program = str(pagefind_bin.get_executable())
    subprocess.run([program, "--site", str(pages), "--output-path", str(tmp_path / "index"), "--silent"], check=True)
    shutil.copytree(demo / "search/pagefind", tmp_path / "ours")
    (tmp_path / "index.html").write_text('<!doctype html><html lang="und"><title>x</title></html>', encoding="utf-8")
    script = """async ([folder, queries]) => {
        const program = await import(`/zwgk/${folder}/pagefind.js`);
        const made = program.createInstance({ basePath: `/zwgk/${folder}/`, baseUrl: "/" });
        const found = {};
        for (const query of queries) {
            const { results } = await made.search(query);
            found[query] = await Promise.all(results.map(async (one) => (await one.data()).url));
        }
        return found;
    }"""
    words = [query for query in QUERIES if re.fullmatch(r"[㐀-鿿]+", query)]
    queries = [f'"{" ".join(tokens_in(word)[:-1] or [word])}"' for word in words]
    assert len(queries) > 5
    with hosted(tmp_path) as address:
        page = chromium.new_page()
        page.goto(address)
        theirs = page.evaluate(script, ["index", queries])
        ours = page.evaluate(script, ["ours", queries])
        page.close()
    for query in queries:
        assert {urlsplit(url).path.strip("/") for url in ours[query]} == {
            names[urlsplit(url).path] for url in theirs[query]
        }, query


@dataclass
class Script:
    """search-words.js, loaded into the search page."""

    page: "Page"

    def call(self, expression: str, argument: object) -> Any:
        """Evaluate an expression over the script's functions ``m`` and an argument ``a``."""
        return self.page.evaluate(f"(a) => {{ const m = window.gongkai; return {expression}; }}", argument)


@pytest.fixture(scope="module")
def script(chromium: "Browser", demo_address: str) -> Iterator[Script]:
    """Load the functions of the theme's search-words.js a second time into the search page."""
    page = chromium.new_page(bypass_csp=True)  # only a test loads a script from memory
    page.goto(f"{demo_address}search/")
    page.evaluate(
        """async (source) => {
            const address = URL.createObjectURL(new Blob([source], { type: "text/javascript" }));
            window.gongkai = await import(address);
        }""",
        SCRIPT.read_text(encoding="utf-8"),
    )
    yield Script(page)
    page.close()


@pytest.mark.browser
@settings(max_examples=30)
@given(st.lists(texts, min_size=1, max_size=40))
def test_the_script_cuts_like_the_program(script: Script, many: list[str]) -> None:
    """search.js cuts texts into the same tokens as the program, but for capital letters, which Pagefind makes small."""
    wanted = [" ".join(tokens_in(text)) for text in many]
    found = script.call("a.map((text) => m.pairs(text, { closing: true }))", many)
    assert [text.lower().replace("é", "e") for text in found] == wanted


@pytest.mark.browser
@settings(max_examples=30)
@given(st.lists(runs, min_size=1, max_size=40))
def test_the_script_leaves_out_the_closing_character_of_a_query(script: Script, many: list[str]) -> None:
    """In a query the last character of the last run stands in its pair only: what follows it in a text is open."""
    wanted = [" ".join(tokens_in(text)[:-1]) for text in many]
    assert script.call("a.map((text) => m.pairs(text, { closing: false }))", many) == wanted


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("第三十条", ["第三十条"]),
        ("2013年", ["2013年"]),
        ("一百万元以下", ["一百万元", "以下"]),
        ("第5号公告", ["第5号", "公告"]),
    ],
)
def test_a_number_and_what_it_counts_are_one_word(script: Script, query: str, words: list[str]) -> None:
    """A number is not cut from what it counts, so that 第三十条 does not find 第三十一条."""
    tables = "new Map(), { stop_words: [], weak_words: [] }"
    assert script.call(f"m.understand(a, {tables}).words.map((one) => one.word)", query) == words


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "stops", "words"),
    [
        ("单位收哪些费", ["哪些"], ["单位", "收费"]),
        ("学校赔不赔", [], ["学校"]),
        ("卖狗要证", [], ["狗"]),
        ("人社局管不管人社局", [], ["人社局"]),
    ],
)
def test_what_joins_words_is_no_part_of_them(script: Script, query: str, stops: list[str], words: list[str]) -> None:
    """What stands around 哪些 belongs together, 赔不赔 is 赔, and a character alone counts where the table has it."""
    table = 'new Map([["狗", ["犬"]], ["人社局", []]])'
    tables = f"{table}, {{ stop_words: {json.dumps(stops)}, weak_words: [] }}"
    assert script.call(f"m.understand(a, {tables}).words.map((one) => one.word)", query) == words


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ("云岭人社规〔二〇二二〕第三号", ["#2022-3"]),
        ("云岭人社规二零二二年一百二十三号", ["#2022-123"]),
        ("第三十二号", ["#32"]),
        ("云岭人社规2022-1003", ["@云岭人社规20221003", "#2022-1003"]),
        ("123456789/2022-00103", ["@123456789202200103"]),
    ],
)
def test_a_number_is_read_in_words_too(script: Script, query: str, keys: list[str]) -> None:
    """文号 are read in figures and in words; what looks like an 索引号 may be a 文号."""
    read = "((one) => [...one.keys, ...(one.other?.keys ?? [])])(m.numberOf(a))"
    assert script.call(read, query) == keys


# Searching


Search = Callable[..., Hits]


@pytest.fixture(scope="module")
def search(chromium: "Browser", demo_address: str) -> Iterator[Search]:
    """Return a function that takes the search page of the demo to a query and reads the hits."""
    page = chromium.new_page()
    page.goto(f"{demo_address}search/")

    def ask(query: str = "", **parameters: str) -> Hits:
        asked = {name: value for name, value in {"q": query, "limit": "all", **parameters}.items() if value}
        go = "(query) => { history.pushState(null, '', query); dispatchEvent(new PopStateEvent('popstate')); }"
        page.evaluate(go, f"?{urlencode(asked)}")
        return read_hits(page)

    yield ask
    page.close()


@pytest.fixture(scope="module")
def corpus(demo: Path) -> Corpus:
    """Read the demo's documents from its pages."""
    return Corpus(demo)


QUERIES = (
    "社会保险补贴", "工伤认定", "劳动能力鉴定", "技能提升补贴", "15个工作日", "2026年", "备案", "青溪区", "高校毕业生",
    "依申请公开", "灵活就业", "公示5个工作日",
)  # fmt: skip


@pytest.mark.browser
def test_a_latin_word_that_is_nowhere_finds_nothing(search: Search) -> None:
    """A Latin word that no document holds finds nothing, rather than what begins like it."""
    assert search("xyzzy").ids == []


@pytest.mark.browser
@pytest.mark.parametrize("query", QUERIES)
def test_a_query_finds_what_holds_it(search: Search, corpus: Corpus, query: str) -> None:
    """A query finds exactly the documents whose title, numbers or text hold it, each once, and says how many."""
    hits = search(query)
    wanted = corpus.containing(query)
    assert wanted
    assert wanted != set(corpus.records)
    assert set(hits.phrases) == wanted
    assert hits.ids[: len(wanted)] == hits.phrases
    assert len(hits.ids) == len(set(hits.ids)) == hits.total
    assert hits.state == "done"
    assert hits.message.startswith(f"找到 {hits.total} 条")


@pytest.mark.browser
def test_a_query_in_the_address_runs_when_the_page_opens(
    chromium: "Browser", demo_address: str, search: Search
) -> None:
    """A page opened with a query, facets and an order in its address shows what asking for them in the page shows."""
    page = chromium.new_page()
    asked = {"kind": "policy", "status": "effective", "sort": "date", "limit": "all"}
    hits = open_search(page, demo_address, q="补贴", **asked)
    assert hits.ids
    assert hits == search("补贴", **asked)
    assert (page.input_value("select[name=status]"), page.input_value("select[name=sort]")) == ("effective", "date")
    page.close()


@pytest.mark.browser
def test_any_part_of_a_text_is_found(search: Search, corpus: Corpus) -> None:
    """Parts of titles and texts, cut anywhere but at marks, find exactly the documents that hold them."""
    chance = random.Random(7)  # noqa: S311 - the same parts in every run
    lines = [
        *(line for lines in corpus.lines.values() for line in lines),
        *(r["title"] for r in corpus.records.values()),
    ]
    stretches = sorted({run for line in lines for run in re.findall(r"[\u4e00-\u9fff0-9]{4,}", line)})
    for stretch in chance.sample(stretches, 25):
        start = chance.randrange(len(stretch) - 1)
        query = stretch[start : start + chance.randint(2, 9)]
        assert set(search(query).phrases) == corpus.containing(query), query


@pytest.mark.browser
@pytest.mark.parametrize("query", ["税", "鉴", "所", "0", "龄"])
def test_a_single_character_is_found(search: Search, corpus: Corpus, query: str) -> None:
    """A single character finds exactly the documents that hold it."""
    wanted = corpus.containing(query)
    assert wanted
    assert set(search(query).phrases) == wanted


@pytest.mark.browser
@pytest.mark.parametrize(
    "query",
    [
        "云岭人社规〔2024〕3号",
        "云岭人社规[2024]3号",
        "云岭人社规【2024】3号",
        "云岭人社规（2024）3号",
        "云岭人社规(2024)3号",
        "云岭人社规〔２０２４〕３号",
        "云岭人社规 〔2024〕 3 号",
        "云岭人社规2024 3号",
        "云岭人社规2024年第03号",
        "MB2X01234/2024-00071",
        "mb2x01234/2024-00071",
        "2024-00071",
    ],
)
def test_a_number_is_found_however_it_is_written(search: Search, corpus: Corpus, query: str) -> None:
    """A 文号 in any brackets and width, or an 索引号, brings its document first, and documents that name it besides."""
    hits = search(query)
    assert hits.ids[0] == "rsg-2024-3"
    citing = {name for name, lines in corpus.lines.items() if any("云岭人社规〔2024〕3号" in line for line in lines)}
    assert set(hits.ids) <= {"rsg-2024-3"} | citing
    if query == "云岭人社规〔2024〕3号":
        assert set(hits.ids) == {"rsg-2024-3"} | citing


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "first"), [("以案释策：三个工伤工作规程怎么用", "jd-2024-3-al"), ("三个工伤工作规程", None)]
)
def test_a_title_stands_first(search: Search, corpus: Corpus, query: str, first: str | None) -> None:
    """The document whose title is the query stands first; before all others stand those whose title holds it."""
    hits = search(query)
    assert first is None or hits.ids[0] == first
    titled = [bare(query) in bare(corpus.records[name]["title"]) for name in hits.ids]
    assert any(titled)
    assert titled == sorted(titled, reverse=True)


@pytest.mark.browser
@pytest.mark.parametrize("query", ["", "补贴"])
@pytest.mark.parametrize(
    ("facet", "value", "key", "prefix"),
    [
        ("kind", "policy", "kind", "policy"),
        ("kind", "interpretation", "kind", "interpretation"),
        ("status", "repealed", "status", "repealed"),
        ("status", "effective", "status", "effective"),
        ("year", "2026", "date_published", "2026"),
        ("column", "consultations", "column", "consultations"),
    ],
)
def test_a_facet_narrows_the_hits(
    search: Search, corpus: Corpus, query: str, facet: str, value: str, key: str, prefix: str
) -> None:
    """A facet keeps exactly the hits of its kind, column, year or status; alone it lists all documents of it."""
    wanted = corpus.where(**{key: prefix}) & (corpus.containing(query) if query else set(corpus.records))
    assert wanted or query
    hits = search(query, **{facet: value})
    assert set(hits.phrases if query else hits.ids) == wanted
    assert hits.total == len(hits.ids)


@pytest.mark.browser
def test_facets_hold_together(search: Search, corpus: Corpus) -> None:
    """Several facets keep what agrees with all of them."""
    wanted = corpus.where(kind="policy", date_published="2026", status="effective") & corpus.containing("补贴")
    assert wanted
    assert set(search("补贴", kind="policy", year="2026", status="effective").phrases) == wanted


@pytest.mark.browser
@pytest.mark.parametrize("query", ["补贴", ""])
def test_hits_may_be_sorted_by_date(search: Search, corpus: Corpus, query: str) -> None:
    """``sort=date`` brings the newest first; the hits are the same."""
    hits = search(query, sort="date", kind="" if query else "policy")
    days = [corpus.records[name]["date_published"][:10] for name in hits.ids]
    assert len(days) > 10
    assert days == sorted(days, reverse=True)
    assert not query or set(hits.ids) == set(search(query).ids)


@pytest.mark.browser
def test_ten_hits_are_shown_until_all_are_wanted(chromium: "Browser", demo_address: str, corpus: Corpus) -> None:
    """Ten hits are shown and all are counted; the button below, like ``limit=all``, shows the rest."""
    page = chromium.new_page()
    hits = open_search(page, demo_address, q="补贴")
    wanted = corpus.containing("补贴")
    assert len(hits.ids) == 10
    assert hits.total >= len(wanted)
    button = page.get_by_role("button", name="显示全部")
    assert button.is_visible()
    button.click()
    until(page, "(count) => document.querySelectorAll('[data-result]').length === count", hits.total)
    assert "limit=all" in page.url
    assert set(read_hits(page).phrases) == wanted
    assert page.evaluate("document.activeElement.closest('[data-result]')?.dataset.result") == read_hits(page).ids[10]
    assert not button.is_visible()
    assert open_search(page, demo_address, q="补贴", limit="all").ids[:10] == hits.ids
    page.close()


@pytest.mark.browser
def test_the_form_asks_and_the_address_remembers(chromium: "Browser", demo_address: str, corpus: Corpus) -> None:
    """Typing, choosing a facet and going back all show the hits of the address, and the form says what was asked."""
    page = chromium.new_page()
    page.goto(f"{demo_address}search/")
    assert page.locator("#results").get_attribute("data-state") == "idle"
    page.fill("#q", "补贴")
    page.keyboard.press("Enter")
    everything = read_hits(page)
    assert everything.total >= len(corpus.containing("补贴"))
    page.select_option("select[name=kind]", "policy")
    page.wait_for_url("**kind=policy**")
    wanted = corpus.containing("补贴") & corpus.where(kind="policy")
    until(page, "() => document.getElementById('results').dataset.state === 'done'", None)
    assert set(read_hits(page).phrases) <= wanted
    assert set(read_hits(page).ids) <= corpus.where(kind="policy")
    page.go_back()
    until(
        page,
        "(count) => document.getElementById('results').dataset.total === count",
        str(everything.total),
    )
    assert page.input_value("#q") == "补贴"
    assert page.input_value("select[name=kind]") == ""
    page.close()


@pytest.mark.browser
def test_a_hit_leads_to_its_page_and_shows_where(chromium: "Browser", demo_address: str, corpus: Corpus) -> None:
    """Every hit links to its document and shows the words marked in their place."""
    page = chromium.new_page()
    hits = open_search(page, demo_address, q="工伤认定")
    for name in hits.ids:
        hit = page.locator(f"[data-result='{name}']")
        link = hit.locator("h2 a")
        assert link.inner_text() == corpus.records[name]["title"]
        assert link.evaluate("(link) => link.href") == demo_address + corpus.records[name]["url"]
        if any("工伤认定" in line for line in corpus.lines[name]):
            hit.scroll_into_view_if_needed()
            hit.locator("mark", has_text="工伤认定").first.wait_for()
    page.close()


@pytest.mark.browser
def test_a_sentence_that_is_nowhere_finds_its_words(search: Search, corpus: Corpus) -> None:
    """A sentence that no document holds finds documents that hold its words, and says that it is so."""
    sentence = "领取失业保险金的条件"
    assert corpus.containing(sentence) == set()
    hits = search(sentence)
    words = (
        corpus.containing("领取") & corpus.containing("失业") & corpus.containing("保险") & corpus.containing("条件")
    )
    assert words
    assert words <= set(hits.ids)
    assert hits.phrases == []
    assert hits.message == f"没有原样包含“{sentence}”的信息，以下 {hits.total} 条包含其中的词"


@pytest.mark.browser
@pytest.mark.parametrize("query", ["云岭人社规〔1999〕999号", "嚞嚞嚞嚞", "龘"])
def test_what_is_nowhere_is_not_found(search: Search, query: str) -> None:
    """A number or word that is nowhere finds nothing, and the page says so."""
    hits = search(query)
    assert (hits.ids, hits.total, hits.state) == ([], 0, "done")
    assert hits.message.startswith("没有找到")


@pytest.mark.browser
@pytest.mark.parametrize(
    "query", ["<img src=x onerror=alert(1)>", '"补贴"', "'", "\\", "补贴(", "a".ljust(100, "b"), "%E5%8"]
)
def test_no_query_breaks_the_page(chromium: "Browser", demo_address: str, query: str) -> None:
    """Whatever is typed, the search ends well, runs no markup and says nothing to the console."""
    page = chromium.new_page()
    noise: list[str] = []
    page.on("console", lambda message: noise.append(message.text))
    page.on("pageerror", lambda error: noise.append(str(error)))
    page.on("dialog", lambda dialog: dialog.dismiss())
    hits = open_search(page, demo_address, q=query)
    assert hits.state == "done"
    assert page.locator("#results img").count() == 0
    assert page.input_value("#q") == query
    assert noise == []
    page.close()


@pytest.mark.browser
def test_a_failed_search_says_so(chromium: "Browser", demo_address: str) -> None:
    """Where the index cannot be loaded the page says that the search has not succeeded."""
    page = chromium.new_page()
    page.route("**/search/fields.json", lambda route: route.abort())
    hits = open_search(page, demo_address, q="补贴")
    assert hits.state == "failed"
    assert "检索没有成功" in hits.message
    page.close()


@pytest.mark.browser
@pytest.mark.parametrize("query", ["岗位补贴", "云岭人社规〔2023〕2号"])
def test_the_pairs_of_a_query_are_loaded_beside_the_fields(chromium: "Browser", demo_address: str, query: str) -> None:
    """On a slow line the pairs of the query are asked for before the fields are there, and each file of them once."""
    page = chromium.new_page()
    held: list[Route] = []
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/pairs/" in request.url else None)
    pairs, fields = "**/search/pairs/*.json", "**/search/fields.json"
    page.route(fields, lambda route: held.append(route))  # noqa: PLW0108 - it is inspected
    with page.expect_request(pairs), page.expect_request(fields):  # which are not answered
        page.goto(f"{demo_address}search/?{urlencode({'q': query})}", wait_until="commit")
    for route in held:
        route.continue_()
    page.wait_for_selector('#results[data-state="done"]', state="attached")
    assert len(asked) == len(set(asked))
    page.close()


@pytest.mark.browser
def test_a_site_without_an_index_still_finds_titles_and_numbers(chromium: "Browser", project: Project) -> None:
    """With ``--no-search`` the search page finds documents by title, number and facet."""
    project.policy("p1", title="甲办法")
    project.policy("p2", title="乙通知")
    page = chromium.new_page()
    with hosted(made(project)) as address:
        assert open_search(page, address, q="甲办").ids == ["p1"]
        assert open_search(page, address, q="例人社发[2024]2号").ids == ["p2"]
        assert open_search(page, address, kind="policy").total == 2
        page.close()


QUOTED = ("{}", '"{}"', "'{}'", "“{}”", "‘{}’", "「{}」", "『{}』", "＂{}＂", '“{}"', '"{}', "{}”", '  "{}" ', "”{}“")


@pytest.mark.browser
def test_quotation_marks_around_a_query_do_not_matter(chromium: "Browser", project: Project) -> None:
    """A query in straight, curly, full-width or mixed quotation marks finds its words, in any marks or none."""
    project.policy("p1", body="称为“放管服”改革。\n")
    project.policy("p2", body="称为放管服改革。\n")
    project.policy("p3", body="深化'放管服'。\n", title="关于“放管服”的通知")
    project.policy("p4", body="其他。\n")
    page = chromium.new_page()
    with hosted(made(project, with_search=True)) as address:
        for quoted in QUOTED:
            query = quoted.format("放管服")
            assert set(open_search(page, address, q=query).ids) == {"p1", "p2", "p3"}, query
            assert page.locator("[data-result=p1] mark").all_inner_texts() == ["放管服"], query
        assert "p1" in open_search(page, address, q='称为"放管服"改').ids
        assert page.locator("[data-result=p1] mark").all_inner_texts() == ["称为“放管服”改"]
        assert open_search(page, address, q='""').ids == []
        page.close()


# What is not public


def contents(site: Path) -> dict[str, str]:
    """Return the text of every file that the search page loads, unpacked."""
    found = {}
    for place in sorted((site / "search").rglob("*")):
        if place.is_file() and place.suffix != ".html":
            data = place.read_bytes()
            if data[:2] == b"\x1f\x8b":
                data = gzip.decompress(data)
            text = data.decode("utf-8", "ignore")
            if place.name == "fields.json":  # without the words of the theme and the columns
                general = json.loads(text)
                for words in ("words", "stop_words", "weak_words", "pinned"):
                    del general[words]
                del general["facets"]["column"]
                text = json.dumps(general, ensure_ascii=False)
            elif place.parent.name == "pairs":
                text = json.dumps({**json.loads(text), "words": None}, ensure_ascii=False)
            found[place.relative_to(site).as_posix()] = text
    return found


def test_nothing_that_is_not_public_is_in_the_search_files(demo: Path, corpus: Corpus) -> None:
    """No name, title, number or pair of characters that only hidden documents hold is in any file of the search."""
    hidden = [
        place.read_text(encoding="utf-8")
        for place in sorted((ROOT / "content").rglob("*.md"))
        if not re.search(
            r"^(disclosure: proactive|公开属性: 主动公开)$", place.read_text(encoding="utf-8"), re.MULTILINE
        )
    ]
    assert len(hidden) >= 3
    open_text = "\n".join(
        [
            *(f"{r['title']}\n{r.get('summary')}\n{r.get('keywords')}" for r in corpus.records.values()),
            *(line for lines in corpus.lines.values() for line in lines),
        ]
    )
    own = {
        pair
        for text in hidden
        for run in re.findall(r"[\u4e00-\u9fff]{2,}", text.partition("\n---\n")[2])
        for pair in map("".join, pairwise(run))
        if pair not in open_text
    }
    assert len(own) > 50
    told = [
        line.partition(": ")[2]
        for text in hidden
        for line in text.split("\n")
        if line.startswith(("title: ", "index_no: ", "doc_number: ", "标题: ", "索引号: ", "文号: "))
    ]
    files = contents(demo)
    assert len(files) > 50
    for path, text in files.items():
        if not path.endswith((".js", ".pagefind")):
            assert not [pair for pair in own if pair in text], path
            assert not [word for word in told if word in text], path


def test_the_search_files_do_hold_what_is_public(demo: Path) -> None:
    """The same reading of the search files finds pairs of public texts: what the test above looks for would be seen."""
    files = contents(demo)
    index = "".join(text for path, text in files.items() if path.endswith(".pf_index"))
    fragments = "".join(text for path, text in files.items() if path.endswith(".pf_fragment"))
    for pair in ("工伤", "鉴定", "补贴"):
        assert pair in index
        assert pair in fragments


def test_a_hidden_document_changes_no_search_file(project: Project) -> None:
    """Whether a withheld document is among the sources changes no byte of the search."""
    for number in range(1, 4):
        project.policy(f"p{number}", title=f"第{number}件")
    alone = contents(made(project, "alone", with_search=True))
    hidden = {
        "disclosure": "withheld",
        "withhold_class": "N03",
        "withhold_note": "过程性信息",
        "review_on": "2027-06-30",
    }
    project.policy("p9", "第一条　密文。\n", title="密件", **hidden)
    assert contents(made(project, "with", with_search=True)) == alone


def notices(count: int) -> Site:
    """Return a site of notices of which each was published a day after the one before."""
    first = dt.date(2020, 1, 1)
    return open_gate(
        archive_of(
            {
                f"notices/n{number}.md": notice_text(title=f"第{number}件", date_published=first + dt.timedelta(number))
                for number in range(count)
            }
        )
    )


def test_a_change_anywhere_changes_one_segment() -> None:
    """A document that is added or removed anywhere changes its own segment of the index; the others stay."""
    entries = [SearchEntry(f"n{number}", f"body{number}", "题", "", "") for number in range(2_000)]
    whole = segments_of(entries)
    assert [entry for segment in whole for entry in segment] == entries
    assert len(whole) > 8
    assert max(map(len, whole)) <= 512
    for place in (0, 700, 1_999):
        without = segments_of(entries[:place] + entries[place + 1 :])
        assert len([segment for segment in without if segment not in whole]) <= 2
    assert segments_of([]) == []


def test_the_newest_document_is_the_last_entry() -> None:
    """Entries are in the order of publication."""
    assert [entry.id for entry in entries_of(notices(12))] == [f"n{number}" for number in range(12)]


def test_unused_segments_leave_the_cache(project: Project) -> None:
    """The oldest unused segments are removed once there are many, and indexes of version 0.1 at once."""
    project.policy("p1")
    made(project, with_search=True)
    (folder,) = project.cache.rglob("search")
    used = [path.name for path in folder.iterdir()]
    (folder / "0123456789abcdef/bundle").mkdir(parents=True)
    for number in range(9):
        (folder / f"old{number}").write_bytes(b"")
        os.utime(folder / f"old{number}", (number, number))
    project.policy("p1", "第一条　改过。\n")
    made(project, with_search=True)
    left = [path.name for path in folder.iterdir()]
    assert set(used) <= set(left)
    assert len(left) == 3
    assert not any(name.startswith("old") for name in left if name != "old8")
    assert not (folder / "0123456789abcdef").exists()


def test_a_build_with_the_old_cache_gives_the_same_index(project: Project, tmp_path: Path) -> None:
    """A changed title, a changed text and a withdrawn document give the index of a cold build, byte for byte."""
    for number in range(1, 9):
        project.policy(f"p{number}", f"第一条　第{number}件的正文。\n", title=f"第{number}件办法")
    made(project, "warm", with_search=True)
    project.policy("p3", "第一条　改过的正文。\n", title="第3件办法")
    made(project, "warm", with_search=True)
    project.policy("p5", "第一条　第5件的正文。\n", title="第5件规定")
    made(project, "warm", with_search=True)
    (project.folder / "content/policies/p7.md").unlink()
    warm = contents(made(project, "warm", with_search=True))
    assert len(warm) > 10
    assert warm == contents(made(Project(project.folder, tmp_path / "cold"), "cold", with_search=True))


@pytest.mark.parametrize("where", ["site", "above"])
def test_nothing_in_the_repository_or_the_environment_tells_pagefind_anything(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    """Settings of Pagefind in the site's folder, above it and in the environment write nothing and change nothing."""
    victim = project.write("victim.txt", "untouched")
    folder = project.folder if where == "site" else tmp_path
    settings = {
        "logfile": str(victim),
        "site": str(tmp_path),
        "output_path": str(project.folder / "stolen"),
        "verbose": True,
    }
    (folder / "pagefind.json").write_text(json.dumps(settings), encoding="utf-8")
    (folder / "pagefind.toml").write_text(f'logfile = "{victim}"\n', encoding="utf-8")
    for name in ("pagefind.yml", "pagefind.yaml"):
        (folder / name).write_text(f"logfile: {victim}\nexclude_selectors: [h1]\n", encoding="utf-8")
    for key, value in settings.items():
        monkeypatch.setenv(f"PAGEFIND_{key.upper()}", str(value))
    monkeypatch.setenv("PAGEFIND_BINARY_PATH", "/bin/false")
    project.write("bin/pagefind", "#!/bin/sh\necho planted > victim.txt\n").chmod(0o755)
    monkeypatch.setenv("PATH", f"{project.folder / 'bin'}{os.pathsep}{os.environ['PATH']}")
    project.policy()
    ran = project.run("build")
    assert ran.status == 0, ran.err
    assert victim.read_text(encoding="utf-8") == "untouched"
    assert not (project.folder / "stolen").exists()
    assert list((project.folder / "public/search").glob("*/pagefind.js"))
