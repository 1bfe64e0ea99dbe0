"""How many interpretations of some forms there are in each year. No finding yet."""

from collections.abc import Mapping
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.facts.interpreting import forms_of, is_by_leader
from generator.domain.model import Archive
from generator.domain.vocabulary import Form, Kind


class YearlyCount(NamedTuple):
    """How many public interpretations of a year are interviews, and how many the leader gave in person."""

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
