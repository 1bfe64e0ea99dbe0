"""Build the ``Archive`` from all pages at a day. Facts only: no file is read and no HTML is written here."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from functools import cache
from typing import TypeAlias

from generator.config.load import SiteConfig
from generator.domain.model import (
    Archive,
    AsOf,
    Column,
    Document,
    LostReference,
    MediaFile,
    Page,
    Relation,
    ResolvedLink,
)
from generator.domain.problems import Problem
from generator.domain.vocabulary import Disclosure, Kind, Status
from generator.graph.addresses import LinkResolver, column_of
from generator.graph.aliases import alias_problems, read_aliases
from generator.graph.coverage import coverage_matrix
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments
from generator.graph.interpretation_marks import changing, interpreted_policies, mark_at, outdated_notices
from generator.graph.lifecycle import consultation_state, interpretation_state, posting_notices, posting_state
from generator.graph.part_documents import bare_parts, finish_parts, state_at
from generator.graph.presumptions import presume
from generator.graph.references import ReferenceIndex, draft_link_problems
from generator.graph.relations import find_edges, lost_references, relations_of, undone_acts, without_lost_repeal
from generator.graph.validity import acts_in_effect, effective_on, inherited_notices, status_of, term_of
from generator.graph.void_acts import mark_void_acts

_NUMBERS = frozenset({"index_no", "doc_number"})
_NAMES = _NUMBERS | {"id"}
_ByPath: TypeAlias = dict[str, tuple[ResolvedLink, ...]]


def build_archive(
    pages: Iterable[Page],
    files: Mapping[str, MediaFile],
    problems: Iterable[tuple[str, Problem]],
    config: SiteConfig,
    as_of: AsOf,
    *,
    drafts: Sequence[Page] = (),
    ignore_withdrawals: bool = False,
    foreign: ForeignDocuments = NO_FOREIGN,
) -> Archive:
    """Return the archive: references and links resolved, both sides of every relation, statuses and notices.

    ``as_of`` has a minute too: a document that is due later on that day is not public yet. A document whose 撤下 has
    come counts for nothing, unless ``ignore_withdrawals``. ``drafts`` are not part of the archive; a reference to one
    of them is a problem of the draft. ``foreign`` are the documents of other sites of a platform that concern this one.
    """
    all_pages = tuple(pages)
    all_problems = list(problems)
    columns = {column.id: column for column in config.column_tree}
    declared = tuple(
        _bare_document(page, page.kind, columns, config, all_problems) for page in all_pages if page.kind is not None
    )
    unfinished = [_bare_document(page, page.kind or Kind.PAGE, columns, config, []) for page in drafts]
    withdrawn = tuple(one for one in declared if not ignore_withdrawals and _is_withdrawn(one, as_of))
    bare = tuple(one for one in declared if one not in withdrawn) if withdrawn else declared
    unread = [page.path for page in all_pages if _has_unread_name(page)]
    index = ReferenceIndex(bare, withdrawn=withdrawn, drafts=unfinished, foreign=foreign, unread=unread)
    lost: dict[str, tuple[LostReference, ...]] = {}
    if withdrawn:
        lost = {document.path: items for document in bare if (items := lost_references(document, index))}
        bare = tuple(without_lost_repeal(one, index) if one.path in lost else one for one in bare)
        withdrawn_paths = {one.path for one in withdrawn}
        all_pages = tuple(_without_problems(page) if page.path in withdrawn_paths else page for page in all_pages)
    edges, reference_problems = find_edges(bare, index)
    edges += find_edges(foreign.documents, index)[0]  # what is wrong with them is reported on their own site
    all_problems += reference_problems
    archive = Archive(as_of=as_of, columns=config.column_tree, documents=bare, pages=all_pages, files=files)
    archive = replace(archive, foreign=foreign.documents, foreign_names=foreign.names)
    aliases, unreadable = read_aliases(declared, config.site.base_url)
    all_problems += unreadable
    archive = replace(archive, withdrawn=withdrawn, lost=lost, aliases=aliases, undone=undone_acts(withdrawn, index))
    all_problems += alias_problems(archive)
    relations = mark_void_acts(archive, relations_of(edges, bare, index))
    waiting = {document.id for document in bare if not archive.is_due(document)}

    published_days = {
        document.id: document.published for document in (*bare, *foreign.documents) if archive.is_public(document)
    }
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
    policies |= {document.id: document.notices for document in foreign.documents if document.kind is Kind.POLICY}
    for path, its_parts in parts.items():
        policies |= {part.id: notices for part, notices in zip(its_parts, states[path].parts, strict=True)}

    acts_of = {document.id: sides_of[document.path] for document in bare if document.path in states}
    titles = {document.id: document.title for document in (*bare, *foreign.documents)}

    @cache  # one policy may have many interpretations
    def interpreted(about: str) -> tuple[tuple[Relation, ...], Status] | None:
        policy = about.partition("#")[0]
        known = policy in published_days and about in policies
        return (changing(acts_of.get(policy, ())), status_of(policies[about])) if known else None

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
        about = interpreted_policies(document, sides, interpreted)
        outdated = tuple(outdated_notices(document, sides, about, titles.__getitem__, as_of.day))
        return document._replace(
            relations=sides,
            notices=(*posting_notices(document, as_of.day), *outdated, *inherited_notices(sides, policies)),
            posting_state=posting_state(document, as_of.day),
            interpretation_mark=mark_at(about, outdated, as_of.day),
        )

    documents = tuple(finish(document) for document in bare)
    links, attachments = _links(archive, config, unfinished)
    all_problems += draft_link_problems(links, unfinished)
    archive = replace(archive, documents=documents, problems=tuple(all_problems), links=links, attachments=attachments)
    return replace(archive, coverage=coverage_matrix(archive, config))


def _bare_document(
    page: Page, kind: Kind, columns: Mapping[str, Column], config: SiteConfig, problems: list[tuple[str, Problem]]
) -> Document:
    column, problem = column_of(page, kind, columns)
    if problem:
        problems.append((page.path, problem))
    address = f"{columns[column].folder}/{page.id}/"
    document = Document.of(page, kind=kind, column=column, address=address, agency=config.site.agency)
    presumption = presume(document, config.site.agency) if kind is Kind.POLICY else None
    return document._replace(presumption=presumption) if presumption else document


def _has_unread_name(page: Page) -> bool:
    """Whether the 编号, 索引号 or 文号 of a file may be among what could not be read."""
    return any(
        problem.rule in {"F008", "F015"}
        or (problem.rule == "F003" and problem.field in _NAMES)
        or (problem.rule == "F002" and page.kind is Kind.POLICY and not page.fields.keys() >= _NUMBERS)
        for problem in page.problems
    )


def _is_withdrawn(document: Document, as_of: AsOf) -> bool:
    withdrawal = document.withdrawal
    return withdrawal is not None and withdrawal.on <= as_of.day


# What a withdrawn file must still have right: its address, and what its address shows.
_WITHDRAWN_FIELDS = frozenset({"withdrawn", "aliases", "id", "kind", "column", "statutory_item"})


def _without_problems(page: Page) -> Page:
    """Return a withdrawn page without the problems of what is not shown any more."""
    return page._replace(problems=tuple(one for one in page.problems if one.field in _WITHDRAWN_FIELDS))


def _links(archive: Archive, config: SiteConfig, drafts: Sequence[Document]) -> tuple[_ByPath, _ByPath]:
    attachment_resolver = LinkResolver(config, archive.documents, archive.files, frozenset(), frozenset())
    attachments = {
        document.path: tuple(
            attachment_resolver.attachment(document, item.file, item.line) for item in document.attachments
        )
        for document in archive.with_withdrawn
        if document.attachments
    }
    resolver = link_resolver(archive, config, attachments, drafts)
    links = {
        document.path: tuple(resolver.link(document, link.target, link.line, link.role) for link in document.page.links)
        for document in archive.with_withdrawn
        if document.page.links
    }
    return links, attachments


def link_resolver(
    archive: Archive,
    config: SiteConfig,
    attachments: Mapping[str, tuple[ResolvedLink, ...]],
    drafts: Sequence[Document] = (),
) -> LinkResolver:
    """Return the resolver for links in texts; ``attachments`` holds those of every document, by its path."""
    public = frozenset(document.id for document in archive.documents if archive.is_public(document))
    hidden_files = _hidden_files(archive, attachments, public)
    return LinkResolver(
        config,
        archive.documents,
        archive.files,
        public,
        hidden_files,
        archive.withdrawn,
        _withdrawn_files(archive, attachments, public) - hidden_files,
        drafts,
    )


def _withdrawn_files(
    archive: Archive, attachments: Mapping[str, tuple[ResolvedLink, ...]], public: frozenset[str]
) -> frozenset[str]:
    """Return the attachments of withdrawn documents that no public document attaches too."""
    offered = {
        resolved.file
        for document in archive.documents
        if document.id in public
        for resolved in attachments.get(document.path, ())
    }
    files = {resolved.file for document in archive.withdrawn for resolved in attachments.get(document.path, ())}
    return frozenset(files - offered - {""})


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
