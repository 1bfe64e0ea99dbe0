"""What programs read of relations: edges with dates, a file for each document, feeds, names that schema.org knows."""

import json
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from support.built_site import assert_whole, made, read_page
from support.project import CONFIG, Project

ATOM = "{http://www.w3.org/2005/Atom}"
BASE = "https://rsj.example.gov.cn/zwgk/"
HIDDEN = {"disclosure": "withheld", "withhold_class": "N03", "withhold_note": "过程性信息", "review_on": "2099-01-01"}
# schema.org's properties of Legislation itself, and those of CreativeWork and Thing that a description may use.
LEGISLATION = {
    "jurisdiction", "legislationAmends", "legislationApplies", "legislationChanges", "legislationCommences",
    "legislationConsolidates", "legislationCorrects", "legislationCountersignedBy", "legislationDate",
    "legislationDateOfApplicability", "legislationDateVersion", "legislationEnsuresImplementationOf",
    "legislationIdentifier", "legislationJurisdiction", "legislationLegalForce", "legislationPassedBy",
    "legislationRepeals", "legislationResponsible", "legislationTransposes", "legislationType",
}  # fmt: skip
CREATIVE_WORK = {
    "about", "abstract", "author", "citation", "dateModified", "datePublished", "expires", "headline", "inLanguage",
    "hasPart", "isBasedOn", "keywords", "publisher", "temporalCoverage", "version", "name", "url", "description",
    "identifier",
}  # fmt: skip
ORGANIZATION = {"name", "url", "address", "telephone", "email"}
PROPERTIES = {
    "Legislation": LEGISLATION | CREATIVE_WORK,
    "Article": CREATIVE_WORK,
    "GovernmentOrganization": ORGANIZATION,
    "Organization": ORGANIZATION,
    "PropertyValue": {"propertyID", "value", "name", "url"},
}
FORCE = {f"https://schema.org/{name}" for name in ("InForce", "NotInForce", "PartiallyInForce")}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build a site with relations of many kinds, hidden ones among them, once."""
    folder = tmp_path_factory.mktemp("machine")
    project = Project(folder / "site", folder / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1", "第一条　根据国发〔2008〕40号。\n\n第二条　乙。\n", expires_on="2027-05-31", keywords="[补贴]")
    project.policy("p2", title="修改决定", amends="p1#第二条", date_published="2024-07-01", date_effective="2024-07-02")
    project.policy("p3", title="被外部废止的通知", repealed_by="示例市人民政府令第58号", repealed_on="2025-08-01")
    project.policy("p4", title="到期的办法", date_effective="2024-06-01", expires_on="2026-05-31")
    project.policy("p5", title="被废止的通知")
    project.policy("p6", title="废止决定", repeals="p5", date_published="2024-07-03", date_effective="2024-07-04")
    project.policy("p7", title="被悄悄废止的通知")
    project.policy("p8", "见《到期的办法》。\n", title="不公开的文件", repeals="p7", **HIDDEN)
    project.interpretation("i1", interprets="p1")
    plain = {"disclosure": "proactive", "date_published": "2024-08-01"}
    project.document(
        "consultations/c1.md", {**plain, "title": "征求意见", "opens_on": "2024-08-01", "closes_on": "2024-09-05"}
    )
    return made(project)


def load(site: Path, path: str) -> Any:
    return json.loads((site / path).read_text(encoding="utf-8"))


def feed(site: Path, name: str) -> ET.Element:
    return ET.fromstring((site / name).read_bytes())


def test_relations_are_listed_once_with_their_days(site: Path) -> None:
    """Every public relation stands once, from the document that acts, with its clause and its day; no hidden one."""
    wanted: list[dict[str, str]] = [
        {"source": "p6", "relation": "repeals", "target": "p5", "since": "2024-07-04"},
        {"source": "p2", "relation": "amends", "target": "p1", "clause": "第二条", "since": "2024-07-02"},
        {"source": "i1", "relation": "interprets", "target": "p1", "since": "2024-05-08"},
        {"source": "p1", "relation": "cites", "outside": "国发〔2008〕40号"},
        {
            "source": "p3",
            "relation": "repealed_by",
            "outside": "示例市人民政府令第58号",
            "since": "2025-08-01",
        },
    ]
    found = load(site, "api/relations.json")
    assert sorted(found, key=str) == sorted(wanted, key=str)


def test_nothing_hidden_stands_in_what_programs_read(site: Path) -> None:
    """No file for programs holds the id, the title or a relation of a hidden document."""
    for place in [*site.rglob("*.json"), *site.rglob("*.xml")]:
        text = place.read_text(encoding="utf-8")
        assert "不公开的文件" not in text, place
        assert '"p8"' not in text, place
    assert load(site, "api/documents/p4.json")["cited_by"] == []
    assert not (site / "api/documents/p8.json").exists()


def test_each_document_has_a_file(site: Path) -> None:
    """Each public document has one, linked from its page, that says what the list says and more."""
    rows = {row["id"]: row for row in load(site, "api/documents.json")}
    assert {place.stem for place in (site / "api/documents").iterdir()} == set(rows)
    for name, row in rows.items():
        one = load(site, f"api/documents/{name}.json")
        assert {key: one[key] for key in row if key != "notices"} == {key: row[key] for key in row if key != "notices"}
        assert [notice["notice"] for notice in one["notices"]] == row["notices"]
        root = read_page(site / row["url"] / "index.html")
        assert root.one("link", type="application/json")["href"] == f"../../api/documents/{name}.json"
    one = load(site, "api/documents/p1.json")
    assert one["page"] == BASE + "policies/p1/"
    assert "as_of" not in one  # the manifest has it: a file changes only with its document
    assert one["notices"] == [{"notice": "amended", "since": "2024-07-02", "about": ""}]
    assert one["changes_on"] == [{"day": "2027-06-01", "state": "expired", "notices": ["expired"]}]
    assert one["cites_outside"] == [{"number": "国发〔2008〕40号", "title": ""}]
    assert {
        "relation": "amended_by",
        "target": "p2",
        "clause": "第二条",
        "since": "2024-07-02",
        "title": "修改决定",
        "url": "policies/p2/",
    } in one["relations"]
    assert_whole(site)


def test_feeds_of_one_thing(site: Path) -> None:
    """Interpretations, consultations and what has ended have feeds, newest first, found from the front page."""
    entries = {
        name: [
            (one.findtext(f"{ATOM}title"), one.findtext(f"{ATOM}id"), one.findtext(f"{ATOM}updated"))
            for one in feed(site, f"{name}.xml").findall(f"{ATOM}entry")
        ]
        for name in ("feed", "feed-interpretations", "feed-consultations", "feed-repeals")
    }
    assert len(entries["feed"]) == 9
    assert entries["feed-interpretations"] == [
        (
            "【解读早于文件修改】《示例市灵活就业补贴办法》解读",
            BASE + "interpretations/i1/",
            "2024-05-08T00:00:00+08:00",
        )
    ]
    assert [title for title, _, _ in entries["feed-consultations"]] == ["征求意见"]
    assert entries["feed-repeals"] == [
        ("已失效：到期的办法", BASE + "policies/p4/#expired", "2026-06-01T00:00:00+08:00"),
        ("已废止：被外部废止的通知", BASE + "policies/p3/#repealed", "2025-08-01T00:00:00+08:00"),
        ("已废止：被废止的通知", BASE + "policies/p5/#repealed", "2024-07-04T00:00:00+08:00"),
    ]
    ended = feed(site, "feed-repeals.xml")
    assert [one.findtext(f"{ATOM}summary") for one in ended.findall(f"{ATOM}entry")][1:] == [
        "依据：示例市人民政府令第58号",
        "依据：废止决定",
    ]
    ids = {name: feed(site, f"{name}.xml").findtext(f"{ATOM}id") for name in entries}
    assert len(set(ids.values())) == 4
    links = read_page(site / "index.html").all("link", type="application/atom+xml")
    assert {node["href"] for node in links} == {f"{name}.xml" for name in entries}


def test_a_feed_without_entries(project: Project) -> None:
    """A site without interpretations, consultations and repeals has their feeds, empty."""
    project.policy("p1")
    built = made(project)
    for name in ("interpretations", "consultations", "repeals"):
        root = feed(built, f"feed-{name}.xml")
        assert root.findall(f"{ATOM}entry") == []
        assert root.findtext(f"{ATOM}updated") == "2026-11-21T00:00:00+08:00"


def unknown(value: object) -> list[str]:
    """Return every name in a description that schema.org does not know at its place."""
    if isinstance(value, list):
        return [name for one in value for name in unknown(one)]
    if not isinstance(value, dict):
        return []
    known = PROPERTIES[value["@type"]] | {"@type", "@id", "@context"}
    return [*(set(value) - known), *(name for one in value.values() for name in unknown(one))]


def test_schema_org_knows_every_name(demo: Path) -> None:
    """Every type and property in the JSON-LD of the demo is one of schema.org's, and so is every legal force."""
    used: set[str] = set()
    for row in load(demo, "api/documents.json"):
        data = json.loads(read_page(demo / row["url"] / "index.html").one("script", type="application/ld+json").text)
        assert unknown(data) == [], row["id"]
        if data["@type"] == "Legislation":
            assert data["legislationLegalForce"] in FORCE
            used |= set(data)
    assert {"legislationRepeals", "legislationAmends", "legislationDateOfApplicability", "citation"} <= used


def test_an_unknown_name_is_seen() -> None:
    """The test above sees a name that schema.org does not have, inside too."""
    thing = {"@type": "Legislation", "name": "甲", "legislationRepeals": [{"@type": "Legislation", "repealedBy": "乙"}]}
    assert unknown(thing) == ["repealedBy"]
