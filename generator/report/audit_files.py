"""The audit report: its data, and the files that are made of it. Nothing is counted twice (LINK-24)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator import __version__
from generator.audit.facts.stages import stages_by_theme
from generator.audit.facts.yearly_counts import yearly_counts
from generator.audit.registry import Rule, declared_exemptions
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Coverage, CoverageMatrix, Evidence
from generator.domain.problems import Finding
from generator.domain.vocabulary import InterpretationState, Status
from generator.report.figures import Figures, Group, figures, main_unit
from generator.report.inspection import Indicator, inspect
from generator.report.linkage_table import LABELS, WIDTHS, LinkageRow, linkage, unit_of
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
    """The data of the report. ``rules`` are those that ran; ``units`` gives the unit of a file.

    ``commit`` is empty outside a repository; ``trend`` is ``None`` without a baseline; ``notes`` are shown at the top.
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
    requests: RequestsTable = NO_REQUESTS
    version: str = __version__


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
    notes: tuple[str, ...] = (),
) -> Audit:
    """Return the data of the report on an archive.

    ``pair_faults`` are the missing links of a built site by document, ``None`` where none was checked; ``baseline`` is
    an earlier report.
    """
    rows = linkage(archive, config, evidence, pair_faults)
    units = {document.path: main_unit(unit_of(document)[0]) for document in archive.documents}
    identified = identify_findings(findings)
    return Audit(
        agency=config.site.agency,
        title=config.site.title,
        base_url=config.site.base_url,
        as_of=archive.day.isoformat(),
        commit=commit,
        rows=rows,
        figures=figures(rows, findings, units, yearly_counts(archive), stages_by_theme(archive)),
        findings=identified,
        rules=rules,
        units=units,
        exemptions=tuple(
            ExemptionRow(rule, path, units[path], reason)
            for (path, rule), reason in sorted(declared_exemptions(archive).items(), key=lambda item: item[0][::-1])
            if not archive.by_path[path].is_secret  # the report must not repeat its words
        ),
        withdrawals=withdrawals(archive),
        inspection=inspect(archive, config, evidence, findings).indicators,
        matrix=archive.coverage,
        trend=compare(identified, (rule.id for rule in rules), baseline) if baseline else None,
        notes=notes,
        requests=requests_table(archive, config),
    )


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
        Sheet("公开事项", COVERAGE_LABELS, [30, 10, 12, 12, 12, 12, 12], coverage_cells(audit.matrix)),
    ]
    if plan := plan_cells(audit.matrix):
        sheets.append(Sheet("公开计划", PLAN_LABELS, [30, 40, 12, 14, 12, 12], plan))
    if audit.requests.rows:
        sheets.append(Sheet("依申请公开", REQUEST_LABELS, REQUEST_WIDTHS, audit.requests.rows))
    return {"linkage.csv": csv_bytes(headings, audit.rows), "linkage.xlsx": xlsx_bytes(sheets)}


def _finding_cells(finding: Finding, units: Mapping[str, str]) -> tuple[Cell, ...]:
    place = units.get(finding.path, ""), finding.path, finding.line
    return (finding.rule, finding.severity.label, *place, finding.message, finding.hint, finding.source)


GROUP_LABELS: Mapping[str, str] = {
    "name": "名称",
    "policies": "政策文件",
    "asked": "应解读",
    "interpreted": "已解读",
    "coverage": "解读率（%）",
    "in_time_rate": "按时率（%）",
    **{f"states.{state.value}": state.label for state in InterpretationState},
    "lag.median": "滞后中位数",
    "lag.longest": "最长滞后",
    **{f"validity.{status.value}": status.label for status in Status},
    "suspended": "其中暂停执行",
    "disclosure.median": "公开耗时中位数",
    "disclosure.longest": "最长公开耗时",
    "disclosed_late": "超期公开",
    "errors": "错误",
    "warnings": "警告",
}


COVERAGE_LABELS = ("公开事项", "公开情况", "公开（件）", "不公开（件）", "最近发布", "更新频次", "最迟更新")


def coverage_cells(matrix: CoverageMatrix) -> list[tuple[Cell, ...]]:
    """Return a row for each item that must be public: those of 条例 art. 20, then those of the catalogue."""
    named_rows = [(f"第二十条第（{row.id}）项 {row.name}", row) for row in matrix.statutory]
    named_rows += [(row.name if row.id == row.name else f"{row.id} {row.name}", row) for row in matrix.catalogue]
    return [
        (
            name,
            row.state.label,
            len(row.documents),
            row.held,
            *(str(cell or "") for cell in (row.newest, row.every, row.due)),
        )
        for name, row in named_rows
    ]


PLAN_LABELS = ("公开事项", "公开内容", "更新频次", "联络人", "最近发布", "最迟更新")


def plan_cells(matrix: CoverageMatrix) -> list[tuple[Cell, ...]]:
    """Return the plan of the key areas (公开计划): a row for each item of a catalogue that names 联络人, else none."""
    return [
        (
            row.name,
            *(row.item.facts.get(key, "") for key in ("item_elements", "update_every", "contact_person")),
            *(str(day or "") for day in (row.newest, row.due)),
        )
        for row in matrix.catalogue
        if row.item and "contact_person" in row.item.facts
    ]


def group_cells(group: Group) -> tuple[Cell, ...]:
    """Return the figures of a group in the order of ``GROUP_LABELS``."""
    lag, disclosure = (
        (spread.median, spread.longest) if spread.number else ("", "") for spread in (group.lag, group.disclosure)
    )
    return (
        group.name,
        group.policies,
        group.asked,
        group.interpreted,
        *("" if rate is None else rate for rate in (group.coverage, group.in_time_rate)),
        *group.states.values(),
        *lag,
        *group.validity.values(),
        group.suspended,
        *disclosure,
        group.disclosed_late,
        group.errors,
        group.warnings,
    )


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
    }
    return json_bytes(data)


def _json_value(value: Any) -> Any:
    if hasattr(value, "_asdict"):
        return {key: _json_value(item) for key, item in value._asdict().items()}
    if isinstance(value, Mapping):
        return {str(key): _json_value(item) for key, item in value.items()}
    return [_json_value(item) for item in value] if isinstance(value, tuple) else value


def _finding(item: IdentifiedFinding, units: Mapping[str, str]) -> dict[str, Any]:
    return {"key": item.key, **item.finding.as_dict(), "unit": units.get(item.finding.path, "")}


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
