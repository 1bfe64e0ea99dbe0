"""``gongkai import`` of saved pages: what the program prints of them, and the table of what was not understood."""

import csv
import io
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.authoring.new_files import write_new
from generator.cli.options import EXIT_FINDINGS, EXIT_UNUSABLE
from generator.cli.terminal import finding_text, print_message
from generator.domain.vocabulary import label_of

if TYPE_CHECKING:
    from generator.authoring.importing.saved_pages.results import FolderResult

_MOST_LABELS = 20


def print_result(source: Path, result: "FolderResult", report: Path | None, *, is_trial: bool) -> int:
    """Print what was imported and what was not; return the exit status.

    The paths of the new pages go to standard output, everything else to standard error.
    """
    for page in result.pages:
        if not is_trial:
            click.echo(page.place)
        print_message(f"{page.source} → {page.place}（{page.kind.label}：{page.title}）")
        for line in page.messages:
            print_message(f"    {line}")
        for finding in page.findings:
            print_message(finding_text(finding))
    for one in result.left_out:
        print_message(f"{one.source} 没有导入：{one.reason}")
    for line in _summary(source, result, is_trial=is_trial):
        print_message(line)
    if report:
        write_new(report, _table(result))
        print_message(f"逐页的结果：{report}")
    if not result.pages:
        return EXIT_UNUSABLE
    findings = [finding for page in result.pages for finding in page.findings]
    is_private = any(finding.blocking and finding.rule.startswith("S") for finding in findings)
    return EXIT_FINDINGS if result.left_out or is_private else 0


def _summary(source: Path, result: "FolderResult", *, is_trial: bool) -> list[str]:
    kinds = Counter(page.kind.label for page in result.pages)
    counted = "、".join(f"{label} {number} 页" for label, number in kinds.most_common())
    what = "可以导入" if is_trial else "导入"
    of_kinds = f"（{counted}）" if counted else ""
    rows = [f"{source}：{what} {len(result.pages)} 页{of_kinds}，没有导入 {len(result.left_out)} 个文件。"]
    if result.other_files:
        rows.append(f"    样式、脚本、图标等 {result.other_files} 个文件不是内容，没有用到。")
    missing = Counter(key for page in result.pages for key in page.missing)
    if missing:
        fields = "、".join(f"{label_of(key)} {number} 页" for key, number in missing.most_common())
        rows.append(f"    待填的字段：{fields}。全部一样的，导入时写 --field，如 --field 公开属性=主动公开。")
    if result.labels:
        labels = "、".join(f"{label} {number} 次" for label, number in result.labels[:_MOST_LABELS])
        rows.append(f"    不认识的信息项，没有对应的字段：{labels}。")
    doubts = sum(any(line.startswith("请核对") for line in page.messages) for page in result.pages)
    if doubts:
        rows.append(f"    有请核对事项的：{doubts} 页，见上面各页。")
    if result.pages and not is_trial and not result.is_published:
        rows.append(
            "    新页都是草稿，网站上没有。逐页核对，删去“draft: true”（“草稿: true”）一行就发布；"
            "都核对过的，一次全部发布：\n"
            "        find content -name '*.md' -exec sed -i -E '/^(draft|草稿): true$/d' {} +"
        )
    return rows


def _table(result: "FolderResult") -> bytes:
    """Return a CSV of the pages and of the files that were left out, for a spreadsheet."""
    text = io.StringIO()
    table = csv.writer(text)
    table.writerow(["文件", "结果", "类型", "标题", "新文件", "待填", "提示"])
    for page in result.pages:
        missing = "、".join(map(label_of, page.missing))
        notes = [*page.messages, *(f"{one.message} ({one.rule})" for one in page.findings)]
        row = [page.source, "已导入", page.kind.label, page.title, str(page.place), missing, "\n".join(notes)]
        table.writerow([_plain(cell) for cell in row])
    for one in result.left_out:
        table.writerow([_plain(cell) for cell in (one.source, "没有导入", "", "", "", "", one.reason)])
    for label, number in result.labels:
        table.writerow([_plain(cell) for cell in ("", "不认识的信息项", "", label, "", "", f"{number} 次")])
    return b"\xef\xbb\xbf" + text.getvalue().encode()


def _plain(cell: str) -> str:
    """Return a cell that a spreadsheet does not take for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell
