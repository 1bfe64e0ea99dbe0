"""``gongkai check``: run the rules alone, with output for people, programs, code hosts and CI."""

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from generator.cli.options import (
    config_option,
    day_option,
    exit_for_findings,
    fail_on_option,
    format_option,
    is_failing,
    jobs_option,
    make_build_options,
    now,
    print_history_gap,
)
from generator.cli.terminal import (
    ChineseCommand,
    Progress,
    count_text,
    finding_text,
    findings_json,
    print_message,
    write_stdout,
)
from generator.domain.problems import Finding, GongkaiError

# These rules compare more where there is a history: all but R004 ask it whether a mark of migration is believed.
_MAY_ASK_HISTORY = frozenset({"R004", "D006", "D009", "D010", "D011", "D012", "F023", "F024", "F025", "V012", "V013"})


@click.command(cls=ChineseCommand)
@config_option
@day_option
@jobs_option
@click.option("--select", multiple=True, metavar="规则", help="只查这些规则或规则族，如 L,V001")
@click.option("--ignore", multiple=True, metavar="规则", help="不查这些规则或规则族")
@click.option(
    "--since",
    metavar="提交",
    help="只报这个提交以后改动所涉及的，如 origin/main（改动的文件，和与它们有关联的文件）",
)
@format_option("json", "sarif", "junit")
@fail_on_option("blocking", "error", "warning")
@click.option("--list-rules", is_flag=True, help="列出全部规则")
@click.option("--explain", metavar="规则", help="说明一条规则：什么不对、依据、怎么改")
def check(
    config_path: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    since: str | None,
    form: str,
    fail_on: str,
    *,
    list_rules: bool,
    explain: str | None,
) -> None:
    """只核对规则，不生成网站。"""
    from generator.audit import select_rules

    rules = select_rules(_names(select), _names(ignore))
    day = (as_of or now()).date()
    if list_rules:
        for item in rules:
            click.echo(f"{item.id}  {item.severity.label}{'（阻止发布）' if item.blocking else ''}  {item.title}")
            for sentence in item.ground.ended(day):
                click.echo(f"      依据：{sentence}")
    elif explain is not None:
        _explain(explain.strip().upper(), day)
    else:
        with Progress() as progress:
            options = make_build_options(config_path, as_of, jobs, progress)
            checked, findings, of_drafts = _check(options, rules, since)
        _print_withheld(checked)
        if form == "text":
            _print_findings(checked, findings, of_drafts, since)
        else:
            skipped = {item.id for item in rules if not item.can_run(checked.evidence)}
            write_stdout(_rendered(form, findings, of_drafts, rules, is_failing(fail_on), skipped))
        exit_for_findings(findings, is_failing(fail_on))


def _names(values: tuple[str, ...]) -> list[str]:
    return [name.strip().upper() for value in values for name in value.replace("，", ",").split(",") if name.strip()]


def _explain(rule_id: str, day: dt.date) -> None:
    from generator.audit import RULES

    item = RULES.get(rule_id)
    if item is None:
        raise GongkaiError(f"没有规则“{rule_id}”", "gongkai check --list-rules 列出全部规则")
    severity = item.severity.label + ("，阻止发布" if item.blocking else "")
    click.echo(f"{item.id}（{severity}）{item.explanation}\n\n依据：{item.ground.text(day)}")


def _check(options: Any, rules: Sequence[Any], since: str | None) -> tuple[Any, Sequence[Finding], Sequence[Finding]]:
    """Return the checked archive, and those of its findings and its drafts' that concern the changes since a commit."""
    from generator.audit.since import draft_findings_touching, findings_touching
    from generator.pipeline.read import check_archive
    from generator.source.history.changes import changed_since

    changes = changed_since(options.project, since) if since is not None else None
    checked = check_archive(options, rules, with_history=_asks_history(rules))
    of_drafts = checked.draft_findings()
    if changes is None:
        return checked, checked.findings, of_drafts
    findings = findings_touching(
        checked.findings, checked.archive, checked.config, checked.evidence, changes.touched, changes.gone
    )
    return checked, findings, draft_findings_touching(of_drafts, changes.touched, changes.gone)


def _rendered(
    form: str,
    findings: Sequence[Finding],
    of_drafts: Sequence[Finding],
    rules: Sequence[Any],
    fails: Callable[[Finding], bool],
    skipped: set[str],
) -> bytes:
    from generator.report.junit import junit
    from generator.report.sarif import sarif

    if form == "junit":
        return junit(findings, rules, fails, skipped, of_drafts)
    all_findings = sorted((*findings, *of_drafts))
    return sarif(all_findings, rules) if form == "sarif" else findings_json(all_findings)


def _print_findings(checked: Any, findings: Sequence[Finding], of_drafts: Sequence[Finding], since: str | None) -> None:
    from generator.audit import permissions
    from generator.pipeline.options import count_by_severity

    for finding in sorted((*findings, *of_drafts)):
        print_message(finding_text(finding))
    for allowed in permissions(checked.archive, checked.config, checked.evidence):
        print_message(f"放行 {allowed.masked}（{allowed.reason}）：{len(allowed.places)} 个文件里用到")
    result = count_text(count_by_severity(findings)) or "没有发现问题"
    omitted = len(checked.findings) - len(findings)
    remark = f"（只报 {since} 以后的改动所涉及的，另有 {omitted} 项没有列出）" if since is not None else ""
    print_message(f"共 {len(checked.archive.pages)} 个文件，{result}{remark}。")
    if drafts := len(checked.drafts.pages):
        left = f"，还有 {len(of_drafts)} 项没有写好，不算错误" if of_drafts else ""
        print_message(f"另有草稿 {drafts} 份{left}；gongkai list drafts 逐份列出缺什么。")


def _asks_history(rules: Iterable[Any]) -> bool:
    """Whether any of the rules uses the history."""
    return any(rule.needs_history or rule.id in _MAY_ASK_HISTORY for rule in rules)


def _print_withheld(checked: Any) -> None:
    """Print which files are not published and why, and which could not be, or were not, compared with git."""
    from generator.report.ledger import migrated
    from generator.report.withheld import withheld_lines

    for line in withheld_lines(checked.archive):
        print_message(line)
    print_history_gap(checked.history_gap)
    if checked.evidence.history and (legacy := migrated(checked.archive)):
        print_message(f"标明历史迁移（migrated: true）、没有核对发布日期的 {len(legacy)} 件，gongkai audit 逐件列出。")
