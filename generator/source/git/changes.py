"""What has changed under the project since a revision of git, up to the files as they lie there now."""

import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.problems import GongkaiError

_SECONDS = 60


class Changes(NamedTuple):
    """Paths relative to the project: ``touched`` were added or changed, ``gone`` were deleted or moved away."""

    touched: frozenset[str]
    gone: frozenset[str]


def changed_since(project: Path, revision: str) -> Changes:
    """Return what differs between a revision and the work tree, files that git does not know yet included.

    Raises ``GongkaiError`` without git, outside a repository, and for a revision that it does not have.
    """
    commit = _commit(project, revision)
    told = _git(project, "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--")
    touched: set[str] = set()
    gone: set[str] = set()
    for status, path in _pairs(told):
        (gone if status.startswith("D") else touched).add(path)
    others = _git(project, "ls-files", "-z", "--others", "--exclude-standard")
    touched |= {path for path in others.split("\0") if path}
    return Changes(frozenset(touched), frozenset(gone - touched))


def _commit(project: Path, revision: str) -> str:
    hint = "写提交号、标签或分支，如 --since origin/main；浅克隆先取回历史（git fetch --unshallow）"
    if not revision.strip() or revision.startswith("-") or "\0" in revision:
        raise GongkaiError(f"--since 的“{revision[:60]}”不是提交", hint)
    try:
        return _git(project, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    except subprocess.CalledProcessError as error:
        if b"not a git repository" in error.stderr:
            raise GongkaiError("--since 要用 git，这里不是 git 仓库", "去掉 --since，或在仓库里运行") from None
        raise GongkaiError(f"git 里没有“{revision[:60]}”这个提交", hint) from None


def _pairs(told: str) -> Iterator[tuple[str, str]]:
    tokens = iter(told.split("\0"))
    for status in tokens:
        if status:
            yield status, next(tokens, "")


def _git(project: Path, *arguments: str) -> str:
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments],
            capture_output=True,
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except subprocess.TimeoutExpired:
        raise GongkaiError(f"git 在 {_SECONDS} 秒内没有比较完", "去掉 --since，检查全部文件") from None
    except OSError:
        raise GongkaiError("--since 要用 git，没有安装", "去掉 --since，或安装 git") from None
    return done.stdout.decode("utf-8", "surrogateescape")
