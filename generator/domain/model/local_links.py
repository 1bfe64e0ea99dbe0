"""The results of resolving the addresses, the 文号 and the titles in a text."""

from collections.abc import Mapping
from enum import StrEnum
from typing import NamedTuple


class LinkOutcome(StrEnum):
    """The result of resolving an address in a text.

    ``LOCAL`` is a path on somebody's own computer or in an office network, ``NOT_OPENED`` another address that no
    page links (``ftp:``, ``javascript:``), ``WITHDRAWN`` a document that was taken off the site, or a file of it,
    ``DRAFT`` a document that is not finished: neither is linked before it is there.
    """

    FINE = "fine"
    ELSEWHERE = "elsewhere"
    NO_PAGE = "no_page"
    NO_ANCHOR = "no_anchor"
    NO_FILE = "no_file"
    OUTSIDE = "outside"
    LOCAL = "local"
    NOT_OPENED = "not_opened"
    NOT_PUBLIC = "not_public"
    WITHDRAWN = "withdrawn"
    DRAFT = "draft"


class ResolvedLink(NamedTuple):
    """One address of a text or attachment list, resolved.

    ``address`` is relative to the site's root and percent-encoded, ``file`` the path of a file under ``content/``,
    and ``document`` the id of the page that it leads to.
    """

    target: str
    line: int
    outcome: LinkOutcome
    address: str = ""
    file: str = ""
    document: str = ""


class OutsideDocument(NamedTuple):
    """A cited document that is not on the site, and the title that the text gives it, if any."""

    number: str
    title: str = ""


class Naming(NamedTuple):
    """A place at which a public document names a hidden one: its id, the line (0: not known), and the field, if any."""

    document: str
    line: int
    key: str = ""


class LostReference(NamedTuple):
    """A reference to a document that was taken off the site: the field, the line, and the document's id."""

    key: str
    line: int
    document: str


class ResolvedCitations(NamedTuple):
    """The resolved citations of a text; ``links`` maps a 文号, or the key of a title, to a document's address."""

    links: Mapping[str, str] = {}
    outside: tuple[OutsideDocument, ...] = ()
