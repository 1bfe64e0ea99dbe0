"""``report.html``: the audit report as one file that needs no network, for screen and paper."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.audit.facts.duties import public_documents
from generator.config.settings import FULL_SCORE
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import DueWindow, FindingState, Kind
from generator.report.agenda import agenda_by_unit
from generator.report.audit_files import Audit
from generator.report.chart_sections import opening_of
from generator.report.figure_cells import COVERAGE_LABELS, coverage_cells
from generator.report.figures import WHOLE_SITE
from generator.report.filing import SUMMARY_LABELS, FilingRow, rows_by_unit, summary_rows
from generator.report.linkage_table import LinkageRow
from generator.report.requests_table import REQUEST_LABELS, YEAR_LABELS, year_cells
from generator.support.tables import Cell

_FOLDER = Path(__file__).with_name("page")


class Section(NamedTuple):
    """One section: its anchor, its heading, its template in ``page/``; ``whole`` where it is not about single units."""

    id: str
    title: str
    file: str
    whole: bool = False


_TREND = Section("trend", "和上次相比", "trend.html", whole=True)
_EXEMPTIONS = Section("exemptions", "豁免", "exemptions.html", whole=True)
_WITHDRAWALS = Section("withdrawals", "撤下的文件", "withdrawals.html", whole=True)
_UNDECIDED = Section("undecided", "看不出来的", "undecided.html", whole=True)
_COVERAGE = Section("coverage", "公开事项", "coverage.html", whole=True)
_INSPECTION = Section("inspection", "模拟检查", "inspection.html", whole=True)
_REQUESTS = Section("requests", "依申请公开", "requests.html", whole=True)
SECTIONS = (
    Section("figures", "主要数字", "figures.html", whole=True),
    Section("units", "各单位", "units.html"),
    Section("agenda", "日程", "agenda.html"),
    _TREND,
    Section("findings", "问题", "findings.html"),
    _UNDECIDED,
    _EXEMPTIONS,
    _WITHDRAWALS,
    _COVERAGE,
    _REQUESTS,
    _INSPECTION,
    Section("documents", "逐件", "documents.html"),
)


class Column(NamedTuple):
    """One column of the list of documents; ``css_class`` is the class of its cells.

    ``filter`` says how the page filters by its values: ``one`` or ``many`` in a cell, empty for no filter; ``key``
    which filter of the whole page it answers.
    """

    label: str
    css_class: str = ""
    filter: str = ""
    key: str = ""


_COLUMNS = (
    Column("类型", "d", "one"),
    Column("标题", "w"),
    Column("文号", "u"),
    Column("责任单位", "u", key="unit"),
    Column("公开日期", "d", key="year"),
    Column("公开耗时（日）", "n"),
    Column("状态", "d", "one"),
    Column("解读结论", "d", "one"),
    Column("首解日期", "d"),
    Column("滞后工作日", "n"),
    Column("形式数", "n"),
    Column("双向链接", "u"),
    Column("缺要素", "u"),
    Column("提示", "u", "many"),
    Column("错误", "n"),
    Column("警告", "n"),
    Column("源文件", "p", key="path"),
)


# So many rows of a long table are laid out at first; the script lists more when it is asked.
PAGE_ROWS = 100


def page_bytes(audit: Audit, archive: Archive) -> bytes:
    """Return the report as one HTML page that loads nothing from elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    of_sources = audit.undecided is None
    optional = (
        *((_TREND, audit.trend), (_EXEMPTIONS, audit.exemptions), (_WITHDRAWALS, audit.withdrawals)),
        *((_UNDECIDED, audit.undecided), (_COVERAGE, of_sources), (_INSPECTION, of_sources)),
        (_REQUESTS, audit.requests.rows),
    )
    empty = {section for section, content in optional if not content}
    environment = Environment(
        loader=FileSystemLoader(_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    css, js = (Markup((_FOLDER / name).read_text(encoding="utf-8")) for name in ("report.css", "report.js"))  # noqa: S704 - our own files
    page = environment.get_template("report.html").render(
        audit=audit,
        sections=[section for section in SECTIONS if section not in empty],
        opening=opening_of(audit.figures),
        page_rows=PAGE_ROWS,
        choices=_choices(audit, archive),
        findings=_findings(audit),
        severities=[(severity.label, severity_count(audit, severity)) for severity in Severity],
        whole_site=WHOLE_SITE,
        error_label=Severity.ERROR.label,
        new_label=FindingState.NEW.label,
        rules=_rules(audit),
        windows=list(DueWindow),
        agenda_units=(agenda_units := agenda_by_unit(audit.agenda)),
        agenda_total=[sum(column) for column in zip(*(unit.counts for unit in agenda_units), strict=True)]
        or [0] * len(DueWindow),
        unit_labels=SUMMARY_LABELS[1:],
        units=_units(audit),
        columns=_COLUMNS,
        coverage={"labels": COVERAGE_LABELS, "rows": coverage_cells(audit.matrix)},
        documents=_documents(audit, archive),
        requests={
            "year_labels": YEAR_LABELS,
            "years": [year_cells(year) for year in audit.requests.years],
            "repeated": audit.requests.repeated,
            "labels": REQUEST_LABELS,
            "late": [row for row in audit.requests.rows if row.late],
        },
        css=css,
        js=js,
    )
    return page.encode("utf-8", "replace")


def _choices(audit: Audit, archive: Archive) -> list[tuple[str, str, list[str]]]:
    """Return the filters of the whole page: the key of each, its label, its values."""
    units = {group.name for group in audit.figures.units} | {item.unit for item in audit.agenda if item.unit}
    units |= {document.responsible_units[0] for document in public_documents(archive)} - {""}
    years = {str(document.published.year) for document in public_documents(archive) if document.published}
    return [
        ("unit", "单位", sorted(units)),
        ("year", "年度", sorted(years, reverse=True)),
        ("rule", "规则", sorted({item.rule for item in audit.figures.rules})),
        ("level", "级别", [severity.label for severity in Severity]),
    ]


def severity_count(audit: Audit, severity: Severity) -> int:
    """Return the number of findings of a severity."""
    total = audit.figures.total
    return total.errors if severity is Severity.ERROR else total.warnings


def _findings(audit: Audit) -> list[tuple[FilingRow, bool]]:
    """Return the rows of the findings that are open, each with whether it blocks."""
    blocking = {item.key for item in audit.findings if item.finding.blocking}
    return [(row, row.key in blocking) for row in audit.filing if row.state != FindingState.MENDED.label]


def _units(audit: Audit) -> list[tuple[str, float, tuple[Cell, ...]]]:
    """Return for each unit its name, its score and the cells of its row, as in the summary of ``findings.xlsx``."""
    return [
        (str(name), audit.scores.get(str(name), FULL_SCORE), tuple(cells))
        for name, *cells in summary_rows(rows_by_unit(audit.filing), audit.scores)
    ]


def _rules(audit: Audit) -> list[dict[str, Any]]:
    rules = {rule.id: rule for rule in audit.rules}
    grounds: dict[str, list[str]] = defaultdict(list)
    for item in audit.findings:
        if item.finding.source not in grounds[item.finding.rule]:
            grounds[item.finding.rule].append(item.finding.source)
    return [
        {
            "id": item.rule,
            "title": rules[item.rule].title,
            "source": "；".join(grounds[item.rule]),
            "count": item.number,
        }
        for item in audit.figures.rules
    ]


def _documents(audit: Audit, archive: Archive) -> list[tuple[Cell, ...]]:
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for item in audit.findings:
        counts[item.finding.path][item.finding.severity is Severity.WARNING] += 1
    lines = {row.path: row for row in audit.rows}
    documents = [document for document in public_documents(archive) if document.kind is not Kind.PAGE]
    documents.sort(key=lambda document: document.path)
    documents.sort(key=lambda document: document.published_text, reverse=True)
    return [_document(document, lines.get(document.path), counts[document.path]) for document in documents]


def _document(document: Document, row: LinkageRow | None, counts: Sequence[int]) -> tuple[Cell, ...]:
    linkage_cells: tuple[Cell, ...] = ("",) * 7
    if row:
        linkage_cells = (row.state, row.first, row.lag_workdays, row.forms, row.two_way, row.lacking, row.flags)
    return (
        document.kind.label,
        document.title,
        document.doc_number,
        document.responsible_units[0],
        str(document.published or ""),
        row.disclosure_days if row else "",
        document.state_text,
        *linkage_cells,
        *(count or "" for count in counts),
        document.path,
    )
