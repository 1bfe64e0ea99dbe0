"""The application form as a Word file: a template of the theme, with its marks filled in."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from generator.domain.problems import GongkaiError

_FIRST_DAY = (1980, 1, 1, 0, 0, 0)  # the first moment that a zip file can tell: the same form gives the same bytes
_TEXT = "word/document.xml"
_MARK = re.compile(r"\{(\w+)\}", re.ASCII)
_TAG = re.compile(r"<[^>]*>")


def filled(template: bytes, words: Mapping[str, str]) -> bytes:
    """Return a Word file with a word in place of each mark, a name in braces such as ``{receiver}``.

    Raises ``GongkaiError`` where a mark has no word, or where Word keeps the letters of a mark in several runs.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(data, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _TEXT:
                part = _filled(part.decode(), words).encode()
            target.writestr(zipfile.ZipInfo(name, _FIRST_DAY), part, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _filled(text: str, words: Mapping[str, str]) -> str:
    marks = set(_MARK.findall(_TAG.sub("", text)))
    if wrong := sorted(marks - words.keys()) or sorted(marks - set(_MARK.findall(text))):
        raise GongkaiError(
            f"模板 request-form.docx 里的 {{{wrong[0]}}} 填不了", "检查花括号里的名字，在 Word 里重新连着输入一遍"
        )
    return _MARK.sub(lambda mark: escape(words[mark[1]]), text)
