"""审核表 of a document: the values of the form, and those that it takes from the document."""

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.domain.model.document import Document
from generator.domain.model.page import Field
from generator.domain.vocabulary import FIELDS, REVIEW_REQUIRED, SourceType

_NOTHING = (None, "", ())


@dataclass(frozen=True, slots=True)
class ReviewForm:
    """The form of one document.

    A value of the form may be in ``review`` or in a field of its own in the front matter; ``review`` takes
    precedence. 信息名称 is the title and 发布栏目 the column of the document, unless the form names others.
    """

    document: Document
    given: Mapping[str, Field]

    def value(self, key: str) -> Any:
        """Return the value of the form for a key, ``None`` where it has none."""
        field = self.given.get(key)
        if field is not None:
            return field.value
        if key not in FIELDS or key in {"disclosure", "is_secret", "title", "column"}:
            return None
        return self.document.value(key)

    def text(self, key: str) -> str:
        """Return a name or another text of the form, empty where it has none."""
        value = self.value(key)
        return value if isinstance(value, str) else ""

    def day(self, key: str) -> dt.date | None:
        """Return a day of the form, ``None`` where it has none."""
        value = self.value(key)
        return value if isinstance(value, dt.date) else None

    def line_of(self, key: str) -> int:
        """Return the line of a key in the file; that of ``review`` where the form does not have it."""
        if key in self.given:
            return self.given[key].line
        return self.document.page.line_of(key if key in self.document.page.fields else "review")

    @property
    def is_filled(self) -> bool:
        """Whether the form records a review: it has an opinion or a date, not only names."""
        return bool(self.given.keys() & {"is_secret", "disclosure", "legal_opinion", "form_date", "upload_date"})

    @property
    def missing(self) -> tuple[str, ...]:
        """The required keys that the form lacks, in its order; a reprint must name its source."""
        missing = [key for key in REVIEW_REQUIRED if self.value(key) in _NOTHING]
        if self.value("source_type") is SourceType.REPRINT and not self.text("source_name"):
            missing.append("source_name")
        return tuple(missing)


def review_of(document: Document) -> ReviewForm | None:
    """Return the form of a document, ``None`` where it has no ``review``."""
    given = document.value("review")
    if not isinstance(given, Mapping):
        return None
    return ReviewForm(document, {key: field for key, field in given.items() if isinstance(field, Field)})
