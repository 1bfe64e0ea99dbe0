"""``gongkai fleet build``: what changed is built, what failed stops nothing, and the summary says both."""

import contextlib
import datetime as dt
import json
import os
import random
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.dask_cluster import large
from support.program import run_program
from support.project import AS_OF, Project, Tree
from support.site_platform import Platform

from generator.domain.model import AsOf
from generator.fleet.executor import LocalExecutor
from generator.fleet.plan import load_plan
from generator.fleet.sources import SiteSource
from generator.pipeline.options import Search


def test_each_site_is_as_if_built_alone(platform: Platform, tree: Tree) -> None:
    """A site without neighbours has the same bytes from a fleet as from ``gongkai build``."""
    platform.site("rsj", "示例市人力资源和社会保障局").policy()
    alone = platform.folder / "alone"
    platform.build()
    ran = run_program(
        "build",
        "--no-search",
        "--as-of",
        AS_OF,
        "-o",
        str(alone),
        folder=platform.folder / "rsj",
        environment={"XDG_CACHE_HOME": str(platform.cache / "other")},
    )
    assert ran.status == 0, ran.err
    assert tree(platform.folder / "out" / "rsj") == tree(alone)


def test_an_unchanged_site_is_not_touched(city_and_bureau: Platform) -> None:
    """A second run builds nothing; a changed text builds its site alone."""
    city_and_bureau.build()
    before = (city_and_bureau.folder / "out" / "city").stat().st_ino
    assert "没有变化 2 个" in city_and_bureau.build().err
    text = city_and_bureau.folder / "rsj" / "content" / "policies" / "p1.md"
    text.write_text(text.read_text("utf-8") + "\n第二条　新的一条。\n", "utf-8")
    ran = city_and_bureau.build()
    assert "已生成 1 个" in ran.err
    assert "没有变化 1 个" in ran.err
    assert (city_and_bureau.folder / "out" / "city").stat().st_ino == before
    assert "新的一条" in city_and_bureau.page("rsj", "policies/p1")


def test_a_register_in_a_folder_counts(platform: Platform) -> None:
    """A change of a file that the config, or a shared setting, names in a folder of the site builds the site again."""
    platform.extra = "shared: {tasks: 登记 表/tasks.csv}\n"
    site = platform.site("rsj", "示例市人力资源和社会保障局")
    site.policy()
    config = site.folder / "site_config.yaml"
    config.write_text(config.read_text("utf-8") + "catalogue: '登记 表/目录.csv'  # 目录\n", "utf-8")
    site.write("登记 表/目录.csv", "公开事项\n补贴发放结果\n")
    site.write("登记 表/tasks.csv", "任务,完成时限\n建成服务中心,2026-12-31\n")
    platform.build()
    assert "没有变化 1 个" in platform.build().err
    for name in ("目录.csv", "tasks.csv"):
        place = site.folder / "登记 表" / name
        place.write_text(
            place.read_text("utf-8")
            + "另外一项,2026-12-31\n".replace(",2026-12-31", "" if name[0] == "目" else ",2026-12-31"),
            "utf-8",
        )
        assert "已生成 1 个" in platform.build().err


def test_another_day_builds_again(city_and_bureau: Platform) -> None:
    """A later day has other pages, so every site is built for it."""
    city_and_bureau.build()
    assert "已生成 2 个" in city_and_bureau.build(as_of="2026-11-22").err


def test_a_minute_of_publication_builds_its_site(platform: Platform) -> None:
    """A document that is due later on a day appears in the first run after its minute."""
    site = platform.site("rsj", "示例市人力资源和社会保障局")
    site.policy("p1")
    site.policy("p2", date_published="2026-11-21 10:00", date_written="2026-11-20")
    platform.build(as_of="2026-11-21 09:00")
    page = platform.folder / "out" / "rsj" / "policies" / "p2" / "index.html"
    assert not page.exists()
    assert "没有变化 1 个" in platform.build(as_of="2026-11-21 09:30").err
    platform.build(as_of="2026-11-21 10:00")
    assert page.exists()


def test_a_lost_output_is_built_again(city_and_bureau: Platform) -> None:
    """A site whose output is gone is built, although its sources are the same."""
    city_and_bureau.build()
    shutil.rmtree(city_and_bureau.folder / "out" / "rsj")
    assert "已生成 1 个" in city_and_bureau.build().err


def test_a_failing_site_stops_no_other(city_and_bureau: Platform) -> None:
    """Where one site has an unreadable config and another must be mended first, the third is built; the status is 2."""
    city_and_bureau.site("bad", "示例市坏局").write("site_config.yaml", "site: [\n")
    blocked = city_and_bureau.site("stop", "示例市停局")
    blocked.policy("p9", title=None)
    ran = city_and_bureau.run("build", "--no-search", "-o", "report")
    assert ran.status == 2
    summary = json.loads((city_and_bureau.folder / "report" / "summary.json").read_text("utf-8"))
    states = {site["site"]: site["status"] for site in summary["sites"]}
    assert states == {"city": "built", "rsj": "built", "bad": "failed", "stop": "blocked"}
    assert "bad: 错误: " in ran.err
    assert "stop: content/policies/p9.md" in ran.err
    page = (city_and_bureau.folder / "report" / "summary.html").read_text("utf-8")
    assert "没有生成" in page
    assert not (city_and_bureau.folder / "out" / "stop").exists()


def test_a_blocking_finding_is_status_1(city_and_bureau: Platform) -> None:
    """A fleet in which every site can be read and one must be mended ends with 1; the old output stays."""
    city_and_bureau.build()
    old = city_and_bureau.page("rsj", "policies/p1")
    site = city_and_bureau.folder / "rsj" / "content" / "policies" / "p2.md"
    site.write_text("---\ntitle: 新文件\nid: a b\n---\n正文。\n", "utf-8")
    ran = city_and_bureau.run("build", "--no-search")
    assert ran.status == 1, ran.err
    assert city_and_bureau.page("rsj", "policies/p1") == old


def test_shared_settings_are_under_those_of_a_site(platform: Platform) -> None:
    """A shared setting counts for every site that does not write it; groups are merged."""
    platform.extra = "shared:\n  site:\n    phone: 010-12345678\n    postcode: '100000'\n"
    platform.site("one", "示例市一局").policy()
    two = platform.site("two", "示例市二局")
    two.policy()
    config = two.folder / "site_config.yaml"
    config.write_text(config.read_text("utf-8") + "  postcode: '200000'\n", "utf-8")
    platform.build()
    assert "100000" in platform.page("one", "policies/p1")
    assert "200000" in platform.page("two", "policies/p1")
    assert "010-12345678" in platform.page("two", "policies/p1")


def test_one_theme_beside_the_file(platform: Platform) -> None:
    """A theme beside ``SITES.yaml`` serves every site that names it; a change of it builds them again."""
    platform.extra = "shared:\n  theme: city\n"
    platform.site("one", "示例市一局").policy()
    words = platform.folder / "themes" / "city" / "assets" / "extra.css"
    words.parent.mkdir(parents=True)
    words.write_text("p { margin: 0 }\n", "utf-8")
    platform.build()
    built = platform.folder / "out" / "one" / "assets" / "extra.css"
    assert built.read_text("utf-8") == "p { margin: 0 }\n"
    words.write_text("p { margin: 1em }\n", "utf-8")
    platform.build()
    assert "1em" in built.read_text("utf-8")


def test_a_revision_of_a_repository(platform: Platform) -> None:
    """A site from git is the one at its branch, tag or commit; a moved branch is fetched by the next run."""
    made = platform.site("rsj", "示例市人力资源和社会保障局")
    made.policy("p1")
    repository = platform.folder / "rsj"

    def git(*arguments: str) -> None:
        name = ("-c", "user.name=a", "-c", "user.email=a@example.com", "-c", "init.defaultBranch=main")
        subprocess.run(["git", "-C", str(repository), *name, *arguments], check=True, capture_output=True)

    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "一")
    git("tag", "v1")
    made.policy("p2", date_published="2024-06-08")
    git("add", ".")
    git("commit", "-qm", "二")
    platform.save(
        f"- {{id: old, git: 'file://{repository}', revision: v1}}\n- {{id: new, git: ./rsj, revision: main}}\n"
    )
    platform.build()
    out = platform.folder / "out"
    assert not (out / "old" / "policies" / "p2").exists()
    assert (out / "new" / "policies" / "p2").exists()
    assert "没有变化 2 个" in platform.build().err
    made.policy("p3", date_published="2024-07-08")
    git("add", ".")
    git("commit", "-qm", "三")
    assert "已生成 1 个" in platform.build().err
    assert (out / "new" / "policies" / "p3").exists()


def test_an_address_that_cannot_be_fetched_is_that_sites_failure(city_and_bureau: Platform) -> None:
    """A repository that is not there fails its own site, with its address and what to do."""
    city_and_bureau.save(
        "- {id: rsj, path: rsj}\n- {id: city, path: city}\n- {id: far, git: 'file:///nowhere/at/all', revision: main}\n"
    )
    ran = city_and_bureau.run("build", "--no-search")
    assert ran.status == 2
    assert "far: 错误: 网站“far”：取不到 file:///nowhere/at/all" in ran.err
    assert (city_and_bureau.folder / "out" / "rsj" / "index.html").exists()


def test_a_run_goes_on_where_it_was_killed(platform: Platform) -> None:
    """The result of a site is stored when it is done: after SIGKILL in the middle, those sites are not built again."""
    for number in range(6):
        site = platform.site(f"s{number}", f"示例市第{number}局")
        for policy in range(1, 9):
            site.policy(f"p{policy}", date_published=f"2024-0{policy}-08", date_written="2024-01-01")
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", "--no-search", "--as-of", AS_OF, "--jobs", "1"]
    environment = {**os.environ, "XDG_CACHE_HOME": str(platform.cache)}
    running = subprocess.Popen(command, cwd=platform.folder, env=environment, stderr=subprocess.DEVNULL)
    built = 0
    deadline = time.monotonic() + 60
    while not built and running.poll() is None and time.monotonic() < deadline:
        time.sleep(0.02)
        with contextlib.suppress(IndexError, sqlite3.Error):
            database = sqlite3.connect(next(platform.cache.rglob("fleet.db"), "/nowhere/at/all"))
            ((built,),) = database.execute("SELECT count(*) FROM sites WHERE build_key != ''").fetchall()
            database.close()
    running.kill()
    running.wait()
    assert built
    summary = platform.build().err.splitlines()
    unchanged = [line for line in summary if line.startswith("s") and line.endswith("没有变化")]
    assert len(unchanged) >= built
    assert len([line for line in summary if line.startswith("s") and line.endswith("已生成")]) + len(unchanged) == 6
    assert all((platform.folder / "out" / name / "manifest.json").exists() for name in platform.order)


def test_several_processes_give_the_same(city_and_bureau: Platform, tree: Tree, tmp_path: Path) -> None:
    """Two processes write the same bytes as one."""
    city_and_bureau.build()
    one = tree(city_and_bureau.folder / "out")
    city_and_bureau.cache = tmp_path / "second"
    (city_and_bureau.folder / "out").rename(tmp_path / "away")
    city_and_bureau.build("--jobs", "2")
    assert tree(city_and_bureau.folder / "out") == one


def test_clean_builds_everything(city_and_bureau: Platform) -> None:
    """``--clean`` builds sites that have not changed."""
    city_and_bureau.build()
    assert "已生成 2 个" in city_and_bureau.build("--clean").err


def test_a_run_killed_between_two_rounds_settles_later(
    city_and_bureau: Platform, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A run that ends after the first reading of facts leaves a register that the next run brings to its end."""
    from generator.fleet import rounds as rounds_room
    from generator.fleet import run
    from generator.fleet.fleet import Fleet, FleetOptions
    from generator.fleet.register import Register

    city_and_bureau.extra = "portal: {title: 示例市政务公开平台, base_url: 'https://www.example.gov.cn/open/'}\n"
    city_and_bureau.save()
    rounds = 0
    read = rounds_room._facts_of

    def killed(fleet: Fleet, sources: Sequence[SiteSource]) -> None:
        nonlocal rounds
        rounds += 1
        if rounds == 2:
            raise KeyboardInterrupt
        read(fleet, sources)

    def state() -> str:
        data = json.loads((city_and_bureau.folder / "out/portal/api/register.json").read_text("utf-8"))
        return str(next(one for one in data if one["id"] == "p1")["state"])

    plan = load_plan(city_and_bureau.folder / "SITES.yaml")
    cache = city_and_bureau.cache / "direct"
    options = FleetOptions(
        plan=plan,
        cache=cache,
        cache_of=lambda project: cache / project.name / "cache.db",
        as_of=AsOf.at(dt.datetime(2026, 11, 21, 23, 59)),  # noqa: DTZ001 - as the program counts
        jobs=1,
        executor=LocalExecutor(1),
        progress=lambda *_: None,
        search=Search.NONE,
    )
    monkeypatch.setattr(rounds_room, "_facts_of", killed)
    with Register(cache / run.REGISTER) as register, pytest.raises(KeyboardInterrupt):
        run.open_fleet(options, register)
    monkeypatch.setattr(rounds_room, "_facts_of", read)
    with Register(cache / run.REGISTER) as register:
        assert register.rows("SELECT reason FROM unsettled")
        run.build_fleet(run.open_fleet(options, register))
        assert not register.rows("SELECT reason FROM unsettled")
    assert state() == "repealed"


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(5))
def test_killed_at_random_moments(platform: Platform, tree: Tree, tmp_path: Path, seed: int) -> None:
    """SIGKILL for the program, all its processes, or one worker, at any moment: a later run has the same bytes."""
    platform.extra = "portal: {title: 示例市政务公开平台, base_url: 'https://www.example.gov.cn/open/'}\n"
    large(platform, sites=4, policies=6)
    for number in range(4):
        Project(platform.folder / f"s{number}", platform.cache).policy(
            "p9", date_published="2024-06-09", repeals=f"例{'一二三四'[(number + 1) % 4]}发〔2024〕1号",
            doc_number=f"例{'一二三四'[number]}发〔2024〕9号",
        )  # fmt: skip
    began = time.monotonic()
    platform.build("--jobs", "2")
    seconds = time.monotonic() - began
    expected = tree(platform.folder / "out")
    (platform.folder / "out").rename(tmp_path / "away")
    platform.cache = tmp_path / "second"
    chance = random.Random(seed)  # noqa: S311 - only which process, and when
    command = [sys.executable, "-m", "generator", "fleet", "SITES.yaml", "--no-search", "--as-of", AS_OF, "--jobs", "2"]
    for _ in range(3):
        running = subprocess.Popen(
            command, cwd=platform.folder, env={**os.environ, "XDG_CACHE_HOME": str(platform.cache)},
            stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        time.sleep(chance.uniform(0.2, seconds))
        _kill(running, chance)
        running.wait()
    platform.build("--jobs", "2")
    assert tree(platform.folder / "out") == expected
    assert not list((platform.folder / "out").glob(".*"))


def _kill(running: "subprocess.Popen[bytes]", chance: random.Random) -> None:
    """Kill the program, all its processes, or one of its workers."""
    children = Path(f"/proc/{running.pid}/task/{running.pid}/children")
    with contextlib.suppress(OSError):
        match chance.choice(("program", "all", "worker")):
            case "worker" if workers := children.read_text("ascii").split():
                os.kill(int(chance.choice(workers)), signal.SIGKILL)
            case "all":
                os.killpg(running.pid, signal.SIGKILL)
            case _:
                running.kill()
