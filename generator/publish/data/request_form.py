"""The application form as a Word file: a template of the theme with its placeholders filled in."""

import io
import re
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from generator.domain.problems import GongkaiError

_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # the earliest in a zip file: the same form gives the same bytes
_TEXT = "word/document.xml"
_PLACEHOLDER = re.compile(r"\{(\w+)\}", re.ASCII)
_TAG = re.compile(r"<[^>]*>")


def fill_template(template: bytes, words: Mapping[str, str]) -> bytes:
    """Return a Word file with each placeholder, a name in braces such as ``{receiver}``, replaced by its word.

    Raises ``GongkaiError`` where a placeholder has no word, or where Word has split it into several runs.
    """
    data = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(template)) as source, zipfile.ZipFile(data, "w") as target:
        for name in source.namelist():
            part = source.read(name)
            if name == _TEXT:
                part = _fill_text(part.decode(), words).encode()
            target.writestr(zipfile.ZipInfo(name, _FIXED_DATE), part, zipfile.ZIP_DEFLATED)
    return data.getvalue()


def _fill_text(text: str, words: Mapping[str, str]) -> str:
    placeholders = set(_PLACEHOLDER.findall(_TAG.sub("", text)))
    if unusable := sorted(placeholders - words.keys()) or sorted(placeholders - set(_PLACEHOLDER.findall(text))):
        raise GongkaiError(
            f"模板 request-form.docx 里的 {{{unusable[0]}}} 填不了", "检查花括号里的名字，在 Word 里重新连着输入一遍"
        )
    return _PLACEHOLDER.sub(lambda match: escape(words[match[1]]), text)
