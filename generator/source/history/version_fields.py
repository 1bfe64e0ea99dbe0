"""The fields of one earlier version of a document, and whether the public could read it."""

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

from generator.domain.model import Field
from generator.domain.vocabulary import Disclosure
from generator.source.front_matter.read import decode, read_front_matter
from generator.source.history.closing import is_closed


class EarlierVersion(NamedTuple):
    """The fields of an earlier version, and whether it was public when it was replaced."""

    fields: Mapping[str, Field]
    public: bool

    def text(self, key: str) -> str:
        """Return a field as text, empty where the version does not have it."""
        return str(self.fields[key].value) if key in self.fields else ""

    def day(self, key: str) -> dt.date | None:
        """Return the day of a date field, ``None`` where the version has none."""
        value = self.fields[key].value if key in self.fields else None
        if isinstance(value, dt.datetime):
            return value.date()
        return value if isinstance(value, dt.date) else None


def read_version(path: str, data: bytes, until: dt.datetime) -> EarlierVersion | None:
    """Return a version that was there until a moment.

    ``None`` where it cannot be decoded, so that its state is unknown.
    """
    text = decode(data)
    if not isinstance(text, str):
        return None
    front = read_front_matter(text)
    fields = front.fields
    due = fields["date_published"].value if "date_published" in fields else None
    if isinstance(due, dt.date) and not isinstance(due, dt.datetime):
        due = dt.datetime.combine(due, dt.time())
    disclosure = fields["disclosure"].value if "disclosure" in fields else None
    public = disclosure is Disclosure.PROACTIVE and isinstance(due, dt.datetime) and due <= until
    return EarlierVersion(fields, public and not is_closed(path, fields, front.problems, until.date()))
