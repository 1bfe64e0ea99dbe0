"""The foreign documents of one site, taken from the register: what it names, and what names its documents.

A name that several other sites have means the document on the site of the body that issued it; where there is no such
site, or several, the name is ambiguous, which the site that wrote it is told.
"""

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from generator.domain.model import Citation, Document, Field, Notice, Page, Reference
from generator.domain.vocabulary import Disclosure, Kind
from generator.fleet.facts import CITES, CLEANUP, DAY_FIELDS, Outgoing, PublicFact
from generator.fleet.register import Register
from generator.graph.foreign import NO_FOREIGN, ForeignDocuments

_Place = tuple[str, str]  # a site, and the id of a document there


def neighbours_of(site: str, register: Register, outgoing: Iterable[Outgoing]) -> ForeignDocuments:
    """Return the foreign documents of one site; they do not depend on the order in which sites were read.

    ``outgoing`` are the names that the site sends out.
    """
    names: dict[str, tuple[str, ...]] = {}
    places: set[_Place] = set()
    for keys in sorted({one.names for one in outgoing}):
        if resolved := _resolved(register, site, keys):
            names[resolved.name] = tuple(f"{one}:{name}" for one, name in resolved.places)
            places.update(resolved.places)
    incoming = _incoming(register, site)
    places.update(incoming)
    if not places:
        return NO_FOREIGN
    documents = tuple(
        _document(one, register.fact(one, name), incoming.get((one, name), {})) for one, name in sorted(places)
    )
    return ForeignDocuments(documents, dict(sorted(names.items())))


def _places_of(register: Register, site: str, name: str) -> list[tuple[str, str, bool]]:
    """Return the documents of other sites that have a name."""
    query = (
        "SELECT n.site, n.id, d.own FROM names n JOIN documents d ON d.site = n.site AND d.id = n.id "
        "WHERE n.name = ? AND n.site != ? ORDER BY n.site, n.id"
    )
    return [(one, document, bool(own)) for one, document, own in register.rows(query, (name, site))]


class _Resolved(NamedTuple):
    """The first known one of some names, and the documents that it means; several where it is ambiguous."""

    name: str
    places: tuple[_Place, ...]


def _resolved(register: Register, site: str, names: Iterable[str]) -> _Resolved | None:
    """Return what some names in a document of a site mean on other sites; ``None`` where none is known."""
    for name in names:
        if found := _places_of(register, site, name):
            own = [place for place in found if place[2]]
            return _Resolved(name, tuple((one, document) for one, document, _ in (own if len(own) == 1 else found)))
    return None


def _incoming(register: Register, site: str) -> Mapping[_Place, Mapping[str, dict[Reference, None]]]:
    """Return by foreign document what it says of documents of this site: by field, references to their ids.

    A citation has the number in the place of the id.
    """
    query = (
        "SELECT DISTINCT o.site, o.number FROM names n JOIN outgoing o ON o.name = n.name "
        "WHERE n.site = ? AND o.site != ? ORDER BY o.site, o.number"
    )
    incoming: dict[_Place, dict[str, dict[Reference, None]]] = {}
    for one, number in register.rows(query, (site, site)):
        keys = register.rows(
            "SELECT name, id, key, clause FROM outgoing WHERE site = ? AND number = ? ORDER BY rank", (one, number)
        )
        outgoing = Outgoing(keys[0][1], keys[0][2], tuple(row[0] for row in keys), keys[0][3])
        meant = _resolved(register, one, outgoing.names)
        if meant and len(meant.places) == 1 and meant.places[0][0] == site:
            fields = incoming.setdefault((one, outgoing.document), defaultdict(dict))
            name = meant.name if outgoing.key == CITES else meant.places[0][1]
            fields[outgoing.key][Reference(name, outgoing.clause)] = None
    return incoming


def _document(site: str, fact: PublicFact, references: Mapping[str, Iterable[Reference]]) -> Document:
    """Return a foreign document for the graph of a site; its references are those to documents of that site."""
    fields = fields_of(fact)
    cleanup: dict[str, Field] = {}
    for key, items in references.items():
        if key.startswith(CLEANUP):
            cleanup[key.removeprefix(CLEANUP)] = Field(tuple(items), 0)
        elif key != CITES:
            fields[key] = tuple(items)
    if cleanup:
        fields["cleanup"] = cleanup
    page = Page(
        path=fact.url,
        body="",
        kind=fact.kind,
        id=f"{site}:{fact.id}",
        fields={key: Field(value, 0) for key, value in fields.items() if value not in ("", None)},
        citations=tuple(Citation(item.text, 0) for item in references.get(CITES, ())),
    )
    document = Document.of(page, kind=fact.kind, column="", address=fact.url, agency=fact.issuers[0])
    effective = document.published if document.text("date_effective") else document.date("date_effective")
    return document._replace(
        status=fact.status,
        consultation_state=fact.consultation,
        effective_on=effective if fact.kind is Kind.POLICY else None,
        notices=notices_of(fact),
    )


def fields_of(fact: PublicFact) -> dict[str, Any]:
    """Return the fields of a fact as the front matter of its page had them."""
    fields: dict[str, Any] = {"title": fact.title, "issuer": fact.issuers, "disclosure": Disclosure.PROACTIVE}
    return fields | {key: _day(text) if key in DAY_FIELDS else text for key, text in fact.fields}


def notices_of(fact: PublicFact) -> tuple[Notice, ...]:
    """Return the notices of a fact, without the acts."""
    return tuple(Notice(kind, _date(since), until=_date(until)) for kind, since, until in fact.notices)


def _day(text: str) -> dt.date | str:
    if " " in text:
        return dt.datetime.fromisoformat(text)
    return dt.date.fromisoformat(text) if text[:1].isdigit() else text


def _date(text: str) -> dt.date | None:
    return dt.date.fromisoformat(text) if text else None
