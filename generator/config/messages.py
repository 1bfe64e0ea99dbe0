"""What a writer reads about a config that was refused, and the names of its settings in both languages."""

import re
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from pydantic import BaseModel, ValidationError

from generator.config.limit_presets import known_presets
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
            messages.append(f"{path}:{line}: {name}: 没有这个设置{_meant_setting(place, words, config)}")
        elif item["type"] == "missing":
            label = LABELS.get(place[:-1], {}).get(str(place[-1]), "")
            messages.append(f"{path}:{line}: {name}: 缺少必填的设置" + (f"（{label}）" if label else ""))
        elif item["type"] == "value_error":
            messages.append(f"{path}:{line}: {name}: {item['msg'].removeprefix('Value error, ')}")
        else:
            reason = _CHINESE.get(item["type"], "形式不对").format_map(item.get("ctx", {}))
            example = _example(item["type"], place, item["input"]) if place else ""
            messages.append(f"{path}:{line}: {name}: 值“{_shown(item['input'])[:40]}”不合要求（{reason}）{example}")
    return ConfigError("\n".join(messages), f"全部设置和它们的写法见使用手册第 {chapter} 章")


def _meant_setting(place: tuple[str | int, ...], words: Nearest, config: type[BaseModel]) -> str:
    """Return what an unknown setting was meant to be: one of another group, or by another name, or the nearest here."""
    typed = str(place[-1])
    if len(place) == 1 and typed in known_presets():
        return f"，写成 limits: {typed}"
    name = _OTHER_SITE_NAMES.get(typed, typed)
    if name != typed and place[:-1] in {("site",), ("portal",)}:
        return f"，是不是 {name}（{SITE_KEYS[name]}）？"
    own = [group for group in _GROUPS_OF_NAMES if group in config.model_fields]
    groups = [group for group in own if name in _settings_at((group,), config) and (group,) != place[:-1]]
    chinese = [group for group, names in LABELS.items() if name in names.values() and group != place[:-1]]
    labels = [group for group in chinese if group[0] in own]
    if groups or labels:
        group = groups[0] if groups else str(labels[0][0])
        return f"，它写在 {group}: 下面，前面空两格"
    near = words.to(typed)
    return f"，是不是 {near}？" if near else ""


def _example(kind: str, place: tuple[str | int, ...], typed: object) -> str:
    """Return how the value would be written, where the form alone is wrong; else nothing."""
    name = str(place[0] if place[0] == "rules" else place[-1])
    if kind == "tuple_type" and isinstance(typed, str | int):
        return f"，写成 {name}: [{typed}]"
    if kind == "tuple_type" and name in _ENTRIES:
        return f"，每项一行，以“- ”开头，如 {_ENTRIES[name]}"
    if kind in {"int_parsing", "int_type"} and (number := re.match(r"\s*(\d+)", str(typed))):
        return f"，写成 {name}: {int(number[1])}"
    if kind == "bool_parsing" and str(typed) in _YES_AND_NO:
        return f"，写成 {name}: {_YES_AND_NO[str(typed)]}"
    if name in _EXAMPLES and kind in {"dict_type", "model_type", "model_attributes_type"}:
        return f"，如 {_EXAMPLES[name]}"
    return ""


_ENTRIES = {"sites": "- {id: rsj, path: 人社局}", "columns": "- {id: employment, title: 稳就业专栏}"}
_YES_AND_NO = {"是": "true", "否": "false", "有": "true", "无": "false", "要": "true", "不要": "false"}
_EXAMPLES = {
    "rules": "rules: {L003: {severity: warning}}",
    "deadlines": "deadlines: {publish_max_days: 20}",
    "quotas": "quotas: {interviews: 3}",
    "units": "units: {就业促进科: {phone: 0371-12345678}}",
    "versions": "versions: {publish: true}",
    "ids": "ids: {云岭人社规: yrsg}",
    "request": "request: {receiver: 示例市人力资源和社会保障局办公室}",
}
# What people call the facts of the site.
_OTHER_SITE_NAMES = {
    **dict.fromkeys(("网站标题", "站点标题", "站点名称", "专栏名称", "栏目名称", "name"), "title"),
    **dict.fromkeys(("单位", "机关", "主办单位", "单位名称", "机构名称", "主办机构", "组织", "organization"), "agency"),
    **dict.fromkeys(("网站地址", "站点地址", "网站网址", "域名网址", "url", "URL", "baseurl", "baseURL"), "base_url"),
    **dict.fromkeys(("备案号", "icp", "ICP", "icp备案号"), "icp_no"),
    **dict.fromkeys(("标识码", "政府网站标识码"), "site_id_code"),
    **dict.fromkeys(("联系电话", "tel"), "phone"),
    **dict.fromkeys(("邮箱", "电子邮件", "联系邮箱"), "email"),
}
_GROUPS_OF_NAMES = ("site", "deadlines", "quotas", "interpretation", "duties", "editor", "audit", "request", "review")


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
