"""Fixtures: a small site in a temporary folder, the demo site built once, and a browser."""

import os
import shutil
import signal
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from playwright.sync_api import Browser

from support.dask_cluster import cluster
from support.program import close_server, run_program
from support.project import AS_OF, CONFIG, Project, Tree, hosted
from support.site_platform import city_and_bureau, platform

__all__ = ["city_and_bureau", "cluster", "platform"]  # fixtures

# How long one example takes depends on the machine and on what is imported first: no test is about that.
# In CI the examples are the same every time; at home they are new ones, which find what nobody thought of.
settings.register_profile("gongkai", deadline=None, derandomize="CI" in os.environ)


settings.load_profile("gongkai")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Add the switch that writes what is printed now as what is expected."""
    parser.addoption("--update", action="store_true", help="rewrite expected.txt of the rule sites; review the diff")


def pytest_sessionfinish() -> None:
    """End the process that ran the program for the tests of this worker."""
    close_server()


@pytest.fixture
def project(tmp_path: Path) -> Project:
    """Return an empty site with the smallest config."""
    made = Project(tmp_path / "site", tmp_path / "cache")
    made.write("site_config.yaml", CONFIG)
    (made.folder / "content").mkdir()
    return made


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the repository's own demo site with search, once, and return the folder."""
    root = Path(__file__).parent.parent
    folder = tmp_path_factory.mktemp("demo")
    arguments = ("build", "-c", str(root / "site_config.yaml"), "-o", str(folder / "public"), "--as-of", AS_OF)
    ran = run_program(*arguments, folder=root, environment={"XDG_CACHE_HOME": str(folder / "cache")})
    assert ran.status == 0, ran.err
    return folder / "public"


@pytest.fixture
def tree() -> Tree:
    """Return a function that reads a folder: path → bytes."""
    return lambda folder: {
        path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()
    }


@pytest.fixture
def ctrl_c() -> Iterator[None]:
    """Let what a test starts hear Ctrl-C: tests that run in the background of a shell hand on that it is ignored."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture(scope="session")
def demo_address(demo: Path) -> Iterator[str]:
    """Serve the demo site under a path, and return its address."""
    with hosted(demo) as address:
        yield address


@pytest.fixture(scope="session")
def chromium() -> "Iterator[Browser]":
    """Start the system's Chromium once; without one the tests that need it are skipped."""
    from playwright.sync_api import sync_playwright

    names = ("chromium", "chromium-browser", "google-chrome", "chrome")
    executable = next((found for name in names if (found := shutil.which(name))), None)
    if executable is None:
        pytest.skip(f"there is no browser: none of {', '.join(names)} is installed")
    quiet = ["--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    root = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=[*quiet, "--no-first-run", *root])
        yield browser
        browser.close()
