"""The rules tell a site with one fault from its harmless twin, and say nothing of documents of every day."""

import json
from collections.abc import Sequence
from pathlib import Path

import pytest
from support.git_repository import commit
from support.pairs import (
    CONFIG,
    Commits,
    Files,
    Pair,
    duties,
    evasions,
    history,
    kinds,
    omissions,
    registers,
    saved_pages,
    timing,
    upkeep,
    wordings,
)
from support.pairs.harmless import HARMLESS
from support.project import Project

_SUBJECTS = (history, omissions, duties, saved_pages, evasions, timing, upkeep, registers, kinds, wordings)
PAIRS = [pair for subject in _SUBJECTS for pair in subject.PAIRS]
_WHOLE_SITE = {"A003", "H004", "H005", "H006", "H007"}  # of columns, footers and reports that a tiny site does not have


def write(folder: Path, files: Files) -> None:
    """Write the documents of a site below ``content/``; ``^`` before a path puts a file beside the config."""
    for name, text in files.items():
        place = folder / (name[1:] if name.startswith("^") else f"content/{name}")
        if text is None:
            place.unlink()
            continue
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")


def found(project: Project, pair: Pair, side: Files | Commits) -> list[str]:
    """Return the ids of the findings of one side of a pair, those of its rules only."""
    project.write("site_config.yaml", pair.config + pair.settings)
    if isinstance(side, Sequence):
        for at, files in side:
            write(project.folder, files)
            commit(project.folder, at)
    else:
        write(project.folder, side)
    if pair.pages:
        project.run("audit", "--pages", "content", "-o", "report", "--as-of", pair.as_of, as_of=None)
        rows = json.loads((project.folder / "report/audit.json").read_text(encoding="utf-8"))["findings"]
    else:
        rows = json.loads(project.check("--select", pair.rules.replace(" ", ","), as_of=pair.as_of).out)
    return [row["rule"] for row in rows if row["rule"] in pair.rules.split()]


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.sentence for pair in PAIRS])
def test_fault_is_found(pair: Pair, project: Project) -> None:
    """The faulty site of each pair gives a finding of the rules of the pair."""
    assert found(project, pair, pair.fault)


@pytest.mark.parametrize("pair", PAIRS, ids=[pair.sentence for pair in PAIRS])
def test_twin_is_silent(pair: Pair, project: Project) -> None:
    """The twin of each pair gives no finding of these rules."""
    assert not found(project, pair, pair.twin)


def test_documents_of_every_day_are_silent(project: Project) -> None:
    """No rule finds anything in the documents that a county bureau publishes every week."""
    project.write("site_config.yaml", CONFIG)
    write(project.folder, HARMLESS)
    rows = json.loads(project.check("--select", "A,C,D,F,G,H,K,L,M,O,Q,R,S,T,V,X", as_of="2025-10-30").out)
    assert [row for row in rows if row["rule"] not in _WHOLE_SITE] == []
