"""The annual reports of a site by year, the day by which each is due, and the years from which a body owes one."""

import datetime as dt
import re
from typing import NamedTuple

from generator.audit.facts.duties import public_documents
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Document
from generator.domain.numerals import from_numeral
from generator.domain.vocabulary import Kind

_YEAR = re.compile(r"((?:19|20)\d{2})(?!\d)")
_NAMED_YEAR = re.compile(r"((?:19|20)\d{2})\s*年")
_CHINESE_YEAR = re.compile(r"([一二][〇○零Ｏ0一二三四五六七八九]{3})年")
_OTHER_REPORT = re.compile(r"网站|法治|依法行政|绩效|预算|决算|统计|新媒体")
_OF_DISCLOSURE = re.compile(r"信息公开|政务公开")
_GOVERNMENT = re.compile(r"[省市州盟县区旗]人民政府(?:办公厅|办公室)?$")
_OF_GOVERNMENT = re.compile(
    r"[省市州盟县区旗]人民政府(?:办公厅|办公室)?(?:关于)?\s*(?:[（(]?(?:19|20)\d{2}|政府信息公开|政务公开)"
)
_NEW_LAW = 2019  # from the report on this year the new 条例 counts: departments until January 31
_FIRST_YEAR = 2008
_COLUMN = "reports"


class AnnualReport(NamedTuple):
    """One report: its document, the year that it is about, and the last day for its publication.

    ``is_dated`` is whether the title or the name of the file states the year: else it is only the one before.
    """

    document: Document
    year: int
    due: dt.date
    is_dated: bool


def annual_reports(archive: Archive, config: SiteConfig) -> list[AnnualReport]:
    """Return the reports that are public or will be, by year and day of publication."""
    reports = [
        AnnualReport(document, year, due_day(year, config, document), bool(stated_year(document)))
        for document in archive.proactive
        if _is_report(document) and (year := stated_year(document) or _year_before(document))
    ]
    return sorted(reports, key=lambda report: (report.year, report.document.published or dt.date.max))


def _is_report(document: Document) -> bool:
    if document.kind is not Kind.REPORT and (document.column != _COLUMN or "年度报告" not in document.title):
        return False
    return bool(_OF_DISCLOSURE.search(document.title)) or not _OTHER_REPORT.search(document.title)


def stated_year(report: Document) -> int:
    """Return the year that a report is about, as its title or the name of its file states it; 0 for none."""
    if match := _CHINESE_YEAR.search(report.title):
        return from_numeral(match[1].replace("0", "〇"))
    match = _NAMED_YEAR.search(report.title) or _YEAR.search(report.title) or _YEAR.search(report.id)
    return int(match[1]) if match else 0


def _year_before(report: Document) -> int:
    return report.published.year - 1 if report.published else 0


def is_of_government(config: SiteConfig, report: Document | None = None) -> bool:
    """Whether a report is that of a government of a county or above, or of its office, not of a department."""
    if config.duties.annual_report_level:
        return config.duties.annual_report_level == "government"
    if report and _OF_GOVERNMENT.search(report.title):
        return True
    return bool(_GOVERNMENT.search(config.site.agency.strip()))


def due_day(year: int, config: SiteConfig, report: Document | None = None) -> dt.date:
    """Return the last day for the report on a year (条例 art. 49; before 2019 March 31 for all)."""
    late = year < _NEW_LAW or is_of_government(config, report)
    return dt.date(year + 1, 3, 31) if late else dt.date(year + 1, 1, 31)


def first_year_of_site(archive: Archive, config: SiteConfig) -> int:
    """Return the year in which the site published the first document of its own body; 0 where there is none.

    Documents of an older site do not count: they do not show that this one existed.
    """
    agency = config.site.agency
    years = [
        document.published.year
        for document in public_documents(archive)
        if document.published
        and document.kind not in {Kind.PAGE, Kind.REPORT}
        and document.value("migrated") is not True
        and agency in document.issuers
    ]
    return max(min(years), _FIRST_YEAR) if years else 0


def owes_reports(archive: Archive, config: SiteConfig) -> bool:
    """Whether a site without a report shows that it owes one: by its config, or by a guide of its own."""
    if config.duties.annual_report_from or config.request:
        return True
    return any(document.column == "guide" for document in public_documents(archive))
