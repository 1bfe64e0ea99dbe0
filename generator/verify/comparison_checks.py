"""Check 新旧对照: each page of comparison exists, its documents and it link each other, there is no other one."""

from collections.abc import Iterator

from generator.verify.api_records import Record
from generator.verify.built_page import COMPARE
from generator.verify.built_site import RECORDS, BuiltSite, file_of
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_FOLDER = "compare/"


def check_comparisons(site: BuiltSite) -> Iterator[Fault]:
    """Yield comparisons that are missing, that one of their documents does not link, or that belong to none."""
    known: dict[str, list[Record]] = {}
    for record in site.records.values():
        addresses = [one for one in record.comparisons if one.endswith(_FOLDER)]
        for address in addresses:
            known.setdefault(file_of(address), []).append(record)
        yield from _check_document(site, record, {file_of(address) for address in addresses})
    for path, records in sorted(known.items()):
        yield from _check_page(site, path, records)
    for path, page in sorted(site.pages.items()):
        if page.compare_of and path not in known:
            message = f"{RECORDS} 里没有哪份文件有这个新旧对照"
            yield Fault(path, FaultKind.UNACCOUNTED, message, "可能是不再公开的文本，立即重新生成")


def _check_document(site: BuiltSite, record: Record, expected: set[str]) -> Iterator[Fault]:
    """Yield where the page of a document links other comparisons than its record in the API."""
    path = file_of(record.url)
    page = site.pages.get(path)
    if page is None or page.article is None or page.article.id != record.id:
        return
    linked = {target_of(path, one.address).path for one in page.related if one.kind == COMPARE}
    linked = {f"{one}index.html" if one.endswith("/") else one for one in linked}
    for other in sorted(linked ^ expected):
        message = f"网页上的新旧对照和 {RECORDS} 不一致：{other[:80]}"
        yield Fault(path, FaultKind.PAGE_DIFFERS, message, _REBUILD)


def _check_page(site: BuiltSite, path: str, records: list[Record]) -> Iterator[Fault]:
    page = site.pages.get(path)
    if page is None:
        yield Fault(path, FaultKind.MISSING_FILE, f"编号“{records[0].id}”的新旧对照不存在", _REBUILD)
        return
    owner = site.by_url.get(path.removesuffix("index.html").removesuffix(_FOLDER))
    if owner is None or owner.id != page.compare_of or owner not in records or len(records) == 1:
        yield Fault(path, FaultKind.ONE_SIDED, f"{RECORDS} 里应有较新的和较旧的文件列出它", _REBUILD)
    if not page.compared_rows:
        yield Fault(path, FaultKind.PAGE_DIFFERS, "新旧对照里没有一行条文", "检查主题的 compare.html")
    linked = {target_of(path, one.value).path.removesuffix("index.html") for one in page.addresses}
    for record in records:
        if record.url not in linked:
            yield Fault(path, FaultKind.DEAD_LINK, f"新旧对照没有链接到编号“{record.id}”", "检查主题的 compare.html")
