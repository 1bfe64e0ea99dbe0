"""Read ``api/documents.json`` as records; what has another form is reported, never raised."""

import datetime as dt
from collections.abc import Mapping
from typing import Any, NamedTuple

from generator.domain.vocabulary import PostingState, RelationKind


class Record(NamedTuple):
    """One public document of the API; ``facts`` are all its fields."""

    id: str
    kind: str
    title: str
    url: str
    status: str
    notices: tuple[str, ...]
    relations: Mapping[RelationKind, tuple[str, ...]]
    attachments: tuple[str, ...]
    facts: Mapping[str, Any]

    def day(self, key: str) -> dt.date | None:
        """Return the day of a field, ``None`` where it has none."""
        value = self.facts.get(key)
        try:
            return dt.date.fromisoformat(value[:10]) if isinstance(value, str) else None
        except ValueError:
            return None

    @property
    def parts(self) -> list[Mapping[str, Any]]:
        """The texts that a notice carries, in their order; each has texts for id, title, url and status."""
        parts: list[Mapping[str, Any]] = self.facts.get("parts", [])
        return parts

    @property
    def comparisons(self) -> list[str]:
        """The addresses of the pages on which the document stands beside an older or newer one."""
        addresses = self.facts.get("compare", [])
        return [one for one in addresses if isinstance(one, str)] if isinstance(addresses, list) else []

    @property
    def effect_day(self) -> dt.date | None:
        """The day on which a document takes effect: 施行日期, else its publication (requirements DOC-10)."""
        return self.day("date_effective") or self.day("date_published") or self.day("date_written")

    @property
    def state(self) -> str:
        """The value that ``data-status`` of its page must have."""
        return self.status or _text(self.facts.get("consultation_status")) or _text(self.facts.get("posting_status"))

    @property
    def shown_status(self) -> str:
        """The status that lists and search cards show: 有效性, or that a notice has ended."""
        return self.status or (PostingState.ENDED if self.state == PostingState.ENDED else "")


def read_records(data: Any) -> tuple[dict[str, Record], list[str]]:
    """Return the records by id, and Chinese messages on those that cannot be read."""
    if not isinstance(data, list):
        return {}, ["不是信息的列表"]
    records: dict[str, Record] = {}
    wrong: list[str] = []
    for number, item in enumerate(data, 1):
        record = _record(item)
        if record is None:
            wrong.append(f"第 {number} 条缺少 id、kind、title 或 url，或者形式不对")
        elif record.id in records:
            wrong.append(f"编号“{record.id}”有两条")
        else:
            records[record.id] = record
    return records, wrong


def _record(item: Any) -> Record | None:
    if not isinstance(item, dict):
        return None
    name, kind, title, url = (_text(item.get(key)) for key in ("id", "kind", "title", "url"))
    lists = {relation: item.get(relation.value, []) for relation in RelationKind}
    notices, attachments = item.get("notices", []), item.get("attachments", [])
    status = item.get("status")
    if (
        not (name and kind and title and url.endswith("/"))
        or not (status is None or isinstance(status, str))
        or not all(isinstance(value, list) for value in (*lists.values(), notices, attachments))
        or not all(isinstance(one, str) for value in (*lists.values(), notices) for one in value)
        or not all(isinstance(one, dict) and isinstance(one.get("url"), str) for one in attachments)
        or not _are_parts(item.get("parts", []))
    ):
        return None
    return Record(
        name,
        kind,
        title,
        url,
        status or "",
        tuple(notices),
        {relation: tuple(value) for relation, value in lists.items() if value},
        tuple(one["url"] for one in attachments),
        item,
    )


def _are_parts(value: Any) -> bool:
    """Whether a value is a list of embedded texts, each with the keys that the checks need."""
    return isinstance(value, list) and all(
        isinstance(part, dict)
        and all(isinstance(part.get(key), str) for key in ("id", "title", "url", "status"))
        and isinstance(part.get("notices"), list)
        and all(isinstance(notice, str) for notice in part["notices"])
        for part in value
    )


def _text(value: Any) -> str:
    return value if isinstance(value, str) else ""
