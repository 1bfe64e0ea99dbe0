"""Update the search after the words of a few texts changed: the index of the full text, not the fields."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.domain.model import Site
from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.search.full_text import (
    FOLDER,
    PreparedIndex,
    SearchEntry,
    WrittenIndex,
    entries_of,
    missing_segments,
    prepare_index,
    write_index,
)
from generator.support.cache import Cache
from generator.support.database import CacheLostError

TEXTS = "search/texts.json"
_FEW_SEGMENTS = 2


class StoredIndex(NamedTuple):
    """What a build stores of its index for the next one: its name, the entries, and the fragments by document."""

    name: str
    entries: tuple[SearchEntry, ...]
    fragments: Mapping[str, str]


def reuse_index(staging: Staging, cache: Cache, entries: tuple[SearchEntry, ...]) -> WrittenIndex | None:
    """Reuse the index of the previous output; ``None`` where it has other entries, or a file is missing or changed."""
    stored = load_index(cache, staging.target)
    if stored is None or not stored.name or stored.entries != entries:
        return None
    files = [staging.reuse(file.path, file.fingerprint) for file in staging.previous_files(f"{FOLDER}/")]
    reused = [file for file in files if file]
    complete = len(reused) == len(files) and any(file.path.endswith(f".{stored.name}.pf_meta") for file in reused)
    return WrittenIndex(stored.name, dict(stored.fragments), reused) if complete else None


def prepare_early(cache: Cache, target: Path, site: Site) -> PreparedIndex | None:
    """Return the index of a site that has few new texts; ``None`` where it has many, or the present index is its own.

    With many new texts the time is better spent once pages are being made.
    """
    entries = entries_of(site)
    stored = load_index(cache, target)
    if (stored and stored.entries == entries) or missing_segments(cache, entries) > _FEW_SEGMENTS:
        return None
    return prepare_index(cache, entries, lambda: None)


class RefreshedIndex(NamedTuple):
    """The written files, and what to store for the next build."""

    written: list[WrittenFile]
    stored: StoredIndex


def texts_table(index: WrittenIndex, ids: list[str]) -> bytes:
    """Return ``search/texts.json``: the name of the index, and the fragments of documents in their order."""
    return _table(index.name, [index.fragments.get(document, "") for document in ids])


def _table(name: str, fragments: list[str]) -> bytes:
    return json.dumps({"index": name, "fragments": fragments}, separators=(",", ":")).encode()


def save_index(cache: Cache, target: Path, stored: StoredIndex) -> None:
    """Store what ``refresh_index`` needs of the index of a site."""
    entries = tuple(map(tuple, stored.entries))
    cache.set_state(f"full-text:{target}", (stored.name, entries, dict(stored.fragments)))


def load_index(cache: Cache, target: Path) -> StoredIndex | None:
    """Return what is stored of the index of a site; ``None`` where nothing is."""
    state = cache.state(f"full-text:{target}")
    if state is None:
        return None
    name, entries, fragments = state
    return StoredIndex(name, tuple(SearchEntry(*entry) for entry in entries), fragments)


def refresh_index(
    staging: Staging, cache: Cache, stored: StoredIndex, bodies: Mapping[str, str], table: bytes
) -> RefreshedIndex:
    """Write the index with changed texts; ``bodies`` maps the old cache key of a text to the new one.

    ``table`` holds the bytes of the present table. Raises ``CacheLostError`` where it is not that of the stored index:
    then a build that was killed before the swap has stored it, and its texts were perhaps never public.
    """
    data = json.loads(table)
    if data["index"] != stored.name:
        raise CacheLostError("检索索引的记录不是这个网站的", "再运行一次")
    entries = tuple(entry._replace(body=bodies.get(entry.body, entry.body)) for entry in stored.entries)
    index = write_index(staging, cache, prepare_index(cache, entries, lambda: None))
    renamed = {fragment: index.fragments[document] for document, fragment in stored.fragments.items()}
    new_table = _table(index.name, [renamed.get(fragment, "") for fragment in data["fragments"]])
    written = [*index.files, staging.put(TEXTS, new_table)]
    return RefreshedIndex(written, StoredIndex(index.name, entries, index.fragments))
