"""What a built site shows and says: addresses, links, official tags, machine formats, lists, the site's own theme."""

import datetime as dt
import json
import os
import re
import shutil
import subprocess
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

import pytest
from support.built_site import (
    Node,
    assert_whole,
    build_here,
    dead_addresses,
    is_kept_address,
    leftovers,
    made,
    pages_of,
    read_page,
)
from support.project import AS_OF, CONFIG, Project, Tree

from generator import __version__
from generator.config.columns import DEFAULT_COLUMNS
from generator.domain.problems import GongkaiError

BASE = "https://rsj.example.gov.cn/zwgk/"
DEMO_BASE = "https://rsj.yunling.example.gov.cn/zwgk/"
ATOM = "{http://www.w3.org/2005/Atom}"
SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
PIXEL = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture(scope="module")
def rich(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with every kind, every status and every relation, once, and return its output."""
    folder = tmp_path_factory.mktemp("rich")
    project = Project(folder / "site", folder / "cache")
    project.write("site_config.yaml", CONFIG + '  site_id_code: "0000000058"\n')
    project.policy("p1", doc_type="normative", date_effective="2024-06-01", date_published="2024-05-08 09:30")
    project.policy("p2", title="修改决定", amends="p1", date_published="2024-07-01", date_effective="2024-07-02")
    project.policy("p3", title="废止决定", repeals="p4", date_published="2024-07-03")
    project.policy("p4", title="被废止的通知")
    project.policy("p5", title="新办法", replaces="p6", date_published="2024-07-05")
    project.policy("p6", title="旧办法")
    project.policy(
        "p7", "依据例人社发〔2024〕8号制定。\n", title="实施细则", based_on="p8", date_published="2024-07-07"
    )
    project.policy("p8", title="上位办法")
    project.policy("p9", "参照例人社发〔2024〕8号办理。\n", title="引用文件", date_published="2024-07-09")
    project.policy("p10", "第一条　一。\n\n第二条　二。\n", title="部分废止的办法")
    project.policy("p11", title="部分废止决定", repeals="p10#第二条", date_published="2024-07-11")
    project.policy("p12", title="到期的办法", date_effective="2024-06-01", expires_on="2026-05-31")
    project.policy("p13", title="未到期的办法", date_effective="2027-01-01")
    project.policy("p14", title="被外部废止", repealed_by="示例市人民政府令第58号", repealed_on="2025-08-01")
    project.interpretation("i1", form="[article, qa]", date_published="2024-05-08 10:15")
    project.interpretation("i4", title="旧通知解读", interprets="p4")
    plain = {"disclosure": "proactive", "date_published": "2024-08-01"}
    project.document(
        "responses/r1.md",
        {
            **plain,
            "title": "回应",
            "responds_to": "p1",
            "event_at": "2024-08-01 08:00",
            "responded_at": "2024-08-01 10:00",
        },
    )
    project.document(
        "consultations/c1.md",
        {**plain, "title": "征求意见", "opens_on": "2024-08-01", "closes_on": "2024-09-05", "outcome": "n1"},
    )
    project.document(
        "notices/n1.md", {**plain, "title": "反馈", "date_published": "2024-09-20", "summary": "采纳三条。"}
    )
    project.write("content/notices/files/名单 一.csv", "a" * 2048)
    project.write("content/notices/files/图.svg", PIXEL)
    rows = "\n  - {title: 补贴名单, file: files/名单 一.csv, disclosure: proactive}"
    project.document(
        "notices/n2.md",
        {**plain, "title": "名单", "keywords": "[补贴, 名单]", "source_name": "示例日报", "attachments": rows},
        "## 说明\n\n见[名单](files/名单%20一.csv)和[第一条](../policies/p1.md#第一条)。\n\n"
        "![样图](files/图.svg)\n\n附件：补贴名单\n",
    )
    project.document(
        "pages/guide.md", {"title": "指南", "disclosure": "proactive", "column": "guide"}, "## 机构\n\n地址。\n"
    )
    return made(project)


def records(site: Path) -> dict[str, dict[str, Any]]:
    rows = json.loads((site / "api/documents.json").read_text(encoding="utf-8"))
    return {row["id"]: row for row in rows}


def page(site: Path, document: str) -> Node:
    return read_page(site / records(site)[document]["url"] / "index.html")


def xml(place: Path) -> ET.Element:
    return ET.fromstring(place.read_bytes())


def json_ld(site: Path, document: str) -> dict[str, Any]:
    data: dict[str, Any] = json.loads(page(site, document).one("script", type="application/ld+json").text)
    return data


def metas(root: Node) -> list[tuple[str, str]]:
    return [(node["name"], node["content"]) for node in root.all("meta", name="*")]


# Addresses and links


def test_every_document_lies_in_its_column_under_its_id(demo: Path) -> None:
    """Each public document of the demo is one page at ``<column folder>/<id>/``, and there are no others."""
    folders = {column.id: column.folder for column in DEFAULT_COLUMNS}
    found = records(demo)
    assert len(found) > 60
    for name, record in found.items():
        assert record["url"] == f"{folders[record['column']]}/{name}/"
        assert page(demo, name).one("article")["data-id"] == name
    articles = {
        path
        for path, root in pages_of(demo).items()
        if root.all("article") and not is_kept_address(root) and not path.endswith("/compare/index.html")
    }
    assert articles == {record["url"] + "index.html" for record in found.values()}


def test_a_column_of_the_config_gives_the_folder(project: Project) -> None:
    """A document's own column and the config's folder for a column make its address."""
    project.write(
        "site_config.yaml", CONFIG + "columns:\n  - {id: policies, folder: zcwj}\n  - {id: xxgk, title: 信息}\n"
    )
    project.policy("p1")
    project.document("notices/n1.md", {"title": "一", "disclosure": "proactive", "date_published": "2024-05-08"})
    project.document(
        "notices/a.b.md",
        {"id": "n-2.x", "title": "二", "disclosure": "proactive", "date_published": "2024-05-08", "column": "信息"},
    )
    site = made(project)
    assert {name: record["url"] for name, record in records(site).items()} == {
        "p1": "zcwj/p1/",
        "n1": "notices/n1/",
        "n-2.x": "xxgk/n-2.x/",
    }
    assert not (site / "policies").exists()
    assert dead_addresses(site, BASE) == []


def test_all_links_of_the_demo_lead_somewhere(demo: Path) -> None:
    """Every address in every page of the demo is relative and leads to a file, and where it names one, an anchor."""
    assert dead_addresses(demo, DEMO_BASE) == []


def test_all_links_of_a_site_with_every_relation_lead_somewhere(rich: Path) -> None:
    """Every address in every page is relative and leads to a file, where every kind of relation is shown."""
    assert dead_addresses(rich, BASE) == []


@pytest.mark.parametrize(
    ("said", "instead"),
    [
        ('href="../../"', 'href="/zwgk/"'),
        ('href="../../"', f'href="{BASE}"'),
        ('href="../../"', 'href="../../../"'),
        ('href="../../"', 'href="../../nowhere/"'),
        ('href="#main"', 'href="#else"'),
        ('src="../../assets/site.js', 'src="../assets/site.js'),
        ('rel="canonical" href="https://rsj', 'rel="canonical" href="https://www'),
    ],
)
def test_the_crawler_sees_dead_addresses(rich: Path, tmp_path: Path, said: str, instead: str) -> None:
    """The crawler of these tests reports absolute, dangling and anchorless addresses."""
    site = tmp_path / "copy"
    shutil.copytree(rich, site)
    place = site / "policies/p1/index.html"
    text = place.read_text(encoding="utf-8")
    assert said in text
    place.write_text(text.replace(said, instead, 1), encoding="utf-8")
    assert len(dead_addresses(site, BASE)) == 1


def test_the_page_for_unknown_addresses_starts_from_base_url(rich: Path) -> None:
    """All addresses of 404.html but the skip link start from the path of ``base_url``, whatever page was asked for."""
    root = read_page(rich / "404.html")
    own = [node for node in root.walk() if node.attributes.get("rel") != "external"]
    targets = [node.attributes.get("href") or node.attributes.get("src") for node in own]
    found = [target for target in targets if target and target != "#main"]
    assert len(found) > 10
    assert all(target.startswith("/zwgk/") for target in found)
    assert [node["href"] for node in root.one("main").all("a")] == ["/zwgk/", "/zwgk/search/"]
    assert root.one("form")["action"] == "/zwgk/search/"


def test_every_page_has_one_main_heading(demo: Path, rich: Path) -> None:
    """Every page has exactly one h1 with words in it, one main and a title, and no id twice."""
    for site in (demo, rich):
        for path, root in pages_of(site).items():
            assert root.one("h1").text.strip(), path
            assert root.one("title").text.strip(), path
            root.one("main", id="main")
            names = [node["id"] for node in root.all(id="*")]
            assert len(names) == len(set(names)), path


def test_headings_of_a_text_stand_below_the_title(project: Project) -> None:
    """A text that brings its own first-level heading is still under the only h1."""
    project.policy("p1", "# 示例办法\n\n## 第一章　总则\n\n文。\n\n# 附录\n\n文。\n")
    root = read_page(made(project) / "policies/p1/index.html")
    assert root.one("h1").text == "示例市灵活就业补贴办法"
    levels = [(node.tag, node.text) for node in root.classed("text")[0].walk() if re.fullmatch("h[1-6]", node.tag)]
    assert levels == [("h2", "示例办法"), ("h3", "第一章　总则"), ("h2", "附录")]


# Official tags


def test_the_official_tags_of_a_policy(rich: Path) -> None:
    """A policy's page carries the site, column and content tags, each once, with the right values, in this order."""
    site_name = "示例市人力资源和社会保障局政府信息公开"
    assert metas(page(rich, "p1"))[1:] == [
        ("SiteName", site_name),
        ("SiteDomain", "rsj.example.gov.cn"),
        ("SiteIDCode", "0000000058"),
        ("ColumnName", "政策文件"),
        ("ColumnDescription", "规章、行政规范性文件和其他政策文件"),
        ("ColumnKeywords", "政策文件,政府信息公开"),
        ("ColumnType", "政策文件"),
        ("ArticleTitle", "示例市灵活就业补贴办法"),
        ("PubDate", "2024-05-08 09:30"),
        ("ContentSource", "示例市人力资源和社会保障局"),
        ("Keywords", "示例市灵活就业补贴办法"),
        ("Author", "示例市人力资源和社会保障局"),
        ("Description", "第一条　为了规范补贴发放，制定本办法。".replace("　", " ")),
        ("Url", BASE + "policies/p1/"),
    ]


def test_the_content_tags_take_what_the_file_declares(rich: Path) -> None:
    """Keywords, source and summary are the declared ones, and a day without a minute is midnight."""
    of_list, of_outcome = dict(metas(page(rich, "n2"))), dict(metas(page(rich, "n1")))
    assert of_list["Keywords"] == "补贴,名单"
    assert of_list["ContentSource"] == "示例日报"
    assert of_list["PubDate"] == "2024-08-01 00:00"
    assert of_outcome["Description"] == "采纳三条。"


def test_every_page_carries_the_site_tags(demo: Path) -> None:
    """Every page has the three site tags; every column and document page the four column tags; none twice."""
    wanted = ["SiteName", "SiteDomain", "SiteIDCode"]
    column = ["ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType"]
    columns = {item.folder for item in DEFAULT_COLUMNS}
    for path, root in pages_of(demo).items():
        names = [name for name, _ in metas(root) if name != "viewport"]
        assert names[:3] == wanted, path
        assert len(names) == len(set(names)), path
        if path.split("/")[0] in columns:
            assert names[3:7] == column, path
        if root.all("article") and not is_kept_address(root) and not path.endswith("/compare/index.html"):
            moment = dict(metas(root))["PubDate"]
            assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", moment) or (not moment and path.count("/") == 2), path


# JSON-LD


@pytest.mark.parametrize(
    ("document", "force"),
    [
        ("p1", "InForce"),
        ("p2", "InForce"),
        ("p4", "NotInForce"),
        ("p6", "NotInForce"),
        ("p10", "PartiallyInForce"),
        ("p12", "NotInForce"),
        ("p13", "NotInForce"),
        ("p14", "NotInForce"),
    ],
)
def test_the_legal_force_follows_the_status(rich: Path, document: str, force: str) -> None:
    """A policy is a Legislation whose legal force is that of its status at the day."""
    data = json_ld(rich, document)
    assert data["@type"] == "Legislation"
    assert data["legislationLegalForce"] == f"https://schema.org/{force}"


def test_a_policy_says_what_it_does_to_others(rich: Path) -> None:
    """A policy names what it repeals, replaces, amends, is based on and cites; a repealed clause is no repealed act."""

    def named(document: str, key: str) -> list[str]:
        return [thing["@id"].removeprefix(BASE) for thing in json_ld(rich, document).get(key, [])]

    assert named("p3", "legislationRepeals") == ["policies/p4/"]
    assert named("p5", "legislationRepeals") == ["policies/p6/"]
    assert named("p11", "legislationRepeals") == []
    assert named("p2", "legislationAmends") == ["policies/p1/"]
    assert named("p7", "isBasedOn") == ["policies/p8/"]
    assert named("p9", "citation") == ["policies/p8/"]
    assert json_ld(rich, "p3")["legislationRepeals"][0]["legislationIdentifier"] == "例人社发〔2024〕4号"


def test_a_policy_is_identified(rich: Path) -> None:
    """A policy's JSON-LD holds number, dates, type, issuer and address."""
    data = json_ld(rich, "p1")
    assert data["legislationIdentifier"] == "例人社发〔2024〕1号"
    assert data["legislationDate"] == "2024-05-06"
    assert data["datePublished"] == "2024-05-08"
    assert data["legislationType"] == "行政规范性文件"
    assert data["temporalCoverage"] == "2024-06-01/.."
    assert data["legislationPassedBy"] == [{"@type": "GovernmentOrganization", "name": "示例市人力资源和社会保障局"}]
    assert data["url"] == data["@id"] == BASE + "policies/p1/"
    assert json_ld(rich, "p12")["temporalCoverage"] == "2024-06-01/2026-05-31"


def test_an_interpretation_is_about_its_document(rich: Path) -> None:
    """An interpretation is an Article about the policy that it interprets."""
    data = json_ld(rich, "i1")
    assert data["@type"] == "Article"
    assert data["headline"] == data["name"] == "《示例市灵活就业补贴办法》解读"
    assert data["about"] == [
        {
            "@type": "Legislation",
            "@id": BASE + "policies/p1/",
            "name": "示例市灵活就业补贴办法",
            "legislationIdentifier": "例人社发〔2024〕1号",
        }
    ]


def test_json_ld_of_every_demo_page_parses(demo: Path) -> None:
    """Every document page of the demo has exactly one JSON-LD script, of the type of its kind."""
    for name, record in records(demo).items():
        data = json_ld(demo, name)
        assert data["@context"] == "https://schema.org"
        assert data["@type"] == ("Legislation" if record["kind"] == "policy" else "Article")
        assert data["name"] == record["title"]


@pytest.mark.parametrize(
    "title", ["甲</script><script>alert(1)</script>乙", "甲<!--<script>乙", "甲&lt;/script&gt;乙\\u003c", "甲]]>\"'乙"]
)
def test_a_title_cannot_end_the_json_ld(project: Project, title: str) -> None:
    """A title with markup in it stays a title: in JSON-LD, in the page, in lists, in the feed and in the API."""
    project.policy("p1", title=json.dumps(title, ensure_ascii=False))
    project.interpretation("i1", title=json.dumps(title, ensure_ascii=False))
    site = made(project)
    for name, record in records(site).items():
        root = page(site, name)
        assert record["title"] == title
        assert json.loads(root.one("script", type="application/ld+json").text)["name"] == title
        assert root.one("h1").text == title
        assert len(root.all("script", type="application/ld+json")) == 1
        assert len(root.all("script")) == 4
        assert dict(metas(root))["ArticleTitle"] == title
    listed = read_page(site / "policies/index.html")
    assert [node.text for node in listed.classed("items")[0].all("a")] == [title]
    feed = xml(site / "feed.xml")
    assert {entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")} == {title}


# Articles, relations, notices


@pytest.mark.parametrize(
    ("document", "kind", "status"),
    [
        ("p1", "policy", "amended"),
        ("p2", "policy", "effective"),
        ("p4", "policy", "repealed"),
        ("p10", "policy", "partly_void"),
        ("p12", "policy", "expired"),
        ("p13", "policy", "pending"),
        ("i1", "interpretation", ""),
        ("c1", "consultation", "answered"),
        ("r1", "response", ""),
        ("n1", "notice", ""),
        ("guide", "page", ""),
    ],
)
def test_an_article_says_what_it_is(rich: Path, document: str, kind: str, status: str) -> None:
    """The article element carries id, kind and status."""
    article = page(rich, document).one("article")
    assert (article["data-id"], article["data-kind"], article["data-status"]) == (document, kind, status)


@pytest.mark.parametrize(
    ("newer", "forward", "older", "backward"),
    [
        ("i1", "interprets", "p1", "interpreted_by"),
        ("p2", "amends", "p1", "amended_by"),
        ("p3", "repeals", "p4", "repealed_by"),
        ("p11", "repeals", "p10", "repealed_by"),
        ("p5", "replaces", "p6", "replaced_by"),
        ("p7", "based_on", "p8", "basis_of"),
        ("p9", "cites", "p8", "cited_by"),
        ("r1", "responds_to", "p1", "responded_by"),
        ("c1", "outcome", "n1", "outcome_of"),
    ],
)
def test_a_relation_is_a_link_on_both_sides(rich: Path, newer: str, forward: str, older: str, backward: str) -> None:
    """Each relation is a link with ``data-relation`` to the other document, on both pages and in the API."""
    found = records(rich)
    for own, kind, other in ((newer, forward, older), (older, backward, newer)):
        links = [node["href"] for node in page(rich, own).all("a", data_relation=kind)]
        assert f"../../{found[other]['url']}" in links
        assert other in found[own][kind]


def test_an_act_outside_the_site_is_named(rich: Path) -> None:
    """An act that is not in the site is named with its relation, and is no link."""
    named = page(rich, "p14").all(data_relation="repealed_by")
    assert {(node.tag, node.text) for node in named} == {("span", "示例市人民政府令第58号")}
    assert records(rich)["p14"]["repealed_by"] == ["示例市人民政府令第58号"]


@pytest.mark.parametrize(
    ("document", "notice", "acts"),
    [
        ("p1", "amended", ["p2"]),
        ("p4", "repealed", ["p3"]),
        ("p6", "repealed", ["p5"]),
        ("p10", "partly_void", ["p11"]),
        ("p12", "expired", []),
        ("p13", "pending", []),
        ("i1", "amended", ["p2"]),
        ("i4", "repealed", ["p3"]),
    ],
)
def test_a_notice_stands_before_the_text(rich: Path, document: str, notice: str, acts: list[str]) -> None:
    """What a citizen must know stands before the facts and the text, with a link to the act; an interpretation too."""
    root = page(rich, document)
    found = root.one(data_notice=notice)
    last = list(found.walk())[-1].place
    assert root.one("h1").place < found.place
    assert last < root.one("dl", class_="facts").place < root.one(class_="text").place
    assert [node["href"] for node in found.all(data_relation="*")] == [f"../../policies/{act}/" for act in acts]
    outdated = ["outdated"] if document == "i1" else []
    assert records(rich)[document]["notices"] == [*outdated, notice]


def test_no_notice_where_there_is_nothing_to_say(rich: Path) -> None:
    """A document in force has no notice, no badge and no empty region."""
    root = page(rich, "p2")
    assert root.all(data_notice="*") == []
    assert root.classed("notices") == []
    assert root.one("h1").all() == [root.one("h1")]


# The API, the feed, the sitemap, the manifest


def test_the_api_holds_fields_and_derived_sides(rich: Path) -> None:
    """A record holds the front matter in English keys and codes, the status, and the derived sides as ids."""
    record = records(rich)["p1"]
    own = {
        "kind": "policy",
        "title": "示例市灵活就业补贴办法",
        "url": "policies/p1/",
        "index_no": "123456789/2024-00001",
        "doc_number": "例人社发〔2024〕1号",
        "date_written": "2024-05-06",
        "date_published": "2024-05-08T09:30",
        "date_effective": "2024-06-01",
        "disclosure": "proactive",
        "doc_type": "normative",
        "issuer": ["示例市人力资源和社会保障局"],
        "status": "amended",
        "status_label": "已修改",
        "notices": ["amended"],
        "attachments": [],
        "interpretation_state": "same_day",
        "interpreted_by": ["i1"],
        "amended_by": ["p2"],
        "repealed_by": [],
        "replaced_by": [],
        "cited_by": [],
    }
    assert {key: record.get(key) for key in own} == own
    assert records(rich)["i1"]["form"] == ["article", "qa"]
    assert records(rich)["c1"]["consultation_status"] == "answered"
    assert records(rich)["p8"]["cited_by"] == ["p7", "p9"]
    assert records(rich)["n1"]["status"] is None


def test_every_record_of_the_demo_has_the_promised_keys(demo: Path) -> None:
    """Every record has url, status and its word, notices and the derived sides; sides name public documents only."""
    found = records(demo)
    sides = ("interpreted_by", "repealed_by", "amended_by", "replaced_by", "cited_by")
    for record in found.values():
        assert {"id", "kind", "title", "url", "issuer", "status", "status_label", "notices", "attachments"} <= set(
            record
        )
        for side in sides:
            outside = [target for target in record[side] if target not in found]
            assert not outside or (side == "repealed_by" and len(outside) == 1), record["id"]
        assert (record["status"] is None) is (record["kind"] != "policy")


def test_chinese_front_matter_gives_english_records(project: Project) -> None:
    """A file with Chinese keys and words gives the same record as the same file in English."""
    english = {
        "title": "办法",
        "disclosure": "proactive",
        "date_published": "2024-05-08",
        "doc_type": "normative",
        "index_no": "123456789/2024-00001",
        "doc_number": "例人社发〔2024〕1号",
        "date_written": "2024-05-06",
    }
    chinese = {
        "标题": "办法",
        "公开属性": "主动公开",
        "发布日期": "2024-05-08",
        "文件类别": "行政规范性文件",
        "索引号": "123456789/2024-00001",
        "文号": "例人社发〔2024〕1号",
        "成文日期": "2024-05-06",
    }
    project.document("policies/p1.md", english)
    first = records(made(project))
    project.document("policies/p1.md", chinese)
    assert records(made(project)) == first


def test_the_feed_holds_the_newest_with_absolute_addresses(project: Project) -> None:
    """The Atom feed holds the newest documents, as many as the config says, newest first, all addresses absolute."""
    project.write("site_config.yaml", CONFIG + "feed_size: 3\n")
    for number in range(1, 6):
        project.policy(f"p{number}", title=f"第{number}件", date_published=f"2024-05-{10 + number} 08:0{number}")
    project.document("pages/guide.md", {"title": "没有日期", "disclosure": "proactive"})
    root = xml(made(project) / "feed.xml")
    assert root.tag == f"{ATOM}feed"
    assert root.findtext(f"{ATOM}id") == BASE
    assert {link.get("rel"): link.get("href") for link in root.findall(f"{ATOM}link")} == {
        "self": BASE + "feed.xml",
        "alternate": BASE,
    }
    entries = root.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}id") for entry in entries] == [f"{BASE}policies/p{n}/" for n in (5, 4, 3)]
    assert entries[0].findtext(f"{ATOM}updated") == "2024-05-15T08:05:00+08:00"
    assert root.findtext(f"{ATOM}updated") == "2024-05-15T08:05:00+08:00"
    for entry in entries:
        moment = dt.datetime.fromisoformat(entry.findtext(f"{ATOM}published") or "")
        assert moment.utcoffset() == dt.timedelta(hours=8)
        link = entry.find(f"{ATOM}link")
        assert link is not None
        assert link.get("href") == entry.findtext(f"{ATOM}id")
        assert entry.findtext(f"{ATOM}title")
        assert entry.findtext(f"{ATOM}summary")


def test_a_feed_without_any_dated_document_is_still_a_feed(project: Project) -> None:
    """A site of pages without dates has a feed whose time is the as-of day."""
    project.document("pages/guide.md", {"title": "指南", "disclosure": "proactive"})
    root = xml(made(project) / "feed.xml")
    assert root.findtext(f"{ATOM}updated") == f"{AS_OF}T00:00:00+08:00"
    assert root.findall(f"{ATOM}entry") == []


def test_the_sitemap_names_every_page_once(demo: Path) -> None:
    """The sitemap holds the absolute address of every page but 404, each once, with days where there are some."""
    root = xml(demo / "sitemap.xml")
    assert root.tag == f"{SITEMAP}urlset"
    addresses = [url.findtext(f"{SITEMAP}loc") or "" for url in root.findall(f"{SITEMAP}url")]
    listed = [path for path, root in pages_of(demo).items() if path != "404.html" and not is_kept_address(root)]
    built = [DEMO_BASE + quote(path.removesuffix("index.html")) for path in listed]
    assert sorted(addresses) == sorted(built)
    days = {url.findtext(f"{SITEMAP}loc"): url.findtext(f"{SITEMAP}lastmod") for url in root.findall(f"{SITEMAP}url")}
    assert days[DEMO_BASE + "policies/rsf-2018-47/"] == "2018-09-14"
    assert days[DEMO_BASE] is None


def test_a_large_site_has_a_sitemap_of_sitemaps(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A site larger than one sitemap may be has an index that names its parts, which hold everything once."""
    monkeypatch.setattr("generator.publish.data.page_metadata._SITEMAP_MAX_URLS", 10)
    for number in range(1, 8):
        project.policy(f"p{number}")
    site = made(project)
    index = xml(site / "sitemap.xml")
    parts = [node.findtext(f"{SITEMAP}loc") or "" for node in index.findall(f"{SITEMAP}sitemap")]
    assert len(parts) > 1
    found = [node.text or "" for part in parts for node in xml(site / part.removeprefix(BASE)).iter(f"{SITEMAP}loc")]
    pages = [BASE + quote(path.removesuffix("index.html")) for path in pages_of(site) if path != "404.html"]
    assert sorted(found) == sorted(pages)


def test_the_manifest_names_every_other_file(demo: Path, rich: Path) -> None:
    """The manifest holds the sha256 of every other file, the version and the day; both sites have nothing else."""
    for site in (demo, rich):
        manifest = assert_whole(site)
        assert manifest["version"] == __version__
        assert manifest["as_of"] == AS_OF
        assert {"feed.xml", "sitemap.xml", "404.html", "search/index.html", "api/documents.json"} <= set(
            manifest["files"]
        )


def test_the_manifest_names_the_source_commit(project: Project) -> None:
    """Outside a repository the manifest's commit is null; inside one it is the commit that is checked out."""
    project.policy("p1")
    assert assert_whole(made(project))["source_commit"] is None
    identity = ["-c", "user.name=a", "-c", "user.email=a@example.org"]
    for arguments in (["init", "-q"], ["add", "content"], [*identity, "commit", "-qm", "x"]):
        subprocess.run(["git", "-C", str(project.folder), *arguments], check=True)
    head = subprocess.run(["git", "-C", str(project.folder), "rev-parse", "HEAD"], check=True, capture_output=True)
    assert assert_whole(made(project))["source_commit"] == head.stdout.decode().strip()


# Attachments, neighbours, lists, columns


def test_an_attachment_is_offered_with_type_and_size(rich: Path) -> None:
    """An attachment with a Chinese name lies beside its page and is offered with title, type and size."""
    root = page(rich, "n2")
    section = root.one("section", class_="attachments")
    link = section.one("a")
    assert (link.text, link["href"]) == ("补贴名单", "../../notices/n2/%E5%90%8D%E5%8D%95%20%E4%B8%80.csv")
    assert "download" in link.attributes
    assert section.one("span", class_="size").text == "（CSV，2 KB）"
    assert (rich / "notices/n2/名单 一.csv").read_bytes() == b"a" * 2048
    assert records(rich)["n2"]["attachments"] == [
        {"title": "补贴名单", "url": link["href"].removeprefix("../../"), "disclosure": "proactive", "size": 2048}
    ]


def test_links_of_a_text_become_addresses(rich: Path) -> None:
    """A text's links to source files and media lead to the pages and copies in the site."""
    text = page(rich, "n2").one("div", class_="text")
    assert [node["href"] for node in text.all("a") if "class" not in node.attributes] == [
        "../../notices/n2/%E5%90%8D%E5%8D%95%20%E4%B8%80.csv",
        "../../policies/p1/#%E7%AC%AC%E4%B8%80%E6%9D%A1",
    ]
    assert text.one("img").attributes == {"alt": "样图", "src": "../../notices/n2/%E5%9B%BE.svg"}
    assert (rich / "notices/n2/图.svg").read_text(encoding="utf-8") == PIXEL


def test_two_files_of_one_name_both_stay(project: Project) -> None:
    """Two attachments of the same name from different folders are both published, and neither hides the page."""
    rows = "".join(
        f"\n  - {{title: 表{n}, file: {n}/index.html, disclosure: proactive}}"
        f"\n  - {{title: 单{n}, file: {n}/名单.csv, disclosure: proactive}}"
        for n in (1, 2)
    )
    for number in (1, 2):
        project.write(f"content/notices/{number}/名单.csv", f"名单{number}")
        project.write(f"content/notices/{number}/index.html", f"<title>{number}</title>")
    fields = {"title": "名单", "disclosure": "proactive", "date_published": "2024-05-08", "attachments": rows}
    project.document("notices/n1.md", fields)
    project.policy("p1")
    site = made(project)
    links = read_page(site / "notices/n1/index.html").one("section", class_="attachments").all("a")
    contents = [(site / "notices/n1" / node["href"]).resolve() for node in links]
    assert len(set(contents)) == 4
    assert dead_addresses(site, BASE) == []
    assert sorted(path.read_text() for path in (site / "notices/n1").glob("*.csv")) == ["名单1", "名单2"]


def test_neighbours_and_breadcrumb_of_a_document(project: Project) -> None:
    """A document leads to the newer and the older one of its column, and up through its columns to the front page."""
    for number in range(1, 4):
        project.policy(f"p{number}", title=f"第{number}件", date_published=f"2024-05-1{number}")
    project.interpretation("i1", date_published="2024-05-12")
    site = made(project)

    def neighbours(name: str) -> list[tuple[str, str, str]]:
        links = [link for nav in page(site, name).classed("neighbours") for link in nav.all("a")]
        return [(link["rel"], link["href"], link.text) for link in links]

    assert neighbours("p3") == [("next", "../../policies/p2/", "第2件")]
    assert neighbours("p2") == [("prev", "../../policies/p3/", "第3件"), ("next", "../../policies/p1/", "第1件")]
    assert neighbours("p1") == [("prev", "../../policies/p2/", "第2件")]
    assert neighbours("i1") == []
    crumbs = page(site, "p2").one("nav", class_="crumbs")
    assert [(node["href"], node.text) for node in crumbs.all("a")] == [
        ("../../", "政府信息公开"),
        ("../../statutory/", "法定主动公开内容"),
        ("../../policies/", "政策文件"),
    ]
    assert crumbs.one(aria_current="page").text == "第2件"
    assert page(site, "p2").one("a", aria_current="true").text == "法定主动公开内容"


def test_a_long_list_is_cut_into_pages(project: Project) -> None:
    """With 5 to a page, 12 documents are on three pages, newest first, each once, with links between the pages."""
    project.write("site_config.yaml", CONFIG + "list_size: 5\n")
    for number in range(1, 13):
        project.policy(f"p{number}", title=f"第{number}件", date_published=f"2024-06-{number:02d}")
    site = made(project)
    names = ["index.html", "index-2.html", "index-3.html"]
    assert sorted(path.name for path in (site / "policies").glob("*.html")) == sorted(names)
    roots = [read_page(site / "policies" / name) for name in names]
    shown = [[node.text for node in root.one("ul", class_="items").all("a")] for root in roots]
    assert [len(titles) for titles in shown] == [5, 5, 2]
    assert [title for titles in shown for title in titles] == [f"第{number}件" for number in range(12, 0, -1)]
    links = [
        [(node.attributes.get("rel"), node["href"]) for node in root.one("nav", class_="pager").all("a")]
        for root in roots
    ]
    assert links[0] == [
        (None, "../policies/index-2.html"),
        (None, "../policies/index-3.html"),
        ("next", "../policies/index-2.html"),
    ]
    assert links[1][0] == ("prev", "../policies/")
    assert links[1][-1] == ("next", "../policies/index-3.html")
    assert links[2] == [
        ("prev", "../policies/index-2.html"),
        (None, "../policies/"),
        (None, "../policies/index-2.html"),
    ]
    assert [root.one("nav", class_="pager").one(aria_current="page").text for root in roots] == [
        "第 1 页1",
        "第 2 页2",
        "第 3 页3",
    ]
    titles = [root.one("title").text for root in roots]
    assert len(set(titles)) == 3
    assert dead_addresses(site, BASE) == []


def test_a_list_that_just_fits_has_one_page(project: Project) -> None:
    """Exactly as many documents as fit make one page without a pager."""
    project.write("site_config.yaml", CONFIG + "list_size: 5\n")
    for number in range(1, 6):
        project.policy(f"p{number}")
    site = made(project)
    assert [path.name for path in (site / "policies").glob("*.html")] == ["index.html"]
    assert read_page(site / "policies/index.html").classed("pager") == []


def test_the_lists_of_valid_and_ended_policies(rich: Path) -> None:
    """One list holds what binds somebody today, one what was repealed or has expired; what is pending is in neither."""

    def listed(name: str) -> set[str]:
        items = read_page(rich / name / "index.html").one("ul", class_="items").all("a")
        return {node["href"].split("/")[-2] for node in items}

    assert listed("effective") == {"p1", "p2", "p3", "p5", "p7", "p8", "p9", "p10", "p11"}
    assert listed("repealed") == {"p4", "p6", "p12", "p14"}
    note = read_page(rich / "effective/index.html").one("p", class_="note").text
    assert "2026年11月21日" in note
    assert "共 9 件" in note


def test_empty_columns_are_not_shown_but_fixed_ones_are(project: Project) -> None:
    """The fixed parts have pages and stand in the navigation though they are empty; no other empty column exists."""
    project.policy("p1")
    site = made(project)
    fixed = [column for column in DEFAULT_COLUMNS if not column.parent]
    assert len(fixed) == 5
    root = read_page(site / "index.html")
    shown = [node["href"] for node in root.one("nav", class_="site-nav").all("a")]
    assert shown in [[home, *(column.folder + "/" for column in fixed), "browse/"] for home in ("", "./")]
    folders = {path.name for path in site.iterdir() if path.is_dir()}
    assert folders == {column.folder for column in fixed} | {
        *("accessibility", "browse", "themes", "audiences"),
        "policies",
        "effective",
        "repealed",
        "cited",
        "relations",
        "catalogue",
        "items",
        "search",
        "api",
        "assets",
    }
    assert len(read_page(site / "guide/index.html").classed("empty")) == 1
    columns = read_page(site / "statutory/index.html").one("ul", class_="columns")
    assert [node["href"] for node in columns.all("a")] == ["../policies/"]


def test_a_page_introduces_its_column(rich: Path) -> None:
    """The page whose id is its column's stands in the column itself, and is not listed under itself."""
    root = read_page(rich / "guide/index.html")
    assert root.one("div", class_="text intro").lines == ["机构", "地址。"]
    assert root.classed("items") == []
    assert root.classed("empty") == []


# The site's own theme


def test_a_site_may_change_one_template_and_one_word(project: Project) -> None:
    """A site's theme holds only what differs: one template, one word, one asset; everything else is the default's."""
    project.policy("p1")
    before = made(project)
    style = (before / "assets/style.css").read_bytes()
    project.write(
        "themes/default/templates/404.html", '{% extends "base.html" %}{% block main %}<h1>没有</h1>{% endblock %}'
    )
    project.write("themes/default/locale.yaml", "site:\n  skip: 直达正文\n")
    project.write("themes/default/assets/site.js", "// ours\n")
    site = made(project)
    root = read_page(site / "404.html")
    assert root.one("h1").text == "没有"
    assert root.one("a", class_="skip").text == "直达正文"
    assert page(site, "p1").one("a", class_="skip").text == "直达正文"
    assert page(site, "p1").one("p", class_="site-name").text == "示例市人力资源和社会保障局政府信息公开"
    assert (site / "assets/site.js").read_text() == "// ours\n"
    assert (site / "assets/style.css").read_bytes() == style
    assert dead_addresses(site, BASE) == []


def test_a_theme_of_another_name_lies_over_the_default_one(project: Project) -> None:
    """A theme that the config names is used, and one that does not exist is an error that says where it should be."""
    project.write("site_config.yaml", CONFIG + "theme: ours\n")
    project.policy("p1")
    with pytest.raises(GongkaiError) as caught:
        build_here(project)
    assert "ours" in caught.value.message
    assert "themes/ours/" in caught.value.hint
    project.write("themes/ours/locale.yaml", "home:\n  search: 找一找\n")
    assert "找一找" in (made(project) / "index.html").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("template", "text", "named"),
    [
        (
            "404.html",
            '{% extends "base.html" %}\n{% block main %}\n{{ page.nothing }}{% endblock %}',
            ["404.html:3", "nothing"],
        ),
        ("document.html", "<h1>\n\n\n{{ nowhere }}</h1>", ["document.html:4", "nowhere"]),
        ("list.html", "\n{{ t.lists.nothing }}", ["list.html:2", "nothing"]),
        ("parts/pager.html", "{{ page.nothing }}", ["pager.html:1", "nothing"]),
        ("parts/items.html", "\n\n{% if %}", ["items.html:3"]),
        ("search.html", '{% extends "nowhere.html" %}', ["nowhere.html"]),
    ],
)
def test_a_mistake_in_a_template_names_its_place(
    project: Project, tree: Tree, template: str, text: str, named: list[str]
) -> None:
    """A variable that does not exist, or a syntax error, names the template and its line; the old site stays."""
    for number in range(1, 4):
        project.policy(f"p{number}")
    old = tree(made(project))
    project.policy("p1", title="新的标题")
    project.write(f"themes/default/templates/{template}", text)
    with pytest.raises(GongkaiError) as caught:
        build_here(project)
    assert all(part in caught.value.message for part in named), caught.value.message
    assert tree(project.folder / "public") == old
    assert leftovers(project.folder) == []


def test_pages_do_not_depend_on_the_machine(project: Project) -> None:
    """Nothing of the folder in which a site was built stands in its files."""
    project.policy("p1", "![图](图.svg)\n")
    project.write("content/policies/图.svg", PIXEL)
    site = made(project)
    for place in site.rglob("*"):
        if place.is_file():
            assert os.fsencode(project.folder.parent) not in place.read_bytes(), place


def test_an_exempt_dead_link_keeps_its_words_only(project: Project) -> None:
    """A link that leads nowhere, let through by an exemption, has no address on the page."""
    project.policy("p1", body="见[名单](w.md)和[外站](https://www.example.gov.cn/)。\n", exempt="{H001: 待发布}")
    page = (project.build() / "policies/p1/index.html").read_text(encoding="utf-8")
    assert "w.md" not in page
    assert "名单" in page
    assert 'href="https://www.example.gov.cn/"' in page


@pytest.mark.parametrize("template", ["home.html", "document.html", "parts/items.html"])
def test_a_syntax_error_in_a_template_is_an_error_with_its_line(project: Project, template: str) -> None:
    """A template that cannot be read is an error that names it and the line, and nothing is built."""
    project.policy()
    project.write(f"themes/default/templates/{template}", "<p>\n{% if %}\n")
    ran = project.run("build", "--no-search")
    assert ran.status == 2
    assert f"{template}:2" in ran.err
    assert "Traceback" not in ran.err
    assert not (project.folder / "public").exists()


def test_prose_that_looks_like_an_address_stays(project: Project) -> None:
    """Only addresses in tags are put right; words that look like one are words."""
    project.policy("p1", body='网页里写成 href="p2.md" 即可，见[另一件](p2.md)。\n')
    project.policy("p2")
    page = (project.build() / "policies/p1/index.html").read_text(encoding="utf-8")
    assert 'href="p2.md" 即可' in page
    assert '<a href="../../policies/p2/">' in page


def test_lists_of_a_site_without_policies_link_to_what_there_is(project: Project) -> None:
    """Without a policy there is no column of policies, and the lists of valid and repealed ones do not link to it."""
    project.document("notices/n1.md", {"title": "通知", "date_published": "2024-05-08", "disclosure": "proactive"})
    site = project.build()
    for name in ("effective", "repealed"):
        assert "../policies/" not in (site / name / "index.html").read_text(encoding="utf-8")
