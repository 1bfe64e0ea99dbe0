"""Documents in the folder of another kind: what their fields say that they are."""

from collections.abc import Mapping

from generator.domain.model import Document
from generator.domain.vocabulary import FIELDS, Kind, label_of

# A field that only one kind has, and that says what a document is.
_SIGNS: Mapping[str, Kind] = {
    "interprets": Kind.INTERPRETATION,
    "opens_on": Kind.CONSULTATION,
    "closes_on": Kind.CONSULTATION,
    "responds_to": Kind.RESPONSE,
    "event_at": Kind.RESPONSE,
}
_OF_A_POLICY = frozenset({"doc_number", "index_no"})  # only an official document has a number


def kind_by_fields(document: Document) -> tuple[str, Kind] | None:
    """Return the field that says that a document is of another kind, and that kind; ``None`` for any other document.

    Its own kind was not written but comes from the folder, and requires fields that it does not have.
    """
    fields = document.page.fields
    if "kind" in fields or not _OF_A_POLICY.isdisjoint(fields):
        return None
    sign = next(((key, kind) for key, kind in _SIGNS.items() if key in fields), None)
    if sign is None or sign[1] is document.kind:
        return None
    lacking = any(document.kind in spec.required and spec.key not in fields for spec in FIELDS.values())
    return sign if lacking else None


def kind_line(document: Document, kind: Kind) -> str:
    """Return the line that declares a kind, in the language of the document's keys."""
    return f"{label_of('kind')}: {kind.label}" if document.page.chinese_keys else f"kind: {kind.value}"
