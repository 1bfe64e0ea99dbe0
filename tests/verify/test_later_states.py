"""``gongkai verify --as-of``: what has turned since a site was built is named, with its page and its day."""

import datetime as dt
import json
import shutil
from pathlib import Path
from typing import Any

import pytest
from support.built_site import made
from support.project import CONFIG, Project
from support.stages import CLAUSES

from generator.domain.problems import GongkaiError
from generator.verify.fault import Fault, FaultKind
from generator.verify.run import verify

NEW = {"date_published": "2026-11-18", "date_written": "2026-11-17"}
PUBLIC = {"disclosure": "proactive", "date_published": "2026-11-10"}


def write_sources(project: Project) -> None:
    """Write a site in which everything that can turn turns in December 2026 or January 2027."""
    project.write("site_config.yaml", CONFIG)
    project.policy("p1", CLAUSES, date_effective="2026-12-10", **NEW)
    project.policy("p2", CLAUSES, expires_on="2026-12-15")
    project.policy("p3", CLAUSES)
    project.policy("p4", CLAUSES, date_effective="2026-12-20", repeals="p3", **NEW)
    project.policy("p5", CLAUSES)
    project.policy("p6", CLAUSES, date_effective="2026-12-22", amends="p5#第二条", **NEW)
    project.policy("p7", CLAUSES)
    project.interpretation("i1", interprets="p3")
    project.interpretation("i2", interprets="p5")
    consultation = {"title": "征求意见", **PUBLIC, "is_major": "false"}
    project.document("consultations/open.md", {**consultation, "opens_on": "2026-11-10", "closes_on": "2026-12-12"})
    project.document("consultations/later.md", {**consultation, "opens_on": "2026-12-05", "closes_on": "2027-01-20"})
    project.document("notices/posted.md", {"title": "公示", **PUBLIC, "takedown_on": "2026-12-08"})


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return the project of the site."""
    place = tmp_path_factory.mktemp("turns")
    project = Project(place / "site", place / "cache")
    write_sources(project)
    return project


@pytest.fixture(scope="module")
def site(project: Project, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the site as it was built on the usual day."""
    return Path(shutil.copytree(made(project), tmp_path_factory.mktemp("built") / "public"))


def turned(folder: Path, day: str) -> list[Fault]:
    faults = verify(folder, day=dt.date.fromisoformat(day)).faults
    return [fault for fault in faults if fault.what is FaultKind.STALE]


def lines(folder: Path, day: str, name: str) -> list[str]:
    """Return what is said of the page of a document on a day."""
    return [fault.message for fault in turned(folder, day) if f"/{name}/" in f"/{fault.path}"]


def test_on_the_day_of_the_site_nothing_has_turned(site: Path) -> None:
    """On the day of the build, and until the first day on which something changes, nothing is reported."""
    assert turned(site, "2026-11-21") == []
    assert turned(site, "2026-12-04") == []


@pytest.mark.parametrize(
    ("name", "before", "day", "words"),
    [
        ("p1", "2026-12-09", "2026-12-10", "状态从“尚未施行”变成“有效”"),
        ("p2", "2026-12-15", "2026-12-16", "状态从“有效”变成“已失效”"),
        ("p3", "2026-12-19", "2026-12-20", "状态从“有效”变成“已废止”"),
        ("p5", "2026-12-21", "2026-12-22", "状态从“有效”变成“已修改”"),
        ("open", "2026-12-12", "2026-12-13", "状态从“征集中”变成“已结束”"),
        ("later", "2026-12-04", "2026-12-05", "状态从“未开始”变成“征集中”"),
        ("posted", "2026-12-07", "2026-12-08", "状态从“公布中”变成“已结束”"),
        ("i1", "2026-12-19", "2026-12-20", "解读的标注从“没有”变成“所解读文件已废止或者失效”"),
        ("i2", "2026-12-21", "2026-12-22", "解读的标注从“没有”变成“解读早于文件修改”"),
    ],
)
def test_every_kind_of_turn_is_named_with_its_day(site: Path, name: str, before: str, day: str, words: str) -> None:
    """A status, a period, a mark is reported from the day on which it is another one, and not a day earlier."""
    assert not any(words in line for line in lines(site, before, name))
    found = [line for line in lines(site, day, name) if words in line]
    assert len(found) == 1
    assert found[0].startswith(f"{day} 起")


def test_a_clause_turns_on_its_own_day(site: Path) -> None:
    """The clause that an act amends later is named by its number, with the day."""
    assert not any("第二条" in line for line in lines(site, "2026-12-21", "p5"))
    assert any("第二条从“没有变动”变成“已修改”" in line for line in lines(site, "2026-12-22", "p5"))


def test_what_does_not_turn_is_not_named(site: Path) -> None:
    """A document whose state does not change is never reported."""
    assert lines(site, "2030-01-01", "p7") == []


def test_what_turned_twice_is_in_its_last_state(site: Path) -> None:
    """A consultation that has opened and closed since is closed, from the day of its end."""
    assert [line for line in lines(site, "2027-02-01", "later") if "2027-01-21 起" in line and "已结束" in line]


def test_turns_are_those_of_a_build_on_that_day(site: Path, project: Project, tmp_path: Path) -> None:
    """The documents whose state is reported are those whose record differs in a site that was built on that day."""

    def states(folder: Path) -> dict[str, Any]:
        records = json.loads((folder / "api/documents.json").read_bytes())
        keys = ("status", "consultation_status", "posting_status", "mark")
        return {one["id"]: [one.get(key) for key in keys] for one in records}

    now = states(site)
    for day in ("2026-12-11", "2026-12-31", "2027-03-01"):
        project.build("-o", str(tmp_path / day), "--no-search", as_of=day)
        then = states(tmp_path / day)
        named = {fault.path.split("/")[-2] for fault in turned(site, day) if fault.path.endswith("/index.html")}
        assert {name for name in now if now[name] != then[name]} == named & now.keys()


def test_rows_lists_and_feeds_that_stay_behind_are_named(site: Path) -> None:
    """The catalogue, the lists, the feeds and the API do not turn by themselves: each is named with the day."""
    faults = turned(site, "2026-12-20")
    paths = {fault.path for fault in faults}
    assert {
        "catalogue/catalogue.csv",
        "policies/index.html",
        "feed-repeals.xml",
        "feed.xml",
        "api/documents.json",
    } <= paths
    rows = [fault.message for fault in faults if fault.path == "catalogue/catalogue.csv"]
    assert any("“p2”一行的有效性是“有效”，2026-12-16 起是“已失效”" in row for row in rows)


def test_a_page_that_does_not_turn_by_itself_is_said_to_be_wrong(site: Path, tmp_path: Path) -> None:
    """A page that has lost the later states of its script is named as one that will not change."""
    folder = Path(shutil.copytree(site, tmp_path / "public"))
    place = folder / "policies/p2/index.html"
    text = place.read_text(encoding="utf-8")
    assert "data-turns=" in text
    place.write_text(text.replace("data-turns=", "data-none="), encoding="utf-8")
    assert any("网页自己不会改" in line for line in lines(folder, "2026-12-16", "p2"))
    assert any("在浏览器里会自己改" in line for line in lines(site, "2026-12-16", "p2"))


def test_days_alone_are_enough(site: Path, tmp_path: Path) -> None:
    """Where the files of the API do not say what changes, the days of the record do."""
    folder = Path(shutil.copytree(site, tmp_path / "public"))
    for place in (folder / "api/documents").iterdir():
        data = json.loads(place.read_bytes())
        place.write_text(json.dumps({**data, "changes_on": []}), encoding="utf-8")
    for name in ("p1", "p2", "open", "later", "posted"):
        assert lines(folder, "2026-12-31", name)


def test_the_command_says_that_nothing_turned(site: Path, project: Project) -> None:
    """Without a turn the command says so and ends with 0; with one it ends with 1; an earlier day is refused."""
    same = project.run("verify", str(site), "--as-of", "2026-12-01", as_of=None)
    assert same.status == 0
    assert "没有一处状态变了" in same.err
    later = project.run("verify", str(site), "--as-of", "2026-12-31", as_of=None)
    assert later.status == 1
    assert "policies/p2/index.html: 2026-12-16 起，状态从“有效”变成“已失效”" in later.err
    assert project.run("verify", str(site), "--as-of", "2026-01-01", as_of=None).status == 2
    with pytest.raises(GongkaiError):
        verify(site, day=dt.date(2026, 1, 1))
