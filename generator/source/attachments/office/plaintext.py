"""Decode bytes as text in the encodings that are in use in China, and find words in binary data."""

import re
from collections.abc import Iterator

_BOMS = (
    (b"\xef\xbb\xbf", "utf-8-sig"),
    (b"\xff\xfe\0\0", "utf-32"),
    (b"\0\0\xfe\xff", "utf-32"),
    (b"\xff\xfe", "utf-16"),
    (b"\xfe\xff", "utf-16"),
)
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f-\x84\x86-\x9f\ufffd\ufffe\uffff]")
_ORDINARY = re.compile(
    "[\t\n\r\x20-\x7e\u00a0-\u00ff\u2000-\u266f\u3000-\u303f\u3105-\u312f\u4e00-\u9fff\uff00-\uffef]+"
)
_PUNCTUATION = "\u2000"
_FEW_CONTROLS = 0.002
_MOSTLY = 0.97
# Runs that may be words in binary data: ASCII with GBK or UTF-8, and UTF-16 of both byte orders.
_RUN = re.compile(rb"(?:[\t\r\n\x20-\x7e]|[\x81-\xfe][\x40-\x7e\x80-\xfe]|[\xe2-\xef][\x80-\xbf]{2}){6,}")
_RUN_16 = (
    (re.compile(rb"(?:[\t\r\n\x20-\x7e]\0|[\x00-\xff][\x26\x30\x4e-\x9f\xff]){4,}"), "utf-16-le"),
    (re.compile(rb"(?:\0[\t\r\n\x20-\x7e]|[\x26\x30\x4e-\x9f\xff][\x00-\xff]){4,}"), "utf-16-be"),
)


def readings(data: bytes) -> list[str]:
    """Return the texts that bytes may be, the likeliest first; an empty list for binary data.

    UTF-16 without a BOM and GB18030 cannot always be distinguished, so both may be returned.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom) and (text := _decoded(data, encoding)) is not None:
            return [text]
    if b"\0" not in data:
        text = _decoded(data, "utf-8")
        if text is not None and (text.isascii() or max(text) >= _PUNCTUATION):
            return [text]
        # Some words in GB18030 are valid UTF-8: 联通, 知
        texts = [text, _decoded(data, "gb18030"), *(_wide(data, encoding) for encoding in ("utf-16-le", "utf-16-be"))]
    else:
        texts = [_wide(data, encoding) for encoding in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")]
    return list(dict.fromkeys(text for text in texts if text is not None))


def _decoded(data: bytes, encoding: str) -> str | None:
    """Return bytes decoded in one encoding, ``None`` where that gives more than a few control or invalid characters."""
    try:
        text = data.decode(encoding, "replace")
    except UnicodeDecodeError:  # cut off in the middle of a character
        return None
    controls = sum(1 for _ in _CONTROLS.finditer(text))
    return text if controls <= len(text) * _FEW_CONTROLS else None


def _wide(data: bytes, encoding: str) -> str | None:
    text = _decoded(data, encoding)
    if text is None:
        return None
    ordinary = sum(len(run[0]) for run in _ORDINARY.finditer(text))
    return text if ordinary >= len(text) * _MOSTLY else None


def decoded(data: bytes) -> str:
    """Return bytes that are known to be text in their likeliest encoding, with replacement characters."""
    return next(iter(readings(data)), data.decode("gb18030", "replace"))


def words_in(data: bytes) -> str:
    """Return the words and numbers in binary data, one run a line."""
    return "\n".join(line for line in _runs(data) if line.strip())


def _runs(data: bytes) -> Iterator[str]:
    for run in _RUN.finditer(data):
        try:
            yield run[0].decode("utf-8")
        except UnicodeDecodeError:
            yield run[0].decode("gb18030", "replace")
    for pattern, encoding in _RUN_16:
        for run in pattern.finditer(data):
            yield run[0].decode(encoding, "replace")
