"""Select the findings that a change may have caused: in its files, or in documents related to them."""

import posixpath
from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Set as AbstractSet

from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Archive, Document, Evidence, LinkOutcome
from generator.domain.problems import Finding

# Findings between two documents: a change of either may cause them.
_BETWEEN = (
    "F003",
    "F004",
    "F005",
    "F006",
    "F009",
    "G003",
    "H001",
    "H002",
    "L",
    "V001",
    "V002",
    "V009",
    "V010",
    "V011",
    "D003",
    "D011",
    "D012",
    "S010",
)
# A reference without a target: any change may have removed the target.
_LOST = ("F009", "L001")
_TEXTS = (".md", ".markdown")
_DEAD = frozenset({LinkOutcome.NO_PAGE, LinkOutcome.NO_FILE})


def findings_touching(
    findings: Iterable[Finding],
    archive: Archive,
    config: SiteConfig,
    evidence: Evidence,
    touched: AbstractSet[str],
    gone: AbstractSet[str],
) -> list[Finding]:
    """Return the findings that changes may have caused; ``touched`` and ``gone`` are paths as in ``Changes``."""
    affected = touched | {document.path for document in archive.documents if _uses_any(archive, document, touched)}
    related = _related(archive, touched, gone)
    any_text_changed = any(path.endswith(_TEXTS) for path in touched | gone)
    config_path = config.place_of()[0]

    def concerns(finding: Finding) -> bool:
        if finding.path in affected:
            return True
        if finding.rule == "V005" and finding.path == config_path:
            return any(item.path in gone | touched and item.address in finding.message for item in evidence.vanished)
        if finding.rule.startswith(_LOST):
            return any_text_changed
        return finding.rule.startswith(_BETWEEN) and finding.path in related

    return [finding for finding in findings if concerns(finding)]


def draft_findings_touching(
    findings: Iterable[Finding], touched: AbstractSet[str], gone: AbstractSet[str]
) -> list[Finding]:
    """Return the findings of drafts that changes may have caused: in changed drafts, or between a draft and others."""
    any_text_changed = any(path.endswith(_TEXTS) for path in touched | gone)
    return [
        finding
        for finding in findings
        if finding.path in touched or (any_text_changed and finding.rule.startswith(_BETWEEN))
    ]


def _uses_any(archive: Archive, document: Document, touched: AbstractSet[str]) -> bool:
    """Whether a document attaches or links a file that was touched."""
    return any(
        resolved.file in touched
        for resolved in (*archive.attachments.get(document.path, ()), *archive.links.get(document.path, ()))
    )


def _related(archive: Archive, touched: AbstractSet[str], gone: AbstractSet[str]) -> set[str]:
    """Return the paths of the documents that are related to a changed one, share a name with it, or link to it."""
    changed = [document for path in touched if (document := archive.by_path.get(path))]
    related = {archive.by_id[item.target].path for document in changed for item in document.relations if item.target}
    paths_by_name: dict[str, list[str]] = defaultdict(list)
    for document in archive.documents:
        for name in _names(document):
            paths_by_name[name].append(document.path)
    for document in changed:
        for name in _names(document):
            related.update(paths_by_name[name])
    changed_ids = {document.id for document in changed}
    for path, links in (*archive.links.items(), *archive.attachments.items()):
        for link in links:
            path_of_target = posixpath.normpath(posixpath.join(posixpath.dirname(path), link.target.partition("#")[0]))
            if link.document in changed_ids or (link.outcome in _DEAD and path_of_target in gone):
                related.add(path)
    return related


def _names(document: Document) -> list[str]:
    number = doc_number_key(document.doc_number) if document.doc_number else ""
    return [name for name in (document.id.casefold(), document.text("index_no"), number) if name]
