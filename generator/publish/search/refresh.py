"""The index after a few texts changed: their bundles are made anew, the table follows, all else stays."""

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
_ID, _FRAGMENT = 0, 9  # columns of a row of the table
_Bundles = tuple[tuple[SearchEntry, ...], ...]


class RefreshedIndex(NamedTuple):
    """What was written, the folders that the site no longer uses, and the entries for the next time."""

    written: list[WrittenFile]
    dropped_folders: tuple[str, ...]
    entries: _Bundles


def save_entries(cache: Cache, target: Path, entries: _Bundles) -> None:
    """Keep what the index of a site holds, bundle by bundle; nothing where it has none."""
    cache.set_state(f"search:{target}", tuple(tuple(map(tuple, bundle)) for bundle in entries))


def load_entries(cache: Cache, target: Path) -> _Bundles | None:
    """Return what the index of a site holds, bundle by bundle; ``None`` where nobody knows."""
    stored = cache.state(f"search:{target}")
    return None if stored is None else tuple(tuple(SearchEntry(*entry) for entry in bundle) for bundle in stored)


def write_bundle(staging: Staging, bundle: Bundle) -> list[WrittenFile]:
    """Write the files of a bundle, or take them over from the previous output.

    Raises ``CacheLostError`` where the cache no longer holds what was made.
    """
    written = []
    for name in bundle.checksums:
        path, stamp = f"search/{bundle.name}/{name}", f"{bundle.name}/{name}"
        written.append(staging.reuse(path, stamp) or staging.write(path, stamp, bundle.read(name)))
    return written


def refresh_index(
    staging: Staging, cache: Cache, entries: _Bundles, bodies: Mapping[str, str], table: bytes
) -> RefreshedIndex:
    """Make the bundles of changed texts anew; ``bodies`` maps the old key of a text to the new one.

    Raises ``CacheLostError`` where the entries are not those of the table: a build that was killed before its site was
    in place has left them, and what it read was perhaps never public.
    """
    data = json.loads(table)
    if [bundle_name(bundle) for bundle in entries] != data["bundles"]:
        raise CacheLostError("检索索引的记录不是这个网站的", "再运行一次")
    written: list[WrittenFile] = []
    dropped: list[str] = []
    bundles: list[tuple[SearchEntry, ...]] = []
    fragments: dict[str, str] = {}
    for number, bundle in enumerate(entries):
        if not any(entry.body in bodies for entry in bundle):
            bundles.append(bundle)
            continue
        bundles.append(tuple(entry._replace(body=bodies.get(entry.body, entry.body)) for entry in bundle))
        made = build_bundle(bundles[-1], cache, lambda: None)
        if made.name != data["bundles"][number]:
            dropped.append(f"search/{data['bundles'][number]}/")
        data["bundles"][number] = made.name
        fragments |= {document: f"{number}:{fragment}" for fragment, document in made.fragments.items()}
        written += write_bundle(staging, made)
    for row in data["rows"]:
        row[_FRAGMENT] = fragments.get(row[_ID], row[_FRAGMENT])
    written.append(staging.put(TABLE, json.dumps(data, ensure_ascii=False, separators=(",", ":")).encode()))
    return RefreshedIndex(written, tuple(dropped), tuple(bundles))
