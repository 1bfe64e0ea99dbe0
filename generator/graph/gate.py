"""The gate: turns the ``Archive`` into the public ``Site`` (条例 arts 13–16; ATTR-02).

Only what passes here can be rendered. A public document passes without its internal fields (review, exemptions),
references to documents that are not public, and attachments that are not public.
"""

import datetime as dt
import posixpath
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from urllib.parse import quote

from generator.config.settings import AccountSettings
from generator.domain.filenames import same_name_key
from generator.domain.model import (
    Archive,
    Document,
    Field,
    LinkOutcome,
    MediaFile,
    Notice,
    NoticeKind,
    Relation,
    Site,
    StatusChange,
    WithdrawnDocument,
)
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import FIELDS, INTERNAL_FIELDS, Disclosure, FieldForm, Kind
from generator.graph.act_clauses import ActText, act_texts
from generator.graph.aliases import redirects_of
from generator.graph.citations import Citations
from generator.graph.clause_states import clause_states
from generator.graph.coverage import public_coverage
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments, with_addresses
from generator.graph.hidden_names import HiddenNames, without_hidden_names
from generator.graph.status_changes import StatusForecast
from generator.graph.validity import since_of, until_of

_REPEALING = frozenset({NoticeKind.REPEALED, NoticeKind.REPEAL_SCHEDULED})
_SCHEDULED = frozenset({NoticeKind.REPEAL_SCHEDULED, NoticeKind.LAPSE_SCHEDULED, NoticeKind.SUSPENSION_SCHEDULED})
_FORMS = frozenset({FieldForm.REFERENCES, FieldForm.OUTSIDE_ACT, FieldForm.CLEANUP, FieldForm.PARTS})
_REFERRING = frozenset(key for key, spec in FIELDS.items() if spec.form in _FORMS)


def open_gate(archive: Archive) -> Site:
    """Return what the public may see on the archive's day, newest first.

    Raises ``GongkaiError`` for two public documents with one id: one would replace the other.
    """
    foreign = _open_foreign(archive)
    archive = without_hidden_names(archive)
    open_documents = [document for document in archive.documents if archive.is_public(document)]
    public = {document.id: document for document in open_documents}
    if len(public) < len(open_documents):
        duplicate = next(document for document in open_documents if public[document.id] is not document)
        raise GongkaiError(
            f"{duplicate.path} 和 {public[duplicate.id].path} 用了同一个编号“{duplicate.id}”", "给其中一个改 id"
        )
    files: dict[str, MediaFile] = {}
    attachments: dict[str, Mapping[str, str]] = {}
    targets: dict[str, Mapping[str, str | None]] = {}
    for document in public.values():
        document_files, attachments[document.id], targets[document.id] = _files_and_targets(archive, document)
        files |= document_files
    citations = Citations(archive.with_withdrawn, public, foreign)
    title_citations = citations.relations()
    forecast = StatusForecast(archive, announced_only=True)
    reachable = {**public, **foreign.by_id}
    passed = (
        _with_parts(
            _pass(document, reachable, title_citations.get(document.id, ()), forecast.status_changes(document)),
            document,
            reachable,
            forecast,
        )
        for document in public.values()
    )
    act_text = act_texts(archive.by_id, archive.links)
    with_clauses = (_with_clauses(document, act_text, archive.day) for document in passed)
    documents = sorted(with_clauses, key=_newest_first)
    return Site(
        day=archive.day,
        columns=archive.columns,
        documents=tuple(documents),
        files=files,
        attachments=attachments,
        targets=targets,
        cited={document.id: citations.of(document) for document in public.values()},
        coverage=public_coverage(archive.coverage, {document.id: document for document in documents}),
        withdrawn=tuple(sorted(_withdrawn_documents(archive))),
        redirects=redirects_of(archive),
        foreign=foreign.by_id,
    )


def public_accounts(accounts: Sequence[AccountSettings], archive: Archive) -> tuple[AccountSettings, ...]:
    """Return the accounts of a config; an approval that names a hidden document is left out."""
    names = HiddenNames(archive.with_withdrawn, archive.is_public) if accounts else None
    if not names:
        return tuple(accounts)
    keys = ("approval", "closing_approval")
    return tuple(one.model_copy(update={key: "" for key in keys if names.names(getattr(one, key))}) for one in accounts)


def _open_foreign(archive: Archive) -> ForeignDocuments:
    """Return the foreign documents that may be named: none that has the name of a hidden document of this site."""
    if not archive.foreign:
        return NO_FOREIGN
    names = HiddenNames(archive.with_withdrawn, archive.is_public)
    documents = tuple(
        one for one in archive.foreign if not names.names(one.title) and not names.in_number(one.doc_number)
    )
    return ForeignDocuments(documents, archive.foreign_names)


def _withdrawn_documents(archive: Archive) -> Iterator[WithdrawnDocument]:
    """Yield what remains of the withdrawn documents whose day of publication had come.

    A reason that names a hidden document is left out.
    """
    names = HiddenNames(archive.with_withdrawn, archive.is_public)
    for document in archive.withdrawn:
        if archive.is_due(document) and (withdrawal := document.withdrawal):
            if names.names(withdrawal.reason):
                withdrawal = withdrawal._replace(reason="")
            yield WithdrawnDocument(document.address, document.column, withdrawal)


def _newest_first(document: Document) -> tuple[int, str]:
    moment = document.value("date_published")
    day = document.published
    minute = getattr(moment, "hour", 0) * 60 + getattr(moment, "minute", 0)
    return (-(day.toordinal() * 1440 + minute) if day else 0, document.id)


def _pass(
    document: Document,
    public: Mapping[str, Document],
    title_citations: tuple[Relation, ...],
    status_changes: tuple[StatusChange, ...],
) -> Document:
    fields = {key: field for key, field in document.page.fields.items() if key not in INTERNAL_FIELDS | _REFERRING}
    if attachments := tuple(item for item in document.attachments if item.disclosure is Disclosure.PROACTIVE):
        fields["attachments"] = Field(attachments, document.page.line_of("attachments"))
    else:
        fields.pop("attachments", None)
    return document._replace(
        page=document.page.passed(fields),
        relations=(*with_addresses(_open(document.relations, public), public), *title_citations),
        notices=tuple(_notices(document, document.notices, public)),
        status_changes=tuple(
            change._replace(notices=tuple(_notices(document, change.notices, public))) for change in status_changes
        ),
    )


def _with_parts(
    passed: Document, document: Document, public: Mapping[str, Document], forecast: StatusForecast
) -> Document:
    if not document.parts:
        return passed
    changes = forecast.part_status_changes(document)
    parts = (_pass(part, public, (), later) for part, later in zip(document.parts, changes, strict=True))
    return passed._replace(parts=tuple(parts))


def _with_clauses(document: Document, act_text: Callable[[str], ActText], day: dt.date) -> Document:
    """Return a public document with the states of its clauses; a hidden act is none of those that made them."""
    if document.kind is not Kind.POLICY or not document.relations:
        return document
    states, later, additions, unread = clause_states(document, act_text, day)
    if not (states or later or additions or unread):
        return document
    return document._replace(clauses=states, clause_changes=later, clause_additions=additions, unread_acts=unread)


def _open(relations: tuple[Relation, ...], public: Mapping[str, Document]) -> tuple[Relation, ...]:
    """Return the relations to what is public; an act that never acted is none."""
    return tuple(one for one in relations if not one.void and (not one.target or one.target in public))


def _notices(document: Document, notices: Iterable[Notice], public: Mapping[str, Document]) -> Iterator[Notice]:
    """Yield the notices for the public: a hidden act is not named, nor its day, nor that it is to come."""
    for notice in notices:
        acts = with_addresses(_open(notice.acts, public), public)
        document_id, _, part = notice.about.partition("#")
        if document_id and document_id not in public:
            continue
        if len(acts) == len(notice.acts):
            yield notice._replace(acts=acts) if acts else notice
            continue
        subject = public[document_id] if document_id else document
        if part:
            subject = next((one for one in subject.parts if one.part_id == part), subject)
        since = since_of(notice.kind, acts) or (subject.date("repealed_on") if notice.kind in _REPEALING else None)
        if notice.kind not in _SCHEDULED or since:
            yield notice._replace(acts=acts, since=since, until=until_of(notice.kind, acts))


def _files_and_targets(
    archive: Archive, document: Document
) -> tuple[dict[str, MediaFile], dict[str, str], dict[str, str | None]]:
    """Return the public files of a document, the paths of its attachments, and the addresses of its links.

    A link to something that was withdrawn leads nowhere.
    """
    files: dict[str, MediaFile] = {}
    attachments: dict[str, str] = {}
    targets: dict[str, str | None] = {}
    paths: dict[str, str] = {}
    last_numbers = {"index.html": 1, "history": 1, "compare": 1}  # the last number added to each name in use
    if document.kind is Kind.POLICY:
        last_numbers[same_name_key(f"{document.id}.docx")] = 1  # the document itself as a Word file

    def path_for(source: str) -> str:
        if source not in paths:
            name = original = posixpath.basename(source)
            stem, dot, suffix = name.rpartition(".")
            number = last_numbers.get(same_name_key(original), 1)
            while same_name_key(name) in last_numbers:
                number += 1
                name = f"{stem}-{number}{dot}{suffix}" if dot else f"{suffix}-{number}"
            last_numbers[same_name_key(original)] = number
            last_numbers.setdefault(same_name_key(name), 1)
            paths[source] = document.address + name
            files[paths[source]] = archive.files[source]
        return paths[source]

    for attachment, resolved in zip(document.attachments, archive.attachments.get(document.path, ()), strict=True):
        if attachment.disclosure is Disclosure.PROACTIVE and resolved.outcome is LinkOutcome.FINE:
            attachments[attachment.file] = path_for(resolved.file)
    for resolved in archive.links.get(document.path, ()):
        if resolved.outcome is LinkOutcome.FINE:
            targets[resolved.target] = quote(path_for(resolved.file)) if resolved.file else resolved.address
        elif resolved.outcome in {LinkOutcome.WITHDRAWN, LinkOutcome.DRAFT}:
            targets[resolved.target] = None
    return files, attachments, targets
