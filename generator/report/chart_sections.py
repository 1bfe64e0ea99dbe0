"""The pictures of the report, each with the table that says the same."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from generator.domain.vocabulary import Status
from generator.report.charts import MOST_LYING, Series, drawn, stacked
from generator.report.figures import ASKED, Figures, Group, Spread
from generator.support.tables import Cell


class Table(NamedTuple):
    """Rows of numbers under labels; ``total`` is the last row, empty for none."""

    labels: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]
    total: Sequence[Cell] = ()


class Picture(NamedTuple):
    """One picture: what it shows, what its numbers mean, the picture (empty where all is 0), its table."""

    title: str
    said: str
    svg: Any
    legend: Sequence[tuple[str, str]]
    table: Table
    head: str


class Card(NamedTuple):
    """One number at the top."""

    label: str
    value: str
    said: str
    tone: str = ""


class Pictures(NamedTuple):
    """The opening of the report."""

    cards: tuple[Card, ...]
    all: tuple[Picture, ...]


_IN_TIME = "滞后是从公开的次日起到首份解读的工作日数；解读率＝已解读÷应解读，按时率不计还没到期的。"
_DISCLOSED = "从印发（没有印发日期的，从成文）到公开的日数；期限见各件的“公开期限”。"


def pictures_of(figures: Figures) -> Pictures:
    """Return the numbers, pictures and tables that open the report."""
    return Pictures(_cards(figures), tuple(_pictures(figures)))


def _cards(figures: Figures) -> tuple[Card, ...]:
    total = figures.total
    missing, late = total.states["missing"], total.states["late"]
    return (
        Card("公开的政策文件", str(total.policies), f"现行有效 {_in_force(total)} 件"),
        Card("解读率", percent(total.coverage), f"应解读 {total.asked}，已解读 {total.interpreted}"),
        Card("按时率", percent(total.in_time_rate), f"逾期 {late} 件", "warn" if late else ""),
        Card("应解读未解读", str(missing), f"待解读 {total.states['pending']} 件", "bad" if missing else ""),
        Card("解读滞后中位数", spread_text(total.lag, "个工作日"), f"最长 {total.lag.longest} 个工作日"),
        Card("公开耗时中位数", spread_text(total.disclosure, "日"), f"超期公开 {total.disclosed_late} 件"),
        Card("错误", str(total.errors), "已经违反的", "bad" if total.errors else ""),
        Card("警告", str(total.warnings), "要看一看的", "warn" if total.warnings else ""),
    )


def _in_force(group: Group) -> int:
    return sum(group.validity[status.value] for status in Status if status.in_force)


def percent(rate: float | None) -> str:
    """Return a rate as it is shown."""
    return "—" if rate is None else f"{rate:.1f}%"


def spread_text(spread: Spread, unit: str) -> str:
    """Return the middle of a spread as it is shown."""
    return f"{spread.median:g} {unit}" if spread.number else "—"


def _pictures(figures: Figures) -> list[Picture]:
    years, units = figures.years, figures.units
    with_policies = tuple(group for group in units if group.policies)
    return [
        _states("解读情况，按年度", years, figures.total, "年度", "states-by-year"),
        _states("解读情况，按单位", with_policies, figures.total, "单位", "states-by-unit", lying=True),
        _bands("解读滞后", "件数，按滞后的工作日。", figures.lags, "工作日", "lag"),
        _validity("有效性，按年度", years, figures.total),
        _bands("公开耗时", "件数，按日数。" + _DISCLOSED, figures.disclosures, "日数", "disclosure"),
        _disclosed("公开是否超期，按年度", years, figures.total, "年度", "disclosure-by-year"),
        _disclosed("公开是否超期，按单位", with_policies, figures.total, "单位", "disclosure-by-unit", lying=True),
        _weights("问题，按单位", units, figures.total),
        _quotas(figures),
    ]


def _states(title: str, groups: Sequence[Group], total: Group, head: str, name: str, *, lying: bool = False) -> Picture:
    series = [Series(state.value, state.label, [group.states[state] for group in groups]) for state in ASKED]
    labels = ["应解读", *(state.label for state in ASKED), "解读率", "按时率", "滞后中位数"]

    def cells(group: Group) -> tuple[Cell, ...]:
        rates = percent(group.coverage), percent(group.in_time_rate)
        return (group.asked, *(group.states[state] for state in ASKED), *rates, spread_text(group.lag, "").strip())

    return _picture(
        title, _IN_TIME, groups, series, Table(labels, _rows(groups, cells), cells(total)), head, name, lying=lying
    )


def _validity(title: str, groups: Sequence[Group], total: Group) -> Picture:
    series = [Series(item.value, item.label, [group.validity[item] for group in groups]) for item in reversed(Status)]
    order = tuple(reversed(Status))
    labels = [*(status.label for status in order), "合计"]

    def cells(group: Group) -> tuple[Cell, ...]:
        return (*(group.validity[status] for status in order), group.policies)

    table = Table(labels, _rows(groups, cells), cells(total))
    return _picture(
        title, "政策文件现在的有效性，按公开的年度。", groups, series, table, "年度", "validity", lying=False
    )


def _disclosed(
    title: str, groups: Sequence[Group], total: Group, head: str, name: str, *, lying: bool = False
) -> Picture:
    series = [
        Series("in_limit", "期限以内", [group.disclosure.number - group.disclosed_late for group in groups]),
        Series("over_limit", "超期", [group.disclosed_late for group in groups]),
    ]

    def cells(group: Group) -> tuple[Cell, ...]:
        spread = group.disclosure
        within = spread.number - group.disclosed_late
        return (within, group.disclosed_late, spread_text(spread, "").strip(), spread.longest if spread.number else "—")

    labels = ["期限以内", "超期", "耗时中位数（日）", "最长（日）"]
    table = Table(labels, _rows(groups, cells), cells(total))
    return _picture(title, _DISCLOSED, groups, series, table, head, name, lying=lying)


def _weights(title: str, groups: Sequence[Group], total: Group) -> Picture:
    found = [group for group in groups if group.errors or group.warnings]
    series = [
        Series("error", "错误", [group.errors for group in found]),
        Series("warning", "警告", [group.warnings for group in found]),
    ]

    def cells(group: Group) -> tuple[Cell, ...]:
        return group.errors, group.warnings

    said = "每个问题算在它那份文件的责任单位，不公开的文件也在内；栏目、配置一类的算在全站。"
    table = Table(["错误", "警告"], _rows(found, cells), cells(total))
    return _picture(title, said, found, series, table, "单位", "findings", lying=True)


def _bands(title: str, said: str, counts: Mapping[str, int], head: str, name: str) -> Picture:
    rows = [(band, (count,)) for band, count in counts.items()]
    series = [Series("count", "件数", list(counts.values()))]
    return _drawn(title, said, list(counts), series, Table(["件数"], rows, (sum(counts.values()),)), head, name)


def _quotas(figures: Figures) -> Picture:
    labels = list(figures.quotas)
    counts = list(figures.quotas.values())
    series = [
        Series("interviews", "在线访谈", [count.interviews for count in counts]),
        Series("by_leader", "主要负责人解读", [count.by_leader for count in counts]),
    ]
    rows = [(year, (count.interviews, count.by_leader)) for year, count in figures.quotas.items()]
    said = "公开的解读里，在线访谈和主要负责人亲自解读的次数，按解读发布的年度。"
    return _drawn("年度次数", said, labels, series, Table(["在线访谈", "主要负责人解读"], rows), "年度", "quotas")


def _rows(groups: Sequence[Group], cells: Any) -> list[tuple[str, Sequence[Cell]]]:
    return [(group.name, cells(group)) for group in groups]


def _picture(
    title: str,
    said: str,
    groups: Sequence[Group],
    series: Sequence[Series],
    table: Table,
    head: str,
    name: str,
    *,
    lying: bool,
) -> Picture:
    more = f"图上只画前 {MOST_LYING} 个，表里全有。{said}" if lying and len(groups) > MOST_LYING else said
    return _drawn(title, more, [group.name for group in groups], series, table, head, name, lying=lying)


def _drawn(
    title: str,
    said: str,
    labels: Sequence[str],
    series: Sequence[Series],
    table: Table,
    head: str,
    name: str,
    *,
    lying: bool = False,
) -> Picture:
    legend = [(item.code, item.title) for item in drawn(series)]
    return Picture(title, said, _safe(stacked(labels, series, name=name, lying=lying)), legend, table, head)


def _safe(svg: str) -> Any:
    """Return a picture as what need not be escaped: pygal has escaped the texts in it."""
    from markupsafe import Markup

    return Markup(svg)  # noqa: S704
