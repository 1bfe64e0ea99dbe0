"""Check the official tags of a page (国办发〔2017〕47号), and its JSON-LD."""

from collections.abc import Iterator

from generator.domain.vocabulary import Kind, RelationKind
from generator.verify.api_records import Record
from generator.verify.built_page import PageFacts
from generator.verify.built_site import HOME, NOT_FOUND, SEARCH, BuiltSite, file_of
from generator.verify.fault import Fault, FaultKind
from generator.verify.state_checks import json_ld_of

_REBUILD = "检查主题的 base.html 和 document.html，重新生成"
_SITE = ("SiteName", "SiteDomain", "SiteIDCode")
_COLUMN = ("ColumnName", "ColumnDescription", "ColumnKeywords", "ColumnType")
_CONTENT = ("ArticleTitle", "PubDate", "ContentSource")
_MAY_BE_EMPTY = frozenset({"SiteIDCode", "PubDate"})  # a site without its number yet, a page without a day
_NO_COLUMN = ("effective/", "repealed/", "cited/", "relations/", "accessibility/")
_FORCE = {
    "effective": "InForce",
    "amended": "InForce",
    "partly_void": "PartiallyInForce",
}


def check_tags(site: BuiltSite) -> Iterator[Fault]:
    """Yield official tags and JSON-LD that are missing or differ from the API."""
    records = {file_of(record.url): record for record in site.records.values()}
    for path in sorted(site.own_pages - site.redirects.keys()):
        page, record = site.pages[path], records.get(path)
        required_tags = [*_SITE]
        if record:
            required_tags += [*_COLUMN, *_CONTENT]
        elif path not in {HOME, NOT_FOUND, SEARCH} and not path.startswith(_NO_COLUMN):
            required_tags += _COLUMN
        missing = [name for name in required_tags if not page.metas.get(name) and not _may_be_empty(page, name)]
        if missing:
            yield Fault(path, FaultKind.TAG, f"缺少标签 {'、'.join(missing)}", _REBUILD)
        if record:
            yield from _of_document(site, record, page, path)


def _may_be_empty(page: PageFacts, name: str) -> bool:
    return name in _MAY_BE_EMPTY and name in page.metas


def _of_document(site: BuiltSite, record: Record, page: PageFacts, path: str) -> Iterator[Fault]:
    if page.metas.get("ArticleTitle", record.title) != record.title:
        yield Fault(path, FaultKind.TAG, "标签 ArticleTitle 不是文件的标题", _REBUILD)
    if page.metas.get("PubDate", _moment(record)) != _moment(record):
        yield Fault(path, FaultKind.TAG, f"标签 PubDate 应是“{_moment(record)}”", _REBUILD)
    data = json_ld_of(page)
    if not data:
        yield Fault(path, FaultKind.JSON_LD, f"应有一段能读的 JSON-LD，有 {len(page.json_ld)} 段", _REBUILD)
        return
    policy = record.kind == Kind.POLICY
    expected = {
        "@type": "Legislation" if policy else "Article",
        "@id": site.base_url + record.url,
        "name": record.title,
    }
    if policy:
        expected["legislationLegalForce"] = f"https://schema.org/{_force(record)}"
    for key, value in expected.items():
        if data.get(key) != value:
            yield Fault(path, FaultKind.JSON_LD, f"JSON-LD 的 {key} 应是“{value}”", _REBUILD)
    about = data.get("about")
    ids = [thing.get("@id") for thing in about if isinstance(thing, dict)] if isinstance(about, list) else []
    things = {str(address).partition("#")[0] for address in ids}  # after # is the name of an embedded text
    for name in record.relations.get(RelationKind.INTERPRETS, ()):
        if not policy and name in site.records and site.base_url + site.records[name].url not in things:
            yield Fault(path, FaultKind.JSON_LD, f"JSON-LD 的 about 里没有所解读的“{name}”", _REBUILD)


def _force(record: Record) -> str:
    """Return the schema.org legal force of a document; a suspended one has none, whatever its status."""
    force = _FORCE.get(record.status, "NotInForce")
    if "suspended" in record.notices:
        return "NotInForce"
    return "PartiallyInForce" if force == "InForce" and "partly_suspended" in record.notices else force


def _moment(record: Record) -> str:
    """Return the moment of publication as YYYY-MM-DD HH:MM (requirements HYG-16)."""
    value = record.facts.get("date_published")
    if not isinstance(value, str):
        return ""
    return value.replace("T", " ") if "T" in value else f"{value} 00:00"
