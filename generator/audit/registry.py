"""The registry: every rule by its stable id, with its weight, its ground and the text of ``--explain``."""

import inspect
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import TypeAlias

from generator.config import SiteConfig
from generator.model import Archive
from generator.problems import ConfigError, Finding, GongkaiError, Problem, Severity
from generator.vocabulary import nearest

Hits: TypeAlias = Iterator[tuple[str, Problem]]
Check: TypeAlias = Callable[[Archive, SiteConfig], Hits]

# Nobody may make these milder: publishing it would harm somebody (contract section 6).
_FIXED = ("G", "S001")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``source`` is its legal or official ground, ``explanation`` what ``--explain`` prints."""

    id: str
    severity: Severity
    blocking: bool
    source: str
    check: Check
    explanation: str

    @property
    def title(self) -> str:
        """The sentence that says what is wrong."""
        return self.explanation.split("\n", 1)[0].rstrip("。")


RULES: dict[str, Rule] = {}


def rule(rule_id: str, severity: Severity, *, blocking: bool = False, source: str) -> Callable[[Check], Check]:
    """Register a generator over the archive as a rule; its Chinese docstring is its explanation."""

    def register(check: Check) -> Check:
        RULES[rule_id] = Rule(rule_id, severity, blocking, source, check, inspect.getdoc(check) or "")
        return check

    return register


def choose(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules named by ids or families (``L``, ``V001``); all where nothing is selected.

    Raises ``GongkaiError`` for a name that fits no rule.
    """
    for name in [*select, *ignore]:
        if not any(rule_id.startswith(name) for rule_id in RULES):
            near = nearest(name, RULES)
            raise GongkaiError(
                f"没有规则“{name}”", f"是不是 {near}？" if near else "gongkai check --list-rules 列出全部规则"
            )
    return tuple(
        RULES[rule_id]
        for rule_id in sorted(RULES)
        if (not select or rule_id.startswith(tuple(select))) and not (ignore and rule_id.startswith(tuple(ignore)))
    )


def _configured(rules: Iterable[Rule], config: SiteConfig) -> Iterator[Rule]:
    for name in config.rules:
        if name not in RULES:
            near = nearest(name, RULES)
            raise ConfigError(f"site_config 的 rules: 没有规则“{name}”", f"是不是 {near}？" if near else "")
        if name.startswith(_FIXED):
            raise ConfigError(f"site_config 的 rules: 规则 {name} 的级别不能改", "删去这一项")
    for item in rules:
        change = config.rules.get(item.id)
        if change is None:
            yield item
        else:
            blocking = item.blocking if change.blocking is None else change.blocking
            yield replace(item, severity=change.severity or item.severity, blocking=blocking)


def run_rules(archive: Archive, config: SiteConfig, rules: Iterable[Rule]) -> list[Finding]:
    """Run rules over an archive and return all findings, by file and line."""
    ids = {page.path: page.id for page in archive.pages}
    findings = [
        Finding(
            path=path,
            line=problem.line,
            rule=item.id,
            field=problem.field,
            message=problem.message,
            hint=problem.hint,
            document=ids.get(path, ""),
            severity=item.severity,
            source=item.source,
            blocking=item.blocking,
        )
        for item in _configured(rules, config)
        for path, problem in item.check(archive, config)
    ]
    return sorted(findings)


def noticed(archive: Archive, rule_id: str) -> Hits:
    """Yield what the earlier stages noticed for a rule while they read the files."""
    for page in archive.pages:
        for problem in page.problems:
            if problem.rule == rule_id:
                yield page.path, problem
    for path, problem in archive.problems:
        if problem.rule == rule_id:
            yield path, problem
