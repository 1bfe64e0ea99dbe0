"""The handbook and the README can be followed: their commands are run, and print what they show."""

import re
import shutil
import subprocess
import time
import urllib.request
from pathlib import Path

import click
import pytest
from support.handbook import matches, other_commands, play, steps_of
from support.machine import ROOT, Machine

from generator.cli.program import program

HANDBOOK = ROOT / "docs/handbook"
PLAYED = sorted(place for place in HANDBOOK.glob("[0-9]*.md") if "```console" in place.read_text(encoding="utf-8"))
OFFLINE = "26"  # it installs packages: the slow test below


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return the machine of a reader, on a fixed day."""
    return Machine(tmp_path / "home", {"SOURCE_DATE_EPOCH": "1780275600"})  # 2026-06-01 09:00 in Beijing


@pytest.mark.slow
@pytest.mark.parametrize(
    "chapter", [place for place in PLAYED if place.name[:2] != OFFLINE], ids=lambda place: place.name[:2]
)
def test_the_commands_of_a_chapter_print_what_it_shows(chapter: Path, machine: Machine, tmp_path: Path) -> None:
    """Typed one after the other in an empty folder, the commands of a chapter do and print what it says."""
    text = chapter.read_text(encoding="utf-8")
    if "publish.sh" in text and shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    folder = tmp_path / "folder"
    folder.mkdir()
    play(text, machine, folder)


SITE = """\
gongkai init . --agency 示例市人力资源和社会保障局 --url https://rsj.example.gov.cn/zwgk/
cat >content/policies/rsf-2026-5.md <<'END'
---
标题: 示例市灵活就业人员社会保险补贴办法
索引号: MB2X01234/2026-00012
文号: 示例人社发〔2026〕5号
公开属性: 主动公开
成文日期: 2026-05-06
发布日期: 2026-05-08
---
第一条　为了规范灵活就业人员社会保险补贴的申领和发放，制定本办法。
END
mkdir -p 旧网站/rsj.example.gov.cn/zwgk/2019
cat >旧网站/rsj.example.gov.cn/zwgk/2019/t1.html <<'END'
<!doctype html><meta charset="utf-8"><title>停水通知</title><meta name="ArticleTitle" content="停水通知">
<meta name="PubDate" content="2019-05-08"><div id="zoom"><p>因管网检修，办事大厅五月九日停水一天。</p></div>
END
"""


@pytest.mark.parametrize("chapter", ["23", "24", "25"])
def test_the_commands_of_a_chapter_work_on_a_site(chapter: str, machine: Machine, tmp_path: Path) -> None:
    """What the chapters on withdrawal, moving in and the editor let a reader type works on a site."""
    folder = tmp_path / "site"
    folder.mkdir()
    machine.do(SITE, folder)
    (place,) = HANDBOOK.glob(f"{chapter}-*.md")
    play(place.read_text(encoding="utf-8"), machine, folder)
    if chapter == "23":
        assert "已撤下" in (folder / "public/policies/rsf-2026-5/index.html").read_text(encoding="utf-8")
    if chapter == "24":
        (page,) = (path for path in folder.glob("content/*/*.md") if "停水通知" in path.read_text(encoding="utf-8"))
        assert "2019/t1.html" in page.read_text(encoding="utf-8")
    if chapter == "25":
        assert (folder / "front-matter.schema.json").is_file()


def test_the_chapters_for_teams_are_played() -> None:
    """The chapters on git, going live, offline installation and working together have commands that are run."""
    assert {"21", "22", "26", "27"} <= {place.name[:2] for place in PLAYED}


@pytest.mark.parametrize("chapter", PLAYED, ids=lambda place: place.name[:2])
def test_commands_for_a_server_are_well_formed(chapter: Path, tmp_path: Path) -> None:
    """What is typed on a server is valid, and each file of ``deploy/`` that it names is written by init."""
    Machine(tmp_path / "home").do("gongkai init site --ci gitlab", tmp_path)
    for block in other_commands(chapter.read_text(encoding="utf-8")):
        ran = subprocess.run(["sh", "-n", "-c", block], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        for name in re.findall(r"\bdeploy/[\w.-]+", block):
            assert (tmp_path / "site" / name).is_file(), name


def test_a_wrong_output_is_noticed() -> None:
    """The comparison fails for another line, a line too many and one too few; … stands for any text."""
    assert matches("a\n…\nb …!\n", "a\nx\ny\nb c!\n")
    assert matches("…\n", "")
    assert matches("…-…\n", "1-2\n")
    assert not matches("…-…\n", "1-2\n3\n")
    assert not matches("a\n", "b\n")
    assert not matches("a\n", "a\nb\n")
    assert not matches("a\n…\nb\n", "a\n")
    steps = list(steps_of("```console 1\n$ true\n$ false\nno\n```\n```sh server\nrm -rf /\n```\n"))
    assert [(step.command, step.output, step.status) for step in steps] == [("true", "", 0), ("false", "no\n", 1)]


def test_the_table_of_commands_is_complete() -> None:
    """The handbook's first page names every command of the program, and says how many there are."""
    text = (HANDBOOK / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `gongkai ([a-z]+)", text, re.MULTILINE))
    assert listed == set(program.list_commands(click.Context(program)))


def test_chapters_have_the_numbers_of_their_links() -> None:
    """A link whose text is the number of a chapter leads to that chapter, and every chapter is in the contents."""
    for place in HANDBOOK.glob("*.md"):
        for number, target in re.findall(r"\[(\d\d)[^\]]*\]\((\d\d)-", place.read_text(encoding="utf-8")):
            assert number == target, (place.name, number, target)
    contents = (HANDBOOK / "README.md").read_text(encoding="utf-8")
    assert [place.name for place in HANDBOOK.glob("[0-9]*.md") if f"({place.name})" not in contents] == []


def reachable_packages(machine: Machine, folder: Path) -> bool:
    """Whether pip can download what a build of the package needs."""
    return machine.run("python3 -m pip download -q --no-deps -d probe hatchling", folder).returncode == 0


def checkout(folder: Path) -> Path:
    """Return a copy of the project, as somebody has it who has downloaded it."""
    names = [
        "generator",
        "themes",
        "content",
        "pyproject.toml",
        "README.md",
        "LICENSE",
        "CHANGELOG.md",
        "site_config.yaml",
    ]
    for name in names:
        source = ROOT / name
        copy = shutil.copytree if source.is_dir() else shutil.copyfile
        folder.mkdir(exist_ok=True)
        copy(source, folder / name)
    return folder


@pytest.mark.slow
def test_the_offline_installation_works(machine: Machine, tmp_path: Path) -> None:
    """A wheelhouse is made and installed without any index, as chapter 26 says, and the program builds a site."""
    if not reachable_packages(machine, tmp_path):
        pytest.skip("no package index can be reached")
    machine.variables["PYTHONPATH"] = ""
    (machine.programs / "gongkai").unlink()
    chapter = next(HANDBOOK.glob(f"{OFFLINE}-*.md"))
    play(chapter.read_text(encoding="utf-8"), machine, checkout(tmp_path / "gongkai"))


@pytest.mark.slow
def test_the_readme_leads_to_a_site_of_ones_own(machine: Machine, tmp_path: Path) -> None:
    """The README's first block has at most five commands; run on a copy, they end in a preview of the reader's site."""
    if not reachable_packages(machine, tmp_path):
        pytest.skip("no package index can be reached")
    machine.variables["PYTHONPATH"] = ""
    (machine.programs / "gongkai").unlink()
    commands = quick_start()
    script = "\n".join(["set -e", *commands[:-1], f"exec {commands[-1].split('#')[0]} --port 0"])
    log = tmp_path / "log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            ["sh", "-c", script],
            cwd=checkout(tmp_path / "gongkai"),
            env=machine.environment,
            stdout=output,
            stderr=output,
        ) as process,
    ):
        try:
            deadline = time.monotonic() + 300
            while time.monotonic() < deadline and process.poll() is None:
                if match := re.search(r"预览地址 (http://127\.0\.0\.1:\d+/)", log.read_text(encoding="utf-8")):
                    page = urllib.request.urlopen(match[1], timeout=30).read().decode()  # noqa: S310
                    break
                time.sleep(0.2)
            else:
                pytest.fail(log.read_text(encoding="utf-8"))
        finally:
            process.terminate()
    agency = re.search(r"--agency (\S+)", "\n".join(commands))
    assert agency
    assert agency[1] in page


def quick_start() -> list[str]:
    """Return the commands of the README's first block."""
    block = re.search(r"^```sh\n(.*?)^```", (ROOT / "README.md").read_text(encoding="utf-8"), re.MULTILINE | re.DOTALL)
    assert block
    return [line for line in block[1].splitlines() if line.strip() and not line.startswith("#")]


def test_the_readme_starts_with_at_most_five_commands() -> None:
    """From nothing to a previewed site of one's own: five commands, with title, agency and address as options."""
    commands = quick_start()
    assert len(commands) <= 5
    assert all(option in "\n".join(commands) for option in ("--title", "--agency", "--url"))
    assert "gongkai serve" in commands[-1]
