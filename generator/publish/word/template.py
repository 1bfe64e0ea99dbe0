"""The Word template of the theme: its parts, the ids of its styles, and the file that it becomes."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from generator.domain.problems import GongkaiError
from generator.publish.word.zip_start import ZipStart

TEMPLATE = "policy.docx"
_DOCUMENT, _STYLES, _TARGETS = "word/document.xml", "word/styles.xml", "word/_rels/document.xml.rels"
_BODY = re.compile(r"<w:p(?: [^>]*)?>(?:(?!</w:p>).)*\{body\}(?:(?!</w:p>).)*</w:p>", re.DOTALL)
_PLACEHOLDER = re.compile(r"\{(\w+)\}", re.ASCII)
_STYLE = re.compile(r'<w:style\b[^>]*w:styleId="([^"]*)"[^>]*>\s*<w:name w:val="([^"]*)"')
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPECIAL = re.compile("[&<>\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
ACROSS_BEGIN, ACROSS_END = "<?across?>", "<?/across?>"
"""Marks in the text around what is on pages of their own, across; no words of a text can be like them."""
_SECTION = re.compile(r"<w:sectPr\b.*?</w:sectPr>", re.DOTALL)
_PAGE_SIZE = re.compile(r'<w:pgSz w:w="(\d+)" w:h="(\d+)"/>')
_BETWEEN_TABLES = '<w:p><w:pPr><w:spacing w:line="240" w:lineRule="exact"/></w:pPr></w:p>'
_LAST_LINE = '<w:p><w:pPr><w:spacing w:line="20" w:lineRule="exact"/>{section}</w:pPr></w:p>'
_PICTURE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/image"


class WordTemplate:
    """A Word file with ``{body}`` in a paragraph of its own, and placeholders in its head and properties.

    A style is found by its name, because Word may give it another id when the template is saved.
    """

    def __init__(self, data: bytes) -> None:
        """Read a template; raises ``GongkaiError`` where it is no Word file or has no place for the text."""
        try:
            with zipfile.ZipFile(io.BytesIO(data)) as source:
                parts = {name: source.read(name) for name in source.namelist()}
            document = parts.pop(_DOCUMENT).decode()
            self.styles = {name: style for style, name in _STYLE.findall(parts[_STYLES].decode())}
            self._targets = parts.pop(_TARGETS).decode()
        except (zipfile.BadZipFile, KeyError, UnicodeDecodeError):
            raise GongkaiError(f"模板 {TEMPLATE} 不是 Word 文件（docx）", "用 Word 另存为 .docx，或删去它") from None
        places = _BODY.split(document)
        if len(places) != len(("before", "behind")):
            raise GongkaiError(f"模板 {TEMPLATE} 里应有一段写着 {{body}}", "正文放在这一段的位置")
        self._before, self._behind = places
        self._texts = {name: part.decode() for name, part in parts.items() if b"{" in part and name.endswith(".xml")}
        self._unchanged = ZipStart([(n, part) for n, part in parts.items() if n not in self._texts])

    def filled(self, body: str, words: Mapping[str, str], pictures: Mapping[str, bytes]) -> bytes:
        """Return the Word file of a document; ``body`` is XML, ``pictures`` are files by their names.

        Raises ``GongkaiError`` for a placeholder that has no word.
        """
        relations = "".join(
            f'<Relationship Id="{picture_id(name)}" Type="{_PICTURE}" Target="media/{name}"/>' for name in pictures
        )
        targets = self._targets.replace("</Relationships>", f"{relations}</Relationships>")
        document = f"{_with_words(self._before, words)}{self._laid_out(body)}{_with_words(self._behind, words)}"
        return self._unchanged.with_parts(
            [
                *((name, _with_words(text, words).encode()) for name, text in self._texts.items()),
                (_TARGETS, targets.encode()),
                *((f"word/media/{name}", data) for name, data in pictures.items()),
                (_DOCUMENT, document.encode()),
            ]
        )

    def _laid_out(self, body: str) -> str:
        """Return a text whose tables are apart, and whose wide ones are on pages across.

        Word takes two tables without a paragraph between them for one, with the head of the first.
        """
        body = body.replace(f"{ACROSS_END}{ACROSS_BEGIN}", "").replace(
            "</w:tbl><w:tbl>", f"</w:tbl>{_BETWEEN_TABLES}<w:tbl>"
        )
        if ACROSS_BEGIN not in body:
            return body
        upright = _SECTION.search(self._behind)
        if upright is None or not _PAGE_SIZE.search(upright[0]):
            return body.replace(ACROSS_BEGIN, "").replace(ACROSS_END, "")
        across = _PAGE_SIZE.sub(r'<w:pgSz w:w="\2" w:h="\1" w:orient="landscape"/>', upright[0])
        for mark, section in ((ACROSS_BEGIN, upright[0]), (ACROSS_END, across)):
            body = body.replace(mark, _LAST_LINE.format(section=section))
        return body


def picture_id(name: str) -> str:
    """Return the id by which the text of a Word file names a picture."""
    return f"picture{name.partition('.')[0]}"


def xml_text(words: str) -> str:
    """Return words as text of XML, without the characters that XML cannot have."""
    if words.isalnum():
        return words
    return escape(_NOT_IN_XML.sub("", words)) if _SPECIAL.search(words) else words


def _with_words(text: str, words: Mapping[str, str]) -> str:
    def word(match: re.Match[str]) -> str:
        if match[1] not in words:
            names = "、".join(f"{{{name}}}" for name in sorted(words))
            raise GongkaiError(f"模板 {TEMPLATE} 里的 {{{match[1]}}} 填不了", f"可以写 {names}")
        return xml_text(words[match[1]])

    return _PLACEHOLDER.sub(word, text) if "{" in text else text
