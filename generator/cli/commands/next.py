"""``gongkai next``: the next day or minute at which a site must be rebuilt although no source has changed."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from generator.cli.options import config_option, day_option, make_build_options
from generator.cli.terminal import ChineseCommand, Progress, print_message


@click.command("next", cls=ChineseCommand)
@config_option
@day_option
def next_day(config_path: Path, as_of: dt.datetime | None) -> None:
    """给出下一个有状态变化的日期或时刻（供定时任务用）。

    没有人改文件，状态也会到日子就变：施行、到期、预定的废止、暂停执行的起止、征集截止、定时发布。日期写到标准输出，定时到分的带上时分（北京时间），变什么写到标准错误；没有就什么也不输出。
    """
    with Progress() as progress:
        moment, lines = _next(make_build_options(config_path, as_of, None, progress))
    for line in lines:
        print_message(line)
    if moment:
        click.echo(moment)


def _next(options: Any) -> tuple[str, list[str]]:
    from generator.graph.status_changes import StatusForecast
    from generator.pipeline.read import check_archive

    archive = check_archive(options, (), with_history=False).archive
    next_change = StatusForecast(archive, announced_only=False).next_moment()
    if next_change is None:
        return "", ["没有已经确定的状态变化。"]
    moment, changes = next_change
    text = f"{moment:%Y-%m-%d %H:%M}" if moment.time() != dt.time() else f"{moment:%Y-%m-%d}"
    return text, [f"{text}：", *_lines(changes)]


def _lines(changes: Any) -> Iterator[str]:
    for document, change in changes:
        name = f"《{document.title}》（{document.path}）"
        if change is None:
            yield f"    {name} {'撤下' if document.withdrawal else '定时发布'}"
        elif change.state_text != document.state_text:
            yield f"    {name} {document.state_text} → {change.state_text}"
        else:
            yield f"    {name} 效力提示变化"
