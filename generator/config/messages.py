"""What a writer reads about a config that was refused, and the names of its settings in both languages."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from generator.config.settings import (
    AccountSettings,
    AllowedFile,
    AllowedValue,
    AttachmentSettings,
    AuditSettings,
    ColumnSettings,
    Deadlines,
    DutySettings,
    EditorSettings,
    HolidaySettings,
    InterpretationSettings,
    LawSettings,
    LocalHoliday,
    PrivacySettings,
    Quotas,
    RequestSettings,
    ReviewRoles,
    ReviewSettings,
    RuleSettings,
    SiteFacts,
    UnitSettings,
    VersionSettings,
    Withdrawn,
    YearSchedule,
)
from generator.domain.problems import ConfigError
from generator.domain.vocabulary import REQUEST_KEYS, SITE_KEYS, Nearest

Lines: TypeAlias = dict[tuple[str | int, ...], int]
GROUPS = {"网站": "site", "依申请公开": "request"}
LABELS: dict[tuple[str | int, ...], Mapping[str, str]] = {("site",): SITE_KEYS, ("request",): REQUEST_KEYS}


def setting_names(config: type[BaseModel]) -> set[str]:
    """Return the names of all settings and groups, in both languages; ``config`` is the whole config."""
    groups = (
        *(config, SiteFacts, ColumnSettings, RuleSettings, InterpretationSettings, Deadlines, Quotas),
        *(HolidaySettings, LocalHoliday, YearSchedule, Withdrawn, LawSettings, RequestSettings, ReviewSettings),
        *(ReviewRoles, VersionSettings, EditorSettings, PrivacySettings, AllowedValue, AttachmentSettings, AllowedFile),
        *(UnitSettings, AccountSettings, AuditSettings, DutySettings),
    )
    names = {name for group in groups for name in group.model_fields}
    return names | set(GROUPS) | set(SITE_KEYS.values()) | set(REQUEST_KEYS.values())


def first_error(
    error: ValidationError, path: Path, lines: Lines, config: type[BaseModel], *, chapter: str = "07"
) -> ConfigError:
    """Return what is wrong with a config that was refused: a line for each setting, with its line in the file.

    ``chapter`` is the one of the handbook that lists the settings.
    """
    messages = []
    known: dict[tuple[str | int, ...], Nearest] = {}
    for item in error.errors():
        place = tuple(item["loc"])
        line = next((lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), 1)
        name = ".".join(str(part) for part in place if part != "[key]")
        if item["type"] == "extra_forbidden":
            words = known.setdefault(place[:-1], Nearest(_settings_at(place[:-1], config)))
            near = words.to(str(place[-1]))
            messages.append(f"{path}:{line}: {name}: 没有这个设置" + (f"，是不是 {near}？" if near else ""))
        elif item["type"] == "missing":
            label = LABELS.get(place[:-1], {}).get(str(place[-1]), "")
            messages.append(f"{path}:{line}: {name}: 缺少必填的设置" + (f"（{label}）" if label else ""))
        elif item["type"] == "value_error":
            messages.append(f"{path}:{line}: {name}: {item['msg'].removeprefix('Value error, ')}")
        else:
            reason = _CHINESE.get(item["type"], "形式不对").format_map(item.get("ctx", {}))
            messages.append(f"{path}:{line}: {name}: 值“{_shown(item['input'])[:40]}”不合要求（{reason}）")
    return ConfigError("\n".join(messages), f"全部设置和它们的写法见使用手册第 {chapter} 章")


def _shown(value: object) -> str:
    """Return a value of the config as YAML writes it on one line."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_shown(one)}" for key, one in value.items()) + "}"
    return f"[{', '.join(map(_shown, value))}]" if isinstance(value, list | tuple) else str(value)


_CHINESE = {
    "string_type": "应为文字",
    "int_parsing": "应为整数",
    "float_parsing": "应为数",
    "float_type": "应为数",
    "bool_parsing": "应为 true 或 false",
    "int_type": "应为整数",
    "date_from_datetime_parsing": "应为日期，如 2026-10-01",
    "tuple_type": "应为列表",
    "dict_type": "应为“名称: 值”",
    "model_type": "应为“名称: 值”",
    "model_attributes_type": "应为“名称: 值”",
    "enum": "应为 error 或 warning",
    "string_too_short": "太短，或没有写",
    "string_pattern_mismatch": "含有不允许的字符",
    "greater_than_equal": "太小，最小 {ge}",
    "less_than_equal": "太大，最大 {le}",
    "literal_error": "不是可选的值",
}


def _settings_at(place: tuple[str | int, ...], config: type[BaseModel]) -> list[str]:
    holidays: dict[str, type[BaseModel]] = {"local": LocalHoliday, "years": YearSchedule}
    models: dict[str, type[BaseModel]] = {
        "site": SiteFacts,
        "columns": ColumnSettings,
        "rules": RuleSettings,
        "interpretation": InterpretationSettings,
        "deadlines": Deadlines,
        "quotas": Quotas,
        "audit": AuditSettings,
        "duties": DutySettings,
        "holidays": holidays.get(str(place[1]), HolidaySettings) if len(place) > 1 else HolidaySettings,
        "withdrawn": Withdrawn,
        "laws": LawSettings,
        "request": RequestSettings,
        "units": UnitSettings,
        "accounts": AccountSettings,
        "review": ReviewRoles if "roles" in place else ReviewSettings,
        "versions": VersionSettings,
        "editor": EditorSettings,
        "privacy": AllowedValue if len(place) > 1 else PrivacySettings,
        "attachments": AllowedFile if len(place) > 1 else AttachmentSettings,
    }
    model = models.get(str(place[0]), config) if place else config
    return list(model.model_fields)
