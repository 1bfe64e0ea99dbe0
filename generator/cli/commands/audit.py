"""``gongkai audit`` and ``gongkai review``: reports for auditors and reviewers, never a part of the site."""

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.commands.audit_pages import write_pages_audit
from generator.cli.options import (
    config_option,
    day_option,
    exit_for_findings,
    fail_on_option,
    history_gap_text,
    is_failing,
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
    "baselines",
    type=click.Path(path_type=Path),
    multiple=True,
    metavar="文件",
    help="以前的 audit.json，或各单位填过的 findings.xlsx（可以写几个）；写明哪些是新问题，哪些改好了，带上回复",
)
@click.option(
    "--pages",
    "pages_path",
    type=click.Path(path_type=Path),
    metavar="目录",
    help="保存下来的网页，任何网站的都可以；不看源文件，只核对网页上看得出的。-c 可以不写",
)
@fail_on_option("error", "warning", "never")
@click.pass_context
def audit(
    context: click.Context,
    config_path: Path,
    output: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
    site_path: Path | None,
    baselines: tuple[Path, ...],
    pages_path: Path | None,
    fail_on: str,
) -> None:
    """写出审计报告和不公开信息的台账，不随网站发布。

    report.html 看和打印，linkage.csv、linkage.xlsx 是逐件的解读关联，findings.csv、findings.xlsx 是按单位的问题，留有
    回复一栏，“整改通知-”开头的网页给各单位，agenda.ics 是日程，audit.json 给程序，ledger.csv、ledger.xlsx 是台账。

    核对别的网站，用 --pages 写保存网页的文件夹：没有台账，另有一节“看不出来的”。
    """
    if pages_path is not None:
        if site_path is not None:
            raise GongkaiError("--pages 和 --site 不能一起写", "核对保存的网页，双向链接就在网页里看")
        is_given = context.get_parameter_source("config_path") is not click.core.ParameterSource.DEFAULT
        config = config_path if is_given else None
        with Progress() as progress:
            findings = write_pages_audit(pages_path, config, output, as_of, jobs, baselines, progress)
        exit_for_findings(findings, is_failing(fail_on))
        return
    with Progress() as progress:
        options = make_build_options(config_path, as_of, jobs, progress)
        findings = _write_audit(options, output, site_path, baselines)
    exit_for_findings(findings, is_failing(fail_on))


@click.command(cls=ChineseCommand)
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@config_option
@output_option("reports", "审核表放在哪里，缺省为 reports；不能在网站里，不覆盖已有的文件")
def review(file: Path, config_path: Path, output: Path) -> None:
    """写出一个文件的审核表，可以打印的网页和 Word 各一份。

    按 front matter 里的 review（审核表）填写；没有填的空着，打印出来手工填。
    """
    for place in _write_review_form(file, config_path, output):
        click.echo(place)


def _write_audit(
    options: BuildOptions, output: Path, site_path: Path | None, baselines: Sequence[Path]
) -> Sequence[Finding]:
    from generator.audit import select_rules
    from generator.pipeline.read import check_archive
    from generator.report.agenda import AGENDA, agenda_calendar
    from generator.report.audit_files import audit_json, audit_of, tables_of
    from generator.report.audit_page import page_bytes
    from generator.report.earlier_audits import read_earlier
    from generator.report.filing import about_audit, filing_files
    from generator.report.ledger import DUE, ledger, ledger_files, migrated
    from generator.report.mending_notices import NOTICE_PATTERNS, notice_files
    from generator.report.output_folder import check_folder, write_files
    from generator.source.history.repository import head_commit

    check_folder(output, options.project)
    checked = check_archive(options)
    archive, config = checked.archive, checked.config
    earlier = read_earlier(baselines, output, base_url=config.site.base_url, as_of=options.as_of.day.isoformat())
    pair_faults, notes = _check_pairs(archive, site_path, options.as_of.day.isoformat()) if site_path else (None, ())
    unreadable_count = len(archive.pages) - len(archive.with_withdrawn)
    if unreadable_count:
        notes = (*notes, f"另有 {unreadable_count} 个文件读不了，没有列入；见“问题”。")
    if drafts := len(checked.drafts.pages):
        notes = (*notes, f"另有草稿 {drafts} 份，不发布，也不列入本报告。")
    if gap := history_gap_text(checked.history_gap):
        notes = (*notes, gap)
    options.progress("写审计报告", 0, 1)
    report = audit_of(
        archive,
        config,
        checked.evidence,
        checked.findings,
        tuple(rule for rule in select_rules((), ()) if rule.can_run(checked.evidence)),
        commit=head_commit(options.project) or "",
        pair_faults=pair_faults,
        baseline=earlier.baseline,
        replies=earlier.replies,
        notes=notes,
    )
    about = about_audit(archive.day, config, report.version, [rule.id for rule in report.rules])
    rows, migrated_rows = ledger(archive, config, checked.evidence.history), migrated(archive)
    files = {
        "report.html": page_bytes(report, archive),
        **tables_of(report),
        "audit.json": audit_json(report),
        **ledger_files(rows, migrated_rows),
        **filing_files(report.filing, report.scores, about),
        **notice_files(report.filing, config, archive.day, scores=report.scores),
        AGENDA: agenda_calendar(report.agenda, config, archive.day),
    }
    for place in write_files(output, files, must_be_new=False, patterns=NOTICE_PATTERNS):
        click.echo(place)
    options.progress("写审计报告", 1, 1)
    due = sum(row.due == DUE for row in rows)
    total = report.figures.total
    print_message(
        f"政策文件 {total.policies} 件，应解读 {total.asked} 件，已解读 {total.interpreted} 件；"
        f"{count_text(count_by_severity(checked.findings)) or '没有发现问题'}。"
    )
    if report.trend:
        trend = report.trend
        print_message(
            f"和 {trend.baseline.as_of} 相比：新出现 {len(trend.new)}，已改好 {len(trend.fixed)}，"
            f"仍然存在 {trend.open_count}。"
        )
    print_message(
        f"台账 {len(rows)} 项，到期应再评估 {due} 项"
        + (f"，历史迁移 {len(migrated_rows)} 件。" if migrated_rows else "。")
    )
    for note in notes:
        print_message(note)
    return checked.findings


def _check_pairs(archive: Any, site_path: Path, as_of: str) -> tuple[Mapping[str, str], tuple[str, ...]]:
    """Return the missing links between documents and interpretations of a built site, and a note for the report."""
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


def _write_review_form(file: Path, config_path: Path, output: Path) -> list[Path]:
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
    form_problem = next((problem for problem in document.page.problems if problem.field == "review"), None)
    if form_problem:
        raise GongkaiError(f"{file}:{form_problem.line}: {form_problem.message}", form_problem.hint)
    return write_files(output, files_of(document, view_of(document, archive, config)), must_be_new=True)
