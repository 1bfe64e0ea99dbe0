"""The ``gongkai`` program: its commands, and the exit status for each way in which one ends."""

import gc
import os
import signal
import sqlite3
import sys
from typing import NoReturn

import click

from generator import __version__
from generator.cli.options import EXIT_INTERRUPTED, EXIT_UNUSABLE
from generator.cli.terminal import ChineseGroup, in_chinese, print_error, print_message, speak_chinese
from generator.domain.problems import GongkaiError, reason_of

_COMMANDS = {
    name: (f"generator.cli.commands.{module}", function)
    for name, module, function in (
        ("build", "build", "build"),
        ("check", "check", "check"),
        ("verify", "verify", "verify"),
        ("serve", "serve", "serve"),
        ("new", "scaffold", "new"),
        ("init", "scaffold", "init"),
        ("import", "scaffold", "import_files"),
        ("withdraw", "withdraw", "withdraw"),
        ("fmt", "format", "fmt"),
        ("schema", "editor", "schema"),
        ("editor", "editor", "editor"),
        ("mask", "redact", "mask"),
        ("clean", "redact", "clean"),
        ("audit", "audit", "audit"),
        ("review", "audit", "review"),
        ("report", "report", "report"),
        ("next", "next", "next_day"),
        ("list", "list", "list_documents"),
        ("links", "links", "links"),
        ("fleet", "fleet", "fleet"),
        ("export", "export", "export"),
        ("inspect", "daily", "inspect"),
        ("digest", "daily", "digest"),
    )
}


@click.group(
    cls=ChineseGroup,
    places=_COMMANDS,
    context_settings={"help_option_names": ["-h", "--help"]},
    no_args_is_help=False,
    epilog="每个命令的选项：gongkai 命令 --help",
)
@click.version_option(__version__, message="gongkai %(version)s", help="显示版本")
def program() -> None:
    """公开：政府信息公开专栏的静态网站生成与核查工具。"""


def main() -> NoReturn:
    """Run the program and exit with the status of contract section 1."""
    gc.set_threshold(50_000, 50, 50)  # a build creates many objects and few cycles; worker processes inherit this
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # end as on Ctrl-C: clean up, the old site stays
    speak_chinese()
    try:
        program.main(standalone_mode=False)
    except click.exceptions.Exit as exit_request:
        raise SystemExit(exit_request.exit_code) from None
    except click.ClickException as error:
        in_chinese(error).show()
        raise SystemExit(EXIT_UNUSABLE) from None
    except GongkaiError as error:
        print_error(error)
        raise SystemExit(EXIT_UNUSABLE) from None
    except (KeyboardInterrupt, click.Abort):
        print_message("已中断，原来的网站没有动。")
        raise SystemExit(EXIT_INTERRUPTED) from None
    except sqlite3.Error as error:
        print_message(f"错误: 缓存读写失败（{error}）")
        print_message("    改法: 用 gongkai build --clean 重新生成；缓存目录可以随时删除")
        raise SystemExit(EXIT_UNUSABLE) from None
    except OSError as error:
        print_message(f"错误: {reason_of(error)}{f'：{error.filename}' if error.filename else ''}")
        print_message("    改法: 检查磁盘空间、路径和权限")
        raise SystemExit(EXIT_UNUSABLE) from None
    raise SystemExit(0)


def run() -> NoReturn:
    """Run the program and end the process at once: freeing the memory of a large site takes a twentieth of a build."""
    try:
        main()
    except SystemExit as error:
        status = error.code if isinstance(error.code, int) else EXIT_UNUSABLE
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:  # the reader of the output has gone, or the disk is full
        status = status or EXIT_UNUSABLE
    os._exit(status)
