"""Parse the raw output of git: commits with their changed files, and the contents of earlier versions."""

import contextlib
import datetime as dt
import subprocess
import threading
from collections.abc import Iterator
from types import TracebackType
from typing import NamedTuple, Self

from generator.domain.model import Author
from generator.source.history.repository import Repository
from generator.source.history.run_git import HistoryGap

_EPOCH = dt.datetime.fromisoformat("1970-01-01T08:00")  # in Asia/Shanghai, as every moment here
_LATEST = 253_402_000_000  # seconds; a few hours before the end of year 9999, so that no time zone overflows
_HEADER = b"\x02"
_FILE_MODES = ("100644", "100755", "100664")
_NOTHING = "0" * 40
_SECONDS = 600
_MOST_BYTES = 16_000_000


class Change(NamedTuple):
    """One file in one commit: ``status`` A, M, D, R …, with its blob and path before and after."""

    status: str
    old_blob: str
    new_blob: str
    old_path: str
    path: str


class Commit(NamedTuple):
    """One commit of the publishing branch: ``at`` is in Asia/Shanghai, ``subject`` the first line of its message.

    ``id`` is its hash, in full.
    """

    at: dt.datetime
    author: Author
    subject: str
    changes: tuple[Change, ...]
    id: str = ""


def parse_log(data: bytes) -> list[Commit]:
    """Return the commits in the output of ``git log --raw -z``, oldest first.

    The log's format is a control character, then the committer's time and the commit's hash, the author's name and
    address, the subject.
    No commit makes this fail: a time outside the calendar becomes its end, or 1970; what is not UTF-8 is decoded
    as GB18030.
    """
    commits: list[tuple[Commit, list[Change]]] = []
    tokens = iter(data.split(b"\0"))
    for token in tokens:
        if token.startswith(_HEADER):
            seconds, _, commit_id = token[1:].partition(b" ")
            author = Author(_one_line(next(tokens, b"")), _one_line(next(tokens, b"")))
            subject = _one_line(next(tokens, b""))
            commits.append((Commit(_moment(seconds), author, subject, (), _one_line(commit_id)), []))
        elif token.lstrip(b"\n").startswith(b":") and commits:
            commits[-1][1].append(parse_change(token.lstrip(b"\n").decode("ascii"), tokens))
    return [commit._replace(changes=tuple(changes)) for commit, changes in reversed(commits)]


def _moment(seconds: bytes) -> dt.datetime:
    digits = seconds.strip().removeprefix(b"-")
    value = int(digits) if digits.isdigit() and not seconds.strip().startswith(b"-") else 0
    return _EPOCH + dt.timedelta(seconds=min(value, _LATEST))


def _one_line(data: bytes) -> str:
    """Return a text of a commit on one line, without control characters."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return "".join(char if char.isprintable() else " " for char in text).strip()


def parse_change(meta: str, tokens: Iterator[bytes]) -> Change:
    """Return a change from its line in git's raw format and the paths that follow."""
    old_mode, mode, old_blob, new_blob, status = meta.removeprefix(":").split(" ")
    old_path = _path(next(tokens, b""))
    path = _path(next(tokens, b"")) if status[0] in "RC" else old_path
    old_blob, new_blob = (
        blob if kind in _FILE_MODES else _NOTHING for blob, kind in ((old_blob, old_mode), (new_blob, mode))
    )  # symbolic links and submodules are not texts
    return Change(status[0], old_blob, new_blob, old_path, path)


def _path(data: bytes) -> str:
    return data.decode("utf-8", "replace")


class Blobs:
    """Reads the contents of earlier versions through one ``git cat-file`` process."""

    def __init__(self, repository: Repository) -> None:
        self._repository = repository
        self._stack = contextlib.ExitStack()
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def read(self, blob: str) -> bytes:
        """Return the contents of one version, empty bytes for a blob that is not a file.

        Raises ``HistoryGap`` where git does not have it: the repository is damaged, or not whole.
        """
        if set(blob) <= {"0"}:
            return b""
        process = self._process or self._start()
        source, target = process.stdout, process.stdin
        if source is None or target is None:
            return b""  # cannot happen: both are pipes
        try:
            target.write(blob.encode() + b"\n")
            target.flush()
            header = source.readline().split()
            if len(header) == 3 and header[1] == b"blob":
                size = int(header[2])
                data = source.read(min(size, _MOST_BYTES))  # longer than any text that is accepted
                rest = size - len(data) + 1
                while rest and (skipped := source.read(min(rest, _MOST_BYTES))):
                    rest -= len(skipped)
                if not rest:
                    return data
        except OSError:
            pass  # the process has ended
        raise HistoryGap(f"仓库里缺少或读不出对象 {blob[:12]}，历史不全；用 git fsck 检查仓库是否完好")

    def _start(self) -> "subprocess.Popen[bytes]":
        objects = self._stack.enter_context(self._repository.objects())
        self._process = process = objects.start("cat-file", "--batch")
        self._stack.callback(_finish, process)
        timer = threading.Timer(_SECONDS, process.kill)
        timer.daemon = True
        self._stack.callback(timer.cancel)
        timer.start()
        return process


def _finish(process: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(OSError):
        process.communicate()
