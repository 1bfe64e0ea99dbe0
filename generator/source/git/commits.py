"""The raw output of git: commits with what each changed, and the contents of earlier versions."""

import datetime as dt
import subprocess
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from generator.model import Author

SHANGHAI = dt.timezone(dt.timedelta(hours=8))
_NOTHING = "0" * 40
_HEADER = "\x02"
_PARTS = 4


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
    """Read ``git log --raw -z`` whose format is the control character, the committer's time, name, address, subject.

    Returns the commits oldest first.
    """
    commits: list[Commit] = []
    changes: list[Change] = []
    tokens = iter(data.decode("utf-8", "surrogateescape").split("\0"))
    header: list[str] | None = None
    for token in tokens:
        if token.startswith(_HEADER):
            if header:
                commits.append(_commit(header, changes))
            header, changes = token[1:].split("\x1f", _PARTS - 1), []
        elif token.lstrip("\n").startswith(":"):
            changes.append(_change(token.lstrip("\n"), tokens))
    if header:
        commits.append(_commit(header, changes))
    commits.reverse()
    return commits


def _commit(header: list[str], changes: list[Change]) -> Commit:
    at = dt.datetime.fromtimestamp(int(header[0]), SHANGHAI).replace(tzinfo=None)
    return Commit(at, Author(header[1], header[2]), header[3].strip(), tuple(changes))


def _change(meta: str, tokens: Iterator[str]) -> Change:
    _, _, old_blob, new_blob, status = meta.split(" ")
    old_path = next(tokens)
    path = next(tokens) if status[0] in "RC" else old_path
    return Change(status[0], old_blob, new_blob, old_path, path)


class Blobs:
    """Contents of earlier versions, from one ``git cat-file`` that runs as long as it is needed."""

    def __init__(self, project: Path) -> None:
        self._project = project
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process:
            self._process.communicate()

    def read(self, blob: str) -> bytes:
        """Return the contents of one version, nothing where git does not have it."""
        if self._process is None:
            command = ["git", "-C", str(self._project), "cat-file", "--batch"]
            self._process = subprocess.Popen(
                command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
            )
        source, target = self._process.stdout, self._process.stdin
        if source is None or target is None or set(blob) == {"0"}:
            return b""
        target.write(blob.encode() + b"\n")
        target.flush()
        told = source.readline().split()
        if len(told) != 3 or told[1] != b"blob":
            return b""
        data = source.read(int(told[2]))
        source.read(1)
        return data
