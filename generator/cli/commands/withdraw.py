"""``gongkai withdraw``: take a published document off the site at once."""

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from generator.cli.options import config_option, make_build_options, today
from generator.cli.terminal import ChineseCommand, Progress, finding_text, print_message, read_as_of

_MOST_LISTED = 30


@click.command(cls=ChineseCommand)
@click.argument("reference", metavar="文件")
@click.option("--reason", metavar="理由", required=True, help="会公开在原来的网址上的理由，如“附件含有个人信息”")
@click.option("--on", "day", type=read_as_of, metavar="日期", help="从哪一天起撤下，缺省为今天（北京时间）")
@config_option
def withdraw(reference: str, reason: str, day: dt.datetime | None, config_path: Path) -> None:
    """把已经发布的一份文件从网站上撤下，如 gongkai withdraw rsf-2026-5 --reason 误发。

    文件写编号、索引号、文号、网址或者源文件的路径。只在那个源文件里写一行 withdrawn（撤下），别的文件指向它也不用改；
    随后 gongkai build，原来的网址只说明已撤下、哪一天、为什么。删去那一行就恢复。
    """
    from generator.authoring.withdraw import check_withdrawal, document_to_withdraw, write_withdrawal
    from generator.domain.model import AsOf, Withdrawal
    from generator.pipeline.read import read_archive

    with Progress() as progress:
        options = make_build_options(config_path, None, None, progress)
        read = read_archive(options, (), with_history=False, with_texts=False)
    archive = read.archive
    project = options.project
    drafts = {page.id: page.path for page in read.drafts.pages}
    folders, base_url = (project, Path(), project / "content"), read.config.site.base_url
    document = document_to_withdraw(archive, reference, folders, drafts, base_url)
    withdrawal = Withdrawal(day.date() if day else today(), check_withdrawal(archive, document, reason))
    before = document.withdrawal
    if before == withdrawal:
        print_message(f"{document.path} 已经写着 {before.on} 起撤下（{before.reason}），没有改动。")
    else:
        write_withdrawal(project, document, withdrawal)
        changed = f"，原来写的是 {before.on}（{before.reason}）" if before else ""
        print_message(f"已写入 {document.path}：{withdrawal.on} 起撤下，理由“{withdrawal.reason}”{changed}。")
    click.echo(document.path)
    latest = max(withdrawal.on, options.as_of.day)
    if latest != options.as_of.day:
        options = replace(options, as_of=AsOf(latest))
    _print_consequences(options, document, withdrawal)


def _print_consequences(options: Any, document: Any, withdrawal: Any) -> None:
    """Print who names the document, what still stops a build, and what to do next."""
    from generator.pipeline.read import check_archive

    with Progress() as progress:
        checked = check_archive(replace(options, progress=progress), with_history=False)
    naming = [one for one in checked.findings if one.rule == "V011" and document.path in one.message]
    if naming:
        print_message("这些文件写着它或者指向它；网页上的链接和关联会自动去掉，正文里的字不会：")
        for finding in naming[:_MOST_LISTED]:
            print_message(f"    {finding.path}:{finding.line}: {finding.message}")
        if len(naming) > _MOST_LISTED:
            print_message(f"    另有 {len(naming) - _MOST_LISTED} 处，用 gongkai check --select V011 列出")
    if blocking := checked.blocking:
        print_message(f"注意：还有 {len(blocking)} 项会挡住生成，和撤下无关，先改正：")
        for finding in blocking:
            print_message(finding_text(finding))
    if withdrawal.on > options.as_of.day:
        print_message(f"{withdrawal.on} 以前照常显示；到那一天要再生成一次（gongkai next 会给出这一天）。")
    print_message(
        "下一步：\n"
        "  1. 运行 gongkai build，把输出的文件夹整个同步到服务器（rsync 要加 --delete）。\n"
        f"  2. 清除 CDN 和反向代理里 {document.address} 和它下面文件的缓存，用手机打开原来的网址核对。\n"
        "  3. 向搜索引擎提交删除（百度搜索资源平台的死链提交、快照更新等），请转载的网站和公众号删去副本。\n"
        "  4. 提交到 git；旧内容还在 git 历史里，仓库对外公开的，见手册“紧急撤稿”。\n"
        "恢复：删去源文件里的 withdrawn（撤下）这一行，再生成。"
    )
