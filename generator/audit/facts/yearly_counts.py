"""What was done in each year: counted from the documents of the site, and from the register of activities."""

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.audit.facts.information import is_open_meeting
from generator.audit.facts.interpreting import forms_of, is_by_leader
from generator.domain.model import Archive
from generator.domain.model.registers import Activity
from generator.domain.vocabulary import Form, Kind
from generator.domain.vocabulary.activities import ActivityType

_T = ActivityType


class YearlyCount(NamedTuple):
    """The numbers of a year: how often, ``weight`` in percent (the last that the register has for the year)."""

    interviews: int = 0
    by_leader: int = 0
    meetings: int = 0
    trainings: int = 0
    leader_reports: int = 0
    weight: float = 0


def yearly_counts(archive: Archive, activities: Iterable[Activity] = ()) -> Mapping[int, YearlyCount]:
    """Return the counts of every year in which anything was published or registered (requirements RPT-12).

    An interview or a meeting that is a document and in the register on the same day is one: of a day the larger
    number counts. Rows of days to come do not count.
    """
    published: Counter[tuple[dt.date, ActivityType]] = Counter()
    registered: dict[tuple[dt.date, ActivityType], float] = defaultdict(float)
    weights: dict[int, tuple[dt.date, float]] = {}
    years: set[int] = set()
    for document in public_documents(archive):
        day = document.published
        if day is None:
            continue
        years.add(day.year)
        if document.kind is Kind.INTERPRETATION:
            published[day, _T.INTERVIEW] += Form.INTERVIEW in forms_of([document])
            published[day, _T.LEADER_INTERPRETATION] += is_by_leader(document)
        elif is_open_meeting(document):
            held = document.value("meeting_at")
            held_on = held.date() if isinstance(held, dt.datetime) else held
            published[held_on if isinstance(held_on, dt.date) else day, _T.MEETING] += 1
    for row in activities:
        if row.day > archive.day:
            continue
        years.add(row.day.year)
        if row.type.is_share:
            weights[row.day.year] = max((row.day, row.number), weights.get(row.day.year, (dt.date.min, 0.0)))
        else:
            registered[row.day, row.type] += row.number
    totals: Counter[tuple[int, ActivityType]] = Counter()
    for day, kind in published.keys() | registered.keys():
        totals[day.year, kind] += max(published[day, kind], int(registered.get((day, kind), 0)))
    return {
        year: YearlyCount(
            interviews=totals[year, _T.INTERVIEW],
            by_leader=totals[year, _T.LEADER_INTERPRETATION],
            meetings=totals[year, _T.MEETING],
            trainings=totals[year, _T.TRAINING],
            leader_reports=totals[year, _T.LEADER_REPORT],
            weight=weights.get(year, (dt.date.min, 0.0))[1],
        )
        for year in sorted(years)
    }
