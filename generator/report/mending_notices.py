"""整改通知: for each unit an official letter, to print and as a Word file, with its findings and room for the reply."""

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path

from generator.config.load import SiteConfig
from generator.domain.problems import Severity
from generator.domain.vocabulary import FindingState
from generator.domain.written_moments import chinese_day
from generator.report.figures import WHOLE_SITE
from generator.report.filing import FilingRow, rows_by_unit, unique_names
from generator.report.letter_paper import Letter, LetterRow, letter_bytes

_PREFIX = "整改通知-"
NOTICE_PATTERNS = (f"{_PREFIX}*.html", f"{_PREFIX}*.docx")
_NOT_IN_NAME = re.compile(r"[^\w（）()〔〕·-]+")
_LONGEST = 40  # characters; three bytes each, a file name holds 255
_NOBODY = "政府信息公开工作机构"


def notice_files(
    rows: Sequence[FilingRow], config: SiteConfig, as_of: dt.date, *, scores: Mapping[str, float]
) -> Mapping[str, bytes]:
    """Return the letters of every unit that has something to mend, as HTML and Word, by their names in the folder."""
    from jinja2 import Environment, StrictUndefined

    open_rows = [row for row in rows if row.state != FindingState.MENDED.label]
    groups = rows_by_unit(open_rows)
    names = unique_names(groups, _file_name, set(), _LONGEST)
    environment = Environment(autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True)
    source = Path(__file__).with_name("mending_notice.html").read_text(encoding="utf-8")
    template = environment.from_string(source)
    files = {}
    for unit, unit_rows in groups.items():
        letter = _letter(unit, unit_rows, config, as_of, scores.get(unit))
        files[f"{_PREFIX}{names[unit]}.html"] = template.render(letter=letter).encode("utf-8", "replace")
        files[f"{_PREFIX}{names[unit]}.docx"] = letter_bytes(letter)
    return files


def _letter(unit: str, rows: Sequence[FilingRow], config: SiteConfig, as_of: dt.date, score: float | None) -> Letter:
    counts = [f"{one.label} {sum(row.severity == one.label for row in rows)} 个" for one in Severity]
    opening = (
        f"截至{chinese_day(as_of)}，对“{config.site.title}”专栏进行了审计。"
        f"属于你单位责任的问题 {len(rows)} 个，其中{'，'.join(counts)}"
    )
    if standing := sum(row.state == FindingState.STANDING.label for row in rows):
        opening += f"；上次已经指出、仍然存在的 {standing} 个"
    if late := sum(bool(row.late) for row in rows):
        opening += f"，超过整改期限的 {late} 个"
    opening += "。" if score is None else f"。本次得分 {score:g} 分。"
    deadline = _deadline(row.deadline for row in rows)
    request = (
        f"请{f'在{deadline}以前' if deadline else '按表中的整改期限'}逐项整改，把整改情况填入“回复”一栏报送；"
        "不属于你单位责任或者确实不能整改的，写明理由。"
    )
    return Letter(
        unit=_NOBODY if unit == WHOLE_SITE else unit,
        agency=config.site.agency,
        day=chinese_day(as_of),
        paragraphs=(opening, request),
        rows=tuple(map(_row, rows)),
    )


def _row(row: FilingRow) -> LetterRow:
    number = f"（{row.doc_number}）" if row.doc_number else ""
    subject = f"{row.title}{number}：" if row.title else ""
    return LetterRow(
        what=(f"{subject}{row.message}", *_what_is_known(row)),
        ground=(row.ground, *([f"改法：{row.hint}"] if row.hint else [])),
        day=(row.deadline or "—", *_state(row)),
        reply=(row.reply,),
    )


def _what_is_known(row: FilingRow) -> Iterator[str]:
    if row.days:
        yield f"超期 {row.days} 日"
    yield f"{row.severity} {row.rule}　{row.path}:{row.line}"


def _state(row: FilingRow) -> Iterator[str]:
    if row.state == FindingState.STANDING.label:
        yield f"{row.state}{'，已超过期限' if row.late else ''}"


def _file_name(unit: str) -> str:
    plain = _NOT_IN_NAME.sub("_", unicodedata.normalize("NFC", unit)).strip("_")
    return "全站" if unit == WHOLE_SITE else plain or "单位"


def _deadline(deadlines: Iterable[str]) -> str:
    """Return the day of all rows in words, empty where they have several days or none."""
    days = set(deadlines)
    day = days.pop() if len(days) == 1 else ""
    return chinese_day(dt.date.fromisoformat(day)) if day else ""
