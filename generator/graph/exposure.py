"""Determine the revisions of a document that were public since it was last not public (条例 arts 6, 14–16).

A document that was withdrawn, withheld or redacted and is public again was corrected for a reason: nothing from
before that may reappear through its history. A revision that was replaced before its publication day never was public.
"""

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Page, Revision, Text, is_open
from generator.domain.titles import title_key
from generator.domain.vocabulary import Disclosure
from generator.graph.redaction import is_redacted
from generator.source.history.closing import is_closed
from generator.source.history.earlier_texts import ParsedVersion

_NUMBERS = ("index_no", "doc_number")
_NO_NUMBER = ("", "none")
_DAY = dt.timedelta(days=1)


class Exposed(NamedTuple):
    """A revision that was public from ``since`` (Asia/Shanghai) on.

    ``begins`` is whether it is the first public one of the document: no earlier public revision was left out.
    """

    revision: Revision
    version: ParsedVersion
    since: dt.datetime
    begins: bool = False


def in_order(revisions: Sequence[Revision], as_of: dt.date) -> tuple[Revision, ...]:
    """Return the revisions up to a day; wrong clocks are corrected so that none is later than its successor."""
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
    text_of: Callable[[str], Text],
) -> list[Exposed]:
    """Return the revisions that were public since the document was last not public, oldest first.

    ``revisions`` are those of ``in_order``; ``text_of`` returns the text that a page's ``body`` names.
    """
    candidates: list[tuple[Revision, ParsedVersion]] = []
    for revision in reversed(revisions):
        version = parsed[revision.path, revision.blob]
        if not _is_same_document(version.page, document.page):
            break  # git mistook a new document for the one that it replaces, or an id was reused
        candidates.append((revision, version))
    now = archive.as_of.minute or dt.datetime.combine(archive.day, dt.time.max)
    exposed: list[Exposed] = []
    examined = 0
    later = document.page
    for revision, version in candidates:
        is_last = examined == 0
        since = _public_since(document, revision, version.page, None if is_last else revision.until, now)
        if since is None or (revision.removed and not is_last) or _is_redaction(version.page, later, text_of):
            break
        examined += 1
        if is_last or not revision.until or since < revision.until:  # otherwise replaced within the same second
            exposed.append(Exposed(revision, version, since))
        later = version.page
        if since > revision.since:
            break  # it was not public when it was committed
    left_out = candidates[examined:]
    if exposed and not any(
        _public_since(document, revision, version.page, revision.until, now) for revision, version in left_out
    ):
        exposed[-1] = exposed[-1]._replace(begins=True)
    return exposed[::-1]


def _public_since(
    document: Document, revision: Revision, page: Page, until: dt.datetime | None, now: dt.datetime
) -> dt.datetime | None:
    """Return the moment from which a revision was public, ``None`` where it never was.

    ``until`` is the moment at which it was replaced, ``None`` for the last one.
    """
    if is_closed(revision.path, page.fields, page.problems, (until or now).date()) or not is_open(
        document._replace(page=page)
    ):
        return None
    if any(note.line and note.disclosure is not Disclosure.PROACTIVE for note in page.printed_disclosures):
        return None
    for dated_page in (page, document.page):
        due = _publication(dated_page)
        if due is None:
            continue
        if due.start >= (until or now):
            return None
        if until and revision.since < due.start and until < due.end:
            return None  # prepared before the day and replaced on it, perhaps before anything was published
    due = _publication(page)
    return max(revision.since, due.start) if due else revision.since


class _Publication(NamedTuple):
    """The time of publication of a page: at or after ``start`` and before ``end``."""

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


def _is_redaction(page: Page, later: Page, text_of: Callable[[str], Text]) -> bool:
    """Whether a later page redacts a page: it has 删减后公开 in its fields, or masks words of the text."""
    redacted = [
        version.fields["redacted"].value is True if "redacted" in version.fields else False for version in (page, later)
    ]
    return redacted == [False, True] or is_redacted(text_of(page.body).words, text_of(later.body).words)


def _is_same_document(page: Page, today: Page) -> bool:
    """Whether a revision is of today's document: by 索引号 or 文号 where both have one, else by id and title or day."""
    numbers = [(_number(page, key), _number(today, key)) for key in _NUMBERS]
    known_pairs = [(then, now) for then, now in numbers if then not in _NO_NUMBER and now not in _NO_NUMBER]
    if known_pairs:
        return any(then == now for then, now in known_pairs)
    titles = {title_key(_text(version, "title")) for version in (page, today)}
    days = {version.fields["date_published"].value for version in (page, today) if "date_published" in version.fields}
    return page.id == today.id and (len(titles) == 1 or len(days) < 2)


def _number(page: Page, key: str) -> str:
    return doc_number_key(_text(page, key)) if key == "doc_number" else _text(page, key)


def _text(page: Page, key: str) -> str:
    value = page.fields[key].value if key in page.fields else ""
    return value if isinstance(value, str) else ""
