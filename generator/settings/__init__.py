"""The groups of settings of ``site_config.yaml``, each with what it allows."""

from generator.settings.base import Settings, is_web_address
from generator.settings.calendar import HolidaySettings, LocalHoliday, YearSchedule
from generator.settings.interpretation import InterpretationSettings
from generator.settings.limits import NO_PERIOD, Deadlines, Quotas, read_period
from generator.settings.openness import (
    Allowed,
    AllowedFile,
    AttachmentSettings,
    PrivacySettings,
    VersionSettings,
    Withdrawn,
)
from generator.settings.request import RequestSettings
from generator.settings.review import ReviewRoles, ReviewSettings
from generator.settings.site import ColumnSettings, SiteFacts

__all__ = [
    "NO_PERIOD",
    "Allowed",
    "AllowedFile",
    "AttachmentSettings",
    "ColumnSettings",
    "Deadlines",
    "HolidaySettings",
    "InterpretationSettings",
    "LocalHoliday",
    "PrivacySettings",
    "Quotas",
    "RequestSettings",
    "ReviewRoles",
    "ReviewSettings",
    "Settings",
    "SiteFacts",
    "VersionSettings",
    "Withdrawn",
    "YearSchedule",
    "is_web_address",
    "read_period",
]
