"""What makes the cache trustworthy: a keyed sum on everything that is read from it, and values that only are values.

The key lies in the user's own data folder, not in the cache. What another account, another machine or a
broken disk has put into the cache has no sum under this key, and is made again instead of being read.
"""

import contextlib
import functools
import hashlib
import hmac
import io
import os
import pickle
import stat
from pathlib import Path
from typing import Any

_KEY_FILE = "cache.key"
_KEY_BYTES = 32
SUM_BYTES = 16
# The only modules whose classes a stored value may be of; all of them are facts without behaviour of their own.
_OUR_MODULES = ("generator.domain.model.", "generator.domain.vocabulary.")
_OTHER_CLASSES = frozenset(
    {
        ("builtins", "frozenset"),
        ("builtins", "set"),
        ("collections", "Counter"),
        ("datetime", "date"),
        ("datetime", "datetime"),
        ("generator.pipeline.options", "BuildResult"),
        ("generator.pipeline.options", "Search"),
        ("generator.domain.problems", "Finding"),
        ("generator.domain.problems", "Problem"),
        ("generator.domain.problems", "Severity"),
        ("generator.publish.output.site_tree", "SiteTree"),
        ("generator.publish.output.site_tree", "WrittenFile"),
        ("generator.pipeline.incremental", "BuildState"),
        ("generator.report.external_links.check_all", "CheckedVisit"),
        ("generator.report.external_links.visit", "Visit"),
        ("generator.source.scan", "Stamp"),
        ("generator.source.scan", "Reading"),
    }
)
_UNREADABLE = (
    pickle.UnpicklingError,
    AttributeError,
    EOFError,
    ImportError,
    IndexError,
    KeyError,
    MemoryError,
    OverflowError,
    TypeError,
    ValueError,
)


class NotReadableError(Exception):
    """Stored bytes that are no value of this program."""


class _Values(pickle.Unpickler):
    """An unpickler that knows the classes of facts, and nothing that could do anything."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class of facts; anything else is refused."""
        return _class_of_facts(module, name)


@functools.cache
def _class_of_facts(module: str, name: str) -> type:
    if not (module.startswith(_OUR_MODULES) or (module, name) in _OTHER_CLASSES) or "." in name:
        raise pickle.UnpicklingError(f"{module}.{name}")
    found = getattr(__import__(module, fromlist=[name]), name)
    if not isinstance(found, type):
        raise pickle.UnpicklingError(f"{module}.{name}")
    return found


def dump(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def load(data: bytes) -> Any:
    """Return the value that ``dump`` made bytes of.

    Raises ``NotReadableError`` for anything but facts of this program.
    """
    try:
        return _Values(io.BytesIO(data)).load()
    except _UNREADABLE as error:
        raise NotReadableError from error


def seal(place: str, data: bytes) -> bytes:
    """Return data behind its sum; ``place`` is where it will be kept, so that it is worth nothing elsewhere."""
    return _sum(place, data) + data


def unseal(place: str, sealed: bytes) -> bytes:
    """Return the data behind a sum.

    Raises ``NotReadableError`` where the sum is not that of this data at this place under the user's key.
    """
    kept, data = sealed[:SUM_BYTES], sealed[SUM_BYTES:]
    if not hmac.compare_digest(kept, _sum(place, data)):
        raise NotReadableError
    return data


def _sum(place: str, data: bytes) -> bytes:
    state = hashlib.blake2b(key=_key(), digest_size=SUM_BYTES)
    state.update(place.encode("utf-8", "surrogatepass") + b"\0")
    state.update(data)
    return state.digest()


@functools.cache
def _key() -> bytes:
    """Return the user's key, made at the first use: in the user's data folder, else where temporary files are.

    Where it cannot be kept, it is a new one in every run, and so nothing is taken from an earlier run.
    """
    from platformdirs import user_data_path

    for folder in (user_data_path("gongkai", appauthor=False), temporary_folder()):
        path = folder / _KEY_FILE
        with contextlib.suppress(OSError):
            return _kept(path) or _made(path)
    return os.urandom(_KEY_BYTES)


def temporary_folder() -> Path:
    """Return the folder that takes the place of a home folder that cannot be written."""
    import tempfile  # slow to import, and rarely needed

    return Path(tempfile.gettempdir()) / f"gongkai-{os.getuid() if hasattr(os, 'getuid') else 0}"


def _kept(path: Path) -> bytes | None:
    """Return the key in a file; ``None`` where there is none, or others could have written or read it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        own = not hasattr(os, "geteuid") or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o077)
        key = file.read(_KEY_BYTES + 1) if own and stat.S_ISREG(facts.st_mode) else b""
    return key if len(key) == _KEY_BYTES else None


def _made(path: Path) -> bytes:
    """Make the key; of two processes that do so at once both return the first one's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{_KEY_FILE}.{os.getpid()}.{os.urandom(4).hex()}")
    key = os.urandom(_KEY_BYTES)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
        try:
            os.link(new, path)
        except FileExistsError:
            if kept := _kept(path):
                return kept
            new.replace(path)  # not a key, or one that others could read
        except OSError:  # a file system without hard links
            new.replace(path)
    finally:
        with contextlib.suppress(OSError):
            new.unlink()
    return _kept(path) or key
