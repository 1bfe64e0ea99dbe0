"""``gongkai fleet build``: what changed is built, what failed stops nothing, and the summary says both."""

import json
import os
import subprocess
from pathlib import Path

from fleet.conftest import Platform
from support.program import run_program
from support.project import AS_OF, Tree


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
    before = os.stat(city_and_bureau.folder / "out" / "city").st_ino
    assert "没有变化 2 个" in city_and_bureau.build().err
    text = city_and_bureau.folder / "rsj" / "content" / "policies" / "p1.md"
    text.write_text(text.read_text("utf-8") + "\n第二条　新的一条。\n", "utf-8")
    ran = city_and_bureau.build()
    assert "已生成 1 个" in ran.err
    assert "没有变化 1 个" in ran.err
    assert os.stat(city_and_bureau.folder / "out" / "city").st_ino == before
    assert "新的一条" in city_and_bureau.page("rsj", "policies/p1")


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
    (city_and_bureau.folder / "out" / "rsj" / "manifest.json").unlink()
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
    """A theme in ``themes/`` beside ``SITES.yaml`` serves every site that names it; a change of it builds them again."""
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
    git = ("git", "-C", str(repository), "-c", "user.name=a", "-c", "user.email=a@example.com")
    run = {"check": True, "capture_output": True}
    subprocess.run(["git", "init", "-q", "-b", "main", str(repository)], **run)  # type: ignore[call-overload]
    subprocess.run([*git, "add", "."], **run)  # type: ignore[call-overload]
    subprocess.run([*git, "commit", "-qm", "一"], **run)  # type: ignore[call-overload]
    subprocess.run([*git, "tag", "v1"], **run)  # type: ignore[call-overload]
    made.policy("p2", date_published="2024-06-08")
    subprocess.run([*git, "add", "."], **run)  # type: ignore[call-overload]
    subprocess.run([*git, "commit", "-qm", "二"], **run)  # type: ignore[call-overload]
    platform.save(
        f"- {{id: old, git: 'file://{repository}', revision: v1}}\n- {{id: new, git: ./rsj, revision: main}}\n"
    )
    platform.build()
    out = platform.folder / "out"
    assert not (out / "old" / "policies" / "p2").exists()
    assert (out / "new" / "policies" / "p2").exists()
    assert "没有变化 2 个" in platform.build().err
    made.policy("p3", date_published="2024-07-08")
    subprocess.run([*git, "add", "."], **run)  # type: ignore[call-overload]
    subprocess.run([*git, "commit", "-qm", "三"], **run)  # type: ignore[call-overload]
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


def test_a_run_goes_on_where_it_was_killed(city_and_bureau: Platform) -> None:
    """The result of a site is stored when it is done: after a stop only the others are built."""
    city_and_bureau.build()
    (city_and_bureau.folder / "out" / "rsj" / "manifest.json").unlink()
    ran = city_and_bureau.build()
    rows = [line for line in ran.err.splitlines() if line.startswith(("city", "rsj"))]
    assert rows[0].endswith("没有变化")
    assert rows[1].endswith("已生成")


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
