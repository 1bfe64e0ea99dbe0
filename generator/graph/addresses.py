"""Determine the column of a page, and resolve local links and attachments."""

import posixpath
import re
from collections.abc import Iterable, Mapping, Sequence
from urllib.parse import SplitResult, quote, unquote, urlsplit

from generator.config.load import SiteConfig
from generator.domain.model import Column, Document, LinkOutcome, LinkRole, MediaFile, Page, ResolvedLink
from generator.domain.problems import Problem
from generator.domain.vocabulary import Kind, SiteFolder, nearest

_TEXT_SUFFIXES = (".md", ".markdown")
_OUTCOME = LinkOutcome
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_LOCAL = re.compile(
    r"(?:file:|[a-z]:|[\\/]{2}[^\\/.:@?#]*(?:[\\/]|\Z)|\\\\|smb:|afp:|~[\\/]|%[a-z]+%[\\/])"
    r"|/(?:home|root|users|volumes|mnt|media|tmp|var|opt|data)/",
    re.IGNORECASE,
)
_DOTTED_SHARE = re.compile(r"//(?:\d{1,3}\.){3}\d{1,3}/")
_WEB_SCHEMES = frozenset({"", "http", "https", "mailto", "tel"})
_IN_QUERY, _IN_FRAGMENT = "/?=&%", "/?=&"


def column_of(page: Page, kind: Kind, columns: Mapping[str, Column]) -> tuple[str, Problem | None]:
    """Return the id of a page's column: from its field, else its 条例 art. 20 item, else its kind.

    A column that does not exist is F003.
    """
    declared = page.fields.get("column")
    if declared and isinstance(declared.value, str):
        for column in columns.values():
            if declared.value in {column.id, column.title}:
                return column.id, None
        near = nearest(declared.value, [*columns, *(column.title for column in columns.values())])
        hint = f"是不是“{near}”？" if near else f"可用：{'、'.join(columns)}"
        problem = Problem("F003", f"没有栏目“{declared.value}”", hint, declared.line, "column")
        return _default_column(page, kind, columns), problem
    return _default_column(page, kind, columns), None


def _default_column(page: Page, kind: Kind, columns: Mapping[str, Column]) -> str:
    item = page.fields.get("statutory_item")
    if kind in {Kind.NOTICE, Kind.PAGE} and item and isinstance(item.value, int):
        for column in columns.values():
            if column.statutory_item == item.value:
                return column.id
    return next((column.id for column in columns.values() if kind in column.kinds), "notices")


_MAY_BE_LOCAL = frozenset(
    {_OUTCOME.ELSEWHERE, _OUTCOME.NOT_OPENED, _OUTCOME.NO_PAGE, _OUTCOME.NO_FILE, _OUTCOME.OUTSIDE}
)


def is_local_path(address: str) -> bool:
    r"""Whether an address is a path on a computer or in an office network.

    Such are ``file:``, ``C:\``, ``\\server`` and ``/home/``. A host without a dot (``//server/share``) and one that
    is a number is in an office network; an address of the web there is left to ``gongkai links``: a site may be, too.
    """
    address = unquote(address).strip()
    return bool(_LOCAL.match(address) or _DOTTED_SHARE.match(address))


def _is_whole(parts: SplitResult) -> bool:
    """Whether an address names what it leads to: a host behind http://, somebody behind mailto: and tel:."""
    if parts.scheme in {"mailto", "tel"}:
        return bool(parts.path.strip())
    return bool(parts.hostname) and " " not in parts.netloc


class LinkResolver:
    """Resolves the links of texts and the files of attachments against everything under ``content/``."""

    def __init__(
        self,
        config: SiteConfig,
        documents: Iterable[Document],
        files: Mapping[str, MediaFile],
        public: frozenset[str],
        hidden_files: frozenset[str],
        withdrawn: Sequence[Document] = (),
        withdrawn_files: frozenset[str] = frozenset(),
        drafts: Sequence[Document] = (),
    ) -> None:
        self._base_url = config.site.base_url
        everything = (*withdrawn, *documents)
        self._documents = {document.path: document for document in everything}
        self._by_address = {document.address: document for document in everything}
        self._withdrawn = frozenset(document.path for document in withdrawn)
        self._withdrawn_files = withdrawn_files
        pages = (f"{folder}/" for folder in SiteFolder if folder.has_page)
        self._folders = {"", *pages, *(column.folder + "/" for column in config.column_tree)}
        self._files = files
        self._public = public
        self._hidden = hidden_files
        self._drafts = LinkResolver(config, drafts, {}, frozenset(), frozenset()) if drafts else None

    def link(self, document: Document, target: str, line: int, role: LinkRole) -> ResolvedLink:
        """Resolve one address written in a text."""
        resolved = self._link(document, target, line, role)
        if resolved.outcome in _MAY_BE_LOCAL and is_local_path(target):
            return resolved._replace(outcome=_OUTCOME.LOCAL, file="")
        if resolved.outcome is _OUTCOME.NO_PAGE and self._drafts:
            draft = self._drafts.link(document, target, line, role)
            if draft.outcome is _OUTCOME.NOT_PUBLIC:
                return draft._replace(outcome=_OUTCOME.DRAFT)
        return resolved

    def _link(self, document: Document, target: str, line: int, role: LinkRole) -> ResolvedLink:
        if file := self._existing(document, target):
            return self._page_or_file(target, line, file)
        try:
            parts = urlsplit(target)
            if target.startswith(self._base_url):
                return self._address(target, line, target[len(self._base_url) :])
        except ValueError:  # an invalid address such as http://[::1/ is not one of the site
            return ResolvedLink(target, line, _OUTCOME.ELSEWHERE)
        if parts.scheme or parts.netloc:
            is_web = parts.scheme in _WEB_SCHEMES and _is_whole(parts)
            return ResolvedLink(target, line, _OUTCOME.ELSEWHERE if is_web else _OUTCOME.NOT_OPENED)
        return self._inner_link(document, target, line, role)

    def _inner_link(self, document: Document, target: str, line: int, role: LinkRole) -> ResolvedLink:
        """Resolve an address without a host that is not the name of a file as it is written."""
        parts = urlsplit(target)
        path, anchor = unquote(parts.path), unquote(parts.fragment)
        if not path:
            return (
                self._anchor(target, line, document, anchor) if anchor else ResolvedLink(target, line, _OUTCOME.NO_PAGE)
            )
        file = self._known(document, parts.path) or self._path_in_content(document, path)
        names_file = "." in posixpath.basename(path.rstrip("/")) or role is LinkRole.MEDIA
        if file is None and names_file:
            return ResolvedLink(target, line, _OUTCOME.OUTSIDE)
        if file is None or not (names_file or file in self._files):
            query = f"?{parts.query}" if parts.query else ""
            fragment = f"#{parts.fragment}" if anchor else ""
            return self._address(target, line, quote(self._from_root(document, path)) + query + fragment)
        if file.lower().endswith(_TEXT_SUFFIXES):
            page = self._documents.get(file)
            return self._anchor(target, line, page, anchor) if page else ResolvedLink(target, line, _OUTCOME.NO_PAGE)
        if file in self._files:
            return self._file(target, line, file)
        return ResolvedLink(target, line, _OUTCOME.NO_FILE)

    def _existing(self, document: Document, target: str) -> str | None:
        """Return the file or text with the name that is written, its signs plain or escaped; ``None`` for none.

        ``附件#1.docx`` is such a file where there is one; elsewhere ``#`` begins an anchor, and ``%`` an escape.
        """
        if not target or target.startswith("#"):
            return None
        return self._known(document, target) or self._known(document, unquote(target))

    def _known(self, document: Document, path: str) -> str | None:
        """Return a path relative to the document as that of a file or text under ``content/``, if there is one."""
        file = self._path_in_content(document, path)
        return file if file in self._files or file in self._documents else None

    def _page_or_file(self, target: str, line: int, file: str) -> ResolvedLink:
        """Return the link to a text or to a file that exists."""
        page = self._documents.get(file)
        return self._anchor(target, line, page, "") if page else self._file(target, line, file)

    @staticmethod
    def _from_root(document: Document, path: str) -> str:
        """Return an address relative to the document's as one relative to the site's root."""
        return posixpath.normpath(posixpath.join("/" + document.address, path)).strip("/")

    def attachment(self, document: Document, target: str, line: int) -> ResolvedLink:
        """Resolve the file of one attachment, whether it is public or not."""
        file = self._existing(document, target) or self._path_in_content(document, target)
        if file not in self._files and is_local_path(target):
            return ResolvedLink(target, line, _OUTCOME.LOCAL)
        if file is None or (file not in self._files and _SCHEME.match(target)):
            return ResolvedLink(target, line, _OUTCOME.OUTSIDE)
        outcome = _OUTCOME.FINE if file in self._files else _OUTCOME.NO_FILE
        return ResolvedLink(target, line, outcome, file=file)

    @staticmethod
    def _path_in_content(document: Document, path: str) -> str | None:
        """Return a path relative to the document as one under ``content/``, ``None`` when it leads out of it."""
        path = path.replace("\\", "/")
        base = "content" if path.startswith("/") else posixpath.dirname(document.path)
        file = posixpath.normpath(posixpath.join(base, path.lstrip("/")))
        return file if file.startswith("content/") else None

    def _anchor(self, target: str, line: int, page: Document, anchor: str) -> ResolvedLink:
        if page.path in self._withdrawn:
            return ResolvedLink(target, line, _OUTCOME.WITHDRAWN, document=page.id)
        if page.id not in self._public:
            return ResolvedLink(target, line, _OUTCOME.NOT_PUBLIC, document=page.id)
        outcome = _OUTCOME.FINE if not anchor or anchor in page.page.anchors else _OUTCOME.NO_ANCHOR
        fragment = f"#{quote(anchor, safe=_IN_FRAGMENT)}" if anchor else ""
        return ResolvedLink(target, line, outcome, quote(page.address) + fragment, document=page.id)

    def _file(self, target: str, line: int, file: str) -> ResolvedLink:
        if file in self._withdrawn_files:
            return ResolvedLink(target, line, _OUTCOME.WITHDRAWN, file=file)
        outcome = _OUTCOME.NOT_PUBLIC if file in self._hidden else _OUTCOME.FINE
        return ResolvedLink(target, line, outcome, file=file)

    def _address(self, target: str, line: int, address: str) -> ResolvedLink:
        parts = urlsplit(address)
        path = unquote(parts.path).removesuffix("index.html").strip("/")
        folder = path + "/" if path else ""
        page = self._by_address.get(folder)
        if page:
            return self._anchor(target, line, page, unquote(parts.fragment))
        if folder in self._folders:
            query = f"?{quote(parts.query, safe=_IN_QUERY)}" if parts.query else ""
            return ResolvedLink(target, line, _OUTCOME.FINE, quote(folder) + query)
        return ResolvedLink(target, line, _OUTCOME.NO_PAGE)
