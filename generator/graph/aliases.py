"""Resolve 旧网址: the former addresses that lead to a document, and those of them that cannot be used (V009)."""

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple, TypeAlias
from urllib.parse import SplitResult, quote, unquote, urlsplit

from generator.domain.filenames import name_trap, same_name_key
from generator.domain.model import Alias, Archive, Document, Redirect
from generator.domain.problems import Problem
from generator.domain.vocabulary import Disclosure, SiteFolder

_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]")
_PAGE = re.compile(r"[^/]+\.(?:html?|shtml|xhtml)", re.IGNORECASE)
_NUMBERED = re.compile(r"index(?:-\d+)?\.html", re.IGNORECASE)
_OWN_FILE = re.compile(r"(?:404|index(?:-\d+)?)\.html|.+\.(?:xml|json|map|ics|txt|csv|xlsx)", re.IGNORECASE)
_QUERY_SAFE = "!$&'()*+,;=:@/?%-._~"


_Read: TypeAlias = tuple[dict[str, tuple[Alias, ...]], list[tuple[str, Problem]]]


class _AliasError(Exception):
    """Raised for an alias that is no address of the site; the arguments are message and hint."""


def read_aliases(documents: Iterable[Document], base_url: str) -> _Read:
    """Return the aliases of each document by its source file, and the problems, each with its source file."""
    aliases: dict[str, tuple[Alias, ...]] = {}
    problems: list[tuple[str, Problem]] = []
    for document in documents:
        line = document.page.line_of("aliases")
        read: dict[Alias, None] = {}
        for text in document.texts("aliases") if "aliases" in document.page.fields else ():
            try:
                read[_alias(text, base_url)] = None
            except _AliasError as error:
                message, hint = error.args
                problems.append(
                    (document.path, Problem("V009", f"旧网址“{text[:100]}”{message}", hint, line, "aliases"))
                )
        if read:
            aliases[document.path] = tuple(read)
    return aliases, problems


def site_address(text: str, base_url: str) -> Alias | None:
    """Return an address of the site however it is written, as an alias is read; ``None`` for another text."""
    try:
        return _alias(text.partition("#")[0], base_url)
    except _AliasError:
        return None


def _alias(text: str, base_url: str) -> Alias:
    """Return an alias, decoded and relative to ``base_url``."""
    _check_characters(text)
    base = urlsplit(base_url)
    base_path = _decoded(base.path)
    try:
        parts = urlsplit(text)
        is_own = _is_own_host(parts, base)
    except ValueError:
        raise _AliasError("不是网址", f"写 {base_url} 下面的网址，或 {base_path} 开头的路径") from None
    if parts.fragment or text.endswith("#"):
        raise _AliasError("里有 #，它后面的部分不会传到服务器", f"去掉 # 和后面的部分：{text.partition('#')[0][:100]}")
    path = _decoded(parts.path)
    _check_characters(path)
    is_whole = bool(parts.scheme or parts.netloc)
    if not is_own or ((is_whole or path.startswith("/")) and not (path or "/").startswith(base_path)):
        raise _AliasError(
            f"不在本网站的网址 {base_url} 下面",
            f"写 {base_url} 下面的网址，或 {base_path} 开头的路径；别的网站的旧网址由那个网站的服务器转过来",
        )
    if is_whole or path.startswith("/"):
        path = path.removeprefix(base_path)
    elif path.split("/")[0].casefold() == (base.hostname or "").casefold():
        raise _AliasError("像是网址，却没有写 https://", f"写成 {base.scheme}://{text[:100]}")
    _check_names(path)
    return Alias(path, quote(parts.query, safe=_QUERY_SAFE))


def _check_characters(text: str) -> None:
    if "\\" in text or _CONTROL.search(text):
        raise _AliasError("里有反斜杠或看不见的字符", "从浏览器的地址栏复制；分隔用 /")


def _is_own_host(parts: SplitResult, base: SplitResult) -> bool:
    """Whether an address has no host, or that of the site, with or without https.

    Raises ``ValueError`` for an address that is none.
    """
    if not parts.scheme and not parts.netloc:
        return True
    host, port = (parts.hostname or "").casefold(), parts.port
    return (
        parts.scheme in {"", "http", "https"}
        and host == (base.hostname or "").casefold()
        and port in {base.port, 80, 443, None}
        and parts.username is None
    )


def _decoded(path: str) -> str:
    try:
        return unquote(path, errors="strict")
    except UnicodeDecodeError:
        raise _AliasError("的转义不是 UTF-8 编码", "写成汉字，或用 UTF-8 转义；GBK 转义的旧网址由服务器转") from None


def _check_names(path: str) -> None:
    """Check the names of an address; raises ``_AliasError``."""
    names = path.removesuffix("/").split("/") if path else []
    if any(name in {"", ".", ".."} for name in names):
        raise _AliasError("里有“..”“.”或连在一起的斜杠", "写完整、干净的网址，从浏览器的地址栏复制")
    for name in names:
        if reason := name_trap(name):
            raise _AliasError(f"的“{name[:40]}”{reason[0]}", "这样的旧网址由服务器的配置转，不写在这里")


def alias_file(path: str) -> str:
    """Return the file of the page at a former address: an address that is no web page becomes a folder."""
    if not path or path.endswith("/"):
        return path + "index.html"
    return path if _PAGE.fullmatch(path.rpartition("/")[2]) else path + "/index.html"


def redirects_of(archive: Archive) -> tuple[Redirect, ...]:
    """Return the former addresses of all that has an address: public documents, and withdrawn ones."""
    documents = [*filter(archive.is_public, archive.documents), *filter(archive.is_due, archive.withdrawn)]
    redirects = {
        (alias.path, alias.query): Redirect(alias.path, alias.query, document.address)
        for document in documents
        for alias in archive.aliases.get(document.path, ())
    }
    return tuple(redirects[key] for key in sorted(redirects))


class AliasConflict(NamedTuple):
    """An alias that cannot be used, with its document, and why not."""

    document: Document
    alias: Alias
    message: str
    hint: str


def alias_problems(archive: Archive) -> Iterator[tuple[str, Problem]]:
    """Yield a problem with its source file for every alias that cannot be used."""
    for conflict in alias_conflicts(archive):
        alias = conflict.alias
        text = f"{alias.path}?{alias.query}" if alias.query else alias.path or "/"
        line = conflict.document.page.line_of("aliases")
        message = f"旧网址“{text[:100]}”{conflict.message}"
        yield conflict.document.path, Problem("V009", message, conflict.hint, line, "aliases")


def alias_conflicts(archive: Archive) -> Iterator[AliasConflict]:
    """Yield the aliases that are the address of something else, or that two documents claim."""
    if not archive.aliases:
        return
    in_use, claims = _AddressesInUse(archive), _Claims()
    published = [one for one in archive.documents if one.disclosure is Disclosure.PROACTIVE]
    for document in (*published, *archive.withdrawn):
        for alias in archive.aliases.get(document.path, ()):
            if reason := in_use.reason(document, alias) or claims.reason(document, alias):
                yield AliasConflict(document, alias, *reason)
            else:
                claims.add(document, alias)


class _Claims:
    """The aliases so far, by the files of their pages, the folders of these, and as whole addresses.

    Addresses that differ in case only are one: in nginx's table, and on the file systems of Windows and macOS.
    """

    def __init__(self) -> None:
        self._files: dict[str, tuple[Document, Alias]] = {}
        self._folders: dict[str, tuple[Document, Alias]] = {}
        self._queries: dict[tuple[str, str], tuple[Document, Alias]] = {}

    def add(self, document: Document, alias: Alias) -> None:
        """Add an alias that is free."""
        if alias.query:
            self._queries[_whole_key(alias)] = (document, alias)
            return
        file = same_name_key(alias_file(alias.path))
        self._files[file] = (document, alias)
        for folder in _folders_of(file):
            self._folders.setdefault(folder.removesuffix("/"), (document, alias))

    def reason(self, document: Document, alias: Alias) -> tuple[str, str] | None:
        """Return message and hint where another alias claims the address, ``None`` where it is free."""
        other = self._other(alias)
        if other is None:
            return None
        other_document, other_alias = other
        if other_document.path != document.path:
            message = f"也是 {other_document.path} 的旧网址"
            if _whole_key(other_alias) != _whole_key(alias):
                message = f"和 {other_document.path} 的旧网址“{other_alias.path[:60]}”冲突"
            return message, "一个旧网址只能转到一份文件，删去其中一个"
        if alias.query or alias_file(other_alias.path) == alias_file(alias.path):
            return None  # the same page, with and without a slash at the end
        return f"和“{other_alias.path[:60]}”冲突，服务器分不清这两个", "删去其中一个"

    def _other(self, alias: Alias) -> tuple[Document, Alias] | None:
        """Return what has the address of an alias already: as its page, as its folder, or as a page above it."""
        if alias.query:
            return self._queries.get(_whole_key(alias))
        file = same_name_key(alias_file(alias.path))
        above = (self._files.get(folder.removesuffix("/")) for folder in _folders_of(file))
        return self._files.get(file) or self._folders.get(file) or next((one for one in above if one), None)


def _whole_key(alias: Alias) -> tuple[str, str]:
    return same_name_key(alias.path), alias.query.casefold()


def _folders_of(file: str) -> list[str]:
    """Return the folders above a file, the first one first, with a slash at the end."""
    return [file[: end + 1] for end, char in enumerate(file) if char == "/"]


class _AddressesInUse:
    """The addresses that the site uses itself, by what they are."""

    def __init__(self, archive: Archive) -> None:
        self._documents = {same_name_key(one.address): one for one in archive.with_withdrawn}
        self._columns = {same_name_key(column.folder) for column in archive.columns}
        self._roots = {same_name_key(folder) for folder in SiteFolder}

    def reason(self, document: Document, alias: Alias) -> tuple[str, str] | None:
        """Return message and hint where an alias is an address in use, ``None`` where it is free."""
        file = same_name_key(alias_file(alias.path))
        if alias.query:  # has no page; only the site's own pages read a query
            return ("是网站自己的页面的网址", "删去它") if file.split("/")[0] in self._roots and "/" in file else None
        folder, _, name = file.rpartition("/")
        owner = next((self._documents[one] for one in _folders_of(file) if one in self._documents), None)
        if owner and owner.path == document.path and file == same_name_key(owner.address) + "index.html":
            return "就是本文件现在的网址", "删去它"
        if owner:
            return f"是 {owner.path} 的网址，或在它下面", "删去它；那份文件的网址要让出来的，先改那份文件的编号"
        if file.split("/")[0] in self._roots and "/" in file:
            return "是网站自己的页面或文件的网址", "删去它"
        is_column = folder in self._columns and (_NUMBERED.fullmatch(name) or name.endswith(".xml"))
        is_parent = name == "index.html" and any(one.startswith(f"{folder}/") for one in self._columns)
        if is_column or is_parent or file in self._columns:
            return "是栏目的网址", "删去它"
        if not folder and _OWN_FILE.fullmatch(name):
            return "是网站自己的页面或文件的网址", "删去它"
        if folder and "/" not in folder and name == "index.html" and _OWN_FILE.fullmatch(folder):
            return "是网站自己的文件的网址", "删去它"
        return None
