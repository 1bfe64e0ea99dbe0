"""Counts of interviews and of interpretations by the leader in each year."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.facts.interpreting import forms_of, is_by_leader
from generator.domain.model import Archive
from generator.domain.vocabulary import Form, Kind


class YearlyCount(NamedTuple):
    """The number of public interpretations of a year that are interviews, and that the leader gave in person."""

    interviews: int = 0
    by_leader: int = 0


def yearly_counts(archive: Archive) -> Mapping[int, YearlyCount]:
    """Return the counts of every year in which anything was published (requirements RPT-12)."""
    counts: dict[int, YearlyCount] = {}
    for document in public_documents(archive):
        if document.published is None:
            continue
        year = document.published.year
        interviews, by_leader = counts.get(year, YearlyCount())
        if document.kind is Kind.INTERPRETATION:
            interviews += Form.INTERVIEW in forms_of([document])
            by_leader += is_by_leader(document)
        counts[year] = YearlyCount(interviews, by_leader)
    return counts
