"""``gongkai build``: build the site, and print a summary of the result."""

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
        result = run(
            make_build_options(config_path, as_of, jobs, stages),
            output,
            clean=clean,
            search=Search.NONE if no_search else Search.CURRENT,
        )
    if timings:
        for line in stages.lines():
            print_message(line)
    print_history_gap(result.history_gap)
    if result.blocking:
        for finding in result.blocking:
            print_message(finding_text(finding))
        print_message(
            f"没有生成：有 {len(result.blocking)} 项必须先改正，原来的网站没有动。"
            + (f"另有{count_text(result.other_counts)}。" if result.other_counts else "")
        )
        raise SystemExit(EXIT_FINDINGS)
    not_published = (f"，不公开 {result.hidden} 件" if result.hidden else "") + (
        f"，未到发布日期 {result.waiting} 件" if result.waiting else ""
    )
    not_published += f"，草稿 {result.drafts} 份" if result.drafts else ""
    print_versions_gap(result.versions_gap)
    print_message(f"已生成 {output}：公开 {result.documents} 件{not_published}，共 {result.files} 个文件。")
    if result.web_copies:
        saved = result.saved_bytes / 1_000_000
        print_message(f"{result.web_copies} 幅大图在网页上用缩小的副本，省 {saved:.1f} MB，点开看原图。")
    if result.other_counts:
        print_message(f"另有{count_text(result.other_counts)}，不影响发布；用 gongkai check 查看。")
    print_message(f"网站封签：{result.seal}（记在服务器以外，核对时用 gongkai verify --seal）")
    if not sys.stdout.isatty():
        write_stdout(f"{result.seal}\n".encode())
