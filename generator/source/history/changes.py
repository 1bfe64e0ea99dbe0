"""The files of a project that differ between a git revision and the work tree."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError
from generator.source.history.repository import Repository
from generator.source.history.run_git import GitRefusal, HistoryGap, run_git

_DIFF = ("diff", "--name-status", "-z", "--no-renames", "--no-ext-diff", "--no-textconv", "--ignore-submodules=all")


class Changes(NamedTuple):
    """Paths relative to the project: ``touched`` were added or changed, ``gone`` were deleted or moved away."""

    touched: frozenset[str]
    gone: frozenset[str]


def changed_since(project: Path, revision: str) -> Changes:
    """Return what differs between a revision and the work tree, files that git does not know yet included.

    Raises ``GongkaiError`` without git, outside a repository, and for a revision that it does not have.
    """
    try:
        repository = Repository.find(project)
        commit = _commit(repository, revision)
        with repository.work_tree() as files:
            changed = files.ask(*_DIFF, "--relative", commit, "--").decode("utf-8", "surrogateescape")
            others = files.ask("ls-files", "-z", "--others", "--exclude-standard").decode("utf-8", "surrogateescape")
    except HistoryGap as gap:
        raise GongkaiError(f"--since 要用 git：{gap}", "去掉 --since，检查全部文件；或在 git 仓库里运行") from None
    touched: set[str] = set()
    gone: set[str] = set()
    for status, path in _pairs(changed):
        (gone if status.startswith("D") else touched).add(path)
    touched |= {path for path in others.split("\0") if path}
    return Changes(frozenset(touched), frozenset(gone - touched))


def _commit(repository: Repository, revision: str) -> str:
    hint = "写提交号、标签或分支，如 --since origin/main；浅克隆先取回历史（git fetch --unshallow）"
    if not revision.strip() or revision.startswith("-") or "\0" in revision:
        raise GongkaiError(f"--since 的“{revision[:60]}”不是提交", hint)
    try:
        return run_git(repository.top, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}").decode().strip()
    except GitRefusal:
        raise GongkaiError(f"git 里没有“{revision[:60]}”这个提交", hint) from None


def _pairs(output: str) -> Iterator[tuple[str, str]]:
    tokens = iter(output.split("\0"))
    for status in tokens:
        if status:
            yield status, next(tokens, "")
