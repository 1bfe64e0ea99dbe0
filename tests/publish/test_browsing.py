"""Documents can be browsed by theme, audience, office, year, type, stage and status, without a script."""

import json
import re
from pathlib import Path
from urllib.parse import quote, unquote
from xml.etree import ElementTree as ET

import pytest
from support.built_site import made
from support.project import CONFIG, Project

from generator.publish.pages.browse_groups import group_name

WITHHELD = {"disclosure": "on_request", "withhold_class": "N01", "withhold_note": "理由"}
_ATOM = "{http://www.w3.org/2005/Atom}"
_ROW = re.compile(r'<li[^>]*>\s*<a href="(?:\.\./)+((?:policies|interpretations|notices)/[a-z0-9]+/)">')


def page(folder: Path, address: str) -> str:
    """Return a page of a built site by its address."""
    return (folder / unquote(address) / "index.html").read_text(encoding="utf-8")


def rows(folder: Path, address: str) -> list[str]:
    """Return the addresses of the documents that a list shows."""
    return _ROW.findall(page(folder, address))


def write_site(project: Project) -> None:
    """Write rules about two themes: in force, ended, pending; an interpretation; and a withheld document."""
    project.policy("p1", theme="社会保险", audience="[职工, 企业]", responsible_unit="社保科", doc_type="normative")
    project.policy("p2", theme="[社会保险, 就业创业]", expires_on="2025-01-01", openness_stage="service")
    project.policy("p3", theme="就业创业", date_published="2023-05-08", date_written="2023-05-06")
    project.policy("p4", theme="绝密主题", audience="绝密对象", responsible_unit="绝密科", **WITHHELD)
    project.interpretation("i1", theme="社会保险")


def test_a_theme_has_a_page_with_its_documents(project: Project) -> None:
    """The page of a theme has its name as h1 and lists exactly the public documents with it, newest first."""
    write_site(project)
    public = made(project)
    theme = f"themes/{quote('社会保险')}/"
    assert "<h1>社会保险</h1>" in page(public, theme)
    assert sorted(rows(public, theme)) == ["interpretations/i1/", "policies/p1/", "policies/p2/"]
    assert rows(public, f"themes/{quote('就业创业')}/") == ["policies/p2/", "policies/p3/"]


def test_the_list_of_themes_counts_their_documents(project: Project) -> None:
    """``themes/`` and ``audiences/`` link every group with the number of its documents."""
    write_site(project)
    public = made(project)
    assert re.search(r">社会保险</a> <span class=\"count\">3 件<", page(public, "themes/"))
    assert re.search(r">职工</a> <span class=\"count\">1 件<", page(public, "audiences/"))


@pytest.mark.parametrize(
    ("address", "heading"),
    [
        ("audiences/企业/", "企业"),
        ("browse/offices/社保科/", "社保科"),
        ("browse/offices/示例市人力资源和社会保障局/", "示例市人力资源和社会保障局"),
        ("browse/years/2024/", "2024年"),
        ("browse/doc-types/normative/", "行政规范性文件"),
        ("browse/stages/service/", "服务"),
        ("browse/statuses/expired/", "已失效"),
    ],
)
def test_every_dimension_has_its_pages(project: Project, address: str, heading: str) -> None:
    """Each audience, office, issuer, year, type, stage and status has a page with its name as h1, and a feed."""
    write_site(project)
    public = made(project)
    assert f"<h1>{heading}</h1>" in page(public, address)
    assert (public / address / "feed.xml").is_file()


def test_what_is_in_force_about_a_theme_is_two_clicks_from_the_home_page(project: Project) -> None:
    """From the home page a link leads to the theme, and from there one to its policies in force, and only these."""
    write_site(project)
    public = made(project)
    theme = f"themes/{quote('社会保险')}/"
    assert f'href="{theme}"' in page(public, "")
    assert f'href="../../{theme}in-force/"' in page(public, theme)
    assert rows(public, f"{theme}in-force/") == ["policies/p1/"]
    assert "社会保险" in re.findall(r"<h1>(.*?)</h1>", page(public, f"{theme}in-force/"))[0]


def test_facets_have_the_numbers_of_their_lists(project: Project) -> None:
    """The number beside each facet of a large group is the number of rows on its page; years lead to their place."""
    for number in range(1, 62):
        year = 2020 + number % 3
        day = {"date_written": f"{year}-05-06", "date_published": f"{year}-05-08"}
        project.policy(f"p{number}", theme="社会保险", expires_on="2025-01-01" if number % 5 == 0 else None, **day)
    project.interpretation("i1", theme="社会保险")
    public = made(project)
    theme = f"themes/{quote('社会保险')}/"
    facets = re.findall(
        r'href="\.\./\.\./(themes/[^"]+/)"[^>]*>[^<]+<span class="count">(\d+)</span>', page(public, theme)
    )
    assert [(unquote(address).rsplit("/", 2)[1], count) for address, count in facets] == [
        ("社会保险", "62"),
        ("in-force", "49"),
        ("ended", "12"),
        ("policy", "61"),
        ("interpretation", "1"),
    ]
    for address, count in facets:
        pages = sorted((public / unquote(address)).glob("index*.html"))
        found = [row for file in pages for row in _ROW.findall(file.read_text(encoding="utf-8"))]
        assert len(found) == int(count), address
    years = re.findall(r'href="\.\./\.\./themes/[^"]+/([^"/]*)#(year-\d+)"', page(public, theme))
    assert [anchor for _, anchor in years] == ["year-2024", "year-2022", "year-2021", "year-2020"]
    for name, anchor in years:
        text = (public / unquote(theme) / (name or "index.html")).read_text(encoding="utf-8")
        assert f'id="{anchor}"' in text


def test_nothing_of_a_hidden_document_makes_a_group(project: Project) -> None:
    """A theme, audience or office that only a document that is not public has is nowhere in the output."""
    write_site(project)
    public = made(project)
    for file in public.rglob("*"):
        assert "绝密" not in str(file)
        if file.is_file():
            assert "绝密".encode() not in file.read_bytes(), file
            assert quote("绝密").encode() not in file.read_bytes(), file


def test_facts_of_a_document_lead_to_their_groups(project: Project) -> None:
    """The facts of a document are links to the pages of their groups, which exist and list it."""
    write_site(project)
    public = made(project)
    facts = page(public, "policies/p1/").partition('<dl class="facts"')[2].partition("</details>")[0]
    addresses = re.findall(r'href="\.\./\.\./([^"]+)"', facts)
    assert {unquote(address) for address in addresses} == {
        "browse/offices/示例市人力资源和社会保障局/",
        "themes/社会保险/",
        "browse/doc-types/normative/",
        "browse/years/2024/",
        "browse/offices/社保科/",
        "audiences/职工/",
        "audiences/企业/",
        "browse/statuses/effective/",
    }
    for address in addresses:
        assert "policies/p1/" in rows(public, address), address


def test_the_feed_of_a_group_has_its_documents_only(project: Project) -> None:
    """The feed of a theme has its documents, its own address as id, and is linked from the page."""
    write_site(project)
    public = made(project)
    theme = f"themes/{quote('就业创业')}/"
    root = ET.fromstring((public / unquote(theme) / "feed.xml").read_bytes())
    base = "https://rsj.example.gov.cn/zwgk/"
    assert root.findtext(f"{_ATOM}id") == f"{base}{theme}feed.xml"
    ids = [entry.findtext(f"{_ATOM}id") for entry in root.findall(f"{_ATOM}entry")]
    assert ids == [f"{base}policies/p2/", f"{base}policies/p3/"]
    assert f'href="../../{theme}feed.xml"' in page(public, theme)


def test_a_site_without_themes_has_both_lists(project: Project) -> None:
    """``themes/`` and ``audiences/`` exist and say so where no document has a theme or an audience."""
    project.policy("p1")
    public = made(project)
    for address in ("themes/", "audiences/"):
        assert "暂无内容" in page(public, address)


def test_a_name_that_no_address_can_hold_has_a_safe_folder(project: Project) -> None:
    """A theme with a slash, a dot, a capital letter or the name of a device has a page all the same."""
    names = ["劳动/人事", "index-2.html", "..", "CON", "IT产业", "it产业", "甲" * 200]
    for number, name in enumerate(names, 1):
        project.policy(f"p{number}", theme=f'["{name}"]')
    public = made(project)
    folders = [folder for folder in (public / "themes").iterdir() if folder.is_dir()]
    assert len(folders) == len(names) == len({folder.name.casefold() for folder in folders})
    for name in names:
        text = page(public, f"themes/{group_name(name).folder}/")
        assert f"<h1>{name}</h1>" in text
    sitemap = (public / "sitemap.xml").read_text(encoding="utf-8")
    assert f"themes/{quote('it产业')}/" in sitemap


def test_a_changed_theme_changes_both_pages(project: Project) -> None:
    """After a document changes its theme, an incremental build gives the bytes of a full one, old page included."""
    write_site(project)
    made(project)
    project.policy("p1", theme="就业创业", audience="[职工, 企业]", responsible_unit="社保科", doc_type="normative")
    incremental = made(project)
    full = made(project, "full", cache=project.folder / "other-cache")
    files = {file.relative_to(full): file.read_bytes() for file in full.rglob("*") if file.is_file()}
    assert files == {
        file.relative_to(incremental): file.read_bytes() for file in incremental.rglob("*") if file.is_file()
    }
    assert "policies/p1/" in rows(incremental, f"themes/{quote('就业创业')}/")
    assert "policies/p1/" not in rows(incremental, f"themes/{quote('社会保险')}/")


def test_groups_are_in_the_sitemap_and_the_counts_agree_with_the_api(project: Project) -> None:
    """The sitemap names every page of groups, and a theme has as many documents as the API."""
    write_site(project)
    public = made(project)
    sitemap = (public / "sitemap.xml").read_text(encoding="utf-8")
    for file in [*(public / "themes").rglob("*.html"), *(public / "browse").rglob("*.html")]:
        address = quote(file.relative_to(public).as_posix().removesuffix("index.html"))
        assert f"<loc>https://rsj.example.gov.cn/zwgk/{address}</loc>" in sitemap
    records = json.loads((public / "api/documents.json").read_text(encoding="utf-8"))
    assert sum("社会保险" in record.get("theme", []) for record in records) == 3


def test_a_column_cannot_take_a_folder_of_browsing(project: Project) -> None:
    """The folders ``browse``, ``themes`` and ``audiences`` are reserved."""
    for folder in ("browse", "themes", "audiences"):
        assert "系统保留" in project.refused(f"columns:\n  - {{id: other, title: 其他, folder: {folder}}}\n")


def test_the_home_page_shows_open_consultations_and_services(project: Project) -> None:
    """The home page has the days left of open consultations, the phone as a link, the newest annual report, apply."""
    project.write("site_config.yaml", CONFIG + "  phone: 0371-12345678\n")
    days = {"opens_on": "2026-11-01", "closes_on": "2026-12-01"}
    fields = {"disclosure": "proactive", "date_published": "2026-11-01"}
    project.document("consultations/c1.md", {"title": "征求补贴办法意见", **fields, **days})
    project.document("reports/r1.md", {"title": "2025年年度报告", **fields, "date_published": "2026-01-20"})
    home = page(made(project), "")
    assert re.search(
        r'data-closes="2026-12-01"[^>]*><strong>还有 10 日截止</strong> <a href="consultations/c1/">', home
    )
    assert 'href="tel:0371-12345678"' in home
    assert 'href="reports/r1/"' in home
    assert 'data-service="apply" href="request/"' in home
    assert "assets/day.js" in home
