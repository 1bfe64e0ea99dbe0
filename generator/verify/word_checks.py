"""Check the Word file of each policy: it exists, opens, is linked, and has the title and the words of the page."""

import html
import io
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from generator.verify.built_page import Article
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of

_DOCUMENT = "word/document.xml"
_LARGEST = 64 * 1024 * 1024
_RUN = re.compile(r"<w:t(?: [^>]*)?>([^<]*)</w:t>")
_LINES = ("p", "h2", "h3", "h4", "h5", "h6", "td", "th", "li", "dt", "dd")
_NOT_IN_THE_FILE = ("clause-note", "clause-status", "part")
_NOT_IN_A_LINE = frozenset({"footnote-backref", "badge clause-badge"})
_LINK = "data-download"
DAMAGED = (OSError, zipfile.BadZipFile, KeyError, ValueError, zlib.error, NotImplementedError, EOFError)
"""What is raised where a Word file cannot be read."""
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"


def check_word_file(root: Path, path: str, data: bytes, article: Article | None) -> Iterator[Fault]:
    """Yield what is wrong with the Word file of a page; ``article`` says whether the page is that of a policy."""
    if article is None or article.kind != "policy" or not path.endswith(f"{article.id}/index.html"):
        return
    from lxml import etree

    page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    place = path.removesuffix("index.html") + f"{article.id}.docx"
    links = [link.get("href", "") for link in page.iter("a") if link.get(_LINK) == "docx"]
    if not any(target_of(path, link).path == place for link in links):
        yield Fault(path, FaultKind.DEAD_LINK, "网页上没有本文件的 Word 下载", "检查主题的 document.html")
    try:
        words = words_of((root / place).read_bytes())
    except FileNotFoundError:
        yield Fault(place, FaultKind.MISSING_FILE, f"编号“{article.id}”的 Word 文件不存在", _REBUILD)
        return
    except DAMAGED:
        yield Fault(place, FaultKind.UNREADABLE, "Word 文件打不开", _REBUILD)
        return
    for line in lines_of(page):
        if line not in words:
            yield Fault(place, FaultKind.PAGE_DIFFERS, f"Word 文件里没有网页上的“{line[:40]}”", _REBUILD)
            return


def words_of(data: bytes) -> str:
    """Return the words of a Word file without blanks."""
    with zipfile.ZipFile(io.BytesIO(data)) as file:
        if file.getinfo(_DOCUMENT).file_size > _LARGEST:
            raise zipfile.BadZipFile
        text = file.read(_DOCUMENT).decode()
    return _bare(html.unescape("".join(_RUN.findall(text))))


def lines_of(page: Any) -> Iterator[str]:
    """Yield the lines of a page that its files must have: the title, and every paragraph and cell of the text."""
    for heading in page.iter("h1"):
        yield _bare(heading.text or "")
    for text in page.iter("div"):
        if "text" in text.get("class", "").split():
            yield from (_bare("".join(_own_words(line))) for line in text.iter(*_LINES) if not _is_other(line))


def _own_words(element: Any) -> Iterator[str]:
    """Yield the words of a paragraph or cell itself; those inside it have lines of their own."""
    yield element.text or ""
    for child in element:
        if child.tag in _LINES:
            return
        if child.get("class") in _NOT_IN_A_LINE:
            yield child.tail or ""
            continue
        if child.tag not in {"ul", "ol", "dl", "table", "div", "br", "img", "video", "audio", "details"}:
            yield from child.itertext()
        elif child.tag != "br":
            return
        yield child.tail or ""


def _is_other(element: Any) -> bool:
    """Whether an element is an interpretation, or the state of a clause or part: the Word file words it otherwise."""
    return any(
        name in ancestor.get("class", "").split() for ancestor in element.iterancestors() for name in _NOT_IN_THE_FILE
    )


def _bare(words: str) -> str:
    return "".join(words.split())
