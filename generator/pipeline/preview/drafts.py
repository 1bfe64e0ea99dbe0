"""The drafts of a preview: each at its future address, in a folder of their own, never in that of the site.

A draft without 公开属性 or 发布日期 is shown as if it were public today. One that cannot be shown so, because it cannot
be read or its address is taken, is shown as its source.
"""

import datetime as dt
import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import NamedTuple

from generator.audit import RULES
from generator.config.load import SiteConfig
from generator.domain.model import Archive, Evidence, Field, Page, Site
from generator.domain.problems import Finding, GongkaiError
from generator.domain.vocabulary import Disclosure, Kind
from generator.graph.addresses import column_of
from generator.graph.gate import open_gate
from generator.pipeline.drafts import findings_of_drafts, with_drafts
from generator.pipeline.options import BuildOptions
from generator.pipeline.read_sources import Drafts, SourceArchive, read_sources
from generator.publish.output.staging import Staging, open_staging
from generator.publish.pages.document_page import DocumentPages
from generator.publish.pages.information_box import InformationBox
from generator.publish.pages.render import Renderer
from generator.publish.theme.environment import Theme
from generator.source.attachments.screening import published_bytes
from generator.source.drafts import guessed_text, in_draft_folder
from generator.source.front_matter.values import is_id
from generator.support.own_file import read_own_file

_FALLBACK = "drafts/"
_CLOSED_FIELDS = ("is_secret", "review", "disclosure")


class DraftPage(NamedTuple):
    """One draft of a preview; ``file`` is its rendered page, ``None`` where only its source can be shown."""

    path: str
    address: str
    title: str
    findings: tuple[Finding, ...]
    notes: tuple[str, ...]
    file: Path | None
    source: str


@dataclass(frozen=True)
class DraftPreview:
    """All drafts of a site at a moment, by their address, with the folder of their pages and files."""

    folder: Path
    pages: dict[str, DraftPage]

    def discard(self) -> None:
        """Remove the folder."""
        shutil.rmtree(self.folder, ignore_errors=True)


def preview_drafts(options: BuildOptions, folder: Path) -> DraftPreview:
    """Write the pages and files of all drafts into a new folder beside ``folder`` and return them.

    Raises ``GongkaiError`` for a config, a theme or a content folder that cannot be used.
    """
    read = read_sources(options)
    config, archive, drafts, _ = read
    if not drafts.pages:
        return DraftPreview(folder, {})
    addresses = dict(_addresses(archive, drafts))
    staging = open_staging(folder, None, None)
    candidates = [page for page in drafts.pages if page.kind and not addresses[page.path].startswith(_FALLBACK)]
    if not _rendered(read, candidates, options, staging) and len(candidates) > 1:
        for page in candidates:  # one of them cannot be rendered: the others can
            _rendered(read, [page], options, staging)
    findings = findings_of_drafts(archive, drafts, config, tuple(RULES.values()), Evidence())
    pages = {}
    for page in drafts.pages:
        address = addresses[page.path]
        file = staging.folder / address / "index.html"
        pages[address] = DraftPage(
            page.path,
            address,
            str(page.fields["title"].value) if "title" in page.fields else page.id,
            tuple(finding for finding in findings if finding.path == page.path),
            tuple(_notes(page)),
            file if page in candidates and file.is_file() else None,
            _source(options.project, page.path),
        )
    return DraftPreview(staging.folder, pages)


def _addresses(archive: Archive, drafts: Drafts) -> Iterator[tuple[str, str]]:
    """Yield the future address of each draft by its path; one that has none, or a taken one, gets another."""
    columns = {column.id: column for column in archive.columns}
    taken = {document.address.casefold() for document in archive.documents}
    ids = {document.id.casefold() for document in archive.documents}
    for page in drafts.pages:
        kind = page.kind or Kind.of_path(page.path)
        address = ""
        if kind and is_id(page.id) and page.id.casefold() not in ids:
            column, _ = column_of(page, kind, columns)
            address = f"{columns[column].folder}/{page.id}/"
        if not address or address.casefold() in taken:
            address = _FALLBACK + page.path.removeprefix("content/").rpartition(".")[0] + "/"
        ids.add(page.id.casefold())
        taken.add(address.casefold())
        yield page.path, address


def _rendered(read: SourceArchive, pages: Sequence[Page], options: BuildOptions, staging: Staging) -> bool:
    """Write the pages and files of drafts as if they were public on the archive's day; return whether that is possible.

    It is not where there is a mistake in one of them, which the findings name.
    """
    config, archive, drafts, _ = read
    opened = tuple(_opened(archive, pages))
    try:
        site = open_gate(with_drafts(archive, drafts._replace(pages=opened), config))
        _render(site, {page.id for page in pages}, read.config, options, staging)
    except (GongkaiError, LookupError, ValueError, OSError):
        return False
    return True


def _opened(archive: Archive, pages: Sequence[Page]) -> Iterator[Page]:
    for page in pages:
        fields = {key: field for key, field in page.fields.items() if key not in _CLOSED_FIELDS}
        fields["disclosure"] = Field(Disclosure.PROACTIVE, 1)
        published = fields.get("date_published")
        moment = published.value if published else None
        if not isinstance(moment, dt.date) or not archive.as_of.is_due(moment):
            fields["date_published"] = Field(archive.day, 1)
        yield page._replace(fields=fields, problems=())


def _render(site: Site, ids: set[str], config: SiteConfig, options: BuildOptions, staging: Staging) -> None:
    theme = Theme.load(options.project, config.theme, options.cache_path)
    renderer = Renderer(site, config, theme, options.cache_path, staging)
    try:
        for page in DocumentPages(site, config, theme.words, InformationBox(site, config, theme.words)).pages():
            if page.key in ids:
                list(renderer.render(page))
    finally:
        renderer.writer.close()
    addresses = tuple(site.by_id[name].address for name in ids if name in site.by_id)
    for path, file in site.files.items():
        if path.startswith(addresses) and (data := published_bytes(options.project, file)) is not None:
            staging.write(path, file.key, data)


def _notes(page: Page) -> Iterator[str]:
    """Yield what a writer must know beside the findings."""
    disclosure = page.fields.get("disclosure")
    if disclosure and disclosure.value is not Disclosure.PROACTIVE and isinstance(disclosure.value, Disclosure):
        yield f"公开属性是“{disclosure.value.label}”，写完后也不会出现在网站上"
    if in_draft_folder(page.path):
        kind = page.kind.folder if page.kind else "policies"
        line = "，并删去“草稿”这一行" if "draft" in page.fields else ""
        yield f"写完后把文件移到 content/{kind}/{line}，就会发布"
    else:
        yield "写完后删去“草稿”（draft）这一行，就会发布"


def _source(project: Path, path: str) -> str:
    try:
        return guessed_text(read_own_file(project, project / path, ""))
    except (OSError, GongkaiError):
        return ""
