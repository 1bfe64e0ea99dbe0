"""``gongkai fmt``: tidy source files without changing a word."""

import os
from collections.abc import Iterator
from pathlib import Path

import click

from generator.cli.options import EXIT_FINDINGS, config_option
from generator.cli.terminal import ChineseCommand, print_message
from generator.domain.problems import GongkaiError, Problem, reason_of


@click.command(cls=ChineseCommand)
@click.argument("files", metavar="[文件…]", nargs=-1, type=click.Path(path_type=Path))
@click.option("--check", is_flag=True, help="只列出要整理的文件，不改动；有要整理的，退出码是 1")
@config_option
def fmt(files: tuple[Path, ...], config_path: Path, *, check: bool) -> None:
    """整理源文件：空格、断行、标点的全角半角、字段的顺序，不改一个字。

    文件写 Markdown 文件或文件夹，如 gongkai fmt content/policies；不写就是整个 content/。
    标准输出是整理了的文件，一行一个。
    """
    from generator.authoring.formatting.format_file import UnreadableSourceError, formatted

    changed = unreadable = 0
    sources = list(_sources(files, config_path.parent))
    for path in sources:
        try:
            data = path.read_bytes()
            tidy = formatted(data)
            if tidy != data and not check:
                _replace(path, tidy)
        except UnreadableSourceError as error:
            unreadable += 1
            _print_problem(path, error.problem)
            continue
        except OSError as error:
            unreadable += 1
            _print_problem(path, Problem("", f"读写不了：{reason_of(error)}", "核对路径和权限", 0))
            continue
        if tidy != data:
            changed += 1
            click.echo(path)
    action = "要整理" if check else "整理了"
    rest = f"，{unreadable} 个读不了，没有改动" if unreadable else ""
    print_message(f"共 {len(sources)} 个文件，{action} {changed} 个{rest}。")
    if unreadable or (check and changed):
        raise SystemExit(EXIT_FINDINGS)


def _sources(files: tuple[Path, ...], project: Path) -> Iterator[Path]:
    """Yield the files to tidy, those of folders by name; without arguments those under ``content/``.

    Raises ``GongkaiError`` where there is no ``content/``.
    """
    from generator.authoring.formatting.format_file import is_source

    content = project / "content"
    if not files and not content.is_dir():
        raise GongkaiError(f"找不到文件夹 {content}", "在网站的文件夹里运行，或用 -c 指明配置文件，或写上要整理的文件")
    for place in files or (content,):
        if not place.is_dir():
            yield place
            continue
        for folder, names, entries in os.walk(place):
            names[:] = sorted(name for name in names if not name.startswith("."))
            for name in sorted(entries):
                path = Path(folder, name)
                if is_source(name) and not name.startswith((".", "~$")) and not path.is_symlink():
                    yield path


def _print_problem(path: Path, problem: Problem) -> None:
    print_message(f"{path}{f':{problem.line}' if problem.line else ''}: {problem.message}")
    print_message(f"    改法: {problem.hint}")


def _replace(path: Path, data: bytes) -> None:
    """Write a file at once, so that it is never half written; a link keeps its target."""
    target = path.resolve()
    draft = target.with_name(f".{target.name}.fmt")
    try:
        draft.write_bytes(data)
        draft.chmod(target.stat().st_mode & 0o7777)
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
