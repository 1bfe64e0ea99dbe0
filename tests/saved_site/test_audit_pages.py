"""``gongkai audit --pages``: planted faults on pages of other builds are found, and harmless pages are not accused."""

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.project import Project

from generator.audit import RULES
from generator.domain.model import AsOf
from generator.saved_site.allowed_rules import ALLOWED
from generator.saved_site.check import CheckedPages, SavedPagesOptions, check_pages

SITES = Path(__file__).parent.parent / "sites" / "pages"
DAY = dt.date(2026, 6, 30)
DEMO_DAY = dt.date(2026, 11, 30)


def checked(folder: Path, tmp_path: Path, *, day: dt.date = DAY, jobs: int = 1) -> CheckedPages:
    """Check a folder of pages in this process."""
    options = SavedPagesOptions(folder, None, tmp_path / "cache.db", AsOf(day), jobs, lambda *_: None)
    return check_pages(options)


def named(result: CheckedPages) -> set[tuple[str, str]]:
    return {(finding.path, finding.rule) for finding in result.findings}


@pytest.mark.parametrize("site", ["county", "cms", "httrack"])
def test_planted_faults_are_found_and_nothing_else(site: str, tmp_path: Path) -> None:
    """On three sites of different builds exactly the planted faults are found; their twins are not accused."""
    expected = {tuple(line.rsplit(" ", 1)) for line in (SITES / f"{site}.expected.txt").read_text("utf-8").splitlines()}
    assert named(checked(SITES / site, tmp_path)) == expected


@pytest.mark.parametrize("site", ["county", "cms", "httrack"])
def test_a_finding_is_in_the_words_of_an_auditor(site: str, tmp_path: Path) -> None:
    """A finding names a file of the folder and line 1, and speaks neither of front matter nor of commands."""
    for finding in checked(SITES / site, tmp_path).findings:
        assert (SITES / site / finding.path).is_file()
        assert (finding.line, finding.field) == (1, "")
        assert all((finding.message, finding.hint, finding.source))
        words = finding.message + finding.hint
        assert not re.search(r"front matter|gongkai|exempt|interprets|expires_on|正文第 \d+ 行|content/", words), words


def test_what_pages_do_not_tell_is_said(tmp_path: Path) -> None:
    """Pages of pictures or scripts, terms that were prolonged, pages that were not saved: counted, with examples."""
    cms = {one.what: one for one in checked(SITES / "cms", tmp_path).undecided}
    assert cms["正文只有图片"].examples == ("art/tz/201.html",)
    assert cms["网页由脚本显示"].examples == ("art/tz/202.html",)
    county = {one.what: one for one in checked(SITES / "county", tmp_path).undecided}
    assert county["有效期从哪一天算起，或者有没有延长，看不出来"].examples == ("gfxwj/t7.htm",)
    assert county["站内链接所指的网页没有保存"].number == 1
    assert county["框架页"].examples == ("index.htm",)


def test_the_command_writes_the_report(tmp_path: Path) -> None:
    """The report, the linkage and the data are written, without a ledger; the exit status is that of ``audit``."""
    project = Project(tmp_path / "auditor", tmp_path / "cache")
    project.folder.mkdir()
    ran = project.run("audit", "--pages", str(SITES / "cms"), as_of="2026-06-30")
    assert ran.status == 1, ran.err
    folder = project.folder / "reports"
    assert {place.name for place in folder.iterdir()} == {"report.html", "linkage.csv", "linkage.xlsx", "audit.json"}
    data = json.loads((folder / "audit.json").read_bytes())
    assert {"art/zc/103.html"} <= {one["path"] for one in data["findings"]}
    assert data["undecided"][0]["number"] > 0
    rows = csv.DictReader((folder / "linkage.csv").read_text(encoding="utf-8-sig").splitlines())
    links = {row["源文件"]: row["双向链接"] for row in rows}
    assert links["art/zc/101.html"] == "双向"
    assert "没有到 art/jd/103.html 的链接" in links["art/zc/103.html"]
    page = (folder / "report.html").read_text(encoding="utf-8")
    assert 'id="undecided"' in page
    assert 'id="inspection"' not in page
    assert project.run("audit", "--pages", str(SITES / "cms"), "--fail-on", "never", as_of="2026-06-30").status == 0


@pytest.mark.parametrize(
    "arguments",
    [
        ["--pages", "none"],
        ["--pages", ".", "-o", "reports"],
        ["--pages", "pages", "--site", "public"],
        ["--pages", "pages", "-c", "none.yaml"],
    ],
)
def test_wrong_usage_is_refused(arguments: list[str], tmp_path: Path) -> None:
    """No folder, a report inside of it, a built site too, no such config: status 2, and nothing is written."""
    project = Project(tmp_path / "auditor", tmp_path / "cache")
    project.write("pages/a.html", "<title>通知</title><p>关于开展工作的通知，请认真执行。</p>")
    assert project.run("audit", *arguments).status == 2
    assert not (project.folder / "reports").exists()


def test_a_config_gives_its_limits(tmp_path: Path) -> None:
    """With a config its limits count: a limit of 40 working days makes a late interpretation one in time."""
    project = Project(tmp_path / "auditor", tmp_path / "cache")
    project.write(
        "c.yaml",
        "site: {title: 医保, agency: 白沙市医疗保障局, base_url: 'https://ybj.baisha.gov.cn/'}\n"
        "deadlines: {interpret_max_workdays: 40}\n",
    )
    project.run("audit", "--pages", str(SITES / "cms"), "-c", "c.yaml", as_of="2026-06-30")
    data = json.loads((project.folder / "reports/audit.json").read_bytes())
    assert "L003" not in {one["rule"] for one in data["findings"]}
    assert "P001" in {one["rule"] for one in data["findings"]}


def test_the_second_run_and_several_workers_give_the_same(tmp_path: Path) -> None:
    """From the cache, and with several processes, the same is found."""
    first = checked(SITES / "county", tmp_path)
    assert checked(SITES / "county", tmp_path).findings == first.findings
    (tmp_path / "other").mkdir()
    assert checked(SITES / "county", tmp_path / "other", jobs=2).findings == first.findings


def test_allowed_rules_exist_and_have_reasons() -> None:
    """Every rule for pages exists and says why pages allow it; those that need pages are all among them."""
    assert ALLOWED.keys() <= RULES.keys()
    assert all(one.reason for one in ALLOWED.values())
    assert {name for name, rule in RULES.items() if rule.needs_pages} <= ALLOWED.keys()


@pytest.mark.parametrize(
    "data",
    [b"", b"\xff\xfe", b"<html", b"<div>" * 500, "<p>关于".encode("gb18030") + b"\xff\xff", b"\x00" * 50, b"{}"],
)
def test_no_page_ends_in_a_traceback(data: bytes, tmp_path: Path) -> None:
    """Whatever a saved file holds, the others are checked, and it is named where it cannot be read."""
    folder = tmp_path / "pages"
    folder.mkdir()
    (folder / "broken.html").write_bytes(data)
    (folder / "good.html").write_text(
        "<title>公示</title><p>现将名单公示如下，身份证号110101199003070257。</p>", "utf-8"
    )
    assert ("good.html", "S001") in named(checked(folder, tmp_path))


def test_the_demo_as_pages_gives_what_its_sources_give(demo: Path, tmp_path: Path) -> None:
    """On the built demo, status and linkage of every document are those of its sources, and no page is accused."""
    result = checked(demo, tmp_path, day=DEMO_DAY)
    records = {one["id"]: one for one in json.loads((demo / "api/documents.json").read_bytes())}
    by_id = {path.split("/")[-2]: document for path, document in result.archive.by_path.items() if path.count("/") == 2}
    for name, record in records.items():
        if record["kind"] == "policy" and record["status"] in {"effective", "pending", "repealed", "expired"}:
            status = by_id[name].status
            ended = {"repealed", "expired"}
            assert status is not None
            assert status.value == record["status"] or {status.value, record["status"]} <= ended, name
        if record["kind"] == "interpretation":
            about = {
                relation.target.split("/")[-2] for relation in by_id[name].relations if relation.kind == "interprets"
            }
            assert about == set(record["interprets"]), name
    assert result.pair_faults == {}
    assert {finding.rule for finding in result.findings} <= {"L003"}  # exempt in the sources, which no page says


def test_address_of_a_folder_is_dead_among_saved_ones(tmp_path: Path) -> None:
    """Where pages are folders, a link to one that is missing is dead; where only two were saved, nobody can tell."""
    page = "<title>{0}</title><h1>{0}</h1><div class='content'><p>{0}的正文，<a href='../{1}/'>另见</a>。</p></div>"
    for number, is_dead in ((4, True), (2, False)):
        folder = tmp_path / f"pages{number}"
        for name in range(number):
            place = folder / f"tz/n{name}/index.html"
            place.parent.mkdir(parents=True)
            place.write_text(page.format(f"关于第{name}次检修的通知", "n0" if name else "gone"), encoding="utf-8")
        (tmp_path / f"cache{number}").mkdir()
        found = named(checked(folder, tmp_path / f"cache{number}"))
        assert (("tz/n0/index.html", "H001") in found) == is_dead
        assert not [one for one in found if one[1] == "H001" and one[0] != "tz/n0/index.html"]


def _without_link(text: str) -> str:
    return re.sub(r'<a[^>]*data-relation="(?:interpreted_by|interprets)"[^>]*>.*?</a>', "", text, flags=re.DOTALL)


@pytest.mark.parametrize(
    ("path", "damage", "rule"),
    [
        ("interpretations/jd-2025-7/index.html", _without_link, "P001"),
        (
            "policies/rsg-2025-7/index.html",
            lambda text: text.replace("</article>", "<p>110101199003070257</p></article>"),
            "S001",
        ),
        (
            "policies/rsg-2025-7/index.html",
            lambda text: text.replace("</article>", "<p>见<a href='no.html'>此处</a></p></article>"),
            "H001",
        ),
        ("policies/rsg-2025-7/index.html", lambda text: text.replace('name="PubDate"', 'name="x"'), "P004"),
    ],
)
def test_damage_to_the_demo_is_found(
    path: str, damage: Callable[[str], str], rule: str, demo: Path, tmp_path: Path
) -> None:
    """A page of the demo from which a link was taken, or into which a number was put, is named with the rule."""
    folder = Path(shutil.copytree(demo, tmp_path / "demo"))
    place = folder / path
    changed = damage(place.read_text(encoding="utf-8"))
    assert changed != place.read_text(encoding="utf-8")
    place.write_text(changed, encoding="utf-8")
    assert (path, rule) in named(checked(folder, tmp_path, day=DEMO_DAY))
