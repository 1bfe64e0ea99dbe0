"""Build a platform: read the facts of the sites that changed, then build those whose inputs or neighbours changed.

The facts of all sites are known before the first one is built, so that the order of sites and builds does not matter.
"""

import time
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from generator.domain.problems import GongkaiError
from generator.fleet.fingerprint import Fingerprints, output_stamp
from generator.fleet.fleet import Fleet, FleetOptions
from generator.fleet.outcome_rows import blocked_row, failed_row, row_of
from generator.fleet.plan import PORTAL
from generator.fleet.register import Register, SiteState
from generator.fleet.rounds import read_all_facts
from generator.fleet.sources import SiteSource, find_sources
from generator.fleet.summary import SiteRow, SiteStatus
from generator.fleet.tasks import Job, Outcome
from generator.pipeline.options import Search
from generator.support.cache import digest

REGISTER = "fleet.db"


def open_fleet(options: FleetOptions, register: Register) -> Fleet:
    """Find the sites, fetch what is in git, and look which of them changed; then read the facts of those."""
    options.progress("取各网站", 0, 1)
    sources = find_sources(options.plan, options.cache / "repositories")
    options.progress("取各网站", 1, 1)
    if options.clean:
        register.forget_builds()
    register.keep_only([*(source.entry.id for source in sources), PORTAL])
    prints = Fingerprints(options.plan.folder, options.plan.shared)
    base = digest(options.as_of.day.isoformat(), repr(options.plan.shared), str(options.plan.folder))
    inputs = {source.entry.id: digest(base, prints.of(source)) for source in sources if source.error is None}
    fleet = Fleet(options, register, sources, inputs, register.states())
    for source in sources:
        if source.error:
            fleet.failed[source.entry.id] = Outcome(
                job=Job.FACTS, site=source.entry.id, error=source.error.message, hint=source.error.hint
            )
    read_all_facts(fleet)
    return fleet


def run_job(fleet: Fleet, job: Job, stage: str) -> dict[str, Outcome]:
    """Do a job for every site that can be read; the outcomes are by site, those that failed too."""
    outcomes = dict(fleet.failed)
    sources = fleet.usable
    for number, outcome in enumerate(fleet.run(job, sources), 1):
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
    for source in fleet.usable:
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
    for number, outcome in enumerate(fleet.run(Job.BUILD, changed), 1):
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
    known = sorted(
        (site, state.facts_key, state.since, (state.result or {}).get("seal", ""))
        for site, state in states.items()
        if site != PORTAL
    )
    prints = Fingerprints(options.plan.folder, options.plan.shared)
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
