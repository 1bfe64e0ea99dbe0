"""``calendar.ics``: an all-day event for each last day, of a consultation, of a term and of a notice (RFC 5545).

The stamp of every event is the as-of day, so that the same site gives the same bytes.
"""

import datetime as dt
import re
from collections.abc import Iterator
from itertools import chain
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Document, NoticeKind, Site
from generator.domain.vocabulary import OVER
from generator.publish.theme.environment import Words

CALENDAR = "calendar.ics"
_LINE_BYTES = 75
_DAY = dt.timedelta(days=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")


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
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//gongkai//calendar//ZH", "CALSCALE:GREGORIAN"]
    lines += ["METHOD:PUBLISH", f"NAME:{_escaped(name)}", f"X-WR-CALNAME:{_escaped(name)}"]
    for last in sorted(_last_days(site), key=lambda one: (one.day, one.document.id, one.kind)):
        lines += _event(last, config, words, stamp)
    lines.append("END:VCALENDAR")
    return "".join(f"{_folded(line)}\r\n" for line in lines).encode()


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
    yield f"SUMMARY:{_escaped(title)}"
    yield f"DESCRIPTION:{_escaped('　'.join(filter(None, (document.doc_number, address))))}"
    yield f"URL:{address}"
    yield f"CATEGORIES:{_escaped(document.kind.label)}"
    if last.void:
        yield "STATUS:CANCELLED"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _escaped(text: str) -> str:
    """Return a text value: backslash, semicolon, comma and line breaks are escaped (RFC 5545, 3.3.11)."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n"))
    return plain.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,").replace("\n", "\\n")


def _folded(line: str) -> str:
    """Return a line in pieces of at most 75 octets, none of which cuts a character (RFC 5545, 3.1)."""
    pieces: list[str] = []
    piece, size = "", 0
    for char in line:
        width = len(char.encode())
        if size + width > _LINE_BYTES:
            pieces.append(piece)
            piece, size = " ", 1
        piece += char
        size += width
    return "\r\n".join([*pieces, piece])
