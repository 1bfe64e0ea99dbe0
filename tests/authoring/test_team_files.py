"""The files of ``gongkai init --ci``: each is run, or held against its published schema."""

import importlib.util
import re
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml
from support.machine import Machine
from support.team_site import make_site, write_policy

from generator.authoring.team.team_files import CodeHost

WORKFLOWS = {
    CodeHost.GITHUB: (".github/workflows/gongkai.yml", "vendor.github-workflows"),
    CodeHost.GITEA: (".gitea/workflows/gongkai.yml", "vendor.github-workflows"),
    CodeHost.GITLAB: (".gitlab-ci.yml", "vendor.gitlab-ci"),
    CodeHost.GITEE: (".workflow/gongkai.yml", ""),
}
COMMON = {
    ".gitattributes",
    ".gitignore",
    ".githooks/pre-commit",
    "requirements.txt",
    "deploy/publish.sh",
    "deploy/nginx.conf",
    "deploy/gongkai.service",
    "deploy/gongkai.timer",
    "deploy/gongkai-nginx.path",
    "deploy/gongkai-nginx.service",
}
UNITS = sorted(name for name in COMMON if name.endswith((".service", ".timer", ".path")))


def read_yaml(place: Path) -> Any:
    """Return a YAML file; ``on`` stays a word."""
    loader = type("Loader", (yaml.BaseLoader,), {})
    return yaml.load(place.read_text(encoding="utf-8"), loader)  # noqa: S506 - the base loader makes texts only


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return the machine of a webmaster."""
    return Machine(tmp_path / "home")


@pytest.mark.parametrize("code_host", CodeHost)
def test_a_code_host_gets_its_own_workflow_only(tmp_path: Path, code_host: CodeHost) -> None:
    """A site has the files for its own code host and none for another, and nothing that it does not need."""
    site = make_site(tmp_path / "site", code_host)
    names = {place.relative_to(site).as_posix() for place in site.rglob("*") if place.is_file()}
    others = names - COMMON - {"site_config.yaml", "content/pages/guide.md"}
    workflows = {name for name in others if not name.startswith(("vendor/", ".vscode/"))}
    assert names >= COMMON
    assert WORKFLOWS[code_host][0] in workflows
    assert workflows - {".workflow/publish.yml"} == {WORKFLOWS[code_host][0]}
    assert [name for name in names if (site / name).stat().st_mode & 0o100] == [
        name for name in names if name in {".githooks/pre-commit", "deploy/publish.sh"}
    ]


@pytest.mark.parametrize("code_host", [host for host, (_, schema) in WORKFLOWS.items() if schema])
def test_workflows_are_valid_by_their_schema(tmp_path: Path, code_host: CodeHost) -> None:
    """The workflow is valid by the published schema of its code host (Gitea runs GitHub's format)."""
    if importlib.util.find_spec("check_jsonschema") is None:
        pytest.skip("check-jsonschema is not installed")
    name, schema = WORKFLOWS[code_host]
    site = make_site(tmp_path / "site", code_host)
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema]
    ran = subprocess.run([*command, str(site / name)], capture_output=True, text=True, check=False)
    assert ran.returncode == 0, ran.stdout + ran.stderr
    text = (site / name).read_text(encoding="utf-8").replace("script:", "skript:").replace("runs-on:", "runs:")
    (site / name).write_text(text, encoding="utf-8")
    ran = subprocess.run([*command, str(site / name)], capture_output=True, text=True, check=False)
    assert ran.returncode == 1, "the schema accepts anything"


def commands_of(site: Path, code_host: CodeHost) -> list[str]:
    """Return the shell commands of a site's workflows, in their order."""
    commands: list[str] = []
    for place in [site / WORKFLOWS[code_host][0], *site.glob(".workflow/publish.yml")]:
        tree = read_yaml(place)
        if code_host is CodeHost.GITLAB:
            commands += [line for job in ("check", "publish") for line in tree[job]["script"]]
        elif code_host is CodeHost.GITEE:
            commands += [line for stage in tree["stages"] for step in stage["steps"] for line in step["commands"]]
        else:
            commands += [step["run"] for job in tree["jobs"].values() for step in job["steps"] if "run" in step]
    return [command for command in commands if not re.search(r"pip3? install|apt-get|yum", command)]


@pytest.mark.parametrize("code_host", CodeHost)
def test_the_commands_of_workflows_run(tmp_path: Path, machine: Machine, code_host: CodeHost) -> None:
    """On a clone the commands check a change against main, fail for a bad one, and build and verify the site."""
    origin, clone = make_site(tmp_path / "origin", code_host), tmp_path / "clone"
    machine.do("git init -q && git add . && git commit -qm 新建", origin)
    machine.do("git clone -q origin clone && cd clone && git checkout -qb change", tmp_path)
    write_policy(clone)
    machine.do("git add . && git commit -qm 一份", clone)
    base = machine.do("git rev-parse origin/main", clone).strip()
    variables = {
        "BASE": "origin/main",
        "CI_MERGE_REQUEST_DIFF_BASE_SHA": base,
        "CI_PIPELINE_SOURCE": "push",
        "XDG_CACHE_HOME": str(clone / ".cache"),
        "IF_DUE": "",
    }
    commands = commands_of(clone, code_host)
    assert sum("gongkai check" in command for command in commands) >= 1
    for command in commands:
        ran = machine.run(command, clone, **variables)
        assert ran.returncode == 0, f"{command}\n{ran.stderr}"
    assert (clone / "public/policies/p1/index.html").is_file()
    assert "没有设 DEPLOY_TARGET，只生成、核对了 public/" in ran.stderr
    write_policy(clone, disclosure="")
    checks = [command for command in commands if "gongkai check" in command]
    statuses = [machine.run(command, clone, **variables).returncode for command in checks]
    assert 1 in statuses, checks
    for report in (*clone.glob("gongkai.xml"), *clone.glob("gongkai.sarif")):
        assert "G001" in report.read_text(encoding="utf-8")


def test_the_published_site_gets_no_cache_of_a_change(tmp_path: Path) -> None:
    """Only jobs of the main branch read and write the cache, and no job runs a check with the key of the server."""
    for code_host in (CodeHost.GITHUB, CodeHost.GITEA):
        jobs = read_yaml(make_site(tmp_path / code_host, code_host) / WORKFLOWS[code_host][0])["jobs"]
        assert "actions/cache" not in str(jobs["check"])
        assert "secrets." not in str(jobs["check"])
        assert "refs/heads/main" in jobs["publish"]["if"]
    jobs = read_yaml(make_site(tmp_path / "gitlab") / ".gitlab-ci.yml")
    assert "cache" not in jobs["check"]
    assert "$CI_DEFAULT_BRANCH" in jobs["publish"]["rules"][0]["if"]


# The hook


@pytest.fixture
def repository(tmp_path: Path, machine: Machine) -> Path:
    """Return a site in a repository with the hook in use and one commit that it has checked."""
    site = make_site(tmp_path / "我的 网站")
    machine.do("git init -q && git config core.hooksPath .githooks && git add . && git commit -qm 新建", site)
    return site


def test_the_hook_lets_a_good_document_pass(repository: Path, machine: Machine) -> None:
    """A good document is committed, whatever its name, and so is a duty that was missed and cannot be undone."""
    write_policy(repository, "补贴 办法.md", id="bt-2024-1", date_published="2024-08-30")
    ran = machine.run("git add . && git commit -m 一份", repository)
    assert ran.returncode == 0, ran.stderr
    assert "D001" in machine.run("gongkai check", repository).stderr, "nothing that the hook could have stopped"


def test_the_hook_stops_a_bad_document(repository: Path, machine: Machine) -> None:
    """A document without 公开属性 is not committed; the message names file, line and field."""
    write_policy(repository, "办法 二.md", id="bt-2", disclosure="")
    ran = machine.run("git add . && cd content && git commit -m 一份", repository)
    assert ran.returncode == 1
    assert "content/policies/办法 二.md:1: 公开属性" in ran.stderr
    assert machine.do("git log --format=%s", repository) == "新建\n"


def test_the_hook_has_the_line_ends_of_sh_on_windows(repository: Path, machine: Machine) -> None:
    """A clone by a git that writes CRLF, as on Windows, has a hook and a script that sh can run."""
    machine.do("git -c core.autocrlf=true clone -q '我的 网站' clone", repository.parent)
    clone = repository.parent / "clone"
    assert b"\r\n" in (clone / "site_config.yaml").read_bytes()
    for name in (".githooks/pre-commit", "deploy/publish.sh"):
        assert b"\r" not in (clone / name).read_bytes()


def test_the_hook_looks_into_the_virtual_environment_first(repository: Path, machine: Machine) -> None:
    """The gongkai of ``./.venv/bin`` is used before the one of the PATH."""
    place = repository / ".venv/bin/gongkai"
    place.parent.mkdir(parents=True)
    place.write_text('#!/bin/sh\necho "venv $*" >&2\n', encoding="utf-8")
    place.chmod(0o755)
    ran = machine.run("git commit --allow-empty -m 空", repository)
    assert "venv check --since HEAD --fail-on blocking" in ran.stderr


def test_the_hook_says_that_gongkai_is_missing(repository: Path, machine: Machine) -> None:
    """Without gongkai nothing is committed, and the message says how to install it; a git with no PATH finds it."""
    bare = Path(shutil.which("git") or "").parent
    variables = {"PATH": f"{bare}:/usr/bin:/bin"}
    ran = machine.run("git commit --allow-empty -m 空", repository, **variables)
    assert ran.returncode == 1
    assert "没有提交：找不到 gongkai，不能核对。\n    改法: 在网站的文件夹里运行 python3 -m venv .venv" in ran.stderr
    local = machine.home / ".local/bin"
    local.mkdir(parents=True)
    shutil.copy(machine.programs / "gongkai", local)
    ran = machine.run("git commit --allow-empty -m 空", repository, **variables)
    assert ran.returncode == 0, ran.stderr


# The units of systemd


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd-analyze is not installed")
def test_systemd_accepts_the_units(tmp_path: Path) -> None:
    """``systemd-analyze verify`` has nothing to say about the units; a mistake in one would be reported."""
    site = make_site(tmp_path / "site")
    units = tmp_path / "units"
    units.mkdir()
    for name in UNITS:
        text = (site / name).read_text(encoding="utf-8")
        (units / Path(name).name).write_text(text.replace("/usr/bin/systemctl", "/bin/sh"), encoding="utf-8")

    def complaints() -> str:
        command = ["systemd-analyze", "verify", "--man=no", *map(str, sorted(units.iterdir()))]
        ran = subprocess.run(command, capture_output=True, text=True, check=False)
        return "\n".join(line for line in ran.stderr.splitlines() if str(units) in line or "gongkai" in line)

    assert complaints() == ""
    unit = units / "gongkai.service"
    unit.write_text(unit.read_text(encoding="utf-8").replace("ProtectSystem=strict", "ProtectSystem=stern"))
    assert "stern" in complaints()
