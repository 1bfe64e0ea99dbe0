"""``gongkai audit`` and ``gongkai review``: what is written for those who check, never into the site."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.options import (
    config_option,
    day_option,
    exit_for_findings,
    fail_on_option,
    failing_severities,
    history_gap_text,
    jobs_option,
    make_build_options,
    output_option,
)
from generator.cli.terminal import ChineseCommand, Progress, count_text, print_message
from generator.domain.problems import Finding, GongkaiError
from generator.pipeline.options import BuildOptions, count_by_severity


@click.command(cls=ChineseCommand)
@config_option
@output_option("reports", "报告放在哪里，缺省为 reports；不能在网站里")
@day_option
@jobs_option
@click.option(
    "--site",
    "site_path",
    type=click.Path(path_type=Path),
    metavar="目录",
    help="生成好的网站，如 public；逐件核对文件页和解读页上的双向链接",
)
@click.option(
    "--baseline",
    type=click.Path(path_type=Path),
    metavar="文件",
    help="以前的 audit.json；报告里写明哪些是新问题，哪些改好了",
)
@fail_on_option("error", "warning", "never")
def audit(
    config_path: Path,
    output: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
    site_path: Path | None,
    baseline: Path | None,
    fail_on: str,
) -> None:
    """写出审计报告和不公开信息的台账，不随网站发布。

    report.html 看和打印，linkage.csv、linkage.xlsx 是逐件的解读关联，audit.json 给程序，ledger.csv、ledger.xlsx
    是台账。
    """
    with Progress() as progress:
        order = make_build_options(config_path, as_of, jobs, progress)
        findings = _audit(order, output, site_path, baseline)
    exit_for_findings(findings, failing_severities(fail_on))


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@config_option
@output_option("reports", "审核表放在哪里，缺省为 reports；不能在网站里，不覆盖已有的文件")
def review(file: Path, config_path: Path, output: Path) -> None:
    """写出一个文件的审核表，可以打印的网页和 Word 各一份。

    按 front matter 里的 review（审核表）填写；没有填的空着，打印出来手工填。
    """
    for place in _review(file, config_path, output):
        click.echo(place)


def _audit(order: BuildOptions, output: Path, site_path: Path | None, earlier: Path | None) -> Sequence[Finding]:
    from generator.audit import select_rules
    from generator.pipeline.read import check_archive
    from generator.report.audit_files import audit_json, audit_of, tables_of
    from generator.report.audit_page import page_bytes
    from generator.report.ledger import DUE, ledger, ledger_files, migrated
    from generator.report.output_folder import check_folder, write_files
    from generator.report.trend import read_baseline
    from generator.source.history.repository import head_commit

    check_folder(output, order.project)
    examined = check_archive(order)
    archive, config = examined.archive, examined.config
    baseline = (
        read_baseline(earlier, base_url=config.site.base_url, as_of=order.as_of.day.isoformat()) if earlier else None
    )
    pair_faults, notes = _seen(archive, site_path, order.as_of.day.isoformat()) if site_path else (None, ())
    unread = len(archive.pages) - len(archive.documents)
    if unread:
        notes = (*notes, f"另有 {unread} 个文件读不了，没有列入；见“问题”。")
    if gap := history_gap_text(examined.history_gap):
        notes = (*notes, gap)
    order.progress("写审计报告", 0, 1)
    report = audit_of(
        archive,
        config,
        examined.evidence,
        examined.findings,
        tuple(rule for rule in select_rules((), ()) if rule.can_run(examined.evidence)),
        commit=head_commit(order.project) or "",
        pair_faults=pair_faults,
        baseline=baseline,
        notes=notes,
    )
    rows, legacy = ledger(archive, config, examined.evidence.history), migrated(archive)
    files = {
        "report.html": page_bytes(report, archive),
        **tables_of(report),
        "audit.json": audit_json(report),
        **ledger_files(rows, legacy),
    }
    for place in write_files(output, files, anew=False):
        click.echo(place)
    order.progress("写审计报告", 1, 1)
    due = sum(row.due == DUE for row in rows)
    total = report.figures.total
    print_message(
        f"政策文件 {total.policies} 件，应解读 {total.asked} 件，已解读 {total.interpreted} 件；"
        f"{count_text(count_by_severity(examined.findings)) or '没有发现问题'}。"
    )
    if report.trend:
        trend = report.trend
        print_message(
            f"和 {trend.baseline.as_of} 相比：新出现 {len(trend.new)}，已改好 {len(trend.mended)}，"
            f"仍然存在 {trend.still}。"
        )
    print_message(
        f"台账 {len(rows)} 项，到期应再评估 {due} 项" + (f"，历史迁移 {len(legacy)} 件。" if legacy else "。")
    )
    for note in notes:
        print_message(note)
    return examined.findings


def _seen(archive: Any, site_path: Path, as_of: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return what a built site lacks of the links between documents and interpretations, and what to say of it."""
    from generator.audit.facts.duties import interpretations_of, public_documents
    from generator.verify.linked_pairs import check_pairs

    pairs = [
        (document.id, item.id)
        for document in public_documents(archive)
        for item in interpretations_of(archive, document)
    ]
    pair_check = check_pairs(site_path, pairs)
    note = f"双向链接按 {pair_check.as_of or '日期不明'} 生成的网站核对："
    note += f"{len(pairs)} 对，{len(pair_check.wrong)} 件文件不全。"
    if pair_check.as_of != as_of:
        note += f"网站的日期和审计的日期 {as_of} 不同，先用 gongkai build 重新生成再核对。"
    return pair_check.wrong, (note,)


def _review(file: Path, config_path: Path, output: Path) -> list[Path]:
    from generator.pipeline.read import read_single_file
    from generator.report.output_folder import check_folder, write_files
    from generator.report.review_form import files_of, view_of

    project = config_path.parent
    check_folder(output, project)
    archive, config = read_single_file(config_path, file)
    if not archive.documents:
        problem = archive.pages[0].problems[0]
        raise GongkaiError(f"{file}:{problem.line}: {problem.message}", problem.hint)
    document = archive.documents[0]
    form = next((problem for problem in document.page.problems if problem.field == "review"), None)
    if form:
        raise GongkaiError(f"{file}:{form.line}: {form.message}", form.hint)
    return write_files(output, files_of(document, view_of(document, archive, config)), anew=True)
