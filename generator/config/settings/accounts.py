"""``accounts``: the new-media accounts of the body, open and closed (requirements CHAN; 000 四, 003 四(二))."""

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator

from generator.config.settings.base import Settings, is_web_address
from generator.domain.vocabulary import AccountState


def _state(value: object) -> object:
    if isinstance(value, str) and (state := AccountState.parse(value)):
        return state
    raise ValueError(f"没有状态“{value}”，可用：{'、'.join(state.label for state in AccountState)}")


def _address(value: object) -> object:
    if isinstance(value, str) and value and not is_web_address(value):
        raise ValueError("应为以 http:// 或 https:// 开头的网址，没有的不写")
    return value


class AccountSettings(Settings):
    """One account: its platform, its name, its state, and who approved its opening and its closing."""

    platform: str
    name: str
    state: Annotated[AccountState, BeforeValidator(_state)] = AccountState.OPEN
    unit: str = ""
    url: Annotated[str, BeforeValidator(_address)] = ""
    approval: str = ""
    opened_on: dt.date | None = None
    closed_on: dt.date | None = None
    closing_approval: str = ""
