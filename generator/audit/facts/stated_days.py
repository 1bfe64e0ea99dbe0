"""The days that a text states, as ranges: what a text counts from its publication has no one certain day."""

import datetime as dt
from collections.abc import Sequence
from typing import NamedTuple

from generator.domain.model import DayBasis, Document, StatedEffect, StatedTerm
from generator.domain.workdays import Span, Unit

_DAY = dt.timedelta(days=1)


class StatedRange(NamedTuple):
    """The days that a statement may mean, the likeliest one, and the words and the line of the statement."""

    first: dt.date
    last: dt.date
    likeliest: dt.date
    words: str
    line: int

    def covers(self, day: dt.date) -> bool:
        """Whether the statement may mean a day."""
        return self.first <= day <= self.last


def effect_range(effect: StatedEffect, document: Document) -> StatedRange | None:
    """Return the days on which a text may take effect by its own words, ``None`` where that cannot be computed.

    印发之日 and 公布之日 may be any day from 成文日期 to 发布日期.
    """
    if effect.day:
        return StatedRange(effect.day, effect.day, effect.day, effect.words, effect.line)
    days = _days_of_issue(document)
    if not days:
        return None
    printed = document.date("date_printed") or document.date("date_written")
    start = (printed if effect.basis is DayBasis.PRINTED else document.published) or days[-1]
    if not effect.days and not effect.months:
        return StatedRange(days[0], days[-1], start, effect.words, effect.line)
    first, last, likeliest = (_after(day, effect) for day in (days[0], days[-1], start))
    return StatedRange(first, last + _DAY, likeliest, effect.words, effect.line)


def term_range(term: StatedTerm, document: Document) -> StatedRange | None:
    """Return the days on which a text may expire by its own words, ``None`` where that cannot be computed.

    Five years from 1 June end on 31 May; some writers count to 1 June.
    """
    if term.last_day:
        return StatedRange(term.last_day, term.last_day, term.last_day, term.words, term.line)
    stated = effect_range(term.effect, document) if term.effect else None
    declared = document.effective_on
    if stated:
        first, last = stated.first, stated.last
        start = declared if declared and stated.covers(declared) else stated.likeliest
    elif declared:
        first = last = start = declared
    elif days := _days_of_issue(document):
        first, last, start = days[0], days[-1], days[-1]
    else:
        return None
    span = Span(term.months, Unit.MONTH)
    return StatedRange(
        span.due(first) - _DAY, span.due(last), span.due(start) - _DAY, f"{_effect_words(term)}{term.words}", term.line
    )


def certain_range(ranges: Sequence[StatedRange]) -> StatedRange | None:
    """Return the first of several statements if all mean the same day, ``None`` where they do not."""
    same = len({stated.likeliest for stated in ranges}) == 1
    return ranges[0] if same else None


def _effect_words(term: StatedTerm) -> str:
    return f"{term.effect.words}，" if term.effect else ""


def _after(day: dt.date, effect: StatedEffect) -> dt.date:
    return Span(effect.months, Unit.MONTH).due(day) if effect.months else Span(effect.days, Unit.DAY).due(day)


def _days_of_issue(document: Document) -> list[dt.date]:
    days = (document.date("date_written"), document.date("date_printed"), document.published)
    return sorted(day for day in days if day)


def stated_end(document: Document, text: Document) -> dt.date | None:
    """Return the last day that a text states itself, where the field is left out; ``None`` where it is not certain."""
    terms = [one for one in document.page.stated_fields.terms if one.part == text.part_id]
    ranges = [one for term in terms if (one := term_range(term, text))]
    certain = certain_range(ranges) if ranges else None
    return certain.first if certain else None


def begin_of(document: Document) -> tuple[dt.date | None, str]:
    """Return the day on which a document takes effect and the field that shows it; else the day that its text names."""
    if document.effective_on or "date_effective" in document.page.fields:
        return document.effective_on, "date_effective"
    days = [effect.day for effect in document.page.stated_fields.effects if effect.day and not effect.part]
    return (days[0] if days else None), "date_published"
