"""``calendar.ics``: an all-day event for each last day, of a consultation, of a term and of a notice (RFC 5545).

The stamp of every event is the as-of day, so that the same site gives the same bytes.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Document, NoticeKind, Site
from generator.domain.vocabulary import OVER
from generator.publish.theme.environment import Words
from generator.support.calendar_text import calendar_bytes, escaped

CALENDAR = "calendar.ics"
_DAY = dt.timedelta(days=1)


class _LastDay(NamedTuple):
    """The last day of a document or part; ``void`` where the document had ended before for another reason."""

    document: Document
    kind: str
    day: dt.date
    void: bool = False


def calendar(site: Site, config: SiteConfig, words: Words) -> bytes:
    """Return the calendar of the site, ordered by day."""
    stamp = f"{site.day:%Y%m%d}T000000Z"
    name = words.calendar.name.format(site=config.site.name)
    last_days = sorted(_last_days(site), key=lambda one: (one.day, one.document.id, one.kind))
    return calendar_bytes(name, chain.from_iterable(_event(last, config, words, stamp) for last in last_days))


def _last_days(site: Site) -> Iterator[_LastDay]:
    for document in chain.from_iterable((one, *one.parts) for one in site.documents):
        if closes := document.date("closes_on"):
            yield _LastDay(document, "closes", closes)
        if term := document.term or document.date("expires_on"):
            yield _LastDay(document, "expires", term, _ended_before(document, term))
        takedown = document.date("takedown_on")
        if takedown and takedown != dt.date.min:
            yield _LastDay(document, "posted", takedown - _DAY)


def _ended_before(document: Document, term: dt.date) -> bool:
    """Whether an act ended a document before its term did."""
    notice = next(iter(document.notices), None)
    if notice is None or notice.since is None or document.status not in OVER:
        return False
    return notice.since <= term and not (notice.kind is NoticeKind.EXPIRED and not notice.acts)


def _event(last: _LastDay, config: SiteConfig, words: Words, stamp: str) -> Iterator[str]:
    document = last.document
    title = words.calendar[last.kind].format(title=document.title)
    if last.void and document.status:
        title = words.calendar.void.format(status=document.status.label, title=title)
    address = config.site.base_url + document.address
    yield "BEGIN:VEVENT"
    yield f"UID:{document.id}-{last.kind}@{config.site.domain}"
    yield f"DTSTAMP:{stamp}"
    yield f"DTSTART;VALUE=DATE:{last.day:%Y%m%d}"
    if last.day < dt.date.max:
        yield f"DTEND;VALUE=DATE:{last.day + _DAY:%Y%m%d}"
    yield f"SUMMARY:{escaped(title)}"
    yield f"DESCRIPTION:{escaped('　'.join(filter(None, (document.doc_number, address))))}"
    yield f"URL:{address}"
    yield f"CATEGORIES:{escaped(document.kind.label)}"
    if last.void:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"
