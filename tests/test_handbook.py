"""The handbook and the README can be followed: their commands are run, and print what they show."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest

from support.handbook import matches, play, server_commands, steps_of
from support.machine import ROOT, Machine

HANDBOOK = ROOT / "docs/handbook"
PLAYED = sorted(place for place in HANDBOOK.glob("[0-9]*.md") if "```console" in place.read_text(encoding="utf-8"))
OFFLINE = "26"  # it installs packages: the slow test below


@pytest.fixture
def machine(tmp_path: Path) -> Machine:
    """Return the machine of a reader, on a fixed day."""
    return Machine(tmp_path / "home", {"SOURCE_DATE_EPOCH": "1780275600"})  # 2026-06-01 09:00 in Beijing


@pytest.mark.parametrize("chapter", [place for place in PLAYED if place.name[:2] != OFFLINE], ids=lambda place: place.name[:2])
def test_the_commands_of_a_chapter_print_what_it_shows(chapter: Path, machine: Machine, tmp_path: Path) -> None:
    """Typed one after the other in an empty folder, the commands of a chapter do and print what it says."""
    text = chapter.read_text(encoding="utf-8")
    if "publish.sh" in text and shutil.which("rsync") is None:
        pytest.skip("rsync is not installed")
    folder = tmp_path / "folder"
    folder.mkdir()
    play(text, machine, folder)


def test_the_chapters_for_teams_are_played() -> None:
    """The chapters on git, going live, offline installation and working together have commands that are run."""
    assert {"21", "22", "26", "27"} <= {place.name[:2] for place in PLAYED}


@pytest.mark.parametrize("chapter", PLAYED, ids=lambda place: place.name[:2])
def test_commands_for_a_server_are_well_formed(chapter: Path, tmp_path: Path) -> None:
    """What is typed on a server is valid, and each file of ``deploy/`` that it names is written by init."""
    Machine(tmp_path / "home").do("gongkai init site --ci gitlab", tmp_path)
    for block in server_commands(chapter.read_text(encoding="utf-8")):
        ran = subprocess.run(["sh", "-n", "-c", block], capture_output=True, text=True, check=False)
        assert ran.returncode == 0, ran.stderr
        for name in re.findall(r"\bdeploy/[\w.-]+", block):
            assert (tmp_path / "site" / name).is_file(), name


def test_a_wrong_output_is_noticed() -> None:
    """The comparison fails for another line, a line too many and one too few; … stands for any text."""
    assert matches("a\n…\nb …!\n", "a\nx\ny\nb c!\n")
    assert matches("…\n", "")
    assert not matches("a\n", "b\n")
    assert not matches("a\n", "a\nb\n")
    assert not matches("a\n…\nb\n", "a\n")
    steps = list(steps_of("```console 1\n$ true\n$ false\nno\n```\n```sh server\nrm -rf /\n```\n"))
    assert [(step.command, step.output, step.status) for step in steps] == [("true", "", 0), ("false", "no\n", 1)]


def test_the_table_of_commands_is_complete() -> None:
    """The handbook's first page names every command of the program, and says how many there are."""
    from generator.cli.program import main

    text = (HANDBOOK / "README.md").read_text(encoding="utf-8")
    listed = set(re.findall(r"^\| `gongkai ([a-z]+)", text, re.MULTILINE))
    assert listed == set(main.list_commands(None))  # type: ignore[arg-type]


def test_chapters_have_the_numbers_of_their_links() -> None:
    """A link whose text is the number of a chapter leads to that chapter, and every chapter is in the contents."""
    for place in HANDBOOK.glob("*.md"):
        for number, target in re.findall(r"\[(\d\d)[^\]]*\]\((\d\d)-", place.read_text(encoding="utf-8")):
            assert number == target, (place.name, number, target)
    contents = (HANDBOOK / "README.md").read_text(encoding="utf-8")
    assert [place.name for place in HANDBOOK.glob("[0-9]*.md") if f"({place.name})" not in contents] == []
