"""``calendar.ics``: an all-day event for each last day, of a consultation, of a term and of a notice (RFC 5545).

The stamp of every event is the as-of day, so that the same site gives the same bytes.
"""

import datetime as dt
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple
from urllib.parse import quote

from generator.config.load import SiteConfig
from generator.domain.model import Document, NoticeKind, Site
from generator.domain.vocabulary import OVER
from generator.domain.written_moments import chinese_day
from generator.publish.theme.environment import Words
from generator.support.calendar_text import calendar_bytes, escaped

CALENDAR = "calendar.ics"
_DAY = dt.timedelta(days=1)
_IN_ADDRESSES = "/:#?&=%@+,;!~*'()[]$"


class _LastDay(NamedTuple):
    """The last day of a document or part; ``void`` says why it is none: another act ends the document before."""

    document: Document
    kind: str
    day: dt.date
    void: str = ""


def calendar(site: Site, config: SiteConfig, words: Words) -> bytes:
    """Return the calendar of the site, ordered by day."""
    stamp = f"{site.day:%Y%m%d}T000000Z"
    name = words.calendar.name.format(site=config.site.name)
    last_days = sorted(_last_days(site, words), key=lambda one: (one.day, one.document.id, one.kind))
    return calendar_bytes(name, chain.from_iterable(_event(last, config, words, stamp) for last in last_days))


def _last_days(site: Site, words: Words) -> Iterator[_LastDay]:
    for document in chain.from_iterable((one, *one.parts) for one in site.documents):
        if closes := document.date("closes_on"):
            yield _LastDay(document, "closes", closes)
        if term := document.term or document.date("expires_on"):
            yield _end_of_term(document, term, words)
        takedown = document.date("takedown_on")
        if takedown and takedown != dt.date.min:
            yield _LastDay(document, "posted", takedown - _DAY)


def _end_of_term(document: Document, term: dt.date, words: Words) -> _LastDay:
    """Return the last day of a term, which an act to come may renew, or end before."""
    notice = next(iter(document.notices), None)
    if document.status and document.status in OVER:
        ended_before = notice and notice.since and notice.since <= term and not notice.runs_out
        return _LastDay(document, "expires", term, document.status.label if ended_before else "")
    change = document.coming_end
    ending = next(iter(change.notices), None) if change else None
    if change is None or ending is None or ending.runs_out:
        return _LastDay(document, "expires", document.last_day or term)
    scheduled = "repeal_scheduled_since" if ending.kind is NoticeKind.REPEALED else "lapse_scheduled_since"
    return _LastDay(document, "expires", term, words.status_line[scheduled].format(day=chinese_day(change.day)))


def _event(last: _LastDay, config: SiteConfig, words: Words, stamp: str) -> Iterator[str]:
    document = last.document
    title = words.calendar[last.kind].format(title=document.title)
    if last.void:
        title = words.calendar.void.format(status=last.void, title=title)
    address = quote(config.site.base_url + document.address, safe=_IN_ADDRESSES)
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
