"""The rules and normative documents of the body that the site held at the end of a year, for table two of a report."""

import datetime as dt
from typing import NamedTuple

from generator.domain.model import Archive, Document
from generator.domain.vocabulary import OVER, DocType, Kind, Status


class Holding(NamedTuple):
    """The numbers of one type of document: made in a year, ended in it, in force at its end."""

    made: int
    ended: int
    in_force: int


def holding_of(archive: Archive, agency: str, doc_type: DocType, year: int, *, public_only: bool) -> Holding:
    """Return what the site holds of a body's documents of one type, as of the end of a year (RPT-05)."""
    made = ended = in_force = 0
    last, before = dt.date(year, 12, 31), dt.date(year - 1, 12, 31)
    for document in archive.documents:
        if document.doc_type is not doc_type or document.kind is not Kind.POLICY or agency not in document.issuers:
            continue
        if public_only and not archive.is_public(document):
            continue
        day = document.date("date_written") or document.published
        if day is None or day > last:
            continue
        made += day.year == year
        if not _is_over(document, last):
            in_force += 1
        elif not _is_over(document, before):
            ended += 1
    return Holding(made, ended, in_force)


def _is_over(document: Document, day: dt.date) -> bool:
    """Whether a document had been repealed or had lapsed by a day; one whose day is not known counts as ended."""
    if document.status not in OVER:
        return False
    since = document.notices[0].since if document.notices else None
    if since is None:
        return True
    return since < day if document.status is Status.EXPIRED and not document.notices[0].acts else since <= day
