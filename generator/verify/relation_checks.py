"""Check relations: both sides are in the API, and the pages show the same (contract section 5)."""

from collections.abc import Iterator

from generator.domain.vocabulary import RelationKind
from generator.verify.api_records import Record
from generator.verify.built_page import COMPARE, PageFacts
from generator.verify.built_site import RECORDS, BuiltSite, file_of
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_CITING = frozenset({RelationKind.CITES, RelationKind.CITED_BY})
_FROM_OUTSIDE = frozenset({RelationKind.REPEALED_BY})  # the only side on which an act may be outside the site
_LABELS = {kind.value: kind.label for kind in RelationKind}


def check_relations(site: BuiltSite) -> Iterator[Fault]:
    """Yield relations that one side lacks, that lead nowhere, or that only the page or only the API has."""
    for record in site.records.values():
        page = site.pages.get(file_of(record.url))
        page_of_record = page if page and page.article and page.article.id == record.id else None
        yield from _both_sides(site, record, page_of_record)
        if page_of_record:
            yield from _check_page(site, record, page_of_record)


def _both_sides(site: BuiltSite, record: Record, page: PageFacts | None) -> Iterator[Fault]:
    outside = {item.words for item in page.related if not item.address} if page else set()
    elsewhere = {item.address for item in page.related if is_elsewhere(site, item.address)} if page else set()
    for kind, targets in record.relations.items():
        for name in targets:
            other = site.records.get(name)
            if other and record.id not in other.relations.get(kind.inverse, ()):
                message = f"“{record.id}”的{kind.label}有“{name}”，“{name}”的{kind.inverse.label}里没有它"
                yield Fault(RECORDS, FaultKind.ONE_SIDED, message, _REBUILD)
            if other is None and page and name not in elsewhere and not (kind in _FROM_OUTSIDE and name in outside):
                message = f"“{record.id}”的{kind.label}“{name[:60]}”不是公开信息"
                yield Fault(RECORDS, FaultKind.UNKNOWN_TARGET, message, "可能是不公开或已撤下的文件，立即重新生成")


def _check_page(site: BuiltSite, record: Record, page: PageFacts) -> Iterator[Fault]:
    path = file_of(record.url)
    in_api = {(kind.value, name) for kind, names in record.relations.items() for name in names}
    on_page = {
        (item.kind, name_of(site, path, item.address, item.words))
        for item in page.related
        if not item.in_notice and item.kind != COMPARE
    }
    in_notices = {(item.kind, name_of(site, path, item.address, item.words)) for item in page.related if item.in_notice}
    inherited = {
        (kind.value, name)
        for about in record.relations.get(RelationKind.INTERPRETS, ())
        if about in site.records
        for kind, names in site.records[about].relations.items()
        for name in names
    }
    declared = {name for kind, names in record.relations.items() if kind not in _CITING for name in names}
    not_shown = {
        (kind.value, name) for kind in _CITING for name in declared
    }  # the page shows the declared relation only
    for kind, name in sorted((on_page - in_api) | (in_notices - in_api - inherited)):
        label = _LABELS.get(kind, kind)
        yield Fault(path, FaultKind.PAGE_DIFFERS, f"网页上有{label}“{name[:60]}”，{RECORDS} 里没有", _REBUILD)
    for kind, name in sorted(in_api - on_page - in_notices - not_shown):
        label = _LABELS[kind]
        yield Fault(path, FaultKind.PAGE_DIFFERS, f"{RECORDS} 里有{label}“{name[:60]}”，网页上没有", _REBUILD)


def is_elsewhere(site: BuiltSite, address: str) -> bool:
    """Whether an address leads to another site."""
    return address.startswith(("https://", "http://")) and not address.startswith(site.base_url or "https://")


def name_of(site: BuiltSite, path: str, address: str, words: str) -> str:
    """Return the id of the document that a link leads to, or the address where it is on another site of the platform.

    Return the words where the link leads to no document.
    """
    if not address:
        return words
    if is_elsewhere(site, address):
        return address
    target = target_of(path, address).path
    record = site.by_url.get(target.removesuffix("index.html"))
    return record.id if record else words
