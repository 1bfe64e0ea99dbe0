"""``gongkai fleet``: build, check and audit all sites of a platform together."""

import datetime as dt
import hashlib
import platform
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.options import (
    EXIT_FINDINGS,
    EXIT_UNUSABLE,
    cache_path,
    core_count,
    day_option,
    exit_for_findings,
    fail_on_option,
    format_option,
    is_failing,
    jobs_option,
    now,
    output_option,
)
from generator.cli.terminal import (
    ChineseCommand,
    Progress,
    count_text,
    finding_text,
    print_error,
    print_message,
    write_stdout,
)
from generator.domain.problems import Finding, GongkaiError
from generator.support.json_text import json_bytes

_ACTIONS = ("build", "check", "audit")
_REPORTS = Path("reports")


@click.command(cls=ChineseCommand)
@click.argument("sites_file", metavar="SITES.yaml", type=click.Path(path_type=Path))
@click.argument("action", metavar="[build|check|audit]", type=click.Choice(_ACTIONS), default="build")
@output_option(None, "汇总放在哪里：build 写 summary.json、summary.html，check 写 findings.json，audit 缺省为 reports")
@click.option(
    "--executor",
    "place",
    default="local",
    metavar="local|dask://主机:端口",
    help="在哪里做：本机的进程（缺省），或 Dask 集群",
)
@click.option(
    "--storage",
    default="",
    metavar="地址",
    help="工作节点看不到网站的文件夹时，网站经这个对象存储来回传送（fsspec 的地址，如 s3://桶/文件夹）",
)
@day_option
@jobs_option
@click.option("--clean", is_flag=True, help="不用缓存，全部重新生成")
@click.option("--no-search", is_flag=True, help="不建立全文检索索引")
@format_option("json")
@fail_on_option("error", "blocking", "warning", "never")
def fleet(
    sites_file: Path,
    action: str,
    output: Path | None,
    place: str,
    storage: str,
    as_of: dt.datetime | None,
    jobs: int | None,
    form: str,
    fail_on: str,
    *,
    clean: bool,
    no_search: bool,
) -> None:
    """一个平台的多个网站：一起生成、核对、审计。

    SITES.yaml 列出网站（文件夹，或 git 仓库的一个版本）、共用的设置和输出目录；只生成有变化的网站。
    """
    from generator.domain.model import AsOf
    from generator.fleet.fleet import FleetOptions
    from generator.fleet.plan import load_plan
    from generator.fleet.register import Register
    from generator.fleet.run import REGISTER, open_fleet
    from generator.pipeline.options import Search

    began = time.monotonic()
    plan = load_plan(sites_file)
    jobs = jobs or core_count()
    cache = cache_path(plan.file).parent
    with (
        Progress() as progress,
        _executor(place, storage, cache, jobs) as executor,
        Register(cache / REGISTER) as register,
    ):
        options = FleetOptions(
            plan=plan,
            cache=cache,
            cache_of=cache_path,
            as_of=AsOf.at(as_of or now()),
            jobs=jobs,
            executor=executor,
            progress=progress,
            search=Search.NONE if no_search else Search.CURRENT,
            clean=clean,
        )
        opened = open_fleet(options, register)
        if action == "build":
            rows = _build(opened)
        else:
            outcomes = _outcomes(opened, action)
    if action == "build":
        _report_build(rows, output, options.as_of.day.isoformat(), time.monotonic() - began)
    elif action == "check":
        _report_check(outcomes, output, form, fail_on)
    else:
        _report_audit(outcomes, output or _REPORTS, options, fail_on)


def _executor(place: str, storage: str, cache: Path, jobs: int) -> Any:
    """Return the executor as a context.

    Raises ``GongkaiError`` for an address that is none, or where the cluster or the store cannot be used.
    """
    import contextlib

    from generator.fleet.executor import LocalExecutor

    if storage and place == "local":
        raise GongkaiError("--storage 只在 --executor dask://… 时有用", "本机的进程直接读写文件夹，去掉 --storage")
    if place == "local":
        return contextlib.nullcontext(LocalExecutor(jobs))
    if place.startswith("dask://"):
        from generator.fleet.dask_executor import open_dask

        owner = hashlib.blake2b(f"{platform.node()}:{cache}".encode(), digest_size=8).hexdigest()
        return open_dask(place.removeprefix("dask://"), storage=storage, owner=owner)
    raise GongkaiError(f"没有执行方式“{place[:60]}”", "写 local，或 dask://主机:端口")


def _build(opened: Any) -> tuple[Any, ...]:
    from generator.fleet.run import build_fleet

    rows: tuple[Any, ...] = build_fleet(opened)
    return rows


def _outcomes(opened: Any, action: str) -> Mapping[str, Any]:
    from generator.fleet.run import run_job
    from generator.fleet.tasks import Job

    stages = {"check": "核对各网站", "audit": "审计各网站"}
    outcomes: Mapping[str, Any] = run_job(opened, Job(action), stages[action])
    return outcomes


def _report_build(rows: Sequence[Any], output: Path | None, as_of: str, seconds: float) -> None:
    from generator.fleet.summary import HEADINGS, Exit, ended, sentence_of, summary_files
    from generator.report.output_folder import write_files

    for row in rows:
        if row.error:
            print_error(GongkaiError(row.error, row.hint), site=row.site)
        elif row.hint:
            print_message(f"{row.site}: {row.hint}")
        for finding in row.blocking:
            print_message(f"{row.site}: {finding_text(finding)}")
    for line in _table(HEADINGS, [row.cells for row in rows]):
        print_message(line)
    print_message(sentence_of(rows, seconds))
    if output:
        for path in write_files(output, summary_files(rows, as_of=as_of, seconds=seconds), must_be_new=False):
            click.echo(path)
    result = ended(rows)
    if result is not Exit.CLEAN:
        raise SystemExit(EXIT_UNUSABLE if result is Exit.UNUSABLE else EXIT_FINDINGS)


def _report_check(outcomes: Mapping[str, Any], output: Path | None, form: str, fail_on: str) -> None:
    from generator.pipeline.options import count_by_severity
    from generator.report.output_folder import write_files

    everything: list[Finding] = []
    records: list[dict[str, Any]] = []
    for site, outcome in outcomes.items():
        for finding in sorted(outcome.findings):
            everything.append(finding)
            records.append({"site": site, **finding.as_dict()})
            if form == "text":
                print_message(f"{site}: {finding_text(finding)}")
    failed = _print_failures(outcomes)
    if form == "json":
        write_stdout(json_bytes(records))
    if output:
        for path in write_files(output, {"findings.json": json_bytes(records)}, must_be_new=False):
            print_message(str(path))
    counts = count_text(count_by_severity(everything)) or "没有发现问题"
    print_message(f"共 {len(outcomes)} 个网站，{counts}{f'；读不了的 {failed} 个' if failed else ''}。")
    if failed:
        raise SystemExit(EXIT_UNUSABLE)
    exit_for_findings(everything, is_failing(fail_on))


def _report_audit(outcomes: Mapping[str, Any], output: Path, options: Any, fail_on: str) -> None:
    from generator.fleet.audit import audit_files, audit_of, sentence_of
    from generator.report.output_folder import check_folder, write_files

    for site, outcome in outcomes.items():
        if not outcome.error:
            check_folder(output, options.plan.output / site)
    failed = _print_failures(outcomes)
    audit = audit_of(outcomes.values(), as_of=options.as_of.day.isoformat())
    for path in write_files(output, audit_files(audit), must_be_new=False):
        click.echo(path)
    print_message(sentence_of(audit))
    if failed:
        raise SystemExit(EXIT_UNUSABLE)
    exit_for_findings((finding for one in outcomes.values() for finding in one.findings), is_failing(fail_on))


def _print_failures(outcomes: Mapping[str, Any]) -> int:
    failed = [outcome for outcome in outcomes.values() if outcome.error]
    for outcome in failed:
        print_error(GongkaiError(outcome.error, outcome.hint), site=outcome.site)
    return len(failed)


def _table(headings: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    """Return rows as lines of equal columns; a Chinese character is as wide as two letters."""
    from rich.cells import cell_len

    everything = [headings, *rows]
    widths = [max(cell_len(row[place]) for row in everything) for place in range(len(headings))]
    return [
        "  ".join(_filled(cell, width) for cell, width in zip(row, widths, strict=True)).rstrip() for row in everything
    ]


def _filled(cell: str, width: int) -> str:
    from rich.cells import cell_len

    blanks = " " * (width - cell_len(cell))
    return blanks + cell if cell[:1].isdigit() and cell.replace(".", "").isdigit() else cell + blanks
