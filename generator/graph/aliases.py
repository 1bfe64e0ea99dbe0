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
    in_use = _AddressesInUse(archive)
    claims: dict[str, tuple[Document, Alias]] = {}
    folders: dict[str, tuple[Document, Alias]] = {}
    claimed: dict[tuple[str, str], Document] = {}
    for document in archive.with_withdrawn:
        if document.disclosure is not Disclosure.PROACTIVE and document not in archive.withdrawn:
            continue
        for alias in archive.aliases.get(document.path, ()):
            if reason := in_use.reason(document, alias):
                yield AliasConflict(document, alias, *reason)
                continue
            file = same_name_key(alias_file(alias.path))
            whole = (same_name_key(alias.path), alias.query.casefold())
            parents = [file[:end] for end, char in enumerate(file) if char == "/"]
            other = claims.get(file) if not alias.query else None
            other = other or next((claims[one] for one in parents if one in claims), None) or folders.get(file)
            if alias.query:
                other = (claimed[whole], alias) if whole in claimed else None
            if other and other[0].path != document.path:
                message = f"也是 {other[0].path} 的旧网址" if other[1] == alias else f"和 {other[0].path} 的旧网址冲突"
                yield AliasConflict(document, alias, message, "一个旧网址只能转到一份文件，删去其中一个")
                continue
            if other and other[1] != alias and alias_file(other[1].path) != alias_file(alias.path):
                yield AliasConflict(
                    document, alias, "和同一份文件的另一个旧网址冲突", "服务器分不清这两个，删去其中一个"
                )
                continue
            claimed.setdefault(whole, document)
            if not alias.query:
                claims.setdefault(file, (document, alias))
                for one in parents:
                    folders.setdefault(one, (document, alias))


class _AddressesInUse:
    """The addresses that the site uses itself, by what they are."""

    def __init__(self, archive: Archive) -> None:
        self._documents = {same_name_key(one.address): one for one in archive.with_withdrawn}
        self._columns = {same_name_key(column.folder) for column in archive.columns}
        self._roots = {same_name_key(folder) for folder in SiteFolder}

    def reason(self, document: Document, alias: Alias) -> tuple[str, str] | None:
        """Return message and hint where an alias is an address in use, ``None`` where it is free."""
        file = same_name_key(alias_file(alias.path))
        folder, _, name = file.rpartition("/")
        parents = [file[: end + 1] for end, char in enumerate(file) if char == "/"]
        if owner := next((self._documents[one] for one in parents if one in self._documents), None):
            if (
                owner.path == document.path
                and file == parents[-1] + "index.html"
                and len(parents) == parents.index(same_name_key(owner.address)) + 1
            ):
                return "就是本文件现在的网址", "删去它"
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
