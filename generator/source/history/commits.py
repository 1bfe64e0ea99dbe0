"""The raw output of git: commits with what each changed, and the contents of earlier versions."""

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
_LATEST = 253_402_000_000  # seconds; some hours of the year 9999 are left, so no time zone leads out of the calendar
_HEADER = b"\x02"
_FILE_MODES = ("100644", "100755", "100664")
_NOTHING = "0" * 40
_SECONDS = 600
_MOST_BYTES = 16_000_000


class Change(NamedTuple):
    """One file in one commit: ``status`` A, M, D, R …, its contents and its place before and after."""

    status: str
    old_blob: str
    new_blob: str
    old_path: str
    path: str


class Commit(NamedTuple):
    """One commit of the publishing branch, at its moment in Asia/Shanghai; ``subject`` is its message's first line."""

    at: dt.datetime
    author: Author
    subject: str
    changes: tuple[Change, ...]


def parse_log(data: bytes) -> list[Commit]:
    """Read ``git log --raw -z`` whose format is the control character and the committer's time, name, address, subject.

    Returns the commits oldest first. Whatever a commit holds can be read: a time out of the calendar is its last
    day but one, or 1970; what is not UTF-8 is read as GB18030.
    """
    read: list[tuple[Commit, list[Change]]] = []
    tokens = iter(data.split(b"\0"))
    for token in tokens:
        if token.startswith(_HEADER):
            author = Author(_words(next(tokens, b"")), _words(next(tokens, b"")))
            read.append((Commit(_moment(token[1:]), author, _words(next(tokens, b"")), ()), []))
        elif token.lstrip(b"\n").startswith(b":") and read:
            read[-1][1].append(_change(token.lstrip(b"\n").decode("ascii"), tokens))
    return [commit._replace(changes=tuple(changes)) for commit, changes in reversed(read)]


def _moment(seconds: bytes) -> dt.datetime:
    digits = seconds.strip().removeprefix(b"-")
    value = int(digits) if digits.isdigit() and not seconds.strip().startswith(b"-") else 0
    return _EPOCH + dt.timedelta(seconds=min(value, _LATEST))


def _words(data: bytes) -> str:
    """Return what a person wrote in a commit, on one line."""
    try:
        text = data.decode()
    except UnicodeDecodeError:
        text = data.decode("gb18030", "replace")
    return "".join(char if char.isprintable() else " " for char in text).strip()


def _change(meta: str, tokens: Iterator[bytes]) -> Change:
    old_mode, mode, old_blob, new_blob, status = meta.removeprefix(":").split(" ")
    old_path = _path(next(tokens, b""))
    path = _path(next(tokens, b"")) if status[0] in "RC" else old_path
    old_blob, new_blob = (
        blob if kind in _FILE_MODES else _NOTHING for blob, kind in ((old_blob, old_mode), (new_blob, mode))
    )  # a symbolic link and a submodule are no texts
    return Change(status[0], old_blob, new_blob, old_path, path)


def _path(data: bytes) -> str:
    return data.decode("utf-8", "replace")


class Blobs:
    """Contents of earlier versions, from one ``git cat-file`` that runs as long as it is needed."""

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
        """Return the contents of one version, nothing for what is no file.

        Raises ``HistoryGap`` where git does not have it: the repository is damaged, or not whole.
        """
        if set(blob) <= {"0"}:
            return b""
        process = self._process or self._start()
        source, target = process.stdout, process.stdin
        if source is None or target is None:
            return b""  # never: both are pipes
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
            pass  # it has ended
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
