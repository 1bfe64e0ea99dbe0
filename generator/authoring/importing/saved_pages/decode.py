"""The bytes of a saved page as text: declared, marked or recognised encodings, wrong declarations included."""

import codecs
import re
from typing import NamedTuple

_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_.:-]{2,40})""", re.IGNORECASE
)
_HEAD = 8192  # bytes
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHINESE = frozenset(
    {"gb2312", "gbk", "gb18030", "hz", "x-gbk", "gb_2312-80", "cp936", "euc_cn", "iso-8859-1", "latin-1"}
)
_CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")


class DecodedPage(NamedTuple):
    """The text of a page, and how many of its characters could not be read."""

    text: str
    unreadable: int = 0


def decode_page(data: bytes) -> DecodedPage:
    """Return the text of a page.

    Bytes that are UTF-8 are UTF-8, whatever the page declares: Chinese in GB 18030 is never so by chance.
    """
    encoding = next((name for mark, name in _MARKS if data.startswith(mark)), "")
    if encoding:
        return _decoded(data, encoding)
    declared = _DECLARED.search(data[:_HEAD])
    name = declared[1].decode("ascii").casefold() if declared else ""
    candidates = ["utf-8", "gb18030" if name in _CHINESE or not _is_known(name) else name, "gb18030"]
    for candidate in dict.fromkeys(candidates):
        try:
            return DecodedPage(_CONTROLS.sub("", data.decode(candidate)))
        except UnicodeDecodeError:
            continue
    return min((_decoded(data, candidate) for candidate in dict.fromkeys(candidates)), key=lambda page: page.unreadable)


def _decoded(data: bytes, encoding: str) -> DecodedPage:
    text = _CONTROLS.sub("", data.decode(encoding, "replace"))
    return DecodedPage(text, text.count("\ufffd"))


def _is_known(name: str) -> bool:
    """Whether a declared name is an encoding of text that Python has."""
    try:
        return bool(name) and codecs.lookup(name).name not in {"utf-16", "utf-32", "idna", "punycode", "utf-7"}
    except LookupError:
        return False
