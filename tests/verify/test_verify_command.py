"""``gongkai verify``: what is wrong with a built site is found from its files alone."""

import dataclasses
import hashlib
import json
import re
import shutil
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.built_site import made
from support.project import CONFIG, Project, Tree
from support.stages import CLAUSES

from generator.domain.problems import GongkaiError
from generator.verify.built_site import read_site
from generator.verify.file_checks import check_manifest
from generator.verify.run import verify

SVG = '<svg xmlns="http://www.w3.org/2000/svg" width="8" height="8"><rect width="8" height="8"/></svg>\n'


def write_sources(project: Project) -> None:
    """Write a site with every status, every relation and every sort of file."""
    project.write("site_config.yaml", CONFIG)
    project.policy("p1", CLAUSES, attachments="[{title: 申请表, file: 申请 表.csv}]")
    project.write("content/policies/申请 表.csv", "姓名\n")
    project.policy("p2", CLAUSES, date_published="2024-06-01", repeals="p1", based_on="p8")
    project.policy("p3", CLAUSES, repealed_by="示例省人民政府令第300号", repealed_on="2025-01-01")
    project.policy("p4", CLAUSES, expires_on="2025-01-01")
    project.policy("p5", CLAUSES, date_effective="2027-01-01", date_published="2026-11-20", date_written="2026-11-19")
    project.policy("p6", "第一条　甲。\n\n[看第二条](p2.md#第二条)\n\n![一个方块](方块.svg)\n")
    project.write("content/policies/方块.svg", SVG)
    project.policy("p7", CLAUSES, date_published="2024-06-01", amends="p6", repeals="p8#第二条", outcome=None)
    project.policy("p8", CLAUSES)
    project.policy("p9", CLAUSES, date_published="2024-07-01", date_effective="2027-03-01", replaces="p10")
    project.policy("p10", CLAUSES, keywords="[甲, 乙]")
    project.interpretation("i1")
    project.interpretation("i2", interprets="[p6, p10]")
    day = {"disclosure": "proactive", "date_published": "2024-05-08"}
    project.document(
        "consultations/c1.md",
        {
            "title": "征求意见",
            **day,
            "opens_on": "2024-05-08",
            "closes_on": "2024-06-20",
            "outcome": "n1",
            "is_major": "false",
        },
    )
    project.document("notices/n1.md", {"title": "征集结果", **day, "date_published": "2024-07-01 09:30"})
    project.document(
        "responses/r1.md",
        {
            "title": "回应",
            **day,
            "responds_to": "p1",
            "event_at": "2024-05-07 09:00",
            "responded_at": "2024-05-07 12:00",
            "event_level": "other",
        },
    )
    project.document(
        "pages/guide.md",
        {"title": "指南", "disclosure": "proactive", "column": "guide"},
        "看[办法](/policies/p1.md)。\n",
    )


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the site once, with search."""
    place = tmp_path_factory.mktemp("verify")
    project = Project(place / "site", place / "cache")
    write_sources(project)
    return made(project, with_search=True)


@pytest.fixture
def site(whole: Path, tmp_path: Path) -> Path:
    """Return a copy of the site to be damaged."""
    return Path(shutil.copytree(whole, tmp_path / "public"))


def found(folder: Path) -> set[tuple[str, str]]:
    return {(fault.path, fault.what.value) for fault in verify(folder).faults}


def sorts(folder: Path) -> set[str]:
    return {what for _, what in found(folder)}


def as_json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode()


def seal(folder: Path) -> None:
    """Write a manifest that fits the folder, so that only what stands in the files can give the damage away."""
    place = folder / "manifest.json"
    data = json.loads(place.read_bytes())
    del data["digest"]
    data["files"] = {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path != place
    }
    data["digest"] = hashlib.sha256(as_json(data)).hexdigest()
    place.write_bytes(as_json(data))


def records(folder: Path, change: Callable[[dict[str, Any]], None]) -> None:
    """Change the records by id."""
    place = folder / "api/documents.json"
    rows = json.loads(place.read_bytes())
    change({row["id"]: row for row in rows})
    place.write_bytes(as_json(rows))


def text(folder: Path, path: str, old: str, new: str) -> None:
    """Change the text of one file; fails where there is nothing to change."""
    place = folder / path
    before = place.read_text(encoding="utf-8")
    assert old in before, old
    place.write_text(before.replace(old, new), encoding="utf-8")


def drop(folder: Path, path: str, pattern: str) -> None:
    """Take away what a pattern matches, once."""
    place = folder / path
    after, count = re.subn(pattern, "", place.read_text(encoding="utf-8"), count=1)
    assert count == 1, pattern
    place.write_text(after, encoding="utf-8")


# ---------------------------------------------------------------- a site as it was built


def test_a_site_as_it_was_built_is_clean(whole: Path, demo: Path) -> None:
    """Nothing is found in a site with every status, relation and sort of file, nor in the demo."""
    for folder in (whole, demo):
        verified = verify(folder)
        assert verified.faults == ()
        assert verified.seal == hashlib.sha256((folder / "manifest.json").read_bytes()).hexdigest()
    states = {row["status"] for row in json.loads((whole / "api/documents.json").read_bytes())}
    assert states == {"repealed", "expired", "pending", "amended", "partly_void", "effective", None}


def test_without_search_a_site_is_clean(project: Project) -> None:
    """A site that was built without the text index is clean too."""
    write_sources(project)
    assert verify(made(project)).faults == ()


def test_the_command_says_it_and_writes_nothing(whole: Path, project: Project, tree: Tree) -> None:
    """A clean site: exit status 0, nothing on stdout, the count and the seal on stderr, and nothing is written."""
    before = tree(whole)
    ran = project.run("verify", str(whole))
    assert (ran.status, ran.out) == (0, "")
    assert "没有发现问题" in ran.err
    assert hashlib.sha256(before["manifest.json"]).hexdigest() in ran.err
    assert tree(whole) == before
    assert json.loads(project.run("verify", "--format", "json", str(whole)).out) == []


def test_the_command_reports_faults(site: Path, project: Project) -> None:
    """A damaged site: exit status 1; Chinese text with the mend on stderr, or a JSON list on stdout."""
    (site / "secret.html").write_text("<p>密</p>", encoding="utf-8")
    ran = project.run("verify", str(site))
    assert (ran.status, ran.out) == (1, "")
    assert "secret.html: 文件清单里没有这个文件 (not_listed)\n    改法: " in ran.err
    ran = project.run("verify", "--format", "json", str(site))
    assert ran.status == 1
    rows = json.loads(ran.out)
    assert [set(row) for row in rows] == [{"path", "what", "message", "hint"}] * len(rows)
    assert {row["what"] for row in rows} == {"not_listed", "unaccounted"}


@pytest.mark.parametrize("case", ["nothing", "a file", "another folder"])
def test_what_is_no_site_is_refused(case: str, tmp_path: Path, project: Project) -> None:
    """A folder that gongkai did not build: exit status 2, with the mend, and nothing of a traceback."""
    place = tmp_path / "x"
    if case == "a file":
        place.write_text("x", encoding="utf-8")
    elif case == "another folder":
        place.mkdir()
        (place / "index.html").write_text("<p>x", encoding="utf-8")
    with pytest.raises(GongkaiError, match="x"):
        verify(place)
    ran = project.run("verify", str(place))
    assert ran.status == 2
    assert "改法" in ran.err
    assert "Traceback" not in ran.err


# ---------------------------------------------------------------- files


def test_any_change_of_a_single_byte_is_found(whole: Path, tmp_path: Path) -> None:
    """Whatever byte of whatever file is changed, taken away or put in: the file is named."""
    folder = Path(shutil.copytree(whole, tmp_path / "public"))
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file())

    @settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
    @given(st.sampled_from(names), st.floats(0, 1, exclude_max=True), st.integers(1, 255), st.sampled_from("+-^"))
    def check(name: str, where: float, bits: int, how: str) -> None:
        place = folder / name
        data = place.read_bytes()
        at = int(where * len(data))
        damaged = {"^": bytes([data[at] ^ bits]), "+": bytes([data[at], bits]), "-": b""}[how]
        place.write_bytes(data[:at] + damaged + data[at + 1 :])
        try:
            assert name in {path for path, _ in found(folder)}
        finally:
            place.write_bytes(data)

    check()
    assert found(folder) == set()


def test_every_byte_of_the_manifest_counts(whole: Path, tmp_path: Path) -> None:
    """There is no byte of the manifest that can be changed unseen: not in its version, its day or its commit."""
    folder = Path(shutil.copytree(whole, tmp_path / "public"))
    data = (folder / "manifest.json").read_bytes()
    head = data.index(b'"files"')
    site = read_site(folder)
    for at in [*range(head), *range(len(data) - 90, len(data))]:
        changed = data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]
        damaged = dataclasses.replace(site, texts={**site.texts, "manifest.json": changed})
        assert any(fault.path == "manifest.json" for fault in check_manifest(damaged)), at


@pytest.mark.parametrize(
    "path", ["x.txt", "policies/p1/x.csv", "assets/x.js", "policies/p99/index.html", "search/x/y.pf_fragment"]
)
def test_a_file_that_is_added_is_found(site: Path, path: str) -> None:
    """A file outside the manifest is found wherever it lies."""
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text("x", encoding="utf-8")
    assert (path, "not_listed") in found(site)


def test_every_file_that_is_taken_away_is_found(site: Path) -> None:
    """A file of the manifest that is not there is found, whichever it is."""
    for place in sorted(path for path in site.rglob("*") if path.is_file() and path.name != "manifest.json"):
        data = place.read_bytes()
        place.unlink()
        assert (place.relative_to(site).as_posix(), "missing_file") in found(site)
        place.write_bytes(data)
    assert found(site) == set()


def test_what_is_no_file_is_found(site: Path, tmp_path: Path) -> None:
    """Symbolic links to files and folders and empty folders are found, and no link is followed."""
    (site / "link.csv").symlink_to(tmp_path)
    (site / "folder").symlink_to(tmp_path, target_is_directory=True)
    (site / "policies/p99").mkdir()
    assert found(site) == {("link.csv", "not_a_file"), ("folder", "not_a_file"), ("policies/p99/", "empty_folder")}


UNACCOUNTED = {
    "a page of a withdrawn document": ("policies/p99/index.html", "page_without_record"),
    "an attachment that no record names": ("policies/p1/名单.csv", "unaccounted"),
    "a page that nobody lists": ("policies/old.html", "unaccounted"),
    "a fragment of another document": ("search/pagefind/fragment/und_0000000.pf_fragment", "unaccounted"),
    "an index of another day": ("search/0123456789abcdef/pagefind-entry.json", "unaccounted"),
    "a copy": ("api/documents.json.bak", "unaccounted"),
}


@pytest.mark.parametrize("case", UNACCOUNTED)
def test_a_file_that_nothing_public_accounts_for_is_found(site: Path, case: str) -> None:
    """A file is found that the manifest knows and no public document, list, index or theme accounts for."""
    path, what = UNACCOUNTED[case]
    (site / path).parent.mkdir(parents=True, exist_ok=True)
    (site / path).write_text('<article data-id="p99">密</article>' if "p99" in path else "密", encoding="utf-8")
    seal(site)
    assert (path, what) in found(site)


def test_an_asset_of_the_theme_is_accounted_for(site: Path) -> None:
    """A file that the manifest knows under assets/ is the theme's."""
    (site / "assets/seal.png").write_bytes(b"x")
    seal(site)
    assert found(site) == set()


def test_a_record_without_its_page_is_found(site: Path) -> None:
    """A record is found whose page is another document's, or is not there."""
    shutil.copy(site / "policies/p1/index.html", site / "policies/p2/index.html")
    shutil.rmtree(site / "policies/p8")
    seal(site)
    assert {
        ("policies/p2/index.html", "record_without_page"),
        ("policies/p8/index.html", "record_without_page"),
    } <= found(site)


# ---------------------------------------------------------------- what the files say

Damage = Callable[[Path], None]


def taken(name: str, key: str) -> Damage:
    return lambda folder: records(folder, lambda rows: rows[name][key].clear())


def put(name: str, **values: object) -> Damage:
    return lambda folder: records(folder, lambda rows: rows[name].update(values))


def rewritten(path: str, old: str, new: str) -> Damage:
    return lambda folder: text(folder, path, old, new)


def card(name: str, place: int, value: object) -> Damage:
    """Return the damage that puts a value into the card of a document in the search; ``None`` takes the card away."""

    def damage(folder: Path) -> None:
        data = json.loads((folder / CARDS).read_text(encoding="utf-8"))
        row = next(one for one in data["rows"] if one[0] == name)
        if value is None:
            data["rows"].remove(row)
        else:
            row.extend([""] * (place + 1 - len(row)))
            row[place] = value
        (folder / CARDS).write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")

    return damage


def cut(path: str, pattern: str) -> Damage:
    return lambda folder: drop(folder, path, pattern)


def overwritten(path: str, new: str) -> Damage:
    def damage(folder: Path) -> None:
        (folder / path).write_text(new, encoding="utf-8")

    return damage


def notice_behind(folder: Path) -> None:
    """Put the notices behind the text."""
    place = folder / P1
    page = place.read_text(encoding="utf-8")
    notices = re.search(r'(?s)<section class="notices".*?</section>', page)
    assert notices
    place.write_text(page.replace(notices[0], "").replace("</article>", notices[0] + "</article>"), encoding="utf-8")


P1, P2, P6, I1 = (
    f"{place}/index.html" for place in ("policies/p1", "policies/p2", "policies/p6", "interpretations/i1")
)
API, TEXTS, CARDS = "api/documents.json", "search/texts.json", "search/cards/0.json"
DAMAGES: dict[str, tuple[Damage, str, str]] = {
    "the newer side only": (taken("p1", "repealed_by"), API, "one_sided_relation"),
    "the older side only": (taken("p2", "repeals"), API, "one_sided_relation"),
    "an interpretation that its document does not know": (taken("p1", "interpreted_by"), API, "one_sided_relation"),
    "a relation to nothing": (put("p8", cited_by=["p99"]), API, "unknown_target"),
    "an act that no page names": (put("p8", repealed_by=["某某令第1号"]), API, "unknown_target"),
    "a link of the page alone": (
        rewritten(P2, 'data-relation="based_on"', 'data-relation="responds_to"'),
        P2,
        "page_differs",
    ),
    "a relation of no sort": (rewritten(P2, 'data-relation="based_on"', 'data-relation="likes"'), P2, "page_differs"),
    "a relation that leads elsewhere": (rewritten(I1, "policies/p1/", "policies/p8/"), I1, "page_differs"),
    "a page without its relations": (cut(P2, r"(?s)<section class=\"relations\".*?</section>"), P2, "page_differs"),
    "another status on the page": (
        rewritten(P1, 'data-kind="policy" data-status="repealed"', 'data-kind="policy" data-status="effective"'),
        P1,
        "page_differs",
    ),
    "another kind on the page": (rewritten(P1, 'data-kind="policy"', 'data-kind="notice"'), P1, "page_differs"),
    "another status in the API": (
        put("p1", status="effective", status_label="有效", notices=[]),
        API,
        "status_contradicted",
    ),
    "repealed without a reason": (
        put("p8", status="repealed", status_label="已废止", notices=["repealed"], repealed_by=[]),
        API,
        "status_contradicted",
    ),
    "a repealed clause and nothing said": (
        put("p8", status="effective", status_label="有效", notices=[]),
        API,
        "status_contradicted",
    ),
    "amended and nothing said": (
        put("p6", status="effective", status_label="有效", notices=[]),
        API,
        "status_contradicted",
    ),
    "expired and nothing said": (
        put("p4", status="effective", status_label="有效", notices=[]),
        API,
        "status_contradicted",
    ),
    "expired before its day": (put("p4", expires_on="2027-01-01"), API, "status_contradicted"),
    "expired without a day": (
        put("p8", status="expired", status_label="已失效", notices=["expired"], repealed_by=[]),
        API,
        "status_contradicted",
    ),
    "not yet in force and nothing said": (
        put("p5", status="effective", status_label="有效", notices=[]),
        API,
        "status_contradicted",
    ),
    "pending after its day": (put("p5", date_effective="2026-11-21"), API, "status_contradicted"),
    "on publication, which has been": (put("p5", date_effective="on_publication"), API, "status_contradicted"),
    "the day of a repeal": (put("p10", repealed_on="2026-11-21"), API, "status_contradicted"),
    "partly void without an act": (put("p8", repealed_by=[]), API, "status_contradicted"),
    "a status that is none": (put("p1", status="invalid"), API, "status_contradicted"),
    "the label of another status": (put("p1", status_label="有效"), API, "status_contradicted"),
    "a status where there is none": (put("n1", status="effective", status_label="有效"), API, "status_contradicted"),
    "a notice that the API lacks": (put("p4", notices=[]), API, "notice_missing"),
    "a notice not inherited": (put("i1", notices=[]), API, "notice_missing"),
    "a notice that the page lacks": (cut(P1, r"(?s)<section class=\"notices\".*?</section>"), P1, "notice_missing"),
    "a notice behind the text": (notice_behind, P1, "notice_missing"),
    "a notice on the page alone": (
        rewritten("policies/p2/index.html", '<dl class="facts"', '<p data-notice="expired"></p><dl class="facts"'),
        P2,
        "page_differs",
    ),
    "a link to nothing": (rewritten(P6, 'href="../../policies/p2/#', 'href="../../policies/p22/#'), P6, "dead_link"),
    "a link out of the site": (
        rewritten(P6, 'href="../../policies/p2/#', 'href="../../../policies/p2/#'),
        P6,
        "dead_link",
    ),
    "an anchor that is not there": (rewritten(P2, 'id="第二条"', 'id="第二条之一"'), P6, "dead_anchor"),
    "a picture that is not there": (
        rewritten(P6, 'src="../../policies/p6/', 'src="../../policies/p6/x'),
        P6,
        "dead_link",
    ),
    "an address from the host": (
        rewritten(P6, 'href="../../policies/p2/#', 'href="/zwgk/policies/p2/#'),
        P6,
        "address_not_relative",
    ),
    "an address with the site's name": (
        rewritten(P6, 'href="../../policies/p2/#', 'href="https://rsj.example.gov.cn/zwgk/policies/p2/#'),
        P6,
        "address_not_relative",
    ),
    "another page's canonical address": (
        rewritten(P6, 'zwgk/policies/p6/">', 'zwgk/policies/p66/">'),
        P6,
        "address_not_relative",
    ),
    "a relative address on the page for all others": (
        rewritten("404.html", 'href="/zwgk/assets/', 'href="/assets/'),
        "404.html",
        "address_not_relative",
    ),
    "a dead address on the page for all others": (
        rewritten("404.html", 'href="/zwgk/feed.xml', 'href="/zwgk/feeds.xml'),
        "404.html",
        "dead_link",
    ),
    "a picture from elsewhere": (
        rewritten(P6, 'src="../../policies/p6/', 'src="https://cdn.example.com/'),
        P6,
        "foreign_resource",
    ),
    "a script from elsewhere": (
        rewritten(P6, "</head>", '<script src="//cdn.example.com/x.js"></script></head>'),
        P6,
        "foreign_resource",
    ),
    "a link that runs": (
        rewritten(P6, 'href="../../policies/p2/#', 'href="javascript:alert(1)//'),
        P6,
        "foreign_resource",
    ),
    "an address that cannot be read": (
        rewritten(P6, 'href="../../policies/p2/#', 'href="http://[x/'),
        P6,
        "foreign_resource",
    ),
    "a font from elsewhere": (
        rewritten("assets/style.css", "body", "@font-face{src:url(https://fonts.example.com/x)} body"),
        "assets/style.css",
        "foreign_resource",
    ),
    "no site tag": (cut("index.html", r'<meta name="SiteIDCode"[^>]*>'), "index.html", "missing_tag"),
    "no column tag": (
        cut("policies/index.html", r'<meta name="ColumnType"[^>]*>'),
        "policies/index.html",
        "missing_tag",
    ),
    "an empty column tag": (
        rewritten("policies/index.html", 'name="ColumnName" content="政策文件"', 'name="ColumnName" content=""'),
        "policies/index.html",
        "missing_tag",
    ),
    "no content tag": (cut(P1, r'<meta name="PubDate"[^>]*>'), P1, "missing_tag"),
    "another day": (rewritten(P1, 'content="2024-05-08 00:00"', 'content="2024-05-01 00:00"'), P1, "missing_tag"),
    "another title": (
        rewritten(P1, 'name="ArticleTitle" content="', 'name="ArticleTitle" content="新'),
        P1,
        "missing_tag",
    ),
    "no JSON-LD": (cut(P1, r"<script type=\"application/ld\+json\">[^<]*</script>"), P1, "json_ld"),
    "broken JSON-LD": (rewritten(P1, '{"@context"', '{"@context'), P1, "json_ld"),
    "deep JSON-LD": (rewritten(P1, '{"@context"', "[" * 100_000), P1, "json_ld"),
    "JSON-LD of another force": (rewritten(P1, "schema.org/NotInForce", "schema.org/InForce"), P1, "json_ld"),
    "JSON-LD about nothing": (rewritten(I1, '"about"', '"mentions"'), I1, "json_ld"),
    "a page that the sitemap lacks": (
        cut("sitemap.xml", r"(?s)<url>\s*<loc>[^<]*policies/p1/</loc>.*?</url>"),
        "sitemap.xml",
        "sitemap_differs",
    ),
    "a page of the sitemap alone": (
        rewritten("sitemap.xml", "policies/p1/</loc>", "policies/p99/</loc>"),
        "sitemap.xml",
        "sitemap_differs",
    ),
    "a withdrawn document in the feed": (
        rewritten("feed.xml", "policies/p1/</id>", "policies/p99/</id>"),
        "feed.xml",
        "feed_differs",
    ),
    "a broken feed": (rewritten("feed.xml", "</feed>", ""), "feed.xml", "feed_differs"),
    "a card of a withdrawn document": (card("p1", 0, "p99"), CARDS, "search_differs"),
    "another title on a card": (card("p1", 2, "别的办法"), CARDS, "search_differs"),
    "another day on a card": (card("p1", 5, "2024-01-01"), CARDS, "search_differs"),
    "another status on a card": (card("p1", 7, "effective"), CARDS, "search_differs"),
    "a mark on a card alone": (card("i1", 9, ["outdated"]), CARDS, "search_differs"),
    "no card of a document": (card("p1", 0, None), "search/fields.json", "search_differs"),
    "broken cards": (rewritten(CARDS, '"rows"', '"row"'), CARDS, "unreadable"),
    "a fragment that is not there": (rewritten(TEXTS, '["und_', '["xyz_'), TEXTS, "search_differs"),
    "a text that search lacks": (cut(TEXTS, r'"und_[^"]*",'), TEXTS, "search_differs"),
    "a broken table": (rewritten(TEXTS, '"fragments"', '"fragment"'), TEXTS, "search_differs"),
    "a record without an address": (put("p1", url=""), API, "unreadable"),
    "a record of another shape": (put("p1", repealed_by="p2"), API, "unreadable"),
    "one id twice": (rewritten(API, '"id": "p1"', '"id": "p2"'), API, "unreadable"),
    "records that are none": (overwritten(API, "{}"), API, "unreadable"),
}


@pytest.mark.parametrize("case", DAMAGES)
def test_damage_is_found_although_the_manifest_fits(site: Path, case: str) -> None:
    """Every sort of damage is found at its file, even where somebody has made the manifest fit."""
    damage, path, what = DAMAGES[case]
    damage(site)
    seal(site)
    assert (path, what) in found(site)


def test_every_damage_breaks_the_manifest(site: Path) -> None:
    """Without a new manifest the same damage is found by its sum."""
    for case in ("another status in the API", "a notice behind the text", "no JSON-LD"):
        DAMAGES[case][0](site)
    assert {(API, "changed_file"), (P1, "changed_file")} <= found(site)


# ---------------------------------------------------------------- damage of any sort


def test_no_damage_ends_in_a_traceback(whole: Path, tmp_path: Path) -> None:
    """Whatever stands in the files that programs read, or in a page: there are faults, and nothing is raised."""
    folder = Path(shutil.copytree(whole, tmp_path / "public"))
    names = ["manifest.json", API, TEXTS, "feed.xml", "sitemap.xml", "index.html", P1, "404.html", "assets/style.css"]
    names += ["api/uris.json", "relations/table.json", "api/relations.json", "api/documents/p1.json"]
    keys = ["files", "rows", "fragments", "id", "url", "documents", "parts", "notices", "source", "target", "history"]
    values = st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=5),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(keys), inner),
        max_leaves=8,
    )
    contents = st.one_of(
        st.binary(max_size=40),
        values.map(lambda value: json.dumps(value).encode()),
        st.lists(
            st.dictionaries(
                st.sampled_from(["id", "kind", "title", "url", "status", "notices", "repeals", "parts"]), values
            )
        ).map(lambda value: json.dumps(value).encode()),
    )

    @settings(max_examples=100, suppress_health_check=[HealthCheck.too_slow])
    @given(st.dictionaries(st.sampled_from(names), contents, min_size=1, max_size=3))
    def check(damage: dict[str, bytes]) -> None:
        before = {name: (folder / name).read_bytes() for name in damage}
        try:
            for name, data in damage.items():
                (folder / name).write_bytes(data)
            assert found(folder)
        finally:
            for name, data in before.items():
                (folder / name).write_bytes(data)

    check()


STRANGE = ["1", "[1]", '{"documents": 1}', '{"documents": [["", []]]}', '[{"source": []}]', '{"a": {"url": []}}']
STRANGE_PARTS = [1, [1], [{"id": []}], [{"id": "a", "title": "b", "url": "c", "status": "d", "notices": [{}]}]]


@pytest.mark.parametrize("name", ["api/uris.json", "relations/table.json", "api/relations.json"])
@pytest.mark.parametrize("held", STRANGE)
def test_an_index_of_another_form_is_a_fault(site: Path, name: str, held: str) -> None:
    """Tables of names and relations that hold something else are told, whatever it is; nothing is raised."""
    (site / name).write_text(held, encoding="utf-8")
    assert any(path == name and what != "changed_file" for path, what in found(site))


@pytest.mark.parametrize("parts", STRANGE_PARTS)
def test_parts_of_another_form_make_no_record(site: Path, parts: object) -> None:
    """A record whose parts are none is unreadable, as one without an address is."""
    rows = json.loads((site / API).read_bytes())
    (site / API).write_text(json.dumps([{**rows[0], "parts": parts}, *rows[1:]]), encoding="utf-8")
    assert (API, "unreadable") in found(site)


_BOMB = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 20}">' for n in range(1, 12))
DEEP = {
    "lists": "[" * 200_000,
    "objects": '{"a":' * 200_000,
    "elements": "<a>" * 200_000,
    "entities": f'<!DOCTYPE x [<!ENTITY a0 "aaaa">{_BOMB}]><x>&a11;</x>',
}


@pytest.mark.parametrize("case", DEEP)
def test_deep_and_growing_files_cost_little(site: Path, case: str) -> None:
    """Deep nesting and entities that grow are faults within seconds."""
    begun = time.monotonic()
    for name in ("manifest.json", API, TEXTS, "feed.xml", "sitemap.xml", P1):
        (site / name).write_text(DEEP[case], encoding="utf-8")
    assert {name for name, _ in found(site)} >= {"manifest.json", API, P1}
    assert time.monotonic() - begun < 20


@pytest.mark.parametrize(("status", "label"), [("repealed", "已废止"), ("partly_void", "部分失效")])
def test_an_end_without_a_ground_says_what_to_publish(site: Path, status: str, label: str) -> None:
    """Building again would not mend it: the act must be public, or day and reason must stand in the source."""
    put("p8", status=status, status_label=label, notices=[status], repealed_by=[])(site)
    mends = {fault.hint for fault in verify(site).faults if "没有废止依据" in fault.message}
    assert [mend.partition("，")[0] for mend in mends] == ["公开废止它的文件"]


# ---------------------------------------------------------------- somebody has rewritten the pages and the manifest

ATTACKS = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//e.com/x.js></SCRIPT>",
    '<script src="https://e.com/x.js"></script>',
    "<script type=module>import 'x'</script>",
    '<img src="../../assets/x.png" onerror="alert(1)">',
    "<p onclick=alert(1)>甲</p>",
    '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>',
    '<a href="javascript:alert(1)">甲</a>',
    '<a href="java&#10;script:alert(1)">甲</a>',
    '<a href="&#1;javascript:alert(1)">甲</a>',
    '<a href="data:text/html,x">甲</a>',
    '<iframe src="https://e.com/"></iframe>',
    "<iframe srcdoc='x'></iframe>",
    '<object data="https://e.com/"></object>',
    "<embed src=x>",
    '<base href="https://e.com/">',
    '<form action="https://e.com/"><button>登录</button></form>',
    '<form action="//e.com/"><button>登录</button></form>',
    '<form><button formaction="https://e.com/">登录</button></form>',
    '<input type="image" formaction="/x">',
    '<meta http-equiv="refresh" content="0;url=https://e.com/">',
    '<meta http-equiv="refresh" content="0; //e.com/">',
    '<meta http-equiv="Refresh" content="0">',
    '<meta http-equiv="refresh" content="0;url=../p2/">',
    '<meta http-equiv="set-cookie" content="a=b">',
    '<link rel="stylesheet" href="//e.com/x.css">',
    '<link rel="preload" as="image" imagesrcset="https://e.com/a.png 1x">',
    "<style>@import '//e.com/x'</style>",
    '<p style="background:url(//e.com/x)">甲</p>',
    '<p style="background:\\75 rl(//e.com/x)">甲</p>',
    '<img src="//e.com/x.png" alt="x">',
    '<img src="\\\\e.com/x.png" alt="x">',
    '<img srcset="https://e.com/x.png 2x" alt="x">',
    '<video poster="https://e.com/x.png"></video>',
    '<td background="https://e.com/x.png">甲</td>',
    '<a href="../p2/" ping="https://e.com/">甲</a>',
    "<!--><script>alert(1)</script>-->",
    "<!-- <iframe src=x> -->",
    "<svg><style><script>alert(1)</script></style></svg>",
]


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("where", ["</head>", "</body>"])
def test_what_runs_on_a_page_is_found_without_the_manifest(site: Path, attack: str, where: str) -> None:
    """Whatever somebody puts into a page, the manifest made to fit: what runs, loads or leads away is a fault of it."""
    text(site, "policies/p1/index.html", where, attack + where)
    seal(site)
    assert {path for path, _ in found(site)} == {"policies/p1/index.html"}


POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')


@pytest.mark.parametrize(
    "change",
    [
        lambda _: "",
        lambda policy: policy.replace("default-src 'none'; ", ""),
        lambda policy: policy.replace("script-src 'self'", "script-src 'self' 'unsafe-inline'"),
        lambda policy: policy.replace("script-src 'self'", "script-src 'self' https://e.com"),
        lambda policy: policy.replace("script-src 'self'", "script-src *"),
        lambda policy: policy.replace("connect-src 'self'", "connect-src https:"),
        lambda policy: policy.replace("base-uri 'none'; ", ""),
        lambda policy: policy.replace("; form-action 'self'", ""),
        lambda policy: policy.replace("img-src 'self'", "img-src 'self' e.com"),
        lambda policy: f"script-src-elem 'unsafe-inline'; {policy}",
        lambda policy: f"frame-src e.com; {policy}",
    ],
)
def test_a_page_without_its_policy_is_found(site: Path, change: Callable[[str], str]) -> None:
    """A policy on contents that is gone, or that allows more than the site itself, is a fault of the page."""
    place = site / "policies/p1/index.html"
    page = place.read_text(encoding="utf-8")
    (policy,) = POLICY.findall(page)
    other = change(policy)
    place.write_text(
        POLICY.sub(lambda tag: tag[0].replace(policy, other) if other else "", page),
        encoding="utf-8",
    )
    seal(site)
    assert found(site) == {("policies/p1/index.html", "weak_policy")}


def test_a_policy_behind_a_script_is_none(site: Path) -> None:
    """What is loaded before the policy is not under it."""
    place = site / "policies/p1/index.html"
    page = place.read_text(encoding="utf-8")
    (policy,) = (tag[0] for tag in POLICY.finditer(page))
    place.write_text(page.replace(policy, "").replace("</head>", f"{policy}</head>"), encoding="utf-8")
    seal(site)
    assert ("policies/p1/index.html", "weak_policy") in found(site)


@pytest.mark.parametrize(
    "style",
    [
        "p{background:url(//e.com/x)}",
        "p{background:\\75 rl('https://e.com/x')}",
        "@import/**/'//e.com/x';",
        "p{background:URL(\thttps://e.com/x)}",
        "p{background:image-set('a.png' 1x,'//e.com/b' 2x)}",
        "p{background:url(data:image/svg+xml,x)}",
        "p{background:url(\\\\/\\\\/e.com/x)}",
    ],
)
def test_a_style_that_loads_from_elsewhere_is_found(site: Path, style: str) -> None:
    """In any spelling that CSS allows."""
    place = next((site / "assets").rglob("*.css"))
    place.write_text(place.read_text(encoding="utf-8") + style, encoding="utf-8")
    seal(site)
    assert sorts(site) == {"foreign_resource"}


def test_only_the_very_site_bears_its_seal(site: Path, project: Project) -> None:
    """Another word on a page and a manifest made to fit: only the seal kept elsewhere tells, and it does."""
    (site / "secret.html").unlink(missing_ok=True)
    was = hashlib.sha256((site / "manifest.json").read_bytes()).hexdigest()
    assert project.run("verify", str(site), "--seal", was.upper()).status == 0
    text(site, "policies/p1/index.html", "第一条", "第一 条")
    seal(site)
    assert sorts(site) == set()
    assert {fault.what.value for fault in verify(site, seal=was).faults} == {"seal_differs"}
    ran = project.run("verify", str(site), "--seal", was)
    assert ran.status == 1
    assert "seal_differs" in ran.err
    assert project.run("verify", str(site), "--seal", "abc").status == 2


def test_a_build_tells_its_seal(project: Project) -> None:
    """The last line for a person, and the only one for a program: of a whole build, of none and of one of words."""
    project.policy("p1")
    for body in ("第一条　甲。\n", "第一条　甲。\n", "第一条　乙。\n"):
        project.policy("p1", body)
        ran = project.run("build", "--no-search")
        wanted = hashlib.sha256((project.folder / "public/manifest.json").read_bytes()).hexdigest()
        assert ran.out == f"{wanted}\n"
        assert f"网站封签：{wanted}" in ran.err.splitlines()[-1]
