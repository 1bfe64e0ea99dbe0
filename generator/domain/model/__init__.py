"""The values that pass from stage to stage: all frozen, none holds HTML, none reads a file.

``Page`` is one source file as written. ``Document`` is a page with everything derived from the
whole site at one day. ``Archive`` holds every document; ``Site`` holds the public ones only, so
nothing that renders can read a withheld one (条例 arts 13–16; requirements ATTR-02).
"""

from generator.domain.model.as_of import AsOf
from generator.domain.model.clause_edit import ClauseEdit, EditKind
from generator.domain.model.clause_state import ClauseAct, ClauseAddition, ClauseChange, ClauseChanges, ClauseState
from generator.domain.model.collection import (
    GATE_FIELDS,
    Alias,
    Archive,
    Column,
    Redirect,
    Site,
    WebCopy,
    WithdrawnDocument,
    is_open,
)
from generator.domain.model.compared_texts import ComparedTexts, TextClause
from generator.domain.model.coverage import CatalogueItem, Coverage, CoverageMatrix
from generator.domain.model.document import Document
from generator.domain.model.evidence import Evidence
from generator.domain.model.foreign import ForeignDocument
from generator.domain.model.history import (
    Author,
    FileHistory,
    FormerAddress,
    FormerIdentity,
    History,
    Revision,
    VanishedAddress,
    Version,
)
from generator.domain.model.local_links import (
    LinkOutcome,
    LostReference,
    Naming,
    OutsideDocument,
    ResolvedCitations,
    ResolvedLink,
)
from generator.domain.model.match import Match, MatchKind, ScanResult, Sight
from generator.domain.model.notice import MARKED, Notice, NoticeKind, Relation, StatusChange
from generator.domain.model.page import (
    AnnouncedAttachment,
    Attachment,
    Citation,
    ClauseInterpretation,
    Correction,
    Field,
    FieldValue,
    Heading,
    Link,
    LinkRole,
    MediaFile,
    Page,
    Part,
    PartLocation,
    PrintedDisclosure,
    Reference,
    ReportRow,
    ReportTable,
    StatedLimit,
    UndeclaredPart,
    Withdrawal,
)
from generator.domain.model.review_form import ReviewForm, review_of
from generator.domain.model.stated_amendment import StatedAmendment
from generator.domain.model.stated_fields import (
    NOTHING_STATED,
    DayBasis,
    StatedDay,
    StatedEffect,
    StatedFields,
    StatedNumber,
    StatedRepeal,
    StatedTerm,
)
from generator.domain.model.text import Block, BlockKind, LineBreak, Text

__all__ = [
    "GATE_FIELDS",
    "MARKED",
    "NOTHING_STATED",
    "Alias",
    "AnnouncedAttachment",
    "Archive",
    "AsOf",
    "Attachment",
    "Author",
    "Block",
    "BlockKind",
    "CatalogueItem",
    "Citation",
    "ClauseAct",
    "ClauseAddition",
    "ClauseChange",
    "ClauseChanges",
    "ClauseEdit",
    "ClauseInterpretation",
    "ClauseState",
    "Column",
    "ComparedTexts",
    "Correction",
    "Coverage",
    "CoverageMatrix",
    "DayBasis",
    "Document",
    "EditKind",
    "Evidence",
    "Field",
    "FieldValue",
    "FileHistory",
    "ForeignDocument",
    "FormerAddress",
    "FormerIdentity",
    "Heading",
    "History",
    "LineBreak",
    "Link",
    "LinkOutcome",
    "LinkRole",
    "LostReference",
    "Match",
    "MatchKind",
    "MediaFile",
    "Naming",
    "Notice",
    "NoticeKind",
    "OutsideDocument",
    "Page",
    "Part",
    "PartLocation",
    "PrintedDisclosure",
    "Redirect",
    "Reference",
    "Relation",
    "ReportRow",
    "ReportTable",
    "ResolvedCitations",
    "ResolvedLink",
    "ReviewForm",
    "Revision",
    "ScanResult",
    "Sight",
    "Site",
    "StatedAmendment",
    "StatedDay",
    "StatedEffect",
    "StatedFields",
    "StatedLimit",
    "StatedNumber",
    "StatedRepeal",
    "StatedTerm",
    "StatusChange",
    "Text",
    "TextClause",
    "UndeclaredPart",
    "VanishedAddress",
    "Version",
    "WebCopy",
    "Withdrawal",
    "WithdrawnDocument",
    "is_open",
    "review_of",
]
