"""Run all checks on a folder; the faults are sorted by file."""

import datetime as dt
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from generator.verify.active_content import check_active
from generator.verify.address_checks import check_links
from generator.verify.browse_checks import check_browsing
from generator.verify.built_site import MANIFEST, read_site
from generator.verify.comparison_checks import check_comparisons
from generator.verify.fault import Fault, FaultKind
from generator.verify.file_checks import check_accounted_files, check_indexes, check_lists, check_manifest
from generator.verify.former_address_checks import check_former_addresses
from generator.verify.later_states import check_later_states
from generator.verify.portal_checks import PORTAL_CHECKS, check_later
from generator.verify.portal_site import read_portal
from generator.verify.relation_checks import check_relations
from generator.verify.search_checks import check_search
from generator.verify.state_checks import check_states
from generator.verify.tag_checks import check_tags
from generator.verify.version_checks import check_versions

_CHECKS = (
    check_active,
    check_manifest,
    check_accounted_files,
    check_search,
    check_lists,
    check_indexes,
    check_browsing,
    check_relations,
    check_states,
    check_versions,
    check_comparisons,
    check_former_addresses,
    check_links,
    check_tags,
)
_OF_EVERY_SITE = (check_active, check_manifest, check_links, check_tags)  # of a portal, too
_NOT_BUILT = "网站不是那一次生成的，或者连清单一起被改过；用 gongkai build 重新生成，整个文件夹一起替换"


class VerifyResult(NamedTuple):
    """The faults of a site or a portal, and how much was checked.

    ``seal`` is the sha256 of the manifest, and so identifies all files.
    """

    faults: tuple[Fault, ...]
    files: int
    documents: int
    as_of: str
    seal: str


def verify(root: Path, *, seal: str = "", day: dt.date | None = None) -> VerifyResult:
    """Check a built site, or the portal of a platform; nothing is written.

    With a ``seal`` it must be the site of the build that printed it. With a ``day`` it also says which states have
    changed since the site was built and are shown wrong on that day.

    Raises ``GongkaiError`` where the folder is no site of gongkai, or for a day before that of the site.
    """
    site = read_site(root)
    if site.is_portal:
        portal = read_portal(site)
        documents = len(portal.records)
        checked = (*(check(site) for check in _OF_EVERY_SITE), *(check(portal) for check in PORTAL_CHECKS))
        later_faults = check_later(portal, day) if day else ()
    else:
        documents = len(site.records)
        checked = tuple(check(site) for check in _CHECKS)
        later_faults = check_later_states(site, day) if day else ()
    faults = sorted(set(chain(site.faults, *checked, later_faults)))
    site_seal = site.checksums.get(MANIFEST, "")
    if seal and site_seal != seal.lower():
        message = f"网站封签是 {site_seal or '（没有清单）'}，不是所给的 {seal.lower()}"
        faults.insert(0, Fault(MANIFEST, FaultKind.SEAL, message, _NOT_BUILT))
    return VerifyResult(
        tuple(faults),
        len(site.checksums),
        documents,
        str(site.manifest.get("as_of", "")),
        site_seal,
    )
