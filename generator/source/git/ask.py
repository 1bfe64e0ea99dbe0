"""Asking git: one question, one answer, or the reason why there is none."""

import subprocess
from pathlib import Path

_SECONDS = 120


class HistoryGap(Exception):  # noqa: N818 - not a failure: there is simply nothing to compare with
    """Git has no whole history of the content; the message says why, in Chinese."""


class NoHistory(HistoryGap):
    """Git knows nothing of the content: there is no past, whole or not."""


def head_commit(project: Path) -> str | None:
    """Return the commit that is checked out, ``None`` without git or outside a repository."""
    try:
        return ask_git(project, "rev-parse", "HEAD").decode().strip()
    except HistoryGap:
        return None


def content_commit(project: Path) -> str | None:
    """Return the last commit that changed anything under ``content/``: what it is made of, the history of all is."""
    options = ("-1", "--first-parent", "-m", "--format=%H", "--no-show-signature", "--no-patch")
    try:
        return ask_git(project, "log", *options, "--", "content").decode().strip() or None
    except HistoryGap:
        return None


def ask_git(project: Path, *arguments: str) -> bytes:
    """Run git in the project and return what it printed.

    Raises ``HistoryGap`` where there is no git, no repository, or git cannot do it.
    """
    try:
        done = subprocess.run(
            ["git", "-C", str(project), *arguments],
            capture_output=True,
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=_SECONDS,
        )
    except subprocess.CalledProcessError as error:
        told = RuntimeError(error.stderr.decode("utf-8", "replace"))
        raise NoHistory("这里不是 git 仓库，或 git 读不了它") from told
    except subprocess.TimeoutExpired:
        raise HistoryGap(f"git 在 {_SECONDS} 秒内没有读完历史") from None
    except OSError:
        raise NoHistory("没有安装 git") from None
    return done.stdout
