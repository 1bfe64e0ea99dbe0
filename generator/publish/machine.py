"""What programs read: official meta tags, JSON-LD, the API, the sitemap."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any
from urllib.parse import quote
from xml.etree import ElementTree as ET

from generator.config import SiteConfig
from generator.model import Attachment, Column, Document, Site
from generator.publish.edges import relation_records
from generator.publish.uris import uri_of, uris
from generator.vocabulary import Kind, RelationKind, Status, Term

_SITEMAP_MOST = 45_000
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_PLAIN = json.JSONEncoder(ensure_ascii=False)
_SUMMARY = 120
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
    RelationKind.CONSULTED,
    RelationKind.CONSULTED_FOR,
    RelationKind.FOLLOWS,
    RelationKind.FOLLOWED_BY,
)
_ALWAYS = _DERIVED[:5]  # contract section 5
_OWN_FORM = frozenset({"attachments", "corrections"})


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
        data |= _legislation(document, site, config)
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


def _legislation(document: Document, site: Site, config: SiteConfig) -> dict[str, Any]:
    base = config.site.base_url
    data: dict[str, Any] = {
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in document.issuers],
        "legislationLegalForce": f"https://schema.org/{_FORCE[document.status or Status.EFFECTIVE]}",
    }
    if document.doc_number:
        data["legislationIdentifier"] = document.doc_number
    if uri := uri_of(document, config):
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "ELI", "value": uri}
    if written := document.date("date_written"):
        data["legislationDate"] = written.isoformat()
    if document.doc_type:
        data["legislationType"] = document.doc_type.label
    begins, ends = document.effective_on, document.date("expires_on")
    if begins:
        data["legislationDateOfApplicability"] = begins.isoformat()
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
    return [record_of(document, site) for document in site.documents]


def json_lines(records: Iterable[object]) -> bytes:
    """Return a JSON list with a line per record: quick to write, and a change is a changed line."""
    lines = ",\n".join(_PLAIN.encode(record) for record in records)
    return f"[\n{lines}\n]\n".encode()


def record_of(document: Document, site: Site) -> dict[str, Any]:
    """Return one public document with the keys of contract section 3, its state and both sides of its relations."""
    record: dict[str, Any] = {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "url": document.address,
    }
    for key, field in document.page.fields.items():
        if key not in record and key not in _OWN_FORM:
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
    if document.corrections:
        record["corrections"] = [{"date": item.on.isoformat(), "note": item.note} for item in document.corrections]
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
        yield name, xml_bytes(root)
    if len(parts) > 1:
        root = ET.Element("sitemapindex", {"xmlns": _SITEMAP})
        for name in names:
            ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = base + name
        yield "sitemap.xml", xml_bytes(root)


def formats(site: Site, config: SiteConfig, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield the files for programs that hold the whole site: the API, the sitemap."""
    yield "api/documents.json", json_lines(document_records(site))
    yield "api/relations.json", json_lines(relation_records(site))
    yield "api/uris.json", uris(site, config)
    yield from sitemaps(site, config, addresses)


def xml_bytes(root: ET.Element) -> bytes:
    """Return a document as a file, indented."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
