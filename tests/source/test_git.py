"""Git: asked in a clean environment, nothing of the repository is run, and what it cannot say is said."""

import ast
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from support.built_site import build_here, made
from support.git_repository import commit, git
from support.program import Ran, run_program
from support.project import AS_OF, CONFIG, Project

from generator.domain.model import History
from generator.source.history import run_git
from generator.source.history.changes import changed_since
from generator.source.history.commits import parse_log
from generator.source.history.read_history import read_history
from generator.source.history.repository import content_commit, head_commit
from generator.source.history.run_git import HistoryGap

PUBLISHING = CONFIG + "versions:\n  publish: true\n"
SOURCE = Path(__file__).parents[2] / "generator"


@pytest.fixture
def site(tmp_path: Path) -> Project:
    """Return a site with one document that was changed once."""
    project = Project(tmp_path / "site", tmp_path / "cache")
    project.write("site_config.yaml", PUBLISHING)
    project.policy("p1", "第一条　标准500元。\n")
    commit(project.folder, "2024-05-08 09:00")
    project.policy("p1", "第一条　标准800元。\n")
    commit(project.folder, "2024-06-08 09:00")
    return project


def read(project: Project) -> History:
    return read_history(project.folder, project.cache / "cache.db")


def gap_of(project: Project) -> str:
    with pytest.raises(HistoryGap) as gap:
        read(project)
    return str(gap.value)


def check(project: Project, *arguments: str, **variables: str) -> Ran:
    """Run ``gongkai check`` in an environment with more variables."""
    environment = {"XDG_CACHE_HOME": str(project.cache), **variables}
    ran = run_program("check", "--as-of", AS_OF, *arguments, folder=project.folder, environment=environment)
    assert "Traceback" not in ran.err
    return ran


def ask_everything(project: Project) -> None:
    """Ask git all that the program ever asks."""
    shutil.rmtree(project.cache, ignore_errors=True)
    assert head_commit(project.folder)
    assert content_commit(project.folder)
    assert len(read(project).files["content/policies/p1.md"].revisions) == 2
    changed_since(project.folder, "HEAD~1")
    made(project)


# ---------------------------------------------------------------- nothing of the repository is run


def test_git_is_started_in_one_place() -> None:
    """Only run_git.py starts git; the other places that start a program start Pagefind or LibreOffice."""
    starting = set()
    for path in SOURCE.rglob("*.py"):
        tree = ast.parse(path.read_text("utf-8"))
        words = {
            node.value for node in ast.walk(tree) if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
        imports = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
        if "subprocess" in imports and "git" in words:
            starting.add(path.relative_to(SOURCE).as_posix())
        assert "os.system" not in path.read_text("utf-8")
    assert starting == {"source/history/run_git.py"}


EVIL = {
    "core.fsmonitor": "{run}",
    "core.hooksPath": "{hooks}",
    "core.pager": "{run}",
    "pager.log": "{run}",
    "pager.diff": "{run}",
    "diff.external": "{run}",
    "diff.md.textconv": "{run}",
    "diff.md.command": "{run}",
    "filter.evil.clean": "{run}",
    "filter.evil.smudge": "{run}",
    "filter.evil.process": "{run}",
    "filter.evil.required": "true",
    "filter.a=b.clean": "{run}",
    "log.showSignature": "true",
    "gpg.program": "{run}",
    "gpg.ssh.program": "{run}",
    "gpg.format": "ssh",
    "core.sshCommand": "{run}",
    "core.gitProxy": "{run}",
    "core.editor": "{run}",
    "core.askPass": "{run}",
    "core.alternateRefsCommand": "{run}",
    "credential.helper": "!{run}",
    "alias.log": "!{run}",
    "alias.rev-parse": "!{run}",
    "alias.diff": "!{run}",
    "interactive.diffFilter": "{run}",
    "trace2.eventTarget": "{run}",
    "uploadpack.packObjectsHook": "{run}",
    "protocol.ext.allow": "always",
    "protocol.file.allow": "always",
    "remote.origin.url": "ext::{run}",
    "remote.origin.uploadpack": "{run}",
    "remote.origin.vcs": "evil",
    "submodule.recurse": "true",
    "diff.submodule": "log",
    "mailmap.file": "{fifo}",
    "diff.orderFile": "{fifo}",
    "core.attributesFile": "{fifo}",
    "core.excludesFile": "{fifo}",
    "color.ui": "always",
    "core.quotePath": "true",
    "diff.noprefix": "true",
    "diff.renames": "false",
    "log.follow": "true",
    "log.date": "relative",
    "format.pretty": "oneline",
    "i18n.logOutputEncoding": "GBK",
    "core.abbrev": "4",
}


def spoil(project: Project, tmp_path: Path) -> Path:
    """Give a repository every setting that could run a program or change what git prints; return what would be run."""
    ran = tmp_path / "ran"
    run = tmp_path / "evil.sh"
    run.write_text(f'#!/bin/sh\necho "$0 $@" >> {ran}\nexit 0\n', encoding="utf-8")
    run.chmod(0o755)
    hooks = tmp_path / "hooks"
    hooks.mkdir()
    os.mkfifo(tmp_path / "fifo")
    project.write(".gitattributes", "*.md filter=evil diff=md\n*.txt filter=a=b\n")
    project.write(".gitignore", "public/\n")
    commit(project.folder, "2024-06-09 09:00")
    for name in ("post-index-change", "reference-transaction", "fsmonitor-watchman", "post-checkout", "pre-auto-gc"):
        shutil.copy(run, hooks / name)
        shutil.copy(run, project.folder / ".git/hooks" / name)
    for key, value in EVIL.items():
        git(project.folder, "config", key, value.format(run=run, hooks=hooks, fifo=tmp_path / "fifo"))
    return ran


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no fifos here")
def test_no_setting_of_the_repository_runs_or_changes_anything(site: Project, tmp_path: Path) -> None:
    """With every setting that names a program, and with those that change what git prints, all is as before."""
    before = read(site)
    expected = {place: place.read_bytes() for place in made(site).rglob("*.html")}
    ran = spoil(site, tmp_path)
    site.policy("p1", "第一条　标准900元。\n")
    site.write("content/policies/files/新.txt", "新")
    shutil.rmtree(site.cache)
    run_git._SECONDS, seconds = 20, run_git._SECONDS  # a fifo that is opened would hang as long as git may
    try:
        assert read(site).files == before.files
        changes = changed_since(site.folder, "HEAD")
        assert changes.touched == {"content/policies/p1.md", "content/policies/files/新.txt"}
        site.policy("p1", "第一条　标准800元。\n")
        shutil.rmtree(site.folder / "content/policies/files")
        made(site)
        assert check(site, "--since", "HEAD~1").status == 0
    finally:
        run_git._SECONDS = seconds
    assert {place: place.read_bytes() for place in expected} == expected
    assert not ran.exists(), ran.read_text()


def test_a_missing_object_is_not_fetched(site: Project, tmp_path: Path) -> None:
    """Where an object is missing nothing goes out to fetch it, whatever the remote is called: it is a gap."""
    ran = spoil(site, tmp_path)
    git(site.folder, "config", "extensions.partialClone", "origin")
    git(site.folder, "config", "core.repositoryFormatVersion", "1")
    git(site.folder, "config", "remote.origin.promisor", "true")
    old = git(site.folder, "rev-parse", "HEAD~2:content/policies/p1.md").strip()
    ran.unlink(missing_ok=True)  # our own git may have been made to run it
    (site.folder / ".git/objects" / old[:2] / old[2:]).unlink()
    assert "git fsck" in gap_of(site)
    assert not ran.exists()
    assert "没有生成历史版本" in site.run("build", "--no-search").err


@pytest.mark.parametrize("place", ["content/evil.git", "content/policies/evil.git", "evil.git", "content", "."])
def test_a_bare_repository_in_the_folder_of_the_site_is_nothing(site: Project, tmp_path: Path, place: str) -> None:
    """A folder with HEAD, objects, refs and a config that runs programs, committed with the site, changes nothing."""
    before = read(site)
    ran = tmp_path / "ran"
    folder = site.folder / place
    git(tmp_path, "init", "-q", "--bare", str(tmp_path / "bare.git"))
    config = f'[core]\n\trepositoryformatversion = 0\n\tbare = false\n\tfsmonitor = "touch {ran}"\n\tworktree = /\n'
    for part in ("objects", "refs"):
        (folder / part).mkdir(parents=True, exist_ok=True)
        (folder / part / ".keep").write_text("", encoding="utf-8")
    (folder / "HEAD").write_text("ref: refs/heads/main\n", encoding="utf-8")
    (folder / "config").write_text(config, encoding="utf-8")
    commit(site.folder, "2024-07-08 09:00")
    assert read(site).files == before.files
    assert changed_since(site.folder, "HEAD~1").touched
    assert head_commit(site.folder) == git(site.folder, "rev-parse", "HEAD").strip()
    assert not ran.exists()


def test_a_site_in_a_folder_that_looks_like_a_bare_repository(tmp_path: Path) -> None:
    """Below the repository's top, a site's folder that looks like a bare repository has the history of the real one."""
    top = tmp_path / "top"
    project = Project(top / "sites/甲 乙", tmp_path / "cache")
    project.write("site_config.yaml", PUBLISHING)
    project.policy("p1", "第一条　标准500元。\n")
    for part in ("objects/.keep", "refs/.keep"):
        project.write(part, "")
    project.write("HEAD", "ref: refs/heads/main\n")
    project.write("config", f'[core]\n\tfsmonitor = "touch {tmp_path / "ran"}"\n')
    commit(top, "2024-05-08 09:00")
    project.policy("p1", "第一条　标准800元。\n")
    commit(top, "2024-06-08 09:00")
    assert list(read(project).files) == ["content/policies/p1.md"]
    assert changed_since(project.folder, "HEAD~1").touched == {"content/policies/p1.md"}
    assert (made(project) / "policies/p1/history/2024-05-08/index.html").is_file()
    assert not (tmp_path / "ran").exists()


def test_a_git_in_the_folder_of_the_site_is_not_run(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """A relative entry of PATH, or an empty one, finds no program in the site."""
    fake = site.write("git", "#!/bin/sh\ntouch ran\n")
    fake.chmod(0o755)
    monkeypatch.chdir(site.folder)
    monkeypatch.setenv("PATH", f".{os.pathsep}{os.pathsep}{os.environ['PATH']}")
    ask_everything(site)
    assert not (site.folder / "ran").exists()


def test_git_gets_a_clean_environment(site: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Of the caller's GIT_* nothing is handed on; what is asked of git is said on its command line."""
    real = shutil.which("git")
    folder = tmp_path / "bin"
    folder.mkdir()
    wrapper = folder / "git"
    wrapper.write_text(
        f'#!/bin/sh\nenv | grep ^GIT_ >> {tmp_path}/env\nenv | grep ^LC_ALL= >> {tmp_path}/env\n'
        f'echo "$@" >> {tmp_path}/argv\nexec {real} "$@"\n',
        encoding="utf-8",
    )  # fmt: skip
    wrapper.chmod(0o755)
    monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")
    for name in ("DIR", "WORK_TREE", "INDEX_FILE", "EXTERNAL_DIFF", "SSH_COMMAND", "CONFIG_PARAMETERS", "TRACE2",
                 "EXEC_PATH", "NAMESPACE", "CEILING_DIRECTORIES", "ALTERNATE_OBJECT_DIRECTORIES"):  # fmt: skip
        monkeypatch.setenv(f"GIT_{name}", f"/nowhere/{name}")
    ask_everything(site)
    told = (tmp_path / "env").read_text("utf-8")
    assert "/nowhere/" not in told
    assert {"LC_ALL=C", "GIT_TERMINAL_PROMPT=0", "GIT_OPTIONAL_LOCKS=0", "GIT_ALLOW_PROTOCOL=none"} <= set(
        told.splitlines()
    )
    for line in (tmp_path / "argv").read_text("utf-8").splitlines():
        assert "-c safe.bareRepository=explicit -c core.fsmonitor=false -c core.hooksPath=" in line


def test_replaced_commits_do_not_count(site: Project) -> None:
    """Git replace hides no commit: the history is what was committed."""
    first, second = git(site.folder, "rev-list", "--reverse", "HEAD").split()
    before = read(site)
    git(site.folder, "replace", "--graft", second)
    site.write("notes.txt", "别的")
    commit(site.folder, "2024-07-08 09:00")
    assert first
    assert read(site).files == before.files


# ---------------------------------------------------------------- hooks and work trees


def test_check_since_in_a_commit_hook(site: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    """In a hook of git, which sets GIT_DIR and GIT_INDEX_FILE, check --since HEAD sees what is being committed."""
    hook = site.folder / ".git/hooks/pre-commit"
    line = f"{sys.executable} -m generator check --as-of {AS_OF} --since HEAD --format json"
    hook.write_text(
        f"#!/bin/sh\nenv | grep ^GIT_ > ../hook.env\n{line} > ../found.json 2> ../said.txt\nexit 0\n", encoding="utf-8"
    )
    hook.chmod(0o755)
    site.policy("p2", "第二件，见[不在](p9.md)。\n")
    monkeypatch.setenv("XDG_CACHE_HOME", str(site.cache))
    monkeypatch.setenv("PYTHONPATH", str(SOURCE.parent))
    commit(site.folder, "2024-07-08 09:00")
    outside = site.folder.parent
    assert "GIT_INDEX_FILE" in (outside / "hook.env").read_text("utf-8")
    assert "H001" in {finding["rule"] for finding in json.loads((outside / "found.json").read_text("utf-8"))}
    assert "没有 git 历史" not in (outside / "said.txt").read_text("utf-8")


def test_a_variable_that_points_elsewhere_changes_nothing(site: Project, tmp_path: Path) -> None:
    """GIT_DIR of another repository does not replace the site's own; without one of its own the site has none."""
    other = Project(tmp_path / "other", tmp_path / "cache2")
    other.write("site_config.yaml", PUBLISHING)
    other.policy("p1", "第一条　别的。\n")
    commit(other.folder, "2024-05-08 09:00")
    for variables in ({"GIT_DIR": f"{other.folder}/.git"}, {"GIT_DIR": f"{other.folder}/.git", "GIT_WORK_TREE": "."}):
        assert "没有 git 历史" not in check(site, **variables).err
    lonely = Project(tmp_path / "lonely", tmp_path / "cache3")
    lonely.write("site_config.yaml", PUBLISHING)
    lonely.policy("p1", "第一条　没有仓库。\n")
    said = check(lonely, GIT_DIR=f"{other.folder}/.git", GIT_WORK_TREE=str(lonely.folder)).err
    assert "没有 git 历史，未核对 F021、F022、S005、S010、V005：这里不是 git 仓库" in said
    assert "GIT_DIR 不用" in said


def test_a_work_tree_beside_the_repository(site: Project, tmp_path: Path) -> None:
    """A work tree of git worktree has the history of its branch, also in a hook that names its folder."""
    git(site.folder, "worktree", "add", "-q", str(tmp_path / "beside"), "-b", "beside")
    beside = Project(tmp_path / "beside", tmp_path / "cache2")
    assert len(read(beside).files["content/policies/p1.md"].revisions) == 2
    beside.policy("p3", "第三件。\n")
    assert changed_since(beside.folder, "HEAD").touched == {"content/policies/p3.md"}
    assert "没有 git 历史" not in check(beside, GIT_DIR=f"{site.folder}/.git/worktrees/beside").err


def test_a_split_index_and_sha256_can_be_read(site: Project, tmp_path: Path) -> None:
    """Other forms of a repository are read as well: a split index, and SHA-256 objects."""
    git(site.folder, "update-index", "--split-index")
    site.policy("p1", "第一条　标准900元。\n")
    assert changed_since(site.folder, "HEAD").touched == {"content/policies/p1.md"}
    other = Project(tmp_path / "sha256", tmp_path / "cache2")
    other.write("site_config.yaml", PUBLISHING)
    other.policy("p1", "第一条　标准500元。\n")
    git(tmp_path, "init", "-q", "--object-format=sha256", "--initial-branch=main", str(other.folder))
    commit(other.folder, "2024-05-08 09:00")
    other.policy("p1", "第一条　标准800元。\n")
    commit(other.folder, "2024-06-08 09:00")
    ask_everything(other)


def test_ignored_files_and_line_ends_are_no_changes(site: Project) -> None:
    """What .git/info/exclude names, and line ends that git translates, are no changes since a revision."""
    (site.folder / ".git/info/exclude").write_text("*.tmp\n", encoding="utf-8")
    site.write("content/policies/a.tmp", "暂存")
    git(site.folder, "config", "core.autocrlf", "true")
    place = site.folder / "content/policies/p1.md"
    place.write_bytes(place.read_bytes().replace(b"\n", b"\r\n"))
    changes = changed_since(site.folder, "HEAD")
    assert not changes.touched


# ---------------------------------------------------------------- what cannot be asked is said


def test_a_repository_of_somebody_else_is_said(site: Project) -> None:
    """A repository of another owner is not read; check says so with the command that helps."""
    if os.geteuid() != 0:
        pytest.skip("only root can give files away")
    for place in (site.folder, *site.folder.rglob("*")):
        os.lchown(place, 12345, 12345)
    said = check(site, HOME=str(site.cache)).err
    assert "没有 git 历史，未核对 F021、F022、S005、S010、V005" in said
    assert f"git config --global --add safe.directory {site.folder}" in said
    assert "没有生成历史版本" in site.run("build", "--no-search").err
    since = check(site, "--since", "HEAD", HOME=str(site.cache))
    assert since.status == 2
    assert "safe.directory" in since.err


@pytest.mark.parametrize("spoilt", ["HEAD", "objects", "index", "refs", "config", "a tree", "a commit"])
def test_a_damaged_repository_is_said(site: Project, spoilt: str) -> None:
    """Where a part of the repository is broken or missing, the history is not taken for empty."""
    folder = site.folder / ".git"
    if spoilt == "HEAD":
        (folder / "HEAD").write_text("nonsense", encoding="utf-8")
    elif spoilt == "config":
        (folder / "config").write_text("[core\n", encoding="utf-8")
    elif spoilt.startswith("a "):
        name = git(site.folder, "rev-parse", "HEAD~1^{tree}" if spoilt == "a tree" else "HEAD~1").strip()
        (folder / "objects" / name[:2] / name[2:]).unlink()
    elif spoilt == "index":
        (folder / "index").write_bytes(b"nonsense")
    else:
        shutil.rmtree(folder / spoilt)
    if spoilt == "index":
        ran = check(site, "--since", "HEAD")
        assert ran.status == 2
        assert "--since 要用 git" in ran.err
        return
    ran = check(site)
    assert "没有 git 历史，未核对 F021、F022、S005、S010、V005" in ran.err
    built = site.run("build", "--no-search")
    assert "Traceback" not in built.err
    assert "没有生成历史版本" in built.err


def test_without_git_a_build_says_why_there_are_no_versions(site: Project, tmp_path: Path) -> None:
    """Where versions are asked for and there is no git, or no repository, the build says why there are none."""
    shutil.rmtree(site.folder / ".git")
    assert "这里不是 git 仓库" in build_here(site).versions_gap
    built = build_here(site)
    assert "这里不是 git 仓库" in built.versions_gap  # also where nothing has changed
    commit(site.folder, "2024-05-08 09:00")
    site.policy("p1", "第一条　标准900元。\n")
    commit(site.folder, "2024-06-08 09:00")
    assert build_here(site).versions_gap == ""
    assert (site.folder / "public/policies/p1/history/2024-05-08/index.html").is_file()


def test_a_build_that_is_stopped_says_the_gap_too(site: Project) -> None:
    """Where a rule that needs the history blocks, a build that other findings stop says that it did not run."""
    shutil.rmtree(site.folder / ".git")
    site.write("site_config.yaml", CONFIG + "rules:\n  S005: {blocking: true}\n")
    site.policy("p1", "见[不在](p9.md)。\n")
    ran = site.run("build", "--no-search")
    assert ran.status == 1
    assert "没有 git 历史" in ran.err


# ---------------------------------------------------------------- whatever a commit holds


def raw_commit(project: Project, header: bytes, message: bytes = "改\n".encode()) -> None:
    """Commit what is in the index with a header of our own."""
    git(project.folder, "add", "--all")
    tree = git(project.folder, "write-tree").strip().encode()
    parent = git(project.folder, "rev-parse", "HEAD").strip().encode()
    data = b"tree " + tree + b"\nparent " + parent + b"\n" + header + b"\n\n" + message
    done = subprocess.run(
        ["git", "-C", str(project.folder), "hash-object", "-t", "commit", "-w", "--literally", "--stdin"],
        input=data, capture_output=True, check=True,
    )  # fmt: skip
    git(project.folder, "reset", "-q", "--hard", done.stdout.decode().strip())


GBK = "张三"
PERSON = b"zs <zs@example.gov.cn>"


HEADERS = [
    b"author %s 253402300800 +0800\ncommitter %s 253402300800 +0800" % (PERSON, PERSON),
    b"author %s 99999999999999999999 +0800\ncommitter %s 99999999999999999999 +0800" % (PERSON, PERSON),
    b"author %s -5000000000 +0800\ncommitter %s -5000000000 +0800" % (PERSON, PERSON),
    b"author %s nonsense\ncommitter %s nonsense" % (PERSON, PERSON),
    b"author %s 0 +9999\ncommitter %s 0 -9999" % (PERSON, PERSON),
    b"author \ncommitter ",
    b"author <> 1717800000 +0800\ncommitter <> 1717800000 +0800",
    b"author " + GBK.encode("gbk") + b" <zs@a.cn> 1720000000 +0800\ncommitter " + GBK.encode("gbk")
    + b" <zs@a.cn> 1720000000 +0800",
    b"author " + GBK.encode("gbk") + b" <zs@a.cn> 1720000000 +0800\ncommitter " + GBK.encode("gbk")
    + b" <zs@a.cn> 1720000000 +0800\nencoding GBK",
    b"author a\x1fb\x02c\x1b[31m <zs\x1f@a.cn> 1720000000 +0800\ncommitter \xff\xfe <\xff> 1720000000 +0800",
    b"author x <x> 1720000000 +0800\ncommitter x <x> 1720000000 +0800\nencoding no-such-encoding",
    b"author x <x> 1720000000 +0800\ncommitter x <x> 1720000000 +0800\ngpgsig -----BEGIN PGP SIGNATURE-----\n \n x",
]  # fmt: skip


def test_no_commit_makes_a_traceback(site: Project) -> None:
    """Commits of the year 10000, before 1970, without a day, in GBK or any bytes are read; the program goes on."""
    site.write("site_config.yaml", PUBLISHING + "  commit_subjects: true\n")
    for number, header in enumerate(HEADERS):
        site.policy("p1", f"第一条　标准{number}元。\n")
        raw_commit(site, header, "按例人社发〔2024〕1号改\x1b[31m".encode("gbk") + b"\xff\x02\x1f\n")
    for arguments in (("check",), ("build", "--no-search"), ("digest",), ("audit",), ("inspect",)):
        ran = site.run(*arguments)
        assert "Traceback" not in ran.err, ran.err
        assert ran.status in {0, 1}
    assert len(read(site).files["content/policies/p1.md"].revisions) == 2 + len(HEADERS)


def test_words_of_a_commit_are_read_in_both_encodings(site: Project) -> None:
    """A name and a subject in GBK without a declared encoding are read, without control characters."""
    site.policy("p1", "第一条　标准900元。\n")
    header = b"author %s <z> 1720000000 +0800\ncommitter %s <z> 1720000000 +0800" % ((GBK.encode("gbk"),) * 2)
    site.policy("p7", "第七件。\n")
    raw_commit(site, header, "提高标准\x1b[0m".encode("gbk"))
    assert read(site).files["content/policies/p7.md"].author.name == GBK
    assert read(site).files["content/policies/p1.md"].revisions[-1].subject == "提高标准 [0m"


def test_names_of_files_that_are_no_text(site: Project) -> None:
    """File names in GBK, with line feeds, tabs or quotes are read or passed over; nothing fails."""
    for name in ("通知".encode("gbk") + b".md", b"a\nb.md", b"a\tb.md", b'a"b.md', b":x.md", b"\x02y.md"):
        place = os.fsencode(site.folder) + b"/content/policies/" + name
        shutil.copyfile(site.folder / "content/policies/p1.md", place)
    commit(site.folder, "2024-07-08 09:00")
    assert "content/policies/p1.md" in read(site).files
    for arguments in (("check",), ("check", "--since", "HEAD~1"), ("digest",), ("build", "--no-search")):
        assert "Traceback" not in site.run(*arguments).err


def test_texts_in_the_past_may_be_anything(site: Project) -> None:
    """A former text in GBK, of zero bytes or with a NUL closes what is before it and stops nothing."""
    for number, data in enumerate((b"\xbc\xd7", b"", b"\0\0", b"\xff" * 99, b"---\n" * 5000)):
        site.write("content/policies/p1.md", data)
        commit(site.folder, f"2024-07-0{number + 1} 09:00")
    site.policy("p1", "第一条　标准900元。\n")
    commit(site.folder, "2024-08-01 09:00")
    made(site)
    assert not list((site.folder / "public").rglob("*history*"))


def test_any_output_of_git_can_be_parsed() -> None:
    """Broken output is read as far as it goes."""
    for data in (b"", b"\0\0", b"\x02", b"\x02x\0a", b":", b"\x021\0a\0b\0c\0\n:100644 100644 a b M", b"\x02-\0\0\0"):
        assert len(parse_log(data)) == data.count(b"\x02")
