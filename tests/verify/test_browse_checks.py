"""``gongkai verify`` finds lists, feeds and calendars that are not what the records say."""

from collections.abc import Callable
from pathlib import Path

import pytest
from support.built_site import made
from support.project import Project

from generator.verify.browse_checks import check_browsing
from generator.verify.built_site import read_site


@pytest.fixture
def built(project: Project) -> Path:
    """Return a built site with two documents of one theme, and one of another."""
    project.policy("p1", theme="社会保险", audience="职工", expires_on="2028-01-01")
    project.policy("p2", theme="社会保险")
    project.policy("p3", theme="就业创业")
    return made(project)


def replace(path: Path, old: str, new: str) -> None:
    """Replace a text of a file, which must have it."""
    data = path.read_bytes()
    assert old.encode() in data
    path.write_bytes(data.replace(old.encode(), new.encode()))


def without_row(site: Path) -> None:
    """Take the link of one document out of the page of a theme."""
    replace(site / "themes/社会保险/index.html", "../../policies/p2/", "../../policies/")


def without_theme(site: Path) -> None:
    """Take the link of a theme out of the list of themes."""
    replace(site / "themes/index.html", "%E5%B0%B1%E4%B8%9A%E5%88%9B%E4%B8%9A/", "")


def with_foreign_entry(site: Path) -> None:
    """Put a document of another theme into the feed of a theme."""
    replace(site / "themes/社会保险/feed.xml", "policies/p2/</id>", "policies/p3/</id>")


def with_hidden_event(site: Path) -> None:
    """Make an event of the calendar about a document that is not public."""
    replace(site / "calendar.ics", "policies/p1/\r\nCATEGORIES", "policies/p9/\r\nCATEGORIES")


def test_a_sound_site_has_no_fault(built: Path) -> None:
    """A site as it was built has no fault in its groups."""
    assert list(check_browsing(read_site(built))) == []


@pytest.mark.parametrize(
    ("damage", "path"),
    [
        (without_row, "themes/index.html"),
        (without_theme, "themes/index.html"),
        (with_foreign_entry, "themes/社会保险/feed.xml"),
        (lambda site: (site / "themes/社会保险/feed.xml").unlink(), "themes/社会保险/feed.xml"),
        (with_hidden_event, "calendar.ics"),
    ],
)
def test_damage_is_found(built: Path, damage: Callable[[Path], None], path: str) -> None:
    """A missing row, a missing theme, a foreign or missing feed and a hidden event are faults of their file."""
    damage(built)
    assert path in {fault.path for fault in check_browsing(read_site(built))}
