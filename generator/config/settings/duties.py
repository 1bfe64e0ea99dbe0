"""What the site owes as a whole, and how often: the config's ``duties``."""

from typing import Literal

from pydantic import Field

from generator.config.settings.base import Settings


class DutySettings(Settings):
    """The duties of a body that no single document shows.

    ``annual_report_from`` is the first year for which the body owes an annual report, 0 where the site shows it;
    ``annual_report_level`` is whether it reports as a department (by January 31) or as a government (by March 31),
    empty where its name shows it (条例 art. 49). ``open_reports`` are words of titles of 请示、报告、纪要 that may be
    public.
    """

    annual_report_from: int = Field(default=0, ge=0, le=2999)
    annual_report_level: Literal["", "department", "government"] = ""
    guide_months: int = Field(default=12, ge=0, le=120)
    cleanup_months: int = Field(default=24, ge=0, le=240)
    follow_up_workdays: int = Field(default=20, ge=0, le=366)
    open_reports: tuple[str, ...] = ()
