"""Metadata for programs: official meta tags, JSON-LD, the sitemap, and the files that cover the whole site."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from typing import Any
from xml.etree import ElementTree as ET

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, NoticeKind, Relation, Site
from generator.domain.vocabulary import RELATIONS, Kind, RelationKind, Status
from generator.publish.data.api_documents import document_records, json_lines
from generator.publish.data.api_relations import relation_records
from generator.publish.data.lasting_names import uri_of, uris

_SITEMAP_MAX_URLS = 45_000
_COMPACT = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))
_SUMMARY_LENGTH = 120
_SITEMAP_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_LEGAL_FORCE = {
    Status.EFFECTIVE: "InForce",
    Status.AMENDED: "InForce",
    Status.PARTLY_VOID: "PartiallyInForce",
    Status.REPEALED: "NotInForce",
    Status.EXPIRED: "NotInForce",
    Status.PENDING: "NotInForce",
}
_LEGISLATION = tuple((spec.schema_org, spec.kind) for spec in RELATIONS if spec.schema_org)


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
    """Return the time of publication as ``YYYY-MM-DD HH:MM``, empty where the document has none."""
    value = document.value("date_published")
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return f"{value} 00:00" if isinstance(value, dt.date) else ""


def summary_of(document: Document) -> str:
    """Return 内容概述: the declared summary, else the first 120 characters of the text (requirements DOC-15)."""
    declared = document.text("summary")
    if declared:
        return declared
    opening = document.page.opening
    return opening if len(opening) <= _SUMMARY_LENGTH else opening[:_SUMMARY_LENGTH] + "…"


def json_ld(document: Document, site: Site, config: SiteConfig) -> str:
    """Return the schema.org description of a document as JSON-LD that is safe inside a script element."""
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
        if document.posting_state and (takedown := document.date("takedown_on")):
            data["expires"] = takedown.isoformat()
        data["author"] = [{"@type": "Organization", "name": name} for name in document.issuers]
        if about := [_target_object(relation, site, base) for relation in document.related(RelationKind.INTERPRETS)]:
            data["about"] = about
    text = _COMPACT.encode(data)
    return text.replace("<", "\\u003c").replace(">", "\\u003e").replace("&", "\\u0026")


def _schema_object(document: Document, base: str) -> dict[str, Any]:
    kind = "Legislation" if document.kind is Kind.POLICY else "Article"
    schema_object = {"@type": kind, "@id": base + document.address, "name": document.title}
    return schema_object | ({"legislationIdentifier": document.doc_number} if document.doc_number else {})


def _legislation(document: Document, site: Site, config: SiteConfig) -> dict[str, Any]:
    base = config.site.base_url
    data: dict[str, Any] = {
        "legislationPassedBy": [{"@type": "GovernmentOrganization", "name": name} for name in document.issuers],
        "legislationLegalForce": _force(document),
    }
    if document.doc_number:
        data["legislationIdentifier"] = document.doc_number
    if uri := uri_of(document, config):
        data["identifier"] = {"@type": "PropertyValue", "propertyID": "ELI", "value": uri}
    if written := document.date("date_written"):
        data["legislationDate"] = written.isoformat()
    if document.doc_type:
        data["legislationType"] = document.doc_type.label
    begins, ends = document.effective_on, document.term
    if begins:
        data["legislationDateOfApplicability"] = begins.isoformat()
    if begins or ends:
        data["temporalCoverage"] = f"{begins or '..'}/{ends or '..'}"
    for name, kind in _LEGISLATION:
        target_objects = [
            _target_object(relation, site, base)
            for relation in document.related(kind)
            if not relation.clause and (relation.target or relation.foreign)
        ]
        if target_objects:
            data.setdefault(name, []).extend(target_objects)
    if document.parts:
        data["hasPart"] = [_part_object(part, base) for part in document.parts]
    return data


def _force(document: Document) -> str:
    """Return the legal force in the words of schema.org; a suspended document has none, whatever its status."""
    force = _LEGAL_FORCE[document.status or Status.EFFECTIVE]
    if NoticeKind.SUSPENDED in document.marks:
        force = "NotInForce"
    elif NoticeKind.PARTLY_SUSPENDED in document.marks and force == "InForce":
        force = "PartiallyInForce"
    return f"https://schema.org/{force}"


def _target_object(relation: Relation, site: Site, base: str) -> dict[str, Any]:
    """Return the schema.org object of the target of a relation: a document, or the part that the relation names."""
    if foreign := relation.foreign:
        data = {"@type": "Legislation", "@id": foreign.url, "name": foreign.title}
        return data | ({"legislationIdentifier": foreign.number} if foreign.number else {})
    target = site.by_id[relation.target]
    part = next((one for one in target.parts if one.part_id == relation.part), None) if relation.part else None
    return _schema_object(part or target, base)


def _part_object(part: Document, base: str) -> dict[str, Any]:
    data = {**_schema_object(part, base), "legislationLegalForce": _force(part)}
    if part.effective_on or part.term:
        data["temporalCoverage"] = f"{part.effective_on or '..'}/{part.term or '..'}"
    return data


def sitemaps(site: Site, config: SiteConfig, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of ``sitemap.xml``, and of its parts where the site exceeds the size of one sitemap.

    ``addresses`` are those of the pages that are not documents.
    """
    base = config.site.base_url
    rows = [(address, "") for address in addresses]
    rows += [
        (document.address, document.published.isoformat() if document.published else "") for document in site.documents
    ]
    parts = [rows[start : start + _SITEMAP_MAX_URLS] for start in range(0, len(rows), _SITEMAP_MAX_URLS)] or [[]]
    names = ["sitemap.xml"] if len(parts) == 1 else [f"sitemap-{number}.xml" for number in range(1, len(parts) + 1)]
    for name, part in zip(names, parts, strict=True):
        root = ET.Element("urlset", {"xmlns": _SITEMAP_NAMESPACE})
        for address, day in part:
            url = ET.SubElement(root, "url")
            ET.SubElement(url, "loc").text = base + address
            if day:
                ET.SubElement(url, "lastmod").text = day
        yield name, xml_bytes(root)
    if len(parts) > 1:
        root = ET.Element("sitemapindex", {"xmlns": _SITEMAP_NAMESPACE})
        for name in names:
            ET.SubElement(ET.SubElement(root, "sitemap"), "loc").text = base + name
        yield "sitemap.xml", xml_bytes(root)


def machine_files(site: Site, config: SiteConfig, addresses: Iterable[str]) -> Iterator[tuple[str, bytes]]:
    """Yield path and bytes of the files that cover the whole site: the API and the sitemap."""
    yield "api/documents.json", json_lines(document_records(site))
    yield "api/relations.json", json_lines(relation_records(site))
    yield "api/uris.json", uris(site, config)
    yield from sitemaps(site, config, addresses)


def xml_bytes(root: ET.Element) -> bytes:
    """Return an XML document as indented UTF-8 bytes with its declaration."""
    ET.indent(root, " ")
    body: bytes = ET.tostring(root, encoding="utf-8")
    return b'<?xml version="1.0" encoding="utf-8"?>\n' + body + b"\n"
