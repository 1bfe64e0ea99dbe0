"""Build the ``Archive`` from all pages at a day. Facts only: no file is read and no HTML is written here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TypeAlias

from generator.config.load import SiteConfig
from generator.domain.model import Archive, AsOf, Column, Document, MediaFile, Page, ResolvedLink
from generator.domain.problems import Problem
from generator.domain.vocabulary import Disclosure, Kind
from generator.graph.addresses import LinkResolver, column_of
from generator.graph.coverage import coverage_matrix
from generator.graph.lifecycle import consultation_state, interpretation_state, posting_notices, posting_state
from generator.graph.part_documents import bare_parts, finish_parts, state_at
from generator.graph.references import ReferenceIndex
from generator.graph.relations import find_edges, relations_of
from generator.graph.validity import acts_in_effect, effective_on, inherited_notices, status_of, term_of
from generator.graph.void_acts import mark_void_acts

_ByPath: TypeAlias = dict[str, tuple[ResolvedLink, ...]]


def build_archive(
    pages: Iterable[Page],
    files: Mapping[str, MediaFile],
    problems: Iterable[tuple[str, Problem]],
    config: SiteConfig,
    as_of: AsOf,
    *,
    drafts: Sequence[Page] = (),
) -> Archive:
    """Return the archive: references and links resolved, both sides of every relation, statuses and notices.

    ``as_of`` has a minute too: a document that is due later on that day is not public yet. ``drafts`` are not part of
    the archive; a reference to one of them is a problem of the draft.
    """
    all_pages = tuple(pages)
    all_problems = list(problems)
    columns = {column.id: column for column in config.column_tree}
    bare = tuple(
        _bare_document(page, page.kind, columns, config, all_problems) for page in all_pages if page.kind is not None
    )
    unfinished = [_bare_document(page, page.kind, columns, config, []) for page in drafts if page.kind is not None]
    index = ReferenceIndex(bare, unfinished)
    edges, reference_problems = find_edges(bare, index)
    all_problems += reference_problems
    archive = Archive(as_of=as_of, columns=config.column_tree, documents=bare, pages=all_pages, files=files)
    relations = mark_void_acts(archive, relations_of(edges, bare, index))
    waiting = {document.id for document in bare if not archive.is_due(document)}

    published_days = {document.id: document.published for document in bare if archive.is_public(document)}
    sides_of = {
        document.path: acts_in_effect(relations.get(document.path, ()), waiting, published_days) for document in bare
    }
    parts = {
        document.path: its_parts
        for document in bare
        if document.page.part_locations and (its_parts := bare_parts(document))
    }
    states = {
        document.path: state_at(document, parts.get(document.path, ()), sides_of[document.path], as_of.day)
        for document in bare
        if document.kind is Kind.POLICY
    }
    policies = {document.id: states[document.path].notices for document in bare if document.path in states}
    for path, its_parts in parts.items():
        policies |= {part.id: notices for part, notices in zip(its_parts, states[path].parts, strict=True)}

    def finish(document: Document) -> Document:
        sides = relations.get(document.path, ())
        if document.kind is Kind.POLICY:
            state, counted = states[document.path], sides_of[document.path]
            return document._replace(
                relations=sides,
                notices=state.notices,
                status=status_of(state.notices),
                effective_on=effective_on(document),
                interpretation_state=interpretation_state(document, sides, published_days.get, config, as_of.day),
                term=term_of(document, counted, as_of.day),
                parts=finish_parts(parts.get(document.path, ()), sides, counted, state, as_of.day),
            )
        if document.kind is Kind.CONSULTATION:
            return document._replace(
                relations=sides, consultation_state=consultation_state(document, sides, published_days.get, as_of.day)
            )
        notices = (*posting_notices(document, as_of.day), *inherited_notices(sides, policies))
        return document._replace(relations=sides, notices=notices, posting_state=posting_state(document, as_of.day))

    documents = tuple(finish(document) for document in bare)
    links, attachments = _links(archive, config)
    archive = replace(archive, documents=documents, problems=tuple(all_problems), links=links, attachments=attachments)
    return replace(archive, coverage=coverage_matrix(archive, config))


def _bare_document(
    page: Page, kind: Kind, columns: Mapping[str, Column], config: SiteConfig, problems: list[tuple[str, Problem]]
) -> Document:
    column, problem = column_of(page, kind, columns)
    if problem:
        problems.append((page.path, problem))
    address = f"{columns[column].folder}/{page.id}/"
    return Document.of(page, kind=kind, column=column, address=address, agency=config.site.agency)


def _links(archive: Archive, config: SiteConfig) -> tuple[_ByPath, _ByPath]:
    attachment_resolver = LinkResolver(config, archive.by_path, archive.files, frozenset(), frozenset())
    attachments = {
        document.path: tuple(
            attachment_resolver.attachment(document, item.file, item.line) for item in document.attachments
        )
        for document in archive.documents
        if document.attachments
    }
    resolver = link_resolver(archive, config, attachments)
    links = {
        document.path: tuple(resolver.link(document, link.target, link.line, link.role) for link in document.page.links)
        for document in archive.documents
        if document.page.links
    }
    return links, attachments


def link_resolver(
    archive: Archive, config: SiteConfig, attachments: Mapping[str, tuple[ResolvedLink, ...]]
) -> LinkResolver:
    """Return the resolver for links in texts; ``attachments`` holds those of every document, by its path."""
    public = frozenset(document.id for document in archive.documents if archive.is_public(document))
    return LinkResolver(config, archive.by_path, archive.files, public, _hidden_files(archive, attachments, public))


def _hidden_files(
    archive: Archive, attachments: Mapping[str, tuple[ResolvedLink, ...]], public: frozenset[str]
) -> frozenset[str]:
    """Return the files that no public text may link: non-public attachments, or only of non-public documents."""
    refused: set[str] = set()
    withheld: set[str] = set()
    offered: set[str] = set()
    for document in archive.documents:
        for attachment, resolved in zip(document.attachments, attachments.get(document.path, ()), strict=True):
            if attachment.disclosure is not Disclosure.PROACTIVE:
                refused.add(resolved.file)
            elif document.id in public:
                offered.add(resolved.file)
            else:
                withheld.add(resolved.file)
    return frozenset(refused | (withheld - offered))
