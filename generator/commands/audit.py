"""``gongkai audit`` and ``gongkai review``: what is written for those who check, never into the site."""

from pathlib import Path
from typing import Any

import click

from generator.commands.shared import config_option, day_option, order_of, say_gap
from generator.problems import GongkaiError
from generator.terminal import ChineseCommand, Progress, say


@click.command(cls=ChineseCommand)
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="目录",
    default=Path("reports"),
    help="报告放在哪里，缺省为 reports；不能在网站里",
)
@day_option
def audit(config_path: Path, output: Path, as_of: Any) -> None:
    """写出不公开信息的台账（ledger.csv、ledger.xlsx）。

    台账列出全部不公开的文件和附件：属性、类别、依据、理由、决定人、下次评估日期。它不随网站发布。
    """
    with Progress() as progress:
        _audit(order_of(config_path, as_of, None, progress), output)


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="目录",
    default=Path("reports"),
    help="审核表放在哪里，缺省为 reports；不能在网站里，不覆盖已有的文件",
)
def review(file: Path, config_path: Path, output: Path) -> None:
    """写出一个文件的审核表，可以打印的网页和 Word 各一份。

    按 front matter 里的 review（审核表）填写；没有填的空着，打印出来手工填。
    """
    for place in _review(file, config_path, output):
        click.echo(place)


def _audit(order: Any, output: Path) -> None:
    from generator.build import examine
    from generator.report.folder import check_folder, write_files
    from generator.report.ledger import DUE, HEADINGS, LABELS, ledger, migrated
    from generator.tables import Sheet, csv_bytes, xlsx_bytes

    check_folder(output, order.project)
    examined = examine(order, ())
    archive = examined.archive
    rows = ledger(archive, examined.config)
    due = [row for row in rows if row.due == DUE]
    legacy = migrated(archive)
    headings = [LABELS[key] for key in HEADINGS]
    widths = [6, 16, 40, 20, 22, 12, 24, 30, 40, 12, 12, 18, 12, 12, 12, 12, 12, 34]
    sheets = [
        Sheet("不公开信息台账", headings, widths, rows),
        Sheet("到期再评估", headings, widths, due),
        Sheet("历史迁移", ["编号", "标题", "发布日期", "源文件"], [16, 50, 12, 40], legacy),
    ]
    files = {"ledger.csv": csv_bytes(headings, rows), "ledger.xlsx": xlsx_bytes(sheets)}
    for place in write_files(output, files, anew=False):
        click.echo(place)
    unread = len(archive.pages) - len(archive.documents)
    say(f"台账 {len(rows)} 项，到期应再评估 {len(due)} 项" + (f"，历史迁移 {len(legacy)} 件。" if legacy else "。"))
    if unread:
        say(f"另有 {unread} 个文件读不了，没有列入；用 gongkai check 查看。")
    say_gap(examined.history_gap)


def _review(file: Path, config_path: Path, output: Path) -> list[Path]:
    from generator.build import read_one
    from generator.report.folder import check_folder, write_files
    from generator.report.review_form import files_of, view_of

    project = config_path.parent
    check_folder(output, project)
    archive, config = read_one(config_path, file)
    if not archive.documents:
        problem = archive.pages[0].problems[0]
        raise GongkaiError(f"{file}:{problem.line}: {problem.message}", problem.hint)
    document = archive.documents[0]
    form = next((problem for problem in document.page.problems if problem.field == "review"), None)
    if form:
        raise GongkaiError(f"{file}:{form.line}: {form.message}", form.hint)
    return write_files(output, files_of(document, view_of(document, archive, config)), anew=True)
