"""The API: every public document as JSON (contract section 5)."""

import datetime as dt
import json
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from generator.domain.model import Attachment, ClauseState, Document, Relation, Site
from generator.domain.vocabulary import RelationKind, Status, Term
from generator.publish.pages.comparison_links import comparison_address

_PLAIN = json.JSONEncoder(ensure_ascii=False)
_ALWAYS = (
    RelationKind.INTERPRETED_BY,
    RelationKind.REPEALED_BY,
    RelationKind.AMENDED_BY,
    RelationKind.REPLACED_BY,
    RelationKind.CITED_BY,
)
_DERIVED = (*_ALWAYS, *(kind for kind in RelationKind if kind not in _ALWAYS))
_POSITION = {kind: number for number, kind in enumerate(_DERIVED)}
_SPECIAL_KEYS = frozenset({"attachments", "corrections"})


def document_records(site: Site) -> list[dict[str, Any]]:
    """Return ``api/documents.json``: one object per public document (contract section 5)."""
    return [record_of(document, site) for document in site.documents]


def json_lines(records: Iterable[object]) -> bytes:
    """Return a JSON list with one record a line, so that a changed record is one changed line in a diff."""
    lines = ",\n".join(_PLAIN.encode(record) for record in records)
    return f"[\n{lines}\n]\n".encode()


def record_of(document: Document, site: Site) -> dict[str, Any]:
    """Return the record of a public document: the fields of contract section 3, its state, and all its relations."""
    record: dict[str, Any] = {
        "id": document.id,
        "kind": document.kind.value,
        "title": document.title,
        "url": document.address,
    }
    for key, field in document.page.fields.items():
        if key not in record and key not in _SPECIAL_KEYS:
            record[key] = _plain(field.value)
    if document.doc_number:
        record["doc_number"] = document.doc_number
    if document.term and document.term != document.date("expires_on"):
        record["valid_until"] = document.term.isoformat()
    record |= {
        "issuer": list(document.issuers),
        "column": document.column,
        "status": document.status.value if document.status else None,
        "status_label": document.status.label if document.status else None,
        "notices": [notice.kind.value for notice in document.notices],
        "attachments": [
            {
                "title": item.title,
                "url": quote(site.attachments[document.id][item.file]),
                "disclosure": item.disclosure.value,
                "size": site.files[site.attachments[document.id][item.file]].size,
            }
            for item in document.attachments
        ],
    }
    if document.corrections:
        record["corrections"] = [{"date": item.on.isoformat(), "note": item.note} for item in document.corrections]
    states = (
        ("consultation_status", document.consultation_state),
        ("posting_status", document.posting_state),
        ("interpretation_state", document.interpretation_state),
        ("mark", document.interpretation_mark),
    )
    record |= {key: state.value for key, state in states if state}
    record |= {kind.value: [] for kind in _ALWAYS}
    if document.relations:
        record |= _related(document)
    if document.clauses:
        record["clauses"] = [clause_record(state) for state in document.clauses]
    if newer := site.compared_with.get(document.id):
        record["compare"] = [comparison_address(site.by_id[one]) for one in newer]
    if document.parts:
        record["parts"] = [_part_record(part) for part in document.parts]
    return record


def clause_record(state: ClauseState) -> dict[str, Any]:
    """Return the record of a clause that acts have changed: its status, and the acts, the latest first."""
    return {
        "anchor": state.anchor,
        "clause": state.clause,
        **({"part": state.part} if state.part else {}),
        "status": state.status.value,
        "acts": [
            {
                "status": act.status.value,
                "act": name_of(act.relation),
                "place": act.place,
                **({"since": act.relation.since.isoformat()} if act.relation.since else {}),
                **({"until": act.relation.until.isoformat()} if act.relation.until else {}),
            }
            for act in reversed(state.acts)
        ],
    }


def _part_record(part: Document) -> dict[str, Any]:
    """Return the record of a part: its state, its dates and its relations."""
    status = part.status or Status.EFFECTIVE
    record: dict[str, Any] = {
        "id": part.part_id,
        "title": part.title,
        "url": part.address,
        "status": status.value,
        "status_label": status.label,
        "notices": [notice.kind.value for notice in part.notices],
        "date_effective": part.effective_on.isoformat() if part.effective_on else None,
        "expires_on": part.term.isoformat() if part.term else None,
    }
    if part.doc_type:
        record["doc_type"] = part.doc_type.value
    return record | _related(part)


def _related(document: Document) -> dict[str, list[str]]:
    """Return the names of related documents by kind of relation, in a fixed order."""
    ids_by_kind: dict[RelationKind, dict[str, None]] = {}
    for relation in document.relations:
        ids_by_kind.setdefault(relation.kind, {})[name_of(relation)] = None
    return {kind.value: list(ids_by_kind[kind]) for kind in sorted(ids_by_kind, key=_POSITION.__getitem__)}


def name_of(relation: Relation) -> str:
    """Return the name of the other end: an id, the address on another site of the platform, the name of an act."""
    return relation.target or (relation.foreign.url if relation.foreign else relation.outside)


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
