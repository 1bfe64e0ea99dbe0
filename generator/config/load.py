"""Read ``site_config.yaml`` as a ``SiteConfig``: every setting of a site with its default, validated."""

import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

from pydantic import Field, PrivateAttr, ValidationError, field_validator, model_validator

from generator.config.catalogue import read_catalogue
from generator.config.columns import DEFAULT_COLUMNS
from generator.config.limit_presets import checked_names, preset_limits
from generator.config.messages import Lines, first_error, setting_names
from generator.config.plain_data import cut_site_fact, merged, plain_data
from generator.config.registers import Registers, read_registers, register_names
from generator.config.request_register import DEFAULT_NAMES, read_own_register
from generator.config.settings import (
    AccountSettings,
    AttachmentSettings,
    AuditSettings,
    ColumnSettings,
    Deadlines,
    DutySettings,
    EditorSettings,
    HolidaySettings,
    InterpretationSettings,
    LawSettings,
    PrivacySettings,
    Quotas,
    RequestSettings,
    ReviewSettings,
    RuleSettings,
    SearchSettings,
    Settings,
    SiteFacts,
    UnitSettings,
    VersionSettings,
    Withdrawn,
    checked_prefixes,
    checked_units,
)
from generator.config.settings_text import missing_config, settings_error, settings_text
from generator.config.typing_mistakes import typing_mistake
from generator.domain.filenames import name_trap
from generator.domain.laws import Law, known_laws
from generator.domain.model import CatalogueItem, Column, RequestRegister
from generator.domain.problems import ConfigError, Problem
from generator.domain.vocabulary import SiteFolder, nearest
from generator.domain.workdays import Calendar, Counting
from generator.support import yaml_text

DEFAULT_GROUND = "缺省的要求"
DEFAULT_INDEX_NO = (r"^[0-9A-Z]{9}/\d{4}-\d{5}$",)


class SiteConfig(Settings):
    """All settings of one site; ``columns`` holds the differences from the tree of 61号."""

    site: SiteFacts
    theme: str = Field(default="default", pattern=r"^[A-Za-z0-9][A-Za-z0-9_-]*$")
    columns: tuple[ColumnSettings, ...] = ()
    rules: dict[str, RuleSettings] = Field(default_factory=dict)
    interpretation: InterpretationSettings = InterpretationSettings()
    limits: tuple[str, ...] = ()
    deadlines: Deadlines = Deadlines()
    quotas: Quotas = Quotas()
    duties: DutySettings = DutySettings()
    holidays: HolidaySettings = HolidaySettings()
    catalogue: str = ""
    activities: str = ""
    tasks: str = ""
    audit: AuditSettings = AuditSettings()
    request: RequestSettings | None = None
    units: dict[str, UnitSettings] = Field(default_factory=dict)
    accounts: tuple[AccountSettings, ...] = ()
    withdrawn: tuple[Withdrawn, ...] = ()
    review: ReviewSettings = ReviewSettings()
    privacy: PrivacySettings = PrivacySettings()
    attachments: AttachmentSettings = AttachmentSettings()
    versions: VersionSettings = VersionSettings()
    editor: EditorSettings = EditorSettings()
    web_pictures: bool = True
    policy_pdf: bool = False
    ids: dict[str, str] = Field(default_factory=dict)
    laws: tuple[LawSettings, ...] = ()
    index_no_patterns: tuple[str, ...] = DEFAULT_INDEX_NO
    list_size: int = Field(default=20, ge=5, le=200)
    feed_size: int = Field(default=20, ge=1, le=200)
    search: SearchSettings = SearchSettings()
    _source: tuple[str, Lines] = PrivateAttr(default=("site_config.yaml", {}))
    _items: tuple[CatalogueItem, ...] = PrivateAttr(default=())
    _registers: Registers = PrivateAttr(default=Registers())
    _requests: RequestRegister = PrivateAttr(default=RequestRegister())

    @model_validator(mode="before")
    @classmethod
    def _with_presets(cls, data: Any) -> Any:
        """Add the numbers of the presets that ``limits`` names, where the config writes none of its own."""
        if not isinstance(data, dict) or not data.get("limits"):
            return data
        named = data["limits"]
        names = [named] if isinstance(named, str) else list(named)
        if not all(isinstance(name, str) for name in names):
            return data  # the field's own type refuses it
        try:
            data = {**data, "limits": checked_names(names)}
        except ValueError:
            return {**data, "limits": names}  # the field's validator says why
        for (group, setting), limit in preset_limits(data["limits"]).items():
            numbers = data.get(group) or {}
            if isinstance(numbers, dict):
                data[group] = {setting: limit.number, **numbers}
        return data

    @field_validator("limits")
    @classmethod
    def _known_presets(cls, names: tuple[str, ...]) -> tuple[str, ...]:
        return checked_names(names)

    def ground_of(self, group: str, setting: str) -> str:
        """Return in Chinese on what a number of ``deadlines`` or ``quotas`` rests that no national law sets."""
        limit = preset_limits(self.limits).get((group, setting))
        settings = getattr(self, group)
        if limit and limit.number == getattr(settings, setting):
            return limit.ground
        return "本网站的配置" if setting in settings.model_fields_set else DEFAULT_GROUND

    def set_ground_of(self, group: str, setting: str) -> str:
        """Return the ground of a number that a preset or the config sets; empty where it is the default."""
        ground = self.ground_of(group, setting)
        return "" if ground == DEFAULT_GROUND else ground

    @property
    def calendar(self) -> Calendar:
        """The calendar of working days of the place."""
        return self.holidays.calendar

    @property
    def counting(self) -> Counting:
        """How the days of limits are counted here."""
        return Counting(self.deadlines.count_first_day, self.deadlines.end_on_workday)

    @property
    def catalogue_items(self) -> tuple[CatalogueItem, ...]:
        """The items of the catalogue file that ``catalogue`` names."""
        return self._items

    @property
    def registers(self) -> Registers:
        """The registers of activities and of tasks beside the config."""
        return self._registers

    @property
    def request_register(self) -> RequestRegister:
        """The register of requests for information, which only rules and reports read; empty where there is none."""
        return self._requests

    @property
    def own_files(self) -> tuple[str, ...]:
        """The files beside the config that it reads, by their names, or would read if they were there."""
        registers = (self._requests.path,) if self._requests.path else DEFAULT_NAMES
        names = register_names(self.activities, self.tasks)
        return (*((self.catalogue,) if self.catalogue else ()), *registers, *names)

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

    @field_validator("ids")
    @classmethod
    def _id_prefixes(cls, values: dict[str, str]) -> dict[str, str]:
        return checked_prefixes(values)

    @field_validator("units")
    @classmethod
    def _unit_names(cls, values: dict[str, UnitSettings]) -> dict[str, UnitSettings]:
        return checked_units(values)

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


@contextmanager
def _placed(path: Path, config: SiteConfig, setting: str) -> Iterator[None]:
    """Add the file and the line of a setting to an error about what the setting says."""
    try:
        yield
    except ConfigError as error:
        numbered = next((n for n, one in enumerate(config.columns) if f"栏目“{one.id}”" in str(error)), None)
        place = (setting,) if numbered is None or setting != "columns" else (setting, numbered)
        raise ConfigError(f"{path}:{config.place_of(*place)[1]}: {error}", error.hint) from None


def _check_column_updates(path: Path, config: SiteConfig) -> None:
    words = [word for column in config.column_tree for word in (column.id, column.title)]
    for name in config.deadlines.column_updates:
        if name not in words:
            line = config.place_of("deadlines", "column_updates", name)[1]
            near = nearest(name, words)
            hint = f"是不是 {near}？" if near else "写栏目的编号，见使用手册第 07 章"
            raise ConfigError(f"{path}:{line}: deadlines.column_updates: 没有栏目“{name[:40]}”", hint)


def load_config(path: Path, shared: Mapping[str, Any] | None = None) -> SiteConfig:
    """Read and check a config file; ``shared`` are settings of a platform, which count where the file has none.

    Raises ``ConfigError`` with the file, the line and a hint.
    """
    text = settings_text(path, missing=missing_config(path))
    lines: Lines = {}
    try:
        tree = yaml_text.parse(text)
        if not isinstance(tree, yaml_text.Mapping):
            raise yaml_text.YamlTextError("配置应是“名称: 值”的形式", 1, "至少写 site 之下的 title、agency、base_url")
        if cut := cut_site_fact(tree):
            raise settings_error(path, cut)
        config = SiteConfig.model_validate(merged(shared or {}, plain_data(tree, (), lines)))
    except (yaml_text.YamlTextError, ValidationError) as error:
        if mistake := typing_mistake(text, setting_names(SiteConfig)):
            raise settings_error(path, mistake) from None
        if isinstance(error, ValidationError):
            raise first_error(error, path, lines, SiteConfig) from None
        raise settings_error(path, Problem("", error.message, error.hint, error.line)) from None
    config._source = (path.name, lines)  # noqa: SLF001  # known only after validation
    with _placed(path, config, "columns"):
        _ = config.column_tree
    _check_column_updates(path, config)
    if config.catalogue:
        with _placed(path, config, "catalogue"):
            config._items = read_catalogue(path.parent, config.catalogue)  # noqa: SLF001
    config._registers = read_registers(path.parent, config.activities, config.tasks)  # noqa: SLF001
    config._requests = read_own_register(path.parent, config.request.register_file if config.request else "")  # noqa: SLF001
    return config
