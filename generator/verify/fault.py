"""The faults of a built site."""

from enum import StrEnum
from typing import NamedTuple


class FaultKind(StrEnum):
    """The kind of a fault; programs read its value, which never changes."""

    NOT_LISTED = "not_listed"
    MISSING_FILE = "missing_file"
    CHANGED_FILE = "changed_file"
    NOT_A_FILE = "not_a_file"
    EMPTY_FOLDER = "empty_folder"
    UNREADABLE = "unreadable"
    UNACCOUNTED = "unaccounted"
    NO_RECORD = "page_without_record"
    NO_PAGE = "record_without_page"
    SEARCH = "search_differs"
    SITEMAP = "sitemap_differs"
    FEED = "feed_differs"
    ONE_SIDED = "one_sided_relation"
    UNKNOWN_TARGET = "unknown_target"
    PAGE_DIFFERS = "page_differs"
    STATUS = "status_contradicted"
    NOTICE = "notice_missing"
    DEAD_LINK = "dead_link"
    DEAD_ANCHOR = "dead_anchor"
    ADDRESS = "address_not_relative"
    FOREIGN = "foreign_resource"
    ACTIVE = "active_content"
    POLICY = "weak_policy"
    SEAL = "seal_differs"
    TAG = "missing_tag"
    JSON_LD = "json_ld"
    STALE = "stale_state"


class Fault(NamedTuple):
    """One thing that is wrong with a file of the site; message and hint are Chinese."""

    path: str
    what: FaultKind
    message: str
    hint: str
