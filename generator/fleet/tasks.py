"""What a worker does for one site: read its facts, build it, check it, audit it, export it.

A task and its result are plain values. The same function runs in a process of this machine and in a worker of Dask;
a site that fails returns why.
"""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from generator.domain.model import AsOf
from generator.domain.problems import Finding, GongkaiError
from generator.fleet.facts import Outgoing, SiteFacts, facts_of, hidden_ids, outgoing_of
from generator.fleet.storage import StoredFile
from generator.pipeline.options import BuildOptions, BuildResult, Platform, Search, count_by_severity
from generator.support.cache import code_digest

# Rules about relations and days: what they find may be right once the register has the other sites, and none of them
# finds words that must not be public.
_DEPENDS_ON_OTHERS = ("F009", "L", "V")


class Job(StrEnum):
    """What is to be done for a site."""

    FACTS = "facts"
    BUILD = "build"
    CHECK = "check"
    AUDIT = "audit"
    EXPORT = "export"


@dataclass(frozen=True, kw_only=True)
class Task:
    """One job for one site; ``cache_of`` gives the cache of a project on the machine that works."""

    job: Job
    site: str
    config_path: Path
    cache_of: Callable[[Path], Path]
    as_of: AsOf
    jobs: int
    platform: Platform
    code: str
    output: Path | None = None
    search: Search = Search.CURRENT
    clean: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """The result of a task; ``error`` and ``hint`` say in Chinese why there is none.

    A site whose build is stopped has no ``facts``; it has the ids that it hides, and its ``outgoing`` names. ``built``
    is a site that a worker has put into the object store.
    """

    job: Job
    site: str
    seconds: float = 0.0
    error: str = ""
    hint: str = ""
    title: str = ""
    result: BuildResult | None = None
    facts: SiteFacts | None = None
    hidden: frozenset[str] = frozenset()
    outgoing: tuple[Outgoing, ...] = ()
    findings: tuple[Finding, ...] = ()
    audit: Mapping[str, Any] | None = None
    export: bytes | None = None
    built: StoredFile | None = None


def work(task: Task) -> Outcome:
    """Do a task; a mistake of a site is in the outcome, and never ends the worker."""
    began = time.monotonic()
    try:
        if task.code != code_digest():
            raise GongkaiError(
                "工作节点上的 gongkai 和本机的不是同一个版本", "在每个工作节点装同一个 gongkai 和同样的依赖"
            )
        outcome = _JOBS[task.job](task)
    except GongkaiError as error:
        outcome = Outcome(job=task.job, site=task.site, error=error.message, hint=error.hint)
    except (OSError, ArithmeticError, LookupError, TypeError, ValueError, AttributeError, RuntimeError) as error:
        message = f"{type(error).__name__}: {error}"
        outcome = Outcome(
            job=task.job, site=task.site, error=f"出错（{message[:300]}）", hint="单独用 gongkai build 再试"
        )
    return replace(outcome, seconds=time.monotonic() - began)


def _options(task: Task) -> BuildOptions:
    return BuildOptions(
        config_path=task.config_path,
        cache_path=task.cache_of(task.config_path.parent),
        as_of=task.as_of,
        jobs=task.jobs,
        progress=_silent,
        platform=task.platform,
    )


def _silent(_stage: str, _done: int, _total: int) -> None:
    """Show no progress: a worker has no terminal."""


def _read_facts(task: Task) -> Outcome:
    """Return the facts of a site, without its documents where something stops its build that others cannot mend."""
    from generator.pipeline.read import check_archive

    checked = check_archive(_options(task), with_history=False, with_texts=False)
    facts = checked.config.site
    if any(not finding.rule.startswith(_DEPENDS_ON_OTHERS) for finding in checked.blocking):
        return Outcome(
            job=task.job,
            site=task.site,
            title=facts.title,
            findings=checked.findings,
            hidden=hidden_ids(checked.archive, checked.drafts.pages),
            outgoing=outgoing_of(checked.archive),
        )
    public = facts_of(checked.archive, title=facts.title, agency=facts.agency, base_url=facts.base_url)
    return Outcome(job=task.job, site=task.site, title=facts.title, facts=public)


def _build(task: Task) -> Outcome:
    from generator.config.load import load_config
    from generator.pipeline.build import build

    if task.output is None:
        raise GongkaiError("没有写输出目录")
    options = _options(task)
    title = load_config(options.config_path, options.platform.settings).site.title
    result = build(options, task.output, clean=task.clean, search=task.search)
    return Outcome(job=task.job, site=task.site, title=title, result=result, findings=result.blocking)


def _check(task: Task) -> Outcome:
    from generator.pipeline.read import check_archive

    checked = check_archive(_options(task))
    return Outcome(job=task.job, site=task.site, title=checked.config.site.title, findings=checked.findings)


def _audit(task: Task) -> Outcome:
    from generator.fleet.site_audit import audited

    checked, data = audited(_options(task))
    title = checked.config.site.title
    return Outcome(job=task.job, site=task.site, title=title, findings=checked.findings, audit=data)


def _export(task: Task) -> Outcome:
    from generator.pipeline.export import export_site

    exported = export_site(_options(task), site=task.site)
    return Outcome(
        job=task.job, site=task.site, title=exported.title, findings=exported.blocking, export=exported.lines
    )


_JOBS: Mapping[Job, Callable[[Task], Outcome]] = {
    Job.FACTS: _read_facts,
    Job.BUILD: _build,
    Job.CHECK: _check,
    Job.AUDIT: _audit,
    Job.EXPORT: _export,
}


def counts_of(result: BuildResult) -> dict[str, int]:
    """Return the findings of a build by severity, blocking ones too."""
    counts = {severity.value: number for severity, number in result.other_counts.items()}
    for severity, number in count_by_severity(result.blocking).items():
        counts[severity.value] = counts.get(severity.value, 0) + number
    return counts
