"""The audit report: its data, and the files that are made of it. Nothing is counted twice (LINK-24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, NamedTuple

from generator import __version__
from generator.audit.facts.stages import stages_by_theme
from generator.audit.facts.yearly_counts import yearly_counts
from generator.audit.registry import Rule, declared_exemptions
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Coverage, CoverageMatrix, Evidence, Undecided
from generator.domain.problems import Finding
from generator.report.agenda import AgendaItem, agenda_of
from generator.report.disclosures import Disclosed, disclosed_documents
from generator.report.figure_cells import (
    COVERAGE_LABELS,
    GROUP_LABELS,
    PLAN_LABELS,
    coverage_cells,
    group_cells,
    plan_cells,
)
from generator.report.figures import Figures, figures, main_unit, unit_of_finding
from generator.report.filing import FilingRow, filing_rows, open_by_deadline, without_hidden_titles
from generator.report.inspection import Indicator, inspect
from generator.report.linkage_table import LABELS, WIDTHS, LinkageRow, linkage, unit_of_item
from generator.report.requests_table import (
    NO_REQUESTS,
    REQUEST_LABELS,
    REQUEST_WIDTHS,
    RequestsTable,
    requests_table,
)
from generator.report.trend import (
    FORMAT,
    GENERATOR,
    Baseline,
    IdentifiedFinding,
    Trend,
    compare,
    identify_findings,
)
from generator.report.withdrawals import WithdrawalRow, withdrawals
from generator.support.json_text import json_bytes
from generator.support.tables import Cell, Sheet, csv_bytes, xlsx_bytes


class ExemptionRow(NamedTuple):
    """One exemption that a document declares, with its reason."""

    rule: str
    path: str
    unit: str
    reason: str


@dataclass(frozen=True)
class Audit:
    """The data of the report. ``rules`` are those that ran; ``units`` gives the unit of a file or a line of a register.

    ``commit`` is empty outside a repository; ``trend`` is ``None`` without a baseline; ``notes`` are shown at the top;
    ``undecided`` is what saved pages do not tell, ``None`` for an audit of sources.
    """

    agency: str
    title: str
    base_url: str
    as_of: str
    commit: str
    rows: tuple[LinkageRow, ...]
    figures: Figures
    findings: tuple[IdentifiedFinding, ...]
    rules: tuple[Rule, ...]
    units: Mapping[str, str]
    exemptions: tuple[ExemptionRow, ...]
    withdrawals: tuple[WithdrawalRow, ...]
    inspection: tuple[Indicator, ...]
    matrix: CoverageMatrix
    trend: Trend | None
    notes: tuple[str, ...]
    disclosed: tuple[Disclosed, ...]
    filing: tuple[FilingRow, ...]
    agenda: tuple[AgendaItem, ...]
    undecided: tuple[Undecided, ...] | None = None
    requests: RequestsTable = NO_REQUESTS
    version: str = __version__

    @property
    def scores(self) -> Mapping[str, float]:
        """The score of each unit."""
        return {group.name: group.score for group in self.figures.units if group.score is not None}


def audit_of(
    archive: Archive,
    config: SiteConfig,
    evidence: Evidence,
    findings: tuple[Finding, ...],
    rules: tuple[Rule, ...],
    *,
    commit: str,
    pair_faults: Mapping[str, str] | None = None,
    baseline: Baseline | None = None,
    replies: Mapping[str, str] = MappingProxyType({}),
    notes: tuple[str, ...] = (),
    undecided: tuple[Undecided, ...] | None = None,
) -> Audit:
    """Return the data of the report on an archive.

    ``pair_faults`` are the missing links of a built site by document, ``None`` where none was checked; ``baseline`` is
    an earlier report, ``replies`` what units have answered, by the key of the finding. ``undecided`` is what saved
    pages do not tell; of them there are no duties of a whole site, as nobody knows whether all pages were saved.
    """
    if baseline:
        baseline = without_hidden_titles(baseline, archive)
    rows = linkage(archive, config, evidence, pair_faults)
    units = _units(archive, config)
    identified = identify_findings(findings)
    exemptions = declared_exemptions(archive)
    disclosed = disclosed_documents(archive, config, units, exemptions)
    filing = filing_rows(archive, config, identified, units, frozenset(rule.id for rule in rules), baseline, replies)
    return Audit(
        agency=config.site.agency,
        title=config.site.title,
        base_url=config.site.base_url,
        as_of=archive.day.isoformat(),
        commit=commit,
        rows=rows,
        figures=figures(
            rows,
            findings,
            units,
            yearly_counts(archive, config.registers.activities),
            disclosed,
            config.audit,
            stages=stages_by_theme(archive),
        ),
        findings=identified,
        rules=rules,
        units=units,
        exemptions=tuple(
            ExemptionRow(rule, path, units[path], reason)
            for (path, rule), reason in sorted(exemptions.items(), key=lambda item: item[0][::-1])
            if not archive.by_path[path].is_secret  # the report must not repeat its words
        ),
        withdrawals=withdrawals(archive),
        inspection=inspect(archive, config, evidence, findings).indicators if undecided is None else (),
        matrix=archive.coverage if undecided is None else CoverageMatrix(),
        trend=compare(identified, (rule.id for rule in rules), baseline) if baseline else None,
        notes=notes,
        disclosed=disclosed,
        filing=filing,
        agenda=agenda_of(archive, config, open_by_deadline(filing)) if undecided is None else (),
        undecided=undecided,
        requests=requests_table(archive, config),
    )


def _units(archive: Archive, config: SiteConfig) -> Mapping[str, str]:
    """Return the unit of every document by its file, of every task and item of the catalogue by file and line."""
    return {
        **{document.path: main_unit(document.responsible_units[0]) for document in archive.documents},
        **{f"{task.path}:{task.line}": task.leaders[0] for task in config.registers.tasks if task.leaders},
        **{f"{item.path}:{item.line}": unit for item in config.catalogue_items if (unit := unit_of_item(item))},
    }


def tables_of(audit: Audit) -> Mapping[str, bytes]:
    """Return ``linkage.csv`` and ``linkage.xlsx``."""
    headings = [LABELS[key] for key in LinkageRow._fields]
    finding_rows = [_finding_cells(item.finding, audit.units) for item in audit.findings]
    group_headings = [*GROUP_LABELS.values()]
    group_widths = [24, *[10] * (len(group_headings) - 1)]
    sheets = [
        Sheet("解读关联", headings, WIDTHS, audit.rows),
        Sheet("按单位", group_headings, group_widths, [group_cells(group) for group in audit.figures.units]),
        Sheet("按年度", group_headings, group_widths, [group_cells(group) for group in audit.figures.years]),
        Sheet(
            "问题",
            ["规则", "级别", "单位", "源文件", "行", "问题", "改法", "依据"],
            [8, 8, 20, 34, 6, 60, 40, 50],
            finding_rows,
        ),
    ]
    if audit.undecided is None:
        cells = coverage_cells(audit.matrix)
        sheets.append(Sheet("公开事项", COVERAGE_LABELS, [30, 10, 12, 12, 12, 12, 12], cells))
    else:
        unknown = [(one.what, one.why, one.number, "\n".join(one.examples)) for one in audit.undecided]
        sheets.append(Sheet("看不出来的", ["什么", "所以", "几处", "例子"], [40, 50, 8, 60], unknown))
    if plan := plan_cells(audit.matrix):
        sheets.append(Sheet("公开计划", PLAN_LABELS, [30, 40, 12, 14, 12, 12], plan))
    if audit.requests.rows:
        sheets.append(Sheet("依申请公开", REQUEST_LABELS, REQUEST_WIDTHS, audit.requests.rows))
    return {"linkage.csv": csv_bytes(headings, audit.rows), "linkage.xlsx": xlsx_bytes(sheets)}


def _finding_cells(finding: Finding, units: Mapping[str, str]) -> tuple[Cell, ...]:
    place = unit_of_finding(finding, units), finding.path, finding.line
    return (finding.rule, finding.severity.label, *place, finding.message, finding.hint, finding.source)


def audit_json(audit: Audit) -> bytes:
    """Return ``audit.json``: all figures, rows and findings under their English names."""
    data: dict[str, Any] = {
        "generator": GENERATOR,
        "format": FORMAT,
        "version": audit.version,
        "as_of": audit.as_of,
        "commit": audit.commit,
        "site": {"agency": audit.agency, "title": audit.title, "base_url": audit.base_url},
        "notes": audit.notes,
        "rules": [rule.id for rule in audit.rules],
        "figures": _json_value(audit.figures),
        "trend": _trend(audit.trend),
        "findings": [_finding(item, audit.units) for item in audit.findings],
        "exemptions": _json_value(audit.exemptions),
        "withdrawals": _json_value(audit.withdrawals),
        "requests": _json_value(audit.requests),
        "inspection": _json_value(audit.inspection),
        "coverage": {name: [_coverage(row) for row in rows] for name, rows in audit.matrix._asdict().items()},
        "documents": [row._asdict() for row in audit.rows],
        "disclosures": _json_value(audit.disclosed),
        "filing": _json_value(audit.filing),
        "agenda": _json_value(audit.agenda),
    }
    if audit.undecided is not None:
        data["undecided"] = _json_value(audit.undecided)
    return json_bytes(data)


def _json_value(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _json_value(item) for key, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): _json_value(item) for key, item in value.items()}
    return [_json_value(item) for item in value] if isinstance(value, tuple) else value


def _finding(item: IdentifiedFinding, units: Mapping[str, str]) -> dict[str, Any]:
    return {"key": item.key, **item.finding.as_dict(), "unit": unit_of_finding(item.finding, units)}


def _coverage(row: Coverage) -> dict[str, Any]:
    """Return an item that must be public with the ids of its documents; ``held`` counts those that are not public."""
    return {
        "id": row.id,
        "name": row.name,
        "state": row.state.value,
        "documents": [document.id for document in row.documents],
        "held": row.held,
        "newest": row.newest.isoformat() if row.newest else None,
        "every": str(row.every) if row.every else None,
        "due": row.due.isoformat() if row.due else None,
    }


def _trend(trend: Trend | None) -> dict[str, Any] | None:
    if trend is None:
        return None
    return {
        "baseline": {"as_of": trend.baseline.as_of, "version": trend.baseline.version},
        "new": [item.key for item in trend.new],
        "mended": [past._asdict() for past in trend.fixed],
        "open": trend.open_count,
        "incomparable": trend.incomparable,
    }
