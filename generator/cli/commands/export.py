"""``gongkai export search``: the public documents for a search server, of one site or of a platform."""

import contextlib
import datetime as dt
import os
from collections.abc import Iterable, Iterator
from pathlib import Path

import click

from generator.cli.options import (
    EXIT_FINDINGS,
    EXIT_UNUSABLE,
    cache_path,
    config_option,
    core_count,
    day_option,
    jobs_option,
    make_build_options,
    now,
)
from generator.cli.terminal import ChineseCommand, Progress, finding_text, print_error, print_message
from generator.domain.problems import GongkaiError, OutputError, reason_of
from generator.support.json_text import json_bytes


@click.command(cls=ChineseCommand)
@click.argument("what", metavar="search", type=click.Choice(("search",)))
@config_option
@click.option(
    "--sites",
    "sites_file",
    metavar="SITES.yaml",
    type=click.Path(path_type=Path),
    help="导出平台的全部网站，代替 -c",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="文件",
    default=Path("search.ndjson"),
    help="写到哪个文件，缺省为 search.ndjson；旁边写索引模板 search.template.json",
)
@day_option
@jobs_option
def export(
    what: str,  # noqa: ARG001 - the only thing that can be exported
    config_path: Path,
    sites_file: Path | None,
    output: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
) -> None:
    """把公开的信息导出给检索服务器（OpenSearch、Elasticsearch）。

    写出批量导入的行（NDJSON）和索引模板；文件已经存在的，以它为上一次的导出，不再公开的写成删除。
    """
    with Progress() as progress:
        if sites_file:
            parts, failed, blocked = _of_platform(sites_file, as_of, jobs, progress)
        else:
            parts, failed, blocked = _of_site(config_path, as_of, jobs, progress)
    if not parts:
        print_message("没有导出，原来的文件没有动。")
        raise SystemExit(EXIT_UNUSABLE if failed else EXIT_FINDINGS)
    count, gone = _write(output, parts, kept=(*failed, *blocked))
    print_message(f"已导出 {output}：{count} 件，删除 {gone} 件。")
    if failed or blocked:
        print_message(f"没有导出的网站：{'、'.join((*failed, *blocked))}；它们原来的内容不删除。")
        raise SystemExit(EXIT_UNUSABLE if failed else EXIT_FINDINGS)


_Parts = tuple[list[bytes], list[str], list[str]]


def _of_site(config_path: Path, as_of: dt.datetime | None, jobs: int | None, progress: Progress) -> _Parts:
    from generator.pipeline.export import export_site

    exported = export_site(make_build_options(config_path, as_of, jobs, progress))
    for finding in exported.blocking:
        print_message(finding_text(finding))
    return ([], [], [""]) if exported.lines is None else ([exported.lines], [], [])


def _of_platform(sites_file: Path, as_of: dt.datetime | None, jobs: int | None, progress: Progress) -> _Parts:
    from generator.domain.model import AsOf
    from generator.fleet.executor import LocalExecutor
    from generator.fleet.fleet import FleetOptions
    from generator.fleet.plan import load_plan
    from generator.fleet.register import Register
    from generator.fleet.run import REGISTER, open_fleet, run_job
    from generator.fleet.tasks import Job

    plan = load_plan(sites_file)
    cache = cache_path(plan.file).parent
    jobs = jobs or core_count()
    with Register(cache / REGISTER) as register:
        options = FleetOptions(
            plan=plan,
            cache=cache,
            cache_of=cache_path,
            as_of=AsOf.at(as_of or now()),
            jobs=jobs,
            executor=LocalExecutor(jobs),
            progress=progress,
        )
        outcomes = run_job(open_fleet(options, register), Job.EXPORT, "导出各网站")
    parts: list[bytes] = []
    failed: list[str] = []
    blocked: list[str] = []
    for site, outcome in outcomes.items():
        if outcome.export is not None:
            parts.append(outcome.export)
            continue
        (failed if outcome.error else blocked).append(site)
        if outcome.error:
            print_error(GongkaiError(outcome.error, outcome.hint), site=site)
        for finding in outcome.findings:
            print_message(f"{site}: {finding_text(finding)}")
    return parts, failed, blocked


def _write(output: Path, parts: Iterable[bytes], *, kept: tuple[str, ...]) -> tuple[int, int]:
    """Write the lines and the template, all or nothing; return how many documents and deletions there are.

    The documents of the sites in ``kept`` are not deleted. Raises ``OutputError`` where a file cannot be written.
    """
    from generator.publish.data.search_export import deletions, ids_in, index_template

    template = output.with_name(f"{output.stem}.template.json")
    part = output.with_name(f".{output.name}.{os.getpid()}")
    try:
        output.parent.mkdir(parents=True, exist_ok=True)
        present: set[str] = set()
        with part.open("wb") as file:
            for lines in parts:
                file.write(lines)
                present |= ids_in(lines.splitlines(keepends=True))
            spared = tuple(f"{site}:" for site in kept)
            gone = [line for line in deletions(_lines(output), present) if not _names(line).startswith(spared)]
            file.writelines(gone)
        part.replace(output)
        template.write_bytes(json_bytes(index_template()))
    except OSError as error:
        raise OutputError(f"{output} 写不了（{reason_of(error)}）", "检查磁盘空间和权限") from None
    finally:
        part.unlink(missing_ok=True)
    return len(present), len(gone)


def _names(line: bytes) -> str:
    from generator.publish.data.search_export import ids_in

    return next(iter(ids_in([line])), "")


def _lines(path: Path) -> Iterator[bytes]:
    with contextlib.suppress(FileNotFoundError), path.open("rb") as file:
        yield from file
