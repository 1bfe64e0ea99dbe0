"""An object store between the machines of a platform, through fsspec: what a run puts there, and takes back.

Each run has a folder of its own in the store, which is removed at its end. Credentials come from the settings of each
machine, as fsspec reads them, never from the address.
"""

import contextlib
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from generator.domain.problems import GongkaiError

_CHECK = "核对地址、网络，和这台机器上存储服务的帐号"
_MOST_REASON = 160


class StoredFile(NamedTuple):
    """A file in the store, and the sha256 that it had when it was put there."""

    name: str
    sha256: str

    @classmethod
    def of(cls, place: Path, name: str) -> "StoredFile":
        """Return a local file as it will be in the store."""
        with place.open("rb") as file:
            return cls(name, hashlib.file_digest(file, "sha256").hexdigest())


@dataclass(frozen=True)
class Storage:
    """The folder of one run in the store at ``url``; every machine opens it by these names.

    ``owner`` is the same in all runs of one platform from one machine.
    """

    url: str
    owner: str
    run: str

    @property
    def folder(self) -> str:
        """The name of the folder."""
        return f"{self.owner}-{self.run}"

    def put(self, place: Path, name: str) -> StoredFile:
        """Copy a file into the store.

        Raises ``GongkaiError`` where the store cannot be reached or written.
        """
        stored = StoredFile.of(place, name)
        self._do("写不了", lambda system, root: _put(system, place, f"{root}/{name}"))
        return stored

    def get(self, stored: StoredFile, place: Path) -> None:
        """Copy a file from the store.

        Raises ``GongkaiError`` where it cannot be read, or is not the file that was put there.
        """
        self._do("读不了", lambda system, root: system.get_file(f"{root}/{stored.name}", str(place)))
        if StoredFile.of(place, stored.name) != stored:
            raise GongkaiError(f"{self.url} 里的 {stored.name} 和放进去的不一样", "看是谁在写这个存储，再运行一次")

    def remove(self, stored: StoredFile) -> None:
        """Remove a file from the store; one that cannot be removed goes with the folder of the run."""
        with contextlib.suppress(GongkaiError):
            self._do("删不掉", lambda system, root: system.rm_file(f"{root}/{stored.name}"))

    def clear(self) -> None:
        """Remove the folder of this run, and those of earlier runs that were killed.

        Raises ``GongkaiError`` where that fails: the store holds documents that are not public.
        """
        self._do("删不掉", lambda system, root: _clear(system, root.rpartition("/")[0], f"{self.owner}-"))

    def _do(self, failed: str, action: Callable[[Any, str], None]) -> None:
        try:
            from fsspec.core import url_to_fs

            system, root = url_to_fs(self.url)
            action(system, f"{root.rstrip('/')}/{self.folder}")
        except ImportError as error:
            raise GongkaiError(
                f"用不了存储 {self.url}（{_reason(error)}）",
                "在每台机器安装 gongkai[dask] 和这种存储的 fsspec 模块，如 s3fs",
            ) from None
        except Exception as error:  # every kind of store has errors of its own
            raise GongkaiError(f"存储 {self.url} {failed}（{_reason(error)}）", _CHECK) from None


def check_address(url: str) -> None:
    """Check that an address names a store and holds no password.

    Raises ``GongkaiError`` for another one.
    """
    try:
        parts = urlsplit(url)
        password = parts.password
    except ValueError:
        parts, password = urlsplit(""), None
    if not parts.scheme or "://" not in url:
        raise GongkaiError(f"“{url[:60]}”不是存储的地址", "写成 s3://桶/文件夹，或 file:///共享文件夹")
    if password is not None or parts.query or parts.fragment:
        raise GongkaiError(
            "存储的地址里不能写密码和参数", "帐号写在每台机器的环境变量或 fsspec 的配置文件里（~/.config/fsspec）"
        )


def _put(system: Any, place: Path, target: str) -> None:
    system.makedirs(target.rpartition("/")[0], exist_ok=True)
    system.put_file(str(place), target)


def _clear(system: Any, root: str, prefix: str) -> None:
    system.invalidate_cache()
    with contextlib.suppress(FileNotFoundError):
        for place in system.ls(root, detail=False):
            if place.rstrip("/").rpartition("/")[2].startswith(prefix):
                system.rm(place, recursive=True)


def _reason(error: BaseException) -> str:
    return f"{type(error).__name__}: {str(error)[:_MOST_REASON]}"
