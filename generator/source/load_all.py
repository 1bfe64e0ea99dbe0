"""All files under ``content/`` → pages. Parsing is pure per file, so it runs in processes and is cached."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from generator.domain.model import MediaFile, Page
from generator.domain.problems import Problem
from generator.source.scan import Scan, scan
from generator.support.cache import Cache, unpack
from generator.support.workers import run_chunks, split_into_chunks

_CHUNK = 100


@dataclass(frozen=True, slots=True)
class Sources:
    """Everything that lies under ``content/``: pages, other files, and what could not be taken."""

    pages: tuple[Page, ...]
    files: Mapping[str, MediaFile]
    problems: tuple[tuple[str, Problem], ...]


def load_sources(
    project: Path,
    cache_path: Path,
    *,
    jobs: int,
    advance: Callable[[int, int], None],
    scanned: Scan | None = None,
    meanwhile: Callable[[], object] | None = None,
) -> Sources:
    """Read, parse and cache every file; ``advance(done, total)`` is told how far it is.

    ``meanwhile`` is done by this process while others parse, if there is so much to parse.
    """
    with Cache(cache_path) as cache:
        scanned_files = scanned or scan(project, cache)
        keys = scanned_files.keys
        known = cache.pages(list(keys.values()))
        cache.drop_unused(keys.values())
    pages = {path: known[key] for path, key in keys.items() if key in known}
    missing = [path for path in keys if path not in pages]
    done = len(pages)
    advance(done, len(keys))
    chunks = split_into_chunks(missing, jobs=jobs, most=_CHUNK)
    prepare = partial(_open_workplace, project, cache_path)
    meanwhile = meanwhile if len(chunks) > 1 else None
    for packed in run_chunks(_parse_chunk, chunks, jobs=jobs, prepare=prepare, meanwhile=meanwhile):
        pages.update((page.path, page) for page in map(unpack, packed))
        done += len(packed)
        advance(done, len(keys))
    files, problems = _read_files(project, scanned_files, cache_path, jobs)
    return Sources(tuple(pages[path] for path in keys), files, problems)


def _read_files(
    project: Path, scanned: Scan, cache_path: Path, jobs: int
) -> tuple[Mapping[str, MediaFile], tuple[tuple[str, Problem], ...]]:
    """Return the files that are no texts with their scan results, and all problems of files."""
    if not scanned.files:
        return {}, scanned.problems
    from generator.source.attachments.active import active_problems
    from generator.source.attachments.screening import screen_files

    files = screen_files(project, scanned.files, cache_path, jobs=jobs)
    return files, (*scanned.problems, *active_problems(project, scanned.files))


def _open_workplace(project: Path, cache_path: Path) -> tuple[Path, Cache]:
    return project, Cache(cache_path)


def _parse_chunk(workplace: tuple[Path, Cache], chunk: Sequence[str]) -> list[bytes]:
    from generator.source.load import parse_file  # a site whose texts are all in the cache parses nothing

    project, cache = workplace
    return cache.put(parse_file(project, path) for path in chunk)
