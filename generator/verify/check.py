"""The recipe: a folder → all faults, in the order of its files."""

from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.verify.fault import Fault
from generator.verify.files import check_accounts, check_indexes, check_lists, check_manifest, check_search
from generator.verify.links import check_links
from generator.verify.past import check_past
from generator.verify.relations import check_relations
from generator.verify.site import MANIFEST, read_site
from generator.verify.states import check_states
from generator.verify.tags import check_tags

_CHECKS = (
    check_manifest,
    check_accounts,
    check_search,
    check_lists,
    check_indexes,
    check_relations,
    check_states,
    check_past,
    check_links,
    check_tags,
)


class Verified(NamedTuple):
    """What was looked at, and what is wrong; ``seal`` is the sha256 of the manifest, which stands for all files."""

    faults: tuple[Fault, ...]
    files: int
    documents: int
    as_of: str
    seal: str


def verify(root: Path) -> Verified:
    """Check a built site; nothing is written.

    Raises ``GongkaiError`` where the folder is no site of gongkai.
    """
    site = read_site(root)
    faults = sorted(set(chain(site.faults, *(check(site) for check in _CHECKS))))
    return Verified(
        tuple(faults),
        len(site.sums),
        len(site.records),
        str(site.manifest.get("as_of", "")),
        site.sums.get(MANIFEST, ""),
    )
