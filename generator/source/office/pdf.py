"""PDF: the text of every page. A page of pictures alone has none, which is said."""

from collections.abc import Iterator

import pypdfium2

from generator.source.office.parts import Budget, Part, Passage, Shut, UnreadableError


def pdf_parts(data: bytes, budget: Budget) -> Iterator[Part]:
    """Yield the pages of a PDF; raises ``UnreadableError`` for one that cannot be opened."""
    try:
        document = pypdfium2.PdfDocument(data)
    except pypdfium2.PdfiumError as error:
        raise UnreadableError("有密码" if "assword" in str(error) else "文件已损坏") from None
    try:
        silent = 0
        for number in range(len(document)):
            budget.pages -= 1
            if budget.pages < 0:
                raise UnreadableError("页数太多，没有看完")
            text = _page_text(document, number)
            budget.spend(len(text))
            silent += not text.strip()
            yield Passage(f"第 {number + 1} 页", text)
        if silent:
            yield Shut(f"{silent} 页没有文字（多半是扫描件），看不到内容")
    finally:
        document.close()


def _page_text(document: pypdfium2.PdfDocument, number: int) -> str:
    page = document[number]
    try:
        words = page.get_textpage()
        try:
            return str(words.get_text_bounded()).replace("\r\n", "\n").replace("\ufffe", "")
        finally:
            words.close()
    finally:
        page.close()
