"""The requests for information of a register: counted for table three, and each with its limits (条例 arts 30–33)."""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.config.request_limits import limits_of
from generator.domain.model import InformationRequest
from generator.domain.vocabulary import RequestLimit
from generator.domain.vocabulary.request_register import Applicant, RequestOutcome


class RequestCounts(NamedTuple):
    """Table three: requests by type of applicant: new, carried in from last year, closed by outcome, carried out."""

    new: Counter[Applicant]
    carried_in: Counter[Applicant]
    outcomes: Mapping[RequestOutcome, Counter[Applicant]]
    carried_out: Counter[Applicant]

    @property
    def done(self) -> Counter[Applicant]:
        """All requests closed in the year, by type of applicant."""
        return sum(self.outcomes.values(), Counter())


def count_requests(requests: Iterable[InformationRequest], year: int) -> RequestCounts:
    """Count the requests of a register for one year."""
    first, last = dt.date(year, 1, 1), dt.date(year, 12, 31)
    counts = RequestCounts(Counter(), Counter(), {outcome: Counter() for outcome in RequestOutcome}, Counter())
    for request in requests:
        closed = request.decided_on
        if request.received > last or (closed and closed < first):
            continue
        (counts.new if request.received >= first else counts.carried_in)[request.applicant] += 1
        if request.outcome and closed and closed <= last:
            counts.outcomes[request.outcome][request.applicant] += 1
        else:
            counts.carried_out[request.applicant] += 1
    return counts


class RequestProgress(NamedTuple):
    """How a request stands at a day.

    ``first_due`` is the last day for the answer without an extension, ``due`` with one; both are ``None`` while the
    applicant has to correct the request. ``late`` is the number of working days by which the answer is late, 0 for
    none; ``extension_late``, ``correction_late`` and ``consultation_over`` say by how many working days the other
    limits were missed. ``workdays`` is how long the answer took, without what does not count.
    """

    request: InformationRequest
    first_due: dt.date | None
    due: dt.date | None
    decided_on: dt.date | None
    late: int = 0
    extension_late: int = 0
    correction_late: int = 0
    consultation_over: int = 0
    workdays: int = 0


def progress_of(request: InformationRequest, config: SiteConfig, as_of: dt.date) -> RequestProgress:
    """Return how a request stands at a day: the limit starts anew with a correction, and opinions do not count."""
    calendar, limits = config.calendar, limits_of(config.request)
    decided, correction_on, corrected_on, extended_on = (
        day if day and day <= as_of else None
        for day in (request.decided_on, request.correction_on, request.corrected_on, request.extended_on)
    )
    until = decided or as_of
    correction_due = calendar.deadline(request.received, limits[RequestLimit.CORRECTION].number)
    correction_late = calendar.lag(correction_due, correction_on) if correction_on else 0
    if correction_on and not corrected_on:
        return RequestProgress(request, None, None, decided, correction_late=correction_late)
    start = corrected_on or request.received
    asked = _consulted_workdays(request, config, until)
    not_counted = min(asked, limits[RequestLimit.THIRD_PARTY].number)
    first_due = calendar.deadline(start, limits[RequestLimit.REPLY].number + not_counted)
    extension = limits[RequestLimit.EXTENSION].number if extended_on and extended_on <= first_due else 0
    due = calendar.deadline(start, limits[RequestLimit.REPLY].number + not_counted + extension)
    return RequestProgress(
        request,
        first_due,
        due,
        decided,
        late=calendar.lag(due, until),
        extension_late=calendar.lag(first_due, extended_on) if extended_on else 0,
        correction_late=correction_late,
        consultation_over=max(asked - limits[RequestLimit.THIRD_PARTY].number, 0),
        workdays=max(calendar.lag(start, until) - not_counted, 0),
    )


def _consulted_workdays(request: InformationRequest, config: SiteConfig, until: dt.date) -> int:
    """Return the working days for which a third party or another body was asked."""
    if request.consulted_workdays is not None:
        return request.consulted_workdays
    if request.consulted_from is None:
        return 0
    return config.calendar.lag(request.consulted_from, min(request.consulted_until or until, until))


def all_progress(config: SiteConfig, as_of: dt.date) -> list[RequestProgress]:
    """Return how each request of the site's register stands that had been received by a day."""
    requests = (request for request in config.request_register.requests if request.received <= as_of)
    return [progress_of(request, config, as_of) for request in requests]
