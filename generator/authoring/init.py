"""``gongkai init``: create the smallest site that builds, and what a team needs to work on it."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

from pydantic import ValidationError

from generator.authoring.new_files import write_new
from generator.authoring.team.team_files import CodeHost, ignore_file, write_team_files
from generator.authoring.vscode import write_vscode
from generator.config.load import load_config
from generator.config.settings import SiteFacts
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import Kind

CONFIG_NAME = "site_config.yaml"
_PLAIN = re.compile(r"[一-鿿（）]+|https?://[A-Za-z0-9./_-]+", re.ASCII)


class Question(NamedTuple):
    """A setting that ``init`` asks for, and its value where nobody answers."""

    label: str
    default: str
    is_required: bool = False  # an answer must be typed


QUESTIONS: Mapping[str, Question] = {
    "title": Question("网站名称", "政府信息公开"),
    "agency": Question("机构全称，如 示例市人力资源和社会保障局", "示例市示例局", is_required=True),
    "base_url": Question("网站的网址（还不知道就按回车，以后改）", "https://www.example.gov.cn/zwgk/"),
}


class NewSite(NamedTuple):
    """The result of ``init``: the written files, those that existed, and the repository above the folder, if any."""

    written: tuple[Path, ...]
    kept: tuple[Path, ...]
    outer_repository: Path | None


_GUIDE = """\
---
标题: 政府信息公开指南
公开属性: 主动公开
发布栏目: guide
---

为方便公民、法人和其他组织获取本机关的政府信息，编制本指南。

## 一、政府信息的分类和编排

本机关主动公开的政府信息按栏目编排，可以在本专栏逐栏查阅，也可以检索标题、文号和正文。

## 二、获取方式

本机关主动公开的政府信息在本专栏发布。需要本机关未主动公开的政府信息的，可以向本机关提出申请。

## 三、政府信息公开工作机构

本机关政府信息公开工作机构的办公地址、联系电话、电子邮箱，见网页底部的联系方式。
"""


def checked_answer(key: str, value: str) -> str:
    """Return the value of a setting as the config has it; raises ``GongkaiError`` for one that it cannot have."""
    facts = {name: question.default for name, question in QUESTIONS.items()} | {key: value.strip()}
    try:
        answer: str = getattr(SiteFacts.model_validate(facts), key)
    except ValidationError as error:
        reason = error.errors()[0]["msg"].removeprefix("Value error, ")
        label = QUESTIONS[key].label.partition("（")[0].partition("，")[0]
        raise GongkaiError(f"{label}“{value}”不对：{reason}") from None
    return answer


def new_site(folder: Path, answers: Mapping[str, str], code_host: CodeHost | None = None) -> NewSite:
    """Write a site into a folder: config, folders of the kinds, a guide page, and for a code host the team files.

    ``answers`` holds values by the keys of ``QUESTIONS``; a missing one gets its default. Where the folder has a site
    already, only the missing team files are written. Raises ``GongkaiError`` when there is nothing to write, or an
    answer is wrong; then nothing is written.
    """
    config = folder / CONFIG_NAME
    if config.exists() or (folder / "content").exists():
        return _team_files_for_existing_site(folder, answers, code_host)
    site = {key: checked_answer(key, answers.get(key) or question.default) for key, question in QUESTIONS.items()}
    rows = ["site:", *(f"  {key}: {_scalar(value)}" for key, value in site.items())]
    written = [write_new(config, "\n".join(rows) + "\n")]
    for kind in Kind:
        (folder / "content" / kind.folder).mkdir(parents=True, exist_ok=True)
    written.append(write_new(folder / "content" / "pages" / "guide.md", _GUIDE))
    if not (folder / ".gitignore").exists():
        written.append(write_new(folder / ".gitignore", ignore_file()))
    written += write_vscode(folder)
    kept: tuple[Path, ...] = ()
    if code_host:
        team = write_team_files(folder, code_host, site["base_url"])
        written += team.written
        kept = tuple(place for place in team.kept if place not in written)
    return NewSite(tuple(written), kept, _repository_above(folder))


def _team_files_for_existing_site(folder: Path, answers: Mapping[str, str], code_host: CodeHost | None) -> NewSite:
    if not code_host:
        raise GongkaiError(f"{folder} 里已经有网站，没有改动它", "换一个目录；只要补上团队用的文件，加 --ci")
    if answers:
        raise GongkaiError(
            f"{folder} 里已经有网站，没有改动它的设置", f"改 {folder / CONFIG_NAME}；只补团队用的文件，只写 --ci"
        )
    base_url = load_config(folder / CONFIG_NAME).site.base_url
    return NewSite(*write_team_files(folder, code_host, base_url), _repository_above(folder))


def _scalar(value: str) -> str:
    """Return a value as YAML: a name of Chinese characters and a plain address as they are, others in quotes."""
    return value if _PLAIN.fullmatch(value) else json.dumps(value, ensure_ascii=False)


def _repository_above(folder: Path) -> Path | None:
    """Return the top of the git repository that a folder is in, where it is not the top itself."""
    place = folder.resolve()
    if (place / ".git").exists():
        return None
    return next((above for above in place.parents if (above / ".git").exists()), None)
