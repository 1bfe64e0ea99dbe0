"""Check the PDF of each policy that has one: the words of the page are in it, and nothing else is."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any
from unicodedata import normalize

from generator.verify.built_page import Article
from generator.verify.fault import Fault, FaultKind
from generator.verify.link_targets import target_of
from generator.verify.word_checks import DAMAGED, lines_of, words_of

_LINK = b'data-download="pdf"'
_SHOWN_PROPERTIES = ("Title", "Author", "Subject", "Keywords")
_LINK_ANNOTATION = 2
_WINDOW = 3  # words of the PDF are known where each run of so many characters is on the page or in the Word file
_PAGE_NUMBER = re.compile(r"\A\d+\Z")
_LIST_NUMBER = re.compile(r"\A\s*(?:\d{1,4}|[A-Za-z]{1,5})\.\s*\Z")  # drawn after its paragraph, in the middle of words
_MOST_PAGES = 2_000
_REBUILD = "用 gongkai build 重新生成，整个文件夹一起替换"
_WITHHELD = "可能是不公开的内容，核对后重新生成，整个文件夹一起替换"


def check_pdf_file(root: Path, path: str, data: bytes, article: Article | None) -> Iterator[Fault]:
    """Yield what is wrong with the PDF that the page of a policy links to; a site may have none."""
    if article is None or article.kind != "policy" or _LINK not in data:
        return
    from lxml import etree

    page = etree.fromstring(data, etree.HTMLParser(encoding="utf-8", no_network=True))
    links = [link.get("href", "") for link in page.iter("a") if link.get("data-download") == "pdf"]
    for place in sorted({target_of(path, link).path for link in links}):
        try:
            content = (root / place).read_bytes()
        except OSError:
            yield Fault(place, FaultKind.MISSING_FILE, f"编号“{article.id}”的 PDF 文件不存在", _REBUILD)
            continue
        yield from _check_content(place, content, page, _word_file(root, path, article))


def _word_file(root: Path, path: str, article: Article) -> str:
    """Return the words of the Word file, which has the same lines on the status as the PDF."""
    try:
        return words_of((root / path).with_name(f"{article.id}.docx").read_bytes())
    except DAMAGED:  # reported by the check of Word files
        return ""


def _check_content(place: str, content: bytes, page: Any, word_file: str) -> Iterator[Fault]:
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError:
        yield Fault(place, FaultKind.UNREADABLE, "PDF 文件打不开", _REBUILD)
        return
    try:
        head = _folded("".join("".join(one.itertext()) for one in page.iter("div") if _is_head(one)))
        texts = [_without_margins(text, head) for text in _page_texts(document)]
        hidden = list(_hidden_parts(document))
        titles = [str(entry.get_title()) for entry in document.get_toc()]
        properties = [document.get_metadata_dict().get(name, "") for name in _SHOWN_PROPERTIES]
    finally:
        document.close()
    words = "".join(texts)
    if missing := next((line for line in lines_of(page) if _folded(line) not in words), ""):
        yield Fault(place, FaultKind.PAGE_DIFFERS, f"PDF 文件里没有网页上的“{missing[:40]}”", _REBUILD)
    known = _windows([_folded("".join(page.itertext())), _folded(word_file), head])
    for text in (words, *map(_folded, (*titles, *properties))):
        if other := next(_unknown(text, known), ""):
            message = f"PDF 文件里有网页和 Word 文件都没有的“{other[:40]}”"
            yield Fault(place, FaultKind.PAGE_DIFFERS, message, _WITHHELD)
            break
    for part in hidden:
        yield Fault(place, FaultKind.ACTIVE, f"PDF 文件里有{part}", _WITHHELD)


def _page_texts(document: Any) -> Iterator[list[str]]:
    """Yield the lines of each page."""
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        text_page = page.get_textpage()
        yield str(text_page.get_text_bounded()).replace("\ufffe", "").splitlines()
        text_page.close()
        page.close()


def _without_margins(lines: list[str], head: str) -> str:
    """Return the words of a page without numbers of lists, its running head and its number: first or last lines."""
    folded = [line for line in map(_folded, (line for line in lines if not _LIST_NUMBER.match(line))) if line]
    for end in (0, -1, -1):
        if folded and (folded[end] == head or _PAGE_NUMBER.match(folded[end])):
            del folded[end]
    return "".join(folded)


def _hidden_parts(document: Any) -> Iterator[str]:
    """Yield what a PDF can hold beside its pages: attached files, scripts, notes and forms."""
    import pypdfium2.raw as pdfium

    if document.count_attachments():
        yield "附件"
    if pdfium.FPDFDoc_GetJavaScriptActionCount(document) > 0:
        yield "脚本"
    for number in range(min(len(document), _MOST_PAGES)):
        page = document[number]
        count = pdfium.FPDFPage_GetAnnotCount(page)
        annotations = [pdfium.FPDFPage_GetAnnot(page, index) for index in range(count)]
        kinds = {pdfium.FPDFAnnot_GetSubtype(one) for one in annotations if one}
        for one in filter(None, annotations):
            pdfium.FPDFPage_CloseAnnot(one)
        page.close()
        if kinds - {_LINK_ANNOTATION}:
            yield "批注或表单"
            return


def _is_head(element: Any) -> bool:
    return "running-head" in element.get("class", "").split()


def _windows(texts: Iterable[str]) -> set[str]:
    return {text[start : start + _WINDOW] for text in texts for start in range(max(len(text) - _WINDOW, 0) + 1)}


def _unknown(text: str, known: set[str]) -> Iterator[str]:
    """Yield runs of a text of which no window is known; shorter ones than a window may be two cells of a table."""
    begin = 0
    for start in range(len(text) - _WINDOW + 1):
        if text[start : start + _WINDOW] in known:
            if start - begin >= _WINDOW:
                yield text[begin:start]
            begin = start + _WINDOW
    if len(text) - begin >= _WINDOW:
        yield text[begin:]


def _folded(words: str) -> str:
    """Return words as they are compared: letters and digits alone, since one glyph may stand for several signs."""
    return "".join(char for char in normalize("NFKC", words) if char.isalnum())
