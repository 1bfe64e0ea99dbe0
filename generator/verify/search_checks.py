"""Check the files of the search page: that they are all used, and say what ``api/documents.json`` says."""

import re
from collections.abc import Iterator, Sequence
from typing import Any

from generator.verify.api_records import Record
from generator.verify.built_site import RECORDS, SEARCH_FIELDS, SEARCH_TEXTS, BuiltSite, parsed
from generator.verify.fault import Fault, FaultKind

_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_CARD = 7  # the number of cells that every card has; some have more
_INDEX = "search/pagefind/"
_OF_INDEX = re.compile(
    r"pagefind\.js|pagefind-worker\.js|wasm\.[a-z]+\.pagefind|pagefind-entry\.json"
    r"|[^/]+\.pf_meta|index/[^/]+\.pf_index|fragment/([^/]+)\.pf_fragment"
)


def search_files(site: BuiltSite) -> Iterator[str]:
    """Yield the files below ``search/`` that its tables name."""
    for paths in search_parts(site).values():
        yield from paths
    fragments = set(_fragments(site))
    for path in site.checksums:
        match = _OF_INDEX.fullmatch(path.removeprefix(_INDEX)) if path.startswith(_INDEX) else None
        if match and (match[1] is None or match[1] in fragments):
            yield path


def search_parts(site: BuiltSite) -> dict[str, list[str]]:
    """Return the files of pairs and of cards that ``search/fields.json`` names, in their order."""
    general = parsed(site.texts.get(SEARCH_FIELDS, b""))
    numbers = [general.get(key) for key in ("shards", "count", "group")] if isinstance(general, dict) else []
    if len(numbers) != 3 or not all(type(number) is int and 0 <= number < 10**7 for number in numbers):
        return {"pairs": [], "cards": []}
    shards, count, group = (int(str(number)) for number in numbers)
    groups = -(-count // max(group, 1))
    return {
        "pairs": [f"search/pairs/{number}.json" for number in range(min(shards, len(site.checksums)))],
        "cards": [f"search/cards/{number}.json" for number in range(min(groups, len(site.checksums)))],
    }


def _check_cards(site: BuiltSite) -> Iterator[Fault]:
    """Yield where the cards of the search page differ from ``api/documents.json``."""
    seen: set[str] = set()
    for path in search_parts(site)["cards"]:
        data = parsed(site.texts.get(path, b""))
        rows = data.get("rows") if isinstance(data, dict) else None
        if not isinstance(rows, list) or not all(isinstance(row, list) and len(row) >= _CARD for row in rows):
            yield Fault(path, FaultKind.UNREADABLE, "检索用的文件读不了", _REBUILD)
            continue
        for row in rows:
            record = site.records.get(row[0]) if _is_text(row[0]) else None
            if record is None:
                message = f"检索能找到“{str(row[0])[:60]}”，它不在 {RECORDS} 里"
                yield Fault(path, FaultKind.SEARCH, message, "可能是不公开或已撤下的文件，立即重新生成")
                continue
            seen.add(record.id)
            state = row[_CARD] if len(row) > _CARD else ""
            day = str(record.facts.get("date_published") or "")[:10]
            expected = [record.url, record.title, day, record.kind, record.shown_status]
            is_same = [row[1], row[2], row[5], row[6], state] == expected
            if not is_same or row[_CARD + 2 :] != _more_cells(record):
                yield Fault(path, FaultKind.SEARCH, f"检索里的“{record.id}”和 {RECORDS} 不一致", _REBUILD)
    for missing in sorted(site.records.keys() - seen):
        yield Fault(SEARCH_FIELDS, FaultKind.SEARCH, f"检索里没有“{missing}”", _REBUILD)


def _fragments(site: BuiltSite) -> list[str]:
    """Return the names of the documents in the index of the full text, as ``search/texts.json`` has them."""
    table = parsed(site.texts.get(SEARCH_TEXTS, b""))
    fragments = table.get("fragments") if isinstance(table, dict) else None
    return [str(name) for name in fragments] if isinstance(fragments, list) else []


def _is_text(value: Any) -> bool:
    return isinstance(value, str)


def check_search(site: BuiltSite) -> Iterator[Fault]:
    """Yield where the files of the search page differ from ``api/documents.json``, or are not there."""
    yield from _check_cards(site)
    fragments = _fragments(site)
    if len(fragments) != len(site.records):
        yield Fault(SEARCH_TEXTS, FaultKind.SEARCH, f"全文检索的文件数和 {RECORDS} 不一致", _REBUILD)
    for name in fragments:
        if name and f"{_INDEX}fragment/{name}.pf_fragment" not in site.checksums:
            yield Fault(SEARCH_TEXTS, FaultKind.SEARCH, f"检索片段 {name[:60]} 不存在", _REBUILD)


def _more_cells(record: Record) -> list[object]:
    """Return the additional cells that a row must have: marks of a suspension or interpretation, and the parts."""
    parts = [
        [part.get("title"), part.get("url"), part.get("status"), _suspended(part["notices"])] for part in record.parts
    ]
    marks = _suspended(record.notices) if record.status else []
    marks += [record.facts["mark"]] if record.facts.get("mark") else []
    return [marks, parts] if parts else [marks] if marks else []


def _suspended(notices: Sequence[str]) -> list[object]:
    return [notice for notice in notices if notice in {"suspended", "partly_suspended"}]
