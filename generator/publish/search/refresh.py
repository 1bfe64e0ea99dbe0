"""Update the search index after a few texts changed: rebuild their bundles, adjust the table, keep the rest."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from generator.publish.output.site_tree import WrittenFile
from generator.publish.output.staging import Staging
from generator.publish.search.bundles import Bundle, SearchEntry, build_bundle, bundle_name
from generator.support.cache import Cache
from generator.support.database import CacheLostError

TABLE = "search/documents.json"
TEXTS = "search/texts.json"
_ID_COLUMN, _DATE_COLUMN, _FRAGMENT_COLUMN = 0, 5, 9  # columns of a row of the table
_Bundles = tuple[tuple[SearchEntry, ...], ...]


def texts_table(table: bytes) -> bytes:
    """Return ``search/texts.json``: the bundles, and the fragment of each document in the order of the fields."""
    data = json.loads(table)
    rows = sorted(data["rows"], key=lambda row: str(row[_ID_COLUMN]))
    rows.sort(key=lambda row: str(row[_DATE_COLUMN]), reverse=True)
    fragments = [row[_FRAGMENT_COLUMN] for row in rows]
    return json.dumps({"bundles": data["bundles"], "fragments": fragments}, separators=(",", ":")).encode()


class RefreshedIndex(NamedTuple):
    """The written files, the folders that the site no longer uses, and the new entries for the next refresh."""

    written: list[WrittenFile]
    dropped_folders: tuple[str, ...]
    entries: _Bundles


def save_entries(cache: Cache, target: Path, entries: _Bundles) -> None:
    """Store the entries of the index of a site, bundle by bundle, for ``refresh_index``."""
    cache.set_state(f"search:{target}", tuple(tuple(map(tuple, bundle)) for bundle in entries))


def load_entries(cache: Cache, target: Path) -> _Bundles | None:
    """Return the stored entries of the index of a site, bundle by bundle; ``None`` where none are stored."""
    stored = cache.state(f"search:{target}")
    return None if stored is None else tuple(tuple(SearchEntry(*entry) for entry in bundle) for bundle in stored)


def write_bundle(staging: Staging, bundle: Bundle) -> list[WrittenFile]:
    """Write the files of a bundle, or reuse them from the previous output.

    Raises ``CacheLostError`` where the cache no longer has the files as they were built.
    """
    written = []
    for name in bundle.checksums:
        path, stamp = f"search/{bundle.name}/{name}", f"{bundle.name}/{name}"
        written.append(staging.reuse(path, stamp) or staging.write(path, stamp, bundle.read(name)))
    return written


def refresh_index(
    staging: Staging, cache: Cache, entries: _Bundles, bodies: Mapping[str, str], table: bytes
) -> RefreshedIndex:
    """Rebuild the bundles of changed texts; ``bodies`` maps the old cache key of a text to the new one.

    ``table`` holds the bytes of the present table. Raises ``CacheLostError`` where the entries do not belong to it:
    then a build that was killed before the swap has stored them, and their texts were perhaps never public.
    """
    data = json.loads(table)
    if [bundle_name(bundle) for bundle in entries] != data["bundles"]:
        raise CacheLostError("检索索引的记录不是这个网站的", "再运行一次")
    written: list[WrittenFile] = []
    dropped_folders: list[str] = []
    bundles: list[tuple[SearchEntry, ...]] = []
    fragments: dict[str, str] = {}
    for number, bundle in enumerate(entries):
        if not any(entry.body in bodies for entry in bundle):
            bundles.append(bundle)
            continue
        bundles.append(tuple(entry._replace(body=bodies.get(entry.body, entry.body)) for entry in bundle))
        rebuilt = build_bundle(bundles[-1], cache, lambda: None)
        if rebuilt.name != data["bundles"][number]:
            dropped_folders.append(f"search/{data['bundles'][number]}/")
        data["bundles"][number] = rebuilt.name
        fragments |= {document: f"{number}:{fragment}" for fragment, document in rebuilt.fragments.items()}
        written += write_bundle(staging, rebuilt)
    for row in data["rows"]:
        row[_FRAGMENT_COLUMN] = fragments.get(row[_ID_COLUMN], row[_FRAGMENT_COLUMN])
    new_table = json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()
    written += [staging.put(TABLE, new_table), staging.put(TEXTS, texts_table(new_table))]
    return RefreshedIndex(written, tuple(dropped_folders), tuple(bundles))
