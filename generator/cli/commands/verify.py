"""``gongkai verify``: check a built site from its files alone."""

import datetime as dt
import re
from pathlib import Path

import click

from generator.cli.options import EXIT_FINDINGS, format_option
from generator.cli.terminal import ChineseCommand, print_message, read_as_of, write_stdout
from generator.domain.problems import GongkaiError
from generator.support.json_text import json_bytes

_SEAL = re.compile(r"[0-9a-fA-F]{64}")


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option(
    "--seal", metavar="封签", default="", help="生成时记下的网站封签，64 位十六进制；不是那一次生成的就是问题"
)
@click.option("--as-of", type=read_as_of, metavar="日期", help="另查到这一天为止，哪些状态变了、网站还没有跟着变")
@format_option("json")
def verify(folder: Path, seal: str, as_of: dt.datetime | None, form: str) -> None:
    """核对生成好的网站，不用源文件，不改动任何东西。

    逐个文件和清单比对，再查多出来的文件、关联、有效性、链接和标签。

    没有问题退出码为 0，有问题为 1，不是 gongkai 的网站为 2。
    """
    from generator.verify.fault import FaultKind
    from generator.verify.run import verify as run

    if seal and not _SEAL.fullmatch(seal.strip()):
        raise GongkaiError(f"“{seal[:80]}”不是网站封签", "写 gongkai build 最后一行的 64 位十六进制数")
    verified = run(folder, seal=seal.strip(), day=as_of.date() if as_of else None)
    if form == "json":
        write_stdout(json_bytes([fault._asdict() for fault in verified.faults]))
    else:
        for fault in verified.faults:
            print_message(f"{fault.path}: {fault.message} ({fault.what.value})\n    改法: {fault.hint}")
    result = f"{len(verified.faults)} 个问题" if verified.faults else "没有发现问题"
    print_message(
        f"核对了 {verified.files} 个文件、{verified.documents} 件公开信息"
        f"（{verified.as_of or '日期不明'}的网站），{result}。"
    )
    if as_of:
        turned = sum(fault.what is FaultKind.STALE for fault in verified.faults)
        said = f"有 {turned} 处和网站显示的不一样了" if turned else "没有一处状态变了"
        print_message(f"{verified.as_of or '日期不明'} 到 {as_of.date()}，{said}。")
    print_message(f"网站封签：{verified.seal or '没有清单'}")
    if verified.faults:
        raise SystemExit(EXIT_FINDINGS)
