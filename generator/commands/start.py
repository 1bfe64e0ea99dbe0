"""``gongkai new`` and ``gongkai init``: files to begin with."""

import sys
from pathlib import Path

import click

from generator.commands.shared import config_option, today
from generator.terminal import ChineseCommand, say


@click.command(cls=ChineseCommand)
@click.argument("kind", metavar="类型")
@click.argument("document_id", metavar="[编号]", required=False)
@click.option("--title", metavar="标题", default="", help="标题")
@config_option
def new(kind: str, document_id: str | None, title: str, config_path: Path) -> None:
    """新建一个待填写的源文件，如 gongkai new policy rsf-2026-5。

    类型写 policy（政策文件）、interpretation（政策解读）等；编号就是文件名和网址，不写则自动编一个。
    """
    from generator.authoring.new import kind_of, new_document
    from generator.config import load_config

    load_config(config_path)
    click.echo(new_document(config_path.parent, kind_of(kind), document_id, title, today()))


@click.command(cls=ChineseCommand)
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
