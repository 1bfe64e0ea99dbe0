"""The earlier audits that an audit follows: what they found, and what units have replied since."""

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from generator.domain.problems import GongkaiError
from generator.report.filled_workbook import FilledWorkbook, read_workbook
from generator.report.trend import Baseline, read_baseline

FINDINGS = "findings.xlsx"


class EarlierAudits(NamedTuple):
    """The baseline of the comparison, ``None`` where none is named, and all replies by the key of the finding."""

    baseline: Baseline | None
    replies: Mapping[str, str]


def read_earlier(places: Sequence[Path], folder: Path, *, base_url: str, as_of: str) -> EarlierAudits:
    """Read the baselines; the first ``audit.json``, else the first workbook, is what the audit is compared with.

    Replies of workbooks that are named go before those of the ``findings.xlsx`` that the audit is about to replace, so
    that none is lost. Raises ``GongkaiError`` for a file that cannot be used, and for two files ``audit.json``.
    """
    workbooks = [place for place in places if place.suffix.lower() == ".xlsx"]
    others = [place for place in places if place not in workbooks]
    if len(others) > 1:
        raise GongkaiError(f"--baseline 写了两个 audit.json：{others[0]}、{others[1]}", "只写最近一次的")
    read = [read_workbook(place, base_url=base_url, as_of=as_of) for place in workbooks]
    baseline = read_baseline(others[0], base_url=base_url, as_of=as_of) if others else None
    if baseline is None and read:
        baseline = _joined(read)
    replies = dict(_kept_replies(folder / FINDINGS, workbooks, base_url=base_url))
    for workbook in read:
        replies |= workbook.replies
    return EarlierAudits(baseline, replies)


def _joined(workbooks: Sequence[FilledWorkbook]) -> Baseline:
    """Return what workbooks of one audit have together: each unit may have sent back its own sheet only."""
    newest = max((workbook.baseline for workbook in workbooks), key=lambda baseline: baseline.as_of)
    same = [workbook.baseline for workbook in workbooks if workbook.baseline.as_of == newest.as_of]
    return newest._replace(findings={key: past for baseline in same for key, past in baseline.findings.items()})


def _kept_replies(place: Path, named: Sequence[Path], *, base_url: str) -> Mapping[str, str]:
    """Return the replies in the workbook that is about to be replaced; one of another site is not ours to keep."""
    if not place.is_file() or place in named:
        return {}
    try:
        return read_workbook(place, base_url=base_url, as_of="9999-12-31").replies
    except GongkaiError as error:
        hint = "里面可能有各单位的回复：先移走它，或用 -o 另写到一个目录"
        raise GongkaiError(error.message, hint) from None
