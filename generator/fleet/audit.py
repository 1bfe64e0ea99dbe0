"""The audit of a platform: the sites in order, and the findings by body, rule and month of publication.

Every figure is added up from the figures of the sites' own audits, so that both always agree.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator import __version__
from generator.audit import RULES
from generator.domain.problems import Severity
from generator.fleet.site_audit import FindingCount
from generator.fleet.summary import render
from generator.fleet.tasks import Outcome
from generator.support.json_text import json_bytes
from generator.support.tables import Cell, Sheet, csv_bytes, xlsx_bytes

FORMAT = 1
RANKING = {
    "rank": "名次",
    "site": "网站",
    "agency": "机构",
    "documents": "公开（件）",
    "errors_per_100": "每百件错误",
    "errors": "错误",
    "warnings": "警告",
    "policies": "政策文件",
    "coverage": "解读率（%）",
    "in_time_rate": "按时率（%）",
    "disclosed_late": "超期公开",
    "exemptions": "豁免",
}
_COUNTED = ("网站", "机构", "单位", "规则", "问题", "级别", "发布月份", "项数")


class RankedSite(NamedTuple):
    """One site of the ranking; sites with the same figures share a rank, and one without documents has none."""

    rank: int | None
    site: str
    agency: str
    documents: int
    errors_per_100: float | None
    errors: int
    warnings: int
    policies: int
    coverage: float | None
    in_time_rate: float | None
    disclosed_late: int
    exemptions: int


@dataclass(frozen=True)
class FleetAudit:
    """The audit of all sites: the ranking, the counts by site, and the sites that could not be read."""

    as_of: str
    ranking: tuple[RankedSite, ...]
    counts: Mapping[str, tuple[FindingCount, ...]]
    agencies: Mapping[str, str]
    sites: Mapping[str, Mapping[str, Any]]
    failed: Mapping[str, str]


def audit_of(outcomes: Iterable[Outcome], *, as_of: str) -> FleetAudit:
    """Return the audit of a platform from the audits of its sites."""
    sites: dict[str, Mapping[str, Any]] = {}
    failed: dict[str, str] = {}
    for outcome in outcomes:
        if outcome.audit is None:
            failed[outcome.site] = outcome.error
        else:
            sites[outcome.site] = outcome.audit
    return FleetAudit(
        as_of=as_of,
        ranking=_ranking(sites),
        counts={site: tuple(FindingCount(*count) for count in data["counts"]) for site, data in sites.items()},
        agencies={site: data["agency"] for site, data in sites.items()},
        sites=sites,
        failed=failed,
    )


def _ranking(sites: Mapping[str, Mapping[str, Any]]) -> tuple[RankedSite, ...]:
    """Return the sites from the one with the fewest errors for its documents; then by the share of interpreted ones."""
    rows = [_row(site, data) for site, data in sites.items()]
    rows.sort(key=lambda row: (*_merit(row), row.site))
    ranked: list[RankedSite] = []
    for place, row in enumerate(rows, 1):
        last = ranked[-1] if ranked else None
        rank = last.rank if last and _merit(last) == _merit(row) else place
        ranked.append(row._replace(rank=rank if row.documents else None))
    return tuple(ranked)


def _row(site: str, data: Mapping[str, Any]) -> RankedSite:
    documents = data["documents"]
    return RankedSite(
        rank=None,
        site=site,
        errors_per_100=round(100 * data["errors"] / documents, 1) if documents else None,
        exemptions=len(data["exemptions"]),
        **{key: data[key] for key in RankedSite._fields if key in data and key != "exemptions"},
    )


def _merit(row: RankedSite) -> tuple[bool, float, float, float]:
    coverage = 100.0 if row.coverage is None else row.coverage
    in_time = 100.0 if row.in_time_rate is None else row.in_time_rate
    return row.documents == 0, row.errors_per_100 or 0.0, -coverage, -in_time


def sentence_of(audit: FleetAudit) -> str:
    """Return the figures of the platform in one sentence."""
    documents = sum(row.documents for row in audit.ranking)
    errors = sum(row.errors for row in audit.ranking)
    warnings = sum(row.warnings for row in audit.ranking)
    unread = f"；读不了的 {len(audit.failed)} 个" if audit.failed else ""
    return f"共 {len(audit.ranking)} 个网站、公开 {documents} 件：错误 {errors} 项，警告 {warnings} 项{unread}。"


def audit_files(audit: FleetAudit) -> Mapping[str, bytes]:
    """Return ``report.html``, ``audit.json``, ``sites.csv``, ``findings.csv`` and ``audit.xlsx``."""
    ranking = [_cells(row) for row in audit.ranking]
    counts = list(_count_rows(audit))
    by_body, by_rule, by_month = (_totals(audit, place) for place in ("body", "rule", "month"))
    sheets = [
        Sheet("排名", [*RANKING.values()], [6, 14, 30, *[11] * (len(RANKING) - 3)], ranking),
        Sheet("按机构", ["机构", "错误", "警告"], [36, 8, 8], by_body),
        Sheet("按规则", ["规则", "错误", "警告"], [60, 8, 8], by_rule),
        Sheet("按月份", ["发布月份", "错误", "警告"], [14, 8, 8], by_month),
        Sheet("明细", _COUNTED, [14, 30, 24, 8, 60, 8, 12, 8], counts),
    ]
    page = render(
        "audit.html",
        as_of=audit.as_of,
        sentence=sentence_of(audit),
        failed=audit.failed,
        ranking_headings=[*RANKING.values()],
        ranking=ranking,
        tables=[("按机构", "机构", by_body), ("按规则", "规则", by_rule), ("按发布月份", "发布月份", by_month)],
    )
    return {
        "report.html": page,
        "audit.json": json_bytes(_json(audit)),
        "sites.csv": csv_bytes(RANKING.values(), ranking),
        "findings.csv": csv_bytes(_COUNTED, counts),
        "audit.xlsx": xlsx_bytes(sheets),
    }


def _cells(row: RankedSite) -> tuple[Cell, ...]:
    return tuple("" if (cell := getattr(row, key)) is None else cell for key in RANKING)


def _count_rows(audit: FleetAudit) -> Iterable[tuple[Cell, ...]]:
    for site, counts in audit.counts.items():
        for count in counts:
            severity = Severity(count.severity).label
            place = site, audit.agencies[site], count.unit
            yield (*place, count.rule, _title(count.rule), severity, count.month, count.number)


def _title(rule: str) -> str:
    return RULES[rule].title if rule in RULES else ""


def _totals(audit: FleetAudit, place: str) -> Sequence[tuple[Cell, ...]]:
    """Return the errors and warnings by body, by rule or by month; months in their order, others by their errors."""
    errors: Counter[str] = Counter()
    warnings: Counter[str] = Counter()
    for site, counts in audit.counts.items():
        for count in counts:
            names = {"body": audit.agencies[site], "rule": f"{count.rule} {_title(count.rule)}", "month": count.month}
            (errors if count.severity == Severity.ERROR.value else warnings)[names[place]] += count.number
    found = sorted(errors.keys() | warnings.keys())
    if place != "month":
        found.sort(key=lambda name: (-errors[name], -warnings[name], name))
    return [(name, errors[name], warnings[name]) for name in found]


def _json(audit: FleetAudit) -> dict[str, Any]:
    return {
        "generator": "gongkai fleet audit",
        "format": FORMAT,
        "version": __version__,
        "as_of": audit.as_of,
        "ranking": [row._asdict() for row in audit.ranking],
        "sites": {
            site: {**data, "counts": [count._asdict() for count in audit.counts[site]]}
            for site, data in audit.sites.items()
        },
        "failed": audit.failed,
    }
