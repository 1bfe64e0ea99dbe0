"""Which revisions of a document the public could read since the last time that it could not (条例 arts 6, 14–16).

A document that was withdrawn, withheld or redacted and is public again was corrected for a reason: nothing from
before that may come back through its history. What was replaced before it was public was never published at all.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Page, Revision, is_open
from generator.domain.titles import title_key
from generator.domain.vocabulary import Disclosure
from generator.graph.redaction import is_redacted
from generator.source.history.closing import is_closed
from generator.source.history.earlier_texts import ParsedVersion

_NUMBERS = ("index_no", "doc_number")
_NO_NUMBER = ("", "none")
_DAY = dt.timedelta(days=1)


class Exposed(NamedTuple):
    """A revision that the public could read from ``since`` (Asia/Shanghai) on.

    ``begins`` is whether the document came to the site with it: nothing of it is left out before.
    """

    revision: Revision
    version: ParsedVersion
    since: dt.datetime
    begins: bool = False


def in_order(revisions: Sequence[Revision], as_of: dt.date) -> tuple[Revision, ...]:
    """Return revisions up to a day; none is later than the one that replaced it, whatever a clock said."""
    ordered: list[Revision] = []
    for revision in reversed(revisions):
        if ordered:
            until = min(revision.until or ordered[-1].since, ordered[-1].since)
            revision = revision._replace(since=min(revision.since, until), until=until)  # noqa: PLW2901
        ordered.append(revision)
    ordered.reverse()
    while ordered and ordered[-1].since.date() > as_of:
        ordered.pop()
    return tuple(ordered)


def exposed_revisions(
    document: Document,
    revisions: Sequence[Revision],
    parsed: Mapping[tuple[str, str], ParsedVersion],
    archive: Archive,
    html_of: Callable[[str], str],
) -> list[Exposed]:
    """Return the revisions that were public, oldest first, from the last time on at which the document was not.

    ``revisions`` are those of ``in_order``; ``html_of`` returns the HTML of a page's body.
    """
    own: list[tuple[Revision, ParsedVersion]] = []
    for revision in reversed(revisions):
        version = parsed[revision.path, revision.blob]
        if not _is_same_document(version.page, document.page):
            break  # git took a new document for the old one that it replaces, or an id was used again
        own.append((revision, version))
    now = archive.as_of.minute or dt.datetime.combine(archive.day, dt.time.max)
    exposed: list[Exposed] = []
    looked_at = 0
    later = document.page
    for revision, version in own:
        is_last = looked_at == 0
        opened = _opened(document, revision, version.page, None if is_last else revision.until, now)
        if opened is None or (revision.removed and not is_last) or _is_redaction(version.page, later, html_of):
            break
        looked_at += 1
        if is_last or not revision.until or opened < revision.until:  # else another commit of the same second
            exposed.append(Exposed(revision, version, opened))
        later = version.page
        if opened > revision.since:
            break  # it was not public when it came
    left_out = own[looked_at:]
    if exposed and not any(_opened(document, one, version.page, one.until, now) for one, version in left_out):
        exposed[-1] = exposed[-1]._replace(begins=True)
    return exposed[::-1]


def _opened(
    document: Document, revision: Revision, page: Page, until: dt.datetime | None, now: dt.datetime
) -> dt.datetime | None:
    """Return from when on a revision was public, ``None`` where it never was; ``until`` is ``None`` for the last."""
    if is_closed(revision.path, page.fields, page.problems) or not is_open(document._replace(page=page)):
        return None
    if any(note.line and note.disclosure is not Disclosure.PROACTIVE for note in page.printed_disclosures):
        return None
    for owner in (page, document.page):
        due = _publication(owner)
        if due is None:
            continue
        if due.start >= (until or now):
            return None
        if until and revision.since < due.start and until < due.end:
            return None  # prepared before the day and replaced on it, perhaps before anything was published
    due = _publication(page)
    return max(revision.since, due.start) if due else revision.since


class _Publication(NamedTuple):
    """When a page is to be published: at ``start``, at the latest before ``end``."""

    start: dt.datetime
    end: dt.datetime


def _publication(page: Page) -> _Publication | None:
    value = page.fields["date_published"].value if "date_published" in page.fields else None
    if isinstance(value, dt.datetime):
        return _Publication(value, value)
    if not isinstance(value, dt.date):
        return None
    start = dt.datetime.combine(value, dt.time())
    return _Publication(start, start + _DAY if value < dt.date.max else start)


def _is_redaction(page: Page, later: Page, html_of: Callable[[str], str]) -> bool:
    """Whether what a page says was taken out or masked in a later one: 删减后公开, by its field or by its text."""
    redacted = [one.fields["redacted"].value is True if "redacted" in one.fields else False for one in (page, later)]
    return redacted == [False, True] or is_redacted(html_of(page.body), html_of(later.body))


def _is_same_document(page: Page, today: Page) -> bool:
    """Whether a revision is the document of today: by a number that is given once, else by id and title or day."""
    numbers = [(_number(page, key), _number(today, key)) for key in _NUMBERS]
    given = [(then, now) for then, now in numbers if then not in _NO_NUMBER and now not in _NO_NUMBER]
    if given:
        return any(then == now for then, now in given)
    titles = {title_key(_text(one, "title")) for one in (page, today)}
    days = {one.fields["date_published"].value for one in (page, today) if "date_published" in one.fields}
    return page.id == today.id and (len(titles) == 1 or len(days) < 2)


def _number(page: Page, key: str) -> str:
    return doc_number_key(_text(page, key)) if key == "doc_number" else _text(page, key)


def _text(page: Page, key: str) -> str:
    value = page.fields[key].value if key in page.fields else ""
    return value if isinstance(value, str) else ""
