"""Where themes lie: the default one, and a site's own."""

from collections.abc import Iterator
from pathlib import Path


def default_theme() -> Path:
    """Return the folder of the default theme: inside the wheel, else beside the package in a checkout."""
    inside = Path(__file__).resolve().parent.parent / "themes" / "default"
    return inside if inside.is_dir() else Path(__file__).resolve().parents[2] / "themes" / "default"


def theme_files(project: Path) -> Iterator[Path]:
    """Yield every file of every theme that a site could use."""
    for folder in (project / "themes", default_theme()):
        yield from (path for path in sorted(folder.rglob("*")) if path.is_file())
