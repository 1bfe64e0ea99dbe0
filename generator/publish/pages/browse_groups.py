"""The groups in which documents can be browsed: by theme, audience, office, year, 文件类别, 五公开 and status.

The address of a group follows from its name alone, so it lasts, and any page can link to it.
"""

import hashlib
import re
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property, lru_cache
from typing import NamedTuple
from urllib.parse import quote

from generator.domain.filenames import name_trap, same_name_key
from generator.domain.model import Document, Site
from generator.domain.vocabulary import DocType, OpennessStage, SiteFolder, Status, Term

_SAFE_NAME = re.compile(r"[\w·、（）-]{1,60}")


_quoted = lru_cache(maxsize=4096)(quote)


class GroupName(NamedTuple):
    """The name of a group, and its folder under the folder of its dimension."""

    label: str
    folder: str


class Dimension(NamedTuple):
    """A fact by which documents are grouped.

    ``key`` is the front-matter field or derived fact, ``names`` gives the groups of a document, ``terms`` their fixed
    order; other groups are ordered by their size.
    """

    key: str
    folder: str
    names: Callable[[Document], tuple[GroupName, ...]]
    terms: tuple[str, ...] = ()

    def address_of(self, name: GroupName) -> str:
        """Return the percent-encoded address of a group."""
        return f"{self.folder}/{_quoted(name.folder)}/"


class Group(NamedTuple):
    """The documents of one group, newest first."""

    dimension: Dimension
    name: GroupName
    documents: tuple[Document, ...]

    @property
    def path(self) -> str:
        """The folder of the group in the output."""
        return f"{self.dimension.folder}/{self.name.folder}"

    @property
    def address(self) -> str:
        """The percent-encoded address of the group."""
        return self.dimension.address_of(self.name)


@lru_cache(maxsize=4096)
def group_name(label: str) -> GroupName:
    """Return the name of a group that a document writes; a label that no address can hold has a digest as folder."""
    safe = _SAFE_NAME.fullmatch(label) and same_name_key(label) == label and name_trap(label) is None
    return GroupName(label, label if safe else f"g-{hashlib.blake2b(label.encode(), digest_size=6).hexdigest()}")


@lru_cache(maxsize=64, typed=True)  # terms of two enumerations may be equal as texts
def term_name(term: Term) -> GroupName:
    """Return the name of the group of a fixed term."""
    return GroupName(term.label, term.value.replace("_", "-"))


@lru_cache(maxsize=256)
def year_name(year: int) -> GroupName:
    """Return the name of the group of a year."""
    return GroupName(f"{year}年", f"{year:04d}")


def _written(*keys: str) -> Callable[[Document], tuple[GroupName, ...]]:
    def names(document: Document) -> tuple[GroupName, ...]:
        return tuple(group_name(text) for key in keys for text in document.texts(key))

    return names


def _offices(document: Document) -> tuple[GroupName, ...]:
    return tuple(map(group_name, dict.fromkeys((*document.texts("responsible_unit"), *document.issuers))))


def _year(document: Document) -> tuple[GroupName, ...]:
    return (year_name(document.published.year),) if document.published else ()


def _doc_type(document: Document) -> tuple[GroupName, ...]:
    return (term_name(document.doc_type),) if document.doc_type else ()


def _stages(document: Document) -> tuple[GroupName, ...]:
    value = document.value("openness_stage")
    return tuple(term_name(term) for term in value if isinstance(term, Term)) if isinstance(value, tuple) else ()


def _status(document: Document) -> tuple[GroupName, ...]:
    return (term_name(document.status),) if document.status else ()


def _labels(terms: type[Term]) -> tuple[str, ...]:
    return tuple(term.label for term in terms)


THEME = Dimension("theme", SiteFolder.THEMES, _written("theme"))
AUDIENCE = Dimension("audience", SiteFolder.AUDIENCES, _written("audience"))
OFFICE = Dimension("responsible_unit", f"{SiteFolder.BROWSE}/offices", _offices)
YEAR = Dimension("year", f"{SiteFolder.BROWSE}/years", _year)
DOC_TYPE = Dimension("doc_type", f"{SiteFolder.BROWSE}/doc-types", _doc_type, _labels(DocType))
STAGE = Dimension("openness_stage", f"{SiteFolder.BROWSE}/stages", _stages, _labels(OpennessStage))
STATUS = Dimension("status", f"{SiteFolder.BROWSE}/statuses", _status, _labels(Status))
DIMENSIONS = (THEME, AUDIENCE, OFFICE, YEAR, DOC_TYPE, STAGE, STATUS)


class BrowseGroups:
    """All groups of a site."""

    def __init__(self, site: Site) -> None:
        self._site = site

    @cached_property
    def by_dimension(self) -> Mapping[str, tuple[Group, ...]]:
        """The groups of each dimension by its key: years from the newest, fixed terms in their order, else by size."""
        return {dimension.key: tuple(self._groups(dimension)) for dimension in DIMENSIONS}

    @cached_property
    def by_path(self) -> Mapping[str, Group]:
        """The groups by their folder in the output."""
        return {group.path: group for groups in self.by_dimension.values() for group in groups}

    def _groups(self, dimension: Dimension) -> Iterator[Group]:
        members: dict[GroupName, list[Document]] = {}
        for document in self._site.documents:
            for name in dict.fromkeys(dimension.names(document)):
                members.setdefault(name, []).append(document)

        def sort_key(name: GroupName) -> tuple[int, str]:
            if dimension is YEAR:
                return -int(name.folder), ""
            if dimension.terms:
                return dimension.terms.index(name.label), ""
            return -len(members[name]), name.label

        for name in sorted(members, key=sort_key):
            documents = sorted(members[name], key=lambda one: -(one.published.year if one.published else 0))
            yield Group(dimension, name, tuple(documents))
