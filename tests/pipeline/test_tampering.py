"""What somebody changes in the output folder never survives a build, however well its times are put back."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from support.built_site import build_here, made
from support.project import Project

from generator.domain.problems import OutputError

PAGE = "policies/p1/index.html"


def disguised(path: Path, change: Callable[[Path], object]) -> None:
    """Change a file, and put back all times that anybody can set: its own and those of the folders around it."""
    kept = [(place, place.stat()) for place in (path, *path.parents[:3])]
    change(path)
    for place, facts in kept:
        os.utime(place, ns=(facts.st_atime_ns, facts.st_mtime_ns), follow_symlinks=False)


def other_word(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data.replace("第一条".encode(), "第二条".encode()))
    assert path.stat().st_size == len(data)


def replaced(path: Path) -> None:
    other = path.with_name("other")
    shutil.copy2(path, other)
    other_word(other)
    other.replace(path)


def linked(path: Path) -> None:
    outside = path.parents[3] / "outside.html"
    outside.write_bytes(path.read_bytes())
    path.unlink()
    path.symlink_to(outside)


def hard_linked(path: Path) -> None:
    outside = path.parents[3] / "outside.html"
    shutil.copy2(path, outside)
    path.unlink()
    path.hardlink_to(outside)
    other_word(outside)


@pytest.mark.parametrize("change", [other_word, replaced, linked, hard_linked])
@pytest.mark.parametrize("then", ["nothing", "other words", "another document"])
def test_a_changed_page_is_made_again(project: Project, change: Callable[[Path], object], then: str) -> None:
    """A page of the same size and with its old times is not taken over: not by a build of nothing, of words, of all."""
    project.policy("p1")
    project.policy("p2")
    site = made(project)
    made(project, as_of="2026-06-02")  # so that two sites take turns
    made(project)
    was = (site / PAGE).read_bytes()
    disguised(site / PAGE, change)
    if then == "other words":
        project.policy("p2", "第一条　乙。\n")
    elif then == "another document":
        project.policy("p3")
    made(project)
    found = (site / PAGE).read_bytes()
    assert not (site / PAGE).is_symlink()
    assert found.replace(b"p3", b"") == was.replace(b"p3", b"") or "第一条".encode() in found
    assert "第二条".encode() not in found


@pytest.mark.parametrize("name", ["policies/p1/index2.html", "top.html", "assets/x.js"])
def test_a_file_that_was_added_is_found(project: Project, name: str) -> None:
    """A file that somebody put into the site, with the folder's time set back, stops the next build."""
    project.policy("p1")
    site = made(project)
    disguised(site / PAGE, lambda _: None)
    kept = [(place, place.stat()) for place in ((site / name).parent, site)]
    (site / name).write_text("<script>1</script>", encoding="utf-8")
    for place, facts in kept:
        os.utime(place, ns=(facts.st_atime_ns, facts.st_mtime_ns))
    with pytest.raises(OutputError) as caught:
        build_here(project)
    assert name in caught.value.message


def test_a_folder_with_other_rights_or_copied_is_the_same(project: Project) -> None:
    """Where the system's own times differ and nothing else does, the sums are compared once and nothing is made."""
    project.policy("p1")
    site = made(project)
    (site / PAGE).chmod(0o640)
    (site / "policies").chmod(0o750)
    moved = site.with_name("moved")
    shutil.copytree(site, moved)
    shutil.rmtree(site)
    moved.rename(site)
    before = {path: path.stat().st_ino for path in site.rglob("*")}
    made(project)
    made(project)
    assert {path: path.stat().st_ino for path in site.rglob("*")} == before
