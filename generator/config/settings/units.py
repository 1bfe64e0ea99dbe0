"""``units``: how to reach the offices that documents name as 责任单位."""

import re
from collections.abc import Mapping

from pydantic import field_validator, model_validator

from generator.config.settings.base import Mailbox, Settings, is_web_address

_PHONE = re.compile(r"(?=(?:\D*\d){5})[-+0-9()（）、，,;；/ 转至]+")


class UnitSettings(Settings):
    """How to reach one office; at least one of the settings is needed."""

    phone: str = ""
    address: str = ""
    hours: str = ""
    email: Mailbox = ""
    online: str = ""

    @field_validator("phone")
    @classmethod
    def _number(cls, value: str) -> str:
        if value and not _PHONE.fullmatch(value):
            raise ValueError(f"“{value[:40]}”不是电话号码，如 0371-12345678；几个号码用、隔开，分机写“转”")
        return value

    @field_validator("online")
    @classmethod
    def _web_address(cls, value: str) -> str:
        if value and not is_web_address(value):
            raise ValueError("应为以 http:// 或 https:// 开头的网址，没有网上办理的不写")
        return value

    @model_validator(mode="after")
    def _something(self) -> "UnitSettings":
        if not any((self.phone, self.address, self.hours, self.email, self.online)):
            raise ValueError("没有写联系方式，至少写 phone（电话）")
        return self


def checked_units(units: Mapping[str, UnitSettings]) -> dict[str, UnitSettings]:
    """Return the offices by their names without blanks around; raises ``ValueError``, in Chinese, for an empty name."""
    if any(not name.strip() for name in units):
        raise ValueError("责任单位的名称不能为空")
    return {name.strip(): unit for name, unit in units.items()}
