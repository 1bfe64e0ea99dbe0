"""Check 历史版本: a former version is marked as one, has today's notices, and only its document links to it."""

from collections import Counter
from collections.abc import Iterator
from typing import Any

from generator.verify.api_records import Record
from generator.verify.built_site import BuiltSite, file_of, parsed
from generator.verify.fault import Fault, FaultKind

_REBUILD = "检查主题的 history.html 和 version.html，重新生成"
_WITHDRAWN = "可能是不再公开的文本，立即重新生成"


def api_path(document: str) -> str:
    """Return the path of the JSON file of one document."""
    return f"api/documents/{document}.json"


def expected_version_pages(site: BuiltSite, record: Record) -> Iterator[str]:
    """Yield the pages of the history of a document that its own JSON lists."""
    single = parsed(site.texts.get(api_path(record.id), b""))
    history = single.get("history") if isinstance(single, dict) else None
    if not isinstance(history, dict):
        return
    changes: Any = history.get("changes")
    urls = [change.get("url") for change in changes if isinstance(change, dict)] if isinstance(changes, list) else []
    for address in (history.get("url"), *urls):
        if isinstance(address, str) and address.startswith(record.url + "history/"):
            yield file_of(address)


def check_versions(site: BuiltSite) -> Iterator[Fault]:
    """Yield former versions that are missing, indexed, without notices, or unknown to their document."""
    listed = {file_of(address) for address in site.listed}
    known: set[str] = set()
    for record in site.records.values():
        for path in expected_version_pages(site, record):
            known.add(path)
            page = site.pages.get(path)
            if page is None:
                yield Fault(path, FaultKind.MISSING_FILE, f"编号“{record.id}”的历史版本不存在", _REBUILD)
                continue
            if "noindex" not in page.metas.get("robots", "") or path in listed:
                yield Fault(path, FaultKind.TAG, "历史版本应标明 noindex，也不列入站点地图", _REBUILD)
            missing = Counter(record.notices) - Counter(page.notices)
            for kind in sorted(missing):
                yield Fault(path, FaultKind.NOTICE, f"历史版本的正文前面没有“{kind}”的提示", _REBUILD)
    for path in sorted(site.checksums.keys() - known):
        address, folder, _ = path.rpartition("history/")
        if folder and address in site.by_url:
            yield Fault(path, FaultKind.UNACCOUNTED, "这份文件的变更记录里没有这个历史版本", _WITHDRAWN)
