"""``gongkai new``, ``gongkai init`` and ``gongkai import``: create source files and sites."""

import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.options import EXIT_FINDINGS, EXIT_UNUSABLE, config_option, today
from generator.cli.terminal import ChineseCommand, finding_text, print_error, print_message
from generator.domain.problems import GongkaiError, reason_of

if TYPE_CHECKING:
    from generator.authoring.importing.saved_pages.results import PageOptions
    from generator.config.load import SiteConfig

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
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.new import kind_of, new_document
    from generator.config.load import load_config

    load_config(config_path)
    given = parse_field_options(fields)
    click.echo(new_document(config_path.parent, kind_of(kind), document_id, title, today(), given))


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
@click.option("--selector", metavar="选择器", default="", help="旧网页正文的容器，CSS 选择器，如 '#zoom'；缺省自动找")
@click.option(
    "--report", metavar="文件", type=click.Path(path_type=Path), help="旧网页：逐页的结果和不认识的信息项，写成 CSV 表"
)
@click.option("--dry-run", "is_trial", is_flag=True, help="旧网页：试一遍，什么也不写")
@config_option
def import_files(
    files: tuple[Path, ...],
    kind: str | None,
    document_id: str | None,
    title: str,
    fields: tuple[str, ...],
    selector: str,
    report: Path | None,
    is_trial: bool,
    config_path: Path,
) -> None:
    """把 Word 文件（docx）做成一页，如 gongkai import 办法.docx；也导入旧网站保存下来的网页，一页或整个文件夹。

    标题、文号、成文日期等取自正文，取不到的留着待填；不覆盖已有的文件。标准输出是新文件的路径。
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.importing.import_file import ImportOptions, import_word
    from generator.authoring.importing.saved_pages.results import PageOptions
    from generator.authoring.new import kind_of
    from generator.config.load import load_config

    config = load_config(config_path)
    _refuse_options(files, has_name=bool(document_id or title), is_for_pages=bool(selector or report or is_trial))
    if report and report.exists():
        raise GongkaiError(f"{report} 已经存在，没有改动它", "换一个名字")
    ask = _ask_for if sys.stdin.isatty() else None
    given = parse_field_options(fields) | ({"title": title} if title else {})
    kind_word, id_text = kind or given.pop("kind", ""), document_id or given.pop("id", "")
    options = ImportOptions(kind_of(str(kind_word)) if kind_word else None, str(id_text) or None, given, ask)
    status = 0
    for file in files:
        if _is_saved(file):
            pages = PageOptions(options.kind, options.document_id, given, selector, is_trial)
            status = max(status, _import_saved(config_path.parent, config, file, pages, report))
            continue
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


def _refuse_options(files: Sequence[Path], *, has_name: bool, is_for_pages: bool) -> None:
    """Refuse options that do not go with what is imported."""
    if has_name and any(file.is_dir() for file in files):
        raise GongkaiError("导入文件夹时不能写 --id 和 --title", "一页一页导入，或导入以后再改")
    if has_name and len(files) > 1:
        raise GongkaiError("一次导入几个文件，不能写 --id 和 --title", "一个一个导入，或导入以后再改")
    if is_for_pages and not all(map(_is_saved, files)):
        raise GongkaiError("--selector、--report、--dry-run 只用于旧网站的网页和文件夹", "Word 文件另外导入")


def _is_saved(file: Path) -> bool:
    """Whether a file is a saved page by its name, or a folder of them."""
    from generator.authoring.importing.saved_pages.addresses import is_page

    return file.is_dir() or is_page(file.name)


def _import_saved(
    project: Path, config: "SiteConfig", source: Path, options: "PageOptions", report: Path | None
) -> int:
    """Import saved pages and print the result; return the exit status."""
    from generator.authoring.importing.saved_pages.import_pages import import_pages
    from generator.cli.commands.saved_pages import print_result

    try:
        result = import_pages(project, config, source, options, today())
    except GongkaiError as error:
        print_error(error)
        return EXIT_UNUSABLE
    except OSError as error:
        print_error(GongkaiError(f"{source} 没有导入：{reason_of(error)}", "检查路径和权限"))
        return EXIT_UNUSABLE
    return print_result(source, result, report, is_trial=options.is_trial)


def _ask_for(label: str) -> str:
    answer: str = click.prompt(f"{label}（不知道就按回车）", default="", show_default=False, err=True)
    return answer
