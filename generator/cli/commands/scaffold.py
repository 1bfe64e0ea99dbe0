"""``gongkai new``, ``gongkai init`` and ``gongkai import``: create source files and sites."""

import sys
from pathlib import Path

import click

from generator.cli.options import EXIT_FINDINGS, EXIT_UNUSABLE, config_option, today
from generator.cli.terminal import ChineseCommand, finding_text, print_error, print_message
from generator.domain.problems import GongkaiError, reason_of

_field_option = click.option(
    "--field", "fields", multiple=True, metavar="字段=值", help="填一个字段，如 公开属性=主动公开；写几次就是几项"
)


@click.command(cls=ChineseCommand)
@click.argument("kind", metavar="类型")
@click.argument("document_id", metavar="[编号]", required=False)
@click.option("--title", metavar="标题", default="", help="标题")
@_field_option
@config_option
def new(kind: str, document_id: str | None, title: str, fields: tuple[str, ...], config_path: Path) -> None:
    """新建一个待填写的源文件，如 gongkai new policy rsf-2026-5。

    类型写 policy（政策文件）、interpretation（政策解读）等；编号就是文件名和网址，不写则自动编一个。
    新文件是草稿：不会发布，gongkai serve 能看到；填好以后删去 draft: true 这一行，就会发布。
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.new import kind_of, new_document
    from generator.config.load import load_config

    load_config(config_path)
    given = parse_field_options(fields)
    click.echo(new_document(config_path.parent, kind_of(kind), document_id, title, today(), given))
    print_message("这是草稿，不会发布；gongkai serve 能看到。填好以后删去 draft: true 这一行，就会发布。")


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
    print_message(f"下一步：cd {folder}，改好 site_config.yaml，运行 gongkai build。")


@click.command("import", cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", metavar="类型", help="policy（政策文件）等，缺省看标题，看不出的为政策文件")
@click.option("--id", "document_id", metavar="编号", help="编号，也是网址；缺省为文件名，或按文号编")
@click.option("--title", metavar="标题", default="", help="标题，缺省取自正文")
@_field_option
@config_option
def import_files(
    files: tuple[Path, ...],
    kind: str | None,
    document_id: str | None,
    title: str,
    fields: tuple[str, ...],
    config_path: Path,
) -> None:
    """把 Word 文件（docx）做成一页，如 gongkai import 办法.docx。

    标题、文号、成文日期等取自正文，取不到的留着待填；不覆盖已有的文件。标准输出是新文件的路径。
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.importing.import_file import ImportOptions, import_word
    from generator.authoring.new import kind_of
    from generator.config.load import load_config

    config = load_config(config_path)
    if len(files) > 1 and (document_id or title):
        raise GongkaiError("一次导入几个文件，不能写 --id 和 --title", "一个一个导入，或导入以后再改")
    ask = _ask_for if sys.stdin.isatty() else None
    given = parse_field_options(fields) | ({"title": title} if title else {})
    kind_word, id_text = kind or given.pop("kind", ""), document_id or given.pop("id", "")
    options = ImportOptions(kind_of(str(kind_word)) if kind_word else None, str(id_text) or None, given, ask)
    status = 0
    for file in files:
        try:
            done = import_word(config_path.parent, config, file, options, today())
        except GongkaiError as error:
            print_error(error)
            status = EXIT_UNUSABLE
            continue
        except OSError as error:
            print_error(GongkaiError(f"{file} 没有导入：{reason_of(error)}", "检查磁盘空间、路径和权限"))
            status = EXIT_UNUSABLE
            continue
        click.echo(done.place)
        print_message(f"{file} → {done.place}")
        for line in done.messages:
            print_message(f"    {line}")
        for finding in done.findings:
            print_message(finding_text(finding))
        status = max(status, EXIT_FINDINGS) if done.is_private else status
    if status:
        raise SystemExit(status)


def _ask_for(label: str) -> str:
    answer: str = click.prompt(f"{label}（不知道就按回车）", default="", show_default=False, err=True)
    return answer
