"""The editor in the browser: the config's ``editor``."""

import re

from pydantic import Field, field_validator

from generator.config.settings.base import Settings, is_web_address

EDITOR_FOLDER = "admin"
"""The folder beside the config that holds the editor; it is never part of the site."""
_PLACE = re.compile(r"(?:[A-Za-z0-9._-]+/)*[A-Za-z0-9][A-Za-z0-9._-]*\.m?js")

_NOT_IN_ADDRESS = re.compile(r"[\s\"'<>;,\\]")


class EditorSettings(Settings):
    """Where the script of the editor is, and the repository that it writes to.

    ``script`` is a path relative to ``admin/``, or an address on a host of the bureau. ``server`` is the address of the
    bureau's own GitLab or Gitea.
    """

    script: str = "./sveltia-cms.js"
    repo: str = Field(default="", pattern=r"^(?:[\w.-]+(?:/[\w.-]+)+)?$")
    branch: str = Field(default="main", pattern=r"^[\w./-]+$")
    server: str = ""
    app_id: str = ""

    @field_validator("script", "server")
    @classmethod
    def _one_word(cls, value: str) -> str:
        if _NOT_IN_ADDRESS.search(value):  # it becomes part of the page and of its policy
            raise ValueError("网址里不能有空格、引号、分号、逗号和尖括号")
        return value

    @field_validator("script")
    @classmethod
    def _script(cls, value: str) -> str:
        if not is_web_address(value) and (not _PLACE.fullmatch(value.removeprefix("./")) or ".." in value):
            raise ValueError("应为 admin 文件夹里的脚本文件，如 ./sveltia-cms.js，或本单位服务器上的网址")
        return value

    @field_validator("server")
    @classmethod
    def _server(cls, value: str) -> str:
        if value and not is_web_address(value):
            raise ValueError("应为以 http:// 或 https:// 开头的网址，如 https://git.example.gov.cn")
        return value.rstrip("/")
