"""The rows of the summary for the sites of one run: built, blocked by findings, or failed."""

from collections.abc import Iterable
from dataclasses import replace

from generator.domain.problems import Finding
from generator.fleet.summary import SiteRow, SiteStatus
from generator.fleet.tasks import Outcome, counts_of


def row_of(outcome: Outcome) -> SiteRow:
    """Return the row of a site whose build has ended, well or not."""
    result = outcome.result
    if outcome.error or result is None:
        return failed_row(outcome)
    if result.blocking:
        return replace(blocked_row(outcome.site, outcome.title, result.blocking), seconds=outcome.seconds)
    counts = counts_of(result)
    return SiteRow(
        site=outcome.site,
        title=outcome.title,
        status=SiteStatus.BUILT,
        documents=result.documents,
        files=result.files,
        errors=counts.get("error", 0),
        warnings=counts.get("warning", 0),
        seconds=outcome.seconds,
        seal=result.seal,
    )


def blocked_row(site: str, title: str, findings: Iterable[Finding]) -> SiteRow:
    """Return the row of a site that findings stop from being built."""
    everything = tuple(findings)
    blocking = tuple(finding for finding in everything if finding.blocking)
    errors = sum(finding.severity == "error" for finding in everything)
    return SiteRow(
        site=site,
        title=title,
        status=SiteStatus.BLOCKED,
        errors=errors,
        warnings=len(everything) - errors,
        blocking=blocking,
    )


def failed_row(outcome: Outcome) -> SiteRow:
    """Return the row of a site that could not be read or built."""
    return SiteRow(
        site=outcome.site,
        title=outcome.title,
        status=SiteStatus.FAILED,
        error=outcome.error,
        hint=outcome.hint,
        seconds=outcome.seconds,
    )
