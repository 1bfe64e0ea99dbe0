"""``gongkai inspect`` and ``gongkai digest``: reports for those who maintain a site, daily or before an inspection."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from generator.cli.options import (
    EXIT_FINDINGS,
    config_option,
    day_option,
    format_option,
    make_build_options,
    print_history_gap,
)
from generator.cli.terminal import ChineseCommand, Progress, print_message, read_as_of, whole_number, write_stdout
from generator.domain.problems import GongkaiError
from generator.support.json_text import json_bytes


@click.command(cls=ChineseCommand)
@config_option
@day_option
@format_option("json")
def inspect(config_path: Path, as_of: dt.datetime | None, form: str) -> None:
    """模拟国办秘函〔2019〕19号的检查：单项否决和扣分的各项。

    从网站文件算得出的给结论，算不出的写明。扣分的分值各地不同，不给总分。有单项否决的，退出码为 1。
    """
    from generator.pipeline.read import check_archive
    from generator.report.inspection import inspect as run

    with Progress() as progress:
        checked = check_archive(make_build_options(config_path, as_of, None, progress))
        sheet = run(checked.archive, checked.config, checked.evidence, checked.findings)
    if form == "json":
        write_stdout(json_bytes([{**item._asdict(), "label": item.verdict.label} for item in sheet.indicators]))
    else:
        for item in sheet.indicators:
            rules = f"（{'、'.join(item.rules)}）" if item.rules else ""
            click.echo(f"{item.group}  {item.name}  [{item.threshold}]: {item.verdict.label}，{item.found}{rules}")
    print_history_gap(checked.history_gap)
    print_message(f"{sheet.as_of}：" + ("有单项否决，不合格。" if sheet.vetoed else "从网站文件看，没有单项否决。"))
    if sheet.vetoed:
        raise SystemExit(EXIT_FINDINGS)


@click.command(cls=ChineseCommand)
@config_option
@day_option
@click.option("--since", type=read_as_of, metavar="日期", help="从哪一天看起，缺省为当天")
@click.option("--days", type=whole_number(1, 366), metavar="天数", help="看几天，1 是当天")
@click.option("--ahead", type=whole_number(0, 366), default=30, metavar="天数", help="往后看几天的变化，缺省为 30")
@format_option("json")
def digest(
    config_path: Path,
    as_of: dt.datetime | None,
    since: dt.datetime | None,
    days: int | None,
    ahead: int,
    form: str,
) -> None:
    """每日读网：新发布的、改动过的、撤下的、状态变化的、快到期和超过期限的。

    改动和撤下从 git 历史看，没有历史的不列。
    """
    if since and days:
        raise GongkaiError("--since 和 --days 只能写一个", "去掉其中一个")
    with Progress() as progress:
        options = make_build_options(config_path, as_of, None, progress)
        first = since.date() if since else options.as_of.day - dt.timedelta(days=(days or 1) - 1)
        if first > options.as_of.day:
            raise GongkaiError(f"--since 的 {first} 在 {options.as_of.day} 以后", "写以前的日期，或改 --as-of")
        digest_data, gap = _digest(options, first, ahead)
    if form == "json":
        rows = {name: getattr(digest_data, name) for name in digest_data._fields if name not in {"since", "as_of"}}
        entries = {name: None if part is None else [item._asdict() for item in part] for name, part in rows.items()}
        write_stdout(json_bytes({"since": str(digest_data.since), "as_of": str(digest_data.as_of), **entries}))
    else:
        _print(digest_data)
    print_history_gap(gap)


def _digest(options: Any, since: dt.date, ahead: int) -> tuple[Any, str]:
    from generator.graph.status_changes import StatusForecast
    from generator.pipeline.read import check_archive
    from generator.report.digest import make_digest

    checked = check_archive(options)
    archive = checked.archive
    forecast = StatusForecast(archive, announced_only=False)
    changes = [
        (text, change)
        for document in archive.documents
        if archive.is_public(document)
        for text, status_changes in (
            (document, forecast.status_changes(document)),
            *zip(document.parts, forecast.part_status_changes(document), strict=True),
        )
        for change in status_changes
    ]
    return make_digest(
        archive, checked.evidence, checked.findings, changes, since=since, ahead_days=ahead
    ), checked.history_gap


def _print(digest_data: Any) -> None:
    span = (
        f"{digest_data.since} 至 {digest_data.as_of}"
        if digest_data.since != digest_data.as_of
        else str(digest_data.as_of)
    )
    click.echo(f"每日读网　{span}")
    for heading, entries in digest_data.sections.items():
        if entries is None:
            continue
        click.echo(f"\n{heading}　{len(entries)} 项")
        for entry in entries:
            day = f"{entry.day} " if entry.day else ""
            note = f"（{entry.note}）" if entry.note else ""
            place = entry.path if entry.day else f"{entry.path}:{entry.line}"
            click.echo(f"    {day}{entry.title}{note}  {place}")
