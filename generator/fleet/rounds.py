"""Read the facts of the sites that changed into the register, in rounds, until no site learns anything new."""

import pickle
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from generator.fleet.facts import SiteFacts
from generator.fleet.fleet import Fleet
from generator.fleet.register import SiteState
from generator.fleet.sources import SiteSource
from generator.fleet.tasks import Job, Outcome

_MOST_ROUNDS = 4  # two are enough unless a site is edited meanwhile


def read_all_facts(fleet: Fleet) -> None:
    """Read the facts of the sites that changed, until no site learns anything new of the others.

    A run that is killed between two rounds leaves a register that is not settled; the next one goes on.
    """
    changed = [source for source in fleet.usable if not _has_facts(fleet, source.entry.id)]
    if not changed and fleet.register.is_settled:
        return  # the keys in the states are those of the present register
    _facts_of(fleet, changed)
    for _ in range(_MOST_ROUNDS):
        fleet.foreign.clear()
        changed = [
            source for source in fleet.usable if _known_key(fleet, source.entry.id) != fleet.facts_key(source.entry.id)
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
    """Read the facts of some sites; the register gets them when all are read, so that their order does not matter.

    Meanwhile they are on the disk: a million documents have some GB of facts.
    """
    keys = {source.entry.id: fleet.facts_key(source.entry.id) for source in sources}
    fleet.read_keys |= keys
    read: set[str] = set()
    with tempfile.TemporaryDirectory(prefix="facts-", dir=fleet.options.cache) as name:
        for outcome in _read(fleet, sources):
            if outcome.facts:
                read.add(outcome.site)
                (Path(name) / outcome.site).write_bytes(pickle.dumps(outcome.facts))
        for site in sorted(read):
            facts: SiteFacts = pickle.loads((Path(name) / site).read_bytes())  # noqa: S301 - written above
            fleet.register.set_facts(site, keys[site], facts)
    fleet.states = fleet.register.states()


def _read(fleet: Fleet, sources: Sequence[SiteSource]) -> Iterator[Outcome]:
    """Yield the outcomes of reading facts; those of sites that cannot be read or built are noted."""
    for number, outcome in enumerate(fleet.run(Job.FACTS, sources), 1):
        fleet.options.progress("读取各网站", number, len(sources))
        fleet.blocked.pop(outcome.site, None)
        if outcome.error:
            fleet.failed[outcome.site] = outcome
        elif outcome.facts is None:
            fleet.blocked[outcome.site] = outcome
            fleet.register.forget_documents(outcome.site, outcome.hidden)
        yield outcome
