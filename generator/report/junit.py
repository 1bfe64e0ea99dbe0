"""Findings as JUnit XML for CI servers: one test case for each rule."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from xml.sax.saxutils import escape, quoteattr

from generator.domain.problems import Finding, Severity
from generator.report.sarif import RuleFacts

# what XML 1.0 cannot hold, not even escaped
_NOT_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def junit(
    findings: Iterable[Finding], rules: Sequence[RuleFacts], fails: Callable[[Finding], bool], skipped: AbstractSet[str]
) -> bytes:
    """Return one test suite; a rule fails when one of its findings ``fails``.

    Findings below that are in the output of the test case, so that the failures agree with the exit status.
    ``skipped`` are the rules that could not run, by id.
    """
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    failures = sum(any(map(fails, rule_findings)) for rule_findings in by_rule.values())
    totals = f'tests="{len(rules)}" failures="{failures}" errors="0" skipped="{len(skipped)}" time="0"'
    rows = [
        '<?xml version="1.0" encoding="UTF-8"?>',
        f'<testsuites name="gongkai check" {totals}>',
        f' <testsuite name="gongkai check" {totals}>',
    ]
    for rule in rules:
        if rule.id in skipped:
            rows += [f"{_head(rule)}>", '   <skipped message="没有 git 历史"/>', "  </testcase>"]
        else:
            rows += _case(rule, by_rule.get(rule.id, []), fails)
    rows += [" </testsuite>", "</testsuites>"]
    return ("\n".join(rows) + "\n").encode()


def _case(rule: RuleFacts, findings: Sequence[Finding], fails: Callable[[Finding], bool]) -> list[str]:
    head = _head(rule)
    if not findings:
        return [f"{head}/>"]
    worst = min(findings, key=lambda finding: list(Severity).index(finding.severity)).severity
    failure_text = escape(_clean("\n".join(_line(finding) for finding in findings)))
    if any(map(fails, findings)):
        message = _attribute(f"{len(findings)} 项：{rule.title}")
        body = f'   <failure type="{worst.value}" message={message}>{failure_text}</failure>'
    else:
        body = f"   <system-out>{failure_text}</system-out>"
    return [f"{head}>", body, "  </testcase>"]


def _head(rule: RuleFacts) -> str:
    return f'  <testcase classname="gongkai.{rule.id[0]}" name={_attribute(f"{rule.id} {rule.title}")} time="0"'


def _line(finding: Finding) -> str:
    hint = f"；改法：{finding.hint}" if finding.hint else ""
    return f"{finding.path}:{finding.line}: {finding.severity.label}: {finding.message}{hint}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
