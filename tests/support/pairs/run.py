"""All pairs, and how one side of a pair is written and checked."""

import json
from collections.abc import Sequence
from pathlib import Path

from support.git_repository import commit
from support.pairs import (
    Commits,
    Files,
    Pair,
    duties,
    evasions,
    further,
    history,
    kinds,
    omissions,
    pages_of_others,
    registers,
    saved_pages,
    timing,
    upkeep,
    wordings,
)
from support.project import Project

_SUBJECTS = (
    history,
    omissions,
    duties,
    saved_pages,
    evasions,
    timing,
    upkeep,
    registers,
    kinds,
    wordings,
    further,
    pages_of_others,
)
PAIRS = [pair for subject in _SUBJECTS for pair in subject.PAIRS]


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
