"""The findings as an office files them: by unit, with the day until which they are to be mended, state and reply.

``findings.csv`` has all of them, ``findings.xlsx`` a sheet for each unit; what a unit writes into 回复 follows the
finding into the next audit.
"""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple

from generator.config.load import SiteConfig
from generator.domain.model import Archive
from generator.domain.problems import Severity
from generator.domain.vocabulary import FindingState
from generator.domain.workdays import Span, Unit
from generator.report.figures import WHOLE_SITE, unit_of_finding
from generator.report.linkage_table import YES
from generator.report.trend import Baseline, IdentifiedFinding, PastFinding
from generator.report.withheld import without_hidden_words
from generator.support.tables import Cell, Sheet, csv_bytes, xlsx_bytes

NOT_PUBLIC_TITLE = "（不公开的文件，标题见台账）"
REPLY, KEY = "回复", "标识（不要改）"
ABOUT, SUMMARY = "说明", "汇总"
SHEET_LONGEST = 31
_NOT_IN_SHEET_NAME = re.compile(r"[\[\]:*?/\\\x00-\x1f]")


class FilingRow(NamedTuple):
    """One finding as it is filed; the order of the fields is that of the columns.

    ``days`` is by how many days a limit was missed, ``""`` where there is none; ``late`` is 是 where the day until
    which it is to be mended has passed.
    """

    rule: str
    severity: str
    title: str
    doc_number: str
    unit: str
    message: str
    hint: str
    ground: str
    days: int | str
    deadline: str
    late: str
    state: str
    reply: str
    path: str
    line: int
    year: str
    key: str


LABELS: Mapping[str, str] = {
    "rule": "规则",
    "severity": "级别",
    "title": "标题",
    "doc_number": "文号",
    "unit": "责任单位",
    "message": "问题",
    "hint": "改法",
    "ground": "依据",
    "days": "超期天数",
    "deadline": "整改期限",
    "late": "超过整改期限",
    "state": "状态",
    "reply": REPLY,
    "path": "源文件",
    "line": "行",
    "year": "公开年度",
    "key": KEY,
}
_WIDTHS = (8, 8, 36, 22, 18, 52, 36, 36, 8, 12, 8, 10, 40, 30, 6, 8, 18)
SUMMARY_LABELS = ("责任单位", "错误", "警告", "新出现", "仍然存在", "已改好", "超过整改期限", "已回复", "得分")
_SUMMARY_WIDTHS = (30, 8, 8, 8, 10, 8, 12, 8, 8)
_HOW_TO_FILL = (
    "每个责任单位一张表。只填“回复”一列，写怎么改的、什么时候改好，或者为什么不改；别的列不要改。"
    "填好以后原样存成 xlsx 交回，下次审计用 --baseline 读它，回复跟着问题走。"
)


def filing_rows(
    archive: Archive,
    config: SiteConfig,
    findings: Sequence[IdentifiedFinding],
    units: Mapping[str, str],
    rules: frozenset[str],
    baseline: Baseline | None,
    replies: Mapping[str, str],
) -> tuple[FilingRow, ...]:
    """Return a row for every finding, and for each of the baseline that is mended, by unit and severity.

    A finding that the baseline has keeps its day; ``replies`` by key go before those of the baseline.
    """
    past = baseline.findings if baseline else {}
    compared = baseline.rules & rules if baseline else frozenset()
    days_to_mend = config.audit.mend_workdays
    due = Span(days_to_mend, Unit.WORKDAY).due(archive.day, config.calendar) if days_to_mend else None
    rows = []
    for item in findings:
        earlier = past.get(item.key)
        state = (
            FindingState.STANDING
            if earlier
            else FindingState.NEW
            if item.finding.rule in compared
            else FindingState.UNCOMPARED
        )
        deadline = (earlier.deadline if earlier else "") or str(due or "")
        reply = replies.get(item.key, "") or (earlier.reply if earlier else "")
        rows.append(_row(archive, item, unit_of_finding(item.finding, units), deadline, state, reply))
    present = {item.key for item in findings}
    for key, gone in past.items():
        if key not in present and gone.rule in compared:
            rows.append(_mended_row(key, gone, replies.get(key, "") or gone.reply))
    order = {state.label: number for number, state in enumerate(FindingState)}
    shown = without_hidden_words(archive)
    return tuple(
        sorted(
            (row._replace(message=shown(row.message), hint=shown(row.hint)) for row in rows),
            key=lambda row: (
                not row.unit,
                row.unit,
                row.state == FindingState.MENDED.label,
                row.severity != Severity.ERROR.label,
                row.rule,
                row.path,
                row.line,
                order[row.state],
                row.key,
            ),
        )
    )


def without_hidden_titles(baseline: Baseline, archive: Archive) -> Baseline:
    """Return a baseline without the titles and numbers of documents that are not public any more."""
    findings = {
        key: past._replace(title=NOT_PUBLIC_TITLE, doc_number="")
        if (document := archive.by_path.get(past.path)) and not archive.is_public(document)
        else past
        for key, past in baseline.findings.items()
    }
    return baseline._replace(findings=findings)


def _row(
    archive: Archive, item: IdentifiedFinding, unit: str, deadline: str, state: FindingState, reply: str
) -> FilingRow:
    finding = item.finding
    document = archive.by_path.get(finding.path)
    public = document is not None and archive.is_public(document)
    return FilingRow(
        rule=finding.rule,
        severity=finding.severity.label,
        title="" if document is None else document.title if public else NOT_PUBLIC_TITLE,
        doc_number=document.doc_number if document and public else "",
        unit=unit,
        message=finding.message,
        hint=finding.hint,
        ground=finding.source,
        days=finding.days or "",
        deadline=deadline,
        late=YES if deadline and deadline < archive.day.isoformat() else "",
        state=state.label,
        reply=reply,
        path=finding.path,
        line=finding.line,
        year=str(document.published.year) if document and public and document.published else "",
        key=item.key,
    )


def _mended_row(key: str, past: PastFinding, reply: str) -> FilingRow:
    return FilingRow(
        rule=past.rule,
        severity=Severity(past.severity).label,
        title=past.title,
        doc_number=past.doc_number,
        unit=past.unit,
        message=past.message,
        hint="",
        ground=past.ground,
        days="",
        deadline=past.deadline,
        late="",
        state=FindingState.MENDED.label,
        reply=reply,
        path=past.path,
        line=1,
        year="",
        key=key,
    )


def open_by_deadline(rows: Sequence[FilingRow]) -> Mapping[tuple[str, str], int]:
    """Return how many findings each unit has to mend by each day."""
    return Counter((row.unit, row.deadline) for row in rows if row.state != FindingState.MENDED.label)


def rows_by_unit(rows: Sequence[FilingRow]) -> Mapping[str, list[FilingRow]]:
    """Return the rows by the name of their unit; those on the whole site are last."""
    groups: dict[str, list[FilingRow]] = defaultdict(list)
    for row in rows:
        groups[row.unit or WHOLE_SITE].append(row)
    return groups


def filing_files(
    rows: Sequence[FilingRow], scores: Mapping[str, float], about: Mapping[str, str]
) -> Mapping[str, bytes]:
    """Return ``findings.csv`` and ``findings.xlsx``; ``about`` says of which audit they are, for the next one."""
    headings = [LABELS[field] for field in FilingRow._fields]
    groups = rows_by_unit(rows)
    names = _sheet_names(groups)
    sheets = [
        Sheet(SUMMARY, SUMMARY_LABELS, _SUMMARY_WIDTHS, list(summary_rows(groups, scores))),
        *(Sheet(names[unit], headings, _WIDTHS, unit_rows) for unit, unit_rows in groups.items()),
        Sheet(ABOUT, ("项目", "内容"), (16, 90), [("怎么填", _HOW_TO_FILL), *about.items()]),
    ]
    return {"findings.csv": csv_bytes(headings, rows), "findings.xlsx": xlsx_bytes(sheets)}


def summary_rows(groups: Mapping[str, Sequence[FilingRow]], scores: Mapping[str, float]) -> Iterator[tuple[Cell, ...]]:
    """Yield for each unit its name and numbers, in the order of ``SUMMARY_LABELS``; a unit may have only a score."""
    for unit in dict.fromkeys((*groups, *scores)):
        rows = groups.get(unit, ())
        open_rows = [row for row in rows if row.state != FindingState.MENDED.label]
        severities = Counter(row.severity for row in open_rows)
        states = Counter(row.state for row in rows)
        yield (
            unit,
            *(severities[severity.label] for severity in Severity),
            *(states[state.label] for state in (FindingState.NEW, FindingState.STANDING, FindingState.MENDED)),
            sum(row.late == YES for row in open_rows),
            sum(bool(row.reply) for row in open_rows),
            scores.get(unit, ""),
        )


def _sheet_names(units: Mapping[str, object]) -> Mapping[str, str]:
    """Return the name of the sheet of each unit: as Excel allows it, no two the same."""
    return unique_names(units, _sheet_name, {SUMMARY, ABOUT, "history"}, SHEET_LONGEST)


def _sheet_name(unit: str) -> str:
    return _NOT_IN_SHEET_NAME.sub("_", unit).strip("' ") or "单位"


def unique_names(
    units: Mapping[str, object], name_of: Callable[[str], str], taken: set[str], longest: int
) -> Mapping[str, str]:
    """Return a name for each unit, at most ``longest`` characters, all different whatever their case."""
    used = {name.casefold() for name in taken}
    names = {}
    for unit in units:
        base = name = name_of(unit)[:longest]
        number = 1
        while name.casefold() in used:
            number += 1
            name = f"{base[: longest - len(str(number)) - 1]}-{number}"
        used.add(name.casefold())
        names[unit] = name
    return names


def about_audit(as_of: dt.date, config: SiteConfig, version: str, rules: Sequence[str]) -> Mapping[str, str]:
    """Return of which site, day and rules an audit is, as the last sheet says it."""
    return {
        "网站": f"{config.site.agency}{config.site.title}",
        "网址": config.site.base_url,
        "审计日期": as_of.isoformat(),
        "版本": version,
        "查过的规则": "、".join(rules),
    }
