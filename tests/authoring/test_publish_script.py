"""``deploy/publish.sh``: one command builds, verifies, publishes; what fails leaves the published site as it is."""

import re
import shutil
from pathlib import Path

import pytest
from support.machine import Machine
from support.team_site import make_site, write_policy

pytestmark = pytest.mark.skipif(shutil.which("rsync") is None, reason="rsync is not installed")
PUBLISH = "sh deploy/publish.sh"


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return the machine of a webmaster whose ssh runs the commands for the server on the machine itself."""
    made = Machine(tmp_path / "home", {"DEPLOY_TARGET": str(tmp_path / "srv")})
    made.program(
        "ssh",
        'printf "%s\\0" "$*" >>"$HOME/ssh.log"\n'
        "while case $1 in -o | -p | -l | -i) true ;; *) false ;; esac; do\n"
        '[ "$1" != -i ] || cp "$2" "$HOME/key"\nshift 2\ndone\nshift\nexec sh -c "$*"',
    )
    return made


@pytest.fixture
def site(tmp_path: Path, machine: Machine) -> Path:
    """Return a site with one policy, committed."""
    made = make_site(tmp_path / "site")
    write_policy(made)
    machine.do("git init -q && git add . && git commit -qm 新建", made)
    return made


def releases(server: Path) -> list[str]:
    """Return the releases on the server, oldest first."""
    return sorted(place.name for place in (server / "releases").iterdir())


def current(server: Path) -> Path:
    """Return the release that is served."""
    return (server / "current").resolve()


def change(machine: Machine, site: Path, text: str) -> None:
    """Commit another text of the policy, in another second than the last release."""
    write_policy(site, body=f"{text}\n")
    machine.do(f"git add . && git commit -qm {text} && sleep 1", site)


def test_the_built_site_is_published_in_one_step(tmp_path: Path, machine: Machine, site: Path) -> None:
    """The whole site is in a release of its own that everybody can read; the seal is on standard output."""
    ran = machine.run(f"umask 077; {PUBLISH}", site)
    assert ran.returncode == 0, ran.stderr
    server = tmp_path / "srv"
    assert [current(server).name] == releases(server)
    seal = re.fullmatch(r"[0-9a-f]{64}\n", ran.stdout)
    assert seal
    machine.do(f"gongkai verify {server}/current/ --seal {ran.stdout.strip()}", site)
    page = server / "current/policies/p1/index.html"
    assert (page.stat().st_mode & 0o777, page.parent.stat().st_mode & 0o777) == (0o644, 0o755)
    assert current(server).name.endswith(machine.do("git rev-parse HEAD", site)[:7])


def test_what_fails_leaves_the_published_site(tmp_path: Path, machine: Machine, site: Path) -> None:
    """A blocking finding, a broken transfer and a wrong target end with an error; the published site is the old one."""
    machine.do(PUBLISH, site)
    server = tmp_path / "srv"
    before = current(server)
    write_policy(site, disclosure="")
    assert machine.run(PUBLISH, site).returncode == 1
    change(machine, site, "改过")
    broken = machine.program("rsync", "exit 23")
    assert machine.run(PUBLISH, site).returncode == 23
    broken.unlink()
    assert (current(server), releases(server)) == (before, [before.name])
    for target in ("srv", "somebody@host:srv", f"{server};id", "-oProxyCommand=id:/srv", "host:/srv/$(id)"):
        ran = machine.run(PUBLISH, site, DEPLOY_TARGET=target)
        assert (ran.returncode, "改法" in ran.stderr) == (2, True), target
    assert machine.run(PUBLISH, site, DEPLOY_KEEP="0").returncode == 2
    assert machine.run(f"{PUBLISH} --now", site).returncode == 2


def test_a_server_is_reached_with_its_pinned_key(tmp_path: Path, machine: Machine, site: Path) -> None:
    """Through ssh the same; the host key is the given one and is always checked; the key is private and goes away."""
    server = tmp_path / "srv"
    variables = {
        "DEPLOY_TARGET": f"deploy@rsj.example.gov.cn:{server}",
        "DEPLOY_KEY": "-----BEGIN KEY-----\r\nabc\r\n-----END KEY-----",
        "DEPLOY_KNOWN_HOSTS": "rsj.example.gov.cn ssh-ed25519 AAAA",
        "DEPLOY_PORT": "2222",
    }
    machine.do(PUBLISH, site, **variables)
    assert (current(server) / "index.html").is_file()
    calls = (machine.home / "ssh.log").read_text(encoding="utf-8").split("\0")[:-1]
    assert len(calls) == 3
    for call in calls:
        assert "BatchMode=yes -o StrictHostKeyChecking=yes -p 2222" in call
        assert "UserKnownHostsFile=" in call
        assert "deploy@rsj.example.gov.cn" in call or "-l deploy rsj.example.gov.cn" in call
    key = machine.home / "key"
    assert key.read_text(encoding="utf-8") == "-----BEGIN KEY-----\nabc\n-----END KEY-----\n"
    assert key.stat().st_mode & 0o077 == 0
    place = re.search(r"-i (\S+)", calls[0])
    assert place
    assert not Path(place[1]).exists()


def test_the_previous_release_is_one_command_away(tmp_path: Path, machine: Machine, site: Path) -> None:
    """``ln -sfn`` goes back, and a scheduled run does not undo it; the next commit is published as usual."""
    server = tmp_path / "srv"
    machine.do(PUBLISH, site)
    first = current(server)
    machine.do("sleep 1", site)
    change(machine, site, "错了的一次")
    machine.do(PUBLISH, site)
    assert "错了的一次" in (server / "current/policies/p1/index.html").read_text(encoding="utf-8")
    machine.do(f"ln -sfn releases/{first.name} {server}/current", site)
    assert "错了的一次" not in (server / "current/policies/p1/index.html").read_text(encoding="utf-8")
    assert "没有重新生成" in machine.run(f"{PUBLISH} --if-due", site).stderr
    assert current(server) == first
    change(machine, site, "改好了")
    machine.do(f"{PUBLISH} --if-due", site)
    assert "改好了" in (server / "current/policies/p1/index.html").read_text(encoding="utf-8")


def test_unchanged_files_are_not_stored_twice_and_old_releases_go(tmp_path: Path, machine: Machine, site: Path) -> None:
    """An unchanged file is one file in all releases; the newest are kept, and the one that is served always is."""
    server = tmp_path / "srv"
    machine.do(PUBLISH, site)
    first = current(server)
    for text in ("二", "三"):
        change(machine, site, text)
        machine.do(PUBLISH, site)
    assert len(releases(server)) == 3
    style = next(path.relative_to(first) for path in first.rglob("*.css"))
    assert len({(server / "releases" / name / style).stat().st_ino for name in releases(server)}) == 1
    change(machine, site, "四")
    machine.do(PUBLISH, site, DEPLOY_KEEP="1")
    assert releases(server) == [current(server).name]


def test_only_what_is_due_is_built(tmp_path: Path, machine: Machine, site: Path) -> None:
    """With ``--if-due`` nothing is built until there is a new commit, or the moment of ``gongkai next`` has come."""
    server = tmp_path / "srv"
    write_policy(site, expires_on="2099-12-30")
    machine.do(f"git commit -qam 有效期 && {PUBLISH} --if-due", site)
    commit = machine.do("git rev-parse HEAD", site)
    published = server / "published"
    assert published.read_text(encoding="utf-8") == f"{commit}2099-12-31\n"
    first = current(server)
    ran = machine.run(f"{PUBLISH} --if-due", site)
    assert "下一次：2099-12-31" in ran.stderr
    assert current(server) == first
    for moment in ("2026-01-01", "2026-01-01 09:00"):
        published.write_text(f"{commit}{moment}\n", encoding="utf-8")
        machine.do(f"sleep 1; {PUBLISH} --if-due", site)
        assert published.read_text(encoding="utf-8") == f"{commit}2099-12-31\n"
    assert len(releases(server)) == 3
    published.unlink()
    machine.do(f"sleep 1; {PUBLISH} --if-due", site)
    assert len(releases(server)) == 4


def test_new_commits_and_a_new_version_are_fetched(tmp_path: Path, machine: Machine, site: Path) -> None:
    """With ``--pull`` a commit of somebody else is published, and a new requirement is installed once."""
    machine.do("git clone -q site server", tmp_path)
    clone, server = tmp_path / "server", tmp_path / "srv"
    pip = clone / ".venv/bin/pip"
    pip.parent.mkdir(parents=True)
    pip.write_text('#!/bin/sh\necho "$*" >>"$HOME/pip.log"\n', encoding="utf-8")
    pip.chmod(0o755)
    for _ in range(2):
        machine.do(f"{PUBLISH} --pull --if-due", clone)
    assert (machine.home / "pip.log").read_text(encoding="utf-8") == "install --quiet --requirement requirements.txt\n"
    change(machine, site, "别人改的")
    machine.do(f"{PUBLISH} --pull --if-due", clone)
    assert "别人改的" in (server / "current/policies/p1/index.html").read_text(encoding="utf-8")
    shutil.move(tmp_path / "site", tmp_path / "away")
    ran = machine.run(f"{PUBLISH} --pull --if-due", clone)
    assert (ran.returncode, "注意：取不回最新的提交" in ran.stderr) == (0, True)


def test_uncommitted_work_is_pointed_out(machine: Machine, site: Path) -> None:
    """Publishing with changes that are not committed says so."""
    assert "还没有提交的改动" not in machine.run(PUBLISH, site).stderr
    write_policy(site, body="改了一半。\n")
    assert "注意：有还没有提交的改动，也会发布。" in machine.run(PUBLISH, site).stderr
