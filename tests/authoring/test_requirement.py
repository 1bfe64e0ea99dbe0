"""``requirements.txt`` of a new site: other machines install the gongkai of this one, and no other package."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from support.machine import Machine
from support.program import run_program

from generator import __version__
from generator.authoring.team import requirement

WHEEL = f"vendor/gongkai-{__version__}-py3-none-any.whl"
METADATA = f"Metadata-Version: 2.4\nName: gongkai\nVersion: {__version__}\n"
ENTRY_POINTS = "[console_scripts]\ngongkai = generator.cli.program:run\n"


class Installed:
    """A distribution that was installed from somewhere."""

    def __init__(self, origin: object) -> None:
        self._origin = origin

    def read_text(self, name: str) -> str | None:
        """Return a file of the distribution's facts."""
        texts = {"METADATA": METADATA, "entry_points.txt": ENTRY_POINTS}
        return json.dumps(self._origin) if name == "direct_url.json" and self._origin else texts.get(name)


def lines_for(monkeypatch: pytest.MonkeyPatch, origin: object) -> dict[str, bytes]:
    """Return the files for a gongkai that was installed from ``origin``."""
    monkeypatch.setattr(requirement, "_installed", lambda: Installed(origin))
    return dict(requirement.requirement_files())


@pytest.mark.parametrize(
    ("origin", "line"),
    [
        (None, f"gongkai=={__version__}"),
        (
            {"url": "https://git.example.com/gongkai.git", "vcs_info": {"vcs": "git", "commit_id": "1a2b3c"}},
            "gongkai @ git+https://git.example.com/gongkai.git@1a2b3c",
        ),
        ({"url": "file:///srv/gongkai", "dir_info": {}}, f"./{WHEEL}"),
        ({"url": "file:///srv/gongkai.whl", "archive_info": {}}, f"./{WHEEL}"),
    ],
)
def test_the_requirement_names_where_gongkai_came_from(
    monkeypatch: pytest.MonkeyPatch, origin: object, line: str
) -> None:
    """From an index the version, from a repository its commit, from a folder or a file a wheel in the site."""
    files = lines_for(monkeypatch, origin)
    text = files["requirements.txt"].decode()
    assert text.splitlines()[-1] == line
    assert (WHEEL in files) == line.startswith("./")


def test_the_packed_wheel_is_the_running_gongkai(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The wheel is installed without any index; it builds the same site, and is the same each time it is packed."""
    origin = {"url": "file:///srv/gongkai", "dir_info": {"editable": True}}
    files = lines_for(monkeypatch, origin)
    assert files == lines_for(monkeypatch, origin)
    for name, data in files.items():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_bytes(data)
    target = tmp_path / "installed"
    command = [sys.executable, "-m", "pip", "install", "-q", "--no-deps", "--no-index", "--target", str(target)]
    subprocess.run([*command, "-r", "requirements.txt"], cwd=tmp_path, check=True, capture_output=True)
    machine = Machine(tmp_path / "home", {"PYTHONPATH": str(target)})
    script = (
        f"'{target}/bin/gongkai' init site && '{target}/bin/gongkai' build --no-search -c site/site_config.yaml -o {{}}"
    )
    machine.program("python3", f'exec "{sys.executable}" "$@"')
    place = machine.do("python3 -c 'import generator; print(generator.__file__)'", tmp_path)
    assert place.startswith(str(target))
    machine.do(script.format("installed-output"), tmp_path)
    arguments = ("build", "--no-search", "-c", "site/site_config.yaml", "-o", "output")
    ran = run_program(*arguments, folder=tmp_path, environment={"XDG_CACHE_HOME": str(tmp_path / "cache")})
    assert ran.status == 0, ran.err
    manifests = [(tmp_path / name / "manifest.json").read_bytes() for name in ("output", "installed-output")]
    assert manifests[0] == manifests[1]
