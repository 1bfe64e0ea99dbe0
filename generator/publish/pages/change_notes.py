"""变更记录 and 更正说明: what was changed in a published document, and when (条例 arts 6, 41; DOC-25)."""

import datetime as dt
from itertools import pairwise

from generator.domain.model import Document, Site, Version
from generator.domain.written_moments import chinese_day
from generator.publish.theme.environment import View

FOLDER = "history/"
_TOLERANCE = dt.timedelta(days=1)


def address_of(document: Document, version: Version | None = None) -> str:
    """Return the address of the history of a document, or of one of its versions."""
    return f"{document.address}{FOLDER}{version.name + '/' if version else ''}"


def changes_of(document: Document, site: Site) -> list[View]:
    """Return the changes of a document, newest first; an empty list where it never changed.

    The first publication comes last, unless earlier revisions are left out. ``address`` leads to the text before the
    change; it is empty where that text is not published.
    """
    versions = site.versions.get(document.id, ())
    changes: list[View] = [
        {
            **_day(version.since.date()),
            "note": version.note,
            "address": address_of(document, before) if before.page else "",
            "first": "",
        }
        for before, version in pairwise(versions)
    ]
    if not versions:
        return []
    if not versions[0].begins:
        return changes[::-1]
    first_day = versions[0].since.date()
    # published long before its first commit: the document was on another site before
    taken_over = bool(document.published and first_day - document.published > _TOLERANCE)
    return [
        *reversed(changes),
        {**_day(first_day), "note": "", "address": "", "first": "taken_over" if taken_over else "first"},
    ]


def corrections_of(document: Document) -> list[View]:
    """Return 更正说明 of a document, newest first."""
    rows = sorted(document.corrections, key=lambda item: item.on, reverse=True)
    return [{**_day(item.on), "note": item.note} for item in rows]


def _day(day: dt.date) -> View:
    return {"day": day.isoformat(), "text": chinese_day(day)}
