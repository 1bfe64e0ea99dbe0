"""Withdrawn addresses, former versions, and values and files that are allowed although a check would refuse them."""

import re
from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Self

from pydantic import Field, field_validator, model_validator

from generator.config.settings.base import Settings

_ENDING = re.compile(r"\.[^./\\\s]{1,20}")


class Withdrawn(Settings):
    """A published address that was withdrawn for good, and the reason (requirements LIFE-03, LIFE-15)."""

    address: str = Field(min_length=1)
    reason: str = Field(min_length=2)


class VersionSettings(Settings):
    """历史版本: whether they are published, and whether the first line of a commit's message is used as a note."""

    publish: bool = False
    commit_subjects: bool = False


class AllowedValue(Settings):
    """One number that may be public although it looks private, and the reason: somebody has checked it."""

    value: str = Field(min_length=3)
    reason: str = Field(min_length=2)


class PrivacySettings(Settings):
    """Allowed values: single values only, so that no number is published that nobody has checked."""

    allow: tuple[AllowedValue, ...] = ()


class AllowedFile(Settings):
    """A kind of file (by its extension), or one file, that is published although gongkai cannot scan it."""

    kind: str = ""
    file: str = ""
    reason: str = Field(min_length=2)

    @model_validator(mode="after")
    def _is_one(self) -> Self:
        if bool(self.kind) == bool(self.file):
            raise ValueError("kind（后缀）和 file（文件路径）写其中一个")
        if self.kind and not _ENDING.fullmatch(self.kind):
            raise ValueError(f"“{self.kind[:20]}”不是后缀，应写成 .dwg；没有后缀的用 file 写明文件")
        return self

    @property
    def name(self) -> str:
        """The extension or the path."""
        return self.kind or self.file

    def covers(self, path: str) -> bool:
        """Whether the entry applies to a file, by its path relative to the config's folder."""
        if self.kind:
            return PurePosixPath(path).suffix.casefold() == self.kind.casefold()
        return path in {self.file, f"content/{self.file}"}


class AttachmentSettings(Settings):
    """Attachments that cannot be scanned: none is published without an entry and its reason."""

    allow: tuple[AllowedFile, ...] = ()

    @field_validator("allow", mode="before")
    @classmethod
    def _short_form(cls, value: object) -> object:
        """Expand the short form ``.dwg: reason``."""
        if not isinstance(value, Mapping):
            return value
        return [{"file" if "/" in str(name) else "kind": name, "reason": reason} for name, reason in value.items()]
