"""Sites in git repositories whose commits have the times that a test needs."""

import os
import shutil
import subprocess
from pathlib import Path

SOMEBODY = "张三 <zhangsan@rsj.example.gov.cn>"
_WITHOUT_SETTINGS = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", "GIT_TERMINAL_PROMPT": "0"}


def git(folder: Path, *arguments: str, at: str = "2024-05-08 09:00", author: str = SOMEBODY) -> str:
    """Run git in a folder and return its output; ``at`` is the time of a commit in Asia/Shanghai."""
    name, _, email = author.rstrip(">").partition(" <")
    clock = f"{at.replace(' ', 'T')}:00+0800"
    identity = {
        f"GIT_{role}_{key}": value
        for role in ("AUTHOR", "COMMITTER")
        for key, value in (("NAME", name), ("EMAIL", email), ("DATE", clock))
    }
    inherited = {key: value for key, value in os.environ.items() if not key.startswith("GIT_")}
    completed = subprocess.run(
        ["git", "-C", str(folder), *arguments],
        env={**inherited, **_WITHOUT_SETTINGS, **identity},
        capture_output=True,
        check=False,
    )
    assert completed.returncode == 0, completed.stderr.decode()
    return completed.stdout.decode()


def commit(folder: Path, at: str, *, author: str = SOMEBODY, message: str = "发布") -> None:
    """Commit everything in a folder at a time; creates the repository where there is none."""
    if not (folder / ".git").exists():
        git(folder, "init", "--quiet", "--initial-branch=main")
    git(folder, "add", "--all")
    git(folder, "commit", "--quiet", "--allow-empty", "-m", message, at=at, author=author)


def has_history(site: Path) -> bool:
    """Whether an example site has a ``history.txt`` with its commits."""
    return (site / "history.txt").is_file()


def repository_of(site: Path, target: Path) -> Path:
    """Create a repository of an example site; each row of ``history.txt`` is a time and the folder to commit."""
    shutil.rmtree(target, ignore_errors=True)
    target.mkdir(parents=True)
    for row in (site / "history.txt").read_text(encoding="utf-8").splitlines():
        at, _, source = row.rpartition(" ")
        shutil.rmtree(target / "content", ignore_errors=True)
        shutil.copytree(site / source / "content", target / "content", copy_function=shutil.copyfile)
        shutil.copy(site / "site_config.yaml", target)
        commit(target, at)
    return target
