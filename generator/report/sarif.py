"""Findings as SARIF 2.1.0 (OASIS), which code hosts show beside the lines of a change."""

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, Protocol
from urllib.parse import quote

from generator import __version__
from generator.domain.problems import Finding, Severity
from generator.support.json_text import json_bytes

_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_BASE = "PROJECT"


class RuleFacts(Protocol):
    """The facts of a rule that a report needs."""

    @property
    def id(self) -> str:
        """Its id, such as L001."""

    @property
    def severity(self) -> Severity:
        """Its severity where the config does not set another."""

    @property
    def blocking(self) -> bool:
        """Whether its findings stop a build."""

    @property
    def source(self) -> str:
        """Its source: law, norm or judgement, in Chinese."""

    @property
    def title(self) -> str:
        """What is wrong, in one Chinese sentence."""

    @property
    def explanation(self) -> str:
        """The text of ``check --explain``."""


def sarif(findings: Iterable[Finding], rules: Sequence[RuleFacts]) -> bytes:
    """Return one run of the rules as a SARIF log; ``rules`` are those that were run, in their order."""
    places = {rule.id: number for number, rule in enumerate(rules)}
    log = {
        "$schema": _SCHEMA,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {
                    "driver": {
                        "name": "gongkai",
                        "version": __version__,
                        "semanticVersion": __version__,
                        "language": "zh-CN",
                        "rules": [_descriptor(rule) for rule in rules],
                    }
                },
                "language": "zh-CN",
                "columnKind": "unicodeCodePoints",
                "originalUriBaseIds": {_BASE: {"description": {"text": "配置文件所在的目录"}}},
                "results": [_result(finding, places[finding.rule]) for finding in findings],
            }
        ],
    }
    return json_bytes(log)


def _descriptor(rule: RuleFacts) -> dict[str, Any]:
    return {
        "id": rule.id,
        "shortDescription": {"text": rule.title},
        "fullDescription": {"text": f"{rule.title}。依据：{rule.source}"},
        "help": {"text": f"{rule.explanation}\n\n依据：{rule.source}"},
        "defaultConfiguration": {"level": rule.severity.value},
        "properties": {"blocking": rule.blocking, "source": rule.source, "tags": [rule.id[0]]},
    }


def _result(finding: Finding, rule_index: int) -> dict[str, Any]:
    hint = f"。改法：{finding.hint}" if finding.hint else ""
    place = {
        "artifactLocation": {"uri": quote(finding.path, safe="/"), "uriBaseId": _BASE},
        "region": {"startLine": finding.line},
    }
    # the subject of the finding without its line, so that a code host recognises it when text is inserted above
    subject = f"{finding.rule}\0{finding.path}\0{finding.field}\0{finding.message}"
    return {
        "ruleId": finding.rule,
        "ruleIndex": rule_index,
        "level": finding.severity.value,
        "message": {"text": finding.message + hint},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"gongkai/v1": hashlib.sha256(subject.encode()).hexdigest()[:32]},
        "properties": {
            "blocking": finding.blocking,
            "field": finding.field,
            "document": finding.document,
            "hint": finding.hint,
            "source": finding.source,
        },
    }
