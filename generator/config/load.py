"""Read ``site_config.yaml`` as a ``SiteConfig``: every setting of a site with its default, validated."""

import re
from collections.abc import Mapping
from functools import cached_property
from pathlib import Path
from typing import Any, Literal, TypeAlias

from pydantic import BaseModel, Field, PrivateAttr, ValidationError, field_validator

from generator.config.catalogue import read_catalogue
from generator.config.columns import DEFAULT_COLUMNS
from generator.config.settings import (
    AllowedFile,
    AllowedValue,
    AttachmentSettings,
    ColumnSettings,
    Deadlines,
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
    Settings,
    SiteFacts,
    VersionSettings,
    Withdrawn,
    YearSchedule,
)
from generator.domain.filenames import name_trap
from generator.domain.laws import Law, known_laws
from generator.domain.model import CatalogueItem, Column
from generator.domain.problems import ConfigError, Severity
from generator.domain.vocabulary import REQUEST_KEYS, SITE_KEYS, Nearest, SiteFolder
from generator.domain.workdays import Calendar
from generator.support import yaml_text
from generator.support.own_file import read_own_file

Lines: TypeAlias = dict[tuple[str | int, ...], int]
DEFAULT_INDEX_NO = (r"^[0-9A-Z]{9}/\d{4}-\d{5}$",)


class RuleSettings(Settings):
    """The severity of one rule and whether it blocks, where they differ from the default."""

    severity: Severity | None = None
    blocking: bool | None = None


class SiteConfig(Settings):
    """All settings of one site; ``columns`` holds the differences from the tree of 61号."""

    site: SiteFacts
    theme: str = Field(default="default", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    columns: tuple[ColumnSettings, ...] = ()
    rules: dict[str, RuleSettings] = Field(default_factory=dict)
    interpretation: InterpretationSettings = InterpretationSettings()
    deadlines: Deadlines = Deadlines()
    quotas: Quotas = Quotas()
    holidays: HolidaySettings = HolidaySettings()
    catalogue: str = ""
    request: RequestSettings | None = None
    withdrawn: tuple[Withdrawn, ...] = ()
    review: ReviewSettings = ReviewSettings()
    privacy: PrivacySettings = PrivacySettings()
    attachments: AttachmentSettings = AttachmentSettings()
    versions: VersionSettings = VersionSettings()
    editor: EditorSettings = EditorSettings()
    web_pictures: bool = True
    laws: tuple[LawSettings, ...] = ()
    index_no_patterns: tuple[str, ...] = DEFAULT_INDEX_NO
    list_size: int = Field(default=20, ge=5, le=200)
    feed_size: int = Field(default=20, ge=1, le=200)
    search: Literal["full", "none"] = "full"
    _source: tuple[str, Lines] = PrivateAttr(default=("site_config.yaml", {}))
    _items: tuple[CatalogueItem, ...] = PrivateAttr(default=())

    @property
    def calendar(self) -> Calendar:
        """The calendar of working days of the place."""
        return self.holidays.calendar

    @property
    def catalogue_items(self) -> tuple[CatalogueItem, ...]:
        """The items of the catalogue file that ``catalogue`` names."""
        return self._items

    @cached_property
    def laws_known(self) -> Mapping[str, Law]:
        """The acts with which texts are compared: those of gongkai that are not local, and those of the site."""
        return {
            **{cite: law for cite, law in known_laws().items() if not law.local},
            **{law.cite: law for law in (setting.law for setting in self.laws)},
        }

    def place_of(self, *setting: str | int) -> tuple[str, int]:
        """Return the name of the config file and the line of a setting, or of the nearest group above it."""
        name, lines = self._source
        return name, next((lines[setting[:n]] for n in range(len(setting), -1, -1) if setting[:n] in lines), 1)

    @field_validator("index_no_patterns")
    @classmethod
    def _patterns(cls, values: tuple[str, ...]) -> tuple[str, ...]:
        for value in values:
            try:
                re.compile(value)
            except re.error as error:
                raise ValueError(f"“{value}”不是正则表达式：{error}") from None
        return values

    @cached_property
    def column_tree(self) -> tuple[Column, ...]:
        """The tree of 61号 with the changes of the site, parents before children.

        Raises ``ConfigError`` for a tree that is not possible.
        """
        columns = {column.id: column for column in DEFAULT_COLUMNS}
        for change in self.columns:
            old = columns.get(change.id)
            parent = change.parent if change.parent is not None else (old.parent if old else "statutory")
            if parent and parent not in columns:
                raise ConfigError(f"栏目“{change.id}”的上级栏目“{parent}”不存在", "上级栏目要写在它前面")
            if parent and any(column.parent == change.id for column in columns.values()):
                raise ConfigError(f"栏目“{change.id}”有下级栏目，不能再有上级；栏目树最多两级", "删去它的 parent")
            if parent and columns[parent].parent:
                raise ConfigError(f"栏目“{change.id}”在第三级；栏目树最多两级", "把它直接放在一级栏目之下")
            title = change.title or (old.title if old else change.id)
            columns[change.id] = Column(
                id=change.id,
                title=title,
                parent=parent,
                folder=change.folder or (old.folder if old else change.id),
                column_type=change.column_type or (old.column_type if old else "政策文件"),
                description=change.description or (old.description if old else title),
                fixed=old.fixed if old else False,
                statutory_item=change.statutory_item
                if change.statutory_item is not None
                else (old.statutory_item if old else 0),
                kinds=old.kinds if old else (),
            )
        folders: dict[str, str] = {}
        for column in columns.values():
            if (key := column.folder.casefold()) in folders:
                raise ConfigError(f"栏目“{folders[key]}”和“{column.id}”用了同一个目录“{column.folder}”")
            for name in column.folder.split("/"):
                if wrong := name_trap(name):
                    raise ConfigError(f"栏目“{column.id}”的目录“{column.folder}”{wrong[0]}", wrong[1])
            if column.folder.casefold().split("/")[0] in set(SiteFolder):
                raise ConfigError(f"栏目“{column.id}”的目录“{column.folder}”是系统保留的", "换一个目录名")
            folders[key] = column.id
        return tuple(columns.values())


def load_config(path: Path) -> SiteConfig:
    """Read and check a config file.

    Raises ``ConfigError`` with the file, the line and a hint.
    """
    try:
        text = read_own_file(path.parent, path, str(path)).decode("utf-8-sig").replace("\r\n", "\n")
    except FileNotFoundError:
        raise ConfigError(f"找不到配置文件 {path}", "用 -c 指明配置文件，或用 gongkai init 目录 新建一个网站") from None
    except UnicodeDecodeError:
        raise ConfigError(f"{path}: 不是 UTF-8 编码", "用编辑器另存为 UTF-8") from None
    try:
        tree = yaml_text.parse(text)
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    if not isinstance(tree, yaml_text.Mapping):
        raise ConfigError(f"{path}:1: 配置应是“名称: 值”的形式", "至少写 site 之下的 title、agency、base_url")
    lines: Lines = {}
    try:
        data = _plain_data(tree, (), lines)
        config = SiteConfig.model_validate(data)
    except yaml_text.YamlTextError as error:
        raise ConfigError(f"{path}:{error.line}: {error.message}", error.hint) from None
    except ValidationError as error:
        raise _first_error(error, path, lines) from None
    _ = config.column_tree
    config._source = (path.name, lines)  # noqa: SLF001  # known only after validation
    if config.catalogue:
        config._items = read_catalogue(path.parent, config.catalogue)  # noqa: SLF001
    return config


_GROUPS = {"网站": "site", "依申请公开": "request"}
_LABELS: dict[tuple[str | int, ...], Mapping[str, str]] = {("site",): SITE_KEYS, ("request",): REQUEST_KEYS}


def _plain_data(node: yaml_text.Node, place: tuple[str | int, ...], lines: Lines) -> Any:
    lines.setdefault(place, node.line)
    if isinstance(node, yaml_text.Scalar):
        return node.text
    if isinstance(node, yaml_text.Sequence):
        return [_plain_data(item, (*place, number), lines) for number, item in enumerate(node.items)]
    english = {label: key for key, label in _LABELS.get(place, {}).items()} if place else _GROUPS
    result: dict[str, Any] = {}
    for name, (line, value) in node.items.items():
        key = english.get(name, name) if len(place) < 2 else name
        if key in result:
            raise yaml_text.YamlTextError(f"“{name}”和“{key}”是同一个设置，写了两次", line, "删去其中一个")
        lines[(*place, key)] = line
        if not (isinstance(value, yaml_text.Scalar) and value.text is None):  # an empty setting keeps its default
            result[key] = _plain_data(value, (*place, key), lines)
    return result


def _first_error(error: ValidationError, path: Path, lines: Lines) -> ConfigError:
    messages = []
    known: dict[tuple[str | int, ...], Nearest] = {}
    for item in error.errors():
        place = tuple(item["loc"])
        line = next((lines[place[:n]] for n in range(len(place), -1, -1) if place[:n] in lines), 1)
        name = ".".join(str(part) for part in place if part != "[key]")
        if item["type"] == "extra_forbidden":
            words = known.setdefault(place[:-1], Nearest(_settings_at(place[:-1])))
            near = words.to(str(place[-1]))
            messages.append(f"{path}:{line}: {name}: 没有这个设置" + (f"，是不是 {near}？" if near else ""))
        elif item["type"] == "missing":
            label = _LABELS.get(place[:-1], {}).get(str(place[-1]), "")
            messages.append(f"{path}:{line}: {name}: 缺少必填的设置" + (f"（{label}）" if label else ""))
        elif item["type"] == "value_error":
            messages.append(f"{path}:{line}: {name}: {item['msg'].removeprefix('Value error, ')}")
        else:
            reason = _CHINESE.get(item["type"], "形式不对").format_map(item.get("ctx", {}))
            messages.append(f"{path}:{line}: {name}: 值“{str(item['input'])[:40]}”不合要求（{reason}）")
    return ConfigError("\n".join(messages))


_CHINESE = {
    "string_type": "应为文字",
    "int_parsing": "应为整数",
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


def _settings_at(place: tuple[str | int, ...]) -> list[str]:
    holidays: dict[str, type[BaseModel]] = {"local": LocalHoliday, "years": YearSchedule}
    models: dict[str, type[BaseModel]] = {
        "site": SiteFacts,
        "columns": ColumnSettings,
        "rules": RuleSettings,
        "interpretation": InterpretationSettings,
        "deadlines": Deadlines,
        "quotas": Quotas,
        "holidays": holidays.get(str(place[1]), HolidaySettings) if len(place) > 1 else HolidaySettings,
        "withdrawn": Withdrawn,
        "laws": LawSettings,
        "request": RequestSettings,
        "review": ReviewRoles if "roles" in place else ReviewSettings,
        "versions": VersionSettings,
        "editor": EditorSettings,
        "privacy": AllowedValue if len(place) > 1 else PrivacySettings,
        "attachments": AllowedFile if len(place) > 1 else AttachmentSettings,
    }
    model = models.get(str(place[0]), SiteConfig) if place else SiteConfig
    return list(model.model_fields)
