"""Findings as JUnit XML for CI servers: one test case for each rule."""

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from xml.sax.saxutils import escape, quoteattr

from generator.domain.problems import Finding, Severity
from generator.domain.unseen import NOT_IN_XML
from generator.report.sarif import RuleFacts

_NOT_XML = re.compile(NOT_IN_XML)


def junit(
    findings: Iterable[Finding],
    rules: Sequence[RuleFacts],
    fails: Callable[[Finding], bool],
    skipped: AbstractSet[str],
    of_drafts: Iterable[Finding] = (),
) -> bytes:
    """Return one test suite; a rule fails when one of its findings ``fails``.

    Findings below that, and those ``of_drafts``, are in the output of the test case, so that the failures agree with
    the exit status. ``skipped`` are the rules that could not run, by id.
    """
    by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in findings:
        by_rule[finding.rule].append(finding)
    drafts_by_rule: dict[str, list[Finding]] = defaultdict(list)
    for finding in of_drafts:
        drafts_by_rule[finding.rule].append(finding)
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
            rows += _case(rule, by_rule.get(rule.id, []), drafts_by_rule.get(rule.id, []), fails)
    rows += [" </testsuite>", "</testsuites>"]
    return ("\n".join(rows) + "\n").encode()


def _case(
    rule: RuleFacts, findings: Sequence[Finding], of_drafts: Sequence[Finding], fails: Callable[[Finding], bool]
) -> list[str]:
    head = _head(rule)
    body: list[str] = []
    if any(map(fails, findings)):
        worst = min(findings, key=lambda finding: list(Severity).index(finding.severity)).severity
        message = _attribute(f"{len(findings)} 项：{rule.title}")
        body.append(f'   <failure type="{worst.value}" message={message}>{_lines(findings)}</failure>')
        findings = ()
    if findings or of_drafts:
        body.append(f"   <system-out>{_lines((*findings, *of_drafts))}</system-out>")
    return [f"{head}>", *body, "  </testcase>"] if body else [f"{head}/>"]


def _lines(findings: Iterable[Finding]) -> str:
    return escape(_clean("\n".join(_line(finding) for finding in findings)))


def _head(rule: RuleFacts) -> str:
    return f'  <testcase classname="gongkai.{rule.id[0]}" name={_attribute(f"{rule.id} {rule.title}")} time="0"'


def _line(finding: Finding) -> str:
    hint = f"；改法：{finding.hint}" if finding.hint else ""
    return f"{finding.path}:{finding.line}: {finding.severity.label}: {finding.message}{hint}"


def _clean(text: str) -> str:
    return _NOT_XML.sub("�", text)


def _attribute(text: str) -> str:
    return quoteattr(_clean(text))
