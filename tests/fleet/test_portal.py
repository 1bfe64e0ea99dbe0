"""The portal: every list leads to the sites, and the search knows the documents of all of them."""

import gzip
import json
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from support.project import Tree
from support.site_platform import Platform, add_portal

from generator.publish.search.index_files import SIGNATURE


@pytest.fixture
def with_portal(city_and_bureau: Platform) -> Platform:
    """Return a platform with a portal, an open consultation and a hidden document."""
    add_portal(city_and_bureau)
    return city_and_bureau


def test_it_lists_the_documents_of_all_sites(with_portal: Platform) -> None:
    """Home, themes, bodies, years and statuses lead to the documents on their own sites; nothing hidden is there."""
    with_portal.build()
    out = with_portal.folder / "out" / "portal"
    home = (out / "index.html").read_text("utf-8")
    assert "示例市政务公开平台" in home
    assert 'href="https://mzj.example.gov.cn/zwgk/policies/p3/"' in home
    assert 'href="https://mzj.example.gov.cn/zwgk/consultations/k1/"' in home
    assert "https://mzj.example.gov.cn/zwgk/policies/p3/" in (out / "themes" / "民政" / "index.html").read_text("utf-8")
    repealed = (out / "browse" / "statuses" / "repealed" / "index.html").read_text("utf-8")
    assert "https://rsj.example.gov.cn/zwgk/policies/p1/" in repealed
    assert "示例市民政局" in (out / "catalogue" / "index.html").read_text("utf-8")
    consultations = (out / "consultations" / "index.html").read_text("utf-8")
    assert "养老服务办法公开征求意见" in consultations
    written = b"".join(path.read_bytes() for path in out.rglob("*") if path.is_file())
    assert "内部巡查".encode() not in written
    register = json.loads((out / "api" / "register.json").read_text("utf-8"))
    assert {(one["site"], one["id"]) for one in register} == {
        ("city", "c1"),
        ("rsj", "p1"),
        ("mzj", "k1"),
        ("mzj", "p3"),
    }
    assert next(one for one in register if one["id"] == "p1")["state"] == "repealed"


def test_every_link_of_the_portal_leads_somewhere(with_portal: Platform) -> None:
    """Every relative link of every page is a page or a file of the portal."""
    with_portal.run()
    out = with_portal.folder / "out" / "portal"
    for page in out.rglob("*.html"):
        if page.name == "404.html":
            continue
        for link in re.findall(r'(?:href|src)="([^"#]*)', page.read_text("utf-8")):
            if re.match(r"[a-z]+:", link):
                assert "../" not in link
                continue
            place = (page.parent / unquote(link.partition("?")[0])).resolve()
            assert place.is_relative_to(out.resolve()), (page, link)
            assert place.is_file() or (place / "index.html").is_file(), (page, link)


def test_the_search_has_the_documents_of_all_sites(with_portal: Platform) -> None:
    """The files of the search name every public document with the address on its site."""
    assert with_portal.run().status == 0
    cards = json.loads((with_portal.folder / "out" / "portal" / "search" / "cards" / "0.json").read_text("utf-8"))
    assert "https://city.example.gov.cn/zwgk/policies/c1/" in {row[1] for row in cards["rows"]}
    assert len(cards["rows"]) == 4


def _texts(out: Path) -> dict[str, str]:
    """Return by id the texts that the index of a portal has, as its search page reads them."""
    search = out / "search"
    fragments = json.loads((search / "texts.json").read_text("utf-8"))["fragments"]
    rows = json.loads((search / "cards" / "0.json").read_text("utf-8"))["rows"]
    places = {
        row[0]: search / f"pagefind/fragment/{name}.pf_fragment" for row, name in zip(rows, fragments, strict=True)
    }
    return {
        name: json.loads(gzip.decompress(place.read_bytes()).removeprefix(SIGNATURE))["content"]
        for name, place in places.items()
        if place.is_file()
    }


def test_the_search_has_the_texts_of_all_sites(with_portal: Platform) -> None:
    """The full text of every public document is in the index of the portal, a changed one after the next run."""
    place = with_portal.folder / "mzj/content/policies/p3.md"
    place.write_text(place.read_text("utf-8") + "\n第九条　高龄津贴按月发放。\n", "utf-8")
    assert with_portal.run().status == 0
    out = with_portal.folder / "out" / "portal"
    texts = _texts(out)
    assert set(texts) == {"city:c1", "rsj:p1", "mzj:k1", "mzj:p3"}
    assert "高龄津贴按月发放" in texts["mzj:p3"]
    assert json.loads((out / "search" / "fields.json").read_text("utf-8"))["full_text"]
    place.write_text(place.read_text("utf-8").replace("按月发放", "按季发放"), "utf-8")
    assert with_portal.run().status == 0
    assert "高龄津贴按季发放" in _texts(out)["mzj:p3"]
    assert "没有变化 3 个" in with_portal.run().err


def test_a_text_that_was_withheld_leaves_the_search(with_portal: Platform) -> None:
    """A document that its site hides, though its site cannot be built, is not in the index of the portal any more."""
    with_portal.run()
    mzj = with_portal.folder / "mzj/content/policies"
    place = mzj / "p3.md"
    hidden = "disclosure: withheld\nwithhold_class: N02\nwithhold_note: 内部"
    place.write_text(place.read_text("utf-8").replace("disclosure: proactive", hidden), "utf-8")
    (mzj / "p6.md").write_text("---\ntitle: 没有写完\ndisclosure: proactive\n---\n", "utf-8")  # stops the build
    assert with_portal.run().status == 1
    assert set(_texts(with_portal.folder / "out" / "portal")) == {"city:c1", "rsj:p1", "mzj:k1"}


def test_it_is_built_only_when_the_register_changes(with_portal: Platform) -> None:
    """A second run leaves the portal alone; a new title of a document makes it anew."""
    with_portal.build()
    assert re.search(r"portal.*没有变化", with_portal.build().err)
    text = with_portal.folder / "mzj" / "content" / "policies" / "p3.md"
    text.write_text(text.read_text("utf-8").replace("示例市养老服务办法", "示例市养老服务条例"), "utf-8")
    assert re.search(r"portal.*已生成", with_portal.build().err)
    assert "示例市养老服务条例" in (with_portal.folder / "out" / "portal" / "index.html").read_text("utf-8")


def test_a_changed_portal_reuses_its_pages(with_portal: Platform, tree: Tree, tmp_path: Path) -> None:
    """After a change the portal has the same bytes as one from nothing; pages that show the same stay."""
    with_portal.run()
    out = with_portal.folder / "out" / "portal"
    kept = out / "accessibility" / "index.html"
    before = kept.stat().st_mtime_ns
    text = with_portal.folder / "mzj" / "content" / "policies" / "p3.md"
    text.write_text(text.read_text("utf-8").replace("示例市养老服务办法", "示例市养老服务条例"), "utf-8")
    for _ in range(2):  # the second time, the folder before the present one is the beginning of the next
        with_portal.run()
        assert kept.stat().st_mtime_ns == before
        text.write_text(text.read_text("utf-8").replace("示例市养老", "示例市的养老"), "utf-8")
    with_portal.run()
    changed = tree(out)
    (with_portal.folder / "out").rename(tmp_path / "away")
    with_portal.cache = tmp_path / "second"
    with_portal.run()
    assert tree(out) == changed
    assert "示例市的的养老" not in (out / "index.html").read_text("utf-8")
    assert "示例市的养老服务条例" in (out / "index.html").read_text("utf-8")


def test_a_large_platform_says_that_it_needs_a_server(with_portal: Platform, monkeypatch: pytest.MonkeyPatch) -> None:
    """Beyond the limit the search page leads to the search of each site."""
    import datetime as dt

    from generator.fleet import portal
    from generator.fleet.plan import load_plan
    from generator.fleet.register import Register

    with_portal.build()
    monkeypatch.setattr(portal, "MOST_SEARCHED", 3)
    monkeypatch.setenv("XDG_CACHE_HOME", str(with_portal.cache))
    plan = load_plan(with_portal.folder / "SITES.yaml")
    assert plan.portal
    with Register(next(with_portal.cache.rglob("fleet.db"))) as register:
        cache = with_portal.cache / "second" / "cache.db"
        portal.build_portal(plan, plan.portal, register, dt.date(2026, 11, 21), cache, with_search=True)
    page = (plan.output / "portal" / "search" / "index.html").read_text("utf-8")
    assert "请到各网站检索" in page
    assert 'href="https://rsj.example.gov.cn/zwgk/search/"' in page
    assert not (plan.output / "portal" / "search" / "fields.json").exists()


@pytest.mark.parametrize("how", ["disclosure: withheld\nwithhold_class: N02\nwithhold_note: 内部", "draft: true"])
def test_what_a_stopped_site_hides_leaves_the_portal_and_the_neighbours(with_portal: Platform, how: str) -> None:
    """A document that is withheld now is on no portal and no other site, even where its own site cannot be built."""
    mzj = with_portal.folder / "mzj/content/policies"
    (mzj / "p5.md").write_text(
        "---\ntitle: 收回的青铜通知\nindex_no: 222222222/2024-00005\ndoc_number: 例民发〔2024〕5号\n"
        "date_written: 2024-05-06\ndate_published: 2024-05-08\ndisclosure: proactive\n"
        "based_on: 例政发〔2025〕1号\n---\n正文。\n",
        "utf-8",
    )
    out = with_portal.folder / "out"

    def tellers() -> set[str]:
        files = (
            path for path in out.rglob("*") if path.is_file() and "青铜" in path.read_bytes().decode("utf-8", "replace")
        )
        return {path.relative_to(out).parts[0] for path in files}

    with_portal.build()
    assert {"mzj", "portal", "city"} <= tellers()
    place = mzj / "p5.md"
    place.write_text(place.read_text("utf-8").replace("disclosure: proactive", how), "utf-8")
    place.with_name("p6.md").write_text(
        "---\ntitle: 没有写完\ndisclosure: proactive\n---\n", "utf-8"
    )  # stops the build
    ran = with_portal.run("build", "--no-search")
    assert ran.status == 1
    assert tellers() == {"mzj"}  # the old site of the body itself was not touched


def test_what_a_stopped_site_hides_leaves_the_portal_without_neighbours(with_portal: Platform) -> None:
    """A document that no other site knows leaves the portal too, and so does the next one that is withheld."""
    mzj = with_portal.folder / "mzj/content/policies"
    with_portal.build()
    (mzj / "p6.md").write_text("---\ntitle: 没有写完\ndisclosure: proactive\n---\n", "utf-8")  # stops the build

    def listed() -> set[str]:
        records = json.loads((with_portal.folder / "out/portal/api/register.json").read_text("utf-8"))
        return {one["id"] for one in records if one["site"] == "mzj"}

    assert {"p3", "k1"} <= listed()
    for name in ("policies/p3.md", "consultations/k1.md"):
        place = mzj.parent / name
        hidden = "disclosure: withheld\nwithhold_class: N02\nwithhold_note: 内部"
        place.write_text(place.read_text("utf-8").replace("disclosure: proactive", hidden), "utf-8")
        assert with_portal.run("build", "--no-search").status == 1
        assert place.stem not in listed()


def test_a_mistake_in_an_act_makes_nothing_valid_again(with_portal: Platform) -> None:
    """While the site of the body that repealed a document cannot be built, the document stays repealed everywhere."""
    with_portal.build()
    act = with_portal.folder / "city/content/policies/c1.md"
    act.write_text(act.read_text("utf-8").replace("disclosure: proactive", "disclosure: 公开吗"), "utf-8")
    assert with_portal.run("build", "--no-search").status == 1
    register = json.loads((with_portal.folder / "out/portal/api/register.json").read_text("utf-8"))
    assert next(one for one in register if one["id"] == "p1")["state"] == "repealed"
