"""The metadata box of a document page: which fields it shows, in which order, and how (requirements DOC-01)."""

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from typing import Any, NamedTuple, TypeAlias

from generator.domain.model import Document
from generator.domain.vocabulary import SHOWN_FIELDS, Kind, Term, label_of
from generator.domain.written_moments import chinese_day
from generator.publish.pages.browse_groups import AUDIENCE, DOC_TYPE, OFFICE, STAGE, STATUS, THEME, YEAR, Dimension
from generator.publish.theme.environment import Words

# the last ones are no part of the history: two for browsing, and what a review of the document concluded
_BOX_FIELDS = (*SHOWN_FIELDS, "audience", "openness_stage", "cleanup_result", "reviewed_on")


class MetadataRow(NamedTuple):
    """One row of the box; ``state`` is the code of a status, which gives its colour."""

    label: str
    value: str
    state: str = ""


_LEADING = frozenset(
    {
        "doc_number",
        "status",
        "date_effective",
        "expires_on",
        "opens_on",
        "consultation_status",
        "takedown_on",
        "posting_status",
        "form",
        "date_published",
    }
)
"""The fields that a phone shows at once; the others are folded there."""
_IN_THE_LINE = frozenset({"date_effective", "expires_on", "opens_on"})
"""What the status line under the title of a policy or consultation says already."""

_RowMaker: TypeAlias = Callable[[Document, Words], MetadataRow | None]


def metadata_rows(document: Document, words: Words) -> Iterator[dict[str, Any]]:
    """Yield the rows of the box for which the document has a value."""
    has_line = document.kind in {Kind.POLICY, Kind.CONSULTATION}
    for key in _BOX_FIELDS:
        make_row = _ROW_MAKERS.get(key)
        if make_row is None and key not in document.page.fields:
            continue
        row = make_row(document, words) if make_row else MetadataRow(label_of(key), display_value(document, key))
        if row and row.value:
            links = list(_links(document, key, row.value)) if key in _BROWSED else []
            leads = key in _LEADING and not (has_line and key in _IN_THE_LINE)
            yield {
                "label": row.label,
                "value": row.value,
                "status": row.state,
                "links": links,
                "leads": leads,
                "is_term": key == "expires_on",
            }


def _links(document: Document, key: str, value: str) -> Iterator[dict[str, str]]:
    """Yield a value in pieces, those that name a group of documents with its address; the day links its year.

    Of a status the suspension behind it is no part of the link.
    """
    dimension = _BROWSED[key]
    if dimension in {YEAR, STATUS}:
        for name in dimension.names(document):
            label = name.label if value.startswith(name.label) else value
            yield {"text": label, "address": dimension.address_of(name)}
            yield {"text": value.removeprefix(label), "address": ""}
        return
    names = [name for name in dimension.names(document) if key != "issuer" or name.label in document.issuers]
    if key == "responsible_unit":
        names = [name for name in names if name.label in document.texts(key)]
    for number, name in enumerate(names):
        if number:
            yield {"text": "、", "address": ""}
        yield {"text": name.label, "address": dimension.address_of(name)}


def display_value(document: Document, key: str) -> str:
    """Return the value of a field in Chinese, empty where the document has none."""
    value = document.value(key)
    if isinstance(value, dt.datetime):
        return f"{chinese_day(value.date())} {value:%H:%M}"
    if isinstance(value, dt.date):
        return chinese_day(value)
    if isinstance(value, bool):
        return "是" if value else "否"
    if isinstance(value, Term):
        return value.label
    if isinstance(value, tuple):
        return "、".join(entry.label if isinstance(entry, Term) else str(entry) for entry in value)
    return str(value) if isinstance(value, str | int) else ""


def _issuer(document: Document, _words: Words) -> MetadataRow:
    return MetadataRow(label_of("issuer"), "、".join(document.issuers))


def _status(document: Document, _words: Words) -> MetadataRow | None:
    return MetadataRow(label_of("status"), document.state_text, document.status.value) if document.status else None


def _consultation_state(document: Document, words: Words) -> MetadataRow | None:
    state = document.consultation_state
    return MetadataRow(words.document.consultation_state, state.label, state.value) if state else None


def _consultation_days(document: Document, words: Words) -> MetadataRow | None:
    opens, closes = document.date("opens_on"), document.date("closes_on")
    if not opens or not closes:
        return None
    days = words.document.from_to.format(first=chinese_day(opens), last=chinese_day(closes))
    return MetadataRow(words.document.consultation_days, days)


def _posting_state(document: Document, words: Words) -> MetadataRow | None:
    state = document.posting_state
    return MetadataRow(words.document.posting_state, state.label, state.value) if state else None


def _posting_days(document: Document, words: Words) -> MetadataRow | None:
    takedown = document.date("takedown_on") if document.posting_state else None
    if takedown is None or takedown == dt.date.min:
        return None
    last = chinese_day(takedown - dt.timedelta(days=1))
    return MetadataRow(words.document.posting_days, words.document.posted_until.format(last=last))


def _doc_number(document: Document, words: Words) -> MetadataRow:
    has_no_number = document.text("doc_number") == "none"
    return MetadataRow(label_of("doc_number"), words.document.no_number if has_no_number else document.doc_number)


def _date_effective(document: Document, words: Words) -> MetadataRow:
    at_once = document.text("date_effective") == "on_publication"
    value = words.document.effect_on_publication if at_once else display_value(document, "date_effective")
    return MetadataRow(label_of("date_effective"), value)


def _term(document: Document, words: Words) -> MetadataRow | None:
    if document.term is None:
        return None
    declared = document.date("expires_on")
    value = chinese_day(document.term)
    if declared and declared != document.term:
        value = words.document.term_renewed.format(day=value, before=chinese_day(declared))
    return MetadataRow(label_of("expires_on"), value)


_BROWSED: Mapping[str, Dimension] = {
    "issuer": OFFICE,
    "responsible_unit": OFFICE,
    "theme": THEME,
    "audience": AUDIENCE,
    "doc_type": DOC_TYPE,
    "openness_stage": STAGE,
    "date_published": YEAR,
    "status": STATUS,
}

_ROW_MAKERS: Mapping[str, _RowMaker] = {
    "issuer": _issuer,
    "status": _status,
    "doc_number": _doc_number,
    "date_effective": _date_effective,
    "expires_on": _term,
    "opens_on": _consultation_days,
    "consultation_status": _consultation_state,
    "takedown_on": _posting_days,
    "posting_status": _posting_state,
}
