"""``gongkai init``: create the smallest site that builds."""

import json
from collections.abc import Mapping
from pathlib import Path

from generator.authoring.new_files import write_new
from generator.authoring.vscode import write_vscode
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import Kind

QUESTIONS: Mapping[str, tuple[str, str]] = {
    "agency": ("机构全称", "示例市示例局"),
    "base_url": ("网站的网址", "https://www.example.gov.cn/zwgk/"),
}
_GUIDE = """\
---
title: 政府信息公开指南
disclosure: 主动公开
column: guide
---

为方便公民、法人和其他组织获取本机关的政府信息，编制本指南。

## 一、政府信息的分类和编排

本机关主动公开的政府信息按栏目编排，可以在本专栏逐栏查阅，也可以检索标题、文号和正文。

## 二、获取方式

本机关主动公开的政府信息在本专栏发布。需要本机关未主动公开的政府信息的，可以向本机关提出申请。

## 三、政府信息公开工作机构

在这里写明机构名称、办公地址、办公时间、联系电话、传真号码、互联网联系方式。
"""


def new_site(folder: Path, answers: Mapping[str, str]) -> list[Path]:
    """Write config, folders and a guide page into a folder and return the written files.

    ``answers`` holds values by the keys of ``QUESTIONS``; a missing one gets its default. Raises ``GongkaiError``
    when the folder has a site already; then nothing is written.
    """
    config = folder / "site_config.yaml"
    if config.exists() or (folder / "content").exists():
        raise GongkaiError(f"{folder} 里已经有网站，没有改动它", "换一个目录")
    site = {key: answers.get(key) or default for key, (_, default) in QUESTIONS.items()}
    rows = [
        "site:",
        "  title: 政府信息公开",
        *(f"  {key}: {json.dumps(value, ensure_ascii=False)}" for key, value in site.items()),
    ]
    written = [write_new(config, "\n".join(rows) + "\n")]
    for kind in Kind:
        (folder / "content" / kind.folder).mkdir(parents=True, exist_ok=True)
    written.append(write_new(folder / "content" / "pages" / "guide.md", _GUIDE))
    if not (folder / ".gitignore").exists():
        written.append(write_new(folder / ".gitignore", "/public/\n/reports/\n"))
    return [*written, *write_vscode(folder)]
