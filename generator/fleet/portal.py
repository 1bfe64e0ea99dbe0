"""The portal: one site over all sites of a platform, made of the register, with the platform's theme.

Its documents lie on the sites that publish them; the portal has lists, browsing and search, which lead there.
"""

import datetime as dt
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from generator import __version__
from generator.config.load import SiteConfig
from generator.config.plain_data import merged
from generator.domain.model import Column, Document, Field, Page, Site
from generator.domain.vocabulary import DocType
from generator.fleet.facts import PublicFact
from generator.fleet.neighbours import fields_of, notices_of
from generator.fleet.plan import PORTAL, Plan, PortalSettings
from generator.fleet.portal_pages import PlatformSite, portal_makers, portal_navigation
from generator.fleet.portal_texts import write_portal_index
from generator.fleet.register import Register
from generator.publish.data.api_documents import json_lines
from generator.publish.data.feeds import feeds
from generator.publish.data.page_metadata import sitemaps
from generator.publish.output.site_tree import MANIFEST, PreviousOutput, SiteTree, WrittenFile
from generator.publish.output.staging import Staging, manifest_bytes, open_staging, resolve_output
from generator.publish.pages.base_context import base_context
from generator.publish.pages.makers import NOT_IN_SITEMAP
from generator.publish.pages.page_maker import PageMaker
from generator.publish.pages.write_page import PageWriter
from generator.publish.search.fields import field_files, in_order
from generator.publish.search.refresh import TEXTS, texts_table
from generator.publish.theme.environment import Theme
from generator.support.cache import Cache

MOST_SEARCHED = 20_000
"""How many documents the search in the browser can hold; beyond it a search server is needed."""
_COLUMN = Column("statutory", "全部公开信息", "browse", "", "政策文件", "各网站公开的信息", fixed=True)


def build_portal(
    plan: Plan, settings: PortalSettings, register: Register, day: dt.date, cache_path: Path, *, with_search: bool
) -> int:
    """Write the portal and put it in its place in one step; return the number of its documents.

    Pages that show the same as in the present portal are reused.

    Raises ``GongkaiError`` for a theme or an output folder that cannot be used.
    """
    facts = {
        "title": settings.title,
        "agency": settings.agency or settings.title,
        "site_name": settings.title,
        "base_url": settings.base_url,
    }
    config = SiteConfig.model_validate(merged(_of_portal(plan.shared), {"site": facts}))
    about = register.about()
    documents: list[Document] = []
    counts: Counter[str] = Counter()
    changes: dict[str, Any] = {}
    for site, fact in register.documents():
        documents.append(_document(site, fact))
        counts[site] += 1
        if fact.changes:
            changes[documents[-1].id] = [{"day": day, "state": state} for day, state in fact.changes]
    documents.sort(key=_newest_first)
    public = Site(day=day, columns=(_COLUMN,), documents=tuple(documents), files={}, targets={})
    sites = [
        PlatformSite(one.id, about[one.id]["agency"], about[one.id]["title"], about[one.id]["base_url"], counts[one.id])
        for one in plan.sites
        if one.id in about
    ]
    theme = Theme.load(plan.folder, config.theme, cache_path)
    theme.check()
    is_searched = with_search and len(documents) <= MOST_SEARCHED
    makers = portal_makers(public, config, theme, sites, is_searched=is_searched)
    target = resolve_output(plan.output / PORTAL)
    previous = PreviousOutput.of(cache_path, target)
    with Cache(cache_path) as cache:
        live: SiteTree | None = cache.state(f"portal:{target}")
    staging = open_staging(target, live, previous)
    try:
        data = {
            "api/register.json": json_lines(_record(one, changes.get(one.id)) for one in documents),
            "api/sites.json": json_lines(map(_site_record, sites)),
        }
        written = _write(staging, public, config, theme, makers, cache_path, plan.output, data, is_searched=is_searched)
        tree = staging.finish(written)
        staging.commit(previous, tree)
    finally:
        staging.discard()
    with Cache(cache_path) as cache:
        cache.set_state(f"portal:{target}", tree)
    return len(documents)


def _write(
    staging: Staging,
    site: Site,
    config: SiteConfig,
    theme: Theme,
    makers: Iterable[PageMaker],
    cache_path: Path,
    output: Path,
    data: Mapping[str, bytes],
    *,
    is_searched: bool,
) -> list[WrittenFile]:
    """Write every file of the portal, the manifest last, and return their records."""
    written: list[WrittenFile] = []
    addresses: list[str] = []
    context = base_context(config, site, theme.words, theme.assets_digest)
    context["nav"] = portal_navigation(theme.words)
    writer = PageWriter(context, theme, cache_path, staging)
    try:
        for maker in makers:
            for page in maker.pages():
                written.append(writer.write(page.template, page.path, maker.view(page), ""))
                written += [staging.put(name, made) for name, made in maker.data(page)]
                if page.kind not in NOT_IN_SITEMAP:
                    addresses.append(page.address)
    finally:
        writer.close()
    without_documents = replace(site, documents=())
    files = [
        *feeds(site, config, theme.words),
        *sitemaps(without_documents, config, addresses),
        *data.items(),
        *((f"assets/{name}", theme.asset_bytes(name)) for name in theme.assets),
    ]
    if is_searched:
        ids = [document.id for document in in_order(site.documents)]
        documents = site.documents if config.search.text == "full" else ()
        index, indexed = write_portal_index(staging, cache_path, output, documents)
        written += indexed
        files.append((TEXTS, texts_table(index, ids)))
        files += field_files(site, config, theme.words.search_words, full_text=bool(indexed)).items()
    written += [staging.put(name, made) for name, made in files]
    manifest = manifest_bytes(written, version=__version__, as_of=site.day.isoformat(), commit=None)
    return [*written, staging.write(MANIFEST, "", manifest)]


def _document(site: str, fact: PublicFact) -> Document:
    """Return a document of the register as the lists show it; its address is on its own site."""
    fields = {
        **fields_of(fact),
        "theme": fact.themes,
        "audience": fact.audiences,
        "keywords": fact.keywords,
        "summary": fact.summary,
        "opens_on": dt.date.fromisoformat(fact.opens_on) if fact.opens_on else None,
        "closes_on": dt.date.fromisoformat(fact.closes_on) if fact.closes_on else None,
        "doc_type": DocType.parse(fact.doc_type),
    }
    page = Page(
        path=fact.url,
        body="",
        kind=fact.kind,
        id=f"{site}:{fact.id}",
        fields={key: Field(value, 0) for key, value in fields.items() if value not in ("", (), None)},
    )
    document = Document.of(page, kind=fact.kind, column=_COLUMN.id, address=fact.url, agency=fact.issuers[0])
    return document._replace(
        status=fact.status,
        consultation_state=fact.consultation,
        notices=notices_of(fact),
    )


def _of_portal(shared: Mapping[str, Any]) -> dict[str, Any]:
    """Return the shared settings that the portal uses: accounts and registers are those of single bodies."""
    return {key: value for key, value in shared.items() if key != "accounts"}


def _newest_first(document: Document) -> tuple[int, str]:
    day = document.published
    return (-day.toordinal() if day else 0, document.id)


def _site_record(site: PlatformSite) -> dict[str, Any]:
    """Return a site as ``api/sites.json`` has it."""
    return {
        "site": site.id,
        "title": site.title,
        "agency": site.agency,
        "url": site.base_url,
        "documents": site.documents,
    }


def _record(document: Document, changes: Any) -> dict[str, Any]:
    """Return a document as ``api/register.json`` has it."""
    site, _, name = document.id.partition(":")
    record = {
        "site": site,
        "id": name,
        "kind": document.kind.value,
        "title": document.title,
        "url": document.address,
        "doc_number": document.doc_number,
        "index_no": document.text("index_no"),
        "issuer": list(document.issuers),
        "theme": list(document.texts("theme")),
        "audience": list(document.texts("audience")),
        "published": document.published.isoformat() if document.published else "",
        "state": document.state.value if document.state else "",
        "state_label": document.state_text,
        "closes_on": closes.isoformat() if (closes := document.date("closes_on")) else "",
        "changes_on": changes,
    }
    return {key: value for key, value in record.items() if value not in ("", [], None)}
