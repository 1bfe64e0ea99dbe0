"""The registry: every rule by its stable id, with its severity, its source and the text of ``--explain``."""

import datetime as dt
import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import PurePosixPath
from typing import TypeAlias

from generator.config.limit_presets import local_acts
from generator.config.load import SiteConfig
from generator.domain.laws import Ground
from generator.domain.model import Archive, Document, Evidence
from generator.domain.problems import ConfigError, Finding, GongkaiError, Problem, Severity
from generator.domain.vocabulary import nearest

Hits: TypeAlias = Iterator[tuple[str, Problem]]
Check: TypeAlias = Callable[..., Hits]

# The config cannot lower these: publishing what they find would harm somebody (contract section 6).
FIXED = ("G", "S001")
UNUSED_EXEMPTION = "X001"
# No document can be exempt from these: the fixed ones, unreadable files, and the rule about exemptions itself.
NOT_EXEMPTABLE = (*FIXED, "F001", "F002", "F003", "F008", "H011", UNUSED_EXEMPTION)


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule; ``ground`` is its legal or official basis, ``explanation`` what ``--explain`` prints.

    A rule that ``needs_history`` does not run without a git history; one that ``needs_texts`` does not run where the
    texts were not compared; one that ``needs_pages`` runs on saved pages only.
    """

    id: str
    severity: Severity
    blocking: bool
    ground: Ground
    check: Check
    explanation: str
    needs_history: bool = False
    needs_texts: bool = False
    needs_pages: bool = False
    parameters: int = 2

    def can_run(self, evidence: Evidence) -> bool:
        """Whether the evidence that the rule needs was gathered."""
        return not (
            (self.needs_history and evidence.history is None)
            or (self.needs_texts and evidence.copied is None)
            or (self.needs_pages and evidence.saved is None)
        )

    def hits(self, archive: Archive, config: SiteConfig, evidence: Evidence) -> Hits:
        """Return the problems that the rule finds; only a rule with a third parameter gets the evidence."""
        return self.check(archive, config, evidence) if self.parameters == 3 else self.check(archive, config)

    @property
    def source(self) -> str:
        """Its ground in words, by the newest numbers of articles."""
        return self.ground.text()

    @property
    def title(self) -> str:
        """The first sentence of the explanation, which says what is wrong."""
        return self.explanation.split("\n", 1)[0].rstrip("。")


RULES: dict[str, Rule] = {}


def rule(
    rule_id: str,
    severity: Severity,
    *,
    blocking: bool = False,
    source: str,
    needs_history: bool = False,
    needs_texts: bool = False,
    needs_pages: bool = False,
) -> Callable[[Check], Check]:
    """Return a decorator that registers a generator as a rule; its Chinese docstring is its explanation.

    In ``source`` ``{cite}`` names an act of ``domain/laws.yaml``.
    """

    def register(check: Check) -> Check:
        explanation = inspect.getdoc(check) or ""
        RULES[rule_id] = Rule(
            rule_id,
            severity,
            blocking,
            Ground(source),
            check,
            explanation,
            needs_history=needs_history,
            needs_texts=needs_texts,
            needs_pages=needs_pages,
            parameters=len(inspect.signature(check).parameters),
        )
        return check

    return register


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> tuple[Rule, ...]:
    """Return the rules named by ids or families (``L``, ``V001``), without the ignored ones; all if none is selected.

    Raises ``GongkaiError`` for a name that matches no rule.
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
        place = "{}:{}: rules.{}".format(*config.place_of("rules", name), name)
        if name not in RULES:
            near = nearest(name, RULES)
            hint = f"是不是 {near}？" if near else "gongkai check --list-rules 列出全部规则"
            raise ConfigError(f"{place}: 没有规则“{name}”", hint)
        if name.startswith(FIXED):
            raise ConfigError(f"{place}: 规则 {name} 的级别不能改", "删去这一项")
    for item in rules:
        change = config.rules.get(item.id)
        if change is None:
            yield item
        else:
            blocking = item.blocking if change.blocking is None else change.blocking
            yield replace(item, severity=change.severity or item.severity, blocking=blocking)


OWN_GROUND = "缺省的要求（国家没有这一项规定，本地的写在配置的 limits 里）"


def applied_ground(item: Rule, config: SiteConfig, day: dt.date) -> str:
    """Return the ground of a rule for one site at a day, without acts of other places."""
    return item.ground.text(day, local=local_acts(config.limits)) or OWN_GROUND


def run_rules(
    archive: Archive, config: SiteConfig, rules: Iterable[Rule], evidence: Evidence | None = None
) -> list[Finding]:
    """Run rules on an archive and return the findings that are not exempt, sorted by file and line.

    Without ``evidence`` the rules that need it do not run, or find nothing.
    """
    evidence = evidence or Evidence()
    ids = {page.path: page.id for page in archive.pages}
    chosen = [item for item in _configured(rules, config) if item.can_run(evidence)]
    exemptions = Exemptions(archive, chosen)
    foreign = {document.path for document in archive.foreign}
    findings: list[Finding] = []
    for item in sorted(chosen, key=lambda item: item.id):  # X001 runs last: it reports what the others left unused
        hits = item.hits(archive, config, evidence)
        source = applied_ground(item, config, archive.day)
        for path, problem in chain(hits, exemptions.unused()) if item.id == UNUSED_EXEMPTION else hits:
            if path in foreign or exemptions.covers(path, item.id):  # what is foreign is checked on its own site
                continue
            finding = Finding(
                path=path,
                line=problem.line,
                rule=item.id,
                field=problem.field,
                message=problem.message,
                hint=problem.hint,
                document=ids.get(path) or (PurePosixPath(path).stem if path.endswith(".md") else ""),
                severity=Severity.ERROR if problem.blocks else item.severity,
                source=problem.ground or source,
                blocking=item.blocking or problem.blocks,
                days=problem.days,
            )
            findings.append(finding)
    return sorted(findings)


def declared_exemptions(archive: Archive) -> dict[tuple[str, str], str]:
    """Return the reason of every exemption by file and rule, without those from rules that allow none."""
    return {
        (document.path, str(name).upper()): str(reason).strip()
        for document in archive.documents
        if isinstance(declared := document.value("exempt"), Mapping)
        for name, reason in declared.items()
        if not str(name).upper().startswith(NOT_EXEMPTABLE)
    }


class Exemptions:
    """The exemptions of every document (``exempt: {L003: reason}``), and which of them were not used."""

    def __init__(self, archive: Archive, rules: Iterable[Rule]) -> None:
        self._archive = archive
        self._ran = {item.id for item in rules}
        self._used: set[tuple[str, str]] = set()
        self._declared = declared_exemptions(archive)

    def covers(self, path: str, rule_id: str) -> bool:
        """Whether a document is exempt from a rule, with a reason; marks the exemption as used."""
        reason = self._declared.get((path, rule_id))
        if reason is None:
            return False
        self._used.add((path, rule_id))
        return bool(reason)

    def unused(self) -> Hits:
        """Yield a problem for every valid exemption that was not used, from the rules that were run."""
        for (path, rule_id), reason in self._declared.items():
            if reason and rule_id in self._ran and (path, rule_id) not in self._used:
                document = self._archive.by_path[path]
                yield hit_at(document, f"豁免 {rule_id} 没有用到", "问题已不存在，删去这一项", key="exempt")


def hit_at(
    document: Document,
    message: str,
    hint: str,
    *,
    key: str = "",
    line: int | None = None,
    days: int = 0,
    ground: str = "",
) -> tuple[str, Problem]:
    """Return a problem of a document with its path, at a line, else at the line of the field ``key``.

    ``days`` and ``ground`` are those of ``Problem``.
    """
    place = document.page.line_of(key) if line is None else line
    return document.path, Problem("", message, hint, place, key, days=days, ground=ground)


def noticed_problems(archive: Archive, rule_id: str) -> Hits:
    """Yield the problems that earlier stages recorded for a rule while reading the files."""
    for page in archive.pages:
        for problem in page.problems:
            if problem.rule == rule_id:
                yield page.path, problem
    for path, problem in archive.problems:
        if problem.rule == rule_id:
            yield path, problem
