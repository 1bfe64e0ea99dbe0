"""``gongkai audit --pages`` on a site of another generator: what was planted is found, its twins are not."""

import datetime as dt
import importlib.util
import json
from pathlib import Path

import pytest
from support.mkdocs_site import EXPECTED, build_mkdocs_site, file_of
from support.project import Project

from generator.domain.model import AsOf
from generator.saved_site.check import SavedPagesOptions, check_pages

DAY = dt.date(2026, 6, 30)

pytestmark = pytest.mark.skipif(importlib.util.find_spec("mkdocs") is None, reason="MkDocs is not installed")


@pytest.fixture(scope="module", params=[True, False], ids=["directories", "files"])
def built(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, bool]:
    """Build the site in both of the ways in which MkDocs names pages."""
    folder = tmp_path_factory.mktemp("mkdocs")
    return build_mkdocs_site(folder, directories=request.param), request.param


def test_faults_of_a_mkdocs_site_are_found(built: tuple[Path, bool], tmp_path: Path) -> None:
    """Exactly the planted faults are found, however MkDocs names its pages."""
    pages, directories = built
    options = SavedPagesOptions(pages, None, tmp_path / "cache.db", AsOf(DAY), 1, lambda *_: None)
    found = {(finding.path, finding.rule) for finding in check_pages(options).findings}
    assert found == {(file_of(path, directories=directories), rule) for path, rule in EXPECTED}


def test_linkage_of_a_mkdocs_site_is_in_the_report(built: tuple[Path, bool], tmp_path: Path) -> None:
    """The report counts eleven policies, ten of them interpreted, one late; nothing was left undecided."""
    project = Project(tmp_path / "auditor", tmp_path / "cache")
    project.folder.mkdir()
    project.run("audit", "--pages", str(built[0]), as_of=str(DAY))
    data = json.loads((project.folder / "reports/audit.json").read_text(encoding="utf-8"))
    total = data["figures"]["total"]
    assert (total["policies"], total["interpreted"], total["states"]["late"]) == (11, 10, 1)
    assert data["undecided"] == []
