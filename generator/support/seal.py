"""Sealed records: everything read from the cache has a keyed sum, and can hold values of known classes only.

The key is in the data folder of the user, not in the cache. A record that another account, another machine or a
broken disk has put into the cache has no valid sum under this key, and is renewed instead of being read.
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
# The only modules whose classes a stored value may have; none of those classes does anything when it is created.
_OUR_MODULES = ("generator.domain.model.", "generator.domain.vocabulary.")
_OTHER_CLASSES = frozenset(
    {
        ("builtins", "frozenset"),
        ("generator.authoring.importing.saved_pages.attached_files", "FileLink"),
        ("generator.saved_site.page_role", "PageRole"),
        ("generator.saved_site.page_links", "PageLink"),
        ("generator.saved_site.read_page", "ReadPage"),
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
    """Stored bytes are damaged, or hold a value of an unknown class."""


class _Values(pickle.Unpickler):
    """An unpickler that accepts the listed classes only."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a listed class.

        Raises ``pickle.UnpicklingError`` for anything else.
        """
        return _listed_class(module, name)


@functools.cache
def _listed_class(module: str, name: str) -> type:
    if not (module.startswith(_OUR_MODULES) or (module, name) in _OTHER_CLASSES) or "." in name:
        raise pickle.UnpicklingError(f"{module}.{name}")
    value = getattr(__import__(module, fromlist=[name]), name)
    if not isinstance(value, type):
        raise pickle.UnpicklingError(f"{module}.{name}")
    return value


def dump(value: object) -> bytes:
    """Return a value as bytes."""
    return pickle.dumps(value, pickle.HIGHEST_PROTOCOL)


def load(data: bytes) -> Any:
    """Return the value that ``dump`` turned into bytes.

    Raises ``NotReadableError`` for other bytes and for classes that are not listed.
    """
    try:
        return _Values(io.BytesIO(data)).load()
    except _UNREADABLE as error:
        raise NotReadableError from error


def seal(place: str, data: bytes) -> bytes:
    """Return data with its keyed sum before it; the sum is valid only at ``place``, where the record is stored."""
    return _sum(place, data) + data


def unseal(place: str, sealed: bytes) -> bytes:
    """Return the data of a sealed record.

    Raises ``NotReadableError`` where the sum is not that of this data at this place under the user's key.
    """
    stored_sum, data = sealed[:SUM_BYTES], sealed[SUM_BYTES:]
    if not hmac.compare_digest(stored_sum, _sum(place, data)):
        raise NotReadableError
    return data


def _sum(place: str, data: bytes) -> bytes:
    state = hashlib.blake2b(key=_key(), digest_size=SUM_BYTES)
    state.update(place.encode("utf-8", "surrogatepass") + b"\0")
    state.update(data)
    return state.digest()


@functools.cache
def _key() -> bytes:
    """Return the key of the user, created at the first use: in the data folder, else in the folder for temporary files.

    Where it cannot be stored, every run has a new key, and no record of an earlier run is read.
    """
    from platformdirs import user_data_path

    for folder in (user_data_path("gongkai", appauthor=False), temporary_folder()):
        path = folder / _KEY_FILE
        with contextlib.suppress(OSError):
            return _stored_key(path) or _new_key(path)
    return os.urandom(_KEY_BYTES)


def temporary_folder() -> Path:
    """Return the folder that is used where the home folder cannot be written."""
    import tempfile  # slow to import, and rarely needed

    return Path(tempfile.gettempdir()) / f"gongkai-{os.getuid() if hasattr(os, 'getuid') else 0}"


def _stored_key(path: Path) -> bytes | None:
    """Return the key in a file; ``None`` where there is none, or another account could have read or written it."""
    try:
        handle = os.open(path, os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0) | getattr(os, "O_NONBLOCK", 0))
    except OSError:
        return None
    with os.fdopen(handle, "rb") as file:
        facts = os.fstat(handle)
        is_own = not hasattr(os, "geteuid") or (facts.st_uid == os.geteuid() and not facts.st_mode & 0o077)
        key = file.read(_KEY_BYTES + 1) if is_own and stat.S_ISREG(facts.st_mode) else b""
    return key if len(key) == _KEY_BYTES else None


def _new_key(path: Path) -> bytes:
    """Create the key and return it; two processes that do so at once both return the first one."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    new = path.with_name(f"{_KEY_FILE}.{os.getpid()}.{os.urandom(4).hex()}")
    key = os.urandom(_KEY_BYTES)
    try:
        with os.fdopen(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as file:
            file.write(key)
        try:
            os.link(new, path)
        except FileExistsError:
            if key_of_other := _stored_key(path):
                return key_of_other
            new.replace(path)  # not a key, or one that others could read
        except OSError:  # a file system without hard links
            new.replace(path)
    finally:
        with contextlib.suppress(OSError):
            new.unlink()
    return _stored_key(path) or key
