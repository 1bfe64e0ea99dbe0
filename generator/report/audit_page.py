"""``report.html``: the audit report as one file that needs no network, for screen and paper."""

from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.audit.facts.duties import public_documents
from generator.domain.model import Archive, Document
from generator.domain.problems import Severity
from generator.domain.vocabulary import Kind
from generator.report.audit_files import COVERAGE_LABELS, Audit, coverage_cells
from generator.report.chart_sections import opening_of
from generator.report.figures import WHOLE_SITE
from generator.report.linkage_table import LinkageRow, unit_of
from generator.report.requests_table import REQUEST_LABELS, YEAR_LABELS, year_cells
from generator.report.trend import IdentifiedFinding
from generator.support.tables import Cell

_FOLDER = Path(__file__).with_name("page")


class Section(NamedTuple):
    """One section: its anchor, its heading, its template in ``page/``."""

    id: str
    title: str
    file: str


_TREND = Section("trend", "和上次相比", "trend.html")
_EXEMPTIONS = Section("exemptions", "豁免", "exemptions.html")
_WITHDRAWALS = Section("withdrawals", "撤下的文件", "withdrawals.html")
_REQUESTS = Section("requests", "依申请公开", "requests.html")
SECTIONS = (
    Section("figures", "主要数字", "figures.html"),
    _TREND,
    Section("findings", "问题", "findings.html"),
    _EXEMPTIONS,
    _WITHDRAWALS,
    Section("coverage", "公开事项", "coverage.html"),
    _REQUESTS,
    Section("inspection", "模拟检查", "inspection.html"),
    Section("documents", "逐件", "documents.html"),
)


class Column(NamedTuple):
    """One column of the list of documents; ``css_class`` is the class of its cells.

    ``filter`` says how the page filters by its values: ``one`` or ``many`` in a cell, the ``year``, empty for no
    filter.
    """

    label: str
    css_class: str = ""
    filter: str = ""


_COLUMNS = (
    Column("类型", "d", "one"),
    Column("标题", "w"),
    Column("文号", "u"),
    Column("责任单位", "u", "one"),
    Column("公开日期", "d", "year"),
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
    Column("源文件", "p"),
)


class Part(NamedTuple):
    """The findings of one severity, by unit."""

    severity: Severity
    number: int
    units: Sequence[tuple[str, Sequence[IdentifiedFinding]]]


def page_bytes(audit: Audit, archive: Archive) -> bytes:
    """Return the report as one HTML page that loads nothing from elsewhere."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined
    from markupsafe import Markup

    optional = (
        (_TREND, audit.trend),
        (_EXEMPTIONS, audit.exemptions),
        (_WITHDRAWALS, audit.withdrawals),
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
        findings=_parts(audit),
        new={item.key for item in audit.trend.new} if audit.trend else set(),
        rules=_rules(audit),
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


def _parts(audit: Audit) -> list[Part]:
    positions = {group.name: position for position, group in enumerate(audit.figures.units)}
    parts = []
    for severity in Severity:
        units: dict[str, list[IdentifiedFinding]] = defaultdict(list)
        for item in audit.findings:
            if item.finding.severity is severity:
                units[audit.units.get(item.finding.path, WHOLE_SITE)].append(item)
        if units:
            sorted_units = sorted(units.items(), key=lambda pair: positions[pair[0]])
            parts.append(Part(severity, sum(map(len, units.values())), sorted_units))
    return parts


def _rules(audit: Audit) -> list[dict[str, Any]]:
    rules = {rule.id: rule for rule in audit.rules}
    return [
        {"id": item.rule, "title": rules[item.rule].title, "source": rules[item.rule].source, "count": item.number}
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
        unit_of(document)[0],
        str(document.published or ""),
        row.disclosure_days if row else "",
        document.state_text,
        *linkage_cells,
        *(count or "" for count in counts),
        document.path,
    )
