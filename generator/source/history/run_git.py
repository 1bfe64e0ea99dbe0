"""The only module that starts git: in a clean environment, without anything that could run another program.

No ``GIT_*`` variable of the caller reaches git (a hook sets ``GIT_DIR`` and ``GIT_INDEX_FILE``, which may belong to
another repository), messages are in English so that they can be parsed, and nothing is fetched over the network, but
where a platform names the address of a repository (``fleet.sources``).
"""

import os
import shlex
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

_SECONDS = 120
_NOT_FROM_REPOSITORY = (
    "--no-pager",
    *("-c", "safe.bareRepository=explicit"),
    *("-c", "core.fsmonitor=false"),
    *("-c", f"core.hooksPath={os.devnull}"),
    *("-c", "core.pager=cat"),
    "--literal-pathspecs",
)
_ENVIRONMENT = {
    "LC_ALL": "C",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_NO_LAZY_FETCH": "1",  # git 2.45; the next line does the same for older ones
    "GIT_ALLOW_PROTOCOL": "none",
    "GIT_PAGER": "cat",
}


class HistoryGap(Exception):  # noqa: N818 - not a failure: there is nothing to compare with
    """The history of the content is missing or incomplete; the message says why, in Chinese."""


class GitRefusal(HistoryGap):
    """Git ended with an error; ``reason`` is its own message, in English."""

    def __init__(self, message: str, reason: str) -> None:
        super().__init__(message)
        self.reason = reason


def run_git(
    folder: Path, *arguments: str, environment: Mapping[str, str] | None = None, seconds: int = _SECONDS
) -> bytes:
    """Run git in a folder and return its output; ``environment`` adds variables.

    Raises ``HistoryGap`` where there is no git or it takes too long, ``GitRefusal`` where it ends with an error.
    """
    try:
        completed = subprocess.run(
            _command(folder, arguments),
            capture_output=True,
            check=True,
            stdin=subprocess.DEVNULL,
            timeout=seconds,
            env=_environment(environment),
        )
    except subprocess.CalledProcessError as error:
        reason = error.stderr.decode("utf-8", "replace")
        raise GitRefusal(_explanation(folder, reason), reason) from None
    except subprocess.TimeoutExpired:
        raise HistoryGap(f"git 在 {seconds} 秒内没有做完") from None
    except OSError:
        raise HistoryGap("没有安装 git，或它运行不了") from None
    return completed.stdout


def open_git(folder: Path, *arguments: str, environment: Mapping[str, str] | None = None) -> "subprocess.Popen[bytes]":
    """Start git with pipes to and from it; raises ``HistoryGap`` where there is none."""
    try:
        return subprocess.Popen(
            _command(folder, arguments),
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(environment),
        )
    except OSError:
        raise HistoryGap("没有安装 git，或它运行不了") from None


def _command(folder: Path, arguments: tuple[str, ...]) -> list[str]:
    return [_program(), "-C", str(folder), *_NOT_FROM_REPOSITORY, *arguments]


def _program() -> str:
    """Return the path of git; relative entries of ``PATH`` are skipped, so that no file of the site is run."""
    folders = [entry for entry in os.get_exec_path() if Path(entry).is_absolute()]
    return shutil.which("git", path=os.pathsep.join(folders)) or os.devnull


def _environment(extra: Mapping[str, str] | None) -> dict[str, str]:
    inherited = {name: value for name, value in os.environ.items() if not name.upper().startswith("GIT_")}
    return {**inherited, **_ENVIRONMENT, **(extra or {})}


def _explanation(folder: Path, reason: str) -> str:
    """Return in Chinese why git failed, and what to do about it."""
    if "dubious ownership" in reason or "unsafe repository" in reason:
        command = f"git config --global --add safe.directory {shlex.quote(str(folder))}"
        return f"仓库 {folder} 属于另一个用户，git 不读它；确认可信以后，用运行 gongkai 的用户执行 {command}"
    lines = [line for line in reason.splitlines() if line.strip()]
    last = next((line for line in lines if line.startswith("fatal:")), lines[-1] if lines else "没有说明原因")
    return f"git 读不了仓库 {folder}（{last[:200]}）；用 git fsck 检查仓库是否完好"
