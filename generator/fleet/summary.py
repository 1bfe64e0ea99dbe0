"""The summary of a run over a platform: a row for each site, on the terminal, as JSON and as a page."""

import dataclasses
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator import __version__
from generator.domain.problems import Finding
from generator.domain.vocabulary import Term
from generator.fleet.plan import PORTAL
from generator.support.json_text import json_bytes

_FOLDER = Path(__file__).with_name("pages")
HEADINGS = ("网站", "名称", "公开（件）", "错误", "警告", "用时（秒）", "结果")


class SiteStatus(Term):
    """The result of a run for one site."""

    BUILT = "built", "已生成"
    UNCHANGED = "unchanged", "没有变化"
    BLOCKED = "blocked", "没有生成：有必须先改正的"
    FAILED = "failed", "出错"


class Exit(StrEnum):
    """How a run over a platform ended."""

    CLEAN = "clean"
    FINDINGS = "findings"
    UNUSABLE = "unusable"


@dataclass(frozen=True, kw_only=True)
class SiteRow:
    """The row of one site; ``blocking`` are the findings that stopped its build, ``error`` why it could not be read."""

    site: str
    title: str
    status: SiteStatus
    documents: int = 0
    files: int = 0
    errors: int = 0
    warnings: int = 0
    seconds: float = 0.0
    seal: str = ""
    error: str = ""
    hint: str = ""
    blocking: tuple[Finding, ...] = ()

    def written(self, stamp: str) -> dict[str, Any]:
        """Return the row as plain data for the register, with the stamp of the output."""
        return {**self.record(), "seconds": self.seconds, "stamp": stamp}

    def record(self) -> dict[str, Any]:
        """Return the row as plain data."""
        values = {name.name: getattr(self, name.name) for name in dataclasses.fields(self)}
        return {
            **values,
            "status": self.status.value,
            "seconds": round(self.seconds, 2),
            "blocking": [finding.as_dict() for finding in self.blocking],
        }

    @classmethod
    def read(cls, data: Mapping[str, Any]) -> "SiteRow":
        """Return a row that ``written`` wrote, without its findings."""
        names = {name.name for name in dataclasses.fields(cls)} - {"blocking", "status"}
        status = next(one for one in SiteStatus if one.value == data["status"])
        return cls(status=status, **{name: data[name] for name in names})

    @property
    def cells(self) -> tuple[str, ...]:
        """The cells of the row, for a person."""
        is_counted = self.status in {SiteStatus.BUILT, SiteStatus.UNCHANGED}
        return (
            self.site,
            self.title,
            str(self.documents) if is_counted else "",
            str(self.errors) if self.status is not SiteStatus.FAILED else "",
            str(self.warnings) if self.status is not SiteStatus.FAILED else "",
            f"{self.seconds:.1f}",
            self.status.label,
        )


def sentence_of(rows: Sequence[SiteRow], seconds: float) -> str:
    """Return the last line of a summary."""
    counts = [(status, sum(row.status is status for row in rows if row.site != PORTAL)) for status in SiteStatus]
    sites = [row for row in rows if row.site != PORTAL]
    words = "，".join(f"{_SHORT[status]} {count} 个" for status, count in counts if count)
    documents = sum(row.documents for row in sites)
    return f"共 {len(sites)} 个网站：{words}；公开 {documents} 件，用了 {seconds:.1f} 秒。"


_SHORT = {
    SiteStatus.BUILT: "已生成",
    SiteStatus.UNCHANGED: "没有变化",
    SiteStatus.BLOCKED: "没有生成",
    SiteStatus.FAILED: "出错",
}


def ended(rows: Sequence[SiteRow]) -> Exit:
    """Return how a run ended: unusable where a site could not be read, with findings where one stopped a build."""
    states = {row.status for row in rows}
    if SiteStatus.FAILED in states:
        return Exit.UNUSABLE
    return Exit.FINDINGS if SiteStatus.BLOCKED in states else Exit.CLEAN


def summary_files(rows: Sequence[SiteRow], *, as_of: str, seconds: float) -> Mapping[str, bytes]:
    """Return ``summary.json`` and ``summary.html``."""
    data = {
        "generator": "gongkai fleet",
        "version": __version__,
        "as_of": as_of,
        "seconds": round(seconds, 2),
        "result": ended(rows).value,
        "sites": [row.record() for row in rows],
    }
    return {"summary.json": json_bytes(data), "summary.html": _page(rows, as_of, seconds)}


def _page(rows: Sequence[SiteRow], as_of: str, seconds: float) -> bytes:
    return render("summary.html", rows=rows, headings=HEADINGS, as_of=as_of, sentence=sentence_of(rows, seconds))


def render(template: str, **values: Any) -> bytes:
    """Return a page that depends on no other file."""
    import jinja2

    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(_FOLDER), autoescape=True, undefined=jinja2.StrictUndefined, trim_blocks=True
    )
    return environment.get_template(template).render(**values, css=(_FOLDER / "fleet.css").read_text("utf-8")).encode()
