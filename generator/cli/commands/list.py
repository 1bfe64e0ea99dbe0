"""``gongkai list``: one line for each document of a list, for scripts and for a look at what is to do."""

import datetime as dt
from pathlib import Path
from typing import Any

import click

from generator.cli.options import config_option, day_option, make_build_options
from generator.cli.terminal import ChineseCommand, Progress, print_message, write_stdout

DRAFTS, ENDED = "drafts", "ended"
LISTS = {
    DRAFTS: "草稿，第四列是还缺的字段",
    "waiting": "写明主动公开、未到发布日期的",
    "held": "不主动公开的，第四列是属性和理由",
    "expiring": "快要到期的文件，和快要下架的公示",
    ENDED: "已废止、已失效的文件，和过了下架日期的公示",
    "unlinked": "应当解读、还没有解读的，第四列是最迟的日期",
}
_HELP = "\n".join(f"  {name:9} {text}" for name, text in LISTS.items())


@click.command(
    "list",
    cls=ChineseCommand,
    help=f"列出一类文件，一行一件，用制表符分开：路径、编号、标题、日期或理由。\n\n\b\n哪一类：\n{_HELP}",
    short_help="列出草稿、未到日期的、不公开的、快到期的、已结束的、没有解读的",
)
@click.argument("kind", metavar="哪一类", type=click.Choice(tuple(LISTS)))
@config_option
@day_option
def list_documents(kind: str, config_path: Path, as_of: dt.datetime | None) -> None:
    """Print the rows of one list."""
    with Progress() as progress:
        rows, messages = _rows(kind, make_build_options(config_path, as_of, None, progress))
    for message in messages:
        print_message(message)
    print_message(f"{LISTS[kind].partition('，第四列')[0]}：{len(rows)} 件。")
    write_stdout("".join(f"{row}\n" for row in rows).encode())


def _rows(kind: str, options: Any) -> tuple[list[str], list[str]]:
    """Return the lines of a list, and messages: what is wrong with unreadable drafts, what was withdrawn."""
    from generator.pipeline.read_sources import read_sources
    from generator.report.lists import draft_rows, line_of, rows_of
    from generator.support.database import renewing

    config, archive, drafts, _ = renewing(lambda: read_sources(options), options.cache_path)
    if kind != DRAFTS:
        withdrawn = archive.withdrawn if kind == ENDED else ()
        said = [f"另有已撤下的：{one.path}（{one.withdrawal.on}）" for one in withdrawn if one.withdrawal]
        return [line_of(row) for row in rows_of(kind, archive, config)], said
    unreadable = [(page.path, problem) for page in drafts.pages if not page.fields for problem in page.problems]
    messages = [
        f"{path}:{problem.line}: {problem.message} ({problem.rule})\n    改法: {problem.hint}"
        for path, problem in unreadable
    ]
    return [line_of(row) for row in draft_rows(drafts.pages)], messages
