"""The values that pass from stage to stage; all frozen, none holds HTML or reads a file.

``Page`` is one source file as written. ``Document`` is a page with everything derived from the
whole site at one day. ``Archive`` knows every document; ``Site`` holds the public ones only, so
nothing that renders can see a withheld one (条例 arts 13–16; requirements ATTR-02).
"""

from generator.domain.model.collection import GATE_FIELDS, Archive, Column, Site, is_open
from generator.domain.model.coverage import CatalogueItem, Coverage, CoverageMatrix
from generator.domain.model.document import Document
from generator.domain.model.history import Author, FileHistory, Former, History, Place, Revision, Vanished, Version
from generator.domain.model.local_links import Cited, LinkOutcome, Naming, Outside, Resolved
from generator.domain.model.match import Find, FindKind, Look, Sight
from generator.domain.model.notice import MARKED, Notice, NoticeKind, Relation, Turn
from generator.domain.model.page import (
    Announced,
    Attachment,
    Carried,
    Citation,
    Correction,
    Field,
    FieldValue,
    Heading,
    Link,
    LinkRole,
    MediaFile,
    Page,
    Part,
    Placed,
    Printed,
    Reference,
    Row,
    Section,
    Stated,
    Table,
)
from generator.domain.model.review_form import ReviewForm, review_of

__all__ = [
    "GATE_FIELDS",
    "MARKED",
    "Announced",
    "Archive",
    "Attachment",
    "Author",
    "Carried",
    "CatalogueItem",
    "Citation",
    "Cited",
    "Column",
    "Correction",
    "Coverage",
    "CoverageMatrix",
    "Document",
    "Field",
    "FieldValue",
    "FileHistory",
    "Find",
    "FindKind",
    "Former",
    "Heading",
    "History",
    "Link",
    "LinkOutcome",
    "LinkRole",
    "Look",
    "MediaFile",
    "Naming",
    "Notice",
    "NoticeKind",
    "Outside",
    "Page",
    "Part",
    "Place",
    "Placed",
    "Printed",
    "Reference",
    "Relation",
    "Resolved",
    "ReviewForm",
    "Revision",
    "Row",
    "Section",
    "Sight",
    "Site",
    "Stated",
    "Table",
    "Turn",
    "Vanished",
    "Version",
    "is_open",
    "review_of",
]
