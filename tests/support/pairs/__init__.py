"""Pairs of tiny sites: one with a single fault, and a twin that differs from it only by being right."""

from collections.abc import Mapping, Sequence
from itertools import count
from typing import NamedTuple

Files = Mapping[str, str | None]
"""The files of a site by path, those of documents below ``content/``; ``None`` removes one."""
Commits = Sequence[tuple[str, Files]]
"""What each commit writes, with its time."""

CONFIG = """\
site:
  title: 政府信息公开
  agency: 清源县民政局
  base_url: https://mzj.qingyuan.example.gov.cn/xxgk/
"""
CITY = CONFIG.replace("清源县民政局", "滨江市人民政府")
_numbers = count(1)


class Pair(NamedTuple):
    """``sentence`` is what must be true; ``rules`` are those of which the faulty site breaks one and the twin none.

    ``settings`` follow those of the site in the config; where the fault is a setting, ``fault`` and ``twin`` are
    whole configs.
    """

    sentence: str
    rules: str
    fault: Files | Commits
    twin: Files | Commits
    settings: str = ""
    config: str = CONFIG
    as_of: str = "2026-11-21"
    pages: bool = False


def document(body: str, /, **fields: object) -> str:
    """Return a source; ``None`` leaves a field out."""
    head = "".join(f"{key}: {value}\n" for key, value in fields.items() if value is not None)
    return f"---\n{head}---\n{body}\n"


def notice(title: str, body: str = "现将有关事项公告如下。", /, **fields: object) -> str:
    """Return 一般信息, or another kind by its folder."""
    return document(body, **{"标题": title, "发布日期": "2025-03-05", "公开属性": "主动公开", **fields})


def policy(title: str, body: str = "第一条　为了做好有关工作，制定本文件。", /, **fields: object) -> str:
    """Return a policy with numbers of its own; without 文件类别 unless it is among the fields."""
    number = next(_numbers)
    usual = {"索引号": f"009876543/2025-{number:05d}", "文号": f"清民发〔2025〕{number}号", "成文日期": "2025-03-03"}
    return notice(title, body, **{**usual, **fields})


def interpretation(**fields: object) -> str:
    """Return an interpretation of the document ``a``."""
    return notice("政策解读", "原办法到期，所以重新制定。", **{"解读对象": "a", "解读形式": "文字解读", **fields})
