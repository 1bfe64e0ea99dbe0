"""Read ``SITES.yaml``: the sites of a platform, where they come from, and what they share."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError, field_validator, model_validator

from generator.config.load import SiteConfig
from generator.config.messages import Lines, first_error, setting_names
from generator.config.plain_data import merged, plain_data
from generator.config.settings.base import Settings, is_web_address
from generator.config.settings_text import settings_error, settings_text
from generator.config.typing_mistakes import typing_mistake
from generator.domain.filenames import name_trap
from generator.domain.problems import ConfigError, Problem
from generator.support import yaml_text

PORTAL = "portal"  # the folder of the portal in the output
CONFIG_NAME = "site_config.yaml"
_ID = re.compile(r"[a-z0-9][a-z0-9-]*")
_MOST_ID = 60
_ADDRESS = re.compile(r"(?:https|ssh|file)://[^\s]+|[A-Za-z0-9._-]+@[A-Za-z0-9.-]+:[^\s]+|(?![-])[^\s:]+")
_REVISION = re.compile(r"[A-Za-z0-9][A-Za-z0-9._/+-]*")
# A file of sites for `shared` alone: every setting that all sites must have is filled in.
_SAMPLE = {"site": {"title": "公开", "agency": "机关", "base_url": "https://www.example.gov.cn/"}}


class SiteEntry(Settings):
    """One site: a folder, or a revision of a git repository; with ``git`` the path is a folder in the repository."""

    id: str
    path: str = ""
    git: str = ""
    revision: str = ""

    @field_validator("id")
    @classmethod
    def _usable(cls, value: str) -> str:
        if not _ID.fullmatch(value) or len(value) > _MOST_ID:
            raise ValueError(f"网站代号“{value[:40]}”只能用小写字母、数字和连字符，至多 {_MOST_ID} 个字符，如 rsj")
        if value == PORTAL:
            raise ValueError(f"“{PORTAL}”是门户的文件夹，网站代号换一个")
        if reason := name_trap(value):
            raise ValueError(f"网站代号“{value}”{reason[0]}，{reason[1]}")
        return value

    @field_validator("git")
    @classmethod
    def _address(cls, value: str) -> str:
        if value and not _ADDRESS.fullmatch(value):
            raise ValueError(f"“{value[:60]}”不是 git 地址，应为 https://、ssh://、file:// 或文件夹")
        return value

    @field_validator("revision")
    @classmethod
    def _plain_revision(cls, value: str) -> str:
        if value and (not _REVISION.fullmatch(value) or ".." in value):
            raise ValueError(f"“{value[:60]}”不是分支、标签或提交")
        return value

    @model_validator(mode="after")
    def _has_place(self) -> "SiteEntry":
        if not self.path and not self.git:
            raise ValueError(f"网站“{self.id}”没有写在哪里，写 path（文件夹）或 git（仓库地址）")
        if self.revision and not self.git:
            raise ValueError(f"网站“{self.id}”写了 revision，没有写 git")
        if self.git and (self.path.startswith("/") or ".." in self.path.split("/")):
            raise ValueError(f"网站“{self.id}”的 path 应是仓库里的文件夹")
        return self


class PortalSettings(Settings):
    """The portal: one site over all of them."""

    title: str = Field(min_length=1)
    base_url: str
    agency: str = ""

    @field_validator("base_url")
    @classmethod
    def _absolute(cls, value: str) -> str:
        if not is_web_address(value) or "?" in value or "#" in value:
            raise ValueError("应为以 http:// 或 https:// 开头的网址，如 https://www.example.gov.cn/zwgk/")
        return value if value.endswith("/") else value + "/"


class PlanSettings(Settings):
    """The settings of ``SITES.yaml``; ``shared`` are read apart."""

    sites: tuple[SiteEntry, ...]
    output: str = Field(min_length=1)
    portal: PortalSettings | None = None

    @field_validator("sites")
    @classmethod
    def _different(cls, values: tuple[SiteEntry, ...]) -> tuple[SiteEntry, ...]:
        if not values:
            raise ValueError("没有写一个网站")
        seen: set[str] = set()
        for value in values:
            if value.id in seen:
                raise ValueError(f"网站代号“{value.id}”写了两次，每个网站用不同的代号")
            seen.add(value.id)
        return values


@dataclass(frozen=True)
class Plan:
    """The platform: its file, its sites, the folder of all outputs, the settings that its sites share."""

    file: Path
    sites: tuple[SiteEntry, ...]
    output: Path
    portal: PortalSettings | None = None
    shared: Mapping[str, Any] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """The folder of the file, at which relative paths start; its ``themes/`` are for all sites."""
        return self.file.parent


def load_plan(path: Path) -> Plan:
    """Read and check ``SITES.yaml``.

    Raises ``ConfigError`` with the file, the line and a hint for each mistake.
    """
    text = settings_text(path, missing=ConfigError(f"找不到 {path}", "写平台的 SITES.yaml，列出 sites 和 output"))
    lines: Lines = {}
    shared_lines: Lines = {}
    try:
        tree = yaml_text.parse(text)
        if not isinstance(tree, yaml_text.Mapping):
            raise yaml_text.YamlTextError("应是“名称: 值”的形式", 1, "至少写 sites 和 output")
        _, shared_node = tree.items.pop("shared", (0, None))
        shared = _shared(shared_node, shared_lines)
        settings = PlanSettings.model_validate(plain_data(tree, (), lines))
    except yaml_text.YamlTextError as error:
        mistake = typing_mistake(text, _names()) or Problem("", error.message, error.hint, error.line)
        raise settings_error(path, mistake) from None
    except ValidationError as error:
        raise first_error(error, path, lines, PlanSettings, chapter="30") from None
    if shared:
        try:
            SiteConfig.model_validate(merged(shared, _SAMPLE))
        except ValidationError as error:
            raise first_error(error, path, shared_lines, SiteConfig) from None
    folder = path.absolute().parent
    return Plan(path.absolute(), settings.sites, folder / settings.output, settings.portal, shared)


def _names() -> set[str]:
    names = {name for group in (PlanSettings, SiteEntry, PortalSettings) for name in group.model_fields}
    return names | {"shared"} | setting_names(SiteConfig)


def _shared(node: yaml_text.Node | None, lines: Lines) -> Mapping[str, Any]:
    if node is None or (isinstance(node, yaml_text.Scalar) and node.text is None):
        return {}
    if not isinstance(node, yaml_text.Mapping):
        raise yaml_text.YamlTextError(
            "shared 应是“名称: 值”的形式", node.line, "写法和 site_config.yaml 一样，如 theme: default"
        )
    data = plain_data(node, (), lines)
    return data if isinstance(data, Mapping) else {}
