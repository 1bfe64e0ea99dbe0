"""What one site of a platform lets the others know: its public documents, and the names in them that nothing there has.

Everything is taken from what the gate lets out; a document that is not public never becomes a fact.
"""

import datetime as dt
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from generator.domain.doc_numbers import doc_number_candidates, doc_number_key, normalise_index_no
from generator.domain.model import Archive, Document, NoticeKind, Page, Reference, Site
from generator.domain.vocabulary import RELATIONS, ConsultationState, Disclosure, Kind, RelationKind, Status
from generator.graph.gate import open_gate
from generator.graph.references import ReferenceIndex

CITES = RelationKind.CITES.value
CLEANUP = "cleanup:"
_DECLARED = (*(spec.kind.value for spec in RELATIONS if spec.is_declared), "repealed_by")
# The days on which relations and statuses rest; a text is 自发布之日起施行.
DAY_FIELDS = (
    *("date_written", "date_published", "date_effective", "expires_on", "repealed_on"),
    *("suspended_from", "suspended_until", "renewed_until"),
)
TEXT_FIELDS = ("doc_number", "index_no", "renewed_as", "repeal_reason")


class Outgoing(NamedTuple):
    """A name in a public document that no document of its site has: the field, the possible keys, and the clause.

    ``names`` are the keys by which another site may know it, the best one first.
    """

    document: str
    key: str
    names: tuple[str, ...]
    clause: str = ""


class PublicFact(NamedTuple):
    """One public document, as the register keeps it; days are ISO texts, ``url`` is absolute.

    ``is_own`` says that the body of the site issued it; ``fields`` are those on which relations rest,
    ``changes`` the later days on which its state changes, each with the state from then on.
    """

    id: str
    kind: Kind
    title: str
    url: str
    issuers: tuple[str, ...]
    is_own: bool
    fields: tuple[tuple[str, str], ...]
    status: Status | None = None
    consultation: ConsultationState | None = None
    notices: tuple[tuple[NoticeKind, str, str], ...] = ()
    column: str = ""
    themes: tuple[str, ...] = ()
    keywords: tuple[str, ...] = ()
    summary: str = ""
    opens_on: str = ""
    closes_on: str = ""
    audiences: tuple[str, ...] = ()
    doc_type: str = ""
    changes: tuple[tuple[str, str], ...] = ()


class SiteFacts(NamedTuple):
    """The facts of a site at a day; they hold until ``until``, a minute at which something is published."""

    title: str
    agency: str
    base_url: str
    documents: tuple[PublicFact, ...]
    outgoing: tuple[Outgoing, ...]
    since: dt.datetime | None = None
    until: dt.datetime | None = None


def facts_of(archive: Archive, *, title: str, agency: str, base_url: str) -> SiteFacts:
    """Return the facts of an archive.

    Raises ``GongkaiError`` where the gate cannot be opened.
    """
    site = open_gate(archive)
    minute = archive.as_of.minute
    moments = (document.value("date_published") for document in archive.documents)
    later = (due for due in moments if minute and isinstance(due, dt.datetime) and due > minute)
    return SiteFacts(
        title=title,
        agency=agency,
        base_url=base_url,
        documents=tuple(_fact(document, agency, base_url) for document in _shown(site)),
        outgoing=outgoing_of(archive),
        since=minute,
        until=min(later, default=None),
    )


def outgoing_of(archive: Archive) -> tuple[Outgoing, ...]:
    """Return the names in the public documents of an archive that none of its own documents has."""
    index = ReferenceIndex(archive.documents, withdrawn=archive.withdrawn)
    return tuple(
        item
        for document in archive.documents
        if archive.is_public(document) and document.kind is not Kind.PAGE
        for item in _outgoing(document, index)
    )


def hidden_ids(archive: Archive, drafts: Iterable[Page]) -> frozenset[str]:
    """Return the ids of the documents that a site has clearly taken back: withheld, on request, secret, 撤下, draft.

    One that cannot be read is not among them: a mistake in an act must not make valid again what it repealed.
    """
    hidden = {
        document.id
        for document in archive.documents
        if document.is_secret or document.disclosure in {Disclosure.WITHHELD, Disclosure.ON_REQUEST}
    }
    return frozenset(hidden | {one.id for one in archive.withdrawn} | {page.id for page in drafts if page.id})


def _shown(site: Site) -> Iterator[Document]:
    """Yield the documents of the register: all but pages such as 公开指南, which are about one site."""
    return (document for document in site.documents if document.kind is not Kind.PAGE)


def _fact(document: Document, agency: str, base_url: str) -> PublicFact:
    days = ((key, document.value(key)) for key in DAY_FIELDS)
    fields = [(key, _day_text(value)) for key, value in days if value is not None]
    fields += [(key, value) for key in TEXT_FIELDS if (value := document.text(key))]
    return PublicFact(
        id=document.id,
        kind=document.kind,
        title=document.title,
        url=base_url + document.address,
        issuers=document.issuers,
        is_own=agency in document.issuers,
        fields=tuple(fields),
        status=document.status,
        consultation=document.consultation_state,
        notices=tuple(
            (one.kind, _day_text(one.since), _day_text(one.until)) for one in document.notices if not one.about
        ),
        themes=document.texts("theme"),
        column=document.column,
        keywords=document.texts("keywords"),
        summary=document.text("summary") or document.page.opening,
        opens_on=_day_text(document.date("opens_on")),
        closes_on=_day_text(document.date("closes_on")),
        audiences=document.texts("audience"),
        doc_type=document.doc_type.value if document.doc_type else "",
        changes=tuple(
            (change.day.isoformat(), change.state.value if change.state else "") for change in document.status_changes
        ),
    )


def _day_text(value: object) -> str:
    if isinstance(value, dt.datetime):
        return f"{value:%Y-%m-%d %H:%M}"
    return value.isoformat() if isinstance(value, dt.date) else value if isinstance(value, str) else ""


def _outgoing(document: Document, index: ReferenceIndex) -> Iterator[Outgoing]:
    fields = document.page.fields
    for key in _DECLARED:
        for reference in document.references(key) if key in fields else ():
            yield from _named(document, key, reference, index)
    for term, reference, _ in document.cleanup if "cleanup" in fields else ():
        yield from _named(document, f"{CLEANUP}{term.value}", reference, index)
    for number in dict.fromkeys(citation.text for citation in document.page.citations):
        if not index.named(number) and (names := tuple(doc_number_candidates(number))):
            yield Outgoing(document.id, CITES, names)


def _named(document: Document, key: str, reference: Reference, index: ReferenceIndex) -> Iterator[Outgoing]:
    if not index.targets(reference):
        keys = (reference.text, doc_number_key(reference.text), normalise_index_no(reference.text))
        yield Outgoing(document.id, key, tuple(dict.fromkeys(name for name in keys if name)), reference.clause)


def names_of(site: str, fact: PublicFact) -> Iterator[str]:
    """Yield the keys by which other sites may name a document: ``site:id``, its 文号 and its 索引号."""
    fields = dict(fact.fields)
    yield f"{site}:{fact.id}"
    number = fields.get("doc_number", "")
    if number and number != "none":
        yield doc_number_key(number)
    if index_no := fields.get("index_no", ""):
        yield normalise_index_no(index_no)
