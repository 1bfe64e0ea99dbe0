"""All pages of a folder → their facts. Reading is pure per file, so it runs in processes and is cached."""

import gc
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from generator.authoring.importing.saved_pages.tree import MOST_BYTES
from generator.domain.model import Page
from generator.domain.problems import reason_of
from generator.domain.vocabulary import Kind
from generator.saved_site.page_role import PageRole
from generator.saved_site.read_page import ReadPage, page_id, read_page
from generator.support.cache import Cache, code_digest, digest
from generator.support.workers import run_chunks, split_into_chunks

_STATE = "saved_pages"
_CHUNK = 50
_MOST_CACHED = 200_000_000  # bytes of pages; a larger folder is read anew each time


def read_pages(
    root: Path, paths: Sequence[str], cache_path: Path, *, jobs: int, advance: Callable[[int, int], None]
) -> list[ReadPage]:
    """Return the facts of saved pages in the order of ``paths``; what was read before is not read again."""
    keys: dict[str, str] = {}
    read: dict[str, ReadPage] = {}
    size = 0
    for path in paths:
        try:
            data = _data_of(root, path)
        except OSError as error:
            read[path] = unreadable(path, reason_of(error))
            continue
        size += len(data)
        keys[path] = digest(code_digest(), path, data)
    with Cache(cache_path) as cache:
        stored = cache.state(_STATE)
    known: dict[str, ReadPage] = stored if isinstance(stored, dict) else {}
    read |= {path: known[key] for path, key in keys.items() if key in known}
    missing = [path for path in keys if path not in read]
    done = len(read)
    advance(done, len(paths))
    for part in run_chunks(
        _read_chunk, split_into_chunks(missing, jobs=jobs, most=_CHUNK), jobs=jobs, prepare=partial(Path, root)
    ):
        read.update((one.path, one) for one in part)
        done += len(part)
        advance(done, len(paths))
    if (missing or len(known) != len(keys)) and size < _MOST_CACHED:
        with Cache(cache_path) as cache:
            cache.set_state(_STATE, {key: read[path] for path, key in keys.items()})
    return [read[path] for path in paths]


def unreadable(path: str, reason: str) -> ReadPage:
    """Return what stands for a page that cannot be read."""
    page = Page(path, path, Kind.PAGE, page_id(path), {})
    return ReadPage(path, PageRole.UNREADABLE, page, doubt=f"读不了：{reason}")


def _data_of(root: Path, path: str) -> bytes:
    place = root / path
    return b"" if place.stat().st_size > MOST_BYTES else place.read_bytes()


def _read_chunk(root: Path, chunk: Sequence[str]) -> list[ReadPage]:
    pages = []
    gc.disable()  # trees are without cycles; looking for some took a fifth of the time
    for path in chunk:
        try:
            data = _data_of(root, path)
            pages.append(read_page(path, data) if data else unreadable(path, "空的，或者太大"))
        except (OSError, ValueError, RecursionError, MemoryError) as error:
            pages.append(unreadable(path, reason_of(error) if isinstance(error, OSError) else "不是正常的网页"))
    gc.enable()
    return pages
