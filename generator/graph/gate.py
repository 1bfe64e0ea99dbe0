"""The gate: ``Archive`` → ``Site``. What does not pass here cannot be rendered (条例 arts 13–16; ATTR-02).

A public document passes without the facts that are nobody's business: who reviewed it, why parts
are exempt, references to documents that are not public, attachments that are not.
"""

import posixpath
from collections.abc import Iterable, Iterator, Mapping

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
)
from generator.domain.problems import GongkaiError
from generator.domain.vocabulary import FIELDS, INTERNAL_FIELDS, Disclosure, FieldForm
from generator.graph.citations import Citations
from generator.graph.coverage import public_coverage
from generator.graph.hidden_names import without_hidden_names
from generator.graph.status_changes import StatusForecast
from generator.graph.validity import since_of, until_of

_REPEALING = frozenset({NoticeKind.REPEALED, NoticeKind.REPEAL_SCHEDULED})
_SCHEDULED = frozenset({NoticeKind.REPEAL_SCHEDULED, NoticeKind.LAPSE_SCHEDULED, NoticeKind.SUSPENSION_SCHEDULED})
_FORMS = frozenset({FieldForm.REFERENCES, FieldForm.OUTSIDE_ACT, FieldForm.CLEANUP, FieldForm.PARTS})
_REFERRING = frozenset(key for key, spec in FIELDS.items() if spec.form in _FORMS)


def open_gate(archive: Archive) -> Site:
    """Return what the public may see on the archive's day, newest first.

    Raises ``GongkaiError`` for two public documents with one id: neither may vanish behind the other.
    """
    archive = without_hidden_names(archive)
    open_documents = [document for document in archive.documents if archive.is_public(document)]
    public = {document.id: document for document in open_documents}
    if len(public) < len(open_documents):
        twice = next(one for one in open_documents if public[one.id] is not one)
        raise GongkaiError(f"{twice.path} 和 {public[twice.id].path} 用了同一个编号“{twice.id}”", "给其中一个改 id")
    files: dict[str, MediaFile] = {}
    targets: dict[str, Mapping[str, str]] = {}
    for document in public.values():
        mine, document_targets = _files_and_targets(archive, document)
        files |= mine
        targets[document.id] = document_targets
    citations = Citations(archive.documents, public)
    titled = citations.relations()
    future = StatusForecast(archive, announced_only=True)
    passed = (
        _with_parts(
            _pass(document, public, titled.get(document.id, ()), future.status_changes(document)),
            document,
            public,
            future,
        )
        for document in public.values()
    )
    documents = sorted(passed, key=_newest_first)
    return Site(
        day=archive.day,
        columns=archive.columns,
        documents=tuple(documents),
        files=files,
        targets=targets,
        cited={document.id: citations.of(document) for document in public.values()},
        coverage=public_coverage(archive.coverage, {document.id: document for document in documents}),
    )


def _newest_first(document: Document) -> tuple[int, str]:
    moment = document.value("date_published")
    day = document.published
    minute = getattr(moment, "hour", 0) * 60 + getattr(moment, "minute", 0)
    return (-(day.toordinal() * 1440 + minute) if day else 0, document.id)


def _pass(
    document: Document, public: Mapping[str, Document], titled: tuple[Relation, ...], turns: tuple[StatusChange, ...]
) -> Document:
    fields = {key: field for key, field in document.page.fields.items() if key not in INTERNAL_FIELDS | _REFERRING}
    if given := tuple(item for item in document.attachments if item.disclosure is Disclosure.PROACTIVE):
        fields["attachments"] = Field(given, document.page.line_of("attachments"))
    else:
        fields.pop("attachments", None)
    page = document.page._replace(
        fields=fields, problems=(), citations=(), quoted_titles=(), links=(), matches=(), stated_limits=()
    )
    return document._replace(
        page=page,
        relations=(*_open(document.relations, public), *titled),
        notices=tuple(_notices(document, document.notices, public)),
        status_changes=tuple(turn._replace(notices=tuple(_notices(document, turn.notices, public))) for turn in turns),
    )


def _with_parts(
    passed: Document, document: Document, public: Mapping[str, Document], future: StatusForecast
) -> Document:
    if not document.parts:
        return passed
    turns = future.part_status_changes(document)
    parts = (_pass(part, public, (), later) for part, later in zip(document.parts, turns, strict=True))
    return passed._replace(parts=tuple(parts))


def _open(relations: tuple[Relation, ...], public: Mapping[str, Document]) -> tuple[Relation, ...]:
    """Return the relations to what is public; an act that never acted is none."""
    return tuple(one for one in relations if not one.void and (not one.target or one.target in public))


def _notices(document: Document, notices: Iterable[Notice], public: Mapping[str, Document]) -> Iterator[Notice]:
    """Yield what may be said: a hidden act is not named, and its day and its coming are not told."""
    for notice in notices:
        acts = _open(notice.acts, public)
        document_id, _, part = notice.about.partition("#")
        if document_id and document_id not in public:
            continue
        if len(acts) == len(notice.acts):
            yield notice
            continue
        subject = public[document_id] if document_id else document
        subject = next((one for one in subject.parts if one.part_id == part), subject) if part else subject
        since = since_of(notice.kind, acts) or (subject.date("repealed_on") if notice.kind in _REPEALING else None)
        if notice.kind not in _SCHEDULED or since:
            yield notice._replace(acts=acts, since=since, until=until_of(notice.kind, acts))


def _files_and_targets(archive: Archive, document: Document) -> tuple[dict[str, MediaFile], dict[str, str]]:
    files: dict[str, MediaFile] = {}
    targets: dict[str, str] = {}
    placed: dict[str, str] = {}
    taken = {"index.html": 1, "history": 1}  # the last number that was given for a name

    def place(source: str) -> str:
        if source not in placed:
            name = wanted = posixpath.basename(source)
            stem, dot, suffix = name.rpartition(".")
            number = taken.get(same_name_key(wanted), 1)
            while same_name_key(name) in taken:
                number += 1
                name = f"{stem}-{number}{dot}{suffix}" if dot else f"{suffix}-{number}"
            taken[same_name_key(wanted)] = number
            taken.setdefault(same_name_key(name), 1)
            placed[source] = document.address + name
            files[placed[source]] = archive.files[source]
        return placed[source]

    for attachment, resolved in zip(document.attachments, archive.given.get(document.path, ()), strict=True):
        if attachment.disclosure is Disclosure.PROACTIVE and resolved.outcome is LinkOutcome.FINE:
            targets[attachment.file] = place(resolved.file)
    for resolved in archive.links.get(document.path, ()):
        if resolved.outcome is LinkOutcome.FINE:
            targets[resolved.target] = place(resolved.file) if resolved.file else resolved.address
    return files, targets
