"""The changes since an earlier audit: findings that are new, fixed or still open.

A finding is identified by its subject, never by its line or by a number of days that grows.
"""

import datetime as dt
import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.domain.problems import Finding, GongkaiError, Severity, reason_of

FORMAT = 1
GENERATOR = "gongkai audit"
# The subject in a message: names in quotation marks, source files, a year; everything else may change by itself.
_SUBJECT = re.compile(r"“[^”]*”|content/[^\s，；、（）]+|\b\d{4}(?= ?年)")


class IdentifiedFinding(NamedTuple):
    """A finding with the key by which the next audit recognises it."""

    key: str
    finding: Finding


class PastFinding(NamedTuple):
    """A finding of the earlier audit; an audit of an older version has only the fields without a default."""

    rule: str
    severity: str
    path: str
    document: str
    message: str
    title: str = ""
    doc_number: str = ""
    unit: str = ""
    ground: str = ""
    deadline: str = ""
    reply: str = ""


class Baseline(NamedTuple):
    """The contents of an earlier ``audit.json``; ``findings`` are by key."""

    as_of: str
    version: str
    rules: frozenset[str]
    findings: dict[str, PastFinding]


class Trend(NamedTuple):
    """The changes since the baseline; ``incomparable`` are rules that ran in only one of the two audits."""

    baseline: Baseline
    new: tuple[IdentifiedFinding, ...]
    fixed: tuple[PastFinding, ...]
    open_count: int
    incomparable: tuple[str, ...]


def identify_findings(findings: Iterable[Finding]) -> tuple[IdentifiedFinding, ...]:
    """Return every finding with its key; equal ones of a document are numbered in the order of their lines."""
    counts: Counter[str] = Counter()
    result = []
    for finding in findings:
        subject = "\0".join(_SUBJECT.findall(finding.message))
        identity = f"{finding.rule}\0{finding.document or finding.path}\0{finding.field}\0{subject}"
        key = hashlib.sha256(identity.encode("utf-8", "surrogatepass")).hexdigest()[:16]
        counts[key] += 1
        result.append(IdentifiedFinding(key if counts[key] == 1 else f"{key}-{counts[key]}", finding))
    return tuple(result)


def compare(findings: Sequence[IdentifiedFinding], rules: Iterable[str], baseline: Baseline) -> Trend:
    """Compare findings with an earlier audit, as far as both ran the same rules."""
    rule_ids = frozenset(rules)
    both = baseline.rules & rule_ids
    keys = {item.key for item in findings}
    return Trend(
        baseline=baseline,
        new=tuple(item for item in findings if item.finding.rule in both and item.key not in baseline.findings),
        fixed=tuple(past for key, past in baseline.findings.items() if past.rule in both and key not in keys),
        open_count=sum(key in keys for key, past in baseline.findings.items() if past.rule in both),
        incomparable=tuple(sorted(baseline.rules ^ rule_ids)),
    )


def read_baseline(place: Path, *, base_url: str, as_of: str) -> Baseline:
    """Read an earlier ``audit.json`` of the same site.

    Raises ``GongkaiError`` for a file that is no audit, is damaged, or is of another site or a later day.
    """
    hint = "写以前的 gongkai audit 留下的 audit.json"
    try:
        data = json.loads(place.read_bytes())
    except OSError as error:
        raise GongkaiError(f"基线 {place} 读不了（{reason_of(error)}）", hint) from None
    except (ValueError, RecursionError):
        raise GongkaiError(f"基线 {place} 不是 JSON，或者不完整", hint) from None
    if not isinstance(data, dict) or data.get("generator") != GENERATOR:
        raise GongkaiError(f"基线 {place} 不是 gongkai audit 写的", hint)
    if data.get("format") != FORMAT:
        raise GongkaiError(
            f"基线 {place} 的格式（{data.get('format')}）和这一版程序的不同", "用同一版程序重新审计那一次提交"
        )
    try:
        baseline = _baseline(data)
        site = data["site"]["base_url"]
    except (AttributeError, KeyError, TypeError, ValueError):
        raise GongkaiError(f"基线 {place} 缺少内容，可能被改动过", hint) from None
    check_baseline(place, baseline, site, base_url=base_url, as_of=as_of, hint=hint)
    return baseline


def check_baseline(place: Path, baseline: Baseline, site: str, *, base_url: str, as_of: str, hint: str) -> None:
    """Raise ``GongkaiError`` for a baseline of another site or of a later day."""
    if site != base_url:
        raise GongkaiError(f"基线 {place} 是另一个网站的：{site}", f"本网站是 {base_url}；{hint}")
    if baseline.as_of > as_of:
        raise GongkaiError(f"基线 {place} 的日期 {baseline.as_of} 晚于本次的 {as_of}", "基线要早于本次；核对 --as-of")


def _baseline(data: dict[str, Any]) -> Baseline:
    findings = {}
    filed = {row["key"]: row for row in data.get("filing", ())}
    for item in data["findings"]:
        known = {key: item[key] for key in ("rule", "severity", "path", "document", "message")}
        row = filed.get(item["key"], {})
        rest = {key: row.get(key, "") for key in ("title", "doc_number", "unit", "ground", "deadline", "reply")}
        past = PastFinding(**known, **rest)
        if past.severity not in set(Severity):
            raise ValueError
        if not all(isinstance(value, str) for value in (item["key"], *past)):
            raise TypeError
        findings[item["key"]] = past
    rules = frozenset(data["rules"])
    if not all(isinstance(value, str) for value in (data["as_of"], data["version"], *rules)):
        raise TypeError
    if not isinstance(data["rules"], list):  # a text would be split into letters
        raise TypeError
    dt.date.fromisoformat(data["as_of"])  # raises ValueError for a text that is no day
    return Baseline(data["as_of"], data["version"], rules, findings)
