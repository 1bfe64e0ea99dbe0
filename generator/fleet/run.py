"""Build a platform: read the facts of the sites that changed, then build those whose inputs or neighbours changed.

The facts of all sites are known before the first one is built, so that the order of sites and builds does not matter.
"""

import datetime as dt
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from generator.domain.model import AsOf
from generator.domain.problems import GongkaiError
from generator.fleet.executor import Executor
from generator.fleet.fingerprint import Fingerprints, output_stamp
from generator.fleet.neighbours import neighbours_of
from generator.fleet.outcome_rows import blocked_row, failed_row, row_of
from generator.fleet.plan import PORTAL, Plan
from generator.fleet.register import Register, SiteState
from generator.fleet.sources import SiteSource, find_sources
from generator.fleet.summary import SiteRow, SiteStatus
from generator.fleet.tasks import Job, Outcome, Task
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments
from generator.pipeline.options import Platform, Progress, Search
from generator.support.cache import code_digest, digest

_MOST_ROUNDS = 4  # two are enough unless a site is edited meanwhile
REGISTER = "fleet.db"


@dataclass(frozen=True, kw_only=True)
class FleetOptions:
    """The options of a command on a platform, with everything that depends on the machine and the day.

    ``cache`` is the folder of the register and of fetched repositories, ``cache_of`` gives the cache of one site.
    """

    plan: Plan
    cache: Path
    cache_of: Callable[[Path], Path]
    as_of: AsOf
    jobs: int
    executor: Executor
    progress: Progress
    search: Search = Search.CURRENT
    clean: bool = False


@dataclass
class Fleet:
    """A platform in one run: its sites, their inputs, and what the register says of the others to each of them.

    ``read_keys`` are the keys with which the facts of sites were read in this run, ``blocked`` the outcomes of those
    that findings stop from being built.
    """

    options: FleetOptions
    register: Register
    sources: tuple[SiteSource, ...]
    inputs: Mapping[str, str]
    states: Mapping[str, SiteState]
    foreign: dict[str, ForeignDocuments] = field(default_factory=dict)
    failed: dict[str, Outcome] = field(default_factory=dict)
    blocked: dict[str, Outcome] = field(default_factory=dict)
    read_keys: dict[str, str] = field(default_factory=dict)

    def task(self, job: Job, source: SiteSource, count: int) -> Task:
        """Return the task of one site; ``count`` is how many there are at once."""
        options = self.options
        return Task(
            job=job,
            site=source.entry.id,
            config_path=source.config_path,
            cache_of=options.cache_of,
            as_of=options.as_of,
            jobs=max(1, options.jobs // max(count, 1)),
            platform=Platform(
                settings=options.plan.shared,
                folder=options.plan.folder,
                foreign=self.foreign_of(source.entry.id),
            ),
            code=code_digest(),
            output=options.plan.output / source.entry.id,
            search=options.search,
            clean=options.clean,
        )

    def foreign_of(self, site: str) -> ForeignDocuments:
        """Return the foreign documents of a site, from the register."""
        if site not in self.foreign:
            blocked = self.blocked.get(site)
            outgoing = blocked.outgoing if blocked else self.register.outgoing(site)
            self.foreign[site] = neighbours_of(site, self.register, outgoing)
        return self.foreign[site]

    def facts_key(self, site: str) -> str:
        """Return the key of the facts of a site: its inputs, and what it knows of the others."""
        foreign = self.foreign_of(site)
        return f"{self.inputs[site]}:{'' if foreign is NO_FOREIGN else digest(repr(foreign))}"

    def is_current(self, state: SiteState) -> bool:
        """Whether nothing was published between the facts of a state and the minute of this run."""
        now = _minute(self.options.as_of.minute)
        return state.since <= now and (not state.until or now < state.until) and bool(now) == bool(state.since)


def open_fleet(options: FleetOptions, register: Register) -> Fleet:
    """Find the sites, fetch what is in git, and look which of them changed; then read the facts of those."""
    options.progress("取各网站", 0, 1)
    sources = find_sources(options.plan, options.cache / "repositories")
    options.progress("取各网站", 1, 1)
    if options.clean:
        register.forget_builds()
    register.keep_only([*(source.entry.id for source in sources), PORTAL])
    prints = Fingerprints(options.plan.folder)
    base = digest(options.as_of.day.isoformat(), repr(options.plan.shared), str(options.plan.folder))
    inputs = {source.entry.id: digest(base, prints.of(source)) for source in sources if source.error is None}
    fleet = Fleet(options, register, sources, inputs, register.states())
    for source in sources:
        if source.error:
            fleet.failed[source.entry.id] = Outcome(
                job=Job.FACTS, site=source.entry.id, error=source.error.message, hint=source.error.hint
            )
    _read_facts(fleet)
    return fleet


def _read_facts(fleet: Fleet) -> None:
    """Read the facts of the sites that changed, until no site learns anything new of the others.

    A run that is killed between two rounds leaves a register that is not settled; the next one goes on.
    """
    changed = [source for source in _usable(fleet) if not _has_facts(fleet, source.entry.id)]
    if not changed and fleet.register.is_settled:
        return  # the keys in the states are those of the present register
    _facts_of(fleet, changed)
    for _ in range(_MOST_ROUNDS):
        fleet.foreign.clear()
        changed = [
            source
            for source in _usable(fleet)
            if _known_key(fleet, source.entry.id) != fleet.facts_key(source.entry.id)
        ]
        if not changed:
            fleet.register.settle()
            return
        _facts_of(fleet, changed)
    fleet.foreign.clear()


def _has_facts(fleet: Fleet, site: str) -> bool:
    state = fleet.states.get(site)
    return bool(state and state.facts_key.partition(":")[0] == fleet.inputs[site] and fleet.is_current(state))


def _known_key(fleet: Fleet, site: str) -> str:
    return fleet.read_keys.get(site) or fleet.states.get(site, SiteState()).facts_key


def _facts_of(fleet: Fleet, sources: Sequence[SiteSource]) -> None:
    """Read the facts of some sites; the register gets them when all are read, so that their order does not matter."""
    keys = {source.entry.id: fleet.facts_key(source.entry.id) for source in sources}
    fleet.read_keys |= keys
    read: list[Outcome] = []
    for number, outcome in enumerate(_run(fleet, Job.FACTS, sources), 1):
        fleet.options.progress("读取各网站", number, len(sources))
        fleet.blocked.pop(outcome.site, None)
        if outcome.error:
            fleet.failed[outcome.site] = outcome
        elif outcome.facts is None:
            fleet.blocked[outcome.site] = outcome
            fleet.register.forget_documents(outcome.site, outcome.hidden)
        else:
            read.append(outcome)
    for outcome in sorted(read, key=lambda one: one.site):
        if outcome.facts:
            fleet.register.set_facts(outcome.site, keys[outcome.site], outcome.facts)
    fleet.states = fleet.register.states()


def _usable(fleet: Fleet) -> list[SiteSource]:
    return [source for source in fleet.sources if source.entry.id not in fleet.failed]


def _run(fleet: Fleet, job: Job, sources: Sequence[SiteSource]) -> Iterator[Outcome]:
    tasks = [fleet.task(job, source, len(sources)) for source in sources]
    return fleet.options.executor.run(tasks)


def run_job(fleet: Fleet, job: Job, stage: str) -> dict[str, Outcome]:
    """Do a job for every site that can be read; the outcomes are by site, those that failed too."""
    outcomes = dict(fleet.failed)
    sources = _usable(fleet)
    for number, outcome in enumerate(_run(fleet, job, sources), 1):
        fleet.options.progress(stage, number, len(sources))
        outcomes[outcome.site] = outcome
    return {source.entry.id: outcomes[source.entry.id] for source in fleet.sources}


def build_fleet(fleet: Fleet) -> tuple[SiteRow, ...]:
    """Build the sites that changed, and return a row of the summary for each, in the order of ``SITES.yaml``."""
    rows: dict[str, SiteRow] = {site: failed_row(outcome) for site, outcome in fleet.failed.items()}
    for site, outcome in fleet.blocked.items():
        rows[site] = blocked_row(site, outcome.title, outcome.findings)
    keys: dict[str, str] = {}
    changed: list[SiteSource] = []
    for source in _usable(fleet):
        site = source.entry.id
        if site in rows:
            continue
        state = fleet.states.get(site, SiteState())
        keys[site] = digest(state.facts_key or fleet.facts_key(site), state.since, fleet.options.search.value)
        if state.build_key == keys[site] and state.result and _is_there(fleet, site, state.result):
            rows[site] = replace(SiteRow.read(state.result), status=SiteStatus.UNCHANGED, seconds=0.0)
        else:
            changed.append(source)
    for row in rows.values():
        if row.status in {SiteStatus.FAILED, SiteStatus.BLOCKED}:
            fleet.register.set_result(row.site, "", row.written(""))
    for number, outcome in enumerate(_run(fleet, Job.BUILD, changed), 1):
        fleet.options.progress("生成各网站", number, len(changed))
        row = row_of(outcome)
        rows[outcome.site] = row
        is_built = row.status is SiteStatus.BUILT
        stamp = output_stamp(fleet.options.plan.output / outcome.site) if is_built else ""
        fleet.register.set_result(outcome.site, keys[outcome.site] if is_built else "", row.written(stamp))
    portal = _build_portal(fleet)
    return (*(rows[source.entry.id] for source in fleet.sources), *portal)


def _build_portal(fleet: Fleet) -> tuple[SiteRow, ...]:
    """Build the portal, where the platform has one and its register has changed; return its row."""
    options, settings = fleet.options, fleet.options.plan.portal
    if settings is None:
        return ()
    from generator.fleet.portal import MOST_SEARCHED, build_portal

    states = fleet.register.states()
    known = sorted((site, state.facts_key, state.since) for site, state in states.items() if site != PORTAL)
    prints = Fingerprints(options.plan.folder)
    facts = repr((known, settings, options.plan.shared, options.as_of.day, options.search, options.plan.sites))
    key = digest(prints.shared, facts)
    state = states.get(PORTAL, SiteState())
    if state.build_key == key and state.result and _is_there(fleet, PORTAL, state.result):
        return (replace(SiteRow.read(state.result), status=SiteStatus.UNCHANGED, seconds=0.0),)
    options.progress("生成门户", 0, 1)
    began = time.monotonic()
    searched = options.search is not Search.NONE
    try:
        count = build_portal(
            options.plan,
            settings,
            fleet.register,
            options.as_of.day,
            options.cache / PORTAL / "cache.db",
            with_search=searched,
        )
    except GongkaiError as error:
        row = SiteRow(site=PORTAL, title=settings.title, status=SiteStatus.FAILED, error=error.message, hint=error.hint)
        fleet.register.set_result(PORTAL, "", row.written(""))
        return (row,)
    options.progress("生成门户", 1, 1)
    too_many = (
        f"公开 {count} 件，超过 {MOST_SEARCHED} 件，门户没有检索；要检索的，用 gongkai export search 和检索服务器"
    )
    row = SiteRow(
        site=PORTAL,
        title=settings.title,
        status=SiteStatus.BUILT,
        documents=count,
        seconds=time.monotonic() - began,
        hint=too_many if searched and count > MOST_SEARCHED else "",
    )
    fleet.register.set_result(PORTAL, key, row.written(output_stamp(options.plan.output / PORTAL)))
    return (row,)


def _is_there(fleet: Fleet, site: str, result: Mapping[str, Any]) -> bool:
    """Whether the output of a site is still the one that was built."""
    stamp = output_stamp(fleet.options.plan.output / site)
    return bool(stamp) and stamp == result.get("stamp")


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
