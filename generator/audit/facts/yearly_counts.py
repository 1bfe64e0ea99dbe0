"""Counts of interviews and of interpretations by the leader in each year."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.facts.interpreting import forms_of, is_by_leader
from generator.domain.model import Archive, Document
from generator.domain.vocabulary import DocType, Form, Kind


class YearlyCount(NamedTuple):
    """The numbers of a year: interviews, interpretations by the leader in person, meetings that people attended."""

    interviews: int = 0
    by_leader: int = 0
    open_meetings: int = 0


def yearly_counts(archive: Archive) -> Mapping[int, YearlyCount]:
    """Return the counts of every year in which anything was published (requirements RPT-12)."""
    counts: dict[int, YearlyCount] = {}
    for document in public_documents(archive):
        if document.published is None:
            continue
        year = document.published.year
        interviews, by_leader, open_meetings = counts.get(year, YearlyCount())
        if document.kind is Kind.INTERPRETATION:
            interviews += Form.INTERVIEW in forms_of([document])
            by_leader += is_by_leader(document)
        open_meetings += is_open_meeting(document)
        counts[year] = YearlyCount(interviews, by_leader, open_meetings)
    return counts


def is_open_meeting(document: Document) -> bool:
    """Whether a document publishes a meeting that representatives attended (004 三; RPT-12)."""
    if document.doc_type is not DocType.MEETING:
        return False
    count = document.value("attendee_count")
    return bool(document.texts("attendees")) or (isinstance(count, int) and count > 0)
