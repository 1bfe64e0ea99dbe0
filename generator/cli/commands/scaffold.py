"""``gongkai new``, ``gongkai init`` and ``gongkai import``: create source files and sites."""

import shlex
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.options import EXIT_FINDINGS, EXIT_UNUSABLE, config_option, today
from generator.cli.terminal import ChineseCommand, finding_text, print_error, print_message
from generator.domain.problems import GongkaiError, reason_of

if TYPE_CHECKING:
    from generator.authoring.importing.import_file import ImportOptions
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
    新文件是草稿：不会发布，gongkai serve 能看到；填好以后删去“草稿”（draft）这一行，就会发布。
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.new import kind_of, new_document
    from generator.config.load import load_config

    config = load_config(config_path)
    given = parse_field_options(fields)
    kind_asked = kind_of(kind, config.column_tree)
    click.echo(new_document(config_path.parent, kind_asked, document_id, title, today(), given, prefixes=config.ids))
    print_message("这是草稿，不会发布；gongkai serve 能看到。填好以后删去“草稿”（draft）这一行，就会发布。")


@click.command(cls=ChineseCommand)
@click.argument("folder", metavar="目录", type=click.Path(path_type=Path))
@click.option("--title", metavar="名称", help="网站名称，缺省为 政府信息公开")
@click.option("--agency", metavar="机构", help="机构全称")
@click.option("--url", "base_url", metavar="网址", help="网站的网址，如 https://rsj.example.gov.cn/zwgk/")
@click.option("--ci", metavar="平台", help="再写团队用的文件：github、gitlab、gitea、gitee 之一")
def init(folder: Path, title: str | None, agency: str | None, base_url: str | None, ci: str | None) -> None:
    """新建一个最小的网站。

    目录里写好配置文件、各类信息的文件夹和一份公开指南；在终端里运行时，没有写的逐项问。

    加 --ci 的，再写提交前的检查、持续集成、发布和服务器的配置。已有网站的目录，只补上这些文件，已有的文件都不动。
    """
    from generator.authoring.init import new_site
    from generator.authoring.team.team_files import code_host_of

    given = {"title": title, "agency": agency, "base_url": base_url}
    answers = {key: value for key, value in given.items() if value is not None}
    code_host = code_host_of(ci) if ci is not None else None
    is_new = not (folder / "site_config.yaml").exists()
    if sys.stdin.isatty() and is_new:
        answers |= _asked(answers)
        code_host = code_host or _asked_code_host()
    done = new_site(folder, answers, code_host)
    for place in done.written:
        click.echo(place)
    for place in done.kept:
        print_message(f"{place} 已经有了，没有改动。")
    if done.outer_repository:
        print_message(
            f"注意：{folder} 在另一个 git 仓库 {done.outer_repository} 里面，会成为它的一部分，历史、检查都算它的。"
            "\n    改法: 把网站移到那个仓库外面"
        )
    for line in _next_steps(folder, is_new=is_new, is_team=bool(code_host)):
        print_message(line)


def _asked(answers: Mapping[str, str]) -> dict[str, str]:
    """Ask for the settings that are not given, each until its answer is right."""
    from generator.authoring.init import QUESTIONS, checked_answer

    asked = {}
    for key, question in QUESTIONS.items():
        while key not in answers and key not in asked:
            default = None if question.is_required else question.default
            value = click.prompt(question.label, default=default, err=True)
            try:
                asked[key] = checked_answer(key, value)
            except GongkaiError as error:
                print_error(error)
    return asked


def _asked_code_host() -> Any:
    from generator.authoring.team.team_files import CodeHost, code_host_of

    label = f"团队用的文件给哪个代码平台（{'、'.join(CodeHost)}；不要就按回车）"
    while name := click.prompt(label, default="", show_default=False, err=True):
        try:
            return code_host_of(name)
        except GongkaiError as error:
            print_error(error)
    return None


_OWN_PROGRAMS = (".venv/bin/gongkai", ".venv/Scripts/gongkai.exe")


def _next_steps(folder: Path, *, is_new: bool, is_team: bool) -> Iterator[str]:
    yield "下一步："
    if folder.resolve() != Path.cwd():
        yield f"    cd {shlex.quote(str(folder))}"
    if is_new:
        own = next((name for name in _OWN_PROGRAMS if (folder / name).exists()), "gongkai")
        yield f"    {f'{own} serve':<38} 预览；改了文件自动更新"
    if not (folder / ".git").exists():
        yield "    git init -b main                       用 git 记下历史"
    if is_team:
        yield "    git config core.hooksPath .githooks    每次提交以前核对"
    yield f"    git add . && git commit -m {'新建网站' if is_new else '团队用的文件'}"


@click.command("import", cls=ChineseCommand)
@click.argument("files", metavar="文件…", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--kind", metavar="类型", help="policy（政策文件）等，公示、栏目名称也行；缺省看标题，看不出的为政策文件")
@click.option("--id", "document_id", metavar="编号", help="编号，也是网址；缺省按文号和配置的 ids 编，或为文件名")
@click.option("--title", metavar="标题", default="", help="标题，缺省取自正文")
@click.option(
    "--keys", metavar="语言", type=click.Choice(["zh", "en"]), help="元数据的键用 zh（中文）或 en，缺省随网站"
)
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
    keys: str | None,
    fields: tuple[str, ...],
    selector: str,
    report: Path | None,
    is_trial: bool,
    config_path: Path,
) -> None:
    """把 Word 等文件做成一页草稿，如 gongkai import 办法.docx；也导入旧网站保存下来的网页，一页或整个文件夹。

    读 docx、odt、txt；装了 LibreOffice 的，也读 doc、wps、rtf。标题、文号、成文日期等取自正文，取不到的留着待填；
    不覆盖已有的文件。标准输出是新文件的路径。
    """
    from generator.authoring.front_matter_writer import parse_field_options
    from generator.authoring.importing.import_file import ImportOptions
    from generator.authoring.importing.saved_pages.results import PageOptions
    from generator.authoring.key_language import KeyLanguage
    from generator.authoring.new import kind_of
    from generator.config.load import load_config

    config = load_config(config_path)
    _refuse_options(files, has_name=bool(document_id or title), is_for_pages=bool(selector or report or is_trial))
    if report and report.exists():
        raise GongkaiError(f"{report} 已经存在，没有改动它", "换一个名字")
    given = parse_field_options(fields) | ({"title": title} if title else {})
    kind_word, id_text = kind or given.pop("kind", ""), document_id or given.pop("id", "")
    options = ImportOptions(
        kind_of(str(kind_word), config.column_tree) if kind_word else None,
        str(id_text) or None,
        given,
        _ask_for if sys.stdin.isatty() else None,
        KeyLanguage(keys) if keys else None,
    )
    pages = PageOptions(options.kind, options.document_id, given, selector, is_trial)
    statuses = [
        _import_saved(config_path.parent, config, file, pages, report)
        if _is_saved(file)
        else _import_one(config_path.parent, config, file, options)
        for file in files
    ]
    if EXIT_UNUSABLE in statuses:  # 1 where a part was written
        raise SystemExit(EXIT_UNUSABLE if set(statuses) == {EXIT_UNUSABLE} else EXIT_FINDINGS)
    if status := max(statuses):
        raise SystemExit(status)


def _refuse_options(files: Sequence[Path], *, has_name: bool, is_for_pages: bool) -> None:
    """Refuse options that do not go with what is imported."""
    if has_name and any(file.is_dir() for file in files):
        raise GongkaiError("导入文件夹时不能写 --id 和 --title", "一页一页导入，或导入以后再改")
    if has_name and len(files) > 1:
        raise GongkaiError("一次导入几个文件，不能写 --id 和 --title", "一个一个导入，或导入以后再改")
    if is_for_pages and not all(map(_is_saved, files)):
        raise GongkaiError("--selector、--report、--dry-run 只用于旧网站的网页和文件夹", "其他文件另外导入")


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
        print_message(not_imported(source, error.message, error.hint))
        return EXIT_UNUSABLE
    except OSError as error:
        print_message(not_imported(source, reason_of(error), "检查路径和权限"))
        return EXIT_UNUSABLE
    return print_result(source, result, report, is_trial=options.is_trial)


def _import_one(project: Path, config: "SiteConfig", file: Path, options: "ImportOptions") -> int:
    """Import one file, print what became of it, and return its exit status."""
    from generator.authoring.importing.import_file import import_file

    try:
        result = import_file(project, config, file, options, today())
    except GongkaiError as error:
        print_message(not_imported(file, error.message, error.hint))
        return EXIT_UNUSABLE
    except OSError as error:
        print_message(not_imported(file, reason_of(error), "检查磁盘空间、路径和权限"))
        return EXIT_UNUSABLE
    click.echo(result.place)
    print_message(f"{file} → {result.place}")
    for line in result.messages:
        print_message(f"    {line}")
    for finding in result.findings:
        print_message(finding_text(finding))
    return EXIT_FINDINGS if result.is_private else 0


def not_imported(file: Path, reason: str, hint: str | None) -> str:
    """Return the one line that names a file which was not imported, why, and what to do."""
    words = " ".join(reason.removeprefix(str(file)).split()).removesuffix("，没有导入")
    return f"没有导入: {file}：{words}" + (f"，改法: {hint}" if hint else "")


def _ask_for(question: str, complaint: str = "") -> str:
    """Ask a person at the terminal; ``complaint`` is what was wrong with the answer before."""
    if complaint:
        print_message(f"    {complaint}")
    answer: str = click.prompt(f"{question}，不知道就按回车", default="", show_default=False, err=True)
    return answer
