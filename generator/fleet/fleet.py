"""A platform in one run: its options, its sites and their inputs, and the tasks of its sites."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from generator.domain.model import AsOf
from generator.fleet.executor import Executor
from generator.fleet.neighbours import neighbours_of
from generator.fleet.plan import Plan
from generator.fleet.register import Register, SiteState
from generator.fleet.sources import SiteSource
from generator.fleet.tasks import Job, Outcome, Task
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments
from generator.pipeline.options import Platform, Progress, Search
from generator.support.cache import code_digest, digest


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

    @property
    def usable(self) -> list[SiteSource]:
        """The sites that can be read."""
        return [source for source in self.sources if source.entry.id not in self.failed]

    def run(self, job: Job, sources: Sequence[SiteSource]) -> Iterator[Outcome]:
        """Do a job for some sites and yield the outcomes in the order in which they end."""
        return self.options.executor.run([self.task(job, source, len(sources)) for source in sources])

    def is_current(self, state: SiteState) -> bool:
        """Whether nothing was published between the facts of a state and the minute of this run."""
        now = _minute(self.options.as_of.minute)
        return state.since <= now and (not state.until or now < state.until) and bool(now) == bool(state.since)


def _minute(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M}" if moment else ""
