"""The ``gongkai`` command: arguments, printing, exit status. Only here are the clock and the environment read."""

import datetime as dt
import gc
import hashlib
import os
import signal
import sqlite3
import sys
import tempfile
from pathlib import Path
from typing import Any, NoReturn

import click

from generator import __version__
from generator.cli_audit import register, say_gap
from generator.cli_check import EXIT_FINDINGS, register_check
from generator.cli_life import register as register_life
from generator.cli_privacy import clean, mask
from generator.cli_verify import register_verify
from generator.problems import GongkaiError
from generator.terminal import (
    AsOf,
    ChineseCommand,
    ChineseGroup,
    Progress,
    Whole,
    counted,
    explain_usage,
    finding_text,
    say,
    say_error,
)

EXIT_UNUSABLE, EXIT_INTERRUPTED = 2, 130
_SHANGHAI = dt.timezone(dt.timedelta(hours=8))  # Asia/Shanghai has had no other offset since 1991


def now() -> dt.datetime:
    """Return the minute in Asia/Shanghai; ``SOURCE_DATE_EPOCH`` is honoured."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    moment = dt.datetime.now(_SHANGHAI)
    if epoch:
        try:
            moment = dt.datetime.fromtimestamp(int(epoch), _SHANGHAI)
        except (ValueError, OverflowError, OSError):
            raise GongkaiError(f"环境变量 SOURCE_DATE_EPOCH 的值“{epoch[:40]}”不是秒数", "改正或删去这个变量") from None
    return moment.replace(second=0, microsecond=0, tzinfo=None)


def today() -> dt.date:
    """Return the day in Asia/Shanghai."""
    return now().date()


def cache_path(project: Path) -> Path:
    """Return where a project's cache lies: in the user's cache folder, never in the project."""
    from platformdirs import user_cache_path

    name = hashlib.blake2b(os.fsencode(project.resolve()), digest_size=8).hexdigest()
    folder = user_cache_path("gongkai", appauthor=False) / name
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    except OSError:
        folder = Path(tempfile.gettempdir()) / f"gongkai-{os.getuid() if hasattr(os, 'getuid') else 0}" / name
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return folder / "cache.db"


def _config_option(command: Any) -> Any:
    return click.option(
        "-c",
        "--config",
        "config_path",
        type=click.Path(path_type=Path),
        metavar="文件",
        default=Path("site_config.yaml"),
        help="配置文件，缺省为 site_config.yaml",
    )(command)


def _day_option(command: Any) -> Any:
    return click.option(
        "--as-of", type=AsOf(), metavar="日期", help="按哪一天（可带时分）的状态生成，缺省为现在（北京时间）"
    )(command)


def _jobs_option(command: Any) -> Any:
    return click.option("--jobs", type=Whole(1, 256), metavar="数", help="同时用几个进程，缺省为处理器的核数")(command)


def _order(config_path: Path, as_of: dt.datetime | None, jobs: int | None, progress: Any) -> Any:
    from generator.order import Order

    moment = as_of or now()
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return Order(
        config_path=config_path,
        cache_path=cache_path(config_path.parent),
        as_of=moment.date(),
        moment=moment,
        jobs=jobs or cores,
        progress=progress,
    )


@click.group(cls=ChineseGroup, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=False)
@click.version_option(__version__, message="gongkai %(version)s", help="显示版本")
def program() -> None:
    """公开：政府信息公开专栏的静态网站生成与核查工具。"""


@program.command(cls=ChineseCommand)
@_config_option
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="目录",
    default=Path("public"),
    help="输出目录，缺省为 public",
)
@_day_option
@_jobs_option
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
    from generator.rebuild import build as run
    from generator.timings import Timings

    with Progress() as progress:
        stages = Timings(progress)
        built = run(_order(config_path, as_of, jobs, stages), output, clean=clean, with_search=not no_search)
    if timings:
        for line in stages.lines():
            say(line)
    if built.blocking:
        for finding in built.blocking:
            say(finding_text(finding))
        say(
            f"没有生成：有 {len(built.blocking)} 项必须先改正，原来的网站没有动。"
            + (f"另有{counted(built.others)}。" if built.others else "")
        )
        raise SystemExit(EXIT_FINDINGS)
    kept = (f"，不公开 {built.hidden} 件" if built.hidden else "") + (
        f"，未到发布日期 {built.waiting} 件" if built.waiting else ""
    )
    say_gap(built.history_gap)
    say(f"已生成 {output}：公开 {built.documents} 件{kept}，共 {built.files} 个文件。")
    if built.others:
        say(f"另有{counted(built.others)}，不影响发布；用 gongkai check 查看。")


register_check(program, order=_order, options=[_config_option, _day_option, _jobs_option])


@program.command(cls=ChineseCommand)
@_config_option
@click.option("--port", type=Whole(0, 65535), metavar="端口", default=8000, help="本机端口，缺省为 8000")
@_day_option
@_jobs_option
def serve(config_path: Path, port: int, as_of: dt.datetime | None, jobs: int | None) -> None:
    """在本机预览：改了文件就重新生成，浏览器自动刷新。"""
    from generator.serve import Preview

    with Progress() as progress, tempfile.TemporaryDirectory(prefix="gongkai-serve-") as folder:

        def say_state(text: str) -> None:
            say(f"[{dt.datetime.now(_SHANGHAI):%H:%M:%S}] {text}")

        preview = Preview(
            lambda: _order(config_path, as_of, jobs, progress), Path(folder) / "site", finding_text, say_state
        )
        preview.run(port)


@program.command(cls=ChineseCommand)
@click.argument("kind", metavar="类型")
@click.argument("document_id", metavar="[编号]", required=False)
@click.option("--title", metavar="标题", default="", help="标题")
@_config_option
def new(kind: str, document_id: str | None, title: str, config_path: Path) -> None:
    """新建一个待填写的源文件，如 gongkai new policy rsf-2026-5。

    类型写 policy（政策文件）、interpretation（政策解读）等；编号就是文件名和网址，不写则自动编一个。
    """
    from generator.authoring.new import kind_of, new_document
    from generator.config import load_config

    load_config(config_path)
    click.echo(new_document(config_path.parent, kind_of(kind), document_id, title, today()))


@program.command(cls=ChineseCommand)
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
def init(folder: Path) -> None:
    """新建一个最小的网站。

    目录里写好配置文件、各类信息的文件夹和一份公开指南；已有网站的目录不动。
    """
    from generator.authoring.init import QUESTIONS, new_site

    answers = {}
    if sys.stdin.isatty():
        answers = {key: click.prompt(label, default=default, err=True) for key, (label, default) in QUESTIONS.items()}
    for place in new_site(folder, answers):
        click.echo(place)
    say(f"下一步：cd {folder}，改好 site_config.yaml，运行 gongkai build。")


for add in (register, register_life):
    add(program, order=_order, config_option=_config_option, day_option=_day_option)
program.add_command(mask)
program.add_command(clean)
register_verify(program)


def main() -> NoReturn:
    """Run the program and exit with the status of contract section 1."""
    gc.set_threshold(50_000, 50, 50)  # a build makes many values and few cycles; worker processes inherit it
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as on Ctrl-C: tidy up, the old site stays
    try:
        program.main(standalone_mode=False)
    except click.exceptions.Exit as wanted:
        raise SystemExit(wanted.exit_code) from None
    except click.exceptions.NoArgsIsHelpError as error:
        say(error.ctx.get_help())
        raise SystemExit(EXIT_UNUSABLE) from None
    except click.ClickException as error:
        say(f"用法不对: {explain_usage(error)}")
        raise SystemExit(EXIT_UNUSABLE) from None
    except GongkaiError as error:
        say_error(error)
        raise SystemExit(EXIT_UNUSABLE) from None
    except (KeyboardInterrupt, click.Abort):
        say("已中断，原来的网站没有动。")
        raise SystemExit(EXIT_INTERRUPTED) from None
    except sqlite3.Error as error:
        say(f"错误: 缓存读写失败（{error}）")
        say("    改法: 用 gongkai build --clean 重新生成；缓存目录可以随时删除")
        raise SystemExit(EXIT_UNUSABLE) from None
    except OSError as error:
        say(f"错误: {error.strerror or error}{f'：{error.filename}' if error.filename else ''}")
        say("    改法: 检查磁盘空间、路径和权限")
        raise SystemExit(EXIT_UNUSABLE) from None
    raise SystemExit(0)
