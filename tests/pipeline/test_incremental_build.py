"""A build after a build: what it leaves alone, what it writes, what it says."""

import re
from pathlib import Path
from typing import NoReturn

import pytest
from support.built_site import build_options, made
from support.git_repository import commit
from support.project import CONFIG, Project, Tree

from generator.domain.problems import OutputError
from generator.pipeline import build as recipe
from generator.pipeline.build import build
from generator.pipeline.options import Search
from generator.publish.output.site_tree import PreviousOutput, tree_of
from generator.publish.output.staging import Staging, open_staging


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """Return a site of three policies, an interpretation and a page that introduces a column."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG)
    for number in (1, 2, 3):
        project.policy(f"p{number}", f"第一条　第{number}件。\n\n" * 20, title=f"第{number}件")
    project.interpretation("i1", interprets="p1", title="第1件解读")
    project.document("pages/guide.md", {"title": "公开指南", "disclosure": "proactive"}, "第一段。\n")
    return project


def inodes(folder: Path) -> dict[str, int]:
    """Return which file lies at each path."""
    return {place.relative_to(folder).as_posix(): place.stat().st_ino for place in folder.rglob("*") if place.is_file()}


def changed(before: dict[str, int], after: dict[str, int]) -> set[str]:
    """Return the paths at which there is another file now."""
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def append(project: Project, path: str, words: str) -> None:
    """Add a paragraph to a source file."""
    with (project.folder / path).open("a", encoding="utf-8") as file:
        file.write(f"\n{words}\n")


def test_without_a_change_not_one_file_is_another(site: Project) -> None:
    """A second build leaves the folder itself and every file in it, the manifest too, the very same."""
    folder = made(site)
    before, place = inodes(folder), folder.stat().st_ino
    made(site)
    assert (inodes(folder), folder.stat().st_ino) == (before, place)


def test_words_alone_change_one_page_and_the_manifest(site: Project, tree: Tree) -> None:
    """A paragraph more in one text replaces its page and the manifest; every other file is the very same."""
    folder = made(site)
    before = inodes(folder)
    append(site, "content/policies/p2.md", "补充的一段。")
    made(site)
    assert changed(before, inodes(folder)) == {"policies/p2/index.html", "policies/p2/p2.docx", "manifest.json"}
    assert "补充的一段。" in (folder / "policies/p2/index.html").read_text(encoding="utf-8")
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold"))


@pytest.mark.parametrize("path", ["content/policies/p2.md", "content/interpretations/i1.md", "content/pages/guide.md"])
@pytest.mark.parametrize(
    "words",
    [
        "一段。",
        "见例人社发〔2024〕3号。",
        "## 另一节",
        "第九条　新的一条。",
        "附件：1. 申请表",
        "[链接](../policies/p3.md)",
        "此件主动公开",
        "| 甲 | 乙 |\n|---|---|\n| 1 | 2 |",
    ],
)
def test_whatever_is_added_a_warm_build_is_a_cold_one(site: Project, tree: Tree, path: str, words: str) -> None:
    """A text with anything more in it gives the same site warm and cold, where others show it and where not."""
    folder = made(site)
    append(site, path, words)
    made(site)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold"))


def test_words_that_must_not_be_public_stop_the_short_way_too(site: Project, tree: Tree) -> None:
    """An identity number that is added to a text stops the build, and the old site stays as it was."""
    good = tree(site.build())
    append(site, "content/policies/p2.md", "联系人身份证号 110101199003070134。")
    ran = site.run("build", "--no-search")
    assert (ran.status, tree(site.folder / "public")) == (1, good)
    assert "S001" in ran.err


def test_another_commit_changes_the_manifest_alone(site: Project) -> None:
    """A commit that changes no source is named in the manifest; nothing else is written."""
    commit(site.folder, "2024-05-08 09:00")
    folder = made(site)
    before = inodes(folder)
    commit(site.folder, "2024-05-08 10:00")
    made(site)
    assert changed(before, inodes(folder)) == {"manifest.json"}


def test_the_third_site_is_made_of_the_first(site: Project, tree: Tree) -> None:
    """A site that was exchanged away becomes the beginning of the next, with nothing of it left that is not in that."""
    folder = made(site)
    for title in ("甲", "乙", "丙"):
        site.policy("p2", title=title)
        if title == "乙":
            (site.folder / "content/policies/p3.md").unlink()
        assert tree(made(site)) == tree(made(site, f"../{title}", cache=site.cache / title))
    assert not (folder / "policies/p3").exists()
    assert (folder / "assets/style.css").stat().st_nlink > 1


def test_a_spare_site_with_a_foreign_file_is_not_used(tmp_path: Path) -> None:
    """A spare site into which somebody has put a file is thrown away, never published."""
    spare = PreviousOutput(tmp_path / "cache" / "spare")
    (tmp_path / "old").mkdir()
    staging = open_staging(tmp_path / "public", None, spare)
    record = tree_of(staging.folder, [staging.write("a/index.html", "x", b"a")])
    staging.folder.rename(tmp_path / "parked")
    spare.store(tmp_path / "parked", record)
    (tmp_path / "cache/spare/tree/a/foreign.html").write_text("x", encoding="utf-8")
    assert spare.take(tmp_path / "taken") is None
    assert not (tmp_path / "taken").exists()
    assert not (tmp_path / "cache/spare").exists()


def test_two_things_at_one_address_are_an_error(tmp_path: Path) -> None:
    """Two files for one path of the site end the build with the path, whichever process wrote them."""
    staging = open_staging(tmp_path / "public", None, PreviousOutput(tmp_path / "spare"))
    one = staging.write("a/index.html", "x", b"a")
    with pytest.raises(OutputError, match=r"a/index\.html"):
        staging.finish([one, one])


def test_timings_list_every_stage(site: Project) -> None:
    """``--timings`` prints seconds and memory of every stage to the person; programs read the seal alone."""
    ran = site.run("build", "--no-search", "--timings")
    assert (ran.status, len(ran.out.split())) == (0, 1)
    for stage in ("启动", "查看变化", "读取文件", "核对规则", "生成页面", "写入网站"):
        assert re.search(rf"^{stage}\s+\d+\.\d\d +\d+ +\d+$", ran.err, re.MULTILINE), stage
    total = re.search(r"^合计\s+(\d+\.\d\d)$", ran.err, re.MULTILINE)
    stages = re.findall(r"^\S+\s+(\d+\.\d\d) +\d+ +\d+$", ran.err, re.MULTILINE)
    assert total
    assert abs(float(total[1]) - sum(map(float, stages))) < 0.1


def refuse(*_: object) -> NoReturn:
    pytest.fail("a full build was made")


def test_words_alone_change_the_page_and_its_search_entry(
    site: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With a search index too, words alone are no full build: page and bundle are made as a cold build makes them."""
    folder = made(site, with_search=True)
    before = inodes(folder)
    append(site, "content/policies/p2.md", "补充的一段。")
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "_full_build", refuse)
        made(site, with_search=True)
    touched = {path for path in changed(before, inodes(folder)) if not path.startswith("search/")}
    assert touched == {"policies/p2/index.html", "policies/p2/p2.docx", "manifest.json"}
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))


def test_words_alone_are_no_full_build_where_search_is_switched_off(
    site: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A site whose config has no index takes the same way."""
    site.write("site_config.yaml", CONFIG + "search: none\n")
    folder = made(site, with_search=True)
    append(site, "content/policies/p2.md", "补充的一段。")
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "_full_build", refuse)
        made(site, with_search=True)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))


def test_a_long_text_may_grow(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """How long a text is matters to nobody beyond the words that rules ask for."""
    site.policy("p2", "第一条　申请人应当提交材料，并对其真实性负责。\n\n" * 12, title="第2件")
    made(site)
    append(site, "content/policies/p2.md", "补充的一段。")
    monkeypatch.setattr(recipe, "_full_build", refuse)
    made(site)


def test_a_text_that_becomes_a_double_is_found(site: Project) -> None:
    """Where words alone make two texts the same, or different again, a build counts the findings of a cold one."""
    long_text = "第一条　申请人应当提交材料，并对其真实性负责。\n\n" * 12
    site.policy("p2", long_text + "补充的一段。", title="第2件")
    site.policy("p3", long_text, title="第3件")
    counts = []
    for extra in ("补充的一段。", "又一段。"):
        made(site)
        append(site, "content/policies/p3.md", extra)
        warm = build(build_options(site), site.folder / "public", search=Search.NONE)
        cold = build(build_options(site, cache=site.cache / "cold"), site.folder / "cold", search=Search.NONE)
        assert warm.other_counts == cold.other_counts
        counts.append(warm.other_counts)
    assert counts[0] != counts[1]


def test_words_that_a_preview_left_out_of_the_index_are_added_to_it(
    site: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """After saves of words with a kept index, the index is completed without a full build, as a cold build makes it."""
    folder = made(site, with_search=True)
    with monkeypatch.context() as patch:
        patch.setattr(recipe, "_full_build", refuse)
        for name in ("p2", "p3", "p2"):
            append(site, f"content/policies/{name}.md", "补充的一段。")
            build(build_options(site), folder, search=Search.KEEP)
        made(site, with_search=True)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))


def test_an_index_that_was_merged_while_the_rules_ran_is_that_of_a_cold_build(
    site: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With two processes the index is prepared before the rules have ended, and written as a cold build writes it."""
    monkeypatch.setattr(recipe, "_MANY_TEXTS", 0)
    folder = site.folder / "public"
    build(build_options(site, jobs=2), folder, search=Search.CURRENT)
    site.policy("p2", title="第2件新的名称")
    build(build_options(site, jobs=2), folder, search=Search.CURRENT)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))


def test_an_index_that_was_kept_is_made_by_the_next_whole_build(site: Project, tree: Tree) -> None:
    """What a preview kept is never taken for the site's own index."""
    made(site, with_search=True)
    append(site, "content/policies/p2.md", "补充的一段。")
    build(build_options(site), site.folder / "public", search=Search.KEEP)
    folder = made(site, with_search=True)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))
    append(site, "content/policies/p2.md", "再补充一段。")
    site.policy("p4", title="第4件")
    build(build_options(site), site.folder / "public", search=Search.KEEP)
    folder = made(site)
    assert tree(folder) == tree(made(site, "cold-none", cache=site.cache / "cold"))


def test_entries_of_a_build_that_was_killed_reach_no_index(site: Project, tree: Tree) -> None:
    """What a build read and never put in its place is in no index afterwards, though its entries were stored."""
    site.policy("p4", "第一条　不该公开的话。\n", title="第4件")
    with pytest.MonkeyPatch.context() as patch:
        made(site, with_search=True)
        site.policy("p4", "第一条　改过的话。\n", title="第4件改名")
        patch.setattr(Staging, "commit", refuse_to_commit)
        with pytest.raises(OutputError):
            made(site, with_search=True)
    site.policy("p4", "第一条　不该公开的话。\n", title="第4件")
    append(site, "content/policies/p2.md", "补充的一段。")
    folder = made(site, with_search=True)
    assert tree(folder) == tree(made(site, "cold", cache=site.cache / "cold", with_search=True))


def refuse_to_commit(*_: object) -> NoReturn:
    raise OutputError("断电", "")
