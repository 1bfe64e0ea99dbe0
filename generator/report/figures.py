"""The figures of the audit report, counted from the rows of 解读关联 and from the findings only.

Requirements section 26: documents that need no interpretation, or are exempt, are not counted; those still within
their limit count for the coverage (they are due) but not for the rate of those in time (they may still be).
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from statistics import median
from typing import NamedTuple, TypeVar

from generator.audit.facts.yearly_counts import YearlyCount
from generator.config.settings import FULL_SCORE, AuditSettings
from generator.domain.problems import Finding, Severity
from generator.domain.vocabulary import InterpretationState, OpennessStage, Status
from generator.report.disclosures import Disclosed
from generator.report.linkage_table import YES, LinkageRow

ALL, WHOLE_SITE, UNDATED = "合计", "（全站）", "（没有日期）"
_S = InterpretationState
_Row = TypeVar("_Row")
DEFAULT_SETTINGS = AuditSettings()
INTERPRETED = (_S.SAME_DAY, _S.IN_TIME, _S.LATE)
ASKED = (*INTERPRETED, _S.PENDING, _S.MISSING)
# The upper end of each band, in working days for 解读滞后, in days for 公开耗时; the last one is open.
LAG_BANDS = (("0", 0), ("1～3", 3), ("4～10", 10), ("11～20", 20), ("20 以上", None))
DISCLOSURE_BANDS = (("0～5", 5), ("6～10", 10), ("11～20", 20), ("21～30", 30), ("30 以上", None))


class Spread(NamedTuple):
    """The number of durations, their median and the longest one; 0 where there is none."""

    number: int
    median: float
    longest: int


class Group(NamedTuple):
    """The figures of a group of public policies and of the findings on them.

    ``states`` and ``validity`` count by the code of the term, ``suspended`` what of it is suspended, wholly or in part.
    ``coverage`` and ``in_time_rate`` are percent with one decimal, ``None`` where nothing was asked for.
    ``disclosed`` counts the documents of every kind that have a limit of disclosure, ``disclosed_late`` those of D001;
    ``late_exempt`` of them are exempt from it and ``late_policies`` are public policies. ``score`` is what the findings
    leave of 100, ``None`` where no findings are counted.
    """

    name: str
    policies: int
    states: Mapping[str, int]
    asked: int
    interpreted: int
    coverage: float | None
    in_time_rate: float | None
    lag: Spread
    validity: Mapping[str, int]
    suspended: int
    disclosure: Spread
    disclosed_late: int
    errors: int
    warnings: int
    disclosed: int = 0
    late_exempt: int = 0
    late_policies: int = 0
    score: float | None = None


class RuleCount(NamedTuple):
    """The number of findings of one rule."""

    rule: str
    severity: Severity
    number: int


class Figures(NamedTuple):
    """All figures: in total, by unit, by year of publication; ``quotas`` are the yearly numbers.

    ``stages`` counts 五公开 by theme, empty for a site that does not use it.
    """

    total: Group
    units: tuple[Group, ...]
    years: tuple[Group, ...]
    lags: Mapping[str, int]
    disclosures: Mapping[str, int]
    rules: tuple[RuleCount, ...]
    quotas: Mapping[str, YearlyCount]
    stages: Mapping[str, Mapping[OpennessStage, int]]


def figures(
    rows: Sequence[LinkageRow],
    findings: Sequence[Finding],
    unit_by_path: Mapping[str, str],
    quotas: Mapping[int, YearlyCount],
    disclosed: Sequence[Disclosed] = (),
    settings: AuditSettings = DEFAULT_SETTINGS,
    *,
    stages: Mapping[str, Mapping[OpennessStage, int]] | None = None,
) -> Figures:
    """Count everything; ``unit_by_path`` gives the unit of every document, public or not, by its file.

    ``disclosed`` are the documents with a limit of disclosure, whatever their kind; ``settings`` give the points of the
    score. The groups by year have no findings: a finding is about the present, whenever its document was published.
    """
    by_unit: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_unit[unit_of_finding(finding, unit_by_path) or WHOLE_SITE].append(finding)
    units = _grouped(rows, lambda row: main_unit(row.unit))
    disclosed_by_unit = _grouped(disclosed, lambda item: item.unit)
    names = sorted(
        units.keys() | by_unit.keys() | disclosed_by_unit.keys(),
        key=lambda name: (name == WHOLE_SITE, -len(units.get(name, ())), name),
    )
    years = _grouped(rows, lambda row: row.year or UNDATED)
    disclosed_by_year = _grouped(disclosed, lambda item: item.year)
    lags = [row.lag_workdays for row in rows if isinstance(row.lag_workdays, int) and row.due]
    disclosure_days = [row.disclosure_days for row in rows if isinstance(row.disclosure_days, int)]
    counts = Counter((finding.rule, finding.severity) for finding in findings)
    return Figures(
        total=_group(ALL, rows, findings, disclosed, settings),
        units=tuple(
            _group(name, units.get(name, ()), by_unit.get(name, ()), disclosed_by_unit.get(name, ()), settings)
            for name in names
        ),
        years=tuple(
            _group(year, years.get(year, ()), (), disclosed_by_year.get(year, ()), None)
            for year in sorted(years.keys() | disclosed_by_year.keys())
        ),
        lags=_banded(lags, LAG_BANDS),
        disclosures=_banded(disclosure_days, DISCLOSURE_BANDS),
        rules=tuple(
            RuleCount(rule, severity, count)
            for (rule, severity), count in sorted(counts.items(), key=lambda item: (item[0][1], -item[1], item[0][0]))
        ),
        quotas={str(year): quotas[year] for year in sorted(quotas)},
        stages=stages or {},
    )


def main_unit(unit: str) -> str:
    """Return the first of several units, which is the leading one."""
    return unit.partition("；")[0]


def unit_of_finding(finding: Finding, units: Mapping[str, str]) -> str:
    """Return the unit of a finding, empty for one on the whole site.

    ``units`` gives the unit of a file, and of a line of a register (``tasks.csv:3``).
    """
    return units.get(f"{finding.path}:{finding.line}", units.get(finding.path, ""))


def _grouped(rows: Iterable[_Row], key: Callable[[_Row], str]) -> dict[str, list[_Row]]:
    groups: dict[str, list[_Row]] = defaultdict(list)
    for row in rows:
        groups[key(row)].append(row)
    return groups


def _group(
    name: str,
    rows: Sequence[LinkageRow],
    findings: Sequence[Finding],
    disclosed: Sequence[Disclosed],
    settings: AuditSettings | None,
) -> Group:
    labels = Counter(row.state for row in rows)
    states = {state.value: labels[state.label] for state in _S}
    in_force = Counter(row.validity.partition("，")[0] for row in rows)
    asked = sum(states[state] for state in ASKED)
    interpreted = sum(states[state] for state in INTERPRETED)
    severities = Counter(finding.severity for finding in findings)
    return Group(
        name=name,
        policies=len(rows),
        states=states,
        asked=asked,
        interpreted=interpreted,
        coverage=_rate(interpreted, asked),
        in_time_rate=_rate(states[_S.SAME_DAY] + states[_S.IN_TIME], asked - states[_S.PENDING]),
        lag=_spread(row.lag_workdays for row in rows if row.due),
        validity={status.value: in_force[status.label] for status in Status},
        suspended=sum("，" in row.validity for row in rows),
        disclosure=_spread(row.disclosure_days for row in rows),
        disclosed_late=sum(item.late for item in disclosed),
        errors=severities[Severity.ERROR],
        warnings=severities[Severity.WARNING],
        disclosed=len(disclosed),
        late_exempt=sum(item.late and item.exempt for item in disclosed),
        late_policies=sum(row.disclosure_late == YES for row in rows),
        score=_score(findings, settings) if settings else None,
    )


def _score(findings: Iterable[Finding], settings: AuditSettings) -> float:
    """Return what the findings leave of the full score, at least 0."""
    points = sum(settings.points_of(one.rule, is_error=one.severity is Severity.ERROR) for one in findings)
    return round(max(FULL_SCORE - points, 0), 1)


def _rate(part: int, whole: int) -> float | None:
    return round(100 * part / whole, 1) if whole else None


def _spread(values: Iterable[int | str]) -> Spread:
    numbers = [value for value in values if isinstance(value, int)]
    return Spread(len(numbers), float(median(numbers)), max(numbers)) if numbers else Spread(0, 0.0, 0)


def _banded(values: Iterable[int], bands: Sequence[tuple[str, int | None]]) -> dict[str, int]:
    counts = {name: 0 for name, _ in bands}
    for value in values:
        counts[next(name for name, most in bands if most is None or value <= most)] += 1
    return counts
