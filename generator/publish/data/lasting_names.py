"""Lasting names of policies: ``api/uris.json``, persistent identifiers like the European Legislation Identifier.

A name consists of what never changes once a document is issued: the site's host, the 机关代字, the year and the number,
``eli/<host>/<代字>/<year>/<number>``. It is not an address: a static host cannot redirect, and a second page for every
policy could contradict the first. The table maps each name to the current address of its document.
"""

import json
import re
from urllib.parse import quote

from generator.config.load import SiteConfig
from generator.domain.doc_numbers import doc_number_key
from generator.domain.model import Document, Site
from generator.domain.vocabulary import Kind

_PARTS = re.compile(r"(.+)〔(\d{4})〕(\d+)号|(.+(?:令|公告|通告))第(\d+)号")


def uri_of(document: Document, config: SiteConfig) -> str:
    """Return the lasting name of a policy; empty for other kinds and for a policy without 文号."""
    if document.kind is not Kind.POLICY or not document.doc_number:
        return ""
    match = _PARTS.fullmatch(doc_number_key(document.doc_number))
    if not match:
        return ""
    parts = [part for part in match.groups() if part]
    if len(parts) == 2:  # the numbers of decrees do not start again each year
        day = document.date("date_written") or document.published
        parts.insert(1, str(day.year) if day else "0000")
    return "/".join(("eli", config.site.domain, *(quote(part, safe="") for part in parts)))


def uris(site: Site, config: SiteConfig) -> bytes:
    """Return ``api/uris.json``: for the name of every numbered policy its id, 文号 and current address."""
    named = {
        uri: {"id": document.id, "doc_number": document.doc_number, "url": config.site.base_url + document.address}
        for document in site.documents
        if (uri := uri_of(document, config))
    }
    lines = ",\n".join(f"{json.dumps(uri)}: {json.dumps(named[uri], ensure_ascii=False)}" for uri in sorted(named))
    return f"{{\n{lines}\n}}\n".encode()
