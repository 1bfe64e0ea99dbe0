"""``gongkai audit --pages``: the report on a folder of saved pages of any site."""

import datetime as dt
from collections.abc import Sequence
from pathlib import Path

import click

from generator.cli.options import cache_path, core_count, now
from generator.cli.terminal import Progress, count_text, print_message
from generator.domain.model import AsOf
from generator.domain.problems import Finding, OutputError
from generator.pipeline.options import count_by_severity

_MOST_SHOWN = 50


def write_pages_audit(
    pages: Path,
    config_path: Path | None,
    output: Path,
    as_of: dt.datetime | None,
    jobs: int | None,
    baselines: Sequence[Path],
    progress: Progress,
) -> Sequence[Finding]:
    """Check a folder of saved pages, write the report, print its place and the findings; return the findings."""
    from generator.report.audit_files import audit_json, audit_of, tables_of
    from generator.report.audit_page import page_bytes
    from generator.report.earlier_audits import read_earlier
    from generator.report.output_folder import check_folder, write_files
    from generator.saved_site.check import SavedPagesOptions, check_pages

    check_folder(output, pages)
    if output.resolve().is_relative_to(pages.resolve()):
        raise OutputError(f"{output} 在保存网页的文件夹里，下次会当成网页核对", "换一个目录，如 -o ../reports")
    as_of_day = AsOf.at(as_of or now())
    options = SavedPagesOptions(pages, config_path, cache_path(pages), as_of_day, jobs or core_count(), progress)
    checked = check_pages(options)
    config = checked.config
    earlier = read_earlier(baselines, output, base_url=config.site.base_url, as_of=as_of_day.day.isoformat())
    notes = (f"核对的是保存的网页 {checked.pages} 页，没有源文件；只查网页上看得出的，见“看不出来的”。",)
    report = audit_of(
        checked.archive,
        config,
        checked.evidence,
        checked.findings,
        checked.rules,
        commit="",
        pair_faults=checked.pair_faults,
        baseline=earlier.baseline,
        replies=earlier.replies,
        notes=notes,
        undecided=checked.undecided,
    )
    files = {
        "report.html": page_bytes(report, checked.archive),
        **tables_of(report),
        "audit.json": audit_json(report),
    }
    for place in write_files(output, files, must_be_new=False):
        click.echo(place)
    for finding in checked.findings[:_MOST_SHOWN]:
        print_message(f"{finding.path}: {finding.message} ({finding.rule})")
    if len(checked.findings) > _MOST_SHOWN:
        print_message(f"……另有 {len(checked.findings) - _MOST_SHOWN} 个问题，见 report.html。")
    total = report.figures.total
    print_message(
        f"网页 {checked.pages} 页：政策文件 {total.policies} 件，应解读 {total.asked}，已解读 {total.interpreted}；"
        f"{count_text(count_by_severity(checked.findings)) or '没有发现问题'}。"
    )
    for one in checked.undecided:
        print_message(f"看不出来的：{one.what} {one.number} 处，{one.why}。")
    return checked.findings
