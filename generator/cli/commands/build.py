"""``gongkai build``: the whole site, and what a person is told of it."""

import datetime as dt
import sys
from pathlib import Path

import click

from generator.cli.options import (
    EXIT_FINDINGS,
    config_option,
    day_option,
    jobs_option,
    make_build_options,
    output_option,
    print_history_gap,
    print_versions_gap,
)
from generator.cli.terminal import ChineseCommand, Progress, count_text, finding_text, print_message, write_stdout


@click.command(cls=ChineseCommand)
@config_option
@output_option("public", "输出目录，缺省为 public")
@day_option
@jobs_option
@click.option("--clean", is_flag=True, help="不用缓存，全部重新生成")
@click.option("--no-search", is_flag=True, help="不建立全文检索索引")
@click.option("--timings", is_flag=True, help="最后列出每个阶段用了多少秒、多少内存")
def build(
    config_path: Path,
    output: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
    clean: bool,
    no_search: bool,
    timings: bool,
) -> None:
    """生成整个网站和检索索引。"""
    from generator.pipeline.build import build as run
    from generator.pipeline.options import Search
    from generator.support.timings import Timings

    with Progress() as progress:
        stages = Timings(progress)
        built = run(
            make_build_options(config_path, as_of, jobs, stages),
            output,
            clean=clean,
            search=Search.NONE if no_search else Search.CURRENT,
        )
    if timings:
        for line in stages.lines():
            print_message(line)
    print_history_gap(built.history_gap)
    if built.blocking:
        for finding in built.blocking:
            print_message(finding_text(finding))
        print_message(
            f"没有生成：有 {len(built.blocking)} 项必须先改正，原来的网站没有动。"
            + (f"另有{count_text(built.other_counts)}。" if built.other_counts else "")
        )
        raise SystemExit(EXIT_FINDINGS)
    kept = (f"，不公开 {built.hidden} 件" if built.hidden else "") + (
        f"，未到发布日期 {built.waiting} 件" if built.waiting else ""
    )
    print_versions_gap(built.versions_gap)
    print_message(f"已生成 {output}：公开 {built.documents} 件{kept}，共 {built.files} 个文件。")
    if built.other_counts:
        print_message(f"另有{count_text(built.other_counts)}，不影响发布；用 gongkai check 查看。")
    print_message(f"网站封签：{built.seal}（记在服务器以外，核对时用 gongkai verify --seal）")
    if not sys.stdout.isatty():
        write_stdout(f"{built.seal}\n".encode())
