"""The documents of each kind of information, and the elements that one of them lacks."""

from collections.abc import Iterator

from generator.domain.information import archive_tables, information_kind, missing_parts, stage_of
from generator.domain.model import Archive, Document
from generator.domain.vocabulary import FIELDS, INFORMATION_KINDS, KIND_OF_RULE, DocType, InformationKind, label_of


def documents_of(archive: Archive, doc_type: DocType) -> Iterator[Document]:
    """Yield the documents of a kind that are public or will be; those from an old site (历史迁移) are left out."""
    row = INFORMATION_KINDS[doc_type]
    for document in archive.proactive:
        if information_kind(document) is row and document.value("migrated") is not True:
            yield document


def incomplete_documents(archive: Archive, rule_id: str) -> Iterator[tuple[Document, tuple[str, ...], str]]:
    """Yield each document of a kind that lacks something, with the names of what is missing and its first field.

    ``rule_id`` is that of the rule which checks the kind.
    """
    kind = KIND_OF_RULE[rule_id]
    for document in documents_of(archive, kind.doc_type):
        fields = list(missing_fields(document, kind))
        parts = lacking_parts(document, archive, kind)
        if fields or parts:
            yield document, (*map(label_of, fields), *parts), fields[0] if fields else "doc_type"


def missing_fields(document: Document, kind: InformationKind) -> tuple[str, ...]:
    """Return the required fields that a document does not have, of those that its own kind may have."""
    return tuple(key for key in kind.required if key not in document.page.fields and document.kind in FIELDS[key].kinds)


def lacking_parts(document: Document, archive: Archive, kind: InformationKind) -> tuple[str, ...]:
    """Return the elements of the text that a document lacks: those of every document, and those of its stage."""
    parts = [part for stage in dict.fromkeys((None, stage_of(document))) for part in kind.parts.get(stage, ())]
    return missing_parts(document, parts, archive_tables(document, archive), document.title) if parts else ()


def is_open_meeting(document: Document) -> bool:
    """Whether a document publishes a meeting that representatives attended (004 三; RPT-12)."""
    if document.doc_type is not DocType.MEETING:
        return False
    count = document.value("attendee_count")
    return bool(document.texts("attendees")) or (isinstance(count, int) and count > 0)
