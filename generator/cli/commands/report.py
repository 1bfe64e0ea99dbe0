"""``gongkai report``: write the Markdown of an annual report, to be completed."""

import datetime as dt
from dataclasses import replace
from pathlib import Path

import click

from generator.cli.options import config_option, make_build_options, today
from generator.cli.terminal import ChineseCommand, Progress, print_message, whole_number
from generator.domain.model import AsOf
from generator.domain.problems import GongkaiError

_FILE = click.Path(path_type=Path)


@click.command(cls=ChineseCommand)
@click.argument("year", metavar="年份", type=whole_number(2008, 2999))
@config_option
@click.option(
    "--requests",
    type=_FILE,
    metavar="文件",
    help="依申请公开台账（CSV 或 xlsx，不含个人信息）；缺省用配置旁边的",
)
@click.option("--disputes", type=_FILE, metavar="文件", help="复议、诉讼清单（CSV），一件一行")
@click.option("--figures", type=_FILE, metavar="文件", help="许可、处罚、强制、收费的数（CSV）")
def report(year: int, config_path: Path, requests: Path | None, disputes: Path | None, figures: Path | None) -> None:
    """写出某一年的政府信息公开工作年度报告（六章四表），待补充。

    表二的规章、规范性文件按网站上的文件统计，表三、表四按登记表统计；说不准的留着【待填】。已有的报告不覆盖。
    """
    from generator.audit.facts.annual_reports import due_day
    from generator.authoring.annual_report.register import (
        own_requests,
        read_disputes,
        read_figures,
        read_requests,
    )
    from generator.authoring.annual_report.tables import Registers, inventory_mismatches, inventory_of, new_report
    from generator.pipeline.read import check_archive

    day = min(dt.date(year, 12, 31), today())
    if day.year < year:
        raise GongkaiError(f"{year} 年还没有到", "写已经开始的年份")
    given = read_requests(requests, year) if requests else None
    registers = Registers(
        given,
        read_disputes(disputes) if disputes else None,
        read_figures(figures) if figures else None,
    )
    with Progress() as progress:
        options = make_build_options(config_path, dt.datetime.combine(day, dt.time(23, 59)), None, progress)
        earlier = dt.date(year - 1, 12, 31)
        now = check_archive(options, (), with_history=False)
        before = check_archive(replace(options, as_of=AsOf(earlier)), (), with_history=False)
    agency = now.config.site.agency
    if given is None and now.config.request_register.path:
        registers = registers._replace(requests=own_requests(now.config.request_register, year))
    stock = inventory_of(now.archive, before.archive, agency, year)
    activities = now.config.registers.activities
    due = due_day(year, now.config)
    click.echo(new_report(options.project, agency, now.archive, stock, registers, activities, due=due))
    for doc_type, row in stock.items():
        made, ended, left = map(len, row)
        print_message(f"{doc_type.label}：本年制发 {made} 件，本年废止 {ended} 件，现行有效 {left} 件。")
        for label, documents in (("制发", row.made), ("废止", row.ended)):
            for document in documents:
                print_message(f"    {label}：{document.doc_number or document.title}（{document.path}）")
    for line in inventory_mismatches(stock, now.archive, year):
        print_message(f"注意: {line}。核对后再填。")
    if day < dt.date(year, 12, 31):
        print_message(f"注意: {year} 年还没有结束，只统计到 {day}。")
    print_message("下一步：补上【待填】的内容，写公开属性和发布日期，删去“草稿”这一行，再运行 gongkai check。")
