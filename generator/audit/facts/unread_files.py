"""Files under ``content/`` that no page reads: no source, and in no attachment, picture or link."""

import posixpath
import re
from collections.abc import Iterator
from urllib.parse import unquote

from generator.domain.model import Archive, Attachment, Page

# What systems leave in a folder on their own; names that begin with a dot or ~$ are not listed at all.
_OF_THE_SYSTEM = frozenset({"thumbs.db", "ehthumbs.db", "desktop.ini"})
_MISNAMED = re.compile(
    r"(.+)\.(?:md|markdown)(?:\.txt|\.docx?|\.bak|\.rtf|~|_)\Z|(.+)[.．](?:mdx|mkd|mdown|markdwon|mad|m d)\Z",
    re.IGNORECASE,
)
_TEXTS = frozenset({".docx", ".doc", ".wps", ".odt", ".rtf", ".html", ".htm", ".txt"})


def unread_files(archive: Archive, catalogue: str = "") -> Iterator[str]:
    """Yield the paths of the files that nothing reads; ``catalogue`` is the file that the config names.

    Beside a page that cannot be read no file is reported: the page may be the one that reads it.
    """
    used = _used_files(archive)
    named = _names_in_pages(archive)
    unreadable = {posixpath.dirname(page.path) for page in archive.pages if _may_read_more(page)}
    for path in archive.files:
        folder, name = posixpath.split(path)
        if path in used or name.casefold() in named or name.casefold() in _OF_THE_SYSTEM or path == catalogue:
            continue
        if not any(folder == place or folder.startswith(f"{place}/") for place in unreadable):
            yield path


def _may_read_more(page: Page) -> bool:
    """Whether a page may read files that are not known, because the page or its list of attachments is not readable."""
    return not page.fields or any(problem.field == "attachments" for problem in page.problems)


def _used_files(archive: Archive) -> set[str]:
    resolved = (links for links in (*archive.links.values(), *archive.attachments.values()))
    return {link.file for links in resolved for link in links if link.file}


def _names_in_pages(archive: Archive) -> set[str]:
    """Return the names of files that any page writes, rightly or not: another rule says what is wrong there."""
    names: set[str] = set()
    for page in archive.pages:
        declared = page.fields.get("attachments")
        attachments = declared.value if declared and isinstance(declared.value, tuple) else ()
        targets = [item.file for item in attachments if isinstance(item, Attachment)]
        for target in (*targets, *(link.target for link in page.links)):
            names |= {posixpath.basename(text.replace("\\", "/")).casefold() for text in (target, unquote(target))}
    return names


def unread_file_message(path: str) -> tuple[str, str]:
    """Return the message about a file that nothing reads, and its fix."""
    name = posixpath.basename(path)
    if match := _MISNAMED.match(name):
        right = f"{match[1]}.md"
        return f"“{name[:60]}”的后缀不是 .md，不会成为一页", f"改名为 {right}；在 Windows 上先打开“显示文件扩展名”"
    message = f"没有一页用到文件“{name[:60]}”，它不在网站上"
    if posixpath.splitext(name)[1].lower() in _TEXTS:
        as_page = f"要成为一页的，运行 gongkai import {path}"
        return message, f"{as_page}；是附件的，写进那一页的 attachments（附件）；不用的移出 content/"
    return message, "在那一页的 attachments（附件）或正文里写上它；不用的移出 content/"
