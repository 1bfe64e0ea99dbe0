"""What the portal of a platform says of its documents: its register, its sites, and its pages by their addresses."""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from generator.verify.built_site import PORTAL_REGISTER, PORTAL_SITES, BuiltSite, parsed


class PortalRecord(NamedTuple):
    """One document of the register; ``facts`` are all its fields."""

    id: str
    site: str
    kind: str
    title: str
    url: str
    state: str
    facts: Mapping[str, Any]

    def texts(self, key: str) -> list[str]:
        """Return the texts of a field that is a list."""
        value = self.facts.get(key)
        return [one for one in value if isinstance(one, str)] if isinstance(value, list) else []

    def changes(self, built: dt.date, day: dt.date) -> list[tuple[dt.date, str]]:
        """Return the changes of the state after the day of the portal and until a day, in their order."""
        items = self.facts.get("changes_on")
        found = [
            (when, str(one.get("state") or ""))
            for one in (items if isinstance(items, list) else [])
            if isinstance(one, dict) and (when := day_of(one.get("day")))
        ]
        return sorted((when, state) for when, state in found if built < when <= day)


@dataclass(frozen=True)
class Portal:
    """A portal: its documents by ``site:id``, the addresses of its sites, and what could not be read."""

    built: BuiltSite
    records: Mapping[str, PortalRecord]
    bases: Mapping[str, str]
    counts: Mapping[str, int]
    wrong: tuple[tuple[str, str], ...]

    @cached_property
    def urls(self) -> frozenset[str]:
        """The addresses of the documents."""
        return frozenset(record.url for record in self.records.values())

    @cached_property
    def _bases(self) -> tuple[str, ...]:
        return tuple(self.bases.values())

    def links(self, path: str) -> set[str]:
        """Return the addresses on the sites to which a page leads."""
        page = self.built.pages.get(path)
        addresses = (one.value.partition("#")[0] for one in page.addresses if one.tag == "a") if page else ()
        return {address for address in addresses if address.startswith(self._bases)}


def read_portal(built: BuiltSite) -> Portal:
    """Return the portal in a folder that was read; what has another form is in ``wrong``, never raised."""
    wrong: list[tuple[str, str]] = []
    bases: dict[str, str] = {}
    counts: dict[str, int] = {}
    for site, base, count in _sites(parsed(built.texts.get(PORTAL_SITES, b"")), wrong):
        bases[site], counts[site] = base, count
    records: dict[str, PortalRecord] = {}
    data = parsed(built.texts.get(PORTAL_REGISTER, b""))
    if not isinstance(data, list):
        wrong.append((PORTAL_REGISTER, "不是信息的列表"))
        data = []
    for number, item in enumerate(data, 1):
        record = _record(item)
        if record is None:
            wrong.append((PORTAL_REGISTER, f"第 {number} 条缺少 site、id、kind、title 或 url，或者形式不对"))
        elif record.id in records:
            wrong.append((PORTAL_REGISTER, f"“{record.id}”有两条"))
        else:
            records[record.id] = record
    return Portal(built, records, bases, counts, tuple(wrong))


def _sites(data: Any, wrong: list[tuple[str, str]]) -> Iterable[tuple[str, str, int]]:
    if not isinstance(data, list):
        wrong.append((PORTAL_SITES, "不是网站的列表"))
        return
    for number, item in enumerate(data, 1):
        match item:
            case {"site": str(site), "url": str(base), "documents": int(count)} if base.endswith("/"):
                yield site, base, count
            case _:
                wrong.append((PORTAL_SITES, f"第 {number} 条缺少 site、url 或 documents，或者形式不对"))


def _record(item: Any) -> PortalRecord | None:
    match item:
        case {"site": str(site), "id": str(name), "kind": str(kind), "title": str(title), "url": str(url)} if name:
            state = item.get("state", "")
            return PortalRecord(f"{site}:{name}", site, kind, title, url, state if isinstance(state, str) else "", item)
    return None


def day_of(value: object) -> dt.date | None:
    """Return a day as a text has it, ``None`` for anything else."""
    try:
        return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
    except ValueError:
        return None


def pages_below(portal: Portal, folder: str) -> Iterator[str]:
    """Yield the pages of a list: the first one and those that continue it."""
    for path in portal.built.pages:
        place, _, name = path.rpartition("/")
        if place == folder and (name == "index.html" or name.startswith("index-")):
            yield path
