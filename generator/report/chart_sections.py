"""The opening of the audit report: the numbers at the top, and tables with a bar beside the label of each row."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from generator.domain.vocabulary import OpennessStage, Status
from generator.report.figures import ASKED, Figures, Group, Spread
from generator.support.tables import Cell


class Column(NamedTuple):
    """One column of numbers; ``code`` is the CSS class of its part of the bars, empty where it has none."""

    label: str
    code: str = ""


class ReportRow(NamedTuple):
    """One row: its label, its cells, the coloured parts of its bar, and its ``rest`` to the longest bar."""

    label: str
    cells: Sequence[Cell]
    parts: Sequence[tuple[str, int]]
    rest: int


class Table(NamedTuple):
    """One table: its title, a note on its numbers, its cells; ``total`` is the last row, empty for none."""

    title: str
    note: str
    head: str
    columns: Sequence[Column]
    rows: Sequence[ReportRow]
    total: Sequence[Cell] = ()


class Card(NamedTuple):
    """One number at the top."""

    label: str
    value: str
    note: str
    tone: str = ""


class Opening(NamedTuple):
    """The opening of the report."""

    cards: tuple[Card, ...]
    tables: tuple[Table, ...]


_IN_TIME = "滞后是从公开的次日起到首份解读的工作日数；解读率＝已解读÷应解读，按时率不计还没到期的。"
_DISCLOSED = "从印发（没有印发日期的，从成文）到公开的日数；期限见各件的“公开期限”。"
_LATE = "有公开期限的各类信息，和 D001 查的一样（豁免的也算）；耗时只数公开的政策文件。"


def opening_of(figures: Figures) -> Opening:
    """Return the numbers and tables that open the report."""
    return Opening(_cards(figures), tuple(_tables(figures)))


def _cards(figures: Figures) -> tuple[Card, ...]:
    total = figures.total
    missing, late = total.states["missing"], total.states["late"]
    return (
        Card("公开的政策文件", str(total.policies), _in_force(total)),
        Card("解读率", percent(total.coverage), f"应解读 {total.asked}，已解读 {total.interpreted}"),
        Card("按时率", percent(total.in_time_rate), f"逾期 {late} 件", "warn" if late else ""),
        Card("应解读未解读", str(missing), f"待解读 {total.states['pending']} 件", "bad" if missing else ""),
        Card("解读滞后中位数", spread_text(total.lag, "个工作日"), f"最长 {total.lag.longest} 个工作日"),
        Card("公开耗时中位数", spread_text(total.disclosure, "日"), _late(total)),
        Card("错误", str(total.errors), "已经违反的", "bad" if total.errors else ""),
        Card("警告", str(total.warnings), "要看一看的", "warn" if total.warnings else ""),
    )


def _in_force(group: Group) -> str:
    number = sum(group.validity[status.value] for status in Status if status.in_force)
    suspended = f"（其中暂停执行 {group.suspended} 件）" if group.suspended else ""
    return f"现行有效 {number} 件{suspended}"


def _late(group: Group) -> str:
    """Return how many documents of any kind were published late, and how that adds up to the findings of D001."""
    exempt = f"，其中豁免 {group.late_exempt} 件" if group.late_exempt else ""
    return f"各类信息超期公开 {group.disclosed_late} 件{exempt}"


def percent(rate: float | None) -> str:
    """Return a rate, in percent, as text."""
    return "—" if rate is None else f"{rate:.1f}%"


def spread_text(spread: Spread, unit: str) -> str:
    """Return the median of a spread as text."""
    return f"{spread.median:g} {unit}" if spread.number else "—"


def _tables(figures: Figures) -> list[Table]:
    years, units, total = figures.years, figures.units, figures.total
    with_policies = tuple(group for group in units if group.policies)
    with_limit = tuple(group for group in units if group.disclosed)
    published = tuple(group for group in years if group.policies)
    return [
        _states("解读情况，按年度", "年度", published, total),
        _states("解读情况，按单位", "单位", with_policies, total),
        _bands("解读滞后", "件数，按滞后的工作日。", "工作日", figures.lags),
        _validity(published, total),
        _bands("公开耗时", "件数，按日数。" + _DISCLOSED, "日数", figures.disclosures),
        _disclosed("公开是否超期，按年度", "年度", tuple(group for group in years if group.disclosed), total),
        _disclosed("公开是否超期，按单位", "单位", with_limit, total),
        _problems(units, total),
        _quotas(figures),
        *([_stages(figures)] if figures.stages else []),
    ]


def _states(title: str, head: str, groups: Sequence[Group], total: Group) -> Table:
    columns = (
        Column("应解读"),
        *(Column(state.label, state.value) for state in ASKED),
        *map(Column, ("解读率", "按时率", "滞后中位数")),
    )

    def cells(group: Group) -> tuple[Cell, ...]:
        rates = percent(group.coverage), percent(group.in_time_rate)
        return (group.asked, *(group.states[state] for state in ASKED), *rates, spread_text(group.lag, "").strip())

    return _grouped(title, _IN_TIME, head, columns, groups, cells, total)


def _validity(groups: Sequence[Group], total: Group) -> Table:
    statuses = tuple(reversed(Status))
    columns = (*(Column(status.label, status.value) for status in statuses), Column("合计"), Column("其中暂停执行"))

    def cells(group: Group) -> tuple[Cell, ...]:
        return (*(group.validity[status] for status in statuses), group.policies, group.suspended)

    note = "政策文件现在的有效性，按公开的年度。“其中暂停执行”也算部分暂停执行的。"
    return _grouped("有效性，按年度", note, "年度", columns, groups, cells, total)


def _disclosed(title: str, head: str, groups: Sequence[Group], total: Group) -> Table:
    columns = (
        Column("期限以内", "in_limit"),
        Column("超期", "over_limit"),
        Column("其中豁免"),
        Column("其中政策文件"),
        Column("耗时中位数（日）"),
        Column("最长（日）"),
    )

    def cells(group: Group) -> tuple[Cell, ...]:
        spread = group.disclosure
        return (
            group.disclosed - group.disclosed_late,
            group.disclosed_late,
            group.late_exempt,
            group.late_policies,
            spread_text(spread, "").strip(),
            spread.longest if spread.number else "—",
        )

    return _grouped(title, _LATE, head, columns, groups, cells, total)


def _problems(units: Sequence[Group], total: Group) -> Table:
    groups = [group for group in units if group.errors or group.warnings]
    columns = (Column("错误", "error"), Column("警告", "warning"))
    note = "每个问题算在它那份文件的责任单位，不公开的文件也在内；栏目、配置一类的算在全站。"
    return _grouped("问题，按单位", note, "单位", columns, groups, lambda group: (group.errors, group.warnings), total)


def _bands(title: str, note: str, head: str, counts: Mapping[str, int]) -> Table:
    numbers = [(band, (count,)) for band, count in counts.items()]
    return _table(title, note, head, (Column("件数", "count"),), numbers, (sum(counts.values()),))


def _quotas(figures: Figures) -> Table:
    columns = (
        Column("在线访谈", "interviews"),
        Column("主要负责人解读", "by_leader"),
        Column("公众列席会议", "meetings"),
        Column("培训", "trainings"),
        Column("听取汇报", "leader_reports"),
        Column("考核权重"),
    )
    numbers = [
        (year, (*count[:-1], f"{count.weight:g}%" if count.weight else "—")) for year, count in figures.quotas.items()
    ]
    note = "公开的解读和年度次数登记簿里的次数，按年度；同一天两处都有的算一次。"
    return _table("年度次数", note, "年度", columns, numbers)


def _stages(figures: Figures) -> Table:
    columns = tuple(Column(stage.label, "count") for stage in OpennessStage)
    numbers = [(theme, tuple(counts[stage] for stage in OpennessStage)) for theme, counts in figures.stages.items()]
    total = tuple(sum(counts[stage] for counts in figures.stages.values()) for stage in OpennessStage)
    note = "公开的信息里，每个主题写了决策、执行、管理、服务、结果的件数；一件可以算在几个环节、几个主题里。"
    return _table("五公开，按主题", note, "主题", columns, numbers, total)


def _grouped(
    title: str,
    note: str,
    head: str,
    columns: Sequence[Column],
    groups: Sequence[Group],
    cells: Callable[[Group], tuple[Cell, ...]],
    total: Group,
) -> Table:
    """Return a table with a row for each group and the total below."""
    return _table(title, note, head, columns, [(group.name, cells(group)) for group in groups], cells(total))


def _table(
    title: str,
    note: str,
    head: str,
    columns: Sequence[Column],
    numbers: Sequence[tuple[str, Sequence[Cell]]],
    total: Sequence[Cell] = (),
) -> Table:
    """Return a table whose bars show the coloured numbers of their rows, all on one scale."""
    parts = [
        [(column.code, int(cell)) for column, cell in zip(columns, cells, strict=True) if column.code and cell]
        for _, cells in numbers
    ]
    lengths = [sum(number for _, number in row) for row in parts]
    longest = max(lengths, default=0)
    rows = [
        ReportRow(label, cells, row, longest - length)
        for (label, cells), row, length in zip(numbers, parts, lengths, strict=True)
    ]
    return Table(title, note, head, columns, rows, total)
