"""Search in people's words: synonyms, questions, numbers as spoken, facets; the files of the first stage."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urlencode

import pytest
from support.project import Project, hosted
from support.search_page import Hits, open_search, read_hits

from generator.publish.search.keys import shard_count

if TYPE_CHECKING:
    from playwright.sync_api import Browser

Search = Callable[..., Hits]


@pytest.fixture(scope="module")
def search(chromium: "Browser", demo_address: str) -> Iterator[Search]:
    """Return a function that opens the search page of the demo with a query and reads the hits."""
    page = chromium.new_page()

    def ask(query: str, **parameters: str) -> Hits:
        page.goto(f"{demo_address}search/?{urlencode({'q': query, **parameters})}")
        return read_hits(page)

    yield ask
    page.close()


def asked(chromium: "Browser", project: Project, query: str) -> Hits:
    """Return the hits of a query on the built site of a project."""
    page = chromium.new_page()
    with hosted(project.folder / "public") as address:
        hits = open_search(page, address, q=query)
    page.close()
    return hits


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("灵活就业怎么领补贴", "rsg-2022-3"),
        ("拖欠工资", "rsf-2026-22"),
        ("2025年年报", "nb-2025"),
        ("怎么申请信息公开", "request"),
        ("云岭人社规2022年3号", "rsg-2022-3"),
        ("2022年3号文", "rsg-2022-3"),
        ("云岭人社规2022-3", "rsg-2022-3"),
        ("云岭人社规〔2022〕第3号", "rsg-2022-3"),
        ("云岭人社规（２０２２）３号", "rsg-2022-3"),
        ("二〇二二年3号文", "rsg-2022-3"),
        ("云岭人社规〔二〇二二〕第三号", "rsg-2022-3"),
        ("人社局收哪些费", "sf-2026"),
        ("失业保险金交", "wd-2026-1"),
    ],
)
def test_what_people_say_finds_the_right_page(search: Search, query: str, wanted: str) -> None:
    """Questions, everyday words and numbers as spoken bring the right page among the first three."""
    assert wanted in search(query).ids[:3]


# What people typed, and the pages that answer it; written down before they were tried.
EVERYDAY_QUERIES = (
    ("失业金怎么领", "wd-2026-1"),
    ("工伤怎么认定", "rsg-2024-3 jd-2024-3-al jd-2024-3-yp"),
    ("考证补贴", "rsg-2026-3 jd-2026-3-tj jd-2026-3 jd-2026-3-ft"),
    ("灵活就业社保补贴能补多少", "rsg-2022-3 jd-2025-2 jd-2022-3 rsg-2025-2"),
    ("公司拖欠工资怎么投诉", "rsf-2026-22"),
    ("创业贷款利息", "rsg-2024-5 jd-2024-5"),
    ("评职称需要什么条件", "rsg-2021-4 rsg-2026-1 jd-2021-4 tz-2026-16 jd-2026-1 jd-2026-1-ft"),
    ("事业单位什么时候招人", "zk-2026-2"),
    ("事业编考试报名", "zk-2026-2 zk-2026-2-gs rsg-2025-4"),
    ("大学生实习补贴", "rsf-2018-30 gs-2026-4"),
    ("公益岗怎么申请", "rsg-2023-2 jd-2023-2-tj"),
    ("投诉电话", "guide institution"),
    ("局长是谁", "institution"),
    ("人社规2026年3号文", "rsg-2026-3"),
    ("云岭人社规2024-5", "rsg-2024-5"),
    ("技能提升补帖", "rsg-2026-3 jd-2026-3-tj jd-2026-3 jd-2026-3-ft"),
    ("劳动能力鉴定去哪里做", "rsg-2024-3"),
    ("4050社保补贴", "rsg-2022-3 rsf-2017-21 jd-2022-3 jd-2025-2"),
    ("保姆培训补贴", "rsg-2019-4 jd-2019-4"),
    ("社保系统什么时候恢复", "tz-2026-18"),
    ("部门决算 三公经费", "js-2025"),
    ("劳务派遣许可证怎么办", "xk-2026-10 bs-2026-1"),
    ("招工要不要备案", "rsg-2025-7 jd-2025-7"),
    ("十五五规划", "rsf-2026-10 jd-2026-10 zx-2026-1"),
    ("参保人数", "tj-2026-2"),
    ("失业了能领多少钱", "wd-2026-1 rsg-2026-3 jd-2026-3-tj jd-2026-3 jd-2026-3-ft"),
    ("上班路上摔伤算工伤吗", "rsg-2024-3 jd-2024-3-al jd-2024-3-yp"),
    ("老板跑路工资没发", "rsf-2026-22"),
    ("灵活就业社保补帖怎么申请", "rsg-2022-3 jd-2025-2 jd-2022-3 gg-2026-3 rsg-2025-2"),
    ("毕业生没找到工作有什么补贴", "gg-2026-3 zbf-2026-8 rsg-2022-3 rsf-2018-30"),
    ("想开店能贷款吗", "rsg-2024-5 jd-2024-5"),
    ("高级工程师评审什么时候开始", "tz-2026-16"),
    ("考公岗位表改了没有", "zk-2026-2-gs"),
    ("你们单位地址在哪", "institution guide"),
    ("劳动监察电话", "institution"),
    ("人事科电话", "institution"),
    ("申请公开的表格在哪下载", "request"),
    ("例会 云岭人社发2026年10号", "rsf-2026-10"),
    ("技能竞赛获奖有奖金吗", "rsg-2023-6 jd-2023-6"),
    ("工伤待遇怎么算", "rsg-2024-3 jd-2024-3-al jd-2024-3-yp"),
    ("拿了技能证书能领多少钱", "rsg-2026-3 jd-2026-3-tj jd-2026-3 jd-2026-3-ft"),
    ("下大雨社保大厅还开门吗", "yj-2026-1"),
    ("职称网上申报", "jd-2026-1-ft rsg-2026-1 jd-2026-1"),
    ("今年预算多少钱", "ys-2026"),
    ("被骗代办补贴", "hy-2026-2"),
    ("社保补贴没到账", "hy-2026-1 hy-2026-3"),
    ("贷款反担保", "rsf-2026-24 rsg-2024-5"),
    ("招聘会什么时候", "zbf-2026-8 zk-2026-2"),
    ("人社规〔2025〕第七号", "rsg-2025-7"),
    ("公开指南", "guide"),
)


@pytest.mark.browser
def test_everyday_queries_find_an_answer_among_the_first_three(search: Search) -> None:
    """What lay people type, misspelt or spoken, brings a page that answers it among the first three hits."""
    missed = {}
    for query, answers in EVERYDAY_QUERIES:
        found = search(query).ids[:3]
        if not set(found) & set(answers.split()):
            missed[query] = found
    assert missed == {}


@pytest.mark.browser
@pytest.mark.parametrize(
    ("query", "column"),
    [
        ("你们几点上班", "guide"),
        ("投诉电话", "institution"),
        ("单位地址在哪", "institution"),
        ("局长是谁", "institution"),
        ("局里有哪些科室", "institution"),
        ("去年的年报", "reports"),
        ("提意见", "consultations"),
        ("申请公开的表格在哪下载", "request"),
    ],
)
def test_questions_about_the_body_itself_name_its_column(
    chromium: "Browser", demo_address: str, query: str, column: str
) -> None:
    """Office hours, telephone, address, head, annual report and applications lead to their column at once."""
    page = chromium.new_page()
    page.goto(f"{demo_address}search/?{urlencode({'q': query})}")
    read_hits(page)
    addresses = page.eval_on_selector_all("#pinned a", "links => links.map(one => one.getAttribute('href'))")
    page.close()
    assert any(f"../{column}/" in address for address in addresses)


@pytest.mark.browser
@pytest.mark.parametrize("query", ["遛狗不牵绳", "驾照扣分", "工伤怎么认定", "公司拖欠工资怎么投诉", "黑中介被罚了吗"])
def test_no_hit_is_without_a_word_that_was_asked(chromium: "Browser", demo_address: str, query: str) -> None:
    """Every hit on the screen shows a queried word, or one of the same meaning, marked."""
    page = chromium.new_page(viewport={"width": 1000, "height": 6000})
    page.goto(f"{demo_address}search/?{urlencode({'q': query, 'limit': 'all'})}")
    read_hits(page)
    bare = page.eval_on_selector_all(
        "#results > li", "cards => cards.filter(one => !one.querySelector('mark')).map(one => one.dataset.result)"
    )
    page.close()
    assert bare == []


def test_words_find_broader_ones_but_not_the_other_way_round(demo: Path) -> None:
    """In the table ``驾照>驾驶证`` an everyday word finds the official one; two official ones are no synonyms by it."""
    words: dict[str, list[str]] = {}
    for path in (demo / "search/pairs").iterdir():
        words |= json.loads(path.read_text(encoding="utf-8")).get("words", {})
    assert {"社会保险", "住房公积金"} <= set(words["五险一金"])
    assert not {"住房公积金", "五险一金"} & set(words["社会保险"])


@pytest.mark.browser
def test_an_outdated_interpretation_is_marked_and_behind_the_others(
    chromium: "Browser", demo_address: str, demo: Path
) -> None:
    """The card of an interpretation that is older than an amendment says so, and comes after those that are not."""
    records = json.loads((demo / "api/documents.json").read_text(encoding="utf-8"))
    outdated = {record["id"] for record in records if record.get("mark") == "outdated"}
    page = chromium.new_page()
    page.goto(f"{demo_address}search/?{urlencode({'q': '灵活就业怎么领补贴', 'limit': 'all'})}")
    hits = read_hits(page)
    marked = page.eval_on_selector_all(
        "#results > [data-mark=outdated]", "cards => cards.map(one => one.dataset.result)"
    )
    page.close()
    assert set(marked) == outdated & set(hits.ids)
    assert marked
    best = [one for one in hits.ids if one in hits.phrases]
    places = [place for place, one in enumerate(best) if one in outdated]
    assert places
    assert all(one in outdated or not is_plain(records, one) for one in best[places[0] :])


def is_plain(records: list[dict[str, str]], document_id: str) -> bool:
    """Whether a document is in force, or is of a kind that does not end."""
    record = next(one for one in records if one["id"] == document_id)
    return record.get("mark") is None and record.get("status") not in {"repealed", "expired"}


@pytest.mark.browser
@pytest.mark.parametrize("query", ["外星人", "量子力学", "苹果手机壳膜"])
def test_what_no_document_holds_finds_nothing(search: Search, query: str) -> None:
    """A query without a word of any document finds nothing; the page says so and names ways on."""
    hits = search(query)
    assert (hits.ids, hits.total) == ([], 0)
    assert hits.message.startswith("没有找到")


@pytest.mark.browser
def test_in_force_includes_what_is_amended(search: Search) -> None:
    """现行有效 keeps amended and partly void rules, and leaves out the repealed ones."""
    found = search("社会保险补贴", status="in_force", limit="all").ids
    assert "rsg-2022-3" in found
    assert not set(found) & set(search("社会保险补贴", status="repealed", limit="all").ids)


@pytest.mark.browser
def test_the_page_does_not_jump(chromium: "Browser", demo_address: str) -> None:
    """The hits and their excerpts come without moving what is there: the layout shift is at most 0.05."""
    page = chromium.new_page(viewport={"width": 390, "height": 844})
    page.add_init_script(
        "window.shift = 0; new PerformanceObserver((list) => list.getEntries().forEach((one) => {"
        " if (!one.hadRecentInput) window.shift += one.value; })).observe({ type: 'layout-shift', buffered: true });"
    )
    shifts = []
    for query in ("", "?q=补贴"):  # what the head of every page shifts is no matter of the search
        page.goto(f"{demo_address}search/{query}")
        if query:
            read_hits(page)
        page.wait_for_timeout(300)
        shifts.append(page.evaluate("window.shift"))
    assert shifts[1] - shifts[0] <= 0.02
    page.close()


def test_the_fields_stay_right_when_a_text_changes(project: Project) -> None:
    """After a change of a text, of its beginning or its end, the files of the search equal those of a full build."""
    for number in range(1, 4):
        project.policy(f"p{number}", body=f"第{number}件的开头。\n\n{'很长的正文。' * 60}\n\n末尾。\n")
    assert project.run("build").status == 0
    place = next(project.folder.rglob("p2.md"))
    for old, new in (("末尾", "改了末尾"), ("的开头", "改了开头")):
        place.write_text(place.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
        assert project.run("build").status == 0
        assert project.run("build", "-o", "full", "--clean").status == 0
        trees = [
            {path.relative_to(root).as_posix(): path.read_bytes() for path in sorted(root.rglob("*")) if path.is_file()}
            for root in (project.folder / "public" / "search", project.folder / "full" / "search")
        ]
        assert trees[0] == trees[1]
    assert project.run("verify", "public").status == 0


def test_settings_extend_the_synonyms_and_pin_answers(project: Project) -> None:
    """``search.synonyms`` and ``search.pinned`` of the config stand beside those of the theme."""
    project.policy("p1")
    settings = {"synonyms": ["甲=乙丙"], "pinned": [{"queries": ["怎么办"], "page": "p1"}]}
    with (project.folder / "site_config.yaml").open("a", encoding="utf-8") as file:
        file.write(f"search: {json.dumps(settings, ensure_ascii=False)}\n")
    ran = project.run("build", "--no-search")
    assert ran.status == 0, ran.err
    fields = json.loads((project.folder / "public/search/fields.json").read_text(encoding="utf-8"))
    pairs = json.loads((project.folder / "public/search/pairs/0.json").read_text(encoding="utf-8"))
    assert (fields["words"]["甲"], pairs["words"]["乙丙"]) == (["乙丙"], ["甲"])
    assert fields["pinned"][0][:2] == [["怎么办"], "policies/p1/"]


@pytest.mark.browser
def test_a_word_that_runs_into_its_neighbour_is_found(chromium: "Browser", project: Project) -> None:
    """What the dictionary of the browser cuts wrongly (河长制查) is cut again by the words of the titles."""
    project.policy("p1", title="云岭市河长制工作规定", body="各级河长按月巡河。\n")
    for number in range(2, 6):
        project.policy(f"p{number}", title=f"云岭市第{number}号工作规定", body="各单位按月报告。\n")
    assert project.run("build").status == 0
    assert asked(chromium, project, "河长制查").ids == ["p1"]


@pytest.mark.browser
def test_texts_with_a_rare_word_stand_before_those_with_a_common_one(chromium: "Browser", project: Project) -> None:
    """Words that many texts have say little: of two words of a text alone, the rare one decides the order."""
    beginning = "各单位按月报告。" * 30  # longer than what the fields have of a text
    for number in range(1, 10):
        word = "蚕茧" if number == 5 else "帮扶"
        project.policy(f"p{number}", body=f"{beginning}\n\n由乡镇{word}。\n")
    assert project.run("build").status == 0
    assert asked(chromium, project, "帮扶 蚕茧").ids[0] == "p5"


@pytest.mark.browser
def test_a_title_with_all_words_of_a_query_stands_beside_texts_with_the_phrase(
    chromium: "Browser", project: Project
) -> None:
    """Words that join others (被, 的, 和) are none of a query: 商业秘密被侵犯 is a title about 侵犯商业秘密."""
    beginning = "各单位按月报告。" * 30
    project.policy("p1", title="关于侵犯商业秘密案件的若干规定", body=f"{beginning}\n")
    project.policy("p2", body=f"{beginning}\n\n商业秘密被侵犯的，可以投诉。\n")
    assert project.run("build").status == 0
    assert asked(chromium, project, "商业秘密被侵犯").ids == ["p1", "p2"]


@pytest.mark.parametrize(("documents", "shards"), [(80, 1), (151, 16), (2_000, 256), (10_000, 1024), (50_000, 4096)])
def test_pairs_are_cut_into_files_by_the_size_of_the_site(documents: int, shards: int) -> None:
    """A large site has its pairs in many files, so that a query loads a few of them."""
    assert shard_count(documents) == shards
