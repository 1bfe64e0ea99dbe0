"""A field that was found in a document."""

from typing import NamedTuple


class ExtractedField(NamedTuple):
    """A field, its value as it is written into front matter, and its place in the document, for a person."""

    key: str
    value: str | tuple[str, ...]
    where: str
