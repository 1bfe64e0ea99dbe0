"""``gongkai editor`` and ``gongkai schema``: what editors of sources need to know about them."""

from pathlib import Path

import click

from generator.cli.options import EXIT_FINDINGS, config_option
from generator.cli.terminal import ChineseCommand, print_message, write_stdout


@click.command(cls=ChineseCommand)
@click.argument("subject", metavar="front-matter|config", type=click.Choice(("front-matter", "config")))
def schema(subject: str) -> None:
    """把字段表或配置的 JSON Schema 写到标准输出，供编辑器提示和检查。"""
    from generator.support.json_text import json_bytes

    if subject == "config":
        from generator.authoring.schema.config import config_schema as make
    else:
        from generator.authoring.schema.front_matter import front_matter_schema as make
    write_stdout(json_bytes(make()))


@click.command(cls=ChineseCommand)
@click.option(
    "--backend",
    type=click.Choice(("local", "gitlab", "gitea", "github")),
    default="local",
    help="保存到哪里：local 本机的文件夹（缺省），或 gitlab、gitea、github 上的仓库",
)
@click.option("--convert", is_flag=True, help="先把源文件里的中文字段名和取值改成编辑器认得的写法，正文和注释不动")
@config_option
def editor(backend: str, convert: bool, config_path: Path) -> None:
    """写好网页编辑器的配置，放在配置文件旁边的 admin 文件夹。

    编辑器用 Sveltia CMS 或 Decap CMS，一份配置两种都能用；不会出现在生成的网站里。Gitee 没有编辑器支持，用 local。
    """
    from generator.authoring.editor.configuration import Backend, editor_configuration, is_complete
    from generator.authoring.editor.convert import convert_sources
    from generator.authoring.editor.survey import CONVERTIBLE, obstacles
    from generator.authoring.editor.write import write_editor
    from generator.config.load import load_config
    from generator.config.settings import EDITOR_FOLDER, is_web_address

    config, project, chosen = load_config(config_path), config_path.parent, Backend(backend)
    left: tuple[Path, ...] = ()
    for place in write_editor(project, config, chosen):
        click.echo(place)
    if convert:
        converted = convert_sources(project)
        left = converted.left
        for place in converted.written:
            click.echo(place)
        for place in left:
            print_message(f"{place}: 没有改，改了意思会变；请手工改成英文字段名")
    counts = obstacles(project, editor_configuration(config, chosen, ""))
    for text, count in counts.items():
        print_message(f"注意: {count} 个文件{text}。")
    if not convert and CONVERTIBLE & counts.keys():
        print_message("    改法: 先提交到 git，再运行 gongkai editor --convert，把它们改成编辑器认得的写法。")
    if not is_complete(config, chosen):
        print_message(
            "注意: 还没有写仓库。在配置里写 editor: {repo: 单位/网站}，自己的服务器再写 server，然后重新运行。"
        )
    script = config.editor.script
    if not is_web_address(script) and not (project / EDITOR_FOLDER / script.removeprefix("./")).is_file():
        print_message(f"注意: 还没有编辑器的脚本 {EDITOR_FOLDER}/{script.removeprefix('./')}。")
        print_message(
            "    改法: 在能上网的电脑上运行 npm pack @sveltia/cms，解开以后，把 package/dist/sveltia-cms.js "
            f"放进 {EDITOR_FOLDER}/，package/locales/zh-CN.json 放进 {EDITOR_FOLDER}/locales/。"
        )
    print_message("下一步：gongkai serve，打开 http://127.0.0.1:8000/admin/。")
    if left:
        raise SystemExit(EXIT_FINDINGS)
