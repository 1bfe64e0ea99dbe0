"""What programs read: official meta tags, JSON-LD, the API, Atom, the sitemap."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from generator.config import SiteConfig
from generator.model import Attachment, Column, Document, Site
from generator.vocabulary import Kind, RelationKind, Status, Term

_SITEMAP_MOST = 45_000
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN = json.JSONEncoder(ensure_ascii=False)
_SUMMARY = 120
_ATOM = "http://www.w3.org/2005/Atom"
_SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_FORCE = {
    Status.EFFECTIVE: "InForce",
    Status.AMENDED: "InForce",
    Status.PARTLY_VOID: "PartiallyInForce",
    Status.REPEALED: "NotInForce",
    Status.EXPIRED: "NotInForce",
    Status.PENDING: "NotInForce",
}
_LEGISLATION = (
    ("legislationRepeals", RelationKind.REPEALS),
    ("legislationRepeals", RelationKind.REPLACES),
    ("legislationAmends", RelationKind.AMENDS),
    ("isBasedOn", RelationKind.BASED_ON),
    ("citation", RelationKind.CITES),
)
_DERIVED = (
    RelationKind.INTERPRETED_BY,
    RelationKind.REPEALED_BY,
    RelationKind.AMENDED_BY,
    RelationKind.REPLACED_BY,
    RelationKind.CITED_BY,
    RelationKind.BASIS_OF,
    RelationKind.RESPONDED_BY,
    RelationKind.OUTCOME_OF,
    RelationKind.CITES,
    RelationKind.INTERPRETS,
    RelationKind.REPEALS,
    RelationKind.AMENDS,
    RelationKind.REPLACES,
    RelationKind.BASED_ON,
    RelationKind.RESPONDS_TO,
    RelationKind.OUTCOME,
)
_ALWAYS = _DERIVED[:5]  # contract section 5


def site_metas(config: SiteConfig) -> list[tuple[str, str]]:
    """Return the three site tags of 国办发〔2017〕47号 (requirements HYG-13)."""
    facts = config.site
    return [("SiteName", facts.name), ("SiteDomain", facts.domain), ("SiteIDCode", facts.site_id_code)]


def column_metas(config: SiteConfig, column: Column) -> list[tuple[str, str]]:
    """Return the four column tags (requirements HYG-14)."""
    return [
        ("ColumnName", column.title),
        ("ColumnDescription", column.description),
        ("ColumnKeywords", f"{column.title},{config.site.title}"),
        ("ColumnType", column.column_type),
    ]


def content_metas(document: Document, config: SiteConfig) -> list[tuple[str, str]]:
    """Return the content tags, mandatory and optional (requirements HYG-15, HYG-16)."""
    return [
        ("ArticleTitle", document.title),
        ("PubDate", moment_text(document)),
        ("ContentSource", document.text("source_name") or document.issuers[0]),
        ("Keywords", ",".join(document.texts("keywords")) or document.title),
        ("Author", document.text("interpreter") or document.issuers[0]),
        ("Description", summary_of(document)),
        ("Url", config.site.base_url + document.address),
    ]


def moment_text(document: Document) -> str:
    """Return the publication as YYYY-MM-DD HH:MM, empty without one."""
    value = document.value("date_published")
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value} 00:00" if isinstance(value, dt.date) else ""


def summary_of(document: Document) -> str:
    """Return 内容概述: the declared one, else the opening of the text (requirements DOC-15)."""
    declared = document.text("summary")
    if declared:
        return declared
    opening = document.page.opening
    return opening if len(opening) <= _SUMMARY else opening[:_SUMMARY] + "…"


def json_ld(document: Document, site: Site, config: SiteConfig) -> str:
    """Return the schema.org description of a document, safe inside a script element."""
    base = config.site.base_url
    policy = document.kind is Kind.POLICY
    data: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Legislation" if policy else "Article",
        "@id": base + document.address,
        "url": base + document.address,
        "name": document.title,
        "inLanguage": "zh-CN",
        "publisher": {"@type": "GovernmentOrganization", "name": config.site.agency},
        "abstract": summary_of(document),
    }
    if document.published:
        data["datePublished"] = document.published.isoformat()
    if policy:
        data |= _legislation(document, site, base)
    else:
        data["headline"] = document.title
        data["author"] = [{"@type": "Organization", "name": name} for name in document.issuers]
        if about := [
            _thing(site.by_id[relation.target], base) for relation in document.related(RelationKind.INTERPRETS)
        ]:
            data["about"] = about
    text = _COMPACT.encode(data)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _thing(document: Document, base: str) -> dict[str, Any]:
    kind = "Legislation" if document.kind is Kind.POLICY else "Article"
    thing = {"@type": kind, "@id": base + document.address, "name": document.title}
    return thing | ({"legislationIdentifier": document.doc_number} if document.doc_number else {})


def _legislation(document: Document, site: Site, base: str) -> dict[str, Any]:
    data: dict[str, Any] = {
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in document.issuers],
        "legislationLegalForce": f"https://schema.org/{_FORCE[document.status or Status.EFFECTIVE]}",
    }
    if document.doc_number:
        data["legislationIdentifier"] = document.doc_number
    if written := document.date("date_written"):
        data["legislationDate"] = written.isoformat()
    if document.doc_type:
        data["legislationType"] = document.doc_type.label
    begins, ends = document.effective_on, document.date("expires_on")
    if begins or ends:
        data["temporalCoverage"] = f"{begins or '..'}/{ends or '..'}"
    for name, kind in _LEGISLATION:
        things = [
            _thing(site.by_id[relation.target], base) for relation in document.related(kind) if not relation.clause
        ]
        if things:
            data.setdefault(name, []).extend(things)
    return data


def document_records(site: Site) -> list[dict[str, Any]]:
    """Return ``api/documents.json``: one object per public document (contract section 5)."""
    return [_record(document, site) for document in site.documents]


def json_lines(records: Iterable[object]) -> bytes:
    """Return a JSON list with a line per record: quick to write, and a change is a changed line."""
    lines = ",\n".join(_PLAIN.encode(record) for record in records)
    return f"[\n{lines}\n]\n".encode()


def _record(document: Document, site: Site) -> dict[str, Any]:
    record: dict[str, Any] = {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "url": document.address,
    }
    for key, field in document.page.fields.items():
        if key not in record and key != "attachments":
            record[key] = _plain(field.value)
    record |= {
        "issuer": list(document.issuers),
        "column": document.column,
        "status": document.status.value if document.status else None,
        "status_label": document.status.label if document.status else None,
        "notices": [notice.kind.value for notice in document.notices],
        "attachments": [
            {
                "title": item.title,
                "url": quote(site.targets[document.id][item.file]),
                "disclosure": item.disclosure.value,
                "size": site.files[site.targets[document.id][item.file]].size,
            }
            for item in document.attachments
        ],
    }
    if document.consultation_state:
        record["consultation_status"] = document.consultation_state.value
    if document.interpretation_state:
        record["interpretation_state"] = document.interpretation_state.value
    record |= {kind.value: [] for kind in _ALWAYS}
    for kind in _DERIVED if document.relations else ():
        if targets := [relation.target or relation.outside for relation in document.related(kind)]:
            record[kind.value] = list(dict.fromkeys(targets))
    return record


def _plain(value: object) -> Any:
    if isinstance(value, Term):
        return value.value
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%dT%H:%M}"
    if isinstance(value, dt.date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(item) for item in value if not isinstance(item, Attachment)]
    return value


def feed(site: Site, config: SiteConfig) -> bytes:
    """Return the Atom feed of the newest documents."""
    base = config.site.base_url
    root = ET.Element("feed", {"xmlns": _ATOM, "xml:lang": "zh-CN"})
    ET.SubElement(root, "title").text = config.site.name
    ET.SubElement(root, "id").text = base
    ET.SubElement(root, "link", {"rel": "self", "href": base + "feed.xml"})
    ET.SubElement(root, "link", {"rel": "alternate", "href": base})
    newest = [document for document in site.documents if document.published][: config.feed_size]
    ET.SubElement(root, "updated").text = _atom_time(newest[0]) if newest else f"{site.as_of}T00:00:00+08:00"
    ET.SubElement(ET.SubElement(root, "author"), "name").text = config.site.agency
    for document in newest:
        entry = ET.SubElement(root, "entry")
        ET.SubElement(entry, "title").text = document.title
        ET.SubElement(entry, "id").text = base + document.address
        ET.SubElement(entry, "link", {"rel": "alternate", "type": "text/html", "href": base + document.address})
        ET.SubElement(entry, "published").text = _atom_time(document)
        ET.SubElement(entry, "updated").text = _atom_time(document)
        ET.SubElement(entry, "category", {"term": document.kind.value, "label": document.kind.label})
        ET.SubElement(entry, "summary").text = summary_of(document)
    return _xml(root)


def _atom_time(document: Document) -> str:
    return moment_text(document).replace(" ", "T") + ":00+08:00"


def sitemaps(site: Site, config: SiteConfig, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield ``sitemap.xml``, and its parts where the site is larger than one sitemap may be."""
    base = config.site.base_url
    rows = [(address, "") for address in addresses]
    rows += [
        (document.address, document.published.isoformat() if document.published else "") for document in site.documents
    ]
    parts = [rows[start : start + _SITEMAP_MOST] for start in range(0, len(rows), _SITEMAP_MOST)] or [[]]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        root = ET.Element("urlset", {"xmlns": _SITEMAP})
        for address, day in part:
            url = ET.SubElement(root, "url")
            ET.SubElement(url, "loc").text = base + address
            if day:
                ET.SubElement(url, "lastmod").text = day
        yield name, _xml(root)
    if len(parts) > 1:
        root = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
        for name in names:
            ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = base + name
        yield "sitemap.xml", _xml(root)


def formats(site: Site, config: SiteConfig, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield every file for programs: the API, the feed, the sitemap."""
    yield "api/documents.json", json_lines(document_records(site))
    yield "feed.xml", feed(site, config)
    yield from sitemaps(site, config, addresses)


def _xml(root: ET.Element) -> bytes:
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
