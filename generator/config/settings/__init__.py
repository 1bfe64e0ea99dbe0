"""The groups of settings of ``site_config.yaml``, each with its validation."""

from generator.config.settings.accounts import AccountSettings
from generator.config.settings.audit import FULL_SCORE, AuditSettings
from generator.config.settings.base import RuleSettings, Settings, is_web_address
from generator.config.settings.calendar import HolidaySettings, LocalHoliday, YearSchedule
from generator.config.settings.deadlines import NO_PERIOD, Deadlines, Quotas, read_period
from generator.config.settings.document_ids import checked_prefixes
from generator.config.settings.duties import DutySettings
from generator.config.settings.editor import EDITOR_FOLDER, EditorSettings
from generator.config.settings.information_requests import RequestSettings
from generator.config.settings.interpretation import InterpretationSettings
from generator.config.settings.laws import LawSettings
from generator.config.settings.openness import (
    AllowedFile,
    AllowedValue,
    AttachmentSettings,
    PrivacySettings,
    VersionSettings,
    Withdrawn,
)
from generator.config.settings.review_forms import ReviewRoles, ReviewSettings
from generator.config.settings.search import PinnedAnswer, SearchSettings
from generator.config.settings.site_facts import ColumnSettings, SiteFacts
from generator.config.settings.units import UnitSettings, checked_units

__all__ = [
    "EDITOR_FOLDER",
    "FULL_SCORE",
    "NO_PERIOD",
    "AccountSettings",
    "AllowedFile",
    "AllowedValue",
    "AttachmentSettings",
    "AuditSettings",
    "ColumnSettings",
    "Deadlines",
    "DutySettings",
    "EditorSettings",
    "HolidaySettings",
    "InterpretationSettings",
    "LawSettings",
    "LocalHoliday",
    "PinnedAnswer",
    "PrivacySettings",
    "Quotas",
    "RequestSettings",
    "ReviewRoles",
    "ReviewSettings",
    "RuleSettings",
    "SearchSettings",
    "Settings",
    "SiteFacts",
    "UnitSettings",
    "VersionSettings",
    "Withdrawn",
    "YearSchedule",
    "checked_prefixes",
    "checked_units",
    "is_web_address",
    "read_period",
]
