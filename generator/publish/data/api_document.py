"""The API of one document: ``api/documents/<id>.json``, its record in the list and more detail."""

import json
from typing import Any

from generator.config.load import SiteConfig
from generator.domain.model import Document, Site
from generator.publish.data.api_documents import clause_record, record_of
from generator.publish.data.api_relations import relation_record
from generator.publish.pages.change_notes import address_of, changes_of

_PLAIN = json.JSONEncoder(ensure_ascii=False)
FOLDER = "api/documents"


def document_json(document: Document, site: Site, config: SiteConfig) -> bytes:
    """Return ``api/documents/<id>.json``: everything public about one document except its text.

    That is its record in the list, notices, later status changes, dated relations, history and outline.
    """
    relations = []
    for relation in document.relations:
        record = relation_record(document, relation)
        del record["source"]
        if relation.target:
            target = site.by_id[relation.target]
            record |= {"title": target.title, "url": target.address}
        relations.append(record)
    data: dict[str, Any] = {
        **record_of(document, site),
        "page": config.site.base_url + document.address,
        "notices": [
            {
                "notice": notice.kind.value,
                "since": notice.since.isoformat() if notice.since else None,
                **({"until": notice.until.isoformat()} if notice.until else {}),
                "about": notice.about,
            }
            for notice in document.notices
        ],
        "changes_on": [
            {
                "day": change.day.isoformat(),
                "state": change.state.value if change.state else None,
                "notices": [notice.kind.value for notice in change.notices],
                **({"mark": change.mark.value} if change.mark else {}),
            }
            for change in document.status_changes
        ],
        **(
            {
                "clause_changes_on": [
                    {"day": change.day.isoformat(), "clauses": [clause_record(state) for state in change.clauses]}
                    for change in document.clause_changes
                ]
            }
            if document.clause_changes
            else {}
        ),
        "relations": relations,
        "cites_outside": [outside._asdict() for outside in site.cited[document.id].outside],
        **_history(document, site),
        "outline": [heading._asdict() for heading in document.page.outline],
    }
    return (_PLAIN.encode(data) + "\n").encode()


def _history(document: Document, site: Site) -> dict[str, Any]:
    """Return the changes of a document, newest first, each with the address of the text before it, if there is one."""
    changes = [
        {"day": change["day"], "note": change["note"], "url": change["address"] or None}
        for change in changes_of(document, site)
    ]
    return {"history": {"url": address_of(document), "changes": changes}} if changes else {}
