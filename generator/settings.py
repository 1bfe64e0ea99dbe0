"""Groups of settings: limits, quotas, holidays, what was taken off the site, the review form."""

import datetime as dt
import re
from functools import cached_property

from pydantic import BaseModel, ConfigDict, Field, field_validator

from generator.vocabulary import SIGNATORIES, STATUTORY_ITEMS, DocType, Element, Kind, nearest, review_key
from generator.workdays import Calendar, Span, Unit

_MOST_DAYS = 366
_DAYS = re.compile(r"(\d{4}-\d{2}-\d{2})(?:\s*(?:至|到|~|\.\.)\s*(\d{4}-\d{2}-\d{2}))?", re.ASCII)
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


def read_period(text: str) -> Span | None:
    """Return the length of 更新频次 as people write it (每季度, 半年, 14日, 20个工作日); ``None`` where it is none."""
    found = _PERIOD.fullmatch(text.strip())
    count, name = (int(found[1]), found[2]) if found else _NAMED.get(text.strip(), (0, ""))
    times, unit = _UNITS.get(name, (0, Unit.DAY))
    return Span(count * times, unit) if count else None


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Deadlines(_Settings):
    """Limits with their unit in the name; the defaults are those of requirements section 19.

    ``column_updates`` gives the period in which something new must stand in a column, by its id;
    ``statutory_updates`` that of the items of 条例 art. 20 which this body must have, by their number.
    """

    interpret_max_workdays: int = Field(default=3, ge=0, le=60)
    interpret_forms_min: int = Field(default=2, ge=0, le=15)
    publish_max_days: int = Field(default=20, ge=0, le=3660)
    publish_max_workdays: int = Field(default=20, ge=1, le=3660)
    publish_budget_days: int = Field(default=20, ge=1, le=3660)
    publish_enforcement_workdays: int = Field(default=7, ge=1, le=3660)
    consult_min_days: int = Field(default=15, ge=0, le=366)
    consult_major_days: int = Field(default=30, ge=0, le=366)
    consult_outcome_workdays: int = Field(default=30, ge=1, le=366)
    response_major_hours: int = Field(default=5, ge=1, le=720)
    response_other_hours: int = Field(default=48, ge=1, le=720)
    expiry_warn_months: int = Field(default=6, ge=0, le=60)
    home_update_days: int = Field(default=14, ge=1, le=366)
    column_updates: dict[str, str] = {}
    statutory_updates: dict[int, str] = {}
    backdate_tolerance_days: int = Field(default=1, ge=0, le=30)
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


# 更新频次 that sets no day by which something new must be there.
NO_PERIOD = ("不定期", "实时", "及时", "即时", "适时", "随时", "长期", "长期公开", "动态调整", "动态更新", "变更后更新")


class Quotas(_Settings):
    """How many there must be in a calendar year; 0 asks for none (requirements LINK-15, LINK-16, RPT-12)."""

    interviews: int = Field(default=3, ge=0, le=366)
    leader_interpretations: int = Field(default=2, ge=0, le=366)


class InterpretationSettings(_Settings):
    """应解读: which documents besides 规章 and 行政规范性文件, from which day of publication, with what content.

    ``copied_max_percent`` is our own default, no law's (requirements LINK-13).
    """

    also_required: tuple[str, ...] = ()
    since: dt.date | None = None
    elements: tuple[str, ...] = (
        "背景依据",
        "目标任务",
        "主要内容",
        "涉及范围",
        "执行标准",
        "注意事项",
        "关键词诠释",
        "惠民利民举措",
        "新旧政策差异",
    )
    copied_max_percent: int = Field(default=70, ge=10, le=100)

    @field_validator("also_required")
    @classmethod
    def _types(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if DocType.parse(value) is None]
        if unknown:
            raise ValueError(f"没有文件类别“{unknown[0]}”，可用：{'、'.join(term.label for term in DocType)}")
        return values

    @field_validator("elements")
    @classmethod
    def _elements(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if Element.parse(value) is None]
        if unknown:
            raise ValueError(f"没有解读要素“{unknown[0]}”，可用：{'、'.join(term.label for term in Element)}")
        return values

    @cached_property
    def required_types(self) -> frozenset[DocType]:
        """The types whose documents must be interpreted unless they say otherwise."""
        added = {term for value in self.also_required if (term := DocType.parse(value))}
        return frozenset({DocType.RULE, DocType.NORMATIVE} | added)

    def requires(self, doc_type: DocType | None, published: dt.date | None) -> bool:
        """Whether a document of a type, published on a day, must be interpreted unless it says otherwise."""
        return doc_type in self.required_types and not (self.since and published and published < self.since)

    @cached_property
    def required_elements(self) -> tuple[Element, ...]:
        """What an interpretation must say, in the order of the config."""
        return tuple(term for value in self.elements if (term := Element.parse(value)))


def _days(values: tuple[str, ...]) -> list[dt.date]:
    """Return the days of a list of days and stretches of days.

    Raises ``ValueError`` in Chinese for one that is neither.
    """
    days: list[dt.date] = []
    for value in values:
        found = _DAYS.fullmatch(value.strip())
        try:
            first = dt.date.fromisoformat(found[1] if found else "")
            last = dt.date.fromisoformat(found[2]) if found and found[2] else first
        except ValueError:
            raise ValueError(f"“{value}”不是日期，写成 2027-02-05，或 2027-02-05 至 2027-02-11") from None
        if not 0 <= (last - first).days < _MOST_DAYS:
            raise ValueError(f"“{value}”的首尾不对，或超过一年")
        days += [first + dt.timedelta(days=number) for number in range((last - first).days + 1)]
    return days


class YearSchedule(_Settings):
    """放假调休 of one year, as its official notice says it: the days off and the weekend days that are worked."""

    off: tuple[str, ...] = ()
    work: tuple[str, ...] = ()

    @field_validator("off", "work")
    @classmethod
    def _checked(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        _days(values)
        return values


class LocalHoliday(_Settings):
    """A holiday of one place, with its name (放假办法 art 4)."""

    name: str = Field(min_length=1)
    days: tuple[str, ...] = Field(min_length=1)

    @field_validator("days")
    @classmethod
    def _checked(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        _days(values)
        return values


class HolidaySettings(_Settings):
    """What the calendar needs besides the national schedules that the program knows (requirements CAL-03)."""

    local: tuple[LocalHoliday, ...] = ()
    years: dict[int, YearSchedule] = {}

    @field_validator("years")
    @classmethod
    def _own_year(cls, values: dict[int, YearSchedule]) -> dict[int, YearSchedule]:
        for year, schedule in values.items():
            strange = [day for day in _days((*schedule.off, *schedule.work)) if day.year != year]
            if strange:
                raise ValueError(f"{strange[0]} 不在 {year} 年")
            if both := sorted(set(_days(schedule.off)) & set(_days(schedule.work))):
                raise ValueError(f"{both[0]} 既写了放假（off），又写了上班（work）")
            if not schedule.off:
                raise ValueError(f"{year} 年没有写放假的日子（off）")
        return values

    @cached_property
    def calendar(self) -> Calendar:
        """The working days of this place."""
        free = {day for schedule in self.years.values() for day in _days(schedule.off)}
        local = {day for holiday in self.local for day in _days(holiday.days)}
        worked = {day for schedule in self.years.values() for day in _days(schedule.work)}
        return Calendar(frozenset(free | local), frozenset(worked - local), frozenset(self.years))


class Withdrawn(_Settings):
    """A published address that is gone for good, and why (requirements LIFE-03, LIFE-15)."""

    address: str = Field(min_length=1)
    reason: str = Field(min_length=2)


def _signatories(values: tuple[str, ...]) -> tuple[str, ...]:
    keys: list[str] = []
    for value in values:
        key = review_key(value)
        if key is None or key not in SIGNATORIES:
            near = nearest(value, SIGNATORIES.values())
            raise ValueError(
                f"审核表没有“{value}”这个人，"
                + (f"是不是“{near}”？" if near else f"可用：{'、'.join(SIGNATORIES.values())}")
            )
        keys.append(key)
    return tuple(keys)


class ReviewRoles(BaseModel):
    """Which signatories wrote a document, and which ones review it; nobody should be both (requirements FLOW-09)."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    authors: tuple[str, ...] = ("handler",)
    reviewers: tuple[str, ...] = ("secrecy_reviewer", "legal_reviewer")

    @field_validator("authors", "reviewers")
    @classmethod
    def _known(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        return _signatories(values)


class ReviewSettings(BaseModel):
    """审核表: for which kinds it is compulsory, from which day of publication, and who is who (FLOW-01, 06, 07).

    ``people`` gives the name of a person by the address, or the name, under which git knows them.
    """

    model_config = ConfigDict(extra="forbid", frozen=True)

    required_kinds: tuple[str, ...] = ()
    since: dt.date | None = None
    roles: ReviewRoles | None = None
    people: dict[str, str] = {}

    @field_validator("required_kinds")
    @classmethod
    def _kinds(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        unknown = [value for value in values if Kind.parse(value) is None]
        if unknown:
            raise ValueError(f"没有类型“{unknown[0]}”，可用：{'、'.join(term.label for term in Kind)}")
        return values

    def requires(self, kind: Kind, published: dt.date | None) -> bool:
        """Whether a document of a kind, published on a day, must carry the form."""
        if kind not in {Kind.parse(value) for value in self.required_kinds}:
            return False
        return self.since is None or published is None or published >= self.since


class VersionSettings(_Settings):
    """历史版本: whether they are published, and whether the first line of a commit's message stands as its note."""

    publish: bool = True
    commit_subjects: bool = False


class Allowed(_Settings):
    """One number that may be public although it looks private, and why: somebody has looked at it."""

    value: str = Field(min_length=3)
    reason: str = Field(min_length=2)


class PrivacySettings(_Settings):
    """What is known and may stay: only single values, so no number passes that nobody has looked at."""

    allow: tuple[Allowed, ...] = ()
