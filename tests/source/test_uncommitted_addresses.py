"""V005 before the commit: an address of HEAD that the work tree no longer has, and what ends the finding."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from support.git_repository import commit
from support.project import CONFIG, Project


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return a site whose documents are committed."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", CONFIG)
    project.policy("p1")
    project.policy("p2", title="另一份通知")
    project.document("notices/n1.md", {"标题": "公告甲", "公开属性": "主动公开", "发布日期": "2024-05-08"})
    commit(project.folder, "2024-05-08 09:00")
    return project


def vanished(project: Project, *arguments: str) -> list[tuple[str, str, str]]:
    """Return file, field and hint of the findings of V005."""
    rows = json.loads(project.check("--select", "V005", *arguments).out)
    return [(row["path"], row["field"], row["hint"]) for row in rows]


def move(project: Project, old: str, new: str) -> None:
    target = project.folder / "content" / new
    target.parent.mkdir(parents=True, exist_ok=True)
    (project.folder / "content" / old).rename(target)


def change(project: Project, path: str, old: str, new: str) -> None:
    place = project.folder / "content" / path
    place.write_text(place.read_text(encoding="utf-8").replace(old, new, 1), encoding="utf-8")


CHANGES: dict[str, tuple[str, str, Callable[[Project], None]]] = {
    "a new name": ("policies/p01.md", "policies/p1/", lambda one: move(one, "policies/p1.md", "policies/p01.md")),
    "another folder": ("notices/p1.md", "policies/p1/", lambda one: move(one, "policies/p1.md", "notices/p1.md")),
    "another id": (
        "policies/p1.md",
        "policies/p1/",
        lambda one: change(one, "policies/p1.md", "title", "id: x1\ntitle"),
    ),
    "another column": (
        "policies/p1.md",
        "policies/p1/",
        lambda one: change(one, "policies/p1.md", "title", "column: notices\ntitle"),
    ),
    "another kind": (
        "responses/n1.md",
        "notices/n1/",
        lambda one: move(one, "notices/n1.md", "responses/n1.md"),
    ),
    "Chinese keys": ("notices/n2.md", "notices/n1/", lambda one: move(one, "notices/n1.md", "notices/n2.md")),
}


@pytest.mark.parametrize("name", CHANGES)
@pytest.mark.parametrize("is_committed", [False, True])
def test_one_alias_ends_it(project: Project, name: str, is_committed: bool) -> None:
    """Renaming, moving, another column or id: check gives one line, before and after the commit, which ends it."""
    path, address, apply = CHANGES[name]
    apply(project)
    if is_committed:
        commit(project.folder, "2024-06-08 09:00")
    key = "旧网址" if address.startswith("notices") else "aliases"
    line = f"{key}: [{address}]"
    [(place, _, hint)] = vanished(project)
    assert place == f"content/{path}"
    assert line in hint
    change(project, path, "---\n", f"---\n{line}\n")
    assert vanished(project) == []
    commit(project.folder, "2024-07-08 09:00")
    assert vanished(project) == []
    assert (project.build() / address / "index.html").is_file()


def test_there_and_back_again_does_not_loop(project: Project) -> None:
    """A name that is changed and changed back needs one alias at each step, and then nothing."""
    move(project, "policies/p1.md", "policies/p01.md")
    commit(project.folder, "2024-06-08 09:00")
    move(project, "policies/p01.md", "policies/p1.md")
    [(_, _, hint)] = vanished(project)
    assert "aliases: [policies/p01/]" in hint
    change(project, "policies/p1.md", "---\n", "---\naliases: [policies/p01/]\n")
    commit(project.folder, "2024-06-09 09:00")
    assert vanished(project) == []
    move(project, "policies/p1.md", "policies/p01.md")
    [(_, _, hint)] = vanished(project)
    assert "aliases: [policies/p1/]" in hint


def test_a_deletion_points_to_withdraw(project: Project) -> None:
    """A deleted file: the hint names ``gongkai withdraw``; a withdrawal ends it, before and after the commit."""
    (project.folder / "content/policies/p2.md").unlink()
    for arguments in ((), ("--since", "HEAD")):
        [(path, _, hint)] = vanished(project, *arguments)
        assert path == "site_config.yaml"
        assert "gongkai withdraw p2 --reason" in hint
    project.policy("p2", title="另一份通知")
    assert project.run("withdraw", "p2", "--reason", "误发", "--on", "2024-06-01").status == 0
    assert vanished(project) == []
    commit(project.folder, "2024-07-08 09:00")
    assert vanished(project) == []


def test_what_was_never_public_has_no_address(project: Project) -> None:
    """A new file, a change of words and a document that is not public in HEAD are no findings."""
    project.policy("p3", disclosure="withheld", withhold_class="N11", withhold_note="某")
    commit(project.folder, "2024-06-08 09:00")
    (project.folder / "content/policies/p3.md").unlink()
    project.policy("p4")
    change(project, "policies/p1.md", "第一条", "第一条　新的话。")
    assert vanished(project) == []
