"""The audit of one site of a platform as plain values, which a worker sends back: the figures, not the documents."""

from typing import Any, NamedTuple

from generator.audit import select_rules
from generator.pipeline.options import BuildOptions
from generator.pipeline.read import CheckedArchive, check_archive
from generator.report.audit_files import Audit, audit_of
from generator.report.figures import UNDATED, WHOLE_SITE
from generator.source.history.repository import head_commit


class FindingCount(NamedTuple):
    """How many findings of one rule a body has about its documents published in one month."""

    unit: str
    rule: str
    severity: str
    month: str
    number: int


def audited(options: BuildOptions) -> tuple[CheckedArchive, dict[str, Any]]:
    """Return a site that was checked, and the figures of its audit as plain data; exemptions count as everywhere.

    Raises ``ConfigError`` for a config or a content folder that cannot be used.
    """
    checked = check_archive(options)
    rules = tuple(rule for rule in select_rules((), ()) if rule.can_run(checked.evidence))
    commit = head_commit(options.project) or ""
    audit = audit_of(checked.archive, checked.config, checked.evidence, checked.findings, rules, commit=commit)
    return checked, _figures(audit, checked)


def _figures(audit: Audit, checked: CheckedArchive) -> dict[str, Any]:
    total = audit.figures.total
    public = sum(checked.archive.is_public(document) for document in checked.archive.documents)
    return {
        "title": audit.title,
        "agency": audit.agency,
        "base_url": audit.base_url,
        "commit": audit.commit,
        "documents": public,
        "policies": total.policies,
        "asked": total.asked,
        "interpreted": total.interpreted,
        "coverage": total.coverage,
        "in_time_rate": total.in_time_rate,
        "disclosed_late": total.disclosed_late,
        "errors": total.errors,
        "warnings": total.warnings,
        "exemptions": [list(row) for row in audit.exemptions],
        "rules": [rule.id for rule in audit.rules],
        "counts": [list(count) for count in _counts(audit, checked)],
    }


def _counts(audit: Audit, checked: CheckedArchive) -> list[FindingCount]:
    """Return the numbers of findings by unit, rule and the month in which their documents were published."""
    months = {
        document.path: f"{document.published:%Y-%m}" for document in checked.archive.documents if document.published
    }
    counts: dict[tuple[str, str, str, str], int] = {}
    for item in audit.findings:
        finding = item.finding
        unit = audit.units.get(finding.path, WHOLE_SITE)
        key = unit, finding.rule, finding.severity.value, months.get(finding.path, UNDATED)
        counts[key] = counts.get(key, 0) + 1
    return [FindingCount(*key, number) for key, number in sorted(counts.items())]
