"""整改通知: for each unit a page that prints as an official letter, with its findings and room for the reply."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from generator.config.load import SiteConfig
from generator.domain.problems import Severity
from generator.domain.vocabulary import FindingState
from generator.domain.written_moments import chinese_day
from generator.report.figures import WHOLE_SITE
from generator.report.filing import FilingRow, rows_by_unit, unique_names

_PREFIX = "整改通知-"
NOTICE_PATTERN = f"{_PREFIX}*.html"
_NOT_IN_NAME = re.compile(r"[^\w（）()〔〕·-]+")
_LONGEST = 40  # characters; three bytes each, a file name holds 255
_NOBODY = "政府信息公开工作机构"


def notice_files(
    rows: Sequence[FilingRow], config: SiteConfig, as_of: dt.date, *, scores: Mapping[str, float]
) -> Mapping[str, bytes]:
    """Return the letter of every unit that has something to mend, by its name in the folder of the reports."""
    from jinja2 import Environment, StrictUndefined

    open_rows = [row for row in rows if row.state != FindingState.MENDED.label]
    groups = rows_by_unit(open_rows)
    names = unique_names(groups, _file_name, set(), _LONGEST)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = Path(__file__).with_name("mending_notice.html").read_text(encoding="utf-8")
    template = environment.from_string(source)
    return {
        f"{_PREFIX}{names[unit]}.html": template.render(
            unit=_NOBODY if unit == WHOLE_SITE else unit,
            agency=config.site.agency,
            site=config.site.title,
            as_of=chinese_day(as_of),
            rows=unit_rows,
            parts=[(severity.label, sum(row.severity == severity.label for row in unit_rows)) for severity in Severity],
            standing=sum(row.state == FindingState.STANDING.label for row in unit_rows),
            late=sum(bool(row.late) for row in unit_rows),
            deadline=_deadline(row.deadline for row in unit_rows),
            score=scores.get(unit),
            standing_label=FindingState.STANDING.label,
        ).encode("utf-8", "replace")
        for unit, unit_rows in groups.items()
    }


def _file_name(unit: str) -> str:
    plain = _NOT_IN_NAME.sub("_", unicodedata.normalize("NFC", unit)).strip("_")
    return "全站" if unit == WHOLE_SITE else plain or "单位"


def _deadline(deadlines: Iterable[str]) -> str:
    """Return the day of all rows in words, empty where they have several days or none."""
    days = set(deadlines)
    day = days.pop() if len(days) == 1 else ""
    return chinese_day(dt.date.fromisoformat(day)) if day else ""
