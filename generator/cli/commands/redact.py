"""``gongkai mask`` and ``gongkai clean``: prepare a text or a file for publication."""

import sys
from pathlib import Path

import click

from generator.cli.terminal import ChineseCommand, print_message, write_stdout
from generator.domain.problems import GongkaiError


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="[文件]", required=False, type=click.Path(path_type=Path))
def mask(file: Path | None) -> None:
    """遮盖一段文字里的身份证号、手机号、银行卡号等。

    结果写到标准输出，原文件不动；遮盖了什么写到标准错误。不写文件名则从标准输入读。
    """
    from generator.authoring.mask import is_text, mask_bytes

    try:
        data = file.read_bytes() if file else sys.stdin.buffer.read()
    except FileNotFoundError:
        raise GongkaiError(f"找不到文件 {file}", "核对文件名") from None
    if not is_text(data):
        raise GongkaiError(f"{file or '标准输入'} 不是文本文件", "docx、xlsx 在 Word、WPS 里改，或先另存为 csv、txt")
    text, matches = mask_bytes(data)
    write_stdout(text.encode("utf-8", "replace"))
    for line in matches:
        print_message(line)
    if not matches:
        print_message("没有发现要遮盖的内容。")


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
def clean(file: Path) -> None:
    """另存一份 docx、xlsx 或 pptx：去掉作者、修订、批注、隐藏的内容和制作时留下的其他痕迹。

    副本放在原件旁边，不覆盖已有的文件；标准输出是副本的路径。有去不掉的，逐项写明，退出状态为 1。
    """
    from generator.authoring.clean.clean_file import write_clean_copy

    place, rest = write_clean_copy(file)
    click.echo(place)
    for line in rest:
        print_message(f"还有：{line}")
    if rest:
        print_message("副本里仍有上面的内容，改好后再发布。")
        sys.exit(1)
