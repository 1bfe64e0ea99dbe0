"""What has changed under the project since a revision of git, up to the files as they lie there now."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.problems import GongkaiError
from generator.source.git.ask import HistoryGap, NoHistory, ask_git


class Changes(NamedTuple):
    """Paths relative to the project: ``touched`` were added or changed, ``gone`` were deleted or moved away."""

    touched: frozenset[str]
    gone: frozenset[str]


def changed_since(project: Path, revision: str) -> Changes:
    """Return what differs between a revision and the work tree, files that git does not know yet included.

    Raises ``GongkaiError`` without git, outside a repository, and for a revision that it does not have.
    """
    try:
        commit = _commit(project, revision)
        told = _ask(project, "diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--relative", commit, "--")
        others = _ask(project, "ls-files", "-z", "--others", "--exclude-standard")
    except HistoryGap as gap:
        raise GongkaiError(f"--since 要用 git：{gap}", "去掉 --since，检查全部文件；或在 git 仓库里运行") from None
    touched: set[str] = set()
    gone: set[str] = set()
    for status, path in _pairs(told):
        (gone if status.startswith("D") else touched).add(path)
    touched |= {path for path in others.split("\0") if path}
    return Changes(frozenset(touched), frozenset(gone - touched))


def _commit(project: Path, revision: str) -> str:
    hint = "写提交号、标签或分支，如 --since origin/main；浅克隆先取回历史（git fetch --unshallow）"
    if not revision.strip() or revision.startswith("-") or "\0" in revision:
        raise GongkaiError(f"--since 的“{revision[:60]}”不是提交", hint)
    _ask(project, "rev-parse", "--git-dir")  # where this fails there is no repository, else it is the revision
    try:
        return _ask(project, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").strip()
    except NoHistory:
        raise GongkaiError(f"git 里没有“{revision[:60]}”这个提交", hint) from None


def _pairs(told: str) -> Iterator[tuple[str, str]]:
    tokens = iter(told.split("\0"))
    for status in tokens:
        if status:
            yield status, next(tokens, "")


def _ask(project: Path, *arguments: str) -> str:
    return ask_git(project, *arguments).decode("utf-8", "surrogateescape")
