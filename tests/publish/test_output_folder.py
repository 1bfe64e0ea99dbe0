"""The output folder: the same bytes from every way of building, and never half a site."""

import contextlib
import errno
import io
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from support.built_site import assert_whole, build_here, leftovers, made
from support.project import AS_OF, CONFIG, Project, Tree

from generator.domain.problems import GongkaiError, OutputError
from generator.publish.output import staging as output_module
from generator.publish.output.site_tree import PreviousOutput, SiteTree
from generator.publish.theme.environment import Theme
from generator.source import load as load_module
from generator.source.theme_files import default_theme
from generator.support import cache as cache_module

PIXEL = '<svg xmlns="http://www.w3.org/2000/svg"/>'


@pytest.fixture
def small(project: Project) -> Project:
    """Return a site of a few documents with an attachment and an image."""
    for number in range(1, 5):
        project.policy(f"p{number}", title=f"第{number}件", date_published=f"2024-05-1{number}")
    project.interpretation("i1", "如图。\n\n![图](图.svg)\n", date_published="2024-05-12")
    project.write("content/interpretations/图.svg", PIXEL)
    project.write("content/notices/名单.csv", "甲,乙\n")
    rows = "\n  - {title: 名单, file: 名单.csv, disclosure: proactive}"
    fields = {"title": "名单", "disclosure": "proactive", "date_published": "2024-08-01", "attachments": rows}
    project.document("notices/n1.md", fields)
    return project


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Project:
    """Return a site of 200 documents that takes a while to build."""
    folder = tmp_path_factory.mktemp("large")
    project = Project(folder / "site", folder / "cache")
    project.write("site_config.yaml", CONFIG)
    for number in range(1, 201):
        body = "".join(f"第{place}条　第{number}件的第{place}款。\n\n" for place in range(1, 40))
        project.policy(f"p{number}", body, title=f"第{number}件")
    return project


def stamps(folder: Path) -> dict[str, tuple[int, int]]:
    """Return which file lies at each path, and when it was written."""
    return {
        path.relative_to(folder).as_posix(): ((facts := path.stat()).st_ino, facts.st_mtime_ns)
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def started(project: Project, *arguments: str, output: str = "public") -> subprocess.Popen[bytes]:
    """Start a real build in a process group of its own."""
    command = [sys.executable, "-m", "generator", "build", "--no-search", "-o", output, "--as-of", AS_OF, *arguments]
    environment = {**os.environ, "XDG_CACHE_HOME": str(project.cache), "PYTHONUTF8": "1"}
    return subprocess.Popen(
        command,
        cwd=project.folder,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )


def staged(project: Project) -> int:
    """Return how many files lie in the folders that builds are making at this moment; -1 without any."""
    found = [place for place in project.folder.iterdir() if place.name.startswith(".public.gongkai-")]
    return sum(len(files) for place in found for _, _, files in os.walk(place)) if found else -1


# The same bytes


def test_any_number_of_processes_gives_the_same_bytes(large: Project, tree: Tree) -> None:
    """One process and two, a cold cache and a warm one, a new folder and an old one all give the same files."""
    one = tree(made(large, "one", jobs=1, cache=large.cache / "a"))
    two = tree(made(large, "two", jobs=2, cache=large.cache / "b"))
    again = tree(made(large, "one", jobs=2, cache=large.cache / "a"))
    other = tree(made(large, "three", jobs=1, cache=large.cache / "b"))
    assert len(one) > 200
    assert one == two == again == other


def test_the_command_and_its_options_give_the_same_bytes(small: Project, tree: Tree) -> None:
    """``--jobs 1``, ``--jobs 2``, ``--clean`` and a second run of the command give the same files, search included."""
    trees = []
    for name, arguments in (("a", ["--jobs", "1"]), ("b", ["--jobs", "2"]), ("a", []), ("a", ["--clean"])):
        ran = small.run("build", "-o", name, *arguments)
        assert ran.status == 0, ran.err
        trees.append(tree(small.folder / name))
    assert trees[0] == trees[1] == trees[2] == trees[3]
    assert any(path.endswith(".pf_fragment") for path in trees[0])
    assert_whole(small.folder / "a")


def test_a_project_elsewhere_gives_the_same_bytes(small: Project, tmp_path: Path, tree: Tree) -> None:
    """The same sources in another folder, copied in another order, give the same files."""
    moved = Project(tmp_path / "else" / "where", tmp_path / "cache2")
    for place in sorted(small.folder.rglob("*"), reverse=True):
        if place.is_file():
            moved.write(place.relative_to(small.folder).as_posix(), place.read_bytes())
    assert tree(made(moved)) == tree(made(small))


def test_a_second_build_rewrites_nothing(small: Project) -> None:
    """Building again without a change leaves every file the very same one, but for the manifest's copy."""
    site = made(small, with_search=True)
    before = stamps(site)
    made(small, with_search=True)
    after = stamps(site)
    assert set(after) == set(before)
    assert {path for path in before if after[path] != before[path]} <= {"manifest.json"}


def test_a_second_build_renders_nothing(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Building again without a change renders no page; editing one document renders it and the lists that show it."""
    rendered: list[str] = []
    render = Theme.render

    def watched(theme: Theme, template: str, **values: Any) -> str:
        if template.startswith("parts/"):
            return render(theme, template, **values)
        rendered.append(values["page"].get("id") or template)
        return render(theme, template, **values)

    monkeypatch.setattr(Theme, "render", watched)
    made(small)
    assert {"p1", "p2", "i1", "n1", "home.html", "404.html"} <= set(rendered)
    rendered.clear()
    made(small)
    assert rendered == []
    small.policy("p4", "第一条　另一段。\n", title="第4件", date_published="2024-05-14")
    made(small)
    assert sorted(rendered) == ["catalogue.html", "item.html", "p4"]  # its opening is its summary there
    rendered.clear()
    small.policy("p4", "第一条　另一段。\n", title="改名", date_published="2024-05-14")
    made(small)
    assert set(rendered) == {"p4", "p3", "home.html", "list.html", "catalogue.html", "item.html", "group.html"}


def test_a_change_far_down_in_a_text_reaches_its_page(small: Project) -> None:
    """A page is made again when only its text has changed, where no list, tag or summary shows it."""
    opening = "第一条　为了规范补贴发放，制定本办法。\n\n" * 20
    for end in ("旧的末尾。", "新的末尾。"):
        small.policy("p1", f"{opening}{end}\n", summary="补贴怎么发。")
        assert end in (made(small) / "policies/p1/index.html").read_text(encoding="utf-8")


def test_a_file_that_somebody_changed_is_made_again(small: Project, tree: Tree) -> None:
    """A page, a copy or the API that was edited or deleted in the output is right again after the next build."""
    site = made(small)
    good = tree(site)
    for path in (
        "policies/p1/index.html",
        "notices/n1/名单.csv",
        "api/documents.json",
        "assets/style.css",
        "index.html",
    ):
        (site / path).write_bytes(b"x")
    (site / "policies/p2/index.html").unlink()
    shutil.rmtree(site / "interpretations")
    made(small)
    assert tree(site) == good


# Warm is cold, whatever happened between


def _edit(project: Project, number: int, word: str) -> None:
    project.policy(
        f"p{number}", f"第一条　{word}。\n\n参照例人社发〔2024〕{number % 6 + 1}号。\n", title=f"{word}{number}"
    )


def _reword(project: Project, number: int, word: str) -> None:
    place = project.folder / f"content/policies/p{number}.md"
    if place.exists():
        place.write_text(place.read_text(encoding="utf-8") + f"\n另有{word}。\n", encoding="utf-8")


def _withhold(project: Project, number: int, word: str) -> None:
    hidden = {
        "disclosure": "withheld",
        "withhold_class": "N03",
        "withhold_note": "过程性信息",
        "review_on": "2027-06-30",
    }
    project.policy(f"p{number}", title=word, **hidden)


def _delete(project: Project, number: int, word: str) -> None:
    (project.folder / f"content/policies/p{number}.md").unlink(missing_ok=True)


def _rename(project: Project, number: int, word: str) -> None:
    place = project.folder / f"content/policies/p{number}.md"
    if place.exists():
        place.rename(project.folder / f"content/policies/p{number}-{len(word)}.md")


def _repeal(project: Project, number: int, word: str) -> None:
    project.policy(f"p{number + 20}", repeals=f"例人社发〔2024〕{number}号", title=word, date_published="2024-06-01")


def _interpret(project: Project, number: int, word: str) -> None:
    project.interpretation(f"i{number}", interprets=f"p{number}", title=f"{word}解读")


def _attach(project: Project, number: int, word: str) -> None:
    project.write(f"content/notices/表{number}.csv", word)
    rows = f"\n  - {{title: 表, file: 表{number}.csv, disclosure: proactive}}"
    fields = {"title": word, "disclosure": "proactive", "date_published": "2024-08-01", "attachments": rows}
    project.document(f"notices/n{number}.md", fields)


def _configure(project: Project, number: int, word: str) -> None:
    project.write("site_config.yaml", CONFIG.replace("政府信息公开", word) + f"list_size: {number + 4}\n")


def _translate(project: Project, number: int, word: str) -> None:
    project.write("themes/default/locale.yaml", f"site:\n  skip: {word}\n")
    project.write("themes/default/assets/own.txt", word * number)


def _redraw(project: Project, number: int, word: str) -> None:
    own = (default_theme() / "templates/document.html").read_text(encoding="utf-8")
    project.write(
        "themes/default/templates/document.html", own.replace("</article>", f"<p>{word}{number}</p></article>")
    )


def _tamper(project: Project, number: int, word: str) -> None:
    pages = sorted((project.folder / "public").rglob("*.html"))
    if pages:
        pages[number % len(pages)].write_text(word, encoding="utf-8")


CHANGES = (
    _edit,
    _reword,
    _reword,
    _redraw,
    _withhold,
    _delete,
    _rename,
    _repeal,
    _interpret,
    _attach,
    _configure,
    _translate,
    _tamper,
)
change = st.tuples(st.sampled_from(CHANGES), st.integers(1, 6), st.sampled_from(["甲", "乙乙", "丙丙丙"]))


@pytest.mark.slow
@settings(max_examples=12, derandomize=True, deadline=None, database=None, suppress_health_check=[HealthCheck.too_slow])
@given(steps=st.lists(st.lists(change, min_size=1, max_size=4), min_size=1, max_size=5))
def test_a_warm_build_is_a_cold_build(
    tmp_path_factory: pytest.TempPathFactory, steps: list[list[tuple[Callable[[Project, int, str], None], int, str]]]
) -> None:
    """After any edits, renames, deletions, repeals and tampering a warm build gives the bytes of a cold one."""
    folder = tmp_path_factory.mktemp("warm")
    project = Project(folder / "site", folder / "cache")
    project.write("site_config.yaml", CONFIG)
    for number in range(1, 7):
        _edit(project, number, "初")
    warm = read(made(project))
    for count, step in enumerate(steps):
        for act, number, word in step:
            act(project, number, word)
        disturbed = read(project.folder / "public")
        built = build_here(project)
        cold = build_here(project, f"../cold{count}", cache=folder / f"cold-cache{count}")
        assert built.blocking == cold.blocking
        warm = read(project.folder / "public")
        assert warm == (disturbed if built.blocking else read(folder / f"cold{count}"))
    shutil.rmtree(folder)


def read(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_disappears_from_the_sources_disappears_from_the_site(small: Project) -> None:
    """A document that is deleted, renamed or no longer public leaves no page, file, list entry or folder behind."""
    site = made(small)
    assert (site / "notices/n1/名单.csv").is_file()
    (small.folder / "content/notices/n1.md").unlink()
    (small.folder / "content/policies/p2.md").rename(small.folder / "content/policies/q2.md")
    _withhold(small, 3, "密")
    made(small)
    assert not (site / "notices").exists()
    assert not (site / "policies/p2").exists()
    assert not (site / "policies/p3").exists()
    assert (site / "policies/q2/index.html").is_file()
    assert not [path for path, data in read(site).items() if b"policies/p2/" in data or b"policies/p3/" in data]


# What is not ours


@pytest.mark.parametrize("manifest", [None, "not json", "[]", '{"generator": "other", "files": {}}', '{"files": {}}'])
def test_a_foreign_folder_is_not_replaced(small: Project, tree: Tree, manifest: str | None) -> None:
    """A folder without our manifest is refused, said so, and not touched."""
    small.write("public/index.html", "someone's")
    if manifest is not None:
        small.write("public/manifest.json", manifest)
    before = tree(small.folder)
    with pytest.raises(OutputError) as caught:
        made(small)
    assert "public" in caught.value.message
    assert "-o" in caught.value.hint
    assert tree(small.folder) == before


@pytest.mark.parametrize("path", ["policies/p1/注记.txt", "CNAME", "policies/p1/new/deep.html", ".htaccess"])
def test_a_foreign_file_in_our_folder_is_not_lost(small: Project, tree: Tree, path: str) -> None:
    """A file that somebody put into the output stops the build, by its name; nothing is touched."""
    made(small)
    small.write(f"public/{path}", "someone's")
    before = tree(small.folder / "public")
    ran = small.run("build", "--no-search")
    assert ran.status == 2
    assert path in ran.err
    assert "Traceback" not in ran.err
    assert tree(small.folder / "public") == before
    assert leftovers(small.folder) == []


def test_a_file_in_the_place_of_the_output_is_not_replaced(small: Project) -> None:
    """An output that is a file is refused and kept; an empty folder is taken."""
    small.write("public", "someone's")
    with pytest.raises(OutputError):
        made(small)
    assert (small.folder / "public").read_text() == "someone's"
    (small.folder / "empty").mkdir()
    assert_whole(made(small, "empty"))


def test_an_output_behind_a_symbolic_link_stays_behind_it(small: Project, tmp_path: Path) -> None:
    """Where the output is a link to a folder, the folder is replaced and the link stays."""
    (tmp_path / "www").mkdir()
    (small.folder / "public").symlink_to(tmp_path / "www")
    for _ in range(2):
        made(small)
        assert (small.folder / "public").is_symlink()
        assert_whole(tmp_path / "www")
    assert leftovers(tmp_path) == leftovers(small.folder) == []


def test_a_build_writes_only_its_output(small: Project, tree: Tree) -> None:
    """Beside the output folder nothing in the project is new, changed or gone."""
    before = tree(small.folder)
    ran = small.run("build", "-o", "public")
    assert ran.status == 0, ran.err
    after = {path: data for path, data in tree(small.folder).items() if not path.startswith("public/")}
    assert after == before
    assert {path.name for path in small.folder.iterdir()} == {"site_config.yaml", "content", "public"}


def test_a_check_writes_nothing(small: Project, tree: Tree) -> None:
    """``gongkai check`` leaves the project as it is."""
    before = tree(small.folder)
    assert small.check().status == 0
    assert tree(small.folder) == before


# What goes wrong on the way


def test_a_blocking_finding_leaves_the_old_site(small: Project, tree: Tree) -> None:
    """A blocking finding stops the build before anything is replaced."""
    old = tree(made(small))
    small.policy("p1", title=None)
    built = build_here(small)
    assert built.blocking
    assert built.files == 0
    assert tree(small.folder / "public") == old
    assert leftovers(small.folder) == []


class _Full(io.FileIO):
    """A file on a disk that has no room left."""

    def write(self, data: Any, /) -> int:
        super().write(bytes(data)[: len(data) // 2])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))


@pytest.mark.parametrize("room", [0, 1, 7, 20])
@pytest.mark.parametrize("warm", [True, False])
def test_a_full_disk_leaves_the_old_site(
    small: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch, room: int, *, warm: bool
) -> None:
    """A disk that is full after some files is an error that says so; the old site stays and nothing is left behind."""
    old = tree(made(small))
    small.write("site_config.yaml", CONFIG.replace("政府信息公开", "信息公开"))
    files = iter(range(room))

    def opened(place: str, mode: str, **options: Any) -> Any:
        return Path(place).open(mode, **options) if next(files, None) is not None else _Full(place, "x")

    monkeypatch.setattr(output_module, "open", opened, raising=False)
    with pytest.raises(OutputError) as caught:
        made(small, cache=None if warm else small.cache / "other")
    assert "磁盘满了" in caught.value.message
    assert tree(small.folder / "public") == old
    assert leftovers(small.folder) == []
    monkeypatch.undo()
    assert assert_whole(made(small))["files"]


def test_a_folder_that_cannot_be_written_is_said(small: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where the staging folder cannot be made the error names the place and the reason."""

    def refused(place: Path, *_: Any, **__: Any) -> None:
        raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(place))

    order = made(small)
    monkeypatch.setattr(Path, "mkdir", refused)
    with pytest.raises(OutputError) as caught:
        output_module.open_staging(order, None, PreviousOutput(small.cache / "spare"))
    assert "没有权限" in caught.value.message


@pytest.mark.parametrize("error", [KeyboardInterrupt, MemoryError, SystemExit])
@pytest.mark.parametrize("after", [0, 3, 12])
def test_an_interrupted_build_leaves_the_old_site(
    small: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch, error: type[BaseException], after: int
) -> None:
    """Whatever ends a build while it renders, the old site stays and no staging folder is left."""
    old = tree(made(small))
    small.write("site_config.yaml", CONFIG.replace("政府信息公开", "信息公开"))
    pages = iter(range(after))
    render = Theme.render

    def interrupted(theme: Theme, template: str, **values: Any) -> str:
        if next(pages, None) is None:
            raise error
        return render(theme, template, **values)

    monkeypatch.setattr(Theme, "render", interrupted)
    with pytest.raises(error):
        made(small)
    assert tree(small.folder / "public") == old
    assert leftovers(small.folder) == []
    monkeypatch.undo()
    assert_whole(made(small))


def test_an_exchange_that_fails_leaves_the_old_site(
    small: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where the old folder cannot be moved away the build says so, and the old site stays whole."""
    old = tree(made(small))
    small.policy("p1", title="新的标题")

    def refused(_new: Path, _old: Path) -> None:
        raise OSError(errno.EBUSY, os.strerror(errno.EBUSY))

    monkeypatch.setattr(output_module, "_swap_folders", refused)
    with pytest.raises(OutputError) as caught:
        made(small)
    assert "正被别的程序使用" in caught.value.message
    assert tree(small.folder / "public") == old
    assert leftovers(small.folder) == []


def test_without_an_exchange_two_renames_do(small: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch) -> None:
    """On a system that cannot exchange folders the new site takes the old one's place too; a failure takes it back."""

    def missing(*_: Any, **__: Any) -> None:
        raise OSError

    made(small)
    small.policy("p1", title="新的标题")
    monkeypatch.setattr("ctypes.CDLL", missing)
    site = made(small)
    assert "新的标题" in (site / "policies/p1/index.html").read_text(encoding="utf-8")
    assert leftovers(small.folder) == []
    old = tree(site)
    small.policy("p1", title="更新的标题")
    rename = Path.rename

    def once(place: Path, target: Path) -> Path:
        if target == site and not place.name.endswith("-old"):
            raise OSError(errno.EXDEV, os.strerror(errno.EXDEV))
        return rename(place, target)

    monkeypatch.setattr(Path, "rename", once)
    with pytest.raises(OutputError):
        made(small)
    assert tree(site) == old
    assert leftovers(small.folder) == []


@pytest.mark.usefixtures("ctrl_c")
@pytest.mark.parametrize("files", [1, 60, 150])
def test_ctrl_c_leaves_the_old_site(large: Project, tree: Tree, files: int) -> None:
    """Ctrl-C in the middle of a real build is said in one line; the old site stays and no staging folder is left."""
    old = tree(made(large))
    large.write("themes/default/locale.yaml", f"site:\n  skip: 跳过{files}\n")
    with started(large, "--jobs", "1") as build:
        assert reached(build, lambda: staged(large) >= files)
        build.send_signal(signal.SIGINT)
        _, said = build.communicate(timeout=60)
    assert build.returncode == 130
    assert "已中断" in said.decode()
    assert "Traceback" not in said.decode()
    assert tree(large.folder / "public") == old
    assert leftovers(large.folder) == []


def reached(build: subprocess.Popen[bytes], state: Callable[[], bool]) -> bool:
    """Look until a build has come to a state, or has ended; returns whether it is still running."""
    while build.poll() is None:
        if state():
            return True
    return False


def moments() -> Iterator[int]:
    """Yield how many staged files to wait for before each kill: before the folder is there, and at random after."""
    yield from (-1, 0)
    yield from random.Random(7).sample(range(1, 210), 6)  # noqa: S311 - the same moments in every run


@pytest.mark.slow
def test_a_killed_build_leaves_the_old_site_and_the_next_one_is_right(large: Project, tree: Tree) -> None:
    """However often a build is killed, and whenever, there is a whole site, and the next build is as a cold one."""
    site = made(large)
    for turn, files in enumerate(moments()):
        old = tree(site)
        large.write("themes/default/locale.yaml", f"site:\n  skip: 跳到{turn}\n")
        with started(large, "--jobs", "2") as build:
            reached(build, lambda files=files: staged(large) >= files)  # type: ignore[misc]
            os.killpg(build.pid, signal.SIGKILL)
        assert_whole(site)
        new = f"跳到{turn}".encode()
        assert tree(site) == old or all(new in page.read_bytes() for page in site.rglob("*.html"))
    with started(large, "--jobs", "2") as build:
        _, said = build.communicate(timeout=120)
    assert build.returncode == 0, said.decode()
    assert leftovers(large.folder) == []
    assert tree(site) == tree(made(large, "cold", cache=large.cache / "cold"))


@pytest.mark.slow
def test_a_hundred_kills_at_any_moment_do_no_harm(small: Project, tree: Tree) -> None:
    """Killed a hundred times at random moments, whatever has changed, the site is an old or a new one, whole."""
    chance = random.Random(3)  # noqa: S311 - the same moments in every run
    small.policy("p1", "第一条　原文。\n")
    start = time.monotonic()
    small.build()
    longest = time.monotonic() - start
    for turn in range(100):
        if turn % 3 == 0:  # everything, the words of one page, or a page more
            small.write("themes/default/locale.yaml", f"site:\n  skip: 跳到{turn}\n")
        elif turn % 3 == 1:
            small.policy("p1", f"第一条　原文。\n\n第{turn}次。\n")
        else:
            small.policy("p9", title=f"第{turn}次")
        with started(small, "--jobs", "2" if turn % 2 else "1") as build:
            time.sleep(chance.uniform(0, longest))
            with contextlib.suppress(ProcessLookupError):
                os.killpg(build.pid, signal.SIGKILL)
        assert_whole(small.folder / "public")
        if turn % 10 == 9:
            assert tree(small.build()) == tree(made(small, "cold", cache=small.cache / f"cold{turn}"))
            assert leftovers(small.folder) == []


def test_a_dead_builds_staging_folder_is_removed(small: Project) -> None:
    """The staging folder of a process that is no more is removed; that of a living one is not touched."""
    with subprocess.Popen([sys.executable, "-c", ""]) as dead:
        dead.wait()
    for pid in (dead.pid, os.getppid()):
        small.write(f".public.gongkai-{pid}/index.html", "half")
    made(small)
    assert leftovers(small.folder) == [f".public.gongkai-{os.getppid()}"]


def test_two_builds_at_once_both_end_in_a_whole_site(large: Project, tree: Tree) -> None:
    """Two builds of one site into one folder, with one cache, both succeed, and the site is that of a single build."""
    site = made(large)
    for turn in range(3):
        large.write("themes/default/locale.yaml", f"site:\n  skip: 同时{turn}\n")
        builds = [started(large, "--jobs", "1") for _ in range(2)]
        said = [build.communicate(timeout=120)[1].decode() for build in builds]
        assert [build.returncode for build in builds] == [0, 0], said
        assert_whole(site)
        assert leftovers(large.folder) == []
    assert tree(site) == tree(made(large, "alone", cache=large.cache / "alone"))


# The cache


@pytest.mark.parametrize("damage", ["deleted", "emptied", "noise", "half", "of another program", "rows"])
def test_a_damaged_cache_does_no_harm(small: Project, tree: Tree, damage: str) -> None:
    """Whatever becomes of the cache file, the next build succeeds and gives the same files."""
    good = tree(small.build())
    (place,) = small.cache.rglob("cache.db")
    for beside in place.parent.glob("cache.db-*"):
        beside.unlink()
    if damage == "deleted":
        place.unlink()
    elif damage == "emptied":
        place.write_bytes(b"")
    elif damage == "noise":
        place.write_bytes(bytes(range(256)) * 80)
    elif damage == "half":
        place.write_bytes(place.read_bytes()[: place.stat().st_size // 2])
    else:
        _damage_rows(place, foreign=damage == "of another program")
    assert tree(small.build()) == good
    small.policy("p1", title="新的标题")
    assert tree(small.build()) == tree(made(small, "cold", cache=small.cache / "cold"))


def _damage_rows(place: Path, *, foreign: bool) -> None:
    import sqlite3

    database = sqlite3.connect(place)
    with database:
        if foreign:
            database.execute("DROP TABLE pages")
            database.execute("PRAGMA user_version = 999")
        else:
            database.execute("UPDATE pages SET page = x'00112233'")
    database.close()


def test_a_cache_folder_that_cannot_be_made_is_said(small: Project) -> None:
    """A cache that cannot be written is an error in Chinese, not a traceback."""
    small.write("blocked", "a file")
    with pytest.raises((GongkaiError, OSError)):
        made(small, cache=small.folder / "blocked" / "x")
    environment = Project(small.folder, small.folder / "blocked")
    ran = environment.run("build", "--no-search")
    assert "Traceback" not in ran.err


def test_two_first_builds_end_in_a_whole_site(tmp_path: Path) -> None:
    """Of two builds that both began before there was an output folder, the later one's site stands there whole."""
    spare = PreviousOutput(tmp_path / "cache/spare")
    first = output_module.open_staging(tmp_path / "public", None, spare)
    second = output_module.Staging(tmp_path / ".second", first.target, first.started_from, first.live)
    second.folder.mkdir()
    first.write("index.html", "", b"first")
    second.write("index.html", "", b"second")
    with pytest.MonkeyPatch.context() as patch:
        first.commit(spare, SiteTree({}, {}))
        patch.setattr(Path, "exists", lambda _: False)  # the second looked before the first was there
        second.commit(spare, SiteTree({}, {}))
    assert (tmp_path / "public/index.html").read_bytes() == b"second"
    assert not second.folder.is_dir()


def test_another_version_of_a_library_takes_nothing_over(
    small: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What the cache holds is not used by a build that runs another version of a library."""
    made(small)
    before = cache_module.code_digest()
    for name in ("nh3", "jinja2"):
        (tmp_path / "lib" / name).mkdir(parents=True)
    (tmp_path / "lib/nh3-99.dist-info").mkdir()
    monkeypatch.setattr(
        cache_module, "find_spec", lambda name: SimpleNamespace(origin=str(tmp_path / "lib" / name / "__init__.py"))
    )
    cache_module.code_digest.cache_clear()
    try:
        assert cache_module.code_digest() != before
    finally:
        cache_module.code_digest.cache_clear()


def test_a_text_that_changes_during_a_build_is_not_taken_for_the_old_one(
    small: Project, tree: Tree, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A text that is saved after it was scanned and before it was parsed is never kept under the old one's key."""
    place = small.folder / "content/policies/p1.md"
    old = place.read_text(encoding="utf-8")
    parse = load_module.parse_file

    def saved(project: Path, path: str) -> Any:
        place.write_text(old + "\n另一段。\n", encoding="utf-8")
        return parse(project, path)

    with monkeypatch.context() as patch:
        patch.setattr(load_module, "parse_file", saved)
        made(small)
    place.write_text(old, encoding="utf-8")
    assert tree(made(small)) == tree(made(small, "cold", cache=small.cache / "cold"))
