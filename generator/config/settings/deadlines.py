"""Limits, periods and yearly numbers: the config's ``deadlines`` and ``quotas``.

A limit that only a city or a province sets is 0 here, which means none; ``limit_presets.yaml`` holds it.
"""

import datetime as dt
import re

from pydantic import Field, field_validator

from generator.config.settings.base import Settings
from generator.domain.vocabulary import STATUTORY_ITEMS
from generator.domain.workdays import Span, Unit

_PERIOD = re.compile(r"每?\s*(\d{1,4})\s*(?:个?)(工作日|日|天|周|月|季度|年)")
_NAMED = {"每日": (1, "日"), "每天": (1, "日"), "每周": (1, "周"), "每月": (1, "月"), "每季度": (1, "季度")}
_NAMED |= {"每半年": (6, "月"), "半年": (6, "月"), "每年": (1, "年"), "年度": (1, "年"), "每年度": (1, "年")}
_NAMED |= {"按月": (1, "月"), "按季度": (1, "季度"), "按年": (1, "年"), "季度": (1, "季度"), "月度": (1, "月")}
_UNITS = {
    "工作日": (1, Unit.WORKDAY),
    "日": (1, Unit.DAY),
    "天": (1, Unit.DAY),
    "周": (7, Unit.DAY),
    "月": (1, Unit.MONTH),
    "季度": (3, Unit.MONTH),
    "年": (12, Unit.MONTH),
}
# Values of 更新频次 that set no day by which something new is due.
NO_PERIOD = ("不定期", "实时", "及时", "即时", "适时", "随时", "长期", "长期公开", "动态调整", "动态更新", "变更后更新")


def read_period(text: str) -> Span | None:
    """Return the length of a 更新频次 (每季度, 半年, 14日, 20个工作日); ``None`` for a text that is no period."""
    match = _PERIOD.fullmatch(text.strip())
    count, name = (int(match[1]), match[2]) if match else _NAMED.get(text.strip(), (0, ""))
    times, unit = _UNITS.get(name, (0, Unit.DAY))
    return Span(count * times, unit) if count else None


class Deadlines(Settings):
    """Limits with their unit in the name; the defaults are those of requirements section 19.

    ``column_updates`` gives, by the id of a column, the period within which it must have something new;
    ``statutory_updates`` gives, by its number, that of each item of 条例 art. 20 which this body must publish.
    ``count_first_day``: the day on which a limit begins counts (by 民法典 art. 201 it does not). ``end_on_workday``: a
    limit whose last day is off ends on the next working day (民法典 art. 203).
    Until ``migrated_until`` an old site is being moved in: what was added up to that day may be marked as migrated.
    """

    interpret_max_workdays: int = Field(default=3, ge=0, le=60)
    interpret_forms_min: int = Field(default=2, ge=0, le=15)
    publish_max_days: int = Field(default=0, ge=0, le=3660)
    publish_max_workdays: int = Field(default=20, ge=1, le=3660)
    publish_budget_days: int = Field(default=20, ge=1, le=3660)
    publish_enforcement_workdays: int = Field(default=7, ge=1, le=3660)
    consult_min_days: int = Field(default=0, ge=0, le=366)
    consult_major_days: int = Field(default=30, ge=0, le=366)
    consult_outcome_workdays: int = Field(default=0, ge=0, le=366)
    response_major_hours: int = Field(default=5, ge=1, le=720)
    response_other_hours: int = Field(default=48, ge=1, le=720)
    expiry_warn_months: int = Field(default=6, ge=0, le=60)
    validity_max_months: int = Field(default=60, ge=0, le=600)
    trial_max_months: int = Field(default=24, ge=0, le=600)
    rule_in_force_days: int = Field(default=30, ge=0, le=366)
    normative_in_force_days: int = Field(default=30, ge=0, le=366)
    home_update_days: int = Field(default=14, ge=1, le=366)
    column_updates: dict[str, str] = Field(default_factory=dict)
    statutory_updates: dict[int, str] = Field(default_factory=dict)
    backdate_tolerance_days: int = Field(default=1, ge=0, le=30)
    question_days: int = Field(default=90, ge=1, le=366)
    count_first_day: bool = False
    end_on_workday: bool = False
    migrated_until: dt.date | None = None
    reexamine_months: int = Field(default=12, ge=1, le=120)

    @field_validator("column_updates")
    @classmethod
    def _periods(cls, values: dict[str, str]) -> dict[str, str]:
        for value in values.values():
            if read_period(value) is None and value not in NO_PERIOD:
                raise ValueError(f"“{value}”不是周期，写成 14日、每月、半年，或 不定期")
        return values

    @field_validator("statutory_updates")
    @classmethod
    def _items(cls, values: dict[int, str]) -> dict[int, str]:
        for number, value in values.items():
            if number not in STATUTORY_ITEMS:
                raise ValueError(f"条例第二十条没有第（{number}）项，写 1 到 {len(STATUTORY_ITEMS)}")
            if read_period(value) is None and value not in NO_PERIOD:
                raise ValueError(f"“{value}”不是周期，写成 每季度、半年、每年，或 不定期")
        return values


class Quotas(Settings):
    """The numbers required in a calendar year; 0 requires none (requirements LINK-15, LINK-16, RPT-12).

    ``assessment_weight_percent`` is the least weight of openness in the yearly assessment.
    """

    interviews: int = Field(default=0, ge=0, le=366)
    leader_interpretations: int = Field(default=0, ge=0, le=366)
    representative_meetings: int = Field(default=0, ge=0, le=366)
    trainings: int = Field(default=0, ge=0, le=366)
    leader_reports: int = Field(default=0, ge=0, le=366)
    assessment_weight_percent: int = Field(default=0, ge=0, le=100)
