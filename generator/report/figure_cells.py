"""The figures of the report as rows of a table: the columns of a group, and of an item that must be public."""

from collections.abc import Mapping

from generator.domain.model import CoverageMatrix
from generator.domain.vocabulary import InterpretationState, Status
from generator.report.figures import Group
from generator.support.tables import Cell

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
    "disclosed": "有公开期限的",
    "disclosed_late": "超期公开",
    "late_exempt": "其中豁免",
    "late_policies": "其中政策文件",
    "errors": "错误",
    "warnings": "警告",
    "score": "得分",
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
        group.disclosed,
        group.disclosed_late,
        group.late_exempt,
        group.late_policies,
        group.errors,
        group.warnings,
        "" if group.score is None else group.score,
    )
